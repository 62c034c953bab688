"""What institutions leave behind, as columns: posts held, cases, money and events."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from model.place import Floats, Ints


@dataclass(frozen=True, kw_only=True, eq=False)
class PostRows:
    """A row a post held by one person. Terms are counted from the autumn after year 0.

    Attributes
    ----------
    la, number, occupant : (n,) int32
        LA that it works from; which post of its kind; which person in that post, 0 first.
    kind, reason, came_from : tuple of str
        Kind of post; why it ended (``left``, ``funding ended``, ``provider replaced``, ``still in post``);
        where the person came from.
    from_term, to_term : (n,) int32
        First term; last term, the projection's last where still in post.
    horizon_terms : (n,) int32
        Length in terms of the award that paid when the person came; 0 permanent.
    quality : (n,) float64
        Of the person; 1 is usual.
    area : (n,) int32
        Partnership that the person came to, as an index into ``areas``.
    areas : tuple of str
        Names.
    """

    la: Ints
    number: Ints
    occupant: Ints
    kind: tuple[str, ...]
    reason: tuple[str, ...]
    came_from: tuple[str, ...]
    from_term: Ints
    to_term: Ints
    horizon_terms: Ints
    quality: Floats
    area: Ints
    areas: tuple[str, ...]


PARTNERSHIP, RISE, TRUST = "partnership", "RISE", "trust"
"""Who brokers."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CaseRows:
    """A row a case. Weeks are teaching weeks since the autumn after year 0; NaN where it did not come so far.

    Attributes
    ----------
    school, offer_domain, term : (n,) int32
        Identity of the case, with its broker: row of the school, practice domain (-1: no one has looked),
        term in which the need was identified.
    broker, offer, provider, state : tuple of str
        ``partnership``, ``RISE`` or ``trust``; programme; who delivered (kind of post, ``supporting school``
        or ``supporting organisation``); ``completed``, ``in delivery``, ``waiting``, ``declined``,
        ``interrupted``, ``abandoned``, ``turned away``.
    identified, triaged, agreed, matched, ended : (n,) float64
        Weeks of the stages.
    need, priority : (n,) float64
        Need as seen, between-school SD; place in the queue, higher first.
    weeks_delivered : (n,) float64
        Weeks of full-strength support received.
    interruptions : (n,) int32
        Times that whoever delivered it left.
    quality : (n,) float64
        Mean quality received; NaN where none.
    displaced : (n,) float64
        Cases of partnerships, in years of them, for which the school had no room meanwhile.
    area : (n,) int32
        Partnership of the school, as an index into ``areas``.
    areas : tuple of str
        Names; none where nobody has said.
    """

    school: Ints
    offer_domain: Ints
    term: Ints
    broker: tuple[str, ...]
    offer: tuple[str, ...]
    provider: tuple[str, ...]
    state: tuple[str, ...]
    identified: Floats
    triaged: Floats
    agreed: Floats
    matched: Floats
    ended: Floats
    need: Floats
    priority: Floats
    weeks_delivered: Floats
    interruptions: Ints
    quality: Floats
    displaced: Floats
    area: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    areas: tuple[str, ...] = ()


def joined(*parts: CaseRows) -> CaseRows:
    """Put the cases of several brokers one below the other.

    Parameters
    ----------
    *parts : CaseRows
        Of each broker.

    Returns
    -------
    CaseRows
        The rows of the first, then those of the others.
    """
    columns: dict[str, Any] = {}
    for column in fields(CaseRows):
        each = [getattr(part, column.name) for part in parts]
        texts = isinstance(each[0], tuple)
        columns[column.name] = tuple(text for one in each for text in one) if texts else np.concatenate(each)
    return CaseRows(**columns)


@dataclass(frozen=True, kw_only=True, eq=False)
class LedgerRows:
    """A row a payment, in the order in which they were made.

    Attributes
    ----------
    week : (n,) int32
        Teaching weeks since the autumn after year 0.
    payer, payee : (n,) int32
        Index into ``accounts``.
    pence : (n,) int64
        Amount, 1 or more.
    stream, purpose : (n,) int32
        Index into ``streams``, ``purposes``.
    accounts, streams, purposes : tuple of str
        Names.
    """

    week: Ints
    payer: Ints
    payee: Ints
    pence: Ints
    stream: Ints
    purpose: Ints
    accounts: tuple[str, ...]
    streams: tuple[str, ...]
    purposes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class EventRows:
    """A row an event that someone decided or that befell them, in order of term, partnership and kind.

    Attributes
    ----------
    term, la, school : (n,) int32
        When; where, for a partnership in several LAs the one that answers for it; row of the school, -1
        where it concerns the whole partnership.
    kind, text : tuple of str
        As ``award renewed late``; what happened, in words without names of schools.
    gbp : (n,) float64
        Money concerned; NaN where none.
    area : (n,) int32
        Partnership, as an index into ``areas``.
    areas : tuple of str
        Names.
    """

    term: Ints
    la: Ints
    school: Ints
    kind: tuple[str, ...]
    text: tuple[str, ...]
    gbp: Floats
    area: Ints
    areas: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class InstitutionRecord:
    """Everything institutions leave of one run, from the beginning of spin-up (negative terms) on."""

    posts: PostRows
    cases: CaseRows
    ledger: LedgerRows
    events: EventRows
