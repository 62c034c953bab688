"""Scenarios and programmes are data: checked key by key, with the file and key named."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import evidence, library, programmes, strict_yaml
from scenarios.errors import BadInput, UnknownName
from scenarios.scenario import Scenario, projection_years


def central(row: str) -> float:
    """Read the central value of an evidence row."""
    return evidence.rows()[row.partition("@")[0]].central


def written(folder: Path, text: str, name: str = "mine.yaml") -> str:
    """Write a YAML file and give its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", library.names())
def test_every_scenario_of_the_library_is_whole(name: str) -> None:
    scenario = library.load(name).dated(2023)
    assert scenario.title
    assert scenario.cost in library.COSTS
    scenario.levers(central)
    assert strict_yaml.read(library.FOLDER / f"{name}.yaml")


@pytest.mark.parametrize("name", [name for name in library.names() if name != "baseline"])
def test_a_scenario_holds_only_what_differs_from_the_baseline(name: str) -> None:
    found = strict_yaml.read(library.FOLDER / f"{name}.yaml")
    assert found["defaults"] == ["baseline", "_self_"]
    baseline = strict_yaml.read(library.FOLDER / "baseline.yaml")
    assert any(found.get(key) not in (None, baseline[key]) for key in ("levers", "parameters"))


@pytest.mark.parametrize("name", programmes.names())
def test_every_programme_of_the_library_is_whole(name: str) -> None:
    _, where, found = programmes.described(name, "test", programmes.FOLDER)
    spec = programmes.build(name, found, where)
    lever = spec.lever(2024, 2026, 2024, "all", central)
    assert lever.cost_per_pupil > 0
    assert lever.literacy_sd or lever.maths_sd


def test_the_baseline_does_nothing() -> None:
    baseline = library.load("baseline").dated(2023)
    assert baseline.levers(central).programmes == ()
    assert baseline.parameter_changes == {}


def test_a_programme_with_no_trial_of_its_own_rests_on_the_general_prior_discounted() -> None:
    _, where, found = programmes.described("locally_designed_maths", "test", programmes.FOLDER)
    lever = programmes.build("local", found, where).lever(2024, 2024, 2024, "all", central)
    assert lever.maths_sd == pytest.approx(0.06 * 0.5)
    assert lever.literacy_sd == 0.0


def test_two_programmes_on_the_general_prior_are_drawn_apart() -> None:
    asked: list[str] = []

    def read(row: str) -> float:
        asked.append(row)
        return central(row)

    _, where, found = programmes.described("locally_designed_maths", "test", programmes.FOLDER)
    for name in ("one", "two"):
        programmes.build(name, found, where).lever(2024, 2024, 2024, "all", read)
    assert {"prog_effect_prior@one", "prog_effect_prior@two"} <= set(asked)


def test_an_effect_found_at_scale_is_not_discounted_again() -> None:
    lever = library.load("small_group_tuition").dated(2023).levers(central).programmes[0]
    assert (lever.literacy_sd, lever.maths_sd) == (0.02, 0.05)


def test_months_of_progress_become_sd_by_the_programme_table_and_shrink_at_scale() -> None:
    lever = library.load("structured_ta_reading").dated(2023).levers(central).programmes[0]
    three, four = central("months_to_sd_3"), central("months_to_sd_4")
    assert lever.literacy_sd == pytest.approx(0.5 * (three + four) / 2)


def test_cost_bands_are_brought_to_todays_prices() -> None:
    lever = library.load("small_group_tuition").dated(2023).levers(central).programmes[0]
    assert lever.cost_per_pupil == pytest.approx(125 * 1.38)


def test_an_effect_on_weak_evidence_stands_at_zero_when_strong_evidence_is_asked_for() -> None:
    tuition, language = (
        library.load(name).dated(2023, None, "strong") for name in ("small_group_tuition", "early_language")
    )
    assert tuition.levers(central).programmes[0].maths_sd == 0.0
    assert language.levers(central).programmes[0].literacy_sd == 0.3


