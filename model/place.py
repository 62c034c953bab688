"""A place: its schools, home areas, published results and rates, as frozen typed arrays.

Every figure is flagged published, imputed or synthetic. A place holds one local authority (LA) or many
(England).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.public_record import PublicRecord

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]
Index = NDArray[np.intp]

YEAR_GROUPS = 12
"""Reception (0) and Year 1 to Year 11 (1 to 11)."""

FIRST_SECONDARY_YEAR_GROUP = 7


class Flag(IntEnum):
    """Where a figure comes from."""

    PUBLISHED = 0
    IMPUTED = 1
    SYNTHETIC = 2


class Phase(IntEnum):
    """Phase of education of a school."""

    PRIMARY = 0
    SECONDARY = 1
    ALL_THROUGH = 2
    SPECIAL = 3
    ALTERNATIVE_PROVISION = 4


class Category(IntEnum):
    """Legal category of a school."""

    COMMUNITY = 0
    VOLUNTARY_AIDED = 1
    VOLUNTARY_CONTROLLED = 2
    FOUNDATION = 3
    ACADEMY = 4
    FREE_SCHOOL = 5


class Group(IntEnum):
    """Pupil group a result is published for."""

    DISADVANTAGED = 0
    OTHER = 1


class PublishedValue(NamedTuple):
    """One published (or imputed) figure of the place: a ``kind = data`` row of the trajectories."""

    year: int  # the year the academic year ends
    measure: str  # id in the measures registry
    group: str  # all, disadvantaged, other, gap
    value: float
    flag: Flag


@dataclass(frozen=True, kw_only=True, eq=False)
class Schools:
    """Schools as columns; row order is fixed for the life of the place.

    Attributes
    ----------
    urn : (n_schools,) int32
        Lasting identity: DfE unique reference number, or 900001 and up where synthetic.
    name : tuple of str
        Names, in the same order.
    la : (n_schools,) int32
        Index into ``Place.la_code``.
    phase, category : (n_schools,) int32
        ``Phase`` and ``Category`` values.
    trust : (n_schools,) int32
        Index of the multi- or single-academy trust, -1 where maintained.
    x_km, y_km : (n_schools,) float64
        Position; national grid where published, else relative to the LA's centre.
    first_year_group, last_year_group : (n_schools,) int32
        Year groups taught, 0 (Reception) to 11.
    places : (n_schools,) float64
        Pupils planned a year at the year of entry.
    places_year_7 : (n_schools,) float64
        Further pupils planned at Year 7 in an all-through school, else 0.
    selective, faith : (n_schools,) bool
        Selects on attainment; has a religious character.
    flag : (n_schools,) int32
        ``Flag`` of the row.
    """

    urn: Ints
    name: tuple[str, ...]
    la: Ints
    phase: Ints
    category: Ints
    trust: Ints
    x_km: Floats
    y_km: Floats
    first_year_group: Ints
    last_year_group: Ints
    places: Floats
    places_year_7: Floats
    selective: Bools
    faith: Bools
    flag: Ints

    def __len__(self) -> int:
        return len(self.urn)


@dataclass(frozen=True, kw_only=True, eq=False)
class Areas:
    """Home areas: where children live, one around each primary or all-through school.

    Attributes
    ----------
    la : (n_areas,) int32
        Index into ``Place.la_code``.
    x_km, y_km : (n_areas,) float64
        Centre, on the same grid as the schools.
    children : (n_areas,) float64
        Children a birth cohort who enter the place's state schools at Reception.
    low_income_share : (n_areas,) float64
        Share of these children with low income (lasting), 0 to 1.
    flag : (n_areas,) int32
        ``Flag`` of the row.
    """

    la: Ints
    x_km: Floats
    y_km: Floats
    children: Floats
    low_income_share: Floats
    flag: Ints

    def __len__(self) -> int:
        return len(self.la)


@dataclass(frozen=True, kw_only=True, eq=False)
class Rates:
    """Published rates in year 0, as shares from 0 to 1; one row an LA (or England alone).

    Attributes
    ----------
    disadvantaged_ks2, disadvantaged_ks4 : (n_la,) float64
        Share of the Year 6 and of the Year 11 cohort classed disadvantaged by DfE.
    fsm_primary, fsm_secondary : (n_la,) float64
        Eligible for free school meals now.
    fsm6_primary, fsm6_secondary : (n_la,) float64
        Eligible at any time in six years.
    sen_support_primary, sen_support_secondary, ehcp_primary, ehcp_secondary : (n_la,) float64
        Pupils of mainstream schools with SEN support, and with an education, health and care plan.
    special_share, alternative_provision_share : (n_la,) float64
        Share of all pupils in special schools; share of Year 9 to 11 in alternative provision.
    absence_primary, absence_secondary : (n_la,) float64
        Overall absence, share of half-days.
    persistent_absence_primary, persistent_absence_secondary : (n_la,) float64
        Share of pupils who miss 10 per cent or more of half-days.
    """

    disadvantaged_ks2: Floats
    disadvantaged_ks4: Floats
    fsm_primary: Floats
    fsm_secondary: Floats
    fsm6_primary: Floats
    fsm6_secondary: Floats
    sen_support_primary: Floats
    sen_support_secondary: Floats
    ehcp_primary: Floats
    ehcp_secondary: Floats
    special_share: Floats
    alternative_provision_share: Floats
    absence_primary: Floats
    absence_secondary: Floats
    persistent_absence_primary: Floats
    persistent_absence_secondary: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Results:
    """Published results by group and year, NaN where there is none; ``Group`` order on the last axis.

    Attributes
    ----------
    years : (n_years,) int32
        The years academic years end, rising; the last is year 0.
    eyfs_gld : (n_la, n_years, 2) float64
        Share with a good level of development: eligible for free school meals now, other.
    ks2_rwm : (n_la, n_years, 2) float64
        Share at the expected standard in reading, writing and maths.
    ks4_attainment8 : (n_la, n_years, 2) float64
        Attainment 8 points.
    """

    years: Ints
    eyfs_gld: Floats
    ks2_rwm: Floats
    ks4_attainment8: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class SchoolResults:
    """Published results and intakes of single schools; NaN where nothing is published.

    Attributes
    ----------
    years : (n_years,) int32
        The years academic years end, rising; none after year 0, which need not be among them.
    ks2_rwm : (n_schools, n_years) float64
        Share of all pupils at the expected standard in reading, writing and maths.
    ks2_pupils : (n_schools, n_years) float64
        Pupils behind that share.
    ks4_attainment8 : (n_schools, n_years) float64
        Attainment 8 of all pupils, points.
    ks4_progress8 : (n_schools, n_years) float64
        Progress 8 score, grades a subject.
    ks4_pupils : (n_schools, n_years) float64
        Pupils at the end of Key Stage 4.
    disadvantaged_share : (n_schools,) float64
        Share of pupils classed disadvantaged about year 0, on the scale of ``Rates.disadvantaged_ks2``
        (schools of Year 6) and ``Rates.disadvantaged_ks4`` (schools of Year 11).
    """

    years: Ints
    ks2_rwm: Floats
    ks2_pupils: Floats
    ks4_attainment8: Floats
    ks4_progress8: Floats
    ks4_pupils: Floats
    disadvantaged_share: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Feeders:
    """Which schools the pupils of a school that ends before Year 11 go on to: a few for each source.

    Attributes
    ----------
    source, target : (n,) int32
        Rows of ``Schools``, sorted by source; targets begin where the source ends, in the same LA.
    log_odds : (n,) float64
        Pull of the target on the source's pupils, school sizes left out; only differences within a source
        count.
    """

    source: Ints
    target: Ints
    log_odds: Floats


@dataclass(frozen=True, kw_only=True)
class Partnership:
    """A local education partnership that exists at year 0.

    Attributes
    ----------
    name : str
        Its name.
    slug : str
        For files and settings.
    la_code : int
        DfE code of the LA it works in (the lead one, where it works in several).
    model : int
        1 to 4 by who leads and how it is funded, 0 where not known.
    legal_form : str
        As published, empty where not known.
    started, ended : int
        Calendar years; ``ended`` 0 while it goes on.
    members : int
        Schools in membership as published, -1 where not known.
    source : str
        Where this is from.
    """

    name: str
    slug: str
    la_code: int
    model: int
    legal_form: str
    started: int
    ended: int
    members: int
    source: str


@dataclass(frozen=True, kw_only=True, eq=False)
class National:
    """England in the same years: what a place is measured against.

    Attributes
    ----------
    rates : Rates
        One row.
    results : Results
        One row.
    ks2_rwm_higher, ks4_em5, ks2_reading, ks2_maths : float
        Shares in year 0 (all pupils), for the cuts of these measures.
    special_ks2_rwm, special_attainment8, alternative_provision_attainment8 : float
        Rates of special schools and alternative provision (share; Attainment 8 points).
    ks2_gap_index, ks4_gap_index : (n_years,) float64
        Published disadvantage gap index of each year of ``results.years``, NaN where there is none.
    """

    rates: Rates
    results: Results
    ks2_rwm_higher: float
    ks4_em5: float
    ks2_reading: float
    ks2_maths: float
    special_ks2_rwm: float
    special_attainment8: float
    alternative_provision_attainment8: float
    ks2_gap_index: Floats
    ks4_gap_index: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Place:
    """One LA or many: everything the model takes as given about where it runs.

    Attributes
    ----------
    name, slug : str
        For people; for files and settings.
    year : int
        Year 0: the year its academic year ends.
    la_code : tuple of int
        DfE codes (0 where synthetic).
    la_name : tuple of str
        Names, same order.
    is_england : bool
        Whether ranks are taken within the simulated nation instead of the fixed reference.
    schools, areas, rates, results, national
        See their classes.
    secondary_pupils : (n_la,) float64
        Pupils a cohort in Years 7 to 11, special and alternative provision included.
    history : tuple of PublishedValue
        Published figures to join on to charts.
    sources : tuple of str
        Attribution lines: title, publisher, year, licence.
    school_results : SchoolResults, optional
        What is published of single schools; None where schools are synthetic.
    feeders : Feeders, optional
        Where pupils go on to; None where distance alone decides.
    partnerships : tuple of Partnership
        Those known to exist at year 0; empty where none is known.
    public_record : PublicRecord, optional
        Federations and inspections of single schools; None where schools are synthetic.
    """

    name: str
    slug: str
    year: int
    la_code: tuple[int, ...]
    la_name: tuple[str, ...]
    is_england: bool
    schools: Schools
    areas: Areas
    rates: Rates
    results: Results
    national: National
    secondary_pupils: Floats
    history: tuple[PublishedValue, ...]
    sources: tuple[str, ...]
    school_results: SchoolResults | None = None
    feeders: Feeders | None = None
    partnerships: tuple[Partnership, ...] = ()
    public_record: PublicRecord | None = None

    @property
    def n_la(self) -> int:
        """Number of local authorities in the place."""
        return len(self.la_code)
