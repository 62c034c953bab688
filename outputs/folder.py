"""A folder that appears whole or not at all."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outputs.errors import BadResults

_OWN = re.compile(
    r"(manifest|measures|mechanisms)\.json|(parameters|summary|comparison|payers)\.csv|summary\.(txt|xlsx)|sources\.txt"
    r"|(trajectories|schools|posts|cases|ledger|events|comparison|comparison_over_years)\.parquet"
    r"|story_\d+_.+\.(md|png|svg|csv|txt)"
    r"|chart_(outcomes|gap|comparison|support)(_.+)?\.(png|svg|csv|txt)"
)
"""Names of the files that lepsim writes into a folder of results."""


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
        others = sorted(path.name for path in out.iterdir() if path.is_dir() or not _OWN.fullmatch(path.name))
        if others:
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            raise BadResults(
                "holds files that lepsim did not write, which would be lost", where=str(out),
                found=", ".join(others[:3]) + more, allowed="another out=, or move them away",
            )  # fmt: skip
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


@contextmanager
def new_files(out: Path) -> Iterator[Path]:
    """Write files beside a folder's own and put them into it once all are complete.

    Parameters
    ----------
    out : Path
        Where they go; made if it is not there.

    Yields
    ------
    Path
        The folder to write into; removed if anything goes wrong.

    Raises
    ------
    BadResults
        If they cannot go there.
    """
    out = out.absolute()
    if not out.is_dir():
        if out.exists() or out.is_symlink():
            raise BadResults("is not a folder", where=str(out), allowed="a folder to write into")
        with new_folder(out) as folder:
            yield folder
        return
    try:
        beside = Path(tempfile.mkdtemp(prefix=".writing-", dir=out))
    except OSError as error:
        raise BadResults("cannot be written", where=str(out), found=error.strerror or "an error") from None
    try:
        yield beside
        for path in sorted(beside.iterdir()):
            path.replace(out / path.name)
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
