# The everyday commands. `make help` lists them; docs/operate.md explains the variables.
# Recipes use paths relative to this folder, so a space in its path does no harm.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

SETUP := @sh engage/local/bootstrap.sh
LOCAL := .venv/bin/python -m engage.local
MANAGE := $(LOCAL) with -- .venv/bin/python manage.py
# What needs a browser or a clone of its own (tests/conftest.py refuses it elsewhere), so that nobody else reads it.
SITE := tests/journeys tests/setup
# Workers for the tests that need no browser: one a core.
WORKERS := auto
say = @echo; echo "== $(1)"
# Where make can: what goes on at once is said one after the other.
WHOLE := $(if $(filter output-sync,$(.FEATURES)),--output-sync)

export PORT HOST ENGAGE_DATA PYTHON DEMO
# Compiling five hundred modules of tests anew in every process takes longer than a third of them.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run demo test test-fast test-rest test-browser test-setup test-site lint format types ladder \
	checks chromium import-trafford messages vendor bench erase clean

help: ## List the commands
	@echo "make run      sets up what is missing and serves the site on http://localhost:8000 (PORT=… for another port)"
	@echo "make test     everything that is checked before a change is accepted"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "  %-18s %s\n", $$1, $$2 }'

run: ## Serve the site, with its own PostgreSQL and Valkey and the demo council
	@ENGAGE_LEASH=1 exec sh engage/local/bootstrap.sh runtime -m engage.local run

demo: ## Load the demo council into the local database
	$(SETUP) runtime
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo

import-trafford: ## Build a site on a real council's open data, in var/trafford: make import-trafford DATA=folder
	$(SETUP) runtime
	@test -d "$(DATA)" || { echo "Say where the data is: make import-trafford DATA=path/to/trafford" >&2; exit 1; }
	@ENGAGE_DATA="$${ENGAGE_DATA:-var/trafford}" $(LOCAL) with -- sh engage/local/import_trafford.sh "$(DATA)"

test: ## Everything: lint, format, types, ladder, checks, all tests, browser journeys, set-up
	$(SETUP) dev
	@$(MAKE) -j 2 $(WHOLE) lint format types ladder checks
	@$(MAKE) test-rest
	@$(MAKE) test-site

test-fast: ## The tests that open no page and need no patience
	$(SETUP) dev
	@.venv/bin/pytest -n $(WORKERS) --dist loadgroup $(SITE:%=--ignore=%) -m "not (page or slow)" \
		--hypothesis-profile fast $(ARGS)

test-rest:
	$(SETUP) dev
	$(call say,Tests)
	@.venv/bin/pytest -n $(WORKERS) --dist loadgroup $(SITE:%=--ignore=%) $(ARGS)

test-browser: chromium ## The journeys in a real browser
	$(call say,Browser journeys)
	@.venv/bin/pytest -n $(WORKERS) --dist loadgroup -m browser $(or $(ARGS),tests/journeys)

test-setup: ## Install from fresh clones: as root, as another user, side by side, after kill -9
	$(SETUP) dev
	@.venv/bin/pytest -m setup tests/setup $(ARGS)

# A journey's browser and its server take turns, and setting up waits for packages: three at once keep two cores busy.
test-site: chromium
	$(call say,Browser journeys and set-up from a clone)
	@.venv/bin/pytest -n 3 --dist loadgroup -m "browser or (setup and not slow)" $(or $(ARGS),$(SITE))

lint: ## Look for mistakes in Python and templates
	$(SETUP) dev
	$(call say,Lint)
	@.venv/bin/ruff check .
	@.venv/bin/djlint --lint --quiet templates

format: ## Check the layout of Python and templates (make format FIX=1 mends it)
	$(SETUP) dev
	$(call say,Format)
	@.venv/bin/ruff format $(if $(FIX),,--check) .
	@.venv/bin/djlint $(if $(FIX),--reformat,--check) --quiet templates

types: ## Check types
	$(SETUP) dev
	$(call say,Types)
	@ENGAGE_ENV=test .venv/bin/mypy engage ideas budgets academy cms

ladder: ## Check that imports only go down
	$(SETUP) dev
	$(call say,Ladder)
	@.venv/bin/lint-imports

checks: ## Check that migrations are complete and a production configuration is accepted
	$(SETUP) dev
	$(call say,Migrations and configuration)
	@ENGAGE_ENV=test $(LOCAL) with -- sh engage/local/checks.sh

chromium:
	$(SETUP) dev
	@$(LOCAL) chromium

messages: ## Collect the words to translate; LANGUAGE=cy starts a new language
	$(SETUP) dev
	@ENGAGE_ENV=local .venv/bin/python manage.py makemessages $(if $(LANGUAGE),--locale $(LANGUAGE),--all --exclude en_GB) \
		--no-obsolete --ignore .venv --ignore var --ignore frontend --ignore tests

vendor: ## Rebuild the vendored styles, scripts and fonts from frontend/
	@sh frontend/build.sh

bench: ## Measure the pages and print ratios
	$(SETUP) dev
	@.venv/bin/pytest -o python_files="bench_*.py" tests/bench $(ARGS)

erase: ## Delete the local database, uploads and mail (stop the site first)
	$(SETUP) runtime
	@$(LOCAL) erase

clean: ## Delete the environment and every cache; the data stays
	@rm -rf .venv .venv.lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	@find . -name __pycache__ -type d -not -path './frontend/node_modules/*' -prune -exec rm -rf {} +
