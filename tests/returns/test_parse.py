"""Tables wherever they stand: titles, two-level headers, aliases, notes, totals, ghosts, merges, hidden rows."""

from dataclasses import replace
from datetime import date

import pytest

from tests.returns.make import application, book, check, codes, one, read
from toolkit.forms import RECOMMENDATION
from toolkit.forms.model import MARKER_SHEET
from toolkit.returns import headers
from toolkit.sheets.grid import Book, CellError, Grid

APPLICATIONS = RECOMMENDATION.sheets[0]


def changed(source: Book, sheet: str, change) -> Book:
    """The book with one sheet's rows changed."""
    grids = tuple(replace(grid, rows=tuple(map(tuple, change([list(row) for row in grid.rows])))) if grid.name == sheet else grid
                  for grid in source.grids)
    return replace(source, grids=grids)


def test_who_returned_what_for_which_year():
    source = read(book([application()]))[0]
    assert (source.form.id, source.district, source.year, source.filled_on, source.nil) == (
        "recommendation", "天山区", 2026, date(2026, 11, 20), False)


@pytest.mark.parametrize("unit, district", [
    ("乌鲁木齐高新技术产业开发区（新市区）人力资源和社会保障局", "新市区"), ("经开区（头屯河区）人社局", "头屯河区"), ("乌鲁木齐县人社局", "乌鲁木齐县"),
    ("沙区人社局", "沙依巴克区")])
def test_districts_by_their_aliases(unit, district):
    assert read(book([application(推荐区县=district)], unit=unit))[0].district == district


def test_properties_know_a_return_whatever_its_file_is_called():
    source = replace(book([application()], file="新建.xlsx", unit=None),
                     properties={"表单编号": "recommendation", "表单版本": "1", "区县": "天山区", "年度": "2025"})
    parsed = read(source)[0]
    assert (parsed.district, parsed.year) == ("天山区", 2025)


def test_the_marker_sheet_serves_formats_without_properties():
    marker = Grid(MARKER_SHEET, (("表单编号", "recommendation"), ("表单版本", "0"), ("区县", "天山区"), ("年度", 2026.0)), visible=False)
    source = book([application()])
    parsed = check(replace(source, grids=(*source.grids, marker)))
    assert one(parsed, "F-version").value == "0"


def test_a_template_of_another_district_is_reported():
    source = replace(book([application()]), properties={"表单编号": "recommendation", "区县": "米东区"})
    assert "F-district-differs" in codes(check(source))


def test_another_workbook_is_refused():
    parsed = read(Book("工资表.xlsx", (Grid("Sheet1", (("姓名", "工资"), ("甲", 1))),)))[0]
    assert parsed.refused and [found.code for found in parsed.findings] == ["F-form"]


def test_headers_are_found_by_alias_in_any_order_and_with_marks():
    def rename(rows):
        head = rows[2]
        head[head.index("身份证号")] = "*公民身份号码"
        head[head.index("职业(工种)")] = "从事职业（工种）"
        head[head.index("面积(㎡)")] = " 面 积 "
        return [[None, *reversed(row)] if number >= 2 else row for number, row in enumerate(rows)]
    assert codes(check(changed(book([application()]), "推荐汇总", rename))) == []


def test_two_level_headers():
    source = book([application()])
    grid = source.grids[0]
    columns = list(grid.rows[2])
    spot = columns.index("领办人")
    upper = [None] * len(columns)
    upper[spot] = "领办人"
    lower = list(columns)
    lower[spot] = "姓名"
    rest = [each for each in range(len(columns)) if each != spot]
    for each in rest:  # every other header is merged over both levels
        upper[each], lower[each] = columns[each], None
    merged = tuple((2, each, 3, each) for each in rest)
    two = replace(grid, rows=(*grid.rows[:2], tuple(upper), tuple(lower), *grid.rows[3:]), merged=merged)
    assert codes(check(replace(source, grids=(two, *source.grids[1:])))) == []


def test_a_missing_column_names_the_one_that_looks_like_it():
    def rename(rows):
        rows[2][rows[2].index("承诺配套资金(元)")] = "承诺的配套资金数"
        return rows
    found = one(check(changed(book([application()]), "推荐汇总", rename)), "F-column-near")
    assert "承诺的配套资金数" in found.message and found.value == "承诺配套资金(元)"


def test_a_missing_column_and_a_missing_sheet_refuse_the_return():
    source = changed(book([application()]), "推荐汇总", lambda rows: [row[:9] + row[10:] if number >= 2 else row
                                                              for number, row in enumerate(rows)])
    checked = check(source)
    assert one(checked, "F-column-missing").value == "身份证号"
    assert checked.refusal(checked.cases[0].source)
    source = book([application()])
    assert one(check(replace(source, grids=source.grids[:3])), "F-sheet-missing").value == "材料清单"


