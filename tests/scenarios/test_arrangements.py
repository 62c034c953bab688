"""What is in force and what a scenario puts in its stead: key by key, with the file and key named."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from model.arrangements import Arrangement, Award, OnLapse, PaidFor, Renewal, Stream
from model.levers import Levers
from model.place import Place
from scenarios import evidence, library, partnership
from scenarios.dates import Start
from scenarios.errors import BadInput, UnknownName
from scenarios.scenario import Scenario


def central(row: str) -> float:
    """Read the central value of an evidence row."""
    return evidence.rows()[row.partition("@")[0]].central


def own(folder: Path, levers: str, more: str = "") -> Scenario:
    """Load a scenario of one's own over the baseline, not dated."""
    path = folder / "mine.yaml"
    indented = "".join(f"  {line}\n" for line in levers.splitlines())
    path.write_text(f"title: Mine\nlevers:\n{indented or '  {}'}\n{more}", encoding="utf-8")
    return library.load(str(path))


def compiled(scenario: Scenario, start: Start | None = None) -> Levers:
    """Compile in a place whose year 0 is 2023, at central values."""
    return scenario.dated(2023, start).levers(central)


def stands(scenario: Scenario) -> Arrangement:
    """Say what a scenario puts in the stead of what is in force."""
    return compiled(scenario).changes[0].arrangement


def in_place(*las: str) -> Place:
    """A place of which nothing is known but the names of its LAs."""
    none = np.zeros(0, dtype=np.int32)
    columns = dict.fromkeys(("la", "urn", "last_year_group", "x_km", "y_km"), none)
    return cast(Place, SimpleNamespace(la_name=las, schools=SimpleNamespace(**columns)))


def named(arrangement: Arrangement) -> dict[str, Award]:
    """Give awards by name."""
    return {award.name: award for award in arrangement.awards}


def in_force() -> Arrangement:
    """Say what the baseline has in force."""
    found = compiled(library.load("baseline")).in_force
    assert found is not None
    return found


def test_the_baseline_has_something_in_force_and_changes_nothing() -> None:
    found = compiled(library.load("baseline"))
    assert found.changes == ()
    assert found.in_force is not None
    assert found.in_force.partnership is not None
    assert found.in_force.partnership.model == 2


def test_a_partnership_of_38_000_pupils_has_a_million_and_a_half_and_about_18_posts() -> None:
    shares = {PaidFor.ALL: 1.0, PaidFor.MEMBERS: 0.9, PaidFor.MAINTAINED: 0.7}
    a_pupil = sum(shares[award.paid_for] * award.gbp_per_pupil for award in in_force().awards)
    assert 1.2e6 < 38_000 * a_pupil < 1.6e6
    assert 35 < a_pupil < 42
    costs = [
        1.5 * line.salary_gbp  # with pension, National Insurance and overheads
        for line in in_force().posts
        for _ in range(round(3.8 * line.per_10_000_pupils))
    ]
    affordable = sum(sum(costs[:number]) < 38_000 * a_pupil for number in range(1, len(costs) + 1))
    assert 17 <= affordable <= 22
    assert affordable < len(costs)  # more are wanted than there is money for


def test_the_commission_runs_at_year_0_and_ends_in_the_second_april_after() -> None:
    commission = named(in_force())["LA commission"]
    assert commission.first_term < 0
    assert commission.first_term + commission.length_terms == 5
    assert (commission.decided_terms_before, commission.renewal) == (1, Renewal.USUAL)
    assert commission.on_lapse is OnLapse.PAYER


def test_every_scenario_of_a_place_has_the_same_in_force() -> None:
    found = {name: compiled(library.load(name)).in_force for name in library.names()}
    assert all(item == in_force() for item in found.values())


