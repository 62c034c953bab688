"""Which schools are open at the end of the year a place starts from."""

from __future__ import annotations

import pytest

from scenarios.errors import BadInput, UnknownName
from tests.places.build.few_tables import (
    built,
    counted,
    ks2,
    ks4,
    link,
    listed,
    published_data,
    really,
    texts,
)

CUMBRIA, CUMBERLAND = 909, 942


def urns(table):
    return list(table.schools.index)


def test_a_school_that_opened_after_the_year_is_left_out():
    table = built(2018, register=[listed(1), listed(2, open_date="2018-09-01")])
    assert urns(table) == [1]


def test_a_school_that_closed_before_the_year_ended_is_left_out():
    shut = listed(2, status="Closed", close_date="2018-03-31")
    assert urns(built(2018, register=[listed(1), shut])) == [1]


def test_a_school_that_closes_with_the_summer_term_was_open_to_the_end_of_the_year():
    shut = listed(2, status="Closed", close_date="2018-07-31")
    assert urns(built(2018, register=[listed(1), shut])) == [1, 2]


def test_a_school_that_closed_in_july_to_become_an_academy_in_august_is_one_school():
    table = built(
        2018,
        register=[
            listed(1, status="Closed", close_date="2018-07-31"),
            listed(140_000, "academy", open_date="2018-08-01"),
        ],
        links=[link(1, 140_000, "Successor", "2018-08-01")],
        ks2=[ks2(1, 2018, 0.6)],
    )
    assert urns(table) == [140_000]
    assert len(table.results.query("measure == 'ks2_rwm_expected'")) == 1


def test_a_school_closed_without_a_date_and_never_seen_is_left_out():
    assert urns(built(2018, register=[listed(1), listed(2, status="Closed")])) == [1]


def test_a_school_proposed_to_open_is_left_out():
    assert urns(built(2018, register=[listed(1), listed(2, status="Proposed to open")])) == [1]


@pytest.mark.parametrize("kind", ["independent", "nursery", "sixth form"])
def test_schools_that_no_place_holds_are_left_out(kind):
    assert urns(built(2018, register=[listed(1), listed(2, kind)])) == [1]


@pytest.mark.parametrize("kind", ["special", "unit", "free", "middle", "all-through"])
def test_every_kind_of_state_school_is_in(kind):
    assert urns(built(2018, register=[listed(1), listed(2, kind)])) == [1, 2]


def test_a_referral_unit_that_only_the_census_knows_is_in_and_says_so():
    table = built(
        2018, register=[listed(1)], census=[counted(1), counted(2, 40.0, type="Pupil referral unit")]
    )
    assert table.schools.loc[2, "phase"] == 4
    assert table.flags.loc[2, "easting"] == 2  # no position: the middle of the LA's schools
    assert table.flags.loc[2, "name"] == 1


def test_a_school_with_results_that_the_register_no_longer_has_was_open_then():
    table = built(2016, register=[listed(1)], ks2=[ks2(1, 2016, 0.5), ks2(2, 2016, 0.6)])
    assert urns(table) == [1, 2]
    assert urns(built(2018, register=[listed(1)], ks2=[ks2(1, 2018, 0.5), ks2(2, 2016, 0.6)])) == [1]


def test_an_academy_newer_than_the_register_is_not_counted_beside_the_school_it_was():
    table = built(
        2018,
        register=[listed(1, estab=2019), listed(2)],
        ks2=[ks2(1, 2017, 0.5, estab=2019), ks2(145_000, 2018, 0.6, estab=2019, type="ACC")],
    )
    assert urns(table) == [2, 145_000]
    assert "the same school" in texts(table, "odd")
    assert table.results.query("urn == 145000 and measure == 'ks2_rwm_expected'")["year"].tolist() == [
        2017,
        2018,
    ]


def test_a_college_with_pupils_of_14_to_16_is_alternative_provision_while_it_has_them():
    college = {"urn": 2, "la_code": 307, "type": "General further education college", "low_age": 16,
               "high_age": 99, "name": "College", "postcode": "W2 1AA"}  # fmt: skip
    rows = {"register": [listed(1)], "information": [college], "ks4": [ks4(2, 2017, 6.4, 70.0)]}
    table = built(2017, **rows)
    school = table.schools.loc[2]
    assert school["phase"] == 4
    assert (school["first_year_group"], school["last_year_group"]) == (10, 11)
    assert school["roll"] == 140.0
    assert table.results.query("urn == 2 and measure == 'ks4_attainment8'")["value"].tolist() == [6.4]
    assert urns(built(2016, **rows)) == [1]


