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
