# SPDX-License-Identifier: Apache-2.0
# `make demo` and `make test` set everything up themselves; of these, only `make demo` does without
# SWI-Prolog.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
SWIPL := swipl --on-error=status --on-warning=status

.PHONY: help setup swi-prolog graphviz demo docs test lint test-prolog test-python test-wheel test-spark test-deep test-docs bench bench-cohort playground notebook clean-notebooks rulebase vectors verified check wheel clean

help:
	@echo "make demo       decide the worked patients of examples/"
	@echo "make test       lint, types, Prolog tests, Python tests; needs SWI-Prolog"
	@echo "make test-wheel the wheel alone, built and installed elsewhere (part of make test)"
	@echo "make test-spark cohorts decided by Spark, in local mode; needs Java, installs pyspark"
	@echo "make test-deep  the long random searches"
	@echo "make test-docs  the site and the playground, built, in a browser and in Node; needs npm, installs Chromium"
	@echo "make bench      ratios against straight-line Python, long tables, patients for wishes, what-if"
	@echo "make bench-cohort  cohorts against other engines; installs them, writes docs/cohort-benchmark.md"
	@echo "make docs       the site, into build/site/index.html; needs SWI-Prolog and Graphviz"
	@echo "make playground build the playground into build/playground and serve it on this machine"
	@echo "make notebook   open the worked notebooks of docs/notebooks/ in JupyterLab"
	@echo "make clean-notebooks  take from the notebooks what running them left"
	@echo "make check      check the rule base in kb/"
	@echo "make rulebase   generate lutalogic/rulebase.json and lutalogic/case_fields.py"
	@echo "make vectors    generate the conformance suite in lutalogic/conformance/suite/ (minutes)"
	@echo "make verified   prove the theorems and examine the rules; write what is found into the documentation"
	@echo "make wheel      build the wheel into dist/"
	@echo "make setup      the set-up alone"
	@echo "make clean      remove what was built or set up"

setup: $(READY)

$(READY): pyproject.toml .ci/constraints.txt .ci/setup .ci/debian-packages
	@PYTHON="$(PYTHON)" .ci/setup $(VENV)
	@touch $@

# Looked for in every run: it may have been installed since the set-up.
swi-prolog:
	@.ci/swi-prolog

demo: $(READY)
	$(BIN)/lutalogic decide examples/*.json

# Side by side: most of these wait for something now and then.
test: swi-prolog
	@$(MAKE) --no-print-directory --jobs 2 test-prolog lint test-python

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test-prolog: swi-prolog
	$(SWIPL) tests/prolog/run.pl

test-python: swi-prolog $(READY)
	$(BIN)/python -m pytest -q -n logical --dist loadfile

test-wheel: swi-prolog $(READY)
	$(BIN)/python -m pytest -q -m wheel tests/package/test_wheel.py

$(VENV)/spark: $(READY)
	@.ci/programs java:openjdk-17-jre-headless
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --constraint .ci/constraints.txt --editable '.[spark]'
	@touch $@

test-spark: $(VENV)/spark
	$(BIN)/python -m pytest -q tests/cohort/test_spark.py

test-deep: swi-prolog $(READY)
	LUTALOGIC_SEARCH=deep $(BIN)/python -m pytest -q -s tests/differential tests/cohort tests/relational tests/backwards tests/properties tests/proofs tests/whatif tests/conformance tests/protocol tests/package/test_engines.py

PLAYGROUND := build/playground

SITE := build/site

$(VENV)/browser: $(READY)
	@.ci/programs node:nodejs npm chromium
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --constraint .ci/constraints.txt --editable '.[browser]'
	@touch $@

test-docs: docs $(VENV)/browser
	$(BIN)/python docs/playground/npm_package.py
	$(BIN)/python docs/playground/build.py $(PLAYGROUND)
	LUTALOGIC_PLAYGROUND=$(PLAYGROUND) LUTALOGIC_SITE=$(SITE) \
	    $(BIN)/python -m pytest -q -n logical --dist loadfile tests/wasm tests/browser tests/site docs/playground
	$(BIN)/python tests/browser/figures.py $(PLAYGROUND)

PORT ?= 8000

playground: $(READY)
	@.ci/programs node:nodejs npm
	$(BIN)/python docs/playground/build.py $(PLAYGROUND)
	@echo "playground: http://127.0.0.1:$(PORT)/ (Ctrl-C ends it), or open $(PLAYGROUND)/index.html"
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(PLAYGROUND) $(PORT)

bench: swi-prolog $(READY)
	$(BIN)/python benchmarks/bridge.py
	$(BIN)/python benchmarks/explained.py
	$(BIN)/python benchmarks/long_table.py
	$(BIN)/python benchmarks/wishes.py
	$(BIN)/python benchmarks/whatif.py
	$(BIN)/python benchmarks/conformance.py

$(VENV)/bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --constraint .ci/constraints.txt --editable '.[bench]'
	@touch $@

bench-cohort: swi-prolog $(VENV)/bench
	$(BIN)/python -m benchmarks.cohort.run

# The site needs less than the tests do; who has set up all of it has this, too.
$(VENV)/docs: pyproject.toml .ci/constraints.txt .ci/setup .ci/debian-packages
	@[ $(READY) -nt pyproject.toml ] || PYTHON="$(PYTHON)" .ci/setup $(VENV) docs
	@touch $@

graphviz:
	@.ci/graphviz

docs: swi-prolog graphviz $(VENV)/docs
	$(BIN)/python -m sphinx -n -W --keep-going -q -E -j 2 -b html -d build/doctrees docs build/site
	@.ci/programs node:nodejs npm
	$(BIN)/python docs/playground/build.py build/site/playground
	@echo "docs: open build/site/index.html"

$(VENV)/notebook: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --constraint .ci/constraints.txt --editable '.[notebook]'
	@touch $@

notebook: $(VENV)/notebook
	$(BIN)/jupyter lab $(LAB_OPTIONS) docs/notebooks

clean-notebooks: $(READY)
	$(BIN)/python docs/clean_notebooks.py

check: swi-prolog $(READY)
	$(BIN)/lutalogic check kb

rulebase: swi-prolog $(READY)
	$(SWIPL) prolog/check.pl -- kb
	$(SWIPL) prolog/generate.pl -- kb lutalogic

vectors: swi-prolog $(READY)
	$(BIN)/python -m lutalogic.conformance.building

verified: swi-prolog $(READY)
	$(BIN)/python docs/generate.py

wheel: $(READY)
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf $(VENV) dist build docs/rules docs/api .pytest_cache .mypy_cache .ruff_cache .hypothesis
