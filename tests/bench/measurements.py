"""The measurements of `make bench`: each gives rows of a table, in a process of its own with one thread.

``python -m tests.bench.measurements NAME`` prints the rows of one as JSON.
"""

import itertools
import json
import sys
import time
from dataclasses import replace
from types import SimpleNamespace

from experiments.freed_memory import keep_freed_memory
from experiments.garbage import after_row, looked_for_by_row
from model.levers import Levers, Programme
from model.parameters import Parameters
from model.randomness import Chance
from model.system import simulate
from tests.bench.clock import kept_mb, medians, memory_mb, peak_growth_mb, seconds, yardstick

TEN_YEARS = 10


def replicate(place, years=TEN_YEARS, switches=None, levers=None):
    """Give a call that runs the next replicate of a place under the central parameters."""
    numbers, parameters, stands = itertools.count(1), Parameters(), levers or Levers()

    def run():
        simulate(
            place, stands, parameters, years=years, chance=Chance(1, 0, next(numbers)), switches=switches
        )
        after_row()

    return run


def plain_replicate(place, years=TEN_YEARS):
    """The same with the plain Mesa model."""
    from tests.plain_mesa.district import plain_run

    numbers, parameters = itertools.count(1), Parameters()

    def run():
        number = next(numbers)
        plain_run(place, parameters, Chance(1, 0, number), years, number)

    return run


def generated(times):
    """The benchmark place, ``times`` as large in every way but the size of a school."""
    from scenarios.places.generator import synthetic_place
    from scenarios.places.options import GeneratorOptions

    options = GeneratorOptions(
        schools=85 * times, pupils=38_000 * times, special_schools=3 * times, ap_schools=times,
        trusts=12 * times, spread_km=8.0 * times**0.5, seed=1,
    )  # fmt: skip
    return synthetic_place(options, 2023)


def plain_mesa(sizes=((1, 7), (10, 5), (25, 3))):
    """The program against a plain Mesa model of learning and practice; what that lacks is switched off."""
    from tests.plain_mesa.replicates import OUTSIDE, small_place

    rows, short = [], 2
    for times, repeats in sizes:
        place = small_place(times)
        ours, theirs, ours_short, theirs_short = medians(
            [
                replicate(place, switches=OUTSIDE), plain_replicate(place),
                replicate(place, short, OUTSIDE), plain_replicate(place, short),
            ],
            repeats,
        )  # fmt: skip
        later = TEN_YEARS - short
        for what, one, other in (
            ("a replicate-year, building the place included", ours / TEN_YEARS, theirs / TEN_YEARS),
            ("one further year", (ours - ours_short) / later, (theirs - theirs_short) / later),
        ):
            rows.append(
                {
                    "what": f"{1500 * times:,} pupils: {what}",
                    "lepsim_ms": 1e3 * one,
                    "plain_mesa_ms": 1e3 * other,
                    "ratio": other / one,
                }
            )
    rows.append(_each_further_pupil(rows[1], rows[-1], 1.5 * (sizes[-1][0] - sizes[0][0])))
    return rows


def _each_further_pupil(small, large, thousands):
    """What a thousand pupils more cost a year, once schools and all else that is fixed are paid for."""
    ours, theirs = ((large[key] - small[key]) / thousands for key in ("lepsim_ms", "plain_mesa_ms"))
    return {
        "what": "each further 1,000 pupils, one further year",
        "lepsim_ms": ours,
        "plain_mesa_ms": theirs,
        "ratio": theirs / ours,
    }


def benchmark_place():
    """The benchmark place, ten years, after start-up."""
    from scenarios.places import resolve

    run = replicate(resolve("benchmark"))
    peak = peak_growth_mb(run)  # of the first replicate: later ones use again what it has given back
    taken = seconds(run, 9)
    return [
        {
            "what": "benchmark place, ten years, a replicate",
            "ms": 1e3 * taken,
            "peak_growth_mb": peak,
            "kept_mb": kept_mb(run, 10),
        }
    ]


