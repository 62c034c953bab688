"""The catalogue of settings: one declaration each, from which help, checks and completion are made.

Defaults are in ``conf/config.yaml``, which a person may edit; everything else about a setting is here.
"""

from __future__ import annotations

from typing import NamedTuple

RUNS = ("run", "compare")
BUILD = "place build"
SECOND_WORDS = {("place", "build"): BUILD, ("place", "show"): "place"}
"""Verbs of two words, by the verb that acts."""

EFFECT_WORDS = ("evidence", "zero")
EVIDENCE_LEVELS = ("strong", "moderate", "all")
DETAILS = ("none", "some", "all")
ENGINES = ("auto", "serial", "joblib")

GROUPS = ("mechanisms", "parameters", "generator")
"""Settings with a name of their own after a dot."""


class Setting(NamedTuple):
    """One setting.

    Attributes
    ----------
    key : str
        Its name; ``GROUP.NAME`` for the members of a group.
    kind : str
        ``text``, ``names``, ``whole``, ``choice``, ``switch``, ``date``, ``effects`` or ``group``.
    meaning : str
        What it does.
    verbs : tuple of str
        The verbs that take it.
    low, high : int
        Range of a whole number.
    unit : str
        Unit of a number.
    choices : tuple of str
        Words allowed, for a choice.
    allowed : str
        What is allowed, in words, where kind and range do not say it.
    otherwise : str
        What happens where nothing is set.
    """

    key: str
    kind: str
    meaning: str
    verbs: tuple[str, ...]
    low: int = 0
    high: int = 0
    unit: str = ""
    choices: tuple[str, ...] = ()
    allowed: str = ""
    otherwise: str = ""

    def range_in_words(self) -> str:
        """Say what is allowed."""
        if self.allowed:
            return self.allowed
        if self.kind == "whole":
            return f"{self.low} to {self.high}{' ' + self.unit if self.unit else ''}"
        return ", ".join(self.choices) or "on, off"


_PLACE = (
    "an LA by name, slug or DfE code, with @YEAR for another year 0; the path of a place file; england, "
    "synthetic, benchmark"
)

