"""What published results tell of each school's intake: its disadvantaged share and its prior attainment.

The share is published. Prior attainment follows from Attainment 8 and Progress 8: what pupils of equal prior
attainment reach in England is Attainment 8 less ten times Progress 8.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from model.choice import is_mainstream, teaches
from model.cuts import label_cuts, low_income_cut, special_cut
from model.mixture import cell_means
from model.parameters import Parameters
from model.place import YEAR_GROUPS, Bools, Floats, Ints, Phase, Place, SchoolResults
from model.recursion import SECONDARY_YEARS
from model.reference import Reference

ATTAINMENT8_SLOTS = 10.0
"""Points of Attainment 8 for each grade of Progress 8: English and maths count twice among eight subjects."""

_SURE = 0.002  # shares and chances are kept this far from 0 and 1
_LEFT = (
    3.0  # schools of unknown share may take up to so many times fewer than their LA's part of either group
)
_HALVINGS = 40
_FURTHEST = 8.0  # log odds


@dataclass(frozen=True, kw_only=True, eq=False)
class Intakes:
    """Intakes known from published results, and who there is to share out.

    Attributes
    ----------
    disadvantaged : (n_schools,) float64
        Share of the intake classed disadvantaged; NaN where it is not known.
    prior : (n_schools,) float64
        Mean prior attainment of the intake against its LA's, pupil SD, of schools that teach Year 11; NaN in
        others.
    children : (2, n_areas) float64
        Children a birth cohort, by area and income (other, low income), who go to mainstream schools.
    labelled : (2, 2, n_areas) float64
        Chance of being classed disadvantaged by phase (primary, secondary), income and area.
    """

    disadvantaged: Floats
    prior: Floats
    children: Floats
    labelled: Floats

    def shares_only(self) -> Intakes:
        """The same with nothing known of prior attainment.

        Returns
        -------
        Intakes
            For entry to Reception.
        """
        return replace(self, prior=np.full_like(self.prior, np.nan))


def known_intakes(place: Place, p: Parameters, reference: Reference, reputation: Floats) -> Intakes | None:
    """Read the intakes of a place's schools from their published results.

    Parameters
    ----------
    place : Place
        With ``school_results`` where it was built from published files.
    p, reference : Parameters, Reference
        One draw; the nation of year 0.
    reputation : (n_schools,) float64
        Standard normals: how intakes of unknown results stand against others of their disadvantaged share.

    Returns
    -------
    Intakes or None
        None where nothing is published of single schools.
    """
    results = place.school_results
    if results is None:
        return None
    share = np.where(is_mainstream(place.schools), results.disadvantaged_share, np.nan)
    return Intakes(
        disadvantaged=share,
        prior=prior_attainment(place, results, p, reference, reputation),
        children=_mainstream_children(place, p, reference),
        labelled=_label_chances(place),
    )


def _mainstream_children(place: Place, p: Parameters, reference: Reference) -> Floats:
    """Children by income and area, those left out whose need is at the level of a special school."""
    areas, shift = place.areas, p.learning.need_low_income_shift
    low = areas.children * areas.low_income_share
    cut = special_cut(place.rates, reference.need, shift)
    has_special = np.bincount(place.schools.la, place.schools.phase == Phase.SPECIAL, place.n_la) > 0.0
    stays = np.where(has_special, np.stack([ndtr(cut), ndtr(cut - shift)]), 1.0)
    return np.asarray(np.stack([areas.children - low, low]) * stays[:, areas.la])


def _label_chances(place: Place) -> Floats:
    """Chance of the label by phase, income and area, where labels follow income."""
    cuts = low_income_cut(place)
    low = ndtr(cuts)
    chances = []
    for phase in range(2):
        labelled = ndtr(cuts + label_cuts(place).disadvantaged[place.areas.la, phase])
        chances.append([np.maximum(labelled - low, 0.0) / (1.0 - low), np.minimum(labelled, low) / low])
    return np.array(chances)


def ks4_on_ks2(p: Parameters, reference: Reference) -> float:
    """Regression slope of pupils' KS4 attainment on their KS2 score, both in pupil SD.

    Parameters
    ----------
    p : Parameters
        One draw.
    reference : Reference
        The nation of year 0: its cells by income and need, and the spread of scores.

    Returns
    -------
    float
        What lasts (income, need, home, area) carries over whole, the rest as ``rho`` to the power of five.
    """
    learning, schools, ks2 = p.learning, p.schools, reference.ks2
    cells, low = reference.cells, reference.low_income
    weight = cells.share * np.array([[1.0 - low], [low]])
    before = cell_means(learning, cells, ks2.low_income_gap)
    after = cell_means(learning, cells, reference.ks4.low_income_gap)
    between = float((weight * before * after).sum() - (weight * before).sum() * (weight * after).sum())
    home = 0.5 * learning.home_variance * (1.0 + learning.domain_correlation)
    of_levels = np.array([[schools.la_sd_other**2], [schools.la_sd_disadvantaged**2]])
    areas = schools.intake_sd**2 + (schools.intake_low_income_slope * schools.area_low_income_sd) ** 2
    lasting = float((weight * (home * (1.0 - cells.home_variance_loss) + areas + of_levels)).sum())
    within = float((weight * ks2.spread.mean_variance).sum()) - 0.5 * ks2.spread.error_variance
    kept = (1.0 - learning.catch_up) ** SECONDARY_YEARS
    return (between + lasting + kept * (within - lasting)) / ks2.sd**2


def prior_attainment(
    place: Place, results: SchoolResults, p: Parameters, reference: Reference, reputation: Floats
) -> Floats:
    """Mean prior attainment of each school's intake against its LA's.

    Parameters
    ----------
    place : Place
        Its mainstream schools that teach Year 11 are read.
    results : SchoolResults
        Attainment 8, Progress 8 and pupils of one or more years; disadvantaged shares.
    p, reference : Parameters, Reference
        One draw; the nation of year 0.
    reputation : (n_schools,) float64
        Standard normals that stand in where no year has both scores.

    Returns
    -------
    (n_schools,) float64
        Pupil SD at KS2: years pooled by pupils, then drawn in towards what the disadvantaged share tells,
        by the sampling of pupils against the spread between schools alike in it; NaN where Year 11 is not
        taught.
    """
    mine = is_mainstream(place.schools) & teaches(place.schools, YEAR_GROUPS - 1)
    points = results.ks4_attainment8 - ATTAINMENT8_SLOTS * results.ks4_progress8
    pupils = np.where(np.isnan(points) | ~mine[:, None], 0.0, np.nan_to_num(results.ks4_pupils))
    points = np.where(pupils > 0.0, points, 0.0)
    for year in range(points.shape[1]):  # the points of a grade changed between years
        points[:, year] -= of_la(place, points[:, year], pupils[:, year])
    behind = pupils.sum(axis=1)
    unit = reference.ks4.points_per_unit * ks4_on_ks2(p, reference)
    score = (pupils * points).sum(axis=1) / np.maximum(behind, 1.0) / unit
    alike = _of_share(place, results.disadvantaged_share, mine, p.choice.prior_on_disadvantaged)
    noise = reference.ks2.sd**2 / np.maximum(behind, 1.0)
    reliability = p.choice.prior_sd**2 / np.maximum(p.choice.prior_sd**2 + noise, 1e-12)
    found = np.where(
        behind > 0.0, alike + reliability * (score - alike), alike + p.choice.prior_sd * reputation
    )
    return np.where(mine, found, np.nan)


def _of_share(place: Place, share: Floats, mine: Bools, slope: float) -> Floats:
    """Prior attainment that goes with a school's disadvantaged share against its LA's; 0 where not known."""
    known = mine & ~np.isnan(share)
    filled = np.where(known, share, 0.0)
    schools = place.schools
    mean = of_la(place, filled, known * (schools.places + schools.places_year_7))
    return np.where(known, slope * (filled - mean), 0.0)


def of_la(place: Place, value: Floats, weight: Floats) -> Floats:
    """Weighted mean of each school's LA; 0 where no weight is.

    Parameters
    ----------
    place : Place
        For each school's LA.
    value, weight : (n_schools,) float64
        What is averaged, and how much each school counts.

    Returns
    -------
    (n_schools,) float64
        In the unit of ``value``.
    """
    la = place.schools.la
    total = np.bincount(la, weight, place.n_la)
    mean = np.bincount(la, weight * value, place.n_la) / np.where(total > 0.0, total, 1.0)
    return np.asarray(mean[la])


def shares_that_add_up(share: Floats, intake: Floats, la: Ints, labelled: Floats) -> Floats:
    """Shift the log odds of known shares, LA by LA, until the schools' pupils are those there are.

    Parameters
    ----------
    share : (n_schools,) float64
        Known shares; NaN where not known. Schools not known take what is left, within reason.
    intake : (n_schools,) float64
        Children each school takes.
    la : (n_schools,) int32
        LA of each school.
    labelled : (n_la,) float64
        Children of each LA who are classed disadvantaged.

    Returns
    -------
    (n_schools,) float64
        Shares from 0 to 1; NaN where not known.
    """
    n_la, known = len(labelled), ~np.isnan(share) & (intake > 0.0)
    everyone = np.maximum(np.bincount(la, intake, n_la), 1e-9)
    rate = np.clip(labelled / everyone, _SURE, 1.0 - _SURE)
    mine = np.where(known, intake, 0.0)
    rest = np.bincount(la, intake - mine, n_la)
    odds = np.clip(np.where(known, share, 0.5), _SURE, 1.0 - _SURE)
    log_odds = np.log(odds / (1.0 - odds))
    left = labelled - np.bincount(la, mine * odds, n_la)
    least, most = rate / _LEFT, 1.0 - (1.0 - rate) / _LEFT
    wanted = labelled - np.clip(left, rest * least, rest * most)
    low, high = np.full(n_la, -_FURTHEST), np.full(n_la, _FURTHEST)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        total = np.bincount(la, mine / (1.0 + np.exp(-log_odds - middle[la])), n_la)
        low, high = np.where(total < wanted, middle, low), np.where(total < wanted, high, middle)
    return np.where(known, 1.0 / (1.0 + np.exp(-log_odds - 0.5 * (low + high)[la])), np.nan)
