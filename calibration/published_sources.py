"""Reading the raw published files from which the embedded table is made."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

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

# Our column: the short name in the LA indicators. Order is the order of the columns in indicators.csv.
MEASURES = {
    "ks2_rwm_all": "KS2RWM_Expected_STD",
    "ks2_rwm_disadvantaged": "DAP_NEW_KS2_RWM",
    "ks2_rwm_other": "NonDAP_NEW_KS2_RWM",
    "ks2_rwm_higher_all": "KS2RWM_Higher_STD",
    "ks2_reading_all": "KS2R_Expected_STD",
    "ks2_maths_all": "KS2M_Expected_STD",
    "ks2_rwm_no_sen": "NoID_SEN_NEW_KS2_RWM",
    "ks2_rwm_sen_support": "NEW_KS2_RWM_Sen_W/Osta",
    "ks2_rwm_ehcp": "NEW_KS2_RWM_Sen_Withsta",
    "a8_all": "AVG_Attain8_Score",
    "a8_disadvantaged": "DAP_KS4_ATT8",
    "a8_other": "NonDAP_KS4_ATT8",
    "em5_all": "EngMaths9-5",
    "gld_all": "FSP_NEW_GOODDEV",
    "gld_fsm": "FSP_Gooddev_FSM",
    "gld_other": "FSP_Gooddev_FSM_Other",
    "fsm_primary": "PriFSM",
    "fsm_secondary": "SecFSM",
    "fsm6_primary": "Ever6_FSM_Prim",
    "fsm6_secondary": "Ever6_FSM_Sec",
    "sen_support_primary": "PrimNoStatements",
    "ehcp_primary": "PrimStatements",
    "sen_support_secondary": "SecNoStatements",
    "ehcp_secondary": "SecStatements",
    "sen_support_all": "SEN_TotSENSuP",
    "ehcp_all": "SEN_TotStat",
    "ehcp_20_weeks": "SEN_EHC_All_20wks",
    "absence_primary": "PriTotAbs",
    "absence_secondary": "SecTotAbs",
    "absence_all": "TotAbs",
    "persistent_absence_primary": "SFPriPerAbNew",
    "persistent_absence_secondary": "SFSecPerAbNew",
    "persistent_absence_all": "TotPerAbNew",
    "severe_absence_primary": "SFPriSevPerAbNew",
    "severe_absence_secondary": "SFSecSevPerAbNew",
    "severe_absence_all": "TotSevPerAbNew",
    "suspensions_primary": "PriFixedEx",
    "suspensions_secondary": "SecFixedEx",
    "suspensions_special": "SpecFixedEx",
    "suspensions_all": "TotFixedEx",
    "permanent_exclusions_primary": "PriPermEx",
    "permanent_exclusions_secondary": "SecPermEx",
    "permanent_exclusions_special": "SpecPermEx",
    "permanent_exclusions_all": "TotPermEx",
    "sustained_destination": "SusEdOverall_All",
}


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
