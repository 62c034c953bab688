"""Who came and went in the posts that serve a school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from outputs.story_sides import Side
from outputs.story_words import PEOPLE, Line, month, years

STILL = "still in post"
_MONTHS_A_TERM = 4


def people(side: Side) -> Iterator[Line]:
    """Tell who came and went in the posts that serve a school.

    Parameters
    ----------
    side : Side
        One scenario.

    Yields
    ------
    Line
        Where there is one post of a kind, a line a person that came or went; else a line a kind and year.
    """
    for kind, rows in side.posts.astype({"kind": str}).groupby("kind", sort=True):
        held = rows.sort_values(["from_term", "post"], ignore_index=True)
        if rows["post"].nunique() > 1:
            yield from _by_year(side, str(kind), held)
        else:
            yield from _one_by_one(side, str(kind), held)


def _one_by_one(side: Side, kind: str, held: pd.DataFrame) -> Iterator[Line]:
    before = None
    for _, row in held.iterrows():
        yield from _arrival(side, kind, row, before)
        if str(row["reason"]) != STILL:
            yield Line(row["to_date"], PEOPLE, _departure(kind, row))
        before = row


def _by_year(side: Side, kind: str, held: pd.DataFrame) -> Iterator[Line]:
    """Comings and goings of a year together, and how many are in post after them."""
    there = (held["from_date"] < side.begins) & (held["to_date"] >= side.begins)
    yield Line(side.begins, PEOPLE, f"At the start: {there.sum()} in post as {kind}.")
    gone = held["reason"].astype(str) != STILL
    for year in range(side.begins.year, side.ends.year):
        first, last = pd.Timestamp(year, side.begins.month, 1), pd.Timestamp(year + 1, side.begins.month, 1)
        left = held.loc[gone & (held["to_date"] >= first) & (held["to_date"] < last)].sort_values("to_date")
        came = held.loc[(held["from_date"] >= first) & (held["from_date"] < last)]
        said = (
            [f"{len(left)} left ({_listed(_left(row) for _, row in left.iterrows())})"] if len(left) else []
        )
        if len(came):
            said.append(f"{len(came)} started ({_listed(_came(row) for _, row in came.iterrows())})")
        if said:
            stay = (held["from_date"] < last) & ((held["to_date"] >= last) | ~gone)
            text = f"Posts of {kind}: {', '.join(said)}; {stay.sum()} in post at the year's end."
            yield Line(min([*left["to_date"], *came["from_date"]]), PEOPLE, text)


def _left(row: Any) -> str:
    reason = "" if str(row["reason"]) == "left" else f": {row['reason']}"
    return f"{month(row['to_date'])}{reason}"


def _came(row: Any) -> str:
    return f"{month(row['from_date'])}: {row['came_from']}"


def _listed(said: Iterable[str]) -> str:
    """Put alike ones together."""
    counted = Counter(said)
    return "; ".join(f"{number} in {text}" if number > 1 else text for text, number in counted.items())


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
