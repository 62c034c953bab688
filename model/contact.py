"""What of working together reaches a broker's eyes: shared data, taking part, reviews, voice, warnings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.collaborating import Collaboration
from model.institution_facts import Facts
from model.place import Bools, Floats
from model.sharing_parameters import SharingParameters


@dataclass(frozen=True, kw_only=True, eq=False)
class Contact:
    """Columns over schools that make looks at them more or less accurate; all 0 to 1.

    Attributes
    ----------
    data : (n_schools,) float64
        How far the school's data are shared with the broker: the agreement, held back by low mutual trust.
    part : (n_schools,) float64
        How far it takes part in joint work where others see it.
    review : (n_schools,) float64
        How much its peer review shows.
    own_review : (n_schools,) float64
        How much of that is news to the school itself: rigour alone.
    voice : (n_schools,) float64
        How far its pupils and parents are heard.
    blind : (n_schools,) float64
        How far pupils of one estate or group spread thinly are not seen: data are not joined by home area.
    warned : (n_schools,) bool
        Neighbours have passed on that its practice fell.
    """

    data: Floats
    part: Floats
    review: Floats
    own_review: Floats
    voice: Floats
    blind: Floats
    warned: Bools


def contact_of(
    facts: Facts,
    collaboration: Collaboration,
    p: SharingParameters,
    *,
    trust: Floats,
    openness: Floats,
    joint_days: Floats,
    reviewed: Bools,
    warned: Bools,
) -> Contact:
    """Gather what reaches the broker.

    Parameters
    ----------
    facts : Facts
        Schools; who is a member.
    collaboration : Collaboration
        What stands.
    p : SharingParameters
        One draw.
    trust, openness : (n_schools,) float64
        Mutual trust of each school with those it works with, which competition holds down; openness; 0 to 1.
    joint_days : (n_schools,) float64
        Days a year that the school works with others.
    reviewed, warned : (n_schools,) bool
        Taking part in peer review; neighbours passed on a fall of practice.

    Returns
    -------
    Contact
        New columns.
    """
    shares = collaboration.data_sharing * trust * facts.member
    pupils = np.bincount(facts.area, facts.pupils, facts.n_areas)
    joined = np.bincount(facts.area, facts.pupils * shares, facts.n_areas) / np.maximum(pupils, 1e-9)
    thin = 1.0 - facts.disadvantaged_share  # where they are many, they are seen
    review = collaboration.peer_review
    rigour = 0.0 if review is None else review.rigour
    shows = rigour + p.review_courtesy * (1.0 - rigour)
    voice = 1.0 if collaboration.pupil_and_parent_voice else 0.0
    return Contact(
        data=shares,
        part=facts.member * openness * joint_days / (joint_days + p.joint_half_days),
        review=shows * reviewed,
        own_review=rigour * reviewed,
        voice=voice * facts.member,
        blind=thin * (1.0 - joined[facts.area]),
        warned=warned,
    )
