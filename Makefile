# The commands of the catalogue. Each prepares what it needs; `make run` and `make test` are all a newcomer types.

PYTHON ?= python3
PY := .venv/bin/python
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
STATIC := $(shell find static -type f)

.PHONY: run test test-fast test-all faults check bench messages lock sbom audit

run: .venv/run.stamp $(TRANSLATIONS) var/static/staticfiles.json ## serves the catalogue at http://127.0.0.1:8000 (PORT=, HOST=)
	@$(PY) manage.py prepare --administrator admin
	@echo "The catalogue is served at http://$(or $(HOST),127.0.0.1):$(or $(PORT),8000)/ ; Ctrl+C stops it."
	@exec $(PY) -m gunicorn catalogue.wsgi

CHOSEN = $(if $(ONLY),--only '$(ONLY)' --engine $(or $(ENGINE),sqlite))

# the parts of a run, what it needs of the machine and how long it took: tests/run.py
test: .venv/test.stamp $(TRANSLATIONS) var/static/staticfiles.json ## runs the tests on SQLite, on PostgreSQL and in Chromium (ONLY=, ENGINE=)
	@$(PY) -m tests.run whole $(CHOSEN)

test-fast: .venv/test.stamp $(TRANSLATIONS) var/static/staticfiles.json ## runs what is quick: one engine, no browser, no server, a minute
	@$(PY) -m tests.run fast

test-all: .venv/test.stamp $(TRANSLATIONS) var/static/staticfiles.json ## runs everything on both engines and tries more examples
	@$(PY) -m tests.run all

# Stops, hangs and kills real servers on the loopback address, with a PostgreSQL for each of two processes.
# Apart from `test`: half an hour on two processors, docs/testing.md says of what.
faults: .venv/test.stamp $(TRANSLATIONS) var/static/staticfiles.json ## stops, hangs and kills real servers; half an hour
	@$(PY) -m pytest tests/faults -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/test.stamp $(TRANSLATIONS) ## looks for mistakes in code, templates, imports, migrations and translations
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m djlint --quiet --lint templates
	@.venv/bin/lint-imports --no-cache
	@$(PY) -m mypy --no-error-summary
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py messages --check
	@$(PY) -m tests.structure
	@$(PY) -m tests.audit
	@SITE_URL=https://catalogue.example.org $(PY) manage.py check --deploy --fail-level WARNING

bench: .venv/test.stamp $(TRANSLATIONS) var/static/staticfiles.json ## measures the workloads of benchmarks/, one table (BENCH=, LOAD=)
	@$(MAKE) --silent var/bench/peers/installed || echo "Datasette could not be installed; it is not measured."
	@$(PY) -m benchmarks.run $(BENCH)
	@$(if $(LOAD),$(PY) -m benchmarks.load $(LOAD))

# What the catalogue is measured beside, in an environment of its own.
var/bench/peers/installed: benchmarks/requirements.txt .venv/run.stamp
	@$(PY) -m venv --clear var/bench/peers
	@var/bench/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

# What a contributor uses beside `check` and `test`. A comment after ## is the line that `make help` shows.

.DEFAULT_GOAL := help
.PHONY: help fix coverage

help: ## shows this list
	@echo "The catalogue of practices. To see it: make run. To change it: CONTRIBUTING.md."
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

fix: .venv/test.stamp ## sorts the imports and formats the code
	@$(PY) -m ruff check --quiet --fix-only .
	@$(PY) -m ruff format .

# On both engines, because each has code of its own; without Chromium. The lines are shown in var/coverage/index.html.
coverage: .venv/test.stamp $(TRANSLATIONS) var/static/staticfiles.json ## tells which lines and branches no test runs (ONLY=)
	@$(PY) -m coverage erase
	@$(PY) -m tests.run coverage $(CHOSEN)
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage html --quiet
	@$(PY) -m coverage report

messages: .venv/run.stamp ## collects the texts to translate into locale/, and compiles them
	@$(PY) manage.py messages

# Compares the pinned versions with the stored advisories; RENEW=--renew asks OSV for them first.
audit: .venv/test.stamp ## compares the pinned versions with the stored advisories
	@$(PY) -m tests.audit $(RENEW)

# Writes the bill of materials of what runs, CycloneDX; after every `make lock`.
sbom: .venv/test.stamp ## writes the bill of materials, docs/sbom.cdx.json
	@grep -oE '^[A-Za-z0-9_.-]+==[^ ;]+' requirements.txt | .venv/bin/cyclonedx-py requirements --output-reproducible \
		--short-PURLs --of JSON -o docs/sbom.cdx.json - 2>/dev/null

# Writes exact versions and hashes for every supported Python; the set grows only through the .in files.
lock: .venv/test.stamp ## writes the pinned requirements from the .in files
	@for name in requirements requirements-dev benchmarks/requirements; do \
		.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
			$$name.in --output-file $$name.txt; \
	done

.venv/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "The catalogue needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.12"; exit 1; }
	@test -x .venv/bin/pip || $(PYTHON) -m venv --clear .venv >/dev/null \
		|| { echo "Python cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing the pinned requirements; this is done once."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements-dev.txt
	@echo "Installing what checks and tests need; this is done once."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

%.mo: %.po .venv/run.stamp
	@$(PY) manage.py messages --compile

var/static/staticfiles.json: $(STATIC) .venv/run.stamp
	@$(PY) manage.py collectstatic --noinput --clear --verbosity 0
