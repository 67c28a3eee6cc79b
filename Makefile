# `make demo` and `make test` do all the setting up there is. Everything made here is git-ignored.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help demo test reliability lint bench lock licences clean

help: ## What can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

demo: .venv/.runtime ## Load the bundled sources, answer one question, write brief.html
	@$(BIN)/relgraph demo --graph .relgraph

test: .venv/.development ## The suite, on the embedded engine, Neo4j 5.26 and Neo4j 2026
	@$(BIN)/python -m pytest --numprocesses 2

reliability: .venv/.development ## Kills, crowds and hostile input in the numbers of docs/reliability.md (an hour)
	@$(BIN)/python -m pytest tests/reliability --thorough -rP

lint: .venv/.development ## Style and simple mistakes
	@$(BIN)/ruff check

bench: .venv/.development ## What is fast, measured: see benchmarks/
	@$(BIN)/python -m benchmarks.startup
	@$(BIN)/python -m benchmarks.load
	@$(BIN)/python -m benchmarks.first_load
	@$(BIN)/python -m benchmarks.sources
	@$(BIN)/python -m benchmarks.backup
	@$(BIN)/python -m benchmarks.page
	@$(BIN)/python -m benchmarks.network
	@$(BIN)/python -m benchmarks.panel
	@$(BIN)/python -m benchmarks.stability

lock: ## Pin the newest versions that requirements*.in allow (needs uv)
	@.ci/lock

licences: .venv/.development ## Write docs/licences.md from what is installed
	@$(BIN)/python -m tests.licences

clean: ## Remove what was made here, except .relgraph and the downloaded engines
	rm -rf .venv build dist brief.html .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The pinned libraries, each checked against its hash, then relgraph itself beside them.
.venv/.runtime: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "relgraph needs Python 3.11 or later: make PYTHON=/path/to/python3.11 …")'
	@echo "Setting up .venv with the pinned libraries (a minute or two, once) …"
	@$(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.development: .venv/.runtime requirements-dev.txt
	@echo "Adding the pinned tools for tests …"
	@$(PIP) install --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@
