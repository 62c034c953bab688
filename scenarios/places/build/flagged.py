"""A table of schools in which every cell says whether it was published or imputed, and every column how."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.place import Flag

NOT_KNOWN = -1
"""Flag of a cell that holds nothing: no file has it, and nothing was put in its place."""

NEAR_YEARS = 1
"""A school's own figure counts as published if it is of year 0 or this many years away; else as carried."""


class FlaggedSchools:
    """Columns of a table of schools, filled step by step.

    Parameters
    ----------
    urns : pandas.Index of int64
        The schools, in the order they keep.
    """

    def __init__(self, urns: pd.Index) -> None:
        self.urns = urns
        self._values: dict[str, pd.Series] = {}
        self._flags: dict[str, pd.Series] = {}
        self._how: dict[str, list[str]] = {}

    def __getitem__(self, column: str) -> pd.Series:
        """Give a column as it stands, indexed by urn."""
        return self._values[column]

    def flag(self, column: str) -> pd.Series:
        """Give the flags of a column.

        Parameters
        ----------
        column : str
            Name.

        Returns
        -------
        pandas.Series of int8
            ``model.place.Flag`` values, `NOT_KNOWN` where the cell holds nothing.
        """
        return self._flags[column]

    def put(
        self, column: str, values: pd.Series, flags: pd.Series | Flag = Flag.PUBLISHED, how: str = ""
    ) -> None:
        """Start a column.

        Parameters
        ----------
        column : str
            Name.
        values : pandas.Series
            By urn; missing where not known.
        flags : pandas.Series of int or Flag
            Where each value is from.
        how : str
            What was done where it is not as published.
        """
        values = values.reindex(self.urns)
        known = _known(values)
        given = flags if isinstance(flags, pd.Series) else pd.Series(int(flags), index=self.urns)
        flag = given.reindex(self.urns).fillna(int(Flag.IMPUTED)).astype(np.int8)
        self._values[column] = values
        self._flags[column] = flag.where(known, NOT_KNOWN).astype(np.int8)
        carried = int((known & (flag != Flag.PUBLISHED)).sum())
        self._how[column] = [f"{how} ({carried})"] if how and carried else []

    def fill(self, column: str, values: pd.Series, how: str, flag: Flag = Flag.IMPUTED) -> int:
        """Fill the cells of a column that hold nothing.

        Parameters
        ----------
        column : str
            Name.
        values : pandas.Series
            By urn; missing where not known.
        how : str
            What is put in, in plain English.
        flag : Flag
            Flag of the cells filled.

        Returns
        -------
        int
            Cells filled.
        """
        values = values.reindex(self.urns)
        empty = (self._flags[column] == NOT_KNOWN) & _known(values)
        self._values[column] = self._values[column].where(~empty, values)
        self._flags[column] = self._flags[column].where(~empty, int(flag)).astype(np.int8)
        count = int(empty.sum())
        if count:
            self._how[column].append(f"{how} ({count})")
        return count

    def change(self, column: str, where: pd.Series, values: pd.Series, how: str) -> int:
        """Replace cells that hold something which cannot be used as it is; they count as imputed.

        Parameters
        ----------
        column : str
            Name.
        where : pandas.Series of bool
            Cells to replace.
        values : pandas.Series
            By urn.
        how : str
            What was done, in plain English.

        Returns
        -------
        int
            Cells replaced.
        """
        where = where.reindex(self.urns, fill_value=False)
        self._values[column] = self._values[column].where(~where, values.reindex(self.urns))
        self._flags[column] = self._flags[column].where(~where, int(Flag.IMPUTED)).astype(np.int8)
        count = int(where.sum())
        if count:
            self._how[column].append(f"{how} ({count})")
        return count

    def values(self) -> pd.DataFrame:
        """Give the table, indexed by urn."""
        return pd.DataFrame(self._values, index=self.urns)

    def flags(self) -> pd.DataFrame:
        """Give the flags, in the shape of the table (int8)."""
        return pd.DataFrame(self._flags, index=self.urns)

    def how(self) -> dict[str, str]:
        """Give what was done, by column; in brackets the number of schools."""
        return {column: "; ".join(steps) for column, steps in self._how.items() if steps}


def _known(values: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values):
        return values.notna()
    return values.notna() & (values.astype("str") != "")


def first_known(kin: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """Give each school a value from its own URN, else from the nearest URN it has gone by.

    Parameters
    ----------
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    values : pandas.Series
        By URN of any time, unique; missing or empty where not known.

    Returns
    -------
    pandas.DataFrame
        Indexed by urn: value and steps (0 where its own), for the schools with one.
    """
    values = values[_known(values)]
    found = kin[kin["other"].isin(values.index)].drop_duplicates("urn")
    value = values.reindex(found["other"]).array
    return pd.DataFrame({"value": value, "steps": found["steps"].to_numpy()}, index=found["urn"].to_numpy())


def counted(kin: pd.DataFrame, counts: pd.Series) -> pd.DataFrame:
    """Give each school a count of pupils, where schools merged the sum, where one split a part.

    Parameters
    ----------
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    counts : pandas.Series of float64
        By URN of any time, unique.

    Returns
    -------
    pandas.DataFrame
        Indexed by urn: value and steps.
    """
    rows = kin.assign(value=kin["other"].map(counts)).dropna(subset=["value"])
    rows["value"] = rows["value"] * rows["together"] / rows["sharing"]
    by_step = rows.groupby(["urn", "steps", "direction"])["value"].mean().reset_index()
    nearest: pd.DataFrame = by_step.drop_duplicates("urn").set_index("urn")
    return nearest[["value", "steps"]]
