"""The LA's data service: where a partnership pays for it, data reach brokers while it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from model.collaborating import Collaboration
from model.contact import Contact
from model.institution_facts import Facts
from model.ledger import Purpose
from model.place import Bools
from model.staff_costs import PENCE
from model.terms import TERMS_A_YEAR

Pays = Callable[[int, int, Purpose], bool]
"""Bills the partnership of an area: area, pence, purpose; says whether it is paid at once."""


class DataService:
    """Bills partnerships each term, and stops where they cannot pay.

    Parameters
    ----------
    facts : Facts
        Schools; members' pupils are paid for.
    charge : callable
        As ``Pays``.
    """

    def __init__(self, facts: Facts, charge: Pays) -> None:
        self._facts, self._charge = facts, charge
        self._base: Contact | None = None
        self._unpaid: Bools = np.zeros(facts.n_areas, dtype=np.bool_)
        self._given: Contact | None = None

    def term(self, collaboration: Collaboration | None, contact: Contact | None) -> Contact | None:
        """Bill for one term, and say what reaches brokers in it.

        Parameters
        ----------
        collaboration : Collaboration or None
            What stands.
        contact : Contact or None
            What would reach them, of this year; None where schools do not work together.

        Returns
        -------
        Contact or None
            The same where all is paid or nothing is to pay; else without the data of the areas that have
            not paid. What goes unseen for want of them goes unseen; a warning is passed on once.
        """
        unpaid = self._bill(collaboration)
        if contact is not self._base or not np.array_equal(unpaid, self._unpaid):
            self._given = None if contact is None else self._without(contact, unpaid)
            self._base, self._unpaid = contact, unpaid
        return self._given

    def _bill(self, c: Collaboration | None) -> Bools:
        """Areas that have not paid; shape (n_areas,)."""
        facts, unpaid = self._facts, np.zeros(self._facts.n_areas, dtype=np.bool_)
        if c is None or c.data_gbp_per_pupil == 0.0 or c.data_sharing == 0.0:
            return unpaid
        pupils = np.bincount(facts.area, facts.pupils * facts.member, facts.n_areas)
        due = np.rint(PENCE * c.data_gbp_per_pupil * pupils / TERMS_A_YEAR)
        for area in np.flatnonzero(due).tolist():
            unpaid[area] = not self._charge(area, int(due[area]), Purpose.DATA)
        return unpaid

    def _without(self, contact: Contact, unpaid: Bools) -> Contact:
        told = contact is self._base  # of warnings
        if not told and not unpaid.any():
            return contact
        facts, stopped = self._facts, unpaid[self._facts.area]
        return replace(
            contact,
            data=np.where(stopped, 0.0, contact.data),
            blind=np.where(stopped, 1.0 - facts.disadvantaged_share, contact.blind),
            warned=np.zeros_like(contact.warned) if told else contact.warned,
        )
