"""What one local authority's schools and home areas are synthesised from."""

from __future__ import annotations

from dataclasses import dataclass

from model.place import Floats
from model.randomness import Chance

YEARS_PRIMARY = 7
"""Year groups of a primary school: Reception to Year 6."""

YEARS_SECONDARY = 5
"""Year groups of a secondary school that count here: Year 7 to Year 11."""

YEARS_SPECIAL = 12
"""Year groups of a special school that count here: Reception to Year 11."""

YEARS_ALTERNATIVE_PROVISION = 3
"""Year groups of alternative provision (AP) here: Year 9 to Year 11."""

ALL_THROUGH_YEAR_7_RATIO = 1.0
"""Further pupils at Year 7 of an all-through school, as a ratio to its Reception places.

An assumption (allowed: 0 to 5): most all-through schools are secondary schools that added a smaller primary
phase, and the register gives one count for both.
"""

YEARS_ALL_THROUGH = YEARS_PRIMARY + YEARS_SECONDARY * (1.0 + ALL_THROUGH_YEAR_7_RATIO)
"""Pupils of an all-through school over its Reception places."""


@dataclass(frozen=True, kw_only=True)
class Pupils:
    """Pupils of Reception to Year 11 by type of school.

    Attributes
    ----------
    primary, secondary, all_through, special, ap : float
        Pupils in primary, secondary, all-through and special schools and in alternative provision.
    """

    primary: float
    secondary: float
    all_through: float
    special: float
    ap: float

    @property
    def everyone(self) -> float:
        """Pupils of all schools."""
        return self.primary + self.secondary + self.all_through + self.special + self.ap

    @property
    def all_through_primary(self) -> float:
        """Pupils of Reception to Year 6 in all-through schools."""
        return self.all_through * YEARS_PRIMARY / YEARS_ALL_THROUGH

    @property
    def primary_cohort(self) -> float:
        """Children a cohort in Reception to Year 6, special schools included."""
        special = self.special * YEARS_PRIMARY / YEARS_SPECIAL
        return (self.primary + self.all_through_primary + special) / YEARS_PRIMARY

    @property
    def secondary_cohort(self) -> float:
        """Pupils a cohort in Years 7 to 11, special schools and AP included."""
        all_through = self.all_through - self.all_through_primary
        special = self.special * YEARS_SECONDARY / YEARS_SPECIAL
        return (self.secondary + all_through + special + self.ap) / YEARS_SECONDARY

    @property
    def special_share(self) -> float:
        """Share of all pupils in special schools, 0 to 1."""
        return self.special / self.everyone

    @property
    def ap_share(self) -> float:
        """Share of Year 9 to 11 in alternative provision, 0 to 1."""
        return self.ap / (YEARS_ALTERNATIVE_PROVISION * self.secondary_cohort)


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Totals of one LA that its synthetic schools and home areas add up to.

    Attributes
    ----------
    la_code : int
        DfE code; 0 where the whole place is synthetic.
    name : str
        Name of the LA.
    primary_schools, secondary_schools, all_through_schools, special_schools, ap_schools : int
        Numbers of schools.
    pupils : Pupils
        Pupils by type of school.
    logsd_primary, logsd_secondary : float
        SD of the log of school size.
    academies_primary, academies_secondary : float
        Share of schools that are academies or free schools, 0 to 1.
    trusts : int
        Multi-academy trusts with a school here.
    single_academy_trusts : int
        Academies that are alone in their trust.
    trust_logsd : float
        SD of the log of the number of schools in a trust.
    faith_primary, faith_secondary : float
        Share of schools with a religious character.
    voluntary_aided_primary, voluntary_aided_secondary : float
        Share of schools that are voluntary aided.
    selective_schools : int
        Secondary schools that select on attainment.
    selective_pupils : float
        Their share of secondary pupils.
    nearest_primary_km, nearest_secondary_km : float
        Median distance to the nearest other school of the phase, km.
    low_income : float
        Children-weighted mean share of low income over home areas.
    low_income_alpha, low_income_beta : float
        Shape of the beta distribution of primary schools' shares in this type of LA.
    low_income_school_sd : float
        SD of the share between primary schools, after choice.
    """

    la_code: int
    name: str
    primary_schools: int
    secondary_schools: int
    all_through_schools: int
    special_schools: int
    ap_schools: int
    pupils: Pupils
    logsd_primary: float
    logsd_secondary: float
    academies_primary: float
    academies_secondary: float
    trusts: int
    single_academy_trusts: int
    trust_logsd: float
    faith_primary: float
    faith_secondary: float
    voluntary_aided_primary: float
    voluntary_aided_secondary: float
    selective_schools: int
    selective_pupils: float
    nearest_primary_km: float
    nearest_secondary_km: float
    low_income: float
    low_income_alpha: float
    low_income_beta: float
    low_income_school_sd: float


class PlaceChance:
    """Chance that belongs to a place, and not to a run: one stream for each thing drawn in each LA.

    Parameters
    ----------
    seed : int
        Which of the places with the same totals; 0 for an LA of the embedded table.
    la_code : int
        DfE code, 0 where synthetic.
    """

    def __init__(self, seed: int, la_code: int) -> None:
        self._chance = Chance(seed, 0, 0)
        self._la_code = la_code

    def normals(self, what: str, size: int) -> Floats:
        """Standard normals.

        Parameters
        ----------
        what : str
            What is drawn: names the stream.
        size : int
            How many.

        Returns
        -------
        (size,) float64
            Mean 0, SD 1.
        """
        return self._chance.normals(f"place synthesis {what}", self._la_code, 0, size)

    def uniforms(self, what: str, size: int) -> Floats:
        """Uniforms in (0, 1).

        Parameters
        ----------
        what : str
            What is drawn: names the stream.
        size : int
            How many.

        Returns
        -------
        (size,) float64
            Never exactly 0 or 1.
        """
        return self._chance.uniforms(f"place synthesis {what}", self._la_code, 0, size)
