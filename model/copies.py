"""How a whole system is put by: the model knows what it wants of a copy, and not how one is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class Kept(Protocol):
    """How something stood."""

    def copy(self, outside: Sequence[object]) -> Any:
        """Give a copy as it stood.

        Parameters
        ----------
        outside : sequence of object
            What stands in the place of what was outside, in the same order.

        Returns
        -------
        object
            Nothing that is done to it is seen in another copy.
        """


class Copies(Protocol):
    """Puts something by."""

    def __call__(self, whole: object, outside: Sequence[object]) -> Kept:
        """Keep all that hangs together.

        Parameters
        ----------
        whole : object
            With all it refers to.
        outside : sequence of object
            What of that is not copied.

        Returns
        -------
        Kept
            As it stands now.
        """
