"""Who comes to a post: how good they are at it, whether a school lends them, and which school misses them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from model.institution_facts import Facts
from model.labour_pool import Origin
from model.post_parameters import PostParameters
from model.randomness import normal_quantiles
from model.recruitment import Horizons

NO_SCHOOL = -1


class Newcomers:
    """Draws of people, by uniform luck or words handed in.

    Parameters
    ----------
    facts : Facts
        Schools, their LAs and pupils at year 0.
    p : PostParameters
        Qualities and shares.
    horizons : Horizons
        What length of money does to the field.
    finite : bool
        Whether schools miss those who leave them.
    """

    def __init__(self, facts: Facts, p: PostParameters, horizons: Horizons, *, finite: bool) -> None:
        self._p, self._horizons, self._finite = p, horizons, finite
        self._rows: list[list[int]] = [[] for _ in range(facts.n_la)]
        for row, la in enumerate(facts.la.tolist()):
            self._rows[la].append(row)
        pupils = facts.pupils.tolist()
        self._up_to = [list(accumulate(pupils[row] for row in rows)) for rows in self._rows]
        self._normals = normal_quantiles()

    def lent(self, origin: Origin, terms_left: int, luck: float) -> bool:
        """Say whether a school of the place lends the person: only to posts of limited funding.

        Parameters
        ----------
        origin : Origin
            Where the person comes from.
        terms_left : int
            Terms of certain money.
        luck : float
            Uniform in (0, 1).

        Returns
        -------
        bool
            Whether the person may go back.
        """
        return origin == Origin.SCHOOL and not self._horizons.secure(terms_left) and luck < self._p.secondment

    def quality(self, origin: Origin, terms_left: int, supervised: bool, word: int) -> float:
        """Draw how good the person is.

        Parameters
        ----------
        origin : Origin
            Where the person comes from; those lent are not of a weaker field.
        terms_left : int
            Terms of certain money.
        supervised : bool
            Whether a colleague of the kind or a broker is in post.
        word : int
            16-bit word of luck.

        Returns
        -------
        float
            1 is usual; may be below 0.
        """
        p = self._p
        mean = 1.0 if origin == Origin.SECONDED else self._horizons.field(terms_left)
        if origin == Origin.TRAINED:
            mean -= p.newly_trained_loss * (1.0 - p.supervision_gain * supervised)
        return float(mean + p.quality_sd * self._normals[word])

    def school(self, origin: Origin, la: int, luck: float) -> int:
        """Say which school of the LA the person leaves: larger ones have more to lose.

        Parameters
        ----------
        origin : Origin
            Where the person comes from.
        la : int
            LA index.
        luck : float
            Uniform in (0, 1).

        Returns
        -------
        int
            Row of the school; -1 where it is no school of the place.
        """
        up_to = self._up_to[la]
        if origin != Origin.SCHOOL or not self._finite or not up_to or up_to[-1] <= 0.0:
            return NO_SCHOOL
        return self._rows[la][bisect_right(up_to, luck * up_to[-1])]
