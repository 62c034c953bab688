"""Local education partnerships that are known to exist at year 0: a small table, or a person's own entry."""

from __future__ import annotations

from model.place import Partnership


def in_words(one: Partnership) -> str:
    """Say a partnership in one line.

    Parameters
    ----------
    one : Partnership
        Any.

    Returns
    -------
    str
        Name, years, members, form, source.
    """
    parts = [one.name, f"since {one.started}"]
    if one.members >= 0:
        parts.append(f"{one.members} schools in membership")
    if one.legal_form:
        parts.append(one.legal_form)
    parts.append(f"model {one.model}" if one.model else "model not known")
    return ", ".join(parts) + (f" ({one.source})" if one.source else "")
