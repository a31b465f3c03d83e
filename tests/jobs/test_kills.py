"""Killed or interrupted at any moment: the ledger is the old one or the new one, what was typed is kept, the next run
works and sweeps what was left. Ctrl-C leaves all or nothing."""

import gc
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from tests.conftest import NOW, SINCE_REVIEW, without_ledger
from toolkit.errors import UserError
from toolkit.jobs import merge as merging
from toolkit.jobs.documents import documents
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.sheets import edit

LAW = in_force(NOW.date())
LATER = NOW + timedelta(hours=1)
STEPS = frozenset(("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.listdir", "os.scandir"))
"""What a run asks of the disk: before each of them it is killed."""


# ---- 每一步都杀 ----

def run_until(number, sent, action, folder):
    """Run `action` in a process of its own that gets the signal `sent` before step `number`, what it asks of the disk about
    `folder` being its steps; how many it took in all, None where it was killed."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        steps = 0

        def watch(event, arguments):
            nonlocal steps
            if event in STEPS and str(folder) in str(arguments[0]):
                steps += 1
                if steps == number:
                    os.kill(os.getpid(), sent)

        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.addaudithook(watch)
        try:
            action()
        except BaseException as error:
            del error
        gc.collect()  # as the end of a program would
        os.write(theirs, str(steps).encode())
        os._exit(0)
    os.close(theirs)
    killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    said = os.read(ours, 20)
    os.close(ours)
    return None if killed else int(said)


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.endswith(".lock")}


def restore(folder, state):
    shutil.rmtree(folder)
    for path, content in state.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def moments(folder, action, sent):
    """The files of `folder` after runs of `action` that got the signal before their first, second … last step, the same files
    once; meanwhile the folder is as they left it."""
    before, seen = files(folder), set()
    total = run_until(0, sent, action, folder)
    restore(folder, before)
    assert total > 30, "too few moments to kill at"
    for number in range(1, total + 1):
        run_until(number, sent, action, folder)
        after = files(folder)
        key = hashlib.sha256(repr(sorted((re.sub(r"\d+(?=\.写入中)", "", str(path)), hashlib.sha256(content).digest())
                                         for path, content in after.items())).encode()).digest()
        if key not in seen:
            seen.add(key)
            yield after
        restore(folder, before)


def typed(path, text):
    """A clerk types into 市局备注 of the first application."""
    opened = register.load(path, LAW)
    column = opened.standing.tables["申报批次"].layout.columns["市局备注"]
    path.write_bytes(edit.apply(opened.data, [edit.SetCell("申报批次", opened.standing.records("申报批次")[0].row, column, text)]))


def unfinished(state):
    return [path for path in state if "写入中" in str(path)]


class Job:
    """A job on a folder: what it does, and by what its ledger can be told from the one before."""

    def __init__(self, copy, name):
        self.copy, self.name = copy, name
        for path in copy.returns.iterdir():
            if "米东区" not in path.name:
                path.unlink()
        for path in (copy.out, copy.documents, copy.folder / "期满考核"):
            shutil.rmtree(path)
        if name != "undo":
            for _ in range(SINCE_REVIEW):
                merging.undo(copy.ledger, LATER)
        if name == "first merge":
            without_ledger(copy)
        elif name == "merge":
            opened = register.load(copy.ledger, LAW)
            number = next(each.row for each in opened.standing.records("申报批次") if each["推荐区县"] == "米东区")
            columns = opened.standing.tables["申报批次"].layout.columns
            copy.ledger.write_bytes(edit.apply(opened.data, [edit.SetCell("申报批次", number, columns["身份证号"], None)]))
        if copy.ledger.exists():
            typed(copy.ledger, "先填的")

    def __call__(self):
        if "merge" in self.name:
            merging.merge(merging.order_for(self.copy.returns, 2026, ledger=self.copy.ledger, out=self.copy.out), LATER)
        elif self.name == "docs":
            documents("公示", self.copy.ledger, self.copy.documents, NOW.date(), LATER)
        else:
            merging.undo(self.copy.ledger, LATER)

    def tell(self, content):
        """What the ledger says: how many applications, notices, lines of the log."""
        if content is None:
            return None
        standing = register.open_ledger(content, "台账.xlsm", LAW).standing
        return tuple(len(standing.records(sheet)) for sheet in ("申报批次", "公示命名", "操作日志"))


@pytest.fixture(params=["first merge", "merge", "docs", "undo"])
def job(copy, request):
    return Job(copy, request.param)


def whole(job, state):
    """The ledger's content in a state of the folder, None where there is none."""
    return next((content for path, content in state.items() if str(path) == job.copy.ledger.name), None)


