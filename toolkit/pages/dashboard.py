"""看板: six tiles, three quiet charts and what is due next, by live formulas on the other sheets of the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from toolkit.forms.model import Form
from toolkit.pages.cells import band_format, header_format, merge, note_format, title_format
from toolkit.pages.layout import FIRST_ROW, LEDGER_LAST_ROW, Drawing
from toolkit.sheets import look

DASHBOARD_SHEET = "看板"
FIGURES_SHEET = "_看板"  # hidden: what the charts and the list are drawn from
DUE_ROWS = 8
_TILE_COLUMNS, _CHART_COLUMNS = 2, 4
_COLUMN_WIDTH = 11
_TILE_ROW, _CHART_ROW, _DUE_ROW = 3, 7, 19
_CHART_HEIGHT = 306  # pixels, to the row above the list
_DUE_COLUMNS = (  # name, columns, alignment, number format
    ("到期日", (1, 1), "center", "yyyy-mm-dd"), ("剩余天数", (2, 2), "center", "0"),
    ("工作室编号", (3, 4), "center", "General"), ("工作室名称", (5, 8), "left", "General"),
    ("区县", (9, 9), "center", "General"), ("申办单位", (10, 12), "left", "General"))
_KEY = 100_000  # a due date and its row in one sortable number: date × _KEY + row
_NO_DATE = 2_958_466  # behind 9999-12-31
_WAN = 10_000


@dataclass(frozen=True)
class Tile:
    """A number with its name and, small, what it counts."""

    name: str
    formula: str
    number_format: str
    caption: str


class Figures:
    """Ranges and formulas over the ledger's columns, found by sheet and header."""

    def __init__(self, drawing: Drawing) -> None:
        self._form: Form = drawing.form
        lists = drawing.edition.regulation.lists
        self.counting = sorted(lists["studio_statuses"].where("counts"))
        self.soon_days = drawing.edition.regulation["due_soon_days"]
        self.statuses = lists["studio_statuses"].names
        self.districts = lists["districts"].names

    def column(self, sheet: str, header: str) -> str:
        """Absolute range of a ledger column."""
        index = self._form.sheet(sheet).headers.index(header)
        return f"'{sheet}'!{xl_range_abs(FIRST_ROW, index, LEDGER_LAST_ROW, index)}"

    def studios(self, *conditions: str) -> str:
        """How many studios that count meet the conditions (range, criterion, …)."""
        status = self.column("工作室", "状态")
        counts = (",".join((status, f'"{name}"', *conditions)) for name in self.counting)
        return "+".join(f"COUNTIFS({count})" for count in counts)

    def tiles(self) -> tuple[Tile, ...]:
        end, graded = self.column("工作室", "建设周期止"), self.column("工作室", "等次")
        open_ = (graded, '""')
        paid, matched = self.column("工作室", "补助额(元)"), self.column("工作室", "配套额(元)")
        soon = self.studios(*open_, end, '">="&TODAY()', end, f'"<="&TODAY()+{self.soon_days}')
        return (
            Tile("有效工作室", self.studios(), "0", "状态为“有效”"),
            Tile("本年申报", f"COUNTIF({self.column('申报批次', '年度')},YEAR(TODAY()))", "0", "本年度入账的申报"),
            Tile(f"{self.soon_days}天内到期", soon, "0", "建设周期将满、尚未考核"),
            Tile("逾期", self.studios(*open_, end, '"<"&TODAY()'), "0", "建设周期已满、尚未考核"),
            Tile("市级补助累计", f"SUM({paid})/{_WAN}", '#,##0.0"万元"', "已拨付补助额合计"),
            Tile("配套到位率", f'IF(SUM({paid})=0,"—",SUM({matched})/SUM({paid}))', "0.0%", "配套额÷补助额"),
        )

    def due_key(self, rank: int) -> str:
        """The `rank`-th due studio as date × _KEY + row; 0 where there is none."""
        end, graded, status = (self.column("工作室", header) for header in ("建设周期止", "等次", "状态"))
        counting = "+".join(f'({status}="{name}")' for name in self.counting)
        wanted = f'({counting})*({end}>0)*({end}<{_NO_DATE})*({graded}="")'  # a text is more than any number
        return f"IFERROR(SMALL(IF({wanted},{end}*{_KEY}+ROW({end})),{rank}),0)"


