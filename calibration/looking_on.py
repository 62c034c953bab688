"""Looks on while institutions run: trust, sharing, what the broker knows, practice; means over terms."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from model.institutions import Institutions
from model.place import Bools, Floats
from model.practice import Practice

SMALL = 250.0
"""Pupils below which a school counts as small."""

_REACH_KM = 2.0
_MOST = 0.8


class Together(NamedTuple):
    """Means over the last half of a run.

    Attributes
    ----------
    mutual_trust : float
        Over schools, 0 to 1.
    seen_error : float
        Of what the broker knows of members, root mean square over domains, between-school SD.
    data : float
        How far members' data are shared, 0 to 1.
    data_pressed : float
        The same for the fifth of schools with most competitors near by.
    gain : float
        Practice gained from others, between-school SD a year.
    practice, practice_small : float
        Mean of domains against year 0, of members; of small ones; between-school SD.
    """

    mutual_trust: float
    seen_error: float
    data: float
    data_pressed: float
    gain: float
    practice: float
    practice_small: float


class Looker:
    """Looks on at the end of each term, and keeps means.

    Parameters
    ----------
    first : int
        First term that counts.
    """

    def __init__(self, first: int) -> None:
        self._first, self._rows = first, list[Together]()
        self._practice_0: Floats = np.zeros((0, 0))
        self._pressed: Bools = np.zeros(0, dtype=np.bool_)
        self._small: Bools = self._pressed

    def __call__(self, date: int, whole: Institutions, practice: Practice) -> None:
        """Look.

        Parameters
        ----------
        date : int
            -1 at the end of year 0.
        whole : Institutions
            With a local system.
        practice : Practice
            Of all schools.
        """
        now, facts = practice.practice(), whole.facts
        if date < 0:
            self._practice_0, self._small = now.copy(), facts.pupils < SMALL
            near = _rivals(whole)
            self._pressed = near >= np.quantile(near, _MOST)
        elif date >= self._first:
            self._rows.append(self._look(whole, now))

    def _look(self, whole: Institutions, now: Floats) -> Together:
        assert whole.local is not None
        sharing, member = whole.local.sharing, whole.facts.member
        wrong = (whole.brokerage.seen - now) ** 2
        data = np.zeros(len(member)) if sharing.contact is None else sharing.contact.data
        moved, small = (now - self._practice_0).mean(axis=1), member & self._small
        return Together(
            mutual_trust=whole.local.ties.mean_trust(),
            seen_error=float(np.sqrt(wrong[member].mean())),
            data=float(data[member].mean()),
            data_pressed=float(data[member & self._pressed].mean()),
            gain=float(sharing.gain[member].mean()),
            practice=float(moved[member].mean()),
            practice_small=float(moved[small].mean()) if small.any() else float("nan"),
        )

    def means(self) -> Together:
        """Means over the terms that count.

        Returns
        -------
        Together
            Each.
        """
        return Together(*np.mean(self._rows, axis=0).tolist())


def _rivals(whole: Institutions) -> Floats:
    """How many near schools of its phase each school has, near ones counted more: whatever the switches."""
    facts = whole.facts
    km = np.hypot(facts.x_km[:, None] - facts.x_km, facts.y_km[:, None] - facts.y_km)
    alike = (facts.phase[:, None] == facts.phase) & (facts.la[:, None] == facts.la)
    return np.asarray((np.exp(-km / _REACH_KM) * alike).sum(axis=1))
