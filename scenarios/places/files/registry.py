"""Every layout that is known, and which of them a file is set out in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from scenarios.errors import BadInput, nearest
from scenarios.places.files.layout import COMMON, Layout, Match, compare, normal, places_of
from scenarios.places.files.layouts_areas import AREAS
from scenarios.places.files.layouts_results import RESULTS
from scenarios.places.files.layouts_schools import SCHOOLS
from scenarios.places.files.layouts_structure import STRUCTURE
from scenarios.places.files.layouts_unused import UNUSED

LAYOUTS: Final[tuple[Layout, ...]] = (*STRUCTURE, *RESULTS, *SCHOOLS, *AREAS, *UNUSED)

ALIKE: Final = 0.5
"""Share of its telling columns by which a file without an essential column still looks like a layout."""

MANY: Final = 5
"""Essential columns of which one may be missing in a table that is still known for what it is."""


def recognise(headings: Sequence[str]) -> Match | None:
    """Tell which layout a file is set out in.

    Parameters
    ----------
    headings : Sequence[str]
        Of the file.

    Returns
    -------
    Match or None
        The layout with the most columns in the file, among those whose essential columns are all there.
    """
    places = places_of(headings)
    matches = [match for match in (compare(layout, places) for layout in LAYOUTS) if match.whole]
    used = [match for match in matches if match.layout.source]
    return max(used or matches, key=lambda match: len(match.found), default=None)


def nearly(heads: Iterable[Sequence[str]]) -> tuple[Match, Sequence[str]] | None:
    """Find the layout a file resembles although essential columns are missing.

    Parameters
    ----------
    heads : iterable of sequences of str
        Rows that might be the headings.

    Returns
    -------
    tuple or None
        The likeness and the headings; None where the file resembles nothing that is used.
    """
    best: tuple[Match, Sequence[str]] | None = None
    for headings in heads:
        places = places_of(headings)
        for layout in LAYOUTS:
            match = compare(layout, places)
            if not layout.source or match.unwanted or not _alike(match):
                continue
            if best is None or match.likeness > best[0].likeness:
                best = match, headings
    return best


def _alike(match: Match) -> bool:
    telling = set(match.layout.essential) - COMMON
    found = telling & match.found.keys()
    one_missing = len(telling) >= 2 and len(found) == len(telling) - 1
    one_of_many = len(match.missing) == 1 and len(match.layout.essential) >= MANY
    return match.likeness >= ALIKE or one_missing or one_of_many


def missing_column(match: Match, headings: Sequence[str], where: str) -> BadInput:
    """Describe a file that lacks an essential column.

    Parameters
    ----------
    match : Match
        The layout it resembles.
    headings : Sequence[str]
        Of the file.
    where : str
        How the file is called.

    Returns
    -------
    BadInput
        Naming the column and the nearest heading found.
    """
    layout = match.layout
    wanted = [layout.columns[ours].headings[0] for ours in match.missing]
    taken = {normal(headings[place]) for place in match.found.values()}
    free = [heading for heading in headings if heading.strip() and normal(heading) not in taken]
    close = tuple(dict.fromkeys(name for heading in wanted for name in nearest(heading, free)))[:3]
    column = f"column{'s' if len(wanted) > 1 else ''} {', '.join(wanted)}"
    essential = ", ".join(layout.columns[ours].headings[0] for ours in layout.essential)
    return BadInput(
        f"looks like {layout.name} ({layout.what}), without the {column}",
        where=where,
        allowed=f"headings {essential}",
        nearest=close,
    )
