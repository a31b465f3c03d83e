"""Check returns: all findings in one pass, marked copies on request; the originals are only ever read."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.jobs import crash_log, workers
from toolkit.jobs.intake import Intake, Progress, isolated, silent, take_in
from toolkit.jobs.outputs import INDEX, Outputs, marked_name
from toolkit.jobs.report import Report
from toolkit.ledger import versions
from toolkit.regulation import in_force
from toolkit.returns import checks
from toolkit.returns.checks import Checked
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.parse import Parser
from toolkit.returns.records import Return
from toolkit.sheets.disk import legible
from toolkit.sheets.grid import Book

if TYPE_CHECKING:
    from toolkit.sheets.edit import Edit

LEDGER_FORM = "ledger"  # its declaration takes time to load, and a plain check has no use for it


def check(paths: Sequence[Path], today: date, marked: Path | None = None, password: str | None = None,
          progress: Progress = silent, ledger: Path | None = None) -> Report:
    """Check returns, and ledgers and Word documents that are given; write marked copies into the folder `marked`.

    `ledger`: the bureau's, whose parameters and registers then count. UserError where nothing can be read.
    """
    papers = _papers(paths)
    if papers:
        from toolkit.jobs.check_documents import check_documents

        report = check_documents(papers, today, ledger)
        paths = [path for path in paths if path not in papers and path not in {paper.parent for paper in papers}]
        if paths:
            rest = check(paths, today, marked, password, progress, ledger)
            report = Report(report.files + rest.files, report.findings + rest.findings, outputs=rest.outputs)
        return report
    law, judge = in_force(today), checks.run
    if ledger is not None:
        from toolkit.jobs.bureau import of_ledger
        from toolkit.ledger import admission

        law, books = of_ledger(ledger, today)
        judge = partial(admission.run, books=books)
    if marked is not None:
        refuse_same_folder(paths, marked)
    with Outputs(marked) if marked is not None else nullcontext() as outputs:
        intake = take_in(paths, law, password, progress)
        if not intake.returns and not intake.unreadable:
            raise UserError(nothing_to_read(intake))
        ledgers = _ledgers(intake, paths)
        checked = isolated(intake, lambda: judge(intake.returns, law, competing=counting(intake.returns)))
        report = Report(intake.statuses(checked), intake.unreadable_findings() + checked.findings)
        for path in ledgers:
            from toolkit.jobs.check_ledger import check_ledger

            status, found = check_ledger(path, law, today, outputs)
            report.files.append(status)
            report.findings += found
        if outputs is not None:
            report.findings += mark(intake, checked, outputs, password)
            report.outputs = outputs.release()
            report.findings += outputs.findings
    return report


def _papers(paths: Sequence[Path]) -> list[Path]:
    """The Word documents that are meant: those given by name, and those in a folder that has an index of documents."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir() and (path / INDEX).is_file():
            found += sorted(each for each in path.glob("*.docx") if not each.name.startswith("~$"))
        elif path.suffix.lower() == ".docx" and not path.is_dir():
            found.append(path)
    return found


def _ledgers(intake: Intake, given: Sequence[Path]) -> list[Path]:
    """The ledgers among the files that were given by name, taken out of the returns."""
    ledgers = [source for source in intake.returns
               if source.form is not None and source.form.id == LEDGER_FORM and intake.paths[source.file] in given]
    intake.returns = [source for source in intake.returns if source not in ledgers]
    return [intake.paths[source.file] for source in ledgers]


def refuse_same_folder(paths: Sequence[Path], out: Path) -> None:
    """UserError where results would lie among the returns, and be read as returns the next time."""
    if any(path.is_dir() and path.resolve() == out.resolve() for path in paths):
        raise UserError(f"结果不能放进报表文件夹“{out}”，下次会把它们当作报表读入。请另给一个文件夹。")


def check_open(book: Book, today: date) -> tuple[Report, Return, list[Edit]]:
    """Check the return that is open as `book`: what was found, the return as read, and the marks to make in it."""
    from toolkit.pages import marks

    law = in_force(today)
    source = Parser(law, workers.READ_FORMS).read(book)
    checks.alone(source, law)
    checked = checks.run([source], law)
    report = Report(Intake([source], {book.file: Path(book.file)}).statuses(checked), checked.findings)
    tables = replace(book, grids=tuple(grid for grid in book.grids if grid.name not in workers.UNREAD))
    return report, source, marks.edits(tables, checked.findings, _headers(source))


def _headers(source: Return) -> dict[str, int]:
    """Zero-based row of the column headers, by sheet; a page has none."""
    return {table.name: table.layout.row for table in source.tables.values() if not table.sheet.page}


def nothing_to_read(intake: Intake) -> str:
    """The sentence for a folder without a single return."""
    names = "、".join(path.name for path, _ in intake.ignored[:5])
    only = f"（只有{names}）" if names else ""
    return f"没有找到报表{only}。请把区（县）报来的 Excel 文件放进文件夹。"


def counting(returns: Sequence[Return]) -> list[Return]:
    """The returns a merge would count: copies and superseded versions do not compete with each other."""
    return [choice.chosen for choice in versions.choose(returns)]


def mark(intake: Intake, checked: Checked, outputs: Outputs, password: str | None = None) -> list[Finding]:
    """Prepare a marked copy of every return that was checked, under its own name. A file that cannot be marked is a
    finding; the others go out."""
    from toolkit.pages import marks
    from toolkit.sheets import read

    by_file: dict[str, list[Finding]] = {}
    for found in checked.findings:
        by_file.setdefault(found.place.file, []).append(found)
    outputs.spare(intake.paths.values())
    taken: set[str] = set()
    lacking = []
    for source in intake.returns:
        path = intake.paths[source.file]
        name = legible(path.stem)
        if name.casefold() in taken:  # A.xls and A.xlsx, or the same name in two folders
            name = source.file.replace("/", "_")
        taken.add(name.casefold())
        try:
            book = read.workbook(path, password)
            made = marks.write_marked(path, book, by_file.get(source.file, []), _headers(source), outputs.room(), password)
        except UserError as error:
            lacking.append(finding("M-marked", Place(source.file), error))
        except Exception as error:
            lacking.append(finding("M-marked", Place(source.file), crash_log.sentence(error)))
        else:
            outputs.take(made, marked_name(name, made.suffix))
    return lacking
