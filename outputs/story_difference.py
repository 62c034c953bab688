"""What made the difference between two accounts of one school: money, people, cases, practice, results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from outputs.payers import funded
from outputs.story_school import LAST_YEARS, OUTCOMES
from outputs.story_sides import Side
from outputs.story_words import gbp, weeks

_TERMS_A_YEAR, _MONTHS_A_TERM = 3, 4
_ALIKE = 5e-4
"""Practice that differs by less is called the same, between-school SD."""

_NO_RESULT = 0.05  # points; less shows as none


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What came to a school and to those who serve it, over the projection.

    Attributes
    ----------
    gbp : float
        Paid by all funders in the LA.
    months, months_open : float
        Months for which posts of the kinds that serve the school were held; months if none was ever empty.
    left : int
        People who left them.
    cases, begun, completed, broken : int
        Cases of the school; those with a first visit; completed; times that one was interrupted.
    waited : float
        Mean teaching weeks from triage to the first visit; NaN where none began.
    weeks : float
        Teaching weeks of support.
    practice, result : float
        Mean of the last ``LAST_YEARS`` years: model index, between-school SD; the measure's unit.
    """

    gbp: float
    months: float
    months_open: float
    left: int
    cases: int
    begun: int
    completed: int
    broken: int
    waited: float
    weeks: float
    practice: float
    result: float


def totals(side: Side, measure: str | None) -> Totals:
    """Add up one scenario.

    Parameters
    ----------
    side : Side
        One scenario.
    measure : str or None
        How results are told; None where the school has none.

    Returns
    -------
    Totals
        Sums and means.
    """
    money = funded(side.ledger)
    inside = (money["date"] >= side.begins) & (money["date"] < side.ends)
    held = side.posts.loc[side.posts["to_date"] >= side.begins]
    years = len(side.years) - 1
    spans = held["to_term"].to_numpy() - np.maximum(held["from_term"].to_numpy(), 0) + 1
    left = (held["reason"].astype(str) != "still in post") & (held["to_date"] < side.ends)
    cases, later = side.cases, side.years.tail(LAST_YEARS)
    begun = cases.loc[cases["matched"].notna()]
    return Totals(
        gbp=float(money.loc[inside, "amount_gbp"].sum()),
        months=float(_MONTHS_A_TERM * spans.sum()),
        months_open=float(
            _MONTHS_A_TERM * _TERMS_A_YEAR * years * len(held[["kind", "post"]].drop_duplicates())
        ),
        left=int(left.sum()),
        cases=len(cases),
        begun=len(begun),
        completed=int((cases["state"].astype(str) == "completed").sum()),
        broken=int(cases["interruptions"].sum()),
        waited=float(begun["weeks_waited"].mean()) if len(begun) else np.nan,
        weeks=float(cases["weeks_delivered"].sum()),
        practice=float(later["practice"].mean()),
        result=float(later[measure].mean()) if measure else np.nan,
    )


def result_measure(first: Side, second: Side) -> str | None:
    """Choose how the school's results are told.

    Parameters
    ----------
    first, second : Side
        Both scenarios.

    Returns
    -------
    str or None
        The first of ``OUTCOMES`` that both have in the last years; None where there is none.
    """
    for measure in OUTCOMES:
        if all(side.years.tail(LAST_YEARS)[measure].notna().any() for side in (first, second)):
            return measure
    return None


def difference_lines(first: Side, second: Side, one: Totals, two: Totals) -> Iterator[str]:
    """Say what made the difference, from money to results.

    Parameters
    ----------
    first, second : Side
        Both scenarios.
    one, two : Totals
        Their sums.

    Yields
    ------
    str
        A sentence each, the first scenario's figure before the second's.
    """
    a, b = first.title, second.title
    yield f"Money from all funders in the LA: {gbp(one.gbp)} ({a}), {gbp(two.gbp)} ({b})."
    if one.months_open or two.months_open:
        yield (
            f"People in the posts that serve this school: {_held(one)} ({a}), {_held(two)} ({b}); "
            f"{_times(one.left, 'person', 'people')} left, {_times(two.left, 'person', 'people')} left."
        )
    else:
        yield "People: no specialist post served this school under either."
    yield (
        f"Support: {_support(one)} ({a}); {_support(two)} ({b})."
        if one.cases or two.cases
        else "Support: no case of this school under either."
    )
    yield _practice(one, two, b)
    yield _chain(one, two, b)


