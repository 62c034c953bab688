"""Parameters of trusts: central teams, top-slice, growth, acceptance of schools, orphans, federations.

What a central team brings is scale gained less co-ordination; figures are centred on assumption so that
joining a trust comes out as evaluations of trusts found it (rows mat_*): about nothing overall.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import EFFECT, Declared, parameter


@dataclass(frozen=True, kw_only=True)
class TrustParameters(Declared):
    """Trusts: central teams, top-slice, growth, acceptance of schools, orphans, federations."""

    top_slice: float = parameter(
        0.05,
        unit="share of school budget",
        bounds=(0.0, 0.2),
        source="mat_top_slice",
        description="trust central charge",
    )
    central_effect: float = parameter(
        0.06,
        unit="between-school SD per 1 per cent of budget",
        bounds=(0.0, 1.5),
        source="trust_central_effect",
        description="practice that 1 per cent of budget brings in the long run, spent by the school",
        tags=(EFFECT,),
    )
    budget_gbp: float = parameter(
        5500.0,
        unit="GBP per pupil a year",
        bounds=(4500.0, 7000.0),
        source="trust_budget_gbp",
        description="budget of a school from which the top-slice is taken, prices of year 0",
    )
    central_salary_gbp: float = parameter(
        62000.0,
        unit="GBP a year",
        bounds=(30000.0, 110000.0),
        source="trust_central_salary_gbp",
        description="usual salary of those in a central team, before on-costs, prices of year 0",
    )
    fixed_gbp: float = parameter(
        60000.0,
        unit="GBP a year",
        bounds=(20000.0, 150000.0),
        source="trust_fixed_gbp",
        description="cost of being a trust at all: executive, audit, board, prices of year 0",
    )
    scale_gain: float = parameter(
        0.7,
        unit="share",
        bounds=(0.0, 1.2),
        source="trust_scale_gain",
        description="how much more a pound brings where many schools share it, before co-ordination",
    )
    span_primary: float = parameter(
        40.0,
        unit="schools",
        bounds=(20.0, 100.0),
        source="trust_span_primary",
        description="schools in a trust at which co-ordination halves its work for a primary school",
    )
    span_secondary: float = parameter(
        20.0,
        unit="schools",
        bounds=(10.0, 60.0),
        source="trust_span_secondary",
        description="schools in a trust at which co-ordination halves its work for a secondary school",
    )
    quality_sd: float = parameter(
        0.3,
        unit="share of effect",
        bounds=(0.0, 0.6),
        source="trust_quality_sd",
        description="SD between trusts of what their central teams bring",
    )
    targeting: float = parameter(
        0.0,
        unit="log share of time per between-school SD",
        bounds=(-1.0, 3.0),
        source="trust_targeting",
        description="how much more of a central team's time goes to schools of weaker practice",
    )
    cross_border: float = parameter(
        0.5,
        unit="probability",
        bounds=(0.3, 0.7),
        source="trust_cross_border",
        description="chance that a trust with schools here has schools elsewhere too",
    )
    elsewhere_logmean: float = parameter(
        2.2,
        unit="log schools",
        bounds=(1.8, 2.6),
        source="trust_elsewhere_logmean",
        description="mean of the log number of schools elsewhere, of a trust that has such",
    )
    elsewhere_logsd: float = parameter(
        0.8,
        unit="log schools",
        bounds=(0.5, 1.1),
        source="trust_elsewhere_logsd",
        description="SD of the log number of schools elsewhere",
    )
    stance_usual: float = parameter(
        0.6,
        unit="0 to 1",
        bounds=(0.3, 0.9),
        source="trust_stance_usual",
        description="stance of a usual trust to the local partnership",
    )
    stance_spread: float = parameter(
        1.0,
        unit="log odds",
        bounds=(0.0, 2.0),
        source="trust_stance_spread",
        description="SD between trusts of stance, appetite and risk aversion",
    )
    stance_inspected: float = parameter(
        0.3,
        unit="log odds",
        bounds=(-0.5, 1.2),
        source="trust_stance_inspected",
        description="how inspection of trusts moves their stance to partnerships",
    )
    stance_elsewhere: float = parameter(
        -0.5,
        unit="log odds",
        bounds=(-1.5, 0.5),
        source="trust_stance_elsewhere",
        description="how much less a trust that is mostly elsewhere joins in",
    )
    stance_rival: float = parameter(
        -0.3,
        unit="log odds",
        bounds=(-1.0, 0.3),
        source="trust_stance_rival",
        description="how much less other trusts join in where the partnership has a trust of its own",
    )
    accept_usual: float = parameter(
        0.3,
        unit="probability",
        bounds=(0.1, 0.6),
        source="trust_accept_usual",
        description="chance that a usual trust near by accepts a school of no particular risk when asked",
    )
    accept_distance: float = parameter(
        0.06,
        unit="log odds per km",
        bounds=(0.0, 0.2),
        source="trust_accept_distance",
        description="how acceptance falls with the distance to the trust's nearest school",
    )
    accept_risk: float = parameter(
        1.5,
        unit="log odds",
        bounds=(0.0, 4.0),
        source="trust_accept_risk",
        description="how a fully risk-averse trust shrinks from a school in a category of concern",
    )
    accept_empty: float = parameter(
        2.0,
        unit="log odds per share",
        bounds=(0.0, 6.0),
        source="trust_accept_empty",
        description="how empty places (share of capacity) deter a trust",
    )
    accept_other_faith: float = parameter(
        -2.5,
        unit="log odds",
        bounds=(-5.0, 0.0),
        source="trust_accept_other_faith",
        description="how a different religious character deters (the diocese has a say)",
    )
    accept_local: float = parameter(
        0.5,
        unit="log odds",
        bounds=(-0.5, 1.5),
        source="trust_accept_local",
        description="how much more readily a trust with schools in the LA takes one brokered by the LA",
    )
    growth_share: float = parameter(
        0.25,
        unit="share of schools a year",
        bounds=(0.05, 0.6),
        source="trust_growth_share",
        description="schools a trust can take in a year, as a share of those it has here; one at least",
    )
    elsewhere_km: float = parameter(
        25.0,
        unit="km",
        bounds=(10.0, 60.0),
        source="trust_elsewhere_km",
        description="distance from an LA's schools to trusts that have none there yet",
    )
    power_used: float = parameter(
        0.5,
        unit="per year",
        bounds=(0.2, 0.9),
        source="trust_power_used",
        description="chance a year that an order is made where it may be but need not",
    )
    termination: float = parameter(
        0.25,
        unit="per year",
        bounds=(0.05, 0.5),
        source="trust_termination",
        description="chance a year that an academy in a category of concern is to move to another trust",
    )
    grace_years: float = parameter(
        3.0,
        unit="years",
        bounds=(1.0, 5.0),
        source="trust_grace_years",
        description="years that a school which moved is left where it is",
    )
    single_joins: float = parameter(
        0.05,
        unit="per year",
        bounds=(0.0, 0.15),
        source="trust_single_joins",
        description="chance a year that an academy alone in its trust asks to join one of several",
    )
    merger: float = parameter(
        0.02,
        unit="per year",
        bounds=(0.0, 0.06),
        source="trust_merger",
        description="chance a year that a trust with schools here asks to merge into a larger one",
    )
    own_schools: float = parameter(
        5.0,
        unit="schools",
        bounds=(3.0, 10.0),
        source="trust_own_schools",
        description="schools that found a trust of their own where all must be in one and none took them",
    )
    moved_head_leaves: float = parameter(
        0.7,
        unit="log odds",
        bounds=(-3.0, 20.0),
        source="trust_moved_head_leaves",
        description="how much likelier the head leaves in the year after a move under order",
        tags=(EFFECT,),
    )
    orphan_wait_terms: float = parameter(
        2.0,
        unit="terms",
        bounds=(0.0, 6.0),
        source="trust_orphan_wait_terms",
        description="terms before it tells on a school that no one takes it",
    )
    orphan_pull: float = parameter(
        -0.3,
        unit="log odds",
        bounds=(-10.0, 2.0),
        source="trust_orphan_pull",
        description="how much less families choose a school that no one takes",
        tags=(EFFECT,),
    )
    orphan_leave: float = parameter(
        0.3,
        unit="log odds",
        bounds=(-1.0, 8.0),
        source="trust_orphan_leave",
        description="how much likelier staff and head leave a school that no one takes",
        tags=(EFFECT,),
    )
    orphan_loss: float = parameter(
        0.1,
        unit="between-school SD a year",
        bounds=(-0.5, 3.0),
        source="trust_orphan_loss",
        description="practice lost a year at a school that no one takes",
        tags=(EFFECT,),
    )
    federated_share: float = parameter(
        0.06,
        unit="share",
        bounds=(0.02, 0.12),
        source="trust_federated_share",
        description="share of maintained primary schools in hard federations at first",
    )
    federating: float = parameter(
        0.04,
        unit="per year",
        bounds=(0.0, 0.12),
        source="trust_federating",
        description="chance a year that a small maintained primary with a new head federates",
    )
    federation_pupils: float = parameter(
        250.0,
        unit="pupils",
        bounds=(120.0, 350.0),
        source="trust_federation_pupils",
        description="roll below which a school without a lasting head considers sharing one",
    )
    federation_km: float = parameter(
        3.0,
        unit="km",
        bounds=(1.0, 8.0),
        source="trust_federation_km",
        description="greatest distance between federated schools",
    )
    federation_effect: float = parameter(
        0.25,
        unit="share",
        bounds=(0.0, 5.0),
        source="trust_federation_effect",
        description="what federating brings, against the difference to the strongest that remains with it",
        tags=(EFFECT,),
    )
    federation_cost: float = parameter(
        0.03,
        unit="between-school SD",
        bounds=(0.0, 1.0),
        source="trust_federation_cost",
        description="practice that each school of a federation loses by having part of a head",
        tags=(EFFECT,),
    )
    closure_fill: float = parameter(
        0.55,
        unit="share of capacity",
        bounds=(0.3, 0.7),
        source="trust_closure_fill",
        description="roll, as a share of capacity, below which a school may be closed",
    )
    closure: float = parameter(
        0.1,
        unit="per year",
        bounds=(0.0, 0.3),
        source="trust_closure",
        description="chance a year that a school so empty is closed to new families",
    )
    closing_pull: float = parameter(
        -4.0,
        unit="log odds",
        bounds=(-80.0, 0.0),
        source="trust_closing_pull",
        description="how families see a school that is to close",
        tags=(EFFECT,),
    )
