"""The settings of one command: read from the words given over ``conf/config.yaml``, checked, and frozen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from scenarios import catalogue, grammar, setting_values, values
from scenarios.compose import compose
from scenarios.dates import Start
from scenarios.errors import BadInput, UnknownName, nearest

MOST_SCENARIOS = 100


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything a command was asked to do; None where it is to be worked out from place and scenarios.

    Attributes
    ----------
    verb, place : str
        What is done, and where.
    scenarios : tuple of str
        Names or paths, the one to compare with first.
    start : Start or None
        When levers begin.
    years, draws, replicates, seed, workers : int
        As the catalogue says; ``years`` may be None.
    effects : float
        Multiplier of every effect; 0 switches them off.
    evidence, detail, engine : str
        Choices.
    equal_cost : bool
        Whether scenarios marked equal are brought to the same cost.
    fail_fast, overwrite : bool
        Switches.
    out : str or None
        Folder for what is written.
    run : str
        Folder of results to read.
    school, schools : str or None
        URN (or name) of a school to show; path of a table of schools to write.
    other : str or None
        Scenario that a story sets beside the run's baseline.
    mechanisms : dict of str to bool
        Switches that were set.
    parameters : dict of str to float
        Values that were set, by full name.
    generator : dict of str to object
        Options that were set.
    """

    verb: str
    place: str = ""
    scenarios: tuple[str, ...] = ()
    start: Start | None = None
    years: int | None = None
    draws: int = 0
    replicates: int = 1
    seed: int = 0
    effects: float = 1.0
    evidence: str = "all"
    detail: str = "none"
    engine: str = "auto"
    workers: int = 1
    equal_cost: bool = False
    fail_fast: bool = False
    overwrite: bool = False
    out: str | None = None
    run: str = ""
    school: str | None = None
    schools: str | None = None
    other: str | None = None
    mechanisms: dict[str, bool] = field(default_factory=dict)
    parameters: dict[str, float] = field(default_factory=dict)
    generator: dict[str, object] = field(default_factory=dict)


def from_words(verb: str, words: list[str]) -> Settings:
    """Read the words of the command line after the verb.

    Parameters
    ----------
    verb : str
        The verb.
    words : list of str
        As the shell gave them.

    Returns
    -------
    Settings
        Checked.

    Raises
    ------
    BadInput
        If a word cannot be used.
    """
    split = grammar.split(words)
    given = grammar.names_to_settings(split.names, catalogue.NAMES.get(verb, ()), split.settings)
    known = {key: given[key] for key in given if known_key(verb, key)}
    raw = {key: value for key, value in known.items() if key in grammar.TAKEN_OUT}
    for_hydra = {key: str(value) for key, value in known.items() if key not in grammar.TAKEN_OUT}
    return _settings(verb, {**compose("config", for_hydra), **raw}, frozenset(given))


def from_values(verb: str, given: Mapping[str, object]) -> Settings:
    """Read settings given in Python, under the same names.

    Parameters
    ----------
    verb : str
        The verb.
    given : Mapping of str to object
        Values by key; a group is a mapping, as ``generator={"schools": 40}``, or a key with dots.

    Returns
    -------
    Settings
        Checked.

    Raises
    ------
    BadInput
        If a value cannot be used.
    """
    base = compose("config", {})
    groups: dict[str, dict[str, object]] = {}
    for key, value in given.items():
        group, dot, name = key.partition(".")
        if group in catalogue.GROUPS:
            if not dot and not isinstance(value, Mapping):
                raise BadInput(
                    "is not a mapping", where=key, found=values.shown(value), allowed=f"{key}={{name: value}}"
                )
            into = groups.setdefault(group, {})
            into.update({name: value} if dot else value)  # type: ignore[call-overload]
        elif known_key(verb, key) and value is not None:
            base[key] = value
    for group, members in groups.items():
        for name in members:
            known_key(verb, f"{group}.{name}")
    return _settings(verb, {**base, **groups}, frozenset(given))


def known_key(verb: str, key: str) -> bool:
    """Refuse a key that the verb does not take, with the nearest that it does.

    Parameters
    ----------
    verb, key : str
        The verb, and what was given.

    Returns
    -------
    bool
        True.

    Raises
    ------
    UnknownName
        If the verb does not take it.
    """
    taken = catalogue.of_verb(verb)
    group, dot, name = key.partition(".")
    if key in taken and "." not in key:
        return True
    if dot and name and any(setting.partition(".")[0] == group for setting in taken):
        return True
    known = [*(setting for setting in taken if "." not in setting), *_members(verb, group)]
    others = ", ".join(setting.verbs[0] for setting in catalogue.SETTINGS if setting.key == key)
    allowed = ", ".join(taken) or "no settings"
    what = f"lepsim {verb} does not take this setting" if others else "there is no such setting"
    raise UnknownName(
        what, where=f"lepsim {verb}", found=values.shown(key), allowed=allowed, nearest=nearest(key, known)
    )


