"""The manifest: what a run was, in enough detail to do it again and to trust that it is the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.fingerprint import conf_checksums, model_checksum, place_checksum, versions
from experiments.jobs import pairs_in_detail
from experiments.rests_on import rests_on
from experiments.run import Finished
from model.place import Place
from scenarios.evidence import Evidence

FORMAT = 1
"""Version of the layout of a results folder."""


def manifest(
    finished: Finished,
    settings: Mapping[str, object],
    *,
    verb: str,
    baseline: str,
    titles: Mapping[str, str],
    composed: Mapping[str, Mapping[str, Any]],
) -> dict[str, object]:
    """Describe a finished run.

    Parameters
    ----------
    finished : Finished
        Results of a plan.
    settings : Mapping
        Resolved settings, as plain values.
    verb : str
        ``run`` or ``compare``.
    baseline : str
        The scenario others are compared with, and whose trajectories are charted.
    titles : Mapping of str to str
        Title of each scenario, for charts and words.
    composed : Mapping of str to Mapping
        Levers and parameters of each scenario, as plain values.

    Returns
    -------
    dict
        Plain values, ready for JSON.
    """
    plan = finished.plan
    scenarios = sorted(plan.scenarios, key=lambda name: name != baseline)  # else in the order given
    evidence = plan.sampler.evidence
    return {
        "format": FORMAT,
        "verb": verb,
        "settings": dict(settings),
        "seed": plan.sampler.seed,
        "baseline": baseline,
        "scenarios": [_scenario(name, composed, titles, evidence, baseline) for name in scenarios],
        "places": [_place(name, place) for name, place in sorted(plan.places.items())],
        "rows": _rows(finished),
        "detail": _detail(finished),
        "failures": [{**failure.row._asdict(), "message": failure.message} for failure in finished.failures],
        "evidence": {
            "la_gap_noise_points": evidence["calc_la_ks2_gap_noise"].central,
            "smallest_worthwhile_gap_points": evidence["smallest_worthwhile_gap"].central,
        },
        "versions": versions(),
        "model_checksum": model_checksum(),
        "conf_checksums": conf_checksums(scenarios, _programmes(composed)),
        "engine": finished.engine,
        "seconds": {
            "total": round(finished.seconds, 3),
            "model_cpu_seconds": round(sum(part.seconds for part in finished.parts), 3),
        },
    }


def _scenario(
    name: str,
    composed: Mapping[str, Mapping[str, Any]],
    titles: Mapping[str, str],
    evidence: Mapping[str, Evidence],
    baseline: str,
) -> dict[str, object]:
    """A scenario's levers and parameters, its title, and what its difference rests on."""
    title, found = titles.get(name, name), composed.get(name, {})
    difference = rests_on(found, evidence, composed.get(baseline, {}))
    return {**found, "name": name, "title": title, "rests_on": difference}


def _rows(finished: Finished) -> dict[str, int]:
    rows = finished.plan.rows
    return {
        "asked": len(rows),
        "finished": sum(len(part.rows) for part in finished.parts),
        "draws": len({row.draw for row in rows}),
        "replicates": len({row.replicate for row in rows}),
        "reused": finished.reused,
    }


def _detail(finished: Finished) -> dict[str, object]:
    """Which runs kept what: every school's years; posts, cases, money and events."""
    plan = finished.plan
    kept = sorted(pairs_in_detail(plan)) if any(part.institutions for part in finished.parts) else []
    return {
        "schools": "every run" if plan.detail else "no run",
        "institutions": plan.institutions if kept else "none",
        "institutions_draws": sorted({draw for _, draw, _ in kept}),
        "institutions_replicates": sorted({replicate for _, _, replicate in kept}),
    }


def _programmes(composed: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Names of the programmes of all scenarios."""
    levers = [found["levers"] for found in composed.values()]
    taught = {entry["programme"] for found in levers for entry in found["programmes"]}
    on_offer = [*levers, *(found.get("arrangement", {}) for found in composed.values())]
    brokered = {entry["programme"] for found in on_offer for entry in found.get("offers") or ()}
    return sorted({*taught, *(f"brokered/{name}" for name in brokered)})


def _place(name: str, place: Place) -> dict[str, object]:
    return {
        "name": name,
        "title": place.name,
        "year": place.year,
        "is_england": place.is_england,
        "authorities": place.n_la,
        "schools": len(place.schools),
        "checksum": place_checksum(place),
        "sources": list(place.sources),
    }
