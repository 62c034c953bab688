"""When each URN was open, what kind of school it is, and where that is known from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.identity import FIRST_BELIEVABLE_DATE, Lineage
from scenarios.places.build.kinds import ALTERNATIVE, MAINSTREAM, STATE_FUNDED, UNKNOWN, categories, kinds
from scenarios.places.build.yearly import register_year

YEARLY = ("ks2", "ks4", "census", "absence", "workforce", "finance")
"""Tables in which a school appears only in years it is open."""

TYPED = ("register", "information", "ks4", "ks2", "census")
"""Tables that tell a school's type, the most telling first."""

ORDERED_FROM = 130_000
"""URNs above this number were given out in order of time."""

SEPTEMBER = 9

LONGEST_SETTING_UP = pd.Timedelta(days=730)
"""An academy that joined its trust later than this after its number was given out had opened before."""

LONGEST_GAP = 25
"""URNs with a known date, looked at together to judge the date of one between them."""


def end_of_year(year: int) -> pd.Timestamp:
    """Give the last day of an academic year.

    Parameters
    ----------
    year : int
        The year in which it ends.

    Returns
    -------
    pandas.Timestamp
        31 August.
    """
    return pd.Timestamp(year=year, month=8, day=31)


def closed_urns(sources: SourceTables) -> pd.Index:
    """List the URNs that some file says have closed.

    Parameters
    ----------
    sources : SourceTables
        What was read.

    Returns
    -------
    pandas.Index of int64
        URNs.
    """
    register, information = canonical(sources, "register"), canonical(sources, "information")
    closed = register["status"].str.lower().eq("closed") | register["close_date"].notna()
    said = information["close_date"].notna()
    urns = pd.concat([register.loc[closed, "urn"], information.loc[said, "urn"]])
    found: pd.Index = pd.Index(np.unique(urns.to_numpy(dtype=np.int64)))
    return found


def lifetimes(sources: SourceTables, lineage: Lineage) -> pd.DataFrame:
    """Work out when each URN was open.

    Parameters
    ----------
    sources : SourceTables
        What was read.
    lineage : Lineage
        Links between URNs.

    Returns
    -------
    pandas.DataFrame
        Indexed by urn: kind (str), category (float, NaN where not known), type (str), opened and closed
        (datetime64, NaT where not known), opened_from and closed_from (str: where the date is from),
        first_seen and last_seen (float years in yearly tables), registered, proposed and gone (bool: in the
        register, not yet open there, closed there), low_age (float),
        young_from and young_until (float: first and last year with GCSE results).
    """
    typed = {name: canonical(sources, name) for name in TYPED}
    links = canonical(sources, "group_links")
    urns = [table["urn"] for table in typed.values()]
    urns += [lineage.edges["earlier"], lineage.edges["later"], links["urn"]]
    index = pd.Index(np.unique(np.concatenate([part.to_numpy(dtype=np.int64) for part in urns])), name="urn")
    index = index[index > 0]
    life = pd.DataFrame(index=index)
    _add_types(life, typed, lineage)
    life["registered"] = index.isin(typed["register"]["urn"])
    status = typed["register"].drop_duplicates("urn").set_index("urn")["status"].str.lower()
    life["proposed"] = status.str.startswith("proposed to open").reindex(index, fill_value=False)
    life["gone"] = status.eq("closed").reindex(index, fill_value=False)
    ages = pd.concat([typed["register"], typed["information"]])[["urn", "low_age"]].dropna()
    life["low_age"] = ages.drop_duplicates("urn").set_index("urn")["low_age"].reindex(index)
    ks4 = typed["ks4"]
    young = ks4[ks4["attainment8"].notna() & (ks4["pupils"] > 0)].groupby("urn")["year"].agg(["min", "max"])
    life["young_from"], life["young_until"] = young["min"].reindex(index), young["max"].reindex(index)
    _add_seen(life, sources)
    _add_dates(life, typed, lineage, links)
    return life


def _add_types(life: pd.DataFrame, typed: dict[str, pd.DataFrame], lineage: Lineage) -> None:
    """Take the type from the first table that tells; each question from the first that answers it."""
    life["kind"], life["type"], life["category"] = UNKNOWN, "", np.nan
    for name, table in typed.items():
        newest = table.sort_values("year", kind="stable") if "year" in table else table
        text = newest.drop_duplicates("urn", keep="last").set_index("urn")["type"].reindex(life.index)
        text = text.fillna("").astype("str")
        life["kind"] = life["kind"].where(life["kind"] != UNKNOWN, kinds(text))
        life["category"] = life["category"].fillna(categories(text))
        if name != "census":  # it tells the phase rather than the type
            life["type"] = life["type"].where(life["type"] != "", text)
    ks2, ks4 = typed["ks2"], typed["ks4"]
    state = pd.concat([ks2.loc[ks2["rwm"].notna(), "urn"], ks4.loc[ks4["progress8"].notna(), "urn"]])
    tested = (life["kind"] == UNKNOWN) & life.index.isin(state)  # independent schools have neither
    followed = lineage.edges.assign(kind=lineage.edges["later"].map(life["kind"]))
    followed = followed[followed["kind"].isin(STATE_FUNDED)].drop_duplicates("earlier")
    then = followed.set_index("earlier")["kind"].reindex(life.index).fillna(MAINSTREAM)
    life.loc[tested, "kind"] = then[tested]
    census = typed["census"].drop_duplicates("urn", keep="last").set_index("urn")["type"]
    unit = kinds(census).eq(ALTERNATIVE).reindex(life.index, fill_value=False)
    life.loc[unit, "kind"] = ALTERNATIVE


