"""The system that a partnership lives in: ties, membership, inspection, trusts, targeted help, term by term.

It stands between institutions and schools: each term what schools do together, what they know of each other
and what is at stake for them; at the end of each summer term what is decided for the year to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import mesa
import numpy as np

from model.arrangements import Arrangement
from model.brokerage import Brokerage
from model.central_teams import CentralTeams
from model.data_service import DataService
from model.delivered import Delivered
from model.dispositions import Dispositions
from model.events import Event
from model.federations import Federations
from model.funding import Funding
from model.gains import course_of
from model.inspection import Inspection, Inspectorate, NoInspection
from model.institution_facts import Facts
from model.institution_record import CaseRows, joined
from model.ledger import Ledger, Purpose
from model.maturity import Maturity, MaturityView
from model.membership import Membership, MembershipView
from model.narrowing import Narrowing
from model.national_tier import National
from model.orphans import Orphans
from model.parameters import Parameters
from model.pipeline import Pipeline
from model.place import Bools, Floats, Ints, Phase
from model.posts import Posts
from model.pressing import Circumstances, Pressing
from model.pressure import Pressure, no_pressure
from model.randomness import Chance
from model.rise import NoRise, Rise, TargetedHelp
from model.sharing import Sharing
from model.stakes import FixedStakes, Stakes
from model.supporting import Supporter
from model.terms import AUTUMN, SUMMER, TERMS_A_YEAR, term_of_year
from model.tie_pairs import JointWork
from model.ties import Ties
from model.top_slice import TopSlice
from model.trust_moves import Seen, TrustMoves
from model.trust_support import TrustSupport
from model.trusts import Trusts

_PER_CENT = 100.0
_PENCE = 100.0

NOTHING: dict[str, float] = dict.fromkeys(
    (
        "mutual_trust", "maturity", "member_rating", "member_response", "schools_isolated",
        "schools_orphaned", "inspection_good", "rise_schools", "schools_in_trusts",
        "headships_local", "school_time_gbp", "trust_top_slice_gbp",
    ),
    0.0,
)  # fmt: skip
"""Measures where there is no local system."""


class LocalSystem:
    """Everything between schools that is not money, posts and cases.

    Parameters
    ----------
    system : mesa.Model
        Owner of the agents.
    facts : Facts
        Schools; membership, governors and want of a trust are renewed here.
    nature : Dispositions
        Mutual trust, stakes and openness are renewed here.
    stands : Arrangement
        What is in force at year 0.
    p, chance, on : Parameters, Chance, mapping of str to bool
        One draw; one replicate's chance; mechanism switches.
    brokerage, funding, posts, ledger : Brokerage, Funding, Posts, Ledger
        Cases, money, people and accounts.

    Attributes
    ----------
    pressure : Pressure
        On pupils, tests, staff and families; of the coming year.
    """

    def __init__(
        self,
        system: mesa.Model,
        facts: Facts,
        nature: Dispositions,
        stands: Arrangement,
        p: Parameters,
        chance: Chance,
        on: Mapping[str, bool],
        brokerage: Brokerage,
        funding: Funding,
        posts: Posts,
        ledger: Ledger,
    ) -> None:
        self.facts, self._nature, self._stands, self._on = facts, nature, stands, on
        self._brokerage, self._funding, self._posts = brokerage, funding, posts
        kept = course_of(p, turnover=on["practice_turnover"]).kept_usually
        leave = np.where(
            facts.phase == Phase.SECONDARY, p.workforce.head_leave_secondary, p.workforce.head_leave_primary
        )
        self.ties = Ties(
            facts, nature, stands.collaboration, p.tie, competition=on["competition"],
            orphans=on["orphans"], area=_areas(facts, stands),
        )  # fmt: skip
        self.sharing = Sharing(facts, nature, p.sharing, chance, on, self._bill, kept=kept)
        self._data = DataService(facts, funding.charge)
        self.maturity = Maturity(facts)
        self.membership = Membership(facts, p.membership, chance, chooses=on["membership"])
        self.pipeline = Pipeline(facts, leave, p.membership, chance, funding.charge)
        self.inspection: Inspectorate = (
            Inspection(facts, p, chance) if on["inspection"] else NoInspection(facts.n_schools)
        )
        self.stakes = Stakes(facts, nature, p.inspection) if on["stakes"] else FixedStakes(nature)
        self.narrowing = Narrowing(p.inspection)
        self.trusts = Trusts(system, facts, p.trust, chance)
        self.trust_support = TrustSupport(self.trusts, p.trust, kept, on=on["trust_support"])
        self.top_slice = TopSlice(facts, self.trust_support, p.trust, p.funding, ledger)
        self.central_teams = CentralTeams(facts, p.trust.targeting)
        self.moves = TrustMoves(self.trusts, p.trust, chance, orders=on["orders"])
        self.orphans = Orphans(facts, p.trust, on=on["orphans"])
        self.federations = Federations(facts, p.trust, chance, kept, on=on["trust_support"])
        self.rise: TargetedHelp = (
            Rise(facts, p.rise, chance, ledger, system) if on["rise"] else NoRise(facts.n_schools)
        )
        self._pressing = Pressing(
            facts.phase, p.pressure, stakes=on["stakes"], inflation=on["inflation"],
            choice=on["choice"],
        )  # fmt: skip
        self.pressure: Pressure = no_pressure(facts.n_schools)
        self._funded: Floats = np.ones(facts.n_areas)
        self._day_gbp = p.sharing.day_gbp
        self._case_days = p.sharing.support_days / TERMS_A_YEAR

    # --- before the first term, and when something new stands -----------------------------------------------

    def begin(self, term: int, practice: Floats) -> Floats:
        """Begin: schools have been inspected before, and trusts have long supported theirs.

        Parameters
        ----------
        term : int
            First term of the spin-up.
        practice : (n_schools, 9) float64
            Between-school SD.

        Returns
        -------
        (n_schools, 9) float64
            What of it trusts and federations have brought.
        """
        self.stand(self._stands, term)
        self.inspection.begin(term, practice, self._stands.national)
        self.trust_support.look(practice)
        return self.trust_support.opening() + self.federations.opening(practice)

    def stand(self, stands: Arrangement, term: int) -> None:
        """Take in what stands from a term on.

        Parameters
        ----------
        stands : Arrangement
            The whole of it.
        term : int
            Terms since the autumn after year 0.
        """
        self._stands = stands
        there = self._funding.bodies.stands()[self.facts.area]
        self.facts.member = self.membership.stand(stands, term, there)
        self.facts.unled = stands.partnership is None and stands.collaboration is not None
        some = stands.collaboration is not None and not there.all()
        self.facts.left = ~there if some else None
        self.ties.stand(stands.collaboration)
        self.sharing.stand(stands.collaboration)

    def settle(self) -> None:
        """End the spin-up: how things stand now is the usual."""
        self.ties.settle()
        self.pressure = self._pressing.settle(self._circumstances())

    # --- a term ---------------------------------------------------------------------------------------------

    def before_cases(self, term: int) -> None:
        """Tell brokerage what has changed: who accepts, what is seen, who has room; heads begin in autumn.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        """
        self.pipeline.term(term, self._stands, self._funding.bodies.stands())
        seen = self._data.term(self._stands.collaboration, self.sharing.contact)
        self._brokerage.ask_again(self.rise.room(), seen)

    def warnings(self) -> tuple[Bools, Bools]:
        """Schools in a category of concern, and those whose neighbours warned; shape (n_schools,) each."""
        return self.inspection.record.concern(), self.sharing.warned

    def term(self, term: int, practice: Floats, of_cases: Delivered) -> list[Floats]:
        """Run a term of work together, support of trusts and targeted help; in summer end the year.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        practice : (n_schools, 9) float64
            At the beginning of the term, between-school SD.
        of_cases : Delivered
            What partnerships' cases delivered.

        Returns
        -------
        list of (n_schools, 9) float64
            Changes of practice, between-school SD.
        """
        national, record = self._stands.national, self.inspection.record
        wanting = (national or National()).for_help(term, record.stuck, record.concern())
        self.membership.term(of_cases)
        self.top_slice.term(term)
        if term_of_year(term) == AUTUMN:
            self.trust_support.look(practice)
        self.central_teams.term(term, self.top_slice.people, self.trust_support.standing)
        changes = [
            self._together(term, practice),
            self.narrowing.term(self.stakes.above_usual),
            self.trust_support.term(term),
            self.federations.term(term, practice),
            self.orphans.term(term),
            self.rise.term(term, national, wanting, practice, self._brokerage.active_cases()),
        ]
        self.stakes.term(term, record, national, self._outcome_pay())
        if term_of_year(term) == SUMMER:
            self._end_year(term, practice)
        return [change for change in changes if change is not None]

    def _together(self, term: int, practice: Floats) -> Floats | None:
        """Ties, what passes along them, and the mutual trust that comes of it."""
        seen, carried = self._brokerage.seen, self._brokerage.supporters()
        worked = self.sharing.worked(term, seen, self.ties.clusters.cluster)
        lent = self._case_work(carried) if carried else None
        self.ties.term(term, self._funded[self.facts.areas.seat], worked, lent)
        self._pay_leads()
        self._nature.trust = self.ties.school_trust()
        return self.sharing.term(term, practice, seen, self.ties, carried)

    def _bill(self, la: int, pence: int, purpose: Purpose, kind: str) -> None:
        self._funding.charge(la, pence, purpose, kind)

    def _case_work(self, carried: Sequence[Supporter]) -> JointWork:
        """Days that supporting schools spent with those they support."""
        helping, helped = zip(*((lent.school, lent.supported) for lent in carried), strict=True)
        days = np.full(len(carried), self._case_days)
        return JointWork(np.array(helping, dtype=np.intp), np.array(helped, dtype=np.intp), days)

    def _pay_leads(self) -> None:
        """Bill partnerships for the heads who lead clusters: what is not paid for now is not done or owed."""
        for la, gbp in enumerate(self.ties.lead_cost_gbp().tolist()):
            pence, purpose = round(_PENCE * gbp), Purpose.SUPPORTING_SCHOOL
            paid = self._funding.charge(la, pence, purpose, owed=False) if pence else True
            self._funded[la] = float(paid)

    def _outcome_pay(self) -> Floats | None:
        together = self._stands.collaboration
        if together is None or together.hubs is None or not together.hubs.outcome_share:
            return None
        return np.asarray(together.hubs.outcome_share * self.sharing.hubs.leads())

    # --- the year's end -------------------------------------------------------------------------------------

    def _end_year(self, term: int, practice: Floats) -> None:
        """Inspection, moves between trusts, votes and membership, reviews of clusters."""
        facts, stands = self.facts, self._stands
        self.inspection.year_end(term, practice, stands.national)
        record = self.inspection.record
        has_partnership = self._funding.bodies.stands()
        seen = Seen(concern=record.concern(), stuck=record.stuck, partnership=has_partnership)
        if term >= 0:  # who governs a school at year 0 is known
            self.moves.year_end(term, stands.national, seen)
        if self.moves.moved.any():
            self.inspection.restart(np.flatnonzero(self.moves.moved), term)
        self.federations.year_end(term)
        facts.member = self.membership.year_end(term, self._membership_view(term))
        self._funding.forum.hear(self.membership.forum_tilt())
        self.maturity.year_end(term, self.ties, stands.collaboration, self._maturity_view(term))
        self.pressure = self._pressing.year_end(self._circumstances())

    def _membership_view(self, term: int) -> MembershipView:
        sharing, national = self.sharing, self._stands.national
        inspected = national is not None and term >= national.trusts.inspected_from
        return MembershipView(
            stands=self._stands,
            trust=self._nature.trust,
            network=self.ties.school_mean(self.ties.strength),
            seen=self._brokerage.accuracy(),
            days=sharing.days,
            saved=sharing.saving,
            cluster=self.ties.clusters.cluster if self.ties.clusters.number else None,
            stance=self._stance(inspected=inspected),
        )

    def _stance(self, *, inspected: bool) -> Floats:
        """How far each school's trust favours the partnership: log odds of its stance."""
        stance = self.trusts.joins(inspected=inspected)
        odds = np.clip(stance, 0.05, 0.95)
        of_school = np.log(odds / (1.0 - odds))[np.maximum(self.facts.trust, 0)]
        return np.where(self.facts.trust >= 0, of_school, 0.0)

    def _maturity_view(self, term: int) -> MaturityView:
        certain, posts = np.zeros(self.facts.n_areas), self._posts
        for slot, brokers in enumerate(posts.brokers):
            if brokers and posts.filled[slot]:
                la = posts.area[slot]
                certain[la] = max(certain[la], float(posts.funded_until[slot] - term))
        held = [self._funding.bodies.months_held(la) for la in range(self.facts.n_areas)]
        return MaturityView(
            terms_certain=certain,
            reserves_months=np.array(held),
            reviewed=self.sharing.reviewed,
            gain=self.sharing.gain,
        )

    def _circumstances(self) -> Circumstances:
        facts, record = self.facts, self.inspection.record
        return Circumstances(
            stakes=self._nature.stakes, good=record.published_good(), concern=record.published_concern(),
            results=facts.results, pupils=facts.pupils, capacity=facts.capacity,
            shared=self.sharing.shared, head_field=self.pipeline.field(),
            pulls=(self.orphans.pull(), self.moves.closures.pull()),
            head_leaves=(self.orphans.leave(), self.moves.head_leave()),
            teacher_leaves=(self.orphans.leave(),),
        )  # fmt: skip

    # --- what is left behind --------------------------------------------------------------------------------

    def measures(self) -> dict[str, float]:
        """Give the measures as they stand.

        Returns
        -------
        dict of str to float
            By id, in the units of the registry.
        """
        facts, survey = self.facts, self.membership.survey
        judged = self.inspection.record.grade > 0
        good = self.inspection.record.good()
        return {
            "mutual_trust": self.ties.mean_trust(),
            "maturity": self.maturity.mean(),
            "member_rating": survey.rating,
            "member_response": survey.response,
            "schools_isolated": float(self.ties.isolated().sum()),
            "schools_orphaned": float(facts.orphan.sum()),
            "inspection_good": _PER_CENT * float(good.sum()) / max(float(judged.sum()), 1.0),
            "schools_in_trusts": float(self.trusts.schools_in_several()),
            "school_time_gbp": self._day_gbp * float(self.sharing.unpaid_days.sum()),
            "trust_top_slice_gbp": self.top_slice.year_gbp(),
            "headships_local": self.pipeline.from_place_per_cent(),
            "rise_schools": self.rise.measures()["rise_schools"],
        }

    def cases(self) -> CaseRows:
        """Cases that others than partnerships broker."""
        return joined(self.rise.rows(), self.central_teams.rows())

    @property
    def events(self) -> list[Event]:
        """What befell schools, trusts and clusters."""
        rooms = (
            self.ties, self.sharing, self.maturity, self.membership, self.inspection, self.moves,
            self.federations, self.rise,
        )  # fmt: skip
        return [event for room in rooms for event in room.events]


def _areas(facts: Facts, stands: Arrangement) -> Ints | None:
    """Area of each school's partnership: one where it is one for all LAs; None where each has its own."""
    body = None if stands.partnership is None else stands.partnership.body
    one = body is not None and body.one_for_all_las
    return np.zeros(facts.n_schools, dtype=np.int32) if one else None
