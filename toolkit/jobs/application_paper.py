"""附件1 on paper from a 申报工作簿: everything that the unit filled in, to be signed, sealed and handed in.

Source: 乌人社规〔2023〕1号 第九条、附件1 (A1-1 … A1-5)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from toolkit.documents.application_contexts import printed_form
from toolkit.errors import UserError
from toolkit.forms import APPLICATION_BOOK
from toolkit.forms.application_rows import ApplicationHonourRow, ApplicationMemberRow, ApplicationPageRow
from toolkit.forms.papers import APPLICATION_FORM
from toolkit.jobs.intake import Intake, Progress, silent, take_in
from toolkit.jobs.issuing import written
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.report import FileStatus, Report
from toolkit.regulation import Regulation, in_force
from toolkit.returns import checks
from toolkit.returns.checks import Checked
from toolkit.returns.findings import ERROR
from toolkit.returns.records import Return

MADE, NOT_MADE = "已生成", "没有生成"


def application_papers(paths: Sequence[Path], out: Path, on: date, template: Path | None = None, replaces: bool = False,
                       password: str | None = None, progress: Progress = silent) -> Report:
    """One 申报表 for each 申报工作簿 among files and folders; one with errors gets none. A paper that stands there and says something else
    stays, the new one beside it, unless `replaces`. UserError where there is no 申报工作簿."""
    law = in_force(on)
    return papers_of(take_in(paths, law, password, progress), out, law, on, template, replaces)


def papers_of(intake: Intake, out: Path, law: Regulation, on: date, template: Path | None = None, replaces: bool = False) -> Report:
    """As `application_papers`, of what was read."""
    others = [source for source in intake.returns if source.form is not APPLICATION_BOOK]
    intake.returns = [source for source in intake.returns if source.form is APPLICATION_BOOK]
    if not intake.returns:
        raise UserError("没有找到申报工作簿。请给出申办单位填好的申报工作簿，或存放它们的文件夹。")
    report, became = Report(findings=intake.unreadable_findings()), {}
    with Outputs(out, keeps=not replaces) as outputs:
        for source in intake.returns:  # each by itself: what others apply for is not this paper's matter
            checked = checks.run([source], law)
            report.findings += checked.findings
            became[str(intake.paths[source.file])] = _one(source, checked, outputs, report, law, on, template)
        outputs.release()
        report.outputs = outputs.where(report.outputs)
        report.findings += outputs.findings
    report.files = [replace(line, reason="；".join(filter(None, (became.get(line.path), line.reason)))) for line in intake.statuses(Checked())]
    report.files += [FileStatus(str(intake.paths[source.file]), "忽略", "不是申报工作簿") for source in others]
    return report


def _one(source: Return, checked: Checked, out: Outputs, report: Report, law: Regulation, on: date, template: Path | None) -> str:
    """What became of one workbook."""
    errors = sum(found.level == ERROR for found in checked.findings if found.place.file == source.file)
    pages = [ApplicationPageRow(record) for record in source.records(ApplicationPageRow.sheet.name)]
    if errors or checked.refusal(source) or not pages:
        return f"{NOT_MADE}{APPLICATION_FORM}，错误{errors}条，请改正后再生成" if errors else f"{NOT_MADE}{APPLICATION_FORM}"
    team = [ApplicationMemberRow(record) for record in source.records(ApplicationMemberRow.sheet.name)]
    awards = [ApplicationHonourRow(record) for record in source.records(ApplicationHonourRow.sheet.name)]
    context = printed_form(pages[0], team, awards, law, pages[0].filled_on or on)
    report.outputs.append(written(APPLICATION_FORM, context, out, template))
    return f"{MADE}{APPLICATION_FORM}"
