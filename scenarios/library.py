"""Scenario files: the library in ``conf/scenario/`` and a person's own YAML, read and checked key by key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from model.parameters import DECLARED
from scenarios import arrangements, dates, programmes, strict_yaml, values
from scenarios.compose import CONF, compose
from scenarios.errors import BadInput, UnknownName, nearest
from scenarios.scenario import LONGEST_YEARS, ProgrammeLever, Scenario

FOLDER = CONF / "scenario"
BASELINE = "baseline"
COSTS = ("equal", "as_offered")
KEYS = ("title", "description", "cost", "arrangement", "levers", "parameters")
LEVER_KEYS = ("programmes", *arrangements.CHANGE_KEYS)
DEEP = ("arrangement", "levers")
"""Keys whose contents are put over those of the scenario started from, entry by entry."""

PROGRAMME_KEYS = (
    "programme",
    "start",
    "years",
    *(key for key in programmes.KEYS if key not in ("title", "description", "channel", "domain")),
)
MOST_PROGRAMMES = 50


@cache
def names() -> tuple[str, ...]:
    """List the scenarios of the library: the baseline, then the others sorted."""
    return tuple(
        sorted((path.stem for path in FOLDER.glob("*.yaml")), key=lambda name: (name != BASELINE, name))
    )


def is_path(text: str) -> bool:
    """Say whether a scenario is named by a file.

    Parameters
    ----------
    text : str
        A name, or a path: it has a separator or the suffix of YAML.

    Returns
    -------
    bool
        Whether it is a path.
    """
    return "/" in text or "\\" in text or Path(text).suffix in (".yaml", ".yml")


def load(text: str, key: str = "scenario") -> Scenario:
    """Find and check a scenario.

    Parameters
    ----------
    text : str
        A library name, or the path of a YAML file.
    key : str, optional
        The setting that names it, for messages.

    Returns
    -------
    Scenario
        Not dated yet.

    Raises
    ------
    UnknownName
        If there is no such scenario.
    BadInput
        If its file cannot be read or holds something that cannot be used.
    """
    if is_path(text):
        path = values.path(text, key)
        return build(path.stem, _own(path), str(path), path.parent)
    if text not in names():
        allowed = f"{', '.join(names())}, or the path of a YAML file"
        raise UnknownName(
            "there is no such scenario",
            where=key,
            found=values.shown(text),
            allowed=allowed,
            nearest=nearest(text, names()),
        )
    return build(text, _of_library(text), f"conf/scenario/{text}.yaml", FOLDER)


@cache
def _of_library(name: str) -> dict[str, object]:
    """Compose a library scenario with Hydra: the baseline, then what differs."""
    composed = compose(f"scenario/{name}", {})
    inner = composed.get("scenario", composed)
    return dict(inner) if isinstance(inner, Mapping) else {}


def _own(path: Path) -> dict[str, object]:
    """Read a person's own file over the library scenario it starts from, the baseline if it does not say."""
    found = strict_yaml.read(path)
    base = _base(found.pop("defaults", [BASELINE]), f"{path}: defaults")
    strict_yaml.only_keys(found, ("defaults", *KEYS), str(path))
    under = _of_library(base)
    deep = {key: _put_over(under.get(key), found[key]) for key in DEEP if key in found}
    return {**under, "description": found.get("title", ""), **found, **deep}


def _put_over(base: object, over: object) -> object:
    """Put one value over another: mappings entry by entry, anything else in its place."""
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return over
    return {**base, **{key: _put_over(base.get(key), item) for key, item in over.items()}}


def _base(found: object, where: str) -> str:
    listed = [item for item in found if item != "_self_"] if isinstance(found, list) else [found]
    if len(listed) != 1 or not isinstance(listed[0], str):
        raise BadInput(
            "does not name one scenario to start from",
            where=where,
            found=values.shown(found),
            allowed="a list as [baseline]",
        )
    if listed[0] not in names():
        raise UnknownName(
            "there is no such scenario",
            where=where,
            found=values.shown(listed[0]),
            allowed=", ".join(names()),
            nearest=nearest(listed[0], names()),
        )
    return listed[0]


