"""Slots for specialist posts: columns that only grow, so that a post is the same post in every scenario."""

from __future__ import annotations

from collections.abc import Sequence

from model.areas import Areas
from model.labour_pool import Origin
from model.post_kinds import PostKind
from model.recruitment import ALWAYS

NOBODY = -1


class PostSlots:
    """Columns over slots, each known by (where it works from, kind, number) for ever.

    Parameters
    ----------
    kinds : sequence of PostKind
        Every kind that any arrangement of the run has.
    areas : Areas
        The ground of each partnership. Posts of one that spans several LAs are dealt out to them by pupils.
    pupils : list of float
        By unit (LA within an area), at year 0.

    Attributes
    ----------
    block, kind, number : list of int
        Identity of the slots: lasting number of the unit it works from, index into ``kinds``, which post.
    area, la : list of int
        The partnership that employs whoever holds it; the LA it works from.
    post : list of int
        Which post of its kind in the LA, whoever employs; the same as ``number`` where the LA has one area.
    brokers, open, filled, seconded : list of bool
        Whether it brokers; has money; has someone in it; who is lent by a school.
    since, occupant : list of int
        Term in which the person came; how many came before.
    quality : list of float
        Of the person; 1 is usual, 0 where vacant.
    line, horizon_terms, funded_until : list of int
        As given by ``fund``.
    notice_at : list of int
        First term without the post, where notice is given; else ``ALWAYS``.
    """

    def __init__(self, kinds: Sequence[PostKind], areas: Areas, pupils: list[float]) -> None:
        self.kinds = tuple(kinds)
        self._areas, self._pupils = areas, pupils
        self._index = {kind.name: k for k, kind in enumerate(self.kinds)}
        self._group_of: dict[tuple[int, int], int] = {}
        self._groups, self._group = list[list[int]](), list[int]()  # slots of a kind in a unit; which one
        self._employed: dict[tuple[int, int], list[int]] = {}
        self._of_area: dict[int, list[int]] = {}
        self.area, self.la, self.block = list[int](), list[int](), list[int]()
        self.kind, self.number, self.post = list[int](), list[int](), list[int]()
        self._first_area = list[int]()
        self._in_la: dict[tuple[int, int], int] = {}
        self.brokers, self.open, self.filled = list[bool](), list[bool](), list[bool]()
        self.seconded, self.since, self.occupant = list[bool](), list[int](), list[int]()
        self.quality, self.line = list[float](), list[int]()
        self.horizon_terms, self.funded_until, self.notice_at = list[int](), list[int](), list[int]()
        self._reason, self._came_from = list[str](), list[Origin]()
        self._came_horizon, self._searches, self._search_from = list[int](), list[int](), list[int]()

    def slots_for(self, area: int, kind: str, n: int) -> list[int]:
        """Give the first ``n`` slots of a kind in an area, making those that are missing.

        Parameters
        ----------
        area : int
            Index of the area.
        kind : str
            Name of the kind.
        n : int
            How many.

        Returns
        -------
        list of int
            Indices into the columns, in the order in which they were made.

        Raises
        ------
        KeyError
            If the kind was not given to the constructor.
        """
        k = self._index[kind]
        slots = self._employed.get((area, k))
        if slots is None:
            slots = self._employed[area, k] = []
            for unit in self._areas.units_of(area):
                self._group_for(unit, k)
        while len(slots) < n:
            slots.append(self._new_slot(area, k))
            self._of_area.setdefault(area, []).append(slots[-1])
        return slots[:n]

    def join(self, into: int, others: Sequence[int]) -> None:
        """Posts of partnerships that join are those of one; whoever holds them stays.

        Parameters
        ----------
        into : int
            Index of the area that takes in others.
        others : sequence of int
            Those.
        """
        for kind in range(len(self.kinds)):
            for other in others:
                self._employed.setdefault((into, kind), []).extend(self._employed.pop((other, kind), []))
        for other in others:
            for slot in self._of_area.pop(other, []):
                self.area[slot] = into
                self._of_area.setdefault(into, []).append(slot)

    def _group_for(self, unit: int, kind: int) -> int:
        """Index of the slots of a kind that work from a unit."""
        if (unit, kind) not in self._group_of:
            self._group_of[unit, kind] = len(self._groups)
            self._groups.append([])
        return self._group_of[unit, kind]

    def _new_slot(self, area: int, kind: int) -> int:
        units = self._areas.units_of(area)
        there = {unit: len(self._groups[self._group_for(unit, kind)]) for unit in units}
        unit = self._areas.station(area, self._pupils, there)
        group = self._group_for(unit, kind)
        self._group.append(group)
        self._groups[group].append(len(self.la))
        self.area.append(area)
        self._first_area.append(area)
        self.la.append(self._areas.units[unit][1])
        self.block.append(self._areas.unit_block[unit])
        self.number.append(there[unit])
        in_la = (self.la[-1], kind)
        self.post.append(self._in_la.get(in_la, 0))
        self._in_la[in_la] = self.post[-1] + 1
        self.kind.append(kind)
        self.brokers.append(self.kinds[kind].brokers)
        for flags in (self.open, self.filled, self.seconded):
            flags.append(False)
        for zeros in (self.since, self.line, self.horizon_terms, self._came_horizon, self._searches):
            zeros.append(0)
        self.funded_until.append(0)
        self._search_from.append(-ALWAYS)
        self.occupant.append(NOBODY)
        self.quality.append(0.0)
        self.notice_at.append(ALWAYS)
        self._reason.append("")
        self._came_from.append(Origin.START)
        return len(self.la) - 1

    def fund(self, slot: int, *, line: int, horizon_terms: int, funded_until: int) -> None:
        """Open a post or keep it open; notice given before is withdrawn.

        Parameters
        ----------
        slot : int
            Index into the columns.
        line : int
            Which award pays, for whoever funds it.
        horizon_terms : int
            Length of that award in terms; ``OPEN_ENDED`` where permanent.
        funded_until : int
            First term for which money is not certain; ``ALWAYS`` where there is no end in sight.
        """
        if not self.open[slot]:
            self.open[slot] = True
            self._searches[slot], self._search_from[slot] = 0, -ALWAYS
        self.line[slot], self.horizon_terms[slot] = line, horizon_terms
        self.funded_until[slot], self.notice_at[slot] = funded_until, ALWAYS

    def close(self, slot: int, term: int, reason: str) -> None:
        """Give notice that a post ends; without effect on one that is shut.

        Parameters
        ----------
        slot : int
            Index into the columns.
        term : int
            First term without it: this one to end it at once.
        reason : str
            As ``funding ended``, for the record.
        """
        if self.open[slot]:
            self.notice_at[slot], self._reason[slot] = term, reason
