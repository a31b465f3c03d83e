"""Score returned 期满考核评分表: recompute from the evidence, tell every difference, fill in 区县考核汇总表. Originals are only read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms import ASSESSMENT, SUMMARY
from toolkit.forms.assessment import COVER
from toolkit.forms.score_sheet import HEADER_ROW
from toolkit.forms.summary import RESULTS, SECTIONS
from toolkit.jobs import assessment_file
from toolkit.jobs.intake import Progress, silent
from toolkit.jobs.report import IGNORED, READ, REFUSED, FileStatus, Report
from toolkit.pages import marks
from toolkit.regulation import Regulation, in_force
from toolkit.regulation import rubric as annex
from toolkit.regulation.rubric.cell_values import text
from toolkit.regulation.rubric.grades import SAME
from toolkit.regulation.rubric.structure import BASE
from toolkit.returns.checks.assessed import totals
from toolkit.returns.filed import Filed
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding
from toolkit.returns.parse import Parser
from toolkit.returns.records import Record
from toolkit.returns.rescoring import Assessment
from toolkit.returns.values import day, shown
from toolkit.sheets import read
from toolkit.sheets.edit import CellValue, Edit


def score(paths: Sequence[Path], today: date, out: Path | None = None, password: str | None = None,
          progress: Progress = silent) -> Report:
    """Judge the assessments in files and folders; `out` gets marked copies, a 区县考核汇总表 for each district, and the
    printed 附件2 of every finished one.

    UserError where nothing can be read. The law is the one in force today.
    """
    law = in_force(today)
    files, ignored = read.candidates(paths)
    if not files:
        raise UserError("没有找到评分表。请给出期满考核评分表文件，或存放它们的文件夹。")
    report = Report([FileStatus(str(path), IGNORED, reason) for path, reason in ignored], scores=[])
    blank, rubric = assessment_file.empty(law), annex.of(law)
    judged: list[tuple[Path, Assessment]] = []
    for done, path in enumerate(files, 1):
        try:
            filed = assessment_file.load(path, _named(path, judged), blank, law, password)
        except UserError as error:
            if list(paths) == [path]:
                raise
            report.files.append(FileStatus(str(path), REFUSED, str(error)))
            report.findings.append(finding("F-unreadable", Place(path.name), error))
        else:
            assessment = Assessment(filed, blank, rubric, law)
            judged += _taken(path, assessment, report)
        progress(done, len(files), path.name)
    report.files.sort(key=lambda line: line.path)
    report.findings += _twice([assessment for _, assessment in judged])
    if out is not None:
        assessments = [assessment for _, assessment in judged]
        report.outputs = [*_summaries(assessments, today, law, out), *_marked(judged, report.findings, out, password),
                          *_forms(assessments, today, law, out / "附件2")]
    return report


def score_open(filed: Filed, blank: Filed, law: Regulation) -> tuple[Report, list[Edit]]:
    """Judge the assessment that is open as `filed`: what was found, and the marks to make in it."""
    report = Report(scores=[])
    assessment = _taken(Path(filed.file), Assessment(filed, blank, annex.of(law), law), report)
    return report, marks.edits(filed.book, report.findings, _headers(filed)) if assessment else []


def _headers(filed: Filed) -> dict[str, int]:
    """Zero-based row of the column headers, by sheet."""
    return {COVER: HEADER_ROW} | {table.name: table.layout.row for table in filed.tables.values()}


def _named(path: Path, judged: Sequence[tuple[Path, Assessment]]) -> str:
    """How findings call the file: the later of two files of one name by its folder too."""
    taken = {assessment.filed.file for _, assessment in judged}
    return f"{path.parent.name}/{path.name}" if path.name in taken else path.name


def _taken(path: Path, assessment: Assessment, report: Report) -> list[tuple[Path, Assessment]]:
    """The assessment with its findings in the report; none where the file is something else."""
    refusal = next((each.message for each in assessment.filed.findings if each.code == "S-form"), "")
    if refusal:
        report.files.append(FileStatus(str(path), REFUSED, refusal))
        report.findings += assessment.filed.findings
        return []
    held = assessment.held_on
    report.files.append(FileStatus(str(path), READ, "；".join(assessment.filed.book.notes), ASSESSMENT.name, assessment.district,
                                   held.year if held else None, 1))
    report.findings += assessment.findings
    report.scores = [*(report.scores or ()), assessment]
    return [(path, assessment)]


def _twice(judged: Sequence[Assessment]) -> list[Finding]:
    """One studio in two files."""
    names = [assessment.studio for assessment in judged]
    return [finding("S-twice", assessment.filed.place("fact_studio", "工作室名称"), assessment.studio, assessment.law.clause("R19-2"),
                    other="、".join(other.filed.file for other in judged if other is not assessment and other.studio == assessment.studio))
            for assessment in judged if assessment.studio and names.count(assessment.studio) > 1]


def summary_row(number: int, assessment: Assessment) -> dict[str, CellValue]:
    """The studio's line of 区县考核汇总表, by header; an assessment without a grade has no points."""
    filed, result = assessment.filed, assessment.score
    row: dict[str, CellValue] = {
        "序号": number, "区县": assessment.district or None, "工作室编号": filed.value("fact_studio_no"),
        "工作室名称": assessment.studio or None, "领办人": filed.value("fact_leader"), "申办单位": filed.value("fact_unit"),
        "职业(工种)": _occupation(assessment), "考核日期": assessment.held_on,
        "等次敏感性": _hangs_on(assessment), "未达义务提示": "；".join(_duties(assessment)) or None}
    if result.result in {band.name for band in assessment.rubric.bands}:
        base = [section for section in assessment.rubric.sections if section.kind == BASE]
        row |= {header: result.sections[section.id] for header, section in zip(SECTIONS, base, strict=True)}
        row["加分"] = result.bonus
    return row


