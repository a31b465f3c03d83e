"""What a returned 评分表 shows against what it must show: formulas replaced or changed, values not computed afresh."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.forms.assessment import ASSESSMENT
from toolkit.regulation.rubric.cell_values import FormulaValue, cell, plain, text
from toolkit.regulation.rubric.expressions import NOISE_PLACES
from toolkit.returns.filed import Behind, Formulas
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.values import shown
from toolkit.returns.verdicts import Verdict
from toolkit.sheets.grid import CellRef

if TYPE_CHECKING:
    from toolkit.returns.rescoring import Assessment

CODES = frozenset(("S-overwritten", "S-formula", "S-input", "S-row", "S-moved"))
NAMED = 5  # how many cells a message names
_NOISE = Decimal(1).scaleb(-NOISE_PLACES)
_TOTALS = {"score_base": "基础分", "score_bonus": "加分", "score_total": "总分", "grade": "等次", "result": "考核等次", "complete": "评分进度"}


def quoted(value: FormulaValue) -> str:
    """A cell's value as a sentence quotes it."""
    return plain(value) if isinstance(value, Decimal) else text(value)


def same(one: FormulaValue, other: FormulaValue) -> bool:
    """Whether two cells show the same; worksheets add in binary, so numbers are compared above that noise."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) < _NOISE
    return (one or "") == (other or "") and isinstance(one, Decimal) == isinstance(other, Decimal)


def compare(assessment: Assessment) -> Iterator[Finding]:
    """Every named formula of the form, then the computed columns of the evidence."""
    for name, spot in assessment.blank.spots.items():
        behind = assessment.formulas.get(spot)
        if name not in assessment.filed.spots:
            yield finding("S-cell", assessment.filed.place(name), _label(assessment, name))
        elif behind and not name.startswith("fact_"):  # facts may be written over
            yield from _compare(assessment, name, behind)
    yield from _moved(assessment)
    yield from _columns(assessment)


def _moved(assessment: Assessment) -> Iterator[Finding]:
    """Names that stand for another cell than in the form: what is seen is then not what counts."""
    moved = [name for name, spot in assessment.blank.spots.items() if assessment.filed.spots.get(name, spot) != spot]
    if moved:
        labels = dict.fromkeys(_label(assessment, name) for name in moved)
        yield finding("S-moved", assessment.filed.place(moved[0], _label(assessment, moved[0])), "、".join(list(labels)[:NAMED]), count=len(moved))


def _compare(assessment: Assessment, name: str, behind: Behind) -> Iterator[Finding]:
    value, wanted, label = cell(assessment.filed.value(name)), _wanted(assessment, name), _label(assessment, name)
    place, facts = assessment.filed.place(name, label), {"wanted": quoted(wanted), "change": _change(assessment, name, value, wanted)}
    clause = next((item.clause for item in assessment.rubric.items if item.name == name), assessment.rubric.clause)
    if assessment.filed.formulas is None:
        if not same(value, wanted):
            yield finding("S-differs", place, quoted(value), clause, **facts)
        return
    found = assessment.filed.formulas.get(assessment.filed.spots[name])
    if found is None:
        code = "S-input" if name.startswith("in_") and not same(value, wanted) else "S-overwritten"
        yield finding(code, place, quoted(value), clause, formula=f"={behind.text}", **facts)
    elif found.spelling != behind.spelling:
        yield finding("S-formula", place, f"={found.text}", clause, formula=f"={behind.text}", **facts)
    elif not found.cached or not same(value, _consequent(assessment, name, value)):
        yield finding("S-stale", place, quoted(value) or "空", clause, wanted=quoted(_consequent(assessment, name, value)) or "空")


def _wanted(assessment: Assessment, name: str) -> FormulaValue:
    """What a cell must show; what it shows where that is not the rubric's or the evidence's to say."""
    kind, _, rest = name.partition("_")
    labels = {entry.name: entry.label for entry in assessment.rubric.inputs}
    if kind == "in":
        return cell(assessment.inputs[labels[rest]])
    if kind == "auto":
        return assessment.counted.inputs[labels[rest]]
    if name in assessment.counted.figures:
        return cell(assessment.counted.figures[name])
    return assessment.wanted.get(name, cell(assessment.filed.value(name)))


def _consequent(assessment: Assessment, name: str, value: FormulaValue) -> FormulaValue:
    """What an untouched formula shows for the cells the file shows; where those were touched it is quoted there."""
    kind, _, rest = name.partition("_")
    if name in assessment.rubric.cells:
        items = {item.name for item in assessment.rubric.items}
        return assessment.consequent[name] if name in items or not any(_is_touched(assessment, item) for item in items) else value
    if kind == "in":
        given = not assessment.filed.blank(f"over_{rest}") and not assessment.filed.blank(f"why_{rest}")
        return cell(assessment.filed.value(f"{'over' if given else 'auto'}_{rest}"))
    if (kind == "auto" or name in assessment.counted.figures) and not any(_columns(assessment)):
        return _wanted(assessment, name)
    return value


def _is_touched(assessment: Assessment, name: str) -> bool:
    """Whether a cell no longer holds the formula of the form."""
    spot, formulas, wanted = assessment.filed.spots.get(name), assessment.filed.formulas or {}, assessment.blank.formulas or {}
    found, behind = formulas.get(spot) if spot else None, wanted.get(assessment.blank.spots[name])
    return behind is not None and (found is None or found.spelling != behind.spelling)


def _change(assessment: Assessment, name: str, value: FormulaValue, wanted: FormulaValue) -> str:
    """Points won or lost: by the item itself, or by the items that ask for the input."""
    if name.startswith("in_"):
        items = [item for item in assessment.rubric.items if any(f"in_{entry.name}" == name for entry in item.inputs)]
        shown_points = [cell(assessment.filed.value(item.name)) for item in items]
        return "，".join(f"{item.id}项{_points(points, assessment.wanted[item.name])}" for item, points in zip(items, shown_points, strict=True))
    return _points(value, wanted)


def _points(value: FormulaValue, wanted: FormulaValue) -> str:
    if not isinstance(value, Decimal):
        return "得分不变" if same(value, wanted) else "结果不同"
    difference = value - (wanted if isinstance(wanted, Decimal) else 0)
    if abs(difference) < _NOISE:
        return "得分不变"
    return f"多得{plain(difference)}分" if difference > 0 else f"少得{plain(-difference)}分"


def _label(assessment: Assessment, name: str) -> str:
    """How people call a named cell."""
    kind, _, rest = name.partition("_")
    inputs = {entry.name: entry.label for entry in assessment.rubric.inputs}
    if kind in ("in", "auto", "over", "why") and rest in inputs:
        return inputs[rest] + {"in": "", "auto": " 自动取数", "over": " 改填", "why": " 改填理由"}[kind]
    items = {item.name.removeprefix("score_"): item.id for item in assessment.rubric.items}
    if kind in ("score", "reason", "proof") and rest in items:
        return items[rest] + {"score": " 得分", "reason": " 扣分理由", "proof": " 佐证"}[kind]
    sections = {section.name: section.title for section in assessment.rubric.sections}
    return _TOTALS.get(name) or sections.get(name) or "自动计算"


def _columns(assessment: Assessment) -> Iterator[Finding]:
    """Cells of the evidence that judge a row and no longer do it by their formula; none where the format shows no formulas."""
    if assessment.filed.formulas is None:
        return
    for sheet in ASSESSMENT.sheets:
        table, blank = assessment.filed.tables.get(sheet.name), assessment.blank.tables.get(sheet.name)
        for header, right in _right(assessment, sheet.name).items():
            column = table.layout.columns.get(header) if table and blank else None
            if column is not None:
                for verdict in assessment.counted.verdicts[sheet.name]:
                    yield from _row(assessment.filed.formulas, verdict, header, right)


def _right(assessment: Assessment, name: str) -> dict[str, Behind]:
    """Header → the formula the empty form has in that column."""
    sheet = ASSESSMENT.sheet(name)
    found: dict[int, Behind] = {}
    for (place, _, column), behind in assessment.formulas.items():
        if place == name:
            found.setdefault(column, behind)
    return {column.header: found[number] for number, column in enumerate(sheet.columns) if column.formula and number in found}


def _row(shown_formulas: Formulas, verdict: Verdict, header: str, right: Behind) -> Iterator[Finding]:
    record = verdict.record
    found = shown_formulas.get(CellRef(record.table.name, record.row, record.table.layout.columns[header]))
    if found is None or found.spelling != right.spelling:
        yield finding("S-row", record.place(header), shown(record.raw(header)), formula=f"={right.text}")
