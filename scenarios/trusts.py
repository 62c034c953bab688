"""What is asked of trusts as a scenario file writes it: conversions, a date for all, inspection, founders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from model.national_tier import NEVER, TrustPolicy
from scenarios import strict_yaml, terms_of, values
from scenarios.dated_words import read_when
from scenarios.dates import SEPTEMBER, Start
from scenarios.errors import BadInput
from scenarios.mappings import is_none, mapping, put_in
from scenarios.quantities import Quantity, read_quantity
from scenarios.terms_of import When

KEYS = (
    "conversions_a_year", "all_by", "inspected_from", "la_may_found", "partnership_may_found", "founded_cap",
    "founded_takes_orphans",
)  # fmt: skip
_NOTHING = Quantity(0.0, ())
_USUAL_CAP = Quantity(float(TrustPolicy().founded_cap), ())


@dataclass(frozen=True, kw_only=True)
class TrustsSpec:
    """What is asked of trusts, checked; attributes as ``model.national_tier.TrustPolicy``.

    ``inspected_year`` is a figure in years: the academic year, by the year it ends.
    """

    conversions_a_year: Quantity
    all_by: When | None
    inspected_from: When | None
    inspected_year: Quantity | None
    la_may_found: bool
    partnership_may_found: bool
    founded_cap: Quantity
    founded_takes_orphans: bool

    def policy(self, year_0: int, start: int, read: Callable[[str], float]) -> TrustPolicy:
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
        model.national_tier.TrustPolicy
            What is asked of trusts.
        """
        inspected = NEVER if self.inspected_from is None else self.inspected_from.term(year_0, start)
        if self.inspected_year is not None:
            autumn = Start(round(self.inspected_year.value(read)) - 1, SEPTEMBER)
            inspected = terms_of.term_of(autumn, year_0)
        return TrustPolicy(
            conversions_a_year=min(max(self.conversions_a_year.value(read), 0.0), 1.0),
            all_by_term=NEVER if self.all_by is None else self.all_by.term(year_0, start),
            inspected_from=inspected, la_may_found=self.la_may_found,
            partnership_may_found=self.partnership_may_found,
            founded_cap=max(round(self.founded_cap.value(read)), 1),
            founded_takes_orphans=self.founded_takes_orphans,
        )  # fmt: skip


def build(found: object, where: str, *, in_force: bool) -> TrustsSpec:
    """Check what is asked of trusts key by key; what is not named is not asked.

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
    TrustsSpec
        What is asked.

    Raises
    ------
    BadInput
        If a key is unknown, a value cannot be used, or something is said of trusts that no one may found.
    """
    named = {} if is_none(found) else put_in({}, mapping(found, where))
    strict_yaml.only_keys(named, KEYS, where)

    def switch(key: str) -> bool:
        return values.switch(named.get(key, False), f"{where}.{key}")

    def when(key: str) -> When | None:
        return None if key not in named else read_when(named[key], f"{where}.{key}", in_force=in_force)

    conversions, cap, year = _NOTHING, _USUAL_CAP, None
    if "conversions_a_year" in named:
        conversions = read_quantity(
            named["conversions_a_year"], f"{where}.conversions_a_year", 0.0, 1.0,
            "(chance a year that a maintained mainstream school applies)", ("probability*", "applications*"),
        )  # fmt: skip
    if "founded_cap" in named:
        cap = read_quantity(
            named["founded_cap"], f"{where}.founded_cap", 1.0, 100.0, "schools", ("schools*",)
        )
    la_founds, partnership_founds = switch("la_may_found"), switch("partnership_may_found")
    orphans = switch("founded_takes_orphans")
    if not (la_founds or partnership_founds) and (orphans or "founded_cap" in named):
        key = "founded_takes_orphans" if orphans else "founded_cap"
        raise BadInput(
            "is for trusts that no one may found", where=f"{where}.{key}", found=values.shown(named[key]),
            allowed="beside la_may_found: yes or partnership_may_found: yes, or left out",
        )  # fmt: skip
    inspected = named.get("inspected_from")
    if isinstance(inspected, str) and "_" in inspected:
        year = read_quantity(inspected, f"{where}.inspected_from", 2000.0, 2100.0, "year", ("year",))
    return TrustsSpec(
        conversions_a_year=conversions, all_by=when("all_by"),
        inspected_from=when("inspected_from") if year is None else None, inspected_year=year,
        la_may_found=la_founds, partnership_may_found=partnership_founds, founded_cap=cap,
        founded_takes_orphans=orphans,
    )  # fmt: skip
