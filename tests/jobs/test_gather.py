"""申报工作簿汇入推荐汇总表：与逐格录入一样，再来一份只换自己的行，手工改过的不悄悄盖掉。"""

import json
import shutil
from datetime import date, datetime

import openpyxl
import pytest

from tests.returns import applications as make
from tests.returns.make import credit_code, id_number
from tests.test_cli import run
from toolkit.errors import UserError
from toolkit.forms import RECOMMENDATION
from toolkit.forms.recommendation import APPLICATIONS, AWARDS, MATERIALS, TEAM
from toolkit.jobs.check import check
from toolkit.jobs.export import export
from toolkit.jobs.gather import gather
from toolkit.pages import fresh
from toolkit.pages.layout import FIRST_ROW
from toolkit.sheets import read
from toolkit.sheets.edit import SetCell, apply
from toolkit.sheets.grid import CellRef
from toolkit.sheets.recalculate import Filler, refresh

NOW = datetime(2026, 11, 20, 9, 30)
SHEETS = (APPLICATIONS, TEAM, AWARDS, MATERIALS)
FILE = "天山区_区县推荐汇总表_2026.xlsm"


def another(**changes):
    """The application of another unit."""
    born = date(1981, 5, 20)
    return make.page(**{"领办人": "王二", "身份证号": id_number(born), "出生日期": born, "申办单位": "乙电力有限公司",
                        "统一社会信用代码": credit_code(2), "职业(工种)": "电工(维修)", "职业编码": None} | changes)


@pytest.fixture(scope="module")
def empty():
    return fresh.workbook(RECOMMENDATION, "天山区", 2026, has_macros=True)


@pytest.fixture
def place(tmp_path, empty):
    """A folder with two units' applications, and the district's empty 推荐汇总表 beside it."""
    (tmp_path / "申报").mkdir()
    (tmp_path / "申报" / "甲.xlsm").write_bytes(make.workbook(awards=[make.award(1), make.award(2, 排名=1)]))
    (tmp_path / "申报" / "乙.xlsm").write_bytes(make.workbook(another(备注="职业编码待核"), [make.member(3), make.member(4), make.member(5)], []))
    (tmp_path / FILE).write_bytes(empty)
    return tmp_path


def taken(place, *, at=NOW, **given):
    return gather([place / "申报"], place / FILE, at, **given)


def rows(place, sheet):
    """The filled rows of a sheet as {header: value}, without what is computed."""
    grid = next(grid for grid in read.workbook(place / FILE).grids if grid.name == sheet.name)
    found = [{header: grid.at(row, column) for column, header in enumerate(sheet.headers)} for row in range(FIRST_ROW, FIRST_ROW + sheet.rows)]
    return [row for row in found if any(row[header] not in (None, "") for header in row if header != "序号" and not sheet.by_header[header].formula)]


def change(place, sheet, row, header, value):
    path = place / FILE
    path.write_bytes(refresh(apply(path.read_bytes(), [SetCell(sheet.name, FIRST_ROW + row, sheet.headers.index(header), value)])).data)


def codes(report):
    return [found.code for found in report.findings]


def test_several_go_in_at_once_and_nothing_is_left_to_type_but_the_districts_own(place):
    report = taken(place)
    assert report.outcomes == {"乙.xlsm": "新汇入", "甲.xlsm": "新汇入"} and report.exit_status == 0 and report.outputs == [place / FILE]
    assert [len(rows(place, sheet)) for sheet in SHEETS] == [2, 5, 2, 2]
    assert [(row["序号"], row["领办人"], row["备注"]) for row in rows(place, APPLICATIONS)] == [(1, "王二", "职业编码待核"), (2, "赵一", None)]
    left = {(found.code, found.place.field) for found in check([place / FILE], NOW.date()).findings}
    assert left == {("F-filled-on", ""), *(("F-required", header) for header in ("职业道德核查", "初审意见", "初审日期"))}


