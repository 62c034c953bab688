"""What support adds in the long run, from the flows of a few years: five years are too short to get there.

Support of schools alike (phase and membership) flows in at a rate, embeds, fades and is eroded at rates; if
these go on, supported practice S and embedded practice E settle where what comes is what goes:
``S = gain / (1 - kept)`` and ``E = (moved share x S + shifts) / (1 - kept embedded)``, a term; the gain
shrinks as practice brought grows (diminishing returns).
"""

from __future__ import annotations

import numpy as np

from model.place import Floats, Index
from model.support import Support

MOST_KEPT = 0.99
"""Most that a term keeps: a level is then reached in some decades at the latest."""

ROUNDS = 30
"""Rounds in which the level and the room that it leaves are brought together."""


class LongRun:
    """Takes the flows of support term by term and says where they lead.

    Parameters
    ----------
    support : Support
        Whose flows.
    kind : (n_schools,) intp
        Which schools are alike.
    """

    def __init__(self, support: Support, kind: Index) -> None:
        self._support, self._kind = support, kind
        self._kinds = int(kind.max()) + 1
        self._numbers = np.maximum(np.bincount(kind, minlength=self._kinds), 1)[:, None]
        shape = (self._kinds, support.supported.shape[1])
        self._before, self._kept, self._moved = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        self._gained, self._shifted = np.zeros(shape), np.zeros(shape)
        self._keeps, self._terms = np.zeros((self._kinds, 1)), 0

    def _mean(self, values: Floats) -> Floats:
        """Means over schools alike; shape (n_kinds, 9)."""
        wide = values.shape[1]
        cell = (self._kind[:, None] * wide + np.arange(wide)).ravel()
        sums = np.bincount(cell, values.ravel(), self._kinds * wide).reshape(self._kinds, wide)
        return np.asarray(sums / self._numbers)

    def term(self) -> None:
        """Take in the flows of the term just run."""
        s, flow = self._support, self._support.flow
        if flow is None:
            return
        self._before += self._mean(flow.before)
        self._kept += self._mean(flow.kept)
        self._moved += self._mean(flow.moved)
        self._gained += self._mean(s.supported - flow.kept)
        self._shifted += self._mean(s.embedded - flow.embedded)
        self._keeps += self._mean(flow.keeps[:, None])
        self._terms += 1

    def settle(self) -> Floats:
        """Bring support to its level in the long run; its state changes in place.

        Returns
        -------
        (n_schools, 9) float64
            What support as it stands adds to such a school in the long run, between-school SD.
        """
        if not self._terms:
            return np.zeros_like(self._support.supported)
        supported, embedded = self._level()
        s = self._support
        s.supported += (supported - self._mean(s.supported))[self._kind]
        s.embedded += (embedded - self._mean(s.embedded))[self._kind]
        return np.asarray((supported + embedded)[self._kind])

    def beside_others(self, brought: Floats) -> Floats:
        """What lasting arrangements bring to a school beyond what they bring to those alike.

        Parameters
        ----------
        brought : (n_schools, 9) float64
            By each school's own trust or federation, between-school SD.

        Returns
        -------
        (n_schools, 9) float64
            Against the mean of schools alike.
        """
        return np.asarray(brought - self._mean(brought)[self._kind])

    def _level(self) -> tuple[Floats, Floats]:
        """Supported and embedded practice in the long run; shape (n_kinds, 9) each."""
        weight = self._numbers / self._numbers.sum()
        before, kept, moved = (
            (weight * flow).sum(axis=0) for flow in (self._before, self._kept, self._moved)
        )  # rates are those of all schools: those of a few are too noisy to divide by
        whole = np.where(before > 0.0, before, np.inf)
        kept, moved = np.minimum(kept / whole, MOST_KEPT), moved / whole
        keeps = np.minimum(self._keeps / self._terms, MOST_KEPT)
        gained, shifted = self._gained / self._terms, self._shifted / self._terms
        now = self._room(self._mean(self._support.total()))
        supported = embedded = np.zeros_like(gained)
        for _ in range(ROUNDS):
            room = self._room(supported + embedded) / now
            supported = 0.5 * (supported + room * gained / (1.0 - kept))
            embedded = (moved * supported + shifted) / (1.0 - keeps)
        return supported, embedded

    def _room(self, brought: Floats) -> Floats:
        """What is left of the gain of a case where support has brought so much; shape as ``brought``."""
        half, whole = self._support.half_gain_cases, self._support.gain_by_domain()
        cases = np.where(whole != 0.0, brought / np.where(whole != 0.0, whole, 1.0), 0.0)
        return np.asarray(half / (half + np.maximum(cases, 0.0)))
