"""Forecasts of 2017 to 2019 made in 2016, against what was published, as they are.

Run ``python -m calibration.backtest``. Every LA starts from 2016 with nothing later, under sampled draws.
Standards moved in these years (KS2 rose by 12 points from 2016 to 2019; new GCSEs lowered Attainment 8), and
no place can know it: each figure is compared both as it is and against England's of the same year, where the
model holds England still. Persistence takes the figure of 2016; shrunken persistence draws its distance from
England in by what one cohort can tell.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from calibration.forecasts import kept_share, score
from calibration.plans import RESULTS, keep, plan_of, sampler, show
from experiments.run import execute
from experiments.tables import trajectories
from model.place import Place
from model.reference import build_reference
from scenarios.places import resolve, table
from scenarios.places.published import available_authorities, england_place

START, YEARS = 2016, (2017, 2018, 2019)
ENGLAND = "england"


class Series(NamedTuple):
    """One published series: measure, columns of the embedded table, rounding of its figures."""

    measure: str
    disadvantaged: str
    other: str
    rounding: float


SERIES = (
    Series("ks2_rwm_expected", "ks2_rwm_disadvantaged", "ks2_rwm_other", 1.0),
    Series("ks4_attainment8", "a8_disadvantaged", "a8_other", 0.1),
)
GROUPS = ("gap", "disadvantaged", "other")


def published(code: int, slug: str) -> pd.DataFrame:
    """Give an LA's published figures of 2016 to 2019, imputed ones left out.

    Parameters
    ----------
    code : int
        DfE code; 970 is England.
    slug : str
        Name of the place in the runs.

    Returns
    -------
    pandas.DataFrame
        Place, measure, group, year, actual; per cent or points.
    """
    indicators = table.indicators(code)
    rows = []
    for series in SERIES:
        for year in (START, *YEARS):
            at = indicators.loc[year]
            imputed = set(str(at["imputed"]).split(";"))
            low, high = (
                np.nan if name in imputed else float(str(at[name]))
                for name in (series.disadvantaged, series.other)
            )
            values = dict(zip(GROUPS, (high - low, low, high), strict=True))
            rows += [(slug, series.measure, group, year, value) for group, value in values.items()]
    return pd.DataFrame(rows, columns=["place", "measure", "group", "year", "actual"])


def noise(place: Place, a8_sd: float) -> pd.DataFrame:
    """Give the variance of one year's figures of an LA from cohort size and rounding.

    Parameters
    ----------
    place : Place
        One LA in 2016.
    a8_sd : float
        SD of pupils' Attainment 8, points.

    Returns
    -------
    pandas.DataFrame
        Place, measure, group, noise; squared per cent or points.
    """
    rates = place.rates
    sizes = (float(place.areas.children.sum()), float(place.secondary_pupils[0]))
    poor = (float(rates.disadvantaged_ks2[0]), float(rates.disadvantaged_ks4[0]))
    rows = []
    for series, size, share in zip(SERIES, sizes, poor, strict=True):
        pupils = np.array([share, 1.0 - share]) * size
        rate = place.results.ks2_rwm[0, -1]
        spread = 100.0**2 * rate * (1.0 - rate) if series.measure == "ks2_rwm_expected" else a8_sd**2
        low, high = spread / pupils + series.rounding**2 / 12.0
        rows += [
            (place.slug, series.measure, group, value)
            for group, value in zip(GROUPS, (low + high, low, high), strict=True)
        ]
    return pd.DataFrame(rows, columns=["place", "measure", "group", "noise"])


def simulated(places: Sequence[Place], draws: int, workers: int) -> pd.DataFrame:
    """Run every place under draws and chance of its own, so that errors of places are independent.

    Parameters
    ----------
    places : sequence of Place
        Where.
    draws : int
        Draws.
    workers : int
        Processes.

    Returns
    -------
    pandas.DataFrame
        Place, measure, group, year, model (mean of the runs), sd.
    """
    numbers = [range(1 + index * draws, 1 + (index + 1) * draws) for index in range(len(places))]
    cells = [[(number, number) for number in own] for own in numbers]
    plan = plan_of(places, cells, years=max(YEARS) - START)
    finished = execute(plan, engine="joblib", workers=workers, fail_fast=True, progress=True)
    runs = trajectories(finished)
    wanted = (
        (runs["kind"] == "simulated")
        & runs["measure"].isin([s.measure for s in SERIES])
        & runs["group"].isin(GROUPS)
    )
    keys = ["place", "measure", "group", "year"]
    of_runs = runs[wanted].astype({name: str for name in keys[:3]}).groupby(keys)["value"]
    return of_runs.agg(model="mean", sd="std").reset_index()


def forecasts(
    actual: pd.DataFrame, england: pd.DataFrame, runs: pd.DataFrame, noises: pd.DataFrame
) -> pd.DataFrame:
    """Put the forecasts beside what was published, as it is and against England.

    Parameters
    ----------
    actual, england : pandas.DataFrame
        From ``published``: of all LAs, and of England.
    runs : pandas.DataFrame
        From ``simulated``.
    noises : pandas.DataFrame
        From ``noise``, of all LAs.

    Returns
    -------
    pandas.DataFrame
        A row an LA, series, year and ``view`` (as published, against England): actual, model, sd,
        persistence, shrunken.
    """
    cell, with_year = ["measure", "group"], ["measure", "group", "year"]
    rows = actual.merge(england[[*with_year, "actual"]], on=with_year, suffixes=("", "_england"))
    rows = rows.merge(runs, on=["place", *with_year], how="left").merge(noises, on=["place", *cell])
    first = rows.loc[rows["year"] == START, ["place", *cell, "actual", "actual_england"]]
    rows = rows[rows["year"] > START].merge(first, on=["place", *cell], suffixes=("", "_then"))
    rows["standing"] = rows["actual_then"] - rows["actual_england_then"]
    rows["kept"] = np.nan
    for _, group in rows.groupby(with_year):
        rows.loc[group.index, "kept"] = kept_share(group["standing"].to_numpy(), group["noise"].to_numpy())
    base = rows[["place", *with_year, "sd"]]
    then = rows["actual_england_then"]
    plain = base.assign(
        view="as published",
        actual=rows["actual"],
        model=rows["model"],
        persistence=rows["actual_then"],
        shrunken=then + rows["kept"] * rows["standing"],
    )
    relative = base.assign(
        view="against England",
        actual=rows["actual"] - rows["actual_england"],
        model=rows["model"] - then,
        persistence=rows["standing"],
        shrunken=rows["kept"] * rows["standing"],
    )
    return pd.concat([plain, relative], ignore_index=True)


def scores(table: pd.DataFrame, draws: int) -> pd.DataFrame:
    """Score every series, year by year.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``forecasts``.
    draws : int
        Runs behind each mean.

    Returns
    -------
    pandas.DataFrame
        As ``calibration.forecasts.score``.
    """
    keys = ["view", "measure", "group", "year"]
    rows = [
        {**dict(zip(keys, key, strict=True)), **score(cell, draws)}
        for key, cell in table.groupby(keys, sort=False)
    ]
    return pd.DataFrame(rows).sort_values(keys, ignore_index=True)


def pupil_sd_of_attainment8() -> float:
    """Give the SD of pupils' Attainment 8 in the nation of 2016, points."""
    stage = build_reference(sampler().parameters(0), england_place(START).national).ks4
    return float(stage.sd * stage.points_per_unit)


