"""The buttons in Excel: one function a button, called by the macros of the standard workbooks.

What a button does is what the command does: the same jobs, on the workbook as it stands on screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UserError
from toolkit.forms.model import ISSUE_SHEET, MARKER_SHEET, PREVIEW_SHEET
from toolkit.jobs.workers import UNREAD
from toolkit.returns.recognise import marks
from toolkit.sheets.grid import Book

if TYPE_CHECKING:
    from toolkit.jobs.case_answers import CasePage
    from toolkit.jobs.handle import CaseOutcome
    from toolkit.jobs.keeping import OpenKeeper
    from toolkit.jobs.merge import MergeOrder
    from toolkit.jobs.report import Report
    from toolkit.jobs.task_answers import DeskPage
    from toolkit.sheets.edit import Edit
    from toolkit.sheets.live import OpenBook


def _button(task: Callable[[OpenBook], str]) -> Callable[[], None]:
    """`task` on the workbook whose button was pressed; what it answers, or why it could not go on, is told in a box."""

    @wraps(task)
    def pressed() -> None:
        from toolkit.jobs import handover
        from toolkit.jobs.crash_log import answer, record

        try:
            import toolkit.sheets.lean_xlwings  # noqa: F401, I001 - before xlwings
            import xlwings as xw

            from toolkit.sheets.live import OpenBook

            book = OpenBook(xw.Book.caller())
        except Exception as error:
            record(error)
            handover.offer()  # the macro goes on with a copy
            return
        if said := answer(lambda: task(book)):
            book.tell(said)

    return pressed


def on_file(action: str) -> None:
    """A button's work on the copy that its macro saved, where the workbook itself could not be reached."""
    from toolkit.jobs import handover

    handover.carry_out(action)


# ---- 报表、评分表 ----

@_button
def check(book: OpenBook) -> str:
    """校验: mark what is wrong in the return."""
    with book.quiet():
        report, _ = _checked(book)
    return _found(report)


@_button
def rescore(book: OpenBook) -> str:
    """复算: score the assessment anew from its evidence and mark what differs."""
    with book.quiet():
        report, said, _ = _rescored(book)
    return f"{said}{_found(report)}"


@_button
def next_problem(book: OpenBook) -> str:
    """定位下一个问题: go to the next open problem of 问题清单."""
    from toolkit.jobs.problems import following

    found = following(book.screen.sheet(ISSUE_SHEET), book.screen.sheets, book.at())
    if found is None:
        return "没有要处理的问题了。改过内容的，请再校验一次。"
    book.go(*found[0])
    return ""


@_button
def export(book: OpenBook) -> str:
    """导出上报: check, then save a copy without macros under the prescribed name."""
    from toolkit.forms import ASSESSMENT
    from toolkit.jobs.export import export as write

    with book.quiet():
        if _form(book) == ASSESSMENT.id:
            report, _, name = _rescored(book)
        else:
            report, name = _checked(book)
    waiting = sum(found.open for found in report.findings)
    if report.errors:
        return f"{_found(report)}改正之后再导出。"
    if waiting and not book.ask(f"还有提示{waiting}条没有说明。仍要导出吗？"):
        return "没有导出。"
    folder = book.path.parent if book.path else book.choose_folder("把上报文件存在哪个文件夹", None)
    if folder is None:
        return "没有导出。"
    target = folder / name
    if target.exists() and not book.ask(f"“{target}”已经有了。用现在这一份替换它吗？"):
        return "没有导出，原来的一份没有动。"
    with book.quiet():
        write(book.copy(), target)
    return f"已导出“{target.name}”，在“{folder}”。请报送这一份。"


@_button
def gather(book: OpenBook) -> str:
    """汇入申报工作簿: the applications of a folder into this 推荐汇总表."""
    from toolkit.jobs.gather import gathered
    from toolkit.jobs.intake import take_in
    from toolkit.regulation import in_force

    folder = book.choose_folder("选择存放申报工作簿的文件夹", book.path.parent if book.path else None)
    if folder is None:
        return "没有选择文件夹，什么都没有做。"
    law = in_force(date.today())
    with book.quiet():
        intake = take_in([folder], law, progress=book.progress)
        intake.returns = [source for source in intake.returns if intake.paths[source.file] != book.path]
        report, edits = gathered(intake, book.screen.read(UNREAD), law)
    if _by_hand(report) and book.ask(f"{report.summary}。其中有手工填的或者汇入之后手工改过的，没有动。要用申报工作簿的内容替换吗？"):
        with book.quiet():
            report, edits = gathered(intake, book.screen.read(UNREAD), law, replaces=True)
    with book.quiet():
        book.apply(edits)
    return f"{report.summary}。{_not_taken(report)}{'请核对，填好初审各列后保存。' if edits else ''}"


