# make demo 跑一遍示例 · make test 测试 · make lint 检查 · make bench 测速
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PYTHON ?= python3

.PHONY: demo test lint fix bench samples accuracy train clean

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet -c constraints.txt --group dev -e .
	@touch $@

samples: $(VENV)/.installed
	@$(BIN)/python -m samples.build

demo: samples
	@$(BIN)/python -m samples.demo

test: $(VENV)/.installed
	$(BIN)/python -m pytest

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: samples
	$(BIN)/python -m benchmarks

accuracy: $(VENV)/.installed
	$(BIN)/python -m benchmarks.accuracy

train: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet -c constraints.txt --group train
	$(BIN)/python -m benchmarks.train

clean:
	rm -rf $(VENV) output/* samples/submissions