def build(name: str, found: Mapping[str, object], where: str, beside: Path) -> Scenario:
    """Check a scenario key by key.

    Parameters
    ----------
    name : str
        Its short name.
    found : Mapping
        What its file holds, over what it starts from.
    where : str
        The file, for messages.
    beside : Path
        Folder that relative paths of programmes start from.

    Returns
    -------
    Scenario
        Not dated yet.

    Raises
    ------
    BadInput
        If a key is unknown, or a value cannot be used.
    """
    strict_yaml.only_keys(dict(found), KEYS, where)
    levers = _mapping(found.get("levers"), f"{where}: levers")
    strict_yaml.only_keys(levers, LEVER_KEYS, f"{where}: levers")
    listed = levers.get("programmes") or []
    if not isinstance(listed, list) or len(listed) > MOST_PROGRAMMES:
        raise BadInput(
            "is not a list of programmes",
            where=f"{where}: levers.programmes",
            found=values.shown(listed),
            allowed=f"up to {MOST_PROGRAMMES} entries, each beginning with '- programme: NAME'",
        )
    title = values.text(found.get("title"), f"{where}: title", 200)
    in_force = _mapping(found.get("arrangement"), f"{where}: arrangement")
    dated = {key: item for key, item in levers.items() if key in arrangements.CHANGE_KEYS}
    return Scenario(
        name=values.text(name, f"{where}: the file's name", 100),
        title=title,
        description=values.text(found.get("description") or title, f"{where}: description"),
        cost=values.choice(found.get("cost"), f"{where}: cost", COSTS),
        parameter_changes=parameter_values(found.get("parameters"), f"{where}: parameters"),
        programmes=tuple(
            _lever(item, f"{where}: levers.programmes[{index}]", beside) for index, item in enumerate(listed)
        ),
        in_force=arrangements.build(in_force, f"{where}: arrangement", beside) if in_force else None,
        change=arrangements.build_change(dated, in_force, f"{where}: levers", beside),
        written=in_force,
        own_start=_start(levers.get("start"), f"{where}: levers.start"),
    )


def _start(found: object, where: str) -> dates.Start | None:
    return None if found is None else dates.read_start(found, where)


def _mapping(found: object, where: str) -> dict[str, object]:
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise BadInput(
            "is not a mapping", where=where, found=values.shown(found), allowed="lines of the form key: value"
        )
    return {str(key): item for key, item in found.items()}


def _lever(found: object, where: str, beside: Path) -> ProgrammeLever:
    entry = _mapping(found, where)
    strict_yaml.only_keys(entry, PROGRAMME_KEYS, where)
    named = values.text(entry.pop("programme", None), f"{where}.programme")
    start, years = entry.pop("start", None), entry.pop("years", None)
    name, source, described = programmes.described(named, f"{where}.programme", beside)
    programmes.build(name, described, source)
    return ProgrammeLever(
        spec=programmes.build(name, {**described, **entry}, where),
        start=None if start is None else dates.read_start(start, f"{where}.start"),
        years=None if years is None else values.whole(years, f"{where}.years", 1, LONGEST_YEARS, "years"),
        where=where,
    )


def parameter_values(found: object, where: str) -> dict[str, float]:
    """Check new parameter values, written ``learning.catch_up: 0.1`` or as one mapping in another.

    Parameters
    ----------
    found : object
        A mapping, or nothing.
    where : str
        The file and key, for messages.

    Returns
    -------
    dict of str to float
        By full name, each in its declared unit and bounds.

    Raises
    ------
    UnknownName
        If a name is not declared.
    BadInput
        If a value is not a number within the declared bounds.
    """
    flat: dict[str, object] = {}
    for key, item in _mapping(found, where).items():
        inner = (
            {f"{key}.{name}": value for name, value in item.items()}
            if isinstance(item, Mapping)
            else {key: item}
        )
        for name, value in inner.items():
            if name in flat:
                raise BadInput(
                    "is given twice",
                    where=f"{where}.{name}",
                    found="both as one name and as a mapping",
                    allowed="one of them",
                )
            flat[name] = value
    for name in flat:
        if name not in DECLARED:
            groups = sorted({declared.partition(".")[0] for declared in DECLARED})
            raise UnknownName(
                "there is no such parameter",
                where=where,
                found=values.shown(name),
                allowed=f"GROUP.NAME, with group {', '.join(groups)} (`lepsim evidence` lists them)",
                nearest=nearest(name, DECLARED),
            )
    return {
        name: values.number(
            value, f"{where}.{name}", DECLARED[name].low, DECLARED[name].high, DECLARED[name].unit
        )
        for name, value in flat.items()
    }
