"""What stands in the arms of package evaluations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from model.arrangements import Arrangement, Award, Partnership, Stream
from model.collaborating import Collaboration, Hubs, PeerReview
from model.national_tier import Rise

_PARTICIPANTS = Partnership(
    model=4, legal_form="hosted", member_share=0.5, reserves_months=3.0, risk_appetite=0.0,
    overhead_share=0.0, supporting_schools_per_10_000_pupils=0.0, supporting_school_gbp=0.0,
    vat_irrecoverable=0.0,
)  # fmt: skip
"""Whoever takes part in a trial: half of schools, by lot; nothing else is done for them."""

_GRANT = Award(name="trial grant", stream=Stream.DFE_FUND, gbp_per_pupil=5.0)
"""Pays lead schools and heads of clusters."""


def bare(stands: Arrangement) -> Arrangement:
    """Schools as they would be without any partnership, with the national tier as it stands.

    Parameters
    ----------
    stands : Arrangement
        What stands.

    Returns
    -------
    Arrangement
        The national tier alone.
    """
    return Arrangement(national=stands.national)


def participants(
    stands: Arrangement, together: Collaboration | None = None, *, supporting: float = 0.0
) -> Arrangement:
    """Half of schools take part in something, by lot.

    Parameters
    ----------
    stands : Arrangement
        What stands.
    together : Collaboration or None
        What they do.
    supporting : float
        Supporting schools for 10,000 pupils.

    Returns
    -------
    Arrangement
        Without posts.
    """
    body = replace(_PARTICIPANTS, supporting_schools_per_10_000_pupils=supporting)
    offers = tuple(o for o in stands.offers if o.delivered_by == "supporting school") if supporting else ()
    return Arrangement(
        partnership=body, awards=(_GRANT,), offers=offers, collaboration=together, national=stands.national
    )


def without_rise(stands: Arrangement) -> Arrangement:
    """The same without targeted national help.

    Parameters
    ----------
    stands : Arrangement
        What stands.

    Returns
    -------
    Arrangement
        A copy.
    """
    national = None if stands.national is None else replace(stands.national, rise=None)
    return replace(stands, national=national)


def area_programme(gbp_per_pupil: float, terms: int) -> Callable[[Arrangement], Arrangement]:
    """An area's own fund on top of what stands: more posts of every kind for a time.

    Parameters
    ----------
    gbp_per_pupil : float
        GBP a year for each pupil of the area.
    terms : int
        How long.

    Returns
    -------
    callable
        Adds it to an arrangement.
    """
    fund = Award(
        name="area programme", stream=Stream.DFE_FUND, gbp_per_pupil=gbp_per_pupil, first_term=0,
        length_terms=terms, last_term=terms - 1,
    )  # fmt: skip

    def added(stands: Arrangement) -> Arrangement:
        already = sum(award.gbp_per_pupil for award in stands.awards)
        more = 1.0 + gbp_per_pupil / max(already, 1.0)
        posts = tuple(replace(line, per_10_000_pupils=more * line.per_10_000_pupils) for line in stands.posts)
        return replace(stands, awards=(*stands.awards, fund), posts=posts)

    return added


CHALLENGE = Collaboration(
    primary_cluster_schools=5, secondary_cluster_schools=5, triads=False, meetings_a_year=8.0
)
"""A school-to-school gap programme: small clusters round a school that leads, eight days a year."""

REVIEW = Collaboration(peer_review=PeerReview(share=0.95, rigour=0.6, group_size=4, days=4.0))
"""Partnership peer review by trained heads (rows peer_review_cluster_size, peer_review_training_days)."""

ALLIANCE = Collaboration(
    hubs=Hubs(number_per_10_000_pupils=0.8, gbp_a_year=12000.0, outcome_share=0.0, terms=9)
)
"""Teaching school alliances: one lead school for some thirty, three years."""


def with_rise_now(stands: Arrangement) -> Arrangement:
    """Targeted help from the first term on, four times as many advisers: enough schools to see anything.

    Parameters
    ----------
    stands : Arrangement
        Without it.

    Returns
    -------
    Arrangement
        With it.
    """
    rise = Rise(
        first_term=0, schools_per_adviser=6.0, advisers_per_100_schools=1.2, gbp_per_school=100000.0, terms=5
    )
    national = None if stands.national is None else replace(stands.national, rise=rise)
    return replace(stands, national=national)
