"""Replicates of both models on one small place, ready to be compared."""

import numpy as np

from model.levers import Levers
from model.parameters import Parameters
from model.randomness import Chance
from model.system import System
from scenarios.places.generator import synthetic_place
from scenarios.places.options import GeneratorOptions
from tests.plain_mesa.district import plain_run

OUTSIDE = {"attendance": False, "choice": False, "mobility": False, "programmes": False}
"""What the plain model leaves out."""

MEASURES = [
    (measure, group)
    for measure in ("eyfs_gld", "ks2_rwm_expected", "ks4_attainment8")
    for group in ("disadvantaged", "other", "gap")
] + [("ks2_gap_index", "gap"), ("ks4_gap_index", "gap")]
PARTS = ("lasting", "drifting", "cohort")
SPREADS = [(f"{stage}_{of}_sd", "all") for stage in ("ks2", "ks4") for of in ("pupil", "school")]


def small_place(times=1):
    """Four primary and two secondary schools, 1,500 pupils; or ``times`` as many of all."""
    options = GeneratorOptions(
        schools=6 * times, pupils=1500 * times, primary_share=0.7, special_schools=0, ap_schools=0,
        trusts=1, spread_km=4.0 * times**0.5, seed=1,
    )  # fmt: skip
    return synthetic_place(options, 2023)


def lepsim_rows(place, parameters, years, seed):
    """One replicate of the model: a dict a year, as the plain model gives."""
    chance = Chance(seed, 0, 0)
    system = System(place, Levers(), parameters, chance, years=years, switches=OUTSIDE, detail=True)
    spread = PupilSpread(system)
    record = system.run()
    column = {(c.measure, c.group): i for i, c in enumerate(record.columns)}
    rows = [{key: values[column[key]] for key in MEASURES} for values in record.values]
    for row, year, pupil_sd in zip(rows, record.years, spread.taken, strict=True):
        of_year = record.schools.year == year
        row["ks2_pupil_sd", "all"], row["ks4_pupil_sd", "all"] = pupil_sd
        row["ks2_school_sd", "all"] = 100.0 * np.nanstd(record.schools.ks2_rwm_expected[of_year])
        row["ks4_school_sd", "all"] = np.nanstd(record.schools.ks4_attainment8[of_year])
    return rows


class PupilSpread:
    """Keeps the SD of pupils' mean scores each time the system takes its measures."""

    def __init__(self, system):
        self.taken, take = [], system.parts.measuring.row

        def row(register, results):
            self.taken.append((float(results.ks2.mean.std()), float(results.ks4.mean.std())))
            return take(register, results)

        system.parts.measuring.row = row


def plain_rows(place, parameters, years, seed, change=None):
    """One replicate of the plain model: a dict a year."""
    return plain_run(place, parameters, Chance(seed, 0, 0), years, seed, change).years


def replicates(rows, place, parameters, years, seeds, **more):
    """Every statistic of every replicate and year; shape of each (n_replicates, years + 1)."""
    runs = [rows(place, parameters, years, seed, **more) for seed in seeds]
    return {key: np.array([[row[key] for row in run] for run in runs]) for key in (*MEASURES, *SPREADS)}


def central():
    """Declared starting values of every parameter."""
    return Parameters()


def alike_schools():
    """Parameters under which all schools add the same, so that a mean over pupils is known closely."""
    parts = [f"schools.{part}_sd_{phase}" for part in PARTS for phase in ("primary", "secondary")]
    return central().changed(dict.fromkeys([*parts, "schools.practice_loading"], 0.0))
