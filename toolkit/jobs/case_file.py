"""个案档案: one folder for one studio or application, with what the registers tell, its documents and the originals of its returns.

A file in the folder that somebody changed stays; the new one stands beside it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from toolkit.documents.case_context import UNREADABLE, CasePart, case_context, unnumbered
from toolkit.errors import UserError
from toolkit.forms.register_rows import IssuedRow
from toolkit.jobs.act import meant, opened_ledger
from toolkit.jobs.document_index import read_index
from toolkit.jobs.issuing import IssuingContext, deciding, written
from toolkit.jobs.keeping import ARCHIVE, Keeper
from toolkit.jobs.outputs import INDEX, Outputs
from toolkit.jobs.report import Report
from toolkit.ledger.subjects import Subject
from toolkit.ledger.timeline import TimelineEvent, rows_of, source_of, timeline
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.values import shown
from toolkit.sheets.disk import disk_errors, fitting_name

CASE = "个案档案"
CONTENTS, ORIGINALS, DOCUMENTS = "目录.xlsx", "原件", "公文"
_HASH = 16


def case(place: Path | Keeper, called: str, on: date, out: Path | None = None) -> Report:
    """Write the folder of what `called` means (编号, 名称, an application's leader by ID number) into `out`, by default 个案档案 beside
    the ledger. UserError where nothing, or more than one, is called so. Findings name originals and documents that are not as recorded."""
    issuing = opened_ledger(place, on)
    with deciding(issuing.law):
        subject = meant(issuing, called)
        events = timeline(subject, issuing.law)
    report = Report()
    base = out or issuing.keeper.path.parent / CASE
    name = fitting_name(f"{subject.number} {subject.name}" if subject.number else f"{subject.name}（{subject.district}）", "")
    originals, documents = list(_originals(subject, issuing, report.findings)), list(_documents(subject, issuing, events, report.findings))
    with Outputs(base / name, keeps=True) as outputs:
        report.outputs.append(written(CASE, case_context(issuing.law, issuing.on, subject, events, (documents, originals)), outputs, None))
        for folder, parts in ((DOCUMENTS, documents), (ORIGINALS, originals)):
            report.outputs += [path for part in parts if (path := _copied(part, outputs.below(folder)))]
        made = outputs.room()
        _contents(made, subject, issuing, events, {DOCUMENTS: documents, ORIGINALS: originals}, outputs.folder)
        report.outputs.append(outputs.take(made, CONTENTS))
        outputs.release()
        report.outputs = outputs.where(report.outputs)
        report.findings += outputs.findings
    return report


def _copied(part: CasePart, outputs: Outputs) -> Path | None:
    """The path it gets; None where there is nothing to copy, or it lies there already."""
    there = outputs.folder / part.name
    if part.content is None or (there.is_file() and there.read_bytes() == part.content):
        return None
    return outputs.add(part.name, part.content)


def _originals(subject: Subject, issuing: IssuingContext, told: list[Finding]) -> Iterator[CasePart]:
    """The returns that its rows came with, each once, by the hash in the rows."""
    archive = issuing.keeper.path.parent / ARCHIVE
    sources = {source.sha256: (source, row) for row in rows_of(subject) if (source := source_of(row)) and source.sha256}
    for sha256, (source, row) in sources.items():
        place = row.record.place(type(row).fields["source_hash"].header)
        kept = sorted(archive.glob(f"{sha256} *"))
        if not kept:
            told.append(finding("P-original-missing", place, source.file))
            yield CasePart(source.file or sha256, sha256, f"“{ARCHIVE}”里没有")
            continue
        with disk_errors(kept[0]):
            content = kept[0].read_bytes()
        whole = hashlib.sha256(content).hexdigest()[:_HASH] == sha256
        if not whole:
            told.append(finding("P-original-altered", place, kept[0].name))
        yield CasePart(kept[0].name, sha256, "校验相符" if whole else "内容与校验码不符，入账以后改动过", content)


def _documents(subject: Subject, issuing: IssuingContext, events: Sequence[TimelineEvent], told: list[Finding]) -> Iterator[CasePart]:
    """The documents in the folders beside the ledger that name it, then those of 发文登记 that are in none of these."""
    names = set(subject.studio.names if subject.studio else (subject.name,))
    numbers = set()
    for folder in sorted({path.parent for path in issuing.keeper.path.parent.glob(f"*/{Path(INDEX).stem}*.xlsx")}):
        try:
            index = read_index(folder)
        except UserError as error:
            told.append(finding("P-index-unread", Place(INDEX), error))
            continue
        about = index.telling(names)
        for each in index.indexed:
            if each.about in names or each.file in about:
                numbers.add(each.number)
                yield _document(folder / each.file, each.sha256, issuing, told)
    text = "\n".join(event.what for event in events)
    for issue in issuing.books.of(IssuedRow):
        number, whom, paper = (shown(issue.record.values.get(field.header)) for field in (IssuedRow.number, IssuedRow.subject, IssuedRow.paper))
        if number and number not in numbers and (number in text or any(name and name in whom for name in (*names, subject.number))):
            yield CasePart(f"{number} {paper}", "", "发文登记里有，台账旁边的公文里没有")


def _document(path: Path, sha256: str, issuing: IssuingContext, told: list[Finding]) -> CasePart:
    if not path.is_file():
        told.append(finding("P-document-missing", Place(INDEX), path.name))
        return CasePart(path.name, sha256, "公文索引里有，文件不在了")
    with disk_errors(path):
        content = path.read_bytes()
    same = hashlib.sha256(content).hexdigest()[:_HASH] == sha256
    return CasePart(path.name, sha256, "没有改动" if same else "生成以后改过", content)


def _contents(path: Path, subject: Subject, issuing: IssuingContext, events: Sequence[TimelineEvent],
              parts: Mapping[str, Sequence[CasePart]], folder: Path) -> None:
    """The index: every event with its cell, every file with its hash."""
    from toolkit.pages import result_tables
    from toolkit.pages.result_heads import EVENTS, PARTS
    from toolkit.pages.result_tables import FileLink

    ledger = Path(os.path.relpath(issuing.keeper.path, folder)).as_posix()
    told = [(event.when, unnumbered(event.what), event.clause,
             FileLink(f"{event.place.sheet} {event.place.cell}", ledger, f"'{event.place.sheet}'!{event.place.cell}"),
             *((event.source.file, event.source.sheet, event.source.row, event.source.sha256) if event.source else ("",) * 4),
             UNREADABLE if event.unreadable else "") for event in events]
    files = [(kind, FileLink(part.name, f"{kind}/{part.name}") if part.content is not None else part.name, part.sha256, part.said)
             for kind, those in parts.items() for part in those]
    result_tables.write(path, [EVENTS.over(told), PARTS.over(files)],
                        f"{subject.label} {CASE}", f"截至{issuing.on}；点蓝色的字打开台账的那一格或文件")
