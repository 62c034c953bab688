"""What a whole place must show: who is left out, the land of nice, rivals, members, too much of a good thing.

Each sign, and that it goes when the mechanism it rests on is off. Sizes are measured in ``calibration``:
``left_out``, ``working_together``, ``staying_members``.
"""

from __future__ import annotations

from functools import cache

import mesa
import numpy as np
import pytest

from calibration.left_out import (
    ALONE,
    MEASURES,
    Seen,
    as_they_are,
    belong,
    chosen,
    differences,
    no_one_takes,
    observe,
    stay_out,
)
from calibration.looking_on import Together
from calibration.plans import SEED
from calibration.staying_members import FRAGILE, Years, survival_row
from calibration.staying_members import observe as belonging
from calibration.working_together import arm, of_days, reviewed, same
from model.agents.partnership import Partnership
from model.body_parameters import BodyParameters
from model.place import Bools
from model.randomness import Chance
from scenarios.places.resolve import resolve
from tests.model.brokered import PARTNERSHIP
from tests.model.running import place_of

PLACE = place_of(schools=40, pupils=12000, trusts=0)
LARGER = resolve("benchmark")  # a few of its schools are isolated outside the partnership
YEARS = 6
REPLICATES = range(1, 4)
LEFT_OUT = range(1, 5)


# --- on one's own, and no one's ---------------------------------------------------------------------------


@cache
def seen(put, off: tuple[str, ...] = ()) -> tuple[Seen, ...]:
    """One arm, in each replicate."""
    return tuple(observe(LARGER, put, 0, replicate, YEARS, off) for replicate in LEFT_OUT)


def who(alone: tuple[Seen, ...] | None = None) -> list[Bools]:
    """The schools chosen in each replicate; of them those that are isolated."""
    lots = [chosen(LARGER, Chance(SEED, 0, replicate)) for replicate in LEFT_OUT]
    return lots if alone is None else [lot & one.isolated for lot, one in zip(lots, alone, strict=True)]


def apart(left: tuple[Seen, ...], others: tuple[Seen, ...], counted: list[Bools]) -> dict[str, float]:
    """Differences, mean over replicates in which there is such a school."""
    rows = [differences(*each) for each in zip(left, others, counted, strict=True) if each[2].any()]
    return dict(zip(MEASURES, np.nanmean(rows, axis=0).tolist(), strict=True))


def test_an_isolated_school_is_known_less_and_helped_less_than_if_it_belonged():
    alone, joined = seen(stay_out), seen(belong)
    found = apart(alone, joined, who(alone))
    assert found["support weeks a year"] < -5.0
    assert found["broker's error (SD)"] > 0.01
    assert found["practice (SD)"] < -0.05
    assert found["mutual trust"] < -0.03


def test_without_brokerage_and_work_together_it_makes_little_difference_to_be_on_ones_own():
    alone, joined = seen(stay_out, ALONE), seen(belong, ALONE)
    as_it_is = apart(seen(stay_out), seen(belong), who(seen(stay_out)))
    found = apart(alone, joined, who(alone))
    assert abs(found["practice (SD)"]) < 0.5 * abs(as_it_is["practice (SD)"])
    assert abs(found["support weeks a year"]) < 0.5 * abs(as_it_is["support weeks a year"])


def test_an_orphan_loses_practice_pupils_and_teachers():
    found = apart(seen(no_one_takes), seen(as_they_are), who())
    assert found["practice (SD)"] < -0.1
    assert found["roll (%)"] < -2.0
    assert found["teachers leaving (%)"] > 1.0


def test_with_orphans_off_a_school_that_no_one_takes_is_like_any_other():
    off = ("orphans", "rise")  # in targeted help no orphan is asked to help others
    left, other = (observe(LARGER, put, 0, 1, 3, off) for put in (no_one_takes, as_they_are))
    for column, usual in zip(left, other, strict=True):
        np.testing.assert_array_equal(column, usual)


# --- the land of nice, rivals, days together --------------------------------------------------------------