def growth(sizes=((1, 7), (4, 5), (16, 3))):
    """One, four and sixteen times the pupils and schools."""
    rows = []
    for times, repeats in sizes:
        run = replicate(generated(times))
        peak = peak_growth_mb(run)
        taken = seconds(run, repeats, warm_up=0)
        first = rows[0]["ms"] if rows else 1e3 * taken
        rows.append(
            {
                "what": f"{38_000 * times:,} pupils in {85 * times:,} schools, ten years",
                "ms": 1e3 * taken,
                "to_linear": 1e3 * taken / (times * first),
                "peak_growth_mb": peak,
            }
        )
    return rows


def _funded(place, name="baseline"):
    """What stands in a place under a scenario of the library, at central values."""
    from calibration.plans import sampler
    from scenarios import library

    return sampler().levers(0, library.load(name).dated(place.year))


def _larger(levers, times):
    """The same arrangement with so many times the money and the posts."""
    stands = levers.in_force
    more = replace(
        stands,
        awards=tuple(replace(a, gbp_per_pupil=times * a.gbp_per_pupil) for a in stands.awards),
        posts=tuple(replace(q, per_10_000_pupils=times * q.per_10_000_pupils) for q in stands.posts),
    )
    return replace(levers, in_force=more)


def fifty_posts(times=4):
    """The benchmark place with a partnership of fifty posts at once."""
    from model.alone import run_alone
    from scenarios.places import resolve

    place, p, numbers = resolve("benchmark"), Parameters(), itertools.count(1)
    levers = _larger(_funded(place), times)

    def whole():
        simulate(place, levers, p, years=TEN_YEARS, chance=Chance(1, 0, next(numbers)))

    peak = peak_growth_mb(whole)
    taken, none = medians([whole, replicate(place)], 7)
    done = run_alone(place, levers, p, years=TEN_YEARS, chance=Chance(1, 0, 0))
    posts = [sum(count.filled for count in done.posts.counts())]
    return [
        {
            "what": "benchmark place, ten years, a replicate",
            "ms": 1e3 * taken,
            "without_ms": 1e3 * none,
            "posts_at_the_end": posts[0],
            "cases": int((done.record().cases.term >= 0).sum()),
            "peak_growth_mb": peak,
        }
    ]


def institutions(sizes=((1, 9), (4, 5), (16, 3))):
    """Money, posts, brokerage and support on top, at three sizes; and institutions alone."""
    from model.alone import run_alone

    rows, first = [], {}
    for times, repeats in sizes:
        place, p = generated(times), Parameters()
        levers, numbers = _funded(place), itertools.count(1)

        def whole(place=place, levers=levers, p=p, numbers=numbers):
            simulate(place, levers, p, years=TEN_YEARS, chance=Chance(1, 0, next(numbers)))

        def alone(place=place, levers=levers, p=p, numbers=numbers):
            run_alone(place, levers, p, years=TEN_YEARS, chance=Chance(1, 0, next(numbers)))

        taken = dict(
            zip(("all", "alone", "none"), medians([whole, alone, replicate(place)], repeats), strict=True)
        )
        first = first or taken
        done = run_alone(place, levers, p, years=TEN_YEARS, chance=Chance(1, 0, 0)).record()
        rows.append(
            {
                "what": f"{38_000 * times:,} pupils in {85 * times:,} schools, ten years",
                "all_ms": 1e3 * taken["all"],
                "without_ms": 1e3 * taken["none"],
                "institutions_ms": 1e3 * (taken["all"] - taken["none"]),
                "alone_ms": 1e3 * taken["alone"],
                "all_to_linear": taken["all"] / (times * first["all"]),
                "cases": int((done.cases.term >= 0).sum()),
                "posts_held": int((done.posts.to_term >= 0).sum()),
                "payments": int((done.ledger.week >= 0).sum()),
            }
        )
    return rows


def _without_local(levers):
    """The same money, posts and cases, with nothing said of how schools work together or of the nation."""
    alone = {"collaboration": None, "national": None}
    changes = tuple(replace(c, arrangement=replace(c.arrangement, **alone)) for c in levers.changes)
    return replace(levers, in_force=replace(levers.in_force, **alone), changes=changes)


