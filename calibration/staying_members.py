"""Who belongs to a partnership over ten years, which partnerships last, and what those that last report.

Run ``python -m calibration.staying_members``. Institutions run without pupils, in many draws: each draw has
its own partnership. A subscription that rises does so in the second year of the projection; the money of
fragile partnerships comes in grants of a year that schools and funders need not renew.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.plans import RESULTS, SEED, in_processes, keep, sampler, show
from calibration.worlds import cells, mean_and_error
from model.alone import run_alone
from model.arrangements import Arrangement, Award, Change, OnLapse, Stream
from model.institutions import Institutions
from model.levers import Levers
from model.place import Bools, Floats, Place
from model.practice import Practice
from model.randomness import Chance
from model.terms import SUMMER, TERMS_A_YEAR, term_of_year
from scenarios import library
from scenarios.places.resolve import resolve

RISES = TERMS_A_YEAR
"""Term from which a subscription is another."""


@dataclass
class Years:
    """Looks on at each year end.

    Attributes
    ----------
    member_share : list of float
        Share of schools that belong.
    alive : list of float
        Share of partnerships that stand.
    reported, of_members, of_founders : list of float
        Mean rating, 0 to 10: by those who answered; by all members; by all who belonged at year 0, members
        still or not. Not a number where there is no partnership.
    """

    member_share: list[float] = field(default_factory=list)
    alive: list[float] = field(default_factory=list)
    reported: list[float] = field(default_factory=list)
    of_members: list[float] = field(default_factory=list)
    of_founders: list[float] = field(default_factory=list)
    _founders: Bools | None = None

    def __call__(self, date: int, whole: Institutions, practice: Practice) -> None:
        """Look.

        Parameters
        ----------
        date : int
            -1 at the end of year 0.
        whole : Institutions
            With a local system.
        practice : Practice
            Not read.
        """
        del practice
        assert whole.local is not None
        member, survey = whole.facts.member, whole.local.membership.survey
        if self._founders is None:
            self._founders = member
        if term_of_year(date) != SUMMER and date >= 0:
            return
        alive = whole.funding.ends.alive(date)
        stands, nan = alive > 0.0, float("nan")
        self.alive.append(alive)
        self.member_share.append(float(member.mean()) if stands else 0.0)
        self.reported.append(survey.rating if stands else nan)
        self.of_members.append(survey.true_rating if stands else nan)
        self.of_founders.append(float(survey.ratings[self._founders].mean()) if stands else nan)


def dearer(stands: Arrangement, times: float) -> Arrangement:
    """What stands, with another subscription.

    Parameters
    ----------
    stands : Arrangement
        Before.
    times : float
        The subscription against what it was.

    Returns
    -------
    Arrangement
        After.
    """
    awards = tuple(
        replace(award, gbp_per_pupil=times * award.gbp_per_pupil)
        if award.stream is Stream.SUBSCRIPTION
        else award
        for award in stands.awards
    )
    return replace(stands, awards=awards)


def fragile(stands: Arrangement) -> Arrangement:
    """What stands, with as much money from few hands: one grant of a year, and a quarter of what schools pay.

    Parameters
    ----------
    stands : Arrangement
        Before.

    Returns
    -------
    Arrangement
        The grant is bid for each year, decided late and gone if it is not renewed; reserves of a month.
    """
    assert stands.partnership is not None
    kept = tuple(
        replace(award, gbp_per_pupil=SCHOOLS_PART * award.gbp_per_pupil)
        for award in stands.awards
        if award.stream in BY_SCHOOLS
    )
    gone = sum(award.gbp_per_pupil for award in stands.awards) - sum(award.gbp_per_pupil for award in kept)
    grant = Award(
        name="yearly grant", stream=Stream.DFE_FUND, gbp_per_pupil=gone, length_terms=TERMS_A_YEAR,
        competitive=True, decided_terms_before=-1, on_lapse=OnLapse.GONE,
    )  # fmt: skip
    body = replace(stands.partnership, reserves_months=1.0)
    return replace(stands, awards=(grant, *kept), partnership=body)


BY_SCHOOLS = (Stream.SUBSCRIPTION, Stream.TRADED_INSIDE)
SCHOOLS_PART = 0.25
FRAGILE = "fragile money"
"""Not of the library: the baseline with as much money from fewer hands, from the projection on."""


def observe(
    place: Place, scenario: str, times: float, draw: int, replicate: int, years: int, off: tuple[str, ...]
) -> Years:
    """Run one partnership.

    Parameters
    ----------
    place : Place
        Where.
    scenario : str
        Of the library, or ``FRAGILE``.
    times : float
        Subscription from the second year of the projection, against today's.
    draw, replicate, years : int
        Draw 0 is central; projected years.
    off : tuple of str
        Mechanisms switched off.

    Returns
    -------
    Years
        From year 0 on.
    """
    draws, looker = sampler(), Years()
    written = library.BASELINE if scenario == FRAGILE else scenario
    levers = draws.levers(draw, library.load(written).dated(place.year))
    stands = levers.in_force
    assert stands is not None
    if scenario == FRAGILE:
        change = Change(announced=0, term=0, arrangement=fragile(stands))
        levers = Levers(in_force=stands, changes=(change,))
    elif times != 1.0:
        change = Change(announced=RISES, term=RISES, arrangement=dearer(stands, times))
        levers = Levers(in_force=stands, changes=(change,))
    run_alone(
        place, levers, draws.parameters(draw), years=years, chance=Chance(SEED, draw, replicate),
        switches=dict.fromkeys(off, False), watch=looker,
    )  # fmt: skip
    return looker


def membership_row(found: list[Years]) -> dict[str, float]:
    """Members after the last year.

    Parameters
    ----------
    found : list of Years
        One a draw and replicate.

    Returns
    -------
    dict of str to float
        Per cent of schools at year 0 and at the end, Monte Carlo error, tenth and ninetieth percentile of the
        end, share of partnerships' years with 80 to 100 per cent.
    """
    shares = 100.0 * np.array([years.member_share for years in found])
    mean, error = mean_and_error(pd.Series(shares[:, -1]))
    tenth, ninetieth = np.percentile(shares[:, -1], (10, 90)).tolist()
    return {
        "year 0": float(shares[:, 0].mean()), "at the end": mean, "+-": error, "10th": tenth,
        "90th": ninetieth, "years of 80 to 100": 100.0 * float((shares[:, 1:] >= 80.0).mean()),
    }  # fmt: skip


def survival_row(found: list[Years]) -> dict[str, float]:
    """Partnerships that last, and what members say of them and of the others.

    Parameters
    ----------
    found : list of Years
        One a draw and replicate.

    Returns
    -------
    dict of str to float
        Per cent alive after five years and at the end, with error; ratings over the years in which each
        stood: as reported by those that last, by all members of all, by all who belonged at year 0.
    """
    alive = np.array([years.alive for years in found])
    lasts = alive[:, -1] > 0.0
    share, error = mean_and_error(pd.Series(100.0 * alive[:, -1]))
    reported, members, founders = (
        np.array([_mean(getattr(years, name)) for years in found])
        for name in ("reported", "of_members", "of_founders")
    )
    first = np.array([_mean(years.of_members[1:4]) for years in found])
    gap, gap_error = _difference(first[lasts], first[~lasts])
    return {
        "alive, year 5": 100.0 * float(alive[:, len(alive[0]) // 2].mean()), "alive at the end": share,
        "+-": error, "reported by those alive": _mean(reported[lasts]), "all members of all": _mean(members),
        "all who belonged": _mean(founders), "years 1-3, alive less ended": gap, "+- gap": gap_error,
    }  # fmt: skip


def _mean(values: Floats | list[float]) -> float:
    known = np.array(values, dtype=float)
    known = known[~np.isnan(known)]
    return float(known.mean()) if len(known) else float("nan")


def _difference(one: Floats, other: Floats) -> tuple[float, float]:
    """Difference of two means of separate runs, and its Monte Carlo error."""
    (a, of_a), (b, of_b) = (mean_and_error(pd.Series(values)) for values in (one, other))
    return a - b, float(np.hypot(of_a, of_b))


MEMBERSHIP: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("as it is", 1.0, ()),
    ("subscription doubled", 2.0, ()),
    ("subscription fourfold", 4.0, ()),
    ("subscription fourfold, membership off", 4.0, ("membership",)),
)

SURVIVAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("baseline", ()),
    ("one_year_grants", ()),
    ("la_income_falls", ()),
    ("five_year_funding", ()),
    (FRAGILE, ()),
    (FRAGILE, ("renewal_risk",)),
)
"""Scenario, mechanisms off."""


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", nargs="?", default="benchmark", help="place (default %(default)s)")
    parser.add_argument("--draws", type=int, default=40, help="sampled draws (default %(default)s)")
    parser.add_argument("--replicates", type=int, default=1, help="replicates of each draw (default 1)")
    parser.add_argument("--years", type=int, default=10, help="projected years (default 10)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument(
        "--out", type=Path, nargs="?", const=RESULTS, help="folder for CSV (results/ if none named)"
    )
    asked = parser.parse_args()
    place = resolve(asked.place)
    rows: list[dict[str, object]] = []

    def runs(scenario: str, times: float, off: tuple[str, ...]) -> list[Years]:
        which = cells(asked.draws, asked.replicates)
        calls = [(place, scenario, times, *cell, asked.years, off) for cell in which]
        return in_processes(observe, calls, asked.workers)

    for label, times, off in MEMBERSHIP:
        rows.append({"subscription": label, **membership_row(runs("baseline", times, off))})
    members = pd.DataFrame(rows)
    show(members, f"{place.name}: members, per cent of schools, over {asked.years} years", 1)
    keep(members, "staying_members", asked.out)
    rows = []
    for scenario, off in SURVIVAL:
        title = " ".join([scenario, *(f"({name} off)" for name in off)])
        rows.append({"scenario": title, **survival_row(runs(scenario, 1.0, off))})
    lasting = pd.DataFrame(rows)
    show(lasting, f"{place.name}: partnerships alive, per cent, and ratings by members, points of 10", 2)
    keep(lasting, "partnerships_alive", asked.out)


if __name__ == "__main__":
    main()
