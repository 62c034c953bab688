"""The table of LA indicators, one row an LA of 2023 and a year, with what was imputed said."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.published_changes import FORMER, MERGED, SPLIT
from calibration.published_sources import ABSENCE, ENGLAND, YEARS, number, read_text_table
from scenarios.places.files.measures import MEASURES

# Weight given to a successor's own difference from its sibling, seen in one published year: the share
# of an LA figure's variance that lasts (design, M 2: a year's reliability is about 0.65).
YEAR_RELIABILITY = 0.65
# Measures for which school tables show how the parts of a former LA differ.
FROM_SCHOOLS = {
    "fsm": ("fsm_primary", "fsm_secondary"),
    "fsm6": ("fsm6_primary", "fsm6_secondary"),
    "sen_support": ("sen_support_primary", "sen_support_secondary"),
    "ehcp": ("ehcp_primary", "ehcp_secondary"),
    "absence": ("absence_primary", "absence_secondary"),
    "persistent_absence": ("persistent_absence_primary", "persistent_absence_secondary"),
}


def phase_of(measure: str) -> str:
    """Say which pupils weight a measure when LAs are mixed.

    Parameters
    ----------
    measure : str
        A column of indicators.csv.

    Returns
    -------
    str
        ``primary``, ``secondary`` or ``all``.
    """
    if measure.startswith(("ks2_", "gld_")) or measure.endswith("_primary"):
        return "primary"
    if measure.startswith(("a8_", "em5_", "sustained_")) or measure.endswith("_secondary"):
        return "secondary"
    return "all"


def build_indicators(
    published: pd.DataFrame, weights: pd.DataFrame, ratios: pd.DataFrame, las: Iterable[int]
) -> pd.DataFrame:
    """Bring the published indicators to the LAs of 2023 and fill the gaps, flagging each cell filled.

    Parameters
    ----------
    published : pandas.DataFrame
        From `calibration.published_sources.read_indicators`.
    weights : pandas.DataFrame
        Pupils by (la_code, former_la), from `calibration.published_changes.pupil_weights`.
    ratios : pandas.DataFrame
        From `successor_ratios`.
    las : Iterable[int]
        The LAs of 2023 to keep, England among them.

    Returns
    -------
    pandas.DataFrame
        Columns la_code, year, the measures and ``imputed``; sorted by la_code and year.
    """
    las = sorted(las)
    index = pd.MultiIndex.from_product([sorted({*las, *FORMER}), YEARS], names=["la_code", "year"])
    full = published.reindex(index)
    filled = full.copy()
    for measure in MEASURES:
        wide = full[measure].unstack("year")
        done = _fill_gaps(_successors(_fill_gaps(wide, FORMER), measure, weights, ratios), las)
        filled[measure] = done.stack(future_stack=True)
    filled = filled.loc[las].round(5)
    flagged = filled.notna() & full.loc[las].isna()
    filled["imputed"] = [";".join(flagged.columns[row]) for row in flagged.to_numpy()]
    return filled.reset_index()


def _fill_gaps(wide: pd.DataFrame, las: Iterable[int]) -> pd.DataFrame:
    """Fill a gap of an LA with England's figure plus the LA's usual difference from England."""
    england = wide.T[ENGLAND]
    rows = wide.loc[list(las)]
    usual = rows.sub(england, axis=1).mean(axis=1)
    guess = pd.DataFrame(np.add.outer(usual.to_numpy(), england.to_numpy()), rows.index, rows.columns)
    wide = wide.copy()
    wide.loc[rows.index] = rows.fillna(guess.clip(lower=0.0).round(2))
    return wide


def _successors(
    wide: pd.DataFrame, measure: str, weights: pd.DataFrame, ratios: pd.DataFrame
) -> pd.DataFrame:
    """Give LAs made since 2019 the history of the LAs they came from."""
    wide = wide.copy()
    phase = phase_of(measure)
    for la, formers in MERGED.items():
        share = pd.Series([weights.loc[(la, former), phase] for former in formers], index=list(formers))
        before = wide.loc[list(formers)].mul(share / share.sum(), axis=0).sum(skipna=False)
        wide.loc[la] = wide.loc[la].fillna(before.round(2))
    for la, former in SPLIT.items():
        siblings = list(FORMER[former][1])
        pupils = pd.Series([weights.loc[(s, former), phase] for s in siblings], index=siblings)
        whole = wide.loc[siblings].mul(pupils / pupils.sum(), axis=0).sum(skipna=False)
        ratio = float(ratios[measure][la]) if measure in ratios.columns else 1.0
        carried = _carried(wide.T[former], wide.T[la] - whole, ratio)
        wide.loc[la] = wide.loc[la].fillna(carried.clip(lower=0.0).round(2))
    return wide


def _carried(before: pd.Series, difference: pd.Series, ratio: float) -> pd.Series:
    """Carry a former LA's figures to a successor, by its own difference where one is known."""
    years = int(difference.notna().sum())
    if years:
        lasting = years * YEAR_RELIABILITY / (1 + (years - 1) * YEAR_RELIABILITY)
        return before + lasting * difference.mean()
    return before * ratio


def successor_ratios(data: Path, register: pd.DataFrame, census: pd.DataFrame) -> pd.DataFrame:
    """Compare each successor of a split LA with the whole former LA, from school tables.

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
        Indexed by la_code (the successors of a split), a column a measure: the pupil-weighted mean of
        the successor's schools over that of all the former LA's schools.
    """
    absence = read_text_table(data, ABSENCE, ["URN", "PERCTOT", "PPERSABS10"])
    absence = absence.drop_duplicates("URN").set_index("URN")
    schools = census.assign(
        fsm=census["URN"].map(number(register.set_index("URN")["PercentageFSM"])),
        absence=census["URN"].map(number(absence["PERCTOT"])),
        persistent_absence=census["URN"].map(number(absence["PPERSABS10"])),
    )
    schools = schools[schools["former_la"].isin(list(SPLIT.values()))]
    ratios = pd.DataFrame(index=pd.Index(list(SPLIT), name="la_code"))
    for source, columns in FROM_SCHOOLS.items():
        for column in columns:
            rows = schools[schools["kind"] == f"State-funded {phase_of(column)}"].dropna(
                subset=[source, "pupils"]
            )
            total = (rows[source] * rows["pupils"]).groupby(rows["la_code"]).sum()
            pupils = rows["pupils"].groupby(rows["la_code"]).sum()
            for la, former in SPLIT.items():
                family = list(FORMER[former][1])
                whole = total[family].sum() / pupils[family].sum()
                ratios.loc[la, column] = total[la] / pupils[la] / whole
    return ratios
