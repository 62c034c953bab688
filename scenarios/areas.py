"""Areas of partnerships as a scenario file writes them: one an LA, one for all, by phase, ground or name."""

from __future__ import annotations

from collections.abc import Mapping

from model.area_plan import AreaPlan, Division
from model.areas import Areas
from model.dividing import areas_of, ground_of
from model.place import Place
from scenarios import values
from scenarios.errors import BadInput, UnknownName, nearest

MOST_GROUPS = 20
MOST_LISTED = 200
MOST_NAMED = 12
"""Names in a message, of those of a place."""

WORDS = (Division.LA, Division.ONE, Division.PHASE)
ALLOWED = (
    f"{', '.join(WORDS)}, {{{Division.GEOGRAPHY}: NUMBER}}, or names of partnerships, each with a list of "
    "LAs or URNs of schools"
)


def build(found: object, where: str) -> AreaPlan | None:
    """Check which schools each partnership is for.

    Parameters
    ----------
    found : object
        One of ``WORDS``, ``{geography: 3}``, or a mapping of names to lists of LAs and URNs.
    where : str
        The file and key, for messages.

    Returns
    -------
    AreaPlan or None
        None where each LA has a partnership of its own.

    Raises
    ------
    BadInput
        If it cannot be used.
    """
    if found is None:
        return None
    if isinstance(found, str):
        return _by_word(found, where)
    if not isinstance(found, Mapping) or not found or len(found) > MOST_LISTED:
        raise BadInput("does not say", where=where, found=values.shown(found), allowed=ALLOWED)
    if set(found) == {str(Division.GEOGRAPHY)} and not isinstance(found[str(Division.GEOGRAPHY)], list):
        number = values.whole(
            found[str(Division.GEOGRAPHY)], f"{where}.{Division.GEOGRAPHY}", 1, MOST_GROUPS,
            "(partnerships in each LA)",
        )  # fmt: skip
        return AreaPlan(division=Division.GEOGRAPHY, groups=number)
    listed = tuple(
        (values.text(name, where, 60), _parts(parts, f"{where}.{name}")) for name, parts in found.items()
    )
    every = [part for _, parts in listed for part in parts]
    twice = next((part for part in every if every.count(part) > 1), None)
    if twice is not None:
        raise BadInput(
            "is in two partnerships", where=where, found=values.shown(twice), allowed="each LA or URN once"
        )
    return AreaPlan(division=Division.LISTED, listed=listed)


def _by_word(word: str, where: str) -> AreaPlan | None:
    by_word = {str(each).lower(): each for each in WORDS}
    if word.strip().lower() not in by_word:
        raise UnknownName(
            "does not say which schools a partnership is for", where=where, found=values.shown(word),
            allowed=ALLOWED, nearest=nearest(word, by_word),
        )  # fmt: skip
    division = by_word[word.strip().lower()]
    return None if division is Division.LA else AreaPlan(division=division)


def read_names(found: object, where: str) -> tuple[str, ...]:
    """Read the names of areas that have a partnership.

    Parameters
    ----------
    found : object
        A list of names, one name, or nothing.
    where : str
        The file and key, for messages.

    Returns
    -------
    tuple of str
        Empty for all.

    Raises
    ------
    BadInput
        If it is no list of names.
    """
    if found is None:
        return ()
    listed = found if isinstance(found, list) else [found]
    if not listed or not all(isinstance(name, str) for name in listed):
        raise BadInput(
            "is no list of areas", where=where, found=values.shown(found),
            allowed="names of LAs, or of partnerships as areas has them",
        )  # fmt: skip
    return tuple(listed)


def _parts(found: object, where: str) -> tuple[str | int, ...]:
    listed = found if isinstance(found, list) else [found]
    if not listed or not all(isinstance(part, str | int) and not isinstance(part, bool) for part in listed):
        raise BadInput(
            "is no list of LAs or schools", where=where, found=values.shown(found),
            allowed="names of LAs, or URNs as whole numbers",
        )  # fmt: skip
    return tuple(listed)


def checked_in(plan: AreaPlan | None, only_in: tuple[str, ...], where: str, place: Place) -> Areas:
    """Share the schools of a place out, and refuse LAs, schools and areas that it does not have.

    Parameters
    ----------
    plan : AreaPlan or None
        Which schools each partnership is for.
    only_in : tuple of str
        Names of the areas that have one; empty for all.
    where : str
        The file and key of the partnership, for messages.
    place : Place
        Its LAs and schools.

    Returns
    -------
    Areas
        As the model will have them.

    Raises
    ------
    UnknownName
        If an LA, a school or an area is named that the place does not have.
    """
    if plan is not None and plan.listed:
        las, urns = list(place.la_name), [str(urn) for urn in place.schools.urn.tolist()]
        for name, parts in plan.listed:
            for part in parts:
                known = las if isinstance(part, str) else urns
                if str(part) not in known:
                    raise UnknownName(
                        f"the place has no such {'LA' if known is las else 'school'}",
                        where=f"{where}.areas.{name}", found=values.shown(part),
                        allowed=", ".join(known[:MOST_NAMED]) + (", ..." if len(known) > MOST_NAMED else ""),
                        nearest=nearest(str(part), known),
                    )  # fmt: skip
    found = areas_of(plan, ground_of(place))
    for name in only_in:
        if name not in found.names:
            raise UnknownName(
                "there is no such area", where=f"{where}.only_in", found=values.shown(name),
                allowed=", ".join(found.names[:MOST_NAMED]), nearest=nearest(name, found.names),
            )  # fmt: skip
    return found


def refuse_division(before: Areas, after: Areas, where: str) -> None:
    """Refuse a change that divides a partnership: they may join, with their staff, money and cases.

    Parameters
    ----------
    before, after : Areas
        As they stand at year 0; as a scenario has them.
    where : str
        The file and key of the partnership, for messages.

    Raises
    ------
    BadInput
        If one is divided.
    """
    try:
        before.joins(after)
    except ValueError as error:
        raise BadInput(
            "divides a partnership that is in force", where=f"{where}.areas", found=str(error),
            allowed="whole partnerships that join; what has always been apart goes under arrangement",
        ) from None  # fmt: skip
