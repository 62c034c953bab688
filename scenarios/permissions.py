"""Parts of an arrangement that contradict each other: who may deliver, who may trade or take a commission."""

from __future__ import annotations

from collections.abc import Sequence

from model.arrangements import Stream
from scenarios import values
from scenarios.awards import AwardSpec
from scenarios.collaborating import CollaborationSpec
from scenarios.errors import BadInput, UnknownName, nearest
from scenarios.national import NationalSpec
from scenarios.offers import SUPPORTING_SCHOOL, OfferSpec
from scenarios.partnership import WITHOUT_COMMISSION, WITHOUT_TRADE, PartnershipSpec, PostSpec

_TRADED = (Stream.TRADED_INSIDE, Stream.TRADED_OUTSIDE)


def refuse_posts(
    where: str, body: PartnershipSpec | None, posts: Sequence[PostSpec], on_offer: Sequence[OfferSpec]
) -> None:
    """Refuse posts or programmes without a partnership, and programmes that nobody delivers.

    Parameters
    ----------
    where : str
        The file and key, for messages.
    body : PartnershipSpec or None
        The partnership.
    posts : Sequence of PostSpec
        Its posts.
    on_offer : Sequence of OfferSpec
        Brokered programmes.

    Raises
    ------
    BadInput
        If there are some.
    """
    if body is None:
        for key, listed in (("posts", posts), ("offers", on_offer)):
            if listed:
                raise BadInput(
                    "needs a partnership", where=f"{where}.{key}", found="no partnership",
                    allowed=f"{key}: none, as money then goes to the schools themselves",
                )  # fmt: skip
    kinds = [item.kind for item in posts]
    for offer in on_offer:
        if offer.delivered_by not in (*kinds, SUPPORTING_SCHOOL):
            raise UnknownName(
                f"has nobody to deliver {offer.name}", where=f"{where}.offers",
                found=values.shown(offer.delivered_by), allowed=", ".join((*kinds, SUPPORTING_SCHOOL)),
                nearest=nearest(offer.delivered_by, kinds),
            )  # fmt: skip


def refuse_income(body: PartnershipSpec | None, awards: Sequence[AwardSpec], kinds: Sequence[str]) -> None:
    """Refuse money kept for posts there are none of, and income that model or legal form does not allow.

    Parameters
    ----------
    body : PartnershipSpec or None
        The partnership; where there is none, awards go to schools and all is allowed.
    awards : Sequence of AwardSpec
        Its income.
    kinds : Sequence of str
        Kinds of its posts.

    Raises
    ------
    BadInput
        If there is some.
    """
    if body is None:
        return
    for award in awards:
        for kind in award.ring_fence:
            if kind not in kinds:
                raise UnknownName(
                    "names a kind of post that there is none of", where=f"{award.where}.only_for",
                    found=values.shown(kind), allowed=", ".join(kinds), nearest=nearest(kind, kinds),
                )  # fmt: skip
        _refuse_award(body, award)
    if body.body is not None and body.body.trade is not None and not _may_trade(body):
        raise BadInput(
            f"a partnership of model {body.model} ({body.form.form}) may not trade",
            where=f"{body.where}.trade", found="what it sells", allowed="trade: none",
        )  # fmt: skip


def refuse_unpaid(
    body: PartnershipSpec | None, together: CollaborationSpec | None, national: NationalSpec | None
) -> None:
    """Refuse what only a partnership can pay for or found where there is none.

    Parameters
    ----------
    body : PartnershipSpec or None
        The partnership.
    together : CollaborationSpec or None
        What schools do together.
    national : NationalSpec or None
        The national tier.

    Raises
    ------
    BadInput
        If there is some.
    """
    if body is not None:
        return
    if together is not None and together.paid:
        raise BadInput(
            "needs a partnership that pays for it", where=f"{together.where}.{together.paid[0]}",
            found="no partnership", allowed=f"{together.paid[0]}: none, or collaboration: none",
        )  # fmt: skip
    if national is not None and national.trusts.partnership_may_found:
        raise BadInput(
            "needs a partnership", where=f"{national.where}.trusts.partnership_may_found",
            found="no partnership", allowed="no",
        )  # fmt: skip


def _may_trade(body: PartnershipSpec) -> bool:
    return body.model not in WITHOUT_TRADE and body.form.may_trade


def _refuse_award(body: PartnershipSpec, award: AwardSpec) -> None:
    commission = body.model not in WITHOUT_COMMISSION and body.form.may_take_commission
    reason = ""
    if award.stream in _TRADED and not _may_trade(body):
        reason = "may not trade"
    if award.stream is Stream.LA_GENERAL_FUND and not commission:
        reason = "may not take a commission of the LA"
    if reason:
        raise BadInput(
            f"a partnership of model {body.model} ({body.form.form}) {reason}", where=f"{award.where}.from",
            found=values.shown(str(award.stream)),
            allowed=f"another model or legal form, or {award.name}: none",
        )  # fmt: skip
