"""Lists say in plain words what stands under a scenario: awards and their terms, posts, programmes."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import completion, library, listings
from scenarios.errors import BadInput


def said(*names: str) -> str:
    """Give the lines about some scenarios as one text, spaces made single."""
    return " ".join(" ".join(listings.scenario_lines(names)).split())


@pytest.mark.parametrize("name", library.names())
def test_every_scenario_is_shown_with_what_stands_under_it(name: str) -> None:
    lines = listings.scenario_lines([name])
    assert lines[0].startswith(f"{name}: ")
    assert all(len(line) <= listings.WIDTH for line in lines)
    assert "None" not in " ".join(lines)


def test_the_terms_of_an_award_are_said_in_a_commissioners_words() -> None:
    found = said("five_year_with_break")
    assert "LA commission 16.00 Changed: for every pupil; LA general fund; 5 years at a time" in found
    assert "decided 1 year before the end; may be stopped after each year" in found
    assert "grant for school improvement 0.00 Ends: the money leaves the place." in found
    assert "subscription 10.00 As it is: for pupils of member schools" in found
    assert "Compared at equal cost" in found


def test_cuts_and_late_decisions_are_said() -> None:
    assert "cut by 33% from start + 2 years" in said("contract_cut")
    assert "the next decision 2 terms later than that" in said("late_renewal")
    assert "won by bidding" in said("one_year_grants")
    assert "decided 1 term after the end" in said("one_year_grants")


def test_what_is_new_and_what_is_gone_is_said() -> None:
    assert "foundation 8.00 New: for every pupil; philanthropy; 2 years at a time; not renewed" in said(
        "funder_leaves"
    )
    assert "There is no partnership: money goes to the schools themselves." in said("money_to_schools")
    assert "announced 1 term before" in said("money_to_schools")


def test_the_partnership_posts_and_programmes_are_said() -> None:
    found = said("baseline")
    assert "model 2 (statutory and traded school improvement), company limited by guarantee" in found
    assert "cannot recover 20% of the VAT on what it buys (ask finance)" in found
    assert "speech and language therapist 0.8 GBP 44,000 a year before on-costs" in found
    assert "slt_cluster 78 A speech and language therapist shared by a cluster" in found
    assert "Begins" not in found


def test_a_price_of_its_own_and_dates_out_of_order_are_said_as_they_hold(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    dated = "{2027-09: report cards, 2026-09: dialogic and collective}"
    own.write_text(
        f"levers: {{partnership: {{trade: {{price: 1.1}}}}, national: {{inspection: {dated}}}}}\n",
        encoding="utf-8",
    )
    found = said(str(own))
    assert "it sells at 1.1 times the usual price" in found
    assert "Inspection: dialogic and collective from 2026-09; report cards from 2027-09." in found


def test_what_a_mechanism_rests_on_is_found_by_its_pattern() -> None:
    found = listings.evidence_lines(["rise_*"])
    assert {"rise_grant_max", "rise_adviser_caseload"} <= set(found)
    assert listings.evidence_lines(["tie.trust_*"])[0].startswith("parameter")
    with pytest.raises(BadInput, match="nothing goes by that name"):
        listings.evidence_lines(["nonesuch_*"])


def test_how_schools_work_together_is_said() -> None:
    found = said("baseline")
    assert "Clusters of about 13 primary schools or about 14 secondary schools, neighbours" in found
    assert "50% of members review each other in groups of 5, with rigour 0.5" in found
    hubs = said("lead_school_hubs")
    assert "2 hubs for 10,000 pupils: a lead school is paid GBP 12,000 a year for 2 years, 30% of it" in hubs
    assert "Schools do not work together beyond their trusts." in said("fragmentation")
    assert "led by no one who is paid" in said("money_to_schools")
    assert "schools alike in intake, working in threes" in said("mission_area")


def test_what_is_decided_nationally_is_said_with_its_dates() -> None:
    found = said("baseline")
    assert "four grades from 2005-09; sub-judgements from 2024-09; report cards from 2025-11." in found
    assert "duty from 2016-04; power from 2026-09." in found
    assert "(RISE) from 2025-02: 0.3 advisers for 100 schools with 5.8 schools each, for 5 terms" in found
    assert "GBP 100,000 a school; from 2026-09 for schools of concern too." in found
    assert "2.1% of maintained mainstream schools apply to become academies each year." in found
    assert "There is no targeted help of regional teams (RISE)." in said("no_rise")
    assert "Inspection: dialogic and collective." in said("dialogic_accountability")
    assert "every school is in a trust by 2030-09" in said("trusts_alone")
    assert "trusts are inspected from September 2027" in said("trust_inspection")
    assert "the LA may found a trust of up to 10 schools, with those that no one else" in said(
        "la_established_trust"
    )


def test_a_partnership_as_a_body_is_said() -> None:
    assert "Votes of its board: 60% schools, 20% LA, 20% independent; it sells at the usual price" in said(
        "baseline"
    )
    assert "insolvent: in house." in said("ealing_learning_partnership")
    assert "model 3 (traded school improvement without a commission)" in said("la_withdraws")


def test_a_programme_that_schools_run_is_said_with_its_years() -> None:
    assert "small_group_tuition 10 Small-group tuition led by schools" in said("small_group_tuition")
    assert "Parameter learning.catch_up is 0.1." in said("slower_catch_up")


def test_a_scenario_of_ones_own_can_be_shown(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "title: Mine\nlevers: {scale_awards: 1.5, awards: {subscription: {counted: all}}}\n", encoding="utf-8"
    )
    found = said(str(path))
    assert "mine: Mine" in found
    assert "The amounts of subscription are multiplied by 1.5." in found


def test_a_scenario_that_does_not_exist_is_not_shown() -> None:
    with pytest.raises(BadInput, match="no such scenario"):
        listings.scenario_lines(["ten_years_funding"])


def test_tab_completes_the_scenarios_to_be_shown() -> None:
    assert completion.complete("scenarios", [], "ten_y") == ["ten_year_funding"]
    assert completion.complete("compare", ["ealing"], "equal_c") == ["equal_cost="]
    assert completion.complete("compare", ["ealing"], "equal_cost=o") == ["equal_cost=on", "equal_cost=off"]
