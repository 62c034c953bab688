"""Programmes: what a course is, whom it teaches, what the evidence says it does, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from model.levers import Programme
from model.place import YEAR_GROUPS
from scenarios import effects, evidence, strict_yaml, values
from scenarios.errors import BadInput, UnknownName, nearest

FOLDER = Path(__file__).resolve().parent.parent / "conf" / "programmes"
ELIGIBLE = ("all", "disadvantaged", "other", "sen", "low_prior")
DOMAINS = {
    "early language": ("literacy",),
    "reading": ("literacy",),
    "maths": ("maths",),
    "reading and maths": ("literacy", "maths"),
}
"""Practice domains a pupil-direct programme may teach, and the attainment they are read in."""

CHANNELS = ("pupil_direct",)
KEYS = (
    "title", "description", "domain", "channel", "year_groups", "eligible", "reach", "effect",
    "scale_discount", "cost_per_pupil", "price_uplift", "minimum_weeks", "delivered_by",
)  # fmt: skip
GREATEST_COST = 100_000.0


@dataclass(frozen=True, kw_only=True)
class ProgrammeSpec:
    """A programme as it is described in YAML, checked.

    Attributes
    ----------
    name, title, description, delivered_by : str
        For people; ``name`` also for files.
    domain : str
        One of ``DOMAINS``.
    year_groups : tuple of int
        Year groups taught, 0 (Reception) to 11.
    eligible : str
        One of ``ELIGIBLE``.
    reach : float
        Share of eligible pupils who complete a course, 0 to 1.
    literacy, maths : scenarios.effects.Effect
        Effect of a completed course.
    scale_discount : bool
        Whether the effect was found in trials and shrinks when many schools deliver it.
    cost_row : str
        Evidence row of the cost; empty where ``cost_gbp`` is given.
    cost_gbp : float
        GBP a completed course.
    price_uplift : str
        Evidence row that brings the cost row to today's prices; empty for none.
    minimum_weeks : int
        Teaching weeks a course needs: its shortest sensible length.
    """

    name: str
    title: str
    description: str
    domain: str
    year_groups: tuple[int, ...]
    eligible: str
    reach: float
    literacy: effects.Effect
    maths: effects.Effect
    scale_discount: bool
    cost_row: str
    cost_gbp: float
    price_uplift: str
    minimum_weeks: int
    delivered_by: str

    def lever(
        self, first_year: int, last_year: int, announced: int, level: str, read: Callable[[str], float]
    ) -> Programme:
        """Compile for the model, reading evidence in one draw.

        Parameters
        ----------
        first_year, last_year, announced : int
            Academic years by the year they end: first and last courses, and the first that may
            differ from the baseline.
        level : str
            ``strong``, ``moderate`` or ``all``: effects on weaker evidence stand at zero.
        read : Callable
            Value of an evidence row in the draw, by id.

        Returns
        -------
        model.levers.Programme
            The lever.
        """
        share = read(effects.DISCOUNT) if self.scale_discount else 1.0
        cost = read(self.cost_row) if self.cost_row else self.cost_gbp
        return Programme(
            name=self.name, first_year=first_year, last_year=last_year, announced=announced,
            year_groups=self.year_groups, eligible=self.eligible, reach=self.reach,
            literacy_sd=share * effects.in_sd(self.literacy, self.name, level, read),
            maths_sd=share * effects.in_sd(self.maths, self.name, level, read),
            cost_per_pupil=cost * (read(self.price_uplift) if self.price_uplift else 1.0),
        )  # fmt: skip


@cache
def names() -> tuple[str, ...]:
    """List the programmes of the library, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def described(name: str, where: str, beside: Path) -> tuple[str, str, dict[str, object]]:
    """Find a programme's description: a file where the name has a separator or suffix, else the library's.

    Parameters
    ----------
    name : str
        Library name, or path of a YAML file.
    where : str
        The file and key that name it, for the message.
    beside : Path
        Folder that a relative path starts from.

    Returns
    -------
    tuple of (str, str, dict)
        Its short name, where it was found, and what the file holds.

    Raises
    ------
    BadInput
        If there is no such programme, or the file cannot be read.
    """
    return in_library(name, where, FOLDER, names(), beside)


def in_library(
    name: str, where: str, folder: Path, known: tuple[str, ...], beside: Path
) -> tuple[str, str, dict[str, object]]:
    """Find a description in a folder of the library, or a file of one's own.

    Parameters
    ----------
    name : str
        Library name, or path of a YAML file.
    where : str
        The file and key that name it, for the message.
    folder : Path
        Folder of the library, inside ``conf/programmes/`` or that itself.
    known : tuple of str
        Names in it.
    beside : Path
        Folder that a relative path starts from.

    Returns
    -------
    tuple of (str, str, dict)
        Its short name, where it was found, and what the file holds.

    Raises
    ------
    BadInput
        If there is no such programme, or the file cannot be read.
    """
    if "/" in name or "\\" in name or Path(name).suffix:
        path = beside / name
        return path.stem, str(path), strict_yaml.read(path)
    if name not in known:
        raise UnknownName(
            "there is no such programme",
            where=where,
            found=values.shown(name),
            allowed=", ".join(known),
            nearest=nearest(name, known),
        )
    path = folder / f"{name}.yaml"
    return name, f"conf/programmes/{path.relative_to(FOLDER)}", deepcopy(_of_library(path))


