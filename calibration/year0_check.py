"""Year 0 against the published figures, for every LA that figures are held for.

Run ``python -m calibration.year0_check``. One replicate each, central values; imputed figures are left out.
Prints the largest and the median absolute error of each measure. KS2 and KS4 results are conditioned on;
rates are reached by the labels and cuts that the model makes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.plans import RESULTS, SEED, in_processes, keep, sampler, show
from model.cuts import label_cuts
from model.levers import Levers
from model.parameters import Parameters
from model.place import FIRST_SECONDARY_YEAR_GROUP, Bools, Flag, Phase, Place
from model.randomness import Chance
from model.record import Column
from model.system import System
from model.year0 import sen_cuts
from scenarios.places import resolve
from scenarios.places.published import available_authorities
from scenarios.places.resolve import LATEST_YEAR

_PER_CENT = 100.0


def run_year_0(place: Place, parameters: Parameters) -> System:
    """Run year 0 alone, on chance that no other LA shares: its code is the number of the replicate.

    Parameters
    ----------
    place : Place
        Of one LA.
    parameters : Parameters
        Central values.

    Returns
    -------
    System
        At the end of year 0.
    """
    system = System(place, Levers(), parameters, Chance(SEED, 0, place.la_code[0]), years=0)
    system.run()
    return system


def results(system: System) -> dict[tuple[str, str], tuple[float, float]]:
    """Compare the measures of year 0 with the published ones.

    Parameters
    ----------
    system : System
        At the end of year 0.

    Returns
    -------
    dict
        Published and simulated value by measure and group, in the registry's units; imputed ones left out.
    """
    record = system.record()
    found = {}
    for row in system.place.history:
        column = Column(row.measure, row.group)
        if row.year == system.place.year and row.flag == Flag.PUBLISHED and column in record.columns:
            found[row.measure, row.group] = (row.value, float(record.values[0, record.columns.index(column)]))
    return found


def shares(system: System) -> dict[tuple[str, str], tuple[float, float]]:
    """Compare the shares of labelled pupils with the rates given, by phase.

    Parameters
    ----------
    system : System
        Of one LA, at the end of year 0.

    Returns
    -------
    dict
        Rate given and simulated share, per cent, by label and phase.
    """
    parts, rates = system.parts, system.place.rates
    register, year = parts.register, system.now
    labels, cuts = label_cuts(system.place), sen_cuts(system.place, parts.parameters.learning)
    found = {}
    for name, year_group, phase in (("disadvantaged, Year 6", 6, 0), ("disadvantaged, Year 11", 11, 1)):
        cohort = register.in_year(year, year_group)
        block = slice(cohort.start, cohort.end)
        given = (rates.disadvantaged_ks2, rates.disadvantaged_ks4)[phase]
        poor = parts.measuring.disadvantaged(register, block, phase)
        found["share", name] = (given[0], poor[parts.measuring.present(register, block)].mean())
    active, group = register.active(year), register.year_group(year)
    secondary = group >= FIRST_SECONDARY_YEAR_GROUP
    here = parts.measuring.present(register, active)
    mainstream = here & _mainstream(system)[register.school[active]]
    income, la, need = register.income[active], register.la[active], register.need_index[active]
    for phase, (name, inside) in enumerate((("primary", ~secondary), ("secondary", secondary))):
        for label in ("fsm6", "fsm_now"):
            cut = getattr(labels, label)[la, phase]
            given = getattr(rates, f"{'fsm' if label == 'fsm_now' else label}_{name}")
            found["share", f"{label}, {name}"] = (given[0], (income < cut)[here & inside].mean())
        support, plan = cuts[la, phase].T
        taught = mainstream & inside
        found["share", f"SEN support, {name} schools"] = (
            getattr(rates, f"sen_support_{name}")[0],
            ((need >= support) & (need < plan))[taught].mean(),
        )
        found["share", f"plan, {name} schools"] = (
            getattr(rates, f"ehcp_{name}")[0],
            (need >= plan)[taught].mean(),
        )
    return {key: (_PER_CENT * float(a), _PER_CENT * float(b)) for key, (a, b) in found.items()}


def _mainstream(system: System) -> Bools:
    """Which schools are mainstream; the last cells stand for no school of the place."""
    phase = system.place.schools.phase
    special = (phase == Phase.SPECIAL) | (phase == Phase.ALTERNATIVE_PROVISION)
    return np.append(~special, np.zeros(system.place.n_la, dtype=np.bool_))


def errors_of(name: str, parameters: Parameters) -> pd.DataFrame:
    """Compare one LA.

    Parameters
    ----------
    name : str
        Code, name or slug, with ``@year``.
    parameters : Parameters
        Central values.

    Returns
    -------
    pandas.DataFrame
        Place, measure, group, published, simulated.
    """
    system = run_year_0(resolve(name), parameters)
    found = {**results(system), **shares(system)}
    rows = [(system.place.slug, *key, *values) for key, values in found.items()]
    return pd.DataFrame(rows, columns=["place", "measure", "group", "published", "simulated"])


def summary(errors: pd.DataFrame) -> pd.DataFrame:
    """Sum up over LAs.

    Parameters
    ----------
    errors : pandas.DataFrame
        As ``errors_of``, of all LAs.

    Returns
    -------
    pandas.DataFrame
        LAs, mean error (simulated less published), median and largest absolute error, and where that is.
    """
    rows = []
    for (measure, group), cell in errors.groupby(["measure", "group"], sort=False):
        error = (cell["simulated"] - cell["published"]).dropna()
        if error.empty:
            continue
        worst = int(error.abs().to_numpy().argmax())
        rows.append(
            (
                measure,
                group,
                len(error),
                error.mean(),
                error.abs().median(),
                error.abs().quantile(0.9),
                error.abs().max(),
                cell.loc[error.index, "place"].iloc[worst],
            )
        )
    names = [
        "measure",
        "group",
        "LAs",
        "mean error",
        "median |error|",
        "90th |error|",
        "largest |error|",
        "where",
    ]
    return pd.DataFrame(rows, columns=names)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--year", type=int, default=LATEST_YEAR, help="year 0 (default %(default)s)")
    parser.add_argument("--every", type=int, default=1, help="take one LA in so many (default all)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    names = [f"{authority.code}@{asked.year}" for authority in available_authorities()[:: asked.every]]
    parameters = sampler().parameters(0)
    tables = in_processes(errors_of, ((name, parameters) for name in names), asked.workers)
    table = pd.concat(tables, ignore_index=True)
    keep(table, "year0", asked.out)
    show(summary(table), f"Year 0 ({asked.year}) of {len(names)} LAs: simulated against published", 2)


if __name__ == "__main__":
    main()
