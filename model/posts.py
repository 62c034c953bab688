"""Specialist posts as columns over lasting slots: people leave, posts stand vacant, others come.

A slot is known by (LA it works from, kind, number) for ever; it is opened by whoever funds it, and shut with
notice or without. All luck of a slot in a term is eight words addressed by the kind's name, LA, year and
number, so no other post, kind or LA can shift it; what others do is felt only through the people they take
away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from model.institution_facts import Facts
from model.institution_record import PostRows
from model.labour_pools import LabourPools, Origin
from model.newcomers import Newcomers
from model.post_history import STILL, Stint, post_rows
from model.post_kinds import PostKind
from model.post_parameters import PostParameters
from model.post_slots import NOBODY, PostSlots
from model.randomness import LEVELS, Chance
from model.recruitment import ALWAYS, Horizons, settling_in
from model.terms import TERMS_A_YEAR

_WORDS = 8  # of luck a slot and term
_A_YEAR = _WORDS * TERMS_A_YEAR
_STEP = 1.0 / LEVELS
_LEAVE, _FILL, _QUALITY, _ORIGIN, _SCHOOL, _SECONDED, _ONWARD, _SERVICE = range(_WORDS)

SPIN_UP = -15
"""First term of a run: five years before the autumn after year 0."""


class PostChanges(NamedTuple):
    """What a term did to posts, in order of LA, kind and number."""

    left: list[int]  # slots whose occupant has gone by the beginning of the term
    filled: list[int]  # slots that someone has come to
    taken_from_school: list[int]  # for each slot filled: row of the school that lost the person, or -1


class KindCount(NamedTuple):
    """Posts of one kind in one term."""

    kind: str
    brokers: bool
    funded: int
    filled: int
    full_strength: float  # whole-time equivalents, newcomers by what they can do


class Posts(PostSlots):
    """All specialist posts of a place; the columns are those of ``PostSlots``.

    Parameters
    ----------
    facts : Facts
        LAs, schools and their pupils.
    kinds : sequence of PostKind
        Every kind that any arrangement of the run has.
    p : PostParameters
        Rates.
    chance : Chance
        A stream a kind: ``specialists: `` and its name.
    quit_hazard, labour_pools : bool
        False: the null version of the mechanism.
    first_term : int
        Term in which posts that are open are taken to have been so for long: filled as in the long run.
    regions : sequence of int or None
        Region of each LA, for labour pools; None: one region.

    Attributes
    ----------
    pools : LabourPools
        Where people come from and go to.
    """

    def __init__(
        self,
        facts: Facts,
        kinds: Sequence[PostKind],
        p: PostParameters,
        chance: Chance,
        *,
        quit_hazard: bool = True,
        labour_pools: bool = True,
        first_term: int = SPIN_UP,
        regions: Sequence[int] | None = None,
    ) -> None:
        units = facts.areas.units
        super().__init__(
            kinds, facts.areas, np.bincount(facts.areas.unit_of_school, facts.pupils, len(units)).tolist()
        )
        self._chance, self._first_term = chance, first_term
        self._streams = [f"specialists: {kind.name}" for kind in self.kinds]
        pupils = np.bincount(facts.la, facts.pupils, minlength=facts.n_la).tolist()
        where = [0] * facts.n_la if regions is None else regions
        self.pools = LabourPools(p, self.kinds, pupils, where, labour_pools)
        self._horizons = Horizons(p, quit_hazard)
        self._newcomers = Newcomers(facts, p, self._horizons, finite=labour_pools)
        self._settling = settling_in(p.setup_months)
        self._luck: dict[int, list[int]] = {}
        self._drawn_for = self._this_term = 0
        self._term, self._stints = first_term, list[Stint]()

    def term(self, term: int) -> PostChanges:
        """Let people leave and come, by the beginning of a term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        PostChanges
            What changed.
        """
        if term // TERMS_A_YEAR != self._term // TERMS_A_YEAR or len(self.la) != self._drawn_for:
            self._luck.clear()
        self._term, self._drawn_for = term, len(self.la)
        self._this_term = _WORDS * (term % TERMS_A_YEAR)
        left = self._people_leave(term)
        if term == self._first_term:
            filled = self._found_in_post(term)
            return PostChanges(left, filled, [NOBODY] * len(filled))
        self.pools.new_term(term)
        came = self._people_come(term)
        return PostChanges(left, [slot for slot, _ in came], [school for _, school in came])

    def _drawn(self, group: int) -> list[int]:
        """Draw a year's luck of all slots of a kind in an LA: three times as fast as term by term."""
        slots = self._groups[group]
        stream, block = self._streams[self.kind[slots[0]]], self.block[slots[0]]
        size = _A_YEAR * len(slots)
        luck: list[int] = self._chance.words(stream, block, self._term // TERMS_A_YEAR, size).tolist()
        self._luck[group] = luck
        return luck

    def _word(self, slot: int, what: int) -> int:
        """Give a word of a slot's luck this term."""
        group = self._group[slot]
        luck = self._luck.get(group) or self._drawn(group)
        return luck[_A_YEAR * self.number[slot] + self._this_term + what]

    def _uniform(self, slot: int, what: int) -> float:
        return (self._word(slot, what) + 0.5) * _STEP

    def _in_order(self, slots: list[int]) -> list[int]:
        return sorted(slots, key=lambda slot: (self.block[slot], self.kind[slot], self.number[slot]))

    def _people_leave(self, term: int) -> list[int]:
        left = []
        leave, filled, notice_at = self._horizons.leave, self.filled, self.notice_at
        for group, slots in enumerate(self._groups):
            for slot in slots:
                if notice_at[slot] <= term:
                    self.open[slot], notice_at[slot] = False, ALWAYS
                    if filled[slot]:
                        self._vacate(slot, term, self._reason[slot])
                        left.append(slot)
                elif filled[slot]:
                    luck = self._luck.get(group) or self._drawn(group)
                    notice, terms_left = notice_at[slot] < ALWAYS, self.funded_until[slot] - term
                    chance = leave(self.horizon_terms[slot], terms_left, notice, self.seconded[slot])
                    if luck[_A_YEAR * self.number[slot] + self._this_term + _LEAVE] < chance * LEVELS - 0.5:
                        self._vacate(slot, term, "left")
                        left.append(slot)
        return self._in_order(left)

    def _vacate(self, slot: int, term: int, reason: str) -> None:
        luck = self._uniform(slot, _ONWARD)
        self.pools.let_go(self.la[slot], self.kind[slot], self.seconded[slot], luck)
        self._stints.append(self._stint(slot, term - 1, reason))
        self.filled[slot], self.seconded[slot], self.quality[slot] = False, False, 0.0
        self._searches[slot], self._search_from[slot] = 0, term + 1

    def _stint(self, slot: int, to_term: int, reason: str) -> Stint:
        return Stint(
            self.la[slot],
            self.kinds[self.kind[slot]].name,
            self.post[slot],
            self.occupant[slot],
            self.since[slot],
            to_term,
            reason,
            self._came_from[slot].words,
            self._came_horizon[slot],
            self.quality[slot],
            self._first_area[slot],
        )

    def _wanted(self, term: int) -> list[int]:
        """Slots that are open, vacant, not under notice, and whose search has begun."""
        return [
            slot
            for slot, open_ in enumerate(self.open)
            if open_
            and not self.filled[slot]
            and self.notice_at[slot] == ALWAYS
            and self._search_from[slot] <= term
        ]

    def _found_in_post(self, term: int) -> list[int]:
        """Fill posts as they would be after a long time; their people have served for a while."""
        usual, filled = 1.0 - self._horizons.usual_vacancy(), []
        for slot in self._in_order(self._wanted(term)):
            if self._uniform(slot, _FILL) < usual:
                served = self._horizons.usual_service(self.horizon_terms[slot], self._uniform(slot, _SERVICE))
                self.pools.of(self.la[slot], self.kind[slot]).found_in_post()
                self._arrive(slot, term - served, Origin.START, supervised=True)
                filled.append(slot)
            else:
                self._searches[slot] = 1
        return filled

    def _people_come(self, term: int) -> list[tuple[int, int]]:
        """Search for people; where a pool runs dry the luckiest searches find them. Gives (slot, school)."""
        found = []
        for slot in self._wanted(term):
            ease = self.pools.of(self.la[slot], self.kind[slot]).ease
            chance = ease * self._horizons.fill(self._searches[slot], self.funded_until[slot] - term)
            luck = self._uniform(slot, _FILL)
            self._searches[slot] += chance > 0.0
            if luck < chance:
                found.append((luck, self.block[slot], self.kind[slot], self.number[slot], slot))
        with_colleague = {slot for *_, slot in found if self._has_colleague(slot)}
        school_of = {}
        for *_, slot in sorted(found):
            origin = self.pools.take(self.la[slot], self.kind[slot], self._uniform(slot, _ORIGIN))
            if origin is not None:
                self._arrive(slot, term, origin, supervised=slot in with_colleague)
                school_of[slot] = self._newcomers.school(origin, self.la[slot], self._uniform(slot, _SCHOOL))
        return [(slot, school_of[slot]) for slot in self._in_order(list(school_of))]

    def _has_colleague(self, slot: int) -> bool:
        """Whether someone of the kind, or a broker, is in post in the partnership."""
        kind = self.kind[slot]
        return any(
            self.filled[other] and (self.kind[other] == kind or self.brokers[other])
            for other in self._of_area[self.area[slot]]
        )

    def _arrive(self, slot: int, since: int, origin: Origin, *, supervised: bool) -> None:
        terms_left = self.funded_until[slot] - self._term
        if self._newcomers.lent(origin, terms_left, self._uniform(slot, _SECONDED)):
            origin = Origin.SECONDED
        word = self._word(slot, _QUALITY)
        self.quality[slot] = self._newcomers.quality(origin, terms_left, supervised, word)
        self.filled[slot], self.seconded[slot] = True, origin == Origin.SECONDED
        self.since[slot], self._came_from[slot] = since, origin
        self.occupant[slot] += 1
        self._came_horizon[slot] = self.horizon_terms[slot]

    def productivity(self, term: int) -> list[float]:
        """Say of how much use each post is.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.

        Returns
        -------
        list of float
            By slot, 0 to 1: 0 where vacant, less than 1 while a newcomer settles in.
        """
        use, last = self._settling, len(self._settling) - 1
        return [
            use[min(term - since, last)] if there else 0.0
            for there, since in zip(self.filled, self.since, strict=True)
        ]

    def counts(self) -> list[KindCount]:
        """Count posts in the last term run.

        Returns
        -------
        list of KindCount
            By kind.
        """
        funded, filled, strength = ([0.0] * len(self.kinds) for _ in range(3))
        for slot, use in enumerate(self.productivity(self._term)):
            kind = self.kind[slot]
            funded[kind] += self.open[slot]
            filled[kind] += self.filled[slot]
            strength[kind] += use
        return [
            KindCount(kind.name, kind.brokers, int(funded[k]), int(filled[k]), strength[k])
            for k, kind in enumerate(self.kinds)
        ]

    def rows(self) -> PostRows:
        """Give who held which post, to the last term run.

        Returns
        -------
        PostRows
            In order of LA, kind, number and occupant.
        """
        there = [self._stint(slot, self._term, STILL) for slot, filled in enumerate(self.filled) if filled]
        return post_rows(self._stints + there, self._areas)
