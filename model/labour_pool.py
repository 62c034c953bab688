"""One labour pool: who in a field works elsewhere, who is looking, whom a post filled here takes away.

People are whole: those elsewhere, looking, in posts here and gone from the field are, together, those there
at the start and those trained since. Nothing here is drawn: yearly rates become whole people by carrying
what is left over to the next term.
"""

from __future__ import annotations

from enum import IntEnum

from model.post_parameters import PostParameters
from model.terms import TERMS_A_YEAR

_PER = 10_000.0  # pupils, in rates of people


class Origin(IntEnum):
    """Where someone in post came from."""

    SCHOOL = 0
    HEALTH = 1
    NEIGHBOUR = 2
    LOOKING = 3
    TRAINED = 4
    SECONDED = 5
    START = 6

    @property
    def words(self) -> str:
        """As shown in records."""
        return _WORDS[self]


_WORDS = (
    "a school of the place",
    "the health service",
    "a neighbouring place",
    "between posts",
    "newly qualified",
    "seconded from a school of the place",
    "in post at the start",
)
_EMPLOYERS = (0, 1, 2)
_ANY = 1 << 30


def employer_shares(p: PostParameters, teacher: bool) -> tuple[float, float, float]:
    """Say where those of a field work.

    Parameters
    ----------
    p : PostParameters
        Shares.
    teacher : bool
        Whether the field's people are teachers.

    Returns
    -------
    schools, health, neighbours : float
        Shares, 1 together.
    """
    if teacher:
        return p.school_share_teachers, 0.0, 1.0 - p.school_share_teachers
    return p.school_share, p.health_share, 1.0 - p.school_share - p.health_share


