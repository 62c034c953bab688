"""A difference says what it rests on: what the scenario changes, and how well its effects are known."""

import dataclasses

from outputs.words import in_words


def said(results, parts, groups=(), rows=None):
    manifest = dict(results.manifest)
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
