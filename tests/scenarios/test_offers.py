"""Brokered programmes are data: each acts in one way, from its own row or the general prior."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from model.arrangements import Channel
from model.practice import DOMAINS
from scenarios import evidence, offers
from scenarios.errors import BadInput

SIX = ("slt_cluster", "reading_fluency", "tutoring_pool", "maths_coaching", "attendance_liaison",
       "leadership_induction")  # fmt: skip
DISCOUNT = 0.5


def central(row: str) -> float:
    """Read the central value of an evidence row."""
    return evidence.rows()[row.partition("@")[0]].central


def off_centre(row: str) -> float:
    """Read a row's central value, its high end where it is centred on nil."""
    return central(row) or evidence.rows()[row.partition("@")[0]].high


def test_support_from_another_school_is_centred_on_nil_as_its_packages_show_nothing() -> None:
    assert offers.load("school_to_school").offer(central).attainment_sd == 0.0


@pytest.mark.parametrize("name", offers.names())
def test_every_brokered_programme_acts_through_its_channel_and_no_other(name: str) -> None:
    found = offers.load(name).offer(off_centre)
    acting = {
        "practice_sd", "attainment_sd", "literacy_sd", "maths_sd", "absence_points",
    } & {field for field in vars(found) if vars(found)[field] != 0.0}  # fmt: skip
    of_channel = {
        Channel.PUPIL_DIRECT: {"literacy_sd", "maths_sd"},
        Channel.WHOLE_SCHOOL: {"practice_sd", "attainment_sd"},
        Channel.LEADERSHIP: {"practice_sd", "attainment_sd"},
        Channel.WIDER_NEEDS: {"absence_points"},
    }
    assert acting
    assert acting <= of_channel[found.channel]
    assert (found.pupils_per_case > 0) == (found.channel in (Channel.PUPIL_DIRECT, Channel.WIDER_NEEDS))


def test_there_is_a_programme_of_each_channel_and_of_weeks_months_and_years() -> None:
    found = [offers.load(name).offer(central) for name in SIX]
    assert {offer.channel for offer in found} == set(Channel)
    assert min(offer.weeks for offer in found) == 8
    assert max(offer.weeks for offer in found) == 2 * 39


def test_a_therapist_serves_five_schools_for_two_years() -> None:
    found = offers.load("slt_cluster").offer(central)
    assert (found.slots_per_post, found.weeks) == (5, 78)
    assert found.domain == DOMAINS.index("early language")
    assert found.attainment_sd == pytest.approx(DISCOUNT * central("prog_effect_prior"))


def test_a_tenth_of_the_months_that_fluency_reports_is_taken_as_caused() -> None:
    found = offers.load("reading_fluency").offer(central)
    one, two = central("months_to_sd_1"), central("months_to_sd_2")
    assert found.literacy_sd == pytest.approx(DISCOUNT * (one + 0.8 * (two - one)))
    assert (found.weeks, found.pupils_per_case) == (8, 9)


def test_tutoring_at_scale_is_not_discounted_again_and_half_misses_the_disadvantaged() -> None:
    found = offers.load("tutoring_pool").offer(central)
    assert (found.literacy_sd, found.maths_sd, found.on_target) == (0.02, 0.05, 0.46)


def test_coaching_counts_for_more_between_schools_than_between_teachers() -> None:
    spec = offers.load("maths_coaching")
    trial = spec.offer(central, at_scale=False)
    assert trial.practice_sd == pytest.approx(spec.staff_reached * 0.25 / math.sqrt(0.16))
    assert spec.offer(central).practice_sd == trial.practice_sd  # the row is the effect at scale


def test_an_effect_from_trials_is_discounted_at_scale() -> None:
    spec = offers.load("attendance_liaison")
    trial = spec.offer(central, at_scale=False).absence_points
    assert spec.offer(central).absence_points == pytest.approx(DISCOUNT * trial)


def test_a_gain_in_attendance_is_a_fall_of_absence() -> None:
    spec = offers.load("attendance_liaison")
    assert spec.offer(central, at_scale=False).absence_points == pytest.approx(-0.8)
    assert spec.offer(central).weeks == 20


def test_only_new_heads_are_inducted() -> None:
    found = offers.load("leadership_induction").offer(central)
    assert found.new_heads
    assert found.channel is Channel.LEADERSHIP


