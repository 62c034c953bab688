"""Absence is as published, chance apart, and each pupil is judged against their own expectation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.attendance import mean_absence
from model.randomness import Chance
from tests.model.running import (
    at_year_zero,
    block_of,
    changed,
    english_place,
    has_run,
    here,
    run,
    series,
)

PLACE = english_place(30_000)


def absences(whole, year):
    """Absence and what was expected, of all children of a year, and where primary ends."""
    return whole.parts.attendance.year(whole.parts.register, year)


@pytest.fixture(scope="module")
def whole():
    return at_year_zero(PLACE, parameters=changed(attendance__school_sd=0.0))


@pytest.mark.parametrize("phase", ["primary", "secondary"])
def test_absence_of_a_phase_is_the_published_one(phase):
    found = []
    for replicate in range(4):
        whole = at_year_zero(
            PLACE, parameters=changed(attendance__school_sd=0.0), chance=Chance(1, 0, replicate)
        )
        rows = whole.parts.register.active(PLACE.year)
        taught = (whole.parts.register.year_group(PLACE.year) >= 7) == (phase == "secondary")
        found.append(absences(whole, PLACE.year)[0][taught & here(whole, rows)].mean())
    published = getattr(PLACE.rates, f"absence_{phase}")[0]
    assert np.std(found) < 0.02 * published
    assert np.mean(found) == pytest.approx(published, rel=0.016)


def test_absence_stays_at_its_level_when_nothing_is_done():
    absence = series(run(PLACE, years=3), "absence", "all")
    np.testing.assert_allclose(absence, absence[0], rtol=0.03)


def test_a_place_with_twice_the_absence_has_it_in_the_model():
    twice = replace(
        PLACE,
        rates=replace(
            PLACE.rates,
            absence_primary=2.0 * PLACE.rates.absence_primary,
            absence_secondary=2.0 * PLACE.rates.absence_secondary,
        ),
    )
    one, two = (series(run(place, years=0), "absence", "all")[0] for place in (PLACE, twice))
    assert two / one == pytest.approx(2.0, rel=0.04)


def test_on_average_pupils_are_as_absent_as_expected_of_them(whole):
    absence, expected = absences(whole, PLACE.year)
    apart = absence - expected
    assert apart.mean() == pytest.approx(0.0, abs=4.0 * apart.std() / np.sqrt(len(apart)))
    for decile in np.array_split(np.argsort(expected), 10):
        error = apart[decile].std() / np.sqrt(len(decile))
        assert apart[decile].mean() == pytest.approx(0.0, abs=4.5 * error + 1e-4)


def test_persistent_and_severe_absence_are_about_as_common_as_published():
    record = run(PLACE, years=0)
    share = 7 / 12
    published = 100.0 * (
        share * PLACE.rates.persistent_absence_primary[0]
        + (1 - share) * PLACE.rates.persistent_absence_secondary[0]
    )
    assert series(record, "persistent_absence", "all")[0] == pytest.approx(published, abs=5.0)
    assert 0.5 < series(record, "severe_absence", "all")[0] < 5.0  # row calc_nat_severe_all_2023: 2.03


def test_poorer_pupils_and_those_with_need_are_absent_more(whole):
    absence, _ = absences(whole, PLACE.year)
    register = whole.parts.register
    rows = register.active(PLACE.year)
    low, need = register.low_income[rows], register.need[rows] > 0
    assert absence[low].mean() > 1.4 * absence[~low].mean()
    assert absence[need & ~low].mean() > 1.2 * absence[~need & ~low].mean()


def test_the_same_pupils_tend_to_be_absent_year_after_year(whole):
    years = [absences(whole, PLACE.year)[0]]
    register = whole.parts.register
    later = has_run(PLACE, None, changed(attendance__school_sd=0.0), years=1)
    years.append(absences(later, PLACE.year + 1)[0])
    first = register.active(PLACE.year).start
    second = later.parts.register.active(PLACE.year + 1).start
    both = slice(register.in_year(PLACE.year + 1, 11).start, register.in_year(PLACE.year, 1).end)
    one, other = (
        years[0][both.start - first : both.stop - first],
        years[1][both.start - second :][: both.stop - both.start],
    )
    assert 0.3 < np.corrcoef(one, other)[0, 1] < 0.95


def test_mean_absence_is_the_mean_over_chance():
    sample = Chance(1, 0, 0).normals("test", 0, 0, 200_000)
    for odds, sd in ((-3.0, 0.8), (-1.0, 1.4), (-3.0, 0.0)):
        expected = (1.0 / (1.0 + np.exp(-(odds + sd * sample)))).mean()
        assert float(mean_absence(np.array(odds), sd)) == pytest.approx(expected, rel=0.005)


def test_those_absent_beyond_expectation_fall_behind_by_what_the_slope_says():
    on, off = (has_run(PLACE, years=1, off=switch) for switch in ((), ("attendance",)))
    year = PLACE.year + 1
    register = on.parts.register
    rows = slice(register.in_year(year, 11).start, register.in_year(year, 0).end)
    apart = register.attainment[:, rows] - off.parts.register.attainment[:, rows]
    absence, expected = absences(on, year)
    extra = 100.0 * (absence - expected)
    primary = on.parts.register.year_group(year) < 7
    assert np.corrcoef(extra[primary], apart[0][primary])[0, 1] < -0.999
    slope = -np.polyfit(extra[primary], apart[0][primary], 1)[0]
    assert 0.001 < slope < 0.01
    np.testing.assert_allclose(apart[0], apart[1], atol=1e-12)
    assert abs(apart.mean()) < 0.002


def test_steeper_slopes_cost_more():
    gentle, steep = (
        has_run(PLACE, None, changed(attendance__attainment_slope_ks2=s), years=1) for s in (-0.005, -0.05)
    )
    rows = block_of(gentle, PLACE.year + 1, 5)
    absence, expected = absences(gentle, PLACE.year + 1)
    first = gentle.parts.register.active(PLACE.year + 1).start
    extra = (absence - expected)[rows.start - first : rows.stop - first] > 0.05
    lost = (gentle.parts.register.attainment - steep.parts.register.attainment)[0, rows]
    assert np.all(lost[extra] > 0.0)
