# make setup | demo | test | check | bench | format | lock
# Each works alone on a clean clone: setup is done first, and only once.
# make bench england=true also measures all of England with everything on.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CODE := lepsim.py calibration experiments model outputs scenarios
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: setup demo test check types house bench format lock
.SILENT:

# Where Python is told to keep nothing compiled, each of its processes would compile all tests and libraries anew.
export PYTHONDONTWRITEBYTECODE :=

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	test -n "$(PYTHON)" || { echo "lepsim needs Python 3.11 or newer: make setup PYTHON=/path/to/python3.11" >&2; exit 2; }
	echo "Setting up $(VENV) with $$($(PYTHON) --version)"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

demo: setup
	$(BIN)/lepsim run place=ealing out=results/demo overwrite=true

# Each worker takes half of the files, so that what a file builds is built once, and steals from the other at the end.
test: check
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not slow and not bench" --ignore=tests/house

# The house: how the code is written, typed, described, layered and packed. Types take one core and as long as all else.
check: setup
	$(MAKE) --no-print-directory --jobs=2 types house

types: setup
	$(BIN)/mypy

house: setup
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --diff .
	$(BIN)/numpydoc lint $$(git ls-files --cached --others --exclude-standard -- $(CODE) | grep '\.py$$')
	$(BIN)/lint-imports --no-cache > $(VENV)/imports.txt || { cat $(VENV)/imports.txt; exit 1; }
	$(BIN)/python -m pytest -q -m "not slow and not bench" tests/house

bench: setup
	BENCH_ENGLAND=$(england) $(BIN)/python -m pytest -q -s -m bench

format: setup
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix .

# Needs uv; keeps the versions that still satisfy pyproject.toml.
lock:
	uv pip compile pyproject.toml --extra dev --extra calibration --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-header --quiet --output-file requirements.lock
