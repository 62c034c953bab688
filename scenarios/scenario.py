"""A scenario: what someone chooses to do differently, dated, to be compiled into levers for each draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from model import terms
from model.arrangements import Change
from model.levers import Levers
from model.place import Place
from scenarios import areas, dates, terms_of
from scenarios.arrangements import ArrangementSpec, ChangeSpec
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
    in_force : ArrangementSpec or None
        What stands at year 0; None leaves institutions out.
    change : ChangeSpec or None
        What stands in its stead from the scenario's start; None where that is nothing else.
    written : dict of str to object
        What is in force, as it was written.
    own_start : Start or None
        When its levers begin, where its file says so.
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
    in_force: ArrangementSpec | None = None
    change: ChangeSpec | None = None
    written: dict[str, object] = field(default_factory=dict)
    own_start: Start | None = None
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
            If a date does not lie after year 0, or what a lever brings would begin before the scenario.
        """
        if start is not None:
            dates.checked_after(start, year_0, "start")
        for lever in self.programmes:
            if lever.start is not None:
                dates.checked_after(lever.start, year_0, f"{lever.where}.start")
        if self.own_start is not None:
            dates.checked_after(self.own_start, year_0, f"{self.name}: levers.start")
        found = replace(self, year_0=year_0, start=self.own_start or start, evidence=evidence)
        if found.in_force is not None:
            found.in_force.checked(year_0, 0)
        if found.change is not None:
            found.change.checked(year_0, found.start_term)
            after = found.change.stands.national
            if after is not None:
                before = None if found.in_force is None else found.in_force.national
                after.begins_after(before, year_0, found.start_term)
        return found

    def checked_in(self, place: Place) -> None:
        """Refuse partnerships of schools, and money for LAs, that the place does not have.

        Parameters
        ----------
        place : Place
            Where it is to be run.

        Raises
        ------
        UnknownName
            If there is some.
        """
        stand: list[ArrangementSpec] = [] if self.in_force is None else [self.in_force]
        if self.change is not None:
            stand.append(self.change.stands)
        bodies = [stands.partnership for stands in stand if stands.partnership is not None]
        found = [areas.checked_in(body.areas, body.only_in, body.where, place) for body in bodies]
        for before, after, body in zip(found, found[1:], bodies[1:], strict=False):
            areas.refuse_division(before, after, body.where)
        named = dict.fromkeys((*place.la_name, *(name for each in found for name in each.names)))
        for stands in stand:
            for award in stands.awards:
                award.checked_in(tuple(named))

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
        in_force, changes = None, tuple[Change, ...]()
        if self.in_force is not None:
            in_force = self.in_force.arrangement(self.year_0, 0, read, self.evidence)
        if self.change is not None:
            changes = (self.change.change(self.year_0, self.start_term, read, self.evidence),)
        return Levers(programmes=tuple(compiled), in_force=in_force, changes=changes)

    def with_awards_scaled(self, factor: float) -> Scenario:
        """Multiply the amounts of the awards that it sets, as to make its cost equal to another's.

        Parameters
        ----------
        factor : float
            Above 0, beside what its file says.

        Returns
        -------
        Scenario
            A copy; the same where it changes nothing that is in force.
        """
        if self.change is None:
            return self
        return replace(self, change=replace(self.change, scale=factor * self.change.scale))

    @property
    def acts(self) -> bool:
        """Whether it does anything beside what is in force."""
        return bool(self.programmes) or self.change is not None

    @property
    def begins(self) -> Start:
        """When its levers begin unless they say otherwise."""
        return self.start or dates.first_april_after(self.year_0)

    @property
    def start_term(self) -> int:
        """Term in which what it puts in the stead of what is in force begins to stand."""
        return terms_of.term_of(self.begins, self.year_0)

    @property
    def start_year(self) -> int:
        """Academic year, by the year it ends, in which its first lever begins."""
        begun = [self.start_of(lever) for lever in self.programmes]
        if self.change is not None or not begun:
            begun.append(self.begins)
        return min(dates.academic_year(start, self.year_0) for start in begun)

    @property
    def years_needed(self) -> int:
        """Years after year 0: to the last courses or the longest award's end, and two more.

        At least ten where awards change; at least twelve where a programme acts before age seven.

        Returns
        -------
        int
            Years to project.
        """
        if self.change is not None:
            longest = self.change.longest_terms
            last = terms.academic_year(self.start_term + longest - 1, 0) if longest else 0
            by_awards = min(max(DEFAULT_YEARS, last + YEARS_AFTER), LONGEST_YEARS)
            return max(by_awards, replace(self, change=None).years_needed if self.programmes else 0)
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
        return lever.start or self.begins

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
    changed = [scenario for scenario in scenarios.values() if scenario.acts]
    return max((scenario.years_needed for scenario in changed), default=DEFAULT_YEARS)
