"""What a story needs of each scenario: the tables of one simulated future, cut to one school and its LA."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from outputs.results import Results
from outputs.story_choice import Future, brokered, of_future
from outputs.story_school import School

SUPPORTING_SCHOOL = "supporting school"
OF_PEOPLE = ("notice given", "redundancy")
"""Kinds of events that concern posts of one kind, named in their text."""

OF_SCHOOLS = (
    "inspected", "joins", "leaves", "academy order", "termination notice", "joined a trust",
    "transfer of trust", "orphan", "closing", "federation", "targeted help begins", "targeted help ends",
    "lead school", "trust founded", "merger of trusts",
)  # fmt: skip
"""Kinds of events that change how schools stand, rather than what support they have."""

OF_CLUSTERS = ("maturity", "clusters")
"""Kinds of events that concern clusters, of which a story of one school does not know its own."""

_AUTUMN = 9  # month


@dataclass(frozen=True, kw_only=True)
class Side:
    """What a story needs of one scenario.

    Attributes
    ----------
    name, title : str
        Of the scenario.
    posts, cases, ledger, events, years : pandas.DataFrame
        Posts of the kinds that serve the school, its cases, its LA's payments, events of its LA or its own,
        its years.
    begins, ends : pandas.Timestamp
        First day of the projection and its last.
    """

    name: str
    title: str
    posts: pd.DataFrame
    cases: pd.DataFrame
    ledger: pd.DataFrame
    events: pd.DataFrame
    years: pd.DataFrame
    begins: pd.Timestamp
    ends: pd.Timestamp


def sides(results: Results, future: Future, school: School) -> tuple[Side, Side]:
    """Gather what a story needs of both scenarios.

    Parameters
    ----------
    results : Results
        A run with its schools and institutions.
    future : Future
        Which pair of runs.
    school : School
        Which school.

    Returns
    -------
    (Side, Side)
        Of the baseline and of the other.
    """
    assert results.schools is not None
    both = (future.baseline, future.other)
    cases = brokered(results, future, both)
    kinds = set(cases.loc[cases["urn"] == school.urn, "provider"].astype(str)) - {"", SUPPORTING_SCHOOL}
    first, second = (_side(results, future, school, name, kinds) for name in both)
    return first, second


def _side(results: Results, future: Future, school: School, name: str, kinds: set[str]) -> Side:
    assert results.schools is not None
    posts, ledger, events = (
        of_future(results.institutions[table], future, (name,)) for table in ("posts", "ledger", "events")
    )
    cases = brokered(results, future, (name,))
    years = of_future(results.schools, future, (name,))
    years = years.loc[years["urn"] == school.urn].sort_values("year", ignore_index=True)
    title = next(str(i.get("title", name)) for i in results.manifest["scenarios"] if i["name"] == name)
    first, last = int(years["year"].min()), int(years["year"].max())
    begins = pd.Timestamp(first, _AUTUMN, 1)
    own = _partnerships(school, cases, events)
    of_own = events["partnership"].isin(own) & events["urn"].isna()
    return Side(
        name=name,
        title=title,
        posts=posts.loc[posts["partnership"].isin(own) & posts["kind"].isin(kinds)],
        cases=_in_years(cases.loc[cases["urn"] == school.urn], begins),
        ledger=_of_own(ledger, own | {school.la}, results),
        events=_concerning(events.loc[of_own | (events["urn"] == school.urn)], kinds),
        years=years,
        begins=begins,
        ends=pd.Timestamp(last, _AUTUMN, 1),
    )


def _concerning(events: pd.DataFrame, kinds: set[str]) -> pd.DataFrame:
    """Leave out notices and redundancies of posts that do not serve the school, and what befell clusters."""
    of_people, of_clusters = events["kind"].isin(OF_PEOPLE), events["kind"].isin(OF_CLUSTERS)
    serving = events["text"].astype(str).map(lambda text: any(kind in text for kind in kinds)).astype(bool)
    return events.loc[(~of_people | serving) & ~of_clusters]


def _in_years(cases: pd.DataFrame, begins: pd.Timestamp) -> pd.DataFrame:
    """Cases that were not over when the projection began, in order of date."""
    alive = cases["ended"].isna() | (cases["ended"] >= begins)
    return cases.loc[alive].sort_values(["identified", "case"], kind="stable")


def _partnerships(school: School, *tables: pd.DataFrame) -> set[str]:
    """Names of the school's partnership, which may change as others join it; its LA's if nothing is told."""
    own = [table.loc[table["urn"] == school.urn, "partnership"].astype(str) for table in tables]
    return set(pd.concat(own)) or {school.la}


def _of_own(ledger: pd.DataFrame, own: set[str], results: Results) -> pd.DataFrame:
    """Payments that concern an LA or a partnership: of accounts with its name, where there are several."""
    assert results.schools is not None
    if results.schools["la"].nunique() == 1 and own == set(results.schools["la"].astype(str)):
        return ledger
    ending = re.compile(rf", ({'|'.join(re.escape(name) for name in sorted(own))})(:|$)")
    named = [
        {account for account in ledger[side].astype(str).unique() if ending.search(account)}
        for side in ("from", "to")
    ]
    found = ledger["from"].astype(str).isin(named[0]) | ledger["to"].astype(str).isin(named[1])
    return ledger.loc[found]