class Pool:
    """Everyone in one field in and around one region; columns by employer elsewhere.

    Parameters
    ----------
    p : PostParameters
        Rates.
    teacher : bool
        Whether the field's people are teachers.
    pupils : float
        Of the region's schools in the place.

    Attributes
    ----------
    employed, vacant : list of int
        People at work and posts vacant at schools of the place, in the health service, and in neighbouring
        places.
    looking, trained, posts, quit : int
        Between posts; newly qualified this term and not yet at work; in posts here; gone from the field.
    start, ever_trained : int
        People there at the start; newly qualified since.
    """

    def __init__(self, p: PostParameters, teacher: bool, pupils: float) -> None:
        self._p = p
        people = (p.teachers if teacher else p.specialists) * (pupils + p.reach_pupils) / _PER
        self.looking = round(p.looking * people)
        shares = employer_shares(p, teacher)
        self.employed = [round(share * (people - self.looking)) for share in shares]
        self._losses = [p.quitting / TERMS_A_YEAR * n for n in self.employed]
        self.vacant = [round(loss / p.refill) for loss in self._losses]
        self._usually_vacant = sum(self.vacant)
        self._training = max((p.quitting + p.growth) / TERMS_A_YEAR, 0.0) * sum(self.employed)
        self._moving = p.movers / TERMS_A_YEAR
        self._usually_looking = self.looking + self._training
        self._usual = self._moving * sum(self.employed) + self._usually_looking
        self.trained, self.posts, self.quit, self.ever_trained = 0, 0, 0, 0
        self.start = self.looking + sum(self.employed)
        # parts of people carried over, by flow and employer: half at first, so that no flow begins late
        self._fills, self._leaves, self._moves, self._finishes = ([0.5] * 3 for _ in range(4))
        self._movers = [0, 0, 0]

    @property
    def people(self) -> int:
        """Everyone, wherever they are: those at the start and those trained since."""
        return sum(self.employed) + self.looking + self.trained + self.posts + self.quit

    @property
    def ease(self) -> float:
        """How many could come this term, over the usual number."""
        here = sum(self._movers) + self.looking + self.trained
        return here / self._usual if self._usual > 0.0 else 0.0

    @property
    def short(self) -> int:
        """Posts vacant elsewhere beyond the usual number."""
        return sum(self.vacant) - self._usually_vacant

    def new_term(self) -> None:
        """Others fill their vacant posts, some leave the field, some finish training, some would move."""
        self.looking += self.trained
        pace = self._p.refill * (min(1.0, self.looking / self._usually_looking) if self.looking else 0.0)
        employed, vacant = self.employed, self.vacant
        for e in _EMPLOYERS:
            n = self._whole(self._fills, e, pace * vacant[e], vacant[e])
            if n:
                n = min(n, self.looking)
                employed[e] += n
                vacant[e] -= n
                self.looking -= n
            n = self._whole(self._leaves, e, self._losses[e], employed[e])
            if n:
                employed[e] -= n
                vacant[e] += n
                self.quit += n
            self._movers[e] = self._whole(self._moves, e, self._moving * employed[e], employed[e])
        self.trained = self._whole(self._finishes, 0, self._training, _ANY)
        self.ever_trained += self.trained

    @staticmethod
    def _whole(owed: list[float], e: int, amount: float, limit: int) -> int:
        """Turn a rate into whole people and carry what is left over."""
        amount += owed[e]
        if amount < 1.0:
            owed[e] = amount
            return 0
        n = min(int(amount), limit)
        owed[e] = amount - n if n < limit else 0.0
        return n

    def found_in_post(self) -> None:
        """Count someone who is in a post here at the start."""
        self.posts += 1
        self.start += 1

    def take(self, luck: float) -> Origin | None:
        """Let someone come to a post here: every one of those who could is as likely.

        Parameters
        ----------
        luck : float
            Uniform in (0, 1).

        Returns
        -------
        Origin or None
            Where from; None where no one is left this term.
        """
        here = (*self._movers, self.looking, self.trained)
        rank = luck * sum(here)
        for origin, n in enumerate(here):
            if rank < n:
                self._come(Origin(origin))
                return Origin(origin)
            rank -= n
        return None

    def _come(self, origin: Origin) -> None:
        self.posts += 1
        if origin == Origin.LOOKING:
            self.looking -= 1
        elif origin == Origin.TRAINED:
            self.trained -= 1
        else:
            self._movers[origin] -= 1
            self.employed[origin] -= 1
            self.vacant[origin] += 1

    def leave(self, luck: float) -> bool:
        """Let someone leave a post here, for another or for good.

        Parameters
        ----------
        luck : float
            Uniform in (0, 1).

        Returns
        -------
        bool
            Whether the person leaves the field.
        """
        self.posts -= 1
        gone = luck < self._p.leaver_quits
        if gone:
            self.quit += 1
        else:
            self.looking += 1
        return gone

    def go_back(self) -> None:
        """Let someone seconded go back to the school; who stood in there, if anyone, is looking again."""
        self.posts -= 1
        if self.vacant[Origin.SCHOOL]:
            self.vacant[Origin.SCHOOL] -= 1
            self.employed[Origin.SCHOOL] += 1
        else:
            self.looking += 1


class EndlessPool(Pool):
    """The null version: people come at the usual pace and in the usual mix, and no one misses them."""

    @property
    def ease(self) -> float:
        """Always the usual supply."""
        return 1.0

    def new_term(self) -> None:
        """Nothing changes elsewhere."""

    def take(self, luck: float) -> Origin | None:
        """Let someone come.

        Parameters
        ----------
        luck : float
            Uniform in (0, 1).

        Returns
        -------
        Origin or None
            Where from, in the usual mix.
        """
        self.found_in_post()
        rank = luck * self._usual
        for origin, n in enumerate(self.employed):
            if rank < self._moving * n:
                return Origin(origin)
            rank -= self._moving * n
        return Origin.LOOKING if rank < self.looking else Origin.TRAINED

    def leave(self, luck: float) -> bool:
        """Let someone leave, as if never seen.

        Parameters
        ----------
        luck : float
            Not read.

        Returns
        -------
        bool
            False.
        """
        del luck
        self.posts -= 1
        self.start -= 1
        return False

    def go_back(self) -> None:
        """Let someone seconded go back; the school never missed them."""
        self.leave(0.0)
