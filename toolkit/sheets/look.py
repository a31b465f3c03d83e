"""How the workbooks look: one palette, one font, one way to set up a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT = "微软雅黑"
SIZE = 10
INK = "#1F3864"  # titles
BAND = "#1F4E79"  # group headers, charts
SUB = "#DDEBF7"  # headers of columns people fill in
LOCK = "#F2F2F2"  # computed, or kept by the toolkit
LOCK_HEAD = "#D9D9D9"
QUIET_BAND = "#7F7F7F"  # groups kept by the toolkit
LINE = "#BFBFBF"
NOTE = "#595959"  # help and captions
REQUIRED = "#C00000"
ERROR_FILL, ERROR_TEXT = "#FFC7CE", "#9C0006"
QUERY_FILL, QUERY_TEXT = "#FFEB9C", "#7F6000"
MARKS = {"错误": (ERROR_FILL, ERROR_TEXT), "提示": (QUERY_FILL, QUERY_TEXT)}
"""Level of a mark → fill and text colour, the gravest first."""
WANTED = "#FFF2CC"  # required and still empty
PALE = "#9DC3E6"  # second colour of a chart

TITLE_HEIGHT, BUTTONS_HEIGHT, FACTS_HEIGHT, GROUP_HEIGHT, HEADER_HEIGHT, ROW_HEIGHT = 34, 30, 24, 20, 42, 20  # points
LINE_HEIGHT = 15  # points, of wrapped text
PROSE_HEIGHT = 36  # points: two lines in every row
ROW_PIXELS = 27  # ROW_HEIGHT on screen
PAPER_A4 = 9
MARGIN = 0.4  # inches
FOOTER = "&C&9第 &P 页　共 &N 页"

Formats = Callable[..., "Format"]


def formats(book: Workbook) -> Formats:
    """A function of cell properties (XlsxWriter's names) → format in the house font; equal ones are made once."""
    made: dict[tuple, Format] = {}

    def cell_format(**properties: object) -> Format:
        wanted = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter", **properties}
        key = tuple(sorted(wanted.items()))
        if key not in made:
            made[key] = book.add_format(wanted)
        return made[key]

    return cell_format


def gravest(levels: Iterable[str]) -> str:
    """Of the levels of marks on one cell, the one whose colours show."""
    return min(levels, key=list(MARKS).index)


def display_width(text: str) -> int:
    """Width of a text in column-width characters: Chinese counts two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def lines(text: str, width: float) -> int:
    """Lines a wrapped text takes in a column of `width` characters."""
    return sum(max(1, -(-display_width(line) // max(1, int(width - 1)))) for line in str(text).split("\n"))


def landscape(sheet: Worksheet) -> None:
    """A4 landscape, narrow margins, page x of y."""
    sheet.hide_gridlines(2)
    sheet.set_paper(PAPER_A4)
    sheet.set_landscape()
    sheet.set_margins(MARGIN, MARGIN, 0.5, 0.6)
    sheet.set_footer(FOOTER)
