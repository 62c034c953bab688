"""Sums the terms of institutions up to years."""

from __future__ import annotations

from dataclasses import dataclass

from model.brokerage import Brokerage
from model.funding import Funding
from model.institution_facts import Facts
from model.posts import Posts
from model.terms import TERMS_A_YEAR

_PER_CENT = 100.0


@dataclass
class _Staff:
    """Posts of one academic year, summed over its terms."""

    terms: int = 0
    funded: float = 0.0
    filled: float = 0.0
    full_strength: float = 0.0


class InstitutionYears:
    """Measures of institutions by academic year.

    Parameters
    ----------
    facts : Facts
        Members.
    posts : Posts
        Who is in post.
    brokerage : Brokerage
        Cases.
    funding : Funding
        Money.
    """

    def __init__(self, facts: Facts, posts: Posts, brokerage: Brokerage, funding: Funding) -> None:
        self._facts, self._posts, self._brokerage, self._funding = facts, posts, brokerage, funding
        self._staff: dict[int, _Staff] = {}

    def term(self, term: int) -> None:
        """Count the posts of a term.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        """
        year = self._staff.setdefault(term // TERMS_A_YEAR, _Staff())
        year.terms += 1
        for count in self._posts.counts():
            year.funded += count.funded
            year.filled += count.filled
            year.full_strength += count.full_strength * (not count.brokers)

    def paid(self, year: int) -> float:
        """GBP paid by all funders in an academic year.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        float
            GBP; 0 in a year that was not run.
        """
        return self._funding.paid_gbp(year)

    def measures(self, year: int) -> dict[str, float]:
        """Give the measures of a year, but for practice.

        Parameters
        ----------
        year : int
            The year the academic year ends.

        Returns
        -------
        dict of str to float
            By id, in the units of the registry.
        """
        index = year - self._facts.year_0 - 1
        staff = self._staff.get(index, _Staff())
        cases = self._brokerage.year(index)
        terms = max(staff.terms, 1)
        return {
            "members": float(self._facts.member.sum()),
            "posts_filled": _PER_CENT * staff.filled / staff.funded if staff.funded else 0.0,
            "specialist_time": staff.full_strength / terms,
            "posts_vacated_elsewhere": float(self._posts.pools.flows.vacated(index)),
            "support_wait_weeks": cases.mean_wait,
            "cases_completed": float(cases.completed),
            "cases_interrupted": float(cases.interrupted),
            "cases_turned_away": float(cases.turned_away),
            "la_income_share": _PER_CENT * self._funding.la_income_share(year),
            "reserves_months": self._funding.reserves_months(year),
            "traded_income_share": _PER_CENT * self._funding.years.traded_share(year),
            "partnerships_alive": _PER_CENT * self._funding.ends.alive(TERMS_A_YEAR * (index + 1) - 1),
        }
