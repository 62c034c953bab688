"""What the difference between two scenarios rests on, in words: what differs, and how far it is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from outputs.results import Results

_PARTS = {
    "programmes": "the programmes that schools buy",
    "partnership": "the partnership as a body",
    "awards": "money and its terms",
    "scale_awards": "how much money there is",
    "posts": "posts",
    "offers": "the support on offer",
    "collaboration": "how schools work together",
    "national": "what is decided nationally",
    "national.inspection": "inspection",
    "national.orders": "orders on schools in difficulty",
    "national.rise": "targeted help (RISE)",
    "national.trusts": "who may run trusts and how they grow",
}
_STRENGTHS = {
    "strong": "on strong evidence",
    "moderate": "on moderate evidence",
    "weak": "on weak evidence",
    "calibrated": "fitted to published figures",
    "assumption": "assumed, as no study gives them",
}
_COUNTED = {"strong": ("strong", "calibrated"), "moderate": ("strong", "moderate", "calibrated")}
"""What still acts where effects of weaker evidence stand at nought (setting ``evidence``)."""


def difference_rests_on(results: Results, scenario: Mapping[str, Any], against: str) -> str:
    """Say what a scenario changes and how well known the effects are by which that acts.

    Parameters
    ----------
    results : Results
        A run.
    scenario : Mapping
        Its entry in the manifest.
    against : str
        Title of the scenario it is compared with.

    Returns
    -------
    str
        One or two sentences; empty where the run does not say.
    """
    found = scenario.get("rests_on") or {}
    parts = [_PARTS[part] for part in found.get("parts", ()) if part in _PARTS]
    if not parts:
        return ""
    title = scenario.get("title", scenario["name"])
    said = f"What this difference rests on: {title} differs from {against} in {_listed(parts)}."
    counts = _strengths(results, found)
    if not counts:
        return said
    if results.manifest["settings"].get("effects", 1.0) == 0:
        return f"{said} No size of effect acts in this run (effects=zero)."
    if set(counts) == {"assumption"}:
        assumed = f"All {counts.total()} sizes of effect that it acts by are assumed"
        return f"{said} {assumed}, as no study gives them."
    named = "; ".join(f"{counts[name]} {words}" for name, words in _STRENGTHS.items() if name in counts)
    return f"{said} It acts by {counts.total()} sizes of effect: {named}."


def _strengths(results: Results, found: Mapping[str, Any]) -> Counter[str]:
    """How many effects have evidence of each strength: those of programmes, and the model's own.

    Effects whose evidence is weaker than the run asks for stand at nought, and are none.
    """
    table = results.parameters
    group = table["name"].str.partition(".")[0]
    own = table.loc[table["effect"].astype(bool) & group.isin(found["groups"]), "strength"]
    weakest = results.manifest["settings"].get("evidence", "all")
    counted = _COUNTED.get(weakest, tuple(_STRENGTHS))
    return Counter(name for name in (*found["rows"].values(), *own) if name in counted)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
