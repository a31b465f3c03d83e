"""申报工作簿: every rule with the value that just passes and the one that just fails, on the shipped workbook filled in and computed."""

from datetime import date

import pytest

from tests.returns import applications as make
from tests.returns.make import LAW, TODAY, application, book, check, codes, id_number, one
from toolkit.forms import APPLICATION_BOOK, RECOMMENDATION
from toolkit.forms.application_book import PAGE, PAPERS, REPORT, SYSTEMS
from toolkit.ledger import versions
from toolkit.returns import checks
from toolkit.returns.headers import header_of
from toolkit.returns.parse import Parser
from toolkit.sheets import read
from toolkit.sheets.edit import SetCell, apply
from toolkit.sheets.grid import Grid, from_a1

FORMS = (RECOMMENDATION, APPLICATION_BOOK)


def returned(data, name="申报.xlsx"):
    source = Parser(LAW, FORMS).read(read.from_bytes(data, name))
    checks.alone(source, LAW)
    return source


def found(*data):
    """What is found in these workbooks, checked together."""
    returns = [returned(each, f"申报{number}.xlsx") for number, each in enumerate(data, 1)]
    return checks.run(returns, LAW, competing=[choice.chosen for choice in versions.choose(returns)])


def said(data):
    return codes(found(data))


def spot(name):
    return make._filler("天山区", make.YEAR).spots[name]


def typed_over(data, **cells):
    """Locked cells changed, as somebody does who took the protection off: defined name → value."""
    return apply(data, [SetCell(*spot(name), value) for name, value in cells.items()])


def test_a_clean_application_has_no_findings_and_says_whose_it_is():
    source = returned(make.workbook())
    assert codes(checks.run([source], LAW)) == [] and source.form is APPLICATION_BOOK
    assert (source.district, source.year, source.filled_on) == ("天山区", 2026, TODAY)
    record, = source.records(PAGE.name)
    assert record["工作室名称"] == "赵一焊工技能大师工作室" and record["主要工作业绩"] == make.PASSAGE and record["团队人数(不含领办人)"] == 2
    assert record["法定退休日期"] == date(2043, 5, 20) and record["距退休满2年"] == "是"
    assert [member["年龄"] for member in source.records("团队成员")] == [36, 36]
    assert [row["年度"] for row in source.records("职工教育经费")] == [2023, 2024, 2025]


# 申报表的字段、通过值、不通过值、代码、为什么
PAGE_PAIRS = [
    ("技能等级", "技师", "高级工", "R07-1a", "第七条（一）：技师及以上"),
    ("在职在聘", "是", "否", "R07-1b", "第七条（一）：在职在聘"),
    ("面积(㎡)", 30, 29.9, "R07-5.area", "附件2：30平方米，申办仅提示"),
    ("承诺配套资金(元)", 100000, 99999.99, "R07-6", "第十三条：不低于市级补助"),
    ("配套承诺盖章", "是", "否", "R07-6.seal", "附件1：承诺盖章"),
    ("参加工作时间", date(1996, 5, 20), date(1996, 5, 19), "A1-2.work", "满16周岁当日起"),
    ("出生日期", date(1980, 5, 20), date(1980, 5, 21), "A1-2.birth", "与身份证一致"),
    ("领办人手机", "13800000001", "0991-2345678", "F-mobile", "附件1：手机号码"),
    ("通讯地址", "示例路1号", None, "F-required", "附件1：通讯地址必填"),
    ("主要工作业绩", "有业绩", None, "F-required", "附件1：主要工作业绩必填"),
    ("申办单位简介", "简介", "详见附件", "F-placeholder", "附件1：简介写在表里"),
    ("填报时间", LAW.in_force_to, date(2028, 8, 28), "R22", "第二十二条：有效期至2028年8月27日"),
]


@pytest.mark.rule("A1-1", "A1-2", "A1-5")
@pytest.mark.parametrize("header, good, bad, code, why", PAGE_PAIRS, ids=[f"{pair[0]}-{pair[3]}" for pair in PAGE_PAIRS])
def test_boundary_on_the_page(header, good, bad, code, why):
    changes = {"发证日期": date(2015, 6, 1)}
    assert code not in said(make.workbook(make.page(**changes | {header: good}))), why
    hit = one(found(make.workbook(make.page(**changes | {header: bad}))), code)
    if code != "R22":
        names = {entry.header: entry.name for entry in PAGE.entries}
        assert (hit.place.sheet, hit.place.cell, hit.place.field) == (PAGE.name, spot(names[header]).address, header), why