def test_it_is_cell_by_cell_what_typing_gives(place, empty):
    taken(place)
    typed, filler = {}, Filler(empty, FILE)
    first, second = (dict(row) for row in (another(备注="职业编码待核"), make.page()))
    members = [[make.member(3), make.member(4), make.member(5)], [make.member(1), make.member(2)]]
    awards = [[], [make.award(1), make.award(2, 排名=1)]]
    at = dict.fromkeys((sheet.name for sheet in SHEETS), FIRST_ROW)

    def type_in(sheet, row):
        typed.update({CellRef(sheet.name, at[sheet.name], sheet.headers.index(header)): value for header, value in row.items()
                      if header in sheet.headers and not sheet.by_header[header].formula})
        at[sheet.name] += 1

    for number, page in enumerate((first, second)):
        studio = ("王二电工技能大师工作室", "赵一焊工技能大师工作室")[number]
        type_in(APPLICATIONS, page | {"序号": number + 1, "团队人数(不含领办人)": len(members[number]), "材料齐全": "是"})
        for sheet, listed in ((TEAM, members[number]), (AWARDS, awards[number]),
                              (MATERIALS, [dict.fromkeys(MATERIALS.headers[1:], "是")])):
            for row in listed:
                type_in(sheet, row | {"工作室名称": studio})
    by_hand = read.from_bytes(filler.fill(typed).data, FILE)
    by_tool = read.workbook(place / FILE)
    for one, other in zip(by_hand.grids, by_tool.grids, strict=True):
        assert one.name == other.name and one.rows == other.rows and one.uncached == other.uncached, one.name


def test_what_is_exported_goes_in_like_the_workbook_itself(place, tmp_path):
    (tmp_path / "导出").mkdir()
    for file in ("甲", "乙"):
        export((place / "申报" / f"{file}.xlsm").read_bytes(), tmp_path / "导出" / f"{file}.xlsx")
    taken(place)
    first = [rows(place, sheet) for sheet in SHEETS]
    assert gather([tmp_path / "导出"], place / FILE, NOW).summary == "没有变化2件"
    assert [rows(place, sheet) for sheet in SHEETS] == first


def test_the_same_again_changes_nothing(place):
    taken(place)
    before = (place / FILE).read_bytes()
    report = taken(place)
    assert report.outcomes == {"乙.xlsm": "没有变化", "甲.xlsm": "没有变化"} and not report.outputs and (place / FILE).read_bytes() == before
    assert report.as_json()["plan"] == {"added": 0, "changed": 0, "unchanged": 2, "conflicts": 0}


def test_a_second_import_replaces_its_own_rows_and_says_so(place):
    taken(place)
    for row in (0, 1):
        change(place, APPLICATIONS, row, "初审意见", "同意推荐")
        change(place, APPLICATIONS, row, "备注", "区里的说明")
    others = [row for sheet in SHEETS for row in rows(place, sheet) if "王二" in str(row.get("工作室名称"))]
    (place / "申报" / "甲.xlsm").write_bytes(make.workbook(make.page(备注="单位的说明", **{"面积(㎡)": 88}), [make.member(1), make.member(8), make.member(9)], []))
    report = taken(place)
    assert report.outcomes["甲.xlsm"] == "替换原来的行" and report.outcomes["乙.xlsm"] == "没有变化"
    assert codes(report) == ["M-forward-again"] and "甲.xlsm" in report.findings[0].message and report.findings[0].place.cell == "D7"
    row = next(row for row in rows(place, APPLICATIONS) if row["领办人"] == "赵一")
    assert (row["面积(㎡)"], row["团队人数(不含领办人)"], row["初审意见"], row["备注"], row["序号"]) == (88, 3, "同意推荐", "区里的说明", 2)
    assert sorted(row["姓名"] for row in rows(place, TEAM)) == sorted(["成员一", "成员三", "成员八", "成员九", "成员四", "成员五"])
    assert rows(place, AWARDS) == [] and len(rows(place, MATERIALS)) == 2
    assert [row for sheet in SHEETS for row in rows(place, sheet) if "王二" in str(row.get("工作室名称"))] == others


