"""A workbook of record is whole at every moment, also when the run that writes it is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.sheets import ledgers
from toolkit.errors import UserError
from toolkit.sheets import disk, store
from toolkit.sheets.edit import SetCell, apply

AT = datetime(2024, 5, 6, 9, 30, 15)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def ledger(tmp_path) -> Path:
    path = tmp_path / "工作室管理台账.xlsm"
    path.write_bytes(b"one")
    return path


def save(path: Path, content: bytes, at: datetime = AT):
    return store.write(path, content, backups=path.parent / "备份", at=at)


def undo(path: Path, at: datetime = AT) -> Path:
    return store.undo(path, backups=path.parent / "备份", at=at)


def files(path: Path) -> dict[str, bytes]:
    """Everything beside and below the ledger, but not the lock."""
    return {p.relative_to(path.parent).as_posix(): p.read_bytes() for p in path.parent.rglob("*")
            if p.is_file() and not p.name.endswith(".lock")}


def test_write_keeps_the_old_state_under_a_dated_name(ledger):
    kept = save(ledger, b"two")
    assert kept.name == "000001 2024-05-06 093015 工作室管理台账.xlsm"
    assert files(ledger) == {ledger.name: b"two", f"备份/{kept.name}": b"one", f"备份/写入后/{kept.name}": b"two"}


def test_a_first_write_keeps_what_counts_as_the_state_before(tmp_path):
    path = tmp_path / "新.xlsx"
    kept = store.write(path, b"one", backups=tmp_path / "备份", at=AT, first=b"empty")
    assert kept.read_bytes() == b"empty"
    undo(path)
    assert path.read_bytes() == b"empty" and b"one" in files(path).values()


def test_what_the_last_write_left_is_known_through_writes_and_undoings(ledger):
    backups = ledger.parent / "备份"
    with pytest.raises(UserError, match="没有可以撤销"):
        store.left_by_last_write(ledger, backups)
    save(ledger, b"two")
    save(ledger, b"three")  # nothing typed in between
    ledger.write_bytes(b"three, typed")
    save(ledger, b"four")
    for left in (b"four", b"three", b"two"):
        assert store.left_by_last_write(ledger, backups) == left
        undo(ledger)
    assert ledger.read_bytes() == b"one" and not list((backups / "写入后").iterdir())


def test_the_newest_state_is_what_the_last_write_made(ledger):
    backups = ledger.parent / "备份"
    assert store.newest(ledger, backups) is None
    save(ledger, b"two")
    save(ledger, b"three")
    assert store.newest(ledger, backups).read_bytes() == b"three"


def test_first_write_and_unchanged_content_make_no_copy(tmp_path):
    path = tmp_path / "新.xlsx"
    assert save(path, b"one") is None and save(path, b"one") is None
    assert files(path) == {"新.xlsx": b"one"}


def test_copies_stay_in_order_when_the_clock_goes_back(ledger):
    for step, content in enumerate((b"two", b"three", b"four")):
        save(ledger, content, AT - timedelta(days=step))
    copies = store.backups_of(ledger, ledger.parent / "备份")
    assert [copy.read_bytes() for copy in copies] == [b"one", b"two", b"three"]


def test_permissions_survive(ledger):
    ledger.chmod(0o640)
    save(ledger, b"two")
    assert ledger.stat().st_mode & 0o777 == 0o640


def test_undo_goes_back_step_by_step_and_keeps_what_was_undone(ledger):
    save(ledger, b"two")
    save(ledger, b"three")
    assert (undo(ledger).name, ledger.read_bytes()) == ("000002 2024-05-06 093015 工作室管理台账.xlsm", b"two")
    assert (undo(ledger).read_bytes(), ledger.read_bytes()) == (b"one", b"one")
    assert sorted(content for name, content in files(ledger).items() if "已撤销" in name) == [
        b"one", b"three", b"two", b"two"]
    with pytest.raises(UserError, match="没有可以撤销的写入。请"):
        undo(ledger)


def test_an_undo_may_say_in_the_file_that_it_happened(ledger):
    save(ledger, b"two")
    store.undo(ledger, backups=ledger.parent / "备份", at=AT, restore=lambda before: store.put(ledger, before + b" again"))
    assert ledger.read_bytes() == b"one again"


def test_writing_after_an_undo_numbers_on(ledger):
    save(ledger, b"two")
    undo(ledger)
    assert save(ledger, b"three").name.startswith("000002")
    undo(ledger)
    assert ledger.read_bytes() == b"one"


def test_ledgers_that_share_a_folder_do_not_mix(ledger):
    other = ledger.with_name("另一本.xlsx")
    save(other, b"x")
    save(other, b"y")
    with pytest.raises(UserError):
        undo(ledger)
    undo(other)
    assert (other.read_bytes(), ledger.read_bytes()) == (b"x", b"one")


@pytest.mark.parametrize("mark", ["~$工作室管理台账.xlsm", ".~工作室管理台账.xlsm", ".~lock.工作室管理台账.xlsm#"],
                         ids=["Excel", "WPS", "LibreOffice"])
def test_a_ledger_open_elsewhere_is_refused(ledger, mark):
    ledger.with_name(mark).touch()
    with pytest.raises(UserError, match="正在 Excel 或 WPS 中打开。请") as raised:
        save(ledger, b"two")
    assert mark in str(raised.value) and ledger.read_bytes() == b"one"


def test_a_file_the_system_will_not_replace_is_said(ledger, monkeypatch):
    def refused(source, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(store.os, "replace", refused)
    ledger.parent.joinpath("备份").mkdir()
    with pytest.raises(UserError, match="不能写入，它可能正被别的程序打开"):
        save(ledger, b"two")
    assert files(ledger) == {ledger.name: b"one"}


def test_a_full_disk_is_said(ledger, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(UserError, match="请检查磁盘是否已满"):
        save(ledger, b"two")
    assert files(ledger) == {ledger.name: b"one"}


def test_a_missing_folder_is_said(tmp_path):
    tmp_path.joinpath("文件").touch()
    with pytest.raises(UserError, match="请确认文件夹存在"), store.locked(tmp_path / "文件" / "账.xlsx"):
        pass


HOLD = """
import sys, pathlib, time
from toolkit.sheets import store
with store.locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_and_a_killed_holder_lets_go(ledger):
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(ledger)], stdout=subprocess.PIPE, cwd=ROOT)
    try:
        assert child.stdout.readline().strip() == b"held"
        with pytest.raises(UserError, match="正由另一个窗口写入。请"):
            save(ledger, b"two")
    finally:
        child.kill()
        child.wait()
    save(ledger, b"two")
    assert ledger.read_bytes() == b"two"