@pytest.mark.rule("A1-1")
@pytest.mark.parametrize("header", ["申办单位", "申报年度", "填报时间", "职业(工种)"])
def test_the_cover_is_required(header):
    assert "F-required" in said(make.workbook(make.page(**{header: None})))


@pytest.mark.rule("A1-5")
@pytest.mark.parametrize("change, code, why", [
    (lambda text: text, None, "原文"), (lambda text: text.replace("；", "；\n　　"), None, "换行、空格不算改动"),
    (lambda text: text.replace("不低于", "不高于"), "A1-5", "改一个字"), (lambda text: text[:-1], "A1-5", "少一个句号"),
    (lambda text: f"{text}（视情况）", "A1-5", "加一句"), (lambda text: None, "F-required", "删去")])
def test_the_pledge_is_the_regulations(change, code, why):
    given = found(typed_over(make.workbook(), app_pledge=change(LAW.facts["pledge"])))
    assert codes(given) == ([code] if code else []), why
    if code == "A1-5" and "改" in why:
        assert "不高于" in one(given, code).message and "不低于" in one(given, code).message


@pytest.mark.parametrize("name, code", [("赵一焊工技能大师工作室", None), ("赵一焊接技能大师工作室", "R09-3"), ("焊工技能大师工作室", "R09-3")])
def test_the_studio_is_named_after_leader_and_occupation(name, code):
    assert said(typed_over(make.workbook(), app_studio=name)) == ([code] if code else [])


@pytest.mark.rule("A1-3")
@pytest.mark.parametrize("born, filled, age", [
    (date(1990, 11, 20), date(2026, 11, 20), 36), (date(1990, 11, 21), date(2026, 11, 20), 35),
    (date(1992, 2, 29), date(2026, 2, 28), 33), (date(1992, 2, 29), date(2026, 3, 1), 34)])
def test_the_sheet_reckons_ages_as_of_the_filling_day(born, filled, age):
    team = [make.member(1, 身份证号=id_number(born, serial=7)), make.member(2)]
    source = returned(make.workbook(make.page(填报时间=filled), team))
    assert source.records("团队成员")[0]["年龄"] == age
    assert not [each for each in codes(checks.run([source], LAW)) if each == "F-computed"]


@pytest.mark.rule("A1-3")
def test_an_age_typed_over_is_told():
    data = make.workbook()
    row, column = next((row, values.index("年龄")) for grid in read.from_bytes(data, "申报.xlsx").grids if grid.name == "团队成员"
                       for row, values in enumerate(grid.rows) if "年龄" in values)
    hit = one(found(apply(data, [SetCell("团队成员", row + 1, column, 40)])), "F-computed")
    assert hit.value == "40" and "36" in hit.message


@pytest.mark.parametrize("year, told", [(2026, False), (2027, True)])
def test_an_award_is_not_given_after_the_filling_day(year, told):
    assert ("A1-4" in said(make.workbook(awards=[make.award(1, 年度=year)]))) is told


@pytest.mark.rule("R07-2", "R02-3")
@pytest.mark.parametrize("team, expected, why", [
    ([make.member(1), make.member(2)], [], "两名正式员工"), ([make.member(1)], ["R07-2"], "一名"),
    ([make.member(1), make.member(2, 是否正式员工="否")], ["R07-2"], "正式员工只有一名"),
    ([make.member(1), make.member(2), make.member(3, 身份证号=application()["身份证号"])], ["R07-2.count", "R07-2.leader"], "领办人不计"),
    ([make.member(1), make.member(1)], ["F-duplicate-row", "R07-2"], "同一人写了两行")])
def test_the_team(team, expected, why):
    assert sorted(said(make.workbook(team=team))) == sorted(expected), why


# ---- 材料 ----

@pytest.mark.parametrize("changes, expected, why", [
    ((), [], "六类齐全"), (({"是否提交": "否"},), ["R09-2"], "缺申报表"),
    (({"是否提交": "否"}, {}, {}, {"是否提交": "否"}), ["R09-2"], "缺两类，一次说清"),
    (({"是否提交": None},), ["F-required"], "没有回答"), (({"份数": None},), ["R09-2.copies"], "没有份数"),
    (({"份数": 0},), ["R09-2.copies"], "零份"), (({"页码": None},), ["R09-2.copies"], "没有页码")])
def test_papers(changes, expected, why):
    assert said(make.workbook(paper_rows=make.papers(*changes))) == expected, why


def test_what_is_lacking_is_named_with_its_clause():
    changes = ({"是否提交": "否"}, {}, {}, {"是否提交": "否"})
    hit = one(found(make.workbook(paper_rows=make.papers(*changes))), "R09-2")
    assert "申报表（第九条（一））、执照或批准文件（第九条（四））" in hit.message and hit.place.sheet == PAPERS.name


