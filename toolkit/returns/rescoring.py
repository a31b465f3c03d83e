"""A returned 期满考核评分表 judged: recomputed from its evidence and answers, and compared with what it shows.

Three layers are kept apart, so that each difference is told once and where it began: what the evidence gives, what the inputs
shown would give, and what the cells show. Source: 乌人社规〔2023〕1号 第十九条（二）、附件2
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from toolkit.forms.assessment import FACTS, ROSTER, YES
from toolkit.forms.model import date as date_kind
from toolkit.regulation import Regulation
from toolkit.regulation.rubric import Rubric, Score, State
from toolkit.regulation.rubric.cell_values import FormulaValue, plain
from toolkit.returns import evidence, tampering, values, verdicts
from toolkit.returns.characters import clean, half_width
from toolkit.returns.evidence import Counted
from toolkit.returns.filed import Filed, Formulas
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding
from toolkit.returns.values import shown
from toolkit.returns.verdicts import Verdict
from toolkit.sheets.grid import Value


@dataclass(frozen=True)
class Assessment:
    """One studio's assessment under a rubric. `blank` is the empty form of the same version, which holds the right formulas."""

    filed: Filed
    blank: Filed
    rubric: Rubric
    law: Regulation

    @property
    def formulas(self) -> Formulas:
        """The right formulas."""
        return self.blank.formulas or {}

    @cached_property
    def counted(self) -> Counted:
        return evidence.count(self.filed.tables, self.filed.facts, self.law, self.filed.file)

    def fed(self, name: str) -> bool:
        """Whether evidence feeds an input."""
        return f"auto_{name}" in self.blank.spots

    @cached_property
    def inputs(self) -> dict[str, Value | Decimal]:
        """Label → what counts: the evidence, an override with its reason, or what was typed."""
        return {entry.label: self._effective(entry.name, entry.label) if self.fed(entry.name) else self.filed.value(f"in_{entry.name}")
                for entry in self.rubric.inputs}

    def _effective(self, name: str, label: str) -> Value | Decimal:
        if self.filed.blank(f"over_{name}") or self.filed.blank(f"why_{name}"):
            return self.counted.inputs[label]
        return self.filed.value(f"over_{name}")

    @cached_property
    def score(self) -> Score:
        """The points that count."""
        return self.rubric.score(self.inputs)

    @cached_property
    def wanted(self) -> Mapping[str, FormulaValue]:
        """Cell name → what it must show."""
        return self.rubric.computed(self.inputs)

    @cached_property
    def consequent(self) -> Mapping[str, FormulaValue]:
        """Cell name → what it would show for the inputs the file shows."""
        return self.rubric.computed({entry.label: self.filed.value(f"in_{entry.name}") for entry in self.rubric.inputs})

    @cached_property
    def tampered(self) -> tuple[str, ...]:
        """The cells whose formula was replaced or changed, as 评分表!G8."""
        places = (found.place for found in self._compared if found.code in tampering.CODES)
        return tuple(dict.fromkeys(f"{place.sheet}!{place.cell}" for place in places))

    @cached_property
    def _compared(self) -> tuple[Finding, ...]:
        return tuple(tampering.compare(self))

    @property
    def findings(self) -> list[Finding]:
        """Everything found, the form first, then the cells, the evidence, and what the whole comes to."""
        return [*self.filed.findings, *_facts(self), *self._compared, *_overrides(self), *_waiting(self), *_unexplained(self), *self.counted.findings,
                *_whole(self)]

    @property
    def summary(self) -> str:
        """The points in one line."""
        points = "，".join(f"{name}{plain(value)}" for name, value in (
            ("基础分", self.score.base), ("加分", self.score.bonus), ("总分", self.score.total)))
        touched = f"，公式被改动{len(self.tampered)}处" if self.tampered else ""
        return f"{points}，{self.score.result}{touched}"

    @property
    def studio(self) -> str:
        return values.studio(self.filed.value("fact_studio")).value or ""

    @property
    def district(self) -> str:
        """The district's standard name, "" where the sheet names none."""
        found = self.law.lists["districts"].find(half_width(clean(shown(self.filed.value("fact_district")))))
        return found.name if found else ""

    @property
    def held_on(self) -> date | None:
        """The day of the assessment."""
        day = self.filed.value("fact_date")
        return day.date() if isinstance(day, datetime) else day if isinstance(day, date) else None


