"""What is settled before the first child is born: tables of place and parameters, as plain Python numbers.

The calibration of year 0 (cuts, paths, area home) is the program's own, so that both models
start from the same equations; what then happens to a child, a head or a school is written again in
``agents.py`` and ``district.py``.
"""

from math import sqrt

from model.births import Nursery
from model.choice import NEAREST, NEAREST_AT_TRANSITION, is_mainstream
from model.cuts import label_cuts
from model.levels import draw_levels, long_run_levels
from model.paths import fit_paths
from model.practice import INDEX_WEIGHTS
from model.recursion import READ_AT, SECONDARY_YEARS, growth
from model.reference import build_reference
from model.year0 import area_home, standing_of_groups
from tests.plain_mesa.choosing import choices

PRIMARY, SECONDARY = 0, 1
FIRST_SECONDARY = 7
YEARS_AT_SCHOOL = 12
TERMS = 3


class Facts:
    """Tables for one place, one draw of the parameters and one replicate.

    Only what the plain model covers is allowed: one LA, schools of Reception to Year 6 or Year 7 to 11.
    """

    def __init__(self, place, p, chance):
        schools = place.schools
        assert place.n_la == 1, "the plain model runs one LA"
        spans = set(zip(schools.first_year_group.tolist(), schools.last_year_group.tolist(), strict=True))
        assert spans <= {(0, 6), (7, 11)} and is_mainstream(schools).all(), (
            "primary and secondary schools only"
        )
        self.place, self.p, self.year = place, p, place.year
        self.n_schools = len(schools)
        self.phase = [SECONDARY if first else PRIMARY for first in schools.first_year_group.tolist()]
        self.places = schools.places.tolist()
        self.reference = reference = build_reference(p, place.national)
        home = area_home(place, p, chance)
        self.nursery = Nursery(place, p.learning, p.rolls, reference.need, home)
        self.area_home, self.income_cut = home.tolist(), self.nursery.income_cut.tolist()
        self._learning(place, p, reference, home, chance)
        self._practice(p)
        self._tests(place, reference)
        self._entry(place, p)

    def _learning(self, place, p, reference, home, chance):
        self.rho, self.catch_up = 1.0 - p.learning.catch_up, p.learning.catch_up
        levels = long_run_levels(place, reference, p.schools)
        drawn = draw_levels(levels, place, chance.for_draw() if chance.draw else None)
        standing = standing_of_groups(place, p.learning, reference.need, reference.cells, home)
        paths = fit_paths(place, reference, p, drawn, levels.ks2_shift, standing)
        self.mean_path = paths.mean_without_schools(self.rho)[0].tolist()  # years of learning, income
        self.cohort_shift = paths.cohort[0].tolist()  # year group, income
        self.entry = (paths.entry[0] + paths.home[0]).tolist()
        self.pull = (paths.home[0] - paths.drag[0]).tolist()  # phase, income
        self.la_value_added = paths.value_added[0].tolist()
        self.need_cuts = reference.need.thresholds[:2].tolist()
        self.need_drag = reference.need.drag.tolist()
        self.home_sd, self.other_sd = sqrt(p.learning.home_variance), sqrt(p.learning.other_variance)
        self.noise_sd = self.other_sd * sqrt(1.0 - self.rho**2)

    def _practice(self, p):
        """Head shifts, the wander of practice, and the drift of value added that is left."""
        loading = p.schools.practice_loading
        over = (growth(self.rho, READ_AT["ks2"]), growth(self.rho, SECONDARY_YEARS))
        spread = (p.workforce.head_sd_primary, p.workforce.head_sd_secondary)
        self.head_shift = [spread[k] / over[k] / loading if loading else 0.0 for k in (PRIMARY, SECONDARY)]
        self.head_leave = (p.workforce.head_leave_primary, p.workforce.head_leave_secondary)
        self.term_sd, self.kept = p.practice.yearly_sd / sqrt(TERMS), 1.0 - p.practice.reversion / TERMS
        wander = self.term_sd**2 / (1.0 - self.kept**2)
        self.wander_sd = sqrt(wander)
        r, weights = p.practice.domain_correlation, INDEX_WEIGHTS.tolist()
        scale = [sqrt(r * sum(w) ** 2 + (1.0 - r) * sum(x * x for x in w)) for w in weights]
        self.index_weights = [[x / s for x in w] for w, s in zip(weights, scale, strict=True)]
        head = sum(self.head_shift[k] ** 2 for k in self.phase) / self.n_schools
        moving = wander + head * sum(sum(w) ** 2 for w in self.index_weights) / 2
        s = p.schools
        self.lasting_sd = (s.lasting_sd_primary, s.lasting_sd_secondary)
        self.cohort_sd = (s.cohort_sd_primary, s.cohort_sd_secondary)
        self.autocorrelation = (s.drifting_autocorrelation_primary, s.drifting_autocorrelation_secondary)
        self.drift_sd = [
            sqrt(max(sd**2 - loading**2 * moving, 0.0))
            for sd in (s.drifting_sd_primary, s.drifting_sd_secondary)
        ]

    def _tests(self, place, reference):
        self.error_sd = {k: sqrt(getattr(reference, k).spread.error_variance) for k in ("eyfs", "ks2", "ks4")}
        self.cut = {k: getattr(reference, k).cut for k in ("eyfs", "ks2", "ks4")}
        self.points = reference.ks4.points_per_unit
        labels = label_cuts(place)
        self.disadvantaged_cut, self.fsm_cut = labels.disadvantaged[0].tolist(), float(labels.fsm_now[0, 0])
        self.published_ks2 = place.results.ks2_rwm[0, -1].tolist()
        self.published_ks4 = place.results.ks4_attainment8[0, -1].tolist()

    def _entry(self, place, p):
        areas, schools = place.areas, place.schools
        self.positions = list(zip(schools.x_km.tolist(), schools.y_km.tolist(), strict=True))
        homes = zip(areas.x_km.tolist(), areas.y_km.tolist(), areas.children.tolist(), strict=True)
        places = [n if phase == PRIMARY else 0.0 for n, phase in zip(self.places, self.phase, strict=True)]
        scale = p.choice.distance_scale_primary
        self.entry_choice = choices(self.positions, list(homes), places, scale, NEAREST)

    def transition_choice(self, leavers):
        """Secondary schools and chances for the leavers of each primary, balanced on the numbers given."""
        sources = [(x, y, n) for (x, y), n in zip(self.positions, leavers, strict=True)]
        places = [n if phase == SECONDARY else 0.0 for n, phase in zip(self.places, self.phase, strict=True)]
        scale = self.p.choice.distance_scale_secondary
        return choices(self.positions, sources, places, scale, NEAREST_AT_TRANSITION)