def test_what_a_scenario_does_not_name_goes_on_as_it_is(tmp_path: Path) -> None:
    found = stands(own(tmp_path, "awards:\n  subscription: {gbp_per_pupil: 12}"))
    before = in_force()
    assert found.partnership == before.partnership
    assert found.posts == before.posts
    assert found.offers == before.offers
    changed = {name for name, award in named(found).items() if award != named(before)[name]}
    assert changed == {"subscription"}
    assert named(found)["subscription"].gbp_per_pupil == 12.0
    assert named(found)["subscription"].first_term == named(before)["subscription"].first_term


@pytest.mark.parametrize("none", ["none", "null", "None", "~"])
def test_none_takes_away(none: str, tmp_path: Path) -> None:
    found = stands(
        own(tmp_path, f"awards:\n  subscription: {none}\nposts:\n  tutor: {none}\noffers: [slt_cluster]")
    )
    assert "subscription" not in named(found)
    assert "tutor" not in [line.kind for line in found.posts]
    assert [offer.name for offer in found.offers] == ["slt_cluster"]


@pytest.mark.parametrize("none", ["none", "null"])
def test_what_a_world_is_without_may_come_by_a_lever(none: str, tmp_path: Path) -> None:
    world = f"arrangement: {{collaboration: none, offers: none, posts: {none}, awards: {none}}}\n"
    lever = "posts: {adviser: {per_10_000_pupils: 1, salary_gbp: 50000}}"
    found = stands(own(tmp_path, lever, world))
    assert [line.kind for line in found.posts] == ["adviser"]
    assert found.awards == ()
    award = "awards: {grant: {from: health and public health, gbp_per_pupil: 3, renewal: certain}}"
    assert [line.name for line in stands(own(tmp_path, award, world)).awards] == ["grant"]


def test_members_stay_who_they_are_under_a_scenario(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="of their own accord") as caught:
        own(tmp_path, "partnership:\n  members: 0.5")
    assert "levers.partnership.members" in str(caught.value)
    assert own(tmp_path, "partnership:\n  members: 0.9\n  reserves_months: 6").change is not None


def test_an_award_with_a_new_length_begins_with_the_scenario(tmp_path: Path) -> None:
    found = named(stands(own(tmp_path, "awards:\n  LA commission: {length: 5 years}")))["LA commission"]
    assert (found.first_term, found.length_terms) == (2, 15)
    again = named(stands(own(tmp_path, "awards:\n  LA commission: {gbp_per_pupil: 1}")))["LA commission"]
    assert again.first_term + again.length_terms == 5


def test_levers_begin_in_the_first_april_unless_start_says_otherwise(tmp_path: Path) -> None:
    scenario = own(tmp_path, "partnership: none\nposts: none\noffers: none\ncollaboration: none")
    assert [(c.announced, c.term) for c in compiled(scenario).changes] == [(2, 2)]
    assert [c.term for c in compiled(scenario, Start(2025, 9)).changes] == [6]
    scenario = own(
        tmp_path,
        "start: 2025-01\nannounced: start - 1 year\npartnership: none\nposts: none\noffers: none\n"
        "collaboration: none",
    )
    assert [(c.announced, c.term) for c in compiled(scenario).changes] == [(1, 4)]
    assert scenario.dated(2023).start_year == 2025


