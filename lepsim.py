"""lepsim: projected outcomes and gaps of English schools, trusts and local authorities. The front door.

In a notebook: ``lepsim.run(place="ealing", draws=20)``, ``lepsim.compare(scenario="early_language")``,
``lepsim.load(folder)``, ``lepsim.place("ealing")``, ``lepsim.story(folder)``, with the settings that the
command line takes. A place of real schools: ``lepsim.build_place(la="Ealing", data="files", year=2018)``.
"""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from model.place import Place
    from outputs.store import Results
    from outputs.story import Story
    from scenarios.build_settings import BuildSettings
    from scenarios.command_line import Verb
    from scenarios.places.build.assemble import BuiltPlace
    from scenarios.settings import Settings

ROOMS = ("model", "scenarios", "calibration", "experiments", "outputs", "conf")
HOME = Path(__file__).resolve().parent
DONE, A_RUN_FAILED, BAD_INPUT = 0, 1, 2


class MissingRoom(RuntimeError):
    """A folder of the program is not where it belongs."""


def _open_rooms() -> None:
    """Make this folder's rooms the ones that are imported, whatever else is on the search path.

    Raises
    ------
    MissingRoom
        If a room does not sit beside this file, or another project's was imported first.
    """
    missing = [room for room in ROOMS if not (HOME / room).is_dir()]
    if missing:
        raise MissingRoom(f"{HOME}: folders of lepsim are missing; found none called {', '.join(missing)}; "
                          f"allowed: {', '.join(ROOMS)} beside lepsim.py. Install lepsim again.")  # fmt: skip
    for room in ROOMS:
        other = getattr(sys.modules.get(room), "__file__", None)
        if other is not None and Path(other).resolve().parent != HOME / room:
            raise MissingRoom(f"{room}: another project's module of this name is in use; found {other}; "
                              f"allowed: {HOME / room}. Start again and import lepsim first.")  # fmt: skip
    if sys.path[:1] != [str(HOME)]:
        sys.path.insert(0, str(HOME))
    for room in ROOMS:
        import_module(room)


def run(**settings: Any) -> Results:
    """Project a place under one or more scenarios, store the results and load them.

    Parameters
    ----------
    **settings : Any
        As on the command line (``lepsim run --help``); groups as mappings: ``generator={"schools": 40}``.

    Returns
    -------
    outputs.store.Results
        What was stored, as pandas tables.

    Raises
    ------
    scenarios.errors.BadInput
        If a setting cannot be used.
    """
    return _study("run", settings)


def compare(**settings: Any) -> Results:
    """Compare scenarios on the same draws and chance, store the results and load them.

    Parameters
    ----------
    **settings : Any
        As on the command line (``lepsim compare --help``).

    Returns
    -------
    outputs.store.Results
        What was stored, as pandas tables.

    Raises
    ------
    scenarios.errors.BadInput
        If a setting cannot be used.
    """
    return _study("compare", settings)


def load(folder: str | Path) -> Results:
    """Load the results in a folder.

    Parameters
    ----------
    folder : str or Path
        A folder that ``run`` or ``compare`` wrote.

    Returns
    -------
    outputs.store.Results
        What was stored, as pandas tables.

    Raises
    ------
    outputs.errors.BadResults
        If the folder holds no results that can be read.
    """
    _open_rooms()
    from outputs import store
    from outputs.errors import BadResults

    if not isinstance(folder, (str, Path)):
        raise BadResults(
            "is not the name of a folder", where="folder", found=repr(folder)[:80], allowed="a path"
        )
    return store.load(Path(folder))


def story(run: str | Path, *, school: str | int | None = None, other: str | None = None,
          out: str | Path | None = None) -> Story:  # fmt: skip
    """Tell one school's story over the years under two scenarios of a comparison, and write it.

    Parameters
    ----------
    run, out : str or Path
        A folder that ``compare`` wrote with ``detail="some"`` or ``"all"``; where the story goes, else there.
    school : str or int, optional
        URN or name; the one whose results differ by the median amount if not given.
    other : str, optional
        The scenario to set beside the run's baseline; needed where there are several.

    Returns
    -------
    outputs.story.Story
        Its text, chart, school and files.

    Raises
    ------
    outputs.errors.BadResults
        If the folder keeps too little, or holds no such school or scenario.
    """
    results = load(run)
    from outputs import story as stories

    return stories.write(stories.tell(results, school=school, other=other), Path(out or run))


