"""The national tier as a scenario file writes it: inspection and orders by date, targeted help, trusts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.national_tier import DatedOrder, DatedRegime, National, Order, Regime
from scenarios import rise, strict_yaml, trusts
from scenarios.dated_words import read_dated, term
from scenarios.errors import BadInput
from scenarios.rise import RiseSpec
from scenarios.terms_of import When
from scenarios.trusts import TrustsSpec

KEYS = ("inspection", "orders", "rise", "trusts")


@dataclass(frozen=True, kw_only=True)
class NationalSpec:
    """The national tier, checked; dates and figures not yet read.

    Attributes
    ----------
    where : str
        The file and key, for messages.
    regimes : tuple of (When or None, Regime)
        How inspection reports from a date on; None for all the time.
    orders : tuple of (When or None, Order)
        What orders there are from a date on.
    rise : RiseSpec or None
        None in a world without targeted help.
    trusts : TrustsSpec
        What is asked of trusts.
    """

    where: str
    regimes: tuple[tuple[When | None, Regime], ...]
    orders: tuple[tuple[When | None, Order], ...]
    rise: RiseSpec | None
    trusts: TrustsSpec

    def national(self, year_0: int, start: int, read: Callable[[str], float]) -> National:
        """Settle dates and figures in one draw.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which the scenario starts.
        read : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        model.national_tier.National
            The national tier.
        """
        regimes = [
            DatedRegime(first_term=term(when, year_0, start), regime=regime) for when, regime in self.regimes
        ]
        orders = [
            DatedOrder(first_term=term(when, year_0, start), order=order) for when, order in self.orders
        ]
        return National(
            regimes=tuple(sorted(regimes, key=lambda item: item.first_term)),
            orders=tuple(sorted(orders, key=lambda item: item.first_term)),
            rise=None if self.rise is None else self.rise.rise(year_0, start, read),
            trusts=self.trusts.policy(year_0, start, read),
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
            If two of a kind fall in one term, or every school was to be in a trust before year 0 ended.
        """
        for key, dated in (("inspection", self.regimes), ("orders", self.orders)):
            terms = [term(when, year_0, start) for when, _ in dated]
            if len(set(terms)) < len(terms):
                raise BadInput(
                    "has two dates in one term", where=f"{self.where}.{key}",
                    found=", ".join(when.written() for when, _ in dated if when is not None),
                    allowed="dates a term or more apart",
                )  # fmt: skip
        all_by = self.trusts.all_by
        if all_by is not None and all_by.term(year_0, start) < 0:
            raise BadInput(
                "lies before year 0 ended", where=f"{self.where}.trusts.all_by", found=all_by.written(),
                allowed=f"a date from {year_0}-09",
            )  # fmt: skip

    def begins_after(self, before: NationalSpec | None, year_0: int, start: int) -> None:
        """Refuse what a scenario is to begin before the scenario itself does: it could act from then only.

        Parameters
        ----------
        before : NationalSpec or None
            In force at year 0; dates that stay as they are there are not refused.
        year_0 : int
            The place's year 0.
        start : int
            Term in which the scenario starts.

        Raises
        ------
        BadInput
            If targeted help, its extension or inspection of trusts is to begin earlier.
        """
        stood = {} if before is None else before.beginnings()
        for key, when in self.beginnings().items():
            if when is not None and when != stood.get(key) and when.term(year_0, start) < start:
                raise BadInput(
                    "lies before the scenario starts", where=f"{self.where}.{key}", found=when.written(),
                    allowed="start, a date after it, or another date of levers.start",
                )  # fmt: skip

    def beginnings(self) -> dict[str, When | None]:
        """Give the dates from which something is there, by key; None where it never is."""
        return {
            "rise.begins": None if self.rise is None else self.rise.begins,
            "rise.concern_from": None if self.rise is None else self.rise.concern_from,
            "trusts.inspected_from": self.trusts.inspected_from,
        }


def build(found: Mapping[str, object], where: str, *, in_force: bool) -> NationalSpec:
    """Check the national tier key by key.

    Parameters
    ----------
    found : Mapping
        What is written of it.
    where : str
        The file and key, for messages.
    in_force : bool
        Whether it is in force at year 0, and so cannot count from the start of a scenario.

    Returns
    -------
    NationalSpec
        The national tier.

    Raises
    ------
    BadInput
        If a key is unknown or missing, or a value cannot be used.
    """
    named = dict(found)
    strict_yaml.only_keys(named, KEYS, where)
    if not {"inspection", "orders"} <= set(named):
        raise BadInput(
            "does not say how schools are inspected and what orders there are", where=where,
            found=", ".join(named) or "nothing", allowed="inspection and orders, or no national tier at all",
        )  # fmt: skip
    return NationalSpec(
        where=where,
        regimes=tuple(
            (when, Regime(word))
            for when, word in read_dated(
                named["inspection"], f"{where}.inspection", tuple(map(str, Regime)), in_force=in_force
            )
        ),
        orders=tuple(
            (when, Order(word))
            for when, word in read_dated(
                named["orders"], f"{where}.orders", tuple(map(str, Order)), in_force=in_force
            )
        ),
        rise=rise.build(named.get("rise"), f"{where}.rise", in_force=in_force),
        trusts=trusts.build(named.get("trusts"), f"{where}.trusts", in_force=in_force),
    )
