"""The words of a report: what was found, in plain English."""

from __future__ import annotations

from scenarios.places.build.report import BuildReport, Check, ColumnLine
from scenarios.places.build.report_terms import (
    COLUMNS,
    GROUPS,
    MEASURES,
    PHASES,
    SOURCE_OF,
    SOURCES,
    SPLIT_HOW,
)


def source_in_words(source: str) -> str:
    """Name a source in plain words.

    Parameters
    ----------
    source : str
        Name of the source.

    Returns
    -------
    str
        Its name in plain words.
    """
    return SOURCES.get(source, source.replace("_", " "))


def column_in_words(column: str) -> str:
    """Name a column of the schools, or a measure and group of their results, in plain words.

    Parameters
    ----------
    column : str
        Column of the table of schools, or measure and group of their results.

    Returns
    -------
    str
        Its name in plain words.
    """
    measure, _, group = column.partition(" ")
    if measure in MEASURES:
        return f"{MEASURES[measure]}, {GROUPS.get(group, group)}"
    return COLUMNS.get(column, column.replace("_", " "))


def check_in_words(check: Check) -> str:
    """Name the figure of a check in plain words.

    Parameters
    ----------
    check : Check
        One check.

    Returns
    -------
    str
        Measure and group.
    """
    return f"{MEASURES.get(check.measure, check.measure)}, {GROUPS.get(check.group, check.group)}"


def number(value: float | None) -> str:
    """Write a figure with one decimal, or that there is none.

    Parameters
    ----------
    value : float or None
        A figure; None where there is none.

    Returns
    -------
    str
        The figure.
    """
    return "none" if value is None else f"{value:,.1f}"


def signed(value: float | None) -> str:
    """Write a difference with its sign.

    Parameters
    ----------
    value : float or None
        A figure; None where there is none.

    Returns
    -------
    str
        The difference; empty for None.
    """
    if value is None:
        return ""
    return "0.0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "−")


def verdict(check: Check) -> str:
    """Say what a check found, in words that need no colour.

    Parameters
    ----------
    check : Check
        One check.

    Returns
    -------
    str
        What was found.
    """
    if check.agrees is None:
        return "only one of the two is known"
    if check.agrees:
        return "agrees, as it was made to" if 0 < check.schools == check.imputed else "agrees"
    return f"differs by more than {check.tolerance:g}"


def source_of(report: BuildReport, column: str) -> str:
    """Name the source that a published figure of a column comes from, with the year that stood in.

    Parameters
    ----------
    report : BuildReport
        Of a build.
    column : str
        Column of the table of schools, or measure and group of their results.

    Returns
    -------
    str
        Source, with the year in brackets; empty where none is known.
    """
    source = next((name for name, columns in SOURCE_OF.items() if column in columns), "")
    line = next((line for line in report.sources if line.source == source), None)
    stood_in = f" ({line.stood_in})" if line is not None and line.stood_in else ""
    return source_in_words(source) + stood_in if source else ""


def count(value: int) -> str:
    """Write a count, or that nothing was counted.

    Parameters
    ----------
    value : int
        A count; negative where nothing was counted.

    Returns
    -------
    str
        The count; empty where it is negative.
    """
    return "" if value < 0 else f"{value:,}"


def headline(report: BuildReport) -> str:
    """Say in one sentence what was built.

    Parameters
    ----------
    report : BuildReport
        Of a build.

    Returns
    -------
    str
        One or two sentences.
    """
    phases = ", ".join(
        f"{report.schools[phase]:,} {name}" for phase, name in PHASES.items() if report.schools.get(phase)
    )
    las = f"{len(report.las)} local authorities" if len(report.las) > 1 else "one local authority"
    schools = "1 school" if report.n_schools == 1 else f"{report.n_schools:,} schools"
    trusts = "1 trust" if report.trusts == 1 else f"{report.trusts:,} trusts"
    return (
        f"{schools} of {las} ({phases}), {report.pupils:,} pupils on roll, "
        f"{trusts}. Year 0 is the academic year that ended in {report.year}."
    )


def judgement(report: BuildReport) -> str:
    """Say in one sentence how the schools add up to what is published for the LAs.

    Parameters
    ----------
    report : BuildReport
        Of a build.

    Returns
    -------
    str
        A sentence.
    """
    known = [check for check in report.checks if check.agrees is not None]
    if not known:
        lacking = (
            "of the local authority"
            if any(check.built is not None for check in report.checks)
            else "of schools"
        )
        return f"No results {lacking} are known for year 0, so nothing could be checked."
    off = len(report.disagreeing)
    compared = f"{len(known)} figures of year 0 were compared with those published for local authorities"
    if not off:
        return f"{compared}: all agree."
    return f"{compared}: {len(known) - off} agree, {off} {'differs' if off == 1 else 'differ'}."


def read_in_words(report: BuildReport) -> str:
    """Say in one sentence what became of the files.

    Parameters
    ----------
    report : BuildReport
        Of a build.

    Returns
    -------
    str
        A sentence.
    """
    unused = sum(not line.source for line in report.files)
    used = len(report.files) - unused
    return f"{used} {'file was' if used == 1 else 'files were'} used, {unused} not."


def least_known(report: BuildReport, most: int) -> list[ColumnLine]:
    """List the columns with the largest share that is not published, most uncertain first.

    Parameters
    ----------
    report : BuildReport
        Of a build.
    most : int
        How many at most.

    Returns
    -------
    list of ColumnLine
        The columns.
    """
    open_to_doubt = [line for line in report.columns if 0 < line.schools != line.published]
    return sorted(open_to_doubt, key=lambda line: (line.published / line.schools, line.column))[:most]


def how_in_words(line: ColumnLine) -> str:
    """Say how the imputed figures of a column were worked out.

    Parameters
    ----------
    line : ColumnLine
        One column.

    Returns
    -------
    str
        How, empty where nothing is imputed.
    """
    if line.how or not line.imputed:
        return line.how
    group = line.column.partition(" ")[2]
    return SPLIT_HOW if group in ("disadvantaged", "other") else ""


def clean(text: str, longest: int = 300) -> str:
    """Make text from a file safe to print: one line, no control characters, not too long.

    Parameters
    ----------
    text : str
        Any text.
    longest : int, optional
        Most letters.

    Returns
    -------
    str
        Safe text.
    """
    shown = "".join(letter if letter.isprintable() else "?" for letter in text[: longest + 1])
    return shown if len(shown) <= longest else shown[:longest] + "..."
