"""Puts the parts of a system together: each mechanism, or its null version where it is switched off."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import mesa
import numpy as np

from model.attendance import AbsenceCost, AbsenceCostsNothing, AbsenceLosesLearning, Attendance
from model.births import Nursery, build_register
from model.choice import NoSorting, Sorting
from model.conditioning import PublishedSchools, condition_primary, condition_secondary
from model.cuts import Labels, label_cuts
from model.enrolment import Enrolment
from model.founding import found
from model.intake import Intakes, known_intakes
from model.learning import Learning
from model.levels import draw_levels, long_run_levels
from model.levers import Levers
from model.measuring import Measuring
from model.mechanisms import switches as all_switches
from model.mobility import Mobility, NoMobility
from model.no_institutions import InstitutionsAtWork
from model.off_rolling import OffRolling
from model.parameters import Parameters, RollParameters
from model.paths import PRIMARY, SECONDARY, Paths, fit_paths
from model.place import YEAR_GROUPS, Floats, Place
from model.placing import Placed
from model.practice import FrozenPractice, NoErosion, Practice, TurnoverErosion
from model.programmes import Eligibility, NoProgrammes, Programmes, PupilDirectProgrammes
from model.randomness import DRAW_ONLY, Chance
from model.recursion import READ_AT
from model.reference import Reference, build_reference
from model.register import Register
from model.results_read import ResultsRead
from model.value_added import NoValueAdded, ValueAdded, lasting_normals
from model.wander import LevelWander, Steady, Wandering
from model.workforce import SchoolWorkforce, SteadyWorkforce, Workforce
from model.year0 import area_home, past_effects, prior_attainment, replay, sen_cuts, standing_of_groups


@dataclass(kw_only=True, eq=False)
class Parts:
    """The parts of a system, ready to run."""

    reference: Reference
    paths: Paths
    register: Register
    enrolment: Enrolment
    workforce: Workforce
    practice: Practice
    value_added: ValueAdded
    attendance: Attendance
    absence_cost: AbsenceCost
    learning: Learning
    wander: LevelWander
    programmes: Programmes
    institutions: InstitutionsAtWork
    off_rolling: OffRolling
    results_read: ResultsRead
    measuring: Measuring
    parameters: Parameters
    chance: Chance
    n_schools: int
    published: PublishedSchools | None
    origin: Hashable

    @property
    def error_variance(self) -> dict[str, float]:
        """Variance of the error of each stage's tests, pupil SD squared."""
        return self.reference.error_variance

    def place_pupils(self, place: Place) -> None:
        """Put the pupils of year 0 where the recursion leads.

        Parameters
        ----------
        place : Place
            Its year is year 0.
        """
        kept, parts = self.chance.come_of_it, (self.register, self.enrolment, self.value_added, self.learning)
        if kept is not None and self.origin in kept:
            kept[self.origin].put_into(*parts)
            return
        self._place_pupils(place)
        if kept is not None:
            kept[self.origin] = Placed.of(place.year, *parts)

    def _place_pupils(self, place: Place) -> None:
        effects = past_effects(place, self.value_added, self.practice, self.parameters.practice.reversion)
        expected = replay(place, self.register, self.enrolment, self.learning, self.paths, effects)
        if self.published is not None and expected is not None:
            rows = self.register.active(place.year)
            yearly = condition_secondary(self.published, self.register, expected, rows)
            self.learning.take_off(SECONDARY, yearly)
        for year_group in range(YEAR_GROUPS):
            self._read_prior(place.year, year_group)

    def read_prior_attainment(self, year: int) -> None:
        """Mark low prior attainment of the cohorts at the end of Reception and of Year 2.

        Parameters
        ----------
        year : int
            The year the academic year ends.
        """
        for stage in ("eyfs", "ks1"):
            self._read_prior(year, READ_AT[stage] - 1)

    def _read_prior(self, year: int, year_group: int) -> None:
        cohort = self.register.in_year(year, year_group)
        stage = "ks1" if year_group + 1 >= READ_AT["ks1"] else "eyfs"
        error = self.chance.normals(f"prior {stage}", cohort.entry_year, 0, cohort.size)
        p = self.parameters.learning
        block = (cohort.start, cohort.end)
        prior_attainment(self.register, self.reference, *block, p, error, year_group + 1)

    def roll(self, year: int) -> Floats:
        """Pupils in each school.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        (n_schools,) float64
            Pupils of Reception to Year 11; those in no school of the place are left out.
        """
        school = self.register.school[self.register.active(year)]
        return np.bincount(school, minlength=self.n_schools)[: self.n_schools].astype(np.float64)


def _rolls(rolls: RollParameters, on: Mapping[str, bool]) -> RollParameters:
    """How births change; in the null version as many enter each year as in year 0."""
    return rolls if on["rolls"] else replace(rolls, reception_change=0.0)


