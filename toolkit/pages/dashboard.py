"""看板: six tiles, how things stand, a quiet chart and what is to be done next. The tool writes the numbers, see `board_cells`."""

from __future__ import annotations

from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.ledger.dues import OPEN, OVERDUE, SOON, TODAY
from toolkit.pages.board_cells import (
    AS_OF_ROW,
    BLOCK_ROW,
    CHART_LEFT,
    DASHBOARD_SHEET,
    DAY,
    DISTRICT,
    DUE_COLUMNS,
    DUE_LINES,
    DUE_ROW,
    FIGURES_SHEET,
    LEFT,
    LINE,
    NOTHING,
    RIGHT,
    TILE,
    TILE_COLUMNS,
    TILE_ROW,
    TILES,
    TOTAL,
    WARNING_ROW,
    BoardBlock,
    BoardBlocks,
    Tile,
    figure_rows,
)
from toolkit.pages.cells import band_format, header_format, merge, note_format, title_format
from toolkit.pages.layout import Drawing
from toolkit.sheets import look

_COLUMN_WIDTH = 8
_LINE_HEIGHT = 18  # points
_DUE_HEIGHT = 30  # two lines
_HOW = "数字由工具按台账推算，写入台账时和点“到期提醒”时更新，天数按“参数”表；手工改了台账，请点一次“到期提醒”。"


def draw_dashboard(drawing: Drawing) -> None:
    """Draw the first sheet of the ledger; call `draw_figures` after the tables are drawn."""
    drawn = drawing.page(DASHBOARD_SHEET)
    drawn.set_column(0, 0, 2)
    drawn.set_column(LEFT, RIGHT, _COLUMN_WIDTH)
    drawn.set_row(0, look.TITLE_HEIGHT)
    merge(drawn, 0, (LEFT, RIGHT), drawing.edition.title(drawing.form.title) + " · 看板", title_format(drawing))
    _draw_day(drawing, drawn)
    for index, tile in enumerate(TILES):
        _draw_tile(drawing, drawn, LEFT + index * TILE_COLUMNS, tile)
    for row in range(BLOCK_ROW, DUE_ROW):
        drawn.set_row(row, _LINE_HEIGHT)
    for block in BoardBlocks.of(drawing.edition.regulation).all:
        _draw_block(drawing, drawn, block)
    _draw_chart(drawing, drawn)
    _draw_due(drawing, drawn)


def draw_figures(drawing: Drawing) -> None:
    """Draw the hidden sheet that the page and its chart read: of a ledger in which there is nothing yet."""
    drawn, law = drawing.book.add_worksheet(FIGURES_SHEET), drawing.edition.regulation
    drawn.hide()
    named = {tile.name: tile.name.format(law["due_soon_days"]) for tile in TILES}
    for (part, name), row in figure_rows(law).items():
        drawn.write_string(row, 0, name or part, drawing.cell())
        if part == TILE:
            drawn.write_string(row, 2, named[name], drawing.cell())
        if name == TOTAL or (part, name) == (LINE, "0"):
            drawn.write_string(row, 7 if part == LINE else 1, NOTHING, drawing.cell())
        elif part not in (DAY, LINE):
            for column in (1, 2) if part == DISTRICT else (1,):
                drawn.write_number(row, column, 0, drawing.cell())


def _draw_day(drawing: Drawing, drawn: Worksheet) -> None:
    """Of which day and hour the numbers are, and a line that says when that day has passed."""
    note = note_format(drawing)
    merge(drawn, AS_OF_ROW, (LEFT, LEFT + 1), "截至", note_format(drawing, align="right"))
    day, hour = (LEFT + 2, LEFT + 3), (LEFT + 4, LEFT + 5)
    bold = {"bold": True, "font_color": look.INK}
    _show(drawing, drawn, (AS_OF_ROW, day), (DAY, "", 1), drawing.cell(num_format="yyyy-mm-dd", align="center", **bold))
    _show(drawing, drawn, (AS_OF_ROW, hour), (DAY, "", 2), drawing.cell(align="left", **bold))
    merge(drawn, AS_OF_ROW, (LEFT + 6, RIGHT), _HOW, note)
    cell = _figure(drawing, DAY, "", 1)
    merge(drawn, WARNING_ROW, (LEFT, RIGHT), "", drawing.cell(font_color=look.ERROR_TEXT))
    drawn.write_formula(WARNING_ROW, LEFT, f'=IF(N({cell})=0,"还没有数：合并报表或点“到期提醒”以后才有。",'
                        f'IF(TODAY()>{cell},"这是"&(TODAY()-{cell})&"天以前的数，请点“到期提醒”更新。",""))',
                        drawing.cell(font_color=look.ERROR_TEXT), "")


def _figure(drawing: Drawing, part: str, name: str, column: int) -> str:
    """The cell of the hidden sheet that holds a figure."""
    row = figure_rows(drawing.edition.regulation)[part, name]
    return f"'{FIGURES_SHEET}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"


def _show(drawing: Drawing, drawn: Worksheet, where: tuple[int, tuple[int, int]], key: tuple[str, str, int], cell_format: Format,
          formula: str = "") -> None:
    """Show a figure in row and columns (first, last), nothing where there is none; `formula`: another way to show it."""
    row, columns = where
    figure = _figure(drawing, *key)
    merge(drawn, row, columns, "", cell_format)
    drawn.write_formula(row, columns[0], f'=IF({figure}="","",{formula or figure})', cell_format, "")