SETTINGS: tuple[Setting, ...] = (
    Setting("place", "text", "where", (*RUNS, "place"), allowed=_PLACE),
    Setting("la", "text", "the same, for an LA: its DfE code, name or slug", (*RUNS, "place"),
            allowed=_PLACE, otherwise="place"),
    Setting("la", "names", "the local authorities to build", (BUILD,),
            allowed="DfE codes, names or slugs, + between several (202+ealing); all: every one of England"),
    Setting("data", "names", "the Department's files, whatever they are called; folders are searched to the "
            "bottom", (BUILD,), allowed="a folder, a file, or several written [one, two]"),
    Setting("year", "whole", "year 0: the year its academic year ends", (BUILD,), 2000, 2100),
    Setting("name", "text", "what the place is called", (BUILD,), allowed="a text",
            otherwise="the name of the LA, or of the first and how many more"),
    Setting("partnerships", "text", "partnerships of your own, beside those known; the same name replaces",
            (BUILD,), allowed="a YAML or CSV file", otherwise="those known to exist at year 0, if any"),
    Setting("out", "text", "the place file", (BUILD,), allowed="a path that ends in .place",
            otherwise="NAME-YEAR.place in this folder"),
    Setting("report", "text", "the report of the build, to be read in a browser", (BUILD,),
            allowed="a path that ends in .html", otherwise="beside out, of the same name"),
    Setting("overwrite", "switch", "replace a place file and report that are there", (BUILD,)),
    Setting("school", "text", "one school of a place file: each figure, and where it is from", ("place",),
            allowed="its URN"),
    Setting("schools", "text", "write the table of schools of a place file", ("place",),
            allowed="a path that ends in .csv"),
    Setting("overwrite", "switch", "replace a table that is there", ("place",)),
    Setting("scenario", "text", "what is done", RUNS,
            allowed="a name (`lepsim scenarios`) or the path of a YAML file"),
    Setting("scenarios", "names", "several to compare; the first is what the others are compared with", RUNS,
            allowed="names or paths, a,b,c (run: one)", otherwise="scenario; compare adds baseline in front"),
    Setting("start", "date", "when the levers of the scenario begin", RUNS,
            allowed="a month (2027-09) or years after year 0 (+2)", otherwise="first April after year 0"),
    Setting("years", "whole", "years projected after year 0", RUNS, 1, 40, "years",
            otherwise="10 for the baseline; else to the last courses or the longest award's end and 2 more; "
            "12 at least under age 7"),
    Setting("draws", "whole", "draws of all that is uncertain; 0: central values; 95 per cent bands need 100",
            RUNS, 0, 100_000, "draws"),
    Setting("replicates", "whole", "repeats of chance for each draw", RUNS, 1, 10_000, "replicates"),
    Setting("seed", "whole", "which chance: the same seed gives the same results", RUNS, 0, 2**32 - 1),
    Setting("effects", "effects", "size of every effect of schools, staff and programmes on pupils", RUNS,
            allowed="evidence, zero, or a multiplier from 0 to 10"),
    Setting("evidence", "choice", "effects whose evidence is weaker than this stand at zero", RUNS,
            choices=EVIDENCE_LEVELS),
    Setting("equal_cost", "switch", "bring scenarios marked cost: equal to the cost of the first of them, to "
            "all funders and over the projection, by one factor on the awards that each sets", RUNS),
    Setting("detail", "choice", "whether each school's years are kept, and of some runs (the first replicate "
            "of the first five draws) or of all runs every post, case, payment and event", RUNS,
            choices=DETAILS),
    Setting("engine", "choice", "how runs are spread over processors; results are the same", RUNS,
            choices=ENGINES),
    Setting("workers", "whole", "processes, for engine=joblib", RUNS, 1, 512, "processes"),
    Setting("fail_fast", "switch", "stop at the first run that fails", RUNS),
    Setting("out", "text", "folder for the results", (*RUNS, "chart", "story"), allowed="a path",
            otherwise="run, compare: results/VERB-PLACE-SCENARIO, numbered; else the run's own folder"),
    Setting("overwrite", "switch", "replace the results in out, if any", RUNS),
    Setting("run", "text", "folder of results to read", ("chart",), allowed="a path"),
    Setting("run", "text", "folder of a comparison to read, run with detail=some or detail=all", ("story",),
            allowed="a path"),
    Setting("school", "text", "the school whose story is told", ("story",), allowed="its URN or name",
            otherwise="the one whose results differ by the median amount, of those with a case"),
    Setting("other", "text", "the scenario set beside the run's baseline", ("story",),
            allowed="a scenario of the run", otherwise="the one there is; needed where there are several"),
    Setting("mechanisms.NAME", "group", "switch a mechanism off, or on", RUNS,
            allowed="on, off (`lepsim mechanisms` lists them)"),
    Setting("parameters.GROUP.NAME", "group", "set a parameter, whatever evidence and scenario say", RUNS,
            allowed="a number within its bounds (`lepsim evidence` lists them)"),
    Setting("generator.NAME", "group", "shape a synthetic place (place=synthetic)", (*RUNS, "place"),
            allowed="schools, pupils, disadvantaged_share ... (`lepsim place --help` lists them)"),
)  # fmt: skip

NAMES = {
    "run": ("place", "scenario"),
    "compare": ("place", "scenarios"),
    "place": ("place",),
    "chart": ("run",),
    "story": ("run",),
    "scenarios": ("scenarios",),
}
"""What positional names stand for, by verb."""


def of_verb(verb: str) -> dict[str, Setting]:
    """List the settings that a verb takes.

    Parameters
    ----------
    verb : str
        The verb.

    Returns
    -------
    dict of str to Setting
        By key, in the order of the catalogue.
    """
    return {setting.key: setting for setting in SETTINGS if verb in setting.verbs}
