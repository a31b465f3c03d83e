"""现场的表：看着空的行、签字和栏次行、又一行表头、续表和别的表、表头的附注。写成表格，期望是代码、格址和行数。"""

from dataclasses import replace
from datetime import date

import pytest

from tests.returns.make import LAW, TODAY, application, book, check, codes, grid, id_number, member, one, read
from tests.returns.test_parse import changed
from toolkit.forms import ASSESSMENT, RECOMMENDATION
from toolkit.returns import filed
from toolkit.returns.rows import row_ranges
from toolkit.sheets.grid import Book, CellRef, Grid

SHEET = RECOMMENDATION.sheets[0]
AT = {header: number for number, header in enumerate(SHEET.headers)}
HEADER_ROW = 2  # make.book 的两行标题、填报单位之后


def row(**cells) -> list:
    """A row of 推荐汇总 with only these cells filled."""
    return [cells.get(header) for header in SHEET.headers]


def below(*rows, source: Book | None = None, sheet: str = "推荐汇总") -> Book:
    """The return with these rows under its table."""
    return changed(source or book([application()]), sheet, lambda old: old + [list(each) for each in rows])


def records(source: Book, sheet: str = "推荐汇总"):
    return read(source)[0].records(sheet)


# ---- 看着空的行 ----

@pytest.mark.parametrize("cells", [
    {"领办人": " "}, {"身份证号": "\u200b"}, {"职业(工种)": "\n"}, {"领办人": "\u3000", "备注": "\xa0\ufeff"}, dict.fromkeys(SHEET.headers, " "), {"领办人": ""},
    dict.fromkeys(SHEET.headers, "\u2800")])
def test_rows_of_spaces_are_empty(cells):
    source = below(row(**cells))
    assert len(records(source)) == 1 and codes(check(source)) == []


@pytest.mark.parametrize("cells", [
    {"在职在聘": "是", "技术技能一线": "是", "曾获上级命名": "否"}, {"推荐区县": "天山区", "初审意见": "同意推荐"}, {"序号": 2, "初审日期": date(2026, 11, 18)},
    dict.fromkeys(("在职在聘", "技术技能一线", "职业道德核查", "管理制度", "固定场所", "配套承诺盖章", "材料齐全"), "是"), {"民族": "汉族", "领办人": " "}])
def test_rows_with_only_choices_and_dates_are_told_together(cells):
    source = below(row(**cells), row(**cells), row(), row(**cells))
    found = one(check(source), "F-rows-unfinished")
    assert (found.place.cell, found.level) == ("A5", "错误") and "第5至6行、第8行没有填完" in found.message
    assert len(records(source)) == 1 and codes(check(source)) == ["F-rows-unfinished"]


def test_unfinished_rows_do_not_refuse_the_others():
    source = read(below(row(在职在聘="是")))[0]
    assert not source.refused and len(source.records("推荐汇总")) == 1


def test_a_row_that_names_anybody_is_an_application():
    assert len(records(below(row(领办人="钱二", 在职在聘="是")))) == 2


def test_row_ranges():
    assert row_ranges([10, 11, 12, 19]) == "第11至13行、第20行" and row_ranges([4]) == "第5行"


# ---- 表下的行 ----

FOOT = [
    {"推荐区县": "分管领导签字：", "身份证号": "经办人：", "申办单位": "联系电话："}, {"领办人": "单位（公章）："}, {"领办人": "（盖章）"}, {"序号": "单位负责人（签字）：", "民族": "赵一", "申办单位": "2026年11月20日"},
    {"领办人": "以下空白"}, {"推荐区县": "——以下空白——"}, {"领办人": "此页以下无正文"}, {"推荐区县": "复核：", "身份证号": "制表人：", "备注": "填报日期：2026年11月20日"},
    {"推荐区县": "局领导签字：", "领办人": "科室负责人：", "民族": "经办人：", "出生日期": "联系人：", "身份证号": "联系电话：", "申办单位": "0991-7000040"},
    {"申办单位": "2026年11月20日"}, {"申办单位": "年  月  日"}, {"推荐区县": "填报单位（盖章）："}, {"领办人": "第 1 页"}, {"领办人": "加盖公章"}]


