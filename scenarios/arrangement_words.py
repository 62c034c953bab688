"""A scenario in plain words: who pays what and on which terms, who is employed, and what is on offer."""

from __future__ import annotations

from model.area_plan import AreaPlan, Division
from model.arrangements import OPEN_ENDED, OnLapse, PaidFor, Renewal
from model.bodies import Body
from model.terms import TERMS_A_YEAR
from scenarios import evidence, terms_of
from scenarios.arrangements import ArrangementSpec
from scenarios.awards import AwardSpec
from scenarios.offers import OfferSpec
from scenarios.partnership import MODELS, PartnershipSpec, PostSpec
from scenarios.scenario import Scenario
from scenarios.terms_of import When

COUNTED = {
    PaidFor.ALL: "for every pupil",
    PaidFor.MEMBERS: "for pupils of member schools",
    PaidFor.MAINTAINED: "for pupils of maintained schools",
}
RENEWED = {
    Renewal.USUAL: "renewed as such awards usually are",
    Renewal.CERTAIN: "sure to be renewed",
    Renewal.NEVER: "not renewed",
}
LAPSED = {
    OnLapse.SCHOOLS: "goes to schools",
    OnLapse.PAYER: "stays with the payer for other things",
    OnLapse.GONE: "leaves the place",
}
COSTS = {
    "equal": "Compared at equal cost where equal_cost=true.",
    "as_offered": "Compared as offered: whatever it costs.",
}

Row = tuple[str, str, str]


def central(row: str) -> float:
    """Read the central value of an evidence row.

    Parameters
    ----------
    row : str
        Its id; what follows an ``@`` is passed over.

    Returns
    -------
    float
        In the row's unit.
    """
    return evidence.value(evidence.rows()[row.partition("@")[0]], None)


def when_lines(scenario: Scenario) -> list[str]:
    """Say how a scenario is compared and when it begins.

    Parameters
    ----------
    scenario : Scenario
        Dated or not.

    Returns
    -------
    list of str
        Sentences.
    """
    lines = [COSTS[scenario.cost]]
    change = scenario.change
    if change is None:
        return lines
    known = "known when it begins"
    if change.announced is not None:
        known = f"announced {_announced(change.announced)}"
    lines.append(f"Begins in the first April after year 0 unless start= says otherwise; {known}.")
    if change.scale != 1.0:
        lines.append(
            f"The amounts of {', '.join(sorted(change.scaled_awards))} are multiplied by {change.scale:g}."
        )
    return lines


def _announced(when: When) -> str:
    if when.from_start and when.terms <= 0:
        return f"{terms_of.in_words(-when.terms)} before" if when.terms else "when it begins"
    return when.written()


def body_words(found: PartnershipSpec | None) -> str:
    """Describe a partnership.

    Parameters
    ----------
    found : PartnershipSpec or None
        The partnership.

    Returns
    -------
    str
        One sentence.
    """
    if found is None:
        return "There is no partnership: money goes to the schools themselves."
    vat = "recovers all VAT"
    if found.form.vat_irrecoverable:
        asked = " (ask finance)" if found.form.ask_finance else ""
        vat = f"cannot recover {found.form.vat_irrecoverable:.0%} of the VAT on what it buys{asked}"
    return (
        f"A partnership of model {found.model} ({MODELS[found.model]}), {found.form.form}: "
        f"{found.member_share:.0%} of schools are members; it aims for reserves of "
        f"{found.reserves_months:g} months, spends {found.overhead_share:.0%} of pay on overheads and {vat}."
        f"{_area_words(found.areas, found.only_in)}{_body_words(found.body)}"
    )


def _area_words(plan: AreaPlan | None, only_in: tuple[str, ...]) -> str:
    where = f" There is one only in {', '.join(only_in)}." if only_in else ""
    if plan is None:
        return where
    return f"{_division_words(plan)}{where}"


def _division_words(plan: AreaPlan) -> str:
    if plan.division is Division.ONE:
        return " It is one partnership for all LAs of the place: one staff, one queue, one purse."
    if plan.division is Division.PHASE:
        return " In each LA there are two such partnerships: of primary schools, and of all others."
    if plan.division is Division.GEOGRAPHY:
        return f" In each LA there are {plan.groups} such partnerships, each of schools near each other."
    listed = "; ".join(f"{name} ({', '.join(map(str, parts))})" for name, parts in plan.listed)
    return f" There is one such partnership for each of: {listed}; other LAs have one each."


def _body_words(found: Body | None) -> str:
    if found is None:
        return ""
    board, trade = found.board, found.trade
    votes = f"{board.schools:.0%} schools, {board.la:.0%} LA, {board.independent:.0%} independent"
    said = [f"votes of its board: {votes}"]
    if trade is not None:
        said.append(
            f"it sells at {'' if trade.price == 1 else f'{trade.price:g} times '}the usual price, "
            f"with up to {trade.outside_time:.0%} of time outside the place"
        )
        if trade.business_gbp_per_pupil:
            said.append(f"business services turn over GBP {trade.business_gbp_per_pupil:g} a pupil")
    if found.associates:
        said.append(f"{found.associates:.0%} of other schools buy case by case")
    if found.one_for_all_las:
        said.append("it is one for all LAs of the place")
    after = (
        "others bear its debts" if found.after_insolvency is None else f"insolvent: {found.after_insolvency}"
    )
    text = "; ".join([*said, after])
    return f" {text[0].upper()}{text[1:]}."


