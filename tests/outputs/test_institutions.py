"""Posts, waiting, support and money are said, charted and tabled by payer where a run has them."""

import dataclasses
import json
import re

import pandas as pd
import pytest

from outputs import store
from outputs.charts import make_all
from outputs.errors import BadResults
from outputs.over_time import a_year, change_a_year
from outputs.payers import EVERYONE, payers
from outputs.words import in_words
from tests.experiments.by_hand import MEASURES, institutions


def said(results):
    return " ".join(in_words(results).split())


def test_a_run_says_posts_waits_support_and_money(supported):
    text = said(supported)
    assert "Specialist posts filled: 85.0 per cent of those funded (80 runs in 100:" in text
    assert "Wait for support: 9.0 teaching weeks" in text
    assert "Paid by all funders: 410,000 GBP a year" in text
    assert "Who pays, financial years 2023-24 to 2025-26: LA general fund 100 per cent (5 runs" in text


def test_a_scenario_says_what_it_changes_and_not_what_it_leaves(supported):
    text = said(supported).split("posts, support and money, against As things stand")[1]
    assert "Specialist posts filled: +6.0 percentage points" in text
    assert "Wait for support: -3.0 teaching weeks" in text
    assert "Paid by all funders" not in text


def test_a_payer_of_two_years_in_three_has_the_share_of_what_it_paid_in_all(supported):
    ledger = supported.institutions["ledger"].astype({"from": str, "to": str, "stream": str, "purpose": str})
    keys = ["place", "scenario", "draw", "replicate"]
    ledger = ledger.loc[ledger["scenario"] == "baseline"]
    runs = ledger.drop_duplicates(keys)
    whole = (
        payers(supported).query("scenario == 'baseline' and payer == @EVERYONE and whole_year")["gbp"].sum()
    )
    once = runs.assign(
        **{"from": "a foundation", "stream": "philanthropy", "purpose": "award", "amount_gbp": whole},
        financial_year="2024-25",
    )
    tables = {**supported.institutions, "ledger": pd.concat([ledger, once], ignore_index=True)}
    text = said(dataclasses.replace(supported, institutions=tables))
    assert "LA general fund 50 per cent; philanthropy 50 per cent" in text


def test_a_difference_within_two_errors_of_nothing_is_not_said_as_if_it_were_one(supported):
    table = supported.trajectories.copy()
    rows = (table["measure"] == "cases_completed") & (table["scenario"] == "tutoring")
    noise = table.loc[rows, "draw"].map(lambda draw: -10.0 if draw % 2 else 10.0)
    table.loc[rows, "value"] += noise.to_numpy(float) - 1.6
    text = said(dataclasses.replace(supported, trajectories=table))
    assert "Support completed: no clear difference." in text


def test_years_without_a_partnership_have_no_wait_and_are_said_to_have_none(supported):
    table = supported.trajectories.copy()
    late = (table["scenario"] == "tutoring") & (table["year"] > 2025)
    table.loc[late & table["measure"].isin(["support_wait_weeks", "posts_filled"]), "value"] = float("nan")
    without = dataclasses.replace(supported, trajectories=table)
    change = change_a_year(without, "testshire", "tutoring", "baseline", "support_wait_weeks")
    assert change.mean == pytest.approx(MEASURES["support_wait_weeks"][1])
    text = said(without)
    assert re.search(
        r"Wait for support: -3\.0 teaching weeks.* \(in 2 of \d+ years; no figure in the others\)", text
    )
    assert "years; no figure" not in said(supported)


def test_how_schools_stand_together_is_said_apart_from_money(supported):
    levels, changes = said(supported).split("schools together, inspected and governed, against")
    of_schools = levels.split("Schools together, inspected and governed")[1]
    assert "Schools in membership: 69.9 schools" in of_schools
    assert "Isolated schools: +4.0 schools" in changes
    assert "Schools in membership" not in changes


def test_nothing_is_said_or_drawn_of_institutions_where_there_are_none(compared):
    assert "Posts, support and money" not in said(compared)
    assert not any(chart.name == "chart_support" for chart in make_all(compared))
    assert payers(compared).empty


def test_differences_are_paired_run_by_run(supported):
    level = a_year(supported, "testshire", "baseline", "support_wait_weeks")
    change = change_a_year(supported, "testshire", "tutoring", "baseline", "support_wait_weeks")
    assert level.error > 0
    assert change.mean == pytest.approx(MEASURES["support_wait_weeks"][1])
    assert change.error == pytest.approx(0, abs=1e-9)
    assert a_year(supported, "testshire", "baseline", "reserves_months") is None


