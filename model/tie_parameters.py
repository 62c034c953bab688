"""Parameters of how ties between schools grow and fade, and what mutual trust does.

None of them links an institution to practice or pupils: ties act through what passes along them.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class TieParameters(Declared):
    """How ties between schools grow and fade, and what mutual trust does."""

    decay: float = parameter(
        0.3,
        unit="share a year",
        bounds=(0.0, 0.99),
        source="tie_decay",
        description="loss of tie strength without joint work",
    )
    growth: float = parameter(
        0.15,
        unit="share of the way to a full tie a day",
        bounds=(0.0, 2.0),
        source="tie_growth",
        description="how fast a tie grows with each day that two schools work together",
    )
    dilution: float = parameter(
        0.5,
        unit="power",
        bounds=(0.0, 1.0),
        source="tie_dilution",
        description="how a day in a larger group counts less for each pair: 0 fully for all, 1 shared out",
    )
    triad_days: float = parameter(
        6.0,
        unit="days a year",
        bounds=(0.0, 30.0),
        source="tie_triad_days",
        description="days of leadership time that a school gives to its triad",
    )
    trust_days: float = parameter(
        9.0,
        unit="days a year",
        bounds=(0.0, 60.0),
        source="tie_trust_days",
        description="days a year that heads of one trust spend together",
    )
    courtesy_days: float = parameter(
        1.0,
        unit="days a year",
        bounds=(0.0, 10.0),
        source="tie_courtesy_days",
        description="days a year that near schools and feeders, fully open, deal with each other anyway",
    )
    from_work: float = parameter(
        0.5,
        unit="0 to 1 per unit of strength",
        bounds=(0.0, 1.5),
        source="tie_trust_from_work",
        description="how much higher mutual trust is along a full tie than along none",
    )
    strength_usual: float = parameter(
        0.3,
        unit="0 to 1",
        bounds=(0.0, 1.0),
        source="tie_strength_usual",
        description="strength of tie along which trust is as the two schools are disposed",
    )
    held_down: float = parameter(
        0.6,
        unit="0 to 1",
        bounds=(0.0, 1.5),
        source="tie_trust_held_down",
        description="mutual trust lost between full competitors with everything at stake",
    )
    pressure_usual: float = parameter(
        0.07,
        unit="0 to 1",
        bounds=(0.0, 1.0),
        source="tie_pressure_usual",
        description="competition with the schools it works with, times what is at stake, of a usual school",
    )
    trust_speed: float = parameter(
        0.4,
        unit="share a year",
        bounds=(0.01, 0.99),
        source="tie_trust_speed",
        description="how fast mutual trust comes to where joint work and competition lead it",
    )
    full_competition: float = parameter(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        source="tie_full_competition",
        description="competition between full neighbours, of that between neighbours with many spare places",
    )
    spare_share: float = parameter(
        0.15,
        unit="share of places",
        bounds=(0.01, 1.0),
        source="tie_spare_share",
        description="share of places unfilled at which competition for pupils is at its height",
    )
    reach_primary_km: float = parameter(
        1.5,
        unit="km",
        bounds=(0.1, 20.0),
        source="tie_reach_primary",
        description="distance over which competition between primary schools fades to about a third",
    )
    reach_secondary_km: float = parameter(
        4.0,
        unit="km",
        bounds=(0.2, 40.0),
        source="tie_reach_secondary",
        description="distance over which competition between secondary schools fades to about a third",
    )
    new_head_loss: float = parameter(
        0.2,
        unit="share",
        bounds=(0.0, 1.0),
        source="tie_new_head_loss",
        description="part of a tie and of its trust lost when one of the heads leaves",
    )
    orphan_loss: float = parameter(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        source="tie_orphan_loss",
        description="part of ties and their trust lost when a school becomes an orphan",
    )
    isolated_below: float = parameter(
        0.25,
        unit="0 to 1",
        bounds=(0.0, 1.0),
        source="tie_isolated_below",
        description="a school outside the partnership with no tie of this strength counts as isolated",
    )
    coherence_speed: float = parameter(
        0.5,
        unit="share a year",
        bounds=(0.01, 0.99),
        source="tie_coherence_speed",
        description="how fast a cluster comes together when co-ordinated and apart when not",
    )
    coherence_alone: float = parameter(
        0.5,
        unit="0 to 1",
        bounds=(0.0, 1.0),
        source="tie_coherence_alone",
        description="how far a cluster in full mutual trust holds together without paid co-ordination",
    )
    upkeep_gbp: float = parameter(
        600.0,
        unit="GBP a year a school",
        bounds=(10.0, 10000.0),
        source="tie_upkeep_gbp",
        description="co-ordination that a cluster needs to hold together in full, prices of year 0",
    )