def _occupation(assessment: Assessment) -> str | None:
    """The occupation the studio's name says: leader, occupation, suffix (R09-3)."""
    leader, suffix = shown(assessment.filed.value("fact_leader")), assessment.law.facts["studio_suffix"]
    if leader and assessment.studio.startswith(leader) and assessment.studio.endswith(suffix):
        return assessment.studio.removeprefix(leader).removesuffix(suffix) or None
    return None


def _duties(assessment: Assessment) -> list[str]:
    said = (text(assessment.wanted[f"duty_{number}"]) for number in range(1, len(assessment.rubric.whole.duties) + 1))
    return [duty for duty in said if duty]


def _summaries(judged: Sequence[Assessment], today: date, law: Regulation, out: Path) -> list[Path]:
    """A 区县考核汇总表 for each district and year."""
    from toolkit.pages import summary_book
    from toolkit.pages.layout import Edition

    groups: dict[tuple[str, int], list[Assessment]] = {}
    for assessment in sorted(judged, key=lambda assessment: (assessment.district, assessment.studio)):
        groups.setdefault((assessment.district, (assessment.held_on or today).year), []).append(assessment)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for (district, year), group in groups.items():
        path = out / SUMMARY.file_name.format(district=district or "未填区县", name=SUMMARY.name, year=year)
        earlier = _earlier(path, law)
        rows = [summary_row(number, assessment) | _said_before(assessment, earlier.get(assessment.studio))
                for number, assessment in enumerate(group, 1)]
        path.write_bytes(summary_book.workbook(Edition(law, district, year), today, rows))
        written.append(path)
    return written


def _earlier(path: Path, law: Regulation) -> dict[str, Record]:
    """The rows of an earlier summary of this name, by studio."""
    if not path.exists():
        return {}
    rows = Parser(law, (SUMMARY,)).read(read.workbook(path)).records(RESULTS.name)
    return {row["工作室名称"]: row for row in rows if row["工作室名称"]}


def _said_before(assessment: Assessment, row: Record | None) -> dict[str, CellValue]:
    """What people wrote beside the studio: remarks stay, a confirmation as long as the points it confirms."""
    if row is None:
        return {}
    confirmed = totals(row, assessment.rubric)
    same = confirmed is not None and confirmed.total == assessment.score.total and row["等次敏感性"] == _hangs_on(assessment)
    return {"备注": row["备注"], "确认说明": row["确认说明"] if same else None}


def _hangs_on(assessment: Assessment) -> str:
    return "；".join(assessment.score.sensitive) or SAME


def _forms(judged: Sequence[Assessment], today: date, law: Regulation, out: Path) -> list[Path]:
    """附件2 as it is signed and filed, for every assessment with a grade and all its facts."""
    from toolkit.jobs.assessment_documents import write_form

    written = []
    for assessment in judged:
        filed = assessment.filed
        facts = {"工作室名称": assessment.studio, "领办人": filed.value("fact_leader"), "申办单位": filed.value("fact_unit"),
             "区县": assessment.district,
                 "建设周期起": day(filed.value("fact_from")).value, "建设周期止": day(filed.value("fact_to")).value,
                 "考核日期": assessment.held_on}
        if assessment.score.result in {band.name for band in assessment.rubric.bands} and all(facts.values()):
            out.mkdir(parents=True, exist_ok=True)
            reasons = {item.id: shown(filed.value(item.reason_name)) for item in assessment.rubric.items}
            written.append(write_form(law, facts, out, today, assessment.score, reasons))
    return written


def _marked(judged: Sequence[tuple[Path, Assessment]], findings: Sequence[Finding], out: Path, password: str | None) -> list[Path]:
    """A marked copy of every assessment, in a folder of its own."""
    written = []
    for path, assessment in judged:
        mine = [found for found in findings if found.place.file == assessment.filed.file]
        stem = Path(assessment.filed.file.replace("/", "_")).stem
        target = out / "标记副本" / f"{stem}_校验.xlsx"
        written.append(marks.write_marked(path, assessment.filed.book, mine, _headers(assessment.filed), target))
    return written
