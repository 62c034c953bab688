"""Brokered programmes: support that posts or supporting schools bring to a school as a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from model.arrangements import Channel, Offer
from model.practice import DOMAINS
from scenarios import effects, offer_effects, programmes, strict_yaml, values
from scenarios.errors import BadInput
from scenarios.offer_effects import OfferEffect
from scenarios.quantities import Quantity, read_quantity

FOLDER = programmes.FOLDER / "brokered"
SUPPORTING_SCHOOL = "supporting school"
KEYS = (
    "title", "description", "channel", "domain", "weeks", "minimum_weeks", "delivered_by", "slots_per_post",
    "effect", "staff_reached", "scale_discount", "pupils_per_case", "year_groups", "eligible", "on_target",
    "cost_per_case", "price_uplift", "new_heads",
)  # fmt: skip
NEEDED = ("title", "channel", "domain", "weeks", "delivered_by", "slots_per_post", "cost_per_case")
CHANGEABLE = tuple(key for key in KEYS if key not in ("title", "description", "channel", "domain"))
"""Keys that a scenario may change for itself."""

LONGEST_WEEKS = 39 * 5


@dataclass(frozen=True, kw_only=True)
class OfferSpec:
    """A brokered programme, checked; attributes as ``model.arrangements.Offer``, figures not yet read."""

    name: str
    title: str
    description: str
    channel: Channel
    domain: int
    weeks: Quantity
    minimum_weeks: int
    delivered_by: str
    slots_per_post: int
    effects: tuple[OfferEffect, ...]
    staff_reached: float
    scale_discount: bool
    pupils_per_case: int
    year_groups: tuple[int, ...]
    eligible: str
    on_target: Quantity
    cost: Quantity
    price_uplift: str
    new_heads: bool

    def offer(self, read: Callable[[str], float], level: str = "all", *, at_scale: bool = True) -> Offer:
        """Read it in one draw.

        Parameters
        ----------
        read : Callable
            Value of an evidence row in the draw, by id.
        level : str, optional
            ``strong``, ``moderate`` or ``all``: effects on weaker evidence stand at zero.
        at_scale : bool, optional
            Whether effects found in trials shrink as many schools take part; off under trial conditions.

        Returns
        -------
        model.arrangements.Offer
            The programme.
        """
        share = read(effects.DISCOUNT) if self.scale_discount and at_scale else 1.0
        found = {
            offer_effects.FIELDS[item.key]: share
            * (self.staff_reached if item.key == "practice" else 1.0)
            * offer_effects.in_unit(item, self.name, level, read)
            for item in self.effects
        }
        uplift = read(self.price_uplift) if self.price_uplift else 1.0
        return Offer(
            name=self.name, channel=self.channel, domain=self.domain, delivered_by=self.delivered_by,
            weeks=max(round(self.weeks.value(read)), 1), slots_per_post=self.slots_per_post,
            pupils_per_case=self.pupils_per_case, year_groups=self.year_groups, eligible=self.eligible,
            on_target=min(max(self.on_target.value(read), 0.0), 1.0),
            cost_gbp=max(self.cost.value(read), 0.0) * uplift, new_heads=self.new_heads, **found,
        )  # fmt: skip

    def written(self) -> dict[str, object]:
        """Write it as an entry of a scenario file, with all its values in place."""
        found: dict[str, object] = {
            "programme": self.name, "weeks": self.weeks.written(), "minimum_weeks": self.minimum_weeks,
            "delivered_by": self.delivered_by, "slots_per_post": self.slots_per_post,
            "effect": offer_effects.written(self.effects), "staff_reached": self.staff_reached,
            "scale_discount": self.scale_discount, "pupils_per_case": self.pupils_per_case,
            "year_groups": list(self.year_groups), "eligible": self.eligible,
            "on_target": self.on_target.written(), "cost_per_case": self.cost.written(),
            "price_uplift": self.price_uplift or None, "new_heads": self.new_heads,
        }  # fmt: skip
        return {key: value for key, value in found.items() if value is not None}


@cache
def names() -> tuple[str, ...]:
    """List the brokered programmes of the library, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def load(name: str) -> OfferSpec:
    """Read a brokered programme of the library.

    Parameters
    ----------
    name : str
        As in ``conf/programmes/brokered/``.

    Returns
    -------
    OfferSpec
        The programme.

    Raises
    ------
    BadInput
        If there is none, or it cannot be used.
    """
    short, where, found = programmes.in_library(name, "programme", FOLDER, names(), FOLDER)
    return build(short, found, where)


