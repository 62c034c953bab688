"""The partnership of a scenario file and its posts: model, legal form, membership, reserves, staff."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from model.area_plan import AreaPlan
from model.arrangements import Partnership, PostLine
from model.bodies import Body
from scenarios import areas, bodies, strict_yaml, values
from scenarios.compose import CONF
from scenarios.errors import UnknownName, nearest
from scenarios.quantities import Quantity, read_quantity

MODELS = {
    1: "statutory and traded school improvement and traded business services",
    2: "statutory and traded school improvement",
    3: "traded school improvement without a commission",
    4: "collaboration that neither trades nor takes a commission",
}
"""The four models of partnership."""

WITHOUT_COMMISSION = (3, 4)
WITHOUT_TRADE = (4,)
NEEDED = (
    "model", "legal_form", "members", "reserves_months", "risk_appetite", "overhead",
    "supporting_schools_per_10_000_pupils", "supporting_school_gbp",
)  # fmt: skip
KEYS = (*NEEDED, "areas", "only_in", *bodies.KEYS)
POST_KEYS = ("per_10_000_pupils", "salary_gbp", "teacher", "brokers")


class LegalForm(NamedTuple):
    """A row of ``conf/legal_forms.csv``: what a form may do and what it costs."""

    form: str
    may_trade: bool
    may_take_commission: bool
    vat_irrecoverable: float
    ask_finance: bool
    pension_of_other_staff: str
    note: str


@cache
def legal_forms() -> dict[str, LegalForm]:
    """Read the table of legal forms, by name."""
    path = CONF / "legal_forms.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["form"]: LegalForm(
                row["form"],
                values.switch(row["may_trade"], f"{path.name}: may_trade"),
                values.switch(row["may_take_commission"], f"{path.name}: may_take_commission"),
                values.number(row["vat_irrecoverable"], f"{path.name}: vat_irrecoverable", 0.0, 1.0),
                values.switch(row["ask_finance"], f"{path.name}: ask_finance"),
                row["pension_of_other_staff"],
                row["note"],
            )
            for row in csv.DictReader(file)
        }


@dataclass(frozen=True, kw_only=True)
class PartnershipSpec:
    """A partnership, checked; attributes as ``model.arrangements.Partnership``."""

    where: str
    model: int
    form: LegalForm
    member_share: float
    reserves_months: float
    risk_appetite: float
    overhead_share: float
    supporting_schools: float
    supporting_school_gbp: Quantity
    body: Body | None
    areas: AreaPlan | None
    only_in: tuple[str, ...]

    def partnership(self, read: Callable[[str], float]) -> Partnership:
        """Read its figures in one draw.

        Parameters
        ----------
        read : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        model.arrangements.Partnership
            The partnership.
        """
        return Partnership(
            model=self.model, legal_form=self.form.form, member_share=self.member_share,
            reserves_months=self.reserves_months, risk_appetite=self.risk_appetite,
            overhead_share=self.overhead_share,
            supporting_schools_per_10_000_pupils=self.supporting_schools,
            supporting_school_gbp=max(self.supporting_school_gbp.value(read), 0.0),
            vat_irrecoverable=self.form.vat_irrecoverable, body=self.body, areas=self.areas,
            only_in=self.only_in,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PostSpec:
    """Posts of one kind, checked; attributes as ``model.arrangements.PostLine``."""

    kind: str
    per_10_000_pupils: float
    salary_gbp: Quantity
    teacher: bool
    brokers: bool

    def line(self, read: Callable[[str], float]) -> PostLine:
        """Read the salary in one draw.

        Parameters
        ----------
        read : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        model.arrangements.PostLine
            The posts.
        """
        return PostLine(
            kind=self.kind, per_10_000_pupils=self.per_10_000_pupils,
            salary_gbp=self.salary_gbp.value(read), teacher=self.teacher, brokers=self.brokers,
        )  # fmt: skip


def build(found: Mapping[str, object], where: str) -> PartnershipSpec:
    """Check a partnership key by key.

    Parameters
    ----------
    found : Mapping
        What is written of it.
    where : str
        The file and key, for messages.

    Returns
    -------
    PartnershipSpec
        The partnership.

    Raises
    ------
    BadInput
        If a key is unknown or missing, or a value cannot be used.
    """
    strict_yaml.only_keys(dict(found), KEYS, where)
    strict_yaml.needed_keys(found, NEEDED, f"{where}.")
    model = values.whole(found["model"], f"{where}.model", 1, 4, "(the four models)")

    def number(key: str, high: float, unit: str) -> float:
        return values.number(found[key], f"{where}.{key}", 0.0, high, unit)

    return PartnershipSpec(
        where=where, model=model, body=bodies.build(found, model, where),
        areas=areas.build(found.get("areas"), f"{where}.areas"),
        only_in=areas.read_names(found.get("only_in"), f"{where}.only_in"),
        form=_form(found["legal_form"], f"{where}.legal_form"),
        member_share=number("members", 1.0, "(share of schools in membership)"),
        reserves_months=number("reserves_months", 24.0, "months of spending"),
        risk_appetite=number("risk_appetite", 1.0, "(0 never, 1 always)"),
        overhead_share=number("overhead", 1.0, "(share of pay)"),
        supporting_schools=number("supporting_schools_per_10_000_pupils", 20.0, "schools"),
        supporting_school_gbp=read_quantity(
            found["supporting_school_gbp"], f"{where}.supporting_school_gbp", 0.0, 200_000.0,
            "GBP for a year of one case", ("GBP per school*", "GBP a year*"),
        ),
    )  # fmt: skip


def _form(found: object, where: str) -> LegalForm:
    word = values.text(found, where, 60).lower()
    if word not in legal_forms():
        raise UnknownName(
            "is not a legal form", where=where, found=values.shown(found), allowed=", ".join(legal_forms()),
            nearest=nearest(word, legal_forms()),
        )  # fmt: skip
    return legal_forms()[word]


def build_post(kind: str, found: Mapping[str, object], where: str) -> PostSpec:
    """Check the posts of one kind.

    Parameters
    ----------
    kind : str
        As ``speech and language therapist``.
    found : Mapping
        What is written of them.
    where : str
        The file and key, for messages.

    Returns
    -------
    PostSpec
        The posts.

    Raises
    ------
    BadInput
        If a key is unknown or missing, or a value cannot be used.
    """
    strict_yaml.only_keys(dict(found), POST_KEYS, where)
    strict_yaml.needed_keys(found, POST_KEYS[:2], f"{where}.")
    return PostSpec(
        kind=values.text(kind, where, 60),
        per_10_000_pupils=values.number(
            found["per_10_000_pupils"], f"{where}.per_10_000_pupils", 0.0, 50.0, "whole-time posts"
        ),
        salary_gbp=read_quantity(
            found["salary_gbp"], f"{where}.salary_gbp", 10_000.0, 300_000.0, "GBP a year", ("GBP a year*",)
        ),
        teacher=values.switch(found.get("teacher", False), f"{where}.teacher"),
        brokers=values.switch(found.get("brokers", False), f"{where}.brokers"),
    )
