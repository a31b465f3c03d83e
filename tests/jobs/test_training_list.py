"""培训补贴名单（R14）：当年取得高级工以上证书的徒弟；标准是参数，没有填就空着；没有列入的说明原因。"""

from datetime import date, datetime

import docx
import openpyxl
import pytest

from tests.jobs import assessments
from tests.jobs.evidence_desk import Desk
from tests.pages import evidence_sets as made
from tests.returns.make import LAW
from toolkit.errors import UserError
from toolkit.jobs.documents import documents
from toolkit.regulation.training_standards import standards

pytestmark = pytest.mark.rule("R14")
ON = date(2026, 8, 10)
LIST = "培训补贴名单"


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def issue(desk, year=2025, **given):
    return documents(LIST, desk.ledger, desk.place / "公文", ON, datetime(2026, 8, 10), year, **given)


def listed(desk):
    """The rows of the workbook, without what stands above and the headers."""
    path, = (desk.place / "公文").glob("*培训补贴名单.xlsx")
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    return [row for row in rows if isinstance(row[0], int)]


def enter(desk, *trainees):
    desk.enter(assessments.finished({"带徒花名册": list(trainees)}))


def set_standard(desk, text):
    opened = [number for number, (name,) in enumerate(desk.rows("参数", "参数")) if name == "training_standards"]
    desk.type("参数", opened[0], "取值", text)


def test_those_who_were_certified_in_the_year_are_listed_with_their_certificates(desk):
    enter(desk, made.trainee(1), made.trainee(2, 取得等级="技师", 发证日期=date(2026, 2, 1)), made.trainee(3))
    report = issue(desk)
    assert [(row[1], row[4], row[5], row[-1]) for row in listed(desk)] == [("徒弟1", "高级工", "S000001", None), ("徒弟3", "高级工", "S000003", None)]
    assert [found.code for found in report.findings if found.code.startswith("R14")] == ["R14.standard"]


def test_a_person_who_rose_twice_stands_in_both_years(desk):
    enter(desk, made.trainee(1), made.trainee(1, 取得等级="技师", 证书编号="S9", 发证日期=date(2026, 2, 1)))
    issue(desk)
    assert [row[4] for row in listed(desk)] == ["高级工"]
    for path in (desk.place / "公文").iterdir():
        path.unlink()
    issue(desk, 2026)
    assert [row[4] for row in listed(desk)] == ["技师"]


def test_with_a_standard_there_are_amounts_and_a_total_and_the_paper_says_the_same(desk):
    enter(desk, made.trainee(1), made.trainee(2, 取得等级="技师", 入门时等级="高级工"))
    set_standard(desk, "高级工1500元、技师2,500元")
    report = issue(desk)
    assert [row[-1] for row in listed(desk)] == [1500, 2500] and not [found for found in report.findings if found.code == "R14.standard"]
    path, = (desk.place / "公文").glob("*.docx")
    said = "".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "高级工1,500元、技师2,500元" in said and "合计4,000元" in said


@pytest.mark.parametrize("changes, why", [
    ({"取得等级": "中级工", "入门时等级": "初级工"}, "不到高级工"), ({"入门时等级": "高级工"}, "入门时已持有"), ({"协议编号": None}, "没有协议编号"),
    ({"协议日期": date(2025, 6, 1)}, "不晚于协议日期")])
def test_who_is_not_listed_is_told_with_the_reason(desk, changes, why):
    enter(desk, made.trainee(1), made.trainee(2, **changes))
    out, = (found for found in issue(desk).findings if found.code == "R14.out")
    assert why in out.message and out.value == "徒弟2" and out.place.sheet == "学员"
    assert [row[1] for row in listed(desk)] == ["徒弟1"]


def test_a_certificate_that_stands_twice_is_no_ones(desk):
    enter(desk, made.trainee(1), made.trainee(2, 证书编号="s000001"), made.trainee(3))
    report = issue(desk)
    assert [row[1] for row in listed(desk)] == ["徒弟3"]
    assert [found.code for found in report.findings].count("R14.twice") == 2


def test_a_withdrawn_trainee_is_not_listed(desk):
    enter(desk, made.trainee(1), made.trainee(2))
    desk.type("学员", 0, "在册情况", "已撤回")
    issue(desk)
    assert [row[1] for row in listed(desk)] == ["徒弟2"]


def test_without_anyone_it_says_what_to_do(desk):
    with pytest.raises(UserError, match="先把期满考核评分表入账"):
        issue(desk)


@pytest.mark.parametrize("text, found", [
    ("", {}), ("高级工1500元、技师2500元", {"高级工": 1500, "技师": 2500}), ("高级工：1500；技师：2500.50", {"高级工": 1500, "技师": 2500.5}),
    ("三级1500元", {"高级工": 1500})])
def test_the_standard_is_read_by_level(text, found):
    assert standards(LAW.overridden({"training_standards": text})) == found


@pytest.mark.parametrize("text", ["1500元", "高级工", "高级工约1500元", "大工1500元", "高级工1500元、高级工2000元", "高级工-1500元"])
def test_a_standard_that_cannot_be_read_stops(text):
    with pytest.raises(UserError, match="职业技能培训补贴标准"):
        standards(LAW.overridden({"training_standards": text}))


def test_a_level_without_a_standard_stops(desk):
    enter(desk, made.trainee(1), made.trainee(2, 取得等级="技师"))
    set_standard(desk, "高级工1500元")
    with pytest.raises(UserError, match="没有写技师的标准"):
        issue(desk)
