"""Members save by buying together, the more the more they are, and answer together for pupils on roll."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.collaborating import Collaboration
from model.procurement import answered_together, saving_a_pupil
from model.sharing_parameters import SharingParameters
from tests.model.sharing_place import TOGETHER, place

P = SharingParameters()


def test_members_alone_save_a_few_pounds_a_pupil():
    facts = place(80)
    facts.member = np.arange(80) % 2 == 0
    saving = saving_a_pupil(facts, TOGETHER, P)
    assert (saving[1::2] == 0.0).all()
    assert (saving[::2] > 1.0).all()
    assert (saving <= P.procurement_saving * P.supply_gbp).all()


def test_larger_contracts_save_more():
    assert saving_a_pupil(place(10), TOGETHER, P)[0] < saving_a_pupil(place(100), TOGETHER, P)[0]
    split = saving_a_pupil(place(100, n_la=4), TOGETHER, P)[0]
    assert split < saving_a_pupil(place(100), TOGETHER, P)[0]


def test_without_a_contract_no_one_saves():
    for stands in (None, Collaboration(), replace(TOGETHER, joint_procurement=False)):
        assert not saving_a_pupil(place(10), stands, P).any()
    assert not saving_a_pupil(place(10), TOGETHER, SharingParameters(procurement_saving=0.0)).any()


def test_members_answer_together_as_far_as_they_trust_each_other():
    facts, trust = place(10), np.linspace(0.0, 1.0, 10)
    facts.member = np.arange(10) != 9
    shared = answered_together(facts, TOGETHER, trust)
    assert shared[0] == shared[9] == 0.0
    assert (np.diff(shared[:9]) > 0.0).all()
    assert not answered_together(facts, Collaboration(), trust).any()
    assert not answered_together(facts, None, trust).any()
