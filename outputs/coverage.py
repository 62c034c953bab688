"""What the figures of a run stand for: where the past comes from, and what its runs vary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from outputs.findings import wobble_points
from outputs.results import Results
from outputs.rounding import points, shown
from outputs.summary import RUNS_FOR_RANGE

PUBLISHED, IMPUTED, SYNTHETIC = "published", "imputed", "synthetic"


def origin(data: pd.DataFrame) -> str:
    """Say where the figures of the past come from.

    Parameters
    ----------
    data : pandas.DataFrame
        Rows that are data, with a column ``flag``.

    Returns
    -------
    str
        ``published`` where any is, else ``imputed`` where any is, else ``synthetic``; empty without rows.
    """
    flags = set(data["flag"].astype(str))
    return next((name for name in (PUBLISHED, IMPUTED, SYNTHETIC) if name in flags), "")


def history_of(results: Results, place: str) -> pd.DataFrame:
    """Pick the figures of a place's past.

    Parameters
    ----------
    results : Results
        A run.
    place : str
        Name of the place.

    Returns
    -------
    pandas.DataFrame
        Rows of the trajectories.
    """
    table = results.trajectories
    return table.loc[(table["kind"] == "data") & (table["place"] == place)]


def wobble_words(results: Results, place: Mapping[str, Any]) -> str:
    """Say how much one year's gap moves by chance alone.

    Parameters
    ----------
    results : Results
        A run.
    place : Mapping
        Entry of the manifest.

    Returns
    -------
    str
        As ``one year's published gap at age 11 in Ealing wobbles by about 2 points by chance alone``.
    """
    amount, own = wobble_points(results, place["name"])
    made_up = origin(history_of(results, place["name"])) == SYNTHETIC
    where = place.get("title", place["name"])
    whose = f"{'' if made_up else 'published '}gap at age 11 in {where}" if own else "published gap of one LA"
    said = points(shown(amount, 1.0 if amount >= 1 else 0.1))
    return f"one year's {whose} wobbles by about {said} by chance alone"


def runs_words(results: Results) -> str:
    """Say what the runs vary, and so what their ranges cover.

    Parameters
    ----------
    results : Results
        A run.

    Returns
    -------
    str
        Sentences.
    """
    rows = results.manifest["rows"]
    draws, replicates = rows["draws"], rows["replicates"]
    runs = draws * replicates
    if runs <= 1:
        which = "used central values alone" if results.is_central else "is a single draw of what is uncertain"
        return f"This run {which}: it gives no range. Set draws=100 for one."
    if runs < RUNS_FOR_RANGE:
        return f"{runs} runs are too few for a range or a chance. Set draws=100 for them."
    holds = (
        "They hold only if the model does: policy as it stands, contracts that go on or end as such "
        "contracts do, no other shocks."
    )
    if draws <= 1:
        at = "central values" if results.is_central else "a single draw"
        return (
            f"The ranges cover chance alone, drawn {replicates} times at {at} of what is uncertain: the true "
            f"ranges are wider. Set draws=100 for them. {holds}"
        )
    each = "once" if replicates == 1 else f"{replicates} times"
    return f"The ranges cover {draws} draws of what is uncertain, with chance drawn {each} in each. {holds}"


def runs_note(results: Results) -> str:
    """Say briefly what the runs vary, for the note under a chart.

    Parameters
    ----------
    results : Results
        A run.

    Returns
    -------
    str
        As ``over 100 draws of the parameters, 1 replicate of chance each``.
    """
    rows = results.manifest["rows"]
    draws, replicates = rows["draws"], rows["replicates"]
    times = f"{replicates} replicate{'s' * (replicates != 1)} of chance"
    if draws <= 1:
        return f"over {times} at {'central values' if results.is_central else 'a single draw'}"
    return f"over {draws} draws of the parameters, {times} each"
