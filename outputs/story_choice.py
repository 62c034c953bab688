"""Which simulated future a story is told from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from outputs.errors import BadResults
from outputs.findings import runs_by_year
from outputs.results import Results

_GAPS = ("ks2_rwm_expected", "ks4_attainment8")
_PARTNERSHIP = "partnership"
_ANOTHER = "detail=some (a few runs) or detail=all (every run)"


@dataclass(frozen=True)
class Future:
    """The simulated future that a story is told from.

    Attributes
    ----------
    place, baseline, other : str
        Names as in the tables.
    draw, replicate : int
        Which run of each scenario.
    pairs, kept : int
        How many pairs of runs there are, and how many keep their events.
    """

    place: str
    baseline: str
    other: str
    draw: int
    replicate: int
    pairs: int
    kept: int


def scenarios_told(results: Results, other: str | None) -> tuple[str, str]:
    """Settle the two scenarios of a story.

    Parameters
    ----------
    results : Results
        A run.
    other : str or None
        The scenario set beside the run's baseline; None where the run has just one more.

    Returns
    -------
    (str, str)
        The run's baseline, and the other.

    Raises
    ------
    BadResults
        If the run lacks it, or it is not said which.
    """
    where = str(results.folder or "results")
    names = [str(item["name"]) for item in results.manifest["scenarios"]]
    baseline, others = names[0], names[1:]
    if not others:
        raise BadResults("holds one scenario: a story needs two", where=where, found=baseline,
                         allowed="a folder written by `lepsim compare`")  # fmt: skip
    if other is None and len(others) == 1:
        return baseline, others[0]
    if other is None:
        raise BadResults("which scenario to set beside the baseline is not said", where="other",
                         found="nothing", allowed=", ".join(others))  # fmt: skip
    if other not in others:
        near = get_close_matches(other.lower(), others, n=3, cutoff=0.4)
        raise BadResults("is not among the other scenarios of this run", where="other", found=other[:80],
                         allowed=f"{', '.join(others)}{nearest_words(near)}")  # fmt: skip
    return baseline, other


def check_detail(results: Results) -> None:
    """Refuse a run that keeps nothing to tell a story from.

    Parameters
    ----------
    results : Results
        A run.

    Raises
    ------
    BadResults
        If its schools or what its institutions left were not kept, or there were none.
    """
    where = str(results.folder or "results")
    asked = str(results.manifest["settings"].get("detail", "none"))
    if asked == "none" or results.schools is None:
        raise BadResults("keeps no posts, cases, money and events to tell a story from", where=where,
                         found=f"detail={asked}", allowed=f"the same again with {_ANOTHER}")  # fmt: skip
    if not results.institutions:
        raise BadResults("holds no posts, cases, money and events: none of its scenarios has institutions",
                         where=where, found=", ".join(str(i["name"]) for i in results.manifest["scenarios"]),
                         allowed=f"scenarios with awards and posts, run with {_ANOTHER}")  # fmt: skip


def choose_future(results: Results, place: str, baseline: str, other: str) -> Future:
    """Choose, of the pairs of runs whose events are kept, the one nearest the middle of all.

    Parameters
    ----------
    results : Results
        A run.
    place, baseline, other : str
        Whose difference in the gap at age 11 (else 16), mean of the years, is looked at.

    Returns
    -------
    Future
        The pair whose difference is nearest the median; the lowest draw where several are.

    Raises
    ------
    BadResults
        If no pair is kept.
    """
    kept = _kept_pairs(results.institutions, place, (baseline, other))
    if not kept:
        raise BadResults("keeps no pair of runs of these scenarios", where=str(results.folder or "results"),
                         found=f"{baseline}, {other}", allowed=_ANOTHER)  # fmt: skip
    table = results.trajectories
    every = pd.Series(dtype=float)
    for measure in _GAPS:
        wide = [runs_by_year(table, place, name, measure, "gap") for name in (other, baseline)]
        every = (wide[0] - wide[1]).mean(axis=0).dropna()
        if len(every):
            break
    middle = float(every.median()) if len(every) else 0.0
    away = {pair: abs(float(every.get(pair, middle)) - middle) for pair in kept}
    draw, replicate = min(kept, key=lambda pair: (round(away[pair], 9), pair))
    return Future(place, baseline, other, draw, replicate, max(len(every), len(kept)), len(kept))


def _kept_pairs(
    tables: Mapping[str, pd.DataFrame], place: str, scenarios: Sequence[str]
) -> list[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for table in tables.values():
        rows = table.loc[(table["place"] == place) & table["scenario"].isin(scenarios), ["draw", "replicate"]]
        found |= {(int(draw), int(replicate)) for draw, replicate in rows.drop_duplicates().to_numpy()}
    return sorted(found)


def of_future(table: pd.DataFrame, future: Future, scenarios: Sequence[str]) -> pd.DataFrame:
    """Pick the rows of a future.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table with place, scenario, draw and replicate.
    future : Future
        Which place, draw and replicate.
    scenarios : Sequence of str
        Which scenarios.

    Returns
    -------
    pandas.DataFrame
        Its rows.
    """
    return table.loc[
        (table["place"] == future.place)
        & (table["draw"] == future.draw)
        & (table["replicate"] == future.replicate)
        & table["scenario"].isin(scenarios)
    ]


def brokered(results: Results, future: Future, scenarios: Sequence[str]) -> pd.DataFrame:
    """Pick the cases of a future that partnerships brokered: help of others is told by its events.

    Parameters
    ----------
    results : Results
        A run that kept institutions.
    future : Future
        Which place, draw and replicate.
    scenarios : Sequence of str
        Which scenarios.

    Returns
    -------
    pandas.DataFrame
        Its rows.
    """
    cases = of_future(results.institutions["cases"], future, scenarios)
    return cases.loc[cases["broker"].astype(str) == _PARTNERSHIP]


def nearest_words(names: Sequence[str]) -> str:
    """Say which valid names are most like what was given.

    Parameters
    ----------
    names : Sequence of str
        Best first.

    Returns
    -------
    str
        To go on after what is allowed; empty without names.
    """
    return f"; nearest: {', '.join(names)}" if names else ""
