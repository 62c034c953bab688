"""What is said when the files hold no schools of an LA: which files were read, and what they lack."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from scenarios.errors import BadInput
from scenarios.places.authorities import load_authorities
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.geography import LocalAuthority, former_authorities
from scenarios.places.files.notes import Note

MOST_NAMED: Final = 3
_REGISTER: Final = "the register of schools among the files: GIAS, edubasealldata"


def refuse_without_register(sources: SourceTables, asked: Collection[LocalAuthority], year: int) -> None:
    """Refuse a build for which no row of a register is there.

    Parameters
    ----------
    sources : SourceTables
        What was read; with ``files`` where it was read from files.
    asked : collection of LocalAuthority
        The LAs of the place.
    year : int
        Year 0.

    Raises
    ------
    BadInput
        If no file is a register, or none of the registers has a row of these LAs.
    """
    if not canonical(sources, "register").empty:
        return
    files = getattr(sources, "files", ())
    registers = [file.path for file in files if file.source == "register"]
    if registers:
        names = ", ".join(f"{la.name} ({la.code})" for la in asked)
        raise BadInput(
            f"no school of {names} that was open in {year} is in any of the files",
            where="data",
            found=f"registers without a row of this LA: {_some(registers)}",
            allowed="files with this LA's schools: the register (GIAS), school information, results",
        )
    spoilt = [f"{file.path}: {file.remark}" for file in files if "GIAS register" in file.remark]
    raise BadInput(
        "no file tells where schools are and who runs them",
        where="data",
        found=_some(spoilt) if spoilt else "no register",
        allowed=_REGISTER,
    )


def las_left_out(asked: Collection[LocalAuthority]) -> list[Note]:
    """Say which LAs of England the files do not hold, where all of them were asked for.

    Parameters
    ----------
    asked : collection of LocalAuthority
        The LAs with a school in the files.

    Returns
    -------
    list of Note
        Of kind ``missing``; none where every LA is there.
    """
    here = {la.code for la in asked}
    here |= {later for code, former in former_authorities().items() if code in here for later in former[1]}
    absent = [la.name for code, la in load_authorities().items() if code not in here]
    if not absent:
        return []
    text = f"England without the LAs of which no file has a school: {_some(absent, ', ')}"
    return [Note("missing", "la=all", text, len(absent))]


def _some(items: Collection[str], between: str = "; ") -> str:
    shown = list(items)[:MOST_NAMED]
    return between.join(shown) + (f" and {len(items) - len(shown)} more" if len(items) > len(shown) else "")
