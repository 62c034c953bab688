"""Chance belongs to identities: what happens elsewhere never shifts another child's or school's luck."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.randomness import DRAW_ONLY, LEVELS, Chance, draw_quantile, normal_quantiles
from tests.model.running import changed, course, has_run, levers, place_of, run, same, system, tiny_place

names = st.text(min_size=1, max_size=12)
small = st.integers(0, 50)


@given(names, small, small, st.integers(1, 200), st.integers(1, 200))
@settings(max_examples=40)
def test_a_longer_block_begins_with_the_same_words(name, block, date, size, more):
    chance = Chance(3, 1, 2)
    longer = chance.words(name, block, date, size + more)[:size]
    np.testing.assert_array_equal(chance.words(name, block, date, size), longer)


@given(st.integers(0, 2**70), st.integers(0, 2**33), names)
@settings(max_examples=40)
def test_a_stream_is_that_of_numpys_seed_sequence(seed, draw, name):
    letters = name.encode()
    sequence = np.random.SeedSequence([seed, draw, 1 - DRAW_ONLY], spawn_key=(len(letters), *letters))
    own = np.random.Philox(key=sequence.generate_state(2, np.uint64), counter=[0, 0, 7, 2024])
    words = own.random_raw(25).view(np.uint16)
    np.testing.assert_array_equal(Chance(seed, draw, 1).words(name, 7, 2024, 100), words)


@given(names, small, small)
@settings(max_examples=30)
def test_the_order_of_drawing_does_not_matter(name, block, date):
    first, second = Chance(3, 1, 2), Chance(3, 1, 2)
    first.words("another stream", block, date, 30)
    first.words(name, block + 1, date, 30)
    np.testing.assert_array_equal(first.words(name, block, date, 9), second.words(name, block, date, 9))


@given(names, small)
@settings(max_examples=30)
def test_a_kept_block_has_the_bits_of_one_drawn_afresh(name, block):
    kept, fresh = Chance(3, 1, 2, keep=True), Chance(3, 1, 2)
    for size in (40, 7, 40):
        expected = fresh.words(name, block, 1, size)
        np.testing.assert_array_equal(kept.words(name, block, 1, size), expected)
        np.testing.assert_array_equal(kept.normals(name, block, 1, size), fresh.normals(name, block, 1, size))


def addresses():
    """Streams that differ in one part of their address, near misses among them."""
    base = {"seed": 1, "draw": 1, "replicate": 1, "mechanism": "heads", "block": 7, "date": 3}
    yield base
    for part, values in {
        "seed": (0, 2),
        "draw": (0, 2),
        "replicate": (0, 2, DRAW_ONLY),
        "mechanism": ("head", "heads ", "heads leave", "hea", "sdaeh", "heads\0"),
        "block": (0, 3, 8),
        "date": (7, 0, 4),
    }.items():
        for value in values:
            yield base | {part: value}


def drawn(a, size=2000):
    chance = Chance(a["seed"], a["draw"], a["replicate"])
    return chance.normals(a["mechanism"], a["block"], a["date"], size)


def test_streams_that_differ_in_any_part_of_their_address_are_unrelated():
    found = [drawn(a) for a in addresses()]
    for one, other in combinations(found, 2):
        assert abs(np.corrcoef(one, other)[0, 1]) < 0.12
        assert (one == other).mean() < 0.01


def test_names_that_begin_alike_or_end_in_their_own_length_do_not_meet():
    streams = {
        Chance(1, 0, 0).words(name, 0, 0, 8).tobytes() for name in ("a", "aa", "a\0", "a\x01", "\x01a")
    }
    assert len(streams) == 5


def test_draws_within_a_block_are_unrelated_to_their_neighbours():
    x = drawn(next(addresses()), 20_000)
    for lag in (1, 2, 3, 4, 8):
        assert abs(np.corrcoef(x[:-lag], x[lag:])[0, 1]) < 0.03


def test_normals_have_mean_nought_and_variance_one_in_their_table_and_in_a_sample():
    table = normal_quantiles()
    assert len(table) == LEVELS
    assert table.mean() == pytest.approx(0.0, abs=1e-12)
    assert table.var() == pytest.approx(1.0, abs=1e-12)
    assert not table.flags.writeable
    x = drawn(next(addresses()), 100_000)
    assert x.mean() == pytest.approx(0.0, abs=0.015)
    assert x.var() == pytest.approx(1.0, abs=0.02)
    assert (np.abs(x) > 1.96).mean() == pytest.approx(0.05, abs=0.004)


def test_uniforms_lie_strictly_between_nought_and_one_and_are_level():
    u = Chance(1, 0, 0).uniforms("luck", 0, 0, 100_000)
    assert u.min() > 0.0
    assert u.max() < 1.0
    np.testing.assert_allclose(np.histogram(u, 10, (0, 1))[0] / len(u), 0.1, atol=0.005)


@pytest.mark.parametrize("correlation", [0.0, 0.7, 0.95])
def test_literacy_and_maths_luck_go_together_as_asked(correlation):
    pair = Chance(1, 0, 0).pairs("learning", 1, 2, 50_000, correlation)
    assert np.corrcoef(*pair)[0, 1] == pytest.approx(correlation, abs=0.02)
    np.testing.assert_allclose([x.std() for x in pair], 1.0, atol=0.02)
    first = [x[:10] for x in pair]
    np.testing.assert_array_equal(first, Chance(1, 0, 0).pairs("learning", 1, 2, 10, correlation))


def test_the_quantile_of_an_uncertain_quantity_is_its_own_in_every_draw():
    found = np.array([[draw_quantile(1, d, name) for name in ("a", "b", "ab")] for d in range(400)])
    assert found.min() > 0.0
    assert found.max() < 1.0
    np.testing.assert_allclose(found.mean(axis=0), 0.5, atol=0.06)
    assert np.abs(np.corrcoef(found.T) - np.eye(3)).max() < 0.2
    assert draw_quantile(1, 5, "a") == draw_quantile(1, 5, "a")


def test_the_same_run_twice_gives_the_same_bits():
    same(run(tiny_place(), years=4), run(tiny_place(), years=4))


def test_another_replicate_gives_other_results_and_another_seed_others_again():
    runs = [run(tiny_place(), chance=Chance(*key)).values for key in ((1, 0, 0), (1, 0, 1), (2, 0, 0))]
    for one, other in combinations(runs, 2):
        assert not np.array_equal(one, other, equal_nan=True)


def test_a_pair_that_keeps_its_chance_has_the_bits_of_two_runs_apart():
    kept, scenario = Chance(1, 2, 3, keep=True), levers(course(reach=0.5))
    for one in (None, scenario, None):
        same(run(tiny_place(), one, chance=kept), run(tiny_place(), one, chance=Chance(1, 2, 3)))


def test_replicates_of_a_draw_share_its_lasting_facts_and_not_its_luck():
    whole = [system(tiny_place(), chance=Chance(1, 4, r)).parts for r in (0, 1)]
    np.testing.assert_array_equal(whole[0].practice.own_level, whole[1].practice.own_level)
    np.testing.assert_array_equal(whole[0].paths.value_added, whole[1].paths.value_added)
    assert not np.array_equal(whole[0].workforce.head_quality, whole[1].workforce.head_quality)


def with_children(place, more):
    """The place with more children in its last home area."""
    children = np.round(place.areas.children)
    children[-1] += more
    return replace(
        place, areas=replace(place.areas, children=children), secondary_pupils=np.array([children.sum()])
    )


def test_one_more_child_shifts_no_other_childs_luck():
    plain = [has_run(with_children(place_of(), more), years=2, off=("rolls",)) for more in (0, 1)]
    one, other = (whole.parts.register for whole in plain)
    for before, after in zip(one.cohorts, other.cohorts, strict=True):
        assert after.size == before.size + 1
        a, b = slice(before.start, before.end), slice(after.start, after.end - 1)
        for column in ("income", "need_index", "absence"):
            np.testing.assert_array_equal(getattr(one, column)[a], getattr(other, column)[b])
        still = one.school[a] == other.school[b]
        assert still.mean() > 0.95
        # luck drawn by another place in the list would set pupils apart by more than a pupil SD
        apart = np.std((one.attainment[:, a] - other.attainment[:, b])[:, still])
        assert apart < 0.1 * np.std(one.attainment[:, a])


def test_one_more_school_shifts_no_other_schools_luck():
    place = place_of()
    n = len(place.schools)
    names = [f for f in place.schools.__dataclass_fields__ if f != "name"]
    columns = {f: np.append(getattr(place.schools, f), getattr(place.schools, f)[-1]) for f in names}
    columns["urn"][-1] = 999_999
    more = replace(
        place,
        schools=replace(place.schools, name=(*place.schools.name, "A new school"), **columns),
    )
    one, other = (system(p, years=1).parts for p in (place, more))
    np.testing.assert_array_equal(one.practice.own_level, other.practice.own_level[:n])
    np.testing.assert_array_equal(one.practice.embedded, other.practice.embedded[:n])
    np.testing.assert_array_equal(one.workforce.head_quality, other.workforce.head_quality[:n])
    np.testing.assert_array_equal(one.register.home, other.register.home)


def test_a_parameter_of_one_mechanism_leaves_the_luck_of_the_others():
    two = [
        has_run(tiny_place(), None, p, years=2).parts
        for p in (changed(workforce__head_leave_primary=0.0), changed(workforce__head_leave_primary=0.5))
    ]
    np.testing.assert_array_equal(two[0].register.home, two[1].register.home)
    np.testing.assert_array_equal(two[0].register.school, two[1].register.school)
    assert not np.array_equal(two[0].workforce.head_quality, two[1].workforce.head_quality)
