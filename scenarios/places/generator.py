"""Synthetic places: average English results, with schools as the settings ask."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from model.place import Flag, Place
from scenarios.places import history, published, table
from scenarios.places.options import GeneratorOptions
from scenarios.places.positions import expected_nearest
from scenarios.places.synthesis import synthesise
from scenarios.places.totals import YEARS_PRIMARY, YEARS_SECONDARY, Pupils, Totals

SYNTHETIC_LA_CODE = 0

SOURCE = "Synthetic place: results and rates are those of England; schools and home areas are generated."


@cache
def typical_structure(la_type: str) -> pd.Series:
    """Give the mean structure of the LAs of one type.

    Parameters
    ----------
    la_type : str
        As in the embedded table.

    Returns
    -------
    pandas.Series
        Means of the numeric entries of ``table.structure``.
    """
    same = [table.structure(la.code) for la in published.available_authorities() if la.la_type == la_type]
    return pd.DataFrame(same).drop(columns=["older", "imputed"]).astype(float).mean()


def totals_from(options: GeneratorOptions, name: str) -> Totals:
    """Work out the totals of a synthetic place: every cohort equal, the rest typical of its type of LA.

    Parameters
    ----------
    options : GeneratorOptions
        Settings.
    name : str
        Name of the place, used in the names of its schools.

    Returns
    -------
    Totals
        Pupils add up to ``options.pupils``.
    """
    typical = typical_structure(options.la_type)
    primaries, secondaries = options.primary_schools, options.secondary_schools
    special = options.special_schools * float(typical["pupils_special"] / typical["special_schools"])
    alternative = options.ap_schools * float(typical["pupils_ap"] / typical["ap_schools"])
    special, alternative = _at_most(0.1 * options.pupils, special, alternative)
    cohort = (options.pupils - special - alternative) / (YEARS_PRIMARY + YEARS_SECONDARY)
    alpha, beta = published.low_income_shape(options.la_type)
    share = options.disadvantaged_share
    return Totals(
        la_code=SYNTHETIC_LA_CODE,
        name=name,
        primary_schools=primaries,
        secondary_schools=secondaries,
        all_through_schools=0,
        special_schools=options.special_schools,
        ap_schools=options.ap_schools,
        pupils=Pupils(
            primary=cohort * YEARS_PRIMARY,
            secondary=cohort * YEARS_SECONDARY,
            all_through=0.0,
            special=special,
            ap=alternative,
        ),
        logsd_primary=float(typical["size_logsd_primary"]),
        logsd_secondary=float(typical["size_logsd_secondary"]),
        academies_primary=options.academy_share,
        academies_secondary=options.academy_share,
        trusts=options.trusts,
        single_academy_trusts=0,
        trust_logsd=published.trust_logsd(),
        faith_primary=float(typical["faith_share_primary"]),
        faith_secondary=float(typical["faith_share_secondary"]),
        voluntary_aided_primary=float(typical["voluntary_aided_share_primary"]),
        voluntary_aided_secondary=float(typical["voluntary_aided_share_secondary"]),
        selective_schools=0,
        selective_pupils=0.0,
        nearest_primary_km=expected_nearest(options.spread_km, primaries),
        nearest_secondary_km=expected_nearest(options.spread_km, secondaries),
        low_income=share,
        low_income_alpha=alpha,
        low_income_beta=beta,
        low_income_school_sd=published.spread_between_schools(typical, alpha / (alpha + beta), share),
    )


def _at_most(limit: float, special: float, alternative: float) -> tuple[float, float]:
    """Keep pupils of special schools and AP below a limit in a place of few pupils."""
    both = special + alternative
    factor = min(1.0, limit / both) if both > 0 else 1.0
    return special * factor, alternative * factor


def synthetic_place(
    options: GeneratorOptions, year: int, name: str = "Synthetic", slug: str = "synthetic"
) -> Place:
    """Make a synthetic place.

    Parameters
    ----------
    options : GeneratorOptions
        Settings.
    year : int
        Year 0 of England's results and rates.
    name, slug : str, optional
        For people; for files.

    Returns
    -------
    Place
        Every figure flagged synthetic.

    Raises
    ------
    BadInput
        If the year is not offered.
    """
    table.check_place_year(year)
    totals = totals_from(options, name)
    schools, areas = synthesise(totals, options.seed)
    national = published.national(year)
    england = table.england()
    share, english = options.disadvantaged_share, float(national.rates.disadvantaged_ks2[0])
    own_rates = replace(
        national.rates,
        disadvantaged_ks2=np.array([share]),
        disadvantaged_ks4=np.minimum(national.rates.disadvantaged_ks4 * share / english, 0.95),
        special_share=np.array([totals.pupils.special_share]),
        alternative_provision_share=np.array([totals.pupils.ap_share]),
    )
    rows = history.published_history(england, year)
    return Place(
        name=name,
        slug=slug,
        year=year,
        la_code=(SYNTHETIC_LA_CODE,),
        la_name=(name,),
        is_england=False,
        schools=schools,
        areas=areas,
        rates=own_rates,
        results=national.results,
        national=national,
        secondary_pupils=np.array([totals.pupils.secondary_cohort]),
        history=tuple(row._replace(flag=Flag.SYNTHETIC) for row in rows),
        sources=(SOURCE, *published.SOURCES[:3], published.SOURCES[-1]),
    )
