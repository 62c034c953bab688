"""The table of schools beside a place: frames, and what was done where nothing was published."""

from __future__ import annotations

from typing import Any

from scenarios.places.build.school_table import SchoolTable
from scenarios.places.file_format.contents import Contents
from scenarios.places.file_format.frames import from_frame, to_frame
from scenarios.places.files.notes import Note

_FRAMES = ("schools", "flags", "results", "las")


def add_school_table(contents: Contents, table: SchoolTable) -> None:
    """Add the frames of a table of schools to the contents of a file.

    Parameters
    ----------
    contents : Contents
        To be added to.
    table : SchoolTable
        Schools, flags, results, LAs and notes.
    """
    described: dict[str, Any] = {}
    for name in _FRAMES:
        frame, described[name] = from_frame(getattr(table, name))
        contents.tables[f"table_{name}"] = frame
    contents.values["table"] = {
        "frames": described,
        "how": dict(table.how),
        "notes": [note._asdict() if hasattr(note, "_asdict") else vars(note) for note in table.notes],
        "counts": table.counts,
    }


def to_school_table(contents: Contents) -> SchoolTable:
    """Put the table of schools together.

    Parameters
    ----------
    contents : Contents
        Members of a place file.

    Returns
    -------
    SchoolTable
        As it was written.

    Raises
    ------
    BadInput
        If something is missing or does not fit.
    """
    described = contents.value("table", "frames", dict)
    frames = {name: to_frame(contents, f"table_{name}", described.get(name)) for name in _FRAMES}
    how, counts = contents.value("table", "how", dict), contents.value("table", "counts", dict)
    return SchoolTable(**frames, how=how, notes=_notes(contents), counts=counts)


def _notes(contents: Contents) -> list[Note]:
    try:
        return [Note(**item) for item in contents.value("table", "notes", list)]
    except TypeError:
        raise contents.refusal("table.json: notes cannot be used", "other keys", "notes as written") from None