# 表、行、列、手工改成什么
BY_HAND = [(APPLICATIONS, 1, "面积(㎡)", 99), (APPLICATIONS, 1, "材料齐全", "否"), (TEAM, 4, "岗位职责", "安全员"), (AWARDS, 1, "等级", "二等奖"),
           (MATERIALS, 1, "申报报告", "否")]


@pytest.mark.parametrize("sheet, row, header, value", BY_HAND, ids=[f"{case[0].name}-{case[2]}" for case in BY_HAND])
def test_what_was_changed_by_hand_is_not_written_over_in_silence(place, sheet, row, header, value):
    taken(place)
    change(place, sheet, row, header, value)
    before = (place / FILE).read_bytes()
    (place / "申报" / "甲.xlsm").write_bytes(make.workbook(make.page(**{"面积(㎡)": 88}), awards=[make.award(1), make.award(2)]))
    report = taken(place)
    assert report.outcomes["甲.xlsm"] == "没有汇入" and codes(report) == ["M-forward-edited"] and report.exit_status == 1
    assert (place / FILE).read_bytes() == before
    assert taken(place, replaces=True).outcomes["甲.xlsm"] == "替换原来的行"
    assert next(each for each in rows(place, APPLICATIONS) if each["领办人"] == "赵一")["面积(㎡)"] == 88
    assert taken(place).summary == "没有变化2件"


def test_a_row_typed_by_hand_before_is_not_written_over(place):
    typed = make.page(**{"面积(㎡)": 40})
    for header, value in typed.items():
        if header in APPLICATIONS.headers and not APPLICATIONS.by_header[header].formula:
            change(place, APPLICATIONS, 0, header, value)
    report = taken(place)
    assert report.outcomes == {"乙.xlsm": "新汇入", "甲.xlsm": "没有汇入"} and codes(report) == ["M-forward-typed"]
    assert [row["面积(㎡)"] for row in rows(place, APPLICATIONS)] == [40, 60]


@pytest.mark.parametrize("filled, outcome", [(date(2026, 11, 20), "替换原来的行"), (date(2026, 11, 19), "没有汇入")])
def test_an_older_application_does_not_replace_a_newer_one(place, filled, outcome):
    taken(place)
    (place / "申报" / "甲.xlsm").write_bytes(make.workbook(make.page(填报时间=filled, **{"面积(㎡)": 70})))
    report = taken(place)
    assert report.outcomes["甲.xlsm"] == outcome
    assert ("M-forward-older" in codes(report)) is (outcome == "没有汇入")


def test_of_two_versions_in_one_folder_the_later_counts(place):
    (place / "申报" / "甲新.xlsm").write_bytes(make.workbook(make.page(填报时间=date(2026, 11, 21), **{"面积(㎡)": 70})))
    report = taken(place)
    assert report.outcomes == {"乙.xlsm": "新汇入", "甲.xlsm": "以另一份为准", "甲新.xlsm": "新汇入"}
    assert {row["领办人"]: row["面积(㎡)"] for row in rows(place, APPLICATIONS)} == {"王二": 60, "赵一": 70}


def test_two_versions_of_one_day_are_left_to_people(place):
    (place / "申报" / "甲新.xlsm").write_bytes(make.workbook(make.page(**{"面积(㎡)": 70})))
    report = taken(place)
    assert [outcome for file, outcome in report.outcomes.items() if "甲" in file] == ["没有汇入"] * 2
    assert "M-forward-rivals" in codes(report) and [row["领办人"] for row in rows(place, APPLICATIONS)] == ["王二"]


# 申报工作簿的改动、代码、为什么
NOT_TAKEN = [
    ({"page_values": make.page(技能等级="高级工")}, None, "待市局核准的照样汇入"),
    ({"page_values": make.page(在职在聘="否")}, "M-forward-errors", "有错误的退回单位"),
    ({"paper_rows": make.papers({"是否提交": "否"})}, "M-forward-errors", "材料不齐的退回单位"),
    ({"page_values": make.page(推荐区县="米东区")}, "R09-1", "别的区（县）的"),
    ({"page_values": make.page(申报年度=2025), "fund_rows": make.funds()}, "F-year-other", "别的年度的"),
]


