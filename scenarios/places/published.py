"""Places made from the embedded table: one local authority, or all England."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from model.place import National, Place, Rates
from scenarios import evidence
from scenarios.places import history, rates, table
from scenarios.places.authorities import read_published
from scenarios.places.cells import number
from scenarios.places.disadvantage import disadvantaged_shares
from scenarios.places.synthesis import join_areas, join_schools, synthesise
from scenarios.places.totals import Pupils, Totals

PLACE_SEED = 0
"""Seed of the synthesis: part of the place, not of a run."""

SPREAD_YEAR = 2019
"""Year of the census that the spread of Ever6 between schools was measured in."""

ENGLAND_NAME, ENGLAND_SLUG = "England", "england"

SOURCES = (
    "Department for Education, Local Authority Interactive Tool: results, free school meals, SEN, absence, "
    "exclusions, 2016 to 2023. Open Government Licence v3.0.",
    "Department for Education, Get Information about Schools: numbers, sizes, trusts and positions of "
    "mainstream schools, July 2022. Open Government Licence v3.0.",
    "Department for Education, school census and performance tables: special schools, alternative provision, "
    "spread of Ever6 free school meals, January 2019. Open Government Licence v3.0.",
    "Schools and home areas are synthetic: they add up to these figures and are no real school.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)
"""Attribution lines of every place from the table."""


def low_income_shape(la_type: str) -> tuple[float, float]:
    """Give the beta distribution of primary schools' Ever6 share in a type of LA.

    Parameters
    ----------
    la_type : str
        As in the embedded table, such as ``outer_london``.

    Returns
    -------
    tuple of float
        Shapes alpha and beta (rows ``calc_fsm6_alpha_primary_*`` and ``calc_fsm6_beta_primary_*``).
    """
    where = "scenarios/places"
    alpha = evidence.input_row(f"calc_fsm6_alpha_primary_{la_type}", where).central
    return alpha, evidence.input_row(f"calc_fsm6_beta_primary_{la_type}", where).central


def trust_logsd() -> float:
    """Give the SD of the log number of schools in a trust (row ``calc_trust_size_logsd``).

    Returns
    -------
    float
        Log schools.
    """
    return evidence.input_row("calc_trust_size_logsd", "scenarios/places").central


def spread_between_schools(structure: pd.Series, ever6: float, low_income: float) -> float:
    """Give the SD of low income between primary schools, chance of small schools left out.

    Parameters
    ----------
    structure : pandas.Series
        From ``table.structure``: SD of the Ever6 share between primary schools, and their sizes.
    ever6 : float
        Mean Ever6 share when that SD was measured.
    low_income : float
        Mean share of low income wanted: the SD moves with share x (1 - share), as log odds that all shift.

    Returns
    -------
    float
        SD of shares; the simulated pupils of each school add chance again.
    """
    usual_size = np.exp(
        float(structure["size_logmean_primary"]) - 0.5 * float(structure["size_logsd_primary"]) ** 2
    )
    by_chance = ever6 * (1.0 - ever6) / float(usual_size)
    net = max(float(structure["fsm6_sd_primary"]) ** 2 - by_chance, 0.0)
    return float(np.sqrt(net)) * low_income * (1.0 - low_income) / (ever6 * (1.0 - ever6))


def pupils_of(structure: pd.Series) -> Pupils:
    """Count pupils of Reception to Year 11; half the pupils of middle schools are counted as primary.

    Parameters
    ----------
    structure : pandas.Series
        From ``table.structure``, or the sum of several.

    Returns
    -------
    Pupils
        By type of school; none in AP where no AP school is listed.
    """
    middle = 0.5 * float(structure["pupils_middle_r11"])
    return Pupils(
        primary=float(structure["pupils_primary_r11"]) + middle,
        secondary=float(structure["pupils_secondary_r11"]) + middle,
        all_through=float(structure["pupils_all_through_r11"]),
        special=float(structure["pupils_special"]),
        ap=float(structure["pupils_ap"]) if structure["ap_schools"] > 0 else 0.0,
    )


def totals_of(authority: table.Authority, low_income: float) -> Totals:
    """Collect what an LA's schools and areas are synthesised from.

    A middle school becomes a secondary school of Years 7 to 11.

    Parameters
    ----------
    authority : Authority
        The LA.
    low_income : float
        Share of low income among its children.

    Returns
    -------
    Totals
        Pupils of Reception to Year 11.
    """
    row = table.structure(authority.code)
    alpha, beta = low_income_shape(authority.la_type)
    ever6 = number(table.indicators(authority.code), SPREAD_YEAR, "fsm6_primary") / 100.0
    return Totals(
        la_code=authority.code,
        name=authority.name,
        primary_schools=int(row["primary_schools"]),
        secondary_schools=int(row["secondary_schools"]) + int(row["middle_schools"]),
        all_through_schools=int(row["all_through_schools"]),
        special_schools=int(row["special_schools"]),
        ap_schools=int(row["ap_schools"]) if row["pupils_ap"] > 0 else 0,
        pupils=pupils_of(row),
        logsd_primary=float(row["size_logsd_primary"]),
        logsd_secondary=float(row["size_logsd_secondary"]),
        academies_primary=float(row["academies_share_primary"]),
        academies_secondary=float(row["academies_share_secondary"]),
        trusts=int(row["trusts"]),
        single_academy_trusts=int(row["single_academy_trusts"]),
        trust_logsd=trust_logsd(),
        faith_primary=float(row["faith_share_primary"]),
        faith_secondary=float(row["faith_share_secondary"]),
        voluntary_aided_primary=float(row["voluntary_aided_share_primary"]),
        voluntary_aided_secondary=float(row["voluntary_aided_share_secondary"]),
        selective_schools=int(row["selective_schools"]),
        selective_pupils=float(row["selective_pupil_share"]),
        nearest_primary_km=float(row["neighbour_km_primary"]),
        nearest_secondary_km=float(row["neighbour_km_secondary"]),
        low_income=low_income,
        low_income_alpha=alpha,
        low_income_beta=beta,
        low_income_school_sd=spread_between_schools(row, ever6, low_income),
    )


def published_place(la_code: int, year: int) -> Place:
    """Make the place of one LA.

    Parameters
    ----------
    la_code : int
        DfE code.
    year : int
        Year 0; no result or rate of a later year enters. Schools are those of July 2022.

    Returns
    -------
    Place
        Year-0 figures published, schools and areas synthetic.

    Raises
    ------
    BadInput
        If no figures are held for the LA, or the year is not offered.
    """
    authority = table.find_authority(la_code)
    table.check_place_year(year)
    indicators = table.indicators(authority.code)
    place_rates, totals = _rates_and_totals(authority, indicators, year)
    schools, areas = synthesise(totals, PLACE_SEED)
    return Place(
        name=authority.name,
        slug=authority.slug,
        year=year,
        la_code=(authority.code,),
        la_name=(authority.name,),
        is_england=False,
        schools=schools,
        areas=areas,
        rates=place_rates,
        results=rates.results(indicators, year),
        national=national(year),
        secondary_pupils=np.array([totals.pupils.secondary_cohort]),
        history=history.published_history(indicators, year),
        sources=SOURCES,
    )


def england_place(year: int) -> Place:
    """Make the place of all LAs with figures, side by side.

    Parameters
    ----------
    year : int
        Year 0.

    Returns
    -------
    Place
        One row an LA in rates and results. A trust across LAs is a separate trust in each.

    Raises
    ------
    BadInput
        If the year is not offered.
    """
    table.check_place_year(year)
    authorities = available_authorities()
    schools, areas, la_rates, la_results, secondary = [], [], [], [], []
    for index, authority in enumerate(authorities):
        indicators = table.indicators(authority.code)
        one, totals = _rates_and_totals(authority, indicators, year)
        of_schools, of_areas = synthesise(totals, PLACE_SEED, index)
        schools.append(of_schools)
        areas.append(of_areas)
        la_rates.append(one)
        la_results.append(rates.results(indicators, year))
        secondary.append(totals.pupils.secondary_cohort)
    return Place(
        name=ENGLAND_NAME,
        slug=ENGLAND_SLUG,
        year=year,
        la_code=tuple(authority.code for authority in authorities),
        la_name=tuple(authority.name for authority in authorities),
        is_england=True,
        schools=join_schools(schools),
        areas=join_areas(areas),
        rates=rates.join_rates(la_rates),
        results=rates.join_results(la_results),
        national=national(year),
        secondary_pupils=np.array(secondary),
        history=(*history.published_history(table.england(), year), *history.gap_indices(year)),
        sources=SOURCES,
    )


def available_authorities() -> list[table.Authority]:
    """List the LAs with figures.

    Returns
    -------
    list of Authority
        In order of code.
    """
    return [authority for authority in table.load_authorities().values() if authority.available]


@cache
def national(year: int) -> National:
    """Give England's rates and results in the same years.

    Parameters
    ----------
    year : int
        Year 0.

    Returns
    -------
    National
        From the published rows for England; shares in special schools and AP are those of all LAs held.
    """
    pupils = pupils_of(read_published("structure").sum(numeric_only=True))
    return rates.national(year, pupils.special_share, pupils.ap_share)


def _rates_and_totals(
    authority: table.Authority, indicators: pd.DataFrame, year: int
) -> tuple[Rates, Totals]:
    low_income, _ = disadvantaged_shares(indicators, year)
    totals = totals_of(authority, low_income)
    pupils = totals.pupils
    return rates.rates(indicators, year, pupils.special_share, pupils.ap_share), totals
