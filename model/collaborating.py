"""How schools are organised to work together: clusters, networks, hubs, triads, peer review; inputs only.

Frozen values that an arrangement holds beside its money and posts; how they act is the business of
``model/local_system.py`` and its rooms.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PeerReview:
    """Schools that review each other.

    Attributes
    ----------
    share : float
        Share of members that take part, 0 to 1.
    rigour : float
        How searching reviews are, 0 (courtesy visits) to 1 (trained reviewers, agreed evidence).
    group_size : int
        Schools that review each other.
    days : float
        Days of leadership time a school gives a year.
    """

    share: float
    rigour: float
    group_size: int
    days: float


@dataclass(frozen=True, kw_only=True)
class Hubs:
    """Lead schools paid to develop others.

    Attributes
    ----------
    number_per_10_000_pupils : float
        Hubs in an LA, by its pupils.
    gbp_a_year : float
        Paid to a lead school, prices of year 0.
    outcome_share : float
        Part of it paid only for outcomes, 0 to 1.
    terms : int
        Terms of a hub's contract; the strongest willing school is chosen anew then.
    """

    number_per_10_000_pupils: float
    gbp_a_year: float
    outcome_share: float
    terms: int


@dataclass(frozen=True, kw_only=True)
class Collaboration:
    """What schools of an LA do together.

    Attributes
    ----------
    primary_cluster_schools, secondary_cluster_schools : int
        Schools in a cluster, about; 0 for none. Clusters are formed by place and history.
    triads : bool
        Whether clusters work in threes on joint development.
    meetings_a_year : float
        Days a year that leaders of a school give to their cluster.
    network_days_a_year : float
        Days a year that they give to networks across the LA (subject leaders, SENCOs).
    cluster_lead_gbp : float
        Paid for a serving headteacher who leads a cluster, GBP a year, prices of year 0.
    like_schools : bool
        Clusters of schools alike in intake, and not of neighbours.
    peer_review : PeerReview or None
        None where schools do not review each other.
    hubs : Hubs or None
        None where no school leads others for money.
    data_sharing : float
        How far an agreement lets schools and the broker see each other's data, 0 (none) to 1 (joined by
        home area and pupil group).
    data_gbp_per_pupil : float
        Paid to the LA for keeping and joining these data, GBP a year for each pupil of members, prices of
        year 0; where a partnership cannot pay, nothing is shared with the broker in that term.
    pupil_and_parent_voice : bool
        Whether pupils and parents are asked in a way that reaches the broker.
    joint_procurement : bool
        Whether members buy supply cover together.
    shared_responsibility : bool
        Whether schools answer together for excluded and hard-to-place pupils.
    governors : bool
        Whether governors take part.
    interns : float
        Heads in training a year for 100 schools (leadership pipeline).
    """

    primary_cluster_schools: int = 0
    secondary_cluster_schools: int = 0
    triads: bool = False
    meetings_a_year: float = 0.0
    network_days_a_year: float = 0.0
    cluster_lead_gbp: float = 0.0
    like_schools: bool = False
    peer_review: PeerReview | None = None
    hubs: Hubs | None = None
    data_sharing: float = 0.0
    data_gbp_per_pupil: float = 0.0
    pupil_and_parent_voice: bool = False
    joint_procurement: bool = False
    shared_responsibility: bool = False
    governors: bool = False
    interns: float = 0.0
