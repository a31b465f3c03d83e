"""The standard workbooks, drawn from `forms` by XlsxWriter. Built twice, they are the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from toolkit import regulation
from toolkit.forms import FORMS
from toolkit.forms.model import Form
from toolkit.forms.spread import fitted_form
from toolkit.pages import (
    button_row,
    compiled,
    dashboard,
    dropdowns,
    guide,
    ledger_table,
    marker,
    printed,
    record_page,
    score_table,
    table,
)
from toolkit.pages.case_page import draw_case_lists, draw_case_page
from toolkit.pages.layout import Drawing, Edition
from toolkit.pages.task_page import draw_desk_page
from toolkit.sheets import look
from toolkit.sheets.recalculate import refresh

# Rows of the default height still grow with wrapped text; a height set by hand would not.
_OPTIONS = {"in_memory": True, "default_row_height": look.ROW_PIXELS,
            "default_format_properties": {"font_name": look.FONT, "font_size": look.SIZE}}


def build_templates(out: Path) -> list[Path]:
    """Write the template of every form as `<name>.xlsm` into the folder `out`, its formulas computed; returns the paths."""
    edition = Edition(regulation.load(regulation.FILES[-1]))
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for form in FORMS:
        path = out / f"{form.name}.xlsm"
        path.write_bytes(refresh(draw(form, edition, has_macros=True), form.name).data)
        paths.append(path)
    return paths


def draw(form: Form, edition: Edition, pages: Sequence[Callable[[Drawing], None]] = (), has_macros: bool = False,
         names: Sequence[str] | None = None) -> bytes:
    """One standard workbook for an edition, no formula computed; `pages` draw what stands behind the form's own sheets.

    has_macros: an .xlsm with the form's buttons, else an .xlsx. names: of the rows that are known, see `fitted_form`.
    """
    form, target = fitted_form(form, names), BytesIO()
    with Workbook(target, deepcopy(_OPTIONS)) as book:  # XlsxWriter writes into the options it is given
        drawing = Drawing(book, look.formats(book), form, edition, has_macros)
        if any(sheet.rows for sheet in form.sheets):
            _draw_return(drawing)
        else:
            _draw_ledger(drawing)
        for page in pages:
            page(drawing)
        guide.draw_guide(drawing)
        dropdowns.draw_lists(drawing)
        marker.draw_marker(drawing)
        if has_macros:
            button_row.draw_settings(drawing)
            _add_macros(book)
    return compiled.finished(target.getvalue(), form) if has_macros else target.getvalue()


def _add_macros(book: Workbook) -> None:
    """The VBA project with a module for the workbook and for every sheet drawn so far."""
    book.set_vba_name(compiled.WORKBOOK)
    names = [f"Sheet{number}" for number, _ in enumerate(book.worksheets(), 1)]
    for drawn, name in zip(book.worksheets(), names, strict=True):
        drawn.set_vba_name(name)
    book.add_vba_project(BytesIO(compiled.project(names)), is_stream=True)  # type: ignore[arg-type]  # is_stream 时收字节流


def _draw_return(drawing: Drawing) -> None:
    if drawing.form.cover:
        score_table.draw_cover(drawing)
    for sheet in drawing.form.sheets:
        draw = record_page.draw_record_page if sheet.page else table.draw_table
        draw(drawing, sheet)
    for sheet in drawing.form.sheets:
        if sheet.printed:
            printed.draw_print_page(drawing, sheet)


def _draw_ledger(drawing: Drawing) -> None:
    if drawing.has_macros:
        draw_desk_page(drawing)
        draw_case_page(drawing)
    dashboard.draw_dashboard(drawing)
    for sheet in drawing.form.sheets:
        ledger_table.draw_ledger_table(drawing, sheet)
    dashboard.draw_figures(drawing)
    if drawing.has_macros:
        draw_case_lists(drawing)
