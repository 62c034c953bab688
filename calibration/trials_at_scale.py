"""Programmes at scale: what is left of a trial's effect when many schools get it from a real queue.

Run ``python -m calibration.trials_at_scale``. Institutions run for ten years under the baseline, in worlds
whose providers differ; what each case that was begun in them received in the end (weeks of full strength,
quality of team and person, match) is given to the schools of a trial, with the effect discounted for scale.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

from calibration.plans import RESULTS, SEED, in_processes, keep, sampler, show
from calibration.trial_runs import Design, replicated
from calibration.trials import PLACE, TRIALS, Trial, evidence_of, reader
from model.alone import run_alone
from model.institution_record import CaseRows
from model.parameters import Parameters
from model.place import Floats, Place
from model.randomness import Chance
from scenarios import library, offers
from scenarios.places import resolve

WORLDS, REPLICATES, YEARS = 12, 4, 10
ENDED = ("completed", "interrupted", "abandoned")
"""States of cases that have ended; of these, those that got any support are counted."""

_SCHOOLS = 0


def cases_of_worlds(place: Place, p: Parameters, worlds: int) -> list[CaseRows]:
    """Run institutions alone under the baseline in several worlds.

    Parameters
    ----------
    place : Place
        Where.
    p : Parameters
        One draw: the same in all worlds, so that only chance and who the providers are differ.
    worlds : int
        How many.

    Returns
    -------
    list of CaseRows
        Cases of each world.
    """
    levers = sampler().levers(0, library.load(library.BASELINE).dated(place.year))
    runs = (run_alone(place, levers, p, years=YEARS, chance=Chance(SEED, w, 0)) for w in range(1, worlds + 1))
    return [run.record().cases for run in runs]


def received_by_cases(worlds: list[CaseRows], programme: str, weeks: int) -> Floats:
    """Gather what cases of a programme that have ended got.

    Parameters
    ----------
    worlds : list of CaseRows
        Cases of each world.
    programme : str
        Its name.
    weeks : int
        Teaching weeks of a whole case.

    Returns
    -------
    (n_cases, 2) float64
        Share of a whole case's weeks, and quality; cases begun in projected years that got any support.
    """
    found = []
    for cases in worlds:
        mine = np.array([name == programme for name in cases.offer]) & (cases.term >= 0)
        mine &= np.isin(np.array(cases.state), ENDED) & (cases.weeks_delivered > 0.0)
        found.append(np.column_stack([cases.weeks_delivered[mine] / weeks, cases.quality[mine]]))
    return np.concatenate(found)


def at_scale(
    place: Place, trial: Trial, cases: Floats, p: Parameters, replicates: int = REPLICATES
) -> dict[str, object]:
    """Put a programme as it arrives at schools to the trial it had.

    Parameters
    ----------
    place : Place
        Of the trial.
    trial : Trial
        Which programme, and which row.
    cases : (n_cases, 2) float64
        What cases received: share of weeks, quality.
    p : Parameters
        One draw.
    replicates : int
        Of the trial.

    Returns
    -------
    dict
        Effect under trial conditions and after the discount, mean dose and quality, share of cases in which
        the provider does harm, effect found and its error, and its ratio to that of the trial.
    """
    spec, read = offers.load(trial.programme), reader(trial.row, "central")
    in_trial = evidence_of(spec.offer(read, at_scale=False), trial.domain)
    discounted = spec.offer(read)
    luck = Chance(SEED, 0, 0).uniforms(f"case of {trial.programme}", _SCHOOLS, 0, len(place.schools))
    received = cases[(luck * len(cases)).astype(np.intp)]
    design = Design(place=place, offer=discounted, domain=trial.domain, received=received)
    found = replicated(design, p, replicates)[0][:, 0]
    return {
        "programme": trial.programme,
        "row": trial.row,
        "trial": in_trial,
        "discounted": evidence_of(discounted, trial.domain),
        "cases": len(cases),
        "weeks": float(cases[:, 0].mean()),
        "quality": float(cases[:, 1].mean()),
        "harm": float((cases[:, 1] < 0.0).mean()),
        "at_scale": float(found.mean()),
        "error": float(found.std(ddof=1) / np.sqrt(len(found))),
        "ratio": float(found.mean()) / in_trial,
    }


def main() -> None:
    """Run the worlds and the trials, and print the table."""
    parser = argparse.ArgumentParser(description="What is left of trials' effects at scale.")
    parser.add_argument("--worlds", type=int, default=WORLDS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help=f"write {RESULTS / 'trials_at_scale.csv'}")
    chosen = parser.parse_args()
    place, p = resolve("synthetic", PLACE), sampler().parameters(0)
    worlds = cases_of_worlds(place, p, chosen.worlds)
    weeks = {t.programme: offers.load(t.programme).offer(reader(t.row, "central")).weeks for t in TRIALS}
    cases = {name: received_by_cases(worlds, name, length) for name, length in weeks.items()}
    calls = [(place, t, cases[t.programme], p) for t in TRIALS if len(cases[t.programme])]
    found = pd.DataFrame(in_processes(at_scale, calls, chosen.workers))
    show(found, "What is left at scale of effects found in trials, a case that was begun", digits=4)
    keep(found, "trials_at_scale", RESULTS if chosen.keep else None)


if __name__ == "__main__":
    main()
