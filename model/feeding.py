"""Where pupils go on to: the schools each source is known to feed, instead of the nearest."""

from __future__ import annotations

import numpy as np

from model.choice import Options
from model.place import Feeders


def with_feeders(options: Options, feeders: Feeders) -> Options:
    """Replace the schools considered by those a source feeds.

    Parameters
    ----------
    options : Options
        Nearest schools; the first sources are the schools of the place.
    feeders : Feeders
        Targets of each source with their pull.

    Returns
    -------
    Options
        Sources that feed no school that takes anyone keep their nearest.
    """
    used = options.target[feeders.target] > 0.0
    source, target = feeders.source[used], feeders.target[used]
    if not source.size:
        return options
    count = np.bincount(source, minlength=options.schools.shape[1])
    feeding = count > 0
    order = np.argsort(source, kind="stable")
    source, target, pull = source[order], target[order], feeders.log_odds[used][order]
    row = np.arange(len(source)) - np.repeat(np.cumsum(count[feeding]) - count[feeding], count[feeding])
    more = max(int(count.max()) - len(options.schools), 0)
    schools = np.pad(options.schools, ((0, more), (0, 0)), mode="edge")
    utility = np.pad(options.utility, ((0, more), (0, 0)), constant_values=-np.inf)
    utility[:, feeding] = -np.inf
    first = np.full(schools.shape[1], 0, dtype=np.intp)
    first[source[::-1]] = target[::-1]
    schools[:, feeding] = first[feeding]
    schools[row, source] = target
    utility[row, source] = pull + np.log(options.target[target])
    return Options(schools=schools, utility=utility, target=options.target)