@pytest.mark.parametrize("cells", FOOT)
def test_signatures_and_seals_are_left_out_and_counted(cells):
    source = read(below(row(**cells)))[0]
    assert len(source.records("推荐汇总")) == 1 and source.remarks == ["略去签字盖章行1行"] and not source.findings


@pytest.mark.parametrize("cells, reason", [
    ({"领办人": "合  计", "面积(㎡)": 60}, "合计行"), ({"推荐区县": "本页合计", "承诺配套资金(元)": 100000}, "合计行"), ({"序号": 2, "工作室名称": "总计"}, "合计行"),
    ({"领办人": "合计：1人"}, "合计行"), ({"序号": "注：以上均已公示。"}, "说明行")])
def test_totals_and_notes_wherever_they_stand(cells, reason):
    source = read(below(row(**cells)))[0]
    assert len(source.records("推荐汇总")) == 1 and source.remarks == [f"略去{reason}1行"]


def test_what_is_written_in_a_full_row_does_not_make_it_a_foot():
    source = book([application(备注="合计2项荣誉", 工作室地点="经办人：赵一处", 行政职务="负责人")])
    assert len(records(source)) == 1 and codes(check(source)) == []


NUMBERINGS = [list(range(1, len(AT) + 1)), [str(number) for number in range(1, len(AT) + 1)], [f"（{number}）" for number in range(1, 12)],
              [*list("一二三四五六七八九十"), "十一", "十二"], [*"甲乙丙", *range(1, 20)], list("ABCDEFGHIJ"), list("①②③④⑤")]


@pytest.mark.parametrize("numbering", NUMBERINGS)
def test_column_numbers_are_left_out_under_and_above_the_header(numbering):
    first = changed(book([application()]), "推荐汇总", lambda rows: [*rows[:HEADER_ROW + 1], list(numbering), *rows[HEADER_ROW + 1:]])
    above = changed(book([application()]), "推荐汇总", lambda rows: [*rows[:HEADER_ROW], list(numbering), *rows[HEADER_ROW:]])
    source = read(first)[0]
    assert len(source.records("推荐汇总")) == 1 and source.remarks == ["略去栏次行1行"] and not source.findings
    assert len(records(above)) == 1 and codes(check(above)) == []


@pytest.mark.parametrize("cells", [{"序号": 1, "领办人": "钱二", "面积(㎡)": 3}, {"序号": 1, "推荐区县": 2}])
def test_numbers_that_do_not_count_the_columns(cells):
    assert "略去栏次行1行" not in read(below(row(**cells)))[0].remarks


# ---- 又一行表头 ----

def test_the_same_header_again_is_left_out():
    source = read(below(list(SHEET.headers), list(application(序号=2, 领办人="钱二", 身份证号=id_number(date(1981, 5, 20))).values())[:3]))[0]
    assert "略去重复表头1行" in source.remarks and "F-header-again" not in [found.code for found in source.findings]


@pytest.mark.parametrize("order", [
    lambda headers: [headers[0], headers[1], headers[2], headers[4], headers[3], *headers[5:]], lambda headers: list(reversed(headers)),
    lambda headers: [None, *headers], lambda headers: ["序号", "姓名", "身份证号码", "工种"]])
def test_a_header_in_another_order_is_told_and_what_follows_is_not_misread(order):
    header = order(list(SHEET.headers))
    said = application(序号=2, 领办人="钱二") | {"姓名": "钱二", "身份证号码": "650102198105200117", "工种": "焊工"}
    source = below(header, [said.get(each) for each in header])
    found = one(check(source), "F-header-again")
    assert found.place.cell == "A5" and "第5行又是一行表头" in found.message and "下面1行没有读取" in found.message
    assert len(records(source)) == 1


