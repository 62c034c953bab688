"""What is decided nationally: inspection by date, orders, targeted help (RISE), trusts; inputs only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.place import Bools

NEVER = 10**6
"""Term of what does not come."""


class Regime(StrEnum):
    """How inspection reports."""

    FOUR_GRADES = "four grades"  # to August 2024
    SUB_JUDGEMENTS = "sub-judgements"  # September 2024 to November 2025
    REPORT_CARDS = "report cards"  # from November 2025
    DIALOGIC = "dialogic and collective"  # an alternative: no published grade, the place answers together


class Order(StrEnum):
    """What follows where a maintained school is in a category of concern."""

    DUTY = "duty"  # the Secretary of State must make an academy order
    POWER = "power"  # may
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Something that holds from a term on.

    Attributes
    ----------
    first_term : int
        Term from which it holds; the terms before year 0 are negative.
    """

    first_term: int


@dataclass(frozen=True, kw_only=True)
class DatedRegime(Dated):
    """An inspection regime and when it begins."""

    regime: Regime


@dataclass(frozen=True, kw_only=True)
class DatedOrder(Dated):
    """What orders there are and from when."""

    order: Order


@dataclass(frozen=True, kw_only=True)
class Rise:
    """Targeted help of regional improvement teams (RISE).

    Attributes
    ----------
    first_term : int
        Term from which it is given.
    schools_per_adviser : float
        Schools that an adviser holds at once.
    advisers_per_100_schools : float
        Advisers for the schools of the place.
    gbp_per_school : float
        Most money for one school over the whole spell, in cash: the grant is a stated sum.
    terms : int
        Terms of a spell.
    concern_from : int
        Term from which it is also for schools in a category of concern; ``NEVER`` where only for stuck ones.
    """

    first_term: int
    schools_per_adviser: float
    advisers_per_100_schools: float
    gbp_per_school: float
    terms: int
    concern_from: int = NEVER


@dataclass(frozen=True, kw_only=True)
class TrustPolicy:
    """What is asked of trusts.

    Attributes
    ----------
    conversions_a_year : float
        Chance a year that a maintained mainstream school applies to become an academy.
    all_by_term : int
        Term by which every school is in a trust of several; ``NEVER`` if none is set.
    inspected_from : int
        Term from which trusts are inspected; ``NEVER`` where they are not.
    la_may_found : bool
        Whether an LA may found a trust.
    partnership_may_found : bool
        Whether a partnership may found a trust.
    founded_cap : int
        Most schools of a trust so founded.
    founded_takes_orphans : bool
        Whether such a trust takes schools that no one else takes.
    """

    conversions_a_year: float = 0.0
    all_by_term: int = NEVER
    inspected_from: int = NEVER
    la_may_found: bool = False
    partnership_may_found: bool = False
    founded_cap: int = 10
    founded_takes_orphans: bool = False


@dataclass(frozen=True, kw_only=True)
class National:
    """The national tier as it stands in a scenario, with what is dated already.

    Attributes
    ----------
    regimes : tuple of DatedRegime
        In order of their terms; the first holds before it too.
    orders : tuple of DatedOrder
        Likewise.
    rise : Rise or None
        None in a world without targeted help.
    trusts : TrustPolicy
        Conversions, inspection of trusts, who may found one.
    """

    regimes: tuple[DatedRegime, ...] = ()
    orders: tuple[DatedOrder, ...] = ()
    rise: Rise | None = None
    trusts: TrustPolicy = TrustPolicy()

    def regime(self, term: int) -> Regime:
        """Say how inspection reports in a term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        Regime
            Four grades where nothing is said.
        """
        held = [item.regime for item in self.regimes if item.first_term <= term]
        return (held or [item.regime for item in self.regimes[:1]] or [Regime.FOUR_GRADES])[-1]

    def for_help(self, term: int, stuck: Bools, concern: Bools) -> Bools:
        """Say whom targeted help is for in a term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        stuck, concern : (n_schools,) bool
            Below good twice, or what report cards have in its place; in a category of concern.

        Returns
        -------
        (n_schools,) bool
            Those who are stuck and, once it is for them too, those of concern.
        """
        return stuck | concern if self.rise is not None and term >= self.rise.concern_from else stuck

    def order(self, term: int) -> Order:
        """Say what orders there are in a term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        Order
            None where nothing is said.
        """
        held = [item.order for item in self.orders if item.first_term <= term]
        return (held or [item.order for item in self.orders[:1]] or [Order.NONE])[-1]
