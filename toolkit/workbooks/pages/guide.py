"""填报说明: how to fill in, and every column with its rule and clause."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from toolkit.forms.model import GUIDE_SHEET, Column, Fact, Sheet
from toolkit.workbooks import look
from toolkit.workbooks.pages import inputs
from toolkit.workbooks.pages.cells import band_format, merge, title_format
from toolkit.workbooks.pages.layout import Desk

_HEADERS = ("列名", "是否必填", "怎么填", "依据条款", "可选内容")
_WIDTHS = (22, 12, 48, 18, 56)
_LINE_POINTS = 15
_NAMED_CHOICES = 20  # a longer list is only begun
_LAST = len(_HEADERS) - 1


def draw_guide(desk: Desk) -> None:
    """Draw 填报说明, printable on A4."""
    drawn = desk.book.add_worksheet(GUIDE_SHEET)
    look.landscape(drawn)
    drawn.fit_to_pages(1, 0)
    for index, width in enumerate(_WIDTHS):
        drawn.set_column(index, index, width)
    drawn.set_row(0, look.TITLE_HEIGHT)
    merge(drawn, 0, (0, _LAST), f"{desk.form.name}填报说明", title_format(desk))
    basis = f"依据：{desk.edition.regulation.title}（{desk.edition.regulation.number}）"
    row = 1
    for number, sentence in enumerate((*desk.form.guide, basis), 1):
        row = _draw_sentence(desk, drawn, row, f"{number}. {sentence}")
    for sheet in desk.form.sheets:
        row = _draw_sheet(desk, drawn, row + 1, sheet)
    drawn.protect("", {"format_columns": True, "format_rows": True})


def _draw_sentence(desk: Desk, drawn: Worksheet, row: int, sentence: str) -> int:
    drawn.set_row(row, _LINE_POINTS * look.lines(sentence, sum(_WIDTHS)) + 5)
    merge(drawn, row, (0, _LAST), sentence, desk.cell(text_wrap=True, font_color=look.NOTE))
    return row + 1


def _draw_sheet(desk: Desk, drawn: Worksheet, row: int, sheet: Sheet) -> int:
    """One sheet's columns as a table; returns the next free row."""
    drawn.set_row(row, look.FACTS_HEIGHT)
    merge(drawn, row, (0, _LAST), f"“{sheet.name}”表" + (f"：{sheet.guide}" if sheet.guide else ""), band_format(desk))
    head = desk.cell(bold=True, bg_color=look.SUB, font_color=look.INK, align="center", border=1, border_color=look.LINE)
    drawn.set_row(row + 1, look.ROW_HEIGHT)
    drawn.write_row(row + 1, 0, _HEADERS, head)
    row += 2
    for entry in (*sheet.facts, *sheet.columns):
        row = _draw_entry(desk, drawn, row, entry)
    return row


def _draw_entry(desk: Desk, drawn: Worksheet, row: int, entry: Column | Fact) -> int:
    texts = (entry.header, _duty(desk, entry), inputs.how_to_fill(entry), entry.clause, _choices(desk, entry)) if isinstance(
        entry, Column) else (f"{entry.label}（表上方）", "按需", inputs.how_to_fill(entry), "", _choices(desk, entry))
    tallest = max(look.lines(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
    drawn.set_row(row, max(look.ROW_HEIGHT, _LINE_POINTS * tallest + 5))
    for index, text in enumerate(texts):
        red = {"font_color": look.REQUIRED} if text == "必填" else {}
        align = "center" if index in (1, 3) else "left"
        drawn.write_string(row, index, text, desk.cell(
            text_wrap=True, border=1, border_color=look.LINE, align=align, bold=index == 0, **red))
    return row + 1


def _duty(desk: Desk, column: Column) -> str:
    if column.formula:
        return "自动计算"
    if not any(sheet.rows for sheet in desk.form.sheets):
        return "由市局填写" if column.people else "工具登记"
    return "必填" if column.required else "选填"


def _choices(desk: Desk, entry: Column | Fact) -> str:
    if not entry.choices:
        return ""
    names = desk.edition.regulation.lists[entry.choices].names
    if len(names) <= _NAMED_CHOICES:
        return "、".join(names)
    return f"{'、'.join(names[:_NAMED_CHOICES // 2])}等{len(names)}项，见下拉框"
