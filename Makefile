# Every target does its own set-up: a virtual environment with the versions pinned in constraints.txt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SPEED ?= 1
PEOPLE ?= 40
TABLES ?= 2

.PHONY: help run demo test check format install messages vendor bench clean

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run  ## Start the server and print the organizer's one-time link
	$(BIN)/girotondo serve

demo: $(VENV)/.run  ## Start an evening with simulated guests (SPEED=20 AUTO=1 runs it through; TABLES=5: five at a table; LAN=1 lets phones in)
	$(BIN)/girotondo demo --people $(PEOPLE) --tables $(TABLES) --speed $(SPEED) $(if $(AUTO),--auto) $(if $(LAN),--lan)

test: $(VENV)/.dev  ## Run all tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/.dev  ## Format, lint, types, imports, unit and property tests: under two minutes
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n 2 -m "not slow and not browser" -q

format: $(VENV)/.dev  ## Format the code and mend what can be mended by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

install: $(VENV)/.dev  ## Make the virtual environment with the command and the check tools

messages: $(VENV)/.dev  ## Collect the texts of templates and scripts into the catalogues
	$(BIN)/python -m event_server.locale.update

vendor:  ## Bundle the third-party scripts anew (maintainers only; needs Node)
	npm install --ignore-scripts --no-package-lock --no-audit --no-fund && node frontend/build_vendor.mjs

bench: $(VENV)/.dev  ## Print the figures of this machine
	$(BIN)/python benchmarks/phones.py
	$(BIN)/python benchmarks/recovery.py
	$(BIN)/python benchmarks/pairs.py --bars
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/affinity.py
	$(BIN)/python benchmarks/groups.py

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	@touch $@

clean:  ## Remove the virtual environment and what tools left behind
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
