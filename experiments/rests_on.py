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


def rests_on(
    composed: Mapping[str, Any],
    evidence: Mapping[str, Evidence],
    against: Mapping[str, Any] | None = None,
) -> dict[str, object]:
    """Say what a scenario changes and by which effects that can act.

    Parameters
    ----------
    composed : Mapping
        A dated scenario as plain values.
    evidence : Mapping of str to Evidence
        The tables in use.
    against : Mapping, optional
        The one it is compared with, likewise; where left out, one without levers and with the same in force.

    Returns
    -------
    dict of str to object
        ``parts``: names of the parts of the arrangement in which they differ, by their levers or by what is
        in force; ``groups``: parameter groups that these act by; ``rows``: strength of the evidence of each
        programme's effect, by row.
    """
    other = {"arrangement": composed.get("arrangement", {}), "levers": {}} if against is None else against
    parts = _different(composed, other)
    groups = list(dict.fromkeys(group for part in parts for group in ACTS_THROUGH[part]))
    programmes = [
        item
        for each in (composed, other)
        for item in (each.get("levers", {}).get("programmes") or () if "programmes" in parts else ())
    ]
    if _BUYS_SUPPORT.intersection(parts):
        programmes += [
            item
            for each in (composed, other)
            for where in ("arrangement", "levers")
            for item in each.get(where, {}).get("offers") or ()
        ]
    rows = {row for found in programmes for row in _rows(found.get("effect", {}))}
    return {
        "parts": parts,
        "groups": groups,
        "rows": {row: evidence[row].strength for row in sorted(rows & evidence.keys())},
    }


def _different(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Parts in which two scenarios differ; whose dates differ differs in all that its levers change."""
    found: list[str] = []
    for where in ("arrangement", "levers"):
        both = [each.get(where, {}) for each in (one, other)]
        dates_differ = any(both[0].get(key) != both[1].get(key) for key in ("start", "announced"))
        for part in dict.fromkeys(part for each in both for part in _parts(each)):
            if (dates_differ and part != "programmes") or _said_of(both[0], part) != _said_of(both[1], part):
                found.append(part)
    return [part for part in dict.fromkeys(found) if not any(more.startswith(f"{part}.") for more in found)]


def _said_of(said: Mapping[str, Any], part: str) -> object:
    key, _, inner = part.partition(".")
    value = said.get(key)
    return value.get(inner) if inner and isinstance(value, Mapping) else value


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
