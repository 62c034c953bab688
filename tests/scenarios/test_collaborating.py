"""How schools work together is written key by key, over what is in force; what is not named is not done."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.arrangements import Arrangement
from model.collaborating import Collaboration, Hubs, PeerReview
from scenarios import evidence, library
from scenarios.errors import BadInput
from scenarios.scenario import Scenario
from tests.scenarios.own_scenarios import central, compiled, in_force, own, stands


def together(scenario: Scenario | str) -> Collaboration:
    """Say what schools do together under a scenario."""
    found = stands(scenario).collaboration
    assert found is not None
    return found


def usual() -> Collaboration:
    """Say what they do together in the baseline."""
    found = in_force().collaboration
    assert found is not None
    return found


def test_the_baseline_has_clusters_as_ealing_has_and_peer_review_of_moderate_rigour() -> None:
    found = usual()
    assert 12 <= found.primary_cluster_schools <= 14
    assert found.peer_review is not None
    assert found.peer_review.group_size == 5  # of 3 to 7, by the published row
    assert found.peer_review.days == central("peer_review_training_days")
    assert 0.3 < found.peer_review.rigour < 0.7
    assert found.hubs is None


def test_what_a_scenario_does_not_name_goes_on(tmp_path: Path) -> None:
    before = usual()
    found = together(own(tmp_path, "collaboration:\n  peer_review: {rigour: 0.9}\n  triads: yes"))
    assert before.peer_review is not None
    assert found.peer_review == PeerReview(
        share=before.peer_review.share, rigour=0.9, group_size=5, days=before.peer_review.days
    )
    assert found.triads
    assert found.meetings_a_year == before.meetings_a_year


@pytest.mark.parametrize("none", ["none", "null", "~"])
def test_none_takes_away_a_key_or_all_of_it(none: str, tmp_path: Path) -> None:
    found = together(own(tmp_path, f"collaboration: {{peer_review: {none}, interns: {none}}}"))
    assert (found.peer_review, found.interns) == (None, 0.0)
    assert stands(own(tmp_path, f"collaboration: {none}")).collaboration is None


def test_where_schools_never_worked_together_what_is_not_named_is_not_done(tmp_path: Path) -> None:
    world = "arrangement: {collaboration: none}\n"
    assert in_force(own(tmp_path, "", world)).collaboration is None
    scenario = own(tmp_path, "collaboration: {data_sharing: 0.5}", world)
    assert together(scenario) == Collaboration(data_sharing=0.5)


def test_everything_can_be_said(tmp_path: Path) -> None:
    text = (
        "collaboration:\n"
        "  primary_cluster_schools: 6\n  secondary_cluster_schools: 0\n  triads: yes\n  meetings_a_year: 12\n"
        "  network_days_a_year: 1.5\n  cluster_lead_gbp: {row: hub_lead_cost, times: 0.5}\n"
        "  like_schools: on\n  peer_review: none\n"
        "  hubs: {number_per_10_000_pupils: 3, gbp_a_year: 9000, outcome_share: 1, length: 18 months}\n"
        "  data_sharing: 1\n  data_gbp_per_pupil: 1.5\n  pupil_and_parent_voice: true\n"
        "  joint_procurement: yes\n"
        "  shared_responsibility: yes\n  governors: no\n  interns: 5\n"
    )
    assert together(own(tmp_path, text)) == Collaboration(
        primary_cluster_schools=6, secondary_cluster_schools=0, triads=True, meetings_a_year=12.0,
        network_days_a_year=1.5, cluster_lead_gbp=6000.0, like_schools=True, peer_review=None,
        hubs=Hubs(number_per_10_000_pupils=3.0, gbp_a_year=9000.0, outcome_share=1.0, terms=5),
        data_sharing=1.0, data_gbp_per_pupil=1.5, pupil_and_parent_voice=True, joint_procurement=True,
        shared_responsibility=True, governors=False, interns=5.0,
    )  # fmt: skip


def test_figures_are_read_anew_in_each_draw() -> None:
    def high(row: str) -> float:
        return evidence.rows()[row.partition("@")[0]].high

    def low(row: str) -> float:
        return evidence.rows()[row.partition("@")[0]].low

    scenario = library.load("lead_school_hubs").dated(2023)
    for read, size, pay in ((low, 3, 9000.0), (high, 7, 18000.0)):
        found: Arrangement = scenario.levers(read).changes[0].arrangement
        assert found.collaboration is not None
        assert found.collaboration.peer_review is not None
        assert found.collaboration.hubs is not None
        assert found.collaboration.peer_review.group_size == size
        assert found.collaboration.hubs.gbp_a_year == pay


NOTHING = "arrangement: {collaboration: none, national: none}\n"


@pytest.mark.parametrize(
    "levers", ["collaboration: {meetings_a_year: 3}", "national: {inspection: four grades, orders: none}"]
)
def test_nothing_between_schools_at_year_0_is_not_followed_by_something(levers: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="begins out of nothing") as caught:
        own(tmp_path, levers, NOTHING)
    assert "mine.yaml" in str(caught.value) and levers.partition(":")[0] in caught.value.where


@pytest.mark.parametrize(
    "stands", ["arrangement: {collaboration: none}\n", "arrangement: {national: none}\n"]
)
def test_where_one_of_the_two_stands_the_other_may_begin(stands: str, tmp_path: Path) -> None:
    levers = "collaboration: {meetings_a_year: 3}\nnational: {inspection: four grades, orders: none}"
    assert compiled(own(tmp_path, levers, stands)).changes


def test_without_either_other_things_may_change(tmp_path: Path) -> None:
    assert compiled(own(tmp_path, "offers: none", NOTHING)).changes


BAD = {
    "an unknown key": ("collaboration: {triad: yes}", "triad", "triads"),
    "an unknown key of peer review": ("collaboration: {peer_review: {rigor: 1}}", "rigor", "rigour"),
    "an unknown key of hubs": ("collaboration: {hubs: {number: 1}}", "number", ""),
    "hubs without money": (
        "collaboration: {hubs: {number_per_10_000_pupils: 1, outcome_share: 0, length: 1 year}}",
        "hubs.gbp_a_year", "",
    ),
    "rigour above one": ("collaboration: {peer_review: {rigour: 2}}", "'2'", ""),
    "a group of one": ("collaboration: {peer_review: {group_size: 1}}", "'1'", ""),
    "a group from a row of pounds": (
        "collaboration: {peer_review: {group_size: hub_lead_cost}}", "unit GBP a year", "",
    ),
    "peer review that is no mapping": ("collaboration: {peer_review: yes}", "on (yes, true)", ""),
    "an endless cluster": ("collaboration: {primary_cluster_schools: 900}", "'900'", ""),
    "half a school": ("collaboration: {primary_cluster_schools: 6.5}", "'6.5'", ""),
    "more days than there are": ("collaboration: {meetings_a_year: 365}", "'365'", ""),
    "neither on nor off": ("collaboration: {governors: some}", "some", ""),
    "threes without clusters": (
        "collaboration: {primary_cluster_schools: 0, secondary_cluster_schools: 0, triads: yes, "
        "cluster_lead_gbp: 0}", "no clusters", "",
    ),
    "leaders of no clusters": (
        "collaboration: {primary_cluster_schools: 0, secondary_cluster_schools: 0}", "no clusters", "",
    ),
    "leaders whom nobody pays": (
        "partnership: none\nposts: none\noffers: none", "needs a partnership that pays for it", "",
    ),
    "hubs that nobody pays": (
        "partnership: none\nposts: none\noffers: none\ncollaboration: {cluster_lead_gbp: none, hubs: "
        "{number_per_10_000_pupils: 1, gbp_a_year: 1, outcome_share: 0, length: 1 year}}",
        "collaboration.hubs", "",
    ),
    "data paid for and not shared": (
        "collaboration: {data_sharing: 0, data_gbp_per_pupil: 2}", "data_sharing: 0", "",
    ),
    "data that nobody pays for": (
        "partnership: none\nposts: none\noffers: none\n"
        "collaboration: {cluster_lead_gbp: none, data_gbp_per_pupil: 2}",
        "collaboration.data_gbp_per_pupil", "",
    ),
    "data dearer than a teacher": ("collaboration: {data_gbp_per_pupil: 900}", "'900'", ""),
    "data priced by a row of pounds a year": (
        "collaboration: {data_gbp_per_pupil: hub_lead_cost}", "unit GBP a year", "",
    ),
    "no mapping": ("collaboration: clusters", "clusters", ""),
}  # fmt: skip


@pytest.mark.parametrize(("levers", "found", "nearest"), BAD.values(), ids=BAD)
def test_what_cannot_be_used_names_file_key_and_fault(
    levers: str, found: str, nearest: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as caught:
        own(tmp_path, levers)
    message = str(caught.value)
    assert "mine.yaml" in message
    assert found in message
    assert "allowed" in message
    assert "\n" not in message
    if nearest:
        assert nearest in caught.value.nearest
