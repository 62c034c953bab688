"""The share of schools that belong at year 0, as nearly as trusts that decide for many schools let it be."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from model.place import Bools, Floats, Index, Ints


class Certain(NamedTuple):
    """What a known share of members says of single deciders.

    Attributes
    ----------
    inside, outside : (n_deciders,) bool
        Decide for so many schools that the share could not be what it is if they did not, or did, belong.
    wanted : (n_la,) float64
        Schools of all other deciders that belong: their usual share, so that it stays as it is once a trust
        that is certain now changes its mind.
    """

    inside: Bools
    outside: Bools
    wanted: Floats


def certain(schools: Floats, la: Index, total: Ints, share: float) -> Certain:
    """Say who must belong, and who cannot, for a share of an LA's schools to belong.

    Parameters
    ----------
    schools : (n_deciders,) float64
        Schools that each decides for.
    la : (n_deciders,) intp
        Its LA.
    total : (n_la,) int64
        Schools of each LA.
    share : float
        Of the schools of each LA, 0 to 1.

    Returns
    -------
    Certain
        By decider, and what is left for the others.
    """
    members = share * total
    inside = schools > (total - members)[la] + 0.5
    outside = ~inside & (schools > members[la] + 0.5)
    others = np.bincount(la, schools * ~(inside | outside), len(total))
    return Certain(inside, outside, share * others)


def thresholds(eager: Floats, la: Index, schools: Floats, known: Certain) -> Floats:
    """Log odds of each LA at which as many schools belong as should.

    Deciders of whom nothing is certain belong if ``eager`` and the threshold exceed 0 together; it lies
    midway between the last that does and the first that does not.

    Parameters
    ----------
    eager : (n_deciders,) float64
        What moves each to belong, log odds, less the log odds of its attachment.
    la : (n_deciders,) intp
        Its LA.
    schools : (n_deciders,) float64
        Schools that it decides for.
    known : Certain
        Of whom something is certain.

    Returns
    -------
    (n_la,) float64
        Log odds; 0 where there is nobody to go by.
    """
    order = np.lexsort((-eager, la))
    order = order[~(known.inside | known.outside)[order]]
    n_la = len(known.wanted)
    at = np.zeros(n_la)
    for place, (first, last) in enumerate(pairwise(np.searchsorted(la[order], np.arange(n_la + 1)).tolist())):
        if first < last:
            here = order[first:last]
            belong = np.concatenate(([0.0], np.cumsum(schools[here])))
            number = int(np.abs(belong - known.wanted[place]).argmin())
            ends = np.concatenate(([eager[here[0]] + 1.0], eager[here], [eager[here[-1]] - 1.0]))
            at[place] = -(ends[number] + ends[number + 1]) / 2.0
    return at
