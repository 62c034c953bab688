"""What a line of money can pay this term, and what it is known to pay next term."""

from __future__ import annotations

from typing import NamedTuple

from model.arrangements import Award
from model.awards import FOREVER, StandingAward


class Ahead(NamedTuple):
    """One line of money in one term as those who plan posts see it."""

    award: Award
    state: StandingAward | None  # None where it has not begun
    flow: int  # pence promised for the term
    certain_end: int  # first term for which it is not promised
    unit: int = 0  # LA within an area whose pupils it is paid for


def promised_now(state: StandingAward, term: int) -> int:
    """What an award brings for a term in which it runs, with last year's payment for results.

    Parameters
    ----------
    state : StandingAward
        The award.
    term : int
        This term.

    Returns
    -------
    int
        Pence; nought in a gap.
    """
    if not state.runs(term):
        return 0
    return _after_results(state, state.promised(term))


def _after_results(state: StandingAward, pence: int) -> int:
    share = state.award.outcome_share
    return pence - round(share * pence) + state.outcome_paid // 3 if share else pence


def promised_next(state: StandingAward, term: int, rise: float) -> int:
    """What an award is known to bring for the term after this one.

    Parameters
    ----------
    state : StandingAward
        The award, and what is announced of it.
    term : int
        This term.
    rise : float
        Pay index of the next term against this one, for indexed awards where a financial year begins.

    Returns
    -------
    int
        Pence; nought where nobody has promised it.
    """
    after = term + 1
    if after < state.start or after >= min(state.certain_end(), state.broken_at):
        return 0
    pence = state.promised(after) if after < state.end else state.whole(after)
    if state.voted_next < state.voted:
        pence = round(pence * state.voted_next / state.voted)
    return round(_after_results(state, pence) * (rise if state.award.indexed else 1.0))


def certain_end(award: Award, start: int) -> int:
    """First term for which a new award's money is not certain.

    Parameters
    ----------
    award : Award
        Its terms.
    start : int
        First term.

    Returns
    -------
    int
        ``FOREVER`` for money without an end.
    """
    end = start + award.length_terms if award.length_terms else FOREVER
    return end if award.last_term is None else min(end, award.last_term + 1)