def after_one_run(job):
    """What the folder holds when nothing interferes; the folder is as before."""
    before = files(job.copy.folder)
    job()
    done = files(job.copy.folder)
    restore(job.copy.folder, before)
    return before, done


def test_killed_at_any_step(job):
    before, done = after_one_run(job)
    old, new = job.tell(whole(job, before)), job.tell(whole(job, done))
    seen = set()
    for state in moments(job.copy.folder, job, signal.SIGKILL):
        present = job.tell(whole(job, state))
        seen.add(present)
        assert present in (old, new)
        assert whole(job, before) is None or whole(job, before) in state.values(), "what was typed is kept as it was"
        if job.copy.ledger.exists() and job.name != "first merge":
            typed(job.copy.ledger, "后填的")
        later = whole(job, files(job.copy.folder))
        try:
            job()
        except UserError as error:
            assert job.name == "undo" and "没有可以撤销" in str(error)
        after = files(job.copy.folder)
        assert not unfinished(after), "the next run sweeps"
        assert job.name == "undo" or job.tell(whole(job, after)) == new
        assert job.name != "undo" or later in after.values(), "what was typed since is kept"
    assert seen == {old, new}


def test_ctrl_c_leaves_all_or_nothing(job):
    """已中止。没有写完的文件不会留下；这一次要么整个没有做，要么已经整个做完。"""
    before, done = after_one_run(job)
    ends = set()
    for state in moments(job.copy.folder, job, signal.SIGINT):
        assert not unfinished(state)
        made = {path for path in state if path.parts[0] in ("合并结果", "公文")}
        complete = made == {path for path in done if path.parts[0] in ("合并结果", "公文")}
        written = whole(job, state) != whole(job, before)
        ends.add(written)
        assert job.tell(whole(job, state)) == job.tell(whole(job, done if written else before))
        assert complete if written else not made
    assert ends == {True, False}


# ---- 任意时刻杀 ----

RANDOM_KILLS = 12


def start(copy):
    return subprocess.Popen([sys.executable, "-m", "toolkit", "merge", str(copy.returns), "--year", "2026", "--ledger",
                             str(copy.ledger), "--out", str(copy.out), "--json"], stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def applications(copy):
    return len(register.load(copy.ledger, LAW).standing.records("申报批次"))


def test_real_kills(copy):
    """The old ledger lacks one district; every kill leaves it byte for byte, or leaves the whole new one."""
    without_ledger(copy)
    late = next(copy.returns.glob("米东区*"))
    kept = late.read_bytes()
    late.unlink()
    merging.merge(merging.order_for(copy.returns, 2026, ledger=copy.ledger, out=copy.out), NOW)
    late.write_bytes(kept)
    old, before = copy.ledger.read_bytes(), applications(copy)

    began, process = time.monotonic(), start(copy)
    while copy.ledger.read_bytes() == old:
        time.sleep(0.005)
    written = time.monotonic() - began
    process.wait()
    new = applications(copy)
    assert new == before + 4

    chance, seen = random.Random(7), set()
    for number in range(5 * RANDOM_KILLS):
        if number >= RANDOM_KILLS and seen == {True, False}:  # 机器忙闲不一，写入的时刻会前后移动
            break
        copy.ledger.write_bytes(old)
        process = start(copy)
        time.sleep(written * (0.5 + 0.8 * (number % RANDOM_KILLS + chance.random()) / RANDOM_KILLS))
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen.add(copy.ledger.read_bytes() == old)
        assert applications(copy) == (before if copy.ledger.read_bytes() == old else new)
    assert seen == {True, False}, "kills fell before and after the write"
    copy.ledger.write_bytes(old)
    assert start(copy).wait() == 1
    assert applications(copy) == new and not unfinished(files(copy.folder))
