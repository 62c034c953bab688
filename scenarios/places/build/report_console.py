"""The report of a build on the console: short, the most important first."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scenarios.places.build import report_words as words
from scenarios.places.files.notes import Note

if TYPE_CHECKING:
    from scenarios.places.build.report import BuildReport, Check, SourceLine

WIDTH = 110
"""Columns where the output is no terminal."""

MOST_CHECKS = 12
MOST_ODD = 8
MOST_COLUMNS = 12
MOST_PARTNERSHIPS = 3
_MARKS = {True: "+", False: "!", None: "?"}


def status(said: str) -> AbstractContextManager[object]:
    """Say what goes on while it does, where somebody is watching.

    Parameters
    ----------
    said : str
        What goes on.

    Returns
    -------
    contextlib.AbstractContextManager
        Says it until left; nothing where standard error is no terminal.
    """
    return Console(stderr=True).status(said) if sys.stderr.isatty() else nullcontext()


def print_report(report: BuildReport, console: Console | None = None) -> None:
    """Print the short version of a report.

    Parameters
    ----------
    report : BuildReport
        Of a build.
    console : rich.console.Console, optional
        Where to; standard output otherwise.
    """
    console = console or _console()
    console.print(Text(words.clean(report.title), style="bold"))
    console.print(words.headline(report), markup=False)
    console.print(words.judgement(report), markup=False)
    first = report.worth_showing
    checks = [*first, *(check for check in report.checks if check not in first)]
    if checks:
        console.print(_checks(checks))
    _say("What looks odd", report.notes_of("odd", "cell"), MOST_ODD, console)
    console.print(_sources(report.sources))
    least = words.least_known(report, MOST_COLUMNS)
    if least:
        table = _table("Least sure: schools by where the figure comes from", "figure", *_COUNTS, "how")
        for line in least:
            table.add_row(
                *_texts(
                    words.column_in_words(line.column),
                    *_counts(line.published, line.imputed + line.synthetic, line.missing),
                    words.how_in_words(line),
                )
            )
        console.print(table)
    _say("What is missing", report.notes_of("missing"), MOST_ODD, console)
    _say_partnerships(report.partnerships, console)
    console.print(words.read_in_words(report), markup=False)


def print_rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a plain table, wrapped to the width there is.

    Parameters
    ----------
    head : Sequence of str
        Headings.
    rows : iterable of Sequence of str
        Cells.
    """
    table = _table("", *head)
    for row in rows:
        table.add_row(*_texts(*row))
    _console().print(table)


def _console() -> Console:
    return Console(highlight=False, width=None if Console().is_terminal else WIDTH)


_COUNTS = ("published", "imputed", "missing")


def _counts(*values: int) -> list[str]:
    return [words.count(value) for value in values]


def _texts(*cells: str) -> list[Text]:
    return [Text(words.clean(cell, 400)) for cell in cells]


def _table(title: str, *columns: str) -> Table:
    table = Table(
        title=title or None, title_justify="left", box=box.SIMPLE, title_style="bold", pad_edge=False
    )
    right = {"built", "published", "difference", "imputed", "missing", "read", "matched", "schools"}
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left")
    return table


def _checks(checks: Sequence[Check]) -> Table:
    several = len({check.la_code for check in checks}) > 1
    title = "Year 0 beside what is published for the local authority"
    table = _table(title, "", "figure", "built", "published", "difference", "")
    for check in checks[:MOST_CHECKS]:
        name = f"{check.la_name}: " if several else ""
        table.add_row(
            *_texts(
                _MARKS[check.agrees], name + words.check_in_words(check), words.number(check.built),
                words.number(check.published), words.signed(check.difference), words.verdict(check),
            )
        )  # fmt: skip
    if len(checks) > MOST_CHECKS:
        table.caption = f"and {len(checks) - MOST_CHECKS} more in the report"
    return table


def _sources(lines: Iterable[SourceLine]) -> Table:
    table = _table("What was read", "source", "years", "read", "matched", "missing", "imputed", "stood in")
    for line in lines:
        years = ", ".join(map(str, line.years))
        table.add_row(
            *_texts(words.source_in_words(line.source), years,
                    *_counts(line.read, line.matched, line.missing, line.imputed), line.stood_in)
        )  # fmt: skip
    return table


def _say_partnerships(found: Sequence[str], console: Console) -> None:
    if not found:
        console.print("No partnership is known to exist at year 0.")
    for one in found[:MOST_PARTNERSHIPS]:
        console.print(f"Partnership: {words.clean(one)}", markup=False)
    if len(found) > MOST_PARTNERSHIPS:
        console.print(f"and {len(found) - MOST_PARTNERSHIPS} more partnerships in the report")


def _say(title: str, notes: Sequence[Note], most: int, console: Console) -> None:
    if not notes:
        return
    console.print(Text(title, style="bold"))
    for note in notes[:most]:
        console.print(f"  {words.clean(note.where, 60)}: {words.clean(note.text)}", markup=False)
    if len(notes) > most:
        console.print(f"  and {len(notes) - most:,} more in the report", markup=False)
