"""Buying together, and answering together: what members save, and how far they share hard-to-place pupils."""

from __future__ import annotations

import numpy as np

from model.collaborating import Collaboration
from model.institution_facts import Facts
from model.place import Floats
from model.sharing_parameters import SharingParameters


def saving_a_pupil(facts: Facts, collaboration: Collaboration | None, p: SharingParameters) -> Floats:
    """Give what each school saves on supply cover through its LA's joint contract.

    The saving (row procurement_saving; promised: 5 to 20 per cent, seed_supply_saving_low and _high) grows
    with the pupils of the schools in the contract.

    Parameters
    ----------
    facts : Facts
        Schools; members are in the contract.
    collaboration : Collaboration or None
        Whether there is one.
    p : SharingParameters
        One draw.

    Returns
    -------
    (n_schools,) float64
        GBP a pupil a year: headroom in the school's own budget.
    """
    if collaboration is None or not collaboration.joint_procurement:
        return np.zeros(facts.n_schools)
    pupils = np.bincount(facts.area, facts.pupils * facts.takes_part, facts.n_areas)
    power = pupils / (pupils + p.contract_half_pupils)
    return np.asarray(p.procurement_saving * p.supply_gbp * power[facts.area] * facts.takes_part)


def answered_together(facts: Facts, collaboration: Collaboration | None, trust: Floats) -> Floats:
    """Say how far each school answers with others for pupils who are hard to place.

    Parameters
    ----------
    facts : Facts
        Schools; members answer together.
    collaboration : Collaboration or None
        Whether they do.
    trust : (n_schools,) float64
        Mutual trust, 0 to 1.

    Returns
    -------
    (n_schools,) float64
        0 to 1; what that does to moves off the roll is a matter of ``model/pressing.py``.
    """
    if collaboration is None or not collaboration.shared_responsibility:
        return np.zeros(facts.n_schools)
    return np.asarray(trust * facts.takes_part)
