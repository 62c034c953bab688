"""Fingerprints of a place and of a plan, to tell whether kept parts still belong to it."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

import model
from experiments.jobs import Chunk, Plan
from model.place import Place
from scenarios.compose import CONF
from scenarios.version import VERSION

LIBRARIES = ("mesa", "numpy", "scipy", "simpy")
"""Libraries that the bits of a result can depend on."""


def _feed(digest: Any, thing: object) -> None:
    """Take a value in, with its type and shape, so that different things never look alike."""
    if isinstance(thing, np.ndarray):
        digest.update(f"{thing.dtype.str}{thing.shape}".encode())
        digest.update(np.ascontiguousarray(thing).tobytes())
    elif is_dataclass(thing):
        for item in fields(thing):
            digest.update(item.name.encode())
            _feed(digest, getattr(thing, item.name))
    elif isinstance(thing, tuple):
        digest.update(f"({len(thing)}".encode())
        for item in thing:
            _feed(digest, item)
    else:
        digest.update(f"{type(thing).__name__}:{thing!r};".encode())


def place_checksum(place: Place) -> str:
    """Checksum of everything a place holds.

    Parameters
    ----------
    place : Place
        Any place.

    Returns
    -------
    str
        SHA-256, as 64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    _feed(digest, place)
    return digest.hexdigest()


@cache
def model_checksum() -> str:
    """Checksum of the model's source code.

    Returns
    -------
    str
        SHA-256, as 64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    room = Path(model.__file__).parent
    for path in sorted(room.rglob("*.py")):
        digest.update(path.relative_to(room).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def versions() -> dict[str, str]:
    """Versions of lepsim, of Python and of the libraries that results can depend on.

    Returns
    -------
    dict of str to str
        By name.
    """
    libraries = {name: metadata.version(name) for name in LIBRARIES}
    return {"lepsim": VERSION, "python": platform.python_version(), **libraries}


def conf_checksums(scenarios: Iterable[str], programmes: Iterable[str]) -> dict[str, str]:
    """Checksums of the files of ``conf/`` that a run read.

    Parameters
    ----------
    scenarios, programmes : iterable of str
        Names used; those of a person's own files have no file in ``conf/`` and are passed over.

    Returns
    -------
    dict of str to str
        SHA-256, as 64 hexadecimal digits, by path inside ``conf/``.
    """
    named = [f"scenario/{name}.yaml" for name in ("baseline", *scenarios)]
    named += [f"programmes/{name}.yaml" for name in programmes]
    paths = [CONF / "config.yaml", CONF / "legal_forms.csv", *(CONF / name for name in named)]
    paths += [*CONF.glob("evidence/*.csv"), *CONF.glob("posterior/*.yaml")]
    return {
        path.relative_to(CONF).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(set(paths))
        if path.is_file()
    }


def plan_fingerprint(plan: Plan, chunks: tuple[Chunk, ...]) -> str:
    """Fingerprint of all that a result depends on.

    Parameters
    ----------
    plan : Plan
        What to run.
    chunks : tuple of Chunk
        Its rows, made ready.

    Returns
    -------
    str
        SHA-256 over model, libraries, places, parameters, levers, switches, seed and years.
    """
    head = [versions(), model_checksum(), plan.sampler.seed, plan.years]
    digest = hashlib.sha256(json.dumps(head).encode())
    _feed(digest, (plan.detail, tuple(sorted(plan.switches.items()))))
    for name in sorted(plan.places):
        _feed(digest, (name, place_checksum(plan.places[name])))
    _feed(digest, chunks)
    return digest.hexdigest()
