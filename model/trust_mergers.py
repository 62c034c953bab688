"""Trusts merge: a smaller one asks the nearest larger of its kind, with all its schools, elsewhere too."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from model.odds import log_odds_of
from model.place import Floats
from model.sponsors import NO_ONE, Sponsors
from model.trust_parameters import TrustParameters
from model.trusts import Trusts


def merge(trusts: Trusts, sponsors: Sponsors, p: TrustParameters, luck: Floats) -> Iterator[tuple[int, str]]:
    """Merge trusts at the end of a year; ``facts.trust`` and ``trusts.elsewhere`` become new arrays.

    Parameters
    ----------
    trusts : Trusts
        Trusts and their schools.
    sponsors : Sponsors
        Who decides as a taker.
    p : TrustParameters
        One draw.
    luck : (n_trusts,) float64
        In (0, 1): whether a trust asks, and, spread over (0, 1) again, whether the other agrees.

    Yields
    ------
    la, text : int, str
        For an event.
    """
    several = trusts.sizes() > 1.0
    founded = trusts.index.founded(np.arange(trusts.n_trusts))
    for index in np.flatnonzero(several & ~founded & (luck < p.merger)).tolist():
        rows = trusts.rows(index)
        if not len(rows):
            continue
        taker, km = sponsors.nearest_larger(index)
        log_odds = log_odds_of(p.accept_usual) - p.accept_distance * km
        if taker == NO_ONE or not sponsors.agent_takes(taker, log_odds, 0.0, float(luck[index] / p.merger)):
            continue
        trust, elsewhere = trusts.facts.trust.copy(), trusts.elsewhere.copy()
        trust[rows] = taker
        elsewhere[taker] += elsewhere[index]
        elsewhere[index] = 0.0
        trusts.facts.trust, trusts.elsewhere = trust, elsewhere
        many = "one school here goes" if len(rows) == 1 else f"{len(rows)} schools here go"
        yield int(trusts.facts.area[rows[0]]), f"{many} to {trusts.described(taker)}"