@_button
def print_form(book: OpenBook) -> str:
    """生成申报表: 附件1 of this application as a Word document beside it."""
    from toolkit.jobs.application_paper import papers_of
    from toolkit.jobs.gather import opened
    from toolkit.regulation import in_force

    here, today = book.path, date.today()
    folder = here.parent if here else book.choose_folder("把申报表存在哪个文件夹", None)
    if folder is None:
        return "没有选择文件夹，什么都没有做。"
    law = in_force(today)
    with book.quiet():
        report = papers_of(opened(book.screen.read(UNREAD), here or Path(book.name), law), folder, law, today)
    if not report.outputs:
        return f"{_found(report)}改正之后再生成申报表。"
    return f"已生成“{report.outputs[0].name}”，在“{folder}”。{''.join(found.message for found in report.findings if found.code in _KEPT)}"


@_button
def forward(book: OpenBook) -> str:
    """汇入推荐汇总表: this application into the district's 推荐汇总表."""
    from toolkit.jobs.gather import destination_in, into_file, opened
    from toolkit.regulation import in_force

    here = book.path
    folder = book.choose_folder("推荐汇总表在哪个文件夹", here.parent if here else None)
    if folder is None:
        return "没有选择文件夹，什么都没有做。"
    with book.quiet():
        intake = opened(book.screen.read(UNREAD), here or Path(book.name), in_force(date.today()))
        (application,) = intake.returns
        into = destination_in(folder, application)
        report = into_file(intake, into, datetime.now())
    if _by_hand(report) and book.ask(f"“{into.name}”里这一件是手工填的，或者汇入之后手工改过，没有动。要用这份申报工作簿替换吗？"):
        with book.quiet():
            report = into_file(intake, into, datetime.now(), replaces=True)
    return f"“{into.name}”：{report.summary}。{_not_taken(report)}"


_KEPT = ("M-kept", "M-beside")


def _by_hand(report: Report) -> bool:
    return any(found.code in ("M-forward-typed", "M-forward-edited") for found in report.findings)


def _not_taken(report: Report) -> str:
    """Why applications were not taken in, or what was done with older rows."""
    return "".join(found.message for found in report.findings if found.code.startswith("M-forward") or found.code in ("R09-1", "F-year-other"))


def _form(book: OpenBook) -> str:
    """The id of the form that the workbook's hidden marker names."""
    marker = book.screen.sheet(MARKER_SHEET)
    return marks(Book(book.name, (marker,) if marker else ())).form


def _checked(book: OpenBook) -> tuple[Report, str]:
    """The return checked and marked; the name of its export."""
    from toolkit.jobs.check import check_open
    from toolkit.jobs.export import name_of

    report, source, edits = check_open(book.screen.read(UNREAD), date.today())
    book.apply(edits)
    return report, name_of(source)


def _rescored(book: OpenBook) -> tuple[Report, str, str]:
    """The assessment scored anew and marked; its result in words; the name of its export."""
    from toolkit.forms import ASSESSMENT
    from toolkit.jobs import assessment_file
    from toolkit.jobs.export import studio_file
    from toolkit.jobs.score import score_open
    from toolkit.regulation import in_force

    law = in_force(date.today())
    blank = assessment_file.empty(law)
    report, edits = score_open(assessment_file.on_screen(book, blank, law), blank, law)
    book.apply(edits)
    if not report.scores:
        return report, "", ""
    (scored,) = report.scores
    return report, f"{scored.summary}。", studio_file(ASSESSMENT, scored.studio)


def _found(report: Report) -> str:
    if not report.findings:
        return "没有发现问题。"
    errors, queries = report.errors, sum(found.open for found in report.findings) - report.errors
    explained = len(report.findings) - errors - queries
    settled = f"（已说明{explained}条）" if explained else ""
    return (f"错误{errors}条，必须修改；提示{queries}条，修改或在“备注”说明{settled}。"
            f"已在表里标出，逐条列在“{ISSUE_SHEET}”表，点“定位下一个问题”可以逐个处理。")