def test_programmes_on_the_general_prior_are_drawn_apart() -> None:
    asked: set[str] = set()

    def read(row: str) -> float:
        asked.add(row)
        return central(row)

    for name in offers.names():
        offers.load(name).offer(read)
    on_prior = {row for row in asked if row.startswith("prog_effect_prior")}
    assert on_prior == {f"prog_effect_prior@{name}" for name in ("slt_cluster", "leadership_induction")}


@pytest.mark.parametrize("name", offers.names())
def test_an_effect_may_be_nothing_or_harm(name: str) -> None:
    def worst(row: str) -> float:
        found = evidence.rows()[row.partition("@")[0]]
        higher_is_worse = row == "months_to_sd_0"
        return found.high if higher_is_worse else found.low

    found = offers.load(name).offer(worst)
    gains = (found.practice_sd, found.attainment_sd, found.literacy_sd, found.maths_sd, -found.absence_points)
    if name != "maths_coaching":  # its row is above zero; harm comes with a weak provider
        assert all(gain <= 0.02 for gain in gains)


def test_an_effect_on_weak_evidence_stands_at_zero_when_better_is_asked_for() -> None:
    assert offers.load("attendance_liaison").offer(central, "moderate").absence_points == 0.0
    assert offers.load("reading_fluency").offer(central, "moderate").literacy_sd == 0.0
    assert offers.load("tutoring_pool").offer(central, "moderate").maths_sd == 0.05
    assert offers.load("slt_cluster").offer(central, "strong").attainment_sd > 0.0


@pytest.mark.parametrize(
    ("entry", "found", "nearest"),
    [
        ({"programme": "slt_clustr"}, "slt_clustr", "slt_cluster"),
        ({"programme": "slt_cluster", "week": 10}, "week", "weeks"),
        ({"programme": "slt_cluster", "weeks": 8}, "shorter than is sensible", ""),
        ({"programme": "slt_cluster", "weeks": 78.5}, "not a whole number", ""),
        ({"programme": "slt_cluster", "effect": {"literacy": 0.1}}, "literacy", ""),
        ({"programme": "slt_cluster", "effect": {"attainment": 0.1, "practice": 0.1}}, "twice", ""),
        ({"programme": "slt_cluster", "effect": {"attainment": "peer_review_attain"}}, "scope package", ""),
        ({"programme": "slt_cluster", "effect": {"attainment": "coaching_practice"}}, "another kind", ""),
        ({"programme": "slt_cluster", "pupils_per_case": 9}, "no meaning", ""),
        ({"programme": "attendance_liaison", "effect": {"absence": "attendance_mentor_reach"}}, "target", ""),
        ({"programme": "attendance_liaison", "effect": None}, "is not an effect", ""),
        ({"programme": "tutoring_pool", "on_target": 2}, "'2'", ""),
        ({"programme": "tutoring_pool", "slots_per_post": 0}, "'0'", ""),
        ({"programme": "reading_fluency", "effect": {"literacy": {"row": "ntp_school_led_maths", "time": 2}}},
         "time", "times"),
        ({"programme": "reading_fluency", "cost_per_case": "ntp_school_led_maths"}, "another kind", ""),
    ],
)  # fmt: skip
def test_what_a_scenario_may_not_change_is_refused_in_one_line(
    entry: dict[str, object], found: str, nearest: str
) -> None:
    with pytest.raises(BadInput) as caught:
        offers.read_entry(entry, "mine.yaml: levers.offers[0]", Path())
    message = str(caught.value)
    assert "mine.yaml" in message
    assert found in message
    if nearest:
        assert nearest in caught.value.nearest


def test_a_brokered_programme_of_ones_own_sits_beside_the_scenario(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "title: Ours\nchannel: whole_school\ndomain: reading\nweeks: 10\ndelivered_by: tutor\n"
        "slots_per_post: 4\neffect: {practice: 0.2}\nscale_discount: off\ncost_per_case: 100\n",
        encoding="utf-8",
    )
    found = offers.read_entry("./ours.yaml", "mine.yaml", tmp_path).offer(central)
    assert (found.name, found.practice_sd, found.cost_gbp) == ("ours", 0.2, 100.0)


@pytest.mark.parametrize("name", offers.names())
def test_a_programme_written_out_is_the_same_programme(name: str) -> None:
    spec = offers.load(name)
    again = offers.read_entry(spec.written(), "test", Path())
    assert again.offer(central) == spec.offer(central)
