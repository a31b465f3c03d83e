"""The styles of an .ods, as far as they change what a clerk sees: crossed-out text, lines of no size, hidden tables.

Source: OASIS ODF 1.2 Part 1, 16 (styles), 20.367 (style:text-line-through-style), 18.3.18 (lengths).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.sheets.scans.extents import LEAST_HEIGHT

_LENGTH = re.compile(r"([0-9.]+)(mm|cm|in|pt|pc|px)")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_LINES = ("text-line-through-style", "text-line-through-type")
_SIZES = ("row-height", "column-width")
_DEEPEST = 20  # styles above a style


@dataclass(slots=True)
class _Style:
    parent: str
    struck: bool | None = None
    low: bool = False
    hidden: bool = False


class OdsStyles:
    """Styles by their name, whatever their family: names are given once."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._current = _Style("")

    def start(self, name: str, marks: Mapping[str, str]) -> None:
        """Note one element, its attributes by local name."""
        if name == "style":
            self._current = self._styles[marks.get("name", "")] = _Style(marks.get("parent-style-name", ""))
        elif name == "default-style":
            self._current = _Style("")
        elif name == "text-properties":
            lines = [marks[key] for key in _LINES if key in marks]
            if lines:
                self._current.struck = any(line != "none" for line in lines)
        elif name in ("table-row-properties", "table-column-properties"):
            self._current.low = any(_points(marks.get(size, "")) < LEAST_HEIGHT for size in _SIZES)
        elif name == "table-properties":
            self._current.hidden = marks.get("display") == "false"

    def struck(self, name: str) -> bool | None:
        """Whether text in that style is crossed out; None where neither the style nor those above it say anything."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None or style.struck is not None:
                return style.struck if style else None
            name = style.parent
        return None

    def is_low(self, name: str) -> bool:
        """Whether a row or column in that style has next to no height or width."""
        style = self._styles.get(name)
        return style is not None and style.low

    def hidden(self) -> list[str]:
        """The table styles that hide their table."""
        return sorted(name for name, style in self._styles.items() if style.hidden)


def _points(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    try:
        return float(found[1]) * _POINTS[found[2]] if found else LEAST_HEIGHT
    except ValueError:
        return LEAST_HEIGHT
