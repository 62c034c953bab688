"""What institutions know of a place's schools: who is where, who is a member, how many pupils are counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.area_plan import AreaPlan
from model.areas import Areas, las_as_areas
from model.arrangements import PaidFor
from model.dividing import Ground, areas_of, ground_of
from model.place import Bools, Category, Floats, Ints, Place
from model.public_record import PublicRecord
from model.randomness import Chance

_SCHOOLS = 0
_ACADEMIES = (Category.ACADEMY, Category.FREE_SCHOOL)


@dataclass(kw_only=True, eq=False)
class Facts:
    """Columns over schools and LAs that institutions read; the year's counts are renewed at each census.

    Attributes
    ----------
    year_0 : int
        The place's year 0: the year its academic year ends.
    la_names : tuple of str
        Names of the LAs, in the order of their indices.
    la, urn, phase : (n_schools,) int32
        LA index; DfE unique reference number; ``model.place.Phase``.
    first_year_group, last_year_group : (n_schools,) int32
        Year groups taught, 0 (Reception) to 11.
    x_km, y_km : (n_schools,) float64
        Position.
    maintained : (n_schools,) bool
        Neither an academy nor a free school: de-delegation applies.
    member : (n_schools,) bool
        In membership of its area's partnership now; none where there is no partnership.
    disadvantaged_share : (n_schools,) float64
        Share of pupils classed disadvantaged, 0 to 1, at the last census.
    pupils : (n_schools,) float64
        Pupils on roll at the last census.
    new_head : (n_schools,) bool
        Whether the headteacher is in the first year in post.
    trust : (n_schools,) int32
        Index of the trust, single-academy trusts included; -1 where maintained.
    faith, selective : (n_schools,) bool
        Has a religious character (the diocese has a say); selects on attainment.
    capacity : (n_schools,) float64
        Pupils the school is planned for.
    orphan : (n_schools,) bool
        Needs a trust and no one takes it.
    unled : bool
        Schools collaborate without any partnership: every one takes part, unpaid.
    left : (n_schools,) bool or None
        Likewise where their own partnership has ended and others of the place stand; None where none has.
    public : PublicRecord or None
        Federations and inspections of single schools, where they are known.
    results : (n_schools,) float64
        How its last results stand among schools of its phase, standard score; 0 for all
        until those of year 0 are read, so that inspections before year 0 judge by practice and intake.
    areas : Areas
        The ground of each partnership: each LA, until they are given another.
    """

    year_0: int
    la_names: tuple[str, ...]
    la: Ints
    urn: Ints
    phase: Ints
    first_year_group: Ints
    last_year_group: Ints
    x_km: Floats
    y_km: Floats
    maintained: Bools
    member: Bools
    disadvantaged_share: Floats
    pupils: Floats
    new_head: Bools
    trust: Ints
    faith: Bools
    selective: Bools
    capacity: Floats
    orphan: Bools
    results: Floats
    unled: bool = False
    left: Bools | None = None
    public: PublicRecord | None = None

    def __post_init__(self) -> None:
        self.areas: Areas = las_as_areas(self.la, self.la_names)
        self._everyone: Bools = np.ones(len(self.la), dtype=np.bool_)
        self._with_left: tuple[Bools | None, Bools, Bools] = (None, self.member, self.member)

    @property
    def takes_part(self) -> Bools:
        """Schools that take part in what is arranged; the same array while they are the same."""
        if self.unled:
            return self._everyone
        if self.left is None:
            return self.member
        if self._with_left[0] is not self.left or self._with_left[1] is not self.member:
            self._with_left = (self.left, self.member, self.member | self.left)
        return self._with_left[2]

    @property
    def led(self) -> Bools:
        """Schools whose partnership stands, and pays for what it has arranged; (n_schools,) bool."""
        if self.unled:
            return ~self._everyone
        return self._everyone if self.left is None else ~self.left

    @property
    def n_la(self) -> int:
        """Number of LAs."""
        return len(self.la_names)

    @property
    def ground(self) -> Ground:
        """Where schools lie."""
        return Ground(self.la_names, self.la, self.urn, self.last_year_group, self.x_km, self.y_km)

    @property
    def area(self) -> Ints:
        """Area of each school's partnership; (n_schools,) int32."""
        return self.areas.of_school

    @property
    def n_areas(self) -> int:
        """Number of areas, each the ground of one partnership."""
        return len(self.areas.names)

    @property
    def n_schools(self) -> int:
        """Number of schools."""
        return len(self.la)

    def counted(self, paid_for: PaidFor) -> Floats:
        """Pupils over whom an amount a pupil is counted.

        Parameters
        ----------
        paid_for : PaidFor
            Which schools.

        Returns
        -------
        (n_units,) float64
            Pupils at the last census, by unit: LA within an area.
        """
        weights = {
            PaidFor.ALL: self.pupils,
            PaidFor.MEMBERS: self.pupils * self.member,
            PaidFor.MAINTAINED: self.pupils * self.maintained,
        }
        counted = np.bincount(self.areas.unit_of_school, weights[paid_for], minlength=len(self.areas.units))
        return np.asarray(counted, dtype=np.float64)


