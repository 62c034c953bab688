"""At scale less is left of what a trial found: the discount, weeks not delivered, and who delivers them."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from calibration.plans import sampler
from calibration.trials import TRIALS, reader
from calibration.trials_at_scale import at_scale, cases_of_worlds, received_by_cases
from model.institution_record import CaseRows
from scenarios import offers
from scenarios.places import resolve

SMALL = {"schools": 60, "pupils": 15_000, "special_schools": 1, "ap_schools": 1}
SLT = TRIALS[0]


def cases(*rows: tuple[str, str, int, float, float]) -> CaseRows:
    """Make cases of (programme, state, term, weeks delivered, quality); the rest does not matter."""
    offer, state, term, weeks, quality = zip(*rows, strict=True)
    n = len(rows)
    others = {f.name: np.zeros(n) for f in fields(CaseRows)}
    known = {
        "offer": offer,
        "provider": ("",) * n,
        "state": state,
        "term": np.array(term),
        "weeks_delivered": np.array(weeks),
        "quality": np.array(quality),
    }
    return CaseRows(**{**others, **known})  # type: ignore[arg-type]


def test_only_cases_of_the_programme_that_have_ended_and_got_something_are_counted() -> None:
    world = cases(
        ("slt_cluster", "completed", 3, 78.0, 1.1),
        ("slt_cluster", "interrupted", 5, 39.0, 0.8),
        ("slt_cluster", "abandoned", 5, 0.0, np.nan),
        ("slt_cluster", "declined", 5, 0.0, np.nan),
        ("slt_cluster", "in delivery", 20, 13.0, 1.0),
        ("slt_cluster", "completed", -6, 78.0, 2.0),
        ("maths_coaching", "completed", 3, 39.0, 0.5),
    )
    found = received_by_cases([world, world], "slt_cluster", 78)
    np.testing.assert_allclose(found, [[1.0, 1.1], [0.5, 0.8]] * 2)


@pytest.mark.parametrize(
    ("weeks", "quality", "least", "most"),
    [(1.0, 1.0, 0.49, 0.51), (1.0, 0.6, 0.28, 0.34), (0.5, 1.0, 0.2, 0.35), (1.0, -0.4, -0.25, -0.15)],
    ids=["whole and usual", "weak provider", "half delivered", "harm"],
)
def test_what_reaches_schools_sets_what_is_left_of_the_trial(weeks, quality, least, most) -> None:
    place, p = resolve("synthetic", SMALL), sampler().parameters(0)
    found = at_scale(place, SLT, np.array([[weeks, quality]]), p, replicates=2)
    assert least < found["ratio"] < most
    assert found["harm"] == float(quality < 0.0)


@pytest.mark.slow
def test_in_worlds_run_under_the_baseline_every_programme_reaches_schools_with_less_than_its_trial() -> None:
    place = resolve("synthetic", {"schools": 85, "pupils": 38_000})
    p = sampler().parameters(0)
    worlds = cases_of_worlds(place, p, 6)
    small = resolve("synthetic", SMALL)
    for trial in TRIALS:
        spec = offers.load(trial.programme)
        cases_of = received_by_cases(worlds, trial.programme, spec.offer(reader(trial.row, "central")).weeks)
        if spec.scale_discount and len(cases_of):
            found = at_scale(small, trial, cases_of, p, replicates=2)
            assert 0.0 < found["ratio"] < 0.75, found
    assert sum(len(received_by_cases(worlds, t.programme, 39)) for t in TRIALS) > 500
