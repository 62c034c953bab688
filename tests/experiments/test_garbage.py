"""Python looks for garbage once a row while rows are run, and as before when they are done."""

import gc
import weakref

import pytest

from experiments.garbage import after_row, looked_for_by_row


class Part:
    """A part that refers to itself, as those of a system do to each other."""

    def __init__(self):
        self.system = self


def test_garbage_is_looked_for_again_when_rows_are_done_or_have_failed():
    with pytest.raises(ZeroDivisionError), looked_for_by_row():
        assert not gc.isenabled()
        1 / 0  # noqa: B018
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_a_row_leaves_behind_is_given_back_before_the_next():
    with looked_for_by_row():
        left = weakref.ref(Part())
        assert left() is not None
        after_row()
        assert left() is None
