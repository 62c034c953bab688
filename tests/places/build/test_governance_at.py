"""Who ran a school at the end of the year a place starts from."""

from __future__ import annotations

import pytest

from model.place import Category
from tests.places.build.few_tables import built, counted, ks2, link, listed, really

NEW = 140_000


def academy(**more):
    given = {"open_date": "2014-09-01", "trust_uid": "77", "trust_name": "Oak", "trust_joined": "2014-09-01",
             "trust_type": "Multi-academy trust"}  # fmt: skip
    return listed(NEW, "academy", **{**given, **more})


def member(urn, uid, name, joined, kind="Multi-academy trust"):
    return {"urn": urn, "group_uid": uid, "name": name, "joined": joined, "group_type": kind}


def test_an_academy_is_in_the_trust_it_had_joined():
    table = built(2018, register=[academy()])
    assert table.schools.loc[NEW, "trust_name"] == "Oak"
    assert table.flags.loc[NEW, "trust_name"] == 0


def test_an_academy_that_joined_its_trust_later_is_on_its_own_before():
    table = built(2016, register=[academy(trust_joined="2017-01-01")])
    assert table.schools.loc[NEW, "trust_uid"] == f"own-{NEW}"
    assert table.flags.loc[NEW, "trust_uid"] == 1
    assert "after year 0" in table.how["trust_uid"]
    assert built(2017, register=[academy(trust_joined="2017-01-01")]).schools.loc[NEW, "trust_uid"] == "77"


def test_a_trust_without_a_date_of_joining_is_taken_and_flagged():
    table = built(2018, register=[academy(trust_joined=None)])
    assert table.schools.loc[NEW, "trust_uid"] == "77"
    assert table.flags.loc[NEW, "trust_uid"] == 1


def test_dates_of_joining_are_read_from_the_group_links():
    rows = [academy(trust_joined=None)]
    links = [member(NEW, 77, "Oak", "2017-06-01")]
    assert built(2016, register=rows, group_links=links).schools.loc[NEW, "trust_uid"] == f"own-{NEW}"
    table = built(2018, register=rows, group_links=links)
    assert table.schools.loc[NEW, "trust_uid"] == "77"
    assert table.flags.loc[NEW, "trust_uid"] == 0


def test_two_academies_of_a_trust_share_it():
    rows = [academy(), listed(NEW + 1, "academy", open_date="2015-01-01", trust_uid="77",
                              trust_joined="2015-01-01")]  # fmt: skip
    assert built(2018, register=rows).schools["trust_uid"].nunique() == 1


def test_a_maintained_school_is_in_no_trust_whatever_groups_it_belongs_to():
    links = [
        member(1, 5, "Learning Trust", "2010-01-01", "Trust"),
        member(1, 6, "Pair", "2012-01-01", "Federation"),
    ]
    table = built(2018, register=[listed(1, type="Foundation school")], group_links=links)
    assert table.schools.loc[1, "trust_uid"] == ""
    assert table.flags.loc[1, "trust_uid"] == -1
    assert table.schools.loc[1, "federation"] == "Pair"
    assert table.schools.loc[1, "category"] == Category.FOUNDATION


def test_a_school_is_maintained_before_it_converts():
    register = [academy(open_date="2017-04-01", trust_joined="2017-04-01", religious="Roman Catholic")]
    links = [link(NEW, 1, "Predecessor", "2017-04-01")]
    table = built(
        2016, register=register, links=links, ks2=[ks2(1, 2016, 0.6, type="Voluntary aided school")]
    )
    assert table.schools.loc[1, "category"] == Category.VOLUNTARY_AIDED
    assert table.schools.loc[1, "trust_uid"] == ""
    assert table.flags.loc[1, "category"] == 0


def test_alternative_provision_of_an_academy_trust_is_an_academy():
    table = built(
        2018,
        register=[listed(1)],
        census=[counted(141_000, 50.0, type="Pupil referral unit")],
        group_links=[member(141_000, 9, "AP Trust", "2014-09-01")],
    )
    assert table.schools.loc[141_000, "category"] == Category.ACADEMY
    assert table.schools.loc[141_000, "trust_name"] == "AP Trust"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("VA", Category.VOLUNTARY_AIDED),
        ("Voluntary controlled school", Category.VOLUNTARY_CONTROLLED),
        ("ACC", Category.ACADEMY),
        ("Academy - Converter mainstream", Category.ACADEMY),
        ("University technical college", Category.FREE_SCHOOL),
        ("Free schools", Category.FREE_SCHOOL),
        ("Community special school", Category.COMMUNITY),
    ],
)
def test_each_way_of_writing_a_type_gives_its_category(text, category):
    assert built(2018, register=[listed(1, type=text)]).schools.loc[1, "category"] == category


def test_no_academy_of_the_ten_las_is_in_a_trust_it_had_not_joined():
    table = really("Birmingham", 2016)
    academies = table.schools[table.schools["category"] >= Category.ACADEMY]
    published = academies[table.flags.loc[academies.index, "trust_uid"] == 0]
    from tests.places.build.few_tables import published_data

    register = published_data().tables["register"].set_index("urn")
    joined = register.loc[[urn for urn in published.index if urn in register.index], "trust_joined"]
    assert len(joined) > 100
    assert (joined <= "2016-08-31").all()
