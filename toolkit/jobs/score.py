"""Score returned 期满考核评分表: recompute from the evidence, tell every difference, fill in 区县考核汇总表. Originals are only read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms import ASSESSMENT, SUMMARY
from toolkit.forms.assessment import COVER
from toolkit.forms.model import SERIAL
from toolkit.forms.register_rows import AssessmentRow
from toolkit.forms.score_sheet import HEADER_ROW
from toolkit.forms.summary import RESULTS, SECTIONS
from toolkit.jobs import assessment_file, crash_log
from toolkit.jobs.bureau import of_ledger
from toolkit.jobs.check import refuse_same_folder
from toolkit.jobs.intake import Progress, silent
from toolkit.jobs.outputs import Outputs, marked_name
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
from toolkit.returns.rescoring import Assessment, counted_elsewhere
from toolkit.returns.values import day, shown
from toolkit.sheets import read
from toolkit.sheets.disk import legible
from toolkit.sheets.edit import CellValue, Edit

Judged = Sequence[tuple[Path, Assessment]]


def score(paths: Sequence[Path], today: date, out: Path | None = None, password: str | None = None,
          progress: Progress = silent, ledger: Path | None = None) -> Report:
    """Judge the assessments in files and folders; `out` gets marked copies, a 区县考核汇总表 for each district, and the
    printed 附件2 of every finished one.

    UserError where nothing can be read. The law is the one in force today, as the bureau's parameters in `ledger` set it.
    """
    law = in_force(today) if ledger is None else of_ledger(ledger, today)[0]
    if out is not None:
        refuse_same_folder(paths, out)
    with Outputs(out) if out is not None else nullcontext() as outputs:
        report, judged = read_all(paths, law, password, progress)
        assessments = [assessment for _, assessment in judged]
        report.findings += [*_twice(assessments), *counted_elsewhere(assessments)]
        if outputs is not None:
            outputs.spare(path for path, _ in judged)
            for made in (_summaries(judged, today, law, outputs), mark_all(judged, list(report.findings), outputs.below("标记副本"), password),
                         _forms(judged, today, law, outputs)):
                report.findings += made
            report.outputs = outputs.release()
            report.findings += outputs.findings
    return report


def read_all(paths: Sequence[Path], law: Regulation, password: str | None, progress: Progress) -> tuple[Report, Judged]:
    """Every assessment judged, one after the other; a file that cannot be is refused, the others go on."""
    files, ignored = read.candidates(paths)
    if not files:
        raise UserError("没有找到评分表。请给出期满考核评分表文件，或存放它们的文件夹。")
    report = Report([FileStatus(str(path), IGNORED, reason) for path, reason in ignored], scores=[])
    blank, rubric = assessment_file.empty(law), annex.of(law)
    judged: list[tuple[Path, Assessment]] = []
    for done, path in enumerate(files, 1):
        try:
            filed = assessment_file.load(path, _named(path, judged), blank, law, password)
            judged += _taken(path, Assessment(filed, blank, rubric, law), report)
        except Exception as error:
            refusal = error if isinstance(error, UserError) else UserError(f"“{legible(path.name)}”：{crash_log.sentence(error)}")
            if list(paths) == [path]:
                raise refusal from error
            report.files.append(FileStatus(str(path), REFUSED, str(refusal)))
            report.findings.append(finding("F-unreadable", Place(legible(path.name)), refusal))
        progress(done, len(files), legible(path.name))
    report.files.sort(key=lambda line: line.path)
    return report, judged


def score_open(filed: Filed, blank: Filed, law: Regulation) -> tuple[Report, list[Edit]]:
    """Judge the assessment that is open as `filed`: what was found, and the marks to make in it."""
    report = Report(scores=[])
    assessment = _taken(Path(filed.file), Assessment(filed, blank, annex.of(law), law), report)
    return report, marks.edits(filed.book, report.findings, _headers(filed)) if assessment else []


def _headers(filed: Filed) -> dict[str, int]:
    """Zero-based row of the column headers, by sheet."""
    return {COVER: HEADER_ROW} | {table.name: table.layout.row for table in filed.tables.values()}


def _named(path: Path, judged: Judged) -> str:
    """How findings call the file: the later of two files of one name by its folder too."""
    taken, name = {assessment.filed.file for _, assessment in judged}, legible(path.name)
    folder, number = legible(path.parent.name), 1
    while name in taken:
        name = f"{folder}{'' if number == 1 else f'({number})'}/{legible(path.name)}"
        number += 1
    return name


def _taken(path: Path, assessment: Assessment, report: Report) -> list[tuple[Path, Assessment]]:
    """The assessment with its findings in the report; none where the file is something else."""
    refusal = next((each.message for each in assessment.filed.findings if each.code == "S-form"), "")
    if refusal:
        report.files.append(FileStatus(str(path), REFUSED, refusal))
        report.findings += assessment.filed.findings
        return []
    held, found = assessment.held_on, assessment.findings
    report.files.append(FileStatus(str(path), READ, "；".join(assessment.filed.book.notes), ASSESSMENT.name, assessment.district,
                                   held.year if held else None, 1))
    report.findings += found
    report.scores = [*(report.scores or ()), assessment]
    return [(path, assessment)]


def _twice(judged: Sequence[Assessment]) -> list[Finding]:
    """One studio in two files."""
    names = [assessment.studio for assessment in judged]
    return [finding("S-twice", assessment.filed.place("fact_studio", AssessmentRow.studio.header), assessment.studio, assessment.law.clause("R19-2"),
                    other="、".join(other.filed.file for other in judged if other is not assessment and other.studio == assessment.studio))
            for assessment in judged if assessment.studio and names.count(assessment.studio) > 1]


def summary_row(number: int, assessment: Assessment) -> dict[str, CellValue]:
    """The studio's line of 区县考核汇总表, by header; an assessment without a grade has no points."""
    filed, result = assessment.filed, assessment.score
    row: dict[str, CellValue] = {SERIAL: number} | AssessmentRow.by_header(
        district=assessment.district or None, number=filed.value("fact_studio_no"), studio=assessment.studio or None,
        leader=filed.value("fact_leader"), unit=filed.value("fact_unit"), occupation=_occupation(assessment), assessed_on=assessment.held_on,
        sensitivity=_hangs_on(assessment), unmet_duties="；".join(_duties(assessment)) or None)
    if result.result in {band.name for band in assessment.rubric.bands}:
        base = [section for section in assessment.rubric.sections if section.kind == BASE]
        row |= {header: result.sections[section.id] for header, section in zip(SECTIONS, base, strict=True)}
        row[AssessmentRow.bonus.header] = result.bonus
    return row


