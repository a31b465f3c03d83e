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
from toolkit.workbooks import look
from toolkit.workbooks.pages import assessment, dashboard, guide, inputs, ledger, marker, printed, table
from toolkit.workbooks.pages.layout import Desk, Edition

# Rows of the default height still grow with wrapped text; a height set by hand would not.
_OPTIONS = {"in_memory": True, "default_row_height": look.ROW_PIXELS,
            "default_format_properties": {"font_name": look.FONT, "font_size": look.SIZE}}


def build_templates(out: Path) -> list[Path]:
    """Write the template of every form as `<name>.xlsx` into the folder `out`; returns the paths."""
    edition = Edition(regulation.load(regulation.FILES[-1]))
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for form in FORMS:
        path = out / f"{form.name}.xlsx"
        path.write_bytes(draw(form, edition))
        paths.append(path)
    return paths


def draw(form: Form, edition: Edition, pages: Sequence[Callable[[Desk], None]] = ()) -> bytes:
    """One standard workbook for an edition; `pages` draw what stands behind the form's own sheets."""
    target = BytesIO()
    with Workbook(target, deepcopy(_OPTIONS)) as book:  # XlsxWriter writes into the options it is given
        desk = Desk(book, look.formats(book), form, edition)
        if any(sheet.rows for sheet in form.sheets):
            _draw_return(desk)
        else:
            _draw_ledger(desk)
        for page in pages:
            page(desk)
        guide.draw_guide(desk)
        inputs.draw_lists(desk)
        marker.draw_marker(desk)
    return target.getvalue()


def _draw_return(desk: Desk) -> None:
    if desk.form.cover:
        assessment.draw_cover(desk)
    for sheet in desk.form.sheets:
        table.draw_table(desk, sheet)
    for sheet in desk.form.sheets:
        if sheet.printed:
            printed.draw_print_page(desk, sheet)


def _draw_ledger(desk: Desk) -> None:
    dashboard.draw_dashboard(desk)
    for sheet in desk.form.sheets:
        ledger.draw_ledger_table(desk, sheet)
    dashboard.draw_figures(desk)