def _held(side: Totals) -> str:
    if not side.months_open:
        return "no such post"
    return f"held {side.months:.0f} of {side.months_open:.0f} months"


def _times(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _support(side: Totals) -> str:
    if not side.cases:
        return "no case"
    given = f"{weeks(side.weeks)} of support" if side.weeks > 0 else "no support given"
    said = f"{_times(side.cases, 'case', 'cases')}, {side.completed} completed, {given}"
    if side.broken:
        said += f", interrupted {_times(side.broken, 'time', 'times')}"
    return said if np.isnan(side.waited) else f"{said}, {weeks(side.waited)} waited on average"


def _practice(one: Totals, two: Totals, title: str) -> str:
    change = two.practice - one.practice
    if abs(change) < _ALIKE or np.isnan(change):
        return f"Practice (a model index): the same in the last {LAST_YEARS} years."
    word = "higher" if change > 0 else "lower"
    return (
        f"Practice (a model index), last {LAST_YEARS} years: {abs(change):.3f} between-school SD {word} "
        f"under {title}."
    )


def _chain(one: Totals, two: Totals, title: str) -> str:
    """Whether support, practice and results go the same way, said without claiming more."""
    more, practice, result = two.weeks - one.weeks, two.practice - one.practice, two.result - one.result
    moved = [value for value in (more if abs(more) >= 1 else 0.0, practice, result) if not np.isnan(value)]
    if abs(practice) < _ALIKE and abs(more) < 1:
        return (
            "So support to this school made no difference here; where results differ, it is through pupils "
            "who move, staff who leave, and schools nearby."
        )
    if abs(more) < 1:
        return (
            f"So this school had as much support under both; its practice differs under {title} through "
            "the quality of that support, its timing, or staff lent or lost."
        )
    word = "more" if more > 0 else "less"
    if abs(practice) < _ALIKE and (np.isnan(result) or abs(result) < _NO_RESULT):
        return (
            f"So under {title} the school had {word} support, but nothing of it is left in the practice and "
            f"results of the last {LAST_YEARS} years."
        )
    if abs(practice) < _ALIKE:
        return (
            f"So under {title} the school had {word} support, and its practice is the same: where results "
            "differ, it is through support straight to pupils, who is in the school, and schools nearby."
        )
    if all(value >= 0 for value in moved) or all(value <= 0 for value in moved):
        return f"So under {title} the school had {word} support, and practice and results went the same way."
    return (
        f"So under {title} the school had {word} support, but practice or results did not go the same way: "
        "support may be poor, come late or reach few, and chance is larger than most such differences."
    )


def by_year(first: Side, second: Side, measure: str | None) -> pd.DataFrame:
    """Table both scenarios year by year.

    Parameters
    ----------
    first, second : Side
        Both scenarios.
    measure : str or None
        How results are told.

    Returns
    -------
    pandas.DataFrame
        Columns academic_year, scenario, gbp (paid by all funders in the LA), roll, absence (per cent of
        half-days), result (the measure's unit; absent without one); rows by year, the first scenario's before
        the second's.
    """
    frames = []
    for number, side in enumerate((first, second)):
        money = (
            funded(side.ledger).astype({"academic_year": str}).groupby("academic_year")["amount_gbp"].sum()
        )
        years = side.years.iloc[1:]
        named = [f"{year - 1}/{year % 100:02d}" for year in years["year"]]
        columns = {
            "academic_year": named, "scenario": side.title, "order": number,
            "gbp": [float(money.get(year, 0.0)) for year in named],
            "roll": years["roll"].to_numpy(), "absence": years["absence"].to_numpy(),
        }  # fmt: skip
        frames.append(pd.DataFrame(columns | ({"result": years[measure].to_numpy()} if measure else {})))
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values(["academic_year", "order"], ignore_index=True).drop(columns="order")
