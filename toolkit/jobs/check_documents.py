"""Word documents checked again after people edited them: against themselves, against each other, and against the ledger.

The documents are only read. Source: 乌人社规〔2023〕1号 第十二条（公示、命名、备案的名单一致）
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toolkit.documents.bases import clause_of
from toolkit.documents.consistency import Examined, day_in, inconsistencies, listed
from toolkit.documents.declared import DocumentKind
from toolkit.documents.docx_package import CORE
from toolkit.documents.fields import YEAR
from toolkit.documents.kinds import KINDS
from toolkit.documents.ledger_departures import departures_from
from toolkit.documents.lint import is_template, readable
from toolkit.documents.origins import trace
from toolkit.documents.package_texts import parsed
from toolkit.documents.reread import Reread, reread, shape_of
from toolkit.errors import UserError
from toolkit.jobs import crash_log
from toolkit.jobs.keeping import FileKeeper
from toolkit.jobs.rehearsal import expected_context, template_of
from toolkit.jobs.report import READ, REFUSED, FileStatus, Report
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation, in_force
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.sheets.disk import legible

RECOGNISED = 0.5  # 固定文字至少有一半与模板相同，才认作这种文书
SAME_LISTS = ("公示", "命名", "备案")
"""Moves whose lists must be the same; 授牌名单 is the list of the naming."""


@dataclass(frozen=True)
class _Checked:
    """A document that was read: what it says, and what was found."""

    read: Reread
    status: FileStatus
    findings: list[Finding]


def check_documents(paths: Sequence[Path], today: date, ledger: Path | None = None) -> Report:
    """Check every document; `ledger`: the bureau's, to compare with. One that cannot be read is refused, the others are checked."""
    report, checked = Report(), []
    for path in paths:
        try:
            done = _checked(path, today, ledger)
        except UserError as error:
            report.files.append(FileStatus(str(path), REFUSED, str(error)))
            report.findings.append(finding("F-unreadable", Place(legible(path.name)), error))
            continue
        except Exception as error:
            report.files.append(FileStatus(str(path), REFUSED, crash_log.sentence(error)))
            report.findings.append(finding("F-unreadable", Place(legible(path.name)), crash_log.sentence(error)))
            continue
        checked.append(done)
        report.files.append(done.status)
        report.findings += done.findings
    report.findings += _between(checked, in_force(today))
    return report


def _checked(path: Path, today: date, ledger: Path | None) -> _Checked:
    name = legible(path.name)
    members = readable(_bytes(path), name)
    if is_template(members):
        raise UserError(f"“{name}”是模板，里面还有没填的标签。请用 lint 检查模板；这里给填好的公文。")
    read = _recognised(members, name, ledger)
    on = day_in(read.dated) or today
    document = Examined(name, read, in_force(on), dict(read.shape.declared))
    found = inconsistencies(document)
    if ledger is not None:
        read, found = _compared(document, members, ledger, on)
    place = Place(name)
    found += [finding("P-lost", place, each.shown) for each in read.lost]
    rows = max((len(read.rows_of(group[0])) for group in read.shape.list_groups), default=0)
    year = read.value(YEAR.key)
    return _Checked(read, FileStatus(str(path), READ, "", read.kind.name, "", int(year) if year.isdigit() else None, rows), found)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"“{path}”打不开。请核对文件位置，并关闭Word里打开的这个文件。") from error


def _recognised(members: Mapping[str, bytes], name: str, ledger: Path | None) -> Reread:
    """The document read as the kind it is: by file name or title, else by what it says. UserError where it is none."""
    for kind in _likely(members, name):
        read = reread(members, shape_of(kind, template_of(kind.name, ledger)))
        if read.sure >= RECOGNISED:
            return read
    every = (reread(members, shape_of(kind, template_of(kind.name, ledger))) for kind in KINDS.values())
    best = max((each for each in every if each.sure >= RECOGNISED), key=lambda each: each.known, default=None)
    if best is None or not (best.values or best.rows):
        raise UserError(f"“{name}”认不出是哪种文书，没有核对。请给本工具生成的公文（可以改过措辞）；版式用 lint 检查。")
    return best


def _likely(members: Mapping[str, bytes], name: str) -> Iterator[DocumentKind]:
    """Kinds whose file names this one looks like, the title standing for a name that people changed."""
    title = "".join(map(str, parsed(members[CORE]).itertext())) if CORE in members else ""
    for kind in KINDS.values():
        pattern = ".*".join(map(re.escape, re.split(r"\{[^{}]*\}", kind.file_name)))
        if re.search(pattern, Path(name).stem) or re.search(pattern.removeprefix(r".*\ "), title):
            yield kind


def _compared(document: Examined, members: Mapping[str, bytes], ledger: Path, on: date) -> tuple[Reread, list[Finding]]:
    """The document read by what the ledger says it should be, and all findings."""
    kind = document.read.kind
    try:
        expected = expected_context(kind, ledger, on, document.read)
    except UserError as error:
        return document.read, [*inconsistencies(document), finding("P-ledger", Place(document.file), error)]
    read = reread(members, shape_of(kind, template_of(kind.name, ledger), expected))
    law = in_force(on)
    standing = FileKeeper(ledger).load(law).standing
    law = standing.parameters(law)
    document = Examined(document.file, read, law, dict(read.shape.declared))
    traced = trace(kind, expected, Books(standing), law)
    return read, [*inconsistencies(document), *departures_from(document, expected, traced)]


def _between(checked: Iterable[_Checked], law: Regulation) -> Iterator[Finding]:
    """R12-2: 公示, 命名, 授牌 and 备案 of one year, given together, list the same studios."""
    by_year: dict[str, list[_Checked]] = {}
    for each in checked:
        if (each.read.kind.move in SAME_LISTS or each.read.kind.name == "授牌名单") and listed(each.read):
            by_year.setdefault(each.read.value(YEAR.key), []).append(each)
    for group in by_year.values():
        for one in group:
            for other in group:
                for studio in dict.fromkeys(listed(other.read)):
                    if studio not in listed(one.read) and not _may_lack(one, other):
                        place = Place(legible(Path(one.status.path).name), "", "", "名单")
                        yield finding("P-lists", place, studio, clause_of("命名", law), other=legible(Path(other.status.path).name))


def _may_lack(one: _Checked, other: _Checked) -> bool:
    """A studio that was made public may not have been named: an objection was upheld, or its time has not come."""
    return other.read.kind.move == "公示"
