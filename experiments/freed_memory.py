"""Memory that a row has given back is kept for what comes next, not handed to the system and fetched again.

Every page fetched anew is first filled with zeros: a tenth to a quarter of a row's time went there.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # numbers of glibc's malloc.h
_KEPT_BYTES = 512 << 20
_LARGEST_KEPT_BYTES = 32 << 20  # the most that glibc allows: larger arrays come and go by themselves


@cache
def keep_freed_memory() -> None:
    """Let this process keep up to 512 MB that are free for the time being; nothing outside Linux's glibc."""
    if not sys.platform.startswith("linux"):
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_TRIM_THRESHOLD, _KEPT_BYTES)
        set_option(_MMAP_THRESHOLD, _LARGEST_KEPT_BYTES)