def draw_dashboard(drawing: Drawing) -> None:
    """Draw the first sheet of the ledger; call `draw_figures` after the tables are drawn."""
    drawn = drawing.page(DASHBOARD_SHEET)
    figures, last = Figures(drawing), len(Figures(drawing).tiles()) * _TILE_COLUMNS
    drawn.set_column(0, 0, 2)
    drawn.set_column(1, last, _COLUMN_WIDTH)
    drawn.set_row(0, look.TITLE_HEIGHT)
    merge(drawn, 0, (1, last), drawing.edition.title(drawing.form.title) + " · 看板", title_format(drawing))
    basis = f"依据：{drawing.edition.regulation.title}（{drawing.edition.regulation.number}）"
    drawn.write_formula(1, 1, f'="截至 "&TEXT(TODAY(),"yyyy-mm-dd")&"　{basis}"', note_format(drawing), f"　{basis}")
    for index, tile in enumerate(figures.tiles()):
        _draw_tile(drawing, drawn, 1 + index * _TILE_COLUMNS, tile)
    _draw_charts(drawing, drawn, figures)
    _draw_due(drawing, drawn, last)


def draw_figures(drawing: Drawing) -> None:
    """Draw the hidden sheet the charts and the list read: districts, statuses, keys of what is due."""
    drawn, figures = drawing.book.add_worksheet(FIGURES_SHEET), Figures(drawing)
    drawn.hide()
    district, year = figures.column("申报批次", "推荐区县"), figures.column("申报批次", "年度")
    for row, name in enumerate(figures.districts):
        drawn.write_string(row, 0, name, drawing.cell())
        counting = figures.studios(figures.column("工作室", "区县"), f'"{name}"')
        drawn.write_formula(row, 1, f"={counting}", drawing.cell(), 0)
        drawn.write_formula(row, 2, f'=COUNTIFS({district},"{name}",{year},YEAR(TODAY()))', drawing.cell(), 0)
    for row, name in enumerate(figures.statuses):
        drawn.write_string(row, 3, name, drawing.cell())
        drawn.write_formula(row, 4, f'=COUNTIF({figures.column("工作室", "状态")},"{name}")', drawing.cell(), 0)
    for row in range(DUE_ROWS):
        drawn.write_array_formula(row, 5, row, 5, f"{{={figures.due_key(row + 1)}}}", drawing.cell(), 0)


def _draw_tile(drawing: Drawing, drawn: Worksheet, left: int, tile: Tile) -> None:
    filled = {"align": "center", "bg_color": look.SUB}
    edges = {"left": 5, "left_color": "white", "right": 5, "right_color": "white"}
    number = drawing.cell(font_size=22, bold=True, font_color=look.INK, num_format=tile.number_format, **filled, **edges)
    for row, height in enumerate((40, 20, 18), _TILE_ROW):
        drawn.set_row(row, height)
    right = left + _TILE_COLUMNS - 1
    merge(drawn, _TILE_ROW, (left, right), "", number)
    drawn.write_formula(_TILE_ROW, left, f"={tile.formula}", number, 0)
    merge(drawn, _TILE_ROW + 1, (left, right), tile.name, drawing.cell(bold=True, font_color=look.INK, **filled, **edges))
    merge(drawn, _TILE_ROW + 2, (left, right), tile.caption, note_format(drawing, **{**filled, **edges, "font_size": 8}))


