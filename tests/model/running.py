"""Small places to run, runs of them, and what to read from a run."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from model.levers import Levers, Programme
from model.parameters import Parameters
from model.place import Bools, Floats, Place
from model.randomness import Blocks, Chance
from model.record import Record
from model.system import System, simulate
from scenarios.places.rates import join_rates, join_results
from scenarios.places.resolve import resolve
from scenarios.places.synthesis import join_areas, join_schools

SMALL = {"schools": 20, "pupils": 6000, "special_schools": 1, "ap_schools": 1, "trusts": 2}
TINY = {"schools": 8, "pupils": 1500, "special_schools": 1, "ap_schools": 1, "trusts": 2}


@cache
def _made(options: tuple[tuple[str, object], ...]) -> Place:
    return resolve("synthetic", dict(options))


def place_of(**options: object) -> Place:
    """Make a synthetic place: 20 schools and 6,000 pupils unless said otherwise."""
    return _made(tuple(sorted({**SMALL, **options}.items())))


def tiny_place() -> Place:
    """Make a synthetic place of eight schools."""
    return _made(tuple(sorted(TINY.items())))


def side_by_side(places: list[Place], names: tuple[str, ...]) -> Place:
    """Make one place of several LAs, each to the east of the one before."""
    first, km, urns = places[0], 0.0, 0
    schools, areas = [], []
    for index, each in enumerate(places):
        la = np.full(len(each.schools), index, dtype=np.int32)
        schools.append(replace(each.schools, la=la, urn=each.schools.urn + urns, x_km=each.schools.x_km + km))
        home = np.full(len(each.areas.la), index, dtype=np.int32)
        areas.append(replace(each.areas, la=home, x_km=each.areas.x_km + km))
        urns += len(each.schools)
        km += 2.0 * float(np.ptp(each.schools.x_km))
    return replace(
        first,
        la_code=tuple(range(1, len(places) + 1)),
        la_name=names,
        schools=join_schools(schools),
        areas=join_areas(areas),
        rates=join_rates([each.rates for each in places]),
        results=join_results([each.results for each in places]),
        secondary_pupils=np.concatenate([each.secondary_pupils for each in places]),
    )


@cache
def two_las() -> Place:
    """Make a place of two LAs, eight schools each, side by side."""
    second = _made(tuple(sorted({**TINY, "seed": 2}.items())))
    return side_by_side([tiny_place(), second], ("East", "West"))


@cache
def three_las() -> Place:
    """Make a place of three small LAs, 20 schools and 6,000 pupils each, side by side."""
    return side_by_side([place_of(seed=seed) for seed in (1, 2, 3)], ("Barnet", "Brent", "Camden"))


@cache
def english_place(pupils: int) -> Place:
    """Make a place as poor as England, so that its groups are England's."""
    share = float(tiny_place().national.rates.disadvantaged_ks2[0])
    schools = max(pupils // 450, 20)
    return place_of(schools=schools, pupils=pupils, disadvantaged_share=round(share, 6))


def course(**changes: object) -> Programme:
    """Describe one course: all of Year 6 in the first projected year, 0.2 SD in both domains."""
    first = tiny_place().year + 1
    plain = Programme(
        name="course",
        first_year=first,
        last_year=first,
        year_groups=(6,),
        eligible="all",
        reach=1.0,
        literacy_sd=0.2,
        maths_sd=0.2,
        cost_per_pupil=100.0,
        announced=first,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def levers(*programmes: Programme) -> Levers:
    """Bundle programmes as a scenario does."""
    return Levers(programmes=programmes)


def changed(**values: float) -> Parameters:
    """Give central values but for some, named as ``learning__catch_up``."""
    return Parameters().changed({name.replace("__", "."): value for name, value in values.items()})


def run(
    place: Place,
    scenario: Levers | None = None,
    parameters: Parameters | None = None,
    *,
    years: int = 2,
    chance: Chance | None = None,
    off: tuple[str, ...] = (),
    detail: bool = False,
) -> Record:
    """Run a place once, with the named mechanisms off."""
    return simulate(
        place,
        scenario or Levers(),
        parameters or Parameters(),
        years=years,
        chance=chance or Chance(1, 0, 0),
        switches=dict.fromkeys(off, False),
        detail=detail,
    )


def system(
    place: Place,
    scenario: Levers | None = None,
    parameters: Parameters | None = None,
    *,
    years: int = 2,
    chance: Chance | None = None,
    off: tuple[str, ...] = (),
) -> System:
    """Put a place together without running it."""
    return System(
        place,
        scenario or Levers(),
        parameters or Parameters(),
        chance or Chance(1, 0, 0),
        years=years,
        switches=dict.fromkeys(off, False),
    )


def has_run(*args: object, **more: object) -> System:
    """Run a place and keep it, so that its pupils can be looked at."""
    whole = system(*args, **more)  # type: ignore[arg-type]
    whole.run()
    return whole


def at_year_zero(*args: object, **more: object) -> System:
    """Put the pupils of year 0 into their schools, with nothing tied to published results yet."""
    whole = system(*args, years=0, **more)  # type: ignore[arg-type]
    whole.parts.place_pupils(whole.place)
    return whole


def series(record: Record, measure: str, group: str) -> Floats:
    """Read one measure of a group, year by year."""
    return record.values[:, record.columns.index((measure, group))]


def same(first: Record, second: Record, *but: str) -> None:
    """Check that two runs agree to the bit in every measure but those named."""
    kept = [i for i, column in enumerate(first.columns) if column.measure not in but]
    np.testing.assert_array_equal(first.values[:, kept], second.values[:, kept])


def block_of(whole: System, year: int, year_group: int) -> slice:
    """Give the rows of a year group in a year."""
    cohort = whole.parts.register.in_year(year, year_group)
    return slice(cohort.start, cohort.end)


def here(whole: System, rows: slice) -> Bools:
    """Say which of these children are in a school of the place."""
    return np.asarray(whole.parts.register.school[rows] < len(whole.place.schools))


def poor(whole: System, rows: slice, phase: int = 0) -> Bools:
    """Say which of these children are classed disadvantaged."""
    return np.asarray(whole.parts.measuring.disadvantaged(whole.parts.register, rows, phase))


class StillChance(Chance):
    """A world where nothing happens by chance: every normal is 0, every uniform a half."""

    def pairs(
        self, mechanism: str, block: int, date: int, size: int, correlation: float
    ) -> tuple[Floats, Floats]:
        """Give the middle of both normals."""
        return np.zeros(size), np.zeros(size)

    def pairs_of(
        self, mechanism: str, blocks: Blocks, date: int, correlation: float
    ) -> tuple[Floats, Floats]:
        """Give the middle of both normals, for several blocks."""
        total = sum(size for _, size in blocks)
        return np.zeros(total), np.zeros(total)

    def normals_of(self, mechanism: str, blocks: Blocks, date: int) -> Floats:
        """Give the middle of the normal, for several blocks."""
        return np.zeros(sum(size for _, size in blocks))

    def normals(self, mechanism: str, block: int, date: int, size: int) -> Floats:
        """Give the middle of the normal."""
        return np.zeros(size)

    def uniforms(self, mechanism: str, block: int, date: int, size: int) -> Floats:
        """Give the middle of the uniform."""
        return np.full(size, 0.5)
