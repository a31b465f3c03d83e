"""成绩一览: one page a clerk can hold up: how each studio's points are made up, the totals and the lines of the grades."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.forms.summary import RESULTS, SECTIONS
from toolkit.pages.cells import header_format, merge, note_format, title_format
from toolkit.pages.layout import FIRST_ROW, Drawing
from toolkit.regulation import rubric as annex
from toolkit.regulation.rubric.cell_values import plain
from toolkit.sheets import look

RESULTS_PAGE = "成绩一览"
_COLUMNS = ("工作室名称", *SECTIONS, "加分", "总分", "等次")
_WIDTHS = (38, *(11 for _ in SECTIONS), 9, 9, 10)
_HEADER_ROW, _FIRST_ROW = 2, 3
_PARTS = ("#1F4E79", "#2E75B6", "#9DC3E6", "#548235", "#A9D18E", "#F4B183")  # sections, then bonus; printed in grey they still differ
_PAGE_PIXELS = 892  # as wide as the table
_HEIGHT, _PER_STUDIO = 150, 34  # pixels


def draw_results_page(drawing: Drawing, count: int) -> None:
    """Draw 成绩一览 for the first `count` rows of 考核汇总, fed by formulas. Fits one landscape page."""
    drawn = drawing.page(RESULTS_PAGE)
    for index, width in enumerate(_WIDTHS):
        drawn.set_column(index, index, width)
    drawn.set_row(0, look.TITLE_HEIGHT)
    merge(drawn, 0, (0, len(_COLUMNS) - 1), f"{drawing.edition.title(RESULTS.title)} · {RESULTS_PAGE}", title_format(drawing, shrink=True))
    merge(drawn, 1, (0, len(_COLUMNS) - 1), _lines(drawing), note_format(drawing))
    _draw_table(drawing, drawn, count)
    last = _FIRST_ROW + count - 1
    height = _HEIGHT + _PER_STUDIO * count
    _draw_chart(drawing, drawn, (last, last + 2), height)
    drawn.protect("", {"objects": False, "format_columns": True, "format_rows": True})


def _lines(drawing: Drawing) -> str:
    """The grades and where each begins, in words."""
    rubric = annex.of(drawing.edition.regulation)
    *upper, lowest = rubric.bands
    said = [f"{plain(band.start)}分及以上{band.name}" for band in upper]
    return f"{rubric.title}（{rubric.clause}）：{'，'.join(said)}，不到{plain(upper[-1].start)}分{lowest.name}；分数不四舍五入。"


def _draw_table(drawing: Drawing, drawn: Worksheet, count: int) -> None:
    for index, header in enumerate(_COLUMNS):
        drawn.write_string(_HEADER_ROW, index, header, header_format(drawing, look.SUB))
        align = {"align": "left", "indent": 1} if index == 0 else {"align": "center"}
        shown = drawing.cell(border=1, border_color=look.LINE, shrink=True, bold=header in ("总分", "等次"), **align)
        source = RESULTS.headers.index(header)
        for row in range(count):
            cell = xl_rowcol_to_cell(FIRST_ROW + row, source, row_abs=True, col_abs=True)
            drawn.write_formula(_FIRST_ROW + row, index, f"='{RESULTS.name}'!{cell}", shown, "")


def _draw_chart(drawing: Drawing, drawn: Worksheet, rows: tuple[int, int], height: int) -> None:
    """The parts of each total as one bar; the axis is marked where the grades begin."""
    last, at = rows
    rubric = annex.of(drawing.edition.regulation)
    chart = drawing.bar_chart("stacked")
    for index, colour in enumerate(_PARTS, 1):
        chart.add_series({
            "name": [RESULTS_PAGE, _HEADER_ROW, index], "categories": [RESULTS_PAGE, _FIRST_ROW, 0, last, 0],
            "values": [RESULTS_PAGE, _FIRST_ROW, index, last, index], "fill": {"color": colour}, "gap": 45,
            "border": {"color": "white", "width": 0.75}})
    small = {"name": look.FONT, "size": 9, "color": look.NOTE}
    chart.set_title({"name": "各部分得分与总分", "overlay": False, "name_font": {"name": look.FONT, "size": 11, "color": look.INK}})
    chart.set_legend({"position": "bottom", "font": small})
    chart.set_x_axis({"min": 0, "max": float(rubric.total), "major_unit": 10, "num_font": small, "num_format": "0",
                      "major_gridlines": {"visible": True, "line": {"color": look.LINE, "dash_type": "dash"}}})
    chart.set_y_axis({"reverse": True, "num_font": small, "line": {"color": look.LINE}, "major_tick_mark": "none"})
    chart.set_chartarea({"border": {"color": look.LINE}})
    chart.set_size({"width": _PAGE_PIXELS, "height": height})
    drawn.insert_chart(at, 0, chart, {"description": "各工作室各部分得分", "object_position": 2})
