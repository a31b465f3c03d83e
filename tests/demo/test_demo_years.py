"""演示的以后三年：每一种公文、工作室的每一种状态都走到；没有走不通的地方；账对得上。"""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from tests.recalculated import differences
from toolkit.demo.demo_years import FOLDER, years
from toolkit.documents.lint import lint
from toolkit.forms.papers import OFFERED
from toolkit.forms.register_rows import StudioRow
from toolkit.jobs.check import check
from toolkit.jobs.document_index import read_index
from toolkit.ledger import money, subjects
from toolkit.ledger.books import Books
from toolkit.ledger.dues.watch import Watch
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.regulation.calendar import add_years, holidays
from toolkit.sheets import read

ENDED = date(2029, 3, 10)
LAW = in_force(date(2026, 11, 20))
UNREACHED = {"周期未登记"}  # 登记不全的台账才有


@pytest.fixture(scope="module")
def place(finished_demo):
    folder = finished_demo.folder / FOLDER
    lines = finished_demo.lines[next(number for number, line in enumerate(finished_demo.lines) if line.startswith("八、")):]
    return SimpleNamespace(folder=folder, ledger=folder / "工作室管理台账.xlsm", papers=folder / "公文", lines=lines)


def watch(place, on=ENDED):
    return Watch(Books(register.load(place.ledger, LAW).standing), LAW, on, holidays())


def numbered(place, on):
    return {subject.number: subject for subject in subjects.everything(watch(place, on)) if subject.number}


def test_every_kind_of_document_is_made(place):
    assert {row["文书"] for row in read_index(place.papers).documents} == set(OFFERED)


def test_every_document_is_clean_by_the_standard(place):
    for path in sorted(place.papers.glob("*.docx")):
        assert [found.message for found in lint(path.read_bytes(), path.name) if found.strength == "规定"] == [], path.name


def test_a_studio_comes_through_every_state(place):
    told = {stage for line in place.lines for stage in re.findall("现在是“([^”]+)”", line)}
    days = (date(2028, 11, 10), date(2028, 12, 10), ENDED, date(2031, 1, 1))
    seen = told | {subject.stage for on in days for subject in numbered(place, on).values()}
    assert seen >= {stage.name for stage in LAW.procedure.stages.values() if stage.of == "工作室"} - UNREACHED


@pytest.mark.rule("R19-4", "R20-1a", "R18-1", "R18-3")
def test_how_it_ended(place):
    found = numbered(place, ENDED)
    assert [found[f"2026-{number:02d}"].stage for number in range(1, 6)] == ["期满考核", "退休保牌", "已取消", "已届满", "已撤销"]
    changed, _, cancelled, _, revoked = (found[f"2026-{number:02d}"].studio for number in range(1, 6))
    assert changed.leader == "接任虚构" and changed.name.startswith("接任虚构") and len(changed.names) == 2
    assert money.outstanding(revoked, LAW) == 0 and money.outstanding(cancelled, LAW) == LAW["subsidy_yuan"]
    assert revoked.row.record.values[StudioRow.barred_until.header] == add_years(revoked.withdrawal.decided_on, LAW["bar_years"])


def test_what_is_refused_is_said_with_its_clause(place):
    refused = [line for line in place.lines if "办不了" in line]
    assert len(refused) == 2 and all("第" in line and "条" in line for line in refused)


def test_ledger_and_papers_agree(place):
    assert [(found.code, str(found.place)) for found in check([place.ledger], ENDED).findings] == []


def test_no_cell_is_an_error_and_the_office_computes_the_same(place, tmp_path):
    data = place.ledger.read_bytes()
    assert set(differences(data, tmp_path)) <= {("看板", "B3")}, "看板只有“几天以前的数”随当天变"
    for grid in read.workbook(place.ledger).grids:
        assert not [value for row in grid.rows for value in row if isinstance(value, str) and re.fullmatch(r"#[A-Z].*[!?A]", value)], grid.name


def test_a_second_time_it_stays_as_it_is(place, finished_demo):
    before = place.ledger.read_bytes()
    lines = list(years(place.folder, finished_demo.ledger, None))
    assert "已经走过" in lines[-1] and place.ledger.read_bytes() == before
