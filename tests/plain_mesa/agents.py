"""A pupil and a school as Mesa agents: one Python object each, rules as methods."""

from bisect import bisect_left
from math import sqrt

import mesa

from tests.plain_mesa.facts import FIRST_SECONDARY, SECONDARY, TERMS, YEARS_AT_SCHOOL


class Pupil(mesa.Agent):
    """A child: where they live, what they bring, where they stand."""

    __slots__ = ("home", "income", "literacy", "literacy_pull", "low_income", "maths", "maths_pull", "school")

    def __init__(self, district, area, draws):
        super().__init__(district)
        facts = district.facts
        z_income, z_home, z_other, z_need = draws
        self.income = z_income - facts.income_cut[area]
        self.low_income = low = self.income < 0.0
        kappa = facts.p.learning.need_home_correlation
        need = sqrt(1.0 - kappa * kappa) * z_need - kappa * z_home
        if low:
            need += facts.p.learning.need_low_income_shift
        common, own = district.pair_common * z_home, district.pair_own * z_other
        base = facts.area_home[area] - facts.need_drag[bisect_left(facts.need_cuts, need)]
        self.home = (facts.home_sd * (common + own) + base, facts.home_sd * (common - own) + base)
        self.drawn_to(facts.pull[0][low], facts.catch_up)
        self.school = district.pick(facts.entry_choice[area])

    def drawn_to(self, path, catch_up):
        """Set what the child's own level adds each year of a phase."""
        literacy, maths = self.home
        self.literacy_pull, self.maths_pull = catch_up * (literacy + path), catch_up * (maths + path)

    def start_school(self, entry, other):
        """Reception begins: home, the entry gap, and the part that is not home."""
        start = entry[self.low_income]
        self.literacy = self.home[0] + start + other[0]
        self.maths = self.home[1] + start + other[1]

    def transfer(self, district):
        """Year 7 begins in a secondary school."""
        self.school = district.pick(district.transition_choice[self.school.index])
        facts = district.facts
        self.drawn_to(facts.pull[SECONDARY][self.low_income], facts.catch_up)

    def learn(self, year_group, rho, noise):
        """A year of learning; ``noise`` hands out one pair of shocks."""
        effect, shock = self.school.effect[year_group], noise()
        self.literacy = rho * self.literacy + self.literacy_pull + effect[0] + shock[0]
        self.maths = rho * self.maths + self.maths_pull + effect[1] + shock[1]


class School(mesa.Agent):
    """A school: lasting and drifting value added, practice by domain, a headteacher."""

    __slots__ = (
        "drift", "effect", "embedded", "head", "index", "lasting", "leaving", "normal", "own_level", "phase",
    )  # fmt: skip

    def __init__(self, district, index):
        super().__init__(district)
        facts = district.facts
        self.index, self.phase = index, facts.phase[index]
        first = district.normals(2)
        self.lasting = district.pair(first, facts.lasting_sd[self.phase])
        goes_with = facts.p.practice.value_added_correlation
        common, *own = district.normals(10)
        common = goes_with * first[0] + sqrt(1.0 - goes_with**2) * common
        self.own_level = district.domains(common, own)
        self.normal = self.index_of(self.own_level)
        self.head = district.normals(1)[0]
        common, *own = district.normals(10)
        shift = facts.head_shift[self.phase] * self.head
        wandered = district.domains(common, own)
        self.embedded = [
            o + shift + facts.wander_sd * w for o, w in zip(self.own_level, wandered, strict=True)
        ]
        self.drift = district.pair(district.normals(2), facts.drift_sd[self.phase])
        self.leaving = facts.p.workforce.teacher_leave
        self.effect = [(0.0, 0.0)] * YEARS_AT_SCHOOL

    def index_of(self, practice):
        """Practice index of literacy and maths."""
        return [
            sum(w * x for w, x in zip(weights, practice, strict=True))
            for weights in self.model.facts.index_weights
        ]

    def above_normal(self):
        """Practice index above the school's own level."""
        now = self.index_of(self.embedded)
        return now[0] - self.normal[0], now[1] - self.normal[1]

    def moved_on(self, drift):
        """The drifting part a year later (or, read backwards, earlier)."""
        district, phi = self.model, self.model.facts.autocorrelation[self.phase]
        new = district.pair(district.normals(2), sqrt(1.0 - phi * phi) * district.facts.drift_sd[self.phase])
        return phi * drift[0] + new[0], phi * drift[1] + new[1]

    def new_year(self):
        """Over the summer teachers have left, and value added has drifted."""
        workforce = self.model.facts.p.workforce
        leaving = workforce.teacher_leave + workforce.teacher_leave_spread * self.model.normals(1)[0]
        self.leaving = min(max(leaving, 0.0), 1.0)
        self.drift = self.moved_on(self.drift)

    def term(self):
        """Practice returns to the level under this head, is eroded by turnover, and wanders."""
        district, facts = self.model, self.model.facts
        common, *own = district.normals(10)
        shift, kept, sd = facts.head_shift[self.phase] * self.head, facts.kept, facts.term_sd
        usual, slope = facts.p.workforce.teacher_leave, facts.p.practice.turnover_erosion
        lost = slope * (self.leaving - usual) / TERMS
        shocks = district.domains(common, own)
        self.embedded = [
            (1.0 - kept) * (level + shift) + kept * now - lost + sd * shock
            for level, now, shock in zip(self.own_level, self.embedded, shocks, strict=True)
        ]

    def yearly_effect(self, drift, practice):
        """Value added to literacy and maths of each year group, the class's own year included."""
        district, loading = self.model, self.model.facts.p.schools.practice_loading
        literacy, maths = (
            self.lasting[k] + drift[k] + loading * practice[k] for k in (0, 1)
        )  # the same for every class
        sd = district.facts.cohort_sd[self.phase]
        years = range(FIRST_SECONDARY, YEARS_AT_SCHOOL) if self.phase == SECONDARY else range(FIRST_SECONDARY)
        effect = [(0.0, 0.0)] * YEARS_AT_SCHOOL
        for year_group in years:
            own = district.pair(district.normals(2), sd)
            effect[year_group] = (literacy + own[0], maths + own[1])
        return effect

    def teach(self):
        """Settle what this year adds to each class."""
        self.effect = self.yearly_effect(self.drift, self.above_normal())

    def end_year(self):
        """The head may leave, and another is appointed."""
        facts = self.model.facts
        luck, field = self.model.uniform(), self.model.normals(1)[0]
        if luck < facts.head_leave[self.phase]:
            self.head = field
