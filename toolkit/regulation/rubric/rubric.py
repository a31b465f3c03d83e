"""A loaded rubric: scores inputs, and writes the formulas that score them in a worksheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from toolkit.errors import UserError
from toolkit.regulation.rubric import grades
from toolkit.regulation.rubric.cell_values import FormulaValue, cell, number, plain, text, trimmed
from toolkit.regulation.rubric.expressions import Expr, Ref
from toolkit.regulation.rubric.grades import Variant, Whole
from toolkit.regulation.rubric.inputs import Input
from toolkit.regulation.rubric.structure import BASE, Band, Item, Score, Section, State


@dataclass(frozen=True)
class Rubric:
    """`base`, `bonus` and `total` are the declared points; `inputs` every input once, in the order the items ask for them."""

    id: str
    title: str
    clause: str
    source: str
    base: Decimal
    bonus: Decimal
    total: Decimal
    items: tuple[Item, ...]
    inputs: tuple[Input, ...]
    whole: Whole

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.whole.sections

    @property
    def bands(self) -> tuple[Band, ...]:
        """The grades, best first."""
        return self.whole.bands

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Other readings of the law that are tried beside the chosen one."""
        return grades.variants(self.items)

    @cached_property
    def cells(self) -> Mapping[str, Expr]:
        """Cell name → calculation: items first, then sums, grade and what it hangs on; each uses only cells before it."""
        return MappingProxyType({item.name: item.method.expr for item in self.items} | grades.cells(self.whole, self.items))

    def formulas(self, ref: Ref = str) -> dict[str, str]:
        """Item id → worksheet formula. `ref` turns a cell name (`in_team`) into what stands in the formula, such as `$E$9`."""
        return {item.id: "=" + self.cells[item.name].formula(ref) for item in self.items}

    def total_formulas(self, ref: Ref = str) -> dict[str, str]:
        """Cell name → worksheet formula of everything below the items (see `grades.py` for the names)."""
        above = {item.name for item in self.items}
        return {name: "=" + one.formula(ref) for name, one in self.cells.items() if name not in above}

    def reason_formulas(self, ref: Ref = str) -> dict[str, str]:
        """Item id → formula that asks for a reason where judgement took points off and the cell `reason_<id>` is blank."""
        return {item.id: "=" + item.unexplained.formula(ref) for item in self.items if item.judged}

    def unexplained(self, inputs: Mapping[str, object], reasons: Mapping[str, object]) -> tuple[str, ...]:
        """Ids of items that lost points by judgement and have no reason. `reasons`: item id → what the reason cell holds."""
        known = self.computed(inputs) | {item.reason_name: cell(reasons.get(item.id)) for item in self.items}
        return tuple(item.id for item in self.items if item.judged and item.unexplained.value(known))

    def score(self, inputs: Mapping[str, object]) -> Score:
        """Score inputs keyed by label (`配套资金_元`), as the cells hold them; an absent one is blank. UserError on an unknown label."""
        known = self.computed(inputs)
        points = {item.id: _points(known[item.name]) for item in self.items}
        return Score(
            items=MappingProxyType(points),
            sections=MappingProxyType({section.id: number(known[section.name]) for section in self.sections}),
            base=number(known["score_base"]), bonus=number(known["score_bonus"]), total=number(known["score_total"]),
            complete=int(number(known["complete"])), grade=text(known["grade"]), result=text(known["result"]),
            alternatives=MappingProxyType(self._alternatives(known)),
            sensitive=tuple(text(said) for name, said in known.items() if name.startswith("sensitive_") and said != grades.SAME),
            deductions=MappingProxyType(self._deductions(points)), notes=self._notes(known))

    def surplus(self, given: Sequence[str]) -> dict[str, int]:
        """Grade → how many more of all the grades `given` have it than its share allows."""
        allowed = {band.name: int(band.share * len(given)) for band in self.bands if band.share is not None}
        return {name: over for name, most in allowed.items() if (over := given.count(name) - most) > 0}

    def computed(self, inputs: Mapping[str, object]) -> dict[str, FormulaValue]:
        """Every cell by name, inputs and results, as a worksheet with these inputs would show them. See `score`."""
        names = {entry.label: f"in_{entry.name}" for entry in self.inputs}
        for label in inputs:
            if label not in names:
                raise UserError(f"“{label}”不是《{self.title}》的输入项。请用评分表上的名称。")
        known = {names[label]: cell(raw) for label, raw in inputs.items()}
        for name, one in self.cells.items():
            known[name] = one.value(known)
        return known

    def _alternatives(self, known: Mapping[str, FormulaValue]) -> dict[str, str]:
        found = {"仅基础分": text(known["grade_base"])} if "grade_base" in known else {}
        return found | {variant.label: text(known[variant.name]) for variant in self.variants if variant.name in known}

    def _deductions(self, points: Mapping[str, Decimal | State]) -> dict[str, str]:
        base = {section.id for section in self.sections if section.kind == BASE}
        scored = ((item, points[item.id]) for item in self.items if item.section in base)
        return {item.id: f"扣{plain(item.points - got)}分（{item.criteria}）" for item, got in scored
                if isinstance(got, Decimal) and got < item.points}

    def _notes(self, known: Mapping[str, FormulaValue]) -> tuple[str, ...]:
        said = [text(note) for name, note in known.items() if name.startswith(("contradiction_", "duty_")) and note]
        for entry in self.inputs:
            chosen = trimmed(known.get(f"in_{entry.name}"))
            if entry.kind == "口径" and chosen not in (*entry.choices, ""):
                said.append(f"{entry.label}“{chosen}”不是“{'”“'.join(entry.choices)}”之一，按默认口径计算。请改选。")
        return tuple(said)


def _points(value: FormulaValue) -> Decimal | State:
    return value if isinstance(value, Decimal) else State(text(value))
