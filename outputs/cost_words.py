"""Equal cost in words: which scenarios were brought to the same cost, and by what factor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_MILLION = 1e6


def equal_cost_words(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Say what awards were multiplied by, where scenarios were compared at equal cost.

    Parameters
    ----------
    manifest : Mapping
        Of a run; ``equal_cost`` is there where it was asked for.

    Yields
    ------
    str
        One paragraph, or none.
    """
    found = manifest.get("equal_cost")
    if not found:
        return
    titles = {item["name"]: item.get("title", item["name"]) for item in manifest["scenarios"]}
    reference = found["reference"]
    million, within = found["target_gbp"] / _MILLION, 100 * found["tolerance"]
    lines = [
        f"At equal cost: over the projection all funders pay about GBP {million:,.1f} million, as with "
        f"'{titles.get(reference, reference)}', within {within:g} per cent on "
        f"average over {found['pairs']} runs. To that end the awards that a scenario sets were multiplied by:"
    ]
    for name, item in found["scenarios"].items():
        if name != reference:
            error = 100 * item["mc_error_gbp"] / found["target_gbp"]
            equal = f"cost equal give or take {error:.1f} per cent"
            lines.append(f"- {titles.get(name, name)}: {item['factor']:.2f} ({equal})")
    others = [titles[name] for name in titles if name not in found["scenarios"]]
    if others:
        lines.append(f"As offered, whatever it costs: {'; '.join(others)}.")
    yield "\n".join(lines)
