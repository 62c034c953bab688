"""LAs that changed between 2016 and 2023, brought to the codes of 2023."""

from pathlib import Path

import pandas as pd

from calibration.published_sources import (
    CENSUS,
    GIAS,
    GROUP_LINKS,
    SCHOOL_INFORMATION,
    number,
    read_text_table,
)

# Former LA: its name, the LAs that followed, and the date. Sources: the Dorset (Structural Changes) Order
# 2018, the Northamptonshire (Structural Changes) Order 2020, the Cumbria (Structural Changes) Order 2022.
FORMER: dict[int, tuple[str, tuple[int, ...], str]] = {
    835: ("Dorset (before 2019)", (838, 839), "1 April 2019"),
    836: ("Poole", (839,), "1 April 2019"),
    837: ("Bournemouth", (839,), "1 April 2019"),
    909: ("Cumbria", (942, 943), "1 April 2023"),
    928: ("Northamptonshire", (940, 941), "1 April 2021"),
}
SPLIT = {942: 909, 943: 909, 940: 928, 941: 928}
MERGED = {838: (835,), 839: (835, 836, 837)}
# The register of July 2022 still has Cumbria: its districts say which successor a school belongs to.
CUMBRIA_DISTRICTS = {
    "Allerdale": 942,
    "Carlisle": 942,
    "Copeland": 942,
    "Barrow-in-Furness": 943,
    "Eden": 943,
    "South Lakeland": 943,
}
MAINSTREAM = ("State-funded primary", "State-funded secondary")


def read_register(data: Path) -> pd.DataFrame:
    """Read the register of mainstream schools (GIAS, July 2022) with LA codes of 2023.

    Parameters
    ----------
    data : Path
        The folder of raw data.

    Returns
    -------
    pandas.DataFrame
        One row an open state-funded mainstream school, text, with la_code (int) added.
    """
    columns = [
        "URN", "LA (code)", "EstablishmentTypeGroup (name)", "TypeOfEstablishment (name)",
        "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "ReligiousCharacter (name)",
        "AdmissionsPolicy (name)", "SchoolCapacity", "NumberOfPupils", "PercentageFSM", "Trusts (code)",
        "TrustGroupType", "Postcode", "DistrictAdministrative (name)", "UrbanRural (name)", "Easting",
        "Northing",
    ]  # fmt: skip
    table = read_text_table(data, GIAS, columns)
    table["la_code"] = table["LA (code)"].astype(int)
    cumbria = table["la_code"] == 909
    table.loc[cumbria, "la_code"] = table.loc[cumbria, "DistrictAdministrative (name)"].map(CUMBRIA_DISTRICTS)
    table["la_code"] = table["la_code"].astype(int)
    return table


def read_census(data: Path, register: pd.DataFrame) -> pd.DataFrame:
    """Read the school census of January 2019 with LA codes of 2023.

    Parameters
    ----------
    data : Path
        The folder of raw data.
    register : pandas.DataFrame
        The register, from `read_register`.

    Returns
    -------
    pandas.DataFrame
        One row a school: URN, kind, former_la, la_code, pupils (float), placed_by_share (bool: the
        successor LA is not known, so the school was placed by the successors' shares of secondary pupils).
    """
    raw = read_text_table(
        data, CENSUS, ["URN", "LA", "SCHOOLTYPE", "NOR", "PNUMFSMEVER", "PSENELK", "PSENELSE"]
    )
    table = pd.DataFrame(
        {
            "URN": raw["URN"],
            "kind": raw["SCHOOLTYPE"],
            "former_la": raw["LA"].astype(int),
            "pupils": number(raw["NOR"]),
            "fsm6": number(raw["PNUMFSMEVER"]),
            "sen_support": number(raw["PSENELK"]),
            "ehcp": number(raw["PSENELSE"]),
        }
    )
    table["la_code"] = table["former_la"]
    changed = table["former_la"].isin(FORMER)
    table.loc[changed, "la_code"] = _present_la(data, table[changed], register)
    table["placed_by_share"] = table["la_code"].isna()
    _place_by_share(table)
    table["la_code"] = table["la_code"].astype(int)
    return table


def _present_la(data: Path, schools: pd.DataFrame, register: pd.DataFrame) -> pd.Series:
    """Find the LA of 2023 by URN, then the group links, then the postcode; NaN where none tells."""
    by_urn = register.set_index("URN")["la_code"]
    links = read_text_table(data, GROUP_LINKS, ["URN", "LA (code)"]).drop_duplicates("URN")
    by_link = pd.to_numeric(links.set_index("URN")["LA (code)"], errors="coerce")
    by_link = by_link[~by_link.isin(list(FORMER))]
    spine = read_text_table(data, SCHOOL_INFORMATION, ["URN", "POSTCODE"]).set_index("URN")["POSTCODE"]
    postcode = schools["URN"].map(spine)
    found = schools["URN"].map(by_urn)
    found = found.fillna(schools["URN"].map(by_link))
    for cut in (2, 3):  # the sector (LA9 6), then the district (LA9)
        found = found.fillna(_area(postcode, cut).map(_commonest_la(register, cut)))
    sole = schools["former_la"].map({k: v[1][0] for k, v in FORMER.items() if len(v[1]) == 1})
    return found.fillna(sole)


def _area(postcode: pd.Series, cut: int) -> pd.Series:
    return postcode.str.replace(" ", "").str[:-cut]


def _commonest_la(register: pd.DataFrame, cut: int) -> pd.Series:
    changed = register[register["la_code"].isin({la for v in FORMER.values() for la in v[1]})]
    return changed.groupby(_area(changed["Postcode"], cut))["la_code"].agg(lambda s: s.mode().iloc[0])


def _place_by_share(table: pd.DataFrame) -> None:
    """Give schools still without an LA to successors in turn, by their shares of secondary pupils."""
    for former, rows in table[table["la_code"].isna()].groupby("former_la"):
        successors = FORMER[int(str(former))][1]
        known = table[(table["former_la"] == former) & (table["kind"] == MAINSTREAM[1])]
        weight = known.groupby("la_code")["pupils"].sum().reindex(successors).fillna(0.0)
        weight = weight / weight.sum()
        for _kind, group in rows.groupby("kind"):
            given = dict.fromkeys(successors, 0)
            for place, row in enumerate(group.sort_values("URN").index, start=1):
                winner = max(successors, key=lambda la: float(weight[la]) * place - given[la])
                given[winner] += 1
                table.loc[row, "la_code"] = winner


def pupil_weights(census: pd.DataFrame) -> pd.DataFrame:
    """Count the pupils that each LA of 2023 took from each LA of January 2019.

    Parameters
    ----------
    census : pandas.DataFrame
        From `read_census`.

    Returns
    -------
    pandas.DataFrame
        Indexed by (la_code, former_la), with columns primary, secondary and all (pupils).
    """
    mainstream = census[census["kind"].isin(MAINSTREAM)]
    by_kind = mainstream.pivot_table(
        index=["la_code", "former_la"], columns="kind", values="pupils", aggfunc="sum", fill_value=0.0
    )
    weights = pd.DataFrame({"primary": by_kind[MAINSTREAM[0]], "secondary": by_kind[MAINSTREAM[1]]})
    weights["all"] = weights.sum(axis=1)
    return weights
