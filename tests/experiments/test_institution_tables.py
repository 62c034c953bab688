"""What institutions leave is kept through an interruption and read as dates, names and pounds."""

import dataclasses
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from experiments.compare import compare_over_years
from experiments.institution_columns import stacked
from experiments.institution_tables import cases, institution_tables
from experiments.jobs import SOME_DRAWS, pairs_in_detail
from experiments.parts import load, save
from experiments.run import execute
from experiments.tables import trajectories
from experiments.term_dates import academic_years, dates, day_of_week, financial_years, first_day
from model.institution_record import LedgerRows, joined
from model.terms import WEEKS_A_TERM, academic_year, financial_year
from tests.experiments.by_hand import MEASURES, institutions, ints, simulate_with_institutions
from tests.experiments.tiny import tiny_place


@pytest.fixture
def tables(make_plan):
    plan = make_plan(draws=3, replicates=1, detail=True)
    return institution_tables(execute(plan, simulate=simulate_with_institutions))


def run_of(table, scenario, draw=1):
    return table.loc[(table["scenario"] == scenario) & (table["draw"] == draw)].reset_index(drop=True)


def test_terms_begin_on_mondays_in_september_january_and_april():
    assert first_day(0, 2023) == date(2023, 9, 4)
    assert first_day(1, 2023) == date(2024, 1, 1)
    assert first_day(2, 2023) == date(2024, 4, 8)
    assert first_day(-3, 2023) == date(2022, 9, 5)


def test_every_teaching_week_falls_in_its_own_academic_and_financial_year_and_weeks_go_forward():
    days = [(week, day_of_week(week, 2023)) for week in range(-13 * 15, 13 * 3 * 30)]
    for week, day in days:
        term = week // WEEKS_A_TERM
        assert academic_year(term, 2023) == day.year + (day.month >= 9)
        assert financial_year(term, 2023) == day.year + (day.month >= 4)
    assert all(later[1] > earlier[1] for earlier, later in pairwise(days))


def test_years_are_written_as_schools_and_councils_write_them():
    assert list(academic_years([0, 2, 3], 2023)) == ["2023/24", "2023/24", "2024/25"]
    assert list(financial_years([0, 2, 3], 2023)) == ["2023-24", "2024-25", "2024-25"]
    assert list(academic_years([], 2023)) == []


def test_a_stage_that_did_not_come_has_no_date():
    found = dates([0.0, np.nan, 0.5], 2023)
    assert list(pd.isna(found)) == [False, True, False]
    assert found[2] - found[0] == np.timedelta64(3, "D")


def without_partnership_from_year_2(place, levers, parameters, **settings):
    """The tiny model whose partnership ends under a scenario after a year."""
    record = simulate_with_institutions(place, levers, parameters, **settings)
    if not levers.programmes:
        return record
    values = record.values.copy()
    values[2:, [column.measure in MEASURES for column in record.columns]] = 0.0
    return dataclasses.replace(record, values=values)


def test_a_year_without_partnership_has_no_wait_rather_than_a_short_one(make_plan):
    table = trajectories(execute(make_plan(draws=2), simulate=without_partnership_from_year_2))
    told = (
        table.loc[table["scenario"] == "tutoring"].groupby(["measure", "year"], observed=True)["value"].mean()
    )
    for measure in ("support_wait_weeks", "posts_filled", "la_income_share"):
        assert list(told[measure].isna()) == [False, False, *[True] * (len(told[measure]) - 2)]
    assert told["members"].notna().all()
    assert (told["spend"].iloc[2:] == 0).all()
    over = compare_over_years(table)
    assert "support_wait_weeks" not in set(over["measure"])
    assert "members" in set(over["measure"])


def test_money_is_kept_to_the_penny(tables):
    rows = run_of(tables["ledger"], "tutoring")
    pence = [round(100 * amount) for amount in rows["amount_gbp"]]
    assert sum(pence) == institutions(True).ledger.pence.sum()
    assert list(rows["financial_year"][:4]) == ["2022-23", "2022-23", "2023-24", "2023-24"]
    assert set(rows["from"]) == {"LA general fund, Testshire"}
    assert set(rows["purpose"]) == {"award", "school spending"}


def test_a_case_names_its_school_and_says_how_long_it_waited(tables):
    rows = run_of(tables["cases"], "baseline")
    first = rows.iloc[0]
    assert (first["urn"], first["school"], first["la"]) == (900001, "First", "Testshire")
    assert (first["domain"], first["academic_year"]) == ("early language", "2024/25")
    assert first["weeks_waited"] == 11.0
    assert first["identified"] == pd.Timestamp(2024, 9, 2)
    assert pd.isna(rows.iloc[1]["matched"])
    assert pd.isna(rows.iloc[1]["weeks_waited"])


