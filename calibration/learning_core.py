"""Fits the learning core to published figures of schools and pupils.

Run ``python -m calibration.learning_core``. National rates and gaps need no fitting: the reference nation
reproduces them in every draw. Writes ``conf/posterior/learning_core.yaml`` (values, and a 90 per cent range
from the curvature of the fit) and prints the table of targets, published and simulated.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from scipy.optimize import OptimizeResult, least_squares
from tqdm import tqdm

from calibration.observed import ObservedSystem
from calibration.sample import sample_of_england
from calibration.statistics import all_statistics
from calibration.targets import TARGETS
from model.levers import Levers
from model.parameters import DECLARED, Parameters
from model.place import Floats, Place
from model.randomness import Chance
from scenarios.posterior import posterior as fitted_before

YEAR = 2019
"""Year 0 of the fit: the last year before the pandemic, to which the target rows of schools refer."""

PROJECTED = 12
"""Years run: the children who enter Reception in the first year take their KS4 in the last."""

FITTED = (
    "learning.catch_up",
    "learning.home_variance",
    "learning.other_variance",
    "learning.need_drag_support",
    "learning.need_drag_plan",
    "learning.need_drag_special",
    "schools.lasting_sd_primary",
    "schools.drifting_sd_primary",
    "schools.drifting_autocorrelation_primary",
    "schools.cohort_sd_primary",
    "schools.lasting_sd_secondary",
    "schools.drifting_sd_secondary",
    "schools.drifting_autocorrelation_secondary",
    "schools.cohort_sd_secondary",
    "schools.intake_sd",
    "schools.intake_low_income_slope",
    "choice.distance_scale_secondary",
    "choice.sorting",
    "choice.attainment_share",
)

_HELD = {"rolls": False, "level_wander": False}  # the figures are of one year's nation
_WIDTH_90 = 1.645
_STEP = 0.08


def simulated(place: Place, values: dict[str, float]) -> dict[str, float]:
    """Run the sample once and take all statistics.

    Parameters
    ----------
    place : Place
        The sample.
    values : dict of str to float
        Parameters by full name.

    Returns
    -------
    dict of str to float
        Statistics by target id.
    """
    system = ObservedSystem(
        place,
        Levers(),
        Parameters().changed(values),
        Chance(0, 0, 0),
        years=PROJECTED,
        switches=_HELD,
    )
    system.run()
    found = {**all_statistics(system), "unit_ks2": float(system.parts.reference.ks2.sd)}
    system.release()
    return found


def misfit(found: dict[str, float]) -> Floats:
    """Misses of all targets in units of their tolerances.

    Parameters
    ----------
    found : dict of str to float
        Simulated statistics by target id.

    Returns
    -------
    (n_targets,) float64
        (Simulated - published) / tolerance, in the order of ``TARGETS``.

    Raises
    ------
    KeyError
        If the statistic of a target is missing.
    """
    return np.array([(found[t.id] - t.value) / t.tolerance for t in TARGETS])


def fit(place: Place, rounds: int) -> tuple[OptimizeResult, dict[str, float]]:
    """Fit all parameters by weighted least squares on common random numbers.

    Parameters
    ----------
    place : Place
        The sample.
    rounds : int
        Evaluations of the gradient at most.

    Returns
    -------
    scipy.optimize.OptimizeResult
        The fit, in units of each parameter's bounds.
    dict of str to float
        Fitted values by full name.
    """
    low = np.array([DECLARED[name].low for name in FITTED])
    span = np.array([DECLARED[name].high for name in FITTED]) - low
    scale = np.array([max(abs(DECLARED[name].default), 0.02) for name in FITTED])
    with tqdm(desc="runs", unit="run") as bar:

        def misses(x: Floats) -> Floats:
            bar.update()
            values = dict(zip(FITTED, (x * scale).tolist(), strict=True))
            return misfit(simulated(place, values))

        known = fitted_before()
        margin = 1e-4 * span
        start = np.array([known[n].value if n in known else DECLARED[n].default for n in FITTED])
        start = np.clip(start, low + 2.0 * margin, low + span - 2.0 * margin) / scale
        result = least_squares(
            misses,
            start,
            bounds=((low + margin) / scale, (low + span - margin) / scale),
            diff_step=[_STEP] * len(FITTED),
            max_nfev=rounds,
            x_scale=1.0,
        )
    return result, dict(zip(FITTED, (result.x * scale).tolist(), strict=True))


def posterior(result: OptimizeResult, values: dict[str, float]) -> dict[str, dict[str, float]]:
    """Give value and 90 per cent range of each parameter, the others held, from the curvature at the fit.

    Draws take the parameters one by one, so ranges hold the others: draws then keep the fit, where marginal
    ranges would combine values that no joint fit allows.

    Parameters
    ----------
    result : OptimizeResult
        From ``fit``.
    values : dict of str to float
        Fitted values.

    Returns
    -------
    dict
        ``{name: {value, low, high}}``, ranges cut off at the declared bounds; a parameter that its targets
        hardly move has a wide one.
    """
    scale = np.array([max(abs(DECLARED[name].default), 0.02) for name in FITTED])
    prior = np.array([(DECLARED[n].high - DECLARED[n].low) / (2.0 * _WIDTH_90) for n in FITTED]) / scale
    information = result.jac.T @ result.jac + np.diag(1.0 / prior**2)
    error = scale / np.sqrt(np.diag(information))
    table = {}
    for name, se in zip(FITTED, error, strict=True):
        d, value = DECLARED[name], values[name]
        low, high = max(value - _WIDTH_90 * se, d.low), min(value + _WIDTH_90 * se, d.high)
        table[name] = {"value": round(value, 5), "low": round(float(low), 5), "high": round(float(high), 5)}
    return table


def table_of(found: dict[str, float]) -> pd.DataFrame:
    """Table of targets: published, simulated, error, and the error in tolerances.

    Parameters
    ----------
    found : dict of str to float
        Simulated statistics by target id.

    Returns
    -------
    pandas.DataFrame
        One row a target, each in its own unit.

    Raises
    ------
    KeyError
        If the statistic of a target is missing.
    """
    rows = [
        (t.id, t.label, t.value, found[t.id], found[t.id] - t.value, (found[t.id] - t.value) / t.tolerance)
        for t in TARGETS
    ]
    return pd.DataFrame(rows, columns=["target", "what", "published", "simulated", "error", "in tolerances"])


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--every", type=int, default=5, help="take one LA in so many (default 5)")
    parser.add_argument(
        "--rounds", type=int, default=5, help="evaluations of the gradient at most (default 5)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parent.parent / "conf" / "posterior" / "learning_core.yaml"
    )
    parser.add_argument("--first", type=int, default=0, help="position of the first LA taken (default 0)")
    parser.add_argument("--check", action="store_true", help="only show how well the values in use do")
    asked = parser.parse_args()
    place = sample_of_england(YEAR, asked.every, asked.first)
    if asked.check:
        values = {name: fitted.value for name, fitted in fitted_before().items()}
        print(table_of(simulated(place, values)).to_string(index=False, float_format="{:.3f}".format))
        return
    result, values = fit(place, asked.rounds)
    print(table_of(simulated(place, values)).to_string(index=False, float_format="{:.3f}".format))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(posterior(result, values), sort_keys=True)
    asked.out.write_text(
        f"# Fitted by calibration/learning_core.py to the target rows named in model/parameters.py\n{text}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
