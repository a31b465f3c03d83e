"""Where everything stands on 评分表: the rows of 附件2 as the rubric orders them, and the cell of every defined name.

Drawing and reading share it, so that a file without defined names is read the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.forms.assessment import FACTS
from toolkit.forms.model import Fact
from toolkit.regulation.rubric import Rubric
from toolkit.regulation.rubric.inputs import Input
from toolkit.regulation.rubric.structure import BONUS, Item, Section

# 列：前九列打印，其后是填报与核对区。
(PROJECT, DETAIL, POINTS, CRITERIA, INPUT_LABEL, INPUT, SCORE, REASON, PROOF, GAP, AUTO, OVER, WHY, HINT) = range(14)
HEADERS = {PROJECT: "考核项目", DETAIL: "考核细则及分值", POINTS: "分值", CRITERIA: "评分标准", INPUT_LABEL: "输入项", INPUT: "输入",
           SCORE: "得分", REASON: "扣分理由", PROOF: "佐证", AUTO: "自动取数", OVER: "改填", WHY: "改填理由", HINT: "提示"}
LAST_PRINTED = PROOF
TITLE_ROW, BUTTON_ROW, FACTS_ROW = range(3)
FACT_ROWS = -(-len(FACTS) // 2)
HEADER_ROW = FACTS_ROW + FACT_ROWS
FIRST_ROW = HEADER_ROW + 1
FACT_CELLS = ((PROJECT, DETAIL), (CRITERIA, INPUT_LABEL))  # label and value, left and right half
ScoreCell = tuple[int, int]


def fact_cell(fact: Fact) -> ScoreCell:
    """The value cell of a fact: two to a row."""
    number = FACTS.index(fact)
    return FACTS_ROW + number // 2, FACT_CELLS[number % 2][1]


@dataclass(frozen=True)
class Block:
    """An item and the rows (zero-based) it takes, one for each input it is the first to ask for."""

    item: Item
    row: int
    inputs: tuple[Input, ...]

    @property
    def last(self) -> int:
        return self.row + max(1, len(self.inputs)) - 1


@dataclass(frozen=True, eq=False)
class ScoreSheet:
    """The rows and cells for one rubric. `fed` are the inputs filled from evidence, `figures` further named cells at the foot."""

    rubric: Rubric
    fed: Collection[str] = ()
    figures: Collection[str] = ()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The items in order, 基础分's row left free before the bonus section."""
        found: list[Block] = []
        entry: set[str] = set()
        row = FIRST_ROW
        bonus = {section.id for section in self.rubric.sections if section.kind == BONUS}
        for item in self.rubric.items:
            row += item.section in bonus and all(block.item.section not in bonus for block in found)
            inputs = tuple(one for one in item.inputs if one.name not in entry)
            entry |= {one.name for one in inputs}
            found.append(Block(item, row, inputs))
            row = found[-1].last + 1
        return tuple(found)

    @property
    def base_row(self) -> int:
        """基础分: behind the last item that is no bonus."""
        bonus = {section.id for section in self.rubric.sections if section.kind == BONUS}
        return max(block.last for block in self.blocks if block.item.section not in bonus) + 1

    @property
    def total_row(self) -> int:
        """总分."""
        return self.blocks[-1].last + 1

    @property
    def foot_row(self) -> int:
        """The band over 分项得分 and 考核结果; its lines follow."""
        return self.total_row + 2

    @property
    def signature_row(self) -> int:
        return self.foot_row + max(len(self.sums), len(self.results)) + 1

    def rows_of(self, section: Section) -> tuple[int, int]:
        """First and last row of a section."""
        blocks = [block for block in self.blocks if block.item.section == section.id]
        return blocks[0].row, blocks[-1].last

    @property
    def sums(self) -> tuple[str, ...]:
        """分项得分 at the foot, left."""
        return (*(section.name for section in self.rubric.sections), "score_bonus")

    @property
    def results(self) -> tuple[str, ...]:
        """考核结果 at the foot, right: grade, progress, what it hangs on, duties, contradictions."""
        wanted = ("sensitive_", "duty_", "contradiction_")
        return ("result", "grade", "complete", *(name for name in self.rubric.total_formulas() if name.startswith(wanted)))

    @cached_property
    def cells(self) -> Mapping[str, ScoreCell]:
        """Defined name → zero-based (row, column)."""
        found = {fact.name: fact_cell(fact) for fact in FACTS}
        found |= {"period_from": (FACTS_ROW, OVER), "period_to": (FACTS_ROW, WHY)}
        for block in self.blocks:
            tail = block.item.name.removeprefix("score_")
            found |= {block.item.name: (block.row, SCORE), block.item.reason_name: (block.row, REASON),
                      f"proof_{tail}": (block.row, PROOF)}
            for row, entry in enumerate(block.inputs, block.row):
                found[f"in_{entry.name}"] = (row, INPUT)
                if entry.name in self.fed:
                    found |= {f"auto_{entry.name}": (row, AUTO), f"over_{entry.name}": (row, OVER), f"why_{entry.name}": (row, WHY)}
        found |= {"score_base": (self.base_row, SCORE), "score_total": (self.total_row, SCORE)}
        found |= {name: (row, CRITERIA) for row, name in enumerate(self.sums, self.foot_row + 1)}
        found |= {name: (row, INPUT) for row, name in enumerate(self.results, self.foot_row + 1)}
        return found | self._readings() | {name: (self.figures_row + step, WHY) for step, name in enumerate(self.figures, 1)}

    @property
    def figures_row(self) -> int:
        """The band over the money, behind the table of readings."""
        return self.foot_row + 2 + len(self.rubric.variants) + 2

    def _readings(self) -> dict[str, ScoreCell]:
        """The table of other readings of the law: points of the item, total and grade under each."""
        top = self.foot_row + 2
        found = {"grade_base": (top, HINT)} if "grade_base" in self.rubric.cells else {}
        for row, variant in enumerate(self.rubric.variants, top + 1):
            number = variant.name.rsplit("_", 1)[1]
            (item,) = (item for item in self.rubric.items if variant.input in item.inputs)
            found |= {f"{item.name}_as_{number}": (row, OVER), f"total_{variant.input.name}_{number}": (row, WHY),
                      variant.name: (row, HINT)}
        return found
