"""Which local authority a school is in, by the map of year 0 or the one that was asked for.

LAs change: Cumbria (909) became two in 2023, Northamptonshire (928) two in 2021; Dorset (835), Poole (836)
and Bournemouth (837) became two in 2019. A former LA can be built for the years in which it existed, and
one that followed for any year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pandas as pd

from scenarios.errors import BadInput, UnknownName, nearest
from scenarios.places.authorities import load_authorities, read_published
from scenarios.places.build.canonical import SourceTables, canonical

EVERY_LA = ("all", "england")

OLDER_DISTRICTS = {
    "corby": 940, "east northamptonshire": 940, "kettering": 940, "wellingborough": 940, "daventry": 941,
    "northampton": 941, "south northamptonshire": 941, "christchurch": 839, "poole": 839,
    "bournemouth": 839, "east dorset": 838, "north dorset": 838, "purbeck": 838, "west dorset": 838,
    "weymouth and portland": 838, "dorset": 838,
}  # fmt: skip
"""Districts before the changes, by the LA that followed; in addition to ``districts.csv``."""

DIVIDED_BEFORE = {838: (835,), 839: (835, 836, 837), 940: (928,), 941: (928,), 942: (909,), 943: (909,)}
"""Former LAs that each of today's took schools from; the last where nothing else tells."""

POSTAL_DISTRICTS = {"BH23": 835, **dict.fromkeys(("BH12", "BH13", "BH14", "BH15", "BH17", "BH18"), 836)}
"""Postal districts of Bournemouth, Christchurch and Poole before 2019, where no file has the former code."""


@dataclass(frozen=True)
class LocalAuthority:
    """A local authority of any time.

    Attributes
    ----------
    code : int
        DfE code.
    name : str
        Name.
    slug : str
        Name in lower case with hyphens.
    former : bool
        Whether it ended before 2023.
    """

    code: int
    name: str
    slug: str
    former: bool


@cache
def former_authorities() -> dict[int, tuple[str, tuple[int, ...], int]]:
    """List the LAs that ended between 2016 and 2023.

    Returns
    -------
    dict
        By code: name, codes that followed, last academic year (its end) of which results are under the code.
    """
    return {
        int(row["la_code"]): (
            str(row["name"]),
            tuple(int(code) for code in str(row["successors"]).split(";")),
            int(str(row["ended"])[-4:]) - 1,
        )
        for row in read_published("former").to_dict("records")
    }


def find_las(las: object, year: int, sources: SourceTables) -> tuple[LocalAuthority, ...]:
    """Find the LAs asked for, with or without figures in the embedded table.

    Parameters
    ----------
    las : str, int or sequence of these
        Codes, names or slugs; ``all`` for every LA of England with a school in the files.
    year : int
        Year 0.
    sources : SourceTables
        What was read.

    Returns
    -------
    tuple of LocalAuthority
        In the order given, none twice.

    Raises
    ------
    BadInput
        If a former LA is asked for in a year in which it no longer existed, or a district.
    UnknownName
        If nothing goes by that code or name.
    """
    asked = [las] if isinstance(las, str | int) else list(las)  # type: ignore[call-overload]
    if any(str(text).strip().lower() in EVERY_LA for text in asked):
        return _every_la(year, sources)
    known = _names(sources)
    found = {}
    for text in asked:
        la = known.get(_plain(str(text)))
        if la is None:
            raise _unknown(str(text), known)
        if la.former and year > former_authorities()[la.code][2]:
            _name, followed, last = former_authorities()[la.code]
            raise BadInput(
                f"{la.name} ({la.code}) no longer existed at the end of that year",
                where="la",
                found=f"{str(text)!r} in {year}",
                allowed=f"years up to {last}",
                nearest=[load_authorities()[code].name for code in followed],
            )
        found[la.code] = la
    return tuple(found.values())


def school_las(kin: pd.DataFrame, sources: SourceTables, las: tuple[LocalAuthority, ...]) -> pd.Series:
    """Give each school the LA it belongs to, on the map of the LAs asked for.

    Parameters
    ----------
    kin : pandas.DataFrame
        From ``Lineage.kin``: where no file has a URN's own LA, that of another URN of the school counts.
    sources : SourceTables
        What was read.
    las : tuple of LocalAuthority
        LAs asked for.

    Returns
    -------
    pandas.Series of int64
        LA code by urn, -1 where no file says or the school is in none of them.
    """
    index = pd.Index(kin["other"].unique(), name="urn")
    codes = _codes_by_source(index, sources)
    wanted = {la.code for la in las}
    ended = codes.isin(list(former_authorities()))
    modern = codes.where(~ended).bfill(axis=1).iloc[:, 0]
    old = codes.where(ended).bfill(axis=1).iloc[:, 0]
    area = _addresses(index, sources)
    modern = modern.fillna(_later_la(old, area, modern))
    result = modern.where(modern.isin(wanted))
    if any(la.former for la in las):
        old = old.fillna(_earlier_la(modern, area, old))
        result = old.where(old.isin(wanted), result)
    found = kin.assign(code=kin["other"].map(result)).dropna(subset=["code"]).drop_duplicates("urn")
    return found.set_index("urn")["code"].reindex(kin["urn"].unique()).fillna(-1).astype("int64")


