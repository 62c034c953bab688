"""How partnerships share out the schools of a place: one in each LA unless a scenario says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Division(StrEnum):
    """What the schools of one partnership have in common."""

    LA = "by LA"
    ONE = "one"  # one partnership for all LAs of the place
    PHASE = "phase"  # primary schools of each LA, and those that teach older pupils
    GEOGRAPHY = "geography"  # near schools of each LA, in groups of equal size
    LISTED = "listed"  # LAs or single schools by name; LAs that are not named have one each


@dataclass(frozen=True, kw_only=True)
class AreaPlan:
    """The areas of partnerships as a scenario writes them.

    Attributes
    ----------
    division : Division
        How schools are shared out.
    groups : int
        Areas in each LA, where they are by geography.
    listed : tuple of (str, tuple of (str or int))
        Name of each listed area; names of LAs and URNs of schools in it.
    """

    division: Division = Division.LA
    groups: int = 1
    listed: tuple[tuple[str, tuple[str | int, ...]], ...] = ()
