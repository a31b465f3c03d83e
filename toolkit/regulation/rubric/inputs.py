"""The inputs a scoring method asks for, and what it says when an input cannot be scored.

Every method checks its inputs in the same order and in the same words: blank, not a number, negative, not whole, out of range.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import Field, dataclass
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.expressions import Expr, Operand, all_of, any_of, call, choose, negated, reads, ref

UNFILLED, UNJUDGED, UNRULED = "待填", "待评", "待裁定"
YES, NO = "是", "否"
InputStep = tuple[Expr, Operand]


@dataclass(frozen=True)
class Input:
    """One input cell. kind: 是否, 选项, 口径 (a reading of the law), 数, 整数, 评分, 扣分, 裁定. `label` is the rubric's own name for it;
    low and high bound a number (high None: no upper bound); `choices` are what may be chosen."""

    name: str
    kind: str
    low: Decimal = Decimal(0)
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
    """How an item is scored; a dataclass whose fields are the keys of its table in the data."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What it asks for."""

    @property
    def expr(self) -> Expr:
        """The calculation."""

    @property
    def most(self) -> Decimal | None:
        """The most it can give; None: no limit."""


class GivesPoints:
    """A method that gives at most all points of its item."""

    points: Decimal

    @property
    def most(self) -> Decimal:
        return self.points


class GivesCap:
    """A method that gives at most its cap."""

    cap: Decimal

    @property
    def most(self) -> Decimal:
        return self.cap


def yes_no(name: str) -> Input:
    return Input(name, "是否", choices=(YES, NO))


def amount(name: str, whole: bool = False) -> Input:
    return Input(name, "整数" if whole else "数")


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


def judged_steps(entry: Input, most: Decimal, waiting: str, what: tuple[str, str]) -> tuple[InputStep, ...]:
    """A judged value between 0 and `most`: blank gives `waiting`; `what` names it where it is no number and where it is out of range."""
    return ((blank(entry), waiting), (negated(is_number(entry)), f"错误:{what[0]}非数字"),
            (any_of(entry.cell < 0, entry.cell > most), f"错误:{what[1]}超出0~{plain(most)}"))


def every(limits: Sequence[Decimal | None]) -> list[Decimal] | None:
    """The limits where there is no None, no limit, among them."""
    stated = [limit for limit in limits if limit is not None]
    return stated if len(stated) == len(limits) else None