def test_a_case_of_another_broker_is_told_apart_and_may_have_no_domain():
    def column(name):
        found = getattr(told, name)
        return pd.Categorical(found) if isinstance(found, tuple) else found

    place, whole = tiny_place(), institutions(True).cases
    first = dataclasses.replace(
        whole, **{f.name: getattr(whole, f.name)[:1] for f in dataclasses.fields(whole)}
    )
    other = dataclasses.replace(first, broker=("RISE",), offer_domain=ints(-1), displaced=np.array([0.5]))
    told = joined(first, other)
    rows = cases(column, place)
    assert list(rows["case"]) == ["900001-0-3", "900001-RISE-3"]
    assert list(rows["broker"]) == ["partnership", "RISE"]
    assert rows.loc[0, "domain"] == "early language" and pd.isna(rows.loc[1, "domain"])
    assert list(rows["displaced"]) == [0.0, 0.5]


def test_the_same_case_has_the_same_name_in_every_scenario(tables):
    assert list(run_of(tables["cases"], "baseline")["case"]) == list(
        run_of(tables["cases"], "tutoring")["case"]
    )


def test_a_post_says_who_held_it_from_when_to_when_on_how_long_an_award(tables):
    rows = run_of(tables["posts"], "baseline")
    therapist = rows.loc[rows["kind"] == "speech and language therapist"].reset_index()
    assert list(therapist["holder"]) == [1, 2]
    assert list(therapist["award_years"]) == [2.0, 1.0]
    assert therapist.loc[0, "reason"] == "funding ended"
    assert str(therapist.loc[0, "to_date"].date()) == "2025-07-18"
    permanent = rows.loc[rows["kind"] == "attendance officer", "award_years"]
    assert permanent.isna().all()


def test_an_event_of_the_whole_partnership_names_no_school(tables):
    rows = run_of(tables["events"], "baseline")
    assert list(rows["urn"].isna()) == [True, True, False]
    assert list(rows["school"].isna()) == [True, True, False]
    assert rows.loc[2, "school"] == "First"
    assert rows.loc[2, "urn"] == 900001


def test_some_detail_is_the_first_replicate_of_the_first_draws(make_plan):
    plan = make_plan(draws=SOME_DRAWS + 4, replicates=2, detail=True, institutions="some")
    finished = execute(plan, simulate=simulate_with_institutions)
    cases = institution_tables(finished)["cases"]
    assert set(cases["draw"]) == set(range(1, SOME_DRAWS + 1))
    assert set(cases["replicate"]) == {1}
    assert set(cases["scenario"]) == {"baseline", "tutoring"}
    assert len(pairs_in_detail(plan)) == SOME_DRAWS
    assert not pairs_in_detail(dataclasses.replace(plan, detail=False))


def test_a_run_without_institutions_has_no_such_tables(make_plan, simulate):
    assert institution_tables(execute(make_plan(draws=1, detail=True), simulate=simulate)) == {}
    plain = execute(make_plan(draws=1), simulate=simulate_with_institutions)
    assert institution_tables(plain) == {}


def test_a_run_that_was_interrupted_gives_the_same_tables(make_plan, tmp_path):
    plan = make_plan(draws=4, replicates=1, detail=True)
    once = institution_tables(execute(plan, simulate=simulate_with_institutions))
    execute(plan, simulate=simulate_with_institutions, parts=tmp_path)
    resumed = execute(plan, simulate=None, parts=tmp_path)
    assert resumed.reused == len(plan.rows)
    for name, table in institution_tables(resumed).items():
        pd.testing.assert_frame_equal(table, once[name])


def test_a_part_keeps_institutions_as_they_were(make_plan, tmp_path):
    part = execute(make_plan(draws=1, detail=True), simulate=simulate_with_institutions).parts[0]
    save(part, tmp_path / "part.npz")
    again = load(tmp_path / "part.npz")
    assert again.institutions.keys() == part.institutions.keys()
    for name, values in part.institutions.items():
        np.testing.assert_array_equal(again.institutions[name], values)


def test_accounts_of_different_records_are_told_apart_by_name():
    def paid(accounts, payer):
        rows = LedgerRows(
            week=ints(0), payer=ints(payer), payee=ints(0), pence=np.array([5]), stream=ints(0),
            purpose=ints(0), accounts=accounts, streams=("s",), purposes=("award",),
        )  # fmt: skip
        return dataclasses.replace(institutions(True), ledger=rows)

    found = stacked([paid(("schools", "health"), 1), None, paid(("schools", "DfE", "health"), 2)])
    names = found["ledger.payer.names"][found["ledger.payer"]]
    assert list(names) == ["health", "health"]
    assert list(found["ledger.row"]) == [0, 2]
