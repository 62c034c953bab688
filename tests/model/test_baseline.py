"""Results change only when they are meant to."""

from __future__ import annotations

import numpy as np

from tests.model.baseline import rows, stored


def test_results_are_the_stored_ones():
    found, kept = rows(), stored()
    assert [row[:4] for row in found] == [row[:4] for row in kept]
    values = np.array([[float(a[4]), float(b[4])] for a, b in zip(found, kept, strict=True)])
    same = np.isclose(values[:, 0], values[:, 1], rtol=1e-9, atol=1e-9, equal_nan=True)
    changed = [(*row, kept[i][4]) for i, row in enumerate(found) if not same[i]]
    assert not changed, (
        f"{len(changed)} of {len(found)} results changed, the first {changed[0]}; if that is meant, "
        "python -m tests.model.baseline"
    )
