"""Levers: what a scenario changes, dated, as plain typed values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from model.arrangements import Arrangement, Change, Offer
from model.national_tier import NEVER


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A pupil-direct programme: an effect once for each completed course.

    Attributes
    ----------
    name : str
        Short name, as in ``conf/programmes/``.
    first_year, last_year : int
        Academic years (by the year they end) in which courses run, both included.
    year_groups : tuple of int
        Year groups taught, 0 (Reception) to 11.
    eligible : str
        ``all``, ``disadvantaged``, ``other``, ``sen`` or ``low_prior`` (lowest prior-attainment band).
    reach : float
        Share of eligible pupils who complete the course, 0 to 1.
    literacy_sd, maths_sd : float
        Effect at the end of the course on those who complete it, pupil SD, after any scale discount.
    cost_per_pupil : float
        GBP a completed course.
    announced : int
        First academic year in which anything may differ from the baseline.
    """

    name: str
    first_year: int
    last_year: int
    year_groups: tuple[int, ...]
    eligible: str
    reach: float
    literacy_sd: float
    maths_sd: float
    cost_per_pupil: float
    announced: int


@dataclass(frozen=True, kw_only=True)
class Levers:
    """Everything a scenario does in a place.

    Attributes
    ----------
    programmes : tuple of Programme
        Pupil-direct programmes, in the order of the scenario file.
    in_force : Arrangement or None
        What stands at year 0, the same in all scenarios of a place; None leaves institutions out.
    changes : tuple of Change
        What the scenario puts in its stead, in the order of their terms.
    """

    programmes: tuple[Programme, ...] = field(default_factory=tuple)
    in_force: Arrangement | None = None
    changes: tuple[Change, ...] = ()

    def with_effects(self, multiplier: float) -> Levers:
        """Give a copy whose programme effects are multiplied; costs and pupils reached stay as they are.

        Parameters
        ----------
        multiplier : float
            0 takes every effect away; 1 leaves them as they are.

        Returns
        -------
        Levers
            The copy.
        """
        scaled = (
            replace(p, literacy_sd=multiplier * p.literacy_sd, maths_sd=multiplier * p.maths_sd)
            for p in self.programmes
        )
        return replace(
            self,
            programmes=tuple(scaled),
            in_force=None if self.in_force is None else _scaled(self.in_force, multiplier),
            changes=tuple(replace(c, arrangement=_scaled(c.arrangement, multiplier)) for c in self.changes),
        )


def first_heard(*scenarios: Levers) -> int:
    """Say when the first of some scenarios is heard of.

    Parameters
    ----------
    *scenarios : Levers
        Of one place.

    Returns
    -------
    int
        Terms since the autumn after year 0, 0 or more; very far on if nothing is to be heard.
    """
    changes = [change for levers in scenarios for change in levers.changes]
    return max(min((min(change.announced, change.term) for change in changes), default=NEVER), 0)


_EFFECTS = ("practice_sd", "attainment_sd", "literacy_sd", "maths_sd", "absence_points")


def _scaled(arrangement: Arrangement, multiplier: float) -> Arrangement:
    """The same arrangement with the effects of what is on offer multiplied."""
    offers = tuple(_scaled_offer(offer, multiplier) for offer in arrangement.offers)
    return replace(arrangement, offers=offers)


def _scaled_offer(offer: Offer, multiplier: float) -> Offer:
    changes: dict[str, float] = {name: multiplier * getattr(offer, name) for name in _EFFECTS}
    return replace(offer, **changes)  # type: ignore[arg-type]
