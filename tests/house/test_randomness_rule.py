"""Chance has one source: code that draws from anywhere else is refused by the linter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FORBIDDEN = (
    "import random\n\nprint(random)",
    "from random import gauss\n\nprint(gauss)",
    "import secrets\n\nprint(secrets)",
    "import numpy as np\n\nprint(np.random.rand(3))",
    "import numpy as np\n\nnp.random.seed(1)",
    "import numpy as np\n\nprint(np.random.normal(size=3))",
    "import numpy as np\n\nprint(np.random.default_rng(1))",
    "from numpy.random import default_rng\n\nprint(default_rng(1))",
    "from numpy.random import PCG64\n\nprint(PCG64(1))",
    "import numpy.random as chance\n\nprint(chance.randint(3))",
)
ALLOWED = (
    "import numpy as np\n\n\ndef first(stream: np.random.Generator) -> float:\n    return stream.random()\n"
)


def lint(project: Path, code: str, name: str) -> subprocess.CompletedProcess[str]:
    """Lint code as if it stood in the project under a name, with the rules on chance alone."""
    ruff = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251,NPY002"]
    command = [
        *ruff,
        "--config",
        str(project / "pyproject.toml"),
        "--stdin-filename",
        str(project / name),
        "-",
    ]
    return subprocess.run(command, input=code, cwd=project, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("code", FORBIDDEN, ids=range(len(FORBIDDEN)))
def test_a_mechanism_that_draws_its_own_numbers_is_refused(code: str, project: Path) -> None:
    done = lint(project, code, "model/absence.py")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "TID251" in done.stdout or "NPY002" in done.stdout


def test_a_mechanism_may_be_handed_a_stream(project: Path) -> None:
    done = lint(project, ALLOWED, "model/absence.py")
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_room_of_randomness_makes_a_bit_generator(project: Path) -> None:
    code = "from numpy.random import Philox\n\nprint(Philox(key=1))\n"
    assert lint(project, code, "model/randomness.py").returncode == 0
    assert lint(project, code, "model/learning.py").returncode == 1
