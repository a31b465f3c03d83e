"""One file that breaks hurts nobody else: the others are read, marked, merged, and answered; the truth is told."""

import os
import shutil
from datetime import timedelta

import openpyxl
import pytest

from tests.conftest import NOW
from tests.jobs import assessments
from toolkit.errors import UserError
from toolkit.jobs import check as checking
from toolkit.jobs import crash_log, outcome, workers
from toolkit.jobs import merge as merging
from toolkit.jobs.check import check
from toolkit.jobs.documents import documents
from toolkit.jobs.score import score
from toolkit.pages import marks, register
from toolkit.regulation import in_force
from toolkit.returns import checks
from toolkit.sheets import edit

LATER = NOW + timedelta(hours=1)
LAW = in_force(NOW.date())
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def log(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "日志"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "日志"))
    return lambda: (crash_log.log_folder() / "toolkit.log").read_text("utf-8")


def merge(place, **given):
    return merging.merge(merging.order_for(place.returns, 2026, ledger=place.ledger, out=place.out, **given), LATER)


def breaking(function, file, fault=ZeroDivisionError):
    """The function, which breaks where it meets the return `file`."""
    def wrapped(source, law):
        if file in source.file:
            raise fault("unforeseen")
        return function(source, law)
    return wrapped


def statuses(report):
    return {line.name[:3]: line.status for line in report.files}


@pytest.mark.parametrize("fault", [ZeroDivisionError, RecursionError, MemoryError, KeyError, UnicodeDecodeError])
def test_a_fault_in_reading_or_checking_one_return_refuses_that_one(copy, monkeypatch, log, fault):
    made = (lambda text: UnicodeDecodeError("gbk", b"\xff", 0, 1, text)) if fault is UnicodeDecodeError else fault
    monkeypatch.setattr(workers.checks, "alone", breaking(checks.alone, "天山区", made))
    report = merge(copy)
    refused, = [found for found in report.findings if found.code == "F-unreadable"]
    assert statuses(report)["天山区"] == "拒收" and statuses(report)["米东区"] == "已读" and report.districts["天山区"] == "未报"
    assert "没有处理完" in refused.message and "toolkit.log" in refused.message and fault.__name__ in log()
    assert len(list((copy.out / "标记副本").glob("*_校验*.xlsx"))) >= 7


def test_a_single_return_that_breaks_is_one_sentence(copy, monkeypatch):
    monkeypatch.setattr(workers.checks, "alone", breaking(checks.alone, "天山区"))
    with pytest.raises(UserError, match=r"天山区.*没有处理完.*请"):
        check([next(copy.returns.glob("天山区*"))], TODAY)


@pytest.mark.parametrize("alone", [True, False], ids=["单独也出错", "与别的在一起才出错"])
def test_a_fault_in_comparing_returns_refuses_the_one_that_brings_it_about(copy, monkeypatch, log, alone):
    run = checks.run

    def broken(returns, *rest, **given):
        if any("天山区" in each.file for each in returns) and (alone or len(returns) > 1):
            raise ZeroDivisionError("unforeseen")
        return run(returns, *rest, **given)

    monkeypatch.setattr(checks, "run", broken)
    report = merge(copy)
    assert statuses(report)["天山区"] == "拒收" and statuses(report)["新市区"] == "已读" and "ZeroDivisionError" in log()
    assert statuses(check([copy.returns], TODAY))["天山区"] == "拒收"


def test_a_fault_of_no_single_return_stays_a_fault(copy, monkeypatch):
    monkeypatch.setattr(checks, "run", lambda *_, **__: 1 / 0)
    before = copy.ledger.read_bytes()
    with pytest.raises(ZeroDivisionError):
        merge(copy)
    assert copy.ledger.read_bytes() == before


@pytest.mark.parametrize("fault", [UserError("“天山区.xlsx”的样式部件坏了。"), ZeroDivisionError("unforeseen")], ids=["说得清", "说不清"])
def test_a_return_that_cannot_be_marked_is_a_line_and_the_rest_goes_out(copy, monkeypatch, fault):
    for old in (copy.out / "标记副本").iterdir():
        old.unlink()

    def broken(*_):
        raise fault

    monkeypatch.setattr(marks, "write_marked", one_of(marks.write_marked, "天山区", broken))
    report = merge(copy)
    found, = [each for each in report.findings if each.code == "M-marked"]
    assert "天山区" in found.place.file and "请" in found.message and report.districts["天山区"] == "已报"
    marked = {path.name[:3] for path in (copy.out / "标记副本").iterdir()}
    assert "天山区" not in marked and {"米东区", "新市区"} <= marked
    newest = max((copy.out).glob("合并结果_*.xlsx"), key=lambda path: path.stat().st_mtime_ns)
    listed = [row[8] for row in openpyxl.load_workbook(newest)["问题清单"].iter_rows(values_only=True) if len(row) > 8]
    assert "M-marked" in listed
    assert [each.code for each in check([copy.returns], TODAY, copy.folder / "副本").findings if each.code == "M-marked"] == ["M-marked"]


def one_of(function, file, other):
    return lambda source, *rest: (other if file in source.name else function)(source, *rest)


def test_a_receipt_that_cannot_be_made_is_a_line(copy, monkeypatch):
    whole = outcome._receipt
    monkeypatch.setattr(outcome, "_receipt", lambda done, report, name, *rest: 1 / 0 if name == "天山区" else whole(done, report, name, *rest))
    report = merge(copy)
    assert [each.value for each in report.findings if each.code == "M-receipt"] == ["天山区"]
    assert any("米东区" in path.name for path in report.outputs)


