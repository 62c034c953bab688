"""What the registry says of one measure."""

from __future__ import annotations

from typing import NamedTuple


class Measure(NamedTuple):
    """One entry of the registry."""

    id: str
    label: str
    unit: str
    kind: str  # official, survey, index, system
    better: str  # higher, lower, neither
    over_time: str  # annual or cumulative
    summarises: str  # mean, median or sum over draws and replicates
    groups: tuple[str, ...]
    definition: str
    source: str
    breaks: tuple[str, ...] = ()
