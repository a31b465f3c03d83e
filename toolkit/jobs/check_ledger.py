"""The ledger checked like a return: what stands in its registers, whether 操作日志 is as it was written, whether every act has its paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from toolkit.forms.ledger import LEDGER
from toolkit.jobs import crash_log
from toolkit.jobs.check_papers import check_papers
from toolkit.jobs.keeping import FileKeeper, OpenKeeper
from toolkit.jobs.outcome import log_findings
from toolkit.jobs.outputs import Outputs, marked_name
from toolkit.jobs.report import READ, FileStatus, Report
from toolkit.ledger.arrangements import days_off
from toolkit.ledger.audit import audit
from toolkit.ledger.books import Books
from toolkit.pages import marks, register
from toolkit.regulation import Regulation, in_force
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.sheets.disk import legible
from toolkit.sheets.edit import Edit


def check_ledger(path: Path, law: Regulation, on: date, outputs: Outputs | None) -> tuple[FileStatus, list[Finding]]:
    """One ledger, which is only read; a marked copy of it among `outputs`. UserError where it cannot be read as one."""
    opened = FileKeeper(path).load(law)
    found = _found(opened, path, law, on)
    rows = sum(len(table.records) for table in opened.standing.tables.values())
    status = FileStatus(str(path), READ, "", LEDGER.name, "", None, rows)
    return status, found + _marked(path, opened, found, outputs)


def check_open_ledger(kept: OpenKeeper, on: date) -> tuple[Report, list[Edit]]:
    """The ledger that is open in Excel: what was found, and the marks to make in it."""
    law = in_force(on)
    opened = kept.load(law)
    found = _found(opened, kept.path, law, on)
    return Report(findings=found), marks.edits(opened.book, found, _headers(opened))


def _found(opened: register.Ledger, path: Path, law: Regulation, on: date) -> list[Finding]:
    law, books = opened.standing.parameters(law), Books(opened.standing)
    return [*audit(books, law, on, days_off(books, law)), *log_findings(path, register.log_rows(opened)), *check_papers(path, books, law)]


def _headers(opened: register.Ledger) -> dict[str, int]:
    return {table.name: table.layout.row for table in opened.standing.tables.values()}


def _marked(path: Path, opened: register.Ledger, found: Sequence[Finding], outputs: Outputs | None) -> list[Finding]:
    if outputs is None:
        return []
    outputs.spare([path])
    try:
        made = marks.write_marked(path, opened.book, found, _headers(opened), outputs.room())
    except Exception as error:  # the findings are told all the same
        return [finding("M-marked", Place(legible(path.name)), crash_log.sentence(error))]
    outputs.take(made, marked_name(legible(path.stem), made.suffix))
    return []
