"""Does a rubric agree with itself? Declared against computed points, grades that cover every total once. The first fault is told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.errors import UserError
from toolkit.regulation.rubric import intervals
from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.rubric import Rubric
from toolkit.regulation.rubric.structure import BASE, BONUS

LONGEST_FORMULA = 8192
"""Characters a worksheet formula may have, whatever the engine."""


def checked(rubric: Rubric) -> Rubric:
    """The rubric as it is, or UserError with everything that contradicts itself."""
    if faults := [*_items(rubric), *_points(rubric), *_grades(rubric), *_formulas(rubric)]:
        raise UserError("；".join(faults) + "。请对照原文改正。")
    return rubric


def _items(rubric: Rubric) -> Iterator[str]:
    ids = [item.id for item in rubric.items]
    yield from (f"“{one}”项重复" for one in dict.fromkeys(ids) if ids.count(one) > 1)
    known = {section.id for section in rubric.sections}
    for item in rubric.items:
        if item.section not in known:
            yield f"第{item.id}项所在的“{item.section}”部分没有列出"
        if item.method.most is not None and item.method.most != item.points:
            yield f"第{item.id}项分值{plain(item.points)}分，按评分方法最高却是{plain(item.method.most)}分"


def _points(rubric: Rubric) -> Iterator[str]:
    for section in rubric.sections:
        computed = sum((item.points for item in rubric.items if item.section == section.id), Decimal(0))
        reach = computed if section.cap is None else min(section.cap, computed)
        if reach != section.points:
            yield f"“{section.title}”声明{plain(section.points)}分，各项合计{plain(reach)}分"
        if section.kind not in (BASE, BONUS):
            yield f"“{section.title}”的类别“{section.kind}”不是“{BASE}”或“{BONUS}”"
    base, bonus = (sum((section.points for section in rubric.sections if section.kind == kind), Decimal(0)) for kind in (BASE, BONUS))
    if base != rubric.base:
        yield f"声明基础分{plain(rubric.base)}分，各部分合计{plain(base)}分"
    if bonus < rubric.bonus:
        yield f"声明加分上限{plain(rubric.bonus)}分，加分各项合计只有{plain(bonus)}分"
    if rubric.base + rubric.bonus != rubric.total:
        yield f"声明总分{plain(rubric.total)}分，基础分与加分合计{plain(rubric.base + rubric.bonus)}分"


def _grades(rubric: Rubric) -> Iterator[str]:
    ranges = [band.range for band in rubric.bands]
    yield from (f"等次区间{fault}" for fault in intervals.touching(ranges))
    if ranges:
        best, worst = ranges[0], ranges[-1]
        if worst.low is not None and not (worst.low == 0 and worst.low_in):
            yield f"等次区间{worst}没有从0分起"
        if best.high is not None and not (best.high == rubric.total and best.high_in):
            yield f"等次区间{best}没有到总分{plain(rubric.total)}分"
    names = {band.name for band in rubric.bands}
    yield from (f"“{gate.grade}”不是已列的等次" for gate in rubric.whole.gates if gate.grade not in names)
    known = {section.id for section in rubric.sections}
    yield from (f"得分率要求所指的“{one}”部分没有列出" for gate in rubric.whole.gates for one in gate.sections if one not in known)


def _formulas(rubric: Rubric) -> Iterator[str]:
    for item in rubric.items:
        if len(rubric.cells[item.name].formula()) >= LONGEST_FORMULA:
            yield f"第{item.id}项的表内公式超过{LONGEST_FORMULA}个字符"
