"""Attribution lines of the files that a place was built from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

TITLES = {
    "register": ("Department for Education", "Get Information about Schools, establishments"),
    "groups": ("Department for Education", "Get Information about Schools, groups"),
    "group_links": ("Department for Education", "Get Information about Schools, group links"),
    "links": ("Department for Education", "Get Information about Schools, establishment links"),
    "information": ("Department for Education", "School performance tables, school information"),
    "ks2": ("Department for Education", "School performance tables, Key Stage 2"),
    "ks4": ("Department for Education", "School performance tables, Key Stage 4"),
    "census": ("Department for Education", "School performance tables, school census"),
    "absence": ("Department for Education", "School performance tables, absence"),
    "workforce": ("Department for Education", "School performance tables, school workforce"),
    "finance": ("Department for Education", "Consistent financial reporting"),
    "inspections": ("Ofsted", "School inspections"),
    "admissions": ("Department for Education", "Primary and secondary school applications and offers"),
    "destinations": ("Department for Education", "School performance tables, Key Stage 4 destinations"),
    "deprivation": (
        "Ministry of Housing, Communities and Local Government",
        "English Indices of Deprivation",
    ),
    "boundaries": ("Office for National Statistics", "Counties and unitary authorities, boundaries"),
    "indicators": ("Department for Education", "Local Authority Interactive Tool"),
}
"""Publisher and title of each source."""

LICENCE = "Open Government Licence v3.0"

ENGLAND = (
    "Department for Education, Local Authority Interactive Tool: figures of England and of LAs"
    f" not in the files, 2016 to 2023. {LICENCE}."
)
SPLIT = (
    "Results of disadvantaged and other pupils of single schools that are flagged imputed, home areas and"
    " feeder patterns are worked out from these figures and not published."
)
LAST = f"Contains public sector information licensed under the {LICENCE}."


class UsedFile(Protocol):
    """A file that was read."""

    @property
    def source(self) -> str:
        """Name of the source; empty where it was not used."""

    @property
    def year(self) -> int | None:
        """The year it is about, None where it has none."""


def attribution(files: Iterable[UsedFile]) -> tuple[str, ...]:
    """Write the attribution lines.

    Parameters
    ----------
    files : iterable of UsedFile
        Files that were read.

    Returns
    -------
    tuple of str
        Publisher, title, years and licence of each source used; then what every place says.
    """
    years: dict[str, set[int]] = {}
    for file in files:
        if file.source:
            years.setdefault(file.source, set()).update([int(file.year)] if file.year else [])
    lines = []
    for source in sorted(years):
        publisher, title = TITLES.get(source, ("Department for Education", source))
        when = ", ".join(map(str, sorted(years[source])))
        lines.append(f"{publisher}, {title}{f', {when}' if when else ''}. {LICENCE}.")
    return (*lines, ENGLAND, SPLIT, LAST)
