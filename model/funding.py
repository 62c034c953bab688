"""Money of a whole place, term by term: awards come, are decided on and end; posts stand on them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import mesa
import numpy as np

from model.agents.funder import Funder
from model.agents.partnership import Partnership
from model.areas import Join
from model.arrangements import Arrangement, Award, Change, Offer
from model.arrangements import Partnership as TermsOfPartnership
from model.award_holders import PER_PUPILS, Event, Holders
from model.award_succession import Succession
from model.awards import StandingAward, first_start
from model.body_parameters import BodyParameters
from model.establishment import Establishment
from model.forum import Forum
from model.funding_parameters import FundingParameters
from model.institution_facts import Facts
from model.institution_record import LedgerRows
from model.joining import join_money
from model.ledger import Ledger, Purpose
from model.money_accounts import NO_STREAM, STREAMS, LocalMoney, PlaceAccounts
from model.money_outlook import Outlook
from model.money_years import TRADED, MoneyYears
from model.partnership_body import Bodies, trades
from model.place import Floats
from model.providers_seen import NothingSeen, Providers
from model.pupil_counts import count_pupils
from model.purses import Purses
from model.randomness import Chance
from model.renewal import FundingSwitches, Renewals
from model.school_spending import SchoolUse
from model.standing_posts import Posts
from model.terms import SUMMER, TERMS_A_YEAR, first_week, term_of_year
from model.wind_up import Ends

SCHOOL_PURPOSES = {
    SchoolUse.TUITION: Purpose.TUITION,
    SchoolUse.SUPPORT: Purpose.SUPPORT_BOUGHT,
    SchoolUse.STAFFING: Purpose.STAFFING,
}


class Funding:
    """All money of a place: its funders, its partnerships and their posts.

    Parameters
    ----------
    facts : Facts
        Schools and LAs; pupils are counted when a financial year begins.
    p : FundingParameters
        One draw.
    chance : Chance
        One replicate's chance.
    on : Mapping of str to bool
        Switches ``reserves``, ``renewal_risk``, ``bid_cost``, ``review_points``.
    posts : Posts
        Columns of posts.
    ledger : Ledger
        Where all is entered.
    system : mesa.Model
        Owner of the agents.
    providers : Providers
        What is seen of those who deliver support.
    offers : tuple of Offer
        Every programme that is ever on offer, in the order of ``providers``.
    body : BodyParameters, optional
        What partnerships sell and when they end; of the same draw.

    Attributes
    ----------
    years : MoneyYears
        What was paid, by year and payer; ``paid_gbp``, ``la_income_share``, ``reserves_months`` are its own.
    award_index : dict of str to int
        Lasting index of each award: ``line`` of the posts that it pays for.
    bodies : Bodies
        What partnerships sell: time sold outside, associates.
    ends : Ends
        Which partnerships stand, and which came to an end.
    """

    def __init__(
        self,
        facts: Facts,
        p: FundingParameters,
        chance: Chance,
        on: Mapping[str, bool],
        posts: Posts,
        ledger: Ledger,
        system: mesa.Model,
        providers: Providers | None = None,
        offers: tuple[Offer, ...] = (),
        body: BodyParameters | None = None,
    ) -> None:
        self._facts, self._p, self._system, self._ledger = facts, p, system, ledger
        self._on = FundingSwitches(**{name: on[name] for name in FundingSwitches._fields})
        self._posts, self._providers = posts, providers or NothingSeen()
        self._accounts = PlaceAccounts(ledger, facts.la_names, facts.areas)
        self._purses = Purses(ledger, self._accounts, p, self._on.reserves)
        self._money = [LocalMoney(area, facts.areas.units_of(area)) for area in range(facts.n_areas)]
        self._funders: dict[int, Funder] = {}
        seen, purses = providers or NothingSeen(), self._purses
        self._holders = Holders(
            self._money,
            self._funders,
            seen,
            offers,
            purses,
            self._accounts,
            p,
            self._on.bid_cost,
            facts.areas.unit_names,
        )
        self._renewals = Renewals(p, chance, facts.year_0, facts.n_la, facts.areas, self._on, self._holders)
        self._staff = [self._establish(money) for money in self._money]
        self._outlook = Outlook(p, self._holders, facts.la_names, facts.areas)
        self._now = 0
        years = MoneyYears(ledger, self._accounts, self._money, facts.year_0)
        self.years, self.paid_gbp = years, years.paid_gbp
        self.la_income_share, self.reserves_months = years.la_income_share, years.reserves_months
        self.award_index: dict[str, int] = {}
        sells = body or BodyParameters()
        self.bodies = Bodies(
            facts, sells, p.pay_award, chance, ledger, self._accounts, self._holders, self._money
        )
        self.ends = Ends(
            self._money, self._staff, ledger, self._accounts, purses, self._outlook, self._holders, sells,
            self._make, self.bodies.index, facts.areas,
        )  # fmt: skip
        self._succession = Succession(self._money, self._outlook, self._holders, self._purses, self._stand)
        self._count()

    def _count(self) -> None:
        """Count pupils: when a financial year begins, and at the very beginning."""
        counts = count_pupils(self._facts)
        self._outlook.pupils = counts.pupils
        self._holders.pupils = counts.of_area
        self._renewals.primary_share = counts.primary_share

    def _establish(self, money: LocalMoney) -> Establishment:
        parts = (self._posts, self._purses, self._ledger, self._accounts, self._p)
        return Establishment(money, *parts, self._holders.event, self._believed, self._on.reserves)

    def _make(self, area: int, terms: TermsOfPartnership) -> Partnership:
        return Partnership(self._system, area, self._accounts.reserves[area], terms, self._on.reserves)

    # -- what stands

    def begin(self, arrangement: Arrangement, term: int) -> None:
        """Let what is in force at year 0 stand, as if it had stood before.

        Parameters
        ----------
        arrangement : Arrangement
            In force.
        term : int
            First term that will be run.
        """
        self._now = term
        self._holders.stand(arrangement)
        self._count()
        for money in self._money:
            for award, unit in product(arrangement.awards, money.units):
                money.awards.append(self._stand(award, unit, first_start(award, term), term))
            self.ends.found(money, arrangement, term)
            if money.agent is not None:
                yearly = sum(state.year_pence for state in money.awards if state.start <= term)
                held = money.agent.aims_for(yearly)
                before, week = self._accounts.before, first_week(term)
                self._ledger.pay(week, before, money.agent.account, held, NO_STREAM, Purpose.OPENING)

    def announce(self, change: Change) -> None:
        """Everyone learns what will stand: money that goes on under other conditions has them now.

        Parameters
        ----------
        change : Change
            At its announcement.
        """
        self._outlook.announced.append(change)
        self._succession.foretell()

    def join(self, join: Join, term: int) -> None:
        """Partnerships become one: its money, its posts, what it sells and whether it stands.

        Parameters
        ----------
        join : Join
            Which; their areas have joined already.
        term : int
            First term of the one that they become.
        """
        join_money(join, term, self._money, self._staff, self._ledger, self._accounts, self._holders)
        self.bodies.join(join.into, join.others)
        self.ends.join(join.into, join.others)
        self._outlook.join(join)

    def change(self, change: Change) -> None:
        """A new arrangement takes the place of the old one.

        Parameters
        ----------
        change : Change
            In the term in which it takes effect, after its announcement; before ``term``.
        """
        if change in self._outlook.announced:
            self._outlook.announced.remove(change)
        self._now = change.term
        self._holders.stand(change.arrangement)
        for money in self._money:
            if not money.units:
                continue
            self._succession.succeed(money, change)
            self.ends.found(money, change.arrangement, self._now)
            self._trade(money, change.term, new_year=False)
        self._succession.foretell()

    def _stand(self, award: Award, unit: int, start: int, term: int) -> StandingAward:
        self.award_index.setdefault(award.name, len(self.award_index))
        state = self._accounts.stand(award, unit, start)
        state.year_pence = self._outlook.year_pence(award, unit, term)
        if state.payer not in self._funders:
            looks = self._on.review_points
            whose = (state.la, award.stream, state.payer)
            self._funders[state.payer] = Funder(self._system, *whose, self._p, looks)
        return state

    def _trade(self, money: LocalMoney, term: int, new_year: bool) -> None:
        """What is sold: when a financial year begins, and when something else stands."""
        if not new_year and trades(money.agent) is not None:
            for state in money.awards:
                if state.award.stream in TRADED:
                    state.year_pence = self._outlook.year_pence(state.award, state.unit, term)
        self.bodies.year(money, self._staff[money.area].specialists(), term, new_year=new_year)

    # -- a term

    def term(self, term: int) -> None:
        """Decide, pay what comes at the beginning of a term, and say which posts stand.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        """
        self._now = term
        if term_of_year(term) == SUMMER:
            self._count()
        for money in self._money:
            money.to_schools, money.time_lost = {}, 0.0
            money.spent.append(0)
            money.asked.append(0)
            del money.spent[: -TERMS_A_YEAR - 1], money.asked[: -TERMS_A_YEAR - 1]
            if term_of_year(term) == SUMMER:
                for state in (*money.awards, *money.gone):
                    state.year_pence = self._outlook.year_pence(state.award, state.unit, term)
                self._trade(money, term, new_year=True)
            for state in (*money.awards, *money.gone):
                self._renewals.term(state, self._funders[state.payer], term)
            self._purses.in_advance(money, term)
            self.bodies.business(money, term)
            self._purses.pay_owed(money, first_week(term))
            if money.agent is not None:
                now, ahead = self._outlook.lines(money, term)
                staff = self._staff[money.area]
                wanted = self._outlook.posts(money, term, staff.former(self._holders.stands.posts))
                staff.term(term, wanted, now, ahead, self.award_index)

    def pay_term(self, term: int) -> None:
        """Pay staff, then settle the term: money unspent, in arrears, for results.

        Parameters
        ----------
        term : int
            The term that ends; after posts were filled and bills came in.
        """
        for money in self._money:
            for state in money.awards:
                if state.award.outcome_share:
                    self._note_results(state, term)
            if money.agent is not None:
                self._staff[money.area].pay(term)
            self._purses.settle(money, term)
        self.ends.term(term)
        self.years.term(term)

    def _note_results(self, state: StandingAward, term: int) -> None:
        """Count the cases completed, and how many would have earned all that waits for results."""
        state.completed += self._providers.completed_cases(state.area, term)
        state.target += self._p.outcome_target * self._holders.pupils[state.area] / PER_PUPILS / TERMS_A_YEAR

    def _believed(self, state: StandingAward) -> float:
        """Chance at which a partnership believes in an award's next renewal."""
        return self._renewals.believed(state, self._funders[state.payer])

    # -- bills, schools' money, results

    def charge(self, area: int, pence: int, purpose: int, kind: str = "", *, owed: bool = True) -> bool:
        """Bill a partnership for a programme, a supporting school or data.

        Parameters
        ----------
        area : int
            Index of the area.
        pence : int
            Without VAT, prices of year 0: what is billed rises with pay, as awards do.
        purpose : int
            ``Purpose.PROGRAMME``, ``Purpose.SUPPORTING_SCHOOL`` or ``Purpose.DATA``.
        kind : str
            Kind of post whose work it belongs to, so that money fenced for that kind may pay.
        owed : bool
            Whether what cannot be paid now is owed; False for work that is not done unless it is paid for.

        Returns
        -------
        bool
            Whether it is paid at once; else it is owed (data: not shared for now).
        """
        week = first_week(self._now)
        bill = round(pence * self.bodies.index(self._now))
        return self._purses.charge(self._money[area], bill, Purpose(purpose), kind, week, owed=owed)

    @property
    def forum(self) -> Forum:
        """What maintained schools think of de-delegation."""
        return self._renewals.forum

    def to_schools(self, term: int) -> Floats:
        """What payers handed to schools in the term just run.

        Parameters
        ----------
        term : int
            The last term run.

        Returns
        -------
        (n_units,) float64
            Pence by LA within an area: money set free by lapses and cuts, and all awards where there is no
            partnership.

        Raises
        ------
        ValueError
            If another term was run last.
        """
        if term != self._now:
            raise ValueError(f"asked for term {term} after term {self._now}")
        given = np.zeros(len(self._facts.areas.units))
        for money in self._money:
            for unit, pence in money.to_schools.items():
                given[unit] = pence
        return given

    def schools_pay(self, term: int, unit: int, pence: int, use: SchoolUse) -> None:
        """Enter what schools spend of their money.

        Parameters
        ----------
        term, unit : int
            When; LA within an area.
        pence : int
            Amount.
        use : SchoolUse
            What on.
        """
        payee = self._accounts.staff if use is SchoolUse.STAFFING else self._accounts.suppliers
        schools = self._accounts.schools[unit]
        self._ledger.pay(first_week(term), schools, payee, pence, NO_STREAM, SCHOOL_PURPOSES[use])

    def time_lost(self, area: int) -> float:
        """Share of the term that a partnership's brokers spend on bids.

        Parameters
        ----------
        area : int
            Index of the area.

        Returns
        -------
        float
            0 to 1.
        """
        return self._money[area].time_lost

    def ledger_rows(self) -> LedgerRows:
        """Every payment, for the record."""
        return self._ledger.rows(STREAMS)

    def events(self) -> list[Event]:
        """Everything decided or befallen, in the order in which it was."""
        return list(self._holders.log)