def counted_elsewhere(judged: Sequence[Assessment]) -> Iterator[Finding]:
    """R04: a trainee who counts in the assessments of two studios."""
    counting: dict[str, list[tuple[Assessment, Verdict]]] = {}
    for assessment in judged:
        for one in assessment.counted.verdicts[ROSTER.name]:
            if one.shown == YES:
                counting.setdefault(verdicts.person(one), []).append((assessment, one))
    for found in counting.values():
        for assessment, one in found:
            others = {each.studio: each.filed.file for each, _ in found if each.studio != assessment.studio}
            for studio, file in others.items():
                yield finding("E-elsewhere", one.record.place("身份证号"), one.record["徒弟姓名"] or "", assessment.law.clause("R04"),
                              studio=studio, other=file)


def _facts(assessment: Assessment) -> Iterator[Finding]:
    """Whose assessment it is must be said; the dates are the evidence's to judge."""
    for fact in FACTS:
        if fact.kind is not date_kind and fact.name != "fact_studio_no" and assessment.filed.blank(fact.name):
            yield finding("F-required", assessment.filed.place(fact.name, fact.label))


def _overrides(assessment: Assessment) -> Iterator[Finding]:
    for entry in assessment.rubric.inputs:
        over, why = f"over_{entry.name}", f"why_{entry.name}"
        if not assessment.fed(entry.name) or assessment.filed.blank(over):
            continue
        counted = assessment.counted.inputs[entry.label]
        facts = {"value": shown(assessment.filed.value(over)), "wanted": tampering.quoted(counted) or "空"}
        if assessment.filed.blank(why):
            yield finding("S-override-reason", assessment.filed.place(over, entry.label), **facts)
        else:
            reason = shown(assessment.filed.value(why))
            yield replace(finding("S-override", assessment.filed.place(over, entry.label), reason=reason, **facts), explained=reason)


def _waiting(assessment: Assessment) -> Iterator[Finding]:
    """Items that have no points."""
    for item in assessment.rubric.items:
        state = assessment.score.items[item.id]
        if isinstance(state, State):
            yield finding("S-unscored", assessment.filed.place(item.name, f"{item.id} 得分"), state, item.clause)


def _unexplained(assessment: Assessment) -> Iterator[Finding]:
    """Points taken off by judgement without a reason."""
    reasons = {item.id: assessment.filed.value(item.reason_name) for item in assessment.rubric.items}
    unexplained = assessment.rubric.unexplained(assessment.inputs, reasons)
    for item in assessment.rubric.items:
        given = assessment.score.items[item.id]
        if item.id in unexplained and isinstance(given, Decimal):
            place = assessment.filed.place(item.reason_name, f"{item.id} 扣分理由")
            yield finding("S-reason", place, plain(item.points - given), item.clause)


def _whole(assessment: Assessment) -> Iterator[Finding]:
    """Contradictions, unmet duties, and a grade that hangs on a reading of the law."""
    whole = assessment.rubric.whole
    for number, one in enumerate(whole.contradictions, 1):
        if said := assessment.wanted[f"contradiction_{number}"]:
            yield finding("X01", assessment.filed.place(f"contradiction_{number}"), said, assessment.law.clause(one.rule))
    for number, duty in enumerate(whole.duties, 1):
        if said := assessment.wanted[f"duty_{number}"]:
            yield finding("X02", assessment.filed.place(f"duty_{number}"), said, duty.clause)
    if assessment.score.sensitive:
        readings = "、".join(f"{reading}为{grade}" for reading, grade in assessment.score.alternatives.items())
        yield finding("S-sensitive", assessment.filed.place("grade", "等次"), assessment.score.grade, assessment.law.clause("R19-2"),
                      why="；".join(assessment.score.sensitive), readings=readings)
