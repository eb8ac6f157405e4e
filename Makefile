# Everything a person does with this project; `make help` lists it.
# The first use makes .venv from the locked versions; nothing is installed outside this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/run ## open the bot: on Telegram with a token, else here in the terminal
	@$(BIN)/tirek run

check-content: $(VENV)/run ## prove the content and list every problem in it
	@$(BIN)/tirek check

words: $(VENV)/run ## take changed sentences into the catalogues and show how far they are
	@$(BIN)/tirek words update

# The files of tests run in their own order: the last ones are short, so no core waits for the other.
PYTEST := -m pytest -q -n auto --dist loadscope --no-loadscope-reorder

test: $(VENV)/dev ## run every test
	@$(BIN)/python $(PYTEST)

check: $(VENV)/dev ## what the continuous integration runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy bot tests tools
	$(BIN)/tirek check
	$(BIN)/tirek words check
	$(BIN)/python -W error $(PYTEST)

places: $(VENV)/places/done ## build the table of places again from the open data
	$(VENV)/places/bin/python tools/places.py

weights: $(VENV)/weights/done ## learn again how much words sound like telling of harm
	$(VENV)/weights/bin/python -W ignore::FutureWarning tools/weights.py

soak: $(VENV)/dev ## the long sweeps: many crashes, many mutations, many walks
	$(BIN)/python -W error -m pytest -q -m soak

bench: $(VENV)/rivals/done ## speed, side by side with other bots
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.places
	$(BIN)/python -m tests.bench.pictures

crash: $(VENV)/dev ## kill the bot at 50 points while 2,000 updates flow, and while campaigns go out; count
	$(BIN)/python -m tests.crash
	$(BIN)/python -m tests.crash --campaign

format: $(VENV)/dev ## bring the code into shape
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

lock: ## renew the locked versions; needs `pip install uv`
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --group build -o requirements/run.txt
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --group rivals -o requirements/rivals.txt
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --group places -o requirements/places.txt
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --group weights -c requirements/run.txt -o requirements/weights.txt

clean: ## remove what the other verbs made, never your data or secrets
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python 3.11 or newer with venv is needed (Debian: apt install python3-venv)" >&2; exit 1; }
	@echo "Setting up (once, about a minute) …" >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
	@touch $@

$(VENV)/dev: $(VENV)/run requirements/dev.txt
	@echo "Setting up for tests (once) …" >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt >&2
	@touch $@

$(VENV)/rivals/done: $(VENV)/dev requirements/rivals.txt
	@$(PYTHON) -m venv $(VENV)/rivals
	@$(VENV)/rivals/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/rivals.txt >&2
	@touch $@

$(VENV)/places/done: requirements/places.txt
	@$(PYTHON) -m venv $(VENV)/places
	@$(VENV)/places/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/places.txt >&2
	@touch $@

$(VENV)/weights/done: requirements/run.txt requirements/weights.txt
	@$(PYTHON) -m venv $(VENV)/weights
	@$(VENV)/weights/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt >&2
	@$(VENV)/weights/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/weights.txt >&2
	@touch $@

.PHONY: help run check-content words test check places weights soak bench crash format lock clean
