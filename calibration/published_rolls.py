"""Pupils on roll of each school, filled where the register has none, and those in Reception to Year 11."""

from pathlib import Path

import numpy as np
import pandas as pd

from calibration.published_sources import KS2, KS4, LINKS, number, read_text_table

RECEPTION_AGE, YEAR_11_AGE, SIXTH_FORM_AGE = 4, 16, 18


def fill_census_rolls(census: pd.DataFrame) -> pd.DataFrame:
    """Give the few census schools without a roll the median of their kind.

    Parameters
    ----------
    census : pandas.DataFrame
        From `calibration.published_changes.read_census`.

    Returns
    -------
    pandas.DataFrame
        A copy, with pupils complete and pupils_imputed (bool) added.
    """
    census = census.copy()
    census["pupils_imputed"] = census["pupils"].isna()
    census["pupils"] = census["pupils"].fillna(census.groupby("kind")["pupils"].transform("median"))
    return census


def add_pupils(data: Path, register: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """Add each school's roll, in all and in Reception to Year 11.

    A school that opened too lately to have a roll in the register takes that of the school it came from
    in January 2019, else its capacity times the usual share filled, else the median of its phase.

    Parameters
    ----------
    data : Path
        The folder of raw data.
    register : pandas.DataFrame
        From `calibration.published_changes.read_register`.
    census : pandas.DataFrame
        From `calibration.published_changes.read_census`.

    Returns
    -------
    pandas.DataFrame
        A copy of the register, with low and high (ages), pupils, pupils_r11 (float) and pupils_imputed.
    """
    schools = register.copy()
    schools["low"], schools["high"] = number(schools["StatutoryLowAge"]), number(schools["StatutoryHighAge"])
    roll = number(schools["NumberOfPupils"])
    roll = roll.where(roll > 0)
    schools["pupils_imputed"] = roll.isna()
    capacity = number(schools["SchoolCapacity"]).where(lambda places: places > 0)
    phase = schools["PhaseOfEducation (name)"]
    filled_share = (roll / capacity).groupby(phase).transform("median")
    roll = roll.fillna(schools["URN"].map(_predecessor_rolls(data, census)))
    roll = roll.fillna((capacity * filled_share).round())
    schools["pupils"] = roll.fillna(roll.groupby(phase).transform("median"))
    nursery, sixth_form = part_year_weights(data, schools, census)
    years = _core_years(schools)
    extra = nursery * (schools["low"] < RECEPTION_AGE) + sixth_form * (schools["high"] >= SIXTH_FORM_AGE)
    schools["pupils_r11"] = schools["pupils"] * years / (years + extra)
    return schools


def _predecessor_rolls(data: Path, census: pd.DataFrame) -> pd.Series:
    """Pupils in January 2019 of the schools that each URN came from, added up."""
    links = read_text_table(data, LINKS, ["URN", "LinkURN", "LinkType"])
    links = links[links["LinkType"].str.startswith("Predecessor")].drop_duplicates(["URN", "LinkURN"])
    rolls = links["LinkURN"].map(census.drop_duplicates("URN").set_index("URN")["pupils"])
    return rolls.groupby(links["URN"]).sum(min_count=1)


def _core_years(schools: pd.DataFrame) -> pd.Series:
    """Year groups from Reception to Year 11 (a statutory low age of 5 includes Reception)."""
    low = schools["low"].where(schools["low"] > RECEPTION_AGE + 1, RECEPTION_AGE)
    return (schools["high"].clip(upper=YEAR_11_AGE) - low).clip(lower=1.0)


def part_year_weights(data: Path, schools: pd.DataFrame, census: pd.DataFrame) -> tuple[float, float]:
    """Measure how many year groups a nursery class and a sixth form add to a school's roll.

    Parameters
    ----------
    data : Path
        The folder of raw data.
    schools : pandas.DataFrame
        The register with low and high.
    census : pandas.DataFrame
        From `calibration.published_changes.read_census`.

    Returns
    -------
    tuple[float, float]
        Nursery and sixth form, in year groups: roll for each pupil in the test year, of schools with one
        against schools without.
    """
    ks2 = read_text_table(data, KS2, ["URN", "TELIG"])
    ks4 = read_text_table(data, KS4, ["URN", "TPUP"])
    cohorts = pd.concat([ks2.set_index("URN")["TELIG"], ks4.set_index("URN")["TPUP"]])
    cohorts = number(cohorts[cohorts.index != ""])
    cohorts = cohorts[~cohorts.index.duplicated()]
    table = schools.assign(
        cohort=schools["URN"].map(cohorts),
        roll=schools["URN"].map(census.drop_duplicates("URN").set_index("URN")["pupils"]),
    ).dropna(subset=["cohort", "roll"])

    def per_cohort(lows: tuple[int, ...], highs: tuple[int, ...]) -> float:
        rows = table[table["low"].isin(lows) & table["high"].isin(highs)]
        return float(rows["roll"].sum() / rows["cohort"].sum())

    nursery = 7.0 * (per_cohort((3,), (11,)) / per_cohort((4, 5), (11,)) - 1.0)
    sixth_form = 5.0 * (per_cohort((11,), (18, 19)) / per_cohort((11,), (16,)) - 1.0)
    return round(float(np.clip(nursery, 0.0, 1.0)), 2), round(float(np.clip(sixth_form, 0.0, 2.0)), 2)
