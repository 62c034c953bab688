"""Expected composition of schools' intakes: what the families a school can expect bring, before any draw."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.choice import Options
from model.place import Floats, Index, Ints


def chances(utility: Floats) -> Floats:
    """Chance of each school considered.

    Parameters
    ----------
    utility : (k, n) float64
        Log odds; -inf where a school is out of reach.

    Returns
    -------
    (k, n) float64
        Columns that sum to 1; all 0 where no school is in reach.
    """
    top = utility.max(axis=0)
    odds = np.exp(utility - np.where(np.isfinite(top), top, 0.0))
    return np.asarray(odds / np.maximum(odds.sum(axis=0), 1e-300))


def shared_out(options: Options, chance: Floats, sources: Index, amount: Floats) -> Floats:
    """Share what sources bring out among the schools they consider.

    Parameters
    ----------
    options : Options
        Schools considered.
    chance : (k, n) float64
        Chance of each, by source named.
    sources : (n,) intp
        Sources, columns of ``options``.
    amount : (n,) float64
        What each brings.

    Returns
    -------
    (n_schools,) float64
        What each school can expect.
    """
    schools = options.schools[:, sources]
    return np.asarray(
        np.bincount(schools.ravel(), (chance * amount).ravel(), len(options.target)), np.float64
    )


def expected_means(
    entry: Options,
    entry_chance: Floats,
    transition: Mapping[int, tuple[Options, Floats]],
    last_year_group: Ints,
    children: Floats,
    value: Floats,
) -> Floats:
    """Mean of a quantity over the children each school can expect at its year of entry.

    Parameters
    ----------
    entry : Options
        Schools considered at Reception; sources are home areas.
    entry_chance : (2, k, n_areas) float64
        Chance of each, by income (other, low income).
    transition : mapping of int to (Options, (2, k, n_schools + n_areas) float64)
        Schools considered after each year group (sources: schools, then areas), and log odds by income.
    last_year_group : (n_schools,) int32
        Last year group of each school; -1 for schools that pass no one on.
    children : (2, n_areas) float64
        Children of each area by income.
    value : (2, n_areas) float64
        The quantity, by income.

    Returns
    -------
    (n_schools,) float64
        NaN where no child is expected. All-through schools: those who enter at Reception.
    """
    n, areas = len(entry.target), np.arange(children.shape[1])
    size, total = np.zeros((2, n)), np.zeros((2, n))
    for income in range(2):
        size[income] = shared_out(entry, entry_chance[income], areas, children[income])
        total[income] = shared_out(entry, entry_chance[income], areas, children[income] * value[income])
    for year_group in sorted(transition):
        options, utility = transition[year_group]
        sources = np.flatnonzero(last_year_group == year_group)
        begins = size.sum(axis=0) == 0.0
        for income in range(2):
            chance = chances(utility[income][:, sources])
            for amount in (size, total):
                more = shared_out(options, chance, sources, amount[income, sources])
                amount[income] += np.where(begins, more, 0.0)
    everyone = size.sum(axis=0)
    return np.where(everyone > 0.0, total.sum(axis=0) / np.maximum(everyone, 1e-300), np.nan)
