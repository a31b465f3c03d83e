"""看到的与存的不同，读报表时说什么：划掉的字、数字格式、隐藏和近于零的行列、从1904年数起的日期。"""

from dataclasses import replace
from datetime import date

import pytest

from tests.returns import make
from toolkit.forms import RECOMMENDATION
from toolkit.forms.assessment import COVER
from toolkit.returns import filed
from toolkit.returns.findings import ERROR, QUERY
from toolkit.sheets.grid import Book, CellError, CellRef, Grid

SHEET = RECOMMENDATION.sheets[0]
HEADERS = list(SHEET.headers)
FIRST = 3  # 第一件申报的行（从零起）：两行题头、一行列标题


def returned(*applications: dict, **looks) -> Book:
    """推荐汇总表带着这些样子的报表。"""
    made = make.book(list(applications) or [make.application()])
    return replace(made, grids=(replace(made.grids[0], **looks), *made.grids[1:]))


def place(header: str, row: int = FIRST) -> tuple[int, int]:
    return row, HEADERS.index(header)


def found(book: Book, *codes: str):
    """这些代码的问题项：代码、级别、格址或列名。"""
    source, = make.read(book)
    return [(each.code, each.level, each.place.field or each.place.cell) for each in source.findings if each.code in codes]


def record(book: Book, row: int = 0):
    source, = make.read(book)
    return source.records(SHEET.name)[row]


ALL = ("F-struck", "F-struck-rows", "F-struck-part", "F-seen", "F-seen-text")


# ---- 划掉的字 ----

@pytest.mark.parametrize("header", ["承诺配套资金(元)", "领办人", "技能等级", "身份证号", "初审日期", "备注"])
def test_a_partly_crossed_out_cell_is_not_read(header):
    application = make.application(备注="情况说明")
    book = returned(application, partly_struck=frozenset((place(header),)))
    assert found(book, *ALL, "F-required") == [("F-struck-part", ERROR, header)]
    assert record(book)[header] is None


def test_the_message_quotes_what_stands_there_and_says_what_to_do():
    source, = make.read(returned(make.application(**{"承诺配套资金(元)": "10万14万"}), partly_struck=frozenset((place("承诺配套资金(元)"),))))
    told, = [each for each in source.findings if each.code.startswith("F-")]
    assert told.code == "F-struck-part" and "“10万14万”" in told.message and "请删去划掉的字" in told.message


def test_a_cell_crossed_out_whole_is_asked_about_and_read():
    book = returned(struck=frozenset((place("行政职务"),)))
    assert found(book, *ALL) == [("F-struck", QUERY, "行政职务")] and record(book)["行政职务"] == "班组长"


def test_a_row_crossed_out_whole_is_told_once():
    two = make.application(), make.application(序号=2, 领办人="钱二", 工作室名称="钱二焊工技能大师工作室", 备注=None)
    typed = [header for header in HEADERS if two[1].get(header) is not None and not SHEET.by_header[header].formula]
    book = returned(*two, struck=frozenset(place(header, FIRST + 1) for header in typed))
    assert found(book, *ALL) == [("F-struck-rows", QUERY, "")]
    source, = make.read(book)
    told, = [each for each in source.findings if each.code == "F-struck-rows"]
    assert "第5行整行" in told.message and len(source.records(SHEET.name)) == 2


def test_facts_above_the_table():
    date_cell = 1, 3
    assert found(returned(partly_struck=frozenset((date_cell,))), *ALL) == [("F-struck-part", ERROR, "D2")]
    assert found(returned(struck=frozenset((date_cell,))), *ALL) == [("F-struck", QUERY, "D2")]
    assert found(returned(partly_struck=frozenset(((0, 0),))), *ALL) == [("F-struck", QUERY, "A1")]
    assert found(returned(struck=frozenset(((0, 40), (99, 3)))), *ALL) == []


# ---- 数字格式 ----

