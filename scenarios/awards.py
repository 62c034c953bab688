"""Awards of money as a scenario file writes them: who pays, how much, for how long, and how it is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from model.arrangements import OPEN_ENDED, Award, Cut, OnLapse, PaidFor, Renewal, Stream
from model.terms import TERMS_A_YEAR
from scenarios import strict_yaml, terms_of, values
from scenarios.errors import BadInput, UnknownName, nearest
from scenarios.quantities import Quantity, read_quantity
from scenarios.terms_of import When

KEYS = (
    "from", "gbp_per_pupil", "counted", "begins", "length", "ends", "no_later_than", "decided", "renewal",
    "review", "cut", "late", "competitive", "indexed", "paid", "match", "on_completion", "unspent",
    "only_for", "only_in", "if_not_renewed", "voted_yearly",
)  # fmt: skip
NEEDED = ("from", "gbp_per_pupil")
TERM_KEYS = ("begins", "length", "ends")
"""A scenario that sets one of these makes a new award, which begins with it unless it says otherwise."""

STANDING = -5 * TERMS_A_YEAR
"""First term of open-ended money in force at year 0: no matter, as long as it is before."""

MOST_GBP = 2000.0
MOST_NAMED = 12
"""LAs named in a message, of those of a place."""
PAID = ("in advance", "in arrears")
UNSPENT = ("kept", "returned")


class CutSpec(NamedTuple):
    """A cut as it is written."""

    begins: When
    announced: When
    share: Quantity


@dataclass(frozen=True, kw_only=True)
class AwardSpec:
    """An award, checked; dates are settled by ``award``. Attributes as ``model.arrangements.Award``."""

    where: str
    name: str
    stream: Stream
    gbp_per_pupil: Quantity
    paid_for: PaidFor
    begins: When | None
    ends: When | None
    length_terms: int
    last: When | None
    decided_before: int
    decided_months_after: Quantity | None
    renewal: Renewal
    review_terms: tuple[int, ...]
    cut: CutSpec | None
    late_terms: int
    competitive: bool
    indexed: bool
    in_advance: bool
    match_share: float
    outcome_share: float
    carry_forward: bool
    ring_fence: tuple[str, ...]
    on_lapse: OnLapse
    yearly_refusal: bool
    only_in: tuple[str, ...]

    def award(self, year_0: int, start: int, read: Callable[[str], float]) -> Award:
        """Settle dates and amount in one draw.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which the scenario starts.
        read : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        model.arrangements.Award
            The award.
        """
        before = self.decided_before
        if self.decided_months_after is not None:
            before = -terms_of.of_months(self.decided_months_after.value(read))
        return Award(
            name=self.name, stream=self.stream, gbp_per_pupil=max(self.gbp_per_pupil.value(read), 0.0),
            paid_for=self.paid_for, first_term=self.first_term(year_0, start),
            length_terms=self.length_terms,
            last_term=None if self.last is None else self.last.term(year_0, start),
            decided_terms_before=before, renewal=self.renewal, review_terms=self.review_terms,
            cut=self._cut(year_0, start, read), late_terms=self.late_terms, competitive=self.competitive,
            indexed=self.indexed, in_advance=self.in_advance, match_share=self.match_share,
            outcome_share=self.outcome_share, carry_forward=self.carry_forward, ring_fence=self.ring_fence,
            on_lapse=self.on_lapse, yearly_refusal=self.yearly_refusal, only_in=self.only_in,
        )  # fmt: skip

    def first_term(self, year_0: int, start: int) -> int:
        """Settle when it begins.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which the scenario starts.

        Returns
        -------
        int
            Terms since the autumn after year 0.
        """
        if self.ends is not None:
            return self.ends.term(year_0, start) - self.length_terms
        return STANDING if self.begins is None else self.begins.term(year_0, start)

    def checked(self, year_0: int, start: int) -> None:
        """Refuse dates that do not fit together.

        Parameters
        ----------
        year_0 : int
            The place's year 0.
        start : int
            Term in which the scenario starts.

        Raises
        ------
        BadInput
            If it may not go on as long as it is first awarded for, or a cut lies outside.
        """
        first = self.first_term(year_0, start)
        end = first + self.length_terms if self.length_terms else None
        if self.last is not None and self.last.term(year_0, start) < (end or first):
            raise BadInput(
                "lies before the award's own end", where=f"{self.where}.no_later_than",
                found="an earlier date", allowed="its end or later",
            )  # fmt: skip
        if self.cut is None:
            return
        begins, announced = self.cut.begins.term(year_0, start), self.cut.announced.term(year_0, start)
        if begins < first or (end is not None and begins >= end):
            raise BadInput(
                "lies outside the award", where=f"{self.where}.cut.from", found="a date before or after it",
                allowed="a date from its beginning to the term before its end",
            )  # fmt: skip
        if announced > begins or announced < start:
            raise BadInput(
                "is announced too late or before the scenario starts", where=f"{self.where}.cut.announced",
                found="another date", allowed="a date from the start of the scenario to the cut itself",
            )  # fmt: skip

    def checked_in(self, las: Sequence[str]) -> None:
        """Refuse LAs, and areas of partnerships, that the place does not have.

        Parameters
        ----------
        las : Sequence of str
            Names of its LAs and areas.

        Raises
        ------
        UnknownName
            If there is one.
        """
        for name in self.only_in:
            if name not in las:
                raise UnknownName(
                    "is no LA of the place and no area of a partnership", where=f"{self.where}.only_in",
                    found=values.shown(name),
                    allowed=f"{', '.join(las[:MOST_NAMED])}{', ...' if len(las) > MOST_NAMED else ''}",
                    nearest=nearest(name, las),
                )  # fmt: skip

    def _cut(self, year_0: int, start: int, read: Callable[[str], float]) -> Cut | None:
        if self.cut is None:
            return None
        share = min(max(self.cut.share.value(read), 0.0), 1.0)
        term, announced = self.cut.begins.term(year_0, start), self.cut.announced.term(year_0, start)
        return Cut(term=term, announced=announced, share=share)


def build(name: str, found: Mapping[str, object], where: str, *, in_force: bool) -> AwardSpec:
    """Check an award key by key.

    Parameters
    ----------
    name : str
        Its name.
    found : Mapping
        What is written of it, with what a scenario changes put over what is in force.
    where : str
        The file and key, for messages.
    in_force : bool
        Whether it is in force at year 0; else it begins with the scenario unless it says otherwise.

    Returns
    -------
    AwardSpec
        The award.

    Raises
    ------
    BadInput
        If a key is unknown or missing, or a value cannot be used.
    """
    strict_yaml.only_keys(dict(found), KEYS, where)
    strict_yaml.needed_keys(found, NEEDED, f"{where}.")
    length = terms_of.read_terms(found.get("length", terms_of.OPEN), f"{where}.length", open_ended=True)
    begins, ends = _begins_ends(found, where, length, in_force=in_force)
    decided, months = _decided(found.get("decided", "1 term before"), f"{where}.decided")
    return AwardSpec(
        where=where, name=values.text(name, where, 60),
        stream=Stream(_word(found["from"], f"{where}.from", Stream)),
        gbp_per_pupil=read_quantity(
            found["gbp_per_pupil"], f"{where}.gbp_per_pupil", 0.0, MOST_GBP, "GBP a year a pupil counted",
            ("GBP per pupil*",),
        ),
        paid_for=PaidFor(_word(found.get("counted", "all"), f"{where}.counted", PaidFor)),
        begins=begins, ends=ends, length_terms=length,
        last=_when(found.get("no_later_than"), f"{where}.no_later_than"),
        decided_before=decided, decided_months_after=months,
        renewal=Renewal(_word(found.get("renewal", "usual"), f"{where}.renewal", Renewal)),
        review_terms=terms_of.read_reviews(found.get("review"), length, f"{where}.review"),
        cut=_cut(found.get("cut"), f"{where}.cut"), late_terms=_late(found.get("late"), f"{where}.late"),
        competitive=values.switch(found.get("competitive", False), f"{where}.competitive"),
        indexed=values.switch(found.get("indexed", True), f"{where}.indexed"),
        in_advance=_word(found.get("paid", PAID[0]), f"{where}.paid", PAID) == PAID[0],
        match_share=_share(found, "match", where), outcome_share=_share(found, "on_completion", where),
        carry_forward=_word(found.get("unspent", UNSPENT[0]), f"{where}.unspent", UNSPENT) == UNSPENT[0],
        ring_fence=_kinds(found.get("only_for"), f"{where}.only_for"),
        on_lapse=OnLapse(_word(found.get("if_not_renewed", "schools"), f"{where}.if_not_renewed", OnLapse)),
        yearly_refusal=values.switch(found.get("voted_yearly", False), f"{where}.voted_yearly"),
        only_in=_kinds(found.get("only_in"), f"{where}.only_in"),
    )  # fmt: skip


def _word(
    found: object, where: str, allowed: type[Stream | PaidFor | Renewal | OnLapse] | tuple[str, ...]
) -> str:
    """Read one of a few phrases, whatever its capitals."""
    exact = {str(item).lower(): str(item) for item in allowed}
    return exact[values.choice(found, where, tuple(exact))]


def _when(found: object, where: str) -> When | None:
    return None if found is None else terms_of.read_when(found, where)


def _begins_ends(
    found: Mapping[str, object], where: str, length: int, *, in_force: bool
) -> tuple[When | None, When | None]:
    begins, ends = (_when(found.get(key), f"{where}.{key}") for key in ("begins", "ends"))
    if begins is not None and ends is not None:
        raise BadInput("is given as begins too", where=f"{where}.ends", found="both", allowed="one of them")
    if ends is not None and length == OPEN_ENDED:
        raise BadInput(
            "cannot be said of open-ended money", where=f"{where}.ends", found="no length",
            allowed="length: 3 years beside it; no_later_than for when open-ended money stops",
        )  # fmt: skip
    if begins is None and ends is None:
        if not in_force:
            begins = When(from_start=True)
        elif length != OPEN_ENDED:
            raise BadInput(
                "is missing", where=f"{where}.ends", found="nothing",
                allowed=f"when an award in force ends, or begins: {terms_of.WHEN}",
            )  # fmt: skip
    if in_force and any(item is not None and item.from_start for item in (begins, ends)):
        raise BadInput(
            "counts from the start of a scenario", where=where, found="start",
            allowed="a month (April +2): what is in force at year 0 began before",
        )  # fmt: skip
    return begins, ends


def _decided(found: object, where: str) -> tuple[int, Quantity | None]:
    if isinstance(found, str) and "_" in found:
        return 0, read_quantity(found, where, 0.0, 24.0, "months after the end", ("months*",))
    return terms_of.read_before(found, where), None


def _cut(found: object, where: str) -> CutSpec | None:
    if found is None:
        return None
    if not isinstance(found, Mapping):
        raise BadInput(
            "is not a cut", where=where, found=values.shown(found),
            allowed="{from: start + 2 years, announced: start + 5 terms, share: 0.333}",
        )  # fmt: skip
    strict_yaml.only_keys(dict(found), ("from", "announced", "share"), where)
    begins = terms_of.read_when(found.get("from"), f"{where}.from")
    return CutSpec(
        begins=begins,
        announced=_when(found.get("announced"), f"{where}.announced") or begins,
        share=read_quantity(
            found.get("share"), f"{where}.share", 0.0, 1.0, "share of the award", ("share*",)
        ),
    )


def _late(found: object, where: str) -> int:
    return 0 if found is None else terms_of.read_terms(found, where)


def _share(found: Mapping[str, object], key: str, where: str) -> float:
    return values.number(found.get(key, 0.0), f"{where}.{key}", 0.0, 1.0, "(share of the award)")


def _kinds(found: object, where: str) -> tuple[str, ...]:
    if found is None:
        return ()
    if not isinstance(found, list):
        found = [found]
    return tuple(values.text(item, f"{where}[{index}]", 60) for index, item in enumerate(found))
