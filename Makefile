# The targets of this project; `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
JOBS ?= 2
PG_URL ?= postgres://postgres@127.0.0.1:5432/postgres
BIN := .venv/bin
BENCH := build/bench-env
MANAGE := $(BIN)/python manage.py
CATALOG := locale/zh_Hans/LC_MESSAGES/django
PG_ANSWERS := $(BIN)/python -c "import psycopg2; psycopg2.connect('$(PG_URL)', connect_timeout=2)" 2>/dev/null

.DEFAULT_GOAL := help
.PHONY: help demo test ci bench bench-env goldens handbook scores run install lint format types imports migrations deploy-check \
	messages translations audit test-sqlite test-postgresql test-search coverage lock kill-points

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/:.*## /\t/' | expand -t 20

# Set-up

.venv/installed: requirements.txt requirements-dev.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

.env:
	@$(PYTHON) -c 'import secrets; print(f"DEBUG=1\nSECRET_KEY={secrets.token_urlsafe(48)}")' > $@
	@chmod 600 $@

$(CATALOG).mo: $(CATALOG).po .venv/installed
	$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@ --locale=zh_Hans

install: .venv/installed .env $(CATALOG).mo ## make .venv, a development .env and the translations

# The two commands

demo: install ## import, review, publish and export the samples, then serve (PORT=8000, SERVE=0)
	$(MANAGE) migrate --verbosity=0
	$(MANAGE) demo --url=http://127.0.0.1:$(PORT)
ifneq ($(SERVE),0)
	$(MANAGE) runserver --noreload 127.0.0.1:$(PORT)
endif

test: install ## run the suite on SQLite, and what uses a database on PostgreSQL where it answers
	$(BIN)/pytest -n $(JOBS)
	@if $(PG_ANSWERS); then $(MAKE) test-postgresql; else \
		echo "PostgreSQL does not answer at $(PG_URL): its run is left out"; fi

# Everything that must hold

ci: install lint types imports migrations deploy-check translations audit coverage test-postgresql ## everything that must hold

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

migrations:
	$(MANAGE) makemigrations --check --dry-run

deploy-check:
	DEBUG=0 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=example.cn DATABASE_URL=sqlite:///:memory: $(MANAGE) check --deploy --fail-level=WARNING

audit: ## known vulnerabilities of the pinned packages, where a service can be asked
	$(BIN)/python -m tests.audit

translations:
	$(BIN)/python -m tests.translations

coverage:
	$(BIN)/pytest -n $(JOBS) --cov --cov-report=term:skip-covered --cov-report=json:build/coverage.json
	$(BIN)/python -m tests.coverage_floor build/coverage.json

test-postgresql:
	DATABASE_URL=$(PG_URL) $(BIN)/pytest -n $(JOBS) --database-only

test-search: install ## recall and precision of the search among 10,000 speeches, on both databases
	SEARCH_SPEECHES=10000 $(BIN)/pytest tests/speeches/search/test_results.py -k recall
	@if $(PG_ANSWERS); then DATABASE_URL=$(PG_URL) SEARCH_SPEECHES=10000 \
		$(BIN)/pytest tests/speeches/search/test_results.py -k recall; fi

kill-points: install ## end publishing, building, bundles and restores without warning, at every step or 200 of them
	KILL_POINTS=200 $(BIN)/pytest tests/speeches/publishing/test_kill_points.py
	KILL_POINTS=all $(BIN)/pytest tests/speeches/publishing/test_bundles.py tests/speeches/operations/test_killing.py -k killed

bench: install bench-env ## the side-by-side benchmarks
	$(BENCH)/bin/python -m bench

bench-env: $(BENCH)/installed ## an environment of the benches' own, with what others use

$(BENCH)/installed: .venv/installed bench/requirements.txt
	test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BENCH)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BENCH)/bin/pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	touch $@

# Upkeep

goldens: ## write what the parser reads of the golden digests; look at every difference
	$(BIN)/python -m tests.speeches.parsing.goldens

handbook: install ## take the pictures of docs/handbook anew (needs Chromium)
	HANDBOOK=1 $(BIN)/pytest tests/browser/test_day.py

scores: ## score the parser on the evaluation texts (EVAL_DIR=../shared/eval)
	$(BIN)/python -m tests.speeches.parsing.scores

run: install ## serve what is there (PORT=8000)
	$(MANAGE) migrate --verbosity=0
	$(MANAGE) runserver 127.0.0.1:$(PORT)

messages: install ## collect the translatable texts (needs gettext)
	$(MANAGE) makemessages --locale=zh_Hans --no-location --no-obsolete --ignore=.venv --ignore=build --ignore=tests
	$(MAKE) $(CATALOG).mo

lock: ## compile the pinned requirements from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --no-strip-extras --python-version=3.11 --generate-hashes pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --no-strip-extras --python-version=3.11 --generate-hashes --group dev -c requirements.txt -o requirements-dev.txt
