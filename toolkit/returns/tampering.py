"""What a returned 评分表 shows against what it must show: formulas replaced or changed, values not computed afresh."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.forms.assessment import ASSESSMENT
from toolkit.regulation.rubric.cell_values import Value, cell, plain, text
from toolkit.regulation.rubric.expressions import NOISE_PLACES
from toolkit.returns.filed import Behind, Spot
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.records import Record
from toolkit.returns.values import shown
from toolkit.returns.verdicts import Verdict

if TYPE_CHECKING:
    from toolkit.returns.rescoring import Assessment

CODES = frozenset(("S-overwritten", "S-formula", "S-input", "S-row", "S-moved"))
NAMED = 5  # how many cells a message names
_NOISE = Decimal(1).scaleb(-NOISE_PLACES)
_TOTALS = {"score_base": "基础分", "score_bonus": "加分", "score_total": "总分", "grade": "等次", "result": "考核等次", "complete": "评分进度"}


def told(value: Value) -> str:
    """A cell's value as a sentence quotes it."""
    return plain(value) if isinstance(value, Decimal) else text(value)


def same(one: Value, other: Value) -> bool:
    """Whether two cells show the same; worksheets add in binary, so numbers are compared above that noise."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) < _NOISE
    return (one or "") == (other or "") and isinstance(one, Decimal) == isinstance(other, Decimal)


def compare(own: Assessment) -> Iterator[Finding]:
    """Every named formula of the form, then the computed columns of the evidence."""
    for name, spot in own.blank.spots.items():
        behind = own.blank.formulas.get(spot)
        if name not in own.filed.spots:
            yield finding("S-cell", own.filed.place(name), _label(own, name))
        elif behind and not name.startswith("fact_"):  # facts may be written over
            yield from _compare(own, name, behind)
    yield from _moved(own)
    if own.filed.formulas is not None:
        yield from _columns(own)


def _moved(own: Assessment) -> Iterator[Finding]:
    """Names that stand for another cell than in the form: what is seen is then not what counts."""
    moved = [name for name, spot in own.blank.spots.items() if own.filed.spots.get(name, spot) != spot]
    if moved:
        labels = dict.fromkeys(_label(own, name) for name in moved)
        yield finding("S-moved", own.filed.place(moved[0], _label(own, moved[0])), "、".join(list(labels)[:NAMED]), count=len(moved))


def _compare(own: Assessment, name: str, behind: Behind) -> Iterator[Finding]:
    value, wanted, label = cell(own.filed.value(name)), _wanted(own, name), _label(own, name)
    place, facts = own.filed.place(name, label), {"wanted": told(wanted), "change": _change(own, name, value, wanted)}
    clause = next((item.clause for item in own.rubric.items if item.name == name), own.rubric.clause)
    if own.filed.formulas is None:
        if not same(value, wanted):
            yield finding("S-differs", place, told(value), clause, **facts)
        return
    found = own.filed.formulas.get(own.filed.spots[name])
    if found is None:
        code = "S-input" if name.startswith("in_") and not same(value, wanted) else "S-overwritten"
        yield finding(code, place, told(value), clause, formula=f"={behind.text}", **facts)
    elif found.spelling != behind.spelling:
        yield finding("S-formula", place, f"={found.text}", clause, formula=f"={behind.text}", **facts)
    elif not found.cached or not same(value, _consequent(own, name, value)):
        yield finding("S-stale", place, told(value) or "空", clause, wanted=told(_consequent(own, name, value)) or "空")


def _wanted(own: Assessment, name: str) -> Value:
    """What a cell must show; what it shows where that is not the rubric's or the evidence's to say."""
    kind, _, rest = name.partition("_")
    labels = {asked.name: asked.label for asked in own.rubric.inputs}
    if kind == "in":
        return cell(own.inputs[labels[rest]])
    if kind == "auto":
        return own.counted.inputs[labels[rest]]
    if name in own.counted.figures:
        return cell(own.counted.figures[name])
    return own.wanted.get(name, cell(own.filed.value(name)))


def _consequent(own: Assessment, name: str, value: Value) -> Value:
    """What an untouched formula shows for the cells the file shows; where those were touched it is told there."""
    kind, _, rest = name.partition("_")
    if name in own.rubric.cells:
        return own.consequent[name]
    if kind == "in":
        given = not own.filed.blank(f"over_{rest}") and not own.filed.blank(f"why_{rest}")
        return cell(own.filed.value(f"{'over' if given else 'auto'}_{rest}"))
    if (kind == "auto" or name in own.counted.figures) and not any(_columns(own)):
        return _wanted(own, name)
    return value


def _change(own: Assessment, name: str, value: Value, wanted: Value) -> str:
    """Points won or lost: by the item itself, or by the items that ask for the input."""
    if name.startswith("in_"):
        items = [item for item in own.rubric.items if any(f"in_{asked.name}" == name for asked in item.inputs)]
        shown_points = [cell(own.filed.value(item.name)) for item in items]
        return "，".join(f"{item.id}项{_points(points, own.wanted[item.name])}" for item, points in zip(items, shown_points, strict=True))
    return _points(value, wanted)


def _points(value: Value, wanted: Value) -> str:
    if not isinstance(value, Decimal):
        return "得分不变" if same(value, wanted) else "结果不同"
    difference = value - (wanted if isinstance(wanted, Decimal) else 0)
    if abs(difference) < _NOISE:
        return "得分不变"
    return f"多得{plain(difference)}分" if difference > 0 else f"少得{plain(-difference)}分"


def _label(own: Assessment, name: str) -> str:
    """How people call a named cell."""
    kind, _, rest = name.partition("_")
    inputs = {asked.name: asked.label for asked in own.rubric.inputs}
    if kind in ("in", "auto", "over", "why") and rest in inputs:
        return inputs[rest] + {"in": "", "auto": " 自动取数", "over": " 改填", "why": " 改填理由"}[kind]
    items = {item.name.removeprefix("score_"): item.id for item in own.rubric.items}
    if kind in ("score", "reason", "proof") and rest in items:
        return items[rest] + {"score": " 得分", "reason": " 扣分理由", "proof": " 佐证"}[kind]
    sections = {section.name: section.title for section in own.rubric.sections}
    return _TOTALS.get(name) or sections.get(name) or "自动计算"


def _columns(own: Assessment) -> Iterator[Finding]:
    """Cells of the evidence that judge a row and no longer do it by their formula."""
    for sheet in ASSESSMENT.sheets:
        table, blank = own.filed.tables.get(sheet.name), own.blank.tables.get(sheet.name)
        for header, right in _right(own, sheet.name).items():
            column = table.layout.columns.get(header) if table and blank else None
            if column is not None:
                for verdict in own.counted.verdicts[sheet.name]:
                    yield from _row(own, verdict, header, right)


def _right(own: Assessment, name: str) -> dict[str, Behind]:
    """Header → the formula the empty form has in that column."""
    sheet = ASSESSMENT.sheet(name)
    found = {}
    for (place, _, column), behind in own.blank.formulas.items():
        if place == name:
            found.setdefault(column, behind)
    return {column.header: found[number] for number, column in enumerate(sheet.columns) if column.formula and number in found}


def _row(own: Assessment, verdict: Verdict, header: str, right: Behind) -> Iterator[Finding]:
    record: Record = verdict.record
    spot: Spot = (record.table.name, record.row, record.table.layout.columns[header])
    found = own.filed.formulas.get(spot)
    if found is None or found.spelling != right.spelling:
        yield finding("S-row", record.place(header), shown(record.raw(header)), formula=f"={right.text}")
