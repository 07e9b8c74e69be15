# Sangam: `make run` brings the portal up on this machine, `make test` proves it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
export DEMO ?= 1
export LISTINGS ?= 100000
# Six processes start at once: each compiles every module again where compiled ones are not kept.
export PYTHONDONTWRITEBYTECODE :=
BIN := .venv/bin
RUN := $(BIN)/python
# What takes long or drives whole processes is set apart from the quick proofs.
QUICK := not browser and not supervisor and not nightly
WHOLE := (browser or supervisor) and not nightly

.PHONY: help run test nightly lint bench requirements

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.base ## set up and run the portal with a demo world (PORT=8000, DEMO=1)
	@exec $(RUN) manage.py portal --port $(PORT)

test: .venv/.test ## set up and run all tests
	@tools/chromium.sh
	@$(RUN) manage.py catalogues_compile
	$(RUN) -m pytest -n 2 -m "$(QUICK)"
	$(RUN) -m pytest -m "$(WHOLE)"

nightly: .venv/.test ## run the long proofs
	@tools/chromium.sh
	@$(RUN) manage.py catalogues_compile
	$(RUN) -m pytest -n 2 -m "nightly and not alone" --timeout 3600
	$(RUN) -m pytest -m "nightly and alone" --timeout 3600

bench: .venv/.bench ## measure against plain work, interleaved: medians and ratios (ONLY=simulation LISTINGS=100000)
	$(RUN) -m tests.bench $(ONLY)

lint: .venv/.test ## check style, types, layers and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@if [ -d templates ]; then \
	  find templates -name '*.html' -print0 | xargs -0 $(BIN)/djhtml --check --tabwidth 2 && \
	  find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --check --target-version 5.2 && \
	  $(BIN)/djlint templates --lint --quiet; fi
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(RUN) -W ignore manage.py makemigrations --check --dry-run

requirements: .venv/.tools ## compile requirements/*.in to hashed files
	@cd requirements && for name in tools base test bench; do \
	  ../$(BIN)/uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-annotate --custom-compile-command "make requirements" -q \
	    $$([ $$name = test ] && echo "-c base.txt") $$([ $$name = bench ] && echo "-c test.txt") \
	    $$name.in -o $$name.txt; done

# uv knows nothing of how this machine's pip is set up; where it fails, pip itself installs.
INSTALL = VIRTUAL_ENV=.venv $(BIN)/uv pip install -q --require-hashes -r $< \
  || $(BIN)/pip install -q --require-hashes -r $<

.venv/.tools: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Sangam needs Python 3.11 or later: make PYTHON=python3.11 …"; exit 1; }
	@[ -x $(RUN) ] || { echo "Making .venv"; $(PYTHON) -m venv .venv; }
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/.base: requirements/base.txt .venv/.tools
	@echo "Installing what the portal needs"
	@$(INSTALL)
	@touch $@

.venv/.test: requirements/test.txt .venv/.tools
	@echo "Installing what the tests need"
	@$(INSTALL)
	@touch $@

.venv/.bench: requirements/bench.txt .venv/.test
	@echo "Installing the engines that ours is measured against"
	@$(INSTALL)
	@touch $@
