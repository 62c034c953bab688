"""What befell a school under one scenario, as dated lines: money, people, cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from outputs.payers import funded
from outputs.story_sides import Side

MONEY, PEOPLE, CASES = "Money", "People", "Cases"
STILL = "still in post"
_MOST_ALIKE = 2
"""More events of one kind in one term than this are said together."""

_MONTHS_A_TERM = 4
_AUTUMN = 9  # month
_TERM_NUMBER = re.compile(r", from term -?\d+")  # of the model's own count, which no reader knows
_OF_PEOPLE = ("notice given", "redundancy")
_MOST_STREAMS = 4


class Line(NamedTuple):
    """One dated line: when, under which heading, what happened."""

    date: pd.Timestamp
    theme: str
    text: str

    @property
    def year(self) -> str:
        """Academic year, as ``2026/27``."""
        begins = self.date.year - (self.date.month < _AUTUMN)
        return f"{begins}/{(begins + 1) % 100:02d}"


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
    found = [*_money(side), *_people(side), *_cases(side)]
    order = {MONEY: 0, PEOPLE: 1, CASES: 2}
    return sorted(
        (line for line in found if side.begins <= line.date < side.ends),
        key=lambda line: (line.year, order[line.theme], line.date),
    )


def gbp(amount: float) -> str:
    """Write an amount of money.

    Parameters
    ----------
    amount : float
        GBP.

    Returns
    -------
    str
        As ``£310,000``; to the pound below 10,000, to the thousand above.
    """
    return f"£{amount:,.0f}" if abs(amount) < 10_000 else f"£{round(amount, -3):,.0f}"


def month(date: pd.Timestamp) -> str:
    """Write a month.

    Parameters
    ----------
    date : pandas.Timestamp
        Any day of it.

    Returns
    -------
    str
        As ``September 2026``.
    """
    names = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    )  # fmt: skip
    return f"{names[date.month - 1]} {date.year}"


def _money(side: Side) -> Iterator[Line]:
    yield from _at_the_start(side)
    told = side.events
    for (date, kind), rows in told.astype({"kind": str}).groupby(["date", "kind"], sort=False):
        when = pd.Timestamp(str(date))
        if len(rows) > _MOST_ALIKE:
            whole = rows["amount_gbp"].sum()
            worth = f", {gbp(whole)} in all" if whole > 0 else ""
            theme = PEOPLE if kind in _OF_PEOPLE else MONEY
            yield Line(when, theme, f"{month(when)}: {kind}, {len(rows)} times{worth}.")
            continue
        for _, row in rows.iterrows():
            theme = CASES if pd.notna(row["urn"]) else PEOPLE if kind in _OF_PEOPLE else MONEY
            worth = f" ({gbp(row['amount_gbp'])})" if pd.notna(row["amount_gbp"]) else ""
            text = _TERM_NUMBER.sub("", str(row["text"])).rstrip(".").replace("_", " ")
            yield Line(when, theme, f"{month(when)}: {text}{worth}.")


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


def _people(side: Side) -> Iterator[Line]:
    for (kind, number), rows in side.posts.astype({"kind": str}).groupby(["kind", "post"], sort=True):
        held = rows.sort_values("from_term", ignore_index=True)
        several = side.posts.loc[side.posts["kind"] == kind, "post"].nunique() > 1
        name = f"{kind}{f' (post {number})' if several else ''}"
        before = None
        for _, row in held.iterrows():
            yield from _arrival(side, name, row, before)
            if str(row["reason"]) != STILL:
                yield Line(row["to_date"], PEOPLE, _departure(name, row))
            before = row


def _arrival(side: Side, name: str, row: Any, before: Any | None) -> Iterator[Line]:
    if row["from_date"] < side.begins:
        if row["to_date"] >= side.begins:
            yield Line(side.begins, PEOPLE, f"At the start: {name} in post since {month(row['from_date'])}.")
        return
    empty = "" if before is None else _months_between(before["to_term"], row["from_term"])
    award = "permanent post" if pd.isna(row["award_years"]) else f"an award of {years(row['award_years'])}"
    yield Line(
        row["from_date"], PEOPLE,
        f"{month(row['from_date'])}: {name} starts{empty} ({row['came_from']}; {award}).",
    )  # fmt: skip


def _months_between(left: int, came: int) -> str:
    """How long a post stood empty; the last holder's last term is not empty."""
    empty = _MONTHS_A_TERM * (int(came) - int(left) - 1)
    return f", {empty} months after the last one left" if empty > 0 else ", following on"


def _departure(name: str, row: Any) -> str:
    stayed = (int(row["to_term"]) - int(row["from_term"]) + 1) / 3
    return f"{month(row['to_date'])}: {name} goes after {years(stayed)} ({row['reason']})."


def years(length: float) -> str:
    """Write a length in years.

    Parameters
    ----------
    length : float
        Years.

    Returns
    -------
    str
        As ``1 year`` or ``2.3 years``.
    """
    said = f"{length:.1f}".removesuffix(".0")
    return f"{said} year{'s' * (said != '1')}"


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


def weeks(number: float) -> str:
    """Write a number of teaching weeks.

    Parameters
    ----------
    number : float
        Teaching weeks.

    Returns
    -------
    str
        As ``1 week`` or ``6 weeks``.
    """
    whole = round(float(number))
    return "less than a week" if number < 0.5 else f"{whole} week{'s' * (whole != 1)}"