# ---- 制度清单 ----

@pytest.mark.parametrize("changes, stated, expected, why", [
    ((), "是", [], "七项都有"), (({"是否建立": "否"},), "否", ["R07-4.lacking"], "缺一项，说的一致"),
    (({"是否建立": "否"}, {"是否建立": "否"}), "否", ["R07-4.lacking"], "缺两项，一次说清"),
    (({"是否建立": "否"},), "是", ["R07-4.differs", "R07-4.lacking"], "申报表说齐全，清单缺一项"), ((), "否", ["R07-4.differs"], "申报表说不齐全，清单都有"),
    (({"是否建立": None},), "是", ["F-required"], "没有回答"), (({"文件名称": None},), "是", ["R07-4.document"], "没有写文件名称"),
    (({"是否建立": "否", "文件名称": None},), "否", ["R07-4.lacking"], "没有的不用写")])
def test_seven_systems_are_asked_one_by_one(changes, stated, expected, why):
    given = make.workbook(make.page(管理制度=stated), system_rows=make.systems(*changes))
    assert sorted(said(given)) == sorted(expected), why


def test_what_systems_are_lacking_is_named_at_the_list():
    changes = ({}, {"是否建立": "否"}, {}, {}, {}, {}, {"是否建立": "否"})
    hit = one(found(make.workbook(make.page(管理制度="否"), system_rows=make.systems(*changes))), "R07-4.lacking")
    assert hit.value == "技能人才评价制度、工作室人员职责" and hit.place.sheet == SYSTEMS.name and hit.clause == "第七条（四）"


# ---- 申报报告 ----

@pytest.mark.parametrize("changes, lacking", [
    ({}, ""), ({"支持措施": None}, "支持措施"), ({"工作室基本条件": "见附件"}, "工作室基本条件"), ({"成立后的工作计划": "无"}, "成立后的工作计划"),
    ({"支持措施": None, "成立的必要性和可行性": None}, "成立的必要性和可行性、支持措施"),
    (dict.fromkeys(REPORT.headers[2:]), "工作室基本条件、成立的必要性和可行性、支持措施、成立后的工作计划")])
def test_the_reports_six_points(changes, lacking):
    given = found(make.workbook(report_values=make.report(**changes)))
    assert codes(given) == (["R09-4"] if lacking else [])
    assert not lacking or one(given, "R09-4").value == lacking


# ---- 近三年职工教育经费 ----

WHOLE, USED = "职工教育经费总额(元)", "用于高技能人才(元)"


@pytest.mark.parametrize("rows, expected, why", [
    (make.funds(), [], "三年都有数"), (make.funds({USED: 500000}), [], "全部用于高技能人才"),
    (make.funds({USED: 500000.01}), ["R09-5.over"], "用于的多于总额"), (make.funds({WHOLE: 0, USED: 0}), [], "这一年没有，填0"),
    (make.funds()[:2], ["R09-5"], "缺最近一年"), ([], ["R09-5"], "一年也没有"), (make.funds({USED: None}), ["F-required"], "缺一个数")])
def test_three_years_of_training_funds(rows, expected, why):
    assert said(make.workbook(fund_rows=rows)) == expected, why


@pytest.mark.parametrize("rows, lacking", [(make.funds()[:2], "2025年"), ([], "2023年、2024年、2025年")])
def test_the_years_lacking_are_named(rows, lacking):
    assert one(found(make.workbook(fund_rows=rows)), "R09-5").value == lacking


@pytest.mark.parametrize("year, told", [(2023, False), (2022, True), (2026, True)])
def test_only_the_complete_years_before_count(year, told):
    data = make.workbook()
    changed = apply(data, [SetCell("职工教育经费", 5, 0, year)])
    assert ("R09-5.year" in said(changed)) is told


# ---- 各填各的 ----

@pytest.mark.parametrize("name, header, role", [
    ("app_opinion_district", "区县推荐意见", "区（县）"), ("app_opinion_expert", "专家评估意见", "评委"), ("app_opinion_city", "市局意见", "市局"),
    ("app_opinion_district_date", "区县推荐意见日期", "区（县）")])
def test_the_unit_signs_only_its_own_opinion(name, header, role):
    value = TODAY if name.endswith("date") else "同意"
    hit = one(found(typed_over(make.workbook(), **{name: value})), "R15")
    assert role in hit.message and hit.place.field == header and hit.clause == "第十五条"


