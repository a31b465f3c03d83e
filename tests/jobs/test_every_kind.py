"""Every kind of document that is offered, made from the ledger of the demonstration: written, registered, previewed, undone."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document

from tests.conftest import NOW
from tests.pages.evidence_sets import trainee
from toolkit.documents.lint import lint
from toolkit.errors import UserError
from toolkit.forms.papers import OFFERED, PAPERS, paper
from toolkit.jobs.check import check
from toolkit.jobs.documents import documents
from toolkit.jobs.merge import undo
from toolkit.pages import register
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import in_force
from toolkit.sheets import edit

LATER = NOW + timedelta(hours=1)
DAY = date(2026, 12, 15)
LAW = in_force(DAY)
NAMED = date(2026, 11, 28)
DAYS = {"公示": date(2026, 11, 20), "命名授牌通知": NAMED, "年度评估通报": date(2028, 1, 20), "催报函": date(2028, 1, 20),
        "考核评估标准": date(2028, 10, 20), "培训补贴名单": date(2027, 12, 20), "考核结果通报": date(2028, 12, 20)}
"""The day each kind is made on, where it is not the day of the others."""
YEARS = {"年度评估通报": 2027, "培训补贴名单": 2027}


def rows(path, sheet):
    return register.load(path, LAW).standing.records(sheet)


def add(path, sheet, *given):
    """Rows that people typed behind what stands there."""
    opened = register.load(path, LAW)
    layout = opened.standing.tables[sheet].layout
    start = max((record.row for record in opened.standing.records(sheet)), default=FIRST_ROW - 1) + 1
    path.write_bytes(edit.apply(opened.data, [edit.AppendRows(sheet, start, [
        {layout.columns[header]: value for header, value in row.items()} for row in given])]))


@pytest.fixture
def ledger(copy):
    """The demonstration's ledger, with a cancellation, a revocation, a change, an evaluation and a result typed in."""
    first, second, third = ({"工作室编号": row["工作室编号"], "工作室名称": row["工作室名称"]} for row in rows(copy.ledger, "工作室")[:3])
    add(copy.ledger, "撤销追缴禁申",
        first | {"依据条款": "第二十条（一）", "认定日": DAY, "应追回额(元)": 100000, "查明的事实": "经查，该工作室自命名后一直没有开展工作"},
        second | {"依据条款": "第十八条（一）", "认定日": DAY, "查明的事实": "申办单位没有书面申请，擅自变更领办人"})
    add(copy.ledger, "变更与重大事项", third | {
        "事项": "变更地址", "发生日": DAY, "申请日": DAY, "原值": "虚构路1号", "新值": "虚构路2号", "核实意见": "属实，同意"})
    add(copy.ledger, "年度评估", third | {"年度": 2027, "评语": "制度健全，按计划开展带徒", "报市日期": date(2027, 12, 25)})
    add(copy.ledger, "期满考核", {"工作室名称": third["工作室名称"], "年度": 2028, "区县": "天山区", "领办人": "周虚构", "申办单位": "某公司",
                              "考核日期": date(2028, 10, 20), "总分": 88, "等次": "合格"})
    add(copy.ledger, "学员", third | trainee(协议日期=date(2026, 12, 20), 发证日期=date(2027, 6, 1)))
    return copy.ledger


def make(kind, ledger, out, **more):
    """One kind; the money is asked back after the decision."""
    if kind == "追回资金通知书" and not any(row["文号"] for row in rows(ledger, "撤销追缴禁申")):
        documents("取消称号决定", ledger, out, DAY, LATER, number=f"乌人社发〔{DAY.year}〕41号")
    on, series = DAYS.get(kind, DAY), paper(kind).series
    number = f"{LAW[series]}〔{on.year}〕131号" if series and kind != "命名授牌通知" else ""
    return documents(kind, ledger, out, on, LATER, more.pop("year", YEARS.get(kind)), number=number, **more)


@pytest.mark.parametrize("kind", OFFERED)
def test_a_preview_tells_what_is_written_and_registered(ledger, tmp_path, kind):
    before = make(kind, ledger, tmp_path / "先", dry_run=True)
    assert before.planned and not (tmp_path / "先" / before.planned[0]).exists()
    done = make(kind, ledger, tmp_path / "公文")
    made = [path for path in done.outputs if path.suffix == ".docx"]
    assert sorted(before.planned) == sorted(path.name for path in made) and all(path.is_file() for path in made)
    planned, carried = before.plan, done.plan
    assert ([row.values for row in planned.added], len(planned.changed)) == ([row.values for row in carried.added], len(carried.changed))
    for path in made:
        assert [found.message for found in lint(path.read_bytes(), path.name) if found.strength == "规定"] == []


@pytest.mark.parametrize("kind, sheet, column", [
    ("备案报告", "公示命名", "备案文号"), ("经费拨付通知", "经费", "日期"), ("撤销称号决定", "撤销追缴禁申", "文件印发日"),
    ("取消称号决定", "撤销追缴禁申", "文号"), ("追回资金通知书", "撤销追缴禁申", "追回通知文号"),
    ("变更复函", "变更与重大事项", "批复日"), ("变更复函", "变更与重大事项", "备案/批复文号"), ("催报函", "发文登记", "文号"), ("年度评估通报", "发文登记", "文号")])
