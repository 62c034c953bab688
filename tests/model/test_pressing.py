"""Stakes, judgements and results press on schools as far as they differ from what was usual."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from model.parameters import Parameters, with_effects
from model.place import Phase
from model.pressing import Circumstances, Pressing
from model.pressure import Pressure

PHASE = np.array([Phase.PRIMARY, Phase.SECONDARY, Phase.SECONDARY, Phase.ALL_THROUGH, Phase.SPECIAL])
N = len(PHASE)
USUAL = Circumstances(
    stakes=np.array([0.2, 0.4, 0.6, 0.8, 0.5]),
    good=np.array([True, True, False, True, True]),
    concern=np.zeros(N, dtype=bool),
    results=np.zeros(N),
    pupils=np.full(N, 400.0),
    capacity=np.full(N, 400.0),
    shared=np.zeros(N),
    head_field=np.zeros(N),
)
COLUMNS = [field.name for field in fields(Pressure)]


def pressing(parameters=None, **off):
    switches = dict.fromkeys(("stakes", "inflation", "choice"), True) | off
    return Pressing(PHASE, (parameters or Parameters()).pressure, **switches)


def after(change, parameters=None, **off):
    """Give the pressure at year 0 and that after a change."""
    room = pressing(parameters, **off)
    return room.settle(USUAL), room.year_end(replace(USUAL, **change))


def all_zero(pressure, but=()):
    return all(not getattr(pressure, name).any() for name in COLUMNS if name not in but)


def test_before_year_0_nothing_presses():
    assert all_zero(pressing().year_end(USUAL))


def test_at_year_0_no_score_is_inflated_and_no_school_pulls():
    usual, _ = after({})
    assert not usual.inflation_ks2.any() and not usual.inflation_ks4.any() and not usual.pull.any()


def test_staff_are_pressed_where_stakes_are_above_the_mean_and_relieved_where_below():
    usual, _ = after({})
    for column in (usual.head_leave, usual.teacher_leave):
        assert column.sum() == pytest.approx(0.0)
        assert (np.diff(column[:4]) > 0.0).all()


def test_scores_inflate_as_stakes_rise_and_deflate_as_they_fall():
    change = np.array([0.3, -0.3, 0.0, 0.1, 0.0])
    _, now = after({"stakes": USUAL.stakes + change})
    p = Parameters().pressure
    np.testing.assert_allclose(now.inflation_ks2, p.inflation_ks2 * change, atol=1e-12)
    np.testing.assert_allclose(now.inflation_ks4, p.inflation_ks4 * change, atol=1e-12)


def test_more_pupils_are_moved_off_rolls_where_more_is_at_stake_and_none_in_special_schools():
    usual, lower = after({"stakes": np.full(N, 0.1)})
    assert (np.diff(usual.off_roll[:4]) > 0.0).all()
    assert (lower.off_roll[1:4] < usual.off_roll[1:4]).all()
    assert usual.off_roll[4] == 0.0 == lower.off_roll[4]


def test_fewer_pupils_are_moved_off_rolls_where_schools_answer_together():
    usual, shared = after({"shared": np.ones(N)})
    assert (shared.off_roll[:4] < usual.off_roll[:4]).all()


def test_families_turn_from_a_school_judged_poorly_and_more_so_from_one_of_concern():
    _, below = after({"good": np.zeros(N, dtype=bool)})
    _, concern = after({"good": np.zeros(N, dtype=bool), "concern": np.ones(N, dtype=bool)})
    assert (below.pull[[0, 1, 3]] < 0.0).all() and below.pull[2] == 0.0
    assert (concern.pull[:4] < below.pull[:4]).all()
    assert concern.pull[4] == 0.0


def test_families_follow_a_change_of_results_and_not_results_as_they_were():
    room = pressing()
    room.settle(USUAL)
    standing = np.array([1.0, -1.0, 0.5, 0.0, 0.0])
    assert not room.year_end(replace(USUAL, results=standing)).pull.any()
    better = room.year_end(replace(USUAL, results=standing + 0.5)).pull
    assert (better[:4] > 0.0).all()


def test_a_full_school_gains_nothing_by_being_wanted_more_but_loses_by_being_wanted_less():
    room = pressing()
    full = replace(USUAL, pupils=np.full(N, 500.0))
    room.settle(full)
    room.year_end(full)
    assert not room.year_end(replace(full, results=np.ones(N))).pull.any()
    assert (room.year_end(replace(full, results=-np.ones(N))).pull[:4] < 0.0).all()


def test_what_other_rooms_add_is_added_as_it_is():
    some = np.array([0.0, -0.3, 0.0, 0.0, -4.0])
    room = pressing()
    usual = room.settle(USUAL)
    now = room.year_end(replace(USUAL, pulls=(None, some), head_leaves=(some, some), teacher_leaves=(some,)))
    np.testing.assert_allclose(now.pull, some)
    np.testing.assert_allclose(now.head_leave - usual.head_leave, 2.0 * some)
    np.testing.assert_allclose(now.teacher_leave - usual.teacher_leave, some)
    assert not pressing(choice=False).year_end(replace(USUAL, pulls=(some,))).pull.any()


WORSE = {
    "stakes": np.full(N, 0.9),
    "good": np.zeros(N, dtype=bool),
    "results": -np.ones(N),
}


@pytest.mark.parametrize(
    ("switch", "columns"),
    [
        ("inflation", {"inflation_ks2", "inflation_ks4"}),
        ("choice", {"pull"}),
        ("stakes", {"off_roll"}),
    ],
)
def test_a_switch_takes_its_own_links_away_and_no_other(switch, columns):
    _, everything = after(WORSE)
    _, without = after(WORSE, **{switch: False})
    for name in COLUMNS:
        if name in columns:
            assert not getattr(without, name).any() and getattr(everything, name).any()
        elif switch != "stakes":
            np.testing.assert_array_equal(getattr(without, name), getattr(everything, name))


def test_with_all_switches_off_or_effects_at_zero_nothing_presses():
    off = dict.fromkeys(("stakes", "inflation", "choice"), False)
    assert all_zero(after(WORSE, **off)[1])
    assert all_zero(after(WORSE, with_effects(Parameters(), 0.0))[1])


def test_the_field_of_heads_is_passed_on_as_it_is():
    field = np.linspace(-0.5, 0.5, N)
    _, now = after({"head_field": field})
    np.testing.assert_array_equal(now.head_field, field)


def test_a_place_without_schools_is_under_no_pressure():
    none = {field.name: getattr(USUAL, field.name)[:0] for field in fields(Circumstances)}
    room = Pressing(PHASE[:0], Parameters().pressure, stakes=True, inflation=True, choice=True)
    assert all_zero(room.settle(Circumstances(**none)))


def test_what_is_taken_in_is_left_as_it_was():
    kept = {name: column.copy() for name, column in vars(USUAL).items() if isinstance(column, np.ndarray)}
    room = pressing()
    room.settle(USUAL)
    room.year_end(USUAL)
    for name, column in kept.items():
        np.testing.assert_array_equal(getattr(USUAL, name), column)
