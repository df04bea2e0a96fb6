# `make demo` and `make test` need only make and Python 3.11 or newer: they create .venv and install into it once.
.DEFAULT_GOAL := help
.PHONY: help install demo test test-cuda test-lowest test-whole lint types unit docs format messages constraints bench clean

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CONSTRAINTS := constraints.txt
LOWEST := build/lowest
FIND_PYTHON = for p in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { command -v "$$p"; break; }; done

help: ## show the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

install: $(STAMP) ## create .venv with everything the targets need

$(BIN)/python:
	@python="$$($(FIND_PYTHON))"; \
	if [ -z "$$python" ]; then \
		echo "No suitable Python: 3.11 or newer with the modules venv and ensurepip is needed." >&2; \
		echo "Found: $$(python3 --version 2>/dev/null || echo none). Install one (on Debian and Ubuntu: python3.11 and python3.11-venv)," >&2; \
		echo "or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; fi; \
	echo "Creating $(VENV) with $$python"; "$$python" -m venv $(VENV)

$(STAMP): pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS) --editable '.[dev]'
	@touch $@

demo: $(STAMP) ## grade the sample class
	@$(BIN)/grader demo

test: lint ## everything that must hold before a commit
	@$(MAKE) --no-print-directory -j 2 types unit

WORKFLOWS := $(wildcard .github/workflows/*.yml)

lint: $(STAMP) ## ruff; the schema of workflows, and what they could give away
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/zizmor --offline --quiet --no-progress --config .github/zizmor.yml $(WORKFLOWS)

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

unit: $(STAMP) ## pytest on two cores
	$(BIN)/python -m pytest -n 2 --no-loadscope-reorder

test-cuda: $(STAMP) ## what only a GPU shows, in some minutes; skipped on a machine without one
	$(BIN)/python -m pytest -n 0 -rsP tests/test_cuda.py

$(LOWEST).txt: pyproject.toml constraints.txt
	@mkdir -p $(@D)
	@{ grep -Ev '^torch(vision)?==' constraints.txt; sed -nE 's/^ *"(torch|torchvision)>=([0-9.]+),.*/\1==\2/p' pyproject.toml; } > $@

test-lowest: $(LOWEST).txt ## what depends on torch, with the lowest torch that is promised, in an environment of its own
	$(MAKE) install VENV=$(LOWEST) CONSTRAINTS=$(LOWEST).txt
	$(LOWEST)/bin/python -m pytest -n 2 tests/engine tests/authoring tests/judging tests/test_corpus.py

test-whole: lint types ## the same with all of the corpus and of the sample class, of which `test` takes a part
	GRADER_WHOLE_CORPUS=1 GRADER_WHOLE_CLASS=1 GRADER_WHOLE_TOLERANCES=1 \
	GRADER_WHOLE_DOCS=1 GRADER_LAB=1 $(MAKE) unit

docs: $(STAMP) ## build the documentation's site into build/docs; a warning or a dead link fails
	$(BIN)/python -m sphinx -W -n --keep-going -q docs build/docs

format: $(STAMP) ## put the sources into ruff's format
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

messages: $(STAMP) ## bring the catalogues of translated messages up to date and compile them
	$(BIN)/python -m tests.messages

RESOLVE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11.0 --all-extras --no-annotate --no-header

constraints: $(STAMP) ## constraints.txt anew after a change of pyproject.toml; versions stay unless UPGRADE=--upgrade
	$(RESOLVE) $(UPGRADE) pyproject.toml --output-file constraints.txt >/dev/null
	@{ echo "# The versions that this project is tested with, for each supported Python: made by \`make constraints\`."; \
	echo "# torch pins its own CUDA packages."; grep -Ev '^(#|(nvidia|cuda)-|triton)' constraints.txt; } > constraints.new
	@mv constraints.new constraints.txt

bench: $(STAMP) ## compare the grader's speed with pytest and with the floor
	$(BIN)/python -m benchmarks

clean: ## remove what tools left behind; .venv stays
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find grader tests assignments solutions -name __pycache__ -type d -prune -exec rm -rf {} +
