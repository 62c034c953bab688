"""What stands in a place and what a scenario puts in its stead, from a scenario file to the model's inputs.

``arrangement`` says what is in force at year 0; ``levers`` say what changes, key by key, from their start:
what is not named stays, and ``none`` takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from model.arrangements import Arrangement, Change
from scenarios import (
    awards,
    collaborating,
    national,
    offers,
    partnership,
    strict_yaml,
    terms_of,
    values,
)
from scenarios.awards import AwardSpec
from scenarios.collaborating import CollaborationSpec
from scenarios.errors import BadInput
from scenarios.mappings import MOST_ENTRIES, is_none, mapping, put_in
from scenarios.national import NationalSpec
from scenarios.offers import OfferSpec
from scenarios.partnership import PartnershipSpec, PostSpec
from scenarios.permissions import refuse_income, refuse_posts, refuse_unpaid
from scenarios.stead import put_over
from scenarios.terms_of import When

KEYS = ("partnership", "awards", "posts", "offers", "collaboration", "national")
CHANGE_KEYS = ("start", "announced", "scale_awards", *KEYS)
MOST_SCALE = 100.0


@dataclass(frozen=True, kw_only=True)
class ArrangementSpec:
    """Everything that stands at one time, checked; figures and dates not yet read."""

    where: str
    partnership: PartnershipSpec | None
    awards: tuple[AwardSpec, ...]
    posts: tuple[PostSpec, ...]
    offers: tuple[OfferSpec, ...]
    collaboration: CollaborationSpec | None = None
    national: NationalSpec | None = None

    def arrangement(self, year_0: int, start: int, read: Callable[[str], float], level: str) -> Arrangement:
        """Settle dates and figures in one draw.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which the scenario starts.
        read : Callable
            Value of an evidence row in the draw, by id.
        level : str
            How strong evidence must be for an effect to count.

        Returns
        -------
        model.arrangements.Arrangement
            The arrangement.
        """
        return Arrangement(
            partnership=None if self.partnership is None else self.partnership.partnership(read),
            awards=tuple(item.award(year_0, start, read) for item in _charged(self.awards)),
            posts=tuple(item.line(read) for item in self.posts),
            offers=tuple(item.offer(read, level) for item in self.offers),
            collaboration=None if self.collaboration is None else self.collaboration.collaboration(read),
            national=None if self.national is None else self.national.national(year_0, start, read),
        )

    def checked(self, year_0: int, start: int) -> None:
        """Refuse dates that do not fit together.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which the scenario starts.

        Raises
        ------
        BadInput
            If some award's or those of the national tier do not.
        """
        for item in self.awards:
            item.checked(year_0, start)
        if self.national is not None:
            self.national.checked(year_0, start)


@dataclass(frozen=True, kw_only=True)
class ChangeSpec:
    """What a scenario puts in the stead of what is in force.

    Attributes
    ----------
    where : str
        The file and key, for messages.
    announced : When or None
        When it becomes known; None: when it starts.
    stands : ArrangementSpec
        The whole of what stands then.
    scale : float
        What the amounts of the awards that it sets are multiplied by; of all awards where it sets none.
    written : dict of str to object
        The levers as they were written, without dates and scale.
    """

    where: str
    announced: When | None
    stands: ArrangementSpec
    scale: float
    written: dict[str, object]

    def change(self, year_0: int, start: int, read: Callable[[str], float], level: str) -> Change:
        """Settle dates and figures in one draw.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which it starts.
        read : Callable
            Value of an evidence row in the draw, by id.
        level : str
            How strong evidence must be for an effect to count.

        Returns
        -------
        model.arrangements.Change
            The change.
        """
        stands = self.stands.arrangement(year_0, start, read, level)
        scaled = self.scaled_awards
        together = tuple(
            replace(item, gbp_per_pupil=self.scale * item.gbp_per_pupil) if item.name in scaled else item
            for item in stands.awards
        )
        return Change(
            announced=self.announced_term(year_0, start),
            term=start,
            arrangement=replace(stands, awards=together),
        )

    @property
    def scaled_awards(self) -> frozenset[str]:
        """Names of the awards that it sets, or of all if it sets none: those whose amounts are scaled."""
        listed = self.written.get("awards")
        named = set(listed) if isinstance(listed, Mapping) else set()
        standing = {item.name for item in self.stands.awards}
        return frozenset(named & standing or standing)

    @property
    def longest_terms(self) -> int:
        """Terms of the longest of its awards, of those that end."""
        return max((item.length_terms for item in self.stands.awards), default=0)

    def announced_term(self, year_0: int, start: int) -> int:
        """Settle when it becomes known.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which it starts.

        Returns
        -------
        int
            Terms since the autumn after year 0.
        """
        return start if self.announced is None else self.announced.term(year_0, start)

    def checked(self, year_0: int, start: int) -> None:
        """Refuse dates that do not fit together.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which it starts.

        Raises
        ------
        BadInput
            If it is announced in year 0 or after it starts, or some award's dates do not fit.
        """
        announced = self.announced_term(year_0, start)
        if not 0 <= announced <= start:
            raise BadInput(
                "lies before year 0 ended or after the start", where=f"{self.where}.announced",
                found=f"{terms_of.in_words(abs(start - announced))} from the start",
                allowed=f"a date from {year_0}-09 to the start",
            )  # fmt: skip
        self.stands.checked(year_0, start)


def build(
    found: Mapping[str, object], where: str, beside: Path, standing: frozenset[str] | None = None
) -> ArrangementSpec:
    """Check an arrangement key by key.

    Parameters
    ----------
    found : Mapping
        ``partnership``, ``awards``, ``posts``, ``offers``, ``collaboration`` and ``national``.
    where : str
        The file and key, for messages.
    beside : Path
        Folder that relative paths of programmes start from.
    standing : frozenset of str, optional
        Awards that began before year 0 ended; all of them where left out.

    Returns
    -------
    ArrangementSpec
        The arrangement.

    Raises
    ------
    BadInput
        If something of it cannot be used, or its parts do not fit together.
    """
    strict_yaml.only_keys(dict(found), KEYS, where)
    body = found.get("partnership")
    spec = ArrangementSpec(
        where=where,
        partnership=None
        if is_none(body)
        else partnership.build(put_in({}, mapping(body, f"{where}.partnership")), f"{where}.partnership"),
        awards=tuple(
            awards.build(name, item, at, in_force=standing is None or name in standing)
            for name, item, at in _named(found, "awards", where)
        ),
        posts=tuple(
            partnership.build_post(kind, item, at) for kind, item, at in _named(found, "posts", where)
        ),
        offers=_offers(found.get("offers"), f"{where}.offers", beside),
        collaboration=None
        if is_none(found.get("collaboration"))
        else collaborating.build(
            mapping(found["collaboration"], f"{where}.collaboration"), f"{where}.collaboration"
        ),
        national=None
        if is_none(found.get("national"))
        else national.build(
            mapping(found["national"], f"{where}.national"), f"{where}.national", in_force=standing is None
        ),
    )
    refuse_posts(where, spec.partnership, spec.posts, spec.offers)
    refuse_income(spec.partnership, spec.awards, [item.kind for item in spec.posts])
    refuse_unpaid(spec.partnership, spec.collaboration, spec.national)
    return spec


def build_change(
    found: Mapping[str, object], in_force: Mapping[str, object], where: str, beside: Path
) -> ChangeSpec | None:
    """Check what a scenario puts in the stead of what is in force.

    Parameters
    ----------
    found : Mapping
        Its levers, without programmes that schools run themselves.
    in_force : Mapping
        The arrangement as it is written.
    where : str
        The file and key, for messages.
    beside : Path
        Folder that relative paths of programmes start from.

    Returns
    -------
    ChangeSpec or None
        None where nothing changes.

    Raises
    ------
    BadInput
        If something of it cannot be used.
    """
    strict_yaml.only_keys(dict(found), CHANGE_KEYS, where)
    levers = {key: found[key] for key in KEYS if key in found}
    if not levers:
        return None
    _same_members(levers.get("partnership"), in_force.get("partnership"), where)
    announced = found.get("announced")
    merged, standing = put_over(in_force, levers, where)
    _not_out_of_nothing(merged, in_force, where)
    return ChangeSpec(
        where=where,
        announced=None if announced is None else terms_of.read_when(announced, f"{where}.announced"),
        stands=build(merged, where, beside, standing),
        scale=values.number(found.get("scale_awards", 1.0), f"{where}.scale_awards", 0.01, MOST_SCALE),
        written=levers,
    )


def _not_out_of_nothing(merged: Mapping[str, object], in_force: Mapping[str, object], where: str) -> None:
    """Refuse to begin, under a scenario, what lies between schools where none of it stands at year 0.

    Ties, inspection and trusts have a history before year 0: they would have to run from the start, and the
    scenario would differ from its baseline before it is announced.
    """
    between = ("collaboration", "national")
    if any(not is_none(in_force.get(key)) for key in between):
        return
    for key in between:
        if not is_none(merged.get(key)):
            raise BadInput(
                "begins out of nothing: neither collaboration nor national stands at year 0",
                where=f"{where}.{key}", found=values.shown(merged[key]),
                allowed="none; or say one of the two under arrangement, as things stand at year 0",
            )  # fmt: skip


def _same_members(asked: object, stands: object, where: str) -> None:
    """Refuse another number of members under a scenario: who belongs is for schools to say."""
    if not isinstance(asked, Mapping) or not isinstance(stands, Mapping) or "members" not in asked:
        return
    if asked["members"] != stands.get("members"):
        raise BadInput(
            "cannot differ from what is in force: schools join and leave of their own accord",
            where=f"{where}.partnership.members",
            found=values.shown(asked["members"]),
            allowed=f"{values.shown(stands.get('members'))}, or arrangement.partnership.members instead",
        )


def _charged(found: tuple[AwardSpec, ...]) -> list[AwardSpec]:
    """Awards in the order in which posts are charged to them: first what may be used for nothing else."""
    return sorted(found, key=lambda item: not item.ring_fence)


def _named(found: Mapping[str, object], key: str, where: str) -> list[tuple[str, dict[str, object], str]]:
    """Entries by name, each with the place it is written at."""
    listed = found.get(key)
    entries = {} if is_none(listed) else mapping(listed, f"{where}.{key}")
    return [
        (name, put_in({}, mapping(item, f"{where}.{key}.{name}")), f"{where}.{key}.{name}")
        for name, item in entries.items()
        if not is_none(item)
    ]


def _offers(found: object, where: str, beside: Path) -> tuple[OfferSpec, ...]:
    if is_none(found):
        return ()
    if not isinstance(found, list) or len(found) > MOST_ENTRIES:
        raise BadInput(
            "is not a list of programmes", where=where, found=values.shown(found),
            allowed=f"up to {MOST_ENTRIES} names, or entries beginning with '- programme: NAME'",
        )  # fmt: skip
    specs = tuple(offers.read_entry(item, f"{where}[{index}]", beside) for index, item in enumerate(found))
    listed = [item.name for item in specs]
    twice = next((name for name in listed if listed.count(name) > 1), None)
    if twice is not None:
        raise BadInput("names a programme twice", where=where, found=values.shown(twice), allowed="each once")
    return specs
