"""Posts, cases, money and events of the runs that kept them, as tables that a person can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.institution_columns import NAMES, ROW
from experiments.parts import Part
from experiments.run import Finished
from experiments.term_dates import academic_years, dates, financial_years, last_days
from model.institution_record import PARTNERSHIP
from model.place import Place
from model.practice import DOMAINS
from model.terms import TERMS_A_YEAR, WEEKS_A_TERM

_KEYS = ("place", "scenario", "draw", "replicate")
_PENCE = 100

Columns = Callable[[str], Any]
"""Gives a column of one table by its name in ``model.institution_record``."""


def institution_tables(finished: Finished) -> dict[str, pd.DataFrame]:
    """Make the tables of posts, cases, money and events.

    Parameters
    ----------
    finished : Finished
        Results of a plan.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``posts``, ``cases``, ``ledger``, ``events``; empty where no run kept any. Each begins with place,
        scenario, draw and replicate; then as ``posts``, ``cases``, ``ledger`` and ``events`` say.
    """
    parts = [part for part in finished.parts if part.institutions]
    if not parts:
        return {}
    makers = {"posts": posts, "cases": cases, "ledger": ledger, "events": events}
    return {
        name: _stacked([_of_part(part, name, make, finished.plan.places) for part in parts])
        for name, make in makers.items()
    }


def _of_part(
    part: Part, table: str, make: Callable[[Columns, Place], pd.DataFrame], places: Mapping[str, Place]
) -> pd.DataFrame:
    """One table of a chunk, which is of one place."""

    def column(name: str) -> Any:
        return _readable(part.institutions, f"{table}.{name}")

    rows, index = part.rows, part.institutions[f"{table}.{ROW}"]
    keys = {
        "place": _named([rows[0].place], np.zeros(len(index), np.int32)),
        "scenario": pd.Categorical(np.array([row.scenario for row in rows], dtype=object)[index]),
        "draw": np.array([row.draw for row in rows], np.int32)[index],
        "replicate": np.array([row.replicate for row in rows], np.int32)[index],
    }
    found = make(column, places[rows[0].place])
    return pd.concat([pd.DataFrame(keys), found], axis=1)


def _readable(found: Mapping[str, NDArray], key: str) -> Any:
    """Give numbers as they are, texts as a categorical with sorted values."""
    names = found.get(f"{key}{NAMES}")
    return found[key] if names is None else _named([str(text) for text in names], found[key])


def _named(names: list[str], codes: NDArray[np.integer]) -> pd.Categorical:
    categories = sorted(set(names))
    number = {name: at for at, name in enumerate(categories)}
    place = np.array([number[name] for name in names], np.int64)
    return pd.Categorical.from_codes(
        np.where(codes < 0, -1, place[codes]) if len(codes) else codes,
        categories=pd.Index(categories, dtype=object),
    )


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Concatenate, keeping texts as categories, and sort so that the order of execution never shows."""
    texts = [name for name in frames[0] if isinstance(frames[0][name].dtype, pd.CategoricalDtype)]
    for name in texts:
        values = sorted({value for frame in frames for value in frame[name].cat.categories})
        frames = [frame.assign(**{str(name): frame[name].cat.set_categories(values)}) for frame in frames]
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values(list(_KEYS), kind="stable", ignore_index=True)


def posts(column: Columns, place: Place) -> pd.DataFrame:
    """Make the table of posts held.

    Parameters
    ----------
    column : Callable
        Gives the columns of ``model.institution_record.PostRows``.
    place : Place
        Where.

    Returns
    -------
    pandas.DataFrame
        A row a post held by one person: la (that it works from), partnership (that the person came to: the
        LA's name where it has one of its own), kind, post (its number, from 1), holder (from 1), came_from,
        from_date (first day) and from_year (academic), to_date (last day) and to_year, from_term and
        to_term (terms since the autumn after year 0), reason, award_years (length of the award that paid
        when the person came; empty where permanent), quality (1 is usual).
    """
    horizon = column("horizon_terms")
    from_term, to_term = column("from_term"), column("to_term")
    return pd.DataFrame(
        {
            "la": _named(list(place.la_name), column("la")),
            "partnership": column("area"),
            "kind": column("kind"),
            "post": column("number") + 1,
            "holder": column("occupant") + 1,
            "came_from": column("came_from"),
            "from_date": dates(WEEKS_A_TERM * from_term, place.year),
            "from_year": academic_years(from_term, place.year),
            "to_date": last_days(to_term, place.year),
            "to_year": academic_years(to_term, place.year),
            "from_term": from_term,
            "to_term": to_term,
            "reason": column("reason"),
            "award_years": np.where(horizon > 0, horizon / TERMS_A_YEAR, np.nan),
            "quality": column("quality"),
        }
    )


