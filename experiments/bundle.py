"""A finished run as plain tables and values, ready for whoever stores it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from experiments.compare import compare, compare_over_years
from experiments.institution_tables import institution_tables
from experiments.manifest import manifest
from experiments.run import Finished
from experiments.tables import parameters_used, school_table, trajectories
from model.measures import MEASURES, PUBLISHED_ONLY

WORTHWHILE = "smallest_worthwhile_gap"
"""Evidence row of the smallest worthwhile change of a gap, percentage points."""


def bundle(
    finished: Finished,
    settings: Mapping[str, object],
    *,
    verb: str,
    baseline: str,
    titles: Mapping[str, str],
    composed: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Put together everything a run leaves.

    Parameters
    ----------
    finished : Finished
        Results of a plan.
    settings : Mapping
        Resolved settings, as plain values.
    verb : str
        ``run`` or ``compare``; ``compare`` adds the paired comparison.
    baseline : str
        The scenario others are compared with, and whose trajectories are charted.
    titles : Mapping of str to str
        Title of each scenario.
    composed : Mapping of str to Mapping, optional
        Levers and parameters of each scenario, as plain values, for the manifest.

    Returns
    -------
    dict
        Keyword arguments of ``outputs.results.Results``.

    Raises
    ------
    BadInput
        If a comparison is asked for and the baseline did not run.
    """
    plan = finished.plan
    table = trajectories(finished)
    worthwhile = plan.sampler.evidence[WORTHWHILE].central
    compared = over_years = None
    if verb == "compare":
        compared = compare(table, baseline=baseline, worthwhile_gap=worthwhile)
        over_years = compare_over_years(table, baseline=baseline, worthwhile_gap=worthwhile)
    return {
        "manifest": manifest(
            finished, settings, verb=verb, baseline=baseline, titles=titles, composed=composed or {}
        ),
        "measures": [measure._asdict() for measure in (*MEASURES, *PUBLISHED_ONLY)],
        "mechanisms": _mechanisms(plan.switches),
        "parameters": parameters_used(plan),
        "trajectories": table,
        "comparison": compared,
        "over_years": over_years,
        "schools": school_table(finished),
        "institutions": institution_tables(finished),
    }


def _mechanisms(switches: Mapping[str, bool]) -> list[dict[str, Any]]:
    """The registry of mechanisms, each with whether it was on in this run."""
    return [
        {**item._asdict(), "on": switches.get(item.name, True)}
        for item in import_module("model.mechanisms").MECHANISMS
    ]
