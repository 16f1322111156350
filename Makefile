# Everything a person or a machine does with this repository. Needs Python 3.11+, make and git; the rest it fetches.

.DEFAULT_GOAL := help
.PHONY: help run test test-services check install frontend format lock schema clean
SHELL := /bin/sh

PYTHON := $(shell sh scripts/find_python)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
NPM := sh scripts/npm
FRONTEND_SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -type f -print)
CUESET_PORT ?= 8000

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1  /p' $(MAKEFILE_LIST) | awk -F '  ' '{printf "%-15s %s\n", $$1, $$2}'

run: .venv/product frontend/dist/index.html ## set up and start on http://127.0.0.1:8000 until Ctrl-C (CUESET_PORT changes the port)
	@exec $(MANAGE) serve --port $(CUESET_PORT)

test: .venv/development .venv/browser frontend/dist/index.html ## set up and pass every test, browser journeys included
	cd frontend && $(CURDIR)/scripts/npm run test
	$(BIN)/python -m pytest -n 2 --dist loadgroup

test-services: .venv/development ## every test that asks a database, on PostgreSQL and Redis
	sh scripts/test_services

check: .venv/development frontend/node_modules ## style, types, architecture, schema drift
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	CUESET_HTTPS=1 $(MANAGE) check --deploy --fail-level WARNING
	sh scripts/check_schema
	cd frontend && $(CURDIR)/scripts/npm run lint && $(CURDIR)/scripts/npm run typecheck

install: .venv/product frontend/dist/index.html ## set up without starting

frontend: frontend/dist/index.html ## build the pages

format: .venv/development ## put everything into the common format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd frontend && $(CURDIR)/scripts/npm run format

lock: .venv/development ## write the pins of what is installed
	$(BIN)/python scripts/lock.py

schema: .venv/development frontend/node_modules ## write the API schema and the client types made from it
	$(MANAGE) spectacular --file frontend/openapi.json --format openapi-json --validate --fail-on-warn
	cd frontend && $(CURDIR)/scripts/npm run api

clean: ## remove what was installed and built, never data
	rm -rf .venv frontend/node_modules frontend/dist

.venv/bin/python:
	@sh scripts/make_venv "$(PYTHON)"

# Torch first and alone, so that the machine's own choice of build (CPU or CUDA) holds; everything else by exact pins.
.venv/product: .venv/bin/python requirements/product.txt requirements/torch.txt
	$(BIN)/pip install --quiet --constraint requirements/product.txt --requirement requirements/torch.txt
	$(BIN)/pip install --quiet --no-deps --requirement requirements/product.txt
	@touch $@

.venv/development: .venv/product requirements/development.txt
	$(BIN)/pip install --quiet --no-deps --requirement requirements/development.txt
	@touch $@

.venv/browser: .venv/development scripts/install_browser
	sh scripts/install_browser
	@touch $@

# Not `npm ci`: a lock written on one platform may lack another one's optional binaries, which install adds by exact version.
frontend/node_modules: .venv/product frontend/package.json frontend/package-lock.json
	cd frontend && $(CURDIR)/scripts/npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/index.html: frontend/node_modules $(FRONTEND_SOURCES)
	cd frontend && $(CURDIR)/scripts/npm run build
	@touch $@
