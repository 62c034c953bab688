"""A scenario's new arrangement takes the place of the old one: awards go on, begin and end, with notice."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from model.arrangements import Award, Change
from model.award_holders import Holders
from model.awards import FOREVER, StandingAward, goes_on_as
from model.money_accounts import LocalMoney
from model.money_outlook import Outlook
from model.purses import Purses
from model.terms import first_week


class Succession:
    """What announced changes do to awards.

    Parameters
    ----------
    money : list of LocalMoney
        By area.
    outlook : Outlook
        Changes announced.
    holders : Holders
        Who is told.
    purses : Purses
        Who pays for results.
    stand : callable
        Lets an award begin: its terms, unit, first term, term now.
    """

    def __init__(
        self,
        money: list[LocalMoney],
        outlook: Outlook,
        holders: Holders,
        purses: Purses,
        stand: Callable[[Award, int, int, int], StandingAward],
    ) -> None:
        self._money, self._outlook, self._holders = money, outlook, holders
        self._purses, self._stand = purses, stand

    def foretell(self) -> None:
        """Say of each award what the next announced change makes of it."""
        if not self._outlook.announced:
            return
        change = min(self._outlook.announced, key=lambda c: c.term)
        new = {award.name: award for award in change.arrangement.awards}
        for money in self._money:
            for state in money.awards:
                follows = new.get(state.award.name)
                if follows is not None and goes_on_as(state.award, follows):
                    state.recondition(follows, change.announced)
                else:
                    state.broken_at, state.follows = change.term, follows

    def succeed(self, money: LocalMoney, change: Change) -> None:
        """One area's awards: some go on, some begin, some end.

        Parameters
        ----------
        money : LocalMoney
            Of one area.
        change : Change
            In the term in which it takes effect.
        """
        old = {(state.award.name, state.unit): state for state in money.awards}
        awards = []
        for award, unit in product(change.arrangement.awards, money.units):
            state = old.pop((award.name, unit), None)
            if state is None or not goes_on_as(state.award, award):
                start = max(award.first_term, change.term)
                if state is not None and state.accrued:
                    self._purses.pay_for_results(money, state, first_week(change.term))
                state = self._stand(award, unit, start, change.term)
                state.delay_from = change.announced
                money.gone = [g for g in money.gone if (g.award.name, g.unit) != (award.name, unit)]
                self._holders.tell(
                    state, change.term, "award begun", f"{award.name} begins", state.year_pence
                )
            else:
                state.recondition(award, change.announced)
                state.broken_at, state.follows = FOREVER, None
            awards.append(state)
        for state in old.values():
            if state.lapsed_from > change.term and not state.finished:
                self._holders.tell(
                    state, change.term, "award ended", f"{state.award.name} ends", state.year_pence
                )
                state.lapse(change.term, may_bid=False)
            state.may_bid = False
            money.gone.append(state)
        money.awards = awards
