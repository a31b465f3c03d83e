"""Check returns: all findings in one pass, marked copies on request; the originals are only ever read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.jobs import workers
from toolkit.jobs.intake import Intake, Progress, silent, take_in
from toolkit.jobs.report import Report
from toolkit.ledger import versions
from toolkit.regulation import in_force
from toolkit.returns import checks
from toolkit.returns.checks import Checked
from toolkit.returns.parse import Parser
from toolkit.returns.records import Return
from toolkit.sheets.grid import Book

if TYPE_CHECKING:
    from toolkit.sheets.edit import Edit

MARKED = "_校验"  # behind the name of a marked copy


def check(paths: Sequence[Path], today: date, marked: Path | None = None, password: str | None = None,
          progress: Progress = silent) -> Report:
    """Check returns; write marked copies into the folder `marked`. UserError where nothing can be read."""
    law = in_force(today)
    intake = take_in(paths, law, password, progress)
    if not intake.returns and not intake.unreadable:
        raise UserError(nothing_to_read(intake))
    checked = checks.run(intake.returns, law, competing=counting(intake.returns))
    report = Report(intake.statuses(checked), intake.unreadable_findings() + checked.findings)
    if marked is not None:
        report.outputs = write_marked(intake, checked, marked, password)
    return report


def check_open(book: Book, today: date) -> tuple[Report, Return, list[Edit]]:
    """Check the return that is open as `book`: what was found, the return as read, and the marks to make in it."""
    from toolkit.pages import marks

    law = in_force(today)
    source = Parser(law, workers.RETURN_FORMS).read(book)
    checks.alone(source, law)
    checked = checks.run([source], law)
    report = Report(Intake([source], {book.file: Path(book.file)}).statuses(checked), checked.findings)
    tables = replace(book, grids=tuple(grid for grid in book.grids if grid.name not in workers.UNREAD))
    return report, source, marks.edits(tables, checked.findings, _headers(source))


def _headers(source: Return) -> dict[str, int]:
    """Zero-based row of the column headers, by sheet."""
    return {table.name: table.layout.row for table in source.tables.values()}


def nothing_to_read(intake: Intake) -> str:
    """The sentence for a folder without a single return."""
    names = "、".join(path.name for path, _ in intake.ignored[:5])
    only = f"（只有{names}）" if names else ""
    return f"没有找到报表{only}。请把区（县）报来的 Excel 文件放进文件夹。"


def counting(returns: Sequence[Return]) -> list[Return]:
    """The returns a merge would count: copies and superseded versions do not compete with each other."""
    return [choice.chosen for choice in versions.choose(returns)]


def write_marked(intake: Intake, checked: Checked, folder: Path, password: str | None = None) -> list[Path]:
    """A marked copy of every return that was checked, under its own name."""
    from toolkit.pages import marks
    from toolkit.sheets import read

    folder.mkdir(parents=True, exist_ok=True)
    by_file: dict[str, list] = {}
    for found in checked.findings:
        by_file.setdefault(found.place.file, []).append(found)
    written = []
    for source in intake.returns:
        path = intake.paths[source.file]
        target = folder / f"{path.stem.removesuffix(MARKED)}{MARKED}.xlsx"
        if target.resolve() == path.resolve():
            raise UserError(f"标记副本会盖掉原件“{path.name}”。请另选一个文件夹存放标记副本。")
        written.append(marks.write_marked(path, read.workbook(path, password), by_file.get(source.file, []), _headers(source), target,
                                          password))
    return written
