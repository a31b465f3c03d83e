"""填报说明: how to fill in, and every column with its rule and clause."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from toolkit.forms import roles
from toolkit.forms.model import GUIDE_SHEET, Column, Fact
from toolkit.pages import dropdowns
from toolkit.pages.cells import band_format, header_format, merge, title_format
from toolkit.pages.layout import Drawing
from toolkit.sheets import look

_HEADERS = ("列名", "是否必填", "怎么填", "依据条款", "可选内容", "归谁填")
_WIDTHS = (28, 12, 46, 18, 50, 12)
_CENTERED = (1, 3, 5)
_NAMED_CHOICES = 20  # a longer list is only begun
_REQUIRED = "必填"
_LAST = len(_HEADERS) - 1


def draw_guide(drawing: Drawing) -> None:
    """Draw 填报说明, printable on A4."""
    drawn = drawing.page(GUIDE_SHEET, one=False)
    for index, width in enumerate(_WIDTHS):
        drawn.set_column(index, index, width)
    drawn.set_row(0, look.TITLE_HEIGHT)
    merge(drawn, 0, (0, _LAST), f"{drawing.form.name}填报说明", title_format(drawing))
    basis = f"依据：{drawing.edition.regulation.title}（{drawing.edition.regulation.number}）"
    sentences = (*drawing.form.guide, basis)
    for row, sentence in enumerate(sentences, 1):
        drawn.set_row(row, look.LINE_HEIGHT * look.lines(sentence, sum(_WIDTHS)) + 5)
        merge(drawn, row, (0, _LAST), f"{row}. {sentence}", drawing.cell(text_wrap=True, font_color=look.NOTE))
    head = len(sentences) + 2
    drawn.set_row(head, look.FACTS_HEIGHT)
    drawn.write_row(head, 0, _HEADERS, header_format(drawing, look.SUB))
    drawn.repeat_rows(head)
    row = head + 1
    if drawing.form.cover:
        row = _draw_entries(drawing, drawn, row, f"“{drawing.form.cover}”表", drawing.form.facts)
    for sheet in drawing.form.sheets:
        name = f"“{sheet.name}”表" + (f"：{sheet.guide}" if sheet.guide else "")
        row = _draw_entries(drawing, drawn, row, name, (*sheet.facts, *sheet.columns))
    _draw_duties(drawing, drawn, row)
    drawn.protect("", {"format_columns": True, "format_rows": True})


def _draw_entries(drawing: Drawing, drawn: Worksheet, row: int, name: str, entries: Sequence[Column | Fact]) -> int:
    """A band with a sheet's name, then a row for each of its facts and columns; returns the next free row."""
    drawn.set_row(row, look.FACTS_HEIGHT)
    merge(drawn, row, (0, _LAST), name, band_format(drawing))
    for at, entry in enumerate(entries, row + 1):
        texts = _texts(drawing, entry)
        tallest = max(look.lines(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
        drawn.set_row(at, max(look.ROW_HEIGHT, look.LINE_HEIGHT * tallest + 5))
        for index, text in enumerate(texts):
            red = {"font_color": look.REQUIRED} if text == _REQUIRED else {}
            align = {"align": "center"} if index in _CENTERED else {"align": "left", "indent": 1}
            drawn.write_string(at, index, text, drawing.cell(
                text_wrap=True, border=1, border_color=look.LINE, bold=index == 0, **align, **red))
    return row + 1 + len(entries)


def _texts(drawing: Drawing, entry: Column | Fact) -> tuple[str, ...]:
    """The cells of one row of the table."""
    how, choices = dropdowns.how_to_fill(entry), _choices(drawing, entry)
    if isinstance(entry, Fact):
        return f"{entry.label}（在表上方）", "按需", how, "", choices, drawing.form.role
    return entry.header, _duty(drawing, entry), how, entry.clause, choices, roles.owner(drawing.form, entry)


def _draw_duties(drawing: Drawing, drawn: Worksheet, row: int) -> None:
    """R15: who does what, from the application to the recovery of a subsidy."""
    duties = drawing.edition.regulation.lists["duties"]
    drawn.set_row(row, look.FACTS_HEIGHT)
    merge(drawn, row, (0, _LAST), f"{duties.label}（{duties.clause}）：各办各的，各填各的", band_format(drawing))
    for at, duty in enumerate(duties.items, row + 1):
        drawn.set_row(at, look.ROW_HEIGHT)
        line = {"border": 1, "border_color": look.LINE}
        drawn.write_string(at, 0, duty["role"], drawing.cell(bold=True, align="left", indent=1, **line))
        merge(drawn, at, (1, 2), duty.name, drawing.cell(align="left", indent=1, **line))
        merge(drawn, at, (3, _LAST), duty["clause"], drawing.cell(align="left", indent=1, **line))


def _duty(drawing: Drawing, column: Column) -> str:
    if column.formula:
        return "自动计算"
    if roles.owner(drawing.form, column) not in (drawing.form.role, roles.TOOL):
        return "不填"
    if column.preset or column.role == roles.TOOL:
        return "已印好"
    if not any(sheet.rows for sheet in drawing.form.sheets):
        return "由市局填写" if column.people else "工具登记"
    return _REQUIRED if column.required else "选填"


def _choices(drawing: Drawing, entry: Column | Fact) -> str:
    if not entry.choices:
        return ""
    names = drawing.edition.regulation.lists[entry.choices].names
    if len(names) <= _NAMED_CHOICES:
        return "、".join(names)
    return f"{'、'.join(names[:_NAMED_CHOICES // 2])}等{len(names)}项，见下拉框"
