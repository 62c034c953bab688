"""Schools that recovered at their next inspection: how much of 85 and 88 per cent comes without support.

Run ``python -m calibration.supported_recovery``. Two partnerships report that 88 per cent of the schools most
at risk and 85 per cent of schools at risk after a short visit were good at their next inspection after
support; neither names a comparison. Here schools are placed alike at entry and live on twice with the same
luck: without support, and with practice higher by a given amount. Nothing is tuned to the two figures; what
is fitted is inspection itself (``calibration/inspection_fit.py``), to all schools.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import bdtrc

from calibration.inspection_alone import FIRST_YEAR, SCHOOLS, Lives
from model.inspection_record import Grade
from model.parameters import Parameters
from model.place import Bools, Floats

REPORTED = {"most at risk": 88.0, "at risk after a short visit": 85.0}
"""Per cent good at the next inspection, as reported (seed facts seed_safe_good and seed_hfl_good)."""

ENTRY_YEARS = (2012, 2016, 2021, 2024)
"""End of the year in which schools enter: full inspections; short visits; recent; report cards next."""

LIFTS = (0.0, 0.25, 0.5, 1.0)
"""Practice that support adds in all domains, between-school SD: none, much, very much, beyond evidence."""

_FOLLOWED_YEARS = 7
_FEW = 40  # schools a partnership may have supported, for what chance alone does to a share


def populations(lives: Lives) -> dict[str, Bools]:
    """Who may be meant by schools in need of support.

    Parameters
    ----------
    lives : Lives
        Schools at the end of a year.

    Returns
    -------
    dict of str to (n_schools,) bool
        Schools by grade at entry; the last is what a partnership would see without inspectors.
    """
    record = lives.inspection.record
    standing = lives.practice.practice().mean(axis=1)
    return {
        "inadequate": record.grade == Grade.INADEQUATE,
        "requires improvement": record.grade == Grade.REQUIRES_IMPROVEMENT,
        "at risk after a short visit": record.at_risk & (record.grade == Grade.GOOD),
        "good, lowest tenth by practice": record.good() & (standing < np.quantile(standing, 0.1)),
    }


def picks(lives: Lives, of: Bools) -> dict[str, Bools]:
    """Whom a partnership might pick of them.

    Parameters
    ----------
    lives : Lives
        Schools at the end of a year.
    of : (n_schools,) bool
        Those that may be meant.

    Returns
    -------
    dict of str to (n_schools,) bool
        All; the half with the weaker and with the stronger leadership; the half with the lower results.
    """
    if not of.any():
        return {"all": of}
    leadership = lives.practice.practice()[:, 7]
    results = lives.facts.results
    weaker = leadership < np.median(leadership[of])
    lower = results < np.median(results[of])
    return {
        "all": of,
        "weaker leadership": of & weaker,
        "stronger leadership": of & ~weaker,
        "lower results": of & lower,
    }


def next_good(lives: Lives, entry: int, support: Floats) -> Floats:
    """Let schools live on to their next inspection.

    Parameters
    ----------
    lives : Lives
        At the end of the year of entry; copied.
    entry : int
        That year.
    support : (n_schools,) float64
        Practice added in all domains, between-school SD.

    Returns
    -------
    (n_schools,) float64
        1 where the next inspection leaves the school good or better, 0 where not, NaN where none came.
    """
    after = copy.deepcopy(lives)
    after.inspection.record.visits = []
    found = np.full(SCHOOLS, np.nan)
    for year in range(entry + 1, entry + 1 + _FOLLOWED_YEARS):
        after.year(year, support=support)
    for visits in after.inspection.record.visits:
        first = np.isnan(found[visits.school])
        found[visits.school[first]] = visits.after[first] <= Grade.GOOD
    return found


def recoveries(replicates: int) -> pd.DataFrame:
    """Share good at the next inspection, by who entered, when, who was picked and what support added.

    Parameters
    ----------
    replicates : int
        Lives of the schools.

    Returns
    -------
    pandas.DataFrame
        entry, population, picked, lift (between-school SD), schools, good (per cent), error (per cent).
    """
    found = pd.DataFrame(row for replicate in range(replicates) for row in _one_life(replicate))
    sums = found.groupby(["entry", "population", "picked", "lift"], sort=False)[["schools", "good"]].sum()
    share = sums["good"] / sums["schools"]
    sums["error"] = 100.0 * np.sqrt(share * (1.0 - share) / sums["schools"])
    sums["good"] = 100.0 * share
    return sums.reset_index()


def _one_life(replicate: int) -> Iterator[dict[str, object]]:
    lives = Lives(Parameters(), replicate)
    for year in range(FIRST_YEAR, max(ENTRY_YEARS) + 1):
        lives.year(year)
        if year not in ENTRY_YEARS:
            continue
        for lift in LIFTS:
            good = next_good(lives, year, np.full(SCHOOLS, lift))
            for name, of in populations(lives).items():
                for picked, rows in picks(lives, of).items():
                    seen = good[rows & ~np.isnan(good)]
                    yield {
                        "entry": year, "population": name, "picked": picked, "lift": lift,
                        "schools": len(seen), "good": float(seen.sum()),
                    }  # fmt: skip


def decomposition(table: pd.DataFrame) -> pd.DataFrame:
    """Take the reported figures apart, one step at a time.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``recoveries``.

    Returns
    -------
    pandas.DataFrame
        A row a step with the per cent reached: the plain base rate, then date, population and selection, and
        what is left to support; and the chance that 40 such schools show the reported figures or more.
    """
    by = table.set_index(["entry", "population", "picked", "lift"])["good"]
    today, before = 2021, 2012
    ri, risk = "requires improvement", "at risk after a short visit"
    rows = [
        ("base: requires improvement, 2012, no support", by[before, ri, "all", 0.0]),
        ("date: the same in 2021", by[today, ri, "all", 0.0]),
        ("population: at risk after a short visit, 2021", by[today, risk, "all", 0.0]),
        ("selection: of those, stronger leadership", by[today, risk, "stronger leadership", 0.0]),
        ("selection: of those, lower results", by[today, risk, "lower results", 0.0]),
        ("date: at risk in 2024, report cards next", by[2024, risk, "all", 0.0]),
        ("support of 0.25 SD: at risk, 2021", by[today, risk, "all", 0.25]),
        ("support of 0.25 SD: requires improvement, 2021", by[today, ri, "all", 0.25]),
        ("support of 1 SD: requires improvement, 2021", by[today, ri, "all", 1.0]),
    ]
    found = pd.DataFrame(rows, columns=["step", "good"])
    for figure in REPORTED.values():
        short = np.ceil(_FEW * figure / 100.0) - 1.0  # most that still falls short of the figure
        found[f"chance of {figure:.0f}"] = bdtrc(short, _FEW, found["good"] / 100.0)
    return found


def lift_needed(table: pd.DataFrame) -> pd.DataFrame:
    """Practice that support would have to add for the figures reported.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``recoveries``.

    Returns
    -------
    pandas.DataFrame
        entry, population, without support (per cent), and for each reported figure the lift in
        between-school SD: 0 where it is reached without support, infinite beyond the largest tried.
    """
    rows = []
    everyone = table[table["picked"] == "all"]
    for (entry, population), part in everyone.groupby(["entry", "population"], sort=False):
        good, lifts = part["good"].to_numpy(), part["lift"].to_numpy()
        row: dict[str, object] = {"entry": entry, "population": population, "without support": good[0]}
        for figure in REPORTED.values():
            rising = np.maximum.accumulate(good)
            reached = float(np.interp(figure, rising, lifts)) if rising[-1] >= figure else float("inf")
            row[f"SD for {figure:.0f}"] = 0.0 if good[0] >= figure else reached
        rows.append(row)
    return pd.DataFrame(rows)


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replicates", type=int, default=4, help=f"lives of {SCHOOLS} schools (default 4)")
    table = recoveries(parser.parse_args().replicates)
    print(table.round(2).to_string(index=False))
    print(decomposition(table).round(2).to_string(index=False))
    print(lift_needed(table).round(2).to_string(index=False))


if __name__ == "__main__":
    main()
