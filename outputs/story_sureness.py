"""How sure a story is: one future of many, the band over all, and how much one school wobbles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from outputs.differences import chance_words, finding
from outputs.results import Results
from outputs.rounding import rounding_step, shown
from outputs.story_choice import Future
from outputs.story_school import LAST_YEARS, OUTCOMES, School, school_differences
from outputs.story_sides import Side
from outputs.summary import RUNS_FOR_RANGE

_STAGES = {"ks2_rwm_expected": "age 11", "ks4_attainment8": "age 16"}
_LEAST_WOBBLE = 0.05  # points; less shows as none


def sureness(
    results: Results, future: Future, school: School, sides: tuple[Side, Side], measure: str | None
) -> Iterator[str]:
    """Say how sure a story is.

    Parameters
    ----------
    results : Results
        A run.
    future : Future
        What the story is told from.
    school : School
        Whom it is about.
    sides : (Side, Side)
        Both scenarios.
    measure : str or None
        How results are told.

    Yields
    ------
    str
        A sentence or two each.
    """
    yield _which(future)
    if measure is not None:
        yield _over_all(results, future, school, sides[1].title, measure)
        yield from _wobble(sides[0], measure)
    yield from _whole_place(results, future)
    yield (
        "A story shows how the parts hang together in the model. It is one simulated future and no forecast "
        "of this school, and no judgement of it."
    )


def _which(future: Future) -> str:
    run = f"draw {future.draw}, replicate {future.replicate}"
    if future.pairs <= 1:
        return f"This is the only simulated future of this run ({run}), so there is no range around it."
    nearest = (
        "the only one whose events were kept"
        if future.kept == 1
        else f"of the {future.kept} whose events were kept, the one whose difference in the gap of the whole "
        "place lies nearest the middle"
    )
    return f"This is one simulated future ({run}) of {future.pairs}: {nearest}."


def _over_all(results: Results, future: Future, school: School, title: str, measure: str) -> str:
    """Say how the school differs over every pair of runs."""
    values = school_differences(results, future, school.urn, measure)
    by_draw = values.groupby(level="draw").mean()
    units = by_draw if len(by_draw) > 1 else values
    error = float(units.std(ddof=1) / np.sqrt(len(units))) if len(units) > 1 else np.nan
    step = max(rounding_step(error), 0.1)
    mean = shown(float(values.mean()), step)
    what = f"points of {OUTCOMES[measure]}" if measure == "ks4_attainment8" else "percentage points"
    what = what.replace("points of Attainment 8 points", "Attainment 8 points")
    head = (
        f"In all {len(values)} futures, this school's results in the last {LAST_YEARS} years differ by "
        f"{mean} {what}"
    )
    if len(values) < RUNS_FOR_RANGE:
        return f"{head} on average; too few for a range (set draws=100)."
    low, high = (shown(float(end), step) for end in values.quantile([0.1, 0.9]))
    chance = ""
    if len(by_draw) >= RUNS_FOR_RANGE:
        better = float(np.mean((by_draw > 0) + 0.5 * (by_draw == 0)))
        row = pd.Series({"better": better, "chance_mc_error": _share_error(better, len(by_draw))})
        chance = f"; chance that they are higher under {title}: {chance_words(row, 'better')}"
    return f"{head} on average, 80 in 100 between {low} and {high}{chance}."


def _share_error(share: float, n: int) -> float:
    """Standard error of a share; two more of each outcome give 0 and 1 one too (Agresti and Coull 1998)."""
    centre = (share * n + 2) / (n + 4)
    return float(np.sqrt(centre * (1 - centre) / (n + 4)))


def _wobble(side: Side, measure: str) -> Iterator[str]:
    changes = side.years[measure].diff().abs().dropna()
    if len(changes) and changes.mean() >= _LEAST_WOBBLE:
        unit = "points" if measure == "ks2_rwm_expected" else "Attainment 8 points"
        yield (
            f"Its results move by about {changes.mean():.1f} {unit} from one year to the next, mostly by the "
            "pupils it happens to have: a difference of that size in one year says little."
        )


def _whole_place(results: Results, future: Future) -> Iterator[str]:
    """The finding for the whole place, over all runs."""
    if results.comparison is None:
        return
    place = next(item for item in results.manifest["places"] if item["name"] == future.place)
    for measure, stage in _STAGES.items():
        if (results.comparison["measure"] == measure).any():
            said = finding(results, results.comparison, place, future.other, measure, stage)
            yield f"The whole place, over all runs: {said}"
            return
