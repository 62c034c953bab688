"""YAML from people, read as plain data: every key once, no tags, no aliases; errors name the line."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from scenarios.errors import BadInput
from scenarios.values import shown

LONGEST = 200_000
"""Greatest size of a file, in bytes."""

DEEPEST = 20
"""Greatest number of levels one inside another."""

_INTEGER = "tag:yaml.org,2002:int"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Loader(yaml.SafeLoader):
    """The safe loader, stricter: 010 is text and not 8, 2027-09-01 is text and not a date."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse aliases and anything nested absurdly deep."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.composer.ComposerError(
                None, None, "an anchor or alias (& or *): write the value out", event.start_mark
            )
        if getattr(event, "tag", None):
            raise yaml.composer.ComposerError(None, None, "a tag (!): plain values only", event.start_mark)
        if self.depth > DEEPEST:
            raise yaml.composer.ComposerError(
                None, None, f"more than {DEEPEST} levels one inside another", event.start_mark
            )
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping whose keys are text, each given once."""
        found: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == "tag:yaml.org,2002:merge":
                raise yaml.constructor.ConstructorError(
                    None, None, "a merge (<<): write the keys out", key_node.start_mark
                )
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(
                    None, None, f"a key that is not text: {shown(key)}", key_node.start_mark
                )
            if key in found:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{shown(key)} a second time", key_node.start_mark
                )
            found[key] = self.construct_object(value_node, deep=True)
        return found


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.construct_mapping)
_Loader.yaml_implicit_resolvers = {
    letter: [item for item in items if item[0] not in (_INTEGER, _TIMESTAMP)]
    for letter, items in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_INTEGER, re.compile(r"[+-]?(0|[1-9][0-9]*)\Z"), list("-+0123456789"))


def read(path: Path) -> dict[str, object]:
    """Read a YAML file that holds a mapping.

    Parameters
    ----------
    path : Path
        A UTF-8 file, with or without a byte-order mark.

    Returns
    -------
    dict of str to object
        Plain text, numbers, booleans, lists and mappings; empty for an empty file.

    Raises
    ------
    BadInput
        If the file cannot be read, is not YAML, repeats a key, or holds an alias, a tag or no mapping.
    """
    where = str(path)
    text = _text(path, where)
    try:
        loaded = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise _explained(error, where) from None
    except (ValueError, RecursionError) as error:
        raise BadInput(
            "is not YAML that can be read",
            where=where,
            found=shown(str(error)),
            allowed="keys and plain values",
        ) from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise BadInput(
            "does not hold settings", where=where, found=shown(loaded), allowed="lines of the form key: value"
        )
    return loaded


def _text(path: Path, where: str) -> str:
    allowed = "an existing YAML file in UTF-8"
    try:
        if not path.is_file():
            found = "a folder" if path.is_dir() else "no such file"
            raise BadInput("cannot be read", where=where, found=found, allowed=allowed)
        with path.open("rb") as file:
            raw = file.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            "cannot be read", where=shown(where), found=shown(str(error)), allowed=allowed
        ) from None
    if len(raw) > LONGEST:
        raise BadInput(
            "is too large", where=where, found=f"more than {LONGEST} bytes", allowed="a file of settings"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            "is not UTF-8 text",
            where=where,
            found=f"an unreadable byte at position {error.start}",
            allowed=allowed,
        ) from None


def _explained(error: yaml.YAMLError, where: str) -> BadInput:
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or "signs that are not YAML")
    if "\\t" in problem:
        problem = "a tab: indent with spaces"
    place = f"{where}, line {mark.line + 1}" if mark is not None else where
    return BadInput(
        "is not YAML that can be read",
        where=place,
        found=" ".join(problem.split()),
        allowed="key: value, each key once",
    )


def only_keys(found: dict[str, object], allowed: tuple[str, ...], where: str) -> None:
    """Refuse a key that means nothing here.

    Parameters
    ----------
    found : dict of str to object
        A mapping read from YAML.
    allowed : tuple of str
        The keys it may have.
    where : str
        The file and key, for the message.

    Raises
    ------
    UnknownName
        If another key is there.
    """
    from scenarios.errors import UnknownName, nearest

    for key in found:
        if key not in allowed:
            raise UnknownName(
                "unknown key",
                where=where,
                found=shown(key),
                allowed=", ".join(allowed),
                nearest=nearest(key, allowed),
            )


def needed_keys(found: Mapping[str, object], needed: Iterable[str], where: str) -> None:
    """Refuse a mapping in which a key has no value.

    Parameters
    ----------
    found : Mapping
        A mapping read from YAML.
    needed : iterable of str
        The keys that must have one.
    where : str
        The file and key, up to the sign before the next key, for the message.

    Raises
    ------
    BadInput
        If one has none.
    """
    for key in needed:
        if found.get(key) is None:
            raise BadInput("is missing", where=f"{where}{key}", found="nothing", allowed=f"a value for {key}")
