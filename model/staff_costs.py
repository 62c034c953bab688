"""What a post costs its employer, and what ending it costs."""

from __future__ import annotations

from typing import NamedTuple

from model.arrangements import Partnership, PostLine
from model.funding_parameters import FundingParameters
from model.terms import TERMS_A_YEAR

WEEKS_A_YEAR = 52
PENCE = 100


class PostCost(NamedTuple):
    """What one whole-time post costs in one term, pence."""

    pay: int
    pension: int
    national_insurance: int
    overhead: int
    vat: int

    @property
    def total(self) -> int:
        """All of it, pence."""
        return self.pay + self.pension + self.national_insurance + self.overhead + self.vat


def awards_since(term: int, teacher: bool) -> int:
    """Count the pay awards between the autumn after year 0 and a term.

    Parameters
    ----------
    term : int
        Terms since the autumn after year 0; none before it.
    teacher : bool
        Teachers' pay rises in September, other staff's in April.

    Returns
    -------
    int
        Prices of year 0 are those of term 0: the first April is that of term 2, the first September term 3.
    """
    return max(0, term // TERMS_A_YEAR if teacher else (term + 1) // TERMS_A_YEAR)


def pay_index(term: int, teacher: bool, pay_award: float) -> float:
    """Pay of a term against that of year 0.

    Parameters
    ----------
    term : int
        Terms since the autumn after year 0.
    teacher : bool
        Whose.
    pay_award : float
        Rise a year.

    Returns
    -------
    float
        1 at year 0.
    """
    return float((1.0 + pay_award) ** awards_since(term, teacher))


class PayCost(NamedTuple):
    """What the pay of one whole-time post costs in one term, pence."""

    pay: int
    pension: int
    national_insurance: int

    @property
    def total(self) -> int:
        """All of it, pence."""
        return self.pay + self.pension + self.national_insurance


def pay_cost(post: PostLine, p: FundingParameters, term: int) -> PayCost:
    """Pay and on-costs of a post in a term, whoever employs.

    Parameters
    ----------
    post : PostLine
        Salary, and which pension.
    p : FundingParameters
        Rates; the threshold of National Insurance is that of a third of a year.
    term : int
        Terms since the autumn after year 0.

    Returns
    -------
    PayCost
        Pence, each part rounded.
    """
    pay = PENCE * post.salary_gbp * pay_index(term, post.teacher, p.pay_award) / TERMS_A_YEAR
    return PayCost(
        pay=round(pay),
        pension=round(pay * (p.teachers_pension if post.teacher else p.other_pension)),
        national_insurance=round(p.ni_rate * max(0.0, pay - PENCE * p.ni_threshold / TERMS_A_YEAR)),
    )


def post_cost(post: PostLine, employer: Partnership, p: FundingParameters, term: int) -> PostCost:
    """Cost of a post in a term.

    Parameters
    ----------
    post : PostLine
        Salary, and which pension.
    employer : Partnership
        Overhead and legal form.
    p : FundingParameters
        Rates; the threshold of National Insurance is that of a third of a year.
    term : int
        Terms since the autumn after year 0.

    Returns
    -------
    PostCost
        Pence, each part rounded.
    """
    pay = PENCE * post.salary_gbp * pay_index(term, post.teacher, p.pay_award) / TERMS_A_YEAR
    overhead = employer.overhead_share * pay
    return PostCost(
        *pay_cost(post, p, term),
        overhead=round(overhead),
        vat=round(overhead * p.overhead_vatable * p.vat_rate * employer.vat_irrecoverable),
    )


def vat_on(pence: int, employer: Partnership, p: FundingParameters) -> int:
    """VAT that cannot be recovered on something bought.

    Parameters
    ----------
    pence : int
        Its price without VAT.
    employer : Partnership
        Legal form (ask finance).
    p : FundingParameters
        Rate.

    Returns
    -------
    int
        Pence.
    """
    return round(pence * p.vat_rate * employer.vat_irrecoverable)


def redundancy(post: PostLine, served_terms: int, p: FundingParameters, term: int) -> tuple[int, int]:
    """Statutory redundancy pay and pension strain of ending a post that someone holds.

    Parameters
    ----------
    post : PostLine
        Salary.
    served_terms : int
        Terms that the person has served.
    p : FundingParameters
        Years of service after which it is due, weeks a year, cap of a week's pay.
    term : int
        Terms since the autumn after year 0.

    Returns
    -------
    pay, strain : int
        Pence; nought before the years of service after which it is due.
    """
    years = served_terms // TERMS_A_YEAR
    if years < p.redundancy_years:
        return 0, 0
    index = pay_index(term, post.teacher, p.pay_award)
    week = min(post.salary_gbp / WEEKS_A_YEAR, p.week_cap) * index
    pay = round(PENCE * week * p.redundancy_weeks * min(years, p.redundancy_most_years))
    return pay, round(PENCE * post.salary_gbp * index * p.pension_strain)
