"""An award as it stands in one area and LA: its dates, what is left of it, and what it pays in a term."""

from __future__ import annotations

from model.arrangements import OPEN_ENDED, Award, Renewal
from model.terms import SPRING, TERMS_A_YEAR

FOREVER = 1_000_000
"""Later than any term."""


class StandingAward:
    """One award in one LA of one area.

    Terms are counted from the autumn after year 0; ends are the first term without.

    Parameters
    ----------
    award : Award
        Its terms.
    where : (int, int, int)
        Indices of unit (LA within an area), area and LA.
    start : int
        First term.
    luck : int
        Place among the luck of those who decide at one date: one LA decides alike for all its partnerships.
    payer, purse : int
        Accounts: who pays; where the money is held until it is spent.
    stream : int
        Index of the stream.

    Attributes
    ----------
    unit, area, la : int
        Where it is.
    end : int
        First term after the money that is certain.
    decided : bool
        Whether the renewal after ``end`` has been granted.
    refused : bool
        Whether it has been refused: the award lapses at ``end``.
    lapsed_from : int
        First term for which it is no longer awarded; ``FOREVER`` while it is.
    finished : bool
        It has reached its last term and is nobody's any more.
    broken_at : int
        Term from which a scenario has something else in its place, once announced.
    follows : Award or None
        The award of the same name that begins there.
    stopped : bool
        The funder has stopped it at a review.
    cuts : list of (int, float)
        From which term what share of the whole is taken away.
    cut_told : bool
        Whether the cut that its terms foresee has been announced.
    voted, voted_next : float
        Share of the pupils whose schools have voted for it, this financial year and the next.
    delay, delay_from : int
        Terms by which the first renewal due in or after ``delay_from`` is late besides.
    may_bid : bool
        Whether it may be bid for again once lapsed.
    year_pence : int
        Whole amount of the financial year.
    accrued, completed : int
        Pence that wait for results; cases completed since they were last settled.
    target : float
        Cases that would have earned all of it.
    outcome_paid : int
        What was last paid for results, pence.
    """

    __slots__ = (
        "accrued", "area", "award", "broken_at", "completed", "cut_told", "cuts", "decided", "delay",
        "delay_from", "end", "finished", "follows", "la", "lapsed_from", "luck", "may_bid",
        "outcome_paid", "payer", "purse", "refused", "start", "stopped", "stream", "target", "unit",
        "voted", "voted_next", "year_pence",
    )  # fmt: skip

    def __init__(
        self,
        award: Award,
        where: tuple[int, int, int],
        start: int,
        *,
        luck: int,
        payer: int,
        purse: int,
        stream: int,
    ) -> None:
        self.award, self.start, self.luck = award, start, luck
        self.unit, self.area, self.la = where
        self.payer, self.purse, self.stream = payer, purse, stream
        self.end = self.end_from(start)
        self.decided = self.refused = self.finished = False
        self.may_bid = self.stopped = self.cut_told = False
        self.lapsed_from = self.broken_at = FOREVER
        self.follows: Award | None = None
        self.cuts: list[tuple[int, float]] = []
        self.voted = self.voted_next = 1.0
        self.delay, self.delay_from = award.late_terms, 0
        self.year_pence = self.accrued = self.completed = self.outcome_paid = 0
        self.target = 0.0

    @property
    def last_end(self) -> int:
        """First term that no renewal may reach."""
        return FOREVER if self.award.last_term is None else self.award.last_term + 1

    def end_from(self, start: int) -> int:
        """Give the end of a period, within the last term that any renewal may reach.

        Parameters
        ----------
        start : int
            Its first term.

        Returns
        -------
        int
            First term without money; later than ``start`` up to that limit.
        """
        length = self.award.length_terms
        return self.last_end if length == OPEN_ENDED else min(start + length, self.last_end)

    def next_end(self) -> int:
        """End of the period that a renewal would begin."""
        return self.end_from(self.end)

    def recondition(self, award: Award, since: int) -> None:
        """Go on as the same money under other conditions: see ``goes_on_as``.

        Parameters
        ----------
        award : Award
            Its new terms.
        since : int
            Term in which they become known: money without renewals ends no earlier, whatever they say.
        """
        if award == self.award:
            return
        self.award = award
        self.delay, self.delay_from = award.late_terms, since
        self.cut_told = False
        if award.length_terms == OPEN_ENDED and not (self.stopped or self.finished):
            self.end = max(self.last_end, since)

    def due(self) -> int:
        """Term in which the renewal is decided; none for money without an end."""
        if self.end == FOREVER:
            return FOREVER
        due = self.end - self.award.decided_terms_before
        return due + self.delay if due >= self.delay_from else due

    def runs(self, term: int) -> bool:
        """Whether the award pays for a term.

        Parameters
        ----------
        term : int
            Which.

        Returns
        -------
        bool
            False in a gap between the end and a late decision.
        """
        return self.start <= term < self.end and term < self.lapsed_from

    def waits(self, term: int) -> bool:
        """Whether the award is in a gap: over, and nobody has decided on its renewal.

        Parameters
        ----------
        term : int
            Which.

        Returns
        -------
        bool
            True from the end until the decision.
        """
        return self.end <= term < self.lapsed_from and not self.decided and not self.finished

    def open_at(self, term: int) -> bool:
        """Whether it is open, as far as is known, if the award goes on in a term.

        Parameters
        ----------
        term : int
            Which; in or after the award's end.

        Returns
        -------
        bool
            True where its renewal waits for a decision that nothing stands in the way of.
        """
        settled = self.decided or self.refused or self.finished or term >= self.lapsed_from
        return not settled and self.end <= term < min(self.broken_at, self.last_end)

    def certain_end(self) -> int:
        """First term for which nobody has promised the money, as staff and employer know it."""
        if self.lapsed_from < FOREVER or self.finished:
            return self.lapsed_from if self.lapsed_from < self.end else self.end
        end = self.next_end() if self.decided else self.end
        if end < self.broken_at:
            return end
        if self.follows is None:
            return self.broken_at
        following = self.follows.length_terms
        return self.broken_at + following if following else FOREVER

    def renews_surely(self) -> bool:
        """Whether its terms say that it is always renewed."""
        return self.award.renewal is Renewal.CERTAIN

    def roll(self) -> None:
        """A renewed award goes into its next period, whole again."""
        self.start, self.end = self.end, self.next_end()
        self.decided, self.cuts = False, []

    def lapse(self, term: int, may_bid: bool) -> None:
        """The award is not there any more.

        Parameters
        ----------
        term : int
            First term without it.
        may_bid : bool
            Whether it may be bid for again.
        """
        self.lapsed_from, self.may_bid = term, may_bid
        self.refused = self.decided = False

    def win_back(self, term: int) -> None:
        """A bid is won: the award begins anew.

        Parameters
        ----------
        term : int
            First term.
        """
        self.start, self.lapsed_from, self.cuts, self.refused = term, FOREVER, [], False
        self.end = self.end_from(term)

    def cut(self, term: int, share: float) -> None:
        """Part of what is left is taken away, to the end of the award.

        Parameters
        ----------
        term : int
            From which term.
        share : float
            Of what is left then, 0 to 1.
        """
        self.cuts.append((term, share * self.left(term)))

    def left(self, term: int) -> float:
        """Share of the whole that cuts have left.

        Parameters
        ----------
        term : int
            Which.

        Returns
        -------
        float
            0 to 1.
        """
        if not self.cuts:
            return 1.0
        return max(0.0, 1.0 - sum(share for since, share in self.cuts if since <= term))

    def whole(self, term: int) -> int:
        """What the award would pay for a term had nothing been taken from it: a third, the rest in spring.

        Parameters
        ----------
        term : int
            Which.

        Returns
        -------
        int
            Pence.
        """
        third = self.year_pence // TERMS_A_YEAR
        if term % TERMS_A_YEAR == SPRING:
            return self.year_pence - (TERMS_A_YEAR - 1) * third
        return third

    def promised(self, term: int) -> int:
        """What the award pays for a term in which it runs, whatever its results.

        Parameters
        ----------
        term : int
            Which.

        Returns
        -------
        int
            Pence.
        """
        whole = self.whole(term)
        return round(whole * self.left(term) * self.voted) if self.cuts or self.voted < 1.0 else whole

    def set_free(self, term: int, lead: int) -> int:
        """What was taken from the award long enough ago to be spent elsewhere.

        Parameters
        ----------
        term : int
            Which.
        lead : int
            Terms between the loss and the same money's being spent.

        Returns
        -------
        int
            Pence; what schools voted to keep is theirs at once.
        """
        if self.lapsed_from > term and self.voted == 1.0 and not self.cuts:
            return 0  # as of most awards in most terms
        if self.start > term or self.finished or term >= self.last_end:
            return 0
        whole = self.whole(term)
        if term >= self.lapsed_from + lead:
            return whole
        cut = sum(share for since, share in self.cuts if since + lead <= term)
        if term >= self.lapsed_from or term >= self.end:
            return round(whole * min(1.0, cut))
        kept_by_schools = (1.0 - self.voted) * self.left(term)
        return min(whole - self.promised(term), round(whole * (min(1.0, cut) + kept_by_schools)))


def first_start(award: Award, term: int) -> int:
    """Begin of the period that an award in force is in when institutions begin.

    Parameters
    ----------
    award : Award
        In force.
    term : int
        First term of all.

    Returns
    -------
    int
        Its first term, or so many whole lengths earlier that it stood already at the beginning.
    """
    if award.first_term > 0 or award.first_term <= term:
        return award.first_term
    if award.length_terms == OPEN_ENDED:
        return term
    periods = -(-(award.first_term - term) // award.length_terms)
    return award.first_term - periods * award.length_terms


def goes_on_as(old: Award, new: Award) -> bool:
    """Whether a new award is the old one's money under other conditions, so that its dates stand.

    Parameters
    ----------
    old, new : Award
        Of one name.

    Returns
    -------
    bool
        True where payer, amount, beginning and length are the same.
    """
    return all(
        getattr(old, name) == getattr(new, name)
        for name in (
            "name",
            "stream",
            "gbp_per_pupil",
            "paid_for",
            "only_in",
            "first_term",
            "length_terms",
            "indexed",
        )
    )
