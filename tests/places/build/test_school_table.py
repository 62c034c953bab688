"""The table of a place's schools: facts, results and figures, every cell with its flag."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from model.place import Phase
from scenarios.places import table as embedded
from scenarios.places.build.school_table import COLUMNS
from tests.places.build.few_tables import (
    built,
    counted,
    ks2,
    ks4,
    listed,
    published_data,
    really,
    result,
    same,
    texts,
)

TEN = (202, 211, 307, 309, 330, 373, 856, 909, 919, 936)


def test_every_cell_has_a_flag_and_every_flag_a_cell():
    table = built(2018, register=[listed(1), listed(2, "secondary")], census=[counted(1)])
    assert list(table.schools.columns) == list(table.flags.columns) == list(COLUMNS)
    empty = table.schools.isna() | (table.schools == "")
    assert (empty == (table.flags == -1)).all(axis=None)
    assert table.flags.isin([-1, 0, 1, 2]).all(axis=None)


def test_whatever_is_imputed_is_said():
    table = built(2018, register=[listed(1), listed(2, "secondary")], census=[counted(1)])
    for column in COLUMNS:
        if (table.flags[column] >= 1).any():
            assert table.how.get(column), column


@pytest.mark.parametrize(
    ("kind", "phase", "first", "last"),
    [
        ("primary", Phase.PRIMARY, 0, 6),
        ("infant", Phase.PRIMARY, 0, 2),
        ("junior", Phase.PRIMARY, 3, 6),
        ("middle", Phase.SECONDARY, 5, 8),
        ("secondary", Phase.SECONDARY, 7, 11),
        ("all-through", Phase.ALL_THROUGH, 0, 11),
        ("special", Phase.SPECIAL, 0, 11),
        ("unit", Phase.ALTERNATIVE_PROVISION, 7, 11),
    ],
)
def test_ages_give_phase_and_year_groups(kind, phase, first, last):
    row = built(2018, register=[listed(1, kind)]).schools.loc[1]
    assert (row["phase"], row["first_year_group"], row["last_year_group"]) == (phase, first, last)


def test_a_middle_school_is_what_the_register_deems_it():
    row = listed(1, low_age=8, high_age=12, phase="Middle deemed secondary")
    assert built(2018, register=[row]).schools.loc[1, "phase"] == Phase.SECONDARY
    assert built(2018, register=[{**row, "phase": ""}]).schools.loc[1, "phase"] == Phase.PRIMARY


def test_a_statutory_low_age_of_five_includes_reception():
    assert built(2018, register=[listed(1, low_age=5)]).schools.loc[1, "first_year_group"] == 0


def test_the_roll_is_that_of_the_census_nearest_to_the_year():
    rolls = [counted(1, 300.0, year=2017), counted(1, 310.0, year=2018), counted(1, 330.0, year=2019)]
    table = built(2018, register=[listed(1, pupils=390.0)], census=rolls)
    assert table.schools.loc[1, "roll"] == 310.0
    assert table.flags.loc[1, "roll"] == 0


def test_a_roll_of_four_years_later_is_used_and_flagged():
    table = built(2018, register=[listed(1, pupils=390.0, inspected_on="2022-05-01")])
    assert table.schools.loc[1, "roll"] == 390.0
    assert table.flags.loc[1, "roll"] == 1
    assert "4 years" in table.how["roll"]


def test_a_school_without_a_roll_has_that_of_its_test_cohort():
    table = built(
        2018, register=[listed(1), listed(2, pupils=None, capacity=None)], ks2=[ks2(2, 2018, 0.5, 30.0)]
    )
    assert table.schools.loc[2, "roll"] == 210.0
    assert table.flags.loc[2, "roll"] == 1


def test_sixth_form_and_nursery_are_not_counted_to_year_11():
    rows = [listed(1, low_age=3), listed(2, "secondary", high_age=18), listed(3)]
    schools = built(2018, register=rows).schools
    assert schools.loc[1, "roll_r11"] < 400.0
    assert schools.loc[2, "roll_r11"] < 400.0
    assert schools.loc[3, "roll_r11"] == 400.0


def offers(urn, year, offered, **more):
    row = {"urn": urn, "year_of_entry": year, "la_code": 307, "places_offered": offered,
           "first_preferences": 30.0, "offers_to_other_la": 3.0}  # fmt: skip
    return {**row, **more}


def test_entry_places_are_the_offers_of_the_last_three_entries():
    rows = [offers(1, 2016, 58.0), offers(1, 2017, 60.0), offers(1, 2018, 62.0), offers(1, 2019, 90.0)]
    table = built(2018, register=[listed(1)], admissions=rows)
    assert table.schools.loc[1, "entry_places"] == 60.0
    assert same(table.schools.loc[1, "preference_ratio"], 30.0 / 62.0)


def test_offers_that_cannot_be_this_schools_year_group_are_not_used():
    table = built(2018, register=[listed(1)], admissions=[offers(1, 2018, 300.0)])
    assert same(table.schools.loc[1, "entry_places"], 400.0 / 7.0)
    assert "places offered" in texts(table, "odd")


def test_an_all_through_school_shares_its_roll_over_two_entries():
    rows = [offers(1, 2018, 60.0, intake=1), offers(1, 2018, 120.0, intake=2)]
    school = built(2018, register=[listed(1, "all-through", pupils=1_320.0)], admissions=rows).schools.loc[1]
    assert same(school["places_year_7"], 2.0 * school["entry_places"])
    assert same(7 * school["entry_places"] + 5 * (school["entry_places"] + school["places_year_7"]), 1_320.0)


def test_a_special_school_is_placed_by_its_postcode():
    special = listed(2, "special", postcode="W2 1ZZ", easting=None, northing=None, lsoa="")
    near = listed(3, postcode="W2 1AB", easting=514_000.0)
    table = built(2018, register=[listed(1, postcode="W9 9AA"), near, special])
    assert table.schools.loc[2, "easting"] == 514_000.0
    assert table.flags.loc[2, "easting"] == 1


def test_no_inspection_after_the_year_is_known():
    rows = [
        {"urn": 1, "date": "2017-01-01", "rating": "Good"},
        {"urn": 1, "date": "2019-01-01", "rating": "Inadequate"},
    ]
    table = built(2018, register=[listed(1)], inspections=rows)
    assert table.schools.loc[1, "inspection_rating"] == "Good"


def test_the_last_two_inspections_are_kept_and_those_of_an_earlier_number_are_flagged():
    rows = [
        {"urn": 1, "date": "2009-01-01", "rating": "Inadequate"},
        {"urn": 1, "date": "2012-01-01", "rating": "Satisfactory"},
        {"urn": 1, "date": "2017-01-01", "rating": "Good"},
        {"urn": 2, "date": "2017-06-01", "rating": "Outstanding"},
    ]
    listing = listed(1, inspected_on="2017-01-01")  # the register has the last one too: it counts once
    schools = built(2018, register=[listing, listed(2)], inspections=rows).schools
    assert (schools.loc[1, "inspection_rating"], schools.loc[1, "former_rating"]) == ("Good", "Satisfactory")
    assert schools.loc[1, "former_inspected_on"] == pd.Timestamp("2012-01-01")
    assert schools.loc[2, "former_rating"] == ""
    assert pd.isna(schools.loc[2, "former_inspected_on"])


def test_no_result_and_no_la_figure_after_the_year_is_in_the_table():
    table = built(2017, register=[listed(1)], ks2=[ks2(1, year, 0.6) for year in (2016, 2017, 2018, 2019)])
    assert table.results["year"].max() == 2017
    assert table.las.index.get_level_values("year").max() == 2017


def test_a_result_that_changes_after_the_year_changes_nothing():
    rows = [ks2(1, 2017, 0.6), ks2(1, 2018, 0.7)]
    other = [ks2(1, 2017, 0.6), ks2(1, 2018, 0.2, disadvantaged=25.0)]
    one = built(2017, register=[listed(1)], ks2=rows, census=[counted(1)])
    two = built(2017, register=[listed(1)], ks2=other, census=[counted(1)])
    pd.testing.assert_frame_equal(one.schools, two.schools)
    pd.testing.assert_frame_equal(one.results, two.results)
    pd.testing.assert_frame_equal(one.las, two.las)


def test_a_suppressed_result_keeps_its_code_and_holds_no_number():
    rows = [ks2(1, 2018, np.nan, 4.0, rwm_code="SUPP"), ks2(2, 2018, 0.6, rwm_code="")]
    table = built(2018, register=[listed(1), listed(2)], ks2=rows)
    hidden = result(table, 1, 2018)
    assert np.isnan(hidden.value)
    assert hidden.code == "SUPP"


def test_disadvantaged_pupils_are_those_counted_in_the_tests():
    table = built(2018, register=[listed(1)], ks2=[ks2(1, 2018, 0.6, 40.0, disadvantaged=10.0)])
    assert table.schools.loc[1, "disadvantaged_share"] == 0.25
    assert table.flags.loc[1, "disadvantaged_share"] == 0


def test_where_nobody_counted_them_the_schools_add_up_to_the_la():
    rows = [listed(urn) for urn in range(1, 9)]
    census = [counted(urn, 400.0, 0.05 * urn) for urn in range(1, 9)]
    table = built(2018, register=rows, census=census)
    from scenarios.places.disadvantage import disadvantaged_shares

    la = disadvantaged_shares(table.las.loc[[307]].droplevel("la_code"), 2018)[0]
    assert np.isclose(table.schools["disadvantaged_share"].mean(), la, atol=1e-6)
    assert table.schools["disadvantaged_share"].is_monotonic_increasing
    assert (table.flags["disadvantaged_share"] == 1).all()


def test_a_suppressed_count_of_disadvantaged_pupils_is_small():
    row = ks2(1, 2018, 0.6, 50.0, disadvantaged=np.nan, disadvantaged_code="SUPP")
    table = built(2018, register=[listed(1)], ks2=[row], census=[counted(1, 400.0, 0.6)])
    assert table.schools.loc[1, "disadvantaged_share"] <= 0.1


def test_la_figures_come_from_the_files_before_the_embedded_table():
    indicators = [{"la_code": 307, "year": 2018, "ks2_rwm_all": 12.0}]
    table = built(2018, register=[listed(1)], indicators=indicators)
    figures = table.las.loc[(307, 2018)]
    assert figures["ks2_rwm_all"] == 12.0
    assert figures["a8_all"] == embedded.indicators(307).loc[2018, "a8_all"]
    assert list(table.las.columns) == list(embedded.england().columns)


def test_an_la_row_of_the_results_stands_in_where_no_indicator_is_published():
    rows = [ks2(1, 2018, 0.6, la_code=380), ks2(-1, 2018, 0.57, 7000.0, rectype=3, la_code=380)]
    table = built(2018, 380, register=[listed(1, la_code=380)], ks2=rows)
    figures = table.las.loc[(380, 2018)]
    assert same(figures["ks2_rwm_all"], 57.0)
    assert "ks2_rwm_all" not in figures["imputed"].split(";")


def test_an_la_of_which_nothing_is_published_is_what_its_schools_add_up_to():
    table = built(
        2018,
        380,
        register=[listed(1, la_code=380), listed(2, "secondary", la_code=380)],
        ks2=[ks2(1, 2018, 0.5, la_code=380)],
        census=[counted(1, 400.0, 0.4)],
    )
    figures, england = table.las.loc[(380, 2018)], embedded.england().loc[2018]
    assert same(figures["ks2_rwm_all"], 50.0)
    assert same(figures["fsm6_primary"], 40.0)
    gap = figures["ks2_rwm_other"] - figures["ks2_rwm_disadvantaged"]
    assert same(gap, england["ks2_rwm_other"] - england["ks2_rwm_disadvantaged"])
    assert {"ks2_rwm_all", "ks2_rwm_disadvantaged", "fsm6_primary"} <= set(figures["imputed"].split(";"))


def test_results_of_another_year_look_odd():
    register = [listed(urn) for urn in range(1, 6)]
    rows = [ks2(urn, 2018, 0.55) for urn in range(1, 6)]  # Ealing's figure of 2016; 68 in 2018
    table = built(2018, register=register, ks2=rows)
    assert "another year" in texts(table, "odd")


def test_a_cohort_larger_than_the_school_looks_odd():
    table = built(2018, register=[listed(1)], census=[counted(1, 100.0)], ks2=[ks2(1, 2018, 0.6, 160.0)])
    assert "more pupils in a test cohort than on roll" in texts(table, "odd")


def test_rolls_that_contradict_each_other_look_odd():
    table = built(
        2018, register=[listed(1, pupils=900.0, inspected_on="2018-06-01")], census=[counted(1, 300.0)]
    )
    assert "rolls of register and census" in texts(table, "odd")


def test_the_order_of_rows_changes_nothing():
    rows = {
        "register": [listed(urn, kind) for urn, kind in enumerate(("primary", "secondary", "special"), 1)],
        "census": [counted(urn, 100.0 * urn) for urn in (1, 2, 3)],
        "ks2": [ks2(1, year, 0.5 + year / 10_000) for year in (2016, 2017, 2018)],
    }
    turned = {name: list(reversed(content)) for name, content in rows.items()}
    one, two = built(2018, **rows), built(2018, **turned)
    pd.testing.assert_frame_equal(one.schools, two.schools)
    pd.testing.assert_frame_equal(one.results, two.results)
    assert one.how == two.how


def test_tables_of_another_year_are_said_to_stand_in():
    table = built(2018, register=[listed(1)], census=[counted(1, year=2019)])
    assert "census: figures of 2019 stand in for 2018" in texts(table, "imputed")


def test_an_la_without_disadvantaged_pupils_is_a_table():
    table = built(
        2018, register=[listed(1), listed(2)], census=[counted(1, 400.0, 0.0), counted(2, 400.0, 0.0)]
    )
    assert (table.schools["disadvantaged_share"] < 0.01).all()


def test_one_school_alone_is_a_table():
    table = built(2018, register=[listed(1, pupils=None, capacity=None, fsm_percent=None)])
    assert len(table.schools) == 1
    assert table.results.empty


def test_counts_say_what_each_source_gave():
    table = built(
        2018,
        register=[listed(1), listed(2), listed(3, "secondary")],
        census=[counted(1)],
        ks2=[ks2(1, 2018, 0.6), ks2(2, 2017, 0.6)],
        ks4=[ks4(3, 2018, 48.0)],
    )
    assert table.counts["register"]["matched"] == 3
    assert table.counts["census"] == {"read": 1, "matched": 1, "missing": 2, "imputed": 2}
    assert table.counts["ks2"]["matched"] == 1
    assert table.counts["ks2"]["missing"] == 1


@pytest.mark.parametrize("year", [2016, 2017, 2018])
def test_schools_by_pupils_have_the_published_result_of_each_la(year):
    table = really(TEN, year)
    rows = table.results.query("year == @year and group == 'all'").dropna(subset=["value", "pupils"])
    rows = rows.assign(la_code=rows["urn"].map(table.schools["la_code"]))
    for measure, column, unit, allowed in (
        ("ks2_rwm_expected", "ks2_rwm_all", 100.0, 1.0),
        ("ks4_attainment8", "a8_all", 1.0, 1.7),  # small special schools are suppressed
    ):
        for la in TEN:
            of = rows[(rows["measure"] == measure) & (rows["la_code"] == la)]
            mean = np.average(of["value"], weights=of["pupils"]) * unit
            assert abs(mean - table.las.loc[(la, year), column]) < allowed, (la, measure, mean)


def test_a_school_without_any_figure_has_the_rates_of_its_la():
    table = built(2018, register=[listed(1, fsm_percent=None)])
    assert same(table.schools.loc[1, "fsm6_share"], table.las.loc[(307, 2018), "fsm6_primary"] / 100.0)
    assert table.flags.loc[1, "fsm6_share"] == 1
    assert 0.0 < table.schools.loc[1, "disadvantaged_share"] < 1.0


def test_a_school_of_ealing_that_converted_in_2019_is_still_maintained_in_2018():
    table = really("Ealing", 2018)
    register = published_data().tables["register"].set_index("urn")
    later = register.query("la_code == 307 and open_date > '2018-08-31'").index
    assert len(later) > 0
    assert not set(later) & set(table.schools.index)
    links = published_data().tables["links"]
    before = links[links["urn"].isin(later) & (links["link_type"] == "Predecessor")]["link_urn"].astype(int)
    converted = table.schools.loc[[urn for urn in before if urn in table.schools.index]]
    assert len(converted) >= 2
    assert (converted["category"] < 4).any()
    assert (converted["trust_uid"] == "").any()
