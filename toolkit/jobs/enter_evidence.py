"""Enter the evidence of 期满考核评分表 into the ledger, by the same way as districts' returns: read, judge, plan, write once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.jobs import outcome, score
from toolkit.jobs.intake import Progress
from toolkit.jobs.issuing import deciding
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.report import READ, REFUSED, FileStatus, Report
from toolkit.ledger.books import Books
from toolkit.ledger.evidence_filings import Filings, filings
from toolkit.ledger.evidence_plan import EvidencePlan, build
from toolkit.ledger.plan import Plan
from toolkit.pages import register
from toolkit.regulation import Regulation, in_force
from toolkit.returns.findings import Finding
from toolkit.returns.rescoring import Assessment, counted_elsewhere

if TYPE_CHECKING:
    from toolkit.jobs.merge import MergeOrder
    from toolkit.pages.result_tables import ResultTable


@dataclass
class EvidenceEntry:
    """Everything that was found out about the assessments of a folder. `read`: their files, and what kept files from being read."""

    order: MergeOrder
    now: datetime
    law: Regulation
    ledger: register.Ledger
    read: Report
    judged: Sequence[tuple[Path, Assessment]]
    filings: Filings
    made: EvidencePlan
    operation: str = "佐证入账"

    @property
    def plan(self) -> Plan:
        return self.made.plan

    @property
    def report(self) -> Report:
        """What scoring finds besides, of points and of cells of the cover, is for `score` to say."""
        found = list(self.read.findings)
        for _, assessment in self.judged:
            found += [*assessment.filed.findings, *assessment.counted.findings]
        found += [*counted_elsewhere([assessment for _, assessment in self.judged]), *self.filings.findings, *self.made.findings,
                  *outcome.of_plan(self.plan, self.ledger, self.order.ledger)]
        return Report(self._files(), list(dict.fromkeys(found)), plan=self.plan)

    def _files(self) -> list[FileStatus]:
        names = {path: assessment.filed.file for path, assessment in self.judged}
        rows = {filing.file: len(filing.records) for filing in self.filings.taken}
        return [replace(line, rows=rows.get(name, 0)) if (name := names.get(Path(line.path), "")) not in self.filings.refused
                else replace(line, status=REFUSED, reason=self.filings.refused[name]) for line in self.read.files]

    @property
    def code(self) -> str:
        from toolkit.jobs.merge import preview_code

        files = [(assessment.filed.file, assessment.filed.book.sha256) for _, assessment in self.judged]
        return preview_code(self.order, files, self.plan)

    @property
    def originals(self) -> Sequence[Path]:
        return [path for path, _ in self.judged]

    def marked(self, outputs: Outputs) -> list[Finding]:
        outputs.spare(self.originals)
        return score.mark_all(self.judged, self.report.findings, outputs, self.order.password)

    def results(self, report: Report, outputs: Outputs, logged: Sequence[object] | None) -> None:
        outcome.write_results(self.order, self.now, [self._overview(report), *outcome.lists(report, self.plan)], report, outputs)

    def _overview(self, report: Report) -> ResultTable:
        from toolkit.pages.result_heads import STUDIOS_ENTERED

        studios = {filing.file: filing.studio for filing in self.filings.taken}
        names = {str(path): assessment.filed.file for path, assessment in self.judged}
        rows = []
        for line in report.files:
            studio = studios.get(names.get(line.path, ""))
            if line.status in (READ, REFUSED):
                rows.append((*((studio.number, studio.name) if studio else ("", "")), line.name, line.status, line.rows, line.reason))
        return STUDIOS_ENTERED.over(rows)


def prepared(order: MergeOrder, now: datetime, progress: Progress) -> EvidenceEntry:
    """Everything but the writing. UserError where there is nothing to enter."""
    law = in_force(now.date())
    opened = order.ledger.load(law)
    books = Books(opened.standing)
    with deciding(law):
        law = opened.standing.parameters(law)
        read, judged = score.read_all([order.folder], law, order.password, progress)
        found = filings([assessment for _, assessment in judged], order.year, books, law)
        made = build(found.taken, books, law)
    return EvidenceEntry(order, now, law, opened, Report(read.files, _unread(read, judged)), judged, found, made)


def _unread(read: Report, judged: Sequence[tuple[Path, Assessment]]) -> list[Finding]:
    """What is said of files that could not be judged."""
    known = {assessment.filed.file for _, assessment in judged}
    return [each for each in read.findings if each.place.file not in known]
