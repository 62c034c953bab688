"""A sample of England's LAs as one place, for fitting: large enough, and small enough to run often."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TypeVar

import numpy as np

from model.place import Areas, Place, Rates, Schools
from scenarios.places.published import england_place

Columns = TypeVar("Columns", Schools, Areas)


def _rows(table: Columns, keep: np.ndarray, new_la: np.ndarray) -> Columns:
    """Take rows of a table of columns and renumber their LA."""
    columns = {}
    for item in fields(table):
        value = getattr(table, item.name)
        if item.name == "la":
            columns[item.name] = new_la[value[keep]].astype(np.int32)
        elif isinstance(value, tuple):
            columns[item.name] = tuple(value[i] for i in np.flatnonzero(keep))
        else:
            columns[item.name] = value[keep]
    return replace(table, **columns)


def sample_of_england(year: int, every: int, first: int = 0) -> Place:
    """Take every so many LAs of England, in order of code.

    Parameters
    ----------
    year : int
        Year 0.
    every : int
        Take one LA in so many.
    first : int
        Position of the first.

    Returns
    -------
    Place
        Their schools and areas side by side; ranks are against the fixed reference.
    """
    england = england_place(year)
    taken = np.arange(first, england.n_la, every)
    new_la = np.full(england.n_la, -1)
    new_la[taken] = np.arange(len(taken))
    rates = Rates(**{f.name: getattr(england.rates, f.name)[taken] for f in fields(Rates)})
    results = replace(
        england.results,
        eyfs_gld=england.results.eyfs_gld[taken],
        ks2_rwm=england.results.ks2_rwm[taken],
        ks4_attainment8=england.results.ks4_attainment8[taken],
    )
    return replace(
        england,
        name=f"Sample of {len(taken)} local authorities",
        slug="sample",
        is_england=False,
        la_code=tuple(england.la_code[i] for i in taken),
        la_name=tuple(england.la_name[i] for i in taken),
        schools=_rows(england.schools, new_la[england.schools.la] >= 0, new_la),
        areas=_rows(england.areas, new_la[england.areas.la] >= 0, new_la),
        rates=rates,
        results=results,
        secondary_pupils=england.secondary_pupils[taken],
    )
