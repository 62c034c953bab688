"""Joint development: near peers who work together may develop practice that neither had.

Both gain alike, the more the more days they spend and the nearer they are; days bring less each as they grow
in number. What full engagement brings may be nothing or a loss (assumption row sharing_joint_gain).
"""

from __future__ import annotations

import numpy as np

from model.edges import Edges, sum_by_school
from model.place import Floats
from model.sharing_parameters import SharingParameters
from model.terms import TERMS_A_YEAR


def joint_days(ties: Edges, n_schools: int) -> Floats:
    """Count the days a year that each school works with others, at the pace of this term.

    Parameters
    ----------
    ties : Edges
        As they stand.
    n_schools : int
        Number of schools.

    Returns
    -------
    (n_schools,) float64
        Days a year.
    """
    return TERMS_A_YEAR * sum_by_school(ties, ties.days, n_schools)


def joint_gain(practice: Floats, ties: Edges, p: SharingParameters) -> Floats | None:
    """Give what a term of joint development brings to each school, in every domain.

    Parameters
    ----------
    practice : (n_schools, 9) float64
        Between-school SD.
    ties : Edges
        As they stand; only ties with days of joint work count.
    p : SharingParameters
        One draw.

    Returns
    -------
    (n_schools,) float64 or None
        Between-school SD; None for nothing.
    """
    if p.joint_gain == 0.0 or not len(ties.first):
        return None
    level = practice.mean(axis=1)
    apart = (level[ties.first] - level[ties.second]) / p.near_width
    days = TERMS_A_YEAR * sum_by_school(ties, ties.days * ties.trust / (1.0 + apart * apart), len(level))
    return np.asarray(p.joint_gain / TERMS_A_YEAR * days / (days + p.joint_half_days))
