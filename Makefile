# make demo   set up and run the first case, in both languages
# make test   set up and run the tests
# make check  set up and run the linters, the types, the layers and the built wheel
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: setup demo test test-slow check wheel stub catalog bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kosmodrom needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --only-binary :all: --group dev -e '.[all]'
	@touch $@

demo: setup
	@$(BIN)/kosmodrom run vostochny-2023 --lang en --lang id

test: setup
	$(BIN)/python -m pytest -m "not slow" -n auto

test-slow: setup
	$(BIN)/python -m pytest -m slow -n auto --hypothesis-profile=explore
	$(BIN)/python -m pytest tests/property -m "not slow" -n auto --hypothesis-profile=explore

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/numpydoc lint $$(git ls-files 'src/*.py')
	$(BIN)/python scripts/check_wheel.py

stub: setup
	$(BIN)/python -m kosmodrom.analyses._stub

bench: setup
	@$(PIP) install --only-binary :all: --group bench
	for file in benchmarks/bench_*.py; do $(BIN)/python $$file; done

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
