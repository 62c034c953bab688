"""Following a school through its numbers: a school that becomes an academy gets a new URN.

Links between URNs are one graph: an edge from the URN that came earlier to the one that followed it. Schools
that merge, split or amalgamate have several edges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

MOST_STEPS = 8
"""Links followed from one URN before giving up."""

FIRST_BELIEVABLE_DATE = pd.Timestamp("1950-01-01")
"""Earlier dates in the links (1900-01-01) stand for unknown."""

_MERGED = "merge|amalgam"


@dataclass(frozen=True)
class Lineage:
    """Links between URNs.

    Attributes
    ----------
    edges : pandas.DataFrame
        Columns earlier, later (int64 URNs), date (datetime64, NaT where not given), merged (bool: several
        schools became one), split (bool). No edge twice, none to itself.
    left_out : pandas.Series
        Number of links not followed (sixth form centres, closures, others), by type of link.
    """

    edges: pd.DataFrame
    left_out: pd.Series

    def kin(self, urns: pd.Index) -> pd.DataFrame:
        """List the URNs that each school has gone by, its own included.

        Parameters
        ----------
        urns : pandas.Index of int64
            URNs in force: no path leads through another of these.

        Returns
        -------
        pandas.DataFrame
            Columns urn (in force), other (URN), steps (int, 0 for its own), direction (int: -1 earlier, 0 its
            own, 1 later), sharing (int: schools in force that ``other`` belongs to), together (int: other
            URNs at the same step and direction, which became this school or came out of it together).
        """
        own = pd.DataFrame({"urn": urns, "other": urns, "steps": 0, "direction": 0})
        parts = [own, *self._walk(urns, "later", "earlier", -1), *self._walk(urns, "earlier", "later", 1)]
        found = pd.concat(parts, ignore_index=True)
        # An earlier URN of one school that is also a later one of another belongs to the first.
        claimed = found.loc[found["direction"] == -1, "other"]
        found = found[(found["direction"] != 1) | ~found["other"].isin(claimed)]
        found["sharing"] = found.groupby(["other", "direction"])["urn"].transform("nunique")
        found["together"] = found.groupby(["urn", "steps", "direction"])["other"].transform("nunique")
        return found.sort_values(["urn", "steps", "direction", "other"], ignore_index=True)

    def _walk(self, urns: pd.Index, near: str, far: str, direction: int) -> list[pd.DataFrame]:
        """Follow edges one way, a step at a time; a URN already met by the same school ends the path."""
        step = self.edges[[near, far]].rename(columns={near: "at", far: "other"})
        step = step[~step["other"].isin(urns)]
        front = pd.DataFrame({"urn": urns, "at": urns})
        met = pd.DataFrame({"urn": pd.Series(dtype=np.int64), "other": pd.Series(dtype=np.int64)})
        parts = []
        for steps in range(1, MOST_STEPS + 1):
            reached = front.merge(step, on="at")[["urn", "other"]].drop_duplicates()
            reached = reached.merge(met, on=["urn", "other"], how="left", indicator=True)
            reached = reached.loc[reached["_merge"] == "left_only", ["urn", "other"]]
            if reached.empty:
                break
            met = pd.concat([met, reached], ignore_index=True)
            parts.append(reached.assign(steps=steps, direction=direction))
            front = reached.rename(columns={"other": "at"})
        return parts


def lineage(links: pd.DataFrame, closed: pd.Index) -> Lineage:
    """Read the links as edges from the earlier URN to the later.

    Parameters
    ----------
    links : pandas.DataFrame
        Canonical ``links``.
    closed : pandas.Index of int64
        URNs known to have closed: where a link's type does not say who came first, they did.

    Returns
    -------
    Lineage
        Edges.
    """
    kind = links["link_type"].str.lower()
    forward = kind.str.startswith("successor")
    backward = kind.str.startswith(("predecessor", "result of amalgamation"))
    either = kind.str.startswith("merged")
    first_closed = links["urn"].isin(closed) & ~links["link_urn"].isin(closed)
    urn_first = forward | (either & first_closed)
    used = (forward | backward | either) & (links["urn"] > 0) & (links["link_urn"] > 0)
    used &= links["urn"] != links["link_urn"]
    link_urn = links["link_urn"].fillna(-1).astype(np.int64)
    date = links["established"].where(links["established"] >= FIRST_BELIEVABLE_DATE)
    edges = pd.DataFrame(
        {
            "earlier": links["urn"].where(urn_first, link_urn),
            "later": link_urn.where(urn_first, links["urn"]),
            "date": date,
            "merged": kind.str.contains(_MERGED),
            "split": kind.str.contains("split"),
        }
    )[used]
    edges = edges.groupby(["earlier", "later"], as_index=False).agg(
        {"date": "min", "merged": "any", "split": "any"}
    )
    return Lineage(_without_both_ways(edges, closed), kind[~used & (kind != "")].value_counts())


def _without_both_ways(edges: pd.DataFrame, closed: pd.Index) -> pd.DataFrame:
    """Of two URNs that are each other's successor keep one edge: from the closed one, else the older."""
    turned = edges[["later", "earlier"]].set_axis(["earlier", "later"], axis=1)
    met = edges.merge(turned, on=["earlier", "later"], how="left", indicator=True)["_merge"]
    both = met.eq("both").to_numpy()
    earlier_closed = edges["earlier"].isin(closed).to_numpy()
    later_closed = edges["later"].isin(closed).to_numpy()
    older = (edges["earlier"] < edges["later"]).to_numpy()
    keep = np.where(earlier_closed != later_closed, earlier_closed, older)
    return edges[~both | keep].reset_index(drop=True)
