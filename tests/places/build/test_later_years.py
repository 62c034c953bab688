"""Places whose year 0 is after the embedded table: the files hold England's results and the LA's."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from model.levers import Levers
from model.parameters import Parameters
from model.place import Flag
from model.randomness import Chance
from model.reference import build_reference
from model.system import simulate
from scenarios.errors import BadInput
from scenarios.places import place_file, published, table
from scenarios.places.build.assemble import build_place
from scenarios.places.build.nation import england_rows, national
from scenarios.places.resolve import resolve

EALING, ENGLAND = 307, 970
PRIMARIES, SECONDARIES = range(101_900, 101_908), range(101_930, 101_933)
REGISTER = ("URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
            "TypeOfEstablishment (name)", "EstablishmentStatus (name)", "OpenDate", "CloseDate",
            "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "Gender (name)",
            "ReligiousCharacter (name)", "AdmissionsPolicy (name)", "SchoolCapacity", "NumberOfPupils",
            "PercentageFSM", "Easting", "Northing", "Postcode")  # fmt: skip
KS2 = ("RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "NFTYPE", "TELIG", "TFSM6CLA1A", "TNotFSM6CLA1A",
       "PTRWM_EXP", "PTRWM_HIGH", "PTREAD_EXP", "PTMAT_EXP", "PTRWM_EXP_FSM6CLA1A",
       "PTRWM_EXP_NotFSM6CLA1A")  # fmt: skip
KS4 = ("RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "NFTYPE", "TPUP", "TFSM6CLA1A", "TNOTFSM6CLA1A",
       "ATT8SCR", "P8MEA", "PTL2BASICS_95", "ATT8SCR_FSM6CLA1A", "ATT8SCR_NFSM6CLA1A")  # fmt: skip
LAIT = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number", "Region")
RATES = {"PriFSM": 22.1, "SecFSM": 25.3, "Ever6_FSM_Prim": 24.0, "Ever6_FSM_Sec": 27.5}
ABSENCE = {"PriTotAbs": 5.5, "SecTotAbs": 8.9}
RESULTS = {"DAP_NEW_KS2_RWM": 46.0, "NonDAP_NEW_KS2_RWM": 67.0, "KS2RWM_Expected_STD": 61.0,
           "DAP_KS4_ATT8": 34.6, "NonDAP_KS4_ATT8": 50.0, "AVG_Attain8_Score": 45.9,
           "FSP_Gooddev_FSM": 51.5, "FSP_Gooddev_FSM_Other": 72.0}  # fmt: skip


def write(path: Path, headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Write a file as the Department does: with a byte-order mark and Windows line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])


def register(folder: Path) -> None:
    """The register of eight primary and three secondary schools."""
    rows: list[tuple[object, ...]] = []
    for place, urn in enumerate([*PRIMARIES, *SECONDARIES]):
        young = urn in PRIMARIES
        low, high, phase = (4, 11, "Primary") if young else (11, 16, "Secondary")
        size = 420 if young else 900
        rows.append(
            (urn, EALING, "Ealing", 2000 + place, f"School {place}", "Community school", "Open", "", "",
             phase, low, high, "Mixed", "None", "Not applicable", size, size - 10, 12 + 2 * place,
             512_000 + 900 * (place % 4), 179_000 + 900 * (place // 4), "W5 2HL")
        )  # fmt: skip
    write(folder / "edubasealldata20241001.csv", REGISTER, rows)


def ks2(folder: Path, year: int, *, england: bool = True) -> None:
    """KS2 results with rows of schools, of the LA and of England; earlier years are repeated in columns."""
    headings = (*KS2, f"PTRWM_EXP_{year - 2001}", f"PTRWM_EXP_{year - 2002}")
    rows: list[tuple[object, ...]] = [
        (1, EALING, 2000 + place, urn, f"School {place}", "CY", 60, 18, 42, f"{60 + 2 * place}%", "9%",
         "75%", "74%", "52%", "SUPP" if place == 0 else f"{64 + 2 * place}%", "61%", "60%")
        for place, urn in enumerate(PRIMARIES)
    ]  # fmt: skip
    rows.append((3, EALING, "", "", "Ealing", "", 480, 144, 336, "67%", "10%", "76%", "75%", "54%", "73%",
                 "66%", "65%"))  # fmt: skip
    if england:
        for kind in (4, 5):
            rows.append((kind, "", "", "", "", "", 660_000, 204_000, 456_000, "61%", "8%", "74%", "73%",
                         "46%", "67%", "60%", "59%"))  # fmt: skip
    write(folder / f"{year - 1}-{year}" / "england_ks2revised.csv", headings, rows)


def ks4(folder: Path, year: int) -> None:
    """KS4 results with rows of schools, of the LA and of England."""
    headings = (*KS4, f"ATT8SCR_{year - 2001}", f"P8MEA_{year - 2001}")
    rows: list[tuple[object, ...]] = [
        (1, EALING, 2000 + place, urn, f"School {place}", "CY", 180, 60, 120, 48.2 + place, 0.3, "50%", 41.0,
         52.5 + place, 48.0, 0.2)
        for place, urn in enumerate(SECONDARIES)
    ]  # fmt: skip
    rows.append((4, EALING, "", "", "", "", 540, 180, 360, 50.9, 0.35, "55%", 41.9, 54.8, 51.0, 0.3))
    for kind in (5, 7):
        rows.append((kind, "", "", "", "", "", 630_000, 165_000, 465_000, 45.9, "", "45.9%", 34.6, 50.0,
                     46.3, ""))  # fmt: skip
    write(folder / f"{year - 1}-{year}" / "england_ks4final.csv", headings, rows)


def indicators(folder: Path, year: int, *, england: dict[str, float]) -> None:
    """LA indicators of one year: Ealing's all, England's those given."""
    own = {name: value + 2.0 for name, value in {**RATES, **ABSENCE, **RESULTS}.items()}
    rows = [(name, year, "Ealing", value, EALING, "Outer London") for name, value in own.items()]
    rows += [(name, year, "England", value, ENGLAND, "NA") for name, value in england.items()]
    write(folder / "lait_download.csv", LAIT, rows)


@pytest.fixture(scope="module")
def with_indicators(tmp_path_factory: pytest.TempPathFactory):
    """Ealing in 2024 from results of schools and LA indicators."""
    folder = tmp_path_factory.mktemp("lait")
    register(folder)
    ks2(folder, 2024)
    ks4(folder, 2024)
    indicators(folder, 2024, england={**RATES, **RESULTS})
    return build_place(str(folder), "Ealing", 2024)


@pytest.fixture(scope="module")
def with_results_only(tmp_path_factory: pytest.TempPathFactory):
    """Ealing in 2025 from nothing but the register and the results of 2025."""
    folder = tmp_path_factory.mktemp("results")
    register(folder)
    ks2(folder, 2025)
    ks4(folder, 2025)
    return build_place(str(folder), "Ealing", 2025)


def remarks(built, where: str) -> str:
    return "\n".join(note.text for note in built.report.notes if note.where == where)


def test_england_of_year_0_comes_from_the_files_and_before_that_from_the_table(with_indicators):
    place = with_indicators.place
    assert place.year == 2024
    assert place.results.years.tolist() == [2016, 2017, 2018, 2019, 2022, 2023, 2024]
    assert place.national.results.years.tolist() == place.results.years.tolist()
    assert place.national.results.ks2_rwm[0, -1].tolist() == pytest.approx([0.46, 0.67])
    assert place.national.results.ks4_attainment8[0, -1].tolist() == pytest.approx([34.6, 50.0])
    before = published.national(2023)
    assert np.array_equal(place.national.results.ks2_rwm[0, :-1], before.results.ks2_rwm[0])
    assert place.national.rates.fsm_primary[0] == pytest.approx(0.221)
    assert place.national.special_ks2_rwm == before.special_ks2_rwm
    assert place.results.ks2_rwm[0, -1].tolist() == pytest.approx([0.48, 0.69])


def test_what_england_lacks_is_of_the_year_before_and_said(with_indicators):
    nation = with_indicators.place.national
    assert nation.rates.absence_primary == published.national(2023).rates.absence_primary
    assert with_indicators.place.rates.absence_primary[0] == pytest.approx(0.075)  # its own is published
    said = remarks(with_indicators, "England")
    assert "figure of 2023 stands for 2024" in said
    assert "absence_primary" in said and "fsm_primary" not in said
    assert "whole per cent" in said


def test_a_later_place_goes_through_its_file_to_the_model(with_indicators, tmp_path):
    path = tmp_path / "ealing.place"
    place_file.write(with_indicators, path)
    place = resolve(str(path))
    assert place.year == 2024
    record = simulate(place, Levers(), Parameters(), years=2, chance=Chance(1, 0, 0))
    assert np.isfinite(record.values[:, 0]).all()
    assert max(value.year for value in place.history) == 2024
    now = {(row.measure, row.group): row for row in place.history if row.year == 2024}
    assert now["ks2_rwm_expected", "disadvantaged"].value == 48.0
    assert now["ks2_rwm_expected", "disadvantaged"].flag == Flag.PUBLISHED


def test_results_alone_will_do(with_results_only):
    place = with_results_only.place
    assert place.results.years.tolist()[-2:] == [2023, 2025]
    assert place.results.ks2_rwm[0, -1].tolist() == pytest.approx([0.54, 0.73])
    assert place.national.ks2_rwm_higher == pytest.approx(0.08)
    assert place.national.ks4_em5 == pytest.approx(0.459)
    known = place.school_results
    assert known is not None and known.years.tolist() == [2025]
    checks = [check for check in with_results_only.report.checks if check.measure == "ks2_rwm_expected"]
    assert {check.published for check in checks} == {67.0, 54.0, 73.0}
    assert "gld_fsm" in remarks(with_results_only, "England")


def test_a_gap_without_a_published_index_is_fitted_to_the_two_groups(with_results_only):
    nation = with_results_only.place.national
    assert nation.ks2_gap_index[-1] == 3.14  # published for 2025
    assert np.isnan(nation.ks4_gap_index[-1])
    assert "no KS4 disadvantage gap index of 2025" in remarks(with_results_only, "England")
    stage = build_reference(Parameters(), nation).ks4
    assert 0.1 < stage.low_income_gap < 1.0
    scored = (stage.group_means - stage.cut) * stage.points_per_unit
    assert scored.tolist() == pytest.approx([34.6, 50.0])


def test_a_year_that_no_file_holds_is_refused_naming_figures_files_and_years(tmp_path):
    register(tmp_path)
    ks2(tmp_path, 2024)
    ks4(tmp_path, 2024)
    ks2(tmp_path, 2025, england=False)
    with pytest.raises(BadInput, match="a place cannot start from 2025") as error:
        build_place(str(tmp_path), "Ealing", 2025)
    said = str(error.value)
    assert "England's KS2 reading, writing and maths of disadvantaged pupils" in said
    assert "Attainment 8 of other pupils" in said
    assert "2023-2024/england_ks4final.csv" in said and "no file of LA indicators" in said
    assert "2022, 2023, 2024" in error.value.allowed
    assert error.value.nearest == ("2024",)


def test_an_la_without_results_in_a_later_year_is_refused(tmp_path):
    register(tmp_path)
    indicators(tmp_path, 2024, england={**RATES, **RESULTS})
    path = tmp_path / "lait_download.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join(line for line in lines if ",307," not in line), encoding="utf-8")
    with pytest.raises(BadInput, match="no KS2 results and no KS4 results of that year") as error:
        build_place(str(tmp_path), "Ealing", 2024)
    assert "LA 307" in str(error.value)


@pytest.mark.parametrize("year", [2015, 2020, 2021])
def test_years_without_these_tests_are_refused_whatever_the_files_hold(tmp_path, year):
    register(tmp_path)
    with pytest.raises(BadInput, match=f"a place cannot start from {year}"):
        build_place(str(tmp_path), "Ealing", year)


@pytest.mark.parametrize("year", table.PLACE_YEARS)
def test_years_of_the_embedded_table_are_as_they_were(with_indicators, year):
    las = with_indicators.table.las
    assert england_rows(las, year).equals(table.england())
    assert national(las, year) is published.national(year)
