"""Reading a cell that a dropdown fills: its choices in the spellings seen in the field, ticks and boxes among them."""

from __future__ import annotations

import re
from collections.abc import Callable

from toolkit.regulation import Choices, ListItem
from toolkit.returns import values
from toolkit.returns.cell_reader import Read, noted, reader
from toolkit.returns.characters import half_width
from toolkit.sheets.grid import Value

_TICKED, _OPEN = "☑√✓✔■✅🗹", "□☐◻○"
_BOX = re.compile(f"([{_TICKED}{_OPEN}])([^{_TICKED}{_OPEN}]+)")


def choice_reader(choices: Choices, open_choices: bool = False) -> Callable[[Value], Read]:
    """The reader of cells with choices; other text stands only where they are open to it."""
    problem = "F-yes-no" if choices.name == "yes_no" else "F-choice"

    @reader
    def read(raw: Value) -> Read:
        if raw is True or raw is False:
            raw = "是" if raw else "否"
        typed = values.text(raw)
        if not isinstance(typed.value, str):
            return typed
        item = _find(choices, typed.value)
        if item is None:
            return typed if open_choices else Read(None, problem)
        return noted(item.name, typed.value)
    return read


def _find(choices: Choices, typed: str) -> ListItem | None:
    plain = half_width(typed)
    return choices.find(plain) or choices.find(typed) or choices.find(_ticked(plain))


def _ticked(typed: str) -> str:
    """The one choice ticked in “☑是 □否”; the text itself where there are no boxes."""
    boxes = _BOX.findall(typed)
    chosen = [text.strip() for box, text in boxes if box in _TICKED]
    return chosen[0] if len(chosen) == 1 else typed
