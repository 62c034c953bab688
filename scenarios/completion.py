"""What help and Tab completion say about settings, from the catalogue and ``conf/config.yaml``."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import fields

from scenarios import catalogue
from scenarios.catalogue import Setting
from scenarios.compose import CONF

_ON_OFF = ("on", "off")


def help_tables(verb: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the tables at the end of a verb's help.

    Parameters
    ----------
    verb : str
        The verb.

    Returns
    -------
    list of (str, list of (str, str))
        Headings; keys and what to say of them: meaning, what is allowed, default.
    """
    taken = catalogue.of_verb(verb)
    if not taken:
        return []
    defaults = _defaults()
    tables = [("Settings (key=value)", [(key, _said(item, defaults)) for key, item in taken.items()])]
    if "mechanisms.NAME" in taken:
        tables.append(("Mechanisms (mechanisms.NAME=on|off)", _mechanisms()))
    if "generator.NAME" in taken and verb == "place":
        tables.append(("Synthetic places (generator.NAME=value)", _generator()))
    return tables


def _defaults() -> dict[str, object]:
    from scenarios import strict_yaml

    return strict_yaml.read(CONF / "config.yaml")


def _said(setting: Setting, defaults: dict[str, object]) -> str:
    default = defaults.get(setting.key)
    if isinstance(default, bool):
        default = "on" if default else "off"
    otherwise = setting.otherwise if default is None else str(default)
    ending = f" Default: {otherwise}." if otherwise else ""
    return f"{setting.meaning[0].upper()}{setting.meaning[1:]}. Allowed: {setting.range_in_words()}.{ending}"


def _mechanisms() -> list[tuple[str, str]]:
    from model.mechanisms import MECHANISMS

    return [(item.name, f"{item.label}. Default: on. Off: {item.null}.") for item in MECHANISMS]


def _generator() -> list[tuple[str, str]]:
    from scenarios.places.options import GeneratorOptions

    rows = []
    for item in fields(GeneratorOptions):
        meta = item.metadata
        allowed = ", ".join(meta["choices"]) or "{:,} to {:,} {}".format(*meta["bounds"], meta["unit"])
        rows.append((item.name, f"{meta['description']}. Allowed: {allowed}. Default: {item.default}."))
    return rows


def complete(verb: str, before: Sequence[str], begun: str) -> list[str]:
    """Complete a word.

    Parameters
    ----------
    verb : str
        The verb.
    before : Sequence of str
        The words between the verb and this one; bash gives ``key``, ``=`` as words of their own.
    begun : str
        What has been typed of the word.

    Returns
    -------
    list of str
        Whole words that may stand there.
    """
    key, equals, text = begun.partition("=")
    if equals and key:
        return [f"{key}={item}" for item in _values(key) if item.startswith(text)]
    if begun == "=" and before:
        return _values(before[-1])
    if before and before[-1] == "=" and len(before) > 1:
        return [item for item in _values(before[-2]) if item.startswith(begun)]
    second = [word for first, word in catalogue.SECOND_WORDS if first == verb and not before]
    names = catalogue.NAMES.get(verb, ())
    given = sum("=" not in word for word in before)
    name_key = names[min(given, len(names) - 1)] if names else ""
    keys = [f"{item.partition('.')[0]}{'.' if '.' in item else '='}" for item in catalogue.of_verb(verb)]
    members = _member_keys(begun) if "." in begun else []
    return [item for item in (*second, *_values(name_key), *keys, *members) if item.startswith(begun)]


def _member_keys(begun: str) -> list[str]:
    group = begun.partition(".")[0]
    return [f"{group}.{name}=" for name in _members(group)]


def _members(group: str) -> Iterable[str]:
    if group == "parameters":
        from model.parameters import DECLARED

        return DECLARED
    if group == "mechanisms":
        from model.mechanisms import MECHANISMS

        return [item.name for item in MECHANISMS]
    if group == "generator":
        from scenarios.places.options import GeneratorOptions

        return [item.name for item in fields(GeneratorOptions)]
    return []


def _places() -> list[str]:
    """Slugs of LAs with figures, read straight from the table: making a place takes a second, Tab may not."""
    with (CONF.parent / "scenarios" / "places" / "published" / "authorities.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        slugs = [row["slug"] for row in csv.DictReader(file) if row["available"] == "true"]
    return [*slugs, "england", "synthetic", "benchmark"]


def _values(key: str) -> list[str]:
    """Give values that a key may take, where they can be listed; paths are left to the shell."""
    if key in ("place", "la"):
        return _places()
    if key in ("scenario", "scenarios", "other"):
        from scenarios.library import names

        return list(names())
    if key.startswith("mechanisms."):
        return list(_ON_OFF)
    setting = next((item for item in catalogue.SETTINGS if item.key == key), None)
    if setting is None:
        return []
    words = {"effects": catalogue.EFFECT_WORDS, "switch": _ON_OFF}.get(setting.kind, setting.choices)
    return list(words)
