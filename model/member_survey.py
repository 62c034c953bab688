"""The yearly survey of members: who is content rates higher, and answers more."""

from __future__ import annotations

import numpy as np

from model.membership_parameters import MembershipParameters
from model.place import Bools, Floats
from model.randomness import Chance

_SCHOOLS = 0
_TOP = 10.0


class MemberSurvey:
    """Ratings of 0 to 10 by members, and what of them the partnership gets to see.

    Parameters
    ----------
    p : MembershipParameters
        One draw.
    chance : Chance
        Streams ``member survey`` (taste, of the draw) and ``member survey (answers)``.
    n_schools : int
        Number of schools.

    Attributes
    ----------
    ratings : (n_schools,) float64
        What each school would answer, 0 to 10; of the last year.
    answered : (n_schools,) bool
        Who did.
    rating, response, true_rating : float
        Mean of those who answered, per cent of members that answered, mean of all members; not a number
        where there is none.
    """

    def __init__(self, p: MembershipParameters, chance: Chance, n_schools: int) -> None:
        self._p, self._chance, self._n = p, chance, n_schools
        self._taste = p.rating_spread * chance.for_draw().normals("member survey", _SCHOOLS, 0, n_schools)
        self.ratings: Floats = np.zeros(n_schools)
        self.answered: Bools = np.zeros(n_schools, dtype=np.bool_)
        self.rating = self.response = self.true_rating = float("nan")

    def ask(self, term: int, member: Bools, value: Floats, trust: Floats) -> None:
        """Ask all members.

        Parameters
        ----------
        term : int
            Date.
        member : (n_schools,) bool
            Who is asked.
        value : (n_schools,) float64
            What each gets for what it gives against the usual, log odds.
        trust : (n_schools,) float64
            Mutual trust against the usual.
        """
        p = self._p
        raw = p.rating_usual + p.rating_value * value + p.rating_trust * trust + self._taste
        self.ratings = np.clip(raw, 0.0, _TOP)
        usual = np.log(p.response_usual / (1.0 - p.response_usual))
        answers = 1.0 / (1.0 + np.exp(-usual - p.response_weight * (self.ratings - p.rating_usual)))
        luck = self._chance.uniforms("member survey (answers)", _SCHOOLS, term, self._n)
        self.answered = member & (luck < answers)
        asked, answers_in = np.count_nonzero(member), np.count_nonzero(self.answered)
        nan = float("nan")
        self.true_rating = float((self.ratings * member).sum()) / asked if asked else nan
        self.rating = float((self.ratings * self.answered).sum()) / answers_in if answers_in else nan
        self.response = 100.0 * answers_in / asked if asked else nan
