"""A pytest plugin: what cannot run under Wine is left out, each for a reason that stands in left_out.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

LEFT_OUT = Path(__file__).with_name("left_out.toml")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests by file, by name, and those that ask for an office program."""
    reasons = tomllib.loads(LEFT_OUT.read_text("utf-8"))
    kept = [item for item in items if not _left_out(item, reasons)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _left_out(item: pytest.Item, reasons: dict[str, dict[str, str]]) -> bool:
    file, _, name = item.nodeid.partition("::")
    wanted = set(getattr(item, "fixturenames", ()))
    return file in reasons["files"] or f"{file}::{name.partition('[')[0]}" in reasons["tests"] or bool(wanted & reasons["fixtures"].keys())
