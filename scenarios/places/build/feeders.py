"""Feeder patterns: where the pupils of a school that ends before Year 11 are likely to go on to.

No source publishes flows between schools. The pull of each next school is put together from distance, demand,
religious character, gender and shared names. How many go where is settled in the model, which fills every
school to its plan. Strengths were chosen on 2,661 secondary schools of England in 2018: the mix of the
disadvantaged shares of the schools that feed each gives its own share, about its LA's mean, with r 0.74 and
slope 1.02 (distance alone: r 0.68).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.choice import NEAREST_AT_TRANSITION, is_mainstream
from model.place import FIRST_SECONDARY_YEAR_GROUP, YEAR_GROUPS, Bools, Feeders, Floats, Index, Schools

DISTANCE_SCALE = 0.12
"""Distance at which pull falls by e, over the distance to the tenth nearest (allowed: 0.05 to 0.5).

Where there are fewer than ten, the tenth is put where schools as dense would have it.
"""

DEMAND_EXPONENT = 0.5
"""How much faster pull falls with distance in a school in demand: exponent of first preferences a place.

An assumption (allowed: 0 to 1): an oversubscribed school ends its offers nearer to its gate.
"""

DEMAND_RANGE = (0.7, 1.5)
"""Bounds of that factor."""

SELECTIVE_REACH = 0.5
"""Factor to the fall with distance in a school that selects: an assumption (allowed: 0.2 to 1)."""

JUNIOR_MATCH = 5.0
"""Log odds added where both schools bear one name (infant and junior): an assumption (allowed: 0 to 8)."""

FEDERATION_MATCH = 2.0
"""Log odds added where both belong to one federation: an assumption (allowed: 0 to 6)."""

GENDER_TARGET = float(np.log(0.5))
"""Log odds added for a school of one gender: it can take half of the pupils."""

MATCHED_FAITH = {"catholic": 3.5, "church of england": 0.6, "other": 3.0}
"""Log odds added where both schools have the same religious character (allowed: 0 to 5)."""

FOREIGN_FAITH = {"catholic": -1.0, "church of england": -0.2, "other": -1.2}
"""Log odds added where only the next school has that religious character (allowed: -3 to 0)."""

COVER = 2.0
"""Every next school is within reach of at least this many times its intake, where the LA has so many."""

_GENERIC = frozenset(
    (
        "infant", "infants", "junior", "juniors", "primary", "first", "middle", "lower", "upper", "school",
        "schools", "academy", "nursery", "and", "the", "of", "ce", "c", "e", "cofe", "rc", "catholic",
        "church", "england", "roman", "community", "voluntary", "aided", "controlled", "va", "vc",
        "foundation", "free", "federation", "with", "unit",
    )
)  # fmt: skip
"""Words of school names that do not tell one school from another."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Traits:
    """What is read of the schools, in the order of the place.

    Attributes
    ----------
    faith : (n_schools,) object
        A key of `MATCHED_FAITH`, or "".
    one_gender : (n_schools,) bool
        Boys or girls only.
    stem : (n_schools,) object
        What tells the name from others, "" where nothing does.
    federation : (n_schools,) object
        Federation, "" where none.
    demand : (n_schools,) float64
        First preferences a place, NaN where not known.
    """

    faith: Index
    one_gender: Bools
    stem: Index
    federation: Index
    demand: Floats


def traits(table: pd.DataFrame) -> Traits:
    """Read what feeder patterns depend on.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a school: name, religious, gender, federation, preference_ratio.

    Returns
    -------
    Traits
        In the same order.
    """
    return Traits(
        faith=np.array([faith_of(text) for text in _texts(table, "religious")], dtype=object),
        one_gender=np.array(
            [text.lower() in ("boys", "girls") for text in _texts(table, "gender")], dtype=np.bool_
        ),
        stem=np.array([name_stem(text) for text in _texts(table, "name")], dtype=object),
        federation=np.array(_texts(table, "federation"), dtype=object),
        demand=table["preference_ratio"].to_numpy(dtype=np.float64),
    )


def _texts(table: pd.DataFrame, column: str) -> list[str]:
    values = table[column]
    return [str(text).strip() for text in values.where(values.notna(), "")]


def faith_of(text: str) -> str:
    """Give the kind of religious character.

    Parameters
    ----------
    text : str
        As in GIAS, such as ``Roman Catholic``.

    Returns
    -------
    str
        A key of `MATCHED_FAITH`, or "" where there is none.
    """
    plain = text.lower()
    if not plain or plain in ("none", "does not apply", "not applicable", "nan", "null"):
        return ""
    if "catholic" in plain:
        return "catholic"
    christian = ("church", "christian", "methodist", "anglican", "reformed", "baptist", "quaker", "moravian")
    return "church of england" if any(word in plain for word in christian) else "other"


def name_stem(name: str) -> str:
    """Give what tells a school's name from others: the name without words such as infant or school.

    Parameters
    ----------
    name : str
        Name of a school.

    Returns
    -------
    str
        Words left, in lower case.
    """
    words = re.findall(r"[a-z0-9]+", name[:200].lower().replace("'", ""))
    return " ".join(word for word in words if word not in _GENERIC)


