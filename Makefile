# One verb per job. `make run` and `make test` each set up all they need on a bare machine with Python and make.

PYTHON ?= python3
PORT ?= 8080
PAIRWELL := .venv/bin/pairwell
export UV_COMPILE_BYTECODE := 1
export RASA_TELEMETRY_ENABLED := false

.PHONY: help setup run train index test lint audit bench mutants lock clean

help: ## List the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' | while IFS='|' read -r verb text; do printf '  make %-7s %s\n' "$$verb" "$$text"; done

setup: ## Make both environments and build the widget (idempotent)
	@$(PYTHON) locks/install.py

run: setup ## Set up what is missing, then open the shop on http://127.0.0.1:8080 (SHOP=folder PORT=8080)
	@$(PAIRWELL) run --port $(PORT) $(if $(SHOP),--shop $(SHOP))

train: setup ## Train the dialogue model when its inputs changed
	@$(PAIRWELL) train

index: setup ## Rebuild the search index and the co-purchase counts when their inputs changed
	@$(PAIRWELL) index $(if $(SHOP),--shop $(SHOP))

lint: setup ## Style, types, layers
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy catalog actions bot
	@.venv/bin/lint-imports

test: setup ## Everything that must hold, the real servers and a real browser included
	@$(MAKE) --no-print-directory lint
	@npm_config_loglevel=error $(PYTHON) locks/install.py --widget-tests
	@.venv/bin/python -m pytest

audit: setup ## Known vulnerabilities in the locked packages, where the data can be had
	@.venv/bin/pip-audit --disable-pip --require-hashes -r locks/app.lock
	@.venv/bin/pip-audit --disable-pip --require-hashes -r locks/rasa.lock

bench: setup ## The project's figures, as ratios against named peers in the same run (SECTIONS="search turns")
	@.venv/bin/python -m tests.bench $(SECTIONS)

mutants: setup ## Faults put into the pure code one at a time: fails where the tests miss more than one in ten
	@.venv/bin/python -m tests.mutants

lock: setup ## Renew the hashed locks from locks/*.in
	@$(PYTHON) locks/install.py --lock

clean: ## Remove environments, databases, indexes and models
	rm -rf .venv .venv-rasa .tools .pairwell models .rasa build mutants *.egg-info bot/widget/dist bot/widget/node_modules
