"""What schools may buy with money of their own: programmes of the place, at cost, and tuition they lead."""

from __future__ import annotations

from model.arrangements import Arrangement, Channel, Offer
from model.bought_alone import capacity_of
from model.funding import Funding
from model.institution_facts import Facts
from model.parameters import Parameters
from model.randomness import Chance
from model.school_spending import SchoolSpending, case_pence, led_by_schools
from model.staff_costs import post_cost
from model.supporting import SUPPORTING_SCHOOL
from model.terms import TERMS_A_YEAR

_PENCE = 100
SCHOOL = "school"
"""``delivered_by`` of what schools lead themselves."""


def with_tuition(
    offers: tuple[Offer, ...], stands: tuple[Arrangement, ...], p: Parameters
) -> tuple[Offer, ...]:
    """Add the tuition that schools lead themselves to what is on offer.

    Parameters
    ----------
    offers : tuple of Offer
        Programmes of the place.
    stands : tuple of Arrangement
        What stands at year 0, then what a scenario puts in its stead.
    p : Parameters
        One draw.

    Returns
    -------
    tuple of Offer
        The same, and last the longest pupil-direct course as schools run it, if there is one: of those on
        offer when there first are any, as what is heard of later cannot be had before.
    """
    course = _course_led(stands)
    return offers if course is None else (*offers, led_by_schools(course, p))


def prices(offers: tuple[Offer, ...], stands: tuple[Arrangement, ...], p: Parameters) -> list[int]:
    """Price of one case of each programme to a school that buys it alone: what it costs, without overheads.

    Parameters
    ----------
    offers : tuple of Offer
        With the tuition that schools lead themselves.
    stands : tuple of Arrangement
        Salaries, and what a supporting school is paid: at year 0, then by what a scenario puts in its stead.
    p : Parameters
        Rates of what an employer owes.

    Returns
    -------
    list of int
        Pence, prices of year 0; 0 for what no school can buy.
    """
    a_year: dict[str, float] = {}
    for arrangement in stands:
        if arrangement.partnership is None:
            continue
        a_year.setdefault(SUPPORTING_SCHOOL, _PENCE * arrangement.partnership.supporting_school_gbp)
        for line in arrangement.posts:
            cost = post_cost(line, arrangement.partnership, p.funding, 0)
            term = cost.pay + cost.pension + cost.national_insurance
            a_year.setdefault(line.kind, float(TERMS_A_YEAR * term))
    led = _course_led(stands)
    of_posts = [
        a_year.get((led or o).delivered_by if o.delivered_by == SCHOOL else o.delivered_by) for o in offers
    ]
    return [0 if a is None else case_pence(o, a) for o, a in zip(offers, of_posts, strict=True)]


def _course_led(stands: tuple[Arrangement, ...]) -> Offer | None:
    """The longest pupil-direct course not led by schools themselves, of the first that stands with any."""
    for arrangement in stands:
        courses = [
            o for o in arrangement.offers if o.channel == Channel.PUPIL_DIRECT and o.delivered_by != SCHOOL
        ]
        if courses:
            return max(courses, key=lambda offer: offer.weeks)
    return None


def school_spending(
    facts: Facts,
    in_force: Arrangement,
    offers: tuple[Offer, ...],
    price: tuple[int, ...],
    p: Parameters,
    chance: Chance,
    funding: Funding,
) -> SchoolSpending:
    """Make ready what schools do with money of their own.

    Parameters
    ----------
    facts : Facts
        Schools.
    in_force : Arrangement
        What stands at year 0.
    offers : tuple of Offer
        With the tuition that schools lead themselves last, if any.
    price : tuple of int
        As ``prices`` gives.
    p, chance : Parameters, Chance
        One draw; one replicate's chance.
    funding : Funding
        Keeps the books.

    Returns
    -------
    SchoolSpending
        Ready for its first term.
    """
    led = [index for index, offer in enumerate(offers) if offer.delivered_by == SCHOOL]
    capacity = capacity_of(offers, in_force, facts)
    spending = SchoolSpending(
        facts, offers, list(price), led[0] if led else None, p, chance, funding.schools_pay, capacity=capacity
    )
    spending.begin(in_force.offers)
    return spending