def award_words(award: AwardSpec) -> str:
    """Describe the terms of an award.

    Parameters
    ----------
    award : AwardSpec
        The award.

    Returns
    -------
    str
        One sentence, without the amount.
    """
    parts = [str(award.stream)]
    if award.length_terms == OPEN_ENDED:
        parts.append("voted each year" if award.yearly_refusal else "goes on from year to year")
        parts += ["not renewed"] if award.renewal is Renewal.NEVER else []
    else:
        parts.append(f"{terms_of.in_words(award.length_terms)} at a time")
        parts.append(f"{RENEWED[award.renewal]}, decided {_decided(award)}")
    if award.late_terms:
        parts.append(f"the next decision {terms_of.in_words(award.late_terms)} later than that")
    if award.review_terms:
        parts.append(f"may be stopped {_reviews(award)}")
    if award.cut is not None:
        parts.append(f"cut by {award.cut.share.value(central):.0%} from {award.cut.begins.written()}")
    parts += [words for flag, words in _flags(award) if flag]
    return f"{'; '.join(parts)}; once not awarded, {LAPSED[award.on_lapse]}."


def _flags(award: AwardSpec) -> tuple[tuple[bool, str], ...]:
    return (
        (award.competitive, "won by bidding"),
        (not award.in_advance, "paid in arrears"),
        (award.match_share > 0, f"{award.match_share:.0%} to be matched"),
        (award.outcome_share > 0, f"{award.outcome_share:.0%} paid on completion"),
        (not award.carry_forward, "what is unspent goes back"),
        (bool(award.ring_fence), f"only for {', '.join(award.ring_fence)}"),
        (bool(award.only_in), f"only in {', '.join(award.only_in)}"),
        (not award.indexed, "does not rise with pay awards"),
    )


def _decided(award: AwardSpec) -> str:
    if award.decided_months_after is not None:
        months = award.decided_months_after.value(central)
        return terms_of.decided_in_words(-terms_of.of_months(months))
    return terms_of.decided_in_words(award.decided_before)


def _reviews(award: AwardSpec) -> str:
    points = award.review_terms
    if points == tuple(range(TERMS_A_YEAR, award.length_terms, TERMS_A_YEAR)):
        return "after each year"
    return "after " + ", ".join(terms_of.in_words(point) for point in points)


def award_rows(stands: ArrangementSpec, before: ArrangementSpec | None) -> list[Row]:
    """List awards with amounts and terms, and those that have ended.

    Parameters
    ----------
    stands : ArrangementSpec
        What stands.
    before : ArrangementSpec or None
        What it stands in the stead of; None where it is in force at year 0.

    Returns
    -------
    list of (str, str, str)
        Name, GBP a pupil a year, terms in words.
    """
    known = {} if before is None else {item.name: item for item in before.awards}
    rows = []
    for item in stands.awards:
        amount = f"{item.gbp_per_pupil.value(central):.2f}"
        mark = "" if before is None else _mark(item, known.get(item.name))
        rows.append((item.name, amount, f"{mark}{COUNTED[item.paid_for]}; {award_words(item)}"))
    gone = [name for name in known if name not in {item.name for item in stands.awards}]
    return rows + [(name, "0.00", f"Ends: the money {LAPSED[known[name].on_lapse]}.") for name in gone]


def _mark(found: AwardSpec, before: AwardSpec | None) -> str:
    if before is None:
        return "New: "
    same = award_words(found) == award_words(before) and found.gbp_per_pupil == before.gbp_per_pupil
    return "As it is: " if same else "Changed: "


def post_rows(posts: tuple[PostSpec, ...]) -> list[Row]:
    """List posts.

    Parameters
    ----------
    posts : tuple of PostSpec
        In order of importance.

    Returns
    -------
    list of (str, str, str)
        Kind, posts for 10,000 pupils, salary and what they do.
    """
    return [
        (
            item.kind, f"{item.per_10_000_pupils:g}",
            f"GBP {item.salary_gbp.value(central):,.0f} a year before on-costs"
            f"{'; brokers and delivers none itself' if item.brokers else ''}",
        )
        for item in posts
    ]  # fmt: skip


def offer_rows(found: tuple[OfferSpec, ...]) -> list[Row]:
    """List brokered programmes.

    Parameters
    ----------
    found : tuple of OfferSpec
        What is on offer.

    Returns
    -------
    list of (str, str, str)
        Name, teaching weeks, who delivers and what it is.
    """
    return [
        (
            item.name, f"{item.weeks.value(central):.0f}",
            f"{item.title}; by {item.delivered_by}, {item.slots_per_post} schools at once",
        )
        for item in found
    ]  # fmt: skip