def _draw_tile(drawing: Drawing, drawn: Worksheet, left: int, tile: Tile) -> None:
    filled = {"align": "center", "bg_color": look.SUB}
    edges = {"left": 5, "left_color": "white", "right": 5, "right_color": "white"}
    number = drawing.cell(font_size=22, bold=True, font_color=look.INK, num_format=tile.number_format, **filled, **edges)
    for row, height in enumerate((40, 20, 18), TILE_ROW):
        drawn.set_row(row, height)
    span = left, left + TILE_COLUMNS - 1
    _show(drawing, drawn, (TILE_ROW, span), (TILE, tile.name, 1), number)
    _show(drawing, drawn, (TILE_ROW + 1, span), (TILE, tile.name, 2), drawing.cell(bold=True, font_color=look.INK, **filled, **edges))
    merge(drawn, TILE_ROW + 2, span, tile.caption, note_format(drawing, **{**filled, **edges, "font_size": 8}))


def _draw_block(drawing: Drawing, drawn: Worksheet, block: BoardBlock) -> None:
    """Names over three columns, values in the fourth; first what they come to, where that says something."""
    last = block.column - 1
    merge(drawn, block.row, (block.left, block.column), block.title, band_format(drawing))
    edge = {"border": 1, "border_color": look.LINE}
    value = drawing.cell(num_format=block.number_format, align="right", indent=1, shrink=True, **edge)
    if block.totalled:
        merge(drawn, block.row + 1, (block.left, last), TOTAL, drawing.cell(bold=True, bg_color=look.SUB, indent=1, **edge))
        _show(drawing, drawn, (block.row + 1, (block.column, block.column)), (block.title, TOTAL, 1),
              drawing.cell(bold=True, bg_color=look.SUB, align="right", indent=1, **edge))
    for row, name in enumerate(block.names, block.first):
        merge(drawn, row, (block.left, last), name, drawing.cell(indent=1, **edge))
        _show(drawing, drawn, (row, (block.column, block.column)), (block.title, name, 1), value)


def _draw_chart(drawing: Drawing, drawn: Worksheet) -> None:
    """Studios and applications of each district, beside the blocks."""
    rows = [row for (part, _), row in figure_rows(drawing.edition.regulation).items() if part == DISTRICT]
    chart = drawing.bar_chart()
    small = {"name": look.FONT, "size": 9, "color": look.NOTE}
    for column, name, colour in ((1, "有效工作室", look.BAND), (2, "本年申报", look.PALE)):
        chart.add_series({
            "name": name, "categories": [FIGURES_SHEET, rows[0], 0, rows[-1], 0], "values": [FIGURES_SHEET, rows[0], column, rows[-1], column],
            "fill": {"color": colour}, "gap": 40, "data_labels": {"value": True, "num_format": "0;;", "font": small}})
    _quieten(chart, "各区（县）有效工作室、本年申报", small)
    columns = RIGHT - CHART_LEFT + 1
    chart.set_size({"width": columns * (_COLUMN_WIDTH * 7 + 5) - 4, "height": (DUE_ROW - BLOCK_ROW - 1) * _LINE_HEIGHT * 4 // 3})
    where = {"x_offset": 4, "description": "各区（县）有效工作室、本年申报", "object_position": 2}
    drawn.insert_chart(BLOCK_ROW, CHART_LEFT, chart, where)


def _quieten(chart: ChartBar, title: str, small: dict) -> None:
    """No grid, no value axis: the labels say it."""
    chart.set_title({"name": title, "name_font": {"name": look.FONT, "size": 11, "color": look.INK}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": small})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis({"reverse": True, "num_font": small, "line": {"color": look.LINE}, "major_tick_mark": "none"})
    chart.set_chartarea({"border": {"color": look.LINE}})


def _draw_due(drawing: Drawing, drawn: Worksheet) -> None:
    """What is most pressing, each with a link to its cell."""
    merge(drawn, DUE_ROW, (LEFT, RIGHT), "最先要办的事（全部见“到期提醒”表）", band_format(drawing))
    for name, span, _, _ in DUE_COLUMNS:
        merge(drawn, DUE_ROW + 1, span, name, header_format(drawing, look.SUB))
    first, end = DUE_ROW + 2, DUE_ROW + 1 + DUE_LINES
    for row in range(first, end + 1):
        drawn.set_row(row, _DUE_HEIGHT)
        for column, (name, span, align, number_format) in enumerate(DUE_COLUMNS, 1):
            linked = {"font_color": look.BAND, "underline": 1} if name == "出处" else {}
            cell = drawing.cell(border=1, border_color=look.LINE, align=align, num_format=number_format,
                                **({"text_wrap": True, "font_size": 9} if align == "left" else {"shrink": True}), **linked)
            key = LINE, str(row - first), column
            target = _figure(drawing, LINE, str(row - first), len(DUE_COLUMNS) + 1)
            _show(drawing, drawn, (row, span), key, cell, f"HYPERLINK({target},{_figure(drawing, *key)})" if linked else "")
    for state, fill, text in ((OVERDUE, look.ERROR_FILL, look.ERROR_TEXT), (TODAY, look.ERROR_FILL, look.ERROR_TEXT),
                              (SOON, look.QUERY_FILL, look.QUERY_TEXT), (OPEN, look.SUB, look.INK)):
        drawn.conditional_format(first, LEFT, end, LEFT, {
            "type": "cell", "criteria": "==", "value": f'"{state}"', "format": drawing.book.add_format({"bg_color": fill, "font_color": text})})
