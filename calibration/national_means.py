"""Means of England's pass rates to more figures than are published for England.

England's rates are published as whole per cents (a tenth, later). The mean over LAs, weighted by pupils, says
where in that interval they lie: a bias of half a point in what LAs are measured against would be a bias in
every projection.
Run ``python -m calibration.national_means`` to write ``scenarios/places/published/national_means.csv``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from scenarios.places import table
from scenarios.places.disadvantage import disadvantaged_shares
from scenarios.places.published import available_authorities, pupils_of

OUT = Path(__file__).parent.parent / "scenarios" / "places" / "published" / "national_means.csv"

COLUMNS = {
    "ks2_rwm_disadvantaged": "disadvantaged",
    "ks2_rwm_other": "other",
    "gld_fsm": "fsm",
    "gld_other": "not fsm",
}
"""Columns of the indicators, and whose share of pupils weighs each LA."""


def _weights(year: int) -> dict[str, np.ndarray]:
    """Pupils of each LA in each group, up to a factor."""
    sizes: dict[str, list[float]] = {group: [] for group in COLUMNS.values()}
    for authority in available_authorities():
        indicators = table.indicators(authority.code)
        primary = pupils_of(table.structure(authority.code)).primary
        poor, _ = disadvantaged_shares(indicators, year)
        fsm = float(indicators["fsm_primary"].loc[year]) / 100.0
        for group, share in (
            ("disadvantaged", poor),
            ("other", 1.0 - poor),
            ("fsm", fsm),
            ("not fsm", 1.0 - fsm),
        ):
            sizes[group].append(primary * share)
    return {group: np.array(values) for group, values in sizes.items()}


def national_means() -> pd.DataFrame:
    """Work out the means.

    Returns
    -------
    pandas.DataFrame
        One row a year with tests; per cent, held within the rounding of what is published for England.
    """
    england, rows = table.england(), []
    for year in table.PLACE_YEARS:
        weights = _weights(year)
        row: dict[str, float] = {"year": year}
        for column, group in COLUMNS.items():
            values = np.array(
                [float(table.indicators(a.code)[column].loc[year]) for a in available_authorities()]
            )
            known = ~np.isnan(values)
            mean = float((values[known] * weights[group][known]).sum() / weights[group][known].sum())
            published = float(england[column].loc[year])
            half = 0.5 if published == round(published) else 0.05
            row[column] = round(min(max(mean, published - half), published + half), 3)
        rows.append(row)
    return pd.DataFrame(rows)


def main() -> None:
    """Write the table."""
    national_means().to_csv(OUT, index=False)


if __name__ == "__main__":
    main()
