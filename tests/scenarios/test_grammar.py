"""Words on the command line mean what a person would expect, whatever signs the names hold."""

from __future__ import annotations

import re

import pytest

from scenarios import grammar
from scenarios.errors import BadInput, UnknownName
from scenarios.settings import from_values, from_words


@pytest.mark.parametrize(
    "word",
    [
        "la=Bristol, City of",
        "la=King's Lynn and West Norfolk",
        "la=Kingston upon Hull, City of",
        "la=St. Helens (Merseyside)",
        "place=Ynys Môn",
        "place=a=b",
        "place=[x]",
        "place={x: 1}",
        "place=${oc.env:HOME}",
        "place='quoted'",
        'scenario="./a b.yaml"',
        "data=/a(1)/x",
        "data=/a,b/x=3",
        "out=C:\\results\\new",
        "run=results/run, first (1)",
        "actual=~/x",
        "start=+2",
    ],
)
def test_text_of_places_and_paths_is_kept_as_written(word: str) -> None:
    key, _, text = word.partition("=")
    assert grammar.split([word]).settings == {key: text}
    assert key in grammar.TAKEN_OUT


def test_an_authority_with_a_comma_or_an_apostrophe_reaches_the_settings_unharmed() -> None:
    assert from_words("run", ["la=Bristol, City of"]).place == "Bristol, City of"
    assert from_words("run", ["place=King's Lynn and West Norfolk"]).place == "King's Lynn and West Norfolk"
    assert from_words("run", ["King's Lynn and West Norfolk"]).place == "King's Lynn and West Norfolk"


def test_a_name_stands_for_the_obvious_key() -> None:
    assert from_words("run", ["bromley"]).place == "bromley"
    assert from_words("run", ["bromley", "early_language"]).scenarios == ("early_language",)
    assert from_words("compare", ["bromley", "early_language"]).scenarios == ("baseline", "early_language")
    assert from_words("chart", ["results/a (1)"]).run == "results/a (1)"


def test_an_authority_may_be_named_by_its_code() -> None:
    assert from_words("run", ["307"]).place == "307"
    assert from_words("run", ["place=307"]).place == "307"
    assert from_values("run", {"place": 307}).place == "307"


def test_a_path_with_an_equals_sign_is_a_name_and_not_a_setting() -> None:
    assert grammar.split(["results/a=1"]).names == ("results/a=1",)


@pytest.mark.parametrize("word", ["on", "true", "yes", "ON", "True", "Yes"])
def test_on_true_and_yes_mean_the_same(word: str) -> None:
    assert from_words("run", [f"overwrite={word}"]).overwrite is True
    assert from_words("run", [f"mechanisms.choice={word}"]).mechanisms == {"choice": True}
    assert from_values("run", {"overwrite": word}).overwrite is True


