# 在一台只有 Python 3.11+ 的 Debian 机器上，每个目标都自己备齐所需。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test windows windows-buttons build lint bench office pictures clean

$(VENV)/ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV) || { bash .ci/office.sh && $(PYTHON) -m venv $(VENV); }
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[test]'
	touch $@

office:
	bash .ci/office.sh

demo: $(VENV)/ready
	$(BIN)/python -m toolkit demo 演示

build: $(VENV)/ready
	$(BIN)/python -m toolkit build

lint: $(VENV)/ready
	$(BIN)/ruff check toolkit tests benchmarks docs
	$(BIN)/mypy

test: $(VENV)/ready office lint
	$(BIN)/python -m pytest -n 2

# Wine 里的 Windows：从安装包到卸载，以及不用 LibreOffice 的测试。
windows: $(VENV)/ready
	$(BIN)/python -m tests.windows

# Wine 里，经 xlwings 自己的 Windows 引擎和 COM，按每一个按钮。
windows-buttons: $(VENV)/ready office
	$(BIN)/python -m tests.com.run

bench: $(VENV)/ready office
	$(BIN)/python -m benchmarks

# 手册里的图和由程序生成的两页文档。
pictures: $(VENV)/ready office
	$(BIN)/python -m docs.catalogue
	$(BIN)/python -m docs.pictures

clean:
	rm -rf $(VENV) .cache build dist *.egg-info 演示
