"""A tiny place and a tiny model, so that running, storing and comparing are tested in milliseconds."""

import numpy as np

from model.levers import Levers, Programme
from model.place import Areas, Flag, National, Place, PublishedValue, Rates, Results, Schools
from model.record import Column, Record, SchoolYears

COLUMNS = (
    Column("ks2_rwm_expected", "all"),
    Column("ks2_rwm_expected", "disadvantaged"),
    Column("ks2_rwm_expected", "other"),
    Column("ks2_rwm_expected", "gap"),
    Column("ks4_attainment8", "disadvantaged"),
    Column("ks4_attainment8", "other"),
    Column("ks4_attainment8", "gap"),
    Column("pupils", "disadvantaged"),
    Column("pupils", "other"),
)


class PlainScenario:
    """A scenario that runs one programme for disadvantaged pupils, or none."""

    def __init__(self, name, changes=None, effect_row=None):
        self.name = name
        self.parameter_changes = changes or {}
        self._row = effect_row

    def levers(self, quantile):
        if self._row is None:
            return Levers()
        effect = quantile(self._row)
        return Levers(
            programmes=(
                Programme(
                    name=self.name,
                    first_year=2025,
                    last_year=2030,
                    year_groups=(6,),
                    eligible="disadvantaged",
                    reach=0.5,
                    literacy_sd=effect,
                    maths_sd=effect,
                    cost_per_pupil=100.0,
                    announced=2024,
                ),
            )
        )


def tiny_simulate(place, levers, parameters, *, years, chance, switches=None, detail=False):
    """A gap that wanders by chance, is wider with more catch-up left, and is narrowed by programmes."""
    if parameters.learning.catch_up == 0.4:
        raise ArithmeticError("this parameter breaks the model")
    noise = np.stack([chance.normals("tests", 0, year, 3) for year in range(years + 1)])
    closing = sum(p.literacy_sd * p.reach for p in levers.programmes) * np.arange(years + 1)
    other = 65 + noise[:, 0]
    disadvantaged = 45 + 10 * parameters.learning.catch_up + noise[:, 1] + 5 * closing
    a8_other, a8_disadvantaged = 50 + noise[:, 2], 36 + noise[:, 1]
    n = np.full(years + 1, 1.0)
    values = np.stack(
        [
            0.75 * other + 0.25 * disadvantaged,
            disadvantaged,
            other,
            other - disadvantaged,
            a8_disadvantaged,
            a8_other,
            a8_other - a8_disadvantaged,
            9_000 * n,
            27_000 * n,
        ],
        axis=1,
    )
    schools = None
    if detail:
        urn = np.repeat(place.schools.urn, years + 1)
        year = np.tile(np.arange(place.year, place.year + years + 1), len(place.schools)).astype(np.int32)
        one = np.ones(len(urn))
        schools = SchoolYears(
            urn=urn,
            year=year,
            roll=(300 * one).astype(np.int32),
            disadvantaged_share=0.3 * one,
            ks2_rwm_expected=0.6 * one,
            ks4_attainment8=np.nan * one,
            absence=0.05 * one,
            practice=0 * one,
        )
    return Record(
        years=np.arange(place.year, place.year + years + 1, dtype=np.int32),
        columns=COLUMNS,
        values=values,
        schools=schools,
        programme_pupils=np.full(years + 1, 10 * len(levers.programmes), np.int32),
        programme_cost_gbp=np.full(years + 1, 1000.0 * len(levers.programmes)),
    )


def tiny_place(name="Testshire"):
    two, one = np.array([0.0, 1.0]), np.array([0.25])
    rates = Rates(**{field: one for field in Rates.__dataclass_fields__})
    results = Results(
        years=np.array([2022, 2023], np.int32),
        **{field: np.full((1, 2, 2), 0.5) for field in ("eyfs_gld", "ks2_rwm", "ks4_attainment8")},
    )
    ints = np.zeros(2, np.int32)
    schools = Schools(
        urn=np.array([900001, 900002], np.int32),
        name=("First", "Second"),
        la=ints,
        phase=ints,
        category=ints,
        trust=ints - 1,
        x_km=two,
        y_km=two,
        first_year_group=ints,
        last_year_group=ints + 6,
        places=two + 30,
        places_year_7=two,
        selective=np.zeros(2, bool),
        faith=np.zeros(2, bool),
        flag=ints + 2,
    )
    areas = Areas(la=ints, x_km=two, y_km=two, children=two + 30, low_income_share=two, flag=ints + 2)
    history = tuple(
        PublishedValue(year, measure, group, value + drift, Flag.IMPUTED if year == 2017 else Flag.PUBLISHED)
        for measure, levels in (
            ("ks2_rwm_expected", (46.0, 66.0, 20.0)),
            ("ks4_attainment8", (36.0, 50.0, 14.0)),
        )
        for group, value in zip(("disadvantaged", "other", "gap"), levels, strict=True)
        for year, drift in ((2017, -1.0), (2018, 0.0), (2019, 0.5), (2022, -0.5), (2023, 0.0))
    )
    national = {field: np.array([20.0]) for field in National.__dataclass_fields__}
    national |= {"rates": rates, "results": results}
    return Place(
        name=name,
        slug=name.lower(),
        year=2023,
        la_code=(999,),
        la_name=(name,),
        is_england=False,
        schools=schools,
        areas=areas,
        rates=rates,
        results=results,
        national=National(**national),
        secondary_pupils=one,
        history=history,
        sources=("Testshire figures, 2023, Open Government Licence v3.0",),
    )
