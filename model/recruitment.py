"""How long money is certain, and what that does to who stays, who comes and how soon they are of full use."""

from __future__ import annotations

import math

from model.arrangements import OPEN_ENDED
from model.post_parameters import PostParameters
from model.terms import MONTHS_A_TERM, TERMS_A_YEAR, share_a_term

_THREE_YEARS, _SECURE = (
    3,
    5,
)  # years for which there are rows; from five years on a post is as a permanent one
_LAST_TERMS = 2  # the last six months of a contract

ALWAYS = 1_000_000
"""``funded_until`` of a post whose money has no end in sight: a term that is never reached."""


def security(years: float) -> float:
    """Say how near to permanent a post looks: linear in the logarithm of the years of money.

    Parameters
    ----------
    years : float
        Years, above 0.

    Returns
    -------
    float
        0 for one year or less, 1 for five years or more.
    """
    return min(1.0, max(0.0, math.log(years) / math.log(_SECURE)))


class Horizons:
    """Chances and qualities by length of money, looked up by terms.

    Parameters
    ----------
    p : PostParameters
        Rates.
    quit_hazard : bool
        False: everyone leaves as from permanent posts.
    """

    def __init__(self, p: PostParameters, quit_hazard: bool = True) -> None:
        self._p, self._quit_hazard = p, quit_hazard
        self._leave: dict[int, float] = {}
        self._secure = share_a_term(p.leave_permanent)
        self._final = 1.0 - (1.0 - p.final_exit) ** (1.0 / _LAST_TERMS) if quit_hazard else 0.0

    def leave_a_year(self, horizon_terms: int) -> float:
        """Give the chance of leaving a post, apart from the last months of its money.

        Parameters
        ----------
        horizon_terms : int
            Length of the award in terms; ``OPEN_ENDED`` for permanent.

        Returns
        -------
        float
            Chance a year.
        """
        p, years = self._p, horizon_terms / TERMS_A_YEAR
        if not self._quit_hazard or horizon_terms == OPEN_ENDED or years >= _SECURE:
            return p.leave_permanent
        if years <= 1.0:
            return p.leave_1y
        if years <= _THREE_YEARS:
            share = math.log(years) / math.log(_THREE_YEARS)
            return p.leave_1y + share * (p.leave_3y - p.leave_1y)
        share = math.log(years / _THREE_YEARS) / math.log(_SECURE / _THREE_YEARS)
        return p.leave_3y + share * (p.leave_permanent - p.leave_3y)

    def secure(self, terms_left: int) -> bool:
        """Say whether a post is as good as permanent.

        Parameters
        ----------
        terms_left : int
            Terms of certain money.

        Returns
        -------
        bool
            From five years on.
        """
        return terms_left >= _SECURE * TERMS_A_YEAR

    def leave(self, horizon_terms: int, terms_left: int, notice: bool, seconded: bool) -> float:
        """Give the chance that someone in post is gone by the beginning of a term.

        Parameters
        ----------
        horizon_terms : int
            Length of the award in terms; ``OPEN_ENDED`` for permanent.
        terms_left : int
            Terms of certain money from that term on.
        notice : bool
            Whether notice has been given.
        seconded : bool
            Whether a school keeps a job open: then the end of the money matters less.

        Returns
        -------
        float
            Chance a term.
        """
        if terms_left > _LAST_TERMS and not notice and not seconded:
            return self._a_term(horizon_terms)
        stays = 1.0 - (self._secure if seconded else self._a_term(horizon_terms))
        if terms_left <= _LAST_TERMS and not seconded:
            stays *= 1.0 - self._final
        if notice:
            stays *= 1.0 - self._p.notice_leave
        return 1.0 - stays

    def _a_term(self, horizon_terms: int) -> float:
        if horizon_terms not in self._leave:
            self._leave[horizon_terms] = share_a_term(self.leave_a_year(horizon_terms))
        return self._leave[horizon_terms]

    def fill(self, searches: int, terms_left: int) -> float:
        """Give the chance that a term's search finds someone, at the usual supply.

        Parameters
        ----------
        searches : int
            Terms in which the post has been advertised before.
        terms_left : int
            Terms of certain money from this term on.

        Returns
        -------
        float
            Chance a term; 0 without time left. Below a year the ratio of the row is taken to the power of
            one over the years left, so that where it is 1 the time left does not matter.
        """
        p = self._p
        usual = p.fill_later if searches else p.fill_first
        years = terms_left / TERMS_A_YEAR
        if years >= _SECURE:
            return usual
        if years <= 0.0:
            return 0.0
        if years <= 1.0:
            return float(usual * p.fill_one_year ** (1.0 / years))
        return usual * (p.fill_one_year + (1.0 - p.fill_one_year) * security(years))

    def field(self, terms_left: int) -> float:
        """Give the mean quality of those who apply.

        Parameters
        ----------
        terms_left : int
            Terms of certain money.

        Returns
        -------
        float
            1 for a permanent post.
        """
        years = max(terms_left, 1) / TERMS_A_YEAR
        return 1.0 - self._p.weaker_field * (1.0 - security(years))

    def usual_vacancy(self) -> float:
        """Give the share of permanent posts that stand vacant in the long run at the usual supply.

        Returns
        -------
        float
            0 to 1: terms vacant over terms filled and vacant.
        """
        p = self._p
        vacant = 1.0 + (1.0 - p.fill_first) / p.fill_later
        return vacant / (vacant + 1.0 / self._secure) if self._secure > 0.0 else 0.0

    def usual_service(self, horizon_terms: int, luck: float) -> int:
        """Give terms already served by someone found in post.

        Parameters
        ----------
        horizon_terms : int
            Length of the award in terms; ``OPEN_ENDED`` for permanent.
        luck : float
            Uniform in (0, 1).

        Returns
        -------
        int
            Whole terms, at the post's rate of leaving; never longer than a working life.
        """
        leave = self._a_term(horizon_terms)
        if leave <= 0.0:
            return _LONGEST_SERVICE
        return min(int(math.log(luck) / math.log(1.0 - leave)), _LONGEST_SERVICE)


_LONGEST_SERVICE = 40 * TERMS_A_YEAR


def settling_in(setup_months: float) -> list[float]:
    """Give the use of a newcomer, term by term: it rises evenly to full over the first months.

    Parameters
    ----------
    setup_months : float
        Months until of full use, above 0.

    Returns
    -------
    list of float
        Mean over each term of service, 0 to 1; the last entry, 1, holds from then on.
    """
    means, start = [], 0.0
    while start < setup_months:
        rising = min(start + MONTHS_A_TERM, setup_months)
        area = (rising**2 - start**2) / (2.0 * setup_months) + (start + MONTHS_A_TERM - rising)
        means.append(area / MONTHS_A_TERM)
        start += MONTHS_A_TERM
    return [*means, 1.0]