def all_on(sizes=((1, 9), (4, 5), (16, 3))):
    """Everything on, beside the same without ties, membership, inspection and trusts, and pupils alone."""
    rows, first = [], 0.0
    for times, repeats in sizes:
        place = generated(times)
        levers = _funded(place)
        runs = [
            replicate(place, levers=levers), replicate(place, levers=_without_local(levers)), replicate(place)
        ]  # fmt: skip
        peak = peak_growth_mb(runs[0])
        all_, without, pupils = medians(runs, repeats)
        first = first or all_
        rows.append(
            {
                "what": f"{38_000 * times:,} pupils in {85 * times:,} schools, ten years",
                "all_on_ms": 1e3 * all_,
                "without_local_ms": 1e3 * without,
                "pupils_alone_ms": 1e3 * pupils,
                "to_linear": all_ / (times * first),
                "peak_growth_mb": peak,
            }
        )
    return rows


def england_all_on():
    """All English LAs with everything on, ten years, once."""
    return england(_funded)


def england(levers_for=lambda _: Levers()):
    """All English LAs of the embedded table, ten years, once."""
    from scenarios.places import resolve

    started, worked = time.perf_counter(), time.process_time()
    place = resolve("england")
    built, built_cpu = time.perf_counter() - started, time.process_time() - worked
    run = replicate(place, levers=levers_for(place))
    started, worked = time.perf_counter(), time.process_time()
    run()
    taken, taken_cpu = time.perf_counter() - started, time.process_time() - worked
    return [
        {
            "what": f"England, {place.n_la} LAs, {len(place.schools):,} schools, ten years",
            "place_cpu_seconds": built_cpu,
            "run_cpu_seconds": taken_cpu,
            "all_seconds": built + taken,
            "peak_mb": memory_mb("VmHWM"),
        }
    ]


def _offer(number):
    """A scenario that differs from the next in how many pupils a programme reaches."""
    programme = Programme(
        name=f"offer {number}", first_year=2025, last_year=2030, year_groups=(4, 5), eligible="disadvantaged",
        reach=0.1 * number, literacy_sd=0.1, maths_sd=0.1, cost_per_pupil=300.0, announced=2024,
    )  # fmt: skip
    levers = Levers(programmes=(programme,) if number else ())
    return SimpleNamespace(name=f"offer-{number}", parameter_changes={}, levers=lambda quantile: levers)


def paired(scenarios=10, draws=20):
    """Ten scenarios on common random numbers, against as many runs that share nothing."""
    from experiments.draws import Sampler
    from experiments.jobs import Plan
    from experiments.run import execute
    from experiments.runlist import RunRow
    from scenarios import evidence
    from scenarios.places import resolve
    from scenarios.posterior import posterior

    named = {item.name: item for item in map(_offer, range(scenarios))}
    sampler = Sampler(seed=1, evidence=evidence.rows(), posterior=posterior())

    def plan(pairs):
        rows = tuple(RunRow("benchmark", name, draw, 0) for draw in range(1, pairs + 1) for name in named)
        return Plan(
            rows=rows,
            places={"benchmark": resolve("benchmark")},
            scenarios=named,
            sampler=sampler,
            years=TEN_YEARS,
        )

    execute(plan(1), engine="serial")  # start-up
    alone = seconds(replicate(resolve("benchmark")), 5)
    asked = plan(draws)
    started = time.process_time()
    finished = execute(asked, engine="serial")
    taken = time.process_time() - started
    assert not finished.failures
    rows = scenarios * draws
    return [
        {
            "what": f"{scenarios} scenarios x {draws} paired runs on one core",
            "cpu_seconds": taken,
            "ms_a_row": 1e3 * taken / rows,
            "to_unpaired": taken / (rows * alone),
            "peak_mb": memory_mb("VmHWM"),
        }
    ]


MEASUREMENTS = {
    item.__name__: item
    for item in (
        plain_mesa,
        benchmark_place,
        growth,
        institutions,
        all_on,
        fifty_posts,
        england,
        england_all_on,
        paired,
    )
}


def main(name):
    """Measure one thing, with the yardstick before and after."""
    before = yardstick()
    keep_freed_memory()
    with looked_for_by_row():
        rows = MEASUREMENTS[name]()
    print(json.dumps({"rows": rows, "yardstick_ms": [before, yardstick()]}))


if __name__ == "__main__":
    main(sys.argv[1])
