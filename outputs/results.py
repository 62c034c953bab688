"""Everything a run leaves, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from outputs.errors import BadResults
from outputs.summary import summarise

TRAJECTORY_COLUMNS = (
    "place", "scenario", "draw", "replicate", "year", "kind", "measure", "group", "value", "flag",
)  # fmt: skip
CENTRAL_DRAW = 0
"""Number of the draw that uses central values."""

COMPARISON_FIRST = (
    "measure", "group", "year", "scenario", "baseline", "difference", "low", "high", "chance_better",
    "chance_worthwhile", "mc_error",
)  # fmt: skip
COMPARED_NUMBERS = (
    "baseline", "scenario_mean", "level_mc_error", "difference", "low", "high", "low_80", "high_80", "low_50",
    "high_50", "chance_better", "chance_worthwhile", "chance_harm", "mc_error", "chance_mc_error", "draws",
    "pairs",
)  # fmt: skip

_RUN = ("place", "scenario", "draw", "replicate")
INSTITUTION_COLUMNS = {
    "posts": (*_RUN, "la", "partnership", "kind", "post", "holder", "came_from", "from_date", "from_term",
              "to_date", "to_term", "reason", "award_years"),
    "cases": (*_RUN, "case", "urn", "school", "la", "partnership", "broker", "offer", "provider", "state",
              "academic_year", "identified", "triaged", "matched", "ended", "weeks_waited",
              "weeks_delivered", "interruptions"),
    "ledger": (*_RUN, "date", "financial_year", "academic_year", "from", "to", "amount_gbp", "stream",
               "purpose"),
    "events": (*_RUN, "date", "academic_year", "la", "partnership", "urn", "school", "kind", "text",
               "amount_gbp"),
}  # fmt: skip
"""The tables of institutions, and the columns that words and charts need."""


@dataclass(frozen=True, kw_only=True)
class Results:
    """Everything a run leaves, in memory.

    Attributes
    ----------
    manifest : Mapping
        What ran: settings, seed, versions, checksums, timings.
    measures, mechanisms : Sequence of Mapping
        Entries of the two registries.
    parameters : pandas.DataFrame
        One row a parameter, as used.
    trajectories : pandas.DataFrame
        Long table; columns ``TRAJECTORY_COLUMNS``.
    comparison : pandas.DataFrame or None
        Paired comparison with the baseline.
    over_years : pandas.DataFrame or None
        The same comparison over all the years in which a scenario makes a difference.
    schools : pandas.DataFrame or None
        One row a school and year.
    institutions : Mapping of str to pandas.DataFrame
        ``posts``, ``cases``, ``ledger`` and ``events`` of the runs that kept them; empty where none did.
    folder : Path or None
        Where it was read from.
    """

    manifest: Mapping[str, Any]
    measures: Sequence[Mapping[str, Any]]
    mechanisms: Sequence[Mapping[str, Any]]
    parameters: pd.DataFrame
    trajectories: pd.DataFrame
    comparison: pd.DataFrame | None = None
    over_years: pd.DataFrame | None = None
    schools: pd.DataFrame | None = None
    institutions: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    folder: Path | None = None

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Mean, spread and quantiles by place, scenario, measure, group and year."""
        return summarise(self.trajectories)

    @property
    def sources(self) -> tuple[str, ...]:
        """Attribution lines of every place, each once."""
        return tuple(
            dict.fromkeys(line for place in self.manifest["places"] for line in place.get("sources", ()))
        )

    @cached_property
    def is_central(self) -> bool:
        """Whether every run used central values, so that ranges cover chance alone."""
        simulated = self.trajectories.loc[self.trajectories["kind"] == "simulated", "draw"]
        return set(simulated.unique()) == {CENTRAL_DRAW}

    def measure(self, name: str) -> Mapping[str, Any]:
        """Find a measure in the registry.

        Parameters
        ----------
        name : str
            Its id.

        Returns
        -------
        Mapping
            Its entry.

        Raises
        ------
        BadResults
            If the run knows no such measure.
        """
        by_id = {str(entry["id"]): entry for entry in self.measures}
        if name not in by_id:
            near = get_close_matches(name, by_id, n=3, cutoff=0.5)
            raise BadResults(
                "there is no such measure", where="measure", found=repr(name),
                allowed=f"an id of measures.json{'; nearest: ' if near else ''}{', '.join(near)}",
            )  # fmt: skip
        return by_id[name]