def _every_la(year: int, sources: SourceTables) -> tuple[LocalAuthority, ...]:
    """List the LAs that existed in a year and that some school of the files is in."""
    parts = [canonical(sources, name)["la_code"] for name in ("register", "information", "ks2", "ks4")]
    codes = set(pd.concat(parts).dropna().astype(int))
    former = former_authorities()
    for code, (_name, followed, last) in former.items():
        if year > last and code in codes:
            codes = (codes - {code}) | set(followed)
        elif code in codes or codes & set(followed):
            codes.add(code)
    codes -= {after for _name, followed, last in former.values() if year <= last for after in followed}
    by_code = {la.code: la for la in _names(sources).values()}
    return tuple(by_code[code] for code in sorted(codes) if code in by_code)


def _names(sources: SourceTables) -> dict[str, LocalAuthority]:
    """Every key that means an LA: of the embedded list, former ones, and new ones the register names."""
    found: dict[str, LocalAuthority] = {}
    for la in load_authorities().values():
        for name in (la.name, la.slug, str(la.code), *la.aliases):
            found.setdefault(_plain(name), LocalAuthority(la.code, la.name, la.slug, False))
    for code, (name, _followed, _last) in former_authorities().items():
        for text in (name, name.split(" (")[0], str(code)):
            found.setdefault(_plain(text), LocalAuthority(code, name.split(" (")[0], _slug(name), True))
    register = canonical(sources, "register").dropna(subset=["la_code"])
    for code, name in register[["la_code", "la_name"]].drop_duplicates().itertuples(index=False):
        if name and _plain(str(int(code))) not in found:
            for text in (name, str(int(code))):
                found.setdefault(_plain(text), LocalAuthority(int(code), name, _slug(name), False))
    return found


def _unknown(text: str, known: dict[str, LocalAuthority]) -> BadInput:
    districts = read_published("districts")
    match = districts[districts["district"].map(_plain) == _plain(text)]
    if not match.empty:
        la = load_authorities()[int(match["la_code"].iloc[0])]
        return BadInput(
            f"{match['district'].iloc[0]} is a district of {la.name} ({la.code})",
            where="la",
            found=repr(text[:60]),
            nearest=[la.name],
        )
    names = {la.slug: la.name for la in known.values()}
    return UnknownName(
        "no local authority in England goes by that code or name",
        where="la",
        found=repr(text[:60]),
        allowed="a DfE code (307), name (Ealing), slug (bristol-city-of), or all",
        nearest=[names[slug] for slug in nearest(_slug(text), names)],
    )


def _codes_by_source(index: pd.Index, sources: SourceTables) -> pd.DataFrame:
    """LA code of each URN by source, the most telling first."""
    columns = {}
    for name in ("register", "information", "ks2", "ks4", "census", "admissions"):
        table = canonical(sources, name).dropna(subset=["la_code"])
        if "year" in table:
            table = table.sort_values("year", kind="stable")
        codes = table.drop_duplicates("urn", keep="last").set_index("urn")["la_code"]
        columns[name] = codes.reindex(index)
    return pd.DataFrame(columns, index=index)


def _addresses(index: pd.Index, sources: SourceTables) -> pd.DataFrame:
    """District and outward postcode of each URN."""
    register = canonical(sources, "register").drop_duplicates("urn").set_index("urn")
    spine = canonical(sources, "information").drop_duplicates("urn").set_index("urn")
    postcode = register["postcode"].reindex(index).fillna("")
    postcode = postcode.where(postcode != "", spine["postcode"].reindex(index).fillna(""))
    outward = postcode.str.upper().str.split(" ").str[0]
    return pd.DataFrame({"district": register["district"].reindex(index).fillna(""), "outward": outward})


def _later_la(old: pd.Series, area: pd.DataFrame, modern: pd.Series) -> pd.Series:
    """Carry a former LA's schools over to what followed: by district, else by the schools near."""
    former = former_authorities()
    single = {code: item[1][0] for code, item in former.items() if len(item[1]) == 1}
    districts = {_plain(name): code for name, code in OLDER_DISTRICTS.items()}
    for row in read_published("districts").to_dict("records"):
        districts[_plain(str(row["district"]))] = int(row["la_code"])
    district = area["district"].map(_plain).map(districts)
    found = old.map(single)
    for code, (_name, followed, _last) in former.items():
        here = old == code
        by_district = district.where(district.isin(followed))
        near = _most_common(area["outward"], modern.fillna(by_district), followed)
        found = found.where(~here | found.notna(), by_district.fillna(near))
    return found


def _earlier_la(modern: pd.Series, area: pd.DataFrame, old: pd.Series) -> pd.Series:
    """Carry today's LAs back to the former ones: the only one, else that of the schools near."""
    found = pd.Series(float("nan"), index=modern.index)
    for code, before in DIVIDED_BEFORE.items():
        here = modern == code
        guess = area["outward"].map(POSTAL_DISTRICTS).where(lambda codes, all_=before: codes.isin(all_))
        guess = guess.fillna(_most_common(area["outward"], old, before)).fillna(before[-1])
        former = pd.Series(float(before[0]), index=modern.index) if len(before) == 1 else guess
        found = found.where(~here, former.astype("float64"))
    return found


def _most_common(outward: pd.Series, codes: pd.Series, among: tuple[int, ...]) -> pd.Series:
    """LA that most schools with the same outward postcode are in, of those named."""
    known = codes.isin(among) & (outward != "")
    counts = pd.crosstab(outward[known], codes[known])
    if counts.empty:
        return pd.Series(float("nan"), index=outward.index)
    return outward.map(counts.idxmax(axis=1)).astype("float64")


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.strip().lower().replace("&", "and"))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.strip().lower()).strip("-")
