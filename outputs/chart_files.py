"""A chart as files: PNG, SVG, the figures drawn as CSV, and a description for those who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Chart:
    """A finished chart.

    Attributes
    ----------
    name : str
        File name without ending.
    figure : matplotlib.figure.Figure
        What is seen.
    data : pandas.DataFrame
        What is drawn.
    alt : str
        What it shows, in words.
    """

    name: str
    figure: Any
    data: pd.DataFrame
    alt: str


def write_chart(chart: Chart, folder: Path) -> None:
    """Write the four files of a chart; the same chart gives the same bytes.

    Parameters
    ----------
    chart : Chart
        What to write.
    folder : Path
        Where.
    """
    import matplotlib

    chart.data.to_csv(folder / f"{chart.name}.csv", index=False, float_format="%.6g")
    (folder / f"{chart.name}.txt").write_text(chart.alt + "\n", encoding="utf-8")
    with matplotlib.rc_context({"svg.hashsalt": "lepsim", "text.parse_math": False}):
        chart.figure.savefig(folder / f"{chart.name}.svg", metadata={"Date": None, "Creator": None})
    chart.figure.savefig(folder / f"{chart.name}.png", dpi=150, metadata={"Software": None})
