"""Inspection alone against what Ofsted published: chances of moving between grades, shares, intervals.

Run ``python -m calibration.inspection_fit``; ``--fit TRIES`` searches the standards anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from calibration.inspection_alone import TERMS, WORDS, Life, live
from calibration.targets import published
from model.inspection_record import Grade
from model.parameters import Parameters
from model.place import Floats

FITTED = (
    "standard_2013",
    "standard_2016",
    "standard_2023",
    "secondary_extra",
    "outstanding_above",
    "inadequate_below",
    "response",
)
"""Parameters of ``InspectionParameters`` that the search moves; those of report cards follow from shares."""

_POINTS = ("urgent", "needs_attention", "expected", "strong", "exceptional")


def moments(life: Life) -> dict[str, float]:
    """Reckon what the target rows give.

    Parameters
    ----------
    life : Life
        From ``live``.

    Returns
    -------
    dict of str to float
        By row id of ``targets.csv``; per cent, years for intervals.
    """
    visits = life.visits
    found = _moves(visits) | _intervals(visits) | _standing(life.shares) | _recent(visits)
    for year in (2013, 2016, 2018):
        poor = visits[(visits["year"] == year) & (visits["before"] == Grade.REQUIRES_IMPROVEMENT)]
        found[f"calc_ofsted_ri_improved_{year}"] = _per_cent(poor["after"] <= Grade.GOOD)
    for point, name in enumerate(_POINTS, start=1):
        found[f"reportcard_{name}_2026"] = _per_cent(pd.Series(life.points == point))
    found["calc_ofsted_stuck"] = _below_good_thrice(visits)
    return found


def _per_cent(flags: pd.Series) -> float:
    return 100.0 * float(flags.to_numpy(dtype=np.float64).mean()) if len(flags) else float("nan")


def _moves(visits: pd.DataFrame) -> dict[str, float]:
    """Chances of the next graded inspection by the grade before."""
    found = {}
    for eras, first, last in (("1315", 2013, 2015), ("1619", 2016, 2019)):
        era = visits[visits["year"].between(first, last) & visits["graded"]]
        for i, before in enumerate(WORDS, start=1):
            after = era.loc[era["before"] == i, "after"]
            for j, then in enumerate(WORDS, start=1):
                found[f"calc_ofsted_{eras}_{before}_to_{then}"] = _per_cent(after == j)
    return found


def _intervals(visits: pd.DataFrame) -> dict[str, float]:
    """Mean years between graded inspections, by the grade before."""
    graded = visits[visits["graded"]].sort_values(["replicate", "school", "date"])
    waited = graded.groupby(["replicate", "school"])["date"].diff() / TERMS
    late = graded["year"].between(2016, 2019)
    return {
        f"calc_ofsted_interval_{before}": float(np.nanmean(waited[late & (graded["before"] == i)]))
        for i, before in enumerate(WORDS, start=1)
    }


def _standing(shares: pd.DataFrame) -> dict[str, float]:
    """Shares of schools by their last grade."""

    def mean(year: int, kind: str, column: str) -> float:
        return float(np.mean(shares.loc[(shares["year"] == year) & (shares["kind"] == kind), column]))

    found = {f"ofsted_{word}_2018": mean(2018, "all", word) for word in WORDS}
    for kind in ("primary", "secondary"):
        found[f"ofsted_good_plus_{kind}_2018"] = mean(2018, kind, "good_plus")
    return found | {"ofsted_good_plus_2023": mean(2023, "all", "good_plus")}


def _recent(visits: pd.DataFrame) -> dict[str, float]:
    """What came of inspections about 2022/23, short ones included."""
    recent = visits[visits["year"].between(2022, 2024)]
    before, after = recent["before"].to_numpy(), recent["after"].to_numpy()
    poor, bad, good = (
        after[before == grade] for grade in (Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE, Grade.GOOD)
    )
    return {
        "ofsted_ri_to_good_2023": _per_cent(pd.Series(poor <= Grade.GOOD)),
        "ofsted_inadequate_improved_2023": _per_cent(pd.Series(bad < Grade.INADEQUATE)),
        "ofsted_good_held_2023": _per_cent(pd.Series(good <= Grade.GOOD)),
    }


def _below_good_thrice(visits: pd.DataFrame) -> float:
    """Per cent of schools with three graded inspections to 2018/19 whose last three were below good."""
    graded = visits[visits["graded"] & (visits["year"] <= 2019)]
    last = graded.groupby(["replicate", "school"])["after"].agg(
        n="size", best=lambda grades: grades.iloc[-3:].min()
    )
    enough = last[last["n"] >= 3]
    return 100.0 * float((enough["best"] >= Grade.REQUIRES_IMPROVEMENT).mean())


WEIGHED: dict[str, float] = {
    "calc_ofsted_1315_good_to_outstanding": 5.0,
    "calc_ofsted_1315_good_to_ri": 5.0,
    "calc_ofsted_1315_good_to_inadequate": 2.0,
    "calc_ofsted_1315_ri_to_good": 5.0,
    "calc_ofsted_1315_ri_to_inadequate": 3.0,
    "calc_ofsted_1315_outstanding_to_outstanding": 8.0,
    "calc_ofsted_1315_inadequate_to_inadequate": 5.0,
    "calc_ofsted_ri_improved_2016": 8.0,
    "calc_ofsted_ri_improved_2018": 8.0,
    "ofsted_good_plus_primary_2018": 2.0,
    "ofsted_good_plus_secondary_2018": 2.0,
    "ofsted_outstanding_2018": 3.0,
    "ofsted_inadequate_2018": 1.5,
    "ofsted_good_plus_2023": 2.0,
    "ofsted_ri_to_good_2023": 6.0,
    "ofsted_good_held_2023": 5.0,
}
"""Target rows that the search weighs, and by how many points each may miss."""


def misfit(found: Mapping[str, float]) -> float:
    """Sum of squares of what is missed, by tolerance.

    Parameters
    ----------
    found : mapping of str to float
        From ``moments``.

    Returns
    -------
    float
        About the number of rows where each is missed by its tolerance.
    """
    return sum(((found[name] - published(name)) / width) ** 2 for name, width in WEIGHED.items())


def fit(start: Sequence[float], replicates: int, rounds: int) -> Floats:
    """Search the values of ``FITTED``.

    Parameters
    ----------
    start : sequence of float
        Where to begin.
    replicates : int
        Lives a try, the same in each.
    rounds : int
        Tries at most.

    Returns
    -------
    (7,) float64
        Values found.
    """

    def missed(values: Floats) -> float:
        return misfit(moments(live(dict(zip(FITTED, values.tolist(), strict=True)), replicates)))

    first = np.asarray(start, dtype=np.float64)
    simplex = np.vstack([first, first + 0.15 * np.eye(len(first))])
    found = minimize(
        missed,
        first,
        method="Nelder-Mead",
        options={"maxfev": rounds, "initial_simplex": simplex, "xatol": 0.01, "fatol": 0.05},
    )
    return np.asarray(found.x, dtype=np.float64)


def table(found: Mapping[str, float]) -> pd.DataFrame:
    """Put figures side by side.

    Parameters
    ----------
    found : mapping of str to float
        From ``moments``.

    Returns
    -------
    pandas.DataFrame
        Row id, published, simulated.
    """
    return pd.DataFrame({"published": {k: published(k) for k in found}, "simulated": dict(found)})


def main() -> None:
    """Simulate, search if asked, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replicates", type=int, default=3, help="lives of 2,000 schools (default 3)")
    parser.add_argument("--fit", type=int, default=0, metavar="TRIES", help="search, at most so many tries")
    asked = parser.parse_args()
    values = [Parameters().value(f"inspection.{name}") for name in FITTED]
    if asked.fit:
        values = fit(values, asked.replicates, asked.fit).tolist()
    changes = dict(zip(FITTED, values, strict=True))
    found = moments(live(changes, asked.replicates))
    print({name: round(value, 3) for name, value in changes.items()}, "misfit", round(misfit(found), 1))
    print(table(found).round(2).to_string())


if __name__ == "__main__":
    main()
