# Everything a newcomer needs: make run, make test, make check.
PORT ?= 8000
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?= -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run test check bench messages clean

help:  ## This list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
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

check: $(VENV)/.dev-stamp  ## Style, migrations, translations, system checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python manage.py makemigrations --check --dry-run pengaduan_app pengaduan_search home
	$(BIN)/python scripts/messages.py check
	$(BIN)/python manage.py check

bench: $(VENV)/.dev-stamp  ## Measure search, pages, reminders, reports; on scratch databases
	$(BIN)/python -m bench.stems
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.advice
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.reminders
	$(BIN)/python -m bench.reports

messages: $(VENV)/.dev-stamp  ## Bring the Indonesian catalogues up to the source
	$(BIN)/python scripts/messages.py collect

clean:  ## Remove the environment and everything that was made
	rm -rf $(VENV) var
