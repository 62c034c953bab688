"""The manifest says all that is needed to do a run again."""

import hashlib

import pytest

from experiments.study import prepare
from scenarios import version
from scenarios.compose import CONF
from scenarios.settings import from_values

GIVEN = ("small_group_tuition", "baseline", "early_language")


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    generator = {"schools": 8, "pupils": 2500}
    out = str(tmp_path_factory.mktemp("manifest") / "out")
    given = {
        "place": "synthetic",
        "generator": generator,
        "years": 1,
        "draws": 0,
        "out": out,
        "scenarios": GIVEN,
    }
    study = prepare(from_values("compare", given))
    return study.bundle(study.execute(progress=False))["manifest"]


def test_scenarios_stand_in_the_order_given(manifest):
    assert tuple(item["name"] for item in manifest["scenarios"]) == GIVEN


def test_scenarios_are_written_out_in_full(manifest):
    programme = manifest["scenarios"][0]["levers"]["programmes"][0]
    assert programme["start"] == "2024-04"
    assert programme["years"] == 10
    assert programme["effect"] == {"literacy": "ntp_school_led_english", "maths": "ntp_school_led_maths"}
    assert manifest["scenarios"][1]["levers"] == {"programmes": []}
    assert manifest["scenarios"][1]["parameters"] == {}


def test_the_files_of_conf_that_were_used_can_be_told_from_later_ones(manifest):
    used = manifest["conf_checksums"]
    file = "programmes/small_group_tuition.yaml"
    assert used[file] == hashlib.sha256((CONF / file).read_bytes()).hexdigest()
    assert {"config.yaml", "evidence/parameters.csv", "scenario/early_language.yaml"} < set(used)
    assert "scenario/slower_catch_up.yaml" not in used


def test_what_was_left_to_the_program_is_settled(manifest):
    assert manifest["versions"]["lepsim"] == version.VERSION
    assert manifest["settings"]["engine"] == "auto"
    assert manifest["engine"] == "serial"
    assert manifest["settings"]["start"] == "2024-04"
    assert manifest["seconds"]["model_cpu_seconds"] > 0
