"""What a chart shows, as a table: charts are drawn from it and it is stored beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from outputs.differences import of_series
from outputs.results import Results
from outputs.rounding import FINEST, rounding_step
from outputs.summary import BANDS

COLUMNS = (
    "panel", "series", "kind", "year", "value", "low_50", "high_50", "low_80", "high_80", "low_95", "high_95",
    "flag", "step",
)  # fmt: skip

_BREAK = re.compile(r"^(\d{4})(?: and (\d{4}))?: (.+)$")


@dataclass(frozen=True)
class Break:
    """A break in a published series.

    Attributes
    ----------
    first, last : int
        First and last year concerned.
    between : bool
        True where the years themselves are out of line; False where the series changes at ``first``.
    note : str
        Why.
    """

    first: int
    last: int
    between: bool
    note: str

    @property
    def edges(self) -> tuple[int, ...]:
        """Years at which the line is cut: before each of them."""
        return (self.first, self.last + 1) if self.between else (self.first,)


def breaks_of(texts: list[str]) -> list[Break]:
    """Read breaks as the registry writes them.

    Parameters
    ----------
    texts : list of str
        As ``2020 and 2021: no tests`` or ``2018: framework changed``.

    Returns
    -------
    list of Break
        Those that could be read.
    """
    found = (_BREAK.match(text) for text in texts)
    return [Break(int(m[1]), int(m[2] or m[1]), m[2] is not None, m[3]) for m in found if m]


def series(
    results: Results, place: str, scenario: str, measure: str, group: str, *, panel: str, label: str
) -> pd.DataFrame:
    """One series: its published history, then its fan.

    Parameters
    ----------
    results : Results
        A run.
    place, scenario, measure, group : str
        Which series.
    panel, label : str
        Where it goes and what it is called.

    Returns
    -------
    pandas.DataFrame
        Columns ``COLUMNS``; years rising within ``kind`` (``data``, then ``simulated``).
    """
    table = results.trajectories
    data = table.loc[
        (table["kind"] == "data")
        & (table["place"] == place)
        & (table["measure"] == measure)
        & (table["group"] == group)
    ]
    history = data[["year", "value", "flag"]].dropna(subset="value").assign(kind="data", step=FINEST)
    summary = results.summary
    cell = summary.loc[
        (summary["place"] == place)
        & (summary["scenario"] == scenario)
        & (summary["measure"] == measure)
        & (summary["group"] == group)
    ]
    fan = pd.DataFrame(
        {
            "year": cell["year"],
            "value": cell["mean"],
            "kind": "simulated",
            "flag": "simulated",
            "step": _steps(cell),
        }
    )
    for width, (low, high) in BANDS.items():
        fan[f"low_{width}"], fan[f"high_{width}"] = cell[low], cell[high]
    return _tidy(pd.concat([history.sort_values("year"), fan.sort_values("year")]), panel, label)


def differences(
    comparison: pd.DataFrame, place: str, scenario: str, measure: str, group: str, *, panel: str, label: str
) -> pd.DataFrame:
    """One series of paired differences with its fan.

    Parameters
    ----------
    comparison : pandas.DataFrame
        The unrounded comparison.
    place, scenario, measure, group : str
        Which series.
    panel, label : str
        Where it goes and what it is called.

    Returns
    -------
    pandas.DataFrame
        Columns ``COLUMNS``, ``kind`` ``difference``.
    """
    cell = of_series(comparison, place, scenario, measure, group)
    fan = pd.DataFrame(
        {
            "year": cell["year"],
            "value": cell["difference"],
            "kind": "difference",
            "flag": "simulated",
            "step": _steps(cell, 0.0),
        }
    )
    ends = {50: ("low_50", "high_50"), 80: ("low_80", "high_80"), 95: ("low", "high")}
    for width, (low, high) in ends.items():
        fan[f"low_{width}"], fan[f"high_{width}"] = cell[low], cell[high]
    return _tidy(fan, panel, label)


def _steps(cell: pd.DataFrame, finest: float = FINEST) -> list[float]:
    """Step at which each mean is said; one without an error is said as finely as results are published."""
    return [max(rounding_step(error), finest) if error > 0 else FINEST for error in cell["mc_error"]]


def _tidy(table: pd.DataFrame, panel: str, label: str) -> pd.DataFrame:
    named = table.assign(panel=panel, series=label, flag=table["flag"].astype(str))
    return named.reindex(columns=list(COLUMNS)).reset_index(drop=True)
