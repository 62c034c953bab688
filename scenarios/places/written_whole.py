"""One file that appears whole or not at all, and takes no other file's place unasked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from scenarios.errors import BadInput


def refuse_target(path: Path, suffix: str, key: str, *, overwrite: bool) -> None:
    """Refuse a path where a file cannot go, before any work is done.

    Parameters
    ----------
    path : Path
        Where the file would go.
    suffix : str
        What it has to end in.
    key : str
        The setting, for messages.
    overwrite : bool
        Whether a file there may be replaced.

    Raises
    ------
    BadInput
        If the path cannot be used.
    """
    where = f"{key}={path}"
    if path.suffix.lower() != suffix:
        raise BadInput(
            f"does not end in {suffix}",
            where=where,
            found=path.suffix or "no ending",
            allowed=f"NAME{suffix}",
        )
    try:
        if path.is_dir():
            raise BadInput("is a folder", where=where, allowed=f"a path that ends in {suffix}")
        if (path.exists() or path.is_symlink()) and not overwrite:
            raise BadInput("is there already", where=where, found="a file",
                           allowed=f"another {key}=, or overwrite=true")  # fmt: skip
        parent = next(folder for folder in path.absolute().parents if folder.exists())
        if not parent.is_dir() or not os.access(parent, os.W_OK):
            raise BadInput("cannot be written", where=where, found=f"{parent} is closed, or is no folder",
                           allowed="a folder one may write to")  # fmt: skip
    except (OSError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput("cannot be written", where=where, found=str(error)[:80], allowed="a path") from None


def put(data: bytes, path: Path, key: str, *, overwrite: bool) -> None:
    """Put a file in place, whole or not at all.

    Parameters
    ----------
    data : bytes
        What it holds.
    path : Path
        Where.
    key : str
        The setting, for messages.
    overwrite : bool
        Replace a file that is there.

    Raises
    ------
    BadInput
        If it cannot be written, or a file is there that may not be replaced.
    """
    where = f"{key}={path}"
    beside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.writing-", dir=path.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(0o644)
        if overwrite:
            beside.replace(path)
        else:
            _link(beside, path)
    except FileExistsError:
        raise BadInput("is there already", where=where, found="a file",
                       allowed=f"another {key}=, or overwrite=true") from None  # fmt: skip
    except OSError as error:
        raise BadInput("cannot be written", where=where, found=error.strerror or str(error),
                       allowed="a folder one may write to") from None  # fmt: skip
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _link(beside: Path, path: Path) -> None:
    """Give the file its name only if nobody has it; some file systems have no links."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError from None
        beside.rename(path)
