# Two commands matter: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Set UV to the path of uv to install in seconds instead of a minute.
UV ?= $(shell command -v uv 2>/dev/null)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help

.PHONY: help
help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

.PHONY: run
run: $(VENV)/.runtime ## serve Slack when .env holds its tokens, else talk in the terminal
	@$(BIN)/python -m bot

.PHONY: setup
setup: $(VENV)/.development ## prepare .venv with everything, development tools too

.PHONY: test
test: $(VENV)/.development ## run all tests
	$(BIN)/pytest

.PHONY: explore
explore: $(VENV)/.development ## run the property tests with other, and more, examples than `make test` draws [ARGS="tests/unit/decision"]
	$(BIN)/pytest -m hypothesis --hypothesis-profile explore $(ARGS)

.PHONY: check
check: $(VENV)/.development ## format, lint, types and import contracts, as CI runs them
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: check-deploy
check-deploy: .venv-deploy/.installed ## lint the Dockerfile and check the Kubernetes manifests against its schemas
	.venv-deploy/bin/hadolint deploy/Dockerfile
	@for version in $(KUBERNETES_VERSIONS); do \
	  .venv-deploy/bin/kubernetes-validate --strict --quiet -k $$version $(MANIFESTS) || exit 1; done

# The oldest that the manifests are written for, and a recent one.
KUBERNETES_VERSIONS := 1.30 1.37
# Not what other programs read: kustomize, Helm, KEDA.
MANIFESTS = $(filter-out %/kustomization.yaml %/replicas.yaml %/prometheus-adapter.yaml %/keda/autoscaler.yaml %/http/listener.yaml, \
  $(wildcard deploy/kubernetes/base/*.yaml deploy/kubernetes/components/*/*.yaml))

# Apart from .venv: the two tools take 160 MB, and only this needs them.
.venv-deploy/.installed: tests/deploy_tools/requirements.lock
	@$(PYTHON) -m venv .venv-deploy
	@.venv-deploy/bin/python -m pip install -q --require-hashes -r $<
	@touch $@

.PHONY: prove-image
prove-image: $(VENV)/.development ## build the image's steps in a clean root and hold a dialogue there (root, debootstrap; minutes)
	@PYTHONPATH=. $(BIN)/python -u tests/clean_root/prove.py $(ARGS)

.PHONY: format
format: $(VENV)/.development ## rewrite files in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: coverage
coverage: $(VENV)/.development ## run the unit tests; all branches of bot/decision must be covered
	$(BIN)/pytest tests/unit --cov --cov-report=term-missing:skip-covered
	$(BIN)/coverage report --include='bot/decision/*' --fail-under=100

