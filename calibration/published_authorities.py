"""The list of LAs of 2023: code, name, slug, region, type, and whether figures are held."""

import re
import unicodedata
from pathlib import Path

import pandas as pd

from calibration.published_changes import FORMER
from calibration.published_sources import LA_NAMES, read_text_table

HELD_BACK = (209, 380, 840, 850)
HELD_BACK_REASON = "its figures are held back from this project, for blind validation"
TOO_SMALL = {
    201: "it has one state-funded primary school and no secondary, so no KS2 or KS4 figures to work with",
    420: "it has one state-funded school, so no KS2 figures by group are published",
}
HELD_BACK_REGION = {209: "London", 380: "Yorkshire and The Humber", 840: "North East", 850: "South East"}
# LA types as in the evidence rows calc_fsm6_*, which were fitted to the LAs of January 2019: an LA that has
# become a unitary authority since keeps the type of the county it came from.
COUNTIES = {
    815, 825, 830, 838, 845, 850, 855, 860, 873, 878, 881, 885, 886, 888, 891, 916, 919, 925, 926, 931, 933,
    935, 936, 937, 938, 940, 941, 942, 943,
}  # fmt: skip
EXTRA_ALIASES = {
    810: ("Hull", "Kingston upon Hull"),
    822: ("Bedford",),
    839: ("BCP", "Bournemouth", "Poole", "Bournemouth Christchurch Poole"),
    840: ("Durham",),
    861: ("Stoke",),
    868: ("Royal Borough of Windsor and Maidenhead",),
    882: ("Southend",),
    884: ("Herefordshire, County of",),
    391: ("Newcastle",),
    207: ("RBKC",),
}


def slug_of(name: str) -> str:
    """Make the slug of a name: lower case, ASCII, words joined by hyphens.

    Parameters
    ----------
    name : str
        Such as ``Bristol, City of``.

    Returns
    -------
    str
        Such as ``bristol-city-of``.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = plain.replace("'", "").replace("&", " and ").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def la_type(code: int) -> str:
    """Give the type of an LA, as the evidence rows ``calc_fsm6_*`` name it.

    Parameters
    ----------
    code : int
        The DfE code of the LA.

    Returns
    -------
    str
        One of inner_london, outer_london, metropolitan_district, county_council, unitary_authority.
    """
    if code < 300:
        return "inner_london"
    if code < 330:
        return "outer_london"
    if code < 400:
        return "metropolitan_district"
    return "county_council" if code in COUNTIES else "unitary_authority"


def build_authorities(data: Path, named: pd.DataFrame) -> pd.DataFrame:
    """List the LAs of 2023.

    Parameters
    ----------
    data : Path
        The folder of raw data.
    named : pandas.DataFrame
        From `calibration.published_sources.read_la_names`.

    Returns
    -------
    pandas.DataFrame
        Columns la_code, name, slug, region, la_type, aliases, available (``true`` or ``false``), reason.
    """
    meta = read_text_table(data, LA_NAMES, ["LEA", "LA Name"])
    other = dict(zip(meta["LEA"].astype(int), meta["LA Name"].str.strip(), strict=True))
    names = {int(str(code)): name for code, name in named["name"].items() if code not in FORMER}
    names |= {code: other[code] for code in HELD_BACK}
    regions = {int(str(code)): region.replace("Inner ", "").replace("Outer ", "")
               for code, region in named["region"].items()}  # fmt: skip
    rows = []
    for code in sorted(names):
        reason = HELD_BACK_REASON if code in HELD_BACK else TOO_SMALL.get(code, "")
        rows.append(
            {
                "la_code": code,
                "name": names[code],
                "slug": slug_of(names[code]),
                "region": regions.get(code) or HELD_BACK_REGION[code],
                "la_type": la_type(code),
                "aliases": ";".join(_aliases(code, names[code], other.get(code, ""))),
                "available": "false" if reason else "true",
                "reason": reason,
            }
        )
    return pd.DataFrame(rows)


def _aliases(code: int, name: str, other: str) -> list[str]:
    """Give the other names of an LA: ``Bristol, City of`` is also ``City of Bristol`` and ``Bristol``."""
    found = [*EXTRA_ALIASES.get(code, ()), other]
    if ", " in name:
        head, _, tail = name.partition(", ")
        if tail.endswith(" of"):
            found += [f"{tail} {head}", head]
    taken = {slug_of(name), ""}
    kept = []
    for alias in found:
        if slug_of(alias) not in taken:
            taken.add(slug_of(alias))
            kept.append(alias)
    return kept


def build_former() -> pd.DataFrame:
    """List the LAs that ended between 2016 and 2023 and what followed.

    Returns
    -------
    pandas.DataFrame
        Columns la_code, name, successors (``;``-joined codes), ended (date).
    """
    return pd.DataFrame(
        [
            {"la_code": code, "name": name, "successors": ";".join(map(str, after)), "ended": ended}
            for code, (name, after, ended) in FORMER.items()
        ]
    )
