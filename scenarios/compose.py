"""Hydra, used only to compose configuration from ``conf/`` and read values: it writes and makes nothing."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scenarios.errors import BadInput
from scenarios.values import shown

CONF = Path(__file__).resolve().parent.parent / "conf"


def compose(config_name: str, overrides: Mapping[str, str]) -> dict[str, object]:
    """Compose one configuration of ``conf/``.

    Parameters
    ----------
    config_name : str
        ``config``, or ``scenario/NAME``; a file known to exist.
    overrides : Mapping of str to str
        Key to text in Hydra's grammar for values; a key ``group.name`` goes into the mapping ``group``.

    Returns
    -------
    dict of str to object
        Plain data, as deep as it was written; interpolations are left as text and refused later.

    Raises
    ------
    BadInput
        If a value cannot be read, or the files do not fit together.
    """
    # Values are put in here and not by Hydra's compose, which would take `evidence=all` for a choice of a
    # file in conf/evidence/.
    plain = copy.deepcopy(_composed(config_name))
    for key, text in overrides.items():
        group, dot, name = key.partition(".")
        if dot:
            plain[group] = {**_mapping(plain.get(group)), name: _value(key, text)}
        else:
            plain[key] = _value(key, text)
    return plain


def _mapping(found: object) -> dict[str, object]:
    return dict(found) if isinstance(found, Mapping) else {}


@cache
def _composed(config_name: str) -> dict[str, object]:
    """Compose the files alone, once a process."""
    from hydra import compose as hydra_compose
    from hydra import initialize_config_dir
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException
    from yaml import YAMLError

    try:
        with initialize_config_dir(version_base="1.3", config_dir=str(CONF)):
            composed = hydra_compose(config_name=config_name)
        plain = OmegaConf.to_container(composed, resolve=False)
    except (HydraException, OmegaConfBaseException, YAMLError) as error:
        where, found = f"conf/{config_name}.yaml", shown(" ".join(str(error).split()))
        raise BadInput(
            "cannot be composed", where=where, found=found, allowed="files that fit together"
        ) from None
    return {str(key): value for key, value in plain.items()} if isinstance(plain, dict) else {}


def _value(key: str, text: str) -> Any:
    """Read one value by Hydra's grammar: a single value, no sweep, no interpolation."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    allowed = "one value; text with signs of its own goes in quotes"
    if "${" in text:
        raise BadInput("holds an interpolation", where=key, found=shown(text), allowed=allowed)
    try:
        override = OverridesParser.create().parse_override(f"{key}={text}")
    except (HydraException, RecursionError):
        raise BadInput("cannot be read", where=key, found=shown(text), allowed=allowed) from None
    if override.is_sweep_override():
        raise BadInput("holds several values", where=key, found=shown(text), allowed="one value")
    return override.value()
