"""The scenarios of collaboration, trusts and accountability: what each changes, and what it leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.arrangements import Arrangement, Award, Renewal, Stream
from model.bodies import AfterInsolvency
from model.collaborating import Collaboration
from model.national_tier import NEVER, National, Regime
from model.terms import TERMS_A_YEAR
from scenarios import library
from tests.scenarios.own_scenarios import compiled, in_force, stands

START = 2  # the first April after year 0
NATIONAL = (
    "no_rise", "all_schools_in_trusts", "la_established_trust", "partnership_trust", "trust_inspection",
    "dialogic_accountability",
)  # fmt: skip
TOGETHER = ("peer_review_rigorous", "peer_review_courtesy", "lead_school_hubs")
MONEY = ("la_withdraws", "la_income_falls", "haringey_diversifies")
ALONE = ("fragmentation", "trusts_alone")
ALL = (
    *NATIONAL, *TOGETHER, *MONEY, *ALONE, "data_hub", "pooled_specialists", "ealing_learning_partnership",
    "mission_area",
)  # fmt: skip


def national(name: str) -> National:
    """Say what is decided nationally under a scenario."""
    found = stands(name).national
    assert found is not None
    return found


def together(name: str) -> Collaboration:
    """Say what schools do together under a scenario."""
    found = stands(name).collaboration
    assert found is not None
    return found


def usual_nationally() -> National:
    """Say what is decided nationally in the baseline."""
    found = in_force().national
    assert found is not None
    return found


def usual_together() -> Collaboration:
    """Say what schools do together in the baseline."""
    found = in_force().collaboration
    assert found is not None
    return found


def income(found: Arrangement, term: int, of: tuple[Stream, ...] | None = None) -> float:
    """Add up what is awarded in a term, GBP a pupil; nine in ten schools are members, seven maintained."""
    counted = {"all": 1.0, "members": 0.9, "maintained": 0.7}

    def paid(award: Award) -> bool:
        runs_out = award.renewal is Renewal.NEVER and award.length_terms
        return award.first_term <= term < (award.first_term + award.length_terms if runs_out else NEVER)

    return sum(
        counted[award.paid_for] * award.gbp_per_pupil
        for award in found.awards
        if paid(award) and (of is None or award.stream in of)
    )


@pytest.mark.parametrize("name", ALL)
def test_each_changes_one_arrangement_for_another_after_year_0(name: str) -> None:
    found = compiled(library.load(name))
    assert found.programmes == ()
    (change,) = found.changes
    assert change.arrangement != found.in_force
    assert 0 <= change.announced <= change.term == START
    assert library.load(name).parameter_changes == {}


@pytest.mark.parametrize("name", NATIONAL)
def test_what_is_decided_nationally_leaves_partnership_and_schools_as_they_are(name: str) -> None:
    found = stands(name)
    assert replace(found, national=usual_nationally()) == in_force()
    assert found.national != usual_nationally()


@pytest.mark.parametrize("name", TOGETHER)
def test_ways_of_working_together_leave_money_and_posts_as_they_are(name: str) -> None:
    found = stands(name)
    assert replace(found, collaboration=usual_together()) == in_force()
    assert found.collaboration != usual_together()


def test_without_targeted_help_nothing_else_differs() -> None:
    assert national("no_rise") == replace(usual_nationally(), rise=None)


def test_every_school_is_in_a_trust_by_2030() -> None:
    found = national("all_schools_in_trusts").trusts
    assert found.all_by_term == TERMS_A_YEAR * (2030 - 2023)
    assert (
        stands("all_schools_in_trusts").awards == in_force().awards
    )  # de-delegation counts maintained pupils


def test_trusts_of_the_council_and_of_the_partnership_differ_in_their_founder_alone() -> None:
    council, partnership = national("la_established_trust").trusts, national("partnership_trust").trusts
    assert council == replace(partnership, la_may_found=True, partnership_may_found=False)
    assert (council.founded_cap, council.founded_takes_orphans) == (10, True)


def test_trusts_are_inspected_from_2027() -> None:
    assert national("trust_inspection").trusts.inspected_from == TERMS_A_YEAR * (2027 - 2023)


def test_dialogue_takes_the_place_of_published_grades_from_the_start_on() -> None:
    found = national("dialogic_accountability")
    assert {found.regime(term) for term in range(START, 60)} == {Regime.DIALOGIC}
    assert replace(found, regimes=usual_nationally().regimes) == usual_nationally()


def test_rigour_is_all_that_tells_searching_reviews_from_courtesies() -> None:
    searching, courteous = (together(f"peer_review_{name}").peer_review for name in ("rigorous", "courtesy"))
    assert searching is not None
    assert courteous is not None
    assert searching == replace(courteous, rigour=searching.rigour)
    assert searching.rigour > usual_together().peer_review.rigour > courteous.rigour  # type: ignore[union-attr]


def test_hubs_are_paid_about_a_thousand_a_month_part_of_it_for_outcomes() -> None:
    hubs = together("lead_school_hubs").hubs
    assert hubs is not None
    assert hubs.gbp_a_year == 12_000.0
    assert 0.0 < hubs.outcome_share < 1.0
    assert TERMS_A_YEAR <= hubs.terms <= 3 * TERMS_A_YEAR


@pytest.mark.parametrize("name", ALONE)
def test_where_all_are_on_their_own_there_is_nothing_shared(name: str) -> None:
    found = stands(name)
    assert replace(found, national=usual_nationally()) == Arrangement(national=usual_nationally())


def test_trusts_alone_are_fragmentation_with_every_school_in_a_trust() -> None:
    assert stands("fragmentation").national == usual_nationally()
    assert national("trusts_alone") == national("all_schools_in_trusts")


@pytest.mark.parametrize("name", ["partnership_ends", "money_to_schools"])
def test_where_the_partnership_ends_schools_may_go_on_meeting_unpaid(name: str) -> None:
    found, before = together(name), usual_together()
    assert found.meetings_a_year == before.meetings_a_year
    assert found.primary_cluster_schools == before.primary_cluster_schools
    assert (found.cluster_lead_gbp, found.peer_review, found.data_sharing) == (0.0, None, 0.0)


def test_a_council_that_withdraws_leaves_a_partnership_without_a_commission() -> None:
    found = stands("la_withdraws")
    assert found.partnership is not None
    assert found.partnership.model == 3
    assert found.partnership.body is not None
    assert found.partnership.body.board.la == 0.0
    paid = {award.stream for award in found.awards}
    assert not paid & {Stream.LA_GENERAL_FUND, Stream.HIGH_NEEDS_BLOCK}
    assert Stream.SCHOOLS_BLOCK in paid


OF_LA = (Stream.LA_GENERAL_FUND, Stream.CENTRAL_BLOCK, Stream.HIGH_NEEDS_BLOCK)


@pytest.mark.parametrize("name", ["la_income_falls", "haringey_diversifies"])
def test_income_from_the_council_falls_as_in_haringey(name: str) -> None:
    found = stands(name)
    shares = [
        income(found, START + TERMS_A_YEAR * year, OF_LA) / income(found, START + TERMS_A_YEAR * year)
        for year in range(6)
    ]
    assert shares[0] == pytest.approx(0.45, abs=0.05)  # in 2019/20
    assert shares == sorted(shares, reverse=True)
    assert 0.1 < shares[5] < 0.2  # 14 per cent five years later


def test_one_place_finds_elsewhere_what_the_other_loses() -> None:
    years = [START + TERMS_A_YEAR * year for year in range(6)]
    before = income(in_force(), START)
    lost = [income(stands("la_income_falls"), term) for term in years]
    found = [income(stands("haringey_diversifies"), term) for term in years]
    assert lost == sorted(lost, reverse=True)
    assert lost[-1] < 0.75 * before
    assert found == pytest.approx([before] * 6, rel=0.01)


def test_the_data_hub_joins_data_and_is_paid_for() -> None:
    found = stands("data_hub")
    assert together("data_hub").data_sharing > 0.8
    assert together("data_hub").pupil_and_parent_voice
    award = next(item for item in found.awards if item.name == "data agreement")
    (line,) = [item for item in found.posts if item.kind in award.ring_fence]
    assert not line.brokers  # an analyst sees more, and neither visits nor delivers
    assert line.kind not in {offer.delivered_by for offer in found.offers}
    assert award.gbp_per_pupil * 10_000 == pytest.approx(
        1.5 * line.salary_gbp * line.per_10_000_pupils, rel=0.2
    )


def test_pooled_specialists_are_more_posts_paid_with_schools_own_money() -> None:
    found, before = stands("pooled_specialists"), in_force()
    assert {line.kind for line in found.posts} == {line.kind for line in before.posts}
    more = sum(
        1.5 * line.salary_gbp * (line.per_10_000_pupils - was.per_10_000_pupils)
        for line, was in zip(found.posts, before.posts, strict=True)
    )
    paid = income(found, START) - income(before, START)
    assert 10_000 * paid == pytest.approx(more, rel=0.35)
    assert replace(found, awards=before.awards, posts=before.posts) == before


def test_the_ealing_partnership_is_hosted_and_works_more_closely_in_every_way() -> None:
    found, before = stands("ealing_learning_partnership"), usual_together()
    assert found.partnership is not None
    assert found.partnership.legal_form == "hosted"
    assert found.partnership.body is not None
    assert found.partnership.body.after_insolvency is AfterInsolvency.IN_HOUSE
    assert found.awards == in_force().awards
    closer = together("ealing_learning_partnership")
    assert closer.peer_review is not None
    assert before.peer_review is not None
    for name in ("meetings_a_year", "network_days_a_year", "data_sharing", "interns", "cluster_lead_gbp"):
        assert getattr(closer, name) > getattr(before, name)
    assert closer.peer_review.rigour > before.peer_review.rigour
    assert closer.triads
    assert closer.pupil_and_parent_voice
    assert closer.shared_responsibility


def test_a_mission_joins_schools_alike_with_money_that_ends() -> None:
    assert together("mission_area").like_schools
    award = next(item for item in stands("mission_area").awards if item.name == "mission money")
    assert (award.length_terms, award.renewal) == (5 * TERMS_A_YEAR, Renewal.NEVER)
    assert 0.5e6 <= 38_000 * award.gbp_per_pupil <= 3e6
    more = sum(
        1.5 * line.salary_gbp * (line.per_10_000_pupils - was.per_10_000_pupils)
        for line, was in zip(stands("mission_area").posts, in_force().posts, strict=True)
    )
    assert 10_000 * award.gbp_per_pupil == pytest.approx(more, rel=0.35)  # the money has posts to pay for