def test_payers_add_up_to_the_ledger_by_financial_year(supported):
    table = payers(supported)
    rows = table.loc[(table["scenario"] == "tutoring") & (table["payer"] != EVERYONE)].set_index("year")
    assert rows.loc["2026-27", "gbp"] == pytest.approx(100_000.01)
    assert rows.loc["2025-26", "gbp"] == pytest.approx(102_500.01)
    assert set(table["runs"]) == {5}
    money = institutions(True).ledger
    before = money.pence[money.week < 13 * -1].sum()  # before April of year 0: not of the projection
    assert rows["gbp"].sum() == pytest.approx((money.pence.sum() - before) / 100)
    assert list(rows["whole_year"]) == [*[True] * 8, False]


def test_money_that_comes_back_to_a_funder_counts_as_less(supported):
    ledger = supported.institutions["ledger"].astype({"from": str, "to": str, "purpose": str})
    first = ledger.iloc[[0]]
    back = first.assign(
        **{"from": first["to"], "to": first["from"], "purpose": "clawback", "amount_gbp": 3.0}
    )
    tables = {**supported.institutions, "ledger": pd.concat([ledger, back], ignore_index=True)}
    less = payers(dataclasses.replace(supported, institutions=tables))
    keys = ["scenario", "year", "payer"]
    change = payers(supported).set_index(keys)["gbp"] - less.set_index(keys)["gbp"]
    assert change.abs().sum() == pytest.approx(0, abs=0.02)  # before the projection
    later = back.assign(financial_year="2024-25")
    tables["ledger"] = pd.concat([ledger, later], ignore_index=True)
    less = payers(dataclasses.replace(supported, institutions=tables))
    change = payers(supported).set_index(keys)["gbp"] - less.set_index(keys)["gbp"]
    assert change.loc["baseline", "2024-25", EVERYONE] == pytest.approx(3.0 / 5)


def test_targeted_help_is_paid_by_the_centre_and_counts(supported):
    ledger = supported.institutions["ledger"].astype({"from": str, "to": str, "stream": str, "purpose": str})
    help_ = ledger.iloc[[0]].assign(
        **{"from": "DfE, regional improvement", "to": "supporting organisations", "purpose": "targeted help"},
        stream="time-limited DfE fund", amount_gbp=5.0, financial_year="2024-25",
    )  # fmt: skip
    tables = {**supported.institutions, "ledger": pd.concat([ledger, help_], ignore_index=True)}
    rows = payers(dataclasses.replace(supported, institutions=tables)).set_index(
        ["scenario", "year", "payer"]
    )
    assert rows.loc[("baseline", "2024-25", "time-limited DfE fund"), "gbp"] == pytest.approx(5.0 / 5)


def test_without_a_ledger_all_payers_are_tabled_from_the_measures(supported_alone):
    table = payers(supported_alone)
    assert set(table["payer"]) == {EVERYONE}
    assert set(table["clock"]) == {"academic"}
    assert list(table["gbp"]) == [410_000.0] * len(table)
    assert "2023/24" in set(table["year"])


def test_the_chart_says_its_finding_and_describes_itself(supported):
    chart = next(chart for chart in make_all(supported) if chart.name == "chart_support")
    assert "6.0 points more posts filled and waits 3.0 weeks shorter" in chart.alt
    assert set(chart.data["panel"]) == {"Specialist posts filled", "Weeks waited for support"}
    assert chart.data["low_80"].notna().all()
    assert chart.data["year"].min() == 2024


def test_tables_come_back_as_they_were_stored(supported, supported_folder):
    again = store.load(supported_folder)
    assert set(again.institutions) == {"posts", "cases", "ledger", "events"}
    for name, table in supported.institutions.items():
        pd.testing.assert_frame_equal(
            again.institutions[name].astype(str), table.astype(str), check_dtype=False
        )
    manifest = json.loads((supported_folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["detail"] == {
        "schools": "every run",
        "institutions": "some",
        "institutions_draws": [1, 2, 3, 4, 5],
        "institutions_replicates": [1],
    }


def test_a_folder_with_such_tables_may_be_replaced_and_one_that_lacks_a_table_is_refused(supported, tmp_path):
    out = tmp_path / "r"
    store.save(supported, out, charts=True)
    store.save(supported, out, overwrite=True, charts=False)
    (out / "cases.parquet").unlink()
    with pytest.raises(BadResults, match=r"cases\.parquet.*missing"):
        store.load(out)


def test_a_run_without_record_of_institutions_keeps_schools_alone(supported_alone, tmp_path):
    store.save(supported_alone, tmp_path / "r", charts=False)
    again = store.load(tmp_path / "r")
    assert again.institutions == {}
    assert again.manifest["detail"]["institutions"] == "none"
    assert {"school", "la"} <= set(again.schools.columns)
