"""A pytest plugin: what cannot run under Wine is left out, each for a reason that stands in left_out.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

LEFT_OUT = Path(__file__).with_name("left_out.toml")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files that are left out are not even read: some import what is not there."""
    return collection_path.relative_to(config.rootpath).as_posix() in reasons()["files"] or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests by name, and those that ask for an office program."""
    left = [item for item in items if _left_out(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


def _left_out(item: pytest.Item) -> bool:
    wanted = set(getattr(item, "fixturenames", ()))
    return item.nodeid.partition("[")[0] in reasons()["tests"] or bool(wanted & reasons()["fixtures"].keys())


@cache
def reasons() -> dict[str, dict[str, str]]:
    """By file, test and fixture: why it cannot run there."""
    return tomllib.loads(LEFT_OUT.read_text("utf-8"))
