"""Pupils go on to schools that are near, of their faith, of their name and not full."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.places.build.arrays import place_order, school_columns
from scenarios.places.build.feeders import faith_of, feeder_patterns, name_stem, traits
from scenarios.places.build.sizes import planned_places
from tests.places.build.hand_made import hand_made, school, small_authority


def patterns(rows, codes=(307,)):
    table = hand_made(rows, [])
    ordered = place_order(table.schools, codes)
    schools = school_columns(ordered, planned_places(ordered), table.flags)
    return schools, feeder_patterns(schools, traits(ordered))


def pull(schools, feeders, source, target):
    urns = schools.urn.tolist()
    row = (feeders.source == urns.index(source)) & (feeders.target == urns.index(target))
    return float(feeders.log_odds[row][0]) if row.any() else -np.inf


def secondary(urn, km, **more):
    return school(urn, "secondary", easting=400000.0 + 1000.0 * km, northing=200000.0, **more)


def primary(urn, km=0.0, **more):
    return school(urn, "primary", easting=400000.0 + 1000.0 * km, northing=200000.0, **more)


def test_every_school_that_ends_early_has_next_schools_that_begin_where_it_ends():
    schools, feeders = patterns(small_authority().schools.reset_index().to_dict("records"))
    ends = np.flatnonzero((schools.last_year_group < 11) & (schools.phase < 3))
    assert set(feeders.source) == set(ends)
    assert np.all(np.diff(feeders.source) >= 0)
    starts = schools.first_year_group[feeders.target]
    assert np.all(starts == schools.last_year_group[feeders.source] + 1)


def test_an_infant_school_goes_on_to_the_junior_school_of_its_name():
    near = school(1, "infant", easting=400000.0, northing=200000.0, name="Oakfield Infant School")
    same = school(2, "junior", easting=403000.0, northing=200000.0, name="Oakfield Junior School")
    other = school(3, "junior", easting=400500.0, northing=200000.0, name="Hillside Junior School")
    schools, feeders = patterns([near, same, other])
    assert pull(schools, feeders, 1, 2) > pull(schools, feeders, 1, 3)


def test_catholic_primaries_lean_to_the_catholic_school_and_others_away():
    rows = [primary(1, religious="Roman Catholic", faith=True), primary(2), secondary(3, 2.0)]
    rows.append(secondary(4, 2.0, religious="Roman Catholic", faith=True))
    schools, feeders = patterns(rows)
    assert pull(schools, feeders, 1, 4) > pull(schools, feeders, 1, 3)
    assert pull(schools, feeders, 2, 4) < pull(schools, feeders, 2, 3)


def test_nearer_schools_pull_more_and_the_more_so_where_demand_is_high():
    def drop(demand):
        rows = [primary(1, 0.0), primary(2, 4.0), secondary(3, 0.5, preference_ratio=demand)]
        rows += [secondary(4, 6.0), secondary(5, 8.0)]
        schools, feeders = patterns(rows)
        return pull(schools, feeders, 1, 3) - pull(schools, feeders, 2, 3)

    assert drop(1.0) > 0.0
    assert drop(2.0) > drop(1.0)


def test_a_school_for_girls_can_take_half_of_a_mixed_schools_pupils():
    schools, feeders = patterns([primary(1), secondary(2, 2.0), secondary(3, 2.0, gender="Girls")])
    assert pull(schools, feeders, 1, 2) - pull(schools, feeders, 1, 3) == pytest.approx(np.log(2.0))


def test_feeders_stay_within_their_la():
    rows = [primary(1), secondary(2, 30.0), primary(3, la_code=202), secondary(4, 1.0, la_code=202)]
    schools, feeders = patterns(rows, (202, 307))
    assert np.all(schools.la[feeders.source] == schools.la[feeders.target])


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 40), st.integers(1, 25), st.integers(0, 10_000))
def test_no_next_school_is_out_of_reach(primaries, secondaries, seed):
    rng = np.random.default_rng(seed)
    rows = [primary(1 + at, float(rng.uniform(0, 30))) for at in range(primaries)]
    rows += [secondary(1000 + at, float(rng.uniform(0, 90))) for at in range(secondaries)]
    schools, feeders = patterns(rows)
    listed = np.bincount(feeders.target, schools.places[feeders.source], len(schools))
    needed = np.where(schools.first_year_group == 7, schools.places, 0.0)
    everyone = schools.places[schools.first_year_group == 0].sum()
    assert np.all(listed >= np.minimum(needed, everyone) - 1e-9)
    assert np.all(np.isfinite(feeders.log_odds))


def test_a_place_without_secondary_schools_has_no_feeders():
    _, feeders = patterns([primary(1), primary(2)])
    assert len(feeders.source) == 0


def test_an_all_through_school_is_a_target_only_for_its_further_places():
    through = school(3, "all-through", roll_r11=60 * 7 + 180 * 5, entry_places=60.0)
    schools, feeders = patterns([primary(1), through])
    assert schools.places_year_7[schools.urn == 3] == pytest.approx(120.0)
    assert pull(schools, feeders, 1, 3) > -np.inf


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Roman Catholic", "catholic"),
        ("Church of England/Methodist", "church of england"),
        ("Muslim", "other"),
        ("None", ""),
        ("Does not apply", ""),
        ("", ""),
    ],
)
def test_religious_characters_are_told_apart(text, kind):
    assert faith_of(text) == kind


def test_names_are_stripped_of_words_that_all_schools_share():
    assert name_stem("St Mary's C of E (VA) Infant School") == name_stem("St. Marys CE Junior School") != ""
    assert name_stem("The Primary School") == ""
    assert len(name_stem("x" * 1_000_000)) <= 200
