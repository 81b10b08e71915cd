# Tequio. `make run` shows it, `make test` proves it; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOME_DIR ?= $(or $(TEQUIO_HOME),var)
# One more than a small machine has cores: a browser's journey waits half of its time.
WORKERS ?= 3
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
export PYTHONUNBUFFERED := 1
# Some images forbid it: then every process would compile the whole program anew, a second each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test check fix bench proof lock baseline messages

help:  ## list what make can do here
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: $(VENV)/.run  ## install what is locked and start the demonstration (PORT=8000)
	@exec $(BIN)/tequio demo --port $(PORT) --home $(HOME_DIR)

test: $(VENV)/.dev  ## the whole suite, journeys in a headless browser included
	@bash .ci/pango $(BIN)
	TEQUIO_CHROMIUM="$$(bash .ci/chromium $(BIN))"
	export TEQUIO_CHROMIUM
	timeout --signal=INT --kill-after=30 17m $(BIN)/pytest -n $(WORKERS) --dist loadgroup || {
		status=$$?
		[ $$status -ne 124 ] || echo "make test: stopped after 17 minutes." >&2
		exit $$status
	}

proof: $(VENV)/.dev  ## the suite at full volume: every kill, every request, every page in every language
	@bash .ci/pango $(BIN)
	TEQUIO_CHROMIUM="$$(bash .ci/chromium $(BIN))"
	export TEQUIO_CHROMIUM
	PROOF=1 $(BIN)/pytest -n $(WORKERS) --dist loadgroup

bench: $(VENV)/.dev  ## measure pages against a bare view, and votes per second
	@$(BIN)/python -m tests.bench

check: $(VENV)/.dev  ## lint, format, types, layers, templates, translations, stylesheet
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy tequio
	$(BIN)/lint-imports
	git ls-files -z --cached --others --exclude-standard -- 'tequio/**/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python -m tequio.core.messages check
	$(BIN)/python -m tequio.web.stylesheet check
	$(BIN)/python -m tequio.cli.baseline check

fix: $(VENV)/.dev  ## put lint, format, templates and the stylesheet in order
	@$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	git ls-files -z --cached --others --exclude-standard -- 'tequio/**/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 || true
	$(BIN)/python -m tequio.web.stylesheet

baseline: $(VENV)/.dev  ## record what a new database is laid from, after migrations were added
	@$(BIN)/python -m tequio.cli.baseline record

messages: $(VENV)/.dev  ## collect new texts into the catalogs, and compile them
	@$(BIN)/python -m tequio.core.messages extract
	$(BIN)/python -m tequio.core.messages compile

lock: $(VENV)/.dev  ## choose versions anew and write the locks with their hashes (UPGRADE=1 takes newer ones)
	@for name in run dev; do
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			$(if $(UPGRADE),--upgrade) --no-emit-index-url \
			requirements/$$name.in -o requirements/$$name.txt
	done

# The environment. The two stamps hold: installed as locked, and Tequio itself installed from this folder.
$(BIN)/python:
	@bash .ci/venv "$(PYTHON)" "$(VENV)"

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@if [ ! -e $(VENV)/.dev ] || [ requirements/run.txt -nt $(VENV)/.dev ]; then
		echo "Installing what Tequio needs …"
		$(PIP) install --quiet --require-hashes -r requirements/run.txt
	fi
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q tequio
	touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing what working on Tequio needs …"
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	touch $@
