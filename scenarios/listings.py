"""Lists for the console: the scenarios, mechanisms, evidence and places there are."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from model.declaration import CALIBRATED
from model.parameters import DECLARED
from model.place import Place
from scenarios import arrangement_words as words
from scenarios import evidence, library, offers, programmes, system_words
from scenarios.errors import UnknownName, nearest
from scenarios.posterior import posterior
from scenarios.scenario import Scenario
from scenarios.values import shown

WIDTH = 110


def table(rows: Sequence[Sequence[str]], head: Sequence[str]) -> list[str]:
    """Lay out rows in columns.

    Parameters
    ----------
    rows : Sequence of Sequence of str
        Cells.
    head : Sequence of str
        Headings; the last column is wrapped.

    Returns
    -------
    list of str
        Lines.
    """
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head) - 1)]
    room = max(WIDTH - sum(widths) - 2 * len(widths), 30)
    lines = []
    for row in (head, *rows):
        wrapped = textwrap.wrap(row[-1], room) or [""]
        start = "".join(f"{cell:<{width}}  " for cell, width in zip(row[:-1], widths, strict=True))
        lines += [(start + wrapped[0]).rstrip(), *(" " * len(start) + more for more in wrapped[1:])]
    return lines


def scenario_lines(names: Iterable[str] = ()) -> list[str]:
    """List the scenarios and programmes of the library, or say of some scenarios what they do.

    Parameters
    ----------
    names : iterable of str, optional
        Library names or paths; all in a table where empty.

    Returns
    -------
    list of str
        Lines.

    Raises
    ------
    BadInput
        If there is no such scenario, or its file cannot be used.
    """
    wanted = list(names)
    if wanted:
        return [line for name in wanted for line in (*_one_scenario(library.load(name)), "")][:-1]
    rows = []
    for name in library.names():
        item = library.load(name)
        rows.append((name, item.cost.replace("_", " "), f"{item.title}. {item.description}"))
    taught = []
    for name in programmes.names():
        _, where, found = programmes.described(name, "programme", programmes.FOLDER)
        taught.append((name, programmes.build(name, found, where).title))
    brokered = [(name, offers.load(name).title) for name in offers.names()]
    return [
        *table(rows, ("scenario", "cost", "what")), "",
        *table(taught, ("programme that schools run", "what")), "",
        *table(brokered, ("programme that is brokered", "what")), "",
        "lepsim scenarios NAME shows what stands under one: awards and their terms, posts, programmes.",
    ]  # fmt: skip


def _one_scenario(scenario: Scenario) -> list[str]:
    """Say what stands under a scenario, at central values."""
    head = [f"{scenario.name}: {scenario.title}", *textwrap.wrap(scenario.description, WIDTH), ""]
    lines = [*head, *words.when_lines(scenario)]
    for name, value in scenario.parameter_changes.items():
        lines.append(f"Parameter {name} is {value:g}.")
    taught = [(item.spec.name, str(item.years or "all"), item.spec.title) for item in scenario.programmes]
    if taught:
        lines += ["", *table(taught, ("programme that schools run", "years", "what"))]
    before = scenario.in_force if scenario.change is not None else None
    stands = scenario.in_force if scenario.change is None else scenario.change.stands
    if stands is None:
        return lines
    lines += ["", *textwrap.wrap(words.body_words(stands.partnership), WIDTH)]
    parts = (
        (words.award_rows(stands, before), ("award", "GBP a pupil", "terms")),
        (words.post_rows(stands.posts), ("post", "for 10,000 pupils", "what")),
        (words.offer_rows(stands.offers), ("brokered programme", "weeks", "what")),
    )
    for rows, columns in parts:
        lines += ["", *table(rows, columns)] if rows else []
    for said in (
        system_words.together_words(stands.collaboration, words.central),
        system_words.national_words(stands.national, words.central),
    ):
        lines += ["", *textwrap.wrap(" ".join(said), WIDTH)]
    return lines


def mechanism_lines() -> list[str]:
    """List the mechanisms with what stands in their place when they are off."""
    from model.mechanisms import MECHANISMS

    rows = [(item.name, f"{item.label}. Off: {item.null}. Rests on: {item.evidence}.") for item in MECHANISMS]
    return table(rows, ("mechanism", "what"))


def evidence_lines(names: Iterable[str]) -> list[str]:
    """List parameters with the evidence they rest on.

    Parameters
    ----------
    names : iterable of str
        Parameter groups, full parameter names or evidence row ids, or patterns of names with ``*``; all
        parameters where empty.

    Returns
    -------
    list of str
        A table of parameters, or the whole of each evidence row asked for.

    Raises
    ------
    UnknownName
        If nothing goes by a name.
    """
    wanted = list(names)
    if not wanted:
        return _parameters(DECLARED)
    lines: list[str] = []
    for name in wanted:
        inside = [full for full in DECLARED if full == name or full.startswith(f"{name}.")]
        if inside:
            lines += [*_parameters(inside), ""]
        elif name in evidence.rows():
            lines += [*_row(evidence.rows()[name]), ""]
        elif alike := _alike(name):
            lines += [*alike, ""]
        else:
            groups = {full.partition(".")[0] for full in DECLARED}
            known = [*groups, *DECLARED, *evidence.rows()]
            raise UnknownName(
                "nothing goes by that name",
                where="lepsim evidence",
                found=shown(name),
                allowed=f"a parameter, an evidence row, a pattern of either as tie_*, or a group "
                f"({', '.join(sorted(groups))})",
                nearest=nearest(name, known),
            )
    return lines[:-1]


def _alike(pattern: str) -> list[str]:
    """Parameters and evidence rows whose names are of a pattern, as mechanisms name what they rest on."""
    inside = [full for full in DECLARED if fnmatchcase(full, pattern)]
    rows = [row for name, row in evidence.rows().items() if fnmatchcase(name, pattern)]
    said = [[*_parameters(inside)]] if inside else []
    said += [_row(row) for row in rows]
    return [line for part in said for line in (*part, "")][:-1]


def _parameters(names: Iterable[str]) -> list[str]:
    fitted = posterior()
    rows = []
    for name in names:
        item = DECLARED[name]
        if item.source == CALIBRATED:
            value, basis = fitted[name].value if name in fitted else item.default, "fitted to targets"
        else:
            row = evidence.input_row(item.source, name)
            value, basis = row.central, f"{row.strength}: {item.source}"
        rows.append(
            (name, f"{value:g}", f"{item.low:g} to {item.high:g}", basis, f"{item.description}, {item.unit}")
        )
    return table(rows, ("parameter", "value", "bounds", "evidence", "what"))


def _row(row: evidence.Evidence) -> list[str]:
    source = ", ".join(part for part in (row.title, row.publisher, row.year, row.address) if part)
    cells = [
        ("what", row.parameter),
        ("central", f"{row.central:g} {row.unit}"),
        ("range", f"{row.low:g} to {row.high:g} ({row.distribution})"),
        ("use", f"{row.role}, {row.scope}; evidence {row.strength}; {row.verified}"),
        ("source", source),
        ("basis", row.basis or "as published"),
        ("review", row.review_date),
    ]
    return [row.id, *table(cells, ("", ""))[1:]]


def place_lines(place: Place) -> list[str]:
    """Describe a place: what it holds and where its figures come from.

    Parameters
    ----------
    place : Place
        A place from ``scenarios.places.resolve``.

    Returns
    -------
    list of str
        Lines.
    """
    from scenarios.places import describe

    las = (
        f"{place.n_la} local authorities"
        if place.n_la > 1
        else f"DfE code {place.la_code[0] or 'none: synthetic'}"
    )
    pupils = float(place.areas.children.sum()) * 7 + float(place.secondary_pupils.sum()) * 5
    head = [
        f"{place.name}: {las}; year 0 is the academic year that ended in {place.year}",
        f"{len(place.schools)} schools, about {round(pupils, -2):,.0f} pupils from Reception to Year 11",
        "",
    ]
    rows = [tuple(str(cell) for cell in row) for row in describe(place).itertuples(index=False)]
    columns = ("part", "column", "figures", "published", "imputed", "synthetic", "source")
    return [*head, *table(rows, columns), "", *(f"Source: {line}" for line in place.sources)]
