"""Each school's disadvantaged result, made from all pupils' results, against the ones that are published.

Run ``python -m calibration.split_check --data DIR``. ``DIR`` holds files of some LAs with both groups, and in
a folder of its own (``--narrow``, by default ``DIR/england``) files with all pupils' results only. Schools
are split from the narrow files; nothing of the full ones enters. Against them stands the LA's published rate
put for every school. Chance of few pupils is taken off; schools with suppressed groups are counted apart.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import ndtri

from model.place import Floats
from scenarios.places.build.canonical import canonical
from scenarios.places.build.school_table import build_schools
from scenarios.places.build.split import POINTS_AN_SD
from scenarios.places.build.split_table import MEASURES, wide, with_split
from scenarios.places.files.sources import Sources, read_sources

SPLIT_COLUMNS = {
    "ks2_rwm_expected": ("ks2", "rwm", "rwm_disadvantaged", "rwm_other"),
    "ks4_attainment8": ("ks4", "attainment8", "attainment8_disadvantaged", "attainment8_other"),
}
"""Measure: table and columns of all, disadvantaged and other pupils."""

FEWEST_SPLIT = 5
"""Schools of an LA and year with both groups published from which they are compared."""

FEWEST_HIDDEN = 0.05
"""Disadvantaged pupils of suppressed schools, over those of others, from which LA totals tell of them."""

_EDGE = 0.02


@dataclass(frozen=True, kw_only=True)
class Errors:
    """How far predictions are from published results; shares or points.

    Attributes
    ----------
    rmse : float
        Root mean square error, weighted by disadvantaged pupils.
    net : float
        The same less what chance in few pupils explains (0 where it explains more).
    bias : float
        Mean error.
    correlation : float
        Across schools, weighted; NaN where predictions do not differ.
    slope : float
        Of published on predicted results, weighted.
    """

    rmse: float
    net: float
    bias: float
    correlation: float
    slope: float


def errors(predicted: Floats, published: Floats, noise: Floats, weight: Floats) -> Errors:
    """Compare predictions with published results.

    Parameters
    ----------
    predicted, published : (n,) float64
        One a school.
    noise : (n,) float64
        Variance of the difference by chance in few pupils.
    weight : (n,) float64
        Disadvantaged pupils.

    Returns
    -------
    Errors
        In the unit of the results.
    """

    def mean(values: Floats) -> float:
        return float(np.average(values, weights=weight))

    error = predicted - published
    square = mean(error**2)
    a, b = predicted - mean(predicted), published - mean(published)
    spread = mean(a**2)
    flat = spread < 1e-12
    return Errors(
        rmse=float(np.sqrt(square)),
        net=float(np.sqrt(max(square - mean(noise), 0.0))),
        bias=mean(error),
        correlation=float("nan") if flat else mean(a * b) / float(np.sqrt(spread * mean(b**2))),
        slope=float("nan") if flat else mean(a * b) / spread,
    )


def noise_of(measure: str, cohorts: pd.DataFrame, predicted: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Give the variance by chance of a school's published result about each prediction.

    The result of all pupils holds the same chance, and the split passes a part of it on.

    Parameters
    ----------
    measure : str
        Key of `SPLIT_COLUMNS`.
    cohorts : pandas.DataFrame
        pupils, disadvantaged (counts).
    predicted, other : (n,) float64
        Made results of both groups.

    Returns
    -------
    of_rate, of_split : (n,) float64
        Variance of published results about the LA's rate, and about the split.
    """
    few = np.maximum(cohorts["disadvantaged"].to_numpy(dtype=np.float64), 1.0)
    rest = np.maximum(cohorts["pupils"].to_numpy(dtype=np.float64) - few, 1.0)
    share = few / (few + rest)
    if measure == "ks4_attainment8":
        own, others, passed = POINTS_AN_SD**2 / few, POINTS_AN_SD**2 / rest, np.ones(len(few))
    else:
        low, high = np.clip(predicted, _EDGE, 1 - _EDGE), np.clip(other, _EDGE, 1 - _EDGE)
        own, others = low * (1.0 - low) / few, high * (1.0 - high) / rest
        steep, flat = np.exp(-0.5 * ndtri(low) ** 2), np.exp(-0.5 * ndtri(high) ** 2)
        passed = steep / (share * steep + (1.0 - share) * flat)
    kept = (1.0 - passed * share) ** 2 * own + (passed * (1.0 - share)) ** 2 * others
    return np.asarray(own), np.asarray(kept)


