"""Memory that one row gives back serves the next, so that the system need not find it again."""

import sys

import numpy as np
import pytest

from experiments.freed_memory import keep_freed_memory

_MEGABYTE = np.zeros(1 << 17)


def pages_fetched(times):
    """Pages that the system hands out while a sum of a megabyte is worked out so many times."""
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(times):
        _MEGABYTE + 1.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux's glibc can be told to keep memory"
)
def test_what_has_been_given_back_is_used_again():
    keep_freed_memory()
    pages_fetched(1)
    assert pages_fetched(100) < 100  # each sum is of 256 pages


def test_it_can_be_asked_for_twice_and_anywhere():
    keep_freed_memory()
    keep_freed_memory()
