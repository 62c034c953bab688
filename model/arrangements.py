"""What stands in a place, and what a scenario puts in its stead: awards of money, posts, support on offer.

Inputs only, as frozen values; how they act is the business of ``model/institutions.py`` and its rooms. Terms
are counted from the autumn after year 0 (term 0); terms before year 0 ended are negative.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from model.area_plan import AreaPlan
from model.bodies import Body
from model.collaborating import Collaboration
from model.national_tier import National

OPEN_ENDED = 0
"""``length_terms`` of money that goes on until someone ends it."""


class Stream(StrEnum):
    """Where money comes from, as the Department and councils name it."""

    LA_GENERAL_FUND = "LA general fund"
    SCHOOLS_BLOCK = "schools block (de-delegation)"
    CENTRAL_BLOCK = "central school services block"
    HIGH_NEEDS_BLOCK = "high-needs block"
    PUPIL_PREMIUM = "pupil premium"
    TRUST_TOP_SLICE = "trust top-slice"
    HEALTH = "health and public health"
    DFE_FUND = "time-limited DfE fund"
    SUBSCRIPTION = "subscriptions"
    TRADED_INSIDE = "traded income inside the place"
    TRADED_OUTSIDE = "traded income from outside"
    LICENCES = "licences"
    PHILANTHROPY = "philanthropy"


class PaidFor(StrEnum):
    """Which pupils an amount a pupil is counted over."""

    ALL = "all"
    MEMBERS = "members"
    MAINTAINED = "maintained"


class Renewal(StrEnum):
    """How it is decided whether an award goes on after its end."""

    USUAL = "usual"  # by chance, as such awards are, and by what the funder has seen
    CERTAIN = "certain"
    NEVER = "never"


class OnLapse(StrEnum):
    """Where money goes that is no longer awarded."""

    SCHOOLS = "schools"  # to the schools of the place, after the lead time, to spend by their own rules
    PAYER = "payer"  # the payer spends it on other things
    GONE = "gone"  # the payer leaves the place with it


class Channel(StrEnum):
    """The one way a programme acts."""

    PUPIL_DIRECT = "pupil_direct"
    WHOLE_SCHOOL = "whole_school"
    LEADERSHIP = "leadership"
    WIDER_NEEDS = "wider_needs"


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A cut that is part of a scenario.

    Attributes
    ----------
    term : int
        First term with less money.
    announced : int
        Term at whose beginning it is known.
    share : float
        Part of the award taken away from then to the award's end, 0 to 1.
    """

    term: int
    announced: int
    share: float


