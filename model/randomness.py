"""Named streams of chance, addressed by lasting identity.

A draw belongs to (seed, draw, replicate, mechanism, block, date) and a position in its block: a birth
cohort's children or the place's schools. Nothing that happens elsewhere can shift it. Normals come by
inverse transform from 16 bits each, so that every draw uses the same number of words; values are equally
likely quantiles, standardised to variance one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from model.copies import Copies
from model.place import Floats, Index

Blocks = Sequence[tuple[int, int]]
"""Lasting identity and number of members of each block."""

LEVELS = 1 << 16
"""Number of equally likely values of one draw."""

DRAW_ONLY = -1
"""``replicate`` of what belongs to a draw and not to chance: unknown but fixed facts."""

_PIECE = 1 << 16  # words looked up at a time

_POOL = 4  # words to which NumPy fills up what comes before a spawn key


@cache
def normal_quantiles() -> Floats:
    """Quantiles of the standard normal at the middles of 65,536 equal steps, scaled to variance one.

    Returns
    -------
    (65536,) float64
        Read-only.
    """
    table = ndtri((np.arange(LEVELS) + 0.5) / LEVELS)
    table /= np.sqrt(np.mean(table**2))
    table.setflags(write=False)
    return np.asarray(table, dtype=np.float64)


def _halves(number: int) -> list[int]:
    """Words of 32 bits that make up a number, lowest first."""
    words = [number & 0xFFFFFFFF]
    while number := number >> 32:
        words.append(number & 0xFFFFFFFF)
    return words


@lru_cache(maxsize=256)
def _key(seed: int, draw: int, replicate: int, mechanism: str) -> tuple[int, int]:
    """Philox key of a mechanism's stream: the name enters with its length, so no two names can meet.

    It is that of ``SeedSequence([seed, draw, replicate + 1], spawn_key=(length, *name))``, whose words are
    put together here, as NumPy takes five times longer to do so.
    """
    name = mechanism.encode()
    entropy = [word for number in (seed, draw, replicate - DRAW_ONLY) for word in _halves(number)]
    padding = [0] * (_POOL - len(entropy))
    words = np.array([*entropy, *padding, len(name), *name], dtype=np.uint32)
    first, second = np.random.SeedSequence(words).generate_state(2, np.uint64).tolist()
    return first, second


@lru_cache(maxsize=64)
def _pair_tables(correlation: float) -> tuple[Floats, Floats]:
    """Quantiles of the part that two correlated normals share, and of the part in which they differ."""
    table = normal_quantiles()
    return np.sqrt(0.5 * (1.0 + correlation)) * table, np.sqrt(0.5 * (1.0 - correlation)) * table


def look_up(table: Floats, words: NDArray[np.uint16]) -> Floats:
    """Look words up in a table, piece by piece: what is needed on the way stays small and near.

    Parameters
    ----------
    table : (65536,) float64
        Values.
    words : (n,) uint16
        Rows of the table.

    Returns
    -------
    (n,) float64
        Value of each word.
    """
    found = np.empty(len(words))
    for start in range(0, len(words), _PIECE):
        piece = slice(start, start + _PIECE)
        # rows of NumPy's own integer type are found five times faster, and put in place only when clipped
        np.take(table, words[piece].astype(np.intp), out=found[piece], mode="clip")
    return found


def _paired(words: NDArray[np.uint16], correlation: float) -> tuple[Floats, Floats]:
    """Correlated standard normals from two words each."""
    common_table, own_table = _pair_tables(correlation)
    common, own = look_up(common_table, words[::2]), look_up(own_table, words[1::2])
    own += common
    common *= 2.0
    common -= own
    return own, common


class Chance:
    """All chance of one (seed, draw, replicate).

    Parameters
    ----------
    seed, draw, replicate : int
        Zero or above; ``replicate`` may be ``DRAW_ONLY``.
    keep : bool
        Keep blocks once drawn, for the scenarios of one pair; memory is freed with the object.
    copies : Copies or None
        How the start that these scenarios share is put by; None where each begins by itself.

    Attributes
    ----------
    come_of_it : dict or None
        What others keep of what this chance led to, alike for all scenarios of a pair; None unless ``keep``.
    """

    def __init__(
        self, seed: int, draw: int, replicate: int, *, keep: bool = False, copies: Copies | None = None
    ) -> None:
        self.seed, self.draw, self.replicate, self.copies = seed, draw, replicate, copies
        self._kept: dict[tuple[str, int, int, int], NDArray[np.uint16]] | None = {} if keep else None
        self.come_of_it: dict[Hashable, Any] | None = {} if keep else None
        self._source = np.random.Philox(0)
        # numbers of Python set the state ten times faster than arrays
        self._state: Any = {**self._source.state, "buffer": [0, 0, 0, 0]}

    def for_draw(self) -> Chance:
        """Chance of the draw alone, shared by all its replicates."""
        return Chance(self.seed, self.draw, DRAW_ONLY)

    def words(self, mechanism: str, block: int, date: int, size: int) -> NDArray[np.uint16]:
        """Give the first ``size`` 16-bit words of a block; a longer block begins with the same words.

        Parameters
        ----------
        mechanism : str
            Name of the stream.
        block : int
            Lasting identity of the block (birth cohort; 0 for the schools of the place).
        date : int
            Year, or term since the year 0.
        size : int
            Number of words.

        Returns
        -------
        (size,) uint16
            Uniform words; not to be written to.
        """
        address = (mechanism, block, date, size)
        if self._kept is not None and address in self._kept:
            return self._kept[address]
        words = self._draw(mechanism, block, date, size)
        if self._kept is not None:
            self._kept[address] = words
        return words

    def _draw(self, mechanism: str, block: int, date: int, size: int) -> NDArray[np.uint16]:
        # setting the state of one generator is twenty times faster than making one
        self._state["state"] = {
            "counter": [0, 0, block & 0xFFFFFFFF, date & 0xFFFFFFFF],
            "key": _key(self.seed, self.draw, self.replicate, mechanism),
        }
        self._source.state = self._state
        return self._source.random_raw(-(-size // 4)).view(np.uint16)[:size]

    def gather(self, mechanism: str, blocks: Blocks, date: int, each: int = 1) -> NDArray[np.uint16]:
        """Give the words of several blocks, one after another.

        Parameters
        ----------
        mechanism : str
            Name of the stream.
        blocks : sequence of (int, int)
            Lasting identity and number of members of each block.
        date : int
            As for ``words``.
        each : int
            Words a member.

        Returns
        -------
        (total,) uint16
            As ``words`` of each block gives; not to be written to.
        """
        total = each * sum(size for _, size in blocks)
        address = (f"{mechanism}+", blocks[0][0], date, total)
        if self._kept is not None and address in self._kept:
            return self._kept[address]
        words, start = np.empty(total, dtype=np.uint16), 0
        for block, size in blocks:
            words[start : start + each * size] = self._draw(mechanism, block, date, each * size)
            start += each * size
        if self._kept is not None:
            self._kept[address] = words
        return words

    def normals_of(self, mechanism: str, blocks: Blocks, date: int) -> Floats:
        """Standard normals of several blocks, one word each.

        Parameters
        ----------
        mechanism : str
            Name of the stream.
        blocks : sequence of (int, int)
            As for ``gather``.
        date : int
            As for ``words``.

        Returns
        -------
        (total,) float64
            Mean 0, SD 1.
        """
        return look_up(normal_quantiles(), self.gather(mechanism, blocks, date))

    def normals(self, mechanism: str, block: int, date: int, size: int) -> Floats:
        """Standard normals, one word each.

        Parameters
        ----------
        mechanism : str
            Name of the stream.
        block, date : int
            As for ``words``.
        size : int
            Number of normals.

        Returns
        -------
        (size,) float64
            Mean 0, SD 1.
        """
        return look_up(normal_quantiles(), self.words(mechanism, block, date, size))

    def pairs(
        self, mechanism: str, block: int, date: int, size: int, correlation: float
    ) -> tuple[Floats, Floats]:
        """Correlated standard normals for literacy and maths, two words each.

        Parameters
        ----------
        mechanism : str
            Name of the stream.
        block, date : int
            As for ``words``.
        size : int
            Number of pairs.
        correlation : float
            Correlation within a pair, -1 to 1.

        Returns
        -------
        literacy, maths : (size,) float64
            Mean 0, SD 1.
        """
        return _paired(self.words(mechanism, block, date, 2 * size), correlation)

    def pairs_of(
        self, mechanism: str, blocks: Blocks, date: int, correlation: float
    ) -> tuple[Floats, Floats]:
        """Correlated standard normals for literacy and maths of several blocks, two words each.

        Parameters
        ----------
        mechanism : str
            Name of the stream.
        blocks : sequence of (int, int)
            As for ``gather``.
        date : int
            As for ``words``.
        correlation : float
            Correlation within a pair, -1 to 1.

        Returns
        -------
        literacy, maths : (total,) float64
            Mean 0, SD 1.
        """
        return _paired(self.gather(mechanism, blocks, date, 2), correlation)

    def uniforms(self, mechanism: str, block: int, date: int, size: int, rows: Index | None = None) -> Floats:
        """Uniforms in (0, 1), one word each.

        Parameters
        ----------
        mechanism : str
            Name of the stream.
        block, date : int
            As for ``words``.
        size : int
            Number of members of the block.
        rows : (n,) intp, optional
            Members asked about; all by default.

        Returns
        -------
        (n,) or (size,) float64
            Never exactly 0 or 1.
        """
        words = self.words(mechanism, block, date, size)
        return ((words if rows is None else words[rows]) + 0.5) * (1.0 / LEVELS)


def draw_quantile(seed: int, draw: int, name: str) -> float:
    """Give the quantile at which an uncertain quantity is read in one draw: the same in every scenario.

    Parameters
    ----------
    seed, draw : int
        Which draw.
    name : str
        Evidence row id or parameter name.

    Returns
    -------
    float
        In (0, 1).
    """
    digest = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    words = np.random.SeedSequence([seed, draw, digest]).generate_state(1, np.uint64)
    return (float(words[0] >> np.uint64(11)) + 0.5) / float(1 << 53)