def build(name: str, found: Mapping[str, object], where: str) -> OfferSpec:
    """Check a brokered programme key by key.

    Parameters
    ----------
    name : str
        Its short name.
    found : Mapping
        What its file holds, with what a scenario changes put over it.
    where : str
        The file, for messages.

    Returns
    -------
    OfferSpec
        The programme.

    Raises
    ------
    BadInput
        If a key is unknown or missing, or a value cannot be used.
    """
    strict_yaml.only_keys(dict(found), KEYS, where)
    strict_yaml.needed_keys(found, NEEDED, f"{where}: ")
    channel = Channel(values.choice(found["channel"], f"{where}: channel", tuple(Channel)))
    minimum = values.whole(
        found.get("minimum_weeks", 1), f"{where}: minimum_weeks", 1, LONGEST_WEEKS, "teaching weeks"
    )
    return OfferSpec(
        name=name, title=values.text(found["title"], f"{where}: title", 200),
        description=values.text(found.get("description", found["title"]), f"{where}: description"),
        channel=channel, domain=_domain(found["domain"], f"{where}: domain"),
        weeks=_weeks(found["weeks"], minimum, f"{where}: weeks"), minimum_weeks=minimum,
        delivered_by=values.text(found["delivered_by"], f"{where}: delivered_by", 60),
        slots_per_post=values.whole(
            found["slots_per_post"], f"{where}: slots_per_post", 1, 50, "schools at once for one post"
        ),
        effects=offer_effects.read_effects(found.get("effect"), channel, f"{where}: effect"),
        staff_reached=values.number(
            found.get("staff_reached", 1.0), f"{where}: staff_reached", 0.0, 1.0, "(share of teachers)"
        ),
        scale_discount=values.switch(found.get("scale_discount", True), f"{where}: scale_discount"),
        pupils_per_case=_pupils(found.get("pupils_per_case"), channel, f"{where}: pupils_per_case"),
        year_groups=programmes.year_groups(
            found.get("year_groups", list(range(12))), f"{where}: year_groups"
        ),
        eligible=values.choice(found.get("eligible", "all"), f"{where}: eligible", programmes.ELIGIBLE),
        on_target=read_quantity(
            found.get("on_target", 1.0), f"{where}: on_target", 0.0, 1.0, "(share of places)",
            ("share*",),
        ),
        cost=read_quantity(
            found["cost_per_case"], f"{where}: cost_per_case", 0.0, 500_000.0, "GBP a case", ("GBP*",)
        ),
        price_uplift=programmes.uplift(found.get("price_uplift"), f"{where}: price_uplift"),
        new_heads=values.switch(found.get("new_heads", False), f"{where}: new_heads"),
    )  # fmt: skip


def read_entry(found: object, where: str, beside: Path) -> OfferSpec:
    """Read one entry of a scenario's ``offers``.

    Parameters
    ----------
    found : object
        A library name or path, or a mapping with ``programme`` and what the scenario changes of it.
    where : str
        The file and key, for messages.
    beside : Path
        Folder that relative paths start from.

    Returns
    -------
    OfferSpec
        The programme.

    Raises
    ------
    BadInput
        If there is no such programme, or something of it cannot be used.
    """
    entry = dict(found) if isinstance(found, Mapping) else {"programme": found}
    strict_yaml.only_keys(entry, ("programme", *CHANGEABLE), where)
    named = values.text(entry.pop("programme", None), f"{where}.programme")
    name, source, described = programmes.in_library(named, f"{where}.programme", FOLDER, names(), beside)
    spec = build(name, described, source)
    return build(name, {**described, **entry}, where) if entry else spec


def _domain(found: object, where: str) -> int:
    exact = {item.lower(): index for index, item in enumerate(DOMAINS)}
    return exact[values.choice(found, where, tuple(exact))]


def _weeks(found: object, minimum: int, where: str) -> Quantity:
    weeks = read_quantity(found, where, 1, LONGEST_WEEKS, "teaching weeks", ("weeks",))
    if not weeks.rows:
        values.whole(found, where, 1, LONGEST_WEEKS, "teaching weeks")
        if weeks.factor < minimum:
            raise BadInput(
                "is shorter than is sensible", where=where, found=values.shown(found),
                allowed=f"{minimum} teaching weeks or more (minimum_weeks)",
            )  # fmt: skip
    return weeks


def _pupils(found: object, channel: Channel, where: str) -> int:
    taught = channel in (Channel.PUPIL_DIRECT, Channel.WIDER_NEEDS)
    if not taught:
        if found:
            raise BadInput(
                "has no meaning where support acts on the whole school", where=where,
                found=values.shown(found), allowed="nothing",
            )  # fmt: skip
        return 0
    return values.whole(found, where, 1, 1000, "pupils of a school in one case")