@pytest.mark.parametrize("header, stored, seen, read, code, why", [
    ("证书编号", 12345.0, "0000012345", "0000012345", "", "前导零照显示读"),
    ("证书编号", 12.0, "新A0012", "新A0012", "", "字母照显示读"),
    ("证书编号", "0001", "S0001", "S0001", "", "文本前的字母"),
    ("职业编码", 6180201.0, "6-18-02-01", "6-18-02-01", "", "短横照显示读"),
    ("领办人手机", 13800000001.0, "138-0000-0001", "13800000001", "", "号码怎么分段都是它"),
    ("证书编号", 123456.0, "12.3", "123456", "F-seen-text", "显示丢了位数"),
    ("证书编号", 12345.0, "", "12345", "F-seen-text", "藏起来了"),
    ("证书编号", "甲1", "", "甲1", "F-seen-text", "文本藏起来了"),
    ("身份证号", 654101198001011235.0, "0654101198001011235", None, "F-digits-lost", "数字早已丢失"),
    ("承诺配套资金(元)", 14.0, "14万元", 14, "F-seen", "看着是十四万"),
    ("承诺配套资金(元)", 100000.0, "100", 100000, "F-seen", "以千为单位"),
    ("承诺配套资金(元)", 100000.0, "100,000.00元", 100000, "", "读出来一样"),
    ("承诺配套资金(元)", 100000.0, "", 100000, "F-seen", "藏起来了"),
    ("面积(㎡)", 59.6, "60", 59.6, "F-seen", "取整跨过线"),
    ("面积(㎡)", 60.0, "60平方米", 60, "", "单位不改变大小"),
    ("团队人数(不含领办人)", 2.0, "2人", 2, "", "单位不改变大小"),
    ("团队人数(不含领办人)", 2.0, "第2组", 2, "F-seen", "看着不是人数"),
    ("在职在聘", 1.0, "否", None, "F-seen", "看着是否，存的是1"),
])
def test_what_is_seen_and_what_is_stored(header, stored, seen, read, code, why):
    book = returned(make.application(**{header: stored}), seen={place(header): seen})
    told = [code for code, _level, field in found(book, *ALL, "F-digits-lost") if field == header]
    if header == "在职在聘":
        read = record(returned(make.application(**{header: stored})))[header]  # 存的怎么读，还怎么读
    value = record(book)[header]
    assert (told, str(value) if value is not None else None) == ([code] if code else [], None if read is None else str(read)), why


def test_reading_as_shown_is_noted():
    book = returned(make.application(证书编号=12345.0), seen={place("证书编号"): "0000012345"})
    source, = make.read(book)
    assert [note for where, note in source.normalised if where.field == "证书编号"] == ["“12345”按显示的“0000012345”读取"]


def test_blank_on_the_screen_is_called_so():
    source, = make.read(returned(seen={place("承诺配套资金(元)"): "  "}))
    told, = [each for each in source.findings if each.code == "F-seen"]
    assert "看到的是“空白”，存的是“100000”" in told.message


def test_an_error_is_only_an_error():
    book = returned(make.application(**{"面积(㎡)": CellError("#SPILL!")}), seen={place("面积(㎡)"): "60"},
                    partly_struck=frozenset((place("面积(㎡)"),)))
    assert found(book, *ALL, "F-error") == [("F-error", ERROR, "面积(㎡)")]


# ---- 从1904年数起 ----

@pytest.mark.parametrize("raw, day", [(43789.0, date(2023, 11, 21)), (28000, date(1980, 8, 29)), (date(2015, 6, 1), date(2015, 6, 1)),
                                      ("2015.6.1", date(2015, 6, 1)), (20150601.0, date(2015, 6, 1))])
def test_bare_numbers_count_from_1904(raw, day):
    book = returned(make.application(发证日期=raw), date1904=True)
    assert record(book)["发证日期"] == day
    if raw == 43789.0:
        assert record(book).notes["发证日期"] == "“43789”读作“2023-11-21”"


@pytest.mark.parametrize("raw", [2018.1, 5.5, True, 1e6, -5.0])
def test_what_is_no_day_stays_none(raw):
    assert record(returned(make.application(发证日期=raw), date1904=True))["发证日期"] is None


def test_facts_count_from_1904_too():
    made = make.book([make.application()], filled=44884.0)
    for date1904, day in ((True, date(2026, 11, 20)), (False, date(2022, 11, 19))):
        source, = make.read(replace(made, grids=(replace(made.grids[0], date1904=date1904), *made.grids[1:])))
        assert source.filled_on == day


# ---- 合并到底 ----

def test_cells_merged_to_the_end_of_the_sheet_cost_nothing():
    column = HEADERS.index("推荐区县")
    merged = ((FIRST, column, 1048575, column), (0, 0, 0, 16383), (2, 45, 1048575, 16383))
    book = returned(make.application(), make.application(序号=2, 推荐区县=None, 领办人="钱二"), merged=merged)
    source, = make.read(book)
    assert [row["推荐区县"] for row in source.records(SHEET.name)] == ["天山区", "天山区"]
    told, = [each for each in source.findings if each.code == "F-merged"]
    assert "B4:B1048576" in told.message


# ---- 评分表 ----

def test_crossed_out_cells_of_a_score_sheet_are_told():
    cover = Grid(COVER, (("甲", 5.0, "乙"),), struck=frozenset(((0, 0), (0, 9))), partly_struck=frozenset(((0, 1),)))
    spots = {"in_a": CellRef(COVER, 0, 0), "in_b": CellRef(COVER, 0, 1), "in_c": CellRef(COVER, 0, 2), "in_d": CellRef(COVER, 0, 9)}
    told = filed.parsed("评分表.xlsx", Book("评分表.xlsx", (cover,)), spots, None, make.LAW).findings
    assert [(each.code, each.place.cell) for each in told if each.code in ALL] == [("F-struck", "A1"), ("F-struck-part", "B1")]