@cache
def together(
    what: str, value: float | None = None, off: tuple[str, ...] = (), years: int = YEARS
) -> np.ndarray:
    """Means of one arm in each replicate: (n_replicates, n_measures)."""
    vary = {"review": reviewed, "days": of_days, "same": lambda _: same}[what](value)  # type: ignore[operator]
    return np.array([arm(PLACE, vary, 0, replicate, years, off) for replicate in REPLICATES])


def change(one: np.ndarray, other: np.ndarray, name: str) -> float:
    return float((one - other)[:, Together._fields.index(name)].mean())


def test_courtesy_buys_trust_and_rigour_accuracy():
    none, nice, rigorous = (together("review", rigour) for rigour in (None, 0.1, 0.9))
    assert change(nice, none, "mutual_trust") > 0.002
    shows, nearly = change(rigorous, nice, "seen_error"), change(nice, none, "seen_error")
    assert shows < -0.003
    assert abs(nearly) < 0.7 * abs(shows)
    assert abs(change(rigorous, nice, "mutual_trust")) < change(nice, none, "mutual_trust")


def test_with_peer_review_off_its_rigour_is_nothing():
    off = ("peer_review",)
    np.testing.assert_array_equal(together("review", 0.1, off), together("review", 0.9, off))


def test_competition_lowers_trust_and_what_is_shared():
    rivals, none = together("same"), together("same", off=("competition",))
    for name in ("mutual_trust", "data", "gain"):
        assert change(rivals, none, name) < 0.0


def test_schools_with_most_rivals_near_share_less_only_where_they_compete():
    def pressed(rows: np.ndarray) -> float:
        names = Together._fields
        return float((rows[:, names.index("data_pressed")] - rows[:, names.index("data")]).mean())

    assert pressed(together("same")) < pressed(together("same", off=("competition",)))


def test_some_days_together_help_and_too_many_cost_unless_they_distract_no_one():
    fixed = ("membership",)
    few, some, many = (together("days", days, fixed) for days in (0.0, 12.0, 110.0))
    assert change(some, few, "practice") > 0.0
    assert change(many, some, "practice") < 0.0
    off = (*fixed, "distraction")
    some, many = (together("days", days, off) for days in (12.0, 110.0))
    assert change(many, some, "practice") > 0.0


# --- members -----------------------------------------------------------------------------------------------


@cache
def members(times: float, off: tuple[str, ...] = ()) -> tuple[Years, ...]:
    """Today's partnership in some draws, with another subscription from the second year on."""
    return tuple(belonging(PLACE, "baseline", times, draw, 1, YEARS, off) for draw in (1, 2, 3))


def at_the_end(found: tuple[Years, ...]) -> float:
    return float(np.mean([years.member_share[-1] for years in found]))


def test_most_schools_belong_and_fewer_the_more_it_costs():
    assert 0.8 <= at_the_end(members(1.0)) <= 1.0
    assert at_the_end(members(4.0)) < at_the_end(members(1.0)) - 0.1


def test_where_no_one_chooses_a_dearer_subscription_loses_no_one():
    for years in members(4.0, ("membership",)):
        assert len(set(years.member_share)) == 1


def test_a_board_with_money_for_posts_that_stand_empty_goes_on():
    agent, p = Partnership(mesa.Model(rng=0), 0, 0, PARTNERSHIP, reserves=True), BodyParameters()
    assert not agent.gives_up(100.0, 100.0, p)
    assert not agent.gives_up(10.0, 100.0, p)
    assert agent.gives_up(10.0, 10.0, p)


@pytest.mark.slow
def test_partnerships_that_last_are_not_all_and_all_last_where_money_is_certain():
    def lasting(off: tuple[str, ...]) -> dict[str, float]:
        return survival_row([belonging(PLACE, FRAGILE, 1.0, draw, 1, 10, off) for draw in range(1, 11)])

    fragile = lasting(())
    assert 10.0 < fragile["alive at the end"] < 95.0
    assert fragile["reported by those alive"] > fragile["all members of all"]
    assert lasting(("renewal_risk",))["alive at the end"] == 100.0
