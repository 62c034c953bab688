"""What befell a school under one scenario, as dated lines: money, people, schools, cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from outputs.payers import funded
from outputs.story_people import people
from outputs.story_sides import OF_PEOPLE, OF_SCHOOLS, Side
from outputs.story_words import CASES, MONEY, PEOPLE, SCHOOLS, THEMES, Line, gbp, month, weeks

_MOST_ALIKE = 2
"""More events of one kind in one term than this are said together."""

_TERM_NUMBER = re.compile(r", from term -?\d+")  # of the model's own count, which no reader knows
_MOST_STREAMS = 4


def lines(side: Side) -> list[Line]:
    """Tell what befell a school and those who serve it, in order of date.

    Parameters
    ----------
    side : Side
        One scenario.

    Returns
    -------
    list of Line
        Within the projection.
    """
    found = [*_money(side), *people(side), *_cases(side)]
    return sorted(
        (line for line in found if side.begins <= line.date < side.ends),
        key=lambda line: (line.year, THEMES.index(line.theme), line.date),
    )


def _money(side: Side) -> Iterator[Line]:
    yield from _at_the_start(side)
    told = side.events
    for (date, named), rows in told.astype({"kind": str}).groupby(["date", "kind"], sort=False):
        when, kind = pd.Timestamp(str(date)), str(named)
        if len(rows) > _MOST_ALIKE:
            whole = rows["amount_gbp"].sum()
            worth = f", {gbp(whole)} in all" if whole > 0 else ""
            yield Line(when, _theme(kind), f"{month(when)}: {kind}, {len(rows)} times{worth}.")
            continue
        for _, row in rows.iterrows():
            theme = _theme(kind, of_school=bool(pd.notna(row["urn"])))
            worth = f" ({gbp(row['amount_gbp'])})" if row["amount_gbp"] > 0 else ""
            text = _TERM_NUMBER.sub("", str(row["text"])).rstrip(".").replace("_", " ")
            if theme == SCHOOLS and kind not in text:
                text = f"{kind}, {text}"
            yield Line(when, theme, f"{month(when)}: {text}{worth}.")


def _theme(kind: str, *, of_school: bool = False) -> str:
    if kind in OF_SCHOOLS:
        return SCHOOLS
    if of_school:
        return CASES
    return PEOPLE if kind in OF_PEOPLE else MONEY


def _at_the_start(side: Side) -> Iterator[Line]:
    """What funders paid in the year before the first, by fund."""
    money = funded(side.ledger).astype({"stream": str})
    before = (money["date"] >= side.begins - pd.DateOffset(years=1)) & (money["date"] < side.begins)
    sums = money.loc[before].groupby("stream")["amount_gbp"].sum().sort_values(ascending=False, kind="stable")
    sums = sums.loc[sums > 0]
    if len(sums):
        named = [f"{stream} {gbp(amount)}" for stream, amount in sums.head(_MOST_STREAMS).items()]
        rest = sums.iloc[_MOST_STREAMS:].sum()
        more = [f"other {gbp(rest)}"] if rest > 0 else []
        text = f"At the start: {gbp(sums.sum())} in the year before ({'; '.join([*named, *more])})."
        yield Line(side.begins, MONEY, text)


def _cases(side: Side) -> Iterator[Line]:
    for _, row in side.cases.iterrows():
        yield Line(max(row["identified"], side.begins), CASES, case_words(row))


def case_words(row: Any) -> str:
    """Tell the life of one case.

    Parameters
    ----------
    row : pandas.Series
        A row of the table of cases.

    Returns
    -------
    str
        One sentence.
    """
    offer, state = str(row["offer"]).replace("_", " "), str(row["state"])
    said = f"{month(row['identified'])}: {offer}, need seen"
    if pd.notna(row["matched"]):
        waited = row["weeks_waited"]
        wait = f" after {weeks(waited)} of waiting" if pd.notna(waited) else ""
        said += f"; first visit {month(row['matched'])}{wait} ({row['provider']})"
    elif pd.notna(row["triaged"]) and state == "waiting":
        said += "; no visit yet"
    if row["weeks_delivered"] > 0:
        said += f"; {weeks(row['weeks_delivered'])} of support"
    if row["interruptions"] > 0:
        said += (
            f", interrupted {'once' if row['interruptions'] == 1 else str(row['interruptions']) + ' times'}"
        )
    when = f" {month(row['ended'])}" if pd.notna(row["ended"]) else ""
    return f"{said}; {state}{when}."
