"""Hydra, used only to compose configuration from ``conf/`` and overrides: it writes and makes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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
        Key to text in Hydra's grammar for values.

    Returns
    -------
    dict of str to object
        Plain data, as deep as it was written; interpolations are left as text and refused later.

    Raises
    ------
    BadInput
        If a value cannot be read, or the files do not fit together.
    """
    from hydra import compose as hydra_compose
    from hydra import initialize_config_dir
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    lines = [f"++{_checked(key, text)}" for key, text in overrides.items()]
    try:
        with initialize_config_dir(version_base="1.3", config_dir=str(CONF)):
            composed = hydra_compose(config_name=config_name, overrides=lines)
        plain = OmegaConf.to_container(composed, resolve=False)
    except (HydraException, OmegaConfBaseException) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise BadInput(
            "cannot be composed",
            where=f"conf/{config_name}.yaml",
            found=shown(first),
            allowed="settings that fit together",
        ) from None
    return {str(key): value for key, value in plain.items()} if isinstance(plain, dict) else {}


def _checked(key: str, text: str) -> str:
    """Check one override against Hydra's grammar: a single value, no sweep, no interpolation."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    line = f"{key}={text}"
    allowed = "one value; text with signs of its own goes in quotes"
    if "${" in text:
        raise BadInput("holds an interpolation", where=key, found=shown(text), allowed=allowed)
    try:
        override = OverridesParser.create().parse_override(line)
    except (HydraException, RecursionError):
        raise BadInput("cannot be read", where=key, found=shown(text), allowed=allowed) from None
    if override.is_sweep_override():
        raise BadInput("holds several values", where=key, found=shown(text), allowed="one value")
    return line
