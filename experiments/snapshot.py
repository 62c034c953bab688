"""A copy of all that hangs together, taken at one time and given back as often as it is wanted.

Everything is copied but what stands outside (a place, parameters): whoever takes a copy puts it in again.
A process of SimPy comes back standing still: Python can keep all of it but where it was.
"""

from __future__ import annotations

import io
import itertools
import pickle
from collections import defaultdict
from collections.abc import Sequence
from types import GeneratorType, MethodType
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]


class Snapshot:
    """How something stood.

    Parameters
    ----------
    whole : object
        With all it refers to.
    outside : sequence of object
        What of that is not copied.
    """

    def __init__(self, whole: object, outside: Sequence[object]) -> None:
        file, columns = io.BytesIO(), list[pickle.PickleBuffer]()
        _Pickler(file, outside, columns).dump(whole)
        self._written = file.getvalue()
        raw = [column.raw() for column in columns]
        self._fixed = [column.readonly for column in raw]
        # what no one can write to need not be copied
        self._columns = [each if fixed else bytes(each) for each, fixed in zip(raw, self._fixed, strict=True)]

    def copy(self, outside: Sequence[object]) -> Any:
        """Give a copy.

        Parameters
        ----------
        outside : sequence of object
            What stands in the place of what was outside, in the same order.

        Returns
        -------
        object
            As it stood; nothing that is done to it is seen in another copy.
        """
        columns = [
            column if fixed else bytearray(column)
            for column, fixed in zip(self._columns, self._fixed, strict=True)
        ]
        return _Unpickler(io.BytesIO(self._written), outside, columns).load()


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, outside: Sequence[object], columns: list[pickle.PickleBuffer]):
        super().__init__(file, pickle.HIGHEST_PROTOCOL, buffer_callback=columns.append)
        self._outside = defaultdict[type, list[tuple[int, object]]](list)
        for at, one in enumerate(outside):
            self._outside[type(one)].append((at, one))

    def persistent_id(self, one: object) -> int | None:
        for at, other in self._outside.get(type(one), ()):
            if one is other:
                return at
        return None

    def reducer_override(self, one: Any) -> Any:
        if isinstance(one, np.ndarray) and isinstance(one.base, np.ndarray) and one.size:
            where = [each.__array_interface__["data"][0] for each in (one, one.base)]
            return _view, (one.base, one.shape, one.dtype, where[0] - where[1], one.strides)
        if isinstance(one, itertools.count):  # from Python 3.14 on these cannot be pickled
            return itertools.count, (int(repr(one).removeprefix("count(").removesuffix(")")),)
        if isinstance(one, GeneratorType):
            return _standing_still, ()
        if isinstance(one, MethodType) and isinstance(one.__func__, type):  # SimPy binds classes of events
            return _bound, (one.__func__, one.__self__)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(
        self, file: io.BytesIO, outside: Sequence[object], columns: Sequence[bytes | bytearray | memoryview]
    ):
        super().__init__(file, buffers=columns)
        self._outside = outside

    def persistent_load(self, at: int) -> object:
        return self._outside[at]


def _view(base: Array, shape: tuple[int, ...], kind: DTypeLike, at: int, strides: tuple[int, ...]) -> Array:
    """Part of another array: what is written to one is read in the other."""
    return np.ndarray(shape, kind, base.ravel(order="K").view(np.uint8), at, strides)


def _bound(kind: type, owner: object) -> Any:
    return MethodType(kind, owner)


def _standing_still() -> None:
    """What a process goes on with: nothing until it is told."""
