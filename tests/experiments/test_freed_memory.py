"""Memory that one row gives back serves the next, so that the system need not find it again."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest

from experiments import freed_memory
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


@pytest.mark.parametrize(("platform", "asked"), [("darwin", 0), ("win32", 0), ("linux", 2)])
def test_only_a_library_of_linux_is_asked(platform, asked, monkeypatch):
    told = []
    library = SimpleNamespace(mallopt=lambda *option: told.append(option))
    monkeypatch.setattr(freed_memory.sys, "platform", platform)
    monkeypatch.setattr(freed_memory.ctypes, "CDLL", lambda _: library)
    keep_freed_memory.__wrapped__()
    assert len(told) == asked
