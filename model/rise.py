"""Targeted national help (RISE): schools are picked by need, diagnosed, matched and helped for a spell.

It acts through practice alone. Advisers and their caseloads limit how many schools have it; the money goes
from the Department to the organisation that helps; what a partnership would have done there is displaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple, Protocol

import mesa
import numpy as np

from model import national_tier
from model.agents.adviser import Adviser
from model.arrangements import Stream
from model.events import Event
from model.help_record import HelpRecord
from model.institution_facts import Facts
from model.institution_record import CaseRows
from model.ledger import Ledger, Purpose
from model.money_accounts import STREAM_INDEX
from model.national_tier import National
from model.place import Bools, Floats, Index, Ints, Phase
from model.practice import DOMAINS
from model.randomness import Chance
from model.rise_parameters import RiseParameters
from model.staff_costs import PENCE
from model.terms import TERMS_A_YEAR, first_week

_SCHOOLS = 0
_HUNDRED = 100.0
_STRONG = 0.5
"""Standard score of results from which a school may be asked to help; there must be someone to ask."""
_MOST_HELPED = 2
"""Schools that one school helps at once."""
_MAINSTREAM = (Phase.PRIMARY, Phase.SECONDARY, Phase.ALL_THROUGH)


class TargetedHelp(Protocol):
    """Targeted help as the local system runs it."""

    events: list[Event]
    in_help: Bools

    def term(
        self, term: int, national: National | None, wanting: Bools, practice: Floats, cases: Ints
    ) -> Floats | None:
        """Run one term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        national : National or None
            The national tier in force.
        wanting : (n_schools,) bool
            Schools that such help is for: ``National.for_help``.
        practice : (n_schools, 9) float64
            Between-school SD.
        cases : (n_schools,) int
            Cases of the partnership under way at each school.

        Returns
        -------
        (n_schools, 9) float64 or None
            What it does to practice; None for nothing.
        """

    def room(self) -> Floats:
        """Part of a partnership's support that each school has room for, 0 to 1; (n_schools,)."""

    def measures(self) -> dict[str, float]:
        """Measures as they stand now, by id."""

    def rows(self) -> CaseRows:
        """Every wait and every spell, as cases."""


class NoRise:
    """A world without targeted help.

    Parameters
    ----------
    n_schools : int
        Number of schools.

    Attributes
    ----------
    events : list
        None.
    in_help : (n_schools,) bool
        No one.
    """

    def __init__(self, n_schools: int) -> None:
        self.events: list[Event] = []
        self.in_help: Bools = np.zeros(n_schools, dtype=np.bool_)

    def term(
        self, term: int, national: National | None, wanting: Bools, practice: Floats, cases: Ints
    ) -> Floats | None:
        """Do nothing.

        Parameters
        ----------
        term, national, wanting, practice, cases : int, National or None, array, array, array
            As in ``Rise.term``.

        Returns
        -------
        None
            Nothing changes.
        """
        return None

    def room(self) -> Floats:
        """Part of a partnership's support that each school has room for; all of it, (n_schools,) float64."""
        return np.ones(len(self.in_help))

    def measures(self) -> dict[str, float]:
        """Give the measures, all nought."""
        return {"rise_schools": 0.0, "rise_displaced": 0.0}

    def rows(self) -> CaseRows:
        """No cases."""
        return HelpRecord().rows()


@dataclass(eq=False)
class _Spell:
    """One school's spell of targeted help."""

    school: int
    host: int  # row of the school whose organisation helps
    adviser: Adviser
    domains: Ints
    until: int  # first term without it
    terms_left: int
    pence_left: int


class _Market(NamedTuple):
    """Who may be asked to help in a term."""

    rows: list[list[Index]]  # employers, other strong schools, strong schools, all; each primary, secondary
    load: Ints  # schools that each helps
    employers: Bools


