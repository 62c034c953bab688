"""Reading the raw published files from which the embedded table is made."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.places.files.measures import MEASURES

ENGLAND = 970
FIRST_YEAR, LAST_YEAR = 2016, 2023
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
INDICATORS = "england/la_indicators_to_2023.parquet"
GIAS = "england/gias_2022-07.csv.gz"
LINKS = "england/gias_links_2022-07.csv.gz"
GROUP_LINKS = "england/gias_grouplinks_2022-07.csv.gz"
CENSUS = "england/census_2018-19.csv.gz"
ABSENCE = "england/abs_2018-19.csv.gz"
SCHOOL_INFORMATION = "england/school_information_2017-18.csv.gz"
KS2 = "england/ks2_2017-18.csv.gz"
KS4 = "england/ks4provisional_2018-19.csv.gz"
LA_NAMES = "england/la_and_region_codes_meta.csv"


def read_text_table(data: Path, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Read columns of a raw CSV as text, a blank cell as an empty string.

    Parameters
    ----------
    data : Path
        The folder of raw data.
    name : str
        The file, below that folder.
    columns : Sequence[str]
        The columns wanted.

    Returns
    -------
    pandas.DataFrame
        One row a row of the file, text throughout.
    """
    path = data / name
    return pd.read_csv(path, dtype=str, keep_default_na=False, usecols=list(columns))[list(columns)]


def number(text: pd.Series) -> pd.Series:
    """Turn text into numbers, with codes such as SUPP, NE and blanks as missing.

    Parameters
    ----------
    text : pandas.Series
        Published text, with or without a percentage sign.

    Returns
    -------
    pandas.Series
        Floats, NaN where no figure is published.
    """
    return pd.to_numeric(text.str.rstrip("%"), errors="coerce").astype(np.float64)


def academic_year(label: str) -> int | None:
    """Give the calendar year in which the academic year of a label ends.

    Parameters
    ----------
    label : str
        Such as ``2019``, ``2018/19``, ``2018-19`` or ``2019 (Rev)``.

    Returns
    -------
    int or None
        Such as 2019; None for a label that is not a year.
    """
    head = label.split(" ", maxsplit=1)[0]
    start, _, end = head.replace("-", "/").partition("/")
    if not start.isdigit():
        return None
    return int(start) + 1 if end else int(start)


def read_indicators(data: Path) -> pd.DataFrame:
    """Read the LA indicators as published, in wide form.

    Parameters
    ----------
    data : Path
        The folder of raw data.

    Returns
    -------
    pandas.DataFrame
        Indexed by (la_code, year), a column a measure of `MEASURES`, NaN where nothing is published.
        LA codes are those in use at the time.
    """
    raw = pd.read_parquet(data / INDICATORS)
    names = {short: ours for ours, short in MEASURES.items()}
    raw = raw[raw["Short Desc"].isin(names)]
    tidy = pd.DataFrame(
        {
            "la_code": raw["LA Number"].astype(int),
            "year": raw["Years"].map(academic_year),
            "measure": raw["Short Desc"].map(names),
            "value": pd.to_numeric(raw["Values"], errors="coerce").round(5),
        }
    ).dropna()
    tidy = tidy[tidy["year"].between(FIRST_YEAR, LAST_YEAR)]
    tidy["year"] = tidy["year"].astype(int)
    wide = tidy.pivot(index=["la_code", "year"], columns="measure", values="value")
    return wide.reindex(columns=list(MEASURES))


def read_la_names(data: Path) -> pd.DataFrame:
    """Read the names and regions of LAs used by the LA indicators.

    Parameters
    ----------
    data : Path
        The folder of raw data.

    Returns
    -------
    pandas.DataFrame
        Indexed by la_code, with columns name and region (London as Inner London and Outer London).
    """
    raw = pd.read_parquet(data / INDICATORS, columns=["LA Number", "LA and Regions", "Region"])
    raw = raw.drop_duplicates()
    table = pd.DataFrame(
        {
            "la_code": raw["LA Number"].astype(int),
            "name": raw["LA and Regions"].str.strip(),
            "region": raw["Region"],
        }
    )
    return table[table["la_code"] < ENGLAND].set_index("la_code").sort_index()
