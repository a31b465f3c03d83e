"""The demonstration up to the naming: one district gathers its units' applications, two are reminded, two objections are decided on."""

from datetime import date, datetime

import pytest

from tests.conftest import NOW
from toolkit.demo.demo_returns import GATHERED, LATE, some
from toolkit.demo.demo_review import YearArranged, arrange
from toolkit.forms.register_rows import ArrangementRow, PublicityRow
from toolkit.jobs.check import check
from toolkit.jobs.new import new
from toolkit.ledger.books import Books
from toolkit.pages import register
from toolkit.regulation import in_force

LAW = in_force(NOW.date())


def rows(ledger, sheet):
    return register.load(ledger, LAW).standing.records(sheet)


def test_a_district_gathers_what_its_units_sent_and_types_nothing_again(finished_demo):
    place = finished_demo.folder / f"{GATHERED}申报_2026"
    sent = sorted((place / "申报工作簿").iterdir())
    people = some(LAW, GATHERED, NOW.date())
    assert len(sent) == len(people) and check(sent, NOW.date()).findings == []
    filed = {row["领办人"]: row for row in rows(finished_demo.ledger, "申报批次") if row["推荐区县"] == GATHERED}
    for each in people:
        wanted = {header: value for header, value in each.application.items() if header not in ("序号", "初审日期", "推荐区县")}
        assert {header: filed[wanted["领办人"]][header] for header in wanted} == wanted
    assert {row["来源文件"] for row in filed.values()} == {f"{GATHERED}_区县推荐汇总表_2026.xlsx"}


@pytest.mark.rule("R10")
def test_two_districts_are_late_and_one_of_them_reports_then(finished_demo):
    letters = {path.name for path in (finished_demo.folder / "催报").glob("*.docx")}
    assert letters == {f"{name}人力资源和社会保障局_催报区县推荐汇总表.docx" for name in ("头屯河区", LATE)}
    came = {row["区县"] for row in rows(finished_demo.ledger, "报表登记") if row["报表"] == "区县推荐汇总表"}
    assert LATE in came and "头屯河区" not in came


@pytest.mark.rule("R12-2")
def test_one_objection_is_upheld_and_one_is_not(finished_demo):
    standing = register.load(finished_demo.ledger, LAW).standing
    objected = {row.objection_result: row for row in Books(standing).of(PublicityRow) if row.objection}
    assert objected["成立"].named_on is None and objected["不成立"].named_on and all(row.objection_reason for row in objected.values())
    lines = "\n".join(finished_demo.lines)
    assert "它是“不予命名”" in lines and "它是“公示期满”" in lines


def test_what_to_open_next_is_there(finished_demo):
    named = [line.partition("：")[2] for line in finished_demo.lines[finished_demo.lines.index("接下来可以打开：") + 1:-1]]
    assert len(named) == 4 and all((finished_demo.folder / path).is_file() for path in named)


@pytest.mark.parametrize("published, confirmed, number", [
    (date(2026, 11, 20), {2026: None}, "乌人社发〔2026〕999号"), (date(2026, 12, 28), {2026: None, 2027: "是"}, "乌人社发〔2027〕999号")])
def test_a_notice_over_the_new_year_has_its_days_off_confirmed(tmp_path, published, confirmed, number):
    ledger, = new("工作室管理台账", out=tmp_path)
    settings = {"naming_document_number": "乌人社发〔{year}〕999号"}
    assert arrange(ledger, LAW, YearArranged(2026, settings, published=published), datetime.combine(published, NOW.time()))
    books = Books(register.load(ledger, LAW).standing)
    assert {row.year: row.holidays_complete for row in books.of(ArrangementRow)} == confirmed
    assert next(row["取值"] for row in rows(ledger, "参数") if row["参数"] == "naming_document_number") == number
