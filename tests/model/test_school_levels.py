"""What one noisy cohort tells of a school is weighed against the spread between schools."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.parameters import Parameters
from model.place import Phase, SchoolResults
from model.randomness import Chance
from model.recursion import accumulated_variance, growth
from model.reference import build_reference
from model.school_evidence import SchoolEvidence, ks2_evidence, shift_to_rate
from model.school_levels import Spreads, accumulate, given_results
from tests.model.running import place_of, run

RHO, YEARS = 0.86, 7
SPREADS = Spreads(0.1, 0.03, 0.08, 0.5, 0.08, 0.01, 0.85)
AGO = np.array([2, 1, 0], dtype=np.int32)
STEADY = ("rolls", "level_wander")


def drawn(n, seed=0):
    """Draws of intake, v, u (twelve years) and luck, as the model makes them before results are known."""
    chance = Chance(seed, 0, 0)
    z = chance.normals("test", 0, 0, n * 17).reshape(17, n)
    u = [z[2]]
    for row in z[3:14]:
        u.append(SPREADS.autocorrelation * u[-1] + np.sqrt(1 - SPREADS.autocorrelation**2) * row)
    return SPREADS.intake * z[0], SPREADS.lasting * z[1], SPREADS.drifting * np.stack(u, axis=1), z[14:].T


def told(n, distance, noise):
    """Evidence that is the same for every school."""
    rows = (np.tile(np.asarray(values, dtype=float), (n, 1)) for values in (distance, noise))
    return SchoolEvidence(ago=AGO, distance=next(rows), noise=next(rows))


def test_a_school_without_results_keeps_what_was_drawn():
    i, v, u, luck = drawn(50)
    found = given_results(told(50, [np.nan] * 3, [np.inf] * 3), SPREADS, RHO, YEARS, i, v, u, luck)
    assert not found.intake.any() and not found.lasting.any() and not found.drifting.any()


def test_one_cohort_counts_by_its_reliability():
    n, distance, noise = 40_000, 0.4, 0.03
    i, v, u, luck = drawn(n)
    found = given_results(
        told(n, [np.nan, np.nan, distance], [np.inf, np.inf, noise]), SPREADS, RHO, YEARS, i, v, u, luck
    )
    g = growth(RHO, YEARS)
    drift = SPREADS.drifting**2 * accumulated_variance(RHO, SPREADS.autocorrelation, YEARS)
    error = (
        noise
        + SPREADS.class_year**2 * accumulated_variance(RHO, 0.0, YEARS)
        + SPREADS.practice**2 * accumulated_variance(RHO, SPREADS.practice_kept, YEARS)
    )
    lasting = SPREADS.intake**2 + (g * SPREADS.lasting) ** 2
    reliability = (lasting + drift) / (lasting + drift + error)
    level = i + found.intake + g * (v + found.lasting) + accumulate(u + found.drifting, RHO, AGO, YEARS)[:, 2]
    assert level.mean() == pytest.approx(reliability * distance, abs=0.005)
    assert level.var() == pytest.approx((lasting + drift) * (1.0 - reliability), rel=0.03)


def test_more_years_tell_more_of_what_lasts():
    i, v, u, luck = drawn(20_000)
    noise = 0.03
    one = given_results(
        told(20_000, [np.nan, np.nan, 0.4], [np.inf, np.inf, noise]), SPREADS, RHO, YEARS, i, v, u, luck
    )
    three = given_results(told(20_000, [0.4] * 3, [noise] * 3), SPREADS, RHO, YEARS, i, v, u, luck)
    assert (v + three.lasting).mean() > (v + one.lasting).mean() > 0.0
    assert (v + three.lasting).std() < (v + one.lasting).std() < SPREADS.lasting


def test_over_all_schools_the_spread_stays_what_is_believed():
    """Schools that are drawn, tested and drawn again given their results are schools like those before."""
    n = 40_000
    i, v, u, luck = drawn(n, seed=1)
    noise = 0.02
    of_class = SPREADS.class_year**2 * accumulated_variance(RHO, 0.0, YEARS)
    of_practice = SPREADS.practice**2 * accumulated_variance(RHO, SPREADS.practice_kept, YEARS)
    spread = np.sqrt(noise + of_class + of_practice)
    distance = (i + growth(RHO, YEARS) * v)[:, None] + accumulate(u, RHO, AGO, YEARS) + spread * luck
    again = drawn(n, seed=2)
    evidence = SchoolEvidence(ago=AGO, distance=distance, noise=np.full((n, 3), noise))
    found = given_results(evidence, SPREADS, RHO, YEARS, *again)
    assert (again[0] + found.intake).std() == pytest.approx(SPREADS.intake, rel=0.02)
    assert (again[1] + found.lasting).std() == pytest.approx(SPREADS.lasting, rel=0.02)
    assert (again[2] + found.drifting).std(axis=0)[:3] == pytest.approx(SPREADS.drifting, rel=0.02)
    assert np.corrcoef(again[1] + found.lasting, v)[0, 1] > 0.1


@pytest.fixture(scope="module")
def tested():
    """A place, three more years of it as if published, and the same place that knows them as its year 0."""
    place = place_of(schools=60, pupils=24_000)
    rows = run(place, years=4, chance=Chance(11, 1, 0), off=STEADY, detail=True).schools
    n = len(place.schools)

    def by_year(name):
        return getattr(rows, name).reshape(-1, n).T.astype(float)

    schools = place.schools
    pupils = by_year("roll")[:, 1:4] / (schools.last_year_group - schools.first_year_group + 1)[:, None]
    results = SchoolResults(
        years=np.arange(place.year - 2, place.year + 1, dtype=np.int32),
        ks2_rwm=by_year("ks2_rwm_expected")[:, 1:4],
        ks2_pupils=pupils,
        ks4_attainment8=by_year("ks4_attainment8")[:, 1:4],
        ks4_progress8=np.full((n, 3), np.nan),
        ks4_pupils=pupils,
        disadvantaged_share=by_year("disadvantaged_share")[:, 3],
    )
    return replace(place, school_results=results), by_year


def mean_of_draws(place, name, draws=6, **more):
    """Mean over draws of a school figure, by school and year."""
    n = len(place.schools)
    runs = [
        run(place, years=1, chance=Chance(3, draw, 0), off=STEADY, detail=True, **more).schools
        for draw in range(1, draws + 1)
    ]
    return np.mean([getattr(rows, name).reshape(-1, n).T for rows in runs], axis=0)


def correlation(first, second):
    known = ~np.isnan(first) & ~np.isnan(second)
    return np.corrcoef(first[known], second[known])[0, 1]


@pytest.mark.parametrize(
    ("name", "phase"), [("ks2_rwm_expected", Phase.PRIMARY), ("ks4_attainment8", Phase.SECONDARY)]
)
def test_schools_start_at_their_published_results_and_stay_near_them(tested, name, phase):
    place, by_year = tested
    of_phase = place.schools.phase == phase
    known, later = mean_of_draws(place, name)[of_phase].T
    published, truth = by_year(name)[of_phase, 3:5].T
    assert correlation(known, published) > 0.97
    unknown = mean_of_draws(replace(place, school_results=None), name)[of_phase, 1]
    assert correlation(later, truth) > correlation(unknown, truth) + 0.1


def test_a_primary_school_far_above_its_la_is_drawn_towards_it(tested):
    place, by_year = tested
    primary = place.schools.phase == Phase.PRIMARY
    first, later = mean_of_draws(place, "ks2_rwm_expected", draws=16)[primary].T
    published = by_year("ks2_rwm_expected")[primary, 3]
    far = published > np.quantile(published, 0.85)
    assert later[far].mean() < first[far].mean() - 0.02
    assert later[far].mean() > later.mean() + 0.02


def test_without_value_added_results_cannot_tell_schools_of_the_same_intake_apart(tested):
    place, _ = tested
    raised = place.school_results.ks4_attainment8.copy()
    secondary = np.flatnonzero(place.schools.phase == Phase.SECONDARY)
    raised[secondary[0]] += 10.0
    other = replace(place, school_results=replace(place.school_results, ks4_attainment8=raised))
    off = (*STEADY, "learning_value_added")
    for switches, differs in ((STEADY, True), (off, False)):
        one, two = (
            run(which, years=1, chance=Chance(3, 1, 0), off=switches, detail=True).schools.ks4_attainment8
            for which in (place, other)
        )
        n = len(place.schools)
        apart = two.reshape(-1, n)[1, secondary[0]] - one.reshape(-1, n)[1, secondary[0]]
        assert bool(apart > 2.0) is differs


def test_the_shift_of_a_school_gives_back_its_rate():
    place = place_of()
    stage = build_reference(Parameters(), place.national).ks2
    rates = np.array([0.05, 0.4, 0.65, 0.9, 0.98])
    positions = np.tile([stage.position(group, rate) for group, rate in ((0, 0.5), (1, 0.7))], (5, 1))
    shift = shift_to_rate(stage, rates, positions, np.full(5, 0.3))
    assert (np.diff(shift) > 0.0).all()
    assert shift[rates == 0.65][0] == pytest.approx(0.0, abs=0.05)  # 0.3 x 50 + 0.7 x 70 is 64 per cent


def test_a_small_cohort_tells_less_of_a_school(tested):
    place, _ = tested
    fewer = replace(place.school_results, ks2_pupils=place.school_results.ks2_pupils / 4.0)
    reference = build_reference(Parameters(), place.national)
    large, small = (ks2_evidence(place, reference, of).noise for of in (place.school_results, fewer))
    known = np.isfinite(large)
    assert (small[known] > 2.5 * large[known]).all()