.PHONY: evaluate
evaluate: $(VENV)/.runtime ## measure answers beside simple baselines: make evaluate [FILES="a.jsonl"] [ARGS=--worst]
	@$(BIN)/python -m bot evaluate $(or $(FILES),$(wildcard tests/golden/*.jsonl)) $(ARGS)

.PHONY: learn
learn: $(VENV)/.development ## train the readers of words again on their labelled examples (twenty minutes)
	@PYTHONPATH=. $(BIN)/python -m bot.understanding.learned.training

.PHONY: encoder
encoder: $(VENV)/.development .venv-learn/.installed ## fine-tune the encoders of messages and of advice again on the labelled examples (a hundred minutes)
	@PYTHONPATH=. $(BIN)/python -m bot.understanding.learned.lesson_examples .venv-learn
	@PYTHONPATH=. .venv-learn/bin/python -m $(TUNING) .venv-learn/parts.jsonl $(LEARNED)/encoder.onnx --rounds 6
	@PYTHONPATH=. .venv-learn/bin/python -m $(TUNING) .venv-learn/advice.jsonl $(LEARNED)/advice.onnx --rounds 3 --doubt 0.05 --trainings 2

.PHONY: news-encoder
news-encoder: $(VENV)/.development .venv-learn/.installed ## go on with the encoder of what is told after a recommendation, one round over all examples (a quarter of an hour)
	@PYTHONPATH=. $(BIN)/python -m bot.understanding.learned.lesson_examples .venv-learn
	@PYTHONPATH=. .venv-learn/bin/python -m $(TUNING) .venv-learn/news.jsonl $(LEARNED)/news/encoder.onnx --rounds 1 --go-on-from $(LEARNED)/news/encoder.onnx

# Apart from .venv: PyTorch is larger than the bot and all that it needs.
TUNING := bot.understanding.learned.tuning
LEARNED := bot/understanding/learned
.venv-learn/.installed: $(addprefix $(subst .,/,$(TUNING))/,requirements.lock published.lock)
	@$(PYTHON) -m venv .venv-learn
	@.venv-learn/bin/python -m pip install -q --require-hashes -r $(word 1,$^)
	@.venv-learn/bin/python -m pip install -q --require-hashes --no-deps -r $(word 2,$^)
	@touch $@

.PHONY: decisions
decisions: $(VENV)/.development ## write docs/decisions.md, and the tables of docs/admin.md, from the code
	@PYTHONPATH=. $(BIN)/python docs/build_decisions.py
	@PYTHONPATH=. $(BIN)/python docs/build_admin.py

.PHONY: bench
bench: $(VENV)/.development ## measure speed, load and memory, and print the tables of the README (ten minutes)
	@PYTHONPATH=. $(BIN)/python tests/bench/bench_all.py

.PHONY: bench-log
bench-log: $(VENV)/.development ## measure the log of a big workspace: 100,000 decisions (some minutes) [ARGS=--records=N]
	@PYTHONPATH=. $(BIN)/python tests/bench/bench_log.py $(ARGS)

.PHONY: bench-questions
bench-questions: $(VENV)/.development ## measure what our questions bring, beside other orders (some minutes) [ARGS=--bound]
	@PYTHONPATH=. $(BIN)/python tests/bench/bench_questions.py $(ARGS)

.PHONY: test-llm
test-llm: $(VENV)/.development ## prove that the worst real model does no harm (20 minutes) [ARGS="--most 5"]
	@PYTHONPATH=. $(BIN)/python tests/local_model/prove.py $(ARGS)

.PHONY: bench-llm
bench-llm: $(VENV)/.development ## hold the same conversations with us and with a plain bot on a local model
	@PYTHONPATH=. $(BIN)/python tests/bench/bench_llm.py

.PHONY: bench-readers
bench-readers: $(VENV)/.development ## measure what second readers bring, from perfect to guessing (some minutes)
	@PYTHONPATH=. $(BIN)/python tests/bench/bench_readers.py

.PHONY: docs
docs: $(VENV)/.development ## build the documentation as a site, into site/; a link that leads nowhere is an error
	@PYTHONPATH=. NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --clean
	@echo "open site/index.html"

.PHONY: pictures
pictures: $(VENV)/.development ## take the pictures of the docs anew (needs chromium) [ONLY=scene]
	@PYTHONPATH=. $(BIN)/python tests/pictures/take.py $(ONLY)

.PHONY: chaos
chaos: $(VENV)/.development ## kill the bot, its workers and Redis 200 times, and count what people were promised (minutes)
	@PYTHONPATH=. $(BIN)/python -m tests.chaos.run $(ARGS)

.PHONY: lock
lock: $(VENV)/.development ## resolve the dependencies again and write the lock files
	$(BIN)/uv pip compile -q --generate-hashes --universal --no-header --no-annotate --no-strip-extras \
	  --python-version 3.11 \
	  pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --generate-hashes --universal --no-header --no-annotate --no-strip-extras \
	  --python-version 3.11 \
	  --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --generate-hashes --universal --no-header --no-annotate --no-strip-extras \
	  --python-version 3.11 \
	  tests/local_model/requirements.in -o tests/local_model/requirements.lock
	$(BIN)/uv pip compile -q --generate-hashes --universal --no-header --no-annotate --no-strip-extras \
	  --python-version 3.11 \
	  tests/deploy_tools/requirements.in -o tests/deploy_tools/requirements.lock
	$(BIN)/uv pip compile -q --generate-hashes --universal --no-header --no-annotate --no-strip-extras \
	  --python-version 3.11 -c requirements.lock \
	  bot/understanding/learned/tuning/requirements.in -o bot/understanding/learned/tuning/requirements.lock

.PHONY: clean
clean: ## remove .venv, .venv-llm, .venv-deploy, .venv-learn and caches; data/ stays
	rm -rf $(VENV) .venv-llm .venv-deploy .venv-learn site .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.12" >&2; exit 1; }
	@echo "Making $(VENV) …" >&2
	@$(PYTHON) -m venv $(VENV)

# A stamp is as new as the lock file it installed, so that nothing is installed twice.
$(VENV)/.runtime: requirements.lock | $(VENV)/bin/python
	@echo "Installing the locked packages (about a minute the first time) …" >&2
	@$(call install,requirements.lock)
	@touch $@

$(VENV)/.development: requirements-dev.lock | $(VENV)/bin/python
	@echo "Installing the locked packages and development tools (about a minute the first time) …" >&2
	@$(call install,requirements-dev.lock)
	@touch $(VENV)/.runtime $@

define install
if [ -n "$(UV)" ]; then "$(UV)" pip install -q --python $(BIN)/python --require-hashes -r $(1); \
else $(BIN)/python -m pip install -q --progress-bar on --require-hashes -r $(1); fi
endef
