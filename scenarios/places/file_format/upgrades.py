"""Place files of older layouts, brought up to date one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from scenarios.places.file_format.contents import FORMAT, Contents, Version


class Step(NamedTuple):
    """One change of the layout: from which version to which, and what is done to the contents."""

    before: Version
    after: Version
    change: Callable[[Contents], Contents]


def _as_it_was(contents: Contents) -> Contents:
    """A layout that only adds a table which need not be there."""
    return contents


STEPS: tuple[Step, ...] = (
    Step(Version(1, 0), Version(1, 1), _as_it_was),  # adds public_record: without it schools' own is drawn
)
"""Every change of the layout since the first, oldest first; 1.0 is the first."""


def upgraded(
    contents: Contents, version: Version, steps: Sequence[Step], newest: Version = FORMAT
) -> Contents:
    """Bring the contents of an older file up to date.

    Parameters
    ----------
    contents : Contents
        As read.
    version : Version
        Of the file.
    steps : Sequence of Step
        Changes there have been.
    newest : Version, optional
        Where they lead.

    Returns
    -------
    Contents
        Of the newest layout; as they were where the file is of this layout or a newer minor one.

    Raises
    ------
    BadInput
        If no step leads on from that version.
    """
    while version < newest:
        step = next((item for item in steps if item.before == version), None)
        if step is None:
            raise contents.refusal(
                "is of a layout that never was", f"layout {version}", f"layouts up to {newest}"
            )
        contents, version = step.change(contents), step.after
    return contents
