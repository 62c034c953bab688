"""In plain words how schools work together under a scenario, and what is decided nationally."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scenarios import terms_of
from scenarios.collaborating import CollaborationSpec
from scenarios.national import NationalSpec
from scenarios.rise import RiseSpec
from scenarios.terms_of import When
from scenarios.trusts import TrustsSpec

Read = Callable[[str], float]


def together_words(found: CollaborationSpec | None, read: Read) -> list[str]:
    """Describe what schools do together.

    Parameters
    ----------
    found : CollaborationSpec or None
        What they do.
    read : Callable
        Value of an evidence row, by id.

    Returns
    -------
    list of str
        Sentences.
    """
    if found is None:
        return ["Schools do not work together beyond their trusts."]
    lines = [_cluster_words(found, read)]
    review, hubs = found.peer_review, found.hubs
    if review is not None:
        lines.append(
            f"{review.share:.0%} of members review each other in groups of "
            f"{round(review.group_size.value(read))}, with rigour {review.rigour:g} "
            f"(0 courtesy, 1 searching), {review.days.value(read):g} days a year."
        )
    if hubs is not None:
        lines.append(
            f"{hubs.number_per_10_000_pupils:g} hubs for 10,000 pupils: a lead school is paid GBP "
            f"{hubs.gbp_a_year.value(read):,.0f} a year for {terms_of.in_words(hubs.terms)}, "
            f"{hubs.outcome_share:.0%} of it for outcomes."
        )
    done = [words for flag, words in _done(found, read) if flag]
    return [*lines, _sentence(done)] if done else lines


def _cluster_words(found: CollaborationSpec, read: Read) -> str:
    plain = found.plain
    kinds = (("primary", plain.primary_cluster_schools), ("secondary", plain.secondary_cluster_schools))
    sizes = [f"about {number} {phase} schools" for phase, number in kinds if number]
    time = (
        f"leaders give {plain.meetings_a_year:g} days a year to clusters and "
        f"{plain.network_days_a_year:g} to networks"
    )
    if not sizes:
        return f"There are no clusters; {time}."
    alike = "schools alike in intake" if plain.like_schools else "neighbours"
    lead = found.cluster_lead_gbp.value(read)
    led = f"led by a head paid GBP {lead:,.0f} a year" if lead else "led by no one who is paid"
    threes = ", working in threes" if plain.triads else ""
    return f"Clusters of {' or '.join(sizes)}, {alike}{threes}, {led}; {time}."


def _done(found: CollaborationSpec, read: Read) -> Iterable[tuple[bool, str]]:
    plain, data = found.plain, found.data_gbp_per_pupil.value(read)
    return (
        (plain.data_sharing > 0, f"data are shared to {plain.data_sharing:g} (1: joined by home area)"),
        (data > 0, f"the LA is paid GBP {data:,.2f} a pupil of members a year to keep them"),
        (plain.pupil_and_parent_voice, "pupils and parents are heard"),
        (plain.joint_procurement, "members buy supply cover together"),
        (plain.shared_responsibility, "schools answer together for hard-to-place pupils"),
        (plain.governors, "governors take part"),
        (plain.interns > 0, f"{plain.interns:g} heads are in training for 100 schools"),
    )


def national_words(found: NationalSpec | None, read: Read) -> list[str]:
    """Describe the national tier.

    Parameters
    ----------
    found : NationalSpec or None
        The national tier.
    read : Callable
        Value of an evidence row, by id.

    Returns
    -------
    list of str
        Sentences.
    """
    if found is None:
        return ["Inspection, orders, targeted help and moves between trusts are left out."]
    return [
        f"Inspection: {_by_date(found.regimes)}.",
        f"Orders where a maintained school is in a category of concern: {_by_date(found.orders)}.",
        _rise_words(found.rise, read),
        *_trust_words(found.trusts, read),
    ]


def _by_date(found: Iterable[tuple[When | None, str]]) -> str:
    """Words with their dates, months in the order in which they come whatever that of the file."""
    found = list(found)
    if not any(when is None or when.from_start or when.around for when, _ in found):
        found.sort(key=lambda item: "" if item[0] is None else item[0].written())
    return "; ".join(str(word) if when is None else f"{word} from {when.written()}" for when, word in found)


def _rise_words(found: RiseSpec | None, read: Read) -> str:
    if found is None:
        return "There is no targeted help of regional teams (RISE)."
    terms = found.terms if found.months is None else terms_of.of_months(found.months.value(read))
    schools, most = found.schools_per_adviser.value(read), found.gbp_per_school.value(read)
    begins, advisers = found.begins.written(), found.advisers_per_100_schools
    also = (
        ""
        if found.concern_from is None
        else f"; from {found.concern_from.written()} for schools of concern too"
    )
    return (
        f"Targeted help (RISE) from {begins}: {advisers:g} advisers for 100 schools with {schools:g} schools "
        f"each, for {terms_of.in_words(terms)}, up to GBP {most:,.0f} a school{also}."
    )


def _trust_words(found: TrustsSpec, read: Read) -> list[str]:
    said = []
    share = found.conversions_a_year.value(read)
    if share:
        said.append(f"{share:.1%} of maintained mainstream schools apply to become academies each year")
    if found.all_by is not None:
        said.append(f"every school is in a trust by {found.all_by.written()}")
    if found.inspected_from is not None:
        said.append(f"trusts are inspected from {found.inspected_from.written()}")
    if found.inspected_year is not None:
        ends = round(found.inspected_year.value(read))
        said.append(f"trusts are inspected from September {ends - 1}")
    founders = (("the LA", found.la_may_found), ("the partnership", found.partnership_may_found))
    named = [name for name, may in founders if may]
    if named:
        orphans = ", with those that no one else takes" if found.founded_takes_orphans else ""
        cap = round(found.founded_cap.value(read))
        said.append(f"{' and '.join(named)} may found a trust of up to {cap} schools{orphans}")
    return [_sentence(said)] if said else []


def _sentence(parts: list[str]) -> str:
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