class Rise:
    """Targeted help in a place.

    Parameters
    ----------
    facts : Facts
        Schools; results say who is in need and who is strong.
    p : RiseParameters
        One draw.
    chance : Chance
        Streams ``RISE diagnosis`` and ``RISE match`` by school and term, ``RISE organisation`` and
        ``RISE advisers`` (whether a place too small for a whole caseload has one) of the draw.
    ledger : Ledger
        Where the money is entered.
    system : mesa.Model
        Owner of the agents.

    Attributes
    ----------
    events : list of Event
        Who was picked and who left.
    in_help : (n_schools,) bool
        Schools in a spell.
    displaced : float
        Cases of partnerships for which schools in help had no room, since the beginning.
    familiar, matched : int
        Matches with an organisation that employs an adviser; all matches.
    """

    def __init__(
        self, facts: Facts, p: RiseParameters, chance: Chance, ledger: Ledger, system: mesa.Model
    ) -> None:
        self._facts, self._p, self._chance = facts, p, chance
        self._ledger, self._system = ledger, system
        n = facts.n_schools
        self.events: list[Event] = []
        self.in_help: Bools = np.zeros(n, dtype=np.bool_)
        self.displaced = 0.0
        self.familiar = self.matched = 0
        self._again: Ints = np.full(n, -(10**6), dtype=np.int32)
        self._spells: list[_Spell] = []
        self._record = HelpRecord()
        self._advisers: list[Adviser] = []
        self._mainstream: Bools = np.isin(facts.phase, _MAINSTREAM)
        self._secondary: Bools = (facts.phase != Phase.PRIMARY) & self._mainstream
        self._odd = float(chance.for_draw().uniforms("RISE advisers", _SCHOOLS, 0, 1)[0])  # rounds caseloads
        luck = chance.for_draw().normals("RISE organisation", _SCHOOLS, 0, n)
        self._quality: Floats = np.asarray(1.0 + p.organisation_sd * luck)

    # -- a term

    def term(
        self, term: int, national: National | None, wanting: Bools, practice: Floats, cases: Ints
    ) -> Floats | None:
        """Let spells end, pick schools while advisers have room, pay, and say what help does.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        national : National or None
            The national tier in force.
        wanting : (n_schools,) bool
            Schools that such help is for: stuck, and from a date on of concern (``National.for_help``).
        practice : (n_schools, 9) float64
            Between-school SD.
        cases : (n_schools,) int
            Cases of the partnership under way at each school.

        Returns
        -------
        (n_schools, 9) float64 or None
            Change of practice in the term, between-school SD; None for nothing.
        """
        rise = national.rise if national is not None else None
        if rise is not None and term < rise.first_term:
            rise = None
        self._leave(term, wanting, everyone=rise is None)
        if rise is not None:
            self._pick(term, rise, wanting, practice)
        waiting = self._eligible(term, wanting) & (rise is not None)
        self._record.wait(term, waiting, self._facts.results)
        if not self._spells:
            return None
        self.displaced += self._p.displaced_share * float(cases[self.in_help].sum()) / TERMS_A_YEAR
        return self._help(term, cases)

    def _eligible(self, term: int, wanting: Bools) -> Bools:
        """Who could be picked; shape (n_schools,)."""
        return wanting & self._mainstream & ~self.in_help & (self._again <= term)

    def room(self) -> Floats:
        """Part of a partnership's support that each school has room for; (n_schools,) float64, 0 to 1."""
        return 1.0 - self._p.displaced_share * self.in_help

    def measures(self) -> dict[str, float]:
        """Schools in targeted help now; partnership cases (years of them) displaced since the beginning."""
        return {"rise_schools": float(self.in_help.sum()), "rise_displaced": self.displaced}

    def rows(self) -> CaseRows:
        """Every wait and every spell, as cases; who waited in vain is turned away."""
        return self._record.rows()

    # -- who

    def _leave(self, term: int, wanting: Bools, everyone: bool) -> None:
        """Spells that are over end, and all where there is no such help any longer."""
        going = [spell for spell in self._spells if everyone or spell.until <= term]
        if not going:
            return
        for spell in going:
            self._spells.remove(spell)
            spell.adviser.held -= 1
            self._again[spell.school] = term + round(self._p.rest_terms)
            self._record.end(term, spell.school, whole=spell.until <= term)
            still = "still in want of it" if wanting[spell.school] else "no longer in want of it"
            self._tell(term, spell.school, "targeted help ends", f"targeted help ends: {still}", np.nan)
        self._note()

    def _note(self) -> None:
        held = np.zeros(self._facts.n_schools, dtype=np.bool_)
        held[[spell.school for spell in self._spells]] = True
        self.in_help = held

    def _pick(self, term: int, rise: national_tier.Rise, wanting: Bools, practice: Floats) -> None:
        """Pick schools in want of help, those of the weakest results first, as far as caseloads go."""
        advisers = rise.advisers_per_100_schools * self._facts.n_schools / _HUNDRED
        places = int(advisers * rise.schools_per_adviser + self._odd) - len(self._spells)
        eligible = self._eligible(term, wanting)
        if places <= 0 or not eligible.any():
            return
        self._appoint(ceil(advisers))
        waiting = np.flatnonzero(eligible)
        waiting = waiting[np.argsort(self._facts.results[waiting], kind="stable")][:places]
        luck = self._chance.uniforms("RISE match", _SCHOOLS, term, self._facts.n_schools)
        market = self._market(wanting)
        for school in waiting.tolist():
            blur = self._chance.normals("RISE diagnosis", school, term, len(DOMAINS))
            seen = practice[school] + self._p.diagnosis_error * blur
            self._begin(term, rise, school, seen, bool(luck[school] < self._p.network_chance), market)
        self._note()

    def _appoint(self, number: int) -> None:
        """Advisers come from the schools of the best results."""
        if len(self._advisers) >= number:
            return
        best = np.argsort(-np.where(self._mainstream, self._facts.results, -np.inf), kind="stable")
        taken = {adviser.school for adviser in self._advisers}
        for school in best.tolist():
            if len(self._advisers) == number:
                return
            if school not in taken:
                self._advisers.append(Adviser(self._system, school))

    # -- a spell

    def _begin(
        self, term: int, rise: national_tier.Rise, school: int, seen: Floats, familiar: bool, market: _Market
    ) -> None:
        adviser = min(self._advisers, key=lambda each: each.held)
        host = self._match(adviser, school, familiar, market)
        if host < 0:  # no one to ask: the school is looked at again next term
            return
        domains = adviser.diagnoses(seen, round(self._p.domains_helped))
        pence = round(PENCE * rise.gbp_per_school)
        adviser.held += 1
        self._spells.append(_Spell(school, host, adviser, domains, term + rise.terms, rise.terms, pence))
        weakest = int(np.argmin(seen))
        self._record.begin(
            term, school, weakest, float(seen[weakest]), float(self._facts.results[school]),
            float(self._quality[host]),
        )  # fmt: skip
        self.matched += 1
        plan = ", ".join(DOMAINS[domain] for domain in domains.tolist())
        self._tell(term, school, "targeted help begins", f"targeted help begins: {plan}", pence / PENCE)

    def _market(self, wanting: Bools) -> _Market:
        """Who may be asked to help this term: no one in want of help, in help, an orphan or busy enough."""
        facts = self._facts
        hosts = np.array([spell.host for spell in self._spells], dtype=np.intp)
        load = np.bincount(hosts, minlength=facts.n_schools)
        free = self._mainstream & ~wanting & ~self.in_help & ~facts.orphan & (load < _MOST_HELPED)
        employers, strong = self._employers(), facts.results >= _STRONG
        rows = [
            [np.flatnonzero(free & (self._secondary == secondary) & kind) for secondary in (False, True)]
            for kind in (employers, strong & ~employers, strong, free)
        ]
        return _Market(rows, load, employers)

    def _match(self, adviser: Adviser, school: int, familiar: bool, market: _Market) -> int:
        """Who is to help: someone near and strong of the same phase, now and then an adviser's employer."""
        facts, secondary = self._facts, int(self._secondary[school])
        trust = facts.trust[school]
        for kind in market.rows[0 if familiar else 1 :]:
            rows = kind[secondary]
            able = (market.load[rows] < _MOST_HELPED) & (rows != school)
            if trust >= 0:
                able &= facts.trust[rows] != trust
            away = np.hypot(facts.x_km[rows] - facts.x_km[school], facts.y_km[rows] - facts.y_km[school])
            at = adviser.proposes(away, facts.results[rows], self._p.strength_km, able)
            if at >= 0:
                host = int(rows[at])
                market.load[host] += 1
                self.familiar += bool(market.employers[host])
                return host
        return -1

    def _employers(self) -> Bools:
        """Schools, and all schools of trusts, that employ an adviser."""
        rows = np.array([adviser.school for adviser in self._advisers], dtype=np.intp)
        found = np.zeros(self._facts.n_schools, dtype=np.bool_)
        found[rows] = True
        trusts = self._facts.trust[rows]
        return found | np.isin(self._facts.trust, trusts[trusts >= 0])

    def _help(self, term: int, cases: Ints) -> Floats:
        """Pay for a term of every spell, and give what it does to practice."""
        change = np.zeros((self._facts.n_schools, len(DOMAINS)))
        for spell in self._spells:
            pence = spell.pence_left // max(spell.terms_left, 1)
            spell.pence_left, spell.terms_left = spell.pence_left - pence, spell.terms_left - 1
            la = self._facts.la_names[self._facts.la[spell.school]]
            payer = self._ledger.account(f"DfE, regional improvement, {la}", funder=True)
            payee = self._ledger.account("supporting organisations")
            stream = STREAM_INDEX[Stream.DFE_FUND]
            self._ledger.pay(first_week(term), payer, payee, pence, stream, Purpose.TARGETED_HELP)
            no_room = self._p.displaced_share * float(cases[spell.school]) / TERMS_A_YEAR
            self._record.help(spell.school, no_room)
            gain = self._p.practice_gain * self._quality[spell.host]
            change[spell.school, spell.domains] += gain / TERMS_A_YEAR
            change[spell.host, spell.domains] += self._p.supporter_change / TERMS_A_YEAR
        return change

    def _tell(self, term: int, school: int, kind: str, text: str, gbp: float) -> None:
        self.events.append((term, int(self._facts.area[school]), school, kind, text, gbp))
