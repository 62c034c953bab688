"""What the difference that a scenario makes rests on: what it changes, and by which effects that acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.evidence import Evidence

_SUPPORT = ("posts", "support", "brokerage")

ACTS_THROUGH: dict[str, tuple[str, ...]] = {
    "programmes": ("programmes",),
    "partnership": ("body", "membership", *_SUPPORT),
    "awards": _SUPPORT,
    "scale_awards": _SUPPORT,
    "posts": _SUPPORT,
    "offers": _SUPPORT,
    "collaboration": ("tie", "sharing", "membership"),
    "national": ("inspection", "pressure", "trust", "rise"),
    "national.inspection": ("inspection", "pressure"),
    "national.orders": ("trust", "pressure"),
    "national.rise": ("rise",),
    "national.trusts": ("trust", "inspection", "pressure"),
}
"""Parameter groups by which each part of an arrangement reaches schools and pupils."""

_BUYS_SUPPORT = frozenset({"partnership", "awards", "scale_awards", "posts", "offers"})


def rests_on(composed: Mapping[str, Any], evidence: Mapping[str, Evidence]) -> dict[str, object]:
    """Say what a scenario changes and by which effects that can act.

    Parameters
    ----------
    composed : Mapping
        A dated scenario as plain values.
    evidence : Mapping of str to Evidence
        The tables in use.

    Returns
    -------
    dict of str to object
        ``parts``: names of the parts of the arrangement that its levers change; ``groups``: parameter groups
        that these act by; ``rows``: strength of the evidence of each programme's effect, by row.
    """
    levers = composed.get("levers", {})
    parts = list(dict.fromkeys(_parts(levers)))
    groups = list(dict.fromkeys(group for part in parts for group in ACTS_THROUGH[part]))
    programmes = list(levers.get("programmes") or ())
    if _BUYS_SUPPORT.intersection(parts):
        programmes += [*(composed.get("arrangement", {}).get("offers") or ()), *(levers.get("offers") or ())]
    rows = {row for found in programmes for row in _rows(found.get("effect", {}))}
    return {
        "parts": parts,
        "groups": groups,
        "rows": {row: evidence[row].strength for row in sorted(rows & evidence.keys())},
    }


def _parts(levers: Mapping[str, Any]) -> Iterator[str]:
    for key, value in levers.items():
        if key not in ACTS_THROUGH or (key == "programmes" and not value):
            continue
        inner = [f"{key}.{name}" for name in value] if isinstance(value, Mapping) else []
        known = [name for name in inner if name in ACTS_THROUGH]
        yield from known or [key]


def _rows(effect: object) -> Iterator[str]:
    """Evidence rows anywhere in what is said of an effect."""
    if isinstance(effect, str):
        yield effect
    elif isinstance(effect, Mapping):
        for value in effect.values():
            yield from _rows(value)
