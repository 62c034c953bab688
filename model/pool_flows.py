"""What a place's posts took from labour pools and gave back, by year and kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.place import Ints

_COLUMNS = 7  # those that came by origin (school, health, neighbour, looking, trained), returned, quit
_LOOKING, _TRAINED, _RETURNED, _QUIT = 3, 4, 5, 6


@dataclass(frozen=True, kw_only=True, eq=False)
class PoolYears:
    """A row a year and kind of post in which anyone came or went.

    Attributes
    ----------
    year : (n,) int32
        Academic years since year 0, 0 first; negative before.
    kind : tuple of str
        Kind of post.
    filled : (n,) int32
        Posts filled here: the local gain.
    vacated_schools, vacated_outside : (n,) int32
        Posts that this vacated at schools of the place; in the health service and neighbouring places.
    newly_trained, looking : (n,) int32
        Came straight from training; were between posts.
    returned, quit : (n,) int32
        Went from posts here back to the school that had lent them, or back to looking; left the field.
    net : (n,) int32
        Posts filled here less posts vacated elsewhere.
    """

    year: Ints
    kind: tuple[str, ...]
    filled: Ints
    vacated_schools: Ints
    vacated_outside: Ints
    newly_trained: Ints
    looking: Ints
    returned: Ints
    quit: Ints
    net: Ints


class PoolFlows:
    """Counts of people who came and went.

    Parameters
    ----------
    kinds : tuple of str
        Names of the kinds of post.
    """

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self._counts: dict[tuple[int, int], list[int]] = {}

    def _row(self, year: int, kind: int) -> list[int]:
        return self._counts.setdefault((year, kind), [0] * _COLUMNS)

    def came(self, year: int, kind: int, origin: int) -> None:
        """Count someone who came.

        Parameters
        ----------
        year, kind : int
            Academic years since year 0; index of the kind.
        origin : int
            ``model.labour_pools.Origin``.
        """
        self._row(year, kind)[origin] += 1

    def went(self, year: int, kind: int, gone: bool) -> None:
        """Count someone who left a post.

        Parameters
        ----------
        year, kind : int
            Academic years since year 0; index of the kind.
        gone : bool
            Whether the person left the field.
        """
        self._row(year, kind)[_QUIT if gone else _RETURNED] += 1

    def vacated(self, year: int) -> int:
        """Count the posts elsewhere that were vacated to fill posts here.

        Parameters
        ----------
        year : int
            Academic years since year 0.

        Returns
        -------
        int
            At schools of the place, in the health service and in neighbouring places together.
        """
        return sum(sum(row[:_LOOKING]) for (when, _), row in self._counts.items() if when == year)

    def years(self) -> PoolYears:
        """Give what has been counted.

        Returns
        -------
        PoolYears
            In order of year, then kind.
        """
        keys = sorted(self._counts)
        table = np.array([self._counts[key] for key in keys], dtype=np.int32).reshape(-1, _COLUMNS)
        filled = table[:, : _TRAINED + 1].sum(axis=1, dtype=np.int32)
        schools, outside = table[:, 0], table[:, 1:_LOOKING].sum(axis=1, dtype=np.int32)
        return PoolYears(
            year=np.array([year for year, _ in keys], dtype=np.int32),
            kind=tuple(self._kinds[kind] for _, kind in keys),
            filled=filled,
            vacated_schools=schools,
            vacated_outside=outside,
            newly_trained=table[:, _TRAINED],
            looking=table[:, _LOOKING],
            returned=table[:, _RETURNED],
            quit=table[:, _QUIT],
            net=filled - schools - outside,
        )
