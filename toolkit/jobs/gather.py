"""Take 申报工作簿 into a district's 区县推荐汇总表: nothing is typed again, nothing written by hand is written over.

Source: 乌人社规〔2023〕1号 第九条、第十条
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms import APPLICATION_BOOK, RECOMMENDATION
from toolkit.forms.application_book import OF_DISTRICT
from toolkit.forms.register_rows import ApplicationRow
from toolkit.jobs.intake import Intake, Progress, isolated, silent, take_in
from toolkit.jobs.keeping import BACKUPS, finished
from toolkit.jobs.report import READ, FileStatus, Report
from toolkit.jobs.workers import UNREAD
from toolkit.ledger import versions
from toolkit.pages.gathered_rows import ADDED, KEPT, REPLACED, UNCHANGED, Gathering
from toolkit.regulation import Regulation, in_force
from toolkit.returns import checks, gathering, recognise
from toolkit.returns.checks import Checked
from toolkit.returns.checks.case import Case
from toolkit.returns.findings import ERROR, Finding, Place
from toolkit.returns.gathering import COMPLETE, SERIAL
from toolkit.returns.messages import finding
from toolkit.returns.parse import Parser
from toolkit.returns.records import Return
from toolkit.sheets import copies, read, store
from toolkit.sheets.edit import Edit
from toolkit.sheets.grid import Book

SUPERSEDED = "以另一份为准"
LEFT_TO_DISTRICT = tuple(header for header in OF_DISTRICT if header not in (SERIAL, COMPLETE))
"""What no application says, and only the district can fill in."""
WRITABLE = (".xlsx", ".xlsm")
_ORDER = (ADDED, REPLACED, UNCHANGED, KEPT, SUPERSEDED)


@dataclass
class GatherReport(Report):
    """`outcomes`: file → 新汇入 | 替换原来的行 | 没有变化 | 没有汇入 | 以另一份为准."""

    outcomes: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict:
        counted = Counter(self.outcomes.values())
        return super().as_json() | {"plan": {"added": counted[ADDED], "changed": counted[REPLACED], "unchanged": counted[UNCHANGED],
                                             "conflicts": counted[KEPT]}}

    @property
    def summary(self) -> str:
        """How many applications there are of each outcome."""
        counted = Counter(self.outcomes.values())
        return "，".join(f"{outcome}{counted[outcome]}件" for outcome in _ORDER if counted[outcome]) or "没有一件申报"


def gather(paths: Sequence[Path], into: Path, now: datetime, replaces: bool = False, password: str | None = None,
           progress: Progress = silent) -> GatherReport:
    """Take the applications in files and folders into the workbook `into`, which is copied to 备份 first.

    replaces: rows that were typed or changed by hand are replaced too. UserError where there is no such workbook, or where it is open,
    not this form, or declared empty.
    """
    if not into.is_file():
        raise UserError(f"找不到推荐汇总表“{into}”。请核对路径；还没有的，先用“新建”做一份。")
    intake = take_in(paths, in_force(now.date()), password, progress)
    intake.returns = [source for source in intake.returns if intake.paths[source.file].resolve() != into.resolve()]
    return into_file(intake, into, now, replaces)


def into_file(intake: Intake, into: Path, now: datetime, replaces: bool = False) -> GatherReport:
    """Take applications that were read into the workbook `into`; as `gather`."""
    law = in_force(now.date())
    with store.locked(into):
        data = into.read_bytes()
        if not copies.editable(data):
            raise UserError(f"“{into.name}”不能写入。请在 Excel 里另存为 .xlsm 或 .xlsx，再汇入。")
        report, edits = gathered(intake, read.from_bytes(data, into.name), law, replaces)
        if edits:
            content = finished(data, edits, into.name, now.date(), "推荐汇总表")
            store.write(into, content, backups=into.parent / BACKUPS, at=now)
            report.outputs.append(into)
    return report


def opened(book: Book, path: Path, law: Regulation) -> Intake:
    """The one application that is open as `book`. UserError where it is none."""
    source = Parser(law, (APPLICATION_BOOK,)).read(book)
    if source.form is not APPLICATION_BOOK:
        raise UserError(f"“{book.file}”不是申报工作簿。请打开申报工作簿再点。")
    checks.alone(source, law)
    return Intake([source], {source.file: path})


def destination_in(folder: Path, application: Return) -> Path:
    """The one 推荐汇总表 in a folder for the year and district of an application. UserError where there is none, or several."""
    files, _ = read.candidates([folder])
    found = []
    for path in files:
        if path.suffix.lower() in WRITABLE:
            told = recognise.marks(read.workbook(path, None, UNREAD))
            if told.form == RECOMMENDATION.id and told.year in ("", str(application.year)) and told.district in ("", application.district):
                found.append(path)
    whose = f"{application.district}{application.year or ''}年度的推荐汇总表"
    if not found:
        raise UserError(f"“{folder}”里没有{whose}。请选存放它的文件夹；还没有的，先用“新建”做一份。")
    if len(found) > 1:
        names = "、".join(f"“{path.name}”" for path in found)
        raise UserError(f"“{folder}”里有{len(found)}份{whose}：{names}。请只留一份，其余移到别处。")
    return found[0]


def gathered(intake: Intake, book: Book, law: Regulation, replaces: bool = False) -> tuple[GatherReport, list[Edit]]:
    """What taking in these applications does to the 推荐汇总表 read as `book`: the report, and the edits. UserError as `gather`."""
    target = destination(book, law)
    applications = [source for source in intake.returns if source.form is APPLICATION_BOOK]
    others = [source for source in intake.returns if source.form is not APPLICATION_BOOK]
    if not applications:
        raise UserError("没有找到申报工作簿。请给出单位报来的申报工作簿，或存放它们的文件夹。")
    intake.returns = applications
    choices = versions.choose(applications)
    checked = isolated(intake, lambda: checks.run(intake.returns, law, competing=[choice.chosen for choice in choices]))
    work = Gathering(book, target, replaces)
    refused = _taken_in(work, choices, checked, law)
    by_path = {str(intake.paths[file]): outcome for file, outcome in work.outcomes.items()}
    statuses = [_status(each, by_path.get(each.path, "")) for each in intake.statuses(checked)]
    statuses += [FileStatus(str(intake.paths[source.file]), "忽略", "不是申报工作簿") for source in others]
    found = intake.unreadable_findings() + checked.findings + refused + work.findings
    return GatherReport(sorted(statuses, key=lambda line: line.path), found, outcomes=work.outcomes), work.edits


def destination(book: Book, law: Regulation) -> Return:
    """The 推荐汇总表 as it stands. UserError where it is none, or declared empty."""
    target = Parser(law, (RECOMMENDATION,)).read(book)
    if target.form is not RECOMMENDATION or RECOMMENDATION.sheets[0].name not in target.tables:
        raise UserError(f"“{book.file}”不是区县推荐汇总表。请选推荐汇总表。")
    if target.nil:
        raise UserError(f"“{book.file}”的“本区县无推荐”选了“是”，没有汇入。请改为“否”再汇入。")
    return target


def _taken_in(work: Gathering, choices: Sequence[versions.Choice], checked: Checked, law: Regulation) -> list[Finding]:
    """Every application that has no error put in, in the order of their files; returns why others are not."""
    cases = {case.source.file: case for case in checked.cases}
    refused: list[Finding] = []
    for choice in sorted(choices, key=lambda each: each.chosen.file):
        source = choice.chosen
        case = cases.get(source.file)
        work.outcomes |= dict.fromkeys((each.file for each in (*choice.same, *choice.superseded)), SUPERSEDED)
        work.outcomes |= dict.fromkeys((each.file for each in (source, *choice.rivals)), KEPT)
        if why := _why_not(case, choice, work.source, checked):
            refused.append(why)
        elif case is not None:
            work.take(gathering.forwarded(case, law))
    return refused


def _why_not(case: Case | None, choice: versions.Choice, target: Return, checked: Checked) -> Finding | None:
    source, place = choice.chosen, Place(choice.chosen.file)
    if choice.rivals:
        return finding("M-forward-rivals", place, (case[ApplicationRow.studio.header] if case else "") or source.file, count=1 + len(choice.rivals))
    if case is None or checked.refusal(source) or checked.outcome(case) == checks.REFUSED:
        count = sum(found.level == ERROR for found in checked.findings if found.place.file == source.file)
        return finding("M-forward-errors", place, (case[ApplicationRow.studio.header] if case else "") or source.file, count=count)
    if target.year is not None and source.year != target.year:
        return finding("F-year-other", place, source.year or "", wanted=target.year)
    if target.district and source.district != target.district:
        return case.finding("R09-1", ApplicationRow.district.header, wanted=target.district)
    return None


def _status(line: FileStatus, outcome: str) -> FileStatus:
    """The line of a file with what became of it in front."""
    return replace(line, reason="；".join(filter(None, (outcome, line.reason)))) if outcome and line.status == READ else line
