"""What schools each LA has: counts, sizes, trusts, faith, selection, distances."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial import ConvexHull, QhullError, cKDTree

from calibration.published_rolls import add_pupils
from calibration.published_sources import number

Row = dict[str, float]
NO_FAITH = ("", "None", "Does not apply", "Not reported", "Not applicable")
# Phases as the register names them, for the two groups of schools that distances are measured within.
PHASES = {
    "primary": ("Primary", "Middle deemed primary"),
    "secondary": ("Secondary", "Middle deemed secondary", "All-through"),
}
# Our name of a group of schools, and how the register's names of its phases begin.
STARTS = {"primary": "Primary", "secondary": "Secondary", "all_through": "All-through", "middle": "Middle"}
OLDER = (
    "special_schools",
    "ap_schools",
    "nursery_schools",
    "pupils_special",
    "pupils_ap",
    "fsm6_sd_primary",
    "fsm6_sd_secondary",
)


def build_structure(
    data: Path, register: pd.DataFrame, census: pd.DataFrame, las: Iterable[int]
) -> pd.DataFrame:
    """Describe the schools of each LA.

    Parameters
    ----------
    data : Path
        The folder of raw data.
    register : pandas.DataFrame
        From `calibration.published_changes.read_register`.
    census : pandas.DataFrame
        From `calibration.published_changes.read_census`.
    las : Iterable[int]
        The LAs of 2023 to describe.

    Returns
    -------
    pandas.DataFrame
        One row an LA, sorted by la_code, with columns ``older`` (from January 2019, not July 2022) and
        ``imputed`` (not published for that LA), each ``;``-joined names of columns.
    """
    schools = _prepare(data, register, census)
    trust_size = schools[schools["mat"]].groupby("Trusts (code)").size()
    rows = []
    for la in sorted(las):
        mine, counted = schools[schools["la_code"] == la], census[census["la_code"] == la]
        row: Row = {"la_code": la}
        for part in (_counts, _sizes, _kinds, _space):
            row |= part(mine)
        row |= _census_counts(counted) | _pupils(mine, counted)
        row |= _trusts(mine, trust_size) | _spread(mine, counted)
        rows.append({**row, "older": ";".join(OLDER), "imputed": _imputed(mine, counted)})
    table = pd.DataFrame(rows)
    _fill_spread(table)
    return table


def _prepare(data: Path, register: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    schools = add_pupils(data, register, census)
    schools["phase"] = schools["PhaseOfEducation (name)"]
    schools["academy"] = schools["EstablishmentTypeGroup (name)"].isin(["Academies", "Free Schools"])
    schools["faith"] = ~schools["ReligiousCharacter (name)"].isin(NO_FAITH)
    schools["selective"] = schools["AdmissionsPolicy (name)"] == "Selective"
    schools["voluntary_aided"] = schools["TypeOfEstablishment (name)"] == "Voluntary aided school"
    schools["mat"] = schools["TrustGroupType"] == "Multi-academy trust"
    schools["urban"] = schools["UrbanRural (name)"].str.contains("Urban")
    schools["fsm"] = number(schools["PercentageFSM"])
    for axis in ("Easting", "Northing"):
        schools[axis] = number(schools[axis]) / 1000.0
    schools["neighbour_km"] = np.nan
    for phases in PHASES.values():
        rows = schools["phase"].isin(phases)
        points = schools.loc[rows, ["Easting", "Northing"]].to_numpy()
        distances = np.asarray(cKDTree(points).query(points, k=2)[0])
        schools.loc[rows, "neighbour_km"] = distances[:, 1]
    return schools


def _counts(mine: pd.DataFrame) -> Row:
    primary = mine[mine["phase"] == "Primary"]
    ages = primary[["low", "high"]]
    return {
        "primary_schools": float(len(primary)),
        "infant_schools": float((ages["high"] <= 8).sum()),
        "junior_schools": float(((ages["low"] >= 7) & (ages["high"] >= 11)).sum()),
        "secondary_schools": float((mine["phase"] == "Secondary").sum()),
        "all_through_schools": float((mine["phase"] == "All-through").sum()),
        "middle_schools": float(mine["phase"].str.startswith("Middle").sum()),
    }


def _census_counts(counted: pd.DataFrame) -> Row:
    kinds = counted["kind"].value_counts()
    return {
        "special_schools": float(kinds.get("State-funded special school", 0)),
        "ap_schools": float(kinds.get("Pupil referral unit", 0)),
        "nursery_schools": float(kinds.get("State-funded nursery", 0)),
    }


def _pupils(mine: pd.DataFrame, counted: pd.DataFrame) -> Row:
    row: Row = {}
    for name, start in STARTS.items():
        rows = mine[mine["phase"].str.startswith(start)]
        row[f"pupils_{name}"] = round(float(rows["pupils"].sum()))
        row[f"pupils_{name}_r11"] = round(float(rows["pupils_r11"].sum()))
    by_kind = counted.groupby("kind")["pupils"].sum()
    row["pupils_special"] = float(by_kind.get("State-funded special school", 0.0))
    row["pupils_ap"] = float(by_kind.get("Pupil referral unit", 0.0))
    return row


def _sizes(mine: pd.DataFrame) -> Row:
    row: Row = {}
    for name in PHASES:
        pupils = mine.loc[mine["phase"] == name.capitalize(), "pupils"]
        row[f"size_logmean_{name}"] = round(float(np.log(pupils).mean()), 3)
        row[f"size_logsd_{name}"] = round(float(np.log(pupils).std()), 3)
    return row


def _kinds(mine: pd.DataFrame) -> Row:
    row: Row = {}
    for name in PHASES:
        rows = mine[mine["phase"] == name.capitalize()]
        row[f"academies_share_{name}"] = round(float(rows["academy"].mean()), 4)
        row[f"faith_share_{name}"] = round(float(rows["faith"].mean()), 4)
        row[f"voluntary_aided_share_{name}"] = round(float(rows["voluntary_aided"].mean()), 4)
    older = mine[mine["phase"].isin(PHASES["secondary"])]
    row["selective_schools"] = float(older["selective"].sum())
    selective = older.loc[older["selective"], "pupils"].sum() / older["pupils"].sum()
    row["selective_pupil_share"] = round(float(selective), 4)
    return row


def _trusts(mine: pd.DataFrame, trust_size: pd.Series) -> Row:
    here = mine[mine["mat"]].groupby("Trusts (code)").size()
    single = mine.loc[mine["TrustGroupType"] == "Single-academy trust", "Trusts (code)"]
    return {
        "trusts": float(len(here)),
        "median_trust_size": float(here.median()) if len(here) else 0.0,
        "median_trust_size_england": float(trust_size[here.index].median()) if len(here) else 0.0,
        "single_academy_trusts": float(single.nunique()),
    }


def _space(mine: pd.DataFrame) -> Row:
    row: Row = {}
    for name, phases in PHASES.items():
        rows = mine[mine["phase"].isin(phases)]
        row[f"neighbour_km_{name}"] = round(float(rows["neighbour_km"].median()), 3)
    try:
        area = float(ConvexHull(mine[["Easting", "Northing"]].to_numpy()).volume)
    except QhullError:
        area = float("nan")
    row["side_km"] = round(float(np.sqrt(area)), 2)
    row["urban_share"] = round(float(mine.loc[mine["urban"], "pupils"].sum() / mine["pupils"].sum()), 4)
    return row


def _spread(mine: pd.DataFrame, counted: pd.DataFrame) -> Row:
    row: Row = {"fsm_sd_primary": round(float(mine.loc[mine["phase"] == "Primary", "fsm"].std() / 100.0), 4)}
    for name in PHASES:
        fsm6 = counted.loc[counted["kind"] == f"State-funded {name}", "fsm6"]
        row[f"fsm6_sd_{name}"] = round(float(fsm6.std() / 100.0), 4)
    return row


def _imputed(mine: pd.DataFrame, counted: pd.DataFrame) -> str:
    """Name the pupil counts that rest on an imputed roll, and the census counts placed by share."""
    names = [f"pupils_{name}_r11" for name in STARTS]
    missing = mine[mine["pupils_imputed"]]
    for name, start in STARTS.items():
        if missing["phase"].str.startswith(start).any():
            names.append(f"pupils_{name}")
    placed = set(counted.loc[counted["placed_by_share"], "kind"])
    pupils_placed = set(counted.loc[counted["pupils_imputed"], "kind"]) | placed
    if "Pupil referral unit" in placed:
        names.append("ap_schools")
    if "State-funded nursery" in placed:
        names.append("nursery_schools")
    if "Pupil referral unit" in pupils_placed:
        names.append("pupils_ap")
    return ";".join(names)


def _fill_spread(table: pd.DataFrame) -> None:
    """Give an LA with too few schools for a spread the median LA's, and say so."""
    for column in [c for c in table.columns if "sd_" in c]:
        short = table[column].isna()
        table.loc[short, column] = round(float(table[column].median()), 4)
        table.loc[short, "imputed"] += f";{column}"
