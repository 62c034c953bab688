"""How schools work together as a scenario file writes it: clusters, networks, peer review, hubs, data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from model.collaborating import Collaboration, Hubs, PeerReview
from scenarios import strict_yaml, terms_of, values
from scenarios.errors import BadInput
from scenarios.mappings import is_none, mapping, put_in
from scenarios.quantities import Quantity, read_quantity

KEYS = (
    "primary_cluster_schools", "secondary_cluster_schools", "triads", "meetings_a_year",
    "network_days_a_year", "cluster_lead_gbp", "like_schools", "peer_review", "hubs", "data_sharing",
    "data_gbp_per_pupil", "pupil_and_parent_voice", "joint_procurement", "shared_responsibility",
    "governors", "interns",
)  # fmt: skip
REVIEW_KEYS = ("share", "rigour", "group_size", "days")
HUB_KEYS = ("number_per_10_000_pupils", "gbp_a_year", "outcome_share", "length")
MOST_SCHOOLS = 60
MOST_DAYS = 40.0
MOST_GBP = 200_000.0
MOST_GBP_A_PUPIL = 200.0
_NOTHING = Quantity(0.0, ())


@dataclass(frozen=True, kw_only=True)
class PeerReviewSpec:
    """Peer review, checked; attributes as ``model.collaborating.PeerReview``."""

    share: float
    rigour: float
    group_size: Quantity
    days: Quantity

    def review(self, read: Callable[[str], float]) -> PeerReview:
        """Read its figures in one draw.

        Parameters
        ----------
        read : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        model.collaborating.PeerReview
            Peer review.
        """
        return PeerReview(
            share=self.share, rigour=self.rigour, group_size=max(round(self.group_size.value(read)), 2),
            days=max(self.days.value(read), 0.0),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class HubsSpec:
    """Hubs, checked; attributes as ``model.collaborating.Hubs``."""

    number_per_10_000_pupils: float
    gbp_a_year: Quantity
    outcome_share: float
    terms: int

    def hubs(self, read: Callable[[str], float]) -> Hubs:
        """Read what a lead school is paid in one draw.

        Parameters
        ----------
        read : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        model.collaborating.Hubs
            Hubs.
        """
        return Hubs(
            number_per_10_000_pupils=self.number_per_10_000_pupils, outcome_share=self.outcome_share,
            gbp_a_year=max(self.gbp_a_year.value(read), 0.0), terms=self.terms,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CollaborationSpec:
    """What schools do together, checked.

    Attributes
    ----------
    where : str
        The file and key, for messages.
    plain : Collaboration
        Everything but the figures below.
    cluster_lead_gbp : Quantity
        GBP a year for a headteacher who leads a cluster.
    data_gbp_per_pupil : Quantity
        GBP a year a pupil of members, to the LA for its data service.
    peer_review : PeerReviewSpec or None
        None where schools do not review each other.
    hubs : HubsSpec or None
        None where no school leads others for money.
    """

    where: str
    plain: Collaboration
    cluster_lead_gbp: Quantity
    data_gbp_per_pupil: Quantity
    peer_review: PeerReviewSpec | None
    hubs: HubsSpec | None

    @property
    def paid(self) -> tuple[str, ...]:
        """Keys of it that someone has to pay for."""
        paid = {
            "cluster_lead_gbp": self.cluster_lead_gbp != _NOTHING,
            "data_gbp_per_pupil": self.data_gbp_per_pupil != _NOTHING,
            "hubs": self.hubs is not None,
        }
        return tuple(key for key, is_paid in paid.items() if is_paid)

    def collaboration(self, read: Callable[[str], float]) -> Collaboration:
        """Read its figures in one draw.

        Parameters
        ----------
        read : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        model.collaborating.Collaboration
            What schools do together.
        """
        return replace(
            self.plain,
            cluster_lead_gbp=max(self.cluster_lead_gbp.value(read), 0.0),
            data_gbp_per_pupil=max(self.data_gbp_per_pupil.value(read), 0.0),
            peer_review=None if self.peer_review is None else self.peer_review.review(read),
            hubs=None if self.hubs is None else self.hubs.hubs(read),
        )


def build(found: Mapping[str, object], where: str) -> CollaborationSpec:
    """Check what schools do together key by key; what is not named is not done.

    Parameters
    ----------
    found : Mapping
        What is written of it.
    where : str
        The file and key, for messages.

    Returns
    -------
    CollaborationSpec
        What schools do together.

    Raises
    ------
    BadInput
        If a key is unknown, a value cannot be used, or something is said of clusters where there are none.
    """
    named = put_in({}, found)
    strict_yaml.only_keys(named, KEYS, where)

    def number(key: str, high: float, unit: str) -> float:
        return values.number(named.get(key, 0.0), f"{where}.{key}", 0.0, high, unit)

    def schools(key: str) -> int:
        return values.whole(
            named.get(key, 0), f"{where}.{key}", 0, MOST_SCHOOLS, "schools (0 for no clusters)"
        )

    def switch(key: str) -> bool:
        return values.switch(named.get(key, False), f"{where}.{key}")

    plain = Collaboration(
        primary_cluster_schools=schools("primary_cluster_schools"),
        secondary_cluster_schools=schools("secondary_cluster_schools"),
        triads=switch("triads"), like_schools=switch("like_schools"),
        meetings_a_year=number("meetings_a_year", MOST_DAYS, "days a year"),
        network_days_a_year=number("network_days_a_year", MOST_DAYS, "days a year"),
        data_sharing=number("data_sharing", 1.0, "(0 none, 1 joined by home area and pupil group)"),
        pupil_and_parent_voice=switch("pupil_and_parent_voice"),
        joint_procurement=switch("joint_procurement"),
        shared_responsibility=switch("shared_responsibility"), governors=switch("governors"),
        interns=number("interns", 50.0, "heads in training a year for 100 schools"),
    )  # fmt: skip
    spec = CollaborationSpec(
        where=where, plain=plain,
        cluster_lead_gbp=_figure(named, "cluster_lead_gbp", where, MOST_GBP, "GBP a year a cluster"),
        data_gbp_per_pupil=_figure(
            named, "data_gbp_per_pupil", where, MOST_GBP_A_PUPIL, "GBP a year a pupil of members",
            "GBP per pupil*",
        ),
        peer_review=_peer_review(named.get("peer_review"), f"{where}.peer_review"),
        hubs=_hubs(named.get("hubs"), f"{where}.hubs"),
    )  # fmt: skip
    _refuse_without_clusters(spec)
    _refuse_data_without_sharing(spec)
    return spec


def _figure(
    found: Mapping[str, object], key: str, where: str, high: float, unit: str, of_row: str = "GBP a year*"
) -> Quantity:
    if key not in found:
        return _NOTHING
    return read_quantity(found[key], f"{where}.{key}", 0.0, high, unit, (of_row,))


def _peer_review(found: object, where: str) -> PeerReviewSpec | None:
    if is_none(found):
        return None
    named = mapping(found, where)
    strict_yaml.only_keys(named, REVIEW_KEYS, where)
    strict_yaml.needed_keys(named, REVIEW_KEYS, f"{where}.")
    return PeerReviewSpec(
        share=values.number(named["share"], f"{where}.share", 0.0, 1.0, "(share of members)"),
        rigour=values.number(
            named["rigour"], f"{where}.rigour", 0.0, 1.0, "(0 courtesy visits, 1 trained reviewers)"
        ),
        group_size=read_quantity(
            named["group_size"], f"{where}.group_size", 2.0, 20.0, "schools that review each other",
            ("schools*",),
        ),
        days=read_quantity(
            named["days"], f"{where}.days", 0.0, MOST_DAYS, "days of leadership time a year", ("days*",)
        ),
    )  # fmt: skip


def _hubs(found: object, where: str) -> HubsSpec | None:
    if is_none(found):
        return None
    named = mapping(found, where)
    strict_yaml.only_keys(named, HUB_KEYS, where)
    strict_yaml.needed_keys(named, HUB_KEYS, f"{where}.")
    return HubsSpec(
        number_per_10_000_pupils=values.number(
            named["number_per_10_000_pupils"], f"{where}.number_per_10_000_pupils", 0.0, 20.0, "hubs"
        ),
        gbp_a_year=_figure(named, "gbp_a_year", where, MOST_GBP, "GBP a year a hub"),
        outcome_share=values.number(
            named["outcome_share"], f"{where}.outcome_share", 0.0, 1.0, "(share paid for outcomes)"
        ),
        terms=terms_of.read_terms(named["length"], f"{where}.length"),
    )  # fmt: skip


def _refuse_without_clusters(spec: CollaborationSpec) -> None:
    plain = spec.plain
    if plain.primary_cluster_schools or plain.secondary_cluster_schools:
        return
    said = {
        "triads": plain.triads,
        "like_schools": plain.like_schools,
        "cluster_lead_gbp": spec.cluster_lead_gbp != _NOTHING,
    }
    for key in (key for key, is_said in said.items() if is_said):
        raise BadInput(
            "is said of clusters, and there are none", where=f"{spec.where}.{key}", found="no clusters",
            allowed="primary_cluster_schools or secondary_cluster_schools too, or neither",
        )  # fmt: skip


def _refuse_data_without_sharing(spec: CollaborationSpec) -> None:
    if spec.data_gbp_per_pupil != _NOTHING and spec.plain.data_sharing == 0.0:
        raise BadInput(
            "is paid for, and no data are shared", where=f"{spec.where}.data_gbp_per_pupil",
            found="data_sharing: 0", allowed="data_sharing too, or neither",
        )  # fmt: skip