def test_a_new_award_is_written_in_a_commissioners_words(tmp_path: Path) -> None:
    found = named(
        stands(
            own(
                tmp_path,
                "awards:\n"
                "  mission fund:\n"
                "    from: time-limited DfE fund\n"
                "    gbp_per_pupil: 20\n"
                "    counted: members\n"
                "    begins: start + 1 year\n"
                "    length: 5 years\n"
                "    no_later_than: start + 6 years\n"
                "    decided: at the end\n"
                "    review: every 2 years\n"
                "    cut: {from: start + 3 years, announced: start + 2 years, share: midcontract_cut_size}\n"
                "    late: 5 months\n"
                "    paid: in arrears\n"
                "    match: 0.2\n"
                "    on_completion: 0.1\n"
                "    unspent: returned\n"
                "    only_for: tutor\n"
                "    indexed: no\n"
                "    competitive: yes\n"
                "    if_not_renewed: gone\n",
            )
        )
    )["mission fund"]
    assert found.stream is Stream.DFE_FUND
    assert (found.first_term, found.length_terms, found.last_term) == (5, 15, 20)
    assert (found.decided_terms_before, found.late_terms, found.review_terms) == (0, 1, (6, 12))
    assert found.cut is not None
    assert (found.cut.term, found.cut.announced, found.cut.share) == (11, 8, pytest.approx(0.33))
    assert (found.paid_for, found.ring_fence) == (PaidFor.MEMBERS, ("tutor",))
    assert (found.match_share, found.outcome_share) == (0.2, 0.1)
    assert not found.in_advance
    assert not found.carry_forward
    assert not found.indexed
    assert found.competitive
    assert found.on_lapse is OnLapse.GONE


def test_posts_are_charged_first_to_money_that_may_pay_for_nothing_else(tmp_path: Path) -> None:
    assert in_force().awards[0].ring_fence
    found = stands(
        own(tmp_path, "awards:\n  lottery: {from: philanthropy, gbp_per_pupil: 1, only_for: [tutor]}")
    )
    assert [bool(award.ring_fence) for award in found.awards] == [True, True] + [False] * 5


def test_money_may_be_for_some_las_alone_and_only_for_those_that_there_are(tmp_path: Path) -> None:
    scenario = own(tmp_path, "awards:\n  subscription: {only_in: [Ealing, Brent]}").dated(2023)
    assert named(stands(scenario))["subscription"].only_in == ("Ealing", "Brent")
    scenario.checked_in(in_place("Brent", "Ealing", "Harrow"))
    with pytest.raises(UnknownName, match=r"only_in: is no LA of .* no area of .*; found 'Brent'") as caught:
        scenario.checked_in(in_place("Ealing", "Brant"))
    assert caught.value.nearest == ("Brant",)
    library.load("baseline").checked_in(in_place())


def test_a_world_with_more_in_force_is_the_same_from_the_beginning(tmp_path: Path) -> None:
    scenario = own(
        tmp_path,
        "",
        "arrangement:\n  awards:\n    subscription: {gbp_per_pupil: 25}\n    de-delegation: none\n",
    )
    found = compiled(scenario)
    assert found.changes == ()
    assert found.in_force is not None
    assert named(found.in_force)["subscription"].gbp_per_pupil == 25.0
    assert "de-delegation" not in named(found.in_force)


def test_a_scenario_of_ones_own_may_go_on_from_one_of_the_library(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "defaults: [five_year_funding]\ntitle: Seven\nlevers: {awards: {LA commission: {length: 7 years}}}\n",
        encoding="utf-8",
    )
    found = named(stands(library.load(str(path))))
    assert found["LA commission"].length_terms == 21
    assert found["LA commission"].decided_terms_before == 3
    assert "grant for school improvement" not in found


def test_awards_a_scenario_sets_can_be_scaled_together(tmp_path: Path) -> None:
    found = named(stands(own(tmp_path, "scale_awards: 2\nawards:\n  subscription: {counted: all}")))
    assert found["subscription"].gbp_per_pupil == pytest.approx(2 * central("subscription_per_pupil"))
    assert found["LA commission"] == named(in_force())["LA commission"]


def test_figures_are_read_anew_in_each_draw() -> None:
    def high(row: str) -> float:
        return evidence.rows()[row.partition("@")[0]].high

    found = library.load("baseline").dated(2023).levers(high).in_force
    assert found is not None
    assert named(found)["subscription"].gbp_per_pupil == evidence.rows()["subscription_per_pupil"].high
    assert named(found)["grant for school improvement"].decided_terms_before == -2  # eight months late


