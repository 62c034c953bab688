"""What kind of school a type of establishment is, and its legal category."""

from __future__ import annotations

import re

import pandas as pd

from model.place import Category

MAINSTREAM, SPECIAL, ALTERNATIVE = "mainstream", "special", "alternative provision"
NON_MAINTAINED, NURSERY, POST_16 = "non-maintained special", "nursery", "post-16"
INDEPENDENT, OTHER, UNKNOWN = "independent", "other", ""
STATE_FUNDED = (MAINSTREAM, SPECIAL, ALTERNATIVE)
"""Kinds of school that a place holds. Non-maintained special schools are not in the LA's own figures."""

CODES = {
    "ind": INDEPENDENT, "indspec": INDEPENDENT, "nmss": NON_MAINTAINED, "fesi": POST_16, "pru": ALTERNATIVE,
    "cys": SPECIAL, "fds": SPECIAL, "acs": SPECIAL, "accs": SPECIAL, "fs": SPECIAL, "fss": SPECIAL,
    "ac1619": POST_16, "acc1619": POST_16, "fs1619": POST_16, "fe": POST_16, "sfc": POST_16,
    "acap": ALTERNATIVE, "accap": ALTERNATIVE, "fsap": ALTERNATIVE, "fap": ALTERNATIVE,
    "cy": MAINSTREAM, "va": MAINSTREAM, "vc": MAINSTREAM, "fd": MAINSTREAM, "ac": MAINSTREAM,
    "acc": MAINSTREAM, "f": MAINSTREAM, "fsm": MAINSTREAM, "ss": MAINSTREAM, "utc": MAINSTREAM,
    "ctc": MAINSTREAM,
}  # fmt: skip
"""Kind of each short code of the performance tables (NFTYPE)."""

CODE_CATEGORIES = {
    "cy": Category.COMMUNITY, "cys": Category.COMMUNITY, "pru": Category.COMMUNITY,
    "va": Category.VOLUNTARY_AIDED, "vc": Category.VOLUNTARY_CONTROLLED, "fd": Category.FOUNDATION,
    "fds": Category.FOUNDATION, "ac": Category.ACADEMY, "acc": Category.ACADEMY, "acs": Category.ACADEMY,
    "accs": Category.ACADEMY, "acap": Category.ACADEMY, "accap": Category.ACADEMY, "ctc": Category.ACADEMY,
    "f": Category.FREE_SCHOOL, "fsm": Category.FREE_SCHOOL, "fs": Category.FREE_SCHOOL,
    "fss": Category.FREE_SCHOOL, "fsap": Category.FREE_SCHOOL, "fap": Category.FREE_SCHOOL,
    "utc": Category.FREE_SCHOOL, "ss": Category.FREE_SCHOOL,
}  # fmt: skip

_KIND_RULES = (
    (r"children'?s centre|overseas|offshore|welsh|service child|higher education|secure|online", OTHER),
    (r"miscellaneous|institution funded|^legacy|training centre", OTHER),
    (r"independent", INDEPENDENT),
    (r"non-?maintained", NON_MAINTAINED),
    (r"nursery", NURSERY),
    (r"16 ?(-|to| )+ ?19|sixth form|post 16|further education|specialist designated|agricultur", POST_16),
    (r"art, design|performing art", POST_16),
    (r"pupil referral|alternative provision|\bap\b", ALTERNATIVE),
    (r"special|hospital", SPECIAL),
    (r"academy|free school|studio|technical college|technology college|community|voluntary", MAINSTREAM),
    (r"foundation|state-funded (primary|secondary)|middle|grant maintained", MAINSTREAM),
)
"""First rule that fits gives the kind."""

_CATEGORY_RULES = (
    (r"free school|studio|university technical", Category.FREE_SCHOOL),
    (r"academy|city technology", Category.ACADEMY),
    (r"voluntary aided", Category.VOLUNTARY_AIDED),
    (r"voluntary controlled", Category.VOLUNTARY_CONTROLLED),
    (r"foundation", Category.FOUNDATION),
    (r"community", Category.COMMUNITY),
)


def kinds(types: pd.Series) -> pd.Series:
    """Give the kind of each school.

    Parameters
    ----------
    types : pandas.Series of str
        Type of establishment as any of the files writes it: GIAS, school information, census, or the
        short codes of the performance tables.

    Returns
    -------
    pandas.Series of str
        Such as `MAINSTREAM`; `UNKNOWN` (empty) where the type is missing or means nothing here.
    """
    found = {text: _kind(text) for text in types.unique()}
    return types.map(found).astype("str")


def categories(types: pd.Series) -> pd.Series:
    """Give the legal category of each school.

    Parameters
    ----------
    types : pandas.Series of str
        As in `kinds`.

    Returns
    -------
    pandas.Series of float64
        ``Category`` values, NaN where the type does not say (the census names only the phase).
    """
    found = {text: _category(text) for text in types.unique()}
    return types.map(found).astype("float64")


def _kind(text: str) -> str:
    plain = str(text).strip().lower()
    if plain in CODES:
        return CODES[plain]
    return next((kind for pattern, kind in _KIND_RULES if re.search(pattern, plain)), UNKNOWN)


def _category(text: str) -> float:
    plain = str(text).strip().lower()
    if plain in CODE_CATEGORIES:
        return float(CODE_CATEGORIES[plain])
    if "pupil referral" in plain:  # the census calls academies for alternative provision that too
        return float("nan")
    rules = (float(category) for pattern, category in _CATEGORY_RULES if re.search(pattern, plain))
    return next(rules, float("nan"))