def test_a_scenario_of_ones_own_starts_from_the_baseline(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "title: Mine\nlevers:\n  programmes:\n    - programme: small_group_tuition\n"
        "      reach: 0.2\n      start: +3\n      years: 2\n",
    )
    scenario = library.load(path).dated(2023)
    lever = scenario.levers(central).programmes[0]
    assert (scenario.name, scenario.cost) == ("mine", "as_offered")
    assert (lever.reach, lever.first_year, lever.last_year, lever.announced) == (0.2, 2026, 2027, 2026)


def test_a_scenario_of_ones_own_may_start_from_another(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "defaults: [early_language]\ntitle: With slower learning\nparameters: {learning.catch_up: 0.1}\n",
    )
    scenario = library.load(path).dated(2023)
    assert scenario.parameter_changes == {"learning.catch_up": 0.1}
    assert [lever.spec.name for lever in scenario.programmes] == ["early_language"]


def test_a_programme_of_ones_own_sits_beside_the_scenario(tmp_path: Path) -> None:
    written(
        tmp_path,
        "title: P\ndomain: maths\nyear_groups: [3]\neligible: all\nreach: 1\neffect: {maths: 0.1}\n"
        "scale_discount: off\ncost_per_pupil: 20\ndelivered_by: us\n",
        "ours.yaml",
    )
    path = written(tmp_path, "title: T\nlevers: {programmes: [{programme: ./ours.yaml}]}\n")
    lever = library.load(path).dated(2023).levers(central).programmes[0]
    assert (lever.name, lever.maths_sd, lever.cost_per_pupil) == ("ours", 0.1, 20.0)


@pytest.mark.parametrize("word", ["on", "true", "yes", "On"])
def test_on_means_the_same_in_yaml(word: str, tmp_path: Path) -> None:
    entry = f"[{{programme: small_group_tuition, scale_discount: {word}}}]"
    scenario = library.load(written(tmp_path, f"title: T\nlevers: {{programmes: {entry}}}\n"))
    assert scenario.programmes[0].spec.scale_discount is True


def changed(key: str) -> str:
    """Write a scenario that changes one key of a programme of the library."""
    return f"title: T\nlevers: {{programmes: [{{programme: early_language, {key}}}]}}\n"


