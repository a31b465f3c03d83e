"""Buttons on a page, each running a macro, and the hidden sheet that says how macros find Python."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from toolkit.forms.actions import Action
from toolkit.forms.model import SETTINGS_SHEET
from toolkit.pages.layout import Drawing
from toolkit.sheets.look import display_width

HEIGHT = 28  # pixels
MODULE = "ToolkitButtons"
_GAP, _EDGE = 10, 4  # pixels
_PER_CHARACTER, _PADDING = 7.5, 34  # pixels
# 各处都一样的设置；Python 装在哪里因机器而异，写在用户自己的设置文件里。
_SETTINGS = {
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",  # 工作簿旁边的 .py 文件不该被当作程序载入
    "SHOW CONSOLE": "False",
    "USE UDF SERVER": "False",
}


def macro(action: Action) -> str:
    """The macro behind a button."""
    return f"{MODULE}.Btn_{action.id}"


def width(action: Action) -> int:
    """Pixels a button takes."""
    return round(display_width(action.caption) * _PER_CHARACTER) + _PADDING


def draw_row(drawing: Drawing, drawn: Worksheet, place: tuple[int, int], height: float) -> None:
    """The form's buttons side by side from `place` (row, column; zero-based) on, in a row of `height` points."""
    left = _EDGE
    for action in drawing.buttons:
        draw_button(drawn, place, action, (left, middle(height)))
        left += width(action) + _GAP


def draw_button(drawn: Worksheet, place: tuple[int, int], action: Action, offset: tuple[int, int], pixels: int = 0) -> None:
    """One button, `offset` (x, y) pixels into the cell at `place`."""
    drawn.insert_button(*place, {
        "macro": macro(action), "caption": action.caption, "description": action.tip, "height": HEIGHT,
        "width": pixels or width(action), "x_offset": offset[0], "y_offset": offset[1]})


def draw_settings(drawing: Drawing) -> None:
    """The hidden sheet that xlwings' macro looks into first."""
    drawn = drawing.book.add_worksheet(SETTINGS_SHEET)
    drawn.hide()
    for row, (name, value) in enumerate(_SETTINGS.items()):
        drawn.write_string(row, 0, name, drawing.cell())
        drawn.write_string(row, 1, value, drawing.cell())


def middle(height: float) -> int:
    """Pixels above a button that stands in the middle of a row of `height` points."""
    return max(0, round((height * 4 / 3 - HEIGHT) / 2))
