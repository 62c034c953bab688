"""Near peers who work together develop practice; strangers, and those who do not meet, do not."""

from __future__ import annotations

import numpy as np

from model.joint_development import joint_days, joint_gain
from model.sharing_parameters import SharingParameters
from tests.model.sharing_place import ties

P = SharingParameters(joint_gain=0.02)  # of use, for once: the evidence's centre is nothing


def _gain(ahead=0.0, p=P, **values):
    return joint_gain(np.array([[0.0], [ahead]]) * np.ones(9), ties([(0, 1)], 2, **values), p)


def test_both_gain_alike():
    gain = _gain(days=2.0)
    assert gain[0] == gain[1] > 0.0


def test_more_days_bring_more_and_each_day_less():
    gains = [_gain(days=days)[0] for days in (0.0, 1.0, 2.0, 20.0, 200.0)]
    assert gains[0] == 0.0
    assert np.all(np.diff(gains) > 0.0)
    assert gains[2] - gains[1] < gains[1] - gains[0]
    assert gains[-1] < P.joint_gain / 3.0


def test_peers_far_apart_develop_less_together_and_so_do_those_who_mistrust_each_other():
    assert _gain(ahead=2.0)[0] < 0.4 * _gain()[0]
    assert _gain(trust=0.2)[0] < 0.4 * _gain()[0]


def test_it_may_harm_or_do_nothing():
    assert (_gain(p=SharingParameters(joint_gain=-0.02)) < 0.0).all()
    assert _gain(p=SharingParameters(joint_gain=0.0)) is None
    assert joint_gain(np.zeros((3, 9)), ties([], 3), P) is None


def test_days_are_counted_on_both_sides():
    np.testing.assert_allclose(joint_days(ties([(0, 1), (1, 2)], 4, days=2.0), 4), [6.0, 12.0, 6.0, 0.0])
