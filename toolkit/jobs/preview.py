"""What a merge would do, as a list to be read before it is agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from toolkit.errors import UserError
from toolkit.forms.model import PREVIEW_SHEET
from toolkit.jobs.intake import Progress, silent
from toolkit.jobs.merge import MergeOrder, prepared
from toolkit.jobs.outcome import summary
from toolkit.jobs.report import READ, REFUSED, UNREPORTED, Report
from toolkit.ledger.plan import Plan
from toolkit.pages.result_heads import PREVIEW
from toolkit.returns.findings import ERROR, QUERY
from toolkit.returns.values import shown
from toolkit.sheets import look
from toolkit.sheets.edit import AddSheet, Style
from toolkit.sheets.grid import Grid

WIDTHS = (6, 12, 8, 40, 34, 62)
_CODE = "预览码 "  # how the note with the code begins
_BAD = Style(fill=look.ERROR_FILL, color=look.ERROR_TEXT, line=look.LINE, center=True)
_OPEN = Style(fill=look.QUERY_FILL, color=look.QUERY_TEXT, line=look.LINE, center=True)
_ACCENTS = {ERROR: _BAD, REFUSED: _BAD, QUERY: _OPEN, UNREPORTED: _OPEN}
PreviewLine = tuple[str, str, str, str, str]


def preview(order: MergeOrder, now: datetime, progress: Progress = silent) -> tuple[Report, AddSheet]:
    """What merging would do, and the list of it. Nothing is written."""
    done = prepared(order, now, progress)
    report = done.report
    return report, listing(order, report, f"{_CODE}{done.code}　还没有写入台账。核对后点“确认入账”；报表有变化的，重新预览。")


def listing(order: MergeOrder, report: Report, state: str = "已经入账，台账已保存。") -> AddSheet:
    """The list of a merge, with the line that says how far it is."""
    rows = [(number, *line) for number, line in enumerate(_lines(report), 1)]
    notes = (summary(report), f"报表文件夹：{order.folder}", state)
    return AddSheet(PREVIEW_SHEET, f"{order.year}年度{order.form} 合并预览", PREVIEW.headers, WIDTHS, rows, notes, _ACCENTS)


def agreed_code(listed: Grid | None) -> str:
    """The code of the preview that stands in an open ledger. UserError where there is none to agree to."""
    texts = [shown(row[0]) for row in listed.rows if row] if listed else []
    code = next((text.removeprefix(_CODE).split("　")[0] for text in texts if text.startswith(_CODE)), "")
    if not code:
        raise UserError("还没有可以确认的预览。请先点“合并区县报表”，核对“合并预览”表，再点“确认入账”。")
    return code


def _lines(report: Report) -> Iterator[PreviewLine]:
    """Kind, state, whom it concerns, where, what."""
    for district, state in report.districts.items():
        yield "区（县）", state, district, "", ""
    for each in report.files:
        said = each.reason or (f"{each.rows}行" if each.status == READ else "")
        yield "文件", each.status, each.name, each.district, said
    plan = report.plan or Plan()
    for found in report.findings:
        clause = f"（{found.clause}）" if found.clause else ""
        where = " ".join(part for part in (found.place.sheet, found.place.cell, found.place.field) if part)
        yield "问题", found.level if found.open else "已说明", found.place.file, where, found.message + clause
    for conflict in plan.conflicts:
        said = f"台账“{shown(conflict.recorded)}”，来件“{shown(conflict.incoming)}”"
        yield "冲突", "待选择", conflict.label, f"{conflict.sheet} {conflict.header}", said
    yield from plan_lines(plan)


def plan_lines(plan: Plan) -> Iterator[PreviewLine]:
    """What a plan writes, field by field and row by row."""
    for change in plan.changed:
        for header, (old, new) in change.fields.items():
            yield "更新", "", change.label, f"{change.sheet} {header}", f"{shown(old) or '（空）'} → {shown(new) or '（空）'}"
    for row in plan.added:
        yield "新增", "", row.label, row.sheet, ""


def counted(plan: Plan) -> str:
    """How many rows a plan writes, as part of a sentence."""
    return "、".join(f"{said}{count}行" for said, count in (("新增", len(plan.added)), ("更新", len(plan.changed))) if count)
