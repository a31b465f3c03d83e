"""A ledger of an earlier version brought up to date: the columns and sheets that came later are added, all else stays.

They are added behind whatever stands there, so that nothing that people wrote, drew or arranged moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.forms.model import Column, Sheet
from toolkit.forms.register_rows import StudioRow
from toolkit.pages import dropdowns
from toolkit.pages.layout import LEDGER_LAST_ROW
from toolkit.regulation import Regulation
from toolkit.returns.headers import Layout
from toolkit.returns.records import Table
from toolkit.returns.standing import Standing, gone
from toolkit.sheets.edit import AddSheet, Edit, SetCell, SetValidation, SetWidth
from toolkit.sheets.grid import Book, Grid
from toolkit.sheets.ooxml.listsheet import header_row


def upgraded(book: Book, standing: Standing, law: Regulation) -> tuple[Book, Standing, list[Edit]]:
    """The ledger as it will stand, and the edits that make it so (none where nothing is lacking). A column that people renamed or
    took out is not made again: what it said would count as empty.

    UserError where a sheet that is to be added has the name of one that people made.
    """
    edits: list[Edit] = []
    tables, grids = dict(standing.tables), list(book.grids)
    brought: list[tuple[Table, Column]] = []
    for sheet in LEDGER.sheets:
        table = tables.get(sheet.name)
        if table is None:
            added = AddSheet(sheet.name, sheet.title, sheet.headers, [column.shown_width for column in sheet.columns], ())
            if any(grid.name == sheet.name for grid in grids):
                raise UserError(f"台账里有一张“{sheet.name}”表，表头不是规定的，工具要用这个表名。请把它改名后再试，里面的内容不会动。")
            tables[sheet.name] = _new_table(book.file, sheet, header_row(added))
            grids.append(Grid(sheet.name, ((sheet.title,), sheet.headers)))
            edits.append(added)
            brought += [(tables[sheet.name], column) for column in sheet.columns]
        elif later := _columns_lacking(sheet, table):
            grid = next(each for each in grids if each.name == table.name)
            columns = dict(zip((column.header for column in later), _free(grid), strict=False))
            edits += _headers(table, later, columns)
            tables[sheet.name] = replace(table, layout=replace(table.layout, columns=table.layout.columns | columns))
            brought += [(tables[sheet.name], column) for column in later]
    edits += _formats(brought)
    edits += _rules(brought, tables[StudioRow.sheet.name], law)
    return replace(book, grids=tuple(grids)), replace(standing, tables=tables), edits


def lacking(standing: Standing) -> list[str]:
    """What `upgraded` will add, in words: “经费”表8列, “学员”表."""
    tables = standing.tables
    columns = [(sheet.name, len(_columns_lacking(sheet, tables[sheet.name]))) for sheet in LEDGER.sheets if sheet.name in tables]
    sheets = [f"“{sheet.name}”表" for sheet in LEDGER.sheets if sheet.name not in tables]
    return [*(f"“{name}”表{count}列" for name, count in columns if count), *sheets]


def _columns_lacking(sheet: Sheet, table: Table) -> list[Column]:
    return [column for column in sheet.columns if column.since != sheet.since and column.header not in (*table.layout.columns, *gone(table))]


def _formats(brought: list[tuple[Table, Column]]) -> Iterator[Edit]:
    """As wide as in a new ledger; what is typed into a column of numbers of 18 digits stays a text there too."""
    for table, column in brought:
        yield SetWidth(table.name, table.layout.columns[column.header], column.shown_width, column.kind.number_format)


def _rules(brought: list[tuple[Table, Column]], studios: Table, law: Regulation) -> Iterator[Edit]:
    """What the cells that came later accept, where people fill them in: the dropdowns and limits of a new ledger."""
    numbers = dropdowns.numbers(studios.name, studios.layout.row + 1, studios.layout.columns[StudioRow.number.header])
    for table, column in brought:
        if column.people:
            rule = dropdowns.in_older_ledger(table.sheet, column, law, numbers)
            yield SetValidation(table.name, table.layout.columns[column.header], (table.layout.row + 1, LEDGER_LAST_ROW), rule)


def _new_table(file: str, sheet: Sheet, row: int) -> Table:
    return Table(file, sheet.name, sheet, Layout(row, {header: place for place, header in enumerate(sheet.headers)}, (), (), {}, ()))


def _free(grid: Grid) -> Iterator[int]:
    """The columns behind everything that stands on a sheet."""
    column = max((max(map(len, grid.rows), default=0), *(right + 1 for _, _, _, right in grid.merged)))
    while True:
        yield column
        column += 1


def _headers(table: Table, lacking: list[Column], columns: dict[str, int]) -> Iterator[Edit]:
    like = table.layout.row, max(table.layout.columns.values())
    for column in lacking:
        yield SetCell(table.name, table.layout.row, columns[column.header], column.header, like)
