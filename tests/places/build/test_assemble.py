"""A table of schools becomes a place that the model runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.levers import Levers
from model.parameters import Parameters
from model.place import Flag
from model.randomness import Chance
from model.system import simulate
from scenarios.errors import BadInput
from scenarios.places.build.place_of import AuthorityName, place_name, place_of
from tests.places.build.hand_made import CAMDEN, EALING, YEAR, hand_made, result, school, small_authority

LINES = ("Department for Education, a file made by hand.",)


def built(table, las=(EALING,), year=YEAR):
    return place_of(table, las, year, LINES)


def run(place, years=2):
    return simulate(place, Levers(), Parameters(), years=years, chance=Chance(1, 0, 0))


def test_the_model_runs_on_it():
    place, _ = built(small_authority())
    record = run(place)
    assert record.values.shape[0] == 3
    assert np.isfinite(record.values[:, 0]).all()


def test_schools_are_in_order_of_la_phase_and_number():
    table = small_authority()
    table = replace(table, schools=table.schools.sample(frac=1.0, random_state=1))
    place, _ = built(table)
    assert np.all(np.diff(place.schools.phase) >= 0)
    assert place.schools.urn.dtype == np.int32
    assert place.schools.name[0] == f"School {place.schools.urn[0]}"


def test_published_school_results_reach_the_model_and_made_ones_do_not():
    table = small_authority()
    place, with_made = built(table)
    known = place.school_results
    assert known is not None
    published = table.results[table.results["measure"] == "ks2_rwm_expected"]
    assert np.isfinite(known.ks2_rwm).sum() == len(published)
    urn = int(published["urn"].iloc[0])
    row = place.schools.urn.tolist().index(urn)
    assert known.ks2_rwm[row, -1] == published["value"].iloc[0]
    assert (with_made.results["flag"] == Flag.IMPUTED).sum() > 0


def test_no_result_after_year_0_enters():
    schools = [school(100, "primary"), school(101, "secondary")]
    results = [
        result(100, 0.6),
        result(100, 0.9, year=YEAR + 1),
        result(101, 45.0, measure="ks4_attainment8"),
    ]
    place, _ = built(hand_made(schools, results))
    assert place.school_results is not None
    assert place.school_results.years.tolist() == [YEAR]
    assert place.results.years.max() == YEAR
    assert max(value.year for value in place.history) == YEAR


def test_cohorts_are_as_large_as_the_schools_rolls():
    place, _ = built(small_authority())
    primary = 12 * 60 * 7 + 60 * 3 + 60 * 4 + 60 * 7 + 8 * 7
    secondary = 3 * 180 * 5 + 60 * 5 + 8 * 5 + 20 * 3
    assert place.areas.children.sum() == pytest.approx(primary / 7)
    assert place.secondary_pupils == pytest.approx([secondary / 5])
    assert place.rates.special_share == pytest.approx([96 / (primary + secondary)])


def test_counted_disadvantaged_pupils_come_before_ever6():
    schools = [school(100 + at, "primary") for at in range(4)]
    results = [result(100 + at, 0.6) for at in range(4)]
    results += [result(100 + at, np.nan, 15.0, group="disadvantaged", code="SUPP") for at in range(4)]
    place, table = built(hand_made(schools, results))
    assert place.rates.disadvantaged_ks2 == pytest.approx([0.25])
    assert any("counted" in note.text for note in table.notes)
    low = np.average(place.areas.low_income_share, weights=place.areas.children)
    assert low == pytest.approx(0.25, abs=1e-6)


def test_las_without_figures_get_englands_and_it_is_said():
    table = small_authority()
    table = replace(table, las=table.las.drop(index=307, level="la_code"))
    place, noted = built(table)
    assert np.isfinite(place.rates.absence_primary).all()
    assert np.isnan(place.results.ks2_rwm).all()
    assert any(note.kind == "imputed" and "England" in note.text for note in noted.notes)
    run(place, 1)


def test_several_las_stand_side_by_side():
    one, other = small_authority(), small_authority(202, 200_000)
    both = replace(
        one,
        schools=pd.concat([one.schools, other.schools]),
        flags=pd.concat([one.flags, other.flags]),
        results=pd.concat([one.results, other.results], ignore_index=True),
    )
    place, _ = built(both, (CAMDEN, EALING))
    assert place.la_code == (202, 307)
    assert set(place.schools.urn[place.schools.la == 0]) == set(other.schools.index)
    assert not place.is_england
    assert place.rates.disadvantaged_ks2.shape == (2,)
    run(place, 1)


def test_one_school_is_a_place():
    place, _ = built(hand_made([school(100, "primary")], [result(100, 0.6)]))
    assert len(place.schools) == 1
    run(place, 1)


def test_a_place_without_secondary_schools_runs():
    place, _ = built(hand_made([school(100 + at, "primary") for at in range(5)], [result(100, 0.6)]))
    assert place.secondary_pupils == pytest.approx([0.0])
    run(place, 1)


def test_a_place_without_disadvantaged_pupils_in_its_schools_runs():
    schools = [school(100 + at, "primary", disadvantaged_share=0.0) for at in range(5)]
    place, table = built(hand_made([*schools, school(120, "secondary")], [result(100, 0.6)]))
    assert "disadvantaged" not in set(table.results["group"])
    run(place, 1)


def test_nothing_but_secondary_schools_is_refused_and_the_la_is_named():
    with pytest.raises(BadInput, match="Reception") as refused:
        built(hand_made([school(100, "secondary")], []))
    assert "Ealing" in str(refused.value)


def test_an_la_without_primaries_is_left_out_of_several_and_it_is_said():
    schools = [school(100, "primary"), school(200, "secondary", 202)]
    place, table = built(hand_made(schools, []), (CAMDEN, EALING))
    assert place.la_code == (307,)
    assert any("Camden" in note.text for note in table.notes)


def test_a_year_without_examinations_is_refused():
    with pytest.raises(BadInput, match="2020"):
        built(small_authority(), year=2020)


def test_a_missing_roll_is_filled_from_places_and_flagged():
    schools = [school(100 + at, "primary") for at in range(4)]
    schools += [school(110, "primary", roll_r11=np.nan, entry_places=30.0)]
    schools += [school(111, "primary", roll_r11=np.nan, entry_places=np.nan)]
    place, table = built(hand_made(schools, []))
    assert place.schools.places[-2:] == pytest.approx([30.0, 60.0])
    assert place.schools.flag[-2:].tolist() == [Flag.IMPUTED, Flag.IMPUTED]
    assert any(note.where == "places" and note.count == 2 for note in table.notes)


def test_trusts_are_numbered_and_maintained_schools_have_none():
    schools = [
        school(100, "primary", trust_uid="5001"),
        school(101, "primary"),
        school(102, "primary", trust_uid="77"),
    ]
    place, _ = built(hand_made([*schools, school(103, "primary", trust_uid="5001")], []))
    assert place.schools.trust[1] == -1
    assert place.schools.trust[0] == place.schools.trust[3] != place.schools.trust[2]


def test_places_are_named_by_their_las():
    las = [AuthorityName(at, f"La {at}", f"la-{at}") for at in range(5)]
    assert place_name(las[:1], is_england=False) == ("La 0", "la-0")
    assert place_name(las[:2], is_england=False) == ("La 0 and La 1", "la-0-and-la-1")
    assert place_name(las, is_england=False) == ("La 0 and 4 others", "la-0-and-4-others")
    assert place_name(las, is_england=True) == ("England", "england")


MAY_BE_MISSING = (
    "roll_r11",
    "entry_places",
    "easting",
    "northing",
    "disadvantaged_share",
    "imd_decile",
    "preference_ratio",
)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_whatever_is_missing_of_schools_the_place_is_whole(data):
    table = small_authority()
    schools = table.schools.copy()
    for column in MAY_BE_MISSING:
        gone = data.draw(st.lists(st.booleans(), min_size=len(schools), max_size=len(schools)), label=column)
        schools[column] = schools[column].astype(float).mask(np.array(gone))
    results = table.results.copy()
    gone = data.draw(st.lists(st.booleans(), min_size=len(results), max_size=len(results)), label="results")
    results["value"] = results["value"].mask(np.array(gone))
    place, made = built(replace(table, schools=schools, results=results))
    for numbers in (place.schools.places, place.schools.x_km, place.areas.children, place.feeders.log_odds):
        assert np.isfinite(numbers).all()
    assert (place.schools.places > 0).all()
    low = np.average(place.areas.low_income_share, weights=place.areas.children)
    assert low == pytest.approx(place.rates.disadvantaged_ks2[0], abs=1e-6)
    groups = made.results[made.results["measure"] == "ks2_rwm_expected"]
    assert groups["value"].between(0.0, 1.0).all()
    wide = groups.pivot(index="urn", columns="group", values="value")
    pupils = groups.pivot(index="urn", columns="group", values="pupils").fillna(0.0)
    mixed = (wide * pupils)[["disadvantaged", "other"]].sum(axis=1) / pupils[["disadvantaged", "other"]].sum(
        axis=1
    )
    assert mixed.to_numpy() == pytest.approx(wide["all"].to_numpy(), abs=1e-4)
