"""Real schools at their next inspection: read rightly, set beside the model, and against chance alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.inspection_by_la import chance_of_sets, chances_of_counts, spread
from calibration.inspection_history import (
    academic_year,
    by_period,
    by_sort,
    interval,
    of_entry,
    published_pairs,
    share_row,
    simulated_pairs,
)
from model.inspection_record import Grade

_ENGLAND = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "england"
FILES = [
    str(_ENGLAND / name)
    for name in ("ofsted_inspection_history_2005-2020.csv.gz", "school_information_2017-18.csv.gz")
]
needs_data = pytest.mark.skipif(
    not all(Path(file).is_file() for file in FILES),
    reason="the published inspection histories are not beside the project",
)


@cache
def real() -> pd.DataFrame:
    """Successive inspections of all schools in the histories."""
    return published_pairs(FILES)


def made(las: int, each: int, chance: float, own: float = 0.0) -> pd.DataFrame:
    """Schools of some LAs whose chances are known."""
    rng = np.random.default_rng(1)
    la = np.repeat(np.arange(las), each)
    of_la = np.clip(chance + own * rng.standard_normal(las), 0.0, 1.0)[la]
    good = rng.random(len(la)) < of_la
    after = np.where(good, int(Grade.GOOD), int(Grade.REQUIRES_IMPROVEMENT))
    return pd.DataFrame({"la_code": la, "before": 3, "phase": "primary", "year": 2015, "after": after})


def test_a_school_year_ends_in_the_year_of_its_summer() -> None:
    dates = pd.Series(pd.to_datetime(["2014-08-31", "2014-09-01", "2015-07-20"]))
    assert academic_year(dates).tolist() == [2014, 2015, 2015]


def test_an_interval_holds_the_share_and_stays_within_bounds() -> None:
    low, high = interval(10, 10)
    assert 60.0 < low < 80.0
    assert high == pytest.approx(100.0)
    low, high = interval(650, 1000)
    assert low < 65.0 < high < 69.0
    assert np.isnan(interval(0, 0)).all()


def test_chances_of_counts_are_those_of_a_coin() -> None:
    assert chances_of_counts(np.full(3, 0.5)) == pytest.approx([0.125, 0.375, 0.375, 0.125])
    assert chances_of_counts(np.array([1.0, 0.0])) == pytest.approx([0.0, 1.0, 0.0])


def test_las_that_differ_by_chance_alone_are_told_from_those_that_differ() -> None:
    by_chance, by_more = spread(made(200, 30, 0.7)), spread(made(200, 30, 0.7, own=0.15))
    assert by_chance.own_sd < 4.0
    assert by_more.own_sd == pytest.approx(14.0, abs=3.0)
    assert by_chance.reached[85.0] == pytest.approx(by_chance.expected[85.0], abs=8.0)
    assert by_more.reached[85.0] > 2.0 * by_more.expected[85.0]


def test_small_sets_show_much_by_chance_and_the_best_of_many_more() -> None:
    sets = chance_of_sets(made(50, 40, 0.7), 0.0).set_index(["schools", "per cent"])
    assert sets.loc[(10, 85.0), "one set"] == pytest.approx(0.149, abs=0.04)  # nine or ten of ten
    assert sets.loc[(40, 88.0), "one set"] < sets.loc[(10, 88.0), "one set"]
    assert (sets["best of 30"] > sets["one set"]).all()


@needs_data
def test_pairs_give_the_national_moves_of_the_evidence() -> None:
    entry = of_entry(real(), "requires improvement", "year", (2013, 2015))
    found = share_row(entry)
    assert found["good"] == pytest.approx(61.5 + 1.9, abs=1.0)  # rows calc_ofsted_1315_ri_to_*
    assert len(entry) > 5000


@needs_data
def test_nearly_all_schools_below_good_were_seen_again() -> None:
    entered = real().query("after >= 3 and 2013 <= year <= 2016")
    again = real().query("before >= 3 and 2013 <= entered <= 2016")
    assert len(again) / len(entered) > 0.95


@needs_data
def test_inspection_alone_is_near_real_schools_where_it_was_fitted_and_its_misses_are_known() -> None:
    table = by_period(real(), simulated_pairs(2)).set_index(["entry", "period", "phase"])
    of = table.loc["requires improvement"]
    for period in ("next 2013 to 2015", "next 2016 to 2019", "entered 2013 to 2016"):
        assert of.loc[(period, "all"), "model"] == pytest.approx(of.loc[(period, "all"), "good"], abs=6.0)
    primary, secondary = (of.loc[("entered 2013 to 2016", phase)] for phase in ("primary", "secondary"))
    assert primary["good"] - secondary["good"] > 20.0
    assert 0.0 < primary["model"] - secondary["model"] < primary["good"] - secondary["good"]  # too small


@needs_data
def test_what_sort_of_school_it_is_moves_the_share_by_more_than_any_support() -> None:
    table = by_sort(real()).set_index(["entry", "of"])["good"]
    assert table["below good", "voluntary controlled"] - table["below good", "sponsored academy"] > 25.0
    assert table["first as a sponsored academy", "all"] < table["requires improvement", "all"]


@needs_data
def test_some_las_reach_85_and_88_without_any_claim_about_as_many_as_chance_gives() -> None:
    found = spread(of_entry(real(), "requires improvement"))
    assert found.las > 100
    for share in (85.0, 88.0):
        assert found.reached[share] >= 3
        assert found.reached[share] == pytest.approx(found.expected[share], abs=5.0)
    assert found.own_sd < 10.0
