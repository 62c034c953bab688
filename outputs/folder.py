"""A folder that appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outputs.errors import BadResults


def refuse_existing(out: Path, *, overwrite: bool) -> None:
    """Refuse a place where results cannot go, before any work is done.

    Parameters
    ----------
    out : Path
        Where results would go.
    overwrite : bool
        Whether a results folder there may be replaced.

    Raises
    ------
    BadResults
        If something is there that may not be replaced, or its parent is not a folder.
    """
    if out.exists() or out.is_symlink():
        replaceable = (
            out.is_dir()
            and not out.is_symlink()
            and ((out / "manifest.json").is_file() or not any(out.iterdir()))
        )
        if not replaceable:
            raise BadResults("is in the way and holds no results", where=str(out), allowed="a new folder")
        if not overwrite and any(out.iterdir()):
            raise BadResults(
                "holds results already", where=str(out), allowed="another out=, or overwrite=true"
            )
    for parent in out.absolute().parents:
        if parent.exists():
            if not parent.is_dir():
                raise BadResults("is not a folder", where=str(parent), allowed="a folder to write into")
            break


@contextmanager
def new_folder(out: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Write a folder beside its place and put it there once it is complete.

    Parameters
    ----------
    out : Path
        Where it goes.
    overwrite : bool
        Replace a results folder that is there already.

    Yields
    ------
    Path
        The folder to write into; removed if anything goes wrong.

    Raises
    ------
    BadResults
        If it cannot go there.
    """
    out = out.absolute()
    refuse_existing(out, overwrite=overwrite)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.writing-", dir=out.parent))
    except OSError as error:
        raise BadResults("cannot be written", where=str(out), found=error.strerror or "an error") from None
    try:
        beside.chmod(0o755)
        yield beside
        _swap(beside, out)
    except OSError as error:
        raise BadResults("cannot be written", where=str(out), found=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(new: Path, out: Path) -> None:
    """Put the new folder in place; the old one goes only once the new one is there."""
    if not out.exists():
        new.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old-", dir=out.parent))
    out.rename(old / out.name)
    try:
        new.rename(out)
    except OSError:
        (old / out.name).rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
