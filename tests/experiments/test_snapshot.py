"""A copy of how something stood has all of it, and nothing of what happened since."""

import numpy as np
import pytest
import simpy

from experiments.snapshot import Snapshot


def test_a_copy_is_as_things_stood_and_copies_do_not_see_each_other():
    thing = {"schools": np.arange(3.0), "names": ["a", "b"]}
    snapshot = Snapshot(thing, [])
    thing["schools"][0] = 9.0
    one, other = snapshot.copy([]), snapshot.copy([])
    one["schools"][1] = 7.0
    one["names"].append("c")
    assert other["schools"].tolist() == [0.0, 1.0, 2.0]
    assert other["names"] == ["a", "b"]


def test_what_stands_outside_is_put_in_by_whoever_takes_a_copy():
    place, other = object(), object()
    assert Snapshot([place, {"of": place}], [place]).copy([other]) == [other, {"of": other}]


@pytest.mark.parametrize(
    "part",
    [lambda a: a[1:3], lambda a: a[:, 1], lambda a: a.T, lambda a: a[::2, ::-1], lambda a: a.reshape(-1)[5:]],
    ids=["rows", "a column", "turned", "backwards", "one after another"],
)
@pytest.mark.parametrize("order", ["C", "F"])
def test_a_part_of_a_column_stays_a_part_of_it(part, order):
    whole = np.array(np.arange(24.0).reshape(6, 4), order=order)
    seen, (copied, view) = part(whole), Snapshot((whole, part(whole)), []).copy([])
    np.testing.assert_array_equal(view, seen)
    if np.shares_memory(whole, seen):
        assert view.strides == seen.strides
        copied += 100.0
        np.testing.assert_array_equal(view, seen + 100.0)


def test_a_column_that_no_one_may_write_to_is_not_copied_and_stays_so():
    table = np.arange(4.0)
    table.setflags(write=False)
    snapshot = Snapshot(table, [])
    one, other = snapshot.copy([]), snapshot.copy([])
    assert np.shares_memory(one, other)
    assert not one.flags.writeable


def test_a_process_comes_back_with_what_it_waits_for_and_goes_on_once_it_has_its_life():
    env, seen = simpy.Environment(), []

    def life(clock, told):
        yield clock.timeout(2.0)
        told.append(clock.now)

    process = env.process(life(env, seen))
    env.run(until=1.0)
    copied_env, copied, told = Snapshot((env, process, seen), []).copy([])
    assert copied.is_alive
    assert type(copied.target) is simpy.events.Timeout

    def rest():
        yield copied.target
        told.append(copied_env.now)

    copied._generator = rest()
    next(copied._generator)
    copied_env.run()
    assert told == [2.0]
    assert seen == []
