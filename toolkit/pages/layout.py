"""Where things stand on a page: fixed rows, labels beside their values, page breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, cast

from toolkit.forms.actions import Action
from toolkit.forms.model import Fact, Form, Sheet, text
from toolkit.regulation import Regulation
from toolkit.sheets import look
from toolkit.sheets.look import MARGIN, Formats, display_width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart_bar import ChartBar
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TITLE_ROW, BUTTON_ROW, FACT_ROW, GROUP_ROW, HEADER_ROW, FIRST_ROW = range(6)  # zero-based, the same on every table
LEDGER_LAST_ROW = 19_999  # dropdowns and colours of the ledger reach this far

_A4_WIDTH_INCHES = 297 / 25.4
_WIDE_SCALE = 62  # percent: 228 characters on a landscape page, still legible
_CHARACTER_INCHES = 7.4 / 96  # the widest digit of the fonts in use
_CELL_PADDING = 0.71  # characters
_PAGE_CHARACTERS = (_A4_WIDTH_INCHES - 2 * MARGIN) / _CHARACTER_INCHES
_FULL_ENOUGH = 0.6  # of a page, to begin a new one for the next group
_TEXT_FACT_WIDTH = 26


@dataclass(frozen=True)
class Edition:
    """Whom a copy is for. The shipped templates leave district, year and deadline open. from_ledger: what is `given` is filled in
    from the ledger, and locked."""

    regulation: Regulation
    district: str = ""
    year: int | None = None
    deadline: date | None = None
    from_ledger: bool = False

    def title(self, template: str) -> str:
        """A title with city and year in; an open year leaves room to write it."""
        return template.format(city=self.regulation.facts["city"], year=self.year or "　　　　")

    @property
    def office(self) -> str:
        """The district's office; empty where the district is open."""
        bureau = self.regulation.issuer.removeprefix(self.regulation.facts["city"])
        return self.district + bureau if self.district else ""


@dataclass(frozen=True)
class Drawing:
    """What drawing a page takes: the workbook, its formats, its form, whom the copy is for, whether it gets buttons."""

    book: Workbook
    cell: Formats
    form: Form
    edition: Edition
    has_macros: bool = False

    @property
    def buttons(self) -> tuple[Action, ...]:
        """What the pages get buttons for."""
        return self.form.buttons if self.has_macros else ()

    def page(self, name: str, one: bool = True) -> Worksheet:
        """A new landscape page, printed on one sheet of paper, or as wide as one and as long as it takes."""
        drawn = self.book.add_worksheet(name)
        look.landscape(drawn)
        drawn.fit_to_pages(1, 1 if one else 0)
        drawn.center_horizontally()
        return drawn

    def bar_chart(self, subtype: str = "clustered") -> ChartBar:
        """A new bar chart of the workbook; `subtype` is XlsxWriter's (`stacked`)."""
        return cast("ChartBar", self.book.add_chart({"type": "bar", "subtype": subtype}))


@dataclass(frozen=True)
class Placed:
    """A labelled value: its label's column and its value's column (zero-based)."""

    fact: Fact
    label: int
    value: int


def frozen_columns(sheet: Sheet) -> int:
    """How many columns stay in view."""
    return sheet.headers.index(sheet.frozen) + 1 if sheet.frozen else 0


def place(facts: Iterable[Fact], sheet: Sheet) -> tuple[Placed, ...]:
    """Put each label into a cell with its value right of it, left to right, where the columns are wide enough.

    A label is written right-aligned and may reach over the free cell on its left, though not across the frozen edge.
    """
    widths = [column.shown_width for column in sheet.columns]
    edge, start, placed = frozen_columns(sheet), 0, []
    for fact in facts:
        need = display_width(fact.label) + 1
        room = _TEXT_FACT_WIDTH if fact.kind is text else fact.kind.width
        for label in range(start, len(widths) - 1):
            reach = widths[label] + (widths[label - 1] if label > start and label != edge else 0)
            if reach >= need and widths[label + 1] >= room and label + 1 != edge:
                break
        else:
            raise ValueError(f"{sheet.name}: {fact.label}")
        placed.append(Placed(fact, label, label + 1))
        start = label + 2
    return tuple(placed)


def runs(keys: Sequence[object], cuts: Iterable[int] = ()) -> list[tuple[int, int]]:
    """Stretches (first, last) of equal keys, cut also before each index of `cuts`."""
    borders = set(cuts)
    section = [sum(cut <= index for cut in borders) for index in range(len(keys))]
    found = []
    for _, stretch in groupby(range(len(keys)), key=lambda index: (keys[index], section[index])):
        indexes = list(stretch)
        found.append((indexes[0], indexes[-1]))
    return found


def page_breaks(sheet: Sheet) -> list[int]:
    """Columns before which a new page begins when a wide sheet prints, between groups where possible."""
    widths, edge = [column.shown_width + _CELL_PADDING for column in sheet.columns], frozen_columns(sheet)
    page = _PAGE_CHARACTERS * 100 / _WIDE_SCALE
    if sum(widths) <= page:
        return []
    room, used = page - sum(widths[:edge]), 0.0
    breaks: list[int] = []
    for first, last in runs([column.group for column in sheet.columns], [edge]):
        if first < edge:
            continue
        if used > _FULL_ENOUGH * room and used + sum(widths[first:last + 1]) > room:
            breaks.append(first)
            used = 0
        for index in range(first, last + 1):
            if used + widths[index] > room:
                breaks.append(index)
                used = 0
            used += widths[index]
    return breaks


def set_top_rows(drawn: Worksheet, plain: Format | None = None) -> None:
    """Heights of the rows above a table; `plain` keeps column formats out of them."""
    heights = (look.TITLE_HEIGHT, look.BUTTONS_HEIGHT, look.FACTS_HEIGHT, look.GROUP_HEIGHT, look.HEADER_HEIGHT)
    for row, height in enumerate(heights):
        drawn.set_row(row, height, plain)


def band_cuts(sheet: Sheet) -> list[int]:
    """Where a group's band is cut on a wide sheet: at the frozen edge and where a page begins."""
    breaks = page_breaks(sheet)
    return [frozen_columns(sheet), *breaks] if breaks else []


def set_up_print(sheet: Sheet, drawn: Worksheet) -> None:
    """Scale, page breaks, repeated header rows and name columns."""
    breaks = page_breaks(sheet)
    drawn.repeat_rows(GROUP_ROW, HEADER_ROW)
    if breaks:
        drawn.set_print_scale(_WIDE_SCALE)
        drawn.set_v_pagebreaks(breaks)
        drawn.repeat_columns(0, frozen_columns(sheet) - 1)
        drawn.print_across()
    else:
        drawn.fit_to_pages(1, 0)
        drawn.center_horizontally()


def first_page_end(sheet: Sheet) -> int:
    """The last column (zero-based) of the first printed page."""
    return (page_breaks(sheet) or [len(sheet.columns)])[0] - 1


def title_end(sheet: Sheet) -> int:
    """The last column of the title: a wide sheet repeats its frozen columns on each page, and the title with them."""
    return frozen_columns(sheet) - 1 if page_breaks(sheet) else first_page_end(sheet)