# ---- 表头 ----

@pytest.mark.parametrize("header, said", [
    ("身份证号", "身份证号（18位）"), ("发证日期", "发证日期（年月）"), ("领办人手机", "领办人手机(11位)"), ("面积(㎡)", "面积（平米）"), ("出生日期", "出生日期（格式：2026-11-20）"),
    ("统一社会信用代码", "统一社会信用代码（18位数字）"), ("民族", "民族（请从下拉框选择）"), ("领办人", "领办人（与身份证一致）"), ("承诺配套资金(元)", "承诺配套资金（元）"),
    ("初审日期", "初审日期（yyyy-mm-dd）"), ("出生日期", "出⽣⽇期"), ("领办人", "领办\u200b人"), ("职业(工种)", "⼯种"), ("证书编号", "证书编号【文本格式】")])
def test_headers_with_a_note_or_with_lookalikes(header, said):
    source = changed(book([application()]), "推荐汇总", lambda rows: [[said if cell == header else cell for cell in cells] for cells in rows])
    parsed = read(source)[0]
    assert not parsed.findings and len(parsed.records("推荐汇总")) == 1
    spelled = [note for place, note in parsed.normalised if note.startswith("表头")]
    assert len(spelled) == (said not in ("承诺配套资金（元）",)) and all(f"读作“{header}”" in note for note in spelled)


@pytest.mark.parametrize("header, said", [("承诺配套资金(元)", "承诺配套资金（万元）"), ("团队人数(不含领办人)", "团队人数（含领办人）"), ("出生日期", "出生日期（农历）")])
def test_a_note_that_changes_the_column_is_not_taken_for_a_format(header, said):
    source = changed(book([application()]), "推荐汇总", lambda rows: [[said if cell == header else cell for cell in cells] for cells in rows])
    found = [each for each in check(source).findings if each.code.startswith("F-column")]
    assert [each.code for each in found] == ["F-column-near"] and found[0].value == header


# ---- 另外的表 ----

def second(rows, name="推荐汇总 (2)", sheet=SHEET, above=(), visible=True) -> Grid:
    return replace(grid(sheet, rows, above, name), visible=visible)


def with_sheets(*grids: Grid, first: list | None = None, **given) -> Book:
    source = book([application()] if first is None else first, **given)
    return replace(source, grids=(*source.grids, *grids))


OTHER = application(序号=2, 领办人="钱二", 身份证号=id_number(date(1981, 5, 20)), 职业编码=None, **{"职业(工种)": "钳工"})


@pytest.mark.parametrize("name", ["推荐汇总 (2)", "补报", "推荐汇总（续）", "Sheet2", "推荐汇总表"])
def test_a_second_sheet_with_new_rows_is_read_on(name):
    team = [member(OTHER["工作室名称"], serial) for serial in (31, 32)]
    source = with_sheets(second([OTHER], name), second(team, "团队成员续", RECOMMENDATION.sheets[1]))
    parsed = read(source)[0]
    assert [record["领办人"] for record in parsed.records("推荐汇总")] == ["赵一", "钱二"] and len(parsed.records("团队成员")) == 4
    found = [each for each in check(source).findings if each.code == "F-sheet-continued"]
    assert [(each.place.sheet, each.value, each.level) for each in found] == [(name, name, "提示"), ("团队成员续", "团队成员续", "提示")]
    assert "其中1行（第2行）" in found[0].message and parsed.records("推荐汇总")[1].place("领办人").sheet == name


def test_a_copy_says_nothing_new():
    source = with_sheets(second([application()]))
    parsed = read(source)[0]
    assert len(parsed.records("推荐汇总")) == 1 and parsed.remarks == ["“推荐汇总 (2)”表有1行与前面读取的相同，未重复读取"] and codes(check(source)) == []


def test_an_extract_of_some_columns_says_nothing_new():
    headers = tuple(header for header in SHEET.headers if header not in ("备注", "职业编码", "面积(㎡)"))
    extract = Grid("打印用", (headers, tuple(application().get(header) for header in headers)))
    assert codes(check(with_sheets(extract))) == []


