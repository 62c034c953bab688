"""Institutions made up by hand, so that storing and telling them is tested without the model."""

import dataclasses

import numpy as np

from model.institution_record import CaseRows, EventRows, InstitutionRecord, LedgerRows, PostRows
from model.record import Column
from tests.experiments.tiny import tiny_simulate

NAN = np.nan
FUNDS = "LA general fund"
ENDED = "funding ended"


def ints(*values):
    return np.array(values, np.int32)


def floats(*values):
    return np.array(values, np.float64)


def posts(longer):
    """A therapist who goes when the money ends after two years, and a late successor; or one who stays."""
    if longer:
        rows = [(0, 0, "speech and language therapist", "still in post", "newly trained", -6, 23, 30, 1.1)]
    else:
        rows = [
            (0, 0, "speech and language therapist", ENDED, "newly trained", -6, 5, 6, 1.1),
            (0, 1, "speech and language therapist", "still in post", "a school of the place", 9, 23, 3, 0.8),
        ]
    rows.append((0, 0, "attendance officer", "still in post", "NHS or a neighbour", 0, 23, 0, 1.0))
    number, occupant, kind, reason, came_from, first, last, horizon, quality = zip(*rows, strict=True)
    return PostRows(
        la=ints(*[0] * len(rows)),
        number=ints(*number),
        occupant=ints(*occupant),
        kind=kind,
        reason=reason,
        came_from=came_from,
        from_term=ints(*first),
        to_term=ints(*last),
        horizon_terms=ints(*horizon),
        quality=floats(*quality),
        area=ints(*[0] * len(rows)),
        areas=("Testshire",),
    )


def cases(longer):
    """The first school's early-language case is completed, or interrupted and given up; the second waits."""
    ended = 61.0 if longer else 78.0
    rows = [
        (0, 0, 3, "language_cluster", "speech and language therapist", "completed" if longer else "abandoned",
         (39.0, 41.0, 43.0, 45.0 if longer else 52.0, ended), 26.0 if longer else 11.5, int(not longer), 1.1),
        (1, 1, 4, "reading_fluency", "reading specialist", "waiting",
         (52.0, 53.0, 55.0, NAN, NAN), 0.0, 0, NAN),
    ]  # fmt: skip
    school, domain, term, offer, provider, state, weeks, given, breaks, quality = zip(*rows, strict=True)
    stages = np.array(weeks).T
    return CaseRows(
        school=ints(*school),
        offer_domain=ints(*domain),
        term=ints(*term),
        broker=("partnership",) * len(rows),
        offer=offer,
        provider=provider,
        state=state,
        identified=stages[0],
        triaged=stages[1],
        agreed=stages[2],
        matched=stages[3],
        ended=stages[4],
        need=floats(-0.8, -0.4),
        priority=floats(0.9, 0.2),
        weeks_delivered=floats(*given),
        interruptions=ints(*breaks),
        quality=floats(*quality),
        displaced=floats(*[0.0] * len(rows)),
        area=ints(*[0] * len(rows)),
        areas=("Testshire",),
    )


def ledger(longer):
    """An award a term, of a third of GBP 100,000.01 and the penny that is left, until it ends."""
    terms = range(-3, 24 if longer else 6)
    week, pence = [], []
    for term in terms:
        week.append(13 * term)
        pence.append(10_000_001 - 2 * 3_333_333 if term % 3 == 2 else 3_333_333)
    n = len(week)
    return LedgerRows(
        week=ints(*week, 13 * 6),
        payer=ints(*[0] * n, 0),
        payee=ints(*[1] * n, 2),
        pence=np.array([*pence, 250_000], np.int64),
        stream=ints(*[0] * (n + 1)),
        purpose=ints(*[0] * n, 1),
        accounts=("LA general fund, Testshire", "partnership, Testshire", "schools, Testshire"),
        streams=(FUNDS,),
        purposes=("award", "school spending"),
    )


def events(longer):
    rows = [(-3, -1, "award begins", "the LA's award of three years begins", 100_000.01)]
    if longer:
        rows.append((3, -1, "award signed", "the LA signs an award of ten years", 1_000_000.1))
    else:
        rows.append((6, -1, "award lapsed", "the LA's award is not renewed", 100_000.01))
        rows.append((4, 0, "support interrupted", "the therapist's post ends with the award", NAN))
    term, school, kind, text, gbp = zip(*rows, strict=True)
    return EventRows(
        term=ints(*term), la=ints(*[0] * len(rows)), school=ints(*school), kind=kind, text=text,
        gbp=floats(*gbp), area=ints(*[0] * len(rows)), areas=("Testshire",),
    )  # fmt: skip


def institutions(longer):
    return InstitutionRecord(
        posts=posts(longer), cases=cases(longer), ledger=ledger(longer), events=events(longer)
    )


MEASURES = {
    "posts_filled": (85.0, 6.0), "specialist_time": (3.1, 0.6), "support_wait_weeks": (9.0, -3.0),
    "cases_completed": (14.0, 4.0), "cases_interrupted": (3.0, -2.0), "spend": (410_000.0, 0.0),
    "la_income_share": (42.0, 10.0), "members": (70.0, 0.0), "schools_isolated": (6.0, 4.0),
}  # fmt: skip
"""Level under the baseline, and how much more under a scenario."""


def simulate_with_institutions(place, levers, parameters, *, years, chance, switches=None, detail=False):
    """The tiny model with measures of institutions, and what they leave."""
    record = tiny_simulate(
        place, levers, parameters, years=years, chance=chance, switches=switches, detail=detail
    )
    longer = bool(levers.programmes)
    luck = chance.normals("posts", 0, 0, years + 1)
    more = [
        base + longer * gain + 0.02 * abs(base) * luck * (name != "spend")
        for name, (base, gain) in MEASURES.items()
    ]
    schools = record.schools
    if schools is not None:
        since = np.maximum(schools.year - place.year - 2, 0)
        first = schools.urn == place.schools.urn[0]
        schools = dataclasses.replace(
            schools,
            ks2_rwm_expected=schools.ks2_rwm_expected + longer * np.where(first, 0.01, 0.002) * since,
            practice=schools.practice + longer * np.where(first, 0.02, 0.0) * since,
        )
    return dataclasses.replace(
        record,
        columns=(*record.columns, *(Column(name, "all") for name in MEASURES)),
        values=np.column_stack([record.values, *more]),
        schools=schools,
        institutions=institutions(longer) if detail else None,
    )
