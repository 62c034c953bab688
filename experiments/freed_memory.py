"""Memory that a row has given back is kept for what comes next, not handed to the system and fetched again.

Every page fetched anew is first filled with zeros: up to a fifth of a row's time went there, and a
quarter of England's.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_TRIM_THRESHOLD, _MMAP_MAX = -1, -4  # numbers of glibc's malloc.h
_KEPT_BYTES = (1 << 31) - 1  # the most that can be said


@cache
def keep_freed_memory() -> None:
    """Let this process keep up to 2 GB that are free for the time being; nothing outside Linux's glibc."""
    if not sys.platform.startswith("linux"):
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_TRIM_THRESHOLD, _KEPT_BYTES)
        set_option(_MMAP_MAX, 0)  # large arrays too come from what is kept, instead of each by itself