@pytest.mark.parametrize("header, value, told", [
    ("评审结论", "通过", True), ("命名文号", "乌人社发〔2026〕1号", True), ("评审结论", None, False), ("科室意见", "同意", False)])
def test_a_district_fills_in_no_column_of_the_city(header, value, told):
    plain = book([application()])
    main, *rest = plain.grids
    rows = [row if number < 2 else (*row, header) if number == 2 else (*row, value) for number, row in enumerate(main.rows)]
    widened = type(plain)(plain.file, (Grid(main.name, tuple(rows)), *rest), plain.properties, plain.sha256)
    hits = [each for each in check(widened).findings if each.code == "R15.column"]
    assert bool(hits) is told and all(each.place.cell and "市局" in each.message for each in hits)


# ---- 认出来，读对 ----

def test_several_applications_are_compared():
    other = make.workbook(make.page(领办人="王二", 身份证号=id_number(date(1981, 5, 20)), 出生日期=date(1981, 5, 20)),
                          team=[make.member(5), make.member(6)])
    assert codes(found(make.workbook(), other)).count("R03-3.batch") == 2
    assert codes(found(make.workbook(), make.workbook(make.page(填报时间=date(2026, 11, 21))))) == []  # 同一件报了两次


@pytest.mark.parametrize("where", ["file", "marker"])
def test_it_is_recognised_whatever_its_name(where):
    whole = read.from_bytes(make.workbook(), "随便.xlsx")
    kept = [grid for grid in whole.grids if where == "file" or not grid.name.startswith("_")]
    source = Parser(LAW, FORMS).read(type(whole)("随便.xlsx", tuple(kept), whole.properties if where == "file" else {}, whole.sha256))
    assert source.form is APPLICATION_BOOK and source.year == 2026 and source.district == "天山区"


def test_lines_may_be_moved_and_values_may_be_words_of_labels():
    filled = read.from_bytes(make.workbook(make.page(行政职务="项目负责人")), "申报.xlsx")
    page = next(grid for grid in filled.grids if grid.name == PAGE.name)
    moved = Grid(page.name, ((), (), *page.rows), tuple((a + 2, b, c + 2, d) for a, b, c, d in page.merged))
    source = Parser(LAW, FORMS).read(type(filled)("申报.xlsx", tuple(moved if grid is page else grid for grid in filled.grids), filled.properties, ""))
    record, = source.records(PAGE.name)
    assert (record["行政职务"], record["领办人"]) == ("项目负责人", "赵一")
    assert from_a1(record.place("领办人").cell) == (spot("app_leader").row + 2, spot("app_leader").column)


def test_a_district_table_is_no_page():
    source = Parser(LAW, FORMS).read(book([application()]))
    assert source.form is RECOMMENDATION and source.records("推荐汇总")


def test_a_page_without_values_asks_for_everything_and_raises_nothing():
    given = found(make._filler("天山区", make.YEAR).fill({}).data)
    assert {"F-required", "R09-4", "R09-5"} <= set(codes(given)) and given.outcome(given.cases[0]) == checks.REFUSED


@pytest.mark.parametrize("sheet", [PAGE, REPORT], ids=lambda sheet: sheet.name)
def test_every_label_names_its_column_and_no_band_names_any(sheet):
    assert [header_of(sheet, entry.label) for entry in sheet.entries] == [entry.header for entry in sheet.entries]
    assert sorted(entry.header for entry in sheet.entries) == sorted(sheet.headers)
    assert not [block.title for block in sheet.page if header_of(sheet, block.title)]
    assert {sum(entry.span for entry in line) for block in sheet.page for line in block.lines} == {4}


# 附件1 印的栏目
PRINTED = ("申报单位", "工作室名称", "职业（工种）", "填报时间", "领办人姓名", "性别", "民族", "政治面貌", "工作单位", "联系电话", "工作室地点", "工作室面积",
           "学历（学位）", "参加工作时间", "从事职业（工种）", "行政职务", "职业资格或职业技能等级", "身份证号", "通讯地址", "手机号码", "领办人主要工作业绩",
           "申办单位简介", "申办单位的支持措施", "技能大师工作室主要工作方向", "技能大师工作室建设预期目标", "申办单位意见", "区（县）人力资源和社会保障局推荐意见",
           "专家评估意见", "市人力资源和社会保障局意见")


@pytest.mark.rule("A1-1", "A1-2", "A1-5")
def test_the_page_has_every_entry_of_the_printed_form():
    labels = {entry.label.partition("(㎡)")[0] for entry in PAGE.entries}
    assert set(PRINTED) <= labels
