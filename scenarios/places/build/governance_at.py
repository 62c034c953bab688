"""Who ran each school at the end of year 0: category, trust and federation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from model.place import Category, Flag
from scenarios.places.build.canonical import SourceTables, canonical
from scenarios.places.build.flagged import FlaggedSchools, first_known
from scenarios.places.build.kinds import MAINSTREAM
from scenarios.places.build.lifetimes import end_of_year

IN_TRUST = (int(Category.ACADEMY), int(Category.FREE_SCHOOL))
"""Categories of schools that a trust runs."""

UNKNOWN_TRUST = "earlier trust, not in the files"
"""Name of the trust of an academy that joined its present one after year 0."""

_ACADEMY_TRUST = "multi-academy trust|single-academy trust"


def add_governance(
    table: FlaggedSchools, found: pd.DataFrame, kin: pd.DataFrame, sources: SourceTables, year: int
) -> None:
    """Add category, type, trust and federation at the end of year 0.

    Parameters
    ----------
    table : FlaggedSchools
        Columns are added: category, type, trust_uid, trust_name, trust_type, federation, federation_uid,
        faith and religious.
    found : pandas.DataFrame
        From ``roster.open_schools``.
    kin : pandas.DataFrame
        From ``Lineage.kin``.
    sources : SourceTables
        What was read.
    year : int
        Year 0.
    """
    register = canonical(sources, "register").drop_duplicates("urn").set_index("urn")
    spine = canonical(sources, "information").drop_duplicates("urn").set_index("urn")
    _add_faith(table, kin, [register["religious"], spine["religious"]])
    members = _memberships(canonical(sources, "group_links"), register)
    _add_category(table, found, members, end_of_year(year))
    _add_trust(table, members, end_of_year(year))
    _add_federation(table, members, end_of_year(year))


def _add_faith(table: FlaggedSchools, kin: pd.DataFrame, sources: list[pd.Series]) -> None:
    """Religious character as the register writes it, the school's own URN first."""
    both = pd.concat(sources)
    both = both[both != ""]
    character = first_known(kin, both[~both.index.duplicated()])
    table.put("religious", character["value"], character["steps"].clip(upper=1), "from a linked URN")
    none = ("", "none", "does not apply", "not applicable", "not reported", "not recorded", "unknown")
    text = table["religious"].fillna("").astype("str").str.lower()
    table.put("faith", (~text.isin(none)).astype(np.float64).where(text != ""), table.flag("religious"))
    table.fill("faith", pd.Series(0.0, index=table.urns), "no religious character given: none")


def _add_category(
    table: FlaggedSchools, found: pd.DataFrame, members: pd.DataFrame, day: pd.Timestamp
) -> None:
    """Add type and category; where no type is given, a school in an academy trust is an academy."""
    table.put("type", found["type"])
    table.put("category", found["category"])
    trusts = members[members["group_type"].str.lower().str.contains(_ACADEMY_TRUST)]
    academy = pd.Series(float(Category.ACADEMY), index=trusts.loc[~(trusts["joined"] > day), "urn"].unique())
    table.fill("category", academy, "type not in the files, member of an academy trust")
    faith = table["faith"] == 1.0
    mainstream = found["kind"] == MAINSTREAM
    guess = pd.Series(float(Category.COMMUNITY), index=table.urns)
    guess = guess.where(~(faith & mainstream), float(Category.VOLUNTARY_AIDED))
    table.fill(
        "category", guess, "type not in the files: community, or voluntary aided with a religious character"
    )


def _memberships(links: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """List who belongs to which group since when, from the links and from the register's own columns."""
    parts = [links[["urn", "group_uid", "group_type", "name", "joined"]]]
    trusts = register[register["trust_uid"] != ""].reset_index()
    parts.append(
        pd.DataFrame(
            {
                "urn": trusts["urn"],
                "group_uid": trusts["trust_uid"],
                "group_type": trusts["trust_type"].where(trusts["trust_type"] != "", "Multi-academy trust"),
                "name": trusts["trust_name"],
                "joined": trusts["trust_joined"],
            }
        )
    )
    federations = register[register["federation_uid"] != ""].reset_index()
    parts.append(
        pd.DataFrame(
            {
                "urn": federations["urn"],
                "group_uid": federations["federation_uid"],
                "group_type": "Federation",
                "name": federations["federation_name"],
                "joined": pd.NaT,
            }
        )
    )
    members = pd.concat(parts, ignore_index=True)
    members["group_uid"] = members["group_uid"].astype("str").str.replace(r"\.0$", "", regex=True)
    members = members.sort_values(["urn", "group_uid", "joined"], kind="stable", na_position="last")
    return members.drop_duplicates(["urn", "group_uid"])


def _add_trust(table: FlaggedSchools, members: pd.DataFrame, day: pd.Timestamp) -> None:
    """Put each academy in the trust it had joined by then; one that joined later in a trust of its own."""
    trusts = members[members["group_type"].str.lower().str.contains(_ACADEMY_TRUST)]
    by_then = trusts[~(trusts["joined"] > day)]
    latest = by_then.sort_values(["urn", "joined"], na_position="first").drop_duplicates("urn", keep="last")
    latest = latest.set_index("urn").reindex(table.urns)
    academy = table["category"].isin(IN_TRUST)
    undated = pd.Series(
        np.where(latest["joined"].isna(), int(Flag.IMPUTED), int(Flag.PUBLISHED)), index=table.urns
    )
    later = pd.Series(table.urns.isin(trusts["urn"]), index=table.urns)
    own = pd.Series([f"own-{urn}" for urn in table.urns], index=table.urns).where(academy)
    for column, source, alone in (
        ("trust_uid", "group_uid", own),
        ("trust_name", "name", pd.Series(UNKNOWN_TRUST, index=table.urns).where(academy)),
        ("trust_type", "group_type", pd.Series("Single-academy trust", index=table.urns).where(academy)),
    ):
        table.put(
            column, latest[source].where(academy), undated, "date of joining not given: taken as earlier"
        )
        table.fill(column, alone.where(later), "joined its present trust after year 0: taken as on its own")
        table.fill(column, alone, "trust not in the files: taken as on its own")


def _add_federation(table: FlaggedSchools, members: pd.DataFrame, day: pd.Timestamp) -> None:
    federations = members[members["group_type"].str.lower().eq("federation") & ~(members["joined"] > day)]
    latest = federations.sort_values(["urn", "joined"], na_position="first", kind="stable")
    latest = latest.drop_duplicates("urn", keep="last").set_index("urn")
    undated = latest["joined"].isna().astype(int) * int(Flag.IMPUTED)
    for column, source in (("federation", "name"), ("federation_uid", "group_uid")):
        table.put(column, latest[source], undated, "date of joining not given: taken as earlier")