BAD_FILES = {
    "an unknown key": ("title: T\ntitel: x\n", "titel", "title"),
    "a key given twice": ("title: T\ntitle: U\n", "a second time", ""),
    "a tab": ("title: T\nlevers:\n\tprogrammes: []\n", "line 3", ""),
    "a list": ("- a\n- b\n", "a list", ""),
    "words": ("hello\n", "hello", ""),
    "an alias": ("title: &a T\ndescription: *a\n", "anchor or alias", ""),
    "a tag": ("title: !!python/object/apply:os.system ['true']\n", "tag", ""),
    "a target": ("title: T\n_target_: os.system\n", "_target_", ""),
    "a target inside": ("title: T\nlevers: {_target_: os.system}\n", "_target_", ""),
    "no title": ("title:\n", "nothing", ""),
    "a number for a title": ("title: 3\n", "'3'", ""),
    "a cost that is none": ("title: T\ncost: equall\n", "equall", "equal"),
    "an unknown parameter": (
        "title: T\nparameters: {learning.catchup: 0.1}\n", "learning.catchup", "learning.catch_up",
    ),
    "a parameter out of bounds": ("title: T\nparameters: {learning.catch_up: 4}\n", "'4'", ""),
    "a parameter that is not a number": ("title: T\nparameters: {learning.catch_up: fast}\n", "fast", ""),
    "not a number": ("title: T\nparameters: {learning.catch_up: .nan}\n", "nan", ""),
    "infinity": ("title: T\nparameters: {learning.catch_up: .inf}\n", "inf", ""),
    "a huge number": ("title: T\nparameters: {learning.catch_up: 1" + "0" * 400 + "}\n", "1000", ""),
    "an absurdly long number": ("title: T\nparameters: {learning.catch_up: 1" + "0" * 9000 + "}\n", "", ""),
    "an unknown programme": (
        "title: T\nlevers: {programmes: [{programme: early_langage}]}\n", "early_langage", "early_language",
    ),
    "programmes that are no list": ("title: T\nlevers: {programmes: early_language}\n", "early_language", ""),
    "a programme that is no mapping": ("title: T\nlevers: {programmes: [language]}\n", "language", ""),
    "an unknown key of a programme": (changed("reech: 1"), "reech", "reach"),
    "a reach above one": (changed("reach: 17"), "'17'", ""),
    "a year group that is none": (changed("year_groups: [12]"), "'12'", ""),
    "a year group twice": (changed("year_groups: [1, 1]"), "1, 1", ""),
    "an octal year group": (changed("year_groups: [010x]"), "010x", ""),
    "a start before year 0": (changed("start: 1999-09"), "1999-09", ""),
    "a target as an effect": (changed("effect: {literacy: mastery_trial}"), "role target", ""),
    "a package as an effect": (changed("effect: {literacy: peer_review_attain}"), "scope package", ""),
    "a bound as an effect": (changed("effect: {literacy: tuition_trial_primary_maths}"), "role bound", ""),
    "an unknown evidence row": (
        changed("effect: {literacy: neli_langage_scale}"), "neli_langage_scale", "neli_language_scale",
    ),
    "a cost as an effect": (changed("effect: {literacy: cost_band_low}"), "GBP", ""),
    "an effect as a cost": (changed("cost_per_pupil: neli_language_scale"), "SD", ""),
    "a start from nowhere": ("defaults: [basline]\ntitle: T\n", "basline", "baseline"),
    "interpolation": ("title: T\nparameters: {learning.catch_up: '${seed}'}\n", "${seed}", ""),
    "deep nesting": ("title: " + "[" * 60 + "]" * 60 + "\n", "levels", ""),
    "a key that is not text": ("title: T\nyes: 3\n", "on (yes, true)", ""),
    "a merge": ("title: T\n<<: {cost: equal}\n", "<<", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found", "nearest"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_scenario_file_that_cannot_be_used_names_file_and_fault(
    text: str, found: str, nearest: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as caught:
        library.load(written(tmp_path, text)).dated(2023)
    message = str(caught.value)
    assert "mine.yaml" in message
    assert found in message
    assert "allowed" in message
    assert "\n" not in message
    if nearest:
        assert nearest in caught.value.nearest


def test_files_that_are_not_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    for raw in (b"title: \xff\xfe", b"\x00\x01", b"title: T\n" + b"#" * strict_yaml.LONGEST):
        path.write_bytes(raw)
        with pytest.raises(BadInput, match=r"mine\.yaml"):
            library.load(str(path))
    with pytest.raises(BadInput, match="a folder"):
        library.load(f"{tmp_path}/")
    with pytest.raises(BadInput, match="no such file"):
        library.load(str(tmp_path / "missing.yaml"))


def test_a_byte_order_mark_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: T\n")
    assert library.load(str(path)).title == "T"


def test_a_scenario_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as caught:
        library.load("early_langage")
    assert caught.value.nearest[0] == "early_language"


def dated(name: str) -> Scenario:
    """Give a scenario of the library in a place whose year 0 is 2023."""
    return library.load(name).dated(2023)


def test_projections_are_long_enough_to_show_what_was_done() -> None:
    baseline = dated("baseline")
    assert projection_years({"b": baseline}, None) == 10
    assert projection_years({"b": baseline}, 3) == 3
    tuition = dated("small_group_tuition")
    assert (
        projection_years({"b": baseline, "t": tuition}, None) == 1 + 10 + 2
    )  # the first course is after May
    assert dated("one_year_of_tuition").years_needed == 4
    assert dated("early_language").years_needed >= 12
