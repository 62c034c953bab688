"""Trusts that schools found by themselves: near ones of the same kind, a handful together."""

from __future__ import annotations

import numpy as np

from model.institution_facts import Facts
from model.place import Index

_FEWEST = 2


def group_near(facts: Facts, rows: Index, size: int) -> list[Index]:
    """Put schools together with their neighbours, by LA and religious character.

    Parameters
    ----------
    facts : Facts
        Where schools are.
    rows : (n,) intp
        Schools that look for others.
    size : int
        Schools in a group, about.

    Returns
    -------
    list of (m,) intp
        Groups of two schools or more; who finds no one is in none.
    """
    groups: list[Index] = []
    kind = 2 * facts.la[rows].astype(np.intp) + facts.faith[rows]
    for each in np.unique(kind):
        of_kind = rows[kind == each]
        along = of_kind[np.argsort(facts.x_km[of_kind] + facts.y_km[of_kind], kind="stable")]
        number = max(round(len(along) / size), 1)
        groups += [part for part in np.array_split(along, number) if len(part) >= _FEWEST]
    return groups