def _draw_charts(drawing: Drawing, drawn: Worksheet, figures: Figures) -> None:
    districts, statuses = len(figures.districts) - 1, len(figures.statuses) - 1
    for index, (title, column, last, values, colour) in enumerate((
            ("各区（县）有效工作室", 0, districts, 1, look.BAND), ("各区（县）本年申报", 0, districts, 2, look.PALE),
            ("工作室状态", 3, statuses, 4, look.BAND))):
        chart = drawing.bar_chart()
        chart.add_series({"categories": [FIGURES_SHEET, 0, column, last, column], "fill": {"color": colour}, "gap": 60,
                          "values": [FIGURES_SHEET, 0, values, last, values],
                          "data_labels": {"value": True, "font": {"name": look.FONT, "size": 9, "color": look.NOTE}}})
        _quieten(chart, title)
        where = {"x_offset": 3, "description": title, "object_position": 2}
        drawn.insert_chart(_CHART_ROW, 1 + index * _CHART_COLUMNS, chart, where)


def _quieten(chart: ChartBar, title: str) -> None:
    """No legend, no grid, no value axis: the labels say it."""
    small = {"name": look.FONT, "size": 9, "color": look.NOTE}
    chart.set_title({"name": title, "name_font": {"name": look.FONT, "size": 11, "color": look.INK}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis({"reverse": True, "num_font": small, "line": {"color": look.LINE}, "major_tick_mark": "none"})
    chart.set_chartarea({"border": {"color": look.LINE}})
    chart.set_size({"width": _CHART_COLUMNS * (_COLUMN_WIDTH * 7 + 5) - 6, "height": _CHART_HEIGHT})


def _draw_due(drawing: Drawing, drawn: Worksheet, last: int) -> None:
    """The studios whose construction period ends next, with a link to each."""
    merge(drawn, _DUE_ROW, (1, last), "最近到期（建设周期届满、尚未考核）", band_format(drawing))
    for name, span, _, _ in _DUE_COLUMNS:
        merge(drawn, _DUE_ROW + 1, span, name, header_format(drawing, look.SUB))
    first, end = _DUE_ROW + 2, _DUE_ROW + 1 + DUE_ROWS
    for row in range(first, end + 1):
        key = f"'{FIGURES_SHEET}'!$F${row - first + 1}"
        day = f"INT({key}/{_KEY})"
        for name, span, align, number_format in _DUE_COLUMNS:
            shown = {"到期日": day, "剩余天数": f"{day}-TODAY()"}.get(name) or _looked_up(drawing, key, name)
            cell = drawing.cell(border=1, border_color=look.LINE, align=align, shrink=True, num_format=number_format)
            merge(drawn, row, span, "", cell)
            drawn.write_formula(row, span[0], f'=IF({key}=0,"",{shown})', cell, "")
    days = f"$C{first + 1}"
    for criteria, fill, text in (("<0", look.ERROR_FILL, look.ERROR_TEXT),
                                 (f"<={drawing.edition.regulation['due_soon_days']}", look.QUERY_FILL, look.QUERY_TEXT)):
        drawn.conditional_format(first, 1, end, 2, {
            "type": "formula", "criteria": f'=AND({days}<>"",{days}{criteria})', "stop_if_true": True,
            "format": drawing.book.add_format({"bg_color": fill, "font_color": text})})


def _looked_up(drawing: Drawing, key: str, header: str) -> str:
    column = drawing.form.sheet("工作室").headers.index(header)
    shown = f"INDEX('工作室'!{xl_range_abs(0, column, LEDGER_LAST_ROW, column)},MOD({key},{_KEY}))&\"\""
    if header != "工作室名称":
        return shown
    there = f"ADDRESS(MOD({key},{_KEY}),COLUMN('工作室'!{xl_rowcol_to_cell(0, column, row_abs=True, col_abs=True)}))"
    return f"HYPERLINK(\"#'工作室'!\"&{there},{shown})"
