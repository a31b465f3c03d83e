"""现场的错，放在一整份报表、台账和评分表里看：同名比对、将来的日期、过长的引文、佐证里的数，以及命令的退出状态。"""

import json
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.returns.make import LAW, application, book, check, codes, id_number, ledger, material, member, one, read
from tests.returns.test_evidence import PERIOD
from tests.returns.test_parse import changed
from tests.test_cli import run
from toolkit.forms import ASSESSMENT
from toolkit.forms.ledger import LEDGER
from toolkit.jobs import merge as merging
from toolkit.returns import evidence, headers, standing
from toolkit.returns.findings import Place
from toolkit.returns.messages import LONGEST_QUOTE, LONGEST_VALUE, finding
from toolkit.returns.rows import Origin, RowReader
from toolkit.sheets.grid import Book, Grid

# ---- 同一个人、同一个单位 ----


@pytest.mark.parametrize("held, returned", [
    ("艾力･示例", "艾力·示例"), ("艾力·示例", "艾力•示例"), ("赵虚构\u200b", "赵虚构"), ("赵虚构", "赵\ufeff虚构"), ("⻢虚构", "马虚构"), ("赵 虚构", "赵虚构")])
def test_a_name_in_the_ledger_meets_the_same_name_in_a_return(held, returned):
    library = ledger(上级命名库=[{"层级": "国家级", "工作室名称": f"{held}钳工技能大师工作室", "领办人": held, "申办单位": "某虚构单位", "职业(工种)": "钳工"}])
    assert one(check(book([application(领办人=returned, **{"职业(工种)": "钳工"})]), against=library), "R03-4.name").place.cell == "D4"


@pytest.mark.parametrize("held", ["甲机械（新疆）有限公司", "甲机械(新疆)有限公司\u200b", " 甲机械（新疆） 有限公司"])
def test_a_unit_is_known_whatever_its_brackets_and_spaces(held):
    studios = ledger(工作室=[{"工作室编号": "2024-01", "工作室名称": "孙三焊工技能大师工作室", "申办单位": held, "职业(工种)": "焊工", "状态": "有效"}])
    assert "R03-3" in codes(check(book([application(申办单位="甲机械(新疆)有限公司")]), against=studios))


def test_an_id_number_with_an_invisible_character_meets_the_bar():
    number = application()["身份证号"]
    bars = ledger(撤销追缴禁申=[{"工作室名称": "旧工作室", "身份证号": f"\u202d{number}\u202c", "禁申止日": date(2028, 1, 1),
                               "依据条款": "第十九条（二）"}])
    assert "R19-4.bar" in codes(check(book([application()]), against=bars))


def test_two_returns_that_spell_one_person_differently_are_compared():
    first = book([application(身份证号="\u200b" + application()["身份证号"])])
    other = book([application(推荐区县="米东区")], file="米东区.xlsx", unit="米东区人社局")
    assert codes(check(first, other)).count("R03-2.batch") == 2


@pytest.mark.parametrize("typed", ["买买提.艾力", "买买提．艾力", "买买提 • 艾力", "买买提・\u200b艾力"])
def test_the_rows_of_one_studio_belong_together_whatever_the_dot(typed):
    studio = "买买提·艾力焊工技能大师工作室"
    source = book([application(领办人=typed, 工作室名称=f"{typed}焊工技能大师工作室")], team=[member(f"{typed}焊工技能大师工作室", 11), member(studio, 12)], materials=[material(studio)])
    assert codes(check(source)) == []
    assert read(source)[0].records("推荐汇总")[0]["工作室名称"] == studio


def test_parameters_are_read_clean():
    sheet = LEDGER.sheet("参数")
    rows = [{"参数": name, "取值": value} for name, value in (("publicity_days", "7\u200b"), ("bar_covers_unit_occupation", "是\ufeff"))]
    held = standing.read(Book("台账.xlsx", (Grid("参数", (sheet.headers, *(tuple(row.get(header) for header in sheet.headers) for row in rows))),)), LAW)
    law = held.parameters(LAW)
    assert law["publicity_days"] == 7 and law.yes("bar_covers_unit_occupation")


# ---- 将来的日期 ----