def assemble(
    system: mesa.Model, place: Place, levers: Levers, p: Parameters, chance: Chance, years: int,
    changes: Mapping[str, bool] | None,
) -> Parts:  # fmt: skip
    """Build every part for one run.

    Parameters
    ----------
    system, place, levers : mesa.Model, Place, Levers
        Owner of the agents; where, and from which year 0; what the scenario changes.
    p, chance, years, changes : Parameters, Chance, int, mapping of str to bool
        One draw of what is uncertain; one replicate's chance; projected years; switches that differ from on.

    Returns
    -------
    Parts
        Ready to run from year 0.

    Raises
    ------
    KeyError
        If a switch names no mechanism.
    """
    on, reference = all_switches(changes), build_reference(p, place.national)
    enrolment = _enrolment(place, p, chance, on, reference)
    workforce, practice, value_added = staff_and_practice(system, place, p, chance, on)
    told = PublishedSchools(place, reference, p, value_added, practice, enrolment, chance)
    published = told if place.school_results is not None and on["learning_value_added"] else None
    home, paths = _homes_and_paths(place, p, chance, reference, published)
    value_added.settle(paths.value_added)
    nursery = Nursery(place, p.learning, _rolls(p.rolls, on), reference.need, home)
    may = Eligibility(labels := label_cuts(place), sen := sen_cuts(place, p.learning))
    return Parts(
        reference=reference,
        paths=paths,
        register=(register := build_register(nursery, chance, years)),
        enrolment=enrolment,
        workforce=workforce,
        practice=practice,
        value_added=value_added,
        attendance=Attendance(place, p, reference.need, register, chance),
        absence_cost=AbsenceLosesLearning(p) if on["attendance"] else AbsenceCostsNothing(),
        learning=Learning(p.learning, paths, chance),
        wander=Wandering(place, p.schools, chance) if on["level_wander"] else Steady(),
        programmes=_programmes(levers if on["programmes"] else None, p, reference, labels, sen, chance),
        institutions=found(system, place, levers, p, chance, on, practice, may, reference.domain_sd),
        off_rolling=OffRolling(len(place.schools), place.n_la, len(register.la), chance),
        results_read=ResultsRead(place.schools.phase),
        measuring=Measuring(place, reference, labels, p.measurement, sen, register),
        parameters=p,
        chance=chance,
        n_schools=len(place.schools),
        published=published,
        origin=("pupils placed", place, p, years, tuple(sorted(on.items()))),
    )


def _programmes(
    levers: Levers | None, p: Parameters, reference: Reference, labels: Labels, sen: Floats, chance: Chance
) -> Programmes:
    """Courses of the scenario, or none."""
    if levers is None:
        return NoProgrammes()
    lasting = p.programmes.lasting_share
    return PupilDirectProgrammes(levers, labels, sen, reference.domain_sd, lasting, chance)


def _homes_and_paths(
    place: Place, p: Parameters, chance: Chance, reference: Reference, published: PublishedSchools | None
) -> tuple[Floats, Paths]:
    """Home advantage of areas, given schools' results where published, and each LA's path to its level."""
    home, yearly = area_home(place, p, chance), None
    if published is not None:
        home, yearly = condition_primary(published, home)
    levels = long_run_levels(place, reference, p.schools)
    drawn = draw_levels(levels, place, chance.for_draw() if chance.draw else None)
    standing = standing_of_groups(place, p.learning, reference.need, reference.cells, home)
    paths = fit_paths(place, reference, p, drawn, levels.ks2_shift, standing)
    return home, paths if yearly is None else paths.with_drag(PRIMARY, yearly / p.learning.catch_up)


def staff_and_practice(
    system: mesa.Model, place: Place, p: Parameters, chance: Chance, on: Mapping[str, bool]
) -> tuple[Workforce, Practice, ValueAdded]:
    """Put staff, practice and value added of the schools together.

    Parameters
    ----------
    system, place : mesa.Model, Place
        Owner of the agents; where.
    p, chance, on : Parameters, Chance, mapping of str to bool
        One draw; one replicate's chance; mechanism switches.

    Returns
    -------
    Workforce, Practice, ValueAdded
        At year 0.
    """
    turnover = on["practice_turnover"]
    workforce: Workforce = (SchoolWorkforce if turnover else SteadyWorkforce)(
        system, place, p.workforce, chance
    )
    lasting = lasting_normals(place, chance)[:, 0]
    practice = (Practice if on["practice_embedding"] else FrozenPractice)(
        place, p, chance, lasting, workforce.head_quality, TurnoverErosion(p) if turnover else NoErosion()
    )
    value_added = (ValueAdded if on["learning_value_added"] else NoValueAdded)(
        place, p.schools, practice.moving_variance, chance
    )
    return workforce, practice, value_added


@lru_cache(maxsize=4)
def _reputation(
    place: Place, p: Parameters, reference: Reference, seed: int, draw: int
) -> tuple[Floats, Intakes | None]:
    """Lasting reputation of the schools in a draw, and what is known of their intakes."""
    reputation = Chance(seed, draw, DRAW_ONLY).normals("reputation", 0, 0, len(place.schools))
    return reputation, known_intakes(place, p, reference, reputation)


def _enrolment(
    place: Place, p: Parameters, chance: Chance, on: Mapping[str, bool], reference: Reference
) -> Enrolment:
    """Entry, transition and moves."""
    schools = place.schools
    reputation, known = _reputation(place, p, reference, chance.seed, chance.draw)
    intakes = known if on["choice"] else None
    sorting = Sorting(
        reputation=reputation * (intakes is None),  # where intakes are known they say who goes where
        faith=schools.faith & (intakes is None),
        selective=schools.selective,
        p=p.choice,
    )
    return Enrolment(
        place,
        p,
        sorting if on["choice"] else NoSorting(),
        Mobility(place, p, chance) if on["mobility"] else NoMobility(),
        chance,
        (reference.ks2.low_income_gap, reference.ks2.sd),
        intakes,
        place.feeders if on["choice"] else None,
    )
