"""The inputs a scoring method asks for, and what it says when an input cannot be scored.

Every method checks its inputs in the same order and in the same words: blank, not a number, negative, not whole, out of range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.expressions import Expr, Operand, all_of, any_of, call, choose, negated, reads, ref

UNFILLED, UNJUDGED, UNRULED = "待填", "待评", "待裁定"
YES, NO = "是", "否"
InputStep = tuple[Expr, Operand]


@dataclass(frozen=True)
class Input:
    """One input cell. kind: 是否, 选项, 口径 (a reading of the law), 数, 整数, 评分, 扣分, 裁定. `label` is the rubric's own name for it;
    low and high bound a number (None: no bound); `choices` are what may be chosen."""

    name: str
    kind: str
    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    label: str = ""

    @property
    def cell(self) -> Expr:
        return ref(f"in_{self.name}")

    @property
    def judged(self) -> bool:
        """Whether a person weighs this value, so that points lost need a reason."""
        return self.kind in ("评分", "扣分", "裁定")


class Method(Protocol):
    """How an item is scored: what it asks for, the calculation, and the most it can give (None: no limit)."""

    inputs: tuple[Input, ...]
    expr: Expr
    most: Decimal | None


def yes_no(name: str) -> Input:
    return Input(name, "是否", choices=(YES, NO))


def amount(name: str, whole: bool = False) -> Input:
    return Input(name, "整数" if whole else "数", low=Decimal(0))


def blank(entry: Input) -> Expr:
    return call("blank", entry.cell)


def said_yes(entry: Input) -> Expr:
    return reads(entry.cell, YES)


def said_no(entry: Input) -> Expr:
    return reads(entry.cell, NO)


def is_number(entry: Input) -> Expr:
    return call("number", entry.cell)


def counted(entry: Input) -> Expr:
    """The number in the cell, nothing when it is blank."""
    return call("n", entry.cell)


def fractional(value: Expr) -> Expr:
    return call("differ", value, call("int", value))


def yes_or_no(entry: Input, yes: Operand, no: Operand, when_blank: Operand = UNFILLED) -> Expr:
    """`yes` for 是, `no` for 否, `when_blank` for a blank, an error for anything else."""
    return choose((blank(entry), when_blank), (said_yes(entry), yes), (said_no(entry), no), otherwise="错误:只填是/否")


def amount_steps(entry: Input) -> tuple[InputStep, ...]:
    """Blank, not a number, negative, not whole where it must be."""
    steps = [(blank(entry), UNFILLED), (negated(is_number(entry)), "错误:非数字"), (entry.cell < 0, "错误:不得为负")]
    if entry.kind == "整数":
        steps.append((fractional(entry.cell), "错误:须为整数"))
    return tuple(steps)


def counts_steps(entry: Sequence[Input], when_blank: Operand) -> tuple[InputStep, ...]:
    """Several counts together: all blank gives `when_blank`; a blank beside a count is none."""
    numeric = [all_of(negated(blank(one)), negated(is_number(one))) for one in entry]
    improper = [counted(one) < 0 for one in entry] + [fractional(counted(one)) for one in entry if one.kind == "整数"]
    wanted = "错误:须为非负整数" if any(one.kind == "整数" for one in entry) else "错误:不得为负"
    return ((all_of(*map(blank, entry)), when_blank), (any_of(*numeric), "错误:非数字"), (any_of(*improper), wanted))


def range_steps(entry: Input, waiting: str, not_number: str, what: str) -> tuple[InputStep, ...]:
    """A judged value between its bounds: blank gives `waiting`; `what` names it in the error."""
    bounds = f"{plain(entry.low)}~{plain(entry.high)}"
    return ((blank(entry), waiting), (negated(is_number(entry)), not_number),
            (any_of(entry.cell < entry.low, entry.cell > entry.high), f"错误:{what}超出{bounds}"))
