"""A place of the embedded table has the schools, pupils and results published, and nothing later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest
from numpy.typing import NDArray

from model.place import Category, Flag, Phase, Place
from scenarios.places import describe, disadvantage, low_income, positions, published, resolve, table

A_FEW = ("ealing", "surrey", "birmingham", "northumberland", "rutland", "kent")
Count = Callable[[Place], NDArray[np.float64]]


def check_totals(place: Place, pupils: Count) -> None:
    row = table.structure(place.la_code[0])
    phase = place.schools.phase
    counts = [int(np.sum(phase == kind)) for kind in Phase]
    assert counts[0] == row["primary_schools"]
    assert counts[1] == row["secondary_schools"] + row["middle_schools"]
    assert counts[2] == row["all_through_schools"]
    assert counts[3] == row["special_schools"]
    published_pupils = row[[
        "pupils_primary_r11", "pupils_secondary_r11", "pupils_all_through_r11", "pupils_middle_r11",
        "pupils_special", "pupils_ap",
    ]].sum()  # fmt: skip
    assert abs(pupils(place).sum() - published_pupils) < 0.5
    assert np.all(place.schools.places > 0)
    in_primary_years = (
        pupils(place)[phase == Phase.PRIMARY].sum()
        + 7 * place.schools.places[phase == Phase.ALL_THROUGH].sum()
        + 7 * place.schools.places[phase == Phase.SPECIAL].sum()
    )
    assert place.areas.children.sum() * 7 == pytest.approx(in_primary_years, abs=0.5)
    everyone = pupils(place).sum()
    assert place.areas.children.sum() * 7 + place.secondary_pupils[0] * 5 == pytest.approx(everyone, abs=0.5)


def check_low_income(place: Place) -> None:
    areas = place.areas
    assert np.all((areas.low_income_share > 0) & (areas.low_income_share < 1))
    mean = np.average(areas.low_income_share, weights=areas.children)
    assert mean == pytest.approx(place.rates.disadvantaged_ks2[0], abs=1e-6)


def check_trusts(place: Place) -> None:
    row, schools = table.structure(place.la_code[0]), place.schools
    academy = schools.category == Category.ACADEMY
    assert np.array_equal(schools.trust >= 0, academy)
    members = np.bincount(schools.trust[academy])
    assert np.all(members > 0)
    assert len(members) == row["trusts"] + row["single_academy_trusts"]
    assert np.sum(members == 1) >= row["single_academy_trusts"]


@pytest.mark.parametrize("name", A_FEW)
def test_schools_and_pupils_add_up_to_the_published_totals(name: str, pupils: Count) -> None:
    check_totals(resolve(name), pupils)


@pytest.mark.parametrize("name", A_FEW)
def test_children_with_low_income_are_as_many_as_the_disadvantaged(name: str) -> None:
    check_low_income(resolve(name))


@pytest.mark.parametrize("name", A_FEW)
def test_academies_are_in_as_many_trusts_as_work_in_the_authority(name: str) -> None:
    check_trusts(resolve(name))


def test_every_authority_of_the_table_can_be_a_place(pupils: Count) -> None:
    spreads = []
    for authority in published.available_authorities():
        place = resolve(authority.slug)
        check_totals(place, pupils)
        check_low_income(place)
        check_trusts(place)
        wanted = published.totals_of(authority, float(place.rates.disadvantaged_ks2[0])).low_income_school_sd
        spreads.append(abs(spread_between_schools(place) - wanted))
    assert max(spreads) < 1e-6


def spread_between_schools(place: Place) -> float:
    areas = place.areas
    mix = low_income.mixing(positions.distances(areas.x_km, areas.y_km), areas.children)
    return float(np.std(np.sum(mix * areas.low_income_share, axis=1)))


@pytest.mark.parametrize("name", ["ealing", "birmingham", "surrey"])
def test_schools_differ_in_low_income_as_published_after_families_choose_near_home(name: str) -> None:
    place = resolve(name)
    authority = table.find_authority(name)
    wanted = published.totals_of(authority, float(place.rates.disadvantaged_ks2[0])).low_income_school_sd
    assert spread_between_schools(place) == pytest.approx(wanted, abs=1e-6)
    assert np.std(place.areas.low_income_share) > wanted


@pytest.mark.parametrize("name", A_FEW)
def test_neighbouring_schools_are_as_far_apart_as_published(name: str) -> None:
    place, row = resolve(name), table.structure(table.find_authority(name).code)
    assert positions.median_nearest(place.areas.x_km, place.areas.y_km) == pytest.approx(
        row["neighbour_km_primary"], rel=1e-6
    )
    secondary = place.schools.phase == Phase.SECONDARY
    nearest = positions.median_nearest(place.schools.x_km[secondary], place.schools.y_km[secondary])
    assert nearest == pytest.approx(row["neighbour_km_secondary"], rel=0.45)


@pytest.mark.parametrize("name", ["ealing", "birmingham", "surrey", "kent"])
def test_school_sizes_vary_as_published(name: str, pupils: Count) -> None:
    place, row = resolve(name), table.structure(table.find_authority(name).code)
    for phase, column in ((Phase.PRIMARY, "primary"), (Phase.SECONDARY, "secondary")):
        size = pupils(place)[place.schools.phase == phase]
        assert np.std(np.log(size)) == pytest.approx(row[f"size_logsd_{column}"], abs=0.05)


def test_kent_selects_as_many_pupils_as_published(pupils: Count) -> None:
    place, row = resolve("kent"), table.structure(886)
    secondary = place.schools.phase == Phase.SECONDARY
    assert place.schools.selective.sum() == row["selective_schools"]
    share = pupils(place)[place.schools.selective].sum() / pupils(place)[secondary].sum()
    assert share == pytest.approx(row["selective_pupil_share"], abs=0.02)


def test_published_figures_of_ealing_in_2023_are_shown_to_the_model_as_shares() -> None:
    place = resolve("ealing")
    assert place.year == 2023
    assert place.results.years.tolist() == [2016, 2017, 2018, 2019, 2022, 2023]
    assert place.results.ks2_rwm[0, -1] == pytest.approx([0.56, 0.74])
    assert place.results.ks4_attainment8[0, -1] == pytest.approx([44.1, 55.2])
    assert place.rates.absence_primary == pytest.approx([0.0628])
    assert place.national.ks2_gap_index[-1] == pytest.approx(3.21)
    gap = [
        row
        for row in place.history
        if (row.year, row.measure, row.group) == (2023, "ks2_rwm_expected", "gap")
    ]
    assert [row.value for row in gap] == [18.0]


def test_about_three_in_ten_pupils_of_england_are_disadvantaged() -> None:
    rates = resolve("ealing").national.rates
    assert rates.disadvantaged_ks2[0] == pytest.approx(0.305, abs=0.01)
    assert rates.disadvantaged_ks4[0] == pytest.approx(0.263, abs=0.01)


@pytest.mark.parametrize("year", [2016, 2018, 2019, 2022])
def test_a_place_of_an_earlier_year_holds_no_later_result(year: int) -> None:
    place = resolve(f"ealing@{year}")
    assert place.year == year
    assert place.results.years.max() == year
    assert place.national.results.years.max() == year
    assert max(row.year for row in place.history) == year
    assert place.results.ks2_rwm.shape == (1, len(place.results.years), 2)
    assert len(place.national.ks2_gap_index) == len(place.results.years)


def forget_england() -> None:
    """Drop what is remembered about England, so that it is read again."""
    published.national.cache_clear()
    disadvantage.national_ratio.cache_clear()


def test_a_place_of_2018_is_the_same_if_later_figures_had_been_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = resolve("ealing@2018")
    honest = table.indicators

    def tampered(la_code: int):  # type: ignore[no-untyped-def]
        frame = honest(la_code)
        later = frame.index > 2018
        numeric = frame.columns.drop(["imputed", "fsm6_primary"])  # the school spread is measured in 2019
        frame.loc[later, numeric] = 1.0
        return frame

    monkeypatch.setattr(table, "indicators", tampered)
    for remembered in (
        published.national,
        published.rates.disadvantaged_shares.__globals__["national_ratio"],
    ):
        remembered.cache_clear()
    try:
        after = resolve("ealing@2018")
    finally:
        monkeypatch.undo()
        published.national.cache_clear()
    assert after.history == before.history
    for part in ("rates", "results"):
        for item in fields(getattr(before, part)):
            assert np.array_equal(
                getattr(getattr(before, part), item.name),
                getattr(getattr(after, part), item.name),
                equal_nan=True,
            )
    assert np.array_equal(before.areas.low_income_share, after.areas.low_income_share)


def test_teachers_grades_of_2020_and_2021_are_not_shown_as_results() -> None:
    history = resolve("ealing").history
    assert not [row for row in history if row.measure.startswith("ks4") and row.year in (2020, 2021)]
    assert [row for row in history if row.measure == "ehcp_share" and row.year == 2021]


def test_the_same_place_twice_is_the_same_to_the_bit() -> None:
    first, second = resolve("haringey"), resolve("309")
    for part in ("schools", "areas"):
        for item in fields(getattr(first, part)):
            one, two = getattr(getattr(first, part), item.name), getattr(getattr(second, part), item.name)
            assert one == two if isinstance(one, tuple) else one.tobytes() == two.tobytes()


def test_an_authority_with_imputed_history_says_so() -> None:
    place = resolve("cumberland")
    flags = {row.flag for row in place.history}
    assert flags == {Flag.PUBLISHED, Flag.IMPUTED}
    assert describe(place)["imputed"].sum() > 0


def test_england_joins_every_authority_and_keeps_its_schools_apart() -> None:
    england, ealing = resolve("england"), resolve("ealing")
    assert england.is_england
    assert england.n_la == len(england.results.ks2_rwm) == len(england.secondary_pupils) == 147
    index = england.la_code.index(307)
    own = england.schools.la == index
    assert np.array_equal(england.schools.urn[own], ealing.schools.urn)
    assert np.array_equal(england.schools.places[own], ealing.schools.places)
    assert len(np.unique(england.schools.urn)) == len(england.schools)
    trust_la = {
        (int(trust), int(la))
        for trust, la in zip(england.schools.trust, england.schools.la, strict=True)
        if trust >= 0
    }
    assert len(trust_la) == len({trust for trust, _ in trust_la})
    assert any(row.measure == "ks4_gap_index" and row.value == 3.94 for row in england.history)


def test_every_figure_of_a_place_is_accounted_for() -> None:
    table_of_flags = describe(resolve("ealing"))
    by_flag = table_of_flags[["published", "imputed", "synthetic"]]
    assert (by_flag.sum(axis=1) == table_of_flags["rows"]).all()
    assert by_flag.loc[table_of_flags["part"] == "schools", "synthetic"].min() == 92
    assert (table_of_flags["source"] != "").all()
