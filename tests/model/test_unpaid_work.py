"""Work with schools that a partnership cannot pay for, or has no one to pay for, is not done and not owed."""

from __future__ import annotations

from dataclasses import replace

from model.alone import run_alone
from model.institutions import Institutions
from model.ledger import Purpose
from model.randomness import Chance
from tests.model.compiled import funded, parameters_of
from tests.model.funded import GRANT, Town, arrangement
from tests.model.running import tiny_place


def _led_for(gbp: float) -> Institutions:
    """A place whose clusters are led for so much."""
    levers = funded(tiny_place())
    stands = levers.in_force
    assert stands is not None and stands.collaboration is not None
    together = replace(stands.collaboration, cluster_lead_gbp=gbp)
    dear = replace(levers, in_force=replace(stands, collaboration=together))
    return run_alone(tiny_place(), dear, parameters_of(), years=2, chance=Chance(1, 1, 0))


def test_leaders_of_clusters_who_cannot_be_paid_do_not_lead_and_are_owed_nothing():
    whole = _led_for(10_000_000.0)
    (money,) = whole.funding._money
    assert money.agent is not None
    assert not any(pence > 50_000_000 for pence, _, _ in money.owed)
    assert whole.local is not None and not whole.local.ties.coherence.paid.any()
    assert whole.ledger.total() == 0


def test_leaders_of_clusters_who_can_be_paid_lead():
    whole = _led_for(300.0)
    assert whole.local is not None and whole.local.ties.coherence.paid.any()


def test_what_is_not_owed_is_not_paid_when_money_comes():
    town = Town(arrangement(replace(GRANT, length_terms=0), posts=()), first=0).run(1)
    assert not town.funding.charge(0, 10**9, Purpose.SUPPORTING_SCHOOL, owed=False)
    assert town.funding.charge(0, 100, Purpose.SUPPORTING_SCHOOL, owed=False)
    assert not town.funding._money[0].owed
    town.run(60)
    assert town.ledger.balance(town.ledger.account("supporting schools, LA 0")) == 100
