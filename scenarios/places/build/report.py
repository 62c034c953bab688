"""The report of a build: what was read, matched, missing, imputed and how, and what looks odd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from scenarios.errors import BadInput
from scenarios.places.file_format.plain import made
from scenarios.places.files.notes import Note
from scenarios.places.table import ENGLAND_CODE


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """One file that was given.

    Attributes
    ----------
    path : str
        Relative to what was given.
    source : str
        What it was recognised as; empty where it was not used.
    year : int
        The year its academic (or financial) year ends, 0 where it has none.
    rows : int
        Rows read.
    sha256 : str
        Of its bytes.
    remark : str
        What else is to say.
    """

    path: str
    source: str
    year: int
    rows: int
    sha256: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """A figure of year 0 added up from the schools, beside the one published for the LA.

    Attributes
    ----------
    la_code : int
        DfE code.
    la_name : str
        Name of the LA.
    measure, group : str
        As in the measures registry.
    built, published : float
        Per cent (shares) or points; NaN is kept as None.
    schools : int
        Schools added up.
    imputed : int
        Of these, with an imputed figure.
    tolerance : float
        Largest difference that passes, same unit.
    """

    la_code: int
    la_name: str
    measure: str
    group: str
    built: float | None
    published: float | None
    schools: int
    imputed: int
    tolerance: float

    @property
    def difference(self) -> float | None:
        """Built less published, in the unit of the figure."""
        return None if self.built is None or self.published is None else self.built - self.published

    @property
    def agrees(self) -> bool | None:
        """Whether the difference is within tolerance; None where one of the figures is missing."""
        return None if self.difference is None else abs(self.difference) <= self.tolerance + 1e-9


@dataclass(frozen=True, kw_only=True)
class ColumnLine:
    """What is known of one figure of the schools.

    Attributes
    ----------
    column : str
        Column of the table of schools, or measure and group of their results in year 0.
    schools : int
        Schools it could be known of.
    published, imputed, synthetic, missing : int
        Schools by where the figure comes from.
    how : str
        What was done where it is imputed.
    """

    column: str
    schools: int
    published: int
    imputed: int
    synthetic: int
    missing: int
    how: str


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """What became of one source.

    Attributes
    ----------
    source : str
        Name of the source.
    years : tuple of int
        Years there are files of.
    read, matched, missing, imputed : int
        Rows read; schools (or rows) matched; schools without; schools imputed. -1 where not counted.
    stood_in : str
        Which year stood in for year 0, empty where none had to.
    """

    source: str
    years: tuple[int, ...]
    read: int
    matched: int
    missing: int
    imputed: int
    stood_in: str


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """Everything that is to say about a build.

    Attributes
    ----------
    title : str
        Name of the place.
    year : int
        Year 0.
    lepsim : str
        Version that built it.
    las : dict of str to str
        Names of the LAs by DfE code.
    schools : dict of str to int
        Schools by phase.
    pupils : int
        Pupils on roll in them, all ages.
    trusts : int
        Trusts these schools are in.
    sources : tuple of SourceLine
        What became of each source.
    files : tuple of FileLine
        Files given, those not used included.
    checks : tuple of Check
        Figures of year 0 beside published ones.
    columns : tuple of ColumnLine
        Where the figures of the schools come from.
    notes : tuple of Note
        Remarks, most important first.
    partnerships : tuple of str
        Partnerships known to exist at year 0, in words.
    """

    title: str
    year: int
    lepsim: str
    las: dict[str, str]
    schools: dict[str, int]
    pupils: int
    trusts: int
    sources: tuple[SourceLine, ...]
    files: tuple[FileLine, ...]
    checks: tuple[Check, ...]
    columns: tuple[ColumnLine, ...]
    notes: tuple[Note, ...]
    partnerships: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        """Give plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, found: Mapping[str, Any], where: str) -> BuildReport:
        """Make a report of plain values.

        Parameters
        ----------
        found : Mapping of str to object
            From ``as_plain`` of this lepsim or a newer one; what is not known is left out.
        where : str
            The file, for messages.

        Returns
        -------
        BuildReport
            As it was.

        Raises
        ------
        BadInput
            If something is missing or of another kind.
        """
        try:
            lines = {name: _lines(found.get(name), of) for name, of in _OF_LINES.items()}
            return made(cls, found, **lines)
        except TypeError as error:
            raise BadInput(
                "the build report cannot be read", where=f"{where}, report.json",
                found=" ".join(str(error).split())[:80], allowed="a report as lepsim writes it",
            ) from None  # fmt: skip

    def notes_of(self, *kinds: str) -> tuple[Note, ...]:
        """List notes of some kinds.

        Parameters
        ----------
        *kinds : str
            As ``Note.kind``.

        Returns
        -------
        tuple of Note
            In the order of the report.
        """
        return tuple(note for note in self.notes if note.kind in kinds)

    @property
    def n_schools(self) -> int:
        """Number of schools."""
        return sum(self.schools.values())

    @property
    def disagreeing(self) -> tuple[Check, ...]:
        """Checks whose difference is beyond tolerance."""
        return tuple(check for check in self.checks if check.agrees is False)

    @property
    def worth_showing(self) -> tuple[Check, ...]:
        """Checks of England as a whole, and those beyond tolerance."""
        return tuple(check for check in self.checks if check.la_code == ENGLAND_CODE or check.agrees is False)


_OF_LINES: dict[str, type] = {
    "sources": SourceLine, "files": FileLine, "checks": Check, "columns": ColumnLine, "notes": Note,
}  # fmt: skip


def _lines(found: object, of: type) -> tuple[Any, ...]:
    if not isinstance(found, list):
        raise TypeError(f"no list of {of.__name__}")
    return tuple(made(of, line) for line in found)
