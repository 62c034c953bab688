"""`make bench`: what runs cost in time and memory, printed and kept in results/bench.json.

Nothing here is asserted: a busy machine is no fault of the program's. Times are of the processor, ratios
within one run, and the yardstick (a fixed piece of NumPy work) tells how fast the machine was meanwhile.
"""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

PROJECT = Path(__file__).resolve().parents[2]
STORED = PROJECT / "results" / "bench.json"
LARGE = pytest.mark.skipif(
    not os.environ.get("BENCH_ENGLAND"), reason="takes minutes: make bench england=true"
)
ONE_THREAD = {
    name: "1"
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
}


def measured(name):
    """Rows of one measurement, taken in a fresh process with one thread."""
    command = [sys.executable, "-m", "tests.bench.measurements", name]
    done = subprocess.run(
        command, cwd=PROJECT, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def keep(name, found):
    """Put a measurement beside the others of results/bench.json."""
    STORED.parent.mkdir(exist_ok=True)
    stored = json.loads(STORED.read_text()) if STORED.exists() else {}
    when = datetime.now(UTC).isoformat(timespec="seconds")
    stored[name] = {**found, "when": when, "python": platform.python_version(), "machine": platform.machine()}
    STORED.write_text(json.dumps(stored, indent=1) + "\n")


def show(name, found):
    """Print a small table."""
    before, after = found["yardstick_ms"]
    table = pd.DataFrame(found["rows"]).to_string(index=False, float_format=lambda x: f"{x:,.2f}")
    print(f"\n{name.replace('_', ' ')} (yardstick {before:.0f} ms before, {after:.0f} ms after)\n{table}")


@pytest.mark.bench
@pytest.mark.parametrize(
    "name",
    [
        "benchmark_place",
        "plain_mesa",
        "growth",
        "institutions",
        "all_on",
        "paired",
        pytest.param("england", marks=pytest.mark.slow),
        pytest.param("england_all_on", marks=[pytest.mark.slow, LARGE]),
    ],
)
def test_measure(name):
    found = measured(name)
    keep(name, found)
    show(name, found)
