"""Places built from the Department's files: what was read and matched, and year 0 against what is published.

Run ``python -m calibration.built_places --data DIR``. One replicate each, central values. KS2 and A8
of both groups are conditioned on, so they must come back; ``all`` is the mix of the two that the model makes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.plans import RESULTS, keep, sampler, show
from calibration.year0_check import results, run_year_0
from model.place import Flag
from scenarios.places.build.assemble import BuiltPlace, build_place

TEN = (202, 211, 307, 309, 330, 373, 856, 909, 919, 936)
"""DfE codes of the LAs with extracts: Camden to Surrey."""

YEARS = (2016, 2017, 2018)

LIMITS = {"ks2_rwm_expected": 1.0, "ks4_attainment8": 0.5}
"""Largest error allowed in year 0: percentage points, Attainment 8 points."""


def coverage(built: BuiltPlace, seconds: float) -> dict[str, object]:
    """Count what a build read, matched and imputed.

    Parameters
    ----------
    built : BuiltPlace
        A place and what it was made from.
    seconds : float
        Time the build took.

    Returns
    -------
    dict
        Place, year, schools, schools with results, cells by flag, seconds.
    """
    table = built.table
    flags = table.flags.to_numpy()
    own = table.results[(table.results["group"] == "all") & (table.results["year"] == built.place.year)]
    found = {
        measure: own.loc[(own["measure"] == measure) & (own["flag"] == int(Flag.PUBLISHED)), "urn"].nunique()
        for measure in LIMITS
    }
    return {
        "place": built.place.slug,
        "year": built.place.year,
        "schools": len(table.schools),
        "with KS2": found["ks2_rwm_expected"],
        "with A8": found["ks4_attainment8"],
        "cells": flags.size,
        "published": int((flags == Flag.PUBLISHED).sum()),
        "imputed": int((flags == Flag.IMPUTED).sum()),
        "synthetic": int((flags == Flag.SYNTHETIC).sum()),
        "seconds": seconds,
    }


def year_0(built: BuiltPlace) -> pd.DataFrame:
    """Compare the results of year 0 with the published ones.

    Parameters
    ----------
    built : BuiltPlace
        A place of one LA.

    Returns
    -------
    pandas.DataFrame
        Place, year, measure, group, published, simulated, error.
    """
    found = results(run_year_0(built.place, sampler().parameters(0)))
    rows = [
        (built.place.slug, built.place.year, measure, group, *values, values[1] - values[0])
        for (measure, group), values in found.items()
        if measure in LIMITS and group != "gap"
    ]
    columns = ["place", "year", "measure", "group", "published", "simulated", "error"]
    return pd.DataFrame(rows, columns=columns)


def measure(data: str, las: Sequence[int], years: Sequence[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build every place and compare its year 0.

    Parameters
    ----------
    data : str
        Folder of the Department's files.
    las : sequence of int
        DfE codes.
    years : sequence of int
        Place years.

    Returns
    -------
    tuple of pandas.DataFrame
        What was read, a row a place; year 0, a row a place, measure and group.
    """
    read, compared = [], []
    for la in las:
        for year in years:
            started = time.perf_counter()
            built = build_place(data, [la], year)
            read.append(coverage(built, time.perf_counter() - started))
            compared.append(year_0(built))
    return pd.DataFrame(read), pd.concat(compared, ignore_index=True)


def main() -> None:
    """Print both tables, and the largest error of each measure and group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--la", type=int, nargs="*", default=list(TEN))
    parser.add_argument("--year", type=int, nargs="*", default=list(YEARS))
    parser.add_argument("--out", type=Path, default=RESULTS)
    given = parser.parse_args()
    read, compared = measure(given.data, given.la, given.year)
    show(read, "What was read", 1)
    wide = compared.pivot(index=["place", "year"], columns=["measure", "group"], values="error").reset_index()
    wide.columns = [" ".join(part for part in name if part) for name in wide.columns]
    show(wide, "Simulated less published in year 0", 2)
    worst = compared.assign(worst=np.abs(compared["error"])).groupby(["measure", "group"])["worst"].max()
    show(worst.reset_index(), f"Largest error (allowed: {LIMITS})", 2)
    keep(read, "built_places", given.out)
    keep(compared, "built_year0", given.out)


if __name__ == "__main__":
    main()
