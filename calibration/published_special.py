"""National results of special schools, which the model gives to every special school."""

from pathlib import Path

import pandas as pd

from calibration.published_sources import KS2, KS4, number, read_text_table

SPECIAL_KS4_TYPES = ("ACCS", "ACS", "CYS", "FDS", "FS")  # state-funded; non-maintained ones publish nothing


def build_special_rates(data: Path) -> pd.DataFrame:
    """Work out pupil-weighted national results of state-funded special schools.

    Parameters
    ----------
    data : Path
        The folder of raw data.

    Returns
    -------
    pandas.DataFrame
        Columns school_type, measure, value, unit, year, schools, pupils, note.
    """
    ks2 = read_text_table(data, KS2, ["NFTYPE", "TELIG", "PTRWM_EXP"])
    ks2 = ks2[ks2["NFTYPE"].str.contains("pecial")]
    ks4 = read_text_table(data, KS4, ["RECTYPE", "NFTYPE", "TPUP", "ATT8SCR"])
    ks4 = ks4[(ks4["RECTYPE"] == "2") & ks4["NFTYPE"].isin(SPECIAL_KS4_TYPES)]
    none_entered = ks4["ATT8SCR"] == "NE"
    scores = number(ks4["ATT8SCR"])
    rows = [
        _rate("ks2_rwm_expected", "per cent", 2018, number(ks2["PTRWM_EXP"]), number(ks2["TELIG"]),
              "schools with suppressed results left out"),
        _rate("ks4_attainment8", "points", 2019, scores, number(ks4["TPUP"]),
              "schools with entries and published results"),
        _rate("ks4_attainment8_all", "points", 2019, scores.mask(none_entered, 0.0), number(ks4["TPUP"]),
              "schools with no entries counted as zero; suppressed left out"),
    ]  # fmt: skip
    missing = {"value": float("nan"), "schools": 0, "pupils": 0,
               "note": "no rows for alternative provision in the sources"}  # fmt: skip
    rows += [
        {"school_type": "ap", "measure": "ks2_rwm_expected", "unit": "per cent", "year": 2018, **missing},
        {"school_type": "ap", "measure": "ks4_attainment8", "unit": "points", "year": 2019, **missing},
    ]
    return pd.DataFrame(rows)


def _rate(
    measure: str, unit: str, year: int, value: pd.Series, pupils: pd.Series, note: str
) -> dict[str, object]:
    known = value.notna() & (pupils > 0)
    mean = float((value[known] * pupils[known]).sum() / pupils[known].sum())
    return {
        "school_type": "special", "measure": measure, "value": round(mean, 2), "unit": unit, "year": year,
        "schools": int(known.sum()), "pupils": int(pupils[known].sum()), "note": note,
    }  # fmt: skip