@dataclass(frozen=True, kw_only=True)
class Award:
    """One line of income and its terms.

    Attributes
    ----------
    name : str
        Lasting identity: an award that a scenario leaves as it is goes on undisturbed.
    stream : Stream
        Where the money comes from; also names the payer's fund.
    gbp_per_pupil : float
        GBP a year for each pupil of ``paid_for``, prices of year 0.
    paid_for : PaidFor
        Which pupils are counted, at the census before the financial year.
    first_term : int
        Term in which the money begins; before term 0 for what is in force at year 0.
    length_terms : int
        Terms of one award (3 a year); ``OPEN_ENDED`` for money that is voted or chosen each year.
    last_term : int or None
        Last term that any renewal may reach; None while the place goes on.
    decided_terms_before : int
        Renewal is decided this many terms before the end: 1 or more is early, 0 at the end, below 0 late.
    renewal : Renewal
        How it is decided.
    review_terms : tuple of int
        Terms after an award's start at which the funder may stop it or have another provider (a break).
    cut : Cut or None
        A cut that the scenario sets.
    late_terms : int
        A further delay of the first renewal decision after the scenario begins, in terms.
    competitive : bool
        Won by bidding: costs time, and is not certain where it is renewed by chance.
    indexed : bool
        Rises with pay awards.
    in_advance : bool
        Paid at the start of each term, else after its end.
    match_share : float
        Part that the partnership must find from other income, 0 to 1.
    outcome_share : float
        Part paid only for cases completed, in arrears, 0 to 1.
    carry_forward : bool
        Whether money unspent at the end may be kept; else it is clawed back.
    ring_fence : tuple of str
        Kinds of post it may pay for; empty for any use.
    on_lapse : OnLapse
        Where the money goes once not awarded.
    yearly_refusal : bool
        Whether it must be voted each year (de-delegation: Schools Forum, by phase).
    only_in : tuple of str
        Names of the LAs of the place, or of partnerships' areas, that it is paid for; empty for all.
    """

    name: str
    stream: Stream
    gbp_per_pupil: float
    paid_for: PaidFor = PaidFor.ALL
    first_term: int = 0
    length_terms: int = OPEN_ENDED
    last_term: int | None = None
    decided_terms_before: int = 1
    renewal: Renewal = Renewal.USUAL
    review_terms: tuple[int, ...] = ()
    cut: Cut | None = None
    late_terms: int = 0
    competitive: bool = False
    indexed: bool = True
    in_advance: bool = True
    match_share: float = 0.0
    outcome_share: float = 0.0
    carry_forward: bool = True
    ring_fence: tuple[str, ...] = ()
    on_lapse: OnLapse = OnLapse.SCHOOLS
    yearly_refusal: bool = False
    only_in: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """Posts of one kind.

    Attributes
    ----------
    kind : str
        As ``speech and language therapist``; kinds are a labour pool each.
    per_10_000_pupils : float
        Posts wanted (whole time), of the pupils of the LA; rounded to whole posts.
    salary_gbp : float
        Yearly salary of one, prices of year 0, before on-costs.
    teacher : bool
        Whether the employer pays into the Teachers' Pension Scheme.
    brokers : bool
        Whether it brokers (co-ordinates, visits, triages) and delivers no support itself.
    """

    kind: str
    per_10_000_pupils: float
    salary_gbp: float
    teacher: bool = False
    brokers: bool = False


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A programme that cases may be matched to.

    Attributes
    ----------
    name : str
        As in ``conf/programmes/``.
    channel : Channel
        The one way it acts.
    domain : int
        Practice domain (index into ``model.practice.DOMAINS``) of the need that it answers.
    delivered_by : str
        Kind of post, or ``supporting school``.
    weeks : int
        Teaching weeks of one case.
    slots_per_post : int
        Schools that one whole-time post serves at once.
    practice_sd : float
        Whole-school and leadership: gain in the domain's practice by the end of a whole case at usual
        provider quality, between-school SD.
    attainment_sd : float
        Instead of ``practice_sd`` where evidence is of attainment: pupil SD by the end of a case; the model
        turns it into practice.
    literacy_sd, maths_sd : float
        Pupil-direct: effect at the end of a course, pupil SD.
    absence_points : float
        Wider needs: change in absence of a supported pupil, percentage points of half-days (below 0: less).
    pupils_per_case : int
        Pupil-direct and wider needs: pupils taught or supported at a school in one case.
    year_groups : tuple of int
        Year groups reached, 0 to 11; also which schools may have it.
    eligible : str
        Which pupils, as in ``model.levers.Programme.eligible``.
    on_target : float
        Share of places that go to eligible pupils (the rest to others of the year groups), 0 to 1.
    cost_gbp : float
        GBP a case for anything but the posts that deliver it, prices of year 0.
    new_heads : bool
        Only for schools whose headteacher is in the first year.
    """

    name: str
    channel: Channel
    domain: int
    delivered_by: str
    weeks: int
    slots_per_post: int
    practice_sd: float = 0.0
    attainment_sd: float = 0.0
    literacy_sd: float = 0.0
    maths_sd: float = 0.0
    absence_points: float = 0.0
    pupils_per_case: int = 0
    year_groups: tuple[int, ...] = tuple(range(12))
    eligible: str = "all"
    on_target: float = 1.0
    cost_gbp: float = 0.0
    new_heads: bool = False


@dataclass(frozen=True, kw_only=True)
class Partnership:
    """The body that holds money, employs posts and brokers: one in each area of the place.

    Attributes
    ----------
    model : int
        1 (statutory and traded improvement and business services), 2 (statutory and traded improvement),
        3 (trade without a commission) or 4 (collaboration without trading or commission).
    legal_form : str
        A row of permissions: ``LEGAL_FORMS``.
    member_share : float
        Share of schools in membership, 0 to 1; which ones is drawn; then they choose each year.
    reserves_months : float
        Reserves aimed for, months of spending.
    risk_appetite : float
        How far posts are kept or begun on money believed in but not certain: 0 never, 1 always.
    overhead_share : float
        Rooms, systems and management, as a share of pay.
    supporting_schools_per_10_000_pupils : float
        Strong schools that support others, of the pupils of the LA.
    supporting_school_gbp : float
        Paid to a supporting school for a year of one case, prices of year 0.
    vat_irrecoverable : float
        Part of the VAT on non-pay spending that cannot be recovered, by legal form, 0 to 1 (ask finance).
    body : Body or None
        Board, trade, insolvency, associates; None: a body that trades as awards say and cannot end.
    areas : AreaPlan or None
        Which schools each partnership is for; None: one partnership in each LA.
    only_in : tuple of str
        Names of the areas that have one; empty for all.
    """

    model: int
    legal_form: str
    member_share: float
    reserves_months: float
    risk_appetite: float
    overhead_share: float
    supporting_schools_per_10_000_pupils: float
    supporting_school_gbp: float
    vat_irrecoverable: float
    body: Body | None = None
    areas: AreaPlan | None = None
    only_in: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """Everything that stands at one time.

    Attributes
    ----------
    partnership : Partnership or None
        None where there is none: awards then go to the schools themselves.
    awards : tuple of Award
        Income, in the order in which posts are charged to it.
    posts : tuple of PostLine
        Staff wanted, in order of importance: the last are the first to go.
    offers : tuple of Offer
        Support on offer.
    collaboration : Collaboration or None
        How schools are organised to work together; None: they are not.
    national : National or None
        Inspection, orders, targeted help and trusts; None leaves them out.
    """

    partnership: Partnership | None = None
    awards: tuple[Award, ...] = field(default_factory=tuple)
    posts: tuple[PostLine, ...] = field(default_factory=tuple)
    offers: tuple[Offer, ...] = field(default_factory=tuple)
    collaboration: Collaboration | None = None
    national: National | None = None

    @property
    def area_plan(self) -> AreaPlan | None:
        """Which schools each partnership is for; None: one partnership in each LA."""
        return None if self.partnership is None else self.partnership.areas

    def partnership_of(self, area: str) -> Partnership | None:
        """Give the partnership of an area.

        Parameters
        ----------
        area : str
            Its name.

        Returns
        -------
        Partnership or None
            None where it has none.
        """
        body = self.partnership
        return None if body is None or (body.only_in and area not in body.only_in) else body


@dataclass(frozen=True, kw_only=True)
class Change:
    """A scenario's new arrangement.

    Attributes
    ----------
    announced : int
        Term at whose beginning everyone knows of it.
    term : int
        Term from which it stands.
    arrangement : Arrangement
        The whole of it: an award that is equal to one in force goes on, one that is not named any more ends.
    """

    announced: int
    term: int
    arrangement: Arrangement
