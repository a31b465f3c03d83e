"""Which form a workbook is, whose, and of which year: by document properties, the hidden marker sheet, then content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.forms.model import (
    CASE_LIST_SHEET,
    CASE_SHEET,
    DESK_SHEET,
    DUE_SHEET,
    GRADES_SHEET,
    GUIDE_SHEET,
    ISSUE_SHEET,
    LIST_SHEET,
    MARKER_SHEET,
    PREVIEW_SHEET,
    PRINT_SHEET,
    PROPERTY_DISTRICT,
    PROPERTY_FORM,
    PROPERTY_VERSION,
    PROPERTY_YEAR,
    SETTINGS_SHEET,
    Fact,
    Form,
    Sheet,
)
from toolkit.regulation import Choices, fold
from toolkit.returns import headers, page_layout
from toolkit.returns.cell_reader import shown
from toolkit.returns.characters import blank, clean, half_width
from toolkit.sheets.grid import Book, Grid, Value

_YEAR = re.compile(r"(20\d{2})\s*年?度?")
# The template's own, the marks', the buttons'.
NOT_RETURNED = frozenset((MARKER_SHEET, LIST_SHEET, GUIDE_SHEET, PRINT_SHEET, ISSUE_SHEET, PREVIEW_SHEET, DUE_SHEET, DESK_SHEET, GRADES_SHEET,
                          SETTINGS_SHEET, CASE_SHEET, CASE_LIST_SHEET))
_PROPERTIES = (PROPERTY_FORM, PROPERTY_VERSION, PROPERTY_DISTRICT, PROPERTY_YEAR)


@dataclass(frozen=True)
class Marks:
    """What a workbook says of itself; "" where it says nothing."""

    form: str = ""
    version: str = ""
    district: str = ""
    year: str = ""


def marks(book: Book) -> Marks:
    """Form id, version, district and year from properties, else from the hidden marker sheet."""
    found = {}
    for grid in book.grids:
        if grid.name == MARKER_SHEET:
            found = {shown(row[0]): shown(row[1]) for row in grid.rows if len(row) > 1 and row[0] is not None}
    found |= {name: text for name, text in book.properties.items() if text}
    return Marks(*(found.get(name, "").strip() for name in _PROPERTIES))


@dataclass(frozen=True)
class Located:
    """A declared sheet found in a workbook."""

    grid: Grid
    layout: headers.Layout


def locate(book: Book, form: Form) -> dict[str, Located]:
    """Declared sheet name → where it stands: by name or alias first, then by headers alone."""
    grids = [grid for grid in book.grids if grid.name not in NOT_RETURNED]
    found: dict[str, Located] = {}
    for sheet in form.sheets:
        names = {fold(name) for name in (sheet.name, *sheet.also)}
        grid = next((grid for grid in grids if _plain(grid.name) in names), None)
        if grid is not None and (layout := layout_of(grid, sheet)):
            found[sheet.name] = Located(grid, layout)
    taken = {located.grid.name for located in found.values()}
    for sheet in form.sheets:
        if sheet.name not in found and (located := _by_headers(grids, sheet, taken)):
            found[sheet.name] = located
            taken.add(located.grid.name)
    return found


def layout_of(grid: Grid, sheet: Sheet) -> headers.Layout | None:
    """Where the columns of a declared sheet stand in a grid: a table's under each other, a page's each beside its label."""
    return page_layout.find(grid, sheet) if sheet.page else headers.find(grid, sheet)


def _by_headers(grids: Iterable[Grid], sheet: Sheet, taken: set[str]) -> Located | None:
    candidates = [Located(grid, layout) for grid in grids if grid.name not in taken and grid.visible
                  if (layout := layout_of(grid, sheet))]
    candidates = [located for located in candidates if _enough(sheet, located.layout)]
    return max(candidates, key=lambda located: len(located.layout.columns), default=None)


def others(book: Book, form: Form, located: Mapping[str, Located]) -> list[tuple[Sheet, Located]]:
    """Further sheets that carry the headers of a declared one, each with that one, in the order of the workbook."""
    taken = {each.grid.name for each in located.values()} | NOT_RETURNED
    found = []
    for grid in book.grids:
        if grid.name not in taken:
            candidates = [(sheet, Located(grid, layout)) for sheet in form.sheets if (layout := layout_of(grid, sheet)) and _enough(sheet, layout)]
            if candidates:
                found.append(max(candidates, key=lambda pair: len(pair[1].layout.columns)))
    return found


def _enough(sheet: Sheet, layout: headers.Layout) -> bool:
    """Whether headers alone tell the sheet: less than half of the required ones are missing."""
    return len(layout.missing) * 2 < max(sum(column.required for column in sheet.columns), 1)


def _plain(text: str) -> str:
    return fold(half_width(clean(text)))


def facts(grid: Grid, sheet: Sheet, header_row: int) -> dict[str, Value]:
    """Label → value of the labelled cells above the table: behind a colon in the same cell, or in the next filled cell."""
    wanted = {fold(name).rstrip(":"): fact for fact in sheet.facts for name in (fact.label, *fact.also)}
    found: dict[str, Value] = {}
    for row in grid.rows[:header_row]:
        for column, cell in enumerate(row):
            if not isinstance(cell, str):
                continue
            label, _, rest = half_width(clean(cell)).partition(":")
            fact = wanted.get(fold(label))
            if fact is None or fact.label in found:
                continue
            value = rest.strip() or _next_filled(row, column, wanted)
            if value is not None:
                found[fact.label] = value
    return found


def _next_filled(row: tuple[Value, ...], column: int, labels: Mapping[str, Fact]) -> Value:
    for cell in row[column + 1:]:
        if not blank(cell):
            is_label = isinstance(cell, str) and _plain(cell).partition(":")[0] in labels
            return None if is_label else cell
    return None


def year_in(texts: Iterable[str]) -> int | None:
    """The year a title, sheet or file name mentions, None where none or several do."""
    years = {int(found) for text in texts for found in _YEAR.findall(half_width(clean(text)))}
    return years.pop() if len(years) == 1 else None


def title_texts(grid: Grid, header_row: int) -> list[str]:
    """Text cells above a table's header that carry the word 年度."""
    return [cell for row in grid.rows[:header_row] for cell in row if isinstance(cell, str) and "年度" in cell]


def district_in(text: str, districts: Choices) -> str:
    """The one district whose name or alias stands in a text ("" for none or several)."""
    folded = _plain(text)
    hits: dict[str, int] = {}
    for spelling, item in districts.by_spelling.items():
        if spelling in folded:
            hits[item.name] = max(hits.get(item.name, 0), len(spelling))
    if len(hits) > 1:  # 高新区（新市区） names one district twice; 乌鲁木齐县 stands in no other name
        longest = max(hits.values())
        hits = {name: size for name, size in hits.items() if size == longest}
    return next(iter(hits)) if len(hits) == 1 else ""