def test_an_independent_school_with_gcses_is_not_taken_for_a_state_school():
    table = built(2018, register=[listed(1)], ks4=[ks4(2, 2018, 60.0, progress8=None)])
    assert urns(table) == [1]


def test_a_school_of_another_la_is_left_out():
    assert urns(built(2018, register=[listed(1), listed(2, la_code=202)])) == [1]


def test_several_las_are_one_table():
    table = built(2018, ["Ealing", 202], register=[listed(1), listed(2, la_code=202)])
    assert dict(table.schools["la_code"]) == {1: 307, 2: 202}


def test_all_is_every_la_with_a_school():
    table = built(2018, "all", register=[listed(1), listed(2, la_code=202), listed(3, la_code=201)])
    assert sorted(table.schools["la_code"]) == [201, 202, 307]


def test_a_former_la_is_built_for_the_years_in_which_it_existed():
    rows = [listed(1, la_code=CUMBRIA, district="Carlisle")]
    assert urns(built(2018, "Cumbria", register=rows)) == [1]
    with pytest.raises(BadInput, match="no longer existed"):
        built(2023, "Cumbria", register=rows)


def test_an_la_that_came_later_is_built_for_earlier_years_from_its_districts():
    rows = [
        listed(1, la_code=CUMBRIA, district="Carlisle"),
        listed(2, la_code=CUMBRIA, district="South Lakeland"),
    ]
    table = built(2018, "Cumberland", register=rows)
    assert urns(table) == [1]
    assert table.schools.loc[1, "la_code"] == CUMBERLAND
    assert "did not exist in 2018" in texts(table, "odd")


def test_a_school_without_a_district_goes_where_its_postcode_goes():
    rows = [
        listed(1, la_code=CUMBRIA, district="Carlisle", postcode="CA1 1AA"),
        listed(2, la_code=CUMBRIA, district="", postcode="CA1 2BB"),
    ]
    assert urns(built(2018, CUMBERLAND, register=rows)) == [1, 2]


def test_cumbria_can_be_built_from_a_register_of_its_successors():
    rows = [listed(1, la_code=942), listed(2, la_code=943), listed(3, la_code=307)]
    assert urns(built(2018, "Cumbria", register=rows)) == [1, 2]


def test_an_la_whose_figures_are_held_back_is_built_where_the_files_have_it():
    table = built(2018, "Bradford", register=[listed(1, la_code=380)], ks2=[ks2(1, 2018, 0.6, la_code=380)])
    assert urns(table) == [1]
    assert "England" in texts(table, "imputed")


def test_an_unknown_la_is_refused_with_the_nearest():
    with pytest.raises(UnknownName) as raised:
        built(2018, "Ealling", register=[listed(1)])
    assert "Ealing" in raised.value.nearest


def test_a_district_is_refused_with_its_la():
    with pytest.raises(BadInput, match="district of Surrey"):
        built(2018, "Guildford", register=[listed(1)])


def test_an_la_without_a_school_in_the_files_is_refused():
    with pytest.raises(BadInput, match="no school of Camden"):
        built(2018, "Camden", register=[listed(1)])


def test_files_without_the_register_are_refused():
    with pytest.raises(BadInput, match="where schools are"):
        built(2018, "Ealing", ks2=[ks2(1, 2018, 0.5, type="Community school")])


def test_ealing_2018_has_the_schools_of_the_next_census_but_the_one_that_opened_in_september():
    table = really("Ealing", 2018)
    census = published_data().tables["census"].query("la_code == 307").set_index("urn")["type"]
    state = census[census.str.contains("State-funded|referral") & ~census.str.contains("nursery")]
    # Ada Lovelace opened in September 2018; two schools became academies between then and the census.
    assert set(state.index) - set(table.schools.index) == {145724, 146265, 146318}
    assert len(set(table.schools.index) - set(state.index)) == 2
    phases = table.schools["phase"].value_counts()
    assert (phases[0], phases[1] + phases[2], phases[3], phases[4]) == (68, 15, 6, 2)


@pytest.mark.slow
def test_nearly_every_school_with_ks2_results_in_england_is_in():
    table = really("all", 2016)
    rows = published_data(whole=True).tables["ks2"].query("year == 2016 and rectype <= 2 and rwm == rwm")
    known = table.results.query("year == 2016 and measure == 'ks2_rwm_expected' and value == value")
    assert len(known) / len(rows) > 0.999
    assert abs(known["pupils"].sum() - rows["pupils"].sum()) / rows["pupils"].sum() < 0.001