def members(place: Place, share: float, chance: Chance) -> Bools:
    """Draw which schools are members: the same in every replicate and scenario of a draw.

    Parameters
    ----------
    place : Place
        Schools.
    share : float
        Share of schools in membership, 0 to 1.
    chance : Chance
        Stream ``membership``, of the draw.

    Returns
    -------
    (n_schools,) bool
        Members; with a higher share the same schools and more.
    """
    luck = chance.for_draw().uniforms("membership", _SCHOOLS, 0, len(place.schools))
    return np.asarray(luck < share)


def facts_of(
    place: Place,
    member: Bools,
    pupils: Floats,
    disadvantaged_share: Floats,
    new_head: Bools,
    plan: AreaPlan | None = None,
) -> Facts:
    """Gather what institutions know at year 0.

    Parameters
    ----------
    place : Place
        Schools and LAs.
    member, new_head : (n_schools,) bool
        As in ``Facts``.
    pupils, disadvantaged_share : (n_schools,) float64
        As in ``Facts``.
    plan : AreaPlan, optional
        How partnerships share out the schools; one in each LA where left out.

    Returns
    -------
    Facts
        A new object; its yearly columns may be replaced.
    """
    s = place.schools
    facts = Facts(
        year_0=place.year,
        la_names=place.la_name,
        la=s.la,
        urn=s.urn,
        phase=s.phase,
        first_year_group=s.first_year_group,
        last_year_group=s.last_year_group,
        x_km=s.x_km,
        y_km=s.y_km,
        maintained=~np.isin(s.category, _ACADEMIES),
        member=member,
        disadvantaged_share=disadvantaged_share,
        pupils=pupils,
        new_head=new_head,
        trust=s.trust.copy(),
        faith=s.faith,
        selective=s.selective,
        capacity=pupils.copy(),
        orphan=np.zeros(len(s), dtype=np.bool_),
        results=np.zeros(len(s)),
        public=place.public_record,
    )
    facts.areas = areas_of(plan, ground_of(place))
    return facts


def ungoverned(n_schools: int, pupils: Floats) -> dict[str, Ints | Bools | Floats]:
    """Columns of schools of which nothing is known but their size: maintained, no faith, full, usual.

    Parameters
    ----------
    n_schools : int
        Number of schools.
    pupils : (n_schools,) float64
        On roll.

    Returns
    -------
    dict
        The columns of ``Facts`` from ``trust`` to ``results``, by name.
    """
    return {
        "trust": np.full(n_schools, -1, dtype=np.int32),
        "faith": np.zeros(n_schools, dtype=np.bool_),
        "selective": np.zeros(n_schools, dtype=np.bool_),
        "capacity": pupils.copy(),
        "orphan": np.zeros(n_schools, dtype=np.bool_),
        "results": np.zeros(n_schools),
    }
