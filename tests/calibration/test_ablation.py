"""A mechanism's worth is what a difference between scenarios loses when it is off."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.ablation import ALL_ON, ITSELF, MEASURES, contrasts, worlds
from model.mechanisms import NAMES

SCENARIOS = ("baseline", "do_minimum", "five_year_funding")
WORTH = {"baseline": 2.0, "do_minimum": 0.0, "five_year_funding": 3.0}


def runs() -> pd.DataFrame:
    """Two replicates of two worlds: with brokerage off, a scenario brings half of what it brings."""
    columns = pd.MultiIndex.from_tuples(
        [(*of, name) for of in MEASURES for name in SCENARIOS], names=["measure", "group", "scenario"]
    )
    index = pd.MultiIndex.from_product(
        [[ALL_ON, "brokerage"], [0], [1, 2]], names=["world", "draw", "replicate"]
    )
    chance = np.array([10.0, 20.0, 10.0, 20.0])
    share = np.array([1.0, 1.0, 0.5, 0.5])
    values = [chance + share * WORTH[name] for _ in MEASURES for name in SCENARIOS]
    return pd.DataFrame(np.array(values).T, index=index, columns=columns)


def test_each_mechanism_is_off_alone_once():
    every = worlds()
    assert every.pop(ALL_ON).off == ()
    assert {name: world.off for name, world in every.items()} == {name: (name,) for name in NAMES}


def test_scenarios_are_paired_within_a_world():
    found = contrasts(runs()).set_index(["contrast", "off"])["ks2_rwm_expected gap"]
    assert found["five_year_funding less do_minimum"].to_dict() == {ALL_ON: 3.0, "brokerage": 1.5}
    assert found["baseline less do_minimum"].to_dict() == {ALL_ON: 2.0, "brokerage": 1.0}


def test_what_is_common_to_a_pair_is_no_error():
    found = contrasts(runs())
    assert (found[[f"+- {measure}" for measure, _ in MEASURES]] == 0.0).all().all()


def test_the_baseline_is_held_against_itself_with_all_on():
    found = contrasts(runs()).set_index(["contrast", "off"])["spend all"]
    assert found[ITSELF].to_dict() == {"brokerage": -1.0}
