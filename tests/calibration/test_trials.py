"""Programmes put to a trial in the model find what the evidence says of them, and fade as it says."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from calibration.trial_runs import Design, arm_of, replicated
from calibration.trials import ENDS, PLACE, REPLICATES, TRIALS, evidence_of, reader, tried
from model.arrangements import Offer
from model.parameters import Parameters
from model.place import Place
from model.randomness import Chance
from scenarios import evidence, offers
from scenarios.places import resolve
from scenarios.posterior import posterior

SMALL = {"schools": 60, "pupils": 15_000, "special_schools": 1, "ap_schools": 1}
TRIED = [f"{trial.programme}, {trial.row}" for trial in TRIALS]


@cache
def place(small: bool = True) -> Place:
    return resolve("synthetic", SMALL if small else PLACE)


@cache
def parameters() -> Parameters:
    return Parameters().changed({name: fitted.value for name, fitted in posterior().items()})


def offer(programme: str, at: str = "central", row: str = "", *, at_scale: bool = False) -> Offer:
    return offers.load(programme).offer(reader(row, at), at_scale=at_scale)


@pytest.mark.parametrize("trial", TRIALS, ids=TRIED)
def test_a_small_trial_finds_what_the_evidence_says(trial) -> None:
    # few heads are new in a small place, so their schools' turnover is further from the usual
    found = tried(place(trial.programme != "leadership_induction"), trial, "central", parameters(), 3)
    assert found["agrees"], found


@pytest.mark.slow
@pytest.mark.parametrize("at", ENDS)
@pytest.mark.parametrize("trial", TRIALS, ids=TRIED)
def test_trials_of_120_schools_find_what_the_evidence_says_at_both_ends_of_its_range(trial, at) -> None:
    found = tried(place(small=False), trial, at, parameters(), REPLICATES)
    assert found["agrees"], found


@pytest.mark.parametrize("programme", ["reading_fluency", "tutoring_pool"])
def test_pupils_taught_directly_keep_of_the_effect_what_the_fade_rows_say(programme) -> None:
    trial = next(t for t in TRIALS if t.programme == programme)
    found = tried(place(), trial, "central", parameters(), 2)
    p = parameters()
    rho = 1.0 - p.learning.catch_up
    for years in (1, 2):
        row, left = evidence.rows()[f"fade_{years}y"], found[f"left_{years}y"]
        assert left == pytest.approx(p.programmes.lasting_share * rho**years, rel=0.03)
        assert row.low <= left <= row.high


def test_a_trial_of_a_harmful_programme_finds_harm() -> None:
    trial = TRIALS[0]
    found = tried(place(), trial, "low", parameters(), 2)
    assert found["evidence"] == pytest.approx(-0.09)
    assert found["trial"] == pytest.approx(-0.09, rel=0.05)


def test_a_trial_finds_half_where_schools_get_half_of_the_weeks() -> None:
    taught = offer("slt_cluster")
    n = len(place().schools)
    whole, half = (
        replicated(
            Design(
                place=place(),
                offer=taught,
                domain=0,
                received=np.column_stack([np.full(n, weeks), np.ones(n)]),
            ),
            parameters(),
            2,
        )[0].mean()
        for weeks in (1.0, 0.5)
    )
    assert 0.4 * whole < half < 0.7 * whole


def test_a_discount_for_scale_would_show() -> None:
    taught = offer("slt_cluster", at_scale=True)
    found = replicated(Design(place=place(), offer=taught, domain=0), parameters(), 2)[0].mean()
    share = evidence.rows()["scaleup_discount"].central
    assert found == pytest.approx(share * evidence_of(offer("slt_cluster"), 0), rel=0.05)


def test_arms_are_halves_of_the_schools_that_may_take_part_and_do_not_meet() -> None:
    taught, chance = offer("reading_fluency"), Chance(1, 0, 0)
    no_one = np.zeros(len(place().schools), dtype=bool)
    one, other = (arm_of(place(), taught, chance, second, no_one) for second in (False, True))
    assert one.sum() == other.sum() > 5
    assert not (one & other).any()
    s = place().schools
    assert ((s.first_year_group <= 6) & (s.last_year_group >= 5))[one | other].all()
    assert not arm_of(place(), replace(taught, new_heads=True), chance, False, no_one).any()
