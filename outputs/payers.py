"""What each payer spends in the place, by financial year, from the ledger; without one, what all spend."""

from __future__ import annotations

import numpy as np
import pandas as pd

from outputs.results import Results
from outputs.summary import RUNS_FOR_RANGE

COLUMNS = ("place", "scenario", "clock", "year", "whole_year", "payer", "runs", "gbp", "low_80", "high_80")
SPENT = {
    "award": 1, "school spending": 1, "targeted help": 1, "programme": 1, "clawback": -1, "returned": -1,
}  # fmt: skip
"""Purposes of the ledger that count as spending by a funder, and which way: money that comes back is less."""

EVERYONE = "all payers"
_RUN = ["draw", "replicate"]


def payers(results: Results) -> pd.DataFrame:
    """Table what each payer spends.

    Parameters
    ----------
    results : Results
        A run.

    Returns
    -------
    pandas.DataFrame
        Columns ``COLUMNS``. With a ledger: a row a financial year (``2027-28``, April to March) and payer
        (the fund the money comes from in the end), and one for all payers; ``whole_year`` says whether the
        run covers the year's three terms. Else a row an academic year, all payers together. ``gbp`` is the
        mean over runs; 80 runs in 100 lie between ``low_80`` and ``high_80`` (empty with few runs).
    """
    found = results.institutions.get("ledger")
    rows = _from_measures(results) if found is None else _from_ledger(found, results)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(["place", "scenario", "year", "payer"], kind="stable", ignore_index=True)


def funded(ledger: pd.DataFrame) -> pd.DataFrame:
    """Pick what funders pay, and what comes back to them as less than nought.

    Parameters
    ----------
    ledger : pandas.DataFrame
        Payments.

    Returns
    -------
    pandas.DataFrame
        Rows whose purpose is in ``SPENT``, ``amount_gbp`` with its sign. A programme paid from a
        partnership's own money is not among them.
    """
    funds = _funders(ledger)
    purpose = ledger["purpose"].astype(str)
    side = np.where(purpose.map(SPENT).fillna(0) > 0, ledger["from"].astype(str), ledger["to"].astype(str))
    kept = purpose.isin(SPENT) & pd.Series(side, index=ledger.index).isin(funds)
    rows = ledger.loc[kept]
    return rows.assign(amount_gbp=rows["amount_gbp"] * purpose[kept].map(SPENT).astype(float))


def _funders(ledger: pd.DataFrame) -> set[str]:
    """Accounts that pay awards, targeted help or money for schools to spend, and never anyone's salary."""
    purpose = ledger["purpose"].astype(str)
    funding = purpose.isin(("award", "school spending", "targeted help"))
    paying = set(ledger.loc[funding, "from"].astype(str))
    return paying - set(ledger.loc[purpose == "pay", "from"].astype(str))


def _from_ledger(ledger: pd.DataFrame, results: Results) -> list[dict[str, object]]:
    spent = funded(ledger).astype({"place": str, "scenario": str, "stream": str, "financial_year": str})
    rows: list[dict[str, object]] = []
    simulated = results.trajectories.loc[results.trajectories["kind"] == "simulated"]
    for (place, scenario), cell in spent.groupby(["place", "scenario"], sort=True):
        years = simulated.loc[simulated["place"] == place, "year"]
        first, last = int(years.min()), int(years.max())
        whole = ledger.loc[(ledger["place"] == place) & (ledger["scenario"] == scenario)]
        runs = pd.MultiIndex.from_frame(whole[_RUN].drop_duplicates())
        by = (
            cell.groupby([*_RUN, "financial_year", "stream"])["amount_gbp"]
            .sum()
            .unstack(["financial_year", "stream"])
        )
        by = by.reindex(runs).fillna(0.0)
        every = by.T.groupby(level="financial_year").sum().T
        every.columns = pd.MultiIndex.from_product([every.columns, [EVERYONE]])
        both = pd.concat([by, every], axis=1)
        for column in both.columns:
            year, payer = str(column[0]), str(column[1])
            values = both[column]
            if _ends(year) > first:
                rows.append(
                    {
                        "place": place, "scenario": scenario, "clock": "financial", "year": year,
                        "whole_year": _ends(year) <= last, "payer": payer, **_spread(values),
                    }
                )  # fmt: skip
    return rows


def _ends(year: str) -> int:
    return int(year[:4]) + 1


def _from_measures(results: Results) -> list[dict[str, object]]:
    table = results.trajectories
    spend = table.loc[
        (table["kind"] == "simulated") & (table["measure"] == "spend") & (table["group"] == "all")
    ]
    if spend.empty or not (spend["value"] > 0).any():
        return []
    plain = spend.astype({"place": str, "scenario": str})
    rows: list[dict[str, object]] = []
    for (place, scenario, year), values in plain.groupby(["place", "scenario", "year"], sort=True):
        ends = int(str(year))
        rows.append(
            {
                "place": place, "scenario": scenario, "clock": "academic", "whole_year": True,
                "payer": EVERYONE, "year": f"{ends - 1}/{ends % 100:02d}", **_spread(values["value"]),
            }
        )  # fmt: skip
    return rows


def _spread(values: pd.Series) -> dict[str, object]:
    """Mean over runs, to the penny, and the range that holds 80 in 100."""
    enough = len(values) >= RUNS_FOR_RANGE
    low, high = values.quantile([0.1, 0.9]) if enough else (np.nan, np.nan)
    return {
        "runs": len(values),
        "gbp": round(float(values.mean()), 2),
        "low_80": round(float(low), 2),
        "high_80": round(float(high), 2),
    }