def _add_seen(life: pd.DataFrame, sources: SourceTables) -> None:
    """Note the first and last year in which a URN has a row with a figure."""
    parts = [canonical(sources, name)[["urn", "year"]] for name in YEARLY]
    spine = canonical(sources, "information")
    listed = spine[~_said_closed(spine) & spine["close_date"].isna()]
    of = register_year(spine, 0)
    if of:
        parts.append(pd.DataFrame({"urn": listed["urn"], "year": float(of)}))
    seen = pd.concat(parts, ignore_index=True).groupby("urn")["year"].agg(["min", "max"])
    life["first_seen"] = seen["min"].reindex(life.index)
    life["last_seen"] = seen["max"].reindex(life.index)


def _said_closed(spine: pd.DataFrame) -> pd.Series:
    if "closed" not in spine:
        return pd.Series(False, index=spine.index)
    return spine["closed"].fillna(False).astype(bool)


def _add_dates(
    life: pd.DataFrame, typed: dict[str, pd.DataFrame], lineage: Lineage, group_links: pd.DataFrame
) -> None:
    """Fill opening and closing dates: own, then by the links, then by when an academy joined its trust."""
    for column, source in (("opened", "open_date"), ("closed", "close_date")):
        life[column], life[column + "_from"] = pd.NaT, ""
        life[column] = life[column].astype("datetime64[ns]")
        for name in ("register", "information"):
            dates = typed[name].dropna(subset=[source]).drop_duplicates("urn").set_index("urn")[source]
            _fill(life, column, dates[dates >= FIRST_BELIEVABLE_DATE], name)
    academy = group_links["group_type"].str.contains("multi-academy|single-academy", case=False)
    joined = group_links[academy & (group_links["joined"] >= FIRST_BELIEVABLE_DATE)]
    plain = lineage.edges[~lineage.edges["merged"] & ~lineage.edges["split"]]
    _fill(life, "opened", plain.groupby("later")["date"].max(), "links")
    judged = _by_number(life)
    first = joined.groupby("urn")["joined"].min()
    late = first - judged.reindex(first.index)
    _fill(life, "opened", first[~(late.abs() > LONGEST_SETTING_UP)], "trust")
    _fill(life, "opened", judged, "number")
    edges = lineage.edges[~lineage.edges["split"]]
    successor_opened = edges["later"].map(life["opened"]).where(~edges["merged"])
    _fill(life, "closed", successor_opened.groupby(edges["earlier"]).min().dropna(), "links")
    _fill(life, "closed", edges.groupby("earlier")["date"].min().dropna(), "links")
    # What some link calls a predecessor is open if the register says so, or later tables have it.
    register = typed["register"].drop_duplicates("urn").set_index("urn")
    still = register["close_date"].isna() & register["status"].str.lower().str.startswith("open")
    later = life["last_seen"] > life["closed"].dt.year + (life["closed"].dt.month >= SEPTEMBER)
    still = (still.reindex(life.index, fill_value=False) | later) & (life["closed_from"] == "links")
    life.loc[still, "closed"], life.loc[still, "closed_from"] = pd.NaT, ""


def _fill(life: pd.DataFrame, column: str, dates: pd.Series, whence: str) -> None:
    new = dates.reindex(life.index)
    filled = life[column].isna() & new.notna()
    life.loc[filled, column] = new[filled]
    life.loc[filled, column + "_from"] = whence


def _by_number(life: pd.DataFrame) -> pd.Series:
    """Judge opening dates of new URNs from those of the numbers around them."""
    known = life[(life.index >= ORDERED_FROM) & (life["opened_from"] == "register")]
    unknown = life.index[(life.index >= ORDERED_FROM) & life["opened"].isna()]
    if len(known) < LONGEST_GAP:
        return pd.Series(dtype="datetime64[ns]")
    days = (known["opened"] - FIRST_BELIEVABLE_DATE).dt.days.astype(np.float64)
    smooth = days.rolling(LONGEST_GAP, center=True, min_periods=1).median()
    judged = np.interp(unknown.to_numpy(), known.index.to_numpy(), smooth.to_numpy())
    return pd.Series(FIRST_BELIEVABLE_DATE + pd.to_timedelta(np.round(judged), unit="D"), index=unknown)
