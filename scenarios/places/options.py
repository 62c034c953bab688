"""Settings of the generator of synthetic places: each with its unit, range and default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

from scenarios.errors import BadInput, UnknownName, nearest

LA_TYPES = ("county_council", "inner_london", "metropolitan_district", "outer_london", "unitary_authority")
"""Types of LA with an evidence row for the spread of low income between schools."""

_MOST_LISTED = 12


def _option(
    default: float | str, *, unit: str, description: str, bounds: tuple[float, float] | None = None,
    choices: tuple[str, ...] = (),
) -> Any:  # fmt: skip
    """Declare one option as a field whose metadata help and checks read."""
    meta = {"unit": unit, "bounds": bounds, "choices": choices, "description": description}
    return field(default=default, metadata=meta)


def _checked(item: Field[Any], value: object) -> float | int | str:
    """Give the value in the option's type, or say what is allowed."""
    where, meta = f"generator.{item.name}", item.metadata
    if meta["choices"]:
        if value not in meta["choices"]:
            raise BadInput(
                "is not one of the choices",
                where=where,
                found=repr(value),
                allowed=", ".join(meta["choices"][:_MOST_LISTED]),
                nearest=nearest(str(value), meta["choices"]),
            )
        return str(value)
    low, high = meta["bounds"]
    whole = isinstance(item.default, int)
    kind = "a whole number" if whole else "a number"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not low <= value <= high or (whole and value != int(value)):  # type: ignore[call-overload]
        allowed = f"{kind} from {low:g} to {high:g} ({meta['unit']})"
        raise BadInput("cannot be used", where=where, found=repr(value), allowed=allowed)
    return int(value) if whole else float(value)  # type: ignore[call-overload, arg-type]


@dataclass(frozen=True, kw_only=True)
class GeneratorOptions:
    """What a synthetic place is like; the field metadata holds unit, bounds or choices, and description.

    Results and rates are those of England, so that the place is an average one but for its low income.

    Raises
    ------
    BadInput
        If a value lies outside its range, is of another type, or the options contradict each other.
    """

    schools: int = _option(85, unit="schools", bounds=(4, 5000), description="schools of every kind")
    pupils: int = _option(
        38000, unit="pupils", bounds=(500, 5_000_000), description="pupils of Reception to Year 11"
    )
    primary_share: float = _option(
        0.83, unit="share", bounds=(0.3, 0.97), description="share of mainstream schools that are primary"
    )
    la_type: str = _option(
        "outer_london", unit="type", choices=LA_TYPES,
        description="type of LA: the spread of low income and sizes between schools",
    )  # fmt: skip
    disadvantaged_share: float = _option(
        0.3, unit="share", bounds=(0.03, 0.8), description="mean share of low income among children"
    )
    academy_share: float = _option(
        0.45, unit="share", bounds=(0.0, 1.0), description="share of mainstream schools that are academies"
    )
    trusts: int = _option(12, unit="trusts", bounds=(0, 2000), description="multi-academy trusts")
    special_schools: int = _option(3, unit="schools", bounds=(0, 300), description="special schools")
    ap_schools: int = _option(1, unit="schools", bounds=(0, 100), description="alternative provision")
    spread_km: float = _option(
        8.0, unit="km", bounds=(1.0, 300.0), description="side of a square that would hold the place"
    )
    seed: int = _option(
        1, unit="number", bounds=(0, 2**31 - 1), description="which of the places with these settings"
    )

    def __post_init__(self) -> None:
        for item in fields(self):
            object.__setattr__(self, item.name, _checked(item, getattr(self, item.name)))
        mainstream = self.schools - self.special_schools - self.ap_schools
        if mainstream < 2:
            raise BadInput(
                "leaves too few mainstream schools: one primary and one secondary are needed",
                where="generator.schools",
                found=str(self.schools),
                allowed=f"at least {self.special_schools + self.ap_schools + 2}",
            )
        if self.pupils < 100 * self.schools:
            raise BadInput(
                "gives fewer than 100 pupils a school",
                where="generator.pupils",
                found=str(self.pupils),
                allowed=f"at least {100 * self.schools} with {self.schools} schools",
            )

    @property
    def primary_schools(self) -> int:
        """Number of primary schools: at least one, and at least one secondary is left."""
        mainstream = self.schools - self.special_schools - self.ap_schools
        return min(max(round(self.primary_share * mainstream), 1), mainstream - 1)

    @property
    def secondary_schools(self) -> int:
        """Number of secondary schools."""
        return self.schools - self.special_schools - self.ap_schools - self.primary_schools


BENCHMARK = GeneratorOptions(schools=85, pupils=38000, seed=1)
"""The fixed place by which speed is measured: 85 schools and 38,000 pupils."""


def options_from(given: Mapping[str, object] | None) -> GeneratorOptions:
    """Read generator options from settings.

    Parameters
    ----------
    given : mapping or None
        Values by option name; None for the defaults.

    Returns
    -------
    GeneratorOptions
        Checked.

    Raises
    ------
    UnknownName
        If an option does not exist.
    BadInput
        If a value cannot be used.
    """
    names = [item.name for item in fields(GeneratorOptions)]
    for name in given or {}:
        if name not in names:
            raise UnknownName(
                "the generator has no such setting",
                where=f"generator.{name}",
                found=str(name),
                allowed=", ".join(names),
                nearest=nearest(str(name), names),
            )
    return GeneratorOptions(**dict(given or {}))  # type: ignore[arg-type]
