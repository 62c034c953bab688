"""Simulated trials: each brokered programme put to a trial in the model, against the evidence it rests on.

Run ``python -m calibration.trials``. Schools are put into two arms by lot; those of one arm have one case
each, under trial conditions (a whole case, usual quality, no discount for scale). Each replicate is run twice
with the arms exchanged on the same chance, so that what differs between the schools cancels and a small bias
shows; the mean of plain trials and their error stand beside it. Effects are read in the unit of the evidence,
at its central value and at both ends of its range, and those of pupil-direct programmes again one and two
years later (rows fade_1y and fade_2y, which are not inputs).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from calibration.plans import RESULTS, in_processes, keep, sampler, show
from calibration.trial_runs import Design, replicated
from model.arrangements import Channel, Offer
from model.parameters import Parameters
from model.place import Place
from scenarios import evidence, offers
from scenarios.places import resolve

PLACE = {"schools": 120, "pupils": 40_000, "special_schools": 2, "ap_schools": 1}
REPLICATES = 10
FOLLOWED = 2
"""Years that pupils taught directly are followed."""

ENDS = ("low", "central", "high")
ERRORS, UNITS = 3.0, 0.02
"""Monte Carlo errors within which a trial must find the evidence; and the part of an effect by which it may
differ besides, as SDs of year groups differ a little and schools whose heads or teachers change are few."""


class Trial(NamedTuple):
    """A programme, and the evidence row that a trial of it must give back."""

    programme: str  # as in conf/programmes/brokered/
    row: str
    domain: int  # attainment domain that the row is about: 0 literacy, 1 maths


TRIALS = (
    Trial("slt_cluster", "prog_effect_prior", 0),
    Trial("reading_fluency", "fluency_seed_gain_discount", 0),
    Trial("tutoring_pool", "ntp_school_led_maths", 1),
    Trial("tutoring_pool", "ntp_school_led_english", 0),
    Trial("maths_coaching", "coaching_practice", 1),
    Trial("attendance_liaison", "attendance_parental_effect", 0),
    Trial("leadership_induction", "prog_effect_prior", 0),
)


def reader(row: str, at: str) -> Callable[[str], float]:
    """Read every evidence row at its central value, but one at an end of its range.

    Parameters
    ----------
    row : str
        Which one.
    at : str
        ``central``, ``low`` or ``high``.

    Returns
    -------
    Callable
        Value of a row, by id.
    """

    def read(name: str) -> float:
        found = evidence.rows()[name.partition("@")[0]]
        return float(getattr(found, at if found.id == row else "central"))

    return read


def evidence_of(offer: Offer, domain: int) -> float:
    """Give the effect that an offer has by its evidence, in the unit in which a trial reads it.

    Parameters
    ----------
    offer : Offer
        What is tried.
    domain : int
        Attainment domain read.

    Returns
    -------
    float
        Pupil SD, between-school SD of practice, or points of attendance.
    """
    if offer.channel == Channel.WIDER_NEEDS:
        return -offer.absence_points
    if offer.channel == Channel.PUPIL_DIRECT:
        return (offer.literacy_sd, offer.maths_sd)[domain]
    return offer.practice_sd or offer.attainment_sd


def tried(place: Place, trial: Trial, at: str, p: Parameters, replicates: int) -> dict[str, object]:
    """Try one programme with its row at one value.

    Parameters
    ----------
    place : Place
        Where.
    trial : Trial
        Which programme, and which row.
    at : str
        ``low``, ``central`` or ``high``.
    p : Parameters
        One draw.
    replicates : int
        How often.

    Returns
    -------
    dict
        What the evidence says and what the trial finds with its error; the same of plain trials; what is left
        after one and two years; and whether evidence and trial agree.
    """
    offer = offers.load(trial.programme).offer(reader(trial.row, at), at_scale=False)
    followed = offer.channel == Channel.PUPIL_DIRECT and at == "central"
    design = Design(place=place, offer=offer, domain=trial.domain, later=FOLLOWED if followed else 0)
    exchanged, plain = replicated(design, p, replicates)
    wanted, found = evidence_of(offer, trial.domain), float(exchanged[:, 0].mean())
    error, plain_error = (float(x[:, 0].std(ddof=1) / np.sqrt(replicates)) for x in (exchanged, plain))
    left = {f"left_{y}y": float(exchanged[:, y].mean()) / found for y in range(1, exchanged.shape[1])}
    return {
        "programme": trial.programme,
        "row": trial.row,
        "at": at,
        "evidence": wanted,
        "trial": found,
        "error": error,
        "plain_trials": float(plain[:, 0].mean()),
        "plain_error": plain_error,
        "agrees": abs(found - wanted) <= ERRORS * error + UNITS * abs(wanted) + 1e-12
        and abs(float(plain[:, 0].mean()) - wanted) <= ERRORS * plain_error,
        **left,
    }


def main() -> None:
    """Run all trials and print the table."""
    parser = argparse.ArgumentParser(description="Put each brokered programme to a trial in the model.")
    parser.add_argument("--replicates", type=int, default=REPLICATES)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help=f"write {RESULTS / 'trials.csv'}")
    chosen = parser.parse_args()
    place, p = resolve("synthetic", PLACE), sampler().parameters(0)
    calls = [(place, trial, at, p, chosen.replicates) for trial in TRIALS for at in ENDS]
    found = pd.DataFrame(in_processes(tried, calls, chosen.workers))
    show(found, "Programmes under trial conditions, in the unit of the evidence", digits=4)
    rows = evidence.rows()
    for name in ("fade_1y", "fade_2y"):
        row = rows[name]
        print(f"{name}: {row.central} ({row.low} to {row.high})")
    keep(found, "trials", RESULTS if chosen.keep else None)


if __name__ == "__main__":
    main()
