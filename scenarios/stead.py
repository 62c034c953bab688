"""Levers put over what is in force: keys set change, what is not named stays, ``none`` takes away."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios import awards, partnership
from scenarios.errors import UnknownName, nearest
from scenarios.mappings import is_none, mapping, put_in

PARTS: dict[str, tuple[str, ...]] = {
    "partnership": ("trade",),
    "collaboration": ("peer_review", "hubs"),
    "national": ("rise", "trusts"),
}
"""What is changed key by key, with those of its keys that are so too; the others are replaced whole."""


def put_over(
    base: Mapping[str, object], over: Mapping[str, object], where: str
) -> tuple[dict[str, object], frozenset[str]]:
    """Put levers over what is in force.

    Parameters
    ----------
    base, over : Mapping
        The arrangement as it is written, and what changes of it.
    where : str
        The file and key, for messages.

    Returns
    -------
    tuple of (dict, frozenset of str)
        The whole of what stands then, and the awards that keep the beginning they had.

    Raises
    ------
    BadInput
        If something is taken away or changed that is not in force.
    """
    merged = dict(base)
    standing = set(_in_force(base, "awards", where))
    for key, item in over.items():
        if key in ("awards", "posts") and not is_none(item):
            inner = mapping(item, f"{where}.{key}")
            begun = {
                name: {**value, **dict.fromkeys(awards.TERM_KEYS[::2])}
                for name, value in _in_force(base, key, where).items()
                if key == "awards" and isinstance(value, Mapping) and _new_terms(inner.get(name))
            }
            standing -= set(begun)
            known = {**_in_force(base, key, where), **begun}
            merged[key] = _entries(known, inner, f"{where}.{key}")
        elif key in PARTS and isinstance(item, Mapping) and isinstance(base.get(key), Mapping):
            merged[key] = _parts(mapping(base[key], where), item, PARTS[key])
        else:
            merged[key] = None if is_none(item) else item
    return merged, frozenset(standing)


def _in_force(base: Mapping[str, object], key: str, where: str) -> dict[str, object]:
    return {} if is_none(base.get(key)) else mapping(base[key], f"{where}.{key}")


def _new_terms(found: object) -> bool:
    return isinstance(found, Mapping) and any(key in found for key in awards.TERM_KEYS)


def _entries(base: Mapping[str, object], over: Mapping[str, object], where: str) -> dict[str, object]:
    """Put named entries over those in force: keys set change, none takes the entry away."""
    merged = dict(base)
    for name, item in over.items():
        at = f"{where}.{name}"
        if is_none(item):
            if name not in base:
                raise UnknownName(
                    "takes away what is not in force", where=at, found="none",
                    allowed=", ".join(base) or "nothing is in force", nearest=nearest(name, base),
                )  # fmt: skip
            merged.pop(name, None)
            continue
        inner, known = mapping(item, at), base.get(name)
        needed = awards.NEEDED if where.endswith("awards") else partnership.POST_KEYS[:2]
        if known is None and not all(key in inner for key in needed):
            raise UnknownName(
                "is not in force, and too little is said for a new one", where=at,
                found=", ".join(inner) or "nothing",
                allowed=f"{', '.join(base)}; or {' and '.join(needed)} too",
                nearest=nearest(name, base),
            )  # fmt: skip
        merged[name] = put_in(mapping(known, at), inner)
    return merged


def _parts(base: dict[str, object], over: Mapping[str, object], deeper: tuple[str, ...]) -> dict[str, object]:
    """Put keys over keys, and those of ``deeper`` entry by entry."""
    together = dict(over)
    for key in deeper:
        known, item = base.get(key), over.get(key)
        if isinstance(known, Mapping) and isinstance(item, Mapping):
            together[key] = put_in(known, item)
    return {**base, **together}
