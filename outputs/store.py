"""Writing a results folder: tables, workbook and charts, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from outputs.folder import new_files, new_folder
from outputs.payers import payers
from outputs.reading import load
from outputs.results import COMPARISON_FIRST, Results
from outputs.rounding import rounded_comparison
from outputs.words import in_words, plain_words
from outputs.workbook import write_workbook

__all__ = ["Results", "load", "redraw", "save", "write"]


def save(results: Results, out: Path, *, overwrite: bool = False, charts: bool = True) -> Path:
    """Write a run: the folder appears once it is complete.

    Parameters
    ----------
    results : Results
        What to write.
    out : Path
        Where.
    overwrite : bool
        Replace a results folder that is there already.
    charts : bool
        Draw the charts too.

    Returns
    -------
    Path
        ``out``.

    Raises
    ------
    BadResults
        If it cannot go there.
    """
    with new_folder(out, overwrite=overwrite) as folder:
        write(results, folder)
        if charts:
            from outputs.charts import draw_all

            draw_all(results, folder)
    return out


def redraw(results: Results, out: Path) -> list[Path]:
    """Draw the charts of results that were read from a folder; all of them appear, or none.

    Parameters
    ----------
    results : Results
        As given by ``load``.
    out : Path
        Where; other files there stay.

    Returns
    -------
    list of Path
        The files written, sorted.

    Raises
    ------
    BadResults
        If there is nothing to chart, the results cannot be charted, or the charts cannot go there.
    """
    from outputs import chart_files, charts

    made = charts.made_from_stored(results)
    with new_files(out) as folder:
        for chart in made:
            chart_files.write_chart(chart, folder)
        names = sorted(path.name for path in folder.iterdir())
    return [out / name for name in names]


def write(results: Results, folder: Path) -> None:
    """Write every table of a run into a folder that exists.

    Parameters
    ----------
    results : Results
        What to write.
    folder : Path
        An empty folder, as given by ``outputs.folder.new_folder``.
    """
    _write_json(folder / "manifest.json", results.manifest)
    _write_json(folder / "measures.json", results.measures)
    _write_json(folder / "mechanisms.json", results.mechanisms)
    results.trajectories.to_parquet(folder / "trajectories.parquet", index=False)
    results.parameters.to_csv(folder / "parameters.csv", index=False)
    summary = results.summary
    summary.to_csv(folder / "summary.csv", index=False, float_format="%.6g")
    shown = None
    if results.schools is not None:
        results.schools.to_parquet(folder / "schools.parquet", index=False)
    for name, table in results.institutions.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
    by_payer = payers(results)
    if len(by_payer):
        by_payer.to_csv(folder / "payers.csv", index=False)
    if results.comparison is not None:
        results.comparison.to_parquet(folder / "comparison.parquet", index=False)
        shown = rounded_comparison(results.comparison)
        rest = [name for name in shown.columns if name not in COMPARISON_FIRST]
        shown = shown[[*COMPARISON_FIRST, *rest]]
        shown.to_csv(folder / "comparison.csv", index=False, float_format="%.6g")
    if results.over_years is not None:
        results.over_years.to_parquet(folder / "comparison_over_years.parquet", index=False)
    (folder / "sources.txt").write_text("\n".join(results.sources) + "\n", encoding="utf-8")
    (folder / "summary.txt").write_text(in_words(results) + "\n", encoding="utf-8")
    write_workbook(
        folder / "summary.xlsx",
        manifest=results.manifest,
        words=plain_words(results).splitlines(),
        measures=results.measures,
        summary=summary,
        comparison=shown,
        parameters=results.parameters,
        sources=results.sources,
    )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
