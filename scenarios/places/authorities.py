"""Local authorities: the list of 2023, and finding the one that a code, name or slug means."""

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd

from scenarios.errors import BadInput, UnknownName

LONGEST_SHOWN = 60  # characters of what was typed that an error repeats
SHORTEST_PART = 4  # characters that are enough to look for within names


@dataclass(frozen=True)
class Authority:
    """A local authority of 2023.

    Attributes
    ----------
    code : int
        DfE code, such as 307.
    name : str
        Name as the Department for Education writes it.
    slug : str
        Name in lower case with hyphens, unique.
    region : str
        One of the nine regions of England.
    la_type : str
        inner_london, outer_london, metropolitan_district, county_council or unitary_authority, as in the
        evidence rows ``calc_fsm6_*``.
    aliases : tuple[str, ...]
        Other names.
    available : bool
        Whether figures are held.
    reason : str
        Why not, where they are not.
    """

    code: int
    name: str
    slug: str
    region: str
    la_type: str
    aliases: tuple[str, ...]
    available: bool
    reason: str


def read_published(name: str) -> pd.DataFrame:
    """Read a file of the embedded table.

    Parameters
    ----------
    name : str
        The file in ``published/``, without ``.csv``.

    Returns
    -------
    pandas.DataFrame
        Its rows and columns.
    """
    path = files("scenarios.places") / "published" / f"{name}.csv"
    with path.open(encoding="utf-8") as stream:
        return pd.read_csv(stream)


@cache
def load_authorities() -> dict[int, Authority]:
    """List every LA of 2023, those without figures included.

    Returns
    -------
    dict[int, Authority]
        By DfE code, in order of code.
    """
    table = read_published("authorities").fillna({"aliases": "", "reason": ""})
    return {
        int(row["la_code"]): Authority(
            code=int(row["la_code"]),
            name=str(row["name"]),
            slug=str(row["slug"]),
            region=str(row["region"]),
            la_type=str(row["la_type"]),
            aliases=tuple(alias for alias in str(row["aliases"]).split(";") if alias),
            available=bool(row["available"]),
            reason=str(row["reason"]),
        )
        for row in table.to_dict("records")
    }


def _key(text: str) -> str:
    """Reduce a name to what has to match: letters and digits, '&' as 'and', accents and case gone."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "", plain.replace("&", " and "))


@cache
def _names() -> dict[str, int]:
    """Every key that means an LA."""
    found: dict[str, int] = {}
    for la in load_authorities().values():
        for name in (la.name, la.slug, str(la.code), *la.aliases):
            found.setdefault(_key(name), la.code)
    return found


def find_authority(text: str | int) -> Authority:
    """Find the LA that a code, name or slug means.

    Parameters
    ----------
    text : str or int
        A DfE code, or a name or slug in any case and punctuation: ``307``, ``Ealing``,
        ``Bristol, City of``, ``bristol-city-of``.

    Returns
    -------
    Authority
        An LA with figures.

    Raises
    ------
    BadInput
        If no figures are held for that LA, or it ended before 2023, or it is a district within an LA.
    UnknownName
        If nothing matches, with the nearest names.
    """
    shown = str(text).strip()
    key = _key(shown)
    shown = shown if len(shown) <= LONGEST_SHOWN else shown[:LONGEST_SHOWN] + "..."
    if key in _names():
        la = load_authorities()[_names()[key]]
        if not la.available:
            raise BadInput(
                f"no figures can be used for {la.name} ({la.code}): {la.reason}",
                where="la",
                found=repr(shown),
                allowed="a local authority with published figures, or place=synthetic",
                nearest=_alike(la),
            )
        return la
    _refuse_former(shown, key)
    _refuse_district(shown, key)
    raise UnknownName(
        "no local authority in England goes by that code or name",
        where="la",
        found=repr(shown),
        allowed="a DfE code (307), name (Ealing) or slug (bristol-city-of)",
        nearest=_nearest(shown),
    )


def _refuse_former(shown: str, key: str) -> None:
    """Say what followed an LA that ended between 2016 and 2023."""
    for row in read_published("former").to_dict("records"):
        if key in (_key(str(row["name"])), str(row["la_code"])):
            after = [load_authorities()[int(code)].name for code in str(row["successors"]).split(";")]
            raise BadInput(
                f"{row['name']} ({row['la_code']}) ended on {row['ended']}; its figures are held under what"
                " followed",
                where="la",
                found=repr(shown),
                nearest=after,
            )


def _refuse_district(shown: str, key: str) -> None:
    """Say which LA a district is part of: results are published for LAs."""
    districts = read_published("districts")
    match = districts[districts["district"].map(_key) == key]
    if not match.empty:
        la = load_authorities()[int(match["la_code"].iloc[0])]
        raise BadInput(
            f"{match['district'].iloc[0]} is a district of {la.name} ({la.code}); figures are held for local"
            " authorities",
            where="la",
            found=repr(shown),
            nearest=[la.name],
        )


def _alike(wanted: Authority) -> list[str]:
    """Give up to three LAs with figures in the same region, of the same type first."""
    las = [la for la in load_authorities().values() if la.available and la.region == wanted.region]
    las.sort(key=lambda la: (la.la_type != wanted.la_type, abs(la.code - wanted.code)))
    return [la.name for la in las[:3]]


def _nearest(text: str) -> list[str]:
    """Give up to three LAs with figures whose names are nearest."""
    las = [la for la in load_authorities().values() if la.available]
    keys = {_key(name): la.name for la in las for name in (la.slug, *la.aliases)}
    key = _key(text)[:LONGEST_SHOWN]
    part = [known for known in keys if len(key) >= SHORTEST_PART and key in known]
    close = difflib.get_close_matches(key, keys, n=6, cutoff=0.4)
    return list(dict.fromkeys(keys[known] for known in (*part, *close)))[:3]
