"""The start that the scenarios of a pair share: a system put by before they are heard of, and taken up again.

Until something is announced they are alike to the bit. The first to come runs the years before year 0, year 0
and the terms until then, and puts its system by; the others go on from a copy, and leave the same record as
when run alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from functools import lru_cache
from typing import Any

import mesa
import numpy as np

from model.copies import Copies, Kept
from model.foreseen import foreseen
from model.levers import Levers, first_heard
from model.parameters import Parameters
from model.place import Place
from model.randomness import Chance
from model.terms import TERMS_A_YEAR

_MOST = 2  # starts of one pair that are kept: scenarios that begin in a way of their own are few
_MOST_CHILDREN = 1_000_000  # of a place whose starts are kept: some 150 MB each


@dataclass(frozen=True)
class _Put:
    """A system that was put by, and before which term."""

    how: Hashable
    date: int
    kept: Kept


class SharedStart:
    """What one run may share of its start with the other scenarios of its pair.

    Parameters
    ----------
    place, levers, parameters : Place, Levers, Parameters
        Of the run.
    chance : Chance
        Of the pair: keeps the start; one that keeps nothing, or cannot copy, shares nothing.
    years, switches, detail : int, mapping of str to bool or None, bool
        How it is run.

    Attributes
    ----------
    heard : int
        Term before which the system is to be put by: when this scenario, or the first of the pair as far as
        ``chance.come_of_it["heard"]`` says, is first heard of.
    """

    def __init__(
        self, place: Place, levers: Levers, parameters: Parameters, chance: Chance, years: int,
        switches: Mapping[str, bool] | None, detail: bool,
    ) -> None:  # fmt: skip
        self._kept: list[_Put] = []
        self._copies: Copies | None = None
        self._alike_to = first_heard(levers)
        self.heard = 0
        if chance.come_of_it is None or chance.copies is None:
            return
        self._copies = chance.copies
        known = chance.come_of_it.get("heard", self._alike_to if levers.changes else 0)
        self.heard = min(self._alike_to, known, TERMS_A_YEAR * years)
        self._kept = chance.come_of_it.setdefault("starts", [])
        self._how = (
            place, parameters, levers.in_force, levers.programmes, foreseen(levers, parameters), years,
            tuple(sorted((switches or {}).items())), detail,
        )  # fmt: skip
        fixed = (parameters, levers.in_force, levers.programmes)
        self._outside = [chance, *_of_place(place), *_parts(fixed)]

    def taken_up(self) -> mesa.Model | None:
        """Give a system that was put by before this scenario was heard of: the furthest on of those alike.

        Returns
        -------
        mesa.Model or None
            Cases stand still in it until they are told to go on.
        """
        alike = [put for put in self._kept if put.date <= self._alike_to and put.how == self._how]
        if not alike:
            return None
        system, numbered = max(alike, key=lambda put: put.date).kept.copy(self._outside)
        mesa.Agent._ids[system] = itertools.count(numbered)
        return system

    def put_by(self, system: mesa.Model, children: int) -> None:
        """Put a system by for the other scenarios of the pair.

        Parameters
        ----------
        system : mesa.Model
            Before the term ``heard``; it goes on as if nothing had been done.
        children : int
            In its register.
        """
        if self._copies is not None and len(self._kept) < _MOST and children <= _MOST_CHILDREN:
            numbered = 1 + max((agent.unique_id for agent in system.agents), default=0)
            kept = self._copies((system, numbered), self._outside)
            self._kept.append(_Put(self._how, self.heard, kept))


@lru_cache(maxsize=4)
def _of_place(place: Place) -> tuple[object, ...]:
    return tuple(_parts(place))


def _parts(thing: Any) -> Iterator[object]:
    """A fixed thing and all fixed things and columns it is made of, in a lasting order."""
    if not isinstance(thing, tuple):
        yield thing
    for part in thing if isinstance(thing, tuple) else vars(thing).values():
        if isinstance(part, np.ndarray):
            yield part
        elif isinstance(part, tuple) or is_dataclass(part):
            yield from _parts(part)