def _occupation(assessment: Assessment) -> str | None:
    """The occupation the studio's name says: leader, occupation, suffix (R09-3)."""
    leader, suffix = shown(assessment.filed.value("fact_leader")), str(assessment.law.facts["studio_suffix"])
    if leader and assessment.studio.startswith(leader) and assessment.studio.endswith(suffix):
        return assessment.studio.removeprefix(leader).removesuffix(suffix) or None
    return None


def _duties(assessment: Assessment) -> list[str]:
    said = (text(assessment.wanted[f"duty_{number}"]) for number in range(1, len(assessment.rubric.whole.duties) + 1))
    return [duty for duty in said if duty]


def _summaries(judged: Judged, today: date, law: Regulation, outputs: Outputs) -> list[Finding]:
    """A 区县考核汇总表 for each district and year."""
    from toolkit.pages import summary_book
    from toolkit.pages.layout import Edition

    groups: dict[tuple[str, int], list[Assessment]] = {}
    for _, assessment in sorted(judged, key=lambda each: (each[1].district, each[1].studio)):
        groups.setdefault((assessment.district, (assessment.held_on or today).year), []).append(assessment)
    lacking: list[Finding] = []
    for (district, year), group in groups.items():
        name = SUMMARY.file_name.format(district=district or "未填区县", name=SUMMARY.name, year=year)
        earlier, spoilt = _earlier(outputs.folder / name, law)
        lacking += spoilt
        with _one_of_many(lacking, "M-summary", name):
            rows = [summary_row(number, assessment) | _said_before(assessment, earlier.get(assessment.studio))
                    for number, assessment in enumerate(group, 1)]
            outputs.add(name, summary_book.workbook(Edition(law, district, year), today, rows), keep=bool(spoilt))
    return lacking


