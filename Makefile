# Everything a newcomer needs: make run, make test, make check.
PORT ?= 8000
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?= -n 2 --dist loadfile --no-loadscope-reorder
# In words that every Python understands, so that an old one can say that it is too old.
VERSION_CHECK := import sys; version = sys.version_info[:2]; \
	(3, 11) <= version <= (3, 13) or sys.exit("This project is tested with Python 3.11 to 3.13, \
	and $(PYTHON) is Python %d.%d: name another one with PYTHON=python3.13." % version)

.DEFAULT_GOAL := help
.PHONY: help run test check lint types migrations translations cover bench messages directory guide clean

help:  ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here: install Python 3.11" \
		"to 3.13, or name one with PYTHON=python3.13." >&2; exit 1; }
	@$(PYTHON) -c '$(VERSION_CHECK)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-stamp: requirements.txt | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev-stamp: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.run-stamp

run: $(VENV)/.run-stamp  ## Set up, load the demo, start web server and cluster
	@mkdir -p var
	@$(BIN)/python manage.py migrate -v0
	@BASE_URL=$${BASE_URL:-http://127.0.0.1:$(PORT)} $(BIN)/python manage.py setup_site
	@BASE_URL=$${BASE_URL:-http://127.0.0.1:$(PORT)} $(BIN)/python manage.py load_demo
	@DEBUG=$${DEBUG:-false} PORT=$(PORT) BASE_URL=$${BASE_URL:-http://127.0.0.1:$(PORT)} $(BIN)/python scripts/serve.py

test: $(VENV)/.dev-stamp  ## All tests, on SQLite or on DATABASE_URL
	$(BIN)/python -m pytest $(PYTEST_ARGS)

cover: $(VENV)/.dev-stamp  ## All tests, and which lines they reach; fails below the figure in pyproject.toml
	$(BIN)/python -m pytest $(PYTEST_ARGS) --cov --cov-report=term

check: lint types migrations translations  ## All four below, and Django's own checks
	$(BIN)/python manage.py check

lint: $(VENV)/.dev-stamp  ## Style and form of the Python code, and what is known to be dangerous
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/bandit -q -r -ll pengaduan_app home search site

types: $(VENV)/.dev-stamp  ## Types
	$(BIN)/mypy

migrations: $(VENV)/.dev-stamp  ## Whether the models have all their migrations
	$(BIN)/python manage.py makemigrations --check --dry-run pengaduan_app pengaduan_search home

translations: $(VENV)/.dev-stamp  ## Whether the Indonesian catalogues are complete
	$(BIN)/python scripts/messages.py check

bench: $(VENV)/.dev-stamp  ## Measure search, pages, reminders, reports; on scratch databases
	$(BIN)/python -m bench.stems
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.advice
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.reminders
	$(BIN)/python -m bench.reports

messages: $(VENV)/.dev-stamp  ## Bring the Indonesian catalogues up to the source
	$(BIN)/python scripts/messages.py collect

directory: $(VENV)/.dev-stamp  ## Write docs/directory.md and the picture in docs/architecture.md again
	$(BIN)/python -m scripts.directory

guide: $(VENV)/.dev-stamp  ## Write docs/panduan/, each role's day, from the pages of the admin
	$(BIN)/python -m scripts.guide

clean:  ## Remove the environment and everything that was made
	rm -rf $(VENV) var
