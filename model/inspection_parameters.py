"""Parameters of inspection and what is at stake for schools."""

from __future__ import annotations

from dataclasses import dataclass

from model.declaration import CALIBRATED, EFFECT, Declared, parameter

_2013 = ("calc_inspect_ri_to_good_plus", "calc_inspect_good_to_below_good")


@dataclass(frozen=True, kw_only=True)
class InspectionParameters(Declared):
    """Inspection and what is at stake for schools."""

    error_sd: float = parameter(
        1.5,
        unit="SD between schools of what is judged",
        bounds=(0.0, 4.0),
        source="inspection_error_sd",
        description="error of one judgement of a school",
    )
    halo: float = parameter(
        0.6,
        unit="share of variance",
        bounds=(0.0, 1.0),
        source="inspection_halo",
        description="part of the error that is common to all areas of one inspection",
    )
    intake_bias: float = parameter(
        0.8,
        unit="SD between schools of what is judged, per unit share of pupils",
        bounds=(-2.0, 5.0),
        source="inspection_intake_bias",
        description="how much harsher a like school is judged as more of its pupils are disadvantaged",
    )
    standard_2013: float = parameter(
        -0.7,
        unit="SD of a judgement",
        bounds=(-3.0, 1.0),
        source=CALIBRATED,
        targets=_2013,
        description="score above which a primary school was judged good in 2012/13 and before",
    )
    standard_2016: float = parameter(
        -0.85,
        unit="SD of a judgement",
        bounds=(-3.0, 1.0),
        source=CALIBRATED,
        targets=("ofsted_good_plus_primary_2018", "ofsted_ri_improved_2016"),
        description="score above which a primary school was judged good in 2015/16",
    )
    standard_2023: float = parameter(
        -1.15,
        unit="SD of a judgement",
        bounds=(-3.0, 1.0),
        source=CALIBRATED,
        targets=("ofsted_good_plus_2023", "ofsted_good_held_2023", "ofsted_ri_to_good_2023"),
        description="score above which a primary school is judged good from 2022/23",
    )
    secondary_extra: float = parameter(
        0.48,
        unit="SD of a judgement",
        bounds=(-1.0, 2.0),
        source=CALIBRATED,
        targets=("ofsted_good_plus_primary_2018", "ofsted_good_plus_secondary_2018"),
        description="how much higher the score must be in a secondary school",
    )
    outstanding_above: float = parameter(
        1.58,
        unit="SD of a judgement",
        bounds=(0.2, 4.0),
        source=CALIBRATED,
        targets=("ofsted_outstanding_2018", "calc_ofsted_1315_good_to_outstanding"),
        description="how far above good a school is judged outstanding",
    )
    inadequate_below: float = parameter(
        1.45,
        unit="SD of a judgement",
        bounds=(0.2, 4.0),
        source=CALIBRATED,
        targets=("ofsted_inadequate_2018", "calc_ofsted_1315_good_to_inadequate"),
        description="how far below good a school is judged inadequate",
    )
    response: float = parameter(
        0.16,
        unit="SD of a judgement",
        bounds=(-1.0, 2.0),
        source=CALIBRATED,
        targets=("ri_improve_base", "ri_improve_base_2023", "calc_inspect_inadequate_to_good_plus"),
        description="how much better a like school does at the inspection after one below good",
    )
    sub_judgement_ease: float = parameter(
        0.5,
        unit="SD of a judgement",
        bounds=(-1.0, 2.0),
        source="inspection_sub_judgement_ease",
        description="how much lower the score may be in each of four sub-judgements than overall",
    )
    at_risk_margin: float = parameter(
        0.25,
        unit="SD of a judgement",
        bounds=(0.0, 1.0),
        source="inspection_at_risk_margin",
        description="how little above the cut a short visit finds that a school might not hold its grade",
    )
    card_exceptional: float = parameter(
        1.72,
        unit="SD of a judgement",
        bounds=(0.0, 4.0),
        source=CALIBRATED,
        targets=("reportcard_exceptional_2026",),
        description="score above which an area of a report card is exceptional",
    )
    card_strong: float = parameter(
        0.18,
        unit="SD of a judgement",
        bounds=(-2.0, 3.0),
        source=CALIBRATED,
        targets=("reportcard_strong_2026",),
        description="score above which an area of a report card is of strong standard",
    )
    card_expected: float = parameter(
        -1.5,
        unit="SD of a judgement",
        bounds=(-4.0, 1.0),
        source="inspection_card_expected",
        description="score above which an area of a report card is of expected standard",
    )
    card_urgent: float = parameter(
        -2.5,
        unit="SD of a judgement",
        bounds=(-5.0, 0.0),
        source="inspection_card_urgent",
        description="score below which an area of a report card needs urgent improvement",
    )
    years_good: float = parameter(
        4.3,
        unit="years",
        bounds=(1.0, 10.0),
        source="inspection_years_good",
        description="from a good judgement to the next inspection",
    )
    years_below_good: float = parameter(
        2.2,
        unit="years",
        bounds=(0.5, 6.0),
        source="inspection_years_below_good",
        description="from a judgement below good to the next inspection",
    )
    years_concern: float = parameter(
        1.8,
        unit="years",
        bounds=(0.5, 5.0),
        source="inspection_years_concern",
        description="from a judgement of concern to the next inspection",
    )
    years_at_risk: float = parameter(
        1.5,
        unit="years",
        bounds=(0.5, 4.0),
        source="inspection_years_at_risk",
        description="from a short visit that found a school at risk to its full inspection",
    )
    years_new_school: float = parameter(
        2.7,
        unit="years",
        bounds=(0.5, 5.0),
        source="inspection_years_new_school",
        description="from opening under another trust to the next inspection",
    )
    years_spread: float = parameter(
        0.25,
        unit="share of the time",
        bounds=(0.0, 0.6),
        source="inspection_years_spread",
        description="SD of the time to the next inspection",
    )
    stakes_below_good: float = parameter(
        0.6,
        unit="log odds",
        bounds=(-1.0, 3.0),
        source="stakes_below_good",
        description="how much higher stakes are after a judgement below good",
    )
    stakes_concern: float = parameter(
        0.6,
        unit="log odds",
        bounds=(-1.0, 3.0),
        source="stakes_concern",
        description="how much higher again after a judgement of concern",
    )
    stakes_due: float = parameter(
        0.3,
        unit="log odds",
        bounds=(-1.0, 2.0),
        source="stakes_due",
        description="how much higher stakes are in the year before an inspection is due",
    )
    stakes_results: float = parameter(
        0.4,
        unit="log odds per SD",
        bounds=(-1.0, 2.0),
        source="stakes_results",
        description="how much higher stakes are as results fall below those of year 0",
    )
    stakes_sub_judgements: float = parameter(
        -0.1,
        unit="log odds",
        bounds=(-2.0, 1.0),
        source="stakes_sub_judgements",
        description="stakes without an overall grade, against four grades",
    )
    stakes_report_cards: float = parameter(
        -0.1,
        unit="log odds",
        bounds=(-2.0, 1.0),
        source="stakes_report_cards",
        description="stakes under report cards, against four grades",
    )
    stakes_dialogic: float = parameter(
        -1.0,
        unit="log odds",
        bounds=(-3.0, 1.0),
        source="stakes_dialogic",
        description="stakes where no grade is published and the place answers together, against four grades",
    )
    stakes_outcome_pay: float = parameter(
        0.8,
        unit="log odds per unit share",
        bounds=(-1.0, 3.0),
        source="stakes_outcome_pay",
        description="how much higher stakes are where pay hangs on outcomes",
    )
    stakes_on_trusts: float = parameter(
        0.4,
        unit="share",
        bounds=(0.0, 1.0),
        source="stakes_on_trusts",
        description="part of a school's stakes that its trust shares out once trusts are inspected",
    )
    openness_stakes: float = parameter(
        -1.0,
        unit="log odds per unit",
        bounds=(-4.0, 2.0),
        source="openness_stakes",
        description="how openness to others changes with stakes above the usual",
    )
    narrowing: float = parameter(
        0.04,
        unit="between-school SD a year per unit of stakes",
        bounds=(-1.0, 1.2),
        source="narrowing_rate",
        tags=(EFFECT,),
        description="practice that moves from what is not tested to what is, with stakes above the usual",
    )
