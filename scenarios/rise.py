"""Targeted help of regional improvement teams (RISE) as a scenario file writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from model.national_tier import NEVER, Rise
from scenarios import strict_yaml, terms_of, values
from scenarios.dated_words import read_when
from scenarios.mappings import is_none, mapping
from scenarios.quantities import Quantity, read_quantity
from scenarios.terms_of import When

KEYS = ("begins", "schools_per_adviser", "advisers_per_100_schools", "gbp_per_school", "length")
OPTIONAL = ("concern_from",)
MOST_GBP = 1_000_000.0


@dataclass(frozen=True, kw_only=True)
class RiseSpec:
    """Targeted help, checked; attributes as ``model.national_tier.Rise``."""

    begins: When
    schools_per_adviser: Quantity
    advisers_per_100_schools: float
    gbp_per_school: Quantity
    terms: int
    months: Quantity | None
    concern_from: When | None

    def rise(self, year_0: int, start: int, read: Callable[[str], float]) -> Rise:
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
        model.national_tier.Rise
            Targeted help.
        """
        terms = self.terms if self.months is None else terms_of.of_months(self.months.value(read))
        return Rise(
            first_term=self.begins.term(year_0, start),
            schools_per_adviser=max(self.schools_per_adviser.value(read), 0.0),
            advisers_per_100_schools=self.advisers_per_100_schools,
            gbp_per_school=max(self.gbp_per_school.value(read), 0.0), terms=max(terms, 1),
            concern_from=NEVER if self.concern_from is None else self.concern_from.term(year_0, start),
        )  # fmt: skip


def build(found: object, where: str, *, in_force: bool) -> RiseSpec | None:
    """Check targeted help key by key.

    Parameters
    ----------
    found : object
        What was found.
    where : str
        The file and key, for messages.
    in_force : bool
        Whether it is in force at year 0, and so cannot count from the start of a scenario.

    Returns
    -------
    RiseSpec or None
        None in a world without it.

    Raises
    ------
    BadInput
        If a key is unknown or missing, or a value cannot be used.
    """
    if is_none(found):
        return None
    named = mapping(found, where)
    strict_yaml.only_keys(named, KEYS + OPTIONAL, where)
    strict_yaml.needed_keys(named, KEYS, f"{where}.")
    length, months, also = named["length"], None, named.get("concern_from")
    if isinstance(length, str) and "_" in length:
        months = read_quantity(length, f"{where}.length", 1.0, 60.0, "months", ("months",))
    return RiseSpec(
        begins=read_when(named["begins"], f"{where}.begins", in_force=in_force),
        schools_per_adviser=read_quantity(
            named["schools_per_adviser"], f"{where}.schools_per_adviser", 0.0, 100.0, "schools", ("schools*",)
        ),
        advisers_per_100_schools=values.number(
            named["advisers_per_100_schools"], f"{where}.advisers_per_100_schools", 0.0, 20.0, "advisers"
        ),
        gbp_per_school=read_quantity(
            named["gbp_per_school"], f"{where}.gbp_per_school", 0.0, MOST_GBP, "GBP a school over the spell",
            ("GBP per school*",),
        ),
        terms=0 if months is not None else terms_of.read_terms(length, f"{where}.length"),
        months=months,
        concern_from=None if is_none(also) else read_when(also, f"{where}.concern_from", in_force=in_force),
    )  # fmt: skip
