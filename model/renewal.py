"""What befalls an award from term to term: votes, cuts, reviews, renewals and bids to win it back."""

from __future__ import annotations

from typing import NamedTuple

from model.agents.funder import Funder, Verdict
from model.areas import Areas
from model.arrangements import Renewal
from model.award_holders import Holders
from model.awards import FOREVER, StandingAward
from model.forum import PHASES, Forum, tilted
from model.funding_parameters import FundingParameters
from model.randomness import Chance
from model.terms import AUTUMN, SPRING, SUMMER, TERMS_A_YEAR, term_name, term_of_year

_PLACE = 0
"""Block of the streams: an award's draws of one term are one block, with a position an LA."""


class FundingSwitches(NamedTuple):
    """Mechanisms of money: False puts the null version in."""

    reserves: bool = True  # off: nothing is put by, and nothing bridges a gap
    renewal_risk: bool = True  # off: what is renewed by chance is renewed in time, and not cut by chance
    bid_cost: bool = True  # off: bids cost neither money nor time
    review_points: bool = True  # off: funders do not look at what providers have done


class Renewals:
    """Takes every award through a term.

    Parameters
    ----------
    p : FundingParameters
        Chances.
    chance : Chance
        Streams named by award, one block a date, a place for each who decides; a renewal's date is the end
        it is about.
    year_0, n_la : int
        The place's year 0; number of LAs.
    areas : Areas
        The ground of each partnership.
    switches : FundingSwitches
        What is off.
    holder : Holders
        Who holds the awards.

    Attributes
    ----------
    forum : Forum
        What schools that vote on de-delegation think of what they get; nothing until it hears them.
    primary_share : list of float
        By unit (LA within an area), primary schools' share of the pupils of maintained schools.
    """

    def __init__(
        self,
        p: FundingParameters,
        chance: Chance,
        year_0: int,
        n_la: int,
        areas: Areas,
        switches: FundingSwitches,
        holder: Holders,
    ) -> None:
        self._p, self._chance, self._year_0 = p, chance, year_0
        self._deciding = max(n_la, 1 + max(areas.unit_block, default=0))
        self._on, self._holder = switches, holder
        self._drawn: dict[tuple[str, int], list[float]] = {}
        self.primary_share: list[float] = [1.0] * len(areas.units)
        self.forum = Forum(n_la)

    def term(self, state: StandingAward, funder: Funder, term: int) -> None:
        """Take one award through a term.

        Parameters
        ----------
        state : StandingAward
            The award; changed.
        funder : Funder
            Who decides on it.
        term : int
            Terms since the autumn after year 0; before it nothing befalls an award that stood at year 0.
        """
        if state.finished:
            return
        if term >= state.lapsed_from:
            self._win_back(state, funder, term)
            return
        if term < state.start:
            return
        if state.award.yearly_refusal:
            self._vote(state, funder, term)
        self._cut(state, term)
        self._review(state, funder, term)
        self._renew(state, funder, term)

    def due(self, state: StandingAward) -> int:
        """Term in which a renewal is decided: in time where chance is switched off.

        Parameters
        ----------
        state : StandingAward
            The award.

        Returns
        -------
        int
            Term.
        """
        if self._on.renewal_risk or state.award.renewal is not Renewal.USUAL:
            return state.due()
        return min(state.end, state.end - state.award.decided_terms_before)

    def believed(self, state: StandingAward, funder: Funder) -> float:
        """Chance at which whoever holds an award believes in its next renewal.

        Parameters
        ----------
        state : StandingAward
            The award.
        funder : Funder
            Who decides on it.

        Returns
        -------
        float
            0 to 1; it knows what its funder has seen.
        """
        if state.award.renewal is not Renewal.USUAL:
            return float(state.award.renewal is Renewal.CERTAIN)
        if not self._on.renewal_risk:
            return 1.0
        return 1.0 - funder.chance_against(self._usual(state), *self._holder.seen(state))

    def _luck(self, what: str, date: int, each: int = 1) -> list[float]:
        """Uniforms of one stream at one date, by who decides: LAs, then units with a luck of their own."""
        if (what, date) not in self._drawn:
            drawn = self._chance.uniforms(what, _PLACE, date, each * self._deciding)
            self._drawn[what, date] = drawn.tolist()
        return self._drawn[what, date]

    def _vote(self, state: StandingAward, funder: Funder, term: int) -> None:
        """Schools Forum votes by phase in autumn for the financial year that begins in summer."""
        if term_of_year(term) == SUMMER:
            state.voted, state.voted_next = state.voted_next, 1.0
        if term_of_year(term) != AUTUMN or term < 0 or not self._on.renewal_risk:
            return
        against = funder.chance_against(self._p.forum_refusal, *self._holder.seen(state))
        luck = self._luck(f"vote on {state.award.name}", term, PHASES)
        primary = self.primary_share[state.unit]
        state.voted_next = 1.0
        shares = (("primary", primary), ("secondary", 1.0 - primary))
        for place, (phase, share) in enumerate(shares):
            of_phase = tilted(against, self.forum.tilt[state.la][place])
            if share > 0.0 and luck[PHASES * state.luck + place] < of_phase:
                state.voted_next -= share
                text = f"{phase} schools voted against {state.award.name}"
                self._holder.tell(state, term, "vote lost", text, round(share * state.year_pence))

    def _cut(self, state: StandingAward, term: int) -> None:
        """A cut that the scenario sets, or one by chance, decided in spring for the financial year."""
        planned = state.award.cut
        if planned is not None and not state.cut_told and term >= planned.announced:
            state.cut_told = True
            self._tell_cut(state, term, max(planned.term, term), planned.share)
        at_risk = (
            self._on.renewal_risk
            and term_of_year(term) == SPRING
            and 0 <= term < state.end - 1
            and state.award.length_terms > TERMS_A_YEAR
            and not state.renews_surely()
        )
        if at_risk and self._luck(f"cut of {state.award.name}", term)[state.luck] < self._p.cut_chance:
            self._tell_cut(state, term, term + 1, self._p.cut_size)

    def _tell_cut(self, state: StandingAward, term: int, since: int, share: float) -> None:
        lost = round(share * state.left(since) * state.year_pence)
        state.cut(since, share)
        when = term_name(since, self._year_0)
        text = f"{state.award.name} is cut by {share:.0%} from {when} to its end"
        self._holder.tell(state, term, "award cut", text, lost)

    def _review(self, state: StandingAward, funder: Funder, term: int) -> None:
        """At a review the funder has bad providers replaced, or stops the award with a term's notice."""
        if not self._on.review_points or term < 0 or term - state.start not in state.award.review_terms:
            return
        replaced = self._holder.replace_providers(state, term)
        if not replaced and funder.judges(*self._holder.seen(state)) is Verdict.REPLACE:
            state.end, state.refused, state.stopped = min(state.end, term + 1), True, True
            text = f"{state.award.name} is stopped at its review"
            self._holder.tell(state, term, "award stopped", text, state.year_pence)

    def _renew(self, state: StandingAward, funder: Funder, term: int) -> None:
        while state.end < FOREVER and not state.finished:
            if not (state.decided or state.refused) and term >= self.due(state):
                self._decide(state, funder, term)
            if term < state.end:
                return
            if state.decided:
                over = state.end
                state.roll()
                if over < term:
                    self._holder.pay_back(state, range(over, min(term, state.end)), term)
            elif state.refused:
                usual = state.award.renewal is Renewal.USUAL and not state.stopped
                state.lapse(state.end, may_bid=usual)
                return
            else:
                return

    def _decide(self, state: StandingAward, funder: Funder, term: int) -> None:
        """The funder decides on the next period; what stood at year 0 had been renewed until then."""
        name = state.award.name
        if state.end >= state.last_end:
            if term >= state.end:
                state.finished = True
                self._holder.tell(state, term, "award ended", f"{name} came to its last term")
            return
        state.delay = 0
        stood = term < 0 and state.end <= 0
        if not stood and state.award.competitive:
            self._holder.bids(state, term, 1.0)
        if stood or self._granted(state, funder):
            state.decided = True
            if not stood:
                when = "early" if term < state.end else "late" if term > state.end else "on time"
                until = term_name(state.next_end() - 1, self._year_0)
                text = f"{name} is renewed {when}, to {until}"
                self._holder.tell(state, term, f"award renewed {when}", text, state.year_pence)
                if self._on.review_points:
                    self._holder.replace_providers(state, term)  # each programme is looked at by itself
        else:
            state.refused = True
            text = f"{name} is not renewed beyond {term_name(state.end - 1, self._year_0)}"
            self._holder.tell(state, term, "award not renewed", text, state.year_pence)

    def _usual(self, state: StandingAward) -> float:
        """Chance that such an award is usually not continued."""
        longer = state.award.length_terms > TERMS_A_YEAR
        return min(self._p.non_renewal * (self._p.long_award_ratio if longer else 1.0), 1.0)

    def _granted(self, state: StandingAward, funder: Funder) -> bool:
        renewal = state.award.renewal
        if renewal is Renewal.USUAL and not self._on.renewal_risk:
            return True
        luck = self._luck(f"renewal of {state.award.name}", state.end)[state.luck]  # however late decided
        mean, cases = self._holder.seen(state)
        return funder.decides(renewal, luck, mean, cases, self._usual(state))

    def _win_back(self, state: StandingAward, funder: Funder, term: int) -> None:
        """Once a year money that lapsed by chance may be bid for again."""
        since = term - state.lapsed_from
        possible = state.may_bid and term < min(state.last_end, state.broken_at) and since > 0
        if not possible or since % TERMS_A_YEAR or not self._holder.bids(state, term, self._p.won_again):
            return
        if self._luck(f"bid for {state.award.name}", term)[state.luck] < self._p.won_again:
            state.win_back(term)
            text = f"{state.award.name} is won again, to {term_name(state.end - 1, self._year_0)}"
            self._holder.tell(state, term, "bid won", text, state.year_pence)
        else:
            self._holder.tell(state, term, "bid lost", f"a bid for {state.award.name} is lost")
