"""National rates and gaps: published, fitted in closed form, and simulated for all England.

Run ``python -m calibration.national``. For every year with tests England starts anew from that year with
nothing later; the simulated figures are those of the year after, when no cohort is tied to its published
results any more and nothing has been done.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from tqdm import tqdm

from model.levers import Levers
from model.parameters import Parameters
from model.place import Group, Place
from model.randomness import Chance
from model.record import Column, Record
from model.reference import build_reference
from model.system import simulate
from scenarios.places.published import england_place
from scenarios.places.table import PLACE_YEARS
from scenarios.posterior import posterior

_HELD = {"rolls": False, "level_wander": False}


def _published(place: Place) -> dict[tuple[str, str], float]:
    """England's own figures of year 0, in the units of the measures registry."""
    results = place.national.results
    found = {}
    for group in Group:
        name = group.name.lower()
        found["ks2_rwm_expected", name] = 100.0 * float(results.ks2_rwm[0, -1, group])
        found["ks4_attainment8", name] = float(results.ks4_attainment8[0, -1, group])
        found["eyfs_gld", name] = 100.0 * float(results.eyfs_gld[0, -1, group])
    found["ks2_gap_index", "gap"] = float(place.national.ks2_gap_index[-1])
    found["ks4_gap_index", "gap"] = float(place.national.ks4_gap_index[-1])
    return found


def _fitted(place: Place, p: Parameters) -> dict[tuple[str, str], float]:
    """The same figures in the closed-form nation."""
    reference = build_reference(p, place.national)
    found = {}
    for group in Group:
        name = group.name.lower()
        for measure, stage in (("ks2_rwm_expected", reference.ks2), ("eyfs_gld", reference.eyfs)):
            found[measure, name] = 100.0 * stage.rate(group, stage.cut)
        found["ks4_attainment8", name] = float(
            (reference.ks4.group_means[group] - reference.ks4.cut) * reference.ks4.points_per_unit
        )
    return found


def national_check(p: Parameters, years: tuple[int, ...]) -> pd.DataFrame:
    """Compare published, fitted and simulated national figures.

    Parameters
    ----------
    p : Parameters
        Values in use.
    years : tuple of int
        Years 0.

    Returns
    -------
    pandas.DataFrame
        One row a year, measure and group: ``published``, ``fitted``, ``simulated``, ``error`` (simulated
        less published).
    """
    rows = []
    for year in tqdm(years, desc="England", unit="year"):
        place = england_place(year)
        record: Record = simulate(place, Levers(), p, years=1, chance=Chance(0, 0, 0), switches=_HELD)
        published, fitted = _published(place), _fitted(place, p)
        for (measure, group), value in published.items():
            simulated = float(record.values[1, record.columns.index(Column(measure, group))])
            rows.append(
                (
                    year,
                    measure,
                    group,
                    value,
                    fitted.get((measure, group), np.nan),
                    simulated,
                    simulated - value,
                )
            )
    names = ["year", "measure", "group", "published", "fitted", "simulated", "error"]
    return pd.DataFrame(rows, columns=names)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--years", type=int, nargs="*", default=list(PLACE_YEARS), help="years 0 (default: all offered)"
    )
    asked = parser.parse_args()
    p = Parameters().changed({name: fitted.value for name, fitted in posterior().items()})
    print(national_check(p, tuple(asked.years)).to_string(index=False, float_format="{:.2f}".format))


if __name__ == "__main__":
    main()