@pytest.mark.parametrize("header, cell", [("发证日期", "P4"), ("参加工作时间", "K4"), ("出生日期", "G4")])
def test_what_lies_in_the_future_is_an_error(header, cell):
    found = one(check(book([application(**{header: date(2062, 6, 1)})])), "F-future")
    assert (found.place.cell, found.level, found.value) == (cell, "错误", "2062-06-01")


@pytest.mark.parametrize("issued, told", [(date(2026, 11, 20), False), (date(2026, 11, 21), True)])
def test_the_filing_day_itself_is_no_future(issued, told):
    assert ("F-future" in codes(check(book([application(发证日期=issued)])))) == told


# ---- 姓名、占位 ----

def test_a_doubtful_name_waits_until_it_is_explained():
    source = book([application(领办人="赵?构")])
    found = one(check(source), "F-name")
    assert (found.place.cell, found.level, found.open) == ("D4", "提示", True) and "“赵?构”含有“?”" in found.message
    assert not one(check(book([application(领办人="赵?构", 备注="身份证上的字打不出，已核对")])), "F-name").open


def test_a_doubtful_member_is_asked_about_too():
    studio = application()["工作室名称"]
    source = book([application()], team=[member(studio, 11, 姓名="钱□"), member(studio, 12)])
    assert one(check(source), "F-name").place.sheet == "团队成员"


def test_what_only_says_nothing_yet_is_quoted_with_its_cell():
    checked = check(book([application(申办单位='=DISPIMG("ID_0A1B2C3D4E5F",1)', 证书编号="待补", 职业编码="6.50104E+17", 合作单位="无")]))
    assert [(found.code, found.place.cell) for found in checked.findings] == [("F-scientific", "M4"), ("F-placeholder", "O4"), ("F-formula-text", "AA4")]
    assert "“待补”" in one(checked, "F-placeholder").message and "数字已丢失" in one(checked, "F-scientific").message


def test_an_optional_cell_that_says_nothing_counts_as_empty_and_is_noted():
    source = read(book([application(合作单位="无", 单位联系人="/")]))[0]
    record = source.records("推荐汇总")[0]
    assert record["合作单位"] is None and record["单位联系人"] is None and not source.findings
    assert {place.field: note for place, note in source.normalised} == {"合作单位": "“无”按没有填写读取", "单位联系人": "“/”按没有填写读取"}


def test_the_row_number_may_be_anything():
    source = read(book([application(序号="①"), application(序号="甲", 领办人="钱二", 身份证号=id_number(date(1981, 5, 20)), **{"职业(工种)": "钳工"})]))[0]
    assert [record["序号"] for record in source.records("推荐汇总")] == [1, None] and not [each for each in source.findings if each.place.field == "序号"]


# ---- 过长的引文 ----

@pytest.mark.parametrize("text", ["虚构业绩材料，" * 4000, "{value}" * 9000, "长" * 41])
def test_a_quoted_value_is_cut_short_in_one_place(text):
    found = finding("F-choice", Place("甲.xlsx", "表", "A1", "性别"), text, choices="男、女")
    assert len(found.message) < 120 and "…”" in found.message and len(found.value) <= LONGEST_VALUE + 1
    assert found.message.startswith(f"“{text[:LONGEST_QUOTE]}…”")


def test_short_values_are_quoted_whole_and_invisible_characters_are_said():
    assert "“是否”看不出" in finding("F-yes-no", Place("甲.xlsx"), "是否").message
    assert "“市级补助（含看不见的字符）”" in finding("E-choice", Place("甲.xlsx"), "市级补助\u200b").message


def test_more_than_a_cell_holds_is_a_finding():
    found = one(check(book([application(备注="长" * 40000)])), "F-long")
    assert found.place.field == "备注" and len(found.value) < 300


# ---- 评分表 ----