def cases(column: Columns, place: Place) -> pd.DataFrame:
    """Make the table of cases.

    Parameters
    ----------
    column : Callable
        Gives the columns of ``model.institution_record.CaseRows``.
    place : Place
        Where.

    Returns
    -------
    pandas.DataFrame
        A row a case: case (URN, practice domain, term: the same in every scenario; where no partnership
        brokers, URN, broker, term), urn, school, la, partnership, domain (empty where no one has looked),
        broker, offer, provider, state, academic_year in which the need was found, dates of the stages
        (identified, triaged, agreed, matched, ended), weeks_waited from triage to the first visit and
        weeks_delivered (teaching weeks), interruptions, quality (1 is usual), need (between-school SD),
        priority, displaced (cases of the partnership, in years of them, for which the school had no room
        meanwhile).
    """
    row, domain, term = column("school"), column("offer_domain"), column("term")
    urn, weeks = place.schools.urn[row], {name: column(name) for name in _STAGES}
    broker = column("broker")
    what = np.where(broker == PARTNERSHIP, domain.astype(np.str_), np.asarray(broker, dtype=np.str_))
    return pd.DataFrame(
        {
            "case": [f"{a}-{b}-{c}" for a, b, c in zip(urn, what, term, strict=True)],
            "urn": urn,
            "school": _school_names(place, row),
            "la": _named(list(place.la_name), place.schools.la[row]),
            "partnership": column("area"),
            "domain": _named(list(DOMAINS), domain),
            "broker": broker,
            "offer": column("offer"),
            "provider": column("provider"),
            "state": column("state"),
            "academic_year": academic_years(term, place.year),
            **{name: dates(values, place.year) for name, values in weeks.items()},
            "weeks_waited": weeks["matched"] - weeks["triaged"],
            "weeks_delivered": column("weeks_delivered"),
            "interruptions": column("interruptions"),
            "quality": column("quality"),
            "need": column("need"),
            "priority": column("priority"),
            "displaced": column("displaced"),
        }
    )


_STAGES = ("identified", "triaged", "agreed", "matched", "ended")


def ledger(column: Columns, place: Place) -> pd.DataFrame:
    """Make the table of payments.

    Parameters
    ----------
    column : Callable
        Gives the columns of ``model.institution_record.LedgerRows``.
    place : Place
        Where.

    Returns
    -------
    pandas.DataFrame
        A row a payment, in the order made: date, financial_year (April to March), academic_year, from, to,
        amount_gbp (whole pence over 100, so that 100 times it rounds to them), stream, purpose.
    """
    week = column("week")
    term = week // WEEKS_A_TERM
    return pd.DataFrame(
        {
            "date": dates(week, place.year),
            "financial_year": financial_years(term, place.year),
            "academic_year": academic_years(term, place.year),
            "from": column("payer"),
            "to": column("payee"),
            "amount_gbp": column("pence") / _PENCE,
            "stream": column("stream"),
            "purpose": column("purpose"),
        }
    )


def events(column: Columns, place: Place) -> pd.DataFrame:
    """Make the table of events.

    Parameters
    ----------
    column : Callable
        Gives the columns of ``model.institution_record.EventRows``.
    place : Place
        Where.

    Returns
    -------
    pandas.DataFrame
        A row an event: date on which the term began, academic_year, financial_year, la, partnership, urn and
        school (empty where it concerns no one school), kind, text, amount_gbp.
    """
    term, row = column("term"), column("school")
    nowhere = row < 0
    return pd.DataFrame(
        {
            "date": dates(WEEKS_A_TERM * term, place.year),
            "academic_year": academic_years(term, place.year),
            "financial_year": financial_years(term, place.year),
            "la": _named(list(place.la_name), column("la")),
            "partnership": column("area"),
            "urn": pd.array(np.where(nowhere, 0, place.schools.urn[row]), dtype="Int32"),
            "school": _school_names(place, row),
            "kind": column("kind"),
            "text": column("text"),
            "amount_gbp": column("gbp"),
        }
    ).assign(urn=lambda table: table["urn"].mask(nowhere))


def _school_names(place: Place, row: NDArray[np.integer]) -> pd.Categorical:
    """Names of schools; none where the row is below 0."""
    used, codes = np.unique(row, return_inverse=True)
    names = [place.schools.name[index] if index >= 0 else "" for index in used]
    found = _named(names, codes)
    return found.set_categories([name for name in found.categories if name])
