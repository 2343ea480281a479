# Everything here needs Python 3.11 or newer and make; the rest is installed into .venv.
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

VENV ?= .venv
BIN := $(VENV)/bin
# Name one Python to use, or leave it empty: the first of these that is new enough is taken.
PYTHON ?=
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11 python
# A source distribution would be built with tools that no lock names: wheels only.
PIP_FLAGS ?= --only-binary=:all:
# Compiling is left to COMPILE, which uses every core.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
COMPILE := $(BIN)/python -m compileall -q -j 0
ROOMS := core importers tui
ARGS ?=

.PHONY: help
help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: demo
demo: $(VENV)/.app ## open the program on the sample book; nothing is kept
	@$(COMPILE) $(ROOMS)
	@$(BIN)/vitalfew demo $(ARGS)

.PHONY: setup
setup: $(VENV)/.dev ## install everything that developing needs

.PHONY: test
test: $(VENV)/.dev ## run the tests; ARGS="tests/core -k merge" runs some
	$(BIN)/python -m pytest -n auto $(ARGS)

.PHONY: slow
slow: $(VENV)/.dev ## run the tests that take minutes
	$(BIN)/python -m pytest -m slow $(ARGS)

.PHONY: soak
soak: $(VENV)/.dev ## try random histories of merging, undo and the rest; ARGS=10000 of them
	HISTORIES=$(or $(ARGS),5000) $(BIN)/python -m pytest tests/core/commands/test_histories.py

.PHONY: check
check: $(VENV)/.dev ## style, types, rules of the house, and the built wheel
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/wheel_smoke.py

.PHONY: format
format: $(VENV)/.dev ## put the code into shape
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

.PHONY: cover
cover: $(VENV)/.dev ## run the tests and show the lines that none of them reaches
	$(BIN)/python -m pytest --cov $(ARGS)

.PHONY: bench
bench: $(VENV)/.dev ## measure the budgets on 100,000 people, as ratios of one run
	$(BIN)/python -m tests.bench $(ARGS)

FILES ?=
PEERS ?= 0

.PHONY: bench-matching
bench-matching: $(VENV)/.dev $(if $(filter 1,$(PEERS)),$(VENV)/.peers) ## measure duplicates: FILES="a.csv b.csv.gz" PEERS=1 VITALFEW_MATCHING_DATA=folder
	@$(BIN)/python -m tests.bench.matching $(if $(filter 1,$(PEERS)),--peers $(VENV)/peers/bin/python) $(FILES)

.PHONY: bench-matching-500k
bench-matching-500k: $(VENV)/.dev $(VENV)/contacts_500k.csv ## the same on 500,000 entries made for it; takes minutes
	@$(BIN)/python -m tests.bench.matching $(VENV)/contacts_500k.csv

.PHONY: screenshots
screenshots: $(VENV)/.dev ## take the pictures of the README anew
	$(BIN)/python screenshots/take.py $(ARGS)

.PHONY: readme
readme: $(VENV)/.dev ## write the tables of the README anew from the program
	$(BIN)/python -m tests.readme

# The locks name a hash for every wheel of every platform, and no place to get them from.
.PHONY: lock
lock: $(VENV)/.lock ## write requirements/*.txt anew; ARGS=--upgrade takes newer versions
	$(VENV)/lock/bin/uv pip compile pyproject.toml --group build $(LOCK_FLAGS) \
	  --output-file requirements/app.txt $(ARGS)
	$(VENV)/lock/bin/uv pip compile pyproject.toml --group dev $(LOCK_FLAGS) \
	  --constraints requirements/app.txt --output-file requirements/dev.txt $(ARGS)
LOCK_FLAGS := --quiet --universal --python-version 3.11 --generate-hashes --strip-extras \
  --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.PHONY: clean
clean: ## remove what was made, .venv too
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .import_linter_cache \
	  .mypy_cache .pytest_cache .ruff_cache
	find $(ROOMS) tests screenshots -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the above stands on -----------------------------------------------------------------

# The installed command is a copy of tui/__main__.py, so it is made again when that changes.
$(VENV)/.app: requirements/app.txt pyproject.toml tui/__main__.py | $(VENV)/pyvenv.cfg
	@echo "Installing vitalfew into $(VENV), once ..." >&2
	@$(PIP) install --no-compile $(PIP_FLAGS) --require-hashes --requirement requirements/app.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@$(COMPILE) $(VENV)/lib || true
	@touch $@

# The second lock holds the first one whole.
$(VENV)/.dev: requirements/dev.txt requirements/app.txt pyproject.toml tui/__main__.py | $(VENV)/pyvenv.cfg
	@echo "Installing vitalfew and its tools into $(VENV), once ..." >&2
	@$(PIP) install --no-compile $(PIP_FLAGS) --require-hashes --requirement requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@$(COMPILE) $(VENV)/lib || true
	@touch $(VENV)/.app $@

# What duplicates are measured against; never anything this program stands on.
$(VENV)/.peers: | $(VENV)/pyvenv.cfg
	@$(BIN)/python -m venv $(VENV)/peers
	@$(VENV)/peers/bin/python -m pip --disable-pip-version-check --quiet install 'splink>=5,<6' pyarrow
	@touch $@

# The maker of lists lies with the lists; what it draws its names from is fixed to the letter.
$(VENV)/contacts_500k.csv: | $(VENV)/pyvenv.cfg
	@test -n "$(VITALFEW_MATCHING_DATA)" || { echo "Name the folder of make_contacts.py: VITALFEW_MATCHING_DATA=..." >&2; exit 1; }
	@$(BIN)/python -m venv $(VENV)/makers
	@$(VENV)/makers/bin/python -m pip --disable-pip-version-check --quiet install \
	  names==0.3.0 Faker==40.54.0 nicknames==1.0.1 anyascii==0.3.3
	@$(VENV)/makers/bin/python $(VITALFEW_MATCHING_DATA)/make_contacts.py \
	  --n 500000 --seed 13 --out $@.part >&2
	@mv $@.part $@

$(VENV)/.lock: | $(VENV)/pyvenv.cfg
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check --quiet install 'uv>=0.13,<0.14'
	@touch $@

$(VENV)/pyvenv.cfg:
	@found=; \
	for python in $(or $(PYTHON),$(CANDIDATES)); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    found=$$python; break; \
	  fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "vitalfew needs Python 3.11 or newer; none answers to: $(or $(PYTHON),$(CANDIDATES))." >&2; \
	  echo "Install one, or name it: make demo PYTHON=/where/it/is/python3" >&2; \
	  exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found cannot make virtual environments; on Debian and Ubuntu:" >&2; \
	  echo "  sudo apt install python3-venv" >&2; \
	  exit 1; \
	fi; \
	"$$found" -m venv $(VENV)
