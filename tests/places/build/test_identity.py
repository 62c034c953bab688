"""A school keeps its past when its number changes."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.places.build.identity import MOST_STEPS, lineage
from tests.places.build.few_tables import built, few, ks2, ks4, link, listed, result

NONE = pd.Index([], dtype="int64")
OLD, NEW = 102_000, 140_000
CONVERTED = {
    "register": [listed(NEW, "academy", open_date="2017-04-01")],
    "links": [
        link(NEW, OLD, "Predecessor", "2017-03-31"),
        link(OLD, NEW, "Successor", "2017-03-31"),
    ],
}


def edges(*rows, closed=NONE):
    return lineage(few(links=list(rows)).tables["links"], closed)


def kin_of(urns, *rows):
    found = edges(*rows).kin(pd.Index(urns, name="urn"))
    return {(row.urn, row.other): row.direction for row in found.itertuples()}


def test_a_link_and_its_mirror_image_are_one_edge():
    found = edges(link(NEW, OLD, "Predecessor", "2017-03-31"), link(OLD, NEW, "Successor", "2017-03-31"))
    assert found.edges[["earlier", "later"]].to_numpy().tolist() == [[OLD, NEW]]


def test_the_date_1900_stands_for_unknown():
    assert edges(link(NEW, OLD, "Predecessor", "1900-01-01")).edges["date"].isna().all()


def test_sixth_form_centres_are_no_lineage_and_are_counted():
    found = edges(link(NEW, OLD, "Sixth Form Centre Link"))
    assert found.edges.empty
    assert found.left_out.sum() == 1


def test_a_school_linked_to_itself_has_no_edge():
    assert edges(link(OLD, OLD, "Successor")).edges.empty


def test_of_two_schools_that_each_follow_the_other_the_closed_one_came_first():
    rows = (link(OLD, NEW, "Successor"), link(NEW, OLD, "Successor"))
    found = edges(*rows, closed=pd.Index([NEW]))
    assert found.edges[["earlier", "later"]].to_numpy().tolist() == [[NEW, OLD]]


def test_a_school_is_followed_through_two_conversions():
    rows = (link(2, 1, "Predecessor"), link(3, 2, "Predecessor"))
    assert kin_of([3], *rows) == {(3, 3): 0, (3, 2): -1, (3, 1): -1}


def test_lineage_stops_at_a_school_that_is_itself_open():
    rows = (link(2, 1, "Predecessor"), link(3, 2, "Predecessor"))
    assert (3, 1) not in kin_of([2, 3], *rows)


def test_links_in_a_circle_end():
    rows = (link(1, 2, "Successor"), link(2, 3, "Successor"), link(3, 1, "Successor"))
    assert {other for _urn, other in kin_of([1], *rows)} <= {1, 2, 3}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=40))
def test_any_tangle_of_links_gives_each_school_every_number_once(pairs):
    found = edges(*[link(a, b, "Successor") for a, b in pairs]) if pairs else edges(link(1, 1, "Successor"))
    kin = found.kin(pd.Index([1, 5], name="urn"))
    assert not kin.duplicated(["urn", "other", "direction"]).any()
    assert (kin["steps"] <= MOST_STEPS).all()
    assert (kin["sharing"] >= 1).all() and (kin["together"] >= 1).all()


def test_a_school_that_converted_keeps_its_results():
    table = built(2018, ks2=[ks2(OLD, 2016, 0.5), ks2(OLD, 2017, 0.6), ks2(NEW, 2018, 0.7)], **CONVERTED)
    assert list(table.schools.index) == [NEW]
    assert [result(table, NEW, year).value for year in (2016, 2017, 2018)] == [0.5, 0.6, 0.7]
    assert result(table, NEW, 2016).published_urn == OLD
    assert result(table, NEW, 2016).flag == 0  # its own result, published under its old number


def test_before_it_converted_it_goes_by_its_old_number():
    table = built(2016, ks2=[ks2(OLD, 2016, 0.5), ks2(NEW, 2018, 0.7)], **CONVERTED)
    assert list(table.schools.index) == [OLD]
    assert table.schools.loc[OLD, "trust_uid"] == ""
    assert result(table, OLD, 2016).value == 0.5
    assert table.results["year"].max() == 2016


def test_what_the_register_says_of_the_academy_is_imputed_to_the_school_it_was():
    table = built(2016, ks2=[ks2(OLD, 2016, 0.5)], **CONVERTED)
    assert table.schools.loc[OLD, "easting"] == 515_000.0
    assert table.flags.loc[OLD, "easting"] == 1
    assert "linked URN" in table.how["easting"]


def test_schools_that_merged_have_the_mean_of_their_results_by_pupils():
    table = built(
        2018,
        register=[listed(NEW, open_date="2017-09-01")],
        links=[link(NEW, 1, "Predecessor - merged"), link(NEW, 2, "Predecessor - merged")],
        ks2=[ks2(1, 2017, 0.4, 10.0), ks2(2, 2017, 0.8, 30.0), ks2(NEW, 2018, 0.7)],
    )
    merged = result(table, NEW, 2017)
    assert merged.value == 0.7
    assert merged.pupils == 40.0
    assert merged.flag == 1


def test_the_results_of_a_school_that_split_go_to_the_part_with_year_6():
    table = built(
        2018,
        register=[
            listed(11, "primary", open_date="2017-09-01"),
            listed(12, "secondary", open_date="2017-09-01"),
        ],
        links=[
            link(1, 11, "Successor - Split School", "2017-09-01"),
            link(1, 12, "Successor - Split School", "2017-09-01"),
        ],
        ks2=[ks2(1, 2017, 0.6), ks2(11, 2018, 0.6)],
        ks4=[ks4(12, 2018, 45.0)],
    )
    assert result(table, 11, 2017).value == 0.6
    assert table.results.query("urn == 12 and measure == 'ks2_rwm_expected'").empty


def test_infant_and_junior_schools_before_they_merged_are_told_apart_by_their_tests():
    table = built(
        2016,
        register=[listed(NEW, "primary", open_date="2017-09-01")],
        links=[
            link(NEW, 1, "Predecessor - amalgamated", "2017-08-31"),
            link(NEW, 2, "Predecessor - amalgamated", "2017-08-31"),
        ],
        ks2=[ks2(1, 2016, 0.6)],
    )
    years = table.schools[["first_year_group", "last_year_group"]]
    assert years.loc[1].tolist() == [3, 6]
    assert years.loc[2].tolist() == [0, 2]


def test_a_result_under_a_number_no_link_leads_from_is_matched_by_establishment_number():
    table = built(
        2018,
        register=[listed(NEW, "academy", open_date="2017-09-01", estab=2019)],
        ks2=[
            ks2(OLD, 2016, 0.5, estab=2019, type="Academy - Converter mainstream"),
            ks2(NEW, 2018, 0.7, estab=2019),
        ],
        information=[{"urn": OLD, "la_code": 307, "type": "Community school", "close_date": "2017-08-31"}],
    )
    assert result(table, NEW, 2016).value == 0.5
    assert result(table, NEW, 2016).published_urn == OLD
