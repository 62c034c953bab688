"""The plain Mesa model: a district of pupils and schools, object by object, year by year.

Written as one would write it in Mesa, then profiled: random numbers in bulk, slots, one AgentSet a year
group, and no lookup in a loop that can be made once.
"""

from bisect import bisect_left
from collections import deque
from math import sqrt

import mesa
import numpy as np

from tests.plain_mesa.agents import Pupil, School
from tests.plain_mesa.facts import FIRST_SECONDARY, PRIMARY, SECONDARY, TERMS, YEARS_AT_SCHOOL, Facts
from tests.plain_mesa.results import Results, tie

BULK = 4096


class District(mesa.Model):
    """A place of pupils and schools."""

    def __init__(self, facts: Facts, seed: int):
        super().__init__(seed=seed)
        self.facts, self.year = facts, facts.year
        r, s = facts.p.learning.domain_correlation, facts.p.practice.domain_correlation
        self.pair_common, self.pair_own = sqrt((1.0 + r) / 2.0), sqrt((1.0 - r) / 2.0)
        self.domain_common, self.domain_own = sqrt(s), sqrt(1.0 - s)
        r = facts.p.schools.domain_correlation
        self.school_common, self.school_own = sqrt((1.0 + r) / 2.0), sqrt((1.0 - r) / 2.0)
        self._normals, self._at = [], 0
        self._uniforms = iter(())
        self.schools = [School(self, index) for index in range(facts.n_schools)]
        self.level_schools()
        self.results = Results(facts)
        self.transition_choice = None
        self.year_groups = deque()  # Reception first
        self.year_zero()

    # chance, in bulk

    def normals(self, n):
        """The next ``n`` standard normals."""
        at = self._at
        if at + n > len(self._normals):
            self._normals, at = self.rng.standard_normal(BULK).tolist(), 0
        self._at = at + n
        return self._normals[at : at + n]

    def uniform(self):
        """One uniform."""
        for value in self._uniforms:
            return value
        self._uniforms = iter(self.rng.random(BULK).tolist())
        return next(self._uniforms)

    def pair(self, normals, sd):
        """School effects in literacy and maths."""
        common, own = sd * self.school_common * normals[0], sd * self.school_own * normals[1]
        return common + own, common - own

    def domains(self, common, own):
        """Practice of nine correlated domains."""
        common *= self.domain_common
        scale = self.domain_own
        return [common + scale * x for x in own]

    def shocks(self, n, sd):
        """Correlated shocks of literacy and maths for ``n`` children."""
        z = self.rng.standard_normal((n, 2))
        mixing = sd * np.array([[self.pair_common, self.pair_common], [self.pair_own, -self.pair_own]])
        return zip(*(z @ mixing).T.tolist(), strict=True)

    def pick(self, choice):
        """One of the schools considered, by their chances."""
        schools, reached = choice
        return self.schools[schools[min(bisect_left(reached, self.uniform()), len(schools) - 1)]]

    # year 0

    def level_schools(self):
        """Lasting value added averages, over planned pupils, to what the LA's results say."""
        facts = self.facts
        for phase in (PRIMARY, SECONDARY):
            here = [s for s in self.schools if s.phase == phase]
            total = sum(facts.places[s.index] for s in here)
            mean = [sum(facts.places[s.index] * s.lasting[k] for s in here) / total for k in (0, 1)]
            of_la = facts.la_value_added[phase]
            for s in here:
                s.lasting = (s.lasting[0] - mean[0] + of_la, s.lasting[1] - mean[1] + of_la)

    def births(self, entry_year):
        """Children of a cohort, in primary schools."""
        area, arrivals = self.facts.nursery.areas_of(entry_year)
        assert not arrivals, "nobody arrives at 11 in the plain model"
        draws = zip(*self.rng.standard_normal((4, len(area))).tolist(), strict=True)
        return [Pupil(self, a, z) for a, z in zip(area.tolist(), draws, strict=True)]

    def year_zero(self):
        """Put pupils where the recursion leads, then tie Year 6 and Year 11 to their published results."""
        facts, rho = self.facts, self.facts.rho
        past = {school: self.past_effects(school) for school in self.schools}
        for year_group in reversed(range(YEARS_AT_SCHOOL)):
            pupils = self.births(facts.year - year_group)
            primary = {s: inherited(past[s], year_group, 0, min(year_group, 6), rho) for s in self.schools}
            secondary = {
                s: inherited(past[s], year_group, FIRST_SECONDARY, year_group, rho) for s in self.schools
            }
            shift = [
                m + c
                for m, c in zip(facts.mean_path[year_group + 1], facts.cohort_shift[year_group], strict=True)
            ]
            if year_group >= FIRST_SECONDARY and self.transition_choice is None:
                leavers = [0] * facts.n_schools
                for pupil in pupils:
                    leavers[pupil.school.index] += 1
                self.transition_choice = facts.transition_choice(leavers)
            for pupil, other in zip(pupils, self.shocks(len(pupils), facts.other_sd), strict=True):
                pupil.start_school(shift, other)
                gained = primary[pupil.school]
                if year_group >= FIRST_SECONDARY:
                    pupil.transfer(self)
                    more = secondary[pupil.school]
                    gained = (gained[0] + more[0], gained[1] + more[1])
                pupil.literacy += gained[0]
                pupil.maths += gained[1]
            self.year_groups.appendleft(mesa.agent.AgentSet(pupils, random=self.random))
        self.results.take(self, tie(self, facts))

    def past_effects(self, school):
        """Effects of year 0 and the eleven years before, latest first."""
        practice, kept, drift = school.above_normal(), self.facts.kept**TERMS, school.drift
        effects = [school.yearly_effect(drift, practice)]
        for _ in range(1, YEARS_AT_SCHOOL):
            drift, practice = school.moved_on(drift), (practice[0] * kept, practice[1] * kept)
            effects.append(school.yearly_effect(drift, practice))
        return effects

    # a year

    def step(self):
        """One school year."""
        facts = self.facts
        self.year += 1
        self.move_up()
        schools = self.agents_by_type[School]
        schools.do(School.new_year)
        for _ in range(TERMS):
            schools.do(School.term)
        schools.do(School.teach)
        for year_group, pupils in enumerate(self.year_groups):
            noise = self.shocks(len(pupils), facts.noise_sd).__next__
            pupils.do(Pupil.learn, year_group, facts.rho, noise)
        schools.do(School.end_year)
        self.results.take(self)

    def move_up(self):
        """Year 11 leaves, Year 6 goes to secondary school, Reception enters."""
        self.year_groups.pop().do(Pupil.remove)
        self.year_groups[FIRST_SECONDARY - 1].do(Pupil.transfer, self)
        reception = self.births(self.year)
        for pupil, other in zip(reception, self.shocks(len(reception), self.facts.other_sd), strict=True):
            pupil.start_school(self.facts.entry, other)
        self.year_groups.appendleft(mesa.agent.AgentSet(reception, random=self.random))

    def run(self, years):
        """Run on, and give the results of every year."""
        for _ in range(years):
            self.step()
        return self.results


def inherited(effects, year_group, first, last, rho):
    """What years ``first`` to ``last`` in a school have left with a pupil at the end of ``year_group``."""
    literacy = maths = 0.0
    for then in range(first, last + 1):
        left = rho ** (year_group - then)
        effect = effects[year_group - then][then]
        literacy += left * effect[0]
        maths += left * effect[1]
    return literacy, maths


def plain_run(place, parameters, chance, years, seed, change=None):
    """One replicate from year 0; ``change`` may spoil the facts, to see a test fail."""
    facts = Facts(place, parameters, chance)
    if change:
        change(facts)
    district = District(facts, seed)
    results = district.run(years)
    mesa.Agent._ids.pop(district, None)  # Mesa would otherwise keep every model for good
    return results
