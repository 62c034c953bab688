"""A difference says what it rests on: what the scenario changes, and how well its effects are known."""

import dataclasses

from outputs.words import in_words


def said(results, parts, groups=(), rows=None, **settings):
    manifest = {**results.manifest, "settings": {**results.manifest["settings"], **settings}}
    first, other = manifest["scenarios"]
    told = {"parts": list(parts), "groups": list(groups), "rows": rows or {}}
    manifest["scenarios"] = [first, {**other, "title": "Other", "rests_on": told}]
    return " ".join(in_words(dataclasses.replace(results, manifest=manifest)).split())


def test_a_scenario_that_changes_how_schools_work_together_rests_on_assumption_and_says_so(compared):
    text = said(compared, ["collaboration"], ["tie", "sharing", "membership"])
    assert "Other differs from As things stand in how schools work together." in text
    assert "sizes of effect that it acts by are assumed, as no study gives them" in text


def test_programmes_count_with_the_strength_of_their_studies(compared):
    text = said(compared, ["offers", "posts"], (), {"a": "strong", "b": "weak", "c": "weak"})
    assert "in the support on offer and posts. It acts by 3 sizes of effect: 1 on strong evidence" in text
    assert "2 on weak evidence." in text


def test_a_run_that_does_not_say_what_differs_claims_nothing(compared):
    assert "What this difference rests on" not in in_words(compared)


def test_where_effects_are_nought_none_is_counted(compared):
    text = said(compared, ["collaboration"], ["tie", "sharing"], {"a": "strong"}, effects=0.0)
    assert "in how schools work together. No size of effect acts in this run (effects=zero)." in text
    assert "It acts by" not in text
    assert "are assumed" not in text


def test_effects_of_weaker_evidence_than_a_run_asks_for_are_not_counted(compared):
    rows = {"a": "strong", "b": "moderate", "c": "weak"}
    text = said(compared, ["offers"], ["tie"], rows, evidence="moderate")
    assert "It acts by 2 sizes of effect: 1 on strong evidence; 1 on moderate evidence." in text