def compare(measure: str, real: pd.DataFrame, made: pd.DataFrame, target: float) -> list[dict[str, object]]:
    """Compare one LA and year.

    Parameters
    ----------
    measure : str
        Key of `SPLIT_COLUMNS`.
    real : pandas.DataFrame
        Published, by urn: pupils, disadvantaged (counts), all, of_disadvantaged.
    made : pandas.DataFrame
        Made, by urn: disadvantaged, other, pupils_disadvantaged.
    target : float
        The LA's rate of disadvantaged pupils.

    Returns
    -------
    list of dict
        A row for each prediction.
    """
    both = real.join(made.add_suffix("_made"), how="inner")
    shown = both[both["of_disadvantaged"].notna() & both["disadvantaged_made"].notna()]
    hidden = both[both["of_disadvantaged"].isna() & (both["disadvantaged"] > 0) & both["all"].notna()]
    weight = shown["disadvantaged"].to_numpy(dtype=np.float64)
    split = shown["disadvantaged_made"].to_numpy(dtype=np.float64)
    noise_rate, noise_split = noise_of(measure, shown, split, shown["other_made"].to_numpy(dtype=np.float64))
    published = shown["of_disadvantaged"].to_numpy(dtype=np.float64)
    tested = float(np.sum(weight))
    untested = hidden["disadvantaged"].to_numpy(dtype=np.float64)
    enough = untested.sum() >= FEWEST_HIDDEN * tested
    left = target * (tested + untested.sum()) - float(np.sum(published * weight))
    implied = left / untested.sum() if enough else np.nan
    about = {
        "schools": len(shown), "pupils": tested,
        "hidden_schools": len(hidden), "hidden_pupils": untested.sum(),
        "published_mean": np.average(published, weights=weight), "la_rate": target,
        "hidden_made": np.average(hidden["disadvantaged_made"], weights=untested) if len(hidden) else np.nan,
        "hidden_implied": implied,
    }  # fmt: skip
    rates = np.full(len(shown), target)
    return [
        {"prediction": "split", **about, **vars(errors(split, published, noise_split, weight))},
        {"prediction": "LA rate", **about, **vars(errors(rates, published, noise_rate, weight))},
    ]


def real_results(sources: Sources, measure: str) -> pd.DataFrame:
    """Read published results of both groups.

    Parameters
    ----------
    sources : Sources
        What was read.
    measure : str
        Key of `SPLIT_COLUMNS`.

    Returns
    -------
    pandas.DataFrame
        la_code, urn, year, pupils, disadvantaged, all, of_disadvantaged, of LAs and years that publish both.
    """
    table, everyone, disadvantaged, _other = SPLIT_COLUMNS[measure]
    rows = canonical(sources, table)
    rows = rows[rows["rectype"].isin([1.0, 2.0]) & (rows["urn"] > 0) & (rows["disadvantaged"] >= 0)]
    rows = rows.rename(columns={everyone: "all", disadvantaged: "of_disadvantaged"})
    enough = rows.groupby(["la_code", "year"])["of_disadvantaged"].transform("count") >= FEWEST_SPLIT
    return rows.loc[enough, ["la_code", "urn", "year", "pupils", "disadvantaged", "all", "of_disadvantaged"]]


def check(data: Path, narrow: Path) -> pd.DataFrame:
    """Compare every LA and year with both groups published.

    Parameters
    ----------
    data, narrow : Path
        Folder with the full files; folder with all pupils' results only.

    Returns
    -------
    pandas.DataFrame
        A row for each measure, LA, year and prediction.
    """
    full, plain = read_sources(str(data)), read_sources(str(narrow))
    found: list[dict[str, object]] = []
    for measure in SPLIT_COLUMNS:
        real = real_results(full, measure)
        for la, year in real[["la_code", "year"]].drop_duplicates().astype(int).itertuples(index=False):
            rows = real[(real["la_code"] == la) & (real["year"] == year)]
            table = build_schools(plain, la, year)
            made = wide(with_split(table.schools, table.results, table.las), measure)
            made = made[made.index.get_level_values("year") == year].set_index("published_urn")
            made = made[["disadvantaged", "other", "pupils_disadvantaged"]]
            column = MEASURES[measure].disadvantaged
            target = float(table.las[column].to_dict()[la, year]) * MEASURES[measure].unit
            found += [
                {"measure": measure, "la": la, "year": year, **row}
                for row in compare(measure, rows.set_index("urn"), made, target)
            ]
    return pd.DataFrame(found)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the comparison.

    Parameters
    ----------
    arguments : sequence of str, optional
        Of the command line.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with files of both groups")
    parser.add_argument("--narrow", type=Path, help="folder with all pupils' results (default: DATA/england)")
    chosen = parser.parse_args(arguments)
    table = check(chosen.data, chosen.narrow or chosen.data / "england")
    print(table.round(4).to_string(index=False))


if __name__ == "__main__":
    main()