def test_a_column_twice_is_read_once_and_said():
    def twice(rows):
        rows[2].append("备注")
        return rows
    assert codes(check(changed(book([application()]), "推荐汇总", twice))) == ["F-column-twice"]


def test_what_is_not_data_is_left_out_and_counted():
    def clutter(rows):
        width = len(rows[2])
        def line(text, *more):
            return [text, *more, *[None] * (width - 1 - len(more))]
        return [*rows[:3], line(1, "天山区"), *rows[3:], line("合 计", None, None, 1), line(None), list(rows[2]),
                line("注：本表一式两份，由区（县）人力资源和社会保障局盖章后报市局。"), line("填表人：甲　　审核人：乙")]
    parsed = read(changed(book([application()]), "推荐汇总", clutter))[0]
    assert len(parsed.records("推荐汇总")) == 1
    assert parsed.remarks == ["略去合计行1行", "略去说明行1行", "略去重复表头1行", "略去只有序号的空行1行"]


def test_merged_cells_repeat_their_value_and_are_reported():
    rows = [application(), application(领办人="孙三", 身份证号="650102198005200518", 申办单位=None, 职业编码="6-31-01-03",
                                       **{"职业(工种)": "电工"})]
    source = book(rows)
    column = source.grids[0].rows[2].index("申办单位")
    grid = replace(source.grids[0], merged=((3, column, 4, column),))
    checked = check(replace(source, grids=(grid, *source.grids[1:])))
    assert one(checked, "F-merged").value == "甲机械有限公司"
    assert checked.cases[1]["申办单位"] == "甲机械有限公司"


def test_hidden_rows_columns_and_sheets_are_read_and_reported():
    source = book([application()])
    grid = replace(source.grids[0], hidden_rows=frozenset({3, 900}), hidden_columns=frozenset({4}))
    team = replace(source.grids[1], visible=False)
    checked = check(replace(source, grids=(grid, team, *source.grids[2:])))
    assert one(checked, "F-hidden-rows").value == "4"
    assert one(checked, "F-hidden-columns").value == grid.rows[2][4]
    assert one(checked, "F-hidden-sheet").value == "团队成员"


def test_error_cells_and_formulas_without_values():
    source = book([application(领办人=CellError("#REF!"), 工作室名称="赵一焊工技能大师工作室", **{"面积(㎡)": None})])
    column = source.grids[0].rows[2].index("面积(㎡)")
    grid = replace(source.grids[0], uncached=frozenset({(3, column)}))
    checked = check(replace(source, grids=(grid, *source.grids[1:])))
    assert one(checked, "F-error").value == "#REF!"
    assert one(checked, "F-uncached").place.field == "面积(㎡)"


def test_a_name_the_locked_cell_has_not_computed_is_made_here():
    row = application()
    studio = row.pop("工作室名称")
    from tests.returns.make import material, member
    source = book([row | {"工作室名称": None}], [member(studio, 1), member(studio, 2)], [material(studio)])
    assert codes(check(source)) == [] and check(source).cases[0]["工作室名称"] == studio


@pytest.mark.parametrize("nil, rows, code", [("是", [], None), ("是", [application()], "F-nil-with-rows"), (None, [], "F-empty"),
                                             ("否", [application()], None), ("√", [], None)])
def test_nil_returns(nil, rows, code):
    assert codes(check(book(rows, nil=nil))) == ([code] if code else [])


def test_facts_behind_a_colon_in_the_same_cell():
    source = book([application()])
    grid = source.grids[0]
    line = ("填报单位（盖章）：天山区人力资源和社会保障局", None, "填报日期：2026年11月20日", None)
    parsed = read(replace(source, grids=(replace(grid, rows=(grid.rows[0], line, *grid.rows[2:])), *source.grids[1:])))[0]
    assert (parsed.district, parsed.filled_on) == ("天山区", date(2026, 11, 20))


def test_no_filling_date():
    assert codes(check(book([application()], filled=None)))[:1] == ["F-filled-on"]


def test_a_row_twice_and_rows_of_studios_nobody_applied_for():
    from tests.returns.make import member
    row = application()
    studio = row["工作室名称"]
    checked = check(book([row, row], [member(studio, 1), member(studio, 2), member("别的工作室", 3)]))
    assert "F-duplicate-row" in codes(checked) and one(checked, "F-orphan").value == "别的工作室"


def test_layout_needs_a_third_of_the_columns():
    assert headers.find(Grid("x", (("序号", "备注"),)), APPLICATIONS) is None
