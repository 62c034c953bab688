"""Scenarios of the library as levers, for places of the tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from calibration.plans import sampler
from model.arrangements import Arrangement
from model.levers import Levers
from model.parameters import Parameters
from model.place import Place
from scenarios import library
from scenarios.dates import Start

FUNDING = (
    "baseline",
    "do_minimum",
    "contracts_lapse",
    "money_to_schools",
    "partnership_ends",
    "one_year_grants",
    "three_year_funding",
    "five_year_funding",
    "five_year_with_break",
    "ten_year_funding",
    "contract_as_signed",
    "contract_cut",
    "late_renewal",
    "funder_leaves",
)
"""The scenarios on how a partnership is funded."""

SYSTEM = (
    "all_schools_in_trusts",
    "data_hub",
    "dialogic_accountability",
    "ealing_learning_partnership",
    "fragmentation",
    "haringey_diversifies",
    "la_established_trust",
    "la_income_falls",
    "la_withdraws",
    "lead_school_hubs",
    "mission_area",
    "no_rise",
    "one_partnership_across_las",
    "partnership_trust",
    "peer_review_courtesy",
    "peer_review_rigorous",
    "pooled_specialists",
    "trust_inspection",
    "trusts_alone",
)
"""The scenarios on what a partnership lives in: who works together, who judges and who governs."""

OTHERS = tuple(name for name in (*FUNDING, *SYSTEM) if name != "baseline")
"""Every scenario that changes what stands."""


@cache
def levers_of(name: str, year_0: int, *, draw: int = 0, start: int | None = None) -> Levers:
    """Compile a scenario of the library; ``start`` in years after year 0."""
    begins = None if start is None else Start(start, 0)
    return sampler().levers(draw, library.load(name).dated(year_0, begins))


@cache
def parameters_of(draw: int = 0) -> Parameters:
    """Give the parameters of a draw, with the fitted values in use."""
    return sampler().parameters(draw)


def funded(place: Place, name: str = "baseline", **more: int) -> Levers:
    """Compile a scenario for a place."""
    return levers_of(name, place.year, **more)


def support_alone(levers: Levers) -> Levers:
    """Leave out how schools work together and what is decided nationally: money, posts and cases remain."""

    def alone(stands: Arrangement) -> Arrangement:
        return replace(stands, collaboration=None, national=None)

    assert levers.in_force is not None
    changes = tuple(replace(change, arrangement=alone(change.arrangement)) for change in levers.changes)
    return replace(levers, in_force=alone(levers.in_force), changes=changes)