# ---- 台账 ----

_NEXT = "接下来要办的，点“到期提醒”看。"


@_button
def merge(book: OpenBook) -> str:
    """合并区县报表: show in 合并预览 what merging the folder would do."""
    from toolkit.jobs.outcome import summary
    from toolkit.jobs.preview import preview
    from toolkit.jobs.task_answers import DeskPage

    page = DeskPage.read(book)
    folder = page.folder or book.choose_folder("选择存放各区（县）报表的文件夹", book.path.parent if book.path else None)
    if folder is None:
        return "没有选择文件夹，什么都没有做。"
    with book.quiet():
        report, listed = preview(_order(book, page, folder), datetime.now(), book.progress)
        said = f"预览：{summary(report)}。核对“{PREVIEW_SHEET}”表后点“确认入账”。"
        book.apply([listed, *page.noted(said, folder)])
    book.go(PREVIEW_SHEET, 0, 0)
    return said


@_button
def commit(book: OpenBook) -> str:
    """确认入账: carry out the merge that 合并预览 shows."""
    from toolkit.jobs.merge import merge as job
    from toolkit.jobs.outcome import summary
    from toolkit.jobs.preview import agreed_code, listing
    from toolkit.jobs.task_answers import DeskPage

    page, code = DeskPage.read(book), agreed_code(book.screen.sheet(PREVIEW_SHEET))
    if page.folder is None:
        return "“办理”表没有写报表文件夹。请重新点“合并区县报表”。"
    with book.quiet():
        order = _order(book, page, page.folder, code)
        report = job(order, datetime.now(), book.progress)
        said = f"已入账：{summary(report)}。标记副本、合并结果、回执在“{order.out}”。{_set_aside(report)}{_NEXT}"
        return _noted(book, said, [listing(order, report), *page.noted(said)], saved=True)


@_button
def make(book: OpenBook) -> str:
    """生成报表: write the workbooks to be filled in that 办理 names."""
    from toolkit.jobs.from_ledger import from_ledger
    from toolkit.jobs.keeping import OpenKeeper
    from toolkit.jobs.task_answers import DeskPage

    page, kept = DeskPage.read(book), OpenKeeper(book)
    with book.quiet():
        on, out = page.on or date.today(), page.made or kept.path.parent / "待填报表"
        paths = from_ledger(page.wanted, kept, on, out, year=page.year)
        said = f"已生成{'、'.join(f'“{path.name}”' for path in paths)}，在“{out}”。"
        return _noted(book, said, page.noted(said))


@_button
def docs(book: OpenBook) -> str:
    """生成公文: write the documents that 办理 names."""
    from toolkit.jobs.documents import documents
    from toolkit.jobs.keeping import OpenKeeper
    from toolkit.jobs.task_answers import DeskPage

    page, kept = DeskPage.read(book), OpenKeeper(book)
    with book.quiet():
        out = page.out or kept.path.parent / "公文"
        on = page.on or date.today()
        studio, district = page.whom(on)
        report = documents(page.kind, kept, out, on, datetime.now(), number=page.number, studio=studio, district=district, dry_run=page.trial)
        said = f"{_told(report, kept.path, out)}{''.join(found.message for found in report.findings)}{_NEXT if kept.path in report.outputs else ''}"
        return _noted(book, said, page.noted(said))


def _told(report: Report, ledger: Path, out: Path) -> str:
    """What was written, or would be; of many papers how many."""
    from toolkit.jobs.preview import counted

    names = report.planned or [path.name for path in report.outputs if path != ledger]
    listed = "、".join(f"“{name}”" for name in names[:3]) + (f"等{len(names)}份" if len(names) > 3 else "")
    registered = counted(report.plan) if report.plan is not None and not report.plan.empty else ""
    if report.planned:
        return f"预演：会生成{listed}{f'，台账会{registered}' if registered else ''}；什么都没有写。"
    return f"已生成{listed}，在“{out}”{f'；台账{registered}' if registered else ''}。"


