"""What money and posts are known to be next term: what a partnership plans with."""

from __future__ import annotations

from itertools import product

from model.areas import Areas, Join
from model.arrangements import Arrangement, Award, Change, PaidFor, PostLine
from model.award_holders import Holders, posts_wanted
from model.awards import FOREVER, goes_on_as
from model.funding_parameters import FundingParameters
from model.money_accounts import LocalMoney
from model.money_ahead import Ahead, certain_end, promised_next, promised_now
from model.staff_costs import PENCE, PostCost, awards_since, post_cost
from model.standing_posts import Post
from model.terms import SUMMER, TERMS_A_YEAR, term_of_year


class Outlook:
    """Lines of money and posts wanted, of a term and, as far as is known, of the next.

    Parameters
    ----------
    p : FundingParameters
        Pay awards and rates.
    holders : Holders
        What stands now, and pupils.
    la_names : tuple of str
        Names of the LAs, by index.
    areas : Areas
        The ground of each partnership.

    Attributes
    ----------
    announced : list of Change
        Known and not yet in effect.
    pupils : dict of PaidFor to list of float
        Counted for the financial year, by unit: LA within an area.
    """

    def __init__(
        self, p: FundingParameters, holders: Holders, la_names: tuple[str, ...], areas: Areas
    ) -> None:
        self._p, self._holders, self._la_names, self._areas = p, holders, la_names, areas
        self._costs: dict[tuple[PostLine, int, float, float], PostCost] = {}
        self._wanted: dict[int, tuple[tuple[object, ...], list[Post]]] = {}
        self.announced: list[Change] = []
        self.pupils: dict[PaidFor, list[float]] = {}

    def join(self, join: Join) -> None:
        """Partnerships join: what posts they want is worked out anew.

        Parameters
        ----------
        join : Join
            Which.
        """
        for area in (join.into, *join.others):
            self._wanted.pop(area, None)

    def new_costs(self) -> None:
        """Partnerships have other terms: what posts cost is worked out anew."""
        self._costs.clear()
        self._wanted.clear()

    def year_pence(self, award: Award, unit: int, term: int) -> int:
        """Amount of an award in a financial year.

        Parameters
        ----------
        award : Award
            Its terms.
        unit, term : int
            LA within an area; any term of the year.

        Returns
        -------
        int
            Pence.
        """
        if award.only_in:
            area, la = self._areas.units[unit]
            if self._la_names[la] not in award.only_in and self._areas.names[area] not in award.only_in:
                return 0
        index = (1.0 + self._p.pay_award) ** awards_since(term, teacher=False) if award.indexed else 1.0
        return round(PENCE * award.gbp_per_pupil * self.pupils[award.paid_for][unit] * index)

    def _next_change(self, term: int) -> Change | None:
        """The announced change that takes effect in the term after this."""
        return next((change for change in self.announced if change.term == term + 1), None)

    def lines(self, money: LocalMoney, term: int) -> tuple[list[Ahead], list[Ahead]]:
        """Lines of money of this term and of the next, as far as is known.

        Parameters
        ----------
        money : LocalMoney
            Of one LA.
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        now, ahead : list of Ahead
            In the order in which posts are charged to them.
        """
        now = [Ahead(s.award, s, promised_now(s, term), s.certain_end(), s.unit) for s in money.awards]
        rise = 1.0 + self._p.pay_award if term >= 0 and term_of_year(term + 1) == SUMMER else 1.0
        known = {(s.award.name, s.unit): (s, promised_next(s, term, rise)) for s in money.awards}
        change = self._next_change(term)
        if change is None:
            return now, [Ahead(s.award, s, pence, FOREVER, s.unit) for s, pence in known.values()]
        ahead = []
        for award, unit in product(change.arrangement.awards, money.units):
            state, pence = known.get((award.name, unit), (None, 0))
            if (state is None or not goes_on_as(state.award, award)) and award.first_term <= term + 1:
                pence = self.year_pence(award, unit, term + 1) // TERMS_A_YEAR * award.in_advance
            ahead.append(Ahead(award, state, pence, certain_end(award, term + 1), unit))
        return now, ahead

    def posts(self, money: LocalMoney, term: int, former: list[PostLine]) -> list[Post]:
        """Posts wanted this term and the next; those that are wanted no more are wanted nought times.

        Parameters
        ----------
        money : LocalMoney
            Of one LA.
        term : int
            Terms since the autumn after year 0.
        former : list of PostLine
            Kinds that were wanted before.

        Returns
        -------
        list of Post
            In order of importance.
        """
        stands, pupils = self._holders.stands, self._holders.pupils[money.area]
        change = self._next_change(term)
        after = stands if change is None else change.arrangement
        prices = tuple(awards_since(t, teacher) for t in (term, term + 1) for teacher in (True, False))
        as_of = (stands, after, pupils, len(former), prices)
        if money.area not in self._wanted or self._wanted[money.area][0] != as_of:
            self._wanted[money.area] = (as_of, self._posts(money, term, former, after, pupils))
        return self._wanted[money.area][1]

    def _posts(
        self, money: LocalMoney, term: int, former: list[PostLine], after: Arrangement, pupils: float
    ) -> list[Post]:
        stands = self._holders.stands
        stays = after.partnership_of(self._areas.names[money.area]) is not None
        later = {line.kind: line for line in (after.posts if stays else ())}
        wanted = []
        for place, line in enumerate((*stands.posts, *former)):
            number = posts_wanted(line, pupils) if place < len(stands.posts) else 0
            coming = later.get(line.kind, line)
            next_number = number if coming is line else posts_wanted(coming, pupils)
            next_number = next_number if line.kind in later else 0
            next_cost = self._cost(coming, money, term + 1).total
            wanted.append(Post(line, number, self._cost(line, money, term), next_number, next_cost))
        return wanted

    def _cost(self, line: PostLine, money: LocalMoney, term: int) -> PostCost:
        """Cost of a post, worked out once for all areas whose partnerships are alike."""
        assert money.agent is not None
        terms = money.agent.terms
        known = (line, awards_since(term, line.teacher), terms.overhead_share, terms.vat_irrecoverable)
        if known not in self._costs:
            self._costs[known] = post_cost(line, terms, self._p, term)
        return self._costs[known]