@contextmanager
def _one_of_many(lacking: list[Finding], code: str, file: str) -> Iterator[None]:
    """What cannot be made of one file is a finding; the others go on."""
    try:
        yield
    except UserError as error:
        lacking.append(finding(code, Place(file), error))
    except Exception as error:
        lacking.append(finding(code, Place(file), crash_log.sentence(error)))


def _earlier(path: Path, law: Regulation) -> tuple[dict[str, Record], list[Finding]]:
    """The rows of an earlier summary of this name, by studio; a finding where it cannot be read."""
    if not path.exists():
        return {}, []
    try:
        rows = Parser(law, (SUMMARY,)).read(read.workbook(path)).records(RESULTS.name)
    except UserError as error:
        return {}, [finding("M-summary-earlier", Place(path.name), error)]
    return {name: row for row in rows if (name := row[AssessmentRow.studio.header])}, []


def _said_before(assessment: Assessment, row: Record | None) -> dict[str, CellValue]:
    """What people wrote beside the studio: remarks stay, a confirmation as long as the points it confirms."""
    if row is None:
        return {}
    confirmed = totals(row, assessment.rubric)
    same = confirmed is not None and confirmed.total == assessment.score.total and row[AssessmentRow.sensitivity.header] == _hangs_on(assessment)
    remark, confirmation = row[AssessmentRow.remark.header], row[AssessmentRow.confirmation.header]
    return AssessmentRow.by_header(remark=remark, confirmation=confirmation if same else None)


def _hangs_on(assessment: Assessment) -> str:
    return "；".join(assessment.score.sensitive) or SAME


def _forms(judged: Judged, today: date, law: Regulation, outputs: Outputs) -> list[Finding]:
    """附件2 as it is signed and filed, for every assessment with a grade and all its facts."""
    from toolkit.documents.assessment_contexts import AssessedStudio
    from toolkit.jobs.assessment_documents import write_form

    lacking: list[Finding] = []
    for _, assessment in judged:
        filed = assessment.filed
        with _one_of_many(lacking, "M-form", filed.file):
            facts = AssessedStudio(assessment.studio, shown(filed.value("fact_leader")), shown(filed.value("fact_unit")), assessment.district,
                                   day(filed.value("fact_from")).value, day(filed.value("fact_to")).value, assessment.held_on)
            if assessment.score.result in {band.name for band in assessment.rubric.bands} and all(facts):
                reasons = {item.id: shown(filed.value(item.reason_name)) for item in assessment.rubric.items}
                write_form(law, facts, outputs.below("附件2"), today, assessment.score, reasons)
    return lacking


def mark_all(judged: Judged, findings: Sequence[Finding], outputs: Outputs, password: str | None) -> list[Finding]:
    """A marked copy of every assessment is prepared. One that cannot be made is a finding."""
    lacking: list[Finding] = []
    for path, assessment in judged:
        filed = assessment.filed
        with _one_of_many(lacking, "M-marked", filed.file):
            mine = [found for found in findings if found.place.file == filed.file]
            made = marks.write_marked(path, filed.book, mine, _headers(filed), outputs.room(), password)
            outputs.take(made, marked_name(_stem(filed.file, judged), made.suffix))
    return lacking


def _stem(file: str, judged: Judged) -> str:
    """What a marked copy is named after: the file without its suffix, with it where that would name two."""
    stems = [Path(assessment.filed.file).stem.casefold() for _, assessment in judged]
    stem = Path(file).stem
    return file.replace("/", "_") if stems.count(stem.casefold()) > 1 else stem