@pytest.mark.parametrize("changes, code, why", NOT_TAKEN, ids=[case[2] for case in NOT_TAKEN])
def test_what_is_not_taken_in_is_told_and_the_others_go_in(place, changes, code, why):
    (place / "申报" / "甲.xlsm").write_bytes(make.workbook(**changes))
    report = taken(place)
    assert report.outcomes == {"乙.xlsm": "新汇入", "甲.xlsm": "没有汇入" if code else "新汇入"}, why
    assert (code in codes(report)) if code else report.findings


def test_a_table_that_is_full_takes_no_half_of_an_application(place):
    path = place / FILE
    cells = [SetCell(TEAM.name, FIRST_ROW + row, 1, "占位") for row in range(TEAM.rows - 4)]
    path.write_bytes(apply(path.read_bytes(), cells))
    report = taken(place)
    assert report.outcomes == {"乙.xlsm": "新汇入", "甲.xlsm": "没有汇入"}
    hit = next(found for found in report.findings if found.code == "M-forward-full")
    assert "2行（还空着1行）" in hit.message and "插入行" in hit.message
    assert [row["领办人"] for row in rows(place, APPLICATIONS)] == ["王二"]


def test_one_bad_file_stops_no_other(place):
    (place / "申报" / "坏.xlsx").write_bytes(b"PK\x03\x04")
    shutil.copy(place / FILE, place / "申报" / "别的汇总表.xlsm")
    report = taken(place)
    assert report.summary == "新汇入2件" and codes(report) == ["F-unreadable"]
    assert {status.name: status.status for status in report.files} == {"坏.xlsx": "拒收", "乙.xlsm": "已读", "甲.xlsm": "已读", "别的汇总表.xlsm": "忽略"}


@pytest.mark.parametrize("wrong, said", [("gone", "找不到推荐汇总表"), ("other", "不是区县推荐汇总表"), ("nil", "本区县无推荐"), ("nothing", "没有找到申报工作簿"),
                                         ("xls", "不能写入")])
def test_what_stands_in_the_way_is_told_and_nothing_is_written(place, wrong, said):
    path = place / FILE
    if wrong == "gone":
        path.unlink()
    elif wrong == "other":
        path.write_bytes((place / "申报" / "甲.xlsm").read_bytes())
    elif wrong == "nil":
        spot = Filler(path.read_bytes()).spots["fact_none"]
        path.write_bytes(apply(path.read_bytes(), [SetCell(*spot, "是")]))
    elif wrong == "nothing":
        shutil.rmtree(place / "申报")
        (place / "申报").mkdir()
    else:
        path.write_text("<html></html>")
    before = path.read_bytes() if path.exists() else b""
    with pytest.raises(UserError, match=said) as caught:
        taken(place)
    assert "请" in str(caught.value) and (path.read_bytes() if path.exists() else b"") == before


def test_it_is_copied_first_and_keeps_its_buttons_formulas_and_protection(place, empty):
    taken(place)
    assert [path.read_bytes() for path in (place / "备份").glob("*.xlsm")] == [empty]
    book = openpyxl.load_workbook(place / FILE, keep_vba=True)
    assert book.vba_archive and all(book[sheet.name].protection.sheet for sheet in SHEETS)
    assert str(book["推荐汇总"].cell(FIRST_ROW + 1, APPLICATIONS.headers.index("工作室名称") + 1).value).startswith("=")
    assert book["推荐汇总"].cell(FIRST_ROW + 1, APPLICATIONS.headers.index("身份证号") + 1).number_format == "@"


def test_the_command(place):
    done = run("gather", place / "申报", "--into", place / FILE, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0 and told["plan"]["added"] == 2 and told["outputs"] == [str(place / FILE)]
    shown = run("gather", place / "申报" / "甲.xlsm", "--into", place / FILE)
    assert "没有变化1件" in shown.stdout
    assert run("gather", place / "申报", "--into", place / "没有.xlsx").returncode == 2
