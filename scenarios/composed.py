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
        "arrangement": _arrangement(scenario),
        "levers": _levers(scenario),
        "parameters": dict(scenario.parameter_changes),
    }


def _arrangement(scenario: Scenario) -> dict[str, object]:
    if scenario.in_force is None:
        return {}
    return {**scenario.written, "offers": [item.written() for item in scenario.in_force.offers]}


def _levers(scenario: Scenario) -> dict[str, object]:
    found: dict[str, object] = {"programmes": [_programme(scenario, lever) for lever in scenario.programmes]}
    change = scenario.change
    if change is None:
        return found
    found |= {"start": dates.written(scenario.begins), **change.written}
    if "offers" in change.written:
        found["offers"] = [item.written() for item in change.stands.offers]
    if change.scale != 1.0:
        found["scale_awards"] = change.scale
    if change.announced is not None:
        found["announced"] = change.announced.written()
    return found


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
