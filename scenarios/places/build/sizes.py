"""Places at entry of real schools, and the cohorts of their LAs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Bools, Flag, Floats, Ints, Phase
from scenarios.places.totals import YEARS_ALTERNATIVE_PROVISION, Pupils

SMALLEST_ENTRY = 1.0
"""Fewest places a school is given."""

USUAL_ENTRY = {
    Phase.PRIMARY: 40.0,
    Phase.SECONDARY: 180.0,
    Phase.ALL_THROUGH: 60.0,
    Phase.SPECIAL: 9.0,
    Phase.ALTERNATIVE_PROVISION: 20.0,
}
"""Places by phase where no school of that phase has a count: about England's means, pupils a year group."""

_ACCEPTED = (0.25, 4.0)
"""Published places at entry count where they lie between these multiples of the mean year group."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Sizes:
    """Pupils planned a year.

    Attributes
    ----------
    places : (n_schools,) float64
        At the first year group taught, from Reception.
    places_year_7 : (n_schools,) float64
        Further pupils planned at Year 7 in a school with Reception and Year 11, else 0.
    flag : (n_schools,) int8
        ``Flag`` of both.
    """

    places: Floats
    places_year_7: Floats
    flag: Ints


def year_group_counts(schools: pd.DataFrame) -> tuple[Floats, Floats]:
    """Count the year groups taught below Year 7, and from Year 7 to Year 11.

    Parameters
    ----------
    schools : pandas.DataFrame
        first_year_group and last_year_group.

    Returns
    -------
    tuple of (n_schools,) float64
        Year groups of each phase; at least one in all.
    """
    first = schools["first_year_group"].to_numpy(dtype=np.float64)
    last = np.minimum(schools["last_year_group"].to_numpy(dtype=np.float64), YEAR_GROUPS - 1.0)
    below = np.clip(np.minimum(last + 1.0, FIRST_SECONDARY_YEAR_GROUP) - first, 0.0, None)
    above = np.clip(last + 1.0 - np.maximum(first, FIRST_SECONDARY_YEAR_GROUP), 0.0, None)
    return below, np.where(below + above > 0.0, above, 1.0)


def planned_places(schools: pd.DataFrame) -> Sizes:
    """Give every school places, so that places times year groups are its pupils.

    Parameters
    ----------
    schools : pandas.DataFrame
        One row a school: phase, first_year_group, last_year_group, roll_r11 (pupils of Reception to Year 11),
        entry_places, places_year_7.

    Returns
    -------
    Sizes
        The roll decides where it is known; published places at entry say how an all-through school divides
        between Reception and Year 7, and stand in for a missing roll. With neither, the median of the phase.
    """
    phase = schools["phase"].to_numpy(dtype=np.int64)
    roll = _positive(schools["roll_r11"])
    entry = _positive(schools["entry_places"])
    below, above = year_group_counts(schools)
    years = np.where(phase == Phase.ALTERNATIVE_PROVISION, YEARS_ALTERNATIVE_PROVISION, below + above)
    mean = roll / years
    missing = np.isnan(mean)
    mean = np.where(missing, entry, mean)
    flag = np.where(missing, Flag.IMPUTED, Flag.PUBLISHED).astype(np.int8)
    for kind in Phase:
        of_kind = (phase == kind) & np.isnan(mean)
        known = mean[(phase == kind) & ~np.isnan(mean)]
        mean[of_kind] = float(np.median(known)) if known.size else USUAL_ENTRY[kind]
    through = (phase == Phase.ALL_THROUGH) & (below > 0.0) & (above > 0.0)
    first = np.where(through, _reception(entry, mean, years, above), mean)
    extra = np.where(through, (mean * years - first * (below + above)) / np.maximum(above, 1.0), 0.0)
    return Sizes(
        places=np.maximum(first, SMALLEST_ENTRY),
        places_year_7=np.maximum(extra, 0.0),
        flag=flag,
    )


def _positive(values: pd.Series) -> Floats:
    numbers = values.to_numpy(dtype=np.float64)
    return np.where(numbers > 0.0, numbers, np.nan)


def _reception(entry: Floats, mean: Floats, years: Floats, above: Floats) -> Floats:
    """Reception places of all-through schools: as published where possible, else a half of Year 7's."""
    usual = mean * years / (years + above)
    known = (entry >= _ACCEPTED[0] * mean) & (entry <= _ACCEPTED[1] * mean)
    return np.where(known, np.minimum(entry, mean), usual)


def pupils_by_phase(schools: pd.DataFrame, sizes: Sizes, la: Ints, n_la: int) -> list[Pupils]:
    """Count the pupils of each LA by type of school.

    Parameters
    ----------
    schools : pandas.DataFrame
        As in `planned_places`.
    sizes : Sizes
        Places.
    la : (n_schools,) int32
        Index of each school's LA.
    n_la : int
        Number of LAs.

    Returns
    -------
    list of Pupils
        One an LA. All-through and middle schools are divided by the year groups they teach.
    """
    below, above = year_group_counts(schools)
    phase = schools["phase"].to_numpy(dtype=np.int64)
    mainstream = (phase != Phase.SPECIAL) & (phase != Phase.ALTERNATIVE_PROVISION)
    special, ap = phase == Phase.SPECIAL, phase == Phase.ALTERNATIVE_PROVISION

    def summed(pupils: Floats, which: Bools) -> Floats:
        return np.asarray(np.bincount(la, np.where(which, pupils, 0.0), n_la), dtype=np.float64)

    primary = summed(sizes.places * below, mainstream)
    secondary = summed(sizes.places * above + sizes.places_year_7 * above, mainstream)
    in_special = summed(sizes.places * (below + above), special)
    in_ap = summed(sizes.places * YEARS_ALTERNATIVE_PROVISION, ap)
    return [
        Pupils(primary=float(p), secondary=float(s), all_through=0.0, special=float(x), ap=float(a))
        for p, s, x, a in zip(primary, secondary, in_special, in_ap, strict=True)
    ]