def test_what_a_document_decides_stands_in_the_ledger(ledger, tmp_path, kind, sheet, column):
    def known():
        return sum(row[column] is not None for row in rows(ledger, sheet))

    if kind == "追回资金通知书":
        make("取消称号决定", ledger, tmp_path)
    before = known()
    make(kind, ledger, tmp_path)
    assert known() > before, "登记了"
    after = known()
    again = make(kind, ledger, tmp_path)
    assert known() == after and again.plan.empty, "同一天再出一份，不重复登记"


def test_a_number_is_given_once(ledger, tmp_path):
    make("备案报告", ledger, tmp_path)
    with pytest.raises(UserError, match="已于2026-12-15报备案"):
        documents("备案报告", ledger, tmp_path, date(2026, 12, 16), LATER, number="乌人社报〔2026〕131号")
    with pytest.raises(UserError, match="131号"):
        documents("撤销称号决定", ledger, tmp_path, DAY, LATER, number="乌人社报〔2026〕131号")
    with pytest.raises(UserError, match=r"下一个是“乌人社发〔2026〕1000号”"):
        documents("撤销称号决定", ledger, tmp_path, DAY, LATER)


@pytest.mark.rule("R18-0", "R18-2")
def test_an_answered_change_takes_effect_where_the_studio_stands(ledger, tmp_path):
    make("变更复函", ledger, tmp_path)
    assert rows(ledger, "工作室")[2]["工作室地点"] == "虚构路2号"


@pytest.mark.rule("A1-3", "A1-4")
@pytest.mark.parametrize("sheet, count, most", [("人员", 6, 6), ("人员", 7, 6), ("获奖", 7, 7), ("获奖", 8, 7)])
def test_what_the_form_has_no_room_for_follows_in_an_annex(ledger, tmp_path, sheet, count, most):
    year, district, studio = next((row["年度"], row["区县"], row["工作室名称"]) for row in rows(ledger, sheet))
    key, own = ("姓名", {"等级或职称": "高级工", "人员类别": "成员"}) if sheet == "人员" else ("获奖项目", {"奖励名称": "技术能手", "获奖年度": 2020})
    have = sum(row["工作室名称"] == studio and row["区县"] == district for row in rows(ledger, sheet))
    add(ledger, sheet, *({"年度": year, "区县": district, "工作室名称": studio, key: f"虚构{number}"} | own for number in range(have, count)))
    made = next(path for path in make("申报表", ledger, tmp_path, year=year, studio=studio).outputs if path.suffix == ".docx")
    printed = "".join(paragraph.text for paragraph in Document(made).paragraphs)
    cells = [cell.text for each in Document(made).tables for row in each.rows for cell in row.cells]
    assert all(any(f"虚构{number}" in cell for cell in cells) for number in range(have, count)), "一个不少"
    assert (f"附表　{'技能大师工作室其他人员' if sheet == '人员' else '领办人主要获奖情况'}（续）" in printed) is (count > most)


def test_only_the_studio_that_was_asked_for(ledger, tmp_path):
    name = rows(ledger, "工作室")[2]["工作室编号"]
    assert len(make("师带徒协议", ledger, tmp_path, studio=name).outputs) == 1
    with pytest.raises(UserError, match="没有"):
        make("师带徒协议", ledger, tmp_path, studio="没有这一个")


def test_the_manual_lists_every_kind():
    manual = (Path(__file__).parents[2] / "docs" / "手册.md").read_text("utf-8")
    for each in PAPERS:
        assert f"| {each.name} | {each.subject} | {each.about} | {each.register or ('发文登记' if each.series else '不登记')} |" in manual


@pytest.mark.rule("R12-2", "R13-1", "R18-0", "R19-1", "R19-4", "R20-1a")
@pytest.mark.parametrize("kind", [each.name for each in PAPERS if each.offered and each.series and each.name != "命名授牌通知"])
def test_papers_and_registers_are_held_against_each_other(ledger, tmp_path, kind):
    """没有登记的公文、没有公文的登记，哪一种文书都看得出。"""
    folder = ledger.parent / "公文"

    def told():
        return sorted(found.code for found in check([ledger], DAYS.get(kind, DAY)).findings if found.code.startswith("P-"))

    if kind == "追回资金通知书":
        make("取消称号决定", ledger, folder)
    usual = told()
    made = [path for path in make(kind, ledger, folder).outputs if path.suffix == ".docx"]
    assert made and told() == usual
    kept = ledger.read_bytes()
    undo(ledger, LATER + timedelta(hours=1))
    assert told() == sorted([*usual, *["P-unregistered"] * len(made)])
    ledger.write_bytes(kept)
    shutil.rmtree(folder)
    assert "P-unwritten" in told(), "公文和索引都没有了"
