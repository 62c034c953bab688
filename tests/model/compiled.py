"""Scenarios of the library as levers, for places of the tests."""

from __future__ import annotations

from functools import cache

from calibration.plans import sampler
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