def test_one_assessment_that_breaks_is_refused_and_the_others_are_scored(tmp_path, monkeypatch, log):
    data = assessments.finished()
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    from toolkit.jobs import assessment_file

    monkeypatch.setattr(assessment_file, "load", one_of(assessment_file.load, "甲", lambda *_: 1 / 0))
    report = score([tmp_path], TODAY, tmp_path / "出")
    assert statuses(report) == {"甲.x": "拒收", "乙.x": "已读", "出": "忽略"} and len(report.scores) == 1 and "ZeroDivisionError" in log()
    assert [path.name for path in (tmp_path / "出" / "标记副本").iterdir()] == ["乙_校验.xlsx"]


def test_an_earlier_summary_that_cannot_be_read_is_kept_beside_the_new_one(tmp_path):
    (tmp_path / "甲.xlsx").write_bytes(assessments.finished())
    first = score([tmp_path / "甲.xlsx"], TODAY, tmp_path / "出")
    summary = next(path for path in first.outputs if "汇总表" in path.name)
    summary.write_bytes(b"spoilt")
    again = score([tmp_path / "甲.xlsx"], TODAY, tmp_path / "出")
    assert "M-summary-earlier" in [found.code for found in again.findings]
    assert summary.read_bytes() == b"spoilt" and summary.with_stem(f"{summary.stem}(2)") in again.outputs


# ---- 名字 ----

def test_files_of_one_name_get_a_marked_copy_each(copy, tmp_path):
    xls, xlsx = next(copy.returns.glob("沙依巴克区*.xls")), next(copy.returns.glob("米东区*.xlsx"))
    for folder, source, name in (("甲", xls, "报表.xls"), ("甲", xlsx, "报表.xlsx"), ("乙", xlsx, "报表.xlsx"), ("乙/甲", xlsx, "报表.xlsx")):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tmp_path / folder / name)
    report = check([tmp_path / "甲", tmp_path / "乙", tmp_path / "乙" / "甲"], TODAY, tmp_path / "出")
    assert len({path.name for path in report.outputs}) == 4 == len(list((tmp_path / "出").iterdir()))
    assert len({line.path for line in report.files if line.status == "已读"}) == 4


def test_assessments_of_one_name_get_a_marked_copy_each(tmp_path):
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "评分表.xlsx").write_bytes(assessments.finished())
    report = score([tmp_path / "甲", tmp_path / "乙"], TODAY, tmp_path / "出")
    assert len(list((tmp_path / "出" / "标记副本").iterdir())) == 2 and "S-twice" in [found.code for found in report.findings]


@pytest.mark.parametrize("name", [f"{'长' * 80}.xlsx", "报表:甲?*.xlsx", "a" * 240 + ".xlsx"], ids=["长", "保留字符", "两百多个字母"])
def test_odd_names_of_returns_get_names_every_system_takes(copy, tmp_path, name):
    shutil.copy(next(copy.returns.glob("米东区*")), tmp_path / name)
    path, = check([tmp_path / name], TODAY, tmp_path / "出").outputs
    assert path.is_file() and path.name.endswith("_校验.xlsx") and not set(path.name) & set('\\/:*?"<>|')


# ---- 入账之后 ----

def test_what_fails_after_the_ledger_is_written_says_so_and_how_to_get_it(copy, monkeypatch):
    shutil.rmtree(copy.out)
    next(copy.returns.glob("天山区*")).write_bytes(next(copy.returns.glob("天山区*")).read_bytes())
    change(copy.ledger)
    replace = os.replace

    def full(source, target):
        if str(target).startswith(str(copy.out)) and "回执" in str(target):
            raise OSError(28, "full")
        replace(source, target)

    before = copy.ledger.read_bytes()
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UserError, match=r"^已入账（.*再运行一次不会重复入账。但是没有写出“天山区"):
        merge(copy)
    assert copy.ledger.read_bytes() != before
    monkeypatch.setattr(os, "replace", replace)
    again = merge(copy)
    assert again.plan.empty and len(list((copy.out / "回执").iterdir())) == 7


def change(ledger):
    """Something for the next merge to write: a team member's row is emptied of its key."""
    opened = register.load(ledger, LAW)
    record, columns = opened.standing.records("人员")[0], opened.standing.tables["人员"].layout.columns
    ledger.write_bytes(edit.apply(opened.data, [edit.SetCell("人员", record.row, columns[header], None) for header in ("身份证号", "姓名")]))


@pytest.mark.parametrize("hinder", [lambda out: out.write_bytes(b""), lambda out: None], ids=["是文件", "读不了"])
def test_a_folder_for_results_that_cannot_be_is_told_before_the_ledger_is_written(copy, monkeypatch, hinder):
    out = copy.folder / "结果"
    hinder(out)
    if not out.exists():
        out = copy.folder / "报送说明.txt" / "里面"
        out.parent.write_bytes(b"")
    change(copy.ledger)
    before = copy.ledger.read_bytes()
    monkeypatch.setattr(merging, "prepared", lambda *_: pytest.fail("the paths come first"))
    with pytest.raises(UserError, match="是一个文件"):
        merging.merge(merging.order_for(copy.returns, 2026, ledger=copy.ledger, out=out), LATER)
    assert copy.ledger.read_bytes() == before


def test_a_notice_that_cannot_be_written_is_not_registered(copy, monkeypatch):
    merging.undo(copy.ledger, LATER)
    before, out = copy.ledger.read_bytes(), copy.folder / "新公文"
    out.write_bytes(b"")
    with pytest.raises(UserError, match="是一个文件"):
        documents("公示", copy.ledger, out, TODAY, LATER)
    assert copy.ledger.read_bytes() == before


def test_marking_without_a_folder_is_not_tried(copy, monkeypatch):
    monkeypatch.setattr(checking, "mark", lambda *_: pytest.fail("nobody asked for copies"))
    assert check([copy.returns], TODAY).outputs == []
