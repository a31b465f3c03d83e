"""The shapes of a rubric: sections, items, grade bands, conditions on the whole, and the score that comes out.

Cell names, used in every formula and as defined names in a workbook: `in_<input>`, `score_<item>`, `section_<section>`, `score_base`,
`score_bonus`, `score_total`, `complete`, `grade`, … (`grades.py` lists them all), with _ for the dot of an id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.regulation.rubric.expressions import Expr, any_of, call, choose, negated, ref
from toolkit.regulation.rubric.inputs import Input, Method
from toolkit.regulation.rubric.intervals import Interval

BASE, BONUS = "基础", "加分"
EXPLAIN = "请写明扣分理由"


class State(str):
    """Why an item has no points yet: 待填, 待评, 待裁定, or 错误 with its reason. It is the text the score cell shows."""

    @property
    def kind(self) -> str:
        return self.partition(":")[0]

    @property
    def reason(self) -> str:
        return self.partition(":")[2]


@dataclass(frozen=True)
class Item:
    """One line of the rubric in its own words: `text` what is asked, `points` the most it gives, `criteria` how it is scored."""

    id: str
    section: str
    text: str
    points: Decimal
    criteria: str
    clause: str
    method: Method
    inputs: tuple[Input, ...]

    @property
    def name(self) -> str:
        """The name of its score cell."""
        return "score_" + self.id.replace(".", "_")

    @property
    def reason_name(self) -> str:
        """The name of the cell that holds the reason for points taken off."""
        return "reason_" + self.id.replace(".", "_")

    @property
    def judged(self) -> bool:
        """Whether a person weighs it, so that points lost need a reason."""
        return any(entry.judged for entry in self.inputs)

    @property
    def unexplained(self) -> Expr:
        """EXPLAIN where judgement took points off and the reason cell is blank, else an empty text."""
        weighed = any_of(*(negated(call("blank", entry.cell)) for entry in self.inputs if entry.judged))
        missing = call("and", ref(self.name) < self.points, weighed, call("blank", ref(self.reason_name)))
        return call("if", call("number", ref(self.name)), choose((missing, EXPLAIN), otherwise=""), "")


@dataclass(frozen=True)
class Section:
    """A group of items. `points` is what the rubric declares for it; `cap` limits the sum where the items could give more."""

    id: str
    title: str
    kind: str
    points: Decimal
    cap: Decimal | None

    @property
    def name(self) -> str:
        return "section_" + self.id.replace(".", "_")


@dataclass(frozen=True)
class Band:
    """A grade, the totals that give it, what follows from it, and the largest share of all assessed that may have it."""

    name: str
    range: Interval
    clause: str = ""
    consequence: str = ""
    share: Decimal | None = None

    @property
    def start(self) -> Decimal:
        """The lowest total that gives it, 0 where its range is open below."""
        return self.range.low or Decimal(0)


@dataclass(frozen=True)
class Duty:
    """A duty beside the points: an input below `minimum` is noted with `text`, the score stays as it is."""

    input: Input
    minimum: Decimal
    text: str
    clause: str


@dataclass(frozen=True)
class Contradiction:
    """Inputs that cannot all be true: `parts` together exceed `whole`. Such a score is not used."""

    parts: tuple[Input, ...]
    whole: Input
    text: str
    rule: str


@dataclass(frozen=True)
class Veto:
    """是 gives the lowest grade; with `zero` also no points at all."""

    input: Input
    text: str
    zero: bool = False


@dataclass(frozen=True)
class GradeCap:
    """A section below `rate` of its points keeps the grade at `grade` or lower."""

    rate: Decimal
    sections: tuple[str, ...]
    grade: str


@dataclass(frozen=True)
class Score:
    """What a rubric gives for one set of inputs.

    items: item id → points or State; sections: section id → points so far; `grade` is “未完成” while an item has no points; `result` is
    the grade, or “数据矛盾” where contradictory inputs forbid using it. alternatives: another reading (仅基础分, 舍去 …) → the grade it
    gives; sensitive: why the grade hangs on a reading (empty: it does not). deductions: item id → points lost and the criterion.
    notes: unmet duties, contradictions, choices not understood.
    """

    items: Mapping[str, Decimal | State]
    sections: Mapping[str, Decimal]
    base: Decimal
    bonus: Decimal
    total: Decimal
    complete: int
    grade: str
    result: str
    alternatives: Mapping[str, str]
    sensitive: tuple[str, ...]
    deductions: Mapping[str, str]
    notes: tuple[str, ...]
