"""Year 0 is as published, and what is not is said."""

from __future__ import annotations

import pandas as pd
import pytest

from calibration.plans import sampler
from calibration.year0_check import errors_of, summary


@pytest.fixture(scope="module")
def ealing() -> pd.DataFrame:
    return errors_of("ealing", sampler().parameters(0)).set_index(["measure", "group"])


@pytest.mark.parametrize(
    ("measure", "most"), [("ks2_rwm_expected", 0.5), ("ks4_attainment8", 0.1)], ids=["KS2", "KS4"]
)
@pytest.mark.parametrize("group", ["disadvantaged", "other", "gap"])
def test_ealing_starts_from_its_published_results(
    ealing: pd.DataFrame, measure: str, group: str, most: float
) -> None:
    row = ealing.loc[(measure, group)]
    assert row["simulated"] == pytest.approx(row["published"], abs=most)


@pytest.mark.parametrize(
    "label",
    ["disadvantaged, Year 6", "disadvantaged, Year 11", "fsm6, primary", "fsm_now, secondary"],
)
def test_ealing_has_as_many_labelled_pupils_as_published(ealing: pd.DataFrame, label: str) -> None:
    row = ealing.loc[("share", label)]
    assert row["simulated"] == pytest.approx(row["published"], abs=2.0)


def test_figures_that_no_source_publishes_for_the_place_are_not_compared() -> None:
    found = errors_of("cumberland", sampler().parameters(0))
    assert "absence" not in set(found["measure"])
    assert not found[found["measure"] == "share"].empty


def test_the_summary_names_the_place_with_the_largest_error() -> None:
    rows = [
        ("one", "m", "g", 50.0, 50.5),
        ("two", "m", "g", 50.0, 47.0),
        ("three", "m", "g", 50.0, float("nan")),
    ]
    found = summary(pd.DataFrame(rows, columns=["place", "measure", "group", "published", "simulated"])).iloc[
        0
    ]
    assert (found["LAs"], found["where"]) == (2, "two")
    assert found["largest |error|"] == 3.0
    assert found["median |error|"] == 1.75
    assert found["mean error"] == -1.25
