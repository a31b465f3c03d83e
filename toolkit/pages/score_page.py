"""评分表 while it is drawn: named cells, merged cells, formats of what is locked and what is open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.forms.score_sheet import ScoreSheet
from toolkit.pages.cells import PageValue, write
from toolkit.pages.evidence_formulas import Feed
from toolkit.pages.layout import Drawing
from toolkit.regulation.rubric.inputs import Input
from toolkit.sheets import look


@dataclass(frozen=True)
class Page:
    """The sheet being drawn, with its layout and what feeds it."""

    drawing: Drawing
    drawn: Worksheet
    layout: ScoreSheet
    feeds: dict[str, Feed]

    def cell(self, **properties: object) -> Format:
        return self.drawing.cell(**{"border": 1, "border_color": look.LINE, "text_wrap": True, **properties})

    def locked(self, **properties: object) -> Format:
        return self.cell(**{"bg_color": look.LOCK, "align": "center", **properties})

    def open(self, **properties: object) -> Format:
        return self.cell(locked=False, **properties)

    @cached_property
    def totals(self) -> dict[str, str]:
        """Cell name → formula of everything below the items.

        Points are named by their address: SUM over a name that stands for a text (待填) fails in some engines.
        """
        return self.layout.rubric.total_formulas(self._points)

    def _points(self, name: str) -> str:
        return xl_rowcol_to_cell(*self.layout.cells[name], row_abs=True, col_abs=True) if name.startswith(("score_", "section_")) else name

    def name(self, name: str) -> tuple[int, int]:
        """Give the cell its defined name; returns its place."""
        row, column = self.layout.cells[name]
        address = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        self.drawing.book.define_name(name, f"='{self.drawing.form.cover}'!{address}")
        return row, column

    def span(self, cells: tuple[int, int, int, int], value: PageValue, shown: Format) -> None:
        """Write a value over first row, first column, last row, last column; a formula begins with “=”."""
        row, column, *last = cells
        if [row, column] != last:
            self.drawn.merge_range(*cells, "", shown)
        if isinstance(value, str) and value.startswith("="):
            self.drawn.write_formula(row, column, value, shown, "")
        else:
            write(self.drawn, row, column, value, shown)

    def formula(self, name: str, formula: str, shown: Format, last: tuple[int, int] | None = None) -> None:
        """A named formula, merged down to `last` where it reaches further."""
        row, column = self.name(name)
        self.span((row, column, *(last or (row, column))), formula, shown)

    def colour(self, cell: tuple[int, int], amber: str, red: str) -> None:
        """Conditions (formulas) under which a cell asks for something, or is wrong."""
        for criteria, fill, text in ((amber, look.QUERY_FILL, look.QUERY_TEXT), (red, look.ERROR_FILL, look.ERROR_TEXT)):
            shown = self.drawing.book.add_format({"bg_color": fill, "font_color": text})
            self.drawn.conditional_format(*cell, *cell, {"type": "formula", "criteria": criteria, "format": shown})


def label(entry: Input) -> str:
    """An input's label as people read it: 配套资金_元 → 配套资金（元）."""
    before, _, unit = entry.label.partition("_")
    return f"{before}（{unit}）" if unit else before
