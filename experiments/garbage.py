"""Python's search for cyclic garbage: once a row, and not among what was loaded at the start.

By itself it comes whenever many objects have been made, and goes through libraries, places and all cases
that live: a fifth of a run of England.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def looked_for_by_row() -> Iterator[None]:
    """Leave the search to ``after_row`` while rows are run.

    Yields
    ------
    None
        While it does.
    """
    enabled = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if enabled:
            gc.enable()


def after_row() -> None:
    """Give back what a row leaves behind: parts of a system refer to each other."""
    gc.collect()
