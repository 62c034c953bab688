"""What a partnership is as a body: its board, what it trades, what follows if it cannot pay; inputs only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AfterInsolvency(StrEnum):
    """What becomes of a partnership that cannot pay."""

    WIND_UP = "wind up"  # posts end, purses go back to payers, schools are on their own
    IN_HOUSE = "in house"  # the LA takes over posts and its commission


@dataclass(frozen=True, kw_only=True)
class Board:
    """Who votes on the business plan; shares add up to 1.

    Attributes
    ----------
    schools, la, independent : float
        Share of votes, 0 to 1.
    """

    schools: float = 0.6
    la: float = 0.2
    independent: float = 0.2


@dataclass(frozen=True, kw_only=True)
class Trade:
    """What a partnership sells beside what it is commissioned to do.

    An award of the stream traded income from outside is then what schools elsewhere would buy at usual
    quality and price; one of traded income inside the place is what its own schools would.

    Attributes
    ----------
    price : float
        Against what such work usually costs; 1 is usual.
    outside_time : float
        Most of its specialists' time that may be sold outside the place, 0 to 1.
    rivals : float
        Pull of other providers, against its own at usual quality and price; 0 for none, 1 as strong.
    growth : float
        Yearly growth of the demand from outside as the partnership becomes known, 0 for none.
    business_gbp_per_pupil : float
        Turnover a year of business services (model 1 only), GBP a pupil of the LA, prices of year 0.
    """

    price: float = 1.0
    outside_time: float = 0.2
    rivals: float = 1.0
    growth: float = 0.0
    business_gbp_per_pupil: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Body:
    """A partnership as a body.

    Attributes
    ----------
    board : Board
        Who decides on the business plan.
    trade : Trade or None
        None where income from trade is what its awards say.
    after_insolvency : AfterInsolvency or None
        None: it cannot become insolvent.
    associates : float
        Share of schools outside membership that buy case by case, 0 to 1.
    associate_gbp_a_week : float
        What an associate pays for a week of support, GBP, prices of year 0.
    one_for_all_las : bool
        One partnership for all LAs of the place: reserves are shared, and it stands or falls as one.
    """

    board: Board = Board()
    trade: Trade | None = None
    after_insolvency: AfterInsolvency | None = None
    associates: float = 0.0
    associate_gbp_a_week: float = 0.0
    one_for_all_las: bool = False