def test_every_legal_form_says_what_it_may_do_and_what_to_ask_finance() -> None:
    forms = partnership.legal_forms()
    assert {"hosted", "company limited by guarantee", "company limited by shares", "charity", "mutual",
            "school company"} == set(forms)  # fmt: skip
    assert forms["hosted"].vat_irrecoverable == 0.0
    assert all(form.ask_finance for form in forms.values() if form.vat_irrecoverable > 0)


BAD_LEVERS = {
    "an unknown lever": ("award: {}", "award", "awards"),
    "an unknown key of an award": ("awards: {LA commission: {lenght: 3 years}}", "lenght", "length"),
    "an award misspelt": ("awards: {LA comission: {length: 3 years}}", "LA comission", "LA commission"),
    "a misspelt award taken away": ("awards: {subscriptions: none}", "subscriptions", "subscription"),
    "a post misspelt": ("posts: {tuter: {salary_gbp: 30000}}", "tuter", "tutor"),
    "a stream that is none": (
        "awards: {x: {from: DfE fund, gbp_per_pupil: 1}}", "DfE fund", "time-limited dfe fund",
    ),
    "an amount below nothing": ("awards: {subscription: {gbp_per_pupil: -1}}", "'-1'", ""),
    "an amount beyond belief": ("awards: {subscription: {gbp_per_pupil: 99999}}", "'99999'", ""),
    "an amount from an effect": (
        "awards: {subscription: {gbp_per_pupil: ntp_school_led_maths}}", "unit SD", "",
    ),
    "an amount from a target": (
        "awards: {subscription: {gbp_per_pupil: membership_share}}", "role target", "",
    ),
    "an amount from a misspelt row": (
        "awards: {subscription: {gbp_per_pupil: subscription_a_pupil}}", "subscription_a_pupil",
        "subscription_per_pupil",
    ),
    "no number": ("awards: {subscription: {gbp_per_pupil: .nan}}", "nan", ""),
    "a length in words": ("awards: {LA commission: {length: long}}", "long", ""),
    "both ends": ("awards: {LA commission: {length: 3 years, begins: start, ends: +9}}", "both", ""),
    "an end of what has none": ("awards: {subscription: {ends: +3}}", "no length", ""),
    "a renewal that is none": ("awards: {LA commission: {renewal: usually}}", "usually", "usual"),
    "a decision some day": ("awards: {LA commission: {decided: late}}", "late", ""),
    "a cut outside": (
        "awards: {LA commission: {length: 3 years, cut: {from: start + 3 years, share: 0.3}}}", "outside", "",
    ),
    "a cut known too late": (
        "awards: {LA commission: {length: 3 years, cut: {from: start + 1 year, announced: start + 2 years, "
        "share: 0.3}}}", "announced too late", "",
    ),
    "a cut of more than all": ("awards: {LA commission: {cut: {from: start, share: 1.3}}}", "'1.3'", ""),
    "a cut without a share": ("awards: {LA commission: {cut: {from: start}}}", "share", ""),
    "a cut that is none": ("awards: {LA commission: {cut: a third}}", "a third", ""),
    "an end before the end": (
        "awards: {LA commission: {length: 3 years, no_later_than: start + 1 year}}", "own end", "",
    ),
    "a review after the end": (
        "awards: {LA commission: {length: 1 year, review: after 2 years}}", "review", "",
    ),
    "a commission in model 3": ("partnership: {model: 3}", "may not take a commission of the LA", ""),
    "model 5": ("partnership: {model: 5}", "'5'", ""),
    "a legal form that is none": ("partnership: {legal_form: company}", "company", ""),
    "more members than schools": ("partnership: {members: 1.2}", "'1.2'", ""),
    "trade in model 4": (
        "partnership: {model: 4, trade: none}\nawards: {LA commission: none}", "may not trade", "",
    ),
    "a commission in model 4": (
        "partnership: {model: 4, trade: none}\nawards: {courses and conferences: none}",
        "commission of the LA", "",
    ),
    "a commission of a school company": (
        "partnership: {legal_form: school company}", "commission of the LA", "",
    ),
    "posts without a partnership": ("partnership: none\noffers: none", "needs a partnership", ""),
    "programmes without a partnership": ("partnership: none\nposts: none", "needs a partnership", ""),
    "programmes that nobody delivers": ("posts: {tutor: none}", "nobody to deliver tutoring_pool", ""),
    "money kept for posts that there are none of": (
        "awards: {subscription: {only_for: [tuter]}}", "tuter", "tutor",
    ),
    "a programme twice": ("offers: [slt_cluster, slt_cluster]", "slt_cluster", ""),
    "offers that are no list": ("offers: slt_cluster", "slt_cluster", ""),
    "awards that are no mapping": ("awards: [LA commission]", "a list", ""),
    "an award that is no mapping": ("awards: {LA commission: 12}", "'12'", ""),
    "a salary of nothing": ("posts: {tutor: {salary_gbp: 0}}", "'0'", ""),
    "too many posts": ("posts: {tutor: {per_10_000_pupils: 1000}}", "'1000'", ""),
    "announced after it begins": (
        "announced: start + 1 term\nposts: {tutor: {salary_gbp: 30000}}", "announced", "",
    ),
    "announced in year 0": ("announced: 2023-05\nposts: {tutor: {salary_gbp: 30000}}", "announced", ""),
    "begun in year 0": ("start: 2023-05\nposts: {tutor: {salary_gbp: 30000}}", "2023-05", ""),
    "a start that is none": ("start: soon\nposts: {tutor: {salary_gbp: 30000}}", "soon", ""),
    "awards scaled to nothing": ("scale_awards: 0\nposts: {tutor: {salary_gbp: 30000}}", "'0'", ""),
}  # fmt: skip


