"""How often a button asks Excel, counted as COM would count: by sheets and findings, never by rows."""

import shutil
from datetime import date

from benchmarks import corpus
from tests.jobs import assessments
from tests.ledger import moving
from tests.lo_engine.answers import Answers
from tests.lo_engine.objects import calls
from tests.test_case_buttons import CaseDesk, ledger_file
from toolkit import buttons
from toolkit.forms.ledger import LEDGER
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import in_force
from toolkit.resources import workbook_template
from toolkit.sheets.edit import AppendRows, apply
from toolkit.sheets.recalculate import refresh


def pressed(app, path, button, folders=(), times=1):
    """How many calls each of so many presses of the button took."""
    book = app.books.open(str(path))
    book.set_mock_caller()
    app.impl.answers = Answers(folders=tuple(map(str, folders)))
    counts = []
    for _ in range(times):
        calls.clear()
        getattr(buttons, button)()
        counts.append(calls.total())
    book.close()
    return counts


def clean_return(path, applications):
    """A return without problems: an application, three members, a list of papers each."""
    law = in_force(corpus.FILLED)
    people = corpus.people(law, "天山区", 0, applications)
    path.write_bytes(corpus.demo_returns.filled_in(law, "天山区", corpus.FILLED.year, corpus.FILLED, people))
    return path


def test_checking_asks_little_and_no_more_for_ten_times_the_rows(excel, tmp_path):
    few = pressed(excel, clean_return(tmp_path / "30行.xlsx", corpus.SMALL), "check", times=2)
    assert few[0] <= 120 and few[1] <= 120, few
    many = pressed(excel, clean_return(tmp_path / "300行.xlsx", 10 * corpus.SMALL), "check", times=2)
    assert many == few


def fresh_ledger(path, studios):
    """A ledger of so many studios that owe everything."""
    rows = [{0: f"2024-{number:02d}", 1: f"赵{number}焊工技能大师工作室", 2: "天山区", 9: "有效", 11: date(2024, 12, 1), 12: date(2024, 12, 1),
             13: date(2026, 12, 1)} for number in range(studios)]
    path.write_bytes(apply(workbook_template(LEDGER.name).read_bytes(), [AppendRows("工作室", FIRST_ROW, rows)] if rows else []))
    return path


def test_rescoring_asks_little(excel, tmp_path):
    path = tmp_path / "评分表.xlsx"
    path.write_bytes(refresh(assessments.changed(assessments.finished(), score_4_1=5)).data)
    assert max(counted := pressed(excel, path, "rescore", times=2)) <= 250, counted


def test_a_preview_asks_little(excel, copy):
    assert max(counted := pressed(excel, copy.ledger, "merge", folders=[copy.returns], times=2)) <= 150, counted


def test_what_is_due_asks_little_and_no_more_for_many(excel, copy, tmp_path):
    """The list and 看板, on a ledger with nothing due and on one with hundreds."""
    few = pressed(excel, fresh_ledger(tmp_path / "空.xlsm", 0), "due", times=2)
    many = pressed(excel, fresh_ledger(tmp_path / "多.xlsm", 100), "due", times=2)
    assert max(few + many) <= 200, (few, many)


def test_without_a_copy_excel_is_asked_and_the_findings_are_the_same(excel, copy, tmp_path, monkeypatch):
    from toolkit.sheets.excel import snapshot

    dirty = copy.returns / "新市区（高新区）报送.xlsx"
    listed = []
    for name in ("有副本.xlsx", "没有副本.xlsx"):
        book = excel.books.open(str(shutil.copy(dirty, tmp_path / name)))
        book.set_mock_caller()
        excel.impl.answers = Answers()
        buttons.check()
        listed.append([row[1:] for row in book.sheets["问题清单"].used_range.value[3:]])
        monkeypatch.setattr(snapshot, "taken", lambda *_: None)
    assert listed[0] == listed[1] and len(listed[0]) > 10


def test_a_case_asks_little_and_no_more_for_many_studios(excel, tmp_path):
    counted = []
    for folder, others in (("一", 0), ("多", 60)):
        path = ledger_file(tmp_path / folder, moving.of_studio(工作室=[moving.studio(), *(
            moving.studio(工作室编号=f"2024-{number:02}", 工作室名称=f"第{number}技能大师工作室") for number in range(others))]))
        desk = CaseDesk(excel).open(path).choose(moving.NUMBER, "报命名备案")
        took = []
        for button in ("case_options", "case_preview", "case_act"):
            calls.clear()
            said = desk.press(button)
            took.append(calls.total())
            desk.fill(备案日期="2026-11-24")
        assert said.startswith("已办"), said
        counted.append(took)
        desk.book.close()
    options, preview, registered = counted[0]
    assert options <= 80 and preview <= 70 and registered <= 130 and counted[1] == counted[0], counted
