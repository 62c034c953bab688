"""The table of schools beside a place: frames, and what was done where nothing was published."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from scenarios.places.build.school_table import SchoolTable
from scenarios.places.file_format import plain
from scenarios.places.file_format.contents import Contents
from scenarios.places.file_format.frames import from_frame, to_frame
from scenarios.places.file_format.table_validity import check_frames
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
        "notes": [asdict(note) for note in table.notes],
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
    about = contents.values["table"]
    try:
        how, counts = plain.texts(about.get("how")), plain.counts(about.get("counts"))
        notes = [plain.made(Note, item) for item in contents.value("table", "notes", list)]
    except TypeError as error:
        raise contents.refusal("table.json: cannot be used", str(error)[:80], "as lepsim writes it") from None
    check_frames(contents, frames)
    return SchoolTable(**frames, how=how, notes=notes, counts=counts)
