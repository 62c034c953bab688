"""Real places know which schools were good at year 0, and who was federated: the model begins from that."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from calibration.plans import sampler
from model.alone import run_alone
from model.inspection_record import InspectionRecord
from model.parameters import Parameters
from model.place import Place
from model.randomness import Chance
from scenarios import library
from scenarios.places.build.place_of import AuthorityName, place_of
from tests.places.build.few_tables import really

LAS = {307: "Ealing", 330: "Birmingham"}
YEAR = 2018


@cache
def built(code: int) -> Place:
    """The LA from the published files, where they are beside the project."""
    name = LAS[code]
    return place_of(really(code, YEAR), [AuthorityName(code, name, name.lower())], YEAR, ())[0]


@cache
def year_0(code: int) -> tuple[float, InspectionRecord, np.ndarray]:
    """Measure of good schools, record and federations when the spin-up has ended."""
    place = built(code)
    levers = sampler().levers(0, library.load(library.BASELINE).dated(YEAR))
    whole = run_alone(place, levers, Parameters(), years=0, chance=Chance(1, 0, 0))
    assert whole.local is not None
    measure = whole.local.measures()["inspection_good"]
    return measure, whole.local.inspection.record, whole.local.federations.of


@pytest.mark.parametrize("code", [307, pytest.param(330, marks=pytest.mark.slow)])
def test_good_schools_at_year_0_are_those_published(code):
    record = built(code).public_record
    assert record is not None
    measure, found, _ = year_0(code)
    known = record.grade > 0
    assert known.mean() > 0.8
    assert (found.grade[known] == record.grade[known]).all()
    published = np.isin(record.grade, (1, 2))
    assert found.good()[known].mean() == published[known].mean()
    drawn = found.good()[~known].sum()
    assert measure == pytest.approx(100.0 * (published.sum() + drawn) / len(known))


@pytest.mark.parametrize("code", LAS)
def test_nothing_that_is_known_is_later_than_year_0(code):
    place, table = built(code), really(code, YEAR).schools
    record = place.public_record
    assert record is not None
    assert record.inspected.max() <= 0
    assert (record.inspected[record.grade > 0] < 0).all()
    dates = table["inspected_on"].dropna()
    assert dates.max() < np.datetime64("2018-09-01")
    both = table.dropna(subset=["former_inspected_on"])
    assert (both["former_inspected_on"] < both["inspected_on"]).all()


@pytest.mark.slow
def test_federations_of_year_0_are_those_published():
    place = built(330)
    record = place.public_record
    assert record is not None
    together = np.flatnonzero(record.federation >= 0)
    assert len(together) > 5
    of = year_0(330)[2]
    assert set(np.flatnonzero(of >= 0)) <= set(together)
    for row in np.flatnonzero(of >= 0):
        assert record.federation[row] == record.federation[of[row]]
    assert not (year_0(307)[2] >= 0).any()  # Ealing has none
