"""A dated scenario as plain values again, with everything settled: what a manifest keeps to redo a run."""

from __future__ import annotations

from scenarios import dates
from scenarios.effects import Effect
from scenarios.scenario import ProgrammeLever, Scenario


def as_mapping(scenario: Scenario) -> dict[str, object]:
    """Write a dated scenario as the mapping of a scenario file.

    Parameters
    ----------
    scenario : Scenario
        Dated.

    Returns
    -------
    dict of str to object
        Keys as in a scenario file, each programme with all its values in place and its start settled.
    """
    return {
        "title": scenario.title,
        "description": scenario.description,
        "cost": scenario.cost,
        "levers": {"programmes": [_programme(scenario, lever) for lever in scenario.programmes]},
        "parameters": dict(scenario.parameter_changes),
    }


def _programme(scenario: Scenario, lever: ProgrammeLever) -> dict[str, object]:
    spec = lever.spec
    found: dict[str, object] = {
        "programme": spec.name,
        "start": dates.written(scenario.start_of(lever)),
        "years": lever.years,
        "year_groups": list(spec.year_groups),
        "eligible": spec.eligible,
        "reach": spec.reach,
        "effect": {"literacy": _row_or_figure(spec.literacy), "maths": _row_or_figure(spec.maths)},
        "scale_discount": spec.scale_discount,
        "cost_per_pupil": spec.cost_row or spec.cost_gbp,
        "price_uplift": spec.price_uplift or None,
        "minimum_weeks": spec.minimum_weeks,
        "delivered_by": spec.delivered_by,
    }
    return {key: value for key, value in found.items() if value is not None}


def _row_or_figure(effect: Effect) -> str | float:
    return effect.row or effect.figure_sd
