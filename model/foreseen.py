"""What institutions know at their founding of what a scenario will put in place: names and prices, no dates.

Tables run by programme and by kind of post for the whole of a run, so that whatever is ever on offer has its
row from the start. All else of a change is heard of when it is announced.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.area_plan import AreaPlan
from model.arrangements import Arrangement, Change, Offer
from model.levers import Levers
from model.parameters import Parameters
from model.post_kinds import PostKind, kinds_of
from model.school_money import prices, with_tuition


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """Alike for most scenarios of a place: those then begin alike.

    Attributes
    ----------
    offers : tuple of Offer
        Every programme that is ever on offer; last the tuition that schools lead themselves.
    price : tuple of int
        Of one case of each to a school that buys it alone, pence at prices of year 0.
    kinds : tuple of PostKind
        Every kind of post there ever is.
    member_share : float
        Share of schools that are members at year 0, or would be once there is a partnership.
    areas : AreaPlan or None
        Which schools each partnership is for at year 0, or would be once there are any.
    between_schools : bool
        Whether anything is ever said of how schools work together or of the national tier.
    heard : tuple of Change
        What is announced before the autumn after year 0.
    """

    offers: tuple[Offer, ...]
    price: tuple[int, ...]
    kinds: tuple[PostKind, ...]
    member_share: float
    areas: AreaPlan | None
    between_schools: bool
    heard: tuple[Change, ...]


def foreseen(levers: Levers, p: Parameters) -> Foreseen | None:
    """Say what is known at the founding.

    Parameters
    ----------
    levers : Levers
        What stands, and what the scenario puts in its stead.
    p : Parameters
        One draw.

    Returns
    -------
    Foreseen or None
        None where nothing is in force.
    """
    if levers.in_force is None:
        return None
    stands = (levers.in_force, *(change.arrangement for change in levers.changes))
    offers = with_tuition(offers_of(stands), stands, p)
    return Foreseen(
        offers=offers,
        price=tuple(prices(offers, stands, p)),
        kinds=kinds_of(stands),
        member_share=first_share(levers),
        areas=next((s.area_plan for s in stands if s.partnership is not None), None),
        between_schools=any(e.collaboration is not None or e.national is not None for e in stands),
        heard=tuple(change for change in levers.changes if change.announced < 0),
    )


def first_share(levers: Levers) -> float:
    """Share of schools that are members of the first partnership there is, at year 0 or by a change.

    Parameters
    ----------
    levers : Levers
        What stands, and what the scenario puts in its stead.

    Returns
    -------
    float
        0 to 1; 0 where there never is one.
    """
    stands = (levers.in_force, *(change.arrangement for change in levers.changes))
    found = (s.partnership.member_share for s in stands if s is not None and s.partnership is not None)
    return next(found, 0.0)


def offers_of(stands: tuple[Arrangement, ...]) -> tuple[Offer, ...]:
    """Give every programme that is ever on offer.

    Parameters
    ----------
    stands : tuple of Arrangement
        What stands at year 0, then what a scenario puts in its stead.

    Returns
    -------
    tuple of Offer
        By name, in order of first appearance.
    """
    found: dict[str, Offer] = {}
    for arrangement in stands:
        for offer in arrangement.offers:
            found.setdefault(offer.name, offer)
    return tuple(found.values())
