"""The schools of a place shared out among partnerships, as a scenario wants it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.area_plan import AreaPlan, Division
from model.areas import Areas, las_as_areas
from model.near_groups import split_into
from model.place import Floats, Ints, Place

LAST_PRIMARY_YEAR_GROUP = 6
_NAMED = 3
"""LAs of one area that are named one by one."""


class Ground(NamedTuple):
    """Schools as far as it matters where they lie: columns of ``Place`` or ``Facts``, and names of LAs."""

    la_names: tuple[str, ...]
    la: Ints
    urn: Ints
    last_year_group: Ints
    x_km: Floats
    y_km: Floats


def ground_of(place: Place) -> Ground:
    """Give the ground of a place.

    Parameters
    ----------
    place : Place
        Its LAs and schools.

    Returns
    -------
    Ground
        The same arrays.
    """
    s = place.schools
    return Ground(place.la_name, s.la, s.urn, s.last_year_group, s.x_km, s.y_km)


def areas_of(plan: AreaPlan | None, ground: Ground) -> Areas:
    """Share the schools of a place out among partnerships.

    Parameters
    ----------
    plan : AreaPlan or None
        How; None: one in each LA.
    ground : Ground
        The place's LAs and schools.

    Returns
    -------
    Areas
        Every school lies in one.
    """
    la, la_names = ground.la, ground.la_names
    if plan is None or plan.division is Division.LA:
        return las_as_areas(la, la_names)
    if plan.division is Division.ONE:
        return _gathered(np.zeros(len(la), dtype=np.int32), [_together(la_names)], la, la_names)
    if plan.division is Division.LISTED:
        return _listed(plan, la, la_names, ground.urn)
    part: Ints = (ground.last_year_group > LAST_PRIMARY_YEAR_GROUP).astype(np.int32)
    words = ["primary", "secondary"]
    if plan.division is Division.GEOGRAPHY:
        part, words = np.zeros(len(la), dtype=np.int32), [str(n + 1) for n in range(plan.groups)]
        where = np.column_stack([ground.x_km, ground.y_km])
        for index in range(len(la_names)):
            rows = np.flatnonzero(la == index)
            groups = split_into(where, ground.urn, rows, plan.groups) if len(rows) else []
            for number, group in enumerate(groups):
                part[group] = number
    names = [f"{name}, {word}" for name in la_names for word in words]
    return _gathered(len(words) * la + part, names, la, la_names)


def _together(la_names: tuple[str, ...]) -> str:
    """Name of one partnership in several LAs."""
    if len(la_names) > _NAMED:
        return f"{len(la_names)} LAs together"
    return " and ".join(part for part in (", ".join(la_names[:-1]), la_names[-1]) if part)


def _listed(plan: AreaPlan, la: Ints, la_names: tuple[str, ...], urn: Ints) -> Areas:
    """Areas by name: single schools go before LAs, and LAs that are not named have an area each."""
    names = [name for name, _ in plan.listed]
    names += [f"rest of {name}" if name in names else name for name in la_names]
    area = (len(plan.listed) + la).astype(np.int32)
    single = np.zeros(len(la), dtype=np.bool_)
    for index, (_, parts) in enumerate(plan.listed):
        urns = [part for part in parts if isinstance(part, int)]
        single |= (here := np.isin(urn, urns))
        area[here] = index
    for index, (_, parts) in enumerate(plan.listed):
        of_las = [la_names.index(part) for part in parts if isinstance(part, str) and part in la_names]
        area[np.isin(la, of_las) & ~single] = index
    return _gathered(area, names, la, la_names)


def _gathered(area: Ints, names: list[str], la: Ints, la_names: tuple[str, ...]) -> Areas:
    """Number the areas that have schools, and what of each LA lies in which."""
    used, of_school = np.unique(area, return_inverse=True)
    cells, unit = np.unique(of_school * len(la_names) + la, return_inverse=True)
    units = [divmod(int(cell), len(la_names)) for cell in cells]
    schools = np.bincount(unit, minlength=len(units))
    of_la = np.bincount(la, minlength=len(la_names))
    whole = [bool(schools[u] == of_la[of]) for u, (_, of) in enumerate(units)]
    kept = [names[index] for index in used.tolist()]
    lead = []
    for index in range(len(kept)):
        mine = [u for u, (where, _) in enumerate(units) if where == index]
        lead.append(units[max(mine, key=lambda u: (schools[u], -u))][1])
    unit_names = []
    several = np.bincount([where for where, _ in units])
    for u, (where, of) in enumerate(units):
        name = kept[where] if several[where] == 1 else f"{kept[where]}, {la_names[of]}"
        unit_names.append(la_names[of] if whole[u] else name)
    return Areas(
        names=tuple(kept), of_school=of_school.astype(np.int32), units=tuple(units),
        unit_names=tuple(unit_names), unit_of_school=unit.astype(np.int32), lead=tuple(lead),
        unit_block=tuple(of if whole[u] else len(la_names) + u for u, (_, of) in enumerate(units)),
    )  # fmt: skip
