"""Who of a school's pupils gets one of its places: those meant first, as far as places reach them."""

from __future__ import annotations

import numpy as np

from model.arrangements import Offer
from model.place import Bools, Floats, Index
from model.programmes import Eligibility
from model.randomness import Chance
from model.register import Register

_APART = 2e-11
"""Far less than two draws differ by: keeps every pupil's key its own, so that any way of sorting agrees."""


def _rank_in_school(school: Index, group: Bools, order: Floats, n_schools: int) -> tuple[Index, Index]:
    """Rank of each pupil among those of the same school and group, and how many those are."""
    key = 2 * school + group
    sequence = np.argsort(key + order + _APART * np.arange(len(key)))
    count = np.bincount(key, minlength=2 * n_schools)
    first = np.concatenate(([0], np.cumsum(count)[:-1]))
    rank = np.empty(len(school), dtype=np.intp)
    rank[sequence] = np.arange(len(school)) - first[key[sequence]]
    return rank, count.reshape(n_schools, 2)


def allot(school: Index, meant: Bools, order: Floats, places: Index, on_target: float) -> Bools:
    """Hand the places of each school to its pupils.

    Parameters
    ----------
    school : (n,) intp
        School of each pupil.
    meant : (n,) bool
        Whether the places are meant for the pupil.
    order : (n,) float64
        Lowest first, within a school and group; 0 to below 1.
    places : (n_schools,) intp
        Places at each school.
    on_target : float
        Share of places that go to those meant, 0 to 1; what one group cannot fill goes to the other, so that
        where places are meant for all, all go to those meant.

    Returns
    -------
    (n,) bool
        Who gets a place.
    """
    rank, count = _rank_in_school(school, meant, order, len(places))
    to_meant = np.minimum(np.rint(places * on_target).astype(np.intp), count[:, 1])
    to_others = np.minimum(places - to_meant, count[:, 0])
    to_meant = np.minimum(places - to_others, count[:, 1])
    return np.asarray(rank < np.where(meant, to_meant[school], to_others[school]))


class Reached:
    """Pupils of the year groups of an offer, at the schools where it was delivered.

    Parameters
    ----------
    register : Register
        Pupils.
    year : int
        The year the academic year ends.
    offer : Offer
        Year groups and who is eligible.
    at : (n_schools,) bool
        Schools where it was delivered.
    eligibility : Eligibility
        Who may take part.

    Attributes
    ----------
    rows : (n,) intp
        Rows of the register.
    school : (n,) intp
        School of each.
    meant : (n,) bool
        Whether eligible.
    year_group : (n,) intp
        Year group of each.
    """

    def __init__(
        self, register: Register, year: int, offer: Offer, at: Bools, eligibility: Eligibility
    ) -> None:
        there = np.append(at, False)  # children in none of the place's schools come after its schools
        rows: list[Index] = []
        meant: list[Bools] = []
        self.cohorts = [(register.in_year(year, group), group) for group in offer.year_groups]
        for cohort, group in self.cohorts:
            mine = np.flatnonzero(there.take(register.school[cohort.start : cohort.end], mode="clip"))
            rows.append(mine + cohort.start)
            meant.append(eligibility.of(offer.eligible, register, rows[-1], group))
        self.rows = np.concatenate(rows)
        self.meant = np.concatenate(meant)
        self.school = register.school[self.rows]
        self.year_group = np.repeat(offer.year_groups, [len(r) for r in rows])

    def luck(self, chance: Chance, mechanism: str, year: int) -> Floats:
        """Each pupil's own uniform.

        Parameters
        ----------
        chance : Chance
            One stream a mechanism, by birth cohort.
        mechanism : str
            Name of the stream.
        year : int
            Date of the stream.

        Returns
        -------
        (n,) float64
            In (0, 1).
        """
        parts = []
        for cohort, group in self.cohorts:
            mine = self.rows[self.year_group == group] - cohort.start
            parts.append(chance.uniforms(mechanism, cohort.entry_year, year, cohort.size, mine))
        return np.concatenate(parts)
