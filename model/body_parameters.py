"""Parameters of partnerships as bodies: trade, rivals, boards, insolvency.

None is a link to schools: what a body sells outside takes specialists' time from its own schools, and what
ends with it are posts and support, whose effects are declared with them.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class BodyParameters(Declared):
    """What partnerships sell, how boards decide and when a body cannot go on."""

    wind_up_months: float = parameter(
        3.0,
        unit="months of spending",
        bounds=(0.0, 24.0),
        source="body_wind_up_months",
        description="debts at which a partnership is wound up",
    )
    least_scale: float = parameter(
        0.35,
        unit="share of spending",
        bounds=(0.0, 1.0),
        source="body_least_scale",
        description="part of its best year's spending below which a board winds a partnership up",
    )
    quality_pull: float = parameter(
        1.0,
        unit="log pull per unit of provider quality",
        bounds=(0.0, 3.0),
        source="body_quality_pull",
        description="how far what buyers have seen of a provider draws them to it",
    )
    staff_for_courses: float = parameter(
        0.5,
        unit="share of specialists",
        bounds=(0.0, 1.0),
        source="body_staff_for_courses",
        description="part of the most specialists it had that it takes to hold what it sells inside",
    )
    price_elasticity: float = parameter(
        1.2,
        unit="log pull per log price",
        bounds=(0.0, 4.0),
        source="body_price_elasticity",
        description="how far a higher price turns buyers away",
    )
    gbp_per_post: float = parameter(
        80_000.0,
        unit="GBP a year",
        bounds=(30_000.0, 200_000.0),
        source="body_gbp_per_post",
        description="what the whole time of one specialist sells for outside, prices of year 0",
    )
    most_time_sold: float = parameter(
        0.6,
        unit="share of time",
        bounds=(0.0, 1.0),
        source="body_most_time_sold",
        description="most of its specialists' time that any board lets go outside",
    )
    business_margin: float = parameter(
        0.08,
        unit="share of turnover",
        bounds=(-0.2, 0.5),
        source="body_business_margin",
        description="what business services leave over after their own costs",
    )
    rivals_return: float = parameter(
        0.3,
        unit="share a year",
        bounds=(0.0, 1.0),
        source="body_rivals_return",
        description="how fast the pull of rival providers goes back to the usual",
    )
    rivals_sd: float = parameter(
        0.2,
        unit="log pull a year",
        bounds=(0.0, 1.0),
        source="body_rivals_sd",
        description="SD of the yearly change of rivals' pull: some open, some close",
    )
    rivals_enter: float = parameter(
        0.3,
        unit="log pull per unit of provider quality a year",
        bounds=(0.0, 2.0),
        source="body_rivals_enter",
        description="how far rivals come in where the partnership is seen to be worse than usual",
    )
    board_growth: float = parameter(
        0.5,
        unit="share of time sold per share of votes",
        bounds=(0.0, 2.0),
        source="body_board_growth",
        description="how far independent members' votes beyond the LA's raise the time to be sold outside",
    )
    board_caution: float = parameter(
        0.5,
        unit="share of reserves per share of votes",
        bounds=(0.0, 2.0),
        source="body_board_caution",
        description="how far schools' votes beyond the usual lower the reserves aimed for",
    )
    gap_filled: float = parameter(
        0.5,
        unit="share of time per share of income lost",
        bounds=(0.0, 1.5),
        source="body_gap_filled",
        description="how far a board answers a loss of income with more time to be sold outside",
    )