def feeder_patterns(schools: Schools, of: Traits) -> Feeders:
    """List the likeliest next schools of every school that ends before Year 11.

    Parameters
    ----------
    schools : Schools
        Schools of the place.
    of : Traits
        In the same order.

    Returns
    -------
    Feeders
        About ten for each source, in its own LA; a school that no source would list is listed by the nearest.
    """
    mainstream = is_mainstream(schools)
    ends = np.unique(schools.last_year_group[mainstream & (schools.last_year_group < YEAR_GROUPS - 1)])
    parts: list[tuple[Index, Index, Floats]] = []
    for last in ends:
        target = intake_after(schools, mainstream, int(last))
        for la in np.unique(schools.la):
            here = mainstream & (schools.la == la)
            sources = np.flatnonzero(here & (schools.last_year_group == last))
            targets = np.flatnonzero(here & (target > 0.0))
            if sources.size and targets.size:
                parts.append(_of_la(schools, of, sources, targets, target[targets]))
    source = np.concatenate([part[0] for part in parts] or [np.zeros(0, dtype=np.intp)])
    order = np.argsort(source, kind="stable")
    target_rows = np.concatenate([part[1] for part in parts] or [np.zeros(0, dtype=np.intp)])
    odds = np.concatenate([part[2] for part in parts] or [np.zeros(0)])
    return Feeders(
        source=source[order].astype(np.int32),
        target=target_rows[order].astype(np.int32),
        log_odds=odds[order],
    )


def intake_after(schools: Schools, mainstream: Bools, last: int) -> Floats:
    """Give the pupils each school plans to take from schools that end with a year group.

    Parameters
    ----------
    schools : Schools
        Schools of the place.
    mainstream : (n_schools,) bool
        Whether each is mainstream.
    last : int
        Last year group of the schools left, 0 to 10.

    Returns
    -------
    (n_schools,) float64
        Pupils a year.
    """
    target = np.where(mainstream & (schools.first_year_group == last + 1), schools.places, 0.0)
    if last + 1 == FIRST_SECONDARY_YEAR_GROUP:
        target = target + np.where(mainstream, schools.places_year_7, 0.0)
    return np.asarray(target)


def _of_la(
    schools: Schools, of: Traits, sources: Index, targets: Index, intake: Floats
) -> tuple[Index, Index, Floats]:
    """Sources, targets and log odds of one LA and transition."""
    apart = np.hypot(
        schools.x_km[sources, None] - schools.x_km[None, targets],
        schools.y_km[sources, None] - schools.y_km[None, targets],
    )
    odds = _log_odds(schools, of, sources, targets, apart)
    k = min(NEAREST_AT_TRANSITION, len(targets))
    rank = np.argsort(np.argsort(-(odds + np.log(intake)[None, :]), axis=1, kind="stable"), axis=1)
    listed = (rank < k) | _cover(odds, schools.places[sources], intake)
    row, column = np.nonzero(listed)
    return sources[row], targets[column], odds[row, column]


def _log_odds(schools: Schools, of: Traits, sources: Index, targets: Index, apart: Floats) -> Floats:
    """Pull of each target on each source, sizes left out; shape (n_sources, n_targets)."""
    k = min(NEAREST_AT_TRANSITION, len(targets))
    tenth = np.sort(apart, axis=1)[:, k - 1 : k] * np.sqrt(NEAREST_AT_TRANSITION / k)
    ratio = of.demand[targets]
    usual = float(np.nanmedian(ratio)) if np.any(ratio > 0.0) else 1.0
    with np.errstate(invalid="ignore"):
        demand = np.where(ratio > 0.0, (ratio / usual) ** DEMAND_EXPONENT, 1.0)
    demand = np.clip(demand, *DEMAND_RANGE) * np.where(schools.selective[targets], SELECTIVE_REACH, 1.0)
    odds = -(apart / np.maximum(tenth, 1e-6)) / DISTANCE_SCALE * demand[None, :]
    for kind, matched in MATCHED_FAITH.items():
        to, come = of.faith[targets] == kind, of.faith[sources] == kind
        odds += np.where(to[None, :], np.where(come[:, None], matched, FOREIGN_FAITH[kind]), 0.0)
    both = ~of.one_gender[sources]
    odds += GENDER_TARGET * (of.one_gender[targets][None, :] & both[:, None])
    odds += JUNIOR_MATCH * _same(of.stem, sources, targets)
    odds += FEDERATION_MATCH * _same(of.federation, sources, targets)
    return np.asarray(odds, dtype=np.float64)


def _same(words: Index, sources: Index, targets: Index) -> Bools:
    """Whether source and target share a word that is not empty."""
    codes, known = pd.factorize(words)
    empty = np.flatnonzero(known == "")
    a, b = codes[sources], codes[targets]
    return np.asarray((a[:, None] == b[None, :]) & (a[:, None] != (empty[0] if empty.size else -1)))


def _cover(odds: Floats, leavers: Floats, intake: Floats) -> Bools:
    """List each target by the sources it pulls most, until these hold enough pupils for it."""
    relative = odds - odds.max(axis=1, keepdims=True)
    order = np.argsort(-relative, axis=0, kind="stable")
    held = np.cumsum(leavers[order], axis=0) - leavers[order]
    enough = held < COVER * intake[None, :]
    listed = np.zeros(odds.shape, dtype=np.bool_)
    np.put_along_axis(listed, order, enough, axis=0)
    return listed
