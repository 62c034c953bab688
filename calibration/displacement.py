"""A place that hires: what it gains, what its neighbour loses, and what is left net.

Run ``python -m calibration.displacement``. Two authorities of one labour market; one of them is given more
money for posts, in the same draw and chance. Both authorities' specialists are counted, and the posts that
schools, the health service and other places lost.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.plans import RESULTS, in_processes, keep, sampler, show
from calibration.worlds import mean_and_error
from model.alone import run_alone
from model.arrangements import Arrangement, Award, Change, Stream
from model.institutions import Institutions
from model.levers import Levers
from model.place import Floats, Place
from model.randomness import Chance
from model.terms import TERMS_A_YEAR
from scenarios import library
from scenarios.places.rates import join_rates, join_results
from scenarios.places.resolve import resolve
from scenarios.places.synthesis import join_areas, join_schools

_APART_KM = 30.0

COLUMNS = ["hires", "neighbour", "vacant elsewhere"]


def hiring(stands: Arrangement, la: str, gbp_per_pupil: float) -> Arrangement:
    """Give one authority more money, and all authorities the wish for as many more posts.

    Parameters
    ----------
    stands : Arrangement
        What stands.
    la : str
        Name of the LA that is paid.
    gbp_per_pupil : float
        GBP a year for each of its pupils, for good.

    Returns
    -------
    Arrangement
        Posts that no one pays for are not filled.
    """
    more = Award(
        name="more specialists", stream=Stream.HIGH_NEEDS_BLOCK, gbp_per_pupil=gbp_per_pupil, only_in=(la,)
    )
    lines = tuple(replace(line, per_10_000_pupils=2.0 * line.per_10_000_pupils) for line in stands.posts)
    return replace(stands, awards=(*stands.awards, more), posts=lines)


def years_in_post(whole: Institutions, first: int, last: int) -> Floats:
    """Specialists in post, whole-time, mean of a span of terms; by LA.

    Parameters
    ----------
    whole : Institutions
        Run.
    first, last : int
        Terms, both included.

    Returns
    -------
    (n_la,) float64
        Posts held, brokers left out.
    """
    rows = whole.record().posts
    held = np.zeros(whole.facts.n_la)
    spans = zip(rows.la.tolist(), rows.from_term.tolist(), rows.to_term.tolist(), strict=True)
    for la, begun, ended in spans:
        held[la] += max(min(ended, last) - max(begun, first) + 1, 0)
    return held / (last - first + 1)


def once(
    place: Place, draw: int, replicate: int, gbp: float, years: int, off: tuple[str, ...]
) -> list[float]:
    """Run both worlds once.

    Parameters
    ----------
    place : Place
        Two authorities or more; the first hires.
    draw, replicate : int
        Draw 0 is central.
    gbp : float
        GBP a pupil a year.
    years : int
        Projected years; the last half is counted.
    off : tuple of str
        Mechanisms switched off.

    Returns
    -------
    list of float
        Gain in specialists where it hires; change at its neighbours; posts lost elsewhere beyond the usual.
    """
    draws = sampler()
    levers = draws.levers(draw, library.load("baseline").dated(place.year))
    if levers.in_force is None:
        raise ValueError("nothing is in force at year 0")
    change = Change(announced=0, term=0, arrangement=hiring(levers.in_force, place.la_name[0], gbp))
    found = []
    for changes in ((), (change,)):
        whole = run_alone(
            place, Levers(in_force=levers.in_force, changes=changes), draws.parameters(draw), years=years,
            chance=Chance(draws.seed, draw, replicate), switches=dict.fromkeys(off, False),
        )  # fmt: skip
        span = (TERMS_A_YEAR * (years // 2), TERMS_A_YEAR * years - 1)
        found.append((years_in_post(whole, *span), float(whole.posts.pools.short_elsewhere())))
    (before, short), (after, then) = found
    gain = after - before
    return [float(gain[0]), float(gain[1:].sum()), then - short]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replicates", type=int, default=24, help="replicates (default 24)")
    parser.add_argument("--gbp", type=float, default=25.0, help="GBP a pupil a year more (default 25)")
    parser.add_argument("--years", type=int, default=10, help="projected years (default 10)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    place = two_authorities()
    rows: list[dict[str, object]] = []
    for off in ((), ("labour_pools",)):
        calls = [(place, 0, r + 1, asked.gbp, asked.years, off) for r in range(asked.replicates)]
        table = pd.DataFrame(in_processes(once, calls, asked.workers), columns=COLUMNS)
        table["net"] = table["hires"] + table["neighbour"] - table["vacant elsewhere"]
        row: dict[str, object] = {"world": "labour_pools off" if off else "as it is"}
        for name in table:
            row[str(name)], row[f"+- {name}"] = mean_and_error(table[name])
        rows.append(row)
    found = pd.DataFrame(rows)
    show(found, "Specialists in post: where a place hires, at its neighbour, vacant elsewhere, net", 2)
    keep(found, "displacement", asked.out)


def two_authorities() -> Place:
    """Give a place of two authorities of one labour market: the benchmark twice.

    Returns
    -------
    Place
        Alike in all but name and places of schools.
    """
    one = resolve("benchmark")
    schools, areas = one.schools, one.areas
    again = replace(
        schools, urn=schools.urn + int(schools.urn.max()), la=schools.la + 1, x_km=schools.x_km + _APART_KM,
        trust=np.where(schools.trust >= 0, schools.trust + int(schools.trust.max()) + 1, -1),
    )  # fmt: skip
    return replace(
        one, la_code=(1, 2), la_name=("Hiring", "Neighbouring"), schools=join_schools([schools, again]),
        areas=join_areas([areas, replace(areas, la=areas.la + 1, x_km=areas.x_km + _APART_KM)]),
        rates=join_rates([one.rates, one.rates]), results=join_results([one.results, one.results]),
        secondary_pupils=np.tile(one.secondary_pupils, 2),
    )  # fmt: skip


if __name__ == "__main__":
    main()
