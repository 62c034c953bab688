"""How stakes, judgements and results come to press on pupils, tests, staff and families.

Everything counts against year 0, as the results, rolls and staff turnover of that year already hold what
pressed then: scores against the school's own stakes, staff and rolls against the mean stakes of the place,
choice against what families saw of each school. What other rooms add (trusts: schools that no one takes, that
are to close or have changed hands) is taken as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.place import Bools, Floats, Ints, Phase
from model.pressure import Pressure, no_pressure, pressed
from model.pressure_parameters import PressureParameters

_BEYOND = 2.0
"""SD beyond which results say no more to families."""


@dataclass(kw_only=True, eq=False)
class Circumstances:
    """What schools are in at a year's end; columns over schools.

    Attributes
    ----------
    stakes : (n_schools,) float64
        What the school has to fear, 0 to 1.
    good, concern : (n_schools,) bool
        Last judged good or better by the definition of the day; in a category of concern.
    results : (n_schools,) float64
        Standing of its results in its phase, standard score.
    pupils, capacity : (n_schools,) float64
        On roll, and planned for.
    shared : (n_schools,) float64
        How far its pupils who are hard to place are answered for together with others, 0 to 1.
    head_field : (n_schools,) float64
        Mean quality of applicants for its headship, SD between heads.
    pulls, head_leaves, teacher_leaves : tuple of (n_schools,) float64 or None
        What other rooms add to log odds: of families choosing the school, of its head leaving, of a teacher.
    """

    stakes: Floats
    good: Bools
    concern: Bools
    results: Floats
    pupils: Floats
    capacity: Floats
    shared: Floats
    head_field: Floats
    pulls: tuple[Floats | None, ...] = ()
    head_leaves: tuple[Floats | None, ...] = ()
    teacher_leaves: tuple[Floats | None, ...] = ()


@dataclass(kw_only=True, eq=False)
class _Usual:
    """What pressed at year 0."""

    stakes: Floats  # (n_schools,)
    mean_stakes: float
    seen: Floats  # (n_schools,) log odds of choosing, results left out
    results: Floats | None = None  # (n_schools,) the first that are read after year 0 has been tested


class Pressing:
    """Turns what schools are in into pressure.

    Parameters
    ----------
    phase : (n_schools,) int32
        Phase of each school.
    p : PressureParameters
        One draw.
    stakes, inflation, choice : bool
        Mechanism switches.
    """

    def __init__(
        self,
        phase: Ints,
        p: PressureParameters,
        *,
        stakes: bool,
        inflation: bool,
        choice: bool,
    ) -> None:
        self._p, self._on = p, (stakes, inflation, choice)
        self._mainstream = np.asarray((phase != Phase.SPECIAL) & (phase != Phase.ALTERNATIVE_PROVISION))
        self._usual: _Usual | None = None

    def settle(self, now: Circumstances) -> Pressure:
        """Take what stands at the end of year 0 as usual.

        Parameters
        ----------
        now : Circumstances
            As the spin-up has left schools.

        Returns
        -------
        Pressure
            At year 0: no inflation and no pull, by definition.
        """
        mean = float(now.stakes.mean()) if len(now.stakes) else 0.0
        self._usual = _Usual(stakes=now.stakes, mean_stakes=mean, seen=self._seen(now))
        found = self.year_end(now)
        self._usual.results = None  # those before the first tests are not read from tests
        return found

    def year_end(self, now: Circumstances) -> Pressure:
        """Give the pressure of the next year.

        Parameters
        ----------
        now : Circumstances
            At the end of a year.

        Returns
        -------
        Pressure
            New columns; nothing presses before ``settle`` but the field of heads.
        """
        found = replace(no_pressure(len(now.stakes)), head_field=now.head_field)
        if self._usual is None:
            return found
        stakes, inflation, choice = self._on
        if inflation:
            risen = now.stakes - self._usual.stakes
            found.inflation_ks2 = self._p.inflation_ks2 * risen
            found.inflation_ks4 = self._p.inflation_ks4 * risen
        if stakes:
            above = now.stakes - self._usual.mean_stakes
            found.off_roll = self._off_roll(above, now.shared)
            found.head_leave = self._p.head_leave_stakes * above
            found.teacher_leave = self._p.teacher_leave_stakes * above
        if choice:
            found.pull = _with(self._pull(now), now.pulls)
        found.head_leave = _with(found.head_leave, now.head_leaves)
        found.teacher_leave = _with(found.teacher_leave, now.teacher_leaves)
        return found

    def _off_roll(self, above: Floats, shared: Floats) -> Floats:
        p = self._p
        added = p.off_roll_stakes * above + p.off_roll_shared * shared
        return pressed(np.where(self._mainstream, p.off_roll, 0.0), added)

    def _seen(self, now: Circumstances) -> Floats:
        """What families make of judgements, log odds."""
        judged = now.good.astype(np.float64) - now.concern
        return np.where(self._mainstream, self._p.pull_judgement * judged, 0.0)

    def _pull(self, now: Circumstances) -> Floats:
        """What has changed of that since year 0; a full school gains nothing by being wanted more."""
        usual = self._usual
        assert usual is not None
        if usual.results is None:
            usual.results = now.results
        results, before = (np.clip(r, -_BEYOND, _BEYOND) for r in (now.results, usual.results))
        change = self._seen(now) - usual.seen
        change += np.where(self._mainstream, self._p.pull_results * (results - before), 0.0)
        fullness = now.pupils / np.maximum(now.capacity, 1.0)
        room = np.clip((1.0 + self._p.room - fullness) / self._p.room, 0.0, 1.0)
        return np.where(change > 0.0, change * room, change)


def _with(own: Floats, others: tuple[Floats | None, ...]) -> Floats:
    """Add what other rooms bring."""
    for other in others:
        if other is not None:
            own = own + other
    return own
