"""Reading and judging many returns on all cores. Order, findings and messages are those of one process.

Each worker takes every n-th file and sends what it read; a worker whose parent is gone cannot send and ends. Processes
are spawned, not forked: a forked one would hold on to the ledger's lock.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.forms import APPLICATION_BOOK, EVALUATION, GOALS, RECOMMENDATION, REVIEW, SUMMARY, by_id
from toolkit.forms.model import MARKER_SHEET, Sheet
from toolkit.forms.spread import fitted
from toolkit.regulation import Regulation
from toolkit.returns import checks
from toolkit.returns.parse import Parser
from toolkit.returns.recognise import NOT_RETURNED
from toolkit.returns.records import Return
from toolkit.sheets import read

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

RETURN_FORMS = (RECOMMENDATION, SUMMARY, REVIEW, GOALS, EVALUATION)
READ_FORMS = (*RETURN_FORMS, APPLICATION_BOOK)
UNREAD = NOT_RETURNED - {MARKER_SHEET}
WORTH_WORKERS = 48  # files from which starting processes costs less than it saves
Outcome = Return | UserError
_LEFT_HERE = Sheet("", ())


def judged(paths: Sequence[Path], law: Regulation, password: str | None = None) -> Iterator[tuple[Path, Outcome]]:
    """Every file in the order given: a return with its own findings, or why it cannot be read."""
    count = min(os.cpu_count() or 1, 8)
    if len(paths) < WORTH_WORKERS or count < 2:
        yield from zip(paths, _serially(paths, law, password), strict=True)
    else:
        yield from zip(paths, _in_parallel(paths, law, password, count), strict=True)


def _serially(paths: Sequence[Path], law: Regulation, password: str | None) -> Iterator[Outcome]:
    parser = Parser(law, READ_FORMS)
    for path in paths:
        yield _judged(path, parser, password, law)


def _judged(path: Path, parser: Parser, password: str | None, law: Regulation) -> Outcome:
    """One file. A fault in it is logged and refuses this file alone."""
    try:
        source = parser.read(read.workbook(path, password, UNREAD))
        checks.alone(source, law)
    except UserError as error:
        return error
    except Exception as error:
        from toolkit.jobs.crash_log import sentence

        return UserError(f"“{path.name}”：{sentence(error)}")
    return source


def _in_parallel(paths: Sequence[Path], law: Regulation, password: str | None, count: int) -> Iterator[Outcome]:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    workers, ends = [], []
    for number in range(count):
        receiver, sender = context.Pipe(duplex=False)
        worker = context.Process(target=_work, args=(paths[number::count], law, password, sender), daemon=True)
        with _deaf_to_interrupts():
            worker.start()
        sender.close()
        workers.append(worker)
        ends.append(receiver)
    answers = [_answers(end, paths[number::count], law, password) for number, end in enumerate(ends)]
    try:
        for number in range(len(paths)):
            yield next(answers[number % count])
    finally:
        for worker, end in zip(workers, ends, strict=True):
            end.close()
            worker.terminate()
            worker.join()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ctrl-C reaches every process of the terminal; only this one answers it, and ends its workers."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a process that is started inherits it
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _answers(end: Connection, paths: Sequence[Path], law: Regulation, password: str | None) -> Iterator[Outcome]:
    """What a worker sends. One that never came up leaves its files to this process; the file at which one breaks off
    is refused, the files after it are read here."""
    up, done = False, 0
    try:
        up = end.recv() is None
        for _ in paths:
            yield _unpacked(end.recv())
            done += 1
    except EOFError:
        if up:
            yield UserError(f"“{paths[done].name}”读到一半中断了。请单独校验这份文件；仍不行的，用 Excel 另存一份再试。")
            done += 1
        yield from _serially(paths[done:], law, password)


def _work(paths: Sequence[Path], law: Regulation, password: str | None, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        sender.send(None)  # up and running
        for outcome in _serially(paths, law, password):
            sender.send(_packed(outcome))
    except (BrokenPipeError, KeyboardInterrupt):
        return


def _packed(outcome: Outcome) -> tuple[Outcome, str, list[str]]:
    """Declarations do not travel, only their names: they are compared by identity."""
    names: list[str] = []
    if not isinstance(outcome, Return) or outcome.form is None:
        return outcome, "", names
    form, outcome.form = outcome.form, None
    for table in outcome.tables.values():
        names.append(table.sheet.name)
        table.sheet = _LEFT_HERE
        for record in table.records:
            record.cells = ()  # read and judged: nobody asks for the raw cells any more
    return outcome, form.id, names


def _unpacked(packed: tuple[Outcome, str, list[str]]) -> Outcome:
    outcome, form_id, names = packed
    form = by_id(form_id)
    if isinstance(outcome, Return) and form is not None:
        outcome.form = form
        for name, table in zip(names, outcome.tables.values(), strict=True):
            table.sheet = fitted(form.sheet(name), table.layout.columns)
    return outcome