def test_the_same_applicant_told_differently_in_two_sheets_is_an_error():
    found = one(check(with_sheets(second([application(**{"面积(㎡)": 90})]))), "F-duplicate-row")
    assert (found.place.sheet, found.place.cell[1:]) == ("推荐汇总 (2)", "2") and "“推荐汇总”表第4行" in found.message


def test_a_hidden_second_sheet_is_not_taken_and_it_is_said():
    source = with_sheets(second([OTHER, application()], visible=False))
    found = one(check(source), "F-sheet-unread")
    assert (found.place.sheet, found.place.cell, found.level) == ("推荐汇总 (2)", "A2", "错误") and "其中1行（第2行）没有读取" in found.message
    assert len(records(source)) == 1


def test_a_sheet_of_another_year_is_not_taken_and_it_is_said():
    source = with_sheets(second([OTHER], "去年", above=(("技能大师工作室区县推荐汇总表（2025年度）",),)))
    found = one(check(source), "F-sheet-other-year")
    assert (found.value, found.place.sheet) == ("去年", "去年") and "2025年度" in found.message and len(records(source)) == 1


@pytest.mark.parametrize("visible, code", [(True, "F-nil-with-rows"), (False, "F-sheet-unread")])
def test_nothing_to_recommend_while_another_sheet_holds_applications(visible, code):
    source = with_sheets(second([OTHER], visible=visible), first=[], nil="是")
    checked = check(source)
    assert one(checked, code).level == "错误" and "推荐汇总 (2)" in one(checked, code).message
    assert checked.refusal(read(source)[0]) or code == "F-nil-with-rows"
    assert any(found.code == code and not found.place.cell for found in checked.findings)


def test_empty_second_sheets_are_nobodys_business():
    assert codes(check(with_sheets(second([]), second([], "团队成员 (2)", RECOMMENDATION.sheets[1])))) == []


@pytest.mark.parametrize("typed", ["是\u200b", " 是 ", "☑", "是\ufeff", "有"])
def test_the_declaration_of_nothing_is_understood(typed):
    assert read(book([], team=[], materials=[], nil=typed))[0].nil


@pytest.mark.parametrize("typed", ["2026-11-20 15:20", "2026年11月20号", "2026–11–20", "2026、11、20", "2026-11-20T08:00"])
def test_the_filing_date_with_a_time_or_in_another_spelling(typed):
    source = read(book([application()], filled=typed))[0]
    assert source.filled_on == TODAY and not source.findings
    assert any(place.field == "填报日期" and typed in note for place, note in source.normalised)


def test_a_second_sheet_of_evidence_is_not_counted_and_it_is_said():
    sheet = ASSESSMENT.sheets[0]
    trainee = {"师傅": "赵一", "徒弟姓名": "钱学徒", "身份证号": id_number(date(1995, 3, 4)), "工种": "焊工", "入门时等级": "中级工"}
    grids = [Grid("评分表", ()), *(grid(each, []) for each in ASSESSMENT.sheets), second([trainee], "带徒花名册 (2)", sheet)]
    found = filed.parsed("评分.xlsx", Book("评分.xlsx", tuple(grids)), {"fact_studio": CellRef("评分表", 0, 0)}, None, LAW).findings
    assert [(each.code, each.place.sheet) for each in found] == [("S-sheet", "带徒花名册 (2)")] and "其中1行（第2行）没有计入" in found[0].message


def test_serial_numbers_in_a_workbook_that_counts_from_1904():
    source = book([application(发证日期=(date(2015, 6, 1) - date(1904, 1, 1)).days)])
    source = replace(source, grids=tuple(replace(each, date1904=True) for each in source.grids))
    parsed = read(source)[0]
    assert parsed.records("推荐汇总")[0]["发证日期"] == date(2015, 6, 1) and not parsed.findings