CELLS = st.one_of(st.none(), st.floats(), st.integers(-10**30, 10**30), st.booleans(), st.dates(), st.datetimes(), st.times(), st.text(max_size=20),
                  st.sampled_from(["是", "高级工", "中级工", "单位配套", "市级补助", "650102198005200112", 20240901, 45600, 1e12, -1e9]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_evidence_and_no_cover_ever_raises(data):
    tables = {}
    for sheet in ASSESSMENT.sheets:
        lines = data.draw(st.lists(st.lists(CELLS, min_size=len(sheet.headers), max_size=len(sheet.headers)), max_size=2))
        source = Grid(sheet.name, (sheet.headers, *map(tuple, lines)))
        tables[sheet.name] = RowReader(LAW, Origin.ASSESSMENT).read("评分.xlsx", source, sheet, headers.find(source, sheet)).table
    facts = {label: data.draw(CELLS) for label in PERIOD}
    evidence.count(tables, facts, LAW, "评分.xlsx")
    evidence.count(tables, PERIOD, LAW, "评分.xlsx")


@pytest.mark.parametrize("serial", [20240901, 1e12, -5e9, 99999999.5])
def test_a_number_in_a_date_cell_of_the_cover_is_a_finding(serial):
    found = [each for each in evidence.count({}, PERIOD | {"考核日期": serial}, LAW, "评分.xlsx").findings if each.code == "E-period-date"]
    assert [each.place.field for each in found] == ["考核日期"]


# ---- 命令 ----

@pytest.fixture
def district(finished_demo, tmp_path):
    """A clean return of the demonstration to spoil, and the way to check it: cells by address, then exit status and findings."""
    path = tmp_path / "米东区.xlsx"
    clean = next(finished_demo.returns.glob("米东区*"))

    def checked(**cells):
        workbook = openpyxl.load_workbook(clean)
        for address, value in cells.items():
            workbook["推荐汇总"][address] = value
        workbook.save(path)
        done = run("check", path, "--json")
        return done.returncode, [(found["code"], found["cell"]) for found in json.loads(done.stdout)["findings"]]
    return checked


@pytest.mark.parametrize("cells, status, found", [
    ({"D11": " ", "J12": "\u200b", "L13": "\n"}, 0, []), ({"R11": "是", "W11": "是", "R12": "是"}, 1, [("F-rows-unfinished", "A11")]),
    ({"B12": "分管领导签字：", "J12": "经办人：", "AA12": "联系电话："}, 0, []), ({"D12": "单位（公章）："}, 0, []), ({"AN6": 99999.99999999999 + 40000}, 0, []),
    ({"P6": "2062-06-01"}, 1, [("F-future", "P6")]), ({"AA6": "见附件"}, 1, [("F-placeholder", "AA6")]), ({"O6": "6.50104E+17"}, 1, [("F-scientific", "O6")]),
    ({"G3": "2026-11-26 15:20"}, 0, []), ({"G5": "出⽣⽇期"}, 0, []), ({"J5": "身份证号（18位）"}, 0, []), ({"Y6": "199-0000-0040"}, 0, []),
    ({"E6": "虚构业绩材料，" * 4000}, 1, [("F-choice", "E6")]), ({"F6": "汉"}, 0, [])])
def test_the_command_tells_code_cell_and_exit_status(district, cells, status, found):
    assert district(**cells) == (status, found)


def test_one_long_cell_does_not_stop_the_merge_of_the_others(finished_demo, tmp_path):
    folder = tmp_path / "报表"
    folder.mkdir()
    good = next(finished_demo.returns.glob("米东区*"))
    (folder / good.name).write_bytes(good.read_bytes())
    workbook = openpyxl.load_workbook(next(finished_demo.returns.glob("天山区*")))
    workbook["推荐汇总"]["E6"] = "虚构业绩材料，" * 4600
    workbook.save(folder / "天山区.xlsx")
    report = merging.merge(merging.order_for(folder, 2026, ledger=tmp_path / "工作室管理台账.xlsm", out=tmp_path / "结果"), NOW)
    told = [found for found in report.findings if found.code == "F-choice"]
    assert [(found.place.file, found.place.cell) for found in told] == [("天山区.xlsx", "E6")] and len(told[0].message) < 120
    assert len(list((tmp_path / "结果" / "标记副本").iterdir())) == 2 and len(list((tmp_path / "结果" / "回执").iterdir())) == 2


def test_what_was_read_otherwise_is_noted_with_its_header():
    parsed = read(changed(book([application(领办人="赵\u200b一", 领办人手机="+86 138-0000-0001")]), "推荐汇总",
                          lambda rows: [["出⽣⽇期" if cell == "出生日期" else cell for cell in cells] for cells in rows]))[0]
    said = {place.field: note for place, note in parsed.normalised}
    assert said["领办人"] == "“赵一（含看不见的字符）”读作“赵一”" and said["领办人手机"] == "“+86 138-0000-0001”读作“13800000001”"
    assert said["出生日期"] == "表头“出⽣⽇期”读作“出生日期”"