@_button
def due(book: OpenBook) -> str:
    """到期提醒: list what is due, and bring 看板 up to date."""
    from toolkit.forms.model import DUE_SHEET
    from toolkit.jobs.due import board_edits
    from toolkit.jobs.due import due as job
    from toolkit.jobs.keeping import OpenKeeper
    from toolkit.jobs.task_answers import DeskPage
    from toolkit.ledger import dues
    from toolkit.pages.due_list import due_edits

    page = DeskPage.read(book)
    on = page.on or date.today()
    with book.quiet():
        kept = OpenKeeper(book)
        report = job(kept, on)
        found = report.dues or []
        said = f"截至{on}：{dues.summary(found)}"
        book.apply([*due_edits(found, on), *board_edits(kept, on, datetime.now()), *page.noted(said)])
    book.go(DUE_SHEET, 0, 0)
    return "".join((said, *(found.message for found in report.findings)))


@_button
def check_ledger(book: OpenBook) -> str:
    """校验台账: mark what is wrong in the registers."""
    from toolkit.jobs.check_ledger import check_open_ledger
    from toolkit.jobs.keeping import OpenKeeper
    from toolkit.jobs.task_answers import DeskPage

    with book.quiet():
        report, edits = check_open_ledger(OpenKeeper(book), date.today())
        said = _found(report)
        book.apply([*edits, *DeskPage.read(book).noted(said)])
    return said


@_button
def undo(book: OpenBook) -> str:
    """撤销上一步: the ledger back to before the last write."""
    from toolkit.jobs.keeping import OpenKeeper
    from toolkit.jobs.merge import undo as job
    from toolkit.jobs.task_answers import DeskPage

    kept = OpenKeeper(book)
    with book.quiet():
        book.save()
        typed = kept.typed()
    after = "其后手工改动的内容" if typed is None else f"其后手工改动的{typed}格" if typed else ""
    after = f"，{after}也会退回" if after else "，其后没有手工改动"
    if not book.ask(f"台账将恢复到上一次写入之前{after}（撤销前的一份会留在“备份/已撤销”里）。要撤销吗？"):
        return "没有撤销。"
    with book.quiet():
        report = job(kept, datetime.now())
        said = f"已撤销上一步，台账已保存；撤销记入“操作日志”。{''.join(found.message for found in report.findings)}"
        return _noted(book, said, DeskPage.read(book).noted(said), saved=True)


@_button
def case_options(book: OpenBook) -> str:
    """看能办什么: the state of one studio or application, what may be done and what is missing for the rest."""
    from toolkit.jobs.handle import looked

    return _on_case(book, looked)


@_button
def case_preview(book: OpenBook) -> str:
    """预览办理: what the chosen move would write."""
    from toolkit.jobs.handle import previewed

    return _on_case(book, previewed)


@_button
def case_act(book: OpenBook) -> str:
    """确认办理: register what 预览办理 shows."""
    from toolkit.jobs.handle import confirmed

    return _on_case(book, lambda page, kept: confirmed(page, kept, datetime.now()))


def _on_case(book: OpenBook, task: Callable[[CasePage, OpenKeeper], CaseOutcome]) -> str:
    """A task of 个案办理 on its page, where the outcome stands too."""
    from toolkit.jobs.case_answers import CasePage
    from toolkit.jobs.keeping import OpenKeeper

    with book.quiet():
        outcome = task(CasePage.read(book), OpenKeeper(book))
        return _noted(book, outcome.said, outcome.edits, saved=outcome.registered)


def _set_aside(report: Report) -> str:
    """What could not be handed out as it should, in a sentence."""
    return "".join(found.message for found in report.findings if found.code in ("M-marked", "M-receipt", "M-beside"))


def _noted(book: OpenBook, said: str, edits: Sequence[Edit], saved: bool = False) -> str:
    """`said`, written into the workbook; where Excel refuses that, what was done is told all the same."""
    try:
        book.apply(edits)
        if saved:
            book.save()
    except UserError as error:
        return f"{said}只是这句话没有写进台账：{error}"
    return said


def _order(book: OpenBook, page: DeskPage, folder: Path, code: str = "") -> MergeOrder:
    from toolkit.jobs.keeping import OpenKeeper
    from toolkit.jobs.merge import order_for

    return order_for(folder, page.year or date.today().year, ledger=OpenKeeper(book), form=page.form, previewed=code)
