"""Codes that stand where a number would be, and what they mean."""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "SUPP": "suppressed: few pupils, usually five or fewer",
    "NE": "no entries, or no pupils in the measure",
    "NA": "not applicable, or not available",
    "NP": "not published",
    "LOWCOV": "coverage below 50 per cent, so no progress score",
    "NEW": "new school",
    "RE": "redacted",
    "SP": "pupils' results are counted at another school",
    "DNS": "did not submit",
    "DNA": "did not apply",
    "SUPPMAT": "suppressed: results of a trust",
    "-": "not available",
    "C": "confidential: suppressed",
    "X": "not available",
    "Z": "not applicable",
    "U": "unreliable, so not published",
    "LOW": "rounds to nought",
    "K": "rounds to nought",
    ":": "not available",
    "..": "not available",
    ".": "not applicable",
    "*": "suppressed",
    "**": "suppressed",
    "N/A": "not applicable",
    "#N/A": "not available, as a spreadsheet writes it",
    "NULL": "no figure, as a database writes it",
    "NAN": "no figure, as a program writes it",
}
"""The publishers' codes, in capitals, with their meaning."""

UNREADABLE: Final = "UNREAD"
OUT_OF_RANGE: Final = "RANGE"
CUT: Final = "CUT"

OWN_CODES: Final[dict[str, str]] = {
    UNREADABLE: "neither a number nor a known code was found, so there is no figure",
    OUT_OF_RANGE: "the number found is not possible, so there is no figure",
    CUT: "the file ends in this cell without an end of line, so it may be cut: no figure",
}
"""Codes given here, never found in a file."""

NO_SCHOOL: Final = frozenset(
    {"", "0", "00", "000", "NAT", "NATIONAL", "LA", "PRI", "SEC", "SPE", "SPEC", "TOTAL", "ENGLAND"}
)
"""What stands in place of a URN or an LA code in rows about an LA or the nation."""


def code_of(text: str) -> str:
    """Give the publisher's code a cell holds.

    Parameters
    ----------
    text : str
        A cell, without spaces around it.

    Returns
    -------
    str
        The code in capitals, empty where the cell holds none.
    """
    upper = text.upper()
    return upper if upper in CODES else ""


def meaning(code: str) -> str:
    """Say what a code means.

    Parameters
    ----------
    code : str
        A code of a column of codes.

    Returns
    -------
    str
        Plain English, empty for a blank or an unknown code.
    """
    return CODES.get(code, OWN_CODES.get(code, ""))