def test_the_lock_is_held_over_reading_planning_and_writing(ledger):
    with store.locked(ledger):
        save(ledger, ledger.read_bytes() + b"+")
        save(ledger, ledger.read_bytes() + b"+")
    assert ledger.read_bytes() == b"one++"


def killed_at_line(number: int, action) -> bool:
    """Run `action` in a process of its own that is killed before the nth line of the store; whether it was."""
    def trace(frame, event, argument):
        nonlocal number
        if frame.f_code.co_filename not in (store.__file__, disk.__file__):
            return None
        if event == "line":
            number -= 1
            if number < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    child = os.fork()
    if child == 0:
        sys.settrace(trace)
        try:
            action()
        finally:
            sys.settrace(None)
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def every_kill(tmp_path, prepare, action):
    """The ledger after `prepare` and `action`, the latter killed before its first, second … last line."""
    for number in range(1000):
        path = tmp_path / str(number) / "账.xlsx"
        path.parent.mkdir()
        prepare(path)
        if not killed_at_line(number, lambda path=path: action(path)):
            assert number > 40, "too few moments to kill at"
            return
        yield path
    raise AssertionError("the run never ended")


def test_killed_between_any_two_steps_of_a_write(tmp_path):
    seen = set()

    def prepare(path):
        path.write_bytes(b"old")

    for path in every_kill(tmp_path, prepare, lambda path: save(path, b"new" * 1000)):
        seen.add(path.read_bytes())
        save(path, b"newest")
        everything = files(path)
        assert path.read_bytes() == b"newest" and not any("写入中" in name for name in everything)
        assert set(everything.values()) <= {b"old", b"new" * 1000, b"newest"} and b"old" in everything.values()
        undo(path)
        assert path.read_bytes() in (b"old", b"new" * 1000)
    assert seen == {b"old", b"new" * 1000}


def test_killed_between_any_two_steps_of_an_undo(tmp_path):
    seen = set()

    def prepare(path):
        path.write_bytes(b"one")
        save(path, b"two")
        save(path, b"three")

    for path in every_kill(tmp_path, prepare, undo):
        seen.add(path.read_bytes())
        path.write_bytes(path.read_bytes() + b" typed")  # a clerk goes on, not knowing that it was killed
        if store.backups_of(path, path.parent / "备份")[-1].read_bytes() == b"two":
            undo(path)
            assert path.read_bytes() == b"two"
        everything = files(path)
        assert {b"one", b"two"} <= set(everything.values()) and not any("写入中" in name for name in everything)
        assert b"three typed" in everything.values() or {b"three", b"two typed"} <= set(everything.values())
    assert seen == {b"two", b"three"}


def test_a_run_killed_before_it_wrote_does_not_eat_an_undo(ledger):
    save(ledger, b"two")
    orphan = ledger.parent / "备份" / "000002 2024-05-06 093015 工作室管理台账.xlsm"
    orphan.write_bytes(b"two")
    undo(ledger)
    assert ledger.read_bytes() == b"one"


WRITE = """
import sys, pathlib, datetime
from toolkit.sheets import store
from toolkit.sheets.edit import SetCell, apply
path = pathlib.Path(sys.argv[1])
base = path.read_bytes()
print("ready", flush=True)
for number in range(10**6):
    content = apply(base, [SetCell("工作室", 1, 0, number)])
    store.write(path, content, backups=path.parent / "备份", at=datetime.datetime(2024, 1, 1))
"""


def test_killed_at_random_moments_the_file_is_always_one_whole_version(tmp_path):
    base, dice, versions = ledgers.rich(), random.Random(20230), set()
    for attempt in range(8):
        path = tmp_path / str(attempt) / "账.xlsx"
        path.parent.mkdir()
        path.write_bytes(base)
        child = subprocess.Popen([sys.executable, "-c", WRITE, str(path)], stdout=subprocess.PIPE, cwd=ROOT)
        assert child.stdout.readline().strip() == b"ready"
        time.sleep(0.05 + dice.random() * 0.4)
        child.kill()
        child.wait()
        number = first_cell(path)
        versions.add(number)
        assert path.read_bytes() == (base if number == "G-001" else apply(base, [SetCell("工作室", 1, 0, int(number))]))
        for copy in store.backups_of(path, path.parent / "备份"):
            first_cell(copy)
    assert len(versions) > 1, "the child never came to write"


def first_cell(path: Path):
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_name("工作室").to_python()[1][0]