def local(every: int, draws: int, workers: int) -> pd.DataFrame:
    """Forecast LAs.

    Parameters
    ----------
    every : int
        Take one LA in so many.
    draws : int
        Runs of each.
    workers : int
        Processes.

    Returns
    -------
    pandas.DataFrame
        As ``forecasts``.
    """
    authorities = available_authorities()[::every]
    places = [resolve(f"{authority.code}@{START}") for authority in authorities]
    actual = pd.concat([published(a.code, p.slug) for a, p in zip(authorities, places, strict=True)])
    a8_sd = pupil_sd_of_attainment8()
    noises = pd.concat([noise(place, a8_sd) for place in places])
    england = published(table.ENGLAND_CODE, ENGLAND)
    return forecasts(actual, england, simulated(places, draws, workers), noises)


def national(draws: int, workers: int) -> pd.DataFrame:
    """Forecast England.

    Parameters
    ----------
    draws : int
        Runs.
    workers : int
        Processes.

    Returns
    -------
    pandas.DataFrame
        Measure, group, year, published, model, SD of the runs, persistence, and both errors.
    """
    runs = simulated([england_place(START)], draws, workers)
    actual = published(table.ENGLAND_CODE, ENGLAND)
    rows = actual.merge(runs, on=["place", "measure", "group", "year"])
    then = actual[actual["year"] == START].set_index(["measure", "group"])["actual"].to_dict()
    rows["persistence"] = [then[key] for key in zip(rows["measure"], rows["group"], strict=True)]
    rows["model_error"] = rows["model"] - rows["actual"]
    rows["persistence_error"] = rows["persistence"] - rows["actual"]
    return rows.drop(columns="place")


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=12, help="runs of each LA (default 12)")
    parser.add_argument("--every", type=int, default=1, help="take one LA in so many (default all)")
    parser.add_argument("--england", type=int, default=4, help="runs of England (default 4; 0 leaves it out)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    found = local(asked.every, asked.draws, asked.workers)
    keep(found, "backtest_authorities", asked.out)
    judged = scores(found, asked.draws)
    keep(judged, "backtest_scores", asked.out)
    for view, part in judged.groupby("view"):
        errors = part[
            [
                c
                for c in part
                if c in ("measure", "group", "year", "n") or str(c).startswith(("rmse", "bias", "spread"))
            ]
        ]
        show(errors, f"LAs, {view}: error of forecasts made in {START}", 2)
        rest = part[[c for c in part if not str(c).startswith(("rmse", "bias", "spread", "view"))]]
        show(rest, f"LAs, {view}: absolute error, and per cent of figures inside the model's bands", 2)
    if asked.england:
        table_ = national(asked.england, asked.workers)
        keep(table_, "backtest_england", asked.out)
        show(table_, f"England: forecasts made in {START}", 2)


if __name__ == "__main__":
    main()