@pytest.mark.parametrize("word", ["off", "false", "no", "OFF", "False", "No"])
def test_off_false_and_no_mean_the_same(word: str) -> None:
    assert from_words("run", [f"fail_fast={word}"]).fail_fast is False
    assert from_words("run", [f"mechanisms.choice={word}"]).mechanisms == {"choice": False}
    assert from_values("run", {"mechanisms": {"choice": word}}).mechanisms == {"choice": False}


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("sead=3", "seed"),
        ("oout=x", "out"),
        ("Out=x", "out"),
        ("drawss=3", "draws"),
        ("scenaro=x", "scenario"),
        ("mechanism.choice=off", "mechanisms"),
        ("mechanisms.choise=off", "choice"),
        ("parameters.learning.catchup=0.1", "learning.catch_up"),
        ("parameter.learning.catch_up=0.1", "parameters.learning.catch_up"),
        ("generater.schools=3", "generator"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_valid_one(word: str, nearest: str) -> None:
    with pytest.raises(UnknownName) as caught:
        from_words("run", [word])
    assert any(nearest in name for name in caught.value.nearest)
    assert caught.value.found
    assert caught.value.allowed


@pytest.mark.parametrize(
    "word", ["hydra.run.dir=/tmp/x", "hydra=x", "la.x=3", "out.x=3", "_target_=os.system", "defaults=x"]
)
def test_keys_of_the_machinery_are_refused(word: str) -> None:
    with pytest.raises(BadInput):
        from_words("run", [word])


@pytest.mark.parametrize("word", ["+seed=3", "++seed=3", "~seed=3", "~seed="])
def test_settings_cannot_be_added_or_removed(word: str) -> None:
    with pytest.raises(BadInput, match="every setting exists"):
        from_words("run", [word])


@pytest.mark.parametrize("word", ["seed=", "place=", "out=  ", "scenarios="])
def test_a_setting_without_a_value_is_refused_by_name(word: str) -> None:
    with pytest.raises(BadInput, match="has no value") as caught:
        from_words("run", [word])
    assert caught.value.where == word.partition("=")[0]


@pytest.mark.parametrize(
    "words",
    [
        ["seed=1", "seed=2"],
        ["place=a", "place=a"],
        ["ealing", "place=ealing"],
        ["place=a", "la=b"],
    ],
)
def test_a_setting_given_twice_is_refused(words: list[str]) -> None:
    with pytest.raises(BadInput, match=r"given (twice|as place= too)"):
        from_words("run", words)


def test_a_place_said_with_la_leaves_names_for_scenarios() -> None:
    given = from_words("compare", ["la=Bristol, City of", "small_group_tuition"])
    assert given.place == "Bristol, City of"
    assert "small_group_tuition" in given.scenarios


@pytest.mark.parametrize(
    ("word", "allowed"),
    [
        ("seed=1,2", "one value"),
        ("seed=choice(1,2)", "one value"),
        ("seed=range(1,5)", "one value"),
        ("seed=-1", "0 to 4294967295"),
        ("seed=1.5", "whole number"),
        ("seed=nan", "whole number"),
        ("seed=99999999999999999999999", "whole number"),
        ("years=0", "1 to 40"),
        ("years=x", "1 to 40 years"),
        ("draws=true", "whole number"),
        ("draws=[1]", "whole number"),
        ("draws={a: 1}", "whole number"),
        ("seed=${oc.env:HOME}", "one value"),
        ("seed=(", "one value"),
        ("seed='", "one value"),
        ("effects=-1", "multiplier from 0 to 10"),
        ("effects=lots", "evidence, zero"),
        ("effects=nan", "evidence, zero"),
        ("evidence=weak", "strong, moderate, all"),
        ("engine=dask", "auto, serial, joblib"),
        ("detail=much", "none, some, all"),
        ("fail_fast=maybe", "on or off"),
        ("start=2027", "2027-09"),
        ("start=2027-13", "2027-09"),
        ("start=soon", "2027-09"),
        ("start=+0", "2027-09"),
        ("mechanisms.choice=2", "on or off"),
        ("parameters.learning.catch_up=9", "0.02 to 0.4"),
        ("parameters.learning.catch_up=nan", "0.02 to 0.4"),
        ("parameters.learning=3", "GROUP.NAME"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_what_is_allowed(word: str, allowed: str) -> None:
    with pytest.raises(BadInput) as caught:
        from_words("run", [word])
    assert allowed in caught.value.allowed
    assert caught.value.found
    assert "\n" not in str(caught.value)


def test_an_option_with_dashes_is_explained() -> None:
    with pytest.raises(BadInput, match="key=value"):
        from_words("run", ["--seed=3"])


@pytest.mark.parametrize("word", ["~draws", "+draws", "++draws"])
def test_a_sign_that_removes_or_adds_is_named_even_without_a_value(word: str) -> None:
    with pytest.raises(BadInput, match=f"begins with {re.escape(word.removesuffix('draws'))}[;:, ]"):
        from_words("run", ["ealing", word])


def test_a_home_folder_may_be_named() -> None:
    assert grammar.split(["~/results", "~someone/results"]).names == ("~/results", "~someone/results")


def test_one_name_is_one_name() -> None:
    with pytest.raises(BadInput, match="found 1 name;"):
        grammar.names_to_settings(["ealing"], (), {})


def test_a_run_takes_one_scenario() -> None:
    assert from_words("run", ["scenarios=slower_catch_up"]).scenarios == ("slower_catch_up",)
    with pytest.raises(BadInput, match=r"run takes one scenario.*lepsim compare"):
        from_words("run", ["ealing", "scenarios=baseline,slower_catch_up"])


def test_a_name_too_many_is_refused() -> None:
    with pytest.raises(BadInput, match="one name too many"):
        from_words("run", ["ealing", "baseline", "more"])


def test_a_setting_of_another_verb_is_refused_as_such() -> None:
    with pytest.raises(UnknownName, match="lepsim place does not take this setting"):
        from_words("place", ["seed=3"])
    with pytest.raises(UnknownName, match="lepsim run does not take this setting"):
        from_words("run", ["run=results"])


def test_several_scenarios_are_listed_with_commas_or_brackets() -> None:
    assert grammar.listed("a,b") == ("a", "b")
    assert grammar.listed("[a, b]") == ("a", "b")
    assert grammar.listed('"x, y.yaml",b') == ("x, y.yaml", "b")
    assert from_words("compare", ["scenarios=baseline,early_language"]).scenarios == (
        "baseline",
        "early_language",
    )


def test_a_comparison_needs_something_to_compare() -> None:
    with pytest.raises(BadInput, match="nothing to compare"):
        from_words("compare", ["ealing"])
    with pytest.raises(BadInput, match="twice"):
        from_words("compare", ["ealing", "early_language", "early_language"])


def test_python_takes_the_same_names_as_the_command_line() -> None:
    words = [
        "place=synthetic",
        "generator.schools=40",
        "effects=zero",
        "seed=7",
        "parameters.learning.catch_up=0.1",
    ]
    values = {
        "place": "synthetic",
        "generator": {"schools": 40},
        "effects": 0,
        "seed": 7,
        "parameters": {"learning.catch_up": 0.1},
    }
    assert from_words("run", words) == from_values("run", values)
    assert from_values("run", {"generator.schools": 40}).generator == {"schools": 40}


def test_python_refuses_what_the_command_line_refuses() -> None:
    for given in (
        {"sead": 3},
        {"seed": "x"},
        {"generator": 3},
        {"mechanisms": {"choise": False}},
        {"years": 2.5},
        {"seed": True},
    ):
        with pytest.raises(BadInput):
            from_values("run", given)