def build_place(**settings: Any) -> BuiltPlace:
    """Build a place from the Department's files; write it too, where ``out`` says so.

    Parameters
    ----------
    **settings : Any
        As on the command line (``lepsim place build --help``): ``la`` a name or code, or a list; ``data`` a
        path, or a list; ``year``; ``name``, ``partnerships``, ``out``, ``report``, ``overwrite``.

    Returns
    -------
    scenarios.places.build.assemble.BuiltPlace
        The place, the table of its schools (pandas), the report of the build.

    Raises
    ------
    scenarios.errors.BadInput
        If the files or a setting cannot be used.
    """
    _open_rooms()
    from scenarios.build_settings import from_values
    from scenarios.places import building

    asked = from_values(settings)
    built = building.build(asked)
    if asked.out is not None or asked.report is not None:
        _store_place(built, asked)
    return built


def _store_place(built: BuiltPlace, asked: BuildSettings) -> Any:
    from scenarios.places import building
    from scenarios.places.build.report_page import page

    return building.store(built, asked, page)


def place(name: str | Path, **generator: Any) -> Place:
    """Make the place that goes by a name.

    Parameters
    ----------
    name : str or Path
        As the setting ``place``: a name, or the path of a place file.
    **generator : Any
        Options of the generator, for ``synthetic``.

    Returns
    -------
    model.place.Place
        Schools, home areas, published results and rates.

    Raises
    ------
    scenarios.errors.BadInput
        If nothing goes by that name.
    """
    _open_rooms()
    from scenarios.errors import BadInput
    from scenarios.places import resolve

    if isinstance(name, Path):
        from scenarios.places.place_file import read

        return read(name).place
    if not isinstance(name, str):
        raise BadInput("is not a name", where="place", found=repr(name)[:80], allowed="a text, as ealing")
    return resolve(name, generator)


def _study(verb: str, settings: dict[str, Any]) -> Results:
    _open_rooms()
    from scenarios.settings import from_values

    return _carry_out(from_values(verb, settings))


def _carry_out(settings: Settings) -> Results:
    """Prepare, run, store and chart a study; its folder appears when all of it is there."""
    from experiments.run import forget
    from experiments.study import prepare
    from outputs import store
    from outputs.folder import refuse_existing

    study = prepare(settings)
    refuse_existing(study.out, overwrite=settings.overwrite)
    finished = study.execute(progress=sys.stderr.isatty())
    results = store.Results(**study.bundle(finished))
    store.save(results, study.out, overwrite=settings.overwrite)
    forget(study.parts)
    return store.load(study.out)


def _act_on_study(verb: str, words: list[str]) -> int:
    from experiments.study import StudyFailed
    from scenarios.settings import from_words

    try:
        results = _carry_out(from_words(verb, words))
    except StudyFailed as error:
        print(f"lepsim: {error}", file=sys.stderr)
        return A_RUN_FAILED
    from outputs.words import in_words

    print(in_words(results), f"Results, tables and charts: {results.folder}", sep="\n\n")
    return A_RUN_FAILED if results.manifest["failures"] else DONE


def _act_chart(words: list[str]) -> int:
    from outputs import store
    from scenarios import values
    from scenarios.settings import from_words

    settings = from_words("chart", words)
    results = store.load(values.path(settings.run, "run"))
    folder = values.path(settings.out or settings.run, "out")
    print(*store.redraw(results, folder), sep="\n")
    return DONE


def _act_story(words: list[str]) -> int:
    """Tell a school's story, and say where it is written."""
    from scenarios import values
    from scenarios.settings import from_words

    asked = from_words("story", words)
    run, out = values.path(asked.run, "run"), values.path(asked.out or asked.run, "out")
    told = story(run, school=asked.school, other=asked.other, out=out)
    from outputs.story import plain

    print(plain(told), *told.files, sep="\n")
    return DONE


