"""Year 0 is as published, stands on the path of the recursion, and does not drift from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import model.assembly
from model.cuts import label_cuts
from model.place import Group
from model.randomness import Chance
from scenarios.places.resolve import resolve
from tests.model.running import (
    at_year_zero,
    block_of,
    english_place,
    has_run,
    here,
    place_of,
    poor,
    run,
    series,
    system,
)

GROUPS = ("disadvantaged", "other")


def numbers(whole, year_group, phase):
    """Pupils of each group of a year group of year 0."""
    rows = block_of(whole, whole.place.year, year_group)
    present, classed = here(whole, rows), poor(whole, rows, phase)
    return {"disadvantaged": (present & classed).sum(), "other": (present & ~classed).sum()}


@pytest.mark.parametrize("replicate", [0, 1])
@pytest.mark.parametrize("name", ["ealing", "synthetic", "surrey"])
def test_year_nought_has_the_published_results_of_both_groups(name, replicate):
    place = resolve(name)
    whole = has_run(place, years=0, chance=Chance(1, 1, replicate))
    record, results = whole.record(), place.results
    n = numbers(whole, 6, 0)
    for index, group in enumerate(GROUPS):
        rate = 100.0 * results.ks2_rwm[0, -1, index]
        assert abs(series(record, "ks2_rwm_expected", group)[0] - rate) <= 50.0 / n[group] + 1e-9
        points = results.ks4_attainment8[0, -1, index]
        assert series(record, "ks4_attainment8", group)[0] == pytest.approx(points, abs=1e-9)


@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_a_published_rate_of_nought_or_of_all_can_be_met(rate):
    place = place_of()
    rates = place.results.ks2_rwm.copy()
    rates[0, -1, Group.DISADVANTAGED] = rate
    place = replace(place, results=replace(place.results, ks2_rwm=rates))
    for replicate in range(12):
        record = run(place, years=0, chance=Chance(1, 0, replicate))
        assert series(record, "ks2_rwm_expected", "disadvantaged")[0] == 100.0 * rate


def without_year_nought(place):
    """The place with no KS2 and KS4 results of year 0, so that nothing is tied to them."""
    ks2, ks4 = place.results.ks2_rwm.copy(), place.results.ks4_attainment8.copy()
    ks2[:, -1], ks4[:, -1] = np.nan, np.nan
    return replace(place, results=replace(place.results, ks2_rwm=ks2, ks4_attainment8=ks4))


def test_a_place_without_results_for_year_nought_still_runs():
    record = run(without_year_nought(place_of()), years=1)
    assert np.isfinite(series(record, "ks2_rwm_expected", "gap")).all()
    assert np.isfinite(series(record, "ks4_attainment8", "gap")).all()


def test_only_the_classes_tested_in_year_nought_are_tied_to_its_results():
    tied, loose = has_run(place_of(), years=0).parts.register, at_year_zero(place_of())
    register = loose.parts.register
    for year_group in range(12):
        rows = block_of(loose, loose.place.year, year_group)
        moved = (tied.attainment[:, rows] != register.attainment[:, rows]).any()
        assert moved == (year_group in (6, 11))


PUPILS, REPLICATES = 30_000, 6


@pytest.fixture(scope="module")
def untied():
    """A place as poor as England, put into year 0 several times, schools adding the same everywhere."""
    place = english_place(PUPILS)
    return [
        at_year_zero(place, chance=Chance(1, 0, r), off=("learning_value_added",)) for r in range(REPLICATES)
    ]


@pytest.mark.parametrize(("stage", "year_group", "phase"), [("eyfs", 0, 0), ("ks2", 6, 0), ("ks4", 11, 1)])
def test_a_place_with_englands_results_has_the_means_of_englands_groups(untied, stage, year_group, phase):
    reference = getattr(untied[0].parts.reference, stage)
    found = {group: [] for group in Group}
    for whole in untied:
        rows = block_of(whole, whole.place.year, year_group)
        classed, present = poor(whole, rows, phase), here(whole, rows)
        if stage == "eyfs":
            register, cuts = whole.parts.register, label_cuts(whole.place)
            classed = register.income[rows] < cuts.fsm_now[register.la[rows], 0]
        scores = whole.sittings(stage)[0].mean
        found[Group.DISADVANTAGED].append(scores[classed & present])
        found[Group.OTHER].append(scores[~classed & present])
    for group, expected in zip(Group, reference.group_means, strict=True):
        scores = np.concatenate(found[group])
        error = scores.std() / np.sqrt(len(scores))
        assert error < 0.025
        assert scores.mean() == pytest.approx(expected, abs=4.0 * error), (stage, group)


@pytest.mark.parametrize(("stage", "year_group"), [("eyfs", 0), ("ks2", 6), ("ks4", 11)])
def test_its_pupils_are_spread_as_widely_as_englands(untied, stage, year_group):
    whole = at_year_zero(untied[0].place)
    scores = whole.sittings(stage)[0].mean[here(whole, block_of(whole, whole.place.year, year_group))]
    assert scores.std() == pytest.approx(getattr(whole.parts.reference, stage).sd, rel=0.05)


def test_its_ranks_are_englands(untied):
    for stage, year_group in (("ks2", 6), ("ks4", 11)):
        whole = at_year_zero(untied[0].place)
        scores = whole.sittings(stage)[0].mean[here(whole, block_of(whole, whole.place.year, year_group))]
        assert getattr(whole.parts.reference, stage).rank(scores).mean() == pytest.approx(0.5, abs=0.03)


def test_a_place_above_england_in_all_its_years_starts_above_it_in_every_year_group():
    place = english_place(PUPILS)
    better = replace(
        place,
        results=replace(
            place.results,
            eyfs_gld=place.results.eyfs_gld + 0.08,
            ks2_rwm=place.results.ks2_rwm + 0.08,
            ks4_attainment8=place.results.ks4_attainment8 + 4.0,
        ),
    )
    one, other = (at_year_zero(p) for p in (place, better))
    for year_group in range(12):
        rows = block_of(one, place.year, year_group)
        lead = (other.parts.register.attainment[:, rows] - one.parts.register.attainment[:, rows]).mean()
        assert 0.05 < lead < 0.35, year_group


def test_labels_move_nobodys_attainment(monkeypatch):
    place = without_year_nought(place_of())
    labels = label_cuts(place)
    plain = has_run(place, years=4)
    others = replace(
        labels, **{name: getattr(labels, name) + 0.4 for name in ("disadvantaged", "fsm6", "fsm_now")}
    )
    monkeypatch.setattr(model.assembly, "label_cuts", lambda _: others)
    relabelled = has_run(place, years=4)
    for column in ("attainment", "school", "need"):
        np.testing.assert_array_equal(
            getattr(plain.parts.register, column), getattr(relabelled.parts.register, column)
        )
    counts = [series(w.record(), "pupils", "disadvantaged") for w in (plain, relabelled)]
    assert np.all(counts[1] > 1.1 * counts[0])


@pytest.mark.parametrize(
    "rate", ["fsm6_primary", "fsm6_secondary", "sen_support_primary", "ehcp_secondary", "fsm_secondary"]
)
def test_a_published_rate_of_a_label_moves_nobodys_attainment(rate):
    place = place_of()
    more = replace(place, rates=replace(place.rates, **{rate: 1.3 * getattr(place.rates, rate)}))
    registers = [has_run(p, years=2).parts.register for p in (place, more)]
    np.testing.assert_array_equal(registers[0].attainment, registers[1].attainment)


def test_sen_is_identified_at_the_published_rates():
    place = english_place(PUPILS)
    record, rates = run(place, years=0), place.rates
    primary = 7 / 12
    plan = primary * rates.ehcp_primary[0] + (1 - primary) * rates.ehcp_secondary[0] + rates.special_share[0]
    support = primary * rates.sen_support_primary[0] + (1 - primary) * rates.sen_support_secondary[0]
    assert series(record, "ehcp_share", "all")[0] == pytest.approx(100 * plan, abs=0.6)
    assert series(record, "sen_support_share", "all")[0] == pytest.approx(100 * support, abs=1.2)


def late_less_early(measure, group, runs):
    """Mean of years 8 to 10 less mean of years 1 to 3: the mean over runs, and its Monte Carlo error."""
    found = [series(r, measure, group)[8:].mean() - series(r, measure, group)[1:4].mean() for r in runs]
    return np.mean(found), np.std(found, ddof=1) / np.sqrt(len(found))


@pytest.fixture(scope="module")
def decades():
    """Six decades of a place as poor as England, rolls and its level held."""
    place, off = english_place(20_000), ("rolls", "level_wander")
    return [run(place, years=10, chance=Chance(1, 0, r), off=off) for r in range(6)]


@pytest.mark.parametrize(
    ("measure", "group", "allowed"),
    [
        ("ks2_rwm_expected", "all", 0.3),
        ("ks2_rwm_expected", "disadvantaged", 0.3),
        ("ks2_rwm_expected", "other", 0.3),
        ("ks4_attainment8", "all", 0.3),
        ("ks2_gap_index", "gap", 0.03),
        ("ks4_gap_index", "gap", 0.03),
        ("eyfs_gld", "all", 0.3),
        ("absence", "all", 0.05),
    ],
)
def test_a_place_left_alone_does_not_drift(decades, measure, group, allowed):
    drift, error = late_less_early(measure, group, decades)
    assert abs(drift) < allowed + 3.0 * error
    assert error < {"ks2_gap_index": 0.15, "ks4_gap_index": 0.15}.get(measure, 1.5)


def test_pupils_of_year_nought_start_where_the_recursion_would_take_them():
    place = english_place(PUPILS)
    whole = system(place, years=12, off=("rolls", "learning_value_added", "level_wander"))
    whole.run()
    first, last = block_of(whole, place.year, 6), block_of(whole, place.year + 8, 6)
    register = whole.parts.register
    spread = [register.attainment[:, rows].std() for rows in (first, last)]
    assert spread[0] == pytest.approx(spread[1], rel=0.06)
