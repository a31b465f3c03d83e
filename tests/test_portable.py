"""What works on the developer's computer and stops on a clerk's: found in the source, for every module."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "toolkit").rglob("*.py"))
WINDOWS_KNOWS = re.compile(r"%[aAbBcdHIjmMpSUwWxXyYzZf%]")


def day_formats(tree):
    """Line and text of each strftime format, in an f-string or a call."""
    for node in ast.walk(tree):
        parts = []
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            parts = node.format_spec.values
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strftime":
            parts = node.args
        for part in parts:
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and re.search("%[A-Za-z-]", part.value):
                yield node.lineno, part.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_days_are_written_without_the_c_library_seeing_chinese(path):
    """Windows 的 strftime 遇到汉字报 Invalid format string，也不认 %-d、%e、%F。"""
    found = list(day_formats(ast.parse(path.read_text("utf-8"))))
    assert [(line, text) for line, text in found if not text.isascii() or "%" in WINDOWS_KNOWS.sub("", text)] == []


def test_the_search_finds_what_it_is_for():
    source = "f'{at:%H时%M分}'; day.strftime('%Y年'); f'{at:%Y-%m-%d}'; f'{at:%-d}'; f'{share:.0%}'"
    assert [text for _, text in day_formats(ast.parse(source))] == ["%Y年", "%H时%M分", "%Y-%m-%d", "%-d"]