@cache
def _of_library(path: Path) -> dict[str, object]:
    """Read a file of the library, once a process."""
    return strict_yaml.read(path)


def build(name: str, found: Mapping[str, object], where: str) -> ProgrammeSpec:
    """Check a programme key by key.

    Parameters
    ----------
    name : str
        Its short name.
    found : Mapping
        What its file holds, with what a scenario changes put over it.
    where : str
        The file, for the message.

    Returns
    -------
    ProgrammeSpec
        The programme.

    Raises
    ------
    BadInput
        If a key is unknown or missing, or a value cannot be used.
    """
    strict_yaml.only_keys(dict(found), KEYS, where)
    for key in ("title", "domain", "year_groups", "eligible", "reach", "cost_per_pupil", "delivered_by"):
        if key not in found:
            raise BadInput(
                "is missing", where=f"{where}: {key}", found="no such key", allowed=f"a value for {key}"
            )
    values.choice(found.get("channel", CHANNELS[0]), f"{where}: channel", CHANNELS)
    domain = values.choice(found["domain"], f"{where}: domain", tuple(DOMAINS))
    literacy, maths = _effects(found.get("effect"), domain, f"{where}: effect")
    cost_row, cost_gbp = _cost(found["cost_per_pupil"], f"{where}: cost_per_pupil")
    return ProgrammeSpec(
        name=name,
        title=values.text(found["title"], f"{where}: title", 200),
        description=values.text(found.get("description", found["title"]), f"{where}: description"),
        domain=domain,
        year_groups=year_groups(found["year_groups"], f"{where}: year_groups"),
        eligible=values.choice(found["eligible"], f"{where}: eligible", ELIGIBLE),
        reach=values.number(
            found["reach"], f"{where}: reach", 0.0, 1.0, "(share of eligible pupils who complete the course)"
        ),
        literacy=literacy,
        maths=maths,
        scale_discount=values.switch(found.get("scale_discount", True), f"{where}: scale_discount"),
        cost_row=cost_row,
        cost_gbp=cost_gbp,
        price_uplift=uplift(found.get("price_uplift"), f"{where}: price_uplift"),
        minimum_weeks=values.whole(
            found.get("minimum_weeks", 1), f"{where}: minimum_weeks", 1, 39, "teaching weeks"
        ),
        delivered_by=values.text(found["delivered_by"], f"{where}: delivered_by", 200),
    )


def _effects(found: object, domain: str, where: str) -> tuple[effects.Effect, effects.Effect]:
    """Effects by domain of attainment; where none is given, the general prior in what it teaches."""
    none = effects.Effect("", 0.0)
    if found is None:
        prior = effects.Effect(effects.PRIOR, 0.0)
        return prior if "literacy" in DOMAINS[domain] else none, prior if "maths" in DOMAINS[domain] else none
    if not isinstance(found, Mapping) or not found:
        raise BadInput(
            "is not an effect",
            where=where,
            found=values.shown(found),
            allowed="literacy and maths, each an evidence row or pupil SD",
        )
    strict_yaml.only_keys(dict(found), ("literacy", "maths"), where)
    given = {key: effects.read_effect(item, f"{where}.{key}") for key, item in found.items()}
    return given.get("literacy", none), given.get("maths", none)


def _cost(found: object, where: str) -> tuple[str, float]:
    if not isinstance(found, str) or values.is_number(found):
        return "", values.number(found, where, 0.0, GREATEST_COST, "GBP, or the id of an evidence row")
    row = evidence.input_row(found, where)
    if not row.unit.startswith("GBP per pupil"):
        raise BadInput(
            f"evidence row {row.id} is not a cost per pupil",
            where=where,
            found=f"unit {row.unit}",
            allowed="GBP per pupil",
        )
    return row.id, 0.0


def uplift(found: object, where: str) -> str:
    """Read the evidence row that brings a cost to today's prices.

    Parameters
    ----------
    found : object
        Its id, or nothing.
    where : str
        The file and key, for the message.

    Returns
    -------
    str
        The id; empty for none.

    Raises
    ------
    BadInput
        If the row may not be an input or is no ratio.
    """
    if found is None:
        return ""
    row = evidence.input_row(values.text(found, where), where)
    if row.unit != "ratio":
        raise BadInput(
            f"evidence row {row.id} is not a ratio of prices",
            where=where,
            found=f"unit {row.unit}",
            allowed="ratio",
        )
    return row.id


def year_groups(found: object, where: str) -> tuple[int, ...]:
    """Read a list of year groups.

    Parameters
    ----------
    found : object
        As ``[5, 6]``; 0 is Reception.
    where : str
        The file and key, for the message.

    Returns
    -------
    tuple of int
        Sorted, each once.

    Raises
    ------
    BadInput
        If it is no such list.
    """
    last = YEAR_GROUPS - 1
    if not isinstance(found, list) or not found or len(found) > YEAR_GROUPS:
        raise BadInput(
            "is not a list of year groups",
            where=where,
            found=values.shown(found),
            allowed=f"a list as [5, 6]; 0 is Reception, {last} is Year {last}",
        )
    groups = [values.whole(item, f"{where}[{index}]", 0, last) for index, item in enumerate(found)]
    if len(set(groups)) != len(groups):
        raise BadInput(
            "names a year group twice",
            where=where,
            found=", ".join(map(str, groups)),
            allowed="each year group once",
        )
    return tuple(sorted(groups))
