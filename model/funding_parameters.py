"""Parameters of money: renewal, cuts, bids, pay and what an employer owes.

None of them is a link to schools: money acts only through the posts and support it pays for, whose effect
ranges include nothing and harm.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import Declared, parameter


@dataclass(frozen=True, kw_only=True)
class FundingParameters(Declared):
    """How awards are renewed, cut and paid, and what posts cost."""

    non_renewal: float = parameter(
        0.36,
        unit="chance a decision",
        bounds=(0.0, 1.0),
        source="grant_nonrenewal_1y",
        description="chance that an award renewed by chance is not continued",
    )
    long_award_ratio: float = parameter(
        1.0,
        unit="ratio",
        bounds=(0.0, 3.0),
        source="long_award_nonrenewal_ratio",
        description="that chance for an award of more than a year, against one of a year",
    )
    won_again: float = parameter(
        0.33,
        unit="chance a bid",
        bounds=(0.0, 1.0),
        source="grant_competitive",
        description="chance that a bid for money once lost is won",
    )
    bid_cost: float = parameter(
        0.08,
        unit="share of a year's award",
        bounds=(0.0, 1.0),
        source="bid_cost_share",
        description="what a bid or a renewal by competition costs in work",
    )
    bid_time_share: float = parameter(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        source="bid_time_share",
        description="share of the work on a bid that brokers do in their own time; the rest is paid for",
    )
    cut_chance: float = parameter(
        0.1,
        unit="chance a year",
        bounds=(0.0, 1.0),
        source="midcontract_cut",
        description="chance of a cut before the end of an award of more than a year",
    )
    cut_size: float = parameter(
        0.33,
        unit="share",
        bounds=(0.0, 1.0),
        source="midcontract_cut_size",
        description="share of the award taken away by such a cut",
    )
    forum_refusal: float = parameter(
        0.1,
        unit="chance a year",
        bounds=(0.0, 1.0),
        source="forum_dedelegation_refusal",
        description="chance that the maintained schools of one phase vote de-delegation down",
    )
    quality_tilt: float = parameter(
        1.0,
        unit="log odds per unit of provider quality",
        bounds=(0.0, 3.0),
        source="funder_quality_tilt",
        description="how far what a funder has seen of a provider moves the chance of renewal",
    )
    replace_below: float = parameter(
        0.5,
        unit="provider quality (1 is usual)",
        bounds=(-2.0, 1.0),
        source="provider_replaced_below",
        description="believed quality below which a provider is replaced at a review or renewal",
    )
    review_cases: float = parameter(
        3.0,
        unit="cases",
        bounds=(1.0, 50.0),
        source="provider_review_cases",
        description="cases that a funder must have seen to judge a provider",
    )
    lead_time: float = parameter(
        2.0,
        unit="terms",
        bounds=(0.0, 9.0),
        source="funding_lead_terms",
        description="terms before money that has lapsed is spent on something else",
    )
    outcome_target: float = parameter(
        8.0,
        unit="completed cases a year per 10,000 pupils",
        bounds=(0.5, 100.0),
        source="outcome_cases_target",
        description="cases at which money that depends on results is paid in full",
    )
    carry_limit: float = parameter(
        0.25,
        unit="share of a year's award",
        bounds=(0.0, 1.0),
        source="carry_forward_limit",
        description="unspent money that may be carried into the next financial year beyond reserves",
    )
    non_pay_limit: float = parameter(
        0.3,
        unit="share of income",
        bounds=(0.0, 0.9),
        source="non_pay_share_limit",
        description="largest part of unrestricted income planned for programmes and supporting schools",
    )
    teachers_pension: float = parameter(
        0.2868,
        unit="share of salary",
        bounds=(0.0, 0.5),
        source="tps_employer_rate",
        description="employer contribution to the Teachers' Pension Scheme",
    )
    other_pension: float = parameter(
        0.21,
        unit="share of salary",
        bounds=(0.0, 0.5),
        source="lgps_employer_rate",
        description="employer contribution for other staff (Local Government Pension Scheme)",
    )
    ni_rate: float = parameter(
        0.15,
        unit="share of pay above the threshold",
        bounds=(0.0, 0.3),
        source="employer_ni_rate",
        description="employer National Insurance rate",
    )
    ni_threshold: float = parameter(
        5000.0,
        unit="GBP a year",
        bounds=(0.0, 20000.0),
        source="employer_ni_threshold",
        description="pay above which employer National Insurance is due",
    )
    pay_award: float = parameter(
        0.03,
        unit="per year",
        bounds=(-0.02, 0.15),
        source="pay_award_yearly",
        description="yearly rise of pay, and of awards that are indexed to it",
    )
    vat_rate: float = parameter(
        0.2,
        unit="share of price",
        bounds=(0.0, 0.3),
        source="vat_standard_rate",
        description="standard rate of VAT; what cannot be recovered depends on legal form (ask finance)",
    )
    overhead_vatable: float = parameter(
        0.5,
        unit="share",
        bounds=(0.0, 1.0),
        source="overhead_vatable_share",
        description="share of overhead bought at the standard rate of VAT (ask finance)",
    )
    week_cap: float = parameter(
        719.0,
        unit="GBP a week",
        bounds=(300.0, 2000.0),
        source="redundancy_week_cap",
        description="largest week's pay counted in statutory redundancy",
    )
    redundancy_years: float = parameter(
        2.0,
        unit="years",
        bounds=(0.0, 10.0),
        source="redundancy_service_years",
        description="service after which statutory redundancy is due",
    )
    redundancy_most_years: float = parameter(
        20.0,
        unit="years",
        bounds=(1.0, 50.0),
        source="redundancy_most_years",
        description="most years of service counted in statutory redundancy",
    )
    redundancy_weeks: float = parameter(
        1.25,
        unit="weeks' pay per year of service",
        bounds=(0.5, 1.5),
        source="redundancy_weeks_a_year",
        description="weeks' pay for each year of service in statutory redundancy",
    )
    pension_strain: float = parameter(
        0.1,
        unit="share of a year's salary",
        bounds=(0.0, 1.0),
        source="redundancy_pension_strain",
        description="mean cost to the employer of pensions paid early on redundancy",
    )
