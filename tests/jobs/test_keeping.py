"""The ledger on the disk: lost, damaged, undone, checked before it is replaced; its log attested in 归档."""

import shutil
from datetime import datetime, timedelta

import pytest

from tests.conftest import NOW, SINCE_REVIEW
from tests.jobs.test_road import words
from toolkit.errors import UserError
from toolkit.install.doctor import ledger_logs
from toolkit.jobs import keeping
from toolkit.jobs import merge as merging
from toolkit.jobs.documents import documents
from toolkit.jobs.due import due
from toolkit.jobs.keeping import ARCHIVE, BACKUPS, WITNESS, FileKeeper
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.sheets import edit, store

LAW = in_force(NOW.date())
LATER = NOW + timedelta(hours=1)


def merge(place, now=LATER, **given):
    return merging.merge(merging.order_for(place.returns, 2026, ledger=place.ledger, out=place.out, **given), now)


def rows(path, sheet):
    return register.load(path, LAW).standing.records(sheet)


def typed(path, count):
    """A clerk types into 市局备注 of as many applications."""
    opened = register.load(path, LAW)
    column = opened.standing.tables["申报批次"].layout.columns["市局备注"]
    path.write_bytes(edit.apply(opened.data, [edit.SetCell("申报批次", record.row, column, f"电话核实{number}")
                                              for number, record in enumerate(opened.standing.records("申报批次")[:count])]))


def log_codes(report):
    return [found.code for found in report.findings if found.code.startswith("M-log")]


# ---- 撤销 ----

@pytest.mark.parametrize("count", [0, 1, 5])
def test_undoing_tells_how_many_typed_cells_go_back_and_where_they_are_kept(copy, count):
    if count:
        typed(copy.ledger, count)
    present = copy.ledger.read_bytes()
    assert FileKeeper(copy.ledger).typed() == count
    report = merging.undo(copy.ledger, LATER)
    assert [(found.code, found.value) for found in report.findings] == ([("M-undone", str(count))] if count else [])
    kept = next((copy.folder / BACKUPS / store.UNDONE).glob("*撤销前*"))
    assert kept.read_bytes() == present
    assert all(f"{BACKUPS}/{store.UNDONE}/{kept.name}" in found.message for found in report.findings)


def test_what_was_typed_between_two_writes_is_counted_when_the_earlier_one_is_undone(copy):
    """年度安排、联系方式是演示程序写的，评审是合并的；其后手填3格，再登记公示；撤销公示之后再撤销。"""
    for _ in range(SINCE_REVIEW):
        merging.undo(copy.ledger, LATER)
    typed(copy.ledger, 3)
    documents("公示", copy.ledger, copy.folder / "公文", NOW.date(), LATER)
    assert not merging.undo(copy.ledger, LATER).findings  # 公示之后没有再填
    assert [found.value for found in merging.undo(copy.ledger, LATER).findings] == ["3"]


@pytest.mark.parametrize("spoilt", [b"", b"not a workbook", None], ids=["空文件", "不是工作簿", "只剩一半"])
def test_a_damaged_ledger_is_told_with_its_newest_copy_and_can_be_undone(copy, spoilt):
    spoilt = copy.ledger.read_bytes()[:9000] if spoilt is None else spoilt
    copy.ledger.write_bytes(spoilt)
    newest = max(path.name for path in (copy.folder / BACKUPS).glob("*.xlsm"))
    for call in (lambda: merge(copy), lambda: due(copy.ledger, NOW.date()),
                 lambda: documents("公示", copy.ledger, copy.folder / "公文", NOW.date(), LATER)):
        with pytest.raises(UserError, match="撤销上一步") as told:
            call()
        assert newest in str(told.value)
    report = merging.undo(copy.ledger, LATER)
    assert rows(copy.ledger, "公示命名") and not rows(copy.ledger, "工作室")  # 退回命名之前
    assert [found.code for found in report.findings] == ["M-undone-unknown"]
    assert spoilt in [path.read_bytes() for path in (copy.folder / BACKUPS / store.UNDONE).iterdir()]


def test_a_damaged_copy_leaves_the_ledger_as_it_is(copy):
    newest = max((copy.folder / BACKUPS).glob("*.xlsm"))
    newest.write_bytes(b"spoilt")
    before = copy.ledger.read_bytes()
    with pytest.raises(UserError, match="要退回的那份备份打不开，台账没有动"):
        merging.undo(copy.ledger, LATER)
    assert copy.ledger.read_bytes() == before


# ---- 台账不在了 ----

