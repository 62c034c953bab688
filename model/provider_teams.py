"""Provider teams: who runs each programme in each LA, how good they are, and what is known of it."""

from __future__ import annotations

import mesa

from model.agents.provider import ProviderTeam
from model.areas import Areas
from model.arrangements import Offer
from model.brokerage_parameters import BrokerageParameters
from model.randomness import Chance
from model.supporting import SUPPORTING_SCHOOL
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM, first_week

_WEEKS_A_MONTH = WEEKS_A_TERM * TERMS_A_YEAR / 12


class ProviderTeams:
    """Teams by LA and programme, made when first asked for; quality is the draw's, not chance's.

    Parameters
    ----------
    offers : tuple of Offer
        Programmes, by index.
    p : BrokerageParameters
        One draw.
    chance : Chance
        Stream ``provider quality``, of the draw.
    system : mesa.Model
        Owner of the agents.
    error : bool
        Whether quality is seen with error.
    areas : Areas
        The ground of each partnership.
    """

    def __init__(
        self,
        offers: tuple[Offer, ...],
        p: BrokerageParameters,
        chance: Chance,
        system: mesa.Model,
        *,
        error: bool,
        areas: Areas,
    ) -> None:
        self._offers, self._chance, self._system = offers, chance.for_draw(), system
        self._spread, self._setup = p.provider_quality_sd, p.team_setup_months * _WEEKS_A_MONTH
        self._areas = areas
        self.error = p.review_error_sd if error else 0.0
        self._teams: dict[tuple[int, int], ProviderTeam] = {}
        self._generation: dict[tuple[int, int], int] = {}
        self._ready: dict[tuple[int, int], float] = {}

    def of(self, area: int, offer: int) -> ProviderTeam:
        """The team that runs a programme now.

        Parameters
        ----------
        area, offer : int
            Area; index of the programme.

        Returns
        -------
        ProviderTeam
            Of the usual quality where supporting schools deliver: there each school is its own team.
        """
        where = (area, offer)
        team = self._teams.get(where)
        if team is None:
            spread = 0.0 if self._by_schools(offer) else self._spread
            date = self._generation.get(where, 0)
            block = self._areas.block(area)
            luck = float(self._chance.normals("provider quality", block, date, len(self._offers))[offer])
            team = ProviderTeam(self._system, 1.0 + spread * luck, self._spread, self.error)
            self._teams[where] = team
        return team

    def _by_schools(self, offer: int) -> bool:
        return self._offers[offer].delivered_by == SUPPORTING_SCHOOL

    def ready_week(self, area: int, offer: int) -> float:
        """Week from which the team of a programme works.

        Parameters
        ----------
        area, offer : int
            Area; index of the programme.

        Returns
        -------
        float
            Teaching week; minus infinity unless a team has been replaced.
        """
        return self._ready.get((area, offer), -float("inf"))

    def replace(self, area: int, offer: int, term: int) -> bool:
        """Give a programme to another team, which first sets up.

        Parameters
        ----------
        area, offer : int
            Area; index of the programme.
        term : int
            Term at whose beginning the old team goes.

        Returns
        -------
        bool
            False where supporting schools deliver, which are chosen each year anyway: nothing changes.
        """
        if self._by_schools(offer):
            return False
        where = (area, offer)
        old = self._teams.pop(where, None)
        if old is not None:
            old.remove()
        self._generation[where] = self._generation.get(where, 0) + 1
        self._ready[where] = first_week(term) + self._setup
        return True
