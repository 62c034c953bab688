"""What a partnership sells: how much is bought of it, by what buyers saw, its price and its rivals.

Usual quality and price against usual rivals sell what the award says: demand is an input, income is not.
"""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from model.bodies import Trade
from model.body_parameters import BodyParameters
from model.staff_costs import PENCE

_LEAST_PRICE = 0.01


class Sales(NamedTuple):
    """What is sold outside in a year.

    Attributes
    ----------
    pence : int
        Income.
    time : float
        Share of specialists' time that it takes.
    """

    pence: int
    time: float


def pull(trade: Trade, seen: float, p: BodyParameters) -> float:
    """How strongly buyers are drawn to the partnership.

    Parameters
    ----------
    trade : Trade
        Its price.
    seen : float
        Quality that buyers have seen; 1 is usual.
    p : BodyParameters
        One draw.

    Returns
    -------
    float
        1 at usual quality and price.
    """
    return float(exp(p.quality_pull * (seen - 1.0)) * max(trade.price, _LEAST_PRICE) ** -p.price_elasticity)


def turnover(trade: Trade, seen: float, rivals: float, p: BodyParameters) -> float:
    """Turnover against what usual quality and price bring: buyers choose it, a rival, or to buy nothing.

    Parameters
    ----------
    trade : Trade
        Price, and the rivals that are usual.
    seen : float
        Quality that buyers have seen; 1 is usual.
    rivals : float
        Pull of rivals now.
    p : BodyParameters
        One draw.

    Returns
    -------
    float
        1 where all is usual; rises with quality, falls with rivals.
    """
    own = pull(trade, seen, p)
    usual_share = 1.0 / (2.0 + trade.rivals)
    return trade.price * own / (own + rivals + 1.0) / usual_share


def can_hold(specialists: float, most: float, p: BodyParameters) -> float:
    """Part of what is bought inside the place that those in post can hold.

    Parameters
    ----------
    specialists, most : float
        In post now; most that ever were.
    p : BodyParameters
        One draw.

    Returns
    -------
    float
        0 to 1; 1 where no one ever was in post.
    """
    needed = p.staff_for_courses * most
    return min(1.0, specialists / needed) if needed else 1.0


def sell_outside(demand: int, specialists: float, time: float, pence_per_post: float) -> Sales:
    """Sell outside as far as buyers want and the plan gives time for.

    Parameters
    ----------
    demand : int
        Pence a year that buyers would spend.
    specialists : float
        Specialists in post.
    time : float
        Most of their time that the plan lets go outside, 0 to 1.
    pence_per_post : float
        What the whole time of one sells for in a year.

    Returns
    -------
    Sales
        Nothing without specialists.
    """
    capacity = specialists * pence_per_post
    if capacity <= 0.0:
        return Sales(0, 0.0)
    sold = min(demand / capacity, time)
    return Sales(round(sold * capacity), sold)


def pence_per_post(p: BodyParameters, index: float, price: float = 1.0) -> float:
    """What the whole time of one specialist sells for in a year.

    Parameters
    ----------
    p : BodyParameters
        One draw.
    index : float
        Pay of the year against that of year 0.
    price : float
        Against what such work usually costs: who asks more gives less time for the same income.

    Returns
    -------
    float
        Pence.
    """
    return PENCE * p.gbp_per_post * index * max(price, _LEAST_PRICE)
