"""The embedded table says what was published, says what was not, and answers names as people write them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from scenarios.errors import BadInput, UnknownName
from scenarios.places import table
from scenarios.places.files.measures import MEASURES

RAW = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw published files are not beside the project")
HELD_BACK = (209, 380, 840, 850)


def test_147_of_153_authorities_can_be_used_and_four_are_held_back() -> None:
    las = table.load_authorities()
    assert len(las) == 153
    assert sum(la.available for la in las.values()) == 147
    assert {la.code for la in las.values() if not la.available} == {*HELD_BACK, 201, 420}
    assert len({la.slug for la in las.values()}) == 153
    assert len({la.region for la in las.values()}) == 9


def test_nothing_of_a_held_back_authority_is_in_the_table() -> None:
    codes = set(table.national_rows().index.get_level_values("la_code"))
    assert codes == {la.code for la in table.load_authorities().values() if la.available}
    assert set(table._structure().index) == codes


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (307, 307),
        ("307", 307),
        ("  EALING ", 307),
        ("Bristol, City of", 801),
        ("city of bristol", 801),
        ("bristol-city-of", 801),
        ("Hull", 810),
        ("St Helens", 342),
        ("St. Helens", 342),
        ("Bath & North East Somerset", 800),
        ("Poole", 839),
        ("stoke on trent", 861),
        ("Herefordshire, County of", 884),
    ],
)
def test_an_authority_is_found_as_people_write_it(written: str | int, code: int) -> None:
    assert table.find_authority(written).code == code


def test_every_authority_with_figures_is_found_by_code_name_and_slug() -> None:
    for la in table.load_authorities().values():
        if la.available:
            assert {table.find_authority(text).code for text in (la.code, la.name, la.slug)} == {la.code}


@pytest.mark.parametrize("code", HELD_BACK)
def test_a_held_back_authority_says_why(code: int) -> None:
    with pytest.raises(BadInput, match="held back") as error:
        table.find_authority(table.load_authorities()[code].name)
    assert error.value.nearest
    for ask in (table.indicators, table.structure):
        with pytest.raises(BadInput, match="held back"):
            ask(code)


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("Eeling", "Ealing"),
        ("Birmingam", "Birmingham"),
        ("Telford", "Telford and Wrekin"),
        ("surey", "Surrey"),
    ],
)
def test_a_misspelt_authority_offers_the_nearest(written: str, nearest: str) -> None:
    with pytest.raises(UnknownName) as error:
        table.find_authority(written)
    assert error.value.nearest[0] == nearest
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("written", ["", "9999", "a" * 100_000, "../etc", "\x00", "Köln"])
def test_a_name_that_means_nothing_gives_a_short_error(written: str) -> None:
    with pytest.raises(UnknownName) as error:
        table.find_authority(written)
    assert len(str(error.value)) < 400


def test_an_authority_that_has_ended_names_what_followed() -> None:
    with pytest.raises(BadInput) as error:
        table.find_authority("Cumbria")
    assert error.value.nearest == ("Cumberland", "Westmorland and Furness")


def test_a_district_names_its_authority() -> None:
    with pytest.raises(BadInput, match="district of Norfolk"):
        table.find_authority("King's Lynn and West Norfolk")


@pytest.mark.parametrize("year", [2015, 2020, 2021, 2024])
def test_a_place_cannot_start_from_a_year_without_tests(year: int) -> None:
    with pytest.raises(BadInput):
        table.check_place_year(year)
    assert table.check_place_year(2023) == 2023


def test_every_year_a_place_can_start_from_is_complete_for_every_authority() -> None:
    rows = table.national_rows()
    late = {2016: {"em5_all", "sustained_destination"}}
    for year in table.PLACE_YEARS:
        empty = rows.xs(year, level="year").isna().any()
        assert set(empty[empty].index) == late.get(year, set())


def test_england_and_ealing_hold_the_figures_published() -> None:
    england = table.england()
    assert england.loc[2023, ["ks2_rwm_all", "ks2_rwm_disadvantaged", "ks2_rwm_other"]].tolist() == [
        60,
        44,
        67,
    ]
    assert england.loc[2019, "ehcp_20_weeks"] == 58.7
    assert england.loc[2023, "suspensions_all"] == pytest.approx(9.33458)
    ealing = table.indicators(307)
    assert (ealing["imputed"] == "").all()
    assert ealing.loc[2023, ["ks2_rwm_all", "a8_all"]].tolist() == [68, 52]


def test_few_cells_of_2023_are_imputed_outside_cumbria() -> None:
    now = table.national_rows().xs(2023, level="year")["imputed"].drop(index=[942, 943])
    assert set(now[now != ""]) == {"ehcp_20_weeks"}
    assert (now != "").sum() == 3


def test_a_table_that_is_changed_by_its_reader_is_not_changed_for_the_next() -> None:
    history, schools = table.indicators(307), table.structure(307)
    history.loc[2023, "ks2_rwm_all"] = 0.0
    schools["primary_schools"] = 0
    assert table.indicators(307).loc[2023, "ks2_rwm_all"] == 68
    assert table.structure(307)["primary_schools"] == 67


def test_shares_are_shares_and_counts_are_counts() -> None:
    rows = table._structure()
    shares = rows[[name for name in rows if "share" in name]]
    assert ((shares >= 0) & (shares <= 1)).all(axis=None)
    counts = rows[[name for name in rows if name.endswith("_schools") or name.startswith("pupils_")]]
    assert (counts >= 0).all(axis=None)
    assert (counts == counts.round()).all(axis=None)
    assert (rows["pupils_secondary_r11"] <= rows["pupils_secondary"]).all()
    assert rows["neighbour_km_primary"].median() == pytest.approx(0.69, abs=0.25)


def test_special_schools_have_national_results_and_alternative_provision_says_it_has_none() -> None:
    rates = table.special_rates().set_index(["school_type", "measure"])["value"]
    assert 0 < rates[("special", "ks2_rwm_expected")] < 5
    assert 1 < rates[("special", "ks4_attainment8")] < 10
    assert rates.loc["ap"].isna().all()


def test_halves_of_a_split_county_mix_back_to_the_county() -> None:
    north, west = (table.indicators(code).loc[2018, "fsm6_primary"] for code in (940, 941))
    assert min(north, west) < 17.4 < max(north, west)


@needs_raw
def test_every_cell_that_is_not_flagged_is_the_published_one() -> None:
    raw = pd.read_parquet(RAW / "england" / "la_indicators_to_2023.parquet")
    raw = raw[raw["Short Desc"].isin(MEASURES.values())]
    years = raw["Years"].str.slice(0, 4).astype(int) + raw["Years"].str.contains("/")
    keys = [raw["Short Desc"], raw["LA Number"].astype(int), years]
    published = (
        pd.to_numeric(raw["Values"], errors="coerce").set_axis(pd.MultiIndex.from_arrays(keys)).dropna()
    )
    wrong, seen = [], 0
    for (la, year), row in table._indicators().iterrows():
        flagged = set(str(row["imputed"]).split(";"))
        for ours, short in MEASURES.items():
            truth = published.get((short, la, year))
            if truth is None:
                assert ours in flagged or pd.isna(row[ours]), (la, year, ours)
                continue
            seen += 1
            if ours in flagged or abs(row[ours] - truth) > 1e-5:
                wrong.append((la, year, ours))
    assert wrong == []
    assert seen > 45_000


@needs_raw
def test_the_table_is_what_the_script_makes_of_the_raw_files() -> None:
    from calibration.published_table import OUT, build

    for name, built in build(RAW).items():
        text = built.to_csv(index=False, float_format="%.10g", lineterminator="\n")
        assert text == (OUT / f"{name}.csv").read_text(encoding="utf-8"), name
