"""The labour pools of a place, one a kind of post and region, and what posts here took from them."""

from __future__ import annotations

from collections.abc import Sequence

from model.labour_pool import EndlessPool, Origin, Pool
from model.pool_flows import PoolFlows
from model.post_kinds import PostKind
from model.post_parameters import PostParameters
from model.terms import TERMS_A_YEAR

__all__ = ["LabourPools", "Origin"]


class LabourPools:
    """The pools of a place: one a kind of post and region, and what they gave and lost each year.

    Parameters
    ----------
    p : PostParameters
        Rates.
    kinds : sequence of PostKind
        Kinds of post.
    pupils : sequence of float
        Pupils on roll by LA, at year 0.
    regions : sequence of int
        Region of each LA, numbered from 0; LAs of one region draw on the same people.
    finite : bool
        False: the null version.

    Attributes
    ----------
    pools : list of Pool
        By kind, then region.
    flows : PoolFlows
        Counts by year and kind.
    """

    def __init__(
        self,
        p: PostParameters,
        kinds: Sequence[PostKind],
        pupils: Sequence[float],
        regions: Sequence[int],
        finite: bool = True,
    ) -> None:
        self._regions, self._n_regions = list(regions), max(regions, default=-1) + 1
        totals = [0.0] * self._n_regions
        for region, number in zip(regions, pupils, strict=True):
            totals[region] += float(number)
        make = Pool if finite else EndlessPool
        self.finite = finite
        self.pools = [make(p, kind.teacher, total) for kind in kinds for total in totals]
        self.flows = PoolFlows(tuple(kind.name for kind in kinds))
        self._year = 0

    def of(self, la: int, kind: int) -> Pool:
        """Give the pool on which a post draws.

        Parameters
        ----------
        la, kind : int
            LA index; index of the kind.

        Returns
        -------
        Pool
            Shared by all LAs of the region.
        """
        return self.pools[kind * self._n_regions + self._regions[la]]

    def new_term(self, term: int) -> None:
        """Let a term pass elsewhere.

        Parameters
        ----------
        term : int
            Terms since the autumn after year 0.
        """
        self._year = term // TERMS_A_YEAR
        for pool in self.pools:
            pool.new_term()

    def take(self, la: int, kind: int, luck: float) -> Origin | None:
        """Let someone come to a post, and count it.

        Parameters
        ----------
        la, kind : int
            LA index; index of the kind.
        luck : float
            Uniform in (0, 1).

        Returns
        -------
        Origin or None
            Where from; None where no one is left this term.
        """
        origin = self.of(la, kind).take(luck)
        if origin is not None and self.finite:
            self.flows.came(self._year, kind, origin)
        return origin

    def let_go(self, la: int, kind: int, seconded: bool, luck: float) -> None:
        """Let someone leave a post, and count it.

        Parameters
        ----------
        la, kind : int
            LA index; index of the kind.
        seconded : bool
            Whether the person goes back to a school.
        luck : float
            Uniform in (0, 1).
        """
        pool, gone = self.of(la, kind), False
        if seconded:
            pool.go_back()
        else:
            gone = pool.leave(luck)
        if self.finite:
            self.flows.went(self._year, kind, gone)

    def short_elsewhere(self) -> int:
        """Count posts vacant elsewhere beyond the usual number.

        Returns
        -------
        int
            Over all kinds; below 0 where others are better staffed than usual.
        """
        return sum(pool.short for pool in self.pools)