@pytest.mark.parametrize(("levers", "found", "nearest"), BAD_LEVERS.values(), ids=BAD_LEVERS)
def test_levers_that_cannot_be_used_name_file_key_and_fault(
    levers: str, found: str, nearest: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as caught:
        own(tmp_path, levers).dated(2023)
    message = str(caught.value)
    assert "mine" in message
    assert found in message
    assert "allowed" in message
    assert "\n" not in message
    if nearest:
        assert nearest in caught.value.nearest


BAD_IN_FORCE = {
    "an unknown part": ("arrangement: {schools: {}}", "schools"),
    "a start that is not yet": ("arrangement: {awards: {LA commission: {ends: start}}}", "start"),
    "a length without an end": ("arrangement: {awards: {subscription: {length: 3 years}}}", "ends"),
    "no mapping": ("arrangement: all", "'all'"),
}


@pytest.mark.parametrize(("text", "found"), BAD_IN_FORCE.values(), ids=BAD_IN_FORCE)
def test_what_cannot_be_in_force_is_refused(text: str, found: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        own(tmp_path, "", text).dated(2023)
    assert "mine.yaml" in str(caught.value)
    assert found in str(caught.value)


@pytest.mark.parametrize(
    ("levers", "model"),
    [
        (
            "partnership: {model: 1}\nawards:\n  ICT: {from: traded income from outside, gbp_per_pupil: 5}",
            1,
        ),
        (
            "partnership: {model: 4, legal_form: hosted, trade: none}\nawards:\n  LA commission: none\n"
            "  courses and conferences: none",
            4,
        ),
    ],
)
def test_other_models_of_partnership_have_the_income_that_goes_with_them(
    levers: str, model: int, tmp_path: Path
) -> None:
    found = stands(own(tmp_path, levers))
    assert found.partnership is not None
    assert found.partnership.model == model
    streams = {award.stream for award in found.awards}
    assert (Stream.TRADED_OUTSIDE in streams) == (model == 1)
    assert (Stream.LA_GENERAL_FUND in streams) == (model == 1)