@pytest.mark.parametrize("given", [{}, {"dry_run": True}])
@pytest.mark.parametrize("gone", ["renamed", "moved", "first merge only"])
def test_a_ledger_that_was_renamed_or_moved_is_not_followed_by_an_empty_one(copy, gone, given):
    if gone == "renamed":
        copy.ledger.rename(copy.folder / "台账（定稿）.xlsm")
    else:
        copy.ledger.unlink()
    if gone == "first merge only":  # 以前的版本：第一次合并没有留备份
        shutil.rmtree(copy.folder / BACKUPS)
    with pytest.raises(UserError, match=r"可能被改名或移走了.*确要另立一本新台账的，先把"):
        merge(copy, **given)
    assert not copy.ledger.exists()
    if gone == "renamed":
        copy.ledger = copy.folder / "台账（定稿）.xlsm"
        assert merge(copy).plan.empty
    else:
        for name in (BACKUPS, ARCHIVE):
            shutil.rmtree(copy.folder / name, ignore_errors=True)
        assert merge(copy).plan.added


def test_a_second_ledger_in_the_folder_of_a_first_is_nothing_strange(copy):
    copy.ledger = copy.ledger.with_name("另一本.xlsm")
    assert merge(copy).plan.added and not log_codes(merge(copy))


# ---- 写坏之前停下 ----

@pytest.mark.parametrize("spoil, named", [
    (lambda data, _: data[:-200], "整个文件"), (lambda data, _: replaced(data, "xl/styles.xml", b"<styleSheet><fonts>"), "xl/styles.xml")],
    ids=["截断", "样式表不合法"])
def test_bytes_that_nobody_could_open_never_replace_the_ledger(copy, monkeypatch, spoil, named):
    before = copy.ledger.read_bytes()
    monkeypatch.setattr(keeping, "apply", lambda data, edits, *level: spoil(edit.apply(data, edits, *level), edits))
    next(copy.returns.glob("天山区*")).unlink()
    documents_before = sorted(copy.documents.iterdir())
    typed(copy.ledger, 1)
    present = copy.ledger.read_bytes()
    with pytest.raises(UserError, match=f"写好以后会打不开（.*{named}.*）.*原来的台账没有动"):
        merging.undo(copy.ledger, LATER)
    with pytest.raises(UserError, match="原来的台账没有动"):
        FileKeeper(copy.ledger).write(register.load(copy.ledger, LAW), [], LATER)
    assert copy.ledger.read_bytes() == present != before and sorted(copy.documents.iterdir()) == documents_before


def replaced(data, name, content):
    import io
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return target.getvalue()


# ---- 操作日志 ----

def test_every_operation_leaves_its_code_in_the_archive_and_on_the_receipts(copy):
    kept = (copy.folder / ARCHIVE / WITNESS).read_text("utf-8").splitlines()
    codes = [line[-1] for line in register.log_rows(register.load(copy.ledger, LAW))]
    assert [line.split("\t")[3] for line in kept] == codes and len(codes) == 4 + SINCE_REVIEW
    for code in (codes[2], codes[-1]):  # 演示补报以后的合并；再合并一次，台账没有变化，最后一行是命名
        grouped = "-".join(code[start:start + 4].upper() for start in range(0, 16, 4))
        receipts = list((copy.out / "回执").glob("*.docx"))
        assert len(receipts) == 7 and all(grouped in words(path) for path in receipts)
        assert log_codes(merge(copy)) == []


def cut(ledger, count):
    """The last lines of 操作日志 are emptied."""
    opened = register.load(ledger, LAW)
    records = opened.standing.records("操作日志")
    columns = opened.standing.tables["操作日志"].layout.columns.values()
    ledger.write_bytes(edit.apply(opened.data, [edit.SetCell("操作日志", record.row, column, None)
                                                for record in records[len(records) - count:] for column in columns]))


@pytest.mark.parametrize("count, named", [(1, "生成命名授牌通知"), (2, "办理：异议成立")], ids=["少末行", "少两行"])
def test_a_cut_or_emptied_log_is_noticed_by_merging_and_by_the_doctor(copy, count, named):
    assert all(line.sound for line in ledger_logs(copy.folder))
    cut(copy.ledger, count)
    found, = [each for each in merge(copy, dry_run=True).findings if each.code == "M-log-tail"]
    assert named in found.value
    line, = ledger_logs(copy.folder)
    assert not line.sound and named in line.state and "请" in line.state


def test_a_write_that_was_announced_and_killed_is_told_until_the_next_write(copy):
    opened = register.load(copy.ledger, LAW)
    entry = register.Entry(LATER, "合并区县报表", "王姐", "台账", "没有写成")
    keeping.attest(copy.ledger, register.logged([register.log_line(opened, entry)]))
    assert log_codes(merge(copy, dry_run=True)) == ["M-log-tail"]
    merging.undo(copy.ledger, datetime(2026, 11, 21))
    assert log_codes(merge(copy, dry_run=True)) == []
