# The commands of the catalogue. Each prepares what it needs; `make run` and `make test` are all a newcomer types.

PYTHON ?= python3
PY := .venv/bin/python
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
STATIC := $(shell find static -type f)

.PHONY: run test faults check bench messages lock sbom audit

run: .venv/run.stamp $(TRANSLATIONS) var/static/staticfiles.json
	@$(PY) manage.py prepare --administrator admin
	@echo "The catalogue is served at http://$(or $(HOST),127.0.0.1):$(or $(PORT),8000)/ ; Ctrl+C stops it."
	@exec $(PY) -m gunicorn catalogue.wsgi

test: .venv/test.stamp $(TRANSLATIONS) var/static/staticfiles.json
	@$(PY) -m pytest -n auto -m "not faults"
	@$(PY) -m tests.postgres $(PY) -m pytest -n auto -m "not browser and not faults"

# Stops, hangs and kills real servers on the loopback address, with a PostgreSQL for each of two processes.
# Apart from `test`: 16 minutes on two processors that had other work, too.
faults: .venv/test.stamp $(TRANSLATIONS) var/static/staticfiles.json
	@$(PY) -m pytest tests/faults -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/test.stamp $(TRANSLATIONS)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m djlint --quiet --lint templates
	@.venv/bin/lint-imports --no-cache
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py messages --check
	@$(PY) -m tests.audit
	@SITE_URL=https://catalogue.example.org $(PY) manage.py check --deploy --fail-level WARNING

bench: .venv/test.stamp $(TRANSLATIONS) var/static/staticfiles.json
	@$(PY) -m benchmarks.run $(BENCH)

messages: .venv/run.stamp
	@$(PY) manage.py messages

# Compares the pinned versions with the stored advisories; RENEW=--renew asks OSV for them first.
audit: .venv/test.stamp
	@$(PY) -m tests.audit $(RENEW)

# Writes the bill of materials of what runs, CycloneDX; after every `make lock`.
sbom: .venv/test.stamp
	@grep -oE '^[A-Za-z0-9_.-]+==[^ ;]+' requirements.txt | .venv/bin/cyclonedx-py requirements --output-reproducible \
		--short-PURLs --of JSON -o docs/sbom.cdx.json - 2>/dev/null

# Writes exact versions and hashes for every supported Python; the set grows only through the .in files.
lock: .venv/test.stamp
	@for name in requirements requirements-dev; do \
		.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
			$$name.in --output-file $$name.txt; \
	done

.venv/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "The catalogue needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.12"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv \
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
