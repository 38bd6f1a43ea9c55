# Everything on a fresh machine with Python 3.11 and the package registries: `make demo`, `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DEMO := data/var/demo
READY := $(VENV)/ready
SPARK := $(VENV)/spark
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: setup demo test test-slow bench rivals lint format lock migration postgres browser java spark

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "samplebase needs Python 3.11: make setup PYTHON=/path/to/python3.11" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# PostgreSQL's server programs, for the tests that run on it; nothing to do where they are.
postgres:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || \
		{ echo "installing PostgreSQL"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql; } || \
		{ echo "the tests need PostgreSQL's initdb: install postgresql" >&2; exit 2; }

# Chromium and Chinese fonts, for lists that only a script draws; nothing to do where they are.
browser:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
		{ echo "installing Chromium"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk; } || \
		{ echo "the tests need Chromium: install chromium and fonts-noto-cjk" >&2; exit 2; }

# Java 17 or later, for Spark; nothing to do where it is.
java:
	@java -version 2>&1 | grep -qE 'version "(1[7-9]|[2-9][0-9])' || \
		{ echo "installing Java"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq default-jre-headless; } || \
		{ echo "Spark needs Java 17 or later: install default-jre-headless" >&2; exit 2; }

# The extra `spark`, in a lock of its own: half a gigabyte that only matching on many machines needs.
spark: setup java $(SPARK)

$(SPARK): requirements-spark.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --no-build-isolation -r requirements-spark.lock
	@touch $@

demo: setup
	@chmod -R u+w $(DEMO) 2>/dev/null; rm -rf $(DEMO); mkdir -p $(DEMO)
	@echo "== 1. the sandbox serves four government sites; what it served is kept as a WARC"
	$(BIN)/python -m sandbox.capture $(DEMO)/sandbox.warc.gz
	@echo "== 2. crawl, resolve, publish"
	SAMPLEBASE_VAR=$(DEMO) $(BIN)/samplebase run --sources sandbox/sources --replay $(DEMO)/sandbox.warc.gz
	@echo "== 3. every published cell, back to the archived bytes"
	SAMPLEBASE_VAR=$(DEMO) $(BIN)/samplebase trace latest --all
	@echo "== 4. what was read against what the sandbox's author wrote"
	@$(BIN)/python -m sandbox.truth $(DEMO)/truth.jsonl >/dev/null
	$(BIN)/samplebase evaluate pages $(DEMO)/truth.jsonl
	@echo "== Look at: $(DEMO)/releases/latest/ (csv/, parquet/, samplebase.sqlite, manifest.json)"
	@echo "== Ask:     SAMPLEBASE_VAR=$(DEMO) $(BIN)/samplebase trace latest ENTITY/title   (ids: csv/entity.csv)"

test: setup postgres browser spark
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-slow: setup postgres browser spark
	$(BIN)/python -m pytest -m slow

bench: setup spark
	@for bench in benchmarks/[a-z]*.py; do $(BIN)/python $$bench || exit 1; done

# A rival of benchmarks/names.py that wants ICU: in an environment of its own.
rivals: setup
	test -x $(VENV)/rivals/bin/python || $(PYTHON) -m venv $(VENV)/rivals
	$(VENV)/rivals/bin/pip install --quiet nomenklatura==4.17.4

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The lock names packages and hashes, never a registry: whoever installs uses their own.
lock:
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-strip-extras \
		--python-version 3.11 --group dev pyproject.toml -o requirements.lock
	$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["spark"], sep="\n")' | \
		$(VENV)/lock/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		--python-version 3.11 --constraint requirements.lock - -o requirements-spark.lock

migration: setup
	$(BIN)/python -m schema.migrations "$(MESSAGE)"
