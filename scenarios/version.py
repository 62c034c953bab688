"""The version of lepsim, said once."""

VERSION = "0.1.0"
"""As in ``pyproject.toml``."""
