"""Which school a family chooses by distance and places: one of the nearest few, filled as planned."""

from itertools import accumulate
from math import exp, hypot, log

_ROUNDS = 25


def choices(schools, sources, places, scale, most):
    """Schools considered from each source, and the running sum of their chances.

    ``schools`` holds (x, y) of every school, ``sources`` (x, y, children) of every starting point, ``places``
    the planned intake of every school (0 where nobody can go); distance counts as a share of that to the
    furthest school considered.
    """
    considered = []
    for x, y, _ in sources:
        near = sorted((hypot(x - a, y - b), s) for s, (a, b) in enumerate(schools) if places[s] > 0.0)[:most]
        furthest = max(near[-1][0], 1e-9)
        considered.append([(s, log(places[s]) - distance / (scale * furthest)) for distance, s in near])
    constant = [0.0] * len(schools)
    children, planned = sum(n for _, _, n in sources), sum(places)
    for _ in range(_ROUNDS):
        intake = [0.0] * len(schools)
        for (_, _, n), options in zip(sources, considered, strict=True):
            for (s, _), chance in zip(options, _chances(options, constant), strict=True):
                intake[s] += n * chance
        for s, taken in enumerate(intake):
            if taken > 0.0:
                constant[s] += log(places[s] / planned / (taken / children))
    return [
        ([s for s, _ in options], list(accumulate(_chances(options, constant)))) for options in considered
    ]


def _chances(options, constant):
    odds = [exp(utility + constant[s]) for s, utility in options]
    total = sum(odds)
    return [x / total for x in odds]
