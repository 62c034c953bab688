"""A scenario: what someone chooses to do differently, dated, to be compiled into levers for each draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from model.levers import Levers
from scenarios import dates
from scenarios.dates import Start
from scenarios.programmes import ProgrammeSpec

ACTS_EARLY_BELOW = 2
"""A programme for year groups below this acts before age seven, and takes longest to show in results."""

DEFAULT_YEARS = 10
LONGEST_YEARS = 40
EARLY_YEARS = 12
YEARS_AFTER = 2
"""Years shown after the last courses."""

OPEN_ENDED = 1000


@dataclass(frozen=True, kw_only=True)
class ProgrammeLever:
    """A programme with its dates.

    Attributes
    ----------
    spec : ProgrammeSpec
        The programme.
    start : Start or None
        Its own start; None where it begins with the scenario.
    years : int or None
        Academic years in which courses run; None to the end of the projection.
    where : str
        The file and key, for messages.
    """

    spec: ProgrammeSpec
    start: Start | None
    years: int | None
    where: str


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One scenario, checked; ``dated`` settles when it begins before levers can be compiled.

    Attributes
    ----------
    name, title, description : str
        For files and people.
    cost : str
        ``equal`` where it is to be compared at equal cost, else ``as_offered``.
    parameter_changes : dict of str to float
        New parameter values by full name: a different world, and no decision.
    programmes : tuple of ProgrammeLever
        In the order of the file.
    year_0 : int
        The place's year 0; 0 until dated.
    start : Start or None
        When its levers begin unless they say otherwise; None: first April after year 0.
    evidence : str
        ``strong``, ``moderate`` or ``all``: programme effects on weaker evidence stand at zero.
    """

    name: str
    title: str
    description: str
    cost: str
    parameter_changes: dict[str, float]
    programmes: tuple[ProgrammeLever, ...] = ()
    year_0: int = 0
    start: Start | None = None
    evidence: str = "all"

    def dated(self, year_0: int, start: Start | None = None, evidence: str = "all") -> Scenario:
        """Settle when the scenario begins in a place.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : Start, optional
            When its levers begin; the first April after year 0 where left out.
        evidence : str, optional
            How strong evidence must be for a programme's effect to count.

        Returns
        -------
        Scenario
            A copy.

        Raises
        ------
        BadInput
            If a date does not lie after year 0.
        """
        if start is not None:
            dates.checked_after(start, year_0, "start")
        for lever in self.programmes:
            if lever.start is not None:
                dates.checked_after(lever.start, year_0, f"{lever.where}.start")
        return replace(self, year_0=year_0, start=start, evidence=evidence)

    def levers(self, read: Callable[[str], float]) -> Levers:
        """Compile for the model, reading effects and costs in one draw.

        Parameters
        ----------
        read : Callable
            Value of an evidence row in the draw, by id; ``row@programme`` is the row drawn apart.

        Returns
        -------
        model.levers.Levers
            The levers.
        """
        compiled = []
        for lever in self.programmes:
            first, last = self._course_years(lever)
            announced = dates.academic_year(self.start_of(lever), self.year_0)
            compiled.append(lever.spec.lever(first, last, announced, self.evidence, read))
        return Levers(programmes=tuple(compiled))

    @property
    def start_year(self) -> int:
        """Academic year, by the year it ends, in which its first lever begins."""
        begun = [self.start_of(lever) for lever in self.programmes] or [
            self.start or dates.first_april_after(self.year_0)
        ]
        return min(dates.academic_year(start, self.year_0) for start in begun)

    @property
    def years_needed(self) -> int:
        """Years after year 0: to the last courses and two more; at least twelve if it acts before age 7."""
        closed = [lever for lever in self.programmes if lever.years is not None]
        needed = DEFAULT_YEARS if len(closed) < len(self.programmes) or not closed else 0
        for lever in closed:
            needed = max(needed, self._course_years(lever)[1] - self.year_0 + YEARS_AFTER)
        early = any(group < ACTS_EARLY_BELOW for lever in self.programmes for group in lever.spec.year_groups)
        return min(max(needed, EARLY_YEARS) if early else needed, LONGEST_YEARS)

    def start_of(self, lever: ProgrammeLever) -> Start:
        """Settle when a programme begins.

        Parameters
        ----------
        lever : ProgrammeLever
            One of the scenario's.

        Returns
        -------
        Start
            Its own start, else the scenario's, else the first April after year 0.
        """
        return lever.start or self.start or dates.first_april_after(self.year_0)

    def _course_years(self, lever: ProgrammeLever) -> tuple[int, int]:
        spec = lever.spec
        first = dates.first_course_year(
            self.start_of(lever), self.year_0, spec.minimum_weeks, spec.year_groups
        )
        return first, first + (lever.years or OPEN_ENDED) - 1


def projection_years(scenarios: Mapping[str, Scenario], asked: int | None) -> int:
    """Settle how many years to project.

    Parameters
    ----------
    scenarios : Mapping of str to Scenario
        The scenarios of one run, dated.
    asked : int or None
        What the person asked for, if anything.

    Returns
    -------
    int
        Years after year 0: as asked, else as many as the scenario that needs most.
    """
    if asked is not None:
        return asked
    changed = [scenario for scenario in scenarios.values() if scenario.programmes]
    return max((scenario.years_needed for scenario in changed), default=DEFAULT_YEARS)
