"""Nothing that a scenario brings is felt before it is announced, also where nothing like it stood before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model.alone import run_alone
from model.levers import Levers
from model.randomness import Chance
from model.terms import WEEKS_A_TERM
from tests.model.compiled import parameters_of
from tests.model.running import two_las
from tests.scenarios.own_scenarios import compiled, own

PLACE = two_las()
NOBODY = "arrangement: {partnership: none, posts: none, offers: none, collaboration: none}\n"
FOUNDED = """start: 2025-04
announced: start - 1 term
partnership:
  {model: 2, legal_form: company limited by guarantee, members: 0.9, reserves_months: 3, risk_appetite: 0.3,
   overhead: 0.15, supporting_schools_per_10_000_pupils: 1.5, supporting_school_gbp: 5000}
posts:
  speech and language therapist: {per_10_000_pupils: 2, salary_gbp: 60000}
  tutor: {per_10_000_pupils: 2, salary_gbp: 31000}
offers: [slt_cluster, tutoring_pool]
"""
FEW = "arrangement: {offers: [attendance_liaison, leadership_induction]}\n"
MORE = """start: 2025-04
announced: start - 1 term
offers: [attendance_liaison, leadership_induction, maths_coaching, tutoring_pool]
"""
SHORT = """arrangement:
  offers: [reading_fluency]
  awards:
    grant for school improvement:
      {gbp_per_pupil: 60, renewal: never, decided: 1 term before, if_not_renewed: schools}
"""
LONGER = """start: 2026-04
announced: start - 1 term
offers: [reading_fluency, tutoring_pool]
"""


def payments(levers: Levers, announced: int) -> tuple[dict[tuple[object, ...], int], int]:
    """Payments until the announcement, and all that there are."""
    ledger = run_alone(PLACE, levers, parameters_of(), years=4, chance=Chance(1, 0, 0)).record().ledger
    names = np.array(ledger.accounts, dtype=object)
    found: dict[tuple[object, ...], int] = {}
    for row in np.flatnonzero(ledger.week < WEEKS_A_TERM * announced).tolist():
        key = (int(ledger.week[row]), names[ledger.payer[row]], names[ledger.payee[row]])
        found[key] = found.get(key, 0) + int(ledger.pence[row])
    return found, int(ledger.pence.sum())


@pytest.mark.parametrize(
    ("world", "lever", "announced"),
    [(NOBODY, FOUNDED, 4), (FEW, MORE, 4), (SHORT, LONGER, 7)],
    ids=["a partnership", "more programmes", "a longer course"],
)
def test_money_is_spent_as_without_it_until_it_is_announced(
    world: str, lever: str, announced: int, tmp_path: Path
) -> None:
    until, whole = payments(compiled(own(tmp_path, lever, world)), announced)
    as_before, as_whole = payments(compiled(own(tmp_path, "", world)), announced)
    assert until == as_before
    assert whole != as_whole
