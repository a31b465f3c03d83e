"""Everything below the items: section sums, base, bonus, total, grade, what the grade hangs on, duties, contradictions.

Each is one named cell with both faces. In order: `section_<id>`, `score_base`, `score_bonus`, `score_total`, `complete`, `grade`;
`grade_base` and `sensitive_bonus` (the grade without bonus); for every input that chooses a reading of the law
`score_<item>_as_<n>`, `total_<input>_<n>`, `grade_<input>_<n>` and `sensitive_<input>`; `duty_<n>`, `contradiction_<n>`, `result`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.regulation.rubric import inputs as asking
from toolkit.regulation.rubric.expressions import Expr, all_of, any_of, call, choose, clean, expr, negated, ref, total
from toolkit.regulation.rubric.inputs import Input
from toolkit.regulation.rubric.structure import BASE, BONUS, Band, Contradiction, Duty, GradeCap, Item, Section, Veto

UNFINISHED, UNGRADED, CONTRADICTORY, SAME = "未完成", "不评等次", "数据矛盾", "一致"
BY_BONUS = "等次因是否计入加分而不同"


@dataclass(frozen=True)
class Whole:
    """What a rubric says beyond its items. `bands` run from the best grade down."""

    sections: tuple[Section, ...]
    bonus_cap: Decimal
    bands: tuple[Band, ...]
    duties: tuple[Duty, ...]
    contradictions: tuple[Contradiction, ...]
    vetoes: tuple[Veto, ...]
    gates: tuple[GradeCap, ...]


@dataclass(frozen=True)
class Variant:
    """Another reading: `label` (舍去 …) for `input`, and the cell that holds the grade it gives."""

    input: Input
    label: str
    name: str


def cells(whole: Whole, items: Sequence[Item]) -> dict[str, Expr]:
    """Cell name → calculation, each using only cells before it."""
    scores = {item.id: ref(item.name) for item in items}
    sections = {section.id: ref(section.name) for section in whole.sections}
    named = {section.name: _section(section, items, scores) for section in whole.sections}
    named["score_base"] = _base(whole, sections)
    named["score_bonus"] = _bonus(whole, sections)
    named["score_total"] = _total(whole, ref("score_base") + ref("score_bonus"))
    named["complete"] = call("count", *scores.values())
    named["grade"] = _grade(whole, ref("score_total"), sections, len(items))
    if whole.bands and any(section.kind == BONUS for section in whole.sections):
        named["grade_base"] = _grade(whole, _total(whole, ref("score_base")), sections, len(items))
        named["sensitive_bonus"] = _whether_same(["grade", "grade_base"], BY_BONUS)
    if whole.bands:
        named |= _readings(whole, items)
    named |= {f"duty_{n}": _duty(duty) for n, duty in enumerate(whole.duties, 1)}
    named |= {f"contradiction_{n}": _contradiction(one) for n, one in enumerate(whole.contradictions, 1)}
    found = [call("differ", ref(f"contradiction_{n}"), "") for n in range(1, len(whole.contradictions) + 1)]
    return named | {"result": choose((any_of(*found), CONTRADICTORY), otherwise=ref("grade")) if found else ref("grade")}


def variants(items: Sequence[Item]) -> tuple[Variant, ...]:
    """Every reading of every input that chooses one."""
    return tuple(Variant(entry, label, f"grade_{entry.name}_{n}") for item in items for entry in item.inputs if entry.kind == "口径"
                 for n, label in enumerate(entry.choices, 1))


def _section(section: Section, items: Sequence[Item], scores: Mapping[str, Expr]) -> Expr:
    added = call("sum", *(scores[item.id] for item in items if item.section == section.id))
    return added if section.cap is None else call("min", section.cap, added)


def _base(whole: Whole, sections: Mapping[str, Expr]) -> Expr:
    return call("sum", *(sections[section.id] for section in whole.sections if section.kind == BASE))


def _bonus(whole: Whole, sections: Mapping[str, Expr]) -> Expr:
    bonus = [sections[section.id] for section in whole.sections if section.kind == BONUS]
    return call("min", whole.bonus_cap, call("sum", *bonus)) if bonus else expr(0)


def _total(whole: Whole, added: Expr) -> Expr:
    """The sum cleaned of binary noise and never rounded: 89.995 stays below 90."""
    zeroed = [asking.said_yes(veto.input) for veto in whole.vetoes if veto.zero]
    return choose((any_of(*zeroed), 0), otherwise=clean(added)) if zeroed else clean(added)


def _grade(whole: Whole, points: Expr, sections: Mapping[str, Expr], wanted: int) -> Expr:
    """The grade for `points`; unfinished while an item has none or a veto is not answered."""
    open_vetoes = [negated(any_of(asking.said_yes(veto.input), asking.said_no(veto.input))) for veto in whole.vetoes]
    unfinished = (any_of(ref("complete") < wanted, *open_vetoes), UNFINISHED)
    if not whole.bands:
        return choose(unfinished, otherwise=UNGRADED)
    *upper, lowest = whole.bands
    vetoed = [(any_of(*(asking.said_yes(veto.input) for veto in whole.vetoes)), lowest.name)] if whole.vetoes else []
    capped = [(all_of(_fails(gate, whole, sections), *band.range.reached(points)), band.name)
            for gate in whole.gates for band in whole.bands if band.name == gate.grade]
    return choose(unfinished, *vetoed, *capped, *((all_of(*band.range.reached(points)), band.name) for band in upper), otherwise=lowest.name)


def _fails(gate: GradeCap, whole: Whole, sections: Mapping[str, Expr]) -> Expr:
    return any_of(*(clean(sections[section.id]) < gate.rate * section.points for section in whole.sections
                    if section.id in gate.sections))


def _readings(whole: Whole, items: Sequence[Item]) -> dict[str, Expr]:
    """For every reading of every choosing input: the item's points under it, and the grade they lead to."""
    named: dict[str, Expr] = {}
    for item in items:
        for entry in item.inputs:
            grades = []
            for n, label in enumerate(entry.choices if entry.kind == "口径" else (), 1):
                other = f"{item.name}_as_{n}"
                named[other] = item.method.expr.replaced(f"in_{entry.name}", expr(label))
                grades.append(f"grade_{entry.name}_{n}")
                sections = _sections_with(whole, items, item, other)
                named[f"total_{entry.name}_{n}"] = _total(whole, _base(whole, sections) + _bonus(whole, sections))
                named[grades[-1]] = _grade(whole, ref(f"total_{entry.name}_{n}"), sections, len(items))
            if grades:
                named[f"sensitive_{entry.name}"] = _whether_same(grades, f"等次因{entry.label.replace('_', '')}而不同")
    return named


def _sections_with(whole: Whole, items: Sequence[Item], changed: Item, other: str) -> dict[str, Expr]:
    """The section sums with the cell `other` in place of one item's points; untouched sections keep their own cell."""
    scores = {item.id: ref(other if item is changed else item.name) for item in items}
    return {section.id: _section(section, items, scores) if section.id == changed.section else ref(section.name)
            for section in whole.sections}


def _whether_same(names: Sequence[str], difference: str) -> Expr:
    first, *rest = map(ref, names)
    return choose((all_of(*(call("equal", first, other) for other in rest)), SAME), otherwise=difference)


def _duty(duty: Duty) -> Expr:
    return call("if", asking.is_number(duty.input), choose((duty.input.cell < duty.minimum, duty.text), otherwise=""), "")


def _contradiction(one: Contradiction) -> Expr:
    added = clean(total([asking.counted(part) for part in one.parts]))
    return call("if", asking.is_number(one.whole), choose((added > one.whole.cell, one.text), otherwise=""), "")