def _act_place(words: list[str]) -> int:
    from scenarios.listings import place_lines
    from scenarios.places.resolve import file_behind
    from scenarios.places.showing import refuse_school
    from scenarios.settings import from_words

    settings = from_words("place", words)
    if file_behind(settings.place) is not None:
        return _show_file(settings)
    refuse_school(settings)
    print(*place_lines(place(settings.place, **settings.generator)), sep="\n")
    return DONE


def _show_file(settings: Settings) -> int:
    """Show what is in a place file."""
    from scenarios.places import place_file, school_csv, showing
    from scenarios.places.build.report_console import print_report
    from scenarios.places.resolve import file_behind, refuse_generator

    path = file_behind(settings.place)
    refuse_generator(settings.place, settings.generator)
    found = place_file.read_file(path or Path(settings.place))
    if settings.schools is not None:
        print(school_csv.write_table(found.built, settings.schools, overwrite=settings.overwrite))
    elif settings.school is not None:
        showing.print_school(found.built, settings.school)
    else:
        print(*showing.head_lines(found), sep="\n")
        print_report(found.built.report)
    return DONE


def _act_build(words: list[str]) -> int:
    """Build a place, store it and its report, and say what matters."""
    from scenarios.build_settings import from_words
    from scenarios.places import building
    from scenarios.places.build.report_console import print_report, status

    asked = from_words(words)
    with status("Reading the files and building the place"):
        built = building.build(asked)
    stored = _store_place(built, asked)
    print_report(built.report)
    print(f"\nPlace file: {stored.out} (SHA-256 {stored.sha256})", f"Report: {stored.report}", sep="\n")
    return DONE


def _act_list(verb: str, words: list[str]) -> int:
    from scenarios import grammar, listings

    split = grammar.split(words)
    grammar.refuse_settings(verb, split.settings)
    if verb == "evidence":
        lines = listings.evidence_lines(split.names)
    elif verb == "scenarios":
        lines = listings.scenario_lines(split.names)
    else:
        grammar.names_to_settings(split.names, (), {})
        lines = listings.mechanism_lines()
    print(*lines, sep="\n")
    return DONE


def _verbs() -> dict[str, Verb]:
    from scenarios.command_line import Verb

    verbs = (
        Verb("run", "Project a place, with or without a scenario.", "[PLACE [SCENARIO]] [key=value ...]",
             partial(_act_on_study, "run")),
        Verb("compare", "Compare scenarios on the same draws and the same chance.",
             "[PLACE [SCENARIO ...]] [key=value ...]", partial(_act_on_study, "compare")),
        Verb("place", "Show what a place holds and where each figure comes from.",
             "[show] [PLACE] [key=value ...]", _act_place),
        Verb("place build", "Build a place, school by school, from the Department's own files.",
             "la=LA data=FOLDER year=YEAR [out=FILE.place] [key=value ...]", _act_build),
        Verb("chart", "Draw the charts of a folder of results again.", "FOLDER [key=value ...]", _act_chart),
        Verb("story", "Tell one school's story over the years under two scenarios of a comparison.",
             "FOLDER [school=URN|NAME] [other=SCENARIO] [key=value ...]", _act_story),
        Verb("scenarios", "List the scenarios and programmes there are, or say what some do.",
             "[SCENARIO ...]",
             partial(_act_list, "scenarios")),
        Verb("mechanisms", "List the mechanisms and what stands in their place when off.", "",
             partial(_act_list, "mechanisms")),
        Verb("evidence", "List parameters with the evidence they rest on.",
             "[GROUP | PARAMETER | EVIDENCE_ROW ...]", partial(_act_list, "evidence")),
    )  # fmt: skip
    return {verb.name: verb for verb in verbs}


def main() -> None:
    """Run the command line and leave with 0 (done), 1 (a run failed) or 2 (bad input)."""
    try:
        _open_rooms()
    except MissingRoom as error:
        print(f"lepsim: {error}", file=sys.stderr)
        sys.exit(BAD_INPUT)
    from outputs.errors import BadResults
    from scenarios.command_line import start

    sys.exit(start(_verbs(), (BadResults,)))


if __name__ == "__main__":
    main()
