"""Which school a story is about: the one asked for, or the one in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pandas as pd

from outputs.errors import BadResults
from outputs.results import Results
from outputs.story_choice import Future, brokered, nearest_words, of_future

OUTCOMES = {
    "ks2_rwm_expected": "per cent at the expected standard at age 11",
    "ks4_attainment8": "Attainment 8 points",
}
"""What a school's results are told by: the first that it has."""

LAST_YEARS = 3
"""A school's later results are the mean of this many years, as one year group is small."""


@dataclass(frozen=True)
class School:
    """The school that a story is about.

    Attributes
    ----------
    urn : int
        DfE unique reference number.
    name, la : str
        Of the school; of its LA.
    place : str
        Name of the place, as in the tables.
    rule : str
        How it was chosen, in words; empty where it was asked for.
    """

    urn: int
    name: str
    la: str
    place: str
    rule: str = ""


def find_school(results: Results, asked: str) -> School:
    """Find a school by URN or name.

    Parameters
    ----------
    results : Results
        A run with its schools.
    asked : str
        URN or name, whatever its capitals.

    Returns
    -------
    School
        The one that it names.

    Raises
    ------
    BadResults
        If it names none, with the nearest; or several, with their URNs.
    """
    listed = _listed(results)
    text = " ".join(str(asked).split())
    by_urn = listed.loc[listed["urn"].astype(str) == text]
    named = listed.loc[listed["school"].str.casefold() == text.casefold()]
    found = by_urn if len(by_urn) else named
    if len(found) == 1:
        return _school(found.iloc[0])
    if len(found) > 1:
        said = ", ".join(f"{row['urn']} ({row['la']})" for _, row in found.iterrows())
        raise BadResults("several schools have this name", where="school", found=text[:80],
                         allowed=f"a URN: {said}")  # fmt: skip
    names = {name.casefold(): name for name in listed["school"]}
    urns = listed["urn"].astype(str).tolist()
    near = [names[close] for close in get_close_matches(text.casefold()[:200], names, n=3, cutoff=0.4)]
    near = near or get_close_matches(text[:20], urns, n=3, cutoff=0.6)
    raise BadResults("no school of this run has this URN or name", where="school", found=text[:80],
                     allowed=f"a URN or name from schools.parquet{nearest_words(near)}")  # fmt: skip


def median_school(results: Results, future: Future) -> School:
    """Choose the school in the middle.

    The rule: of the schools whose support differs between the two scenarios (else of those with a case under
    either), the one whose results differ by the median amount (mean of the last ``LAST_YEARS`` years; results
    at age 11, or 16 where a school has none at 11, each over the spread between schools).

    Parameters
    ----------
    results : Results
        A run with its schools.
    future : Future
        Where to look.

    Returns
    -------
    School
        The median; the lower of the middle two. Where results differ by as much, the difference in practice
        and then the URN settle the order.
    """
    differences = differences_by_school(results, future)
    cases = brokered(results, future, (future.baseline, future.other))
    supported = differences.loc[differences["urn"].isin(set(cases["urn"]))]
    moved = supported.loc[supported["urn"].isin(_differing(cases, future))]
    if len(moved):
        which = f"whose support differs between the two (of {len(supported)} with a case under either)"
        supported = moved
    elif len(supported):
        which = "with a case under either scenario (support differs for none)"
    else:
        supported, which = differences, "of the place, as none has a case"
    ordered = supported.sort_values(["size", "practice", "urn"], ignore_index=True)
    row = ordered.iloc[(len(ordered) - 1) // 2]
    listed = _listed(results)
    rule = (
        f"Of the {len(ordered)} schools {which}, the one whose results differ between the two by the median "
        f"amount (mean of the last {LAST_YEARS} years, age 11, or 16 where there is none at 11)."
    )
    return _school(listed.loc[listed["urn"] == row["urn"]].iloc[0], rule)


def _differing(cases: pd.DataFrame, future: Future) -> set[int]:
    """Schools with a case that is not the same under both scenarios, or is there under one alone."""
    plain = cases.astype({"scenario": str, "state": str}).set_index("case")
    same = ["urn", "state", "matched", "ended", "weeks_delivered"]
    one, two = (plain.loc[plain["scenario"] == name, same] for name in (future.baseline, future.other))
    both = pd.concat([one, two]).reset_index().round({"weeks_delivered": 6})
    return set(both.drop_duplicates(keep=False)["urn"].astype(int))


def differences_by_school(results: Results, future: Future) -> pd.DataFrame:
    """How far each school's later results differ between the two scenarios of a future.

    Parameters
    ----------
    results : Results
        A run with its schools.
    future : Future
        Where to look.

    Returns
    -------
    pandas.DataFrame
        Columns urn, measure, difference (its unit), size (over the SD between schools) and practice (its
        difference); a row a school with results.
    """
    assert results.schools is not None
    means = {
        name: _later(of_future(results.schools, future, (name,))) for name in (future.other, future.baseline)
    }
    practice = means[future.other]["practice"] - means[future.baseline]["practice"]
    found = []
    for measure in OUTCOMES:
        base = means[future.baseline][measure].dropna()
        spread = float(base.std(ddof=0)) if len(base) else 0.0
        difference = (means[future.other][measure] - base).dropna()
        found.append(
            pd.DataFrame(
                {
                    "urn": difference.index, "measure": measure, "difference": difference.to_numpy(),
                    "size": difference.to_numpy() / (spread or 1.0),
                    "practice": practice.loc[difference.index].to_numpy(),
                }
            )
        )  # fmt: skip
    return pd.concat(found, ignore_index=True).drop_duplicates("urn", ignore_index=True)


def _later(schools: pd.DataFrame) -> pd.DataFrame:
    last = schools["year"].max()
    rows = schools.loc[schools["year"] > last - LAST_YEARS]
    return rows.groupby("urn")[[*OUTCOMES, "practice"]].mean()


def school_differences(results: Results, future: Future, urn: int, measure: str) -> pd.Series:
    """How far one school's later results differ in every pair of runs.

    Parameters
    ----------
    results : Results
        A run with its schools.
    future : Future
        Which scenarios and place.
    urn : int
        The school.
    measure : str
        One of ``OUTCOMES``.

    Returns
    -------
    pandas.Series
        By draw and replicate, in the measure's unit.
    """
    assert results.schools is not None
    table = results.schools
    rows = table.loc[(table["place"] == future.place) & (table["urn"] == urn)]
    rows = rows.loc[rows["year"] > rows["year"].max() - LAST_YEARS].astype({"scenario": str})
    wide = rows.groupby(["scenario", "draw", "replicate"])[measure].mean()
    return (wide.loc[future.other] - wide.loc[future.baseline]).dropna()


def _listed(results: Results) -> pd.DataFrame:
    assert results.schools is not None
    columns = ["urn", "school", "la", "place"]
    return results.schools[columns].drop_duplicates("urn").astype({"school": str, "la": str, "place": str})


def _school(row: Any, rule: str = "") -> School:
    return School(int(row["urn"]), str(row["school"]), str(row["la"]), str(row["place"]), rule)