def _members(verb: str, group: str) -> list[str]:
    """Give full keys of a group that may have been meant."""
    if verb in catalogue.RUNS and group in ("parameter", "parameters", "params"):
        from model.parameters import DECLARED

        return [f"parameters.{name}" for name in DECLARED]
    return [f"{name}.NAME" for name in catalogue.GROUPS]


def _settings(verb: str, found: Mapping[str, object], given: frozenset[str]) -> Settings:
    """Check every value; ``found`` holds defaults and what was given, by the keys in ``given``."""
    taken = catalogue.of_verb(verb)
    _file_keys(found)
    read = {
        key: setting_values.read(setting, found[key])
        for key, setting in taken.items()
        if found.get(key) is not None
    }
    if "la" in read:
        if "place" in given:
            raise BadInput(
                "is given as place= too", where="la", found=values.shown(read["la"]), allowed="one of them"
            )
        read["place"] = read.pop("la")
    read.pop("scenarios", None)
    if verb in catalogue.RUNS:
        read["scenarios"] = _scenarios(verb, found, given)
        read["mechanisms"] = setting_values.mechanisms(found.get("mechanisms"))
        read["parameters"] = setting_values.parameters(found.get("parameters"))
    read.pop("scenario", None)
    if "run" in taken and "run" not in read:
        raise BadInput(
            "names no folder of results",
            where=f"lepsim {verb}",
            found="nothing",
            allowed=f"lepsim {verb} FOLDER",
        )
    if "generator.NAME" in taken:
        read["generator"] = setting_values.group(found.get("generator"), "generator")
    return Settings(verb=verb, **read)  # type: ignore[arg-type]


def _file_keys(found: Mapping[str, object]) -> None:
    """Refuse a key that someone has put in ``conf/config.yaml`` and that is not a setting."""
    known = [*(setting.key for setting in catalogue.SETTINGS if "." not in setting.key), *catalogue.GROUPS]
    for key in found:
        if key not in known:
            raise UnknownName(
                "there is no such setting",
                where="conf/config.yaml",
                found=values.shown(key),
                allowed=", ".join(known),
                nearest=nearest(key, known),
            )


def _scenarios(verb: str, found: Mapping[str, object], given: frozenset[str]) -> tuple[str, ...]:
    """Settle which scenarios run; a comparison has the baseline in front unless it is among them."""
    several = found.get("scenarios")
    if several is not None and "scenario" in given:
        raise BadInput(
            "is given as scenarios= too",
            where="scenario",
            found=values.shown(found["scenario"]),
            allowed="one of them",
        )
    listed = grammar.listed(several if several is not None else (found["scenario"],))
    names = tuple(values.text(item, "scenarios") for item in listed)
    if not names:
        raise BadInput(
            "names no scenario",
            where="scenarios",
            found=values.shown(several),
            allowed="names or paths, a,b,c",
        )
    if verb == "run" and len(names) > 1:
        raise BadInput(
            "lepsim run takes one scenario",
            where="scenarios",
            found=values.shown(", ".join(names)),
            allowed="one name or path; several are for `lepsim compare PLACE SCENARIO ...`",
        )
    if len(names) > MOST_SCENARIOS:
        raise BadInput(
            "names too many scenarios",
            where="scenarios",
            found=str(len(names)),
            allowed=f"at most {MOST_SCENARIOS}",
        )
    if verb == "compare" and "baseline" not in names:
        names = ("baseline", *names)
    repeated = next((name for name in names if names.count(name) > 1), None)
    if repeated is not None:
        raise BadInput(
            "names a scenario twice", where="scenarios", found=values.shown(repeated), allowed="each once"
        )
    if verb == "compare" and len(names) == 1:
        raise BadInput(
            "leaves nothing to compare",
            where="scenarios",
            found=values.shown(names[0]),
            allowed="the baseline and one more: lepsim compare PLACE SCENARIO",
        )
    return names


def slug(text: str) -> str:
    """Make a name safe for a file.

    Parameters
    ----------
    text : str
        Any name.

    Returns
    -------
    str
        Small letters, figures, - and _ only; 1 to 60 of them.
    """
    return re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-")[:60] or "unnamed"
