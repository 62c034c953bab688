"""The scenarios of funding: what each puts in the stead of today's contracts."""

from __future__ import annotations

import pytest

from model.arrangements import OPEN_ENDED, Arrangement, Award, OnLapse, Renewal
from model.levers import Levers
from scenarios import evidence, library
from scenarios.scenario import projection_years

HORIZONS = {
    "one_year_grants": 3,
    "three_year_funding": 9,
    "five_year_funding": 15,
    "five_year_with_break": 15,
    "ten_year_funding": 30,
}
FUNDING = (
    *HORIZONS, "do_minimum", "contracts_lapse", "money_to_schools", "partnership_ends", "contract_as_signed",
    "contract_cut", "late_renewal", "funder_leaves",
)  # fmt: skip


def central(row: str) -> float:
    """Read the central value of an evidence row."""
    return evidence.rows()[row.partition("@")[0]].central


def levers(name: str) -> Levers:
    """Compile a scenario in a place whose year 0 is 2023."""
    return library.load(name).dated(2023).levers(central)


def stands(name: str) -> Arrangement:
    """Say what a scenario puts in the stead of what is in force."""
    return levers(name).changes[0].arrangement


def award(name: str, which: str = "LA commission") -> Award:
    """Give one of the awards that stand then."""
    return next(item for item in stands(name).awards if item.name == which)


@pytest.mark.parametrize("name", FUNDING)
def test_a_scenario_of_funding_changes_one_arrangement_for_another(name: str) -> None:
    found = levers(name)
    assert found.programmes == ()
    assert len(found.changes) == 1
    assert found.changes[0].arrangement != found.in_force
    assert 0 <= found.changes[0].announced <= found.changes[0].term == 2


def test_horizons_differ_in_the_terms_of_one_award_and_nothing_else() -> None:
    first = stands("one_year_grants")
    for name, length in HORIZONS.items():
        found = stands(name)
        assert (found.partnership, found.posts, found.offers) == (
            first.partnership,
            first.posts,
            first.offers,
        )
        others = [item for item in found.awards if item.name != "LA commission"]
        assert others == [item for item in first.awards if item.name != "LA commission"]
        assert award(name).length_terms == length
        assert award(name).gbp_per_pupil == award("one_year_grants").gbp_per_pupil
        assert award(name).first_term == 2
        assert award(name).on_lapse is OnLapse.SCHOOLS
        assert library.load(name).cost == "equal"


def test_one_year_is_won_by_bidding_and_decided_late_and_longer_ones_well_before_the_end() -> None:
    assert award("one_year_grants").competitive
    before = [award(name).decided_terms_before for name in HORIZONS]
    assert before == [-1, 1, 3, 3, 3]
    assert not any(award(name).competitive for name in list(HORIZONS)[1:])


def test_a_break_is_the_only_difference_between_the_two_of_five_years() -> None:
    with_break, without = award("five_year_with_break"), award("five_year_funding")
    assert with_break.review_terms == (3, 6, 9, 12)
    assert without.review_terms == ()


def test_the_horizons_together_cost_what_the_commission_and_the_grant_cost() -> None:
    before = levers("baseline").in_force
    assert before is not None
    apart = sum(
        a.gbp_per_pupil for a in before.awards if a.name in ("LA commission", "grant for school improvement")
    )
    assert award("three_year_funding").gbp_per_pupil == pytest.approx(apart, rel=0.01)


def test_the_projection_reaches_two_years_beyond_the_longest_award() -> None:
    found = {name: library.load(name).dated(2023) for name in ("baseline", *HORIZONS)}
    assert (
        found["ten_year_funding"].years_needed == 13
    )  # April 2024 to March 2034 is in ten years' time and one
    assert found["three_year_funding"].years_needed == 10
    assert projection_years(found, None) == 13
    assert projection_years(found, 5) == 5


def test_a_contract_is_cut_by_a_third_in_its_last_year_and_otherwise_as_signed() -> None:
    signed, cut = award("contract_as_signed"), award("contract_cut")
    assert cut.cut is not None
    assert (cut.cut.term, cut.cut.announced) == (signed.first_term + 6, signed.first_term + 5)
    assert cut.cut.share == pytest.approx(1 / 3, abs=0.001)
    assert signed.cut is None
    assert signed.renewal is cut.renewal is Renewal.CERTAIN
    others = [
        [item for item in stands(name).awards if item.name != "LA commission"]
        for name in ("contract_cut", "contract_as_signed")
    ]
    assert others[0] == others[1]


def test_a_late_renewal_is_the_commission_in_force_decided_after_its_end() -> None:
    found = award("late_renewal")
    assert found.first_term + found.length_terms == 5
    assert found.decided_terms_before - found.late_terms == -1


def test_a_funder_leaves_with_its_share_after_two_years() -> None:
    found = award("funder_leaves", "foundation")
    assert (found.first_term, found.length_terms, found.renewal) == (2, 6, Renewal.NEVER)
    assert found.on_lapse is OnLapse.GONE
    together = found.gbp_per_pupil + award("funder_leaves").gbp_per_pupil
    assert together == pytest.approx(central("la_commission_per_pupil"))


def test_where_money_goes_to_schools_there_is_nobody_to_broker() -> None:
    found = stands("money_to_schools")
    assert (found.partnership, found.posts, found.offers) == (None, (), ())
    assert all(item.renewal is Renewal.CERTAIN for item in found.awards)
    assert all(item.length_terms == OPEN_ENDED for item in found.awards)
    assert library.load("money_to_schools").cost == "equal"


def test_where_the_partnership_ends_every_payer_has_its_money_back_after_notice() -> None:
    found = levers("partnership_ends").changes[0]
    national = levers("baseline").in_force.national  # type: ignore[union-attr]
    assert found.arrangement == Arrangement(collaboration=found.arrangement.collaboration, national=national)
    assert found.announced == found.term - 1


def test_contracts_that_lapse_are_those_of_funders_and_not_of_schools() -> None:
    never = {item.name for item in stands("contracts_lapse").awards if item.renewal is Renewal.NEVER}
    assert never == {"LA commission", "grant for school improvement", "high-needs funding"}


def test_the_minimum_is_a_small_team_of_the_council() -> None:
    found = stands("do_minimum")
    assert found.partnership is not None
    assert found.partnership.legal_form == "hosted"
    assert found.partnership.vat_irrecoverable == 0.0
    assert [item.name for item in found.awards] == ["LA commission"]
    assert {line.kind for line in found.posts} == {"partnership co-ordinator", "maths adviser"}
