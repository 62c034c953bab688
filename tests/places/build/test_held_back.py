"""Places of LAs that the embedded table has no figures of: all that is known comes from the files given."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from model.levers import Levers
from model.parameters import Parameters
from model.randomness import Chance
from model.system import simulate
from scenarios.places.authorities import load_authorities
from scenarios.places.build.assemble import build_place
from tests.places.build import test_later_years as later

YEAR = 2018
HELD_BACK = (209, 380, 840, 850)
PACKED = 850


def files_of(folder: Path, code: int, year: int = YEAR) -> Path:
    """The results, register and LA indicators of Ealing, given to another LA."""
    later.register(folder)
    later.ks2(folder, year)
    later.ks4(folder, year)
    later.indicators(folder, year, england={**later.RATES, **later.RESULTS})
    name = load_authorities()[code].name
    for path in sorted(folder.rglob("*.csv")):
        lines = path.read_text(encoding="utf-8-sig")
        lines = lines.replace(f",{later.EALING},", f",{code},").replace("Ealing", name)
        path.write_bytes(lines.encode("cp1252"))
    return folder


def pack(folder: Path) -> None:
    """Put every file into a gzip of its own."""
    for path in sorted(folder.rglob("*.csv")):
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory):
    """Ealing itself."""
    return build_place(str(files_of(tmp_path_factory.mktemp("known"), later.EALING)), later.EALING, YEAR)


@pytest.mark.parametrize("code", HELD_BACK)
def test_an_la_without_embedded_figures_is_built_and_run_as_any_other(code: int, known, tmp_path: Path):
    la = load_authorities()[code]
    assert not la.available
    written = {209: la.name, 380: str(code), 840: la.slug, 850: la.name.upper()}[code]
    folder = files_of(tmp_path, code)
    if code == PACKED:
        pack(folder)
    built = build_place(str(folder), written, YEAR)
    assert (built.place.la_code, built.place.la_name) == ((code,), (la.name,))
    assert built.table.schools.index.equals(known.table.schools.index)
    assert built.table.schools["roll"].equals(known.table.schools["roll"])
    assert len(built.table.results) == len(known.table.results)
    for measure in ("ks2_rwm", "ks4_attainment8"):
        ours, theirs = (getattr(one.place.results, measure)[0, -1] for one in (built, known))
        assert ours.tolist() == pytest.approx(theirs.tolist())
    assert built.place.results.ks2_rwm[0, -1].tolist() == pytest.approx([0.48, 0.69])
    record = simulate(built.place, Levers(), Parameters(), years=2, chance=Chance(1, 0, 0))
    assert np.isfinite(record.values[:, 0]).all()


def test_the_whole_of_england_has_it_too(tmp_path: Path):
    built = build_place(str(files_of(tmp_path, 840)), "all", YEAR)
    assert built.place.la_code == (840,)
    assert len(built.table.schools) == len(later.PRIMARIES) + len(later.SECONDARIES)
