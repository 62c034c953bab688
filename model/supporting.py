"""Supporting schools: strong members, chosen each September, who carry cases of others and are paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import mesa
import numpy as np

from model.agents.provider import SupportingSchool
from model.arrangements import Partnership
from model.brokerage_parameters import BrokerageParameters
from model.case_life import Pool, Stretch
from model.dispatcher import Dispatcher
from model.dispositions import Dispositions
from model.institution_facts import Facts
from model.ledger import Purpose
from model.place import Floats, Ints, Phase
from model.randomness import Chance
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM
from model.tokens import Token

SUPPORTING_SCHOOL = "supporting school"

_SCHOOLS = 0
_PRIMARY_STAGE, _SECONDARY_STAGE = 0, 1
_HOSTS = {
    Phase.PRIMARY: _PRIMARY_STAGE,
    Phase.SECONDARY: _SECONDARY_STAGE,
    Phase.ALL_THROUGH: _SECONDARY_STAGE,
}
_FIRST_SECONDARY = 7
_PUPILS = 10_000.0
_WEEKS_A_YEAR = WEEKS_A_TERM * TERMS_A_YEAR

Charge = Callable[[int, int, Purpose, str], None]
"""Takes LA, pence and purpose of a cost, and whose work it belongs to (kind of post or supporting school)."""


def stages(facts: Facts) -> Ints:
    """Which stage's supporting schools serve each school.

    Parameters
    ----------
    facts : Facts
        Schools.

    Returns
    -------
    (n_schools,) int32
        0 primary, 1 secondary; special schools and alternative provision by their first year group.
    """
    primary = (facts.first_year_group < _FIRST_SECONDARY) & (facts.phase != Phase.ALL_THROUGH)
    return np.where(primary, _PRIMARY_STAGE, _SECONDARY_STAGE).astype(np.int32)


class Supporter(NamedTuple):
    """What carrying one case for a term did to a supporting school.

    Attributes
    ----------
    school, domain : int
        Its row; practice domain.
    change : float
        In its practice, between-school SD: what it gained less what it gave away.
    supported : int
        Row of the school that it supports.
    paid : bool
        Whether it is paid for that.
    """

    school: int
    domain: int
    change: float
    supported: int
    paid: bool = True


class SupportingSchools:
    """Who supports, and the tokens of their time.

    Parameters
    ----------
    facts : Facts
        Schools.
    nature : Dispositions
        Of the schools.
    p : BrokerageParameters
        One draw.
    chance : Chance
        Stream ``supporting school quality``, of the draw.
    dispatcher : Dispatcher
        Whom the tokens are handed to.
    system : mesa.Model
        Owner of the agents.

    Attributes
    ----------
    chosen : dict of int to list of Token
        Row of each supporting school, and its tokens.
    """

    def __init__(
        self,
        facts: Facts,
        nature: Dispositions,
        p: BrokerageParameters,
        chance: Chance,
        dispatcher: Dispatcher,
        system: mesa.Model,
    ) -> None:
        self._facts, self._nature, self._dispatcher, self._system = facts, nature, dispatcher, system
        luck = chance.for_draw().normals("supporting school quality", _SCHOOLS, 0, facts.n_schools)
        self._quality = 1.0 + p.provider_quality_sd * luck
        self._agents: dict[int, SupportingSchool] = {}
        self.chosen: dict[int, list[Token]] = {}
        self._stage = stages(facts)
        self._change = p.supporting_gain - p.supporting_cost
        self._hosts = np.array([_HOSTS.get(Phase(phase), -1) for phase in facts.phase.tolist()])

    def pool(self, school: int) -> Pool:
        """Pool that serves a school.

        Parameters
        ----------
        school : int
            Row of the school.

        Returns
        -------
        (int, str, int)
            LA, ``supporting school`` and stage.
        """
        return int(self._facts.area[school]), SUPPORTING_SCHOOL, int(self._stage[school])

    def choose(self, partnership: Partnership | None, seen: Floats) -> None:
        """Choose for the school year: by LA and stage the members of the best practice, as far as is seen.

        Parameters
        ----------
        partnership : Partnership or None
            How many; none without one.
        seen : (n_schools, 9) float64
            Practice as the broker sees it, between-school SD.
        """
        wanted = [] if partnership is None else self._best(partnership, seen.mean(axis=1))
        stays = set(wanted)
        for school in [s for s in self.chosen if s not in stays]:
            for token in self.chosen.pop(school):
                self._dispatcher.withdraw(token)  # a case it carries goes on to its end
        for school in wanted:
            if school not in self.chosen:
                self.chosen[school] = self._tokens(school)

    def end(self) -> list[Token]:
        """No one supports any longer.

        Returns
        -------
        list of Token
            Withdrawn: cases held with them are interrupted.
        """
        tokens = [token for held in self.chosen.values() for token in held]
        for token in tokens:
            self._dispatcher.withdraw(token)
        self.chosen.clear()
        return tokens

    def settle(self, work: list[Stretch], partnership: Partnership | None, charge: Charge) -> list[Supporter]:
        """Pay for the weeks of a term in which cases were carried, and say what that did to those who did.

        Parameters
        ----------
        work : list of Stretch
            All work of the term.
        partnership : Partnership or None
            What it pays; nothing without one.
        charge : callable
            Takes the cost of each LA.

        Returns
        -------
        list of Supporter
            One a case carried.
        """
        rate = 0.0 if partnership is None else 100.0 * partnership.supporting_school_gbp
        due: dict[int, float] = {}
        supporters = []
        for stretch in work:
            if stretch.case.pool[1] == SUPPORTING_SCHOOL:
                case, years = stretch.case, stretch.calendar / _WEEKS_A_YEAR
                change, paid = years * self._change, rate > 0.0
                supporters.append(Supporter(stretch.slot, case.domain, change, case.school, paid))
                due[case.la] = due.get(case.la, 0.0) + years
        for la in sorted(due):
            if round(rate * due[la]):
                charge(la, round(rate * due[la]), Purpose.SUPPORTING_SCHOOL, SUPPORTING_SCHOOL)
        return supporters

    def _best(self, partnership: Partnership, strength: Floats) -> list[int]:
        facts, n_la = self._facts, self._facts.n_areas
        pupils = np.bincount(facts.area, facts.pupils, minlength=n_la)
        of_stage = [
            np.bincount(facts.area, facts.pupils * (self._hosts == stage), minlength=n_la) for stage in (0, 1)
        ]
        places = np.rint(partnership.supporting_schools_per_10_000_pupils * pupils / _PUPILS)
        secondary = np.rint(places * of_stage[1] / np.maximum(of_stage[0] + of_stage[1], 1.0))
        left = np.stack([places - secondary, secondary]).tolist()
        la, hosts = facts.area.tolist(), self._hosts.tolist()
        found = []
        for school in np.lexsort((facts.urn, -strength)).tolist():
            stage = hosts[school]
            if stage >= 0 and facts.member[school] and left[stage][la[school]] >= 1.0:
                left[stage][la[school]] -= 1.0
                found.append(school)
        return found

    def _tokens(self, school: int) -> list[Token]:
        agent = self._agents.get(school)
        if agent is None:
            agent = self._agents[school] = SupportingSchool(
                self._system,
                school,
                float(self._nature.openness[school]),
                float(self._nature.stakes[school]),
                float(self._quality[school]),
            )
        tokens = []
        for number in range(agent.cases_it_takes()):
            token = self._dispatcher.add(self.pool(school), school, number)
            token.quality = agent.quality
            tokens.append(token)
        return tokens
