"""Scoring methods that look at one thing: is it there, is it enough, how good is it.

A method is a frozen dataclass whose fields are the keys of its table in the data. `expr` is its calculation, read by both faces.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.regulation.rubric import inputs as asking
from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.expressions import (
    Expr,
    all_of,
    any_of,
    call,
    choose,
    clean,
    expr,
    negated,
    total,
)
from toolkit.regulation.rubric.inputs import UNFILLED, UNJUDGED, UNRULED, GivesPoints, Input, Method


@dataclass(frozen=True)
class YesNo(GivesPoints):
    """是 earns all points, 否 none. `blank`: what a blank gives (0 for a bonus nobody claims)."""

    input: str
    points: Decimal
    blank: Decimal | str = UNFILLED

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (asking.yes_no(self.input),)

    @property
    def expr(self) -> Expr:
        return asking.yes_or_no(self.inputs[0], self.points, 0, self.blank)


@dataclass(frozen=True)
class Checklist(GivesPoints):
    """A list of faults: each part {input, points} answered 否 costs its points; never below nothing."""

    points: Decimal
    parts: tuple[dict, ...]

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(asking.yes_no(part["input"]) for part in self.parts)

    @property
    def expr(self) -> Expr:
        answered = [any_of(asking.said_yes(one), asking.said_no(one)) for one in self.inputs]
        left = expr(self.points)
        for one, part in zip(self.inputs, self.parts, strict=True):
            left = left - call("if", asking.said_no(one), part["points"], 0)
        if sum(part["points"] for part in self.parts) > self.points:
            left = call("max", 0, left)
        return choose((any_of(*map(asking.blank, self.inputs)), UNFILLED), (negated(all_of(*answered)), "错误:只填是/否"),
                      otherwise=left)


@dataclass(frozen=True)
class Precondition:
    """否 gives nothing whatever else is filled in; 是 leads to the method `then`."""

    input: str
    then: Method

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (asking.yes_no(self.input), *self.then.inputs)

    @property
    def most(self) -> Decimal | None:
        return self.then.most

    @property
    def expr(self) -> Expr:
        return asking.yes_or_no(self.inputs[0], self.then.expr, 0)


@dataclass(frozen=True)
class Threshold(GivesPoints):
    """`target` reached earns all points (with inclusive = false it must be exceeded); below it none, or what the method
    `below` gives, except that nothing at all gives nothing."""

    input: str
    points: Decimal
    target: Decimal
    inclusive: bool = True
    whole: bool = False
    below: Method | None = None

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (asking.amount(self.input, self.whole), *(self.below.inputs if self.below else ()))

    @property
    def expr(self) -> Expr:
        entry = self.inputs[0]
        nothing = ((call("equal", entry.cell, 0), 0),) if self.below else ()
        enough = entry.cell >= self.target if self.inclusive else entry.cell > self.target
        return choose(*asking.amount_steps(entry), *nothing, (enough, self.points), otherwise=self.below.expr if self.below else 0)


@dataclass(frozen=True)
class Judge(GivesPoints):
    """Points given by judgement, from nothing to all; with `step`, in multiples of it."""

    input: str
    points: Decimal
    step: Decimal | None = None

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input(self.input, "评分", Decimal(0), self.points),)

    @property
    def expr(self) -> Expr:
        entry = self.inputs[0]
        steps = [(asking.blank(entry), UNJUDGED), (negated(asking.is_number(entry)), "错误:非数字"), (entry.cell < 0, "错误:不得为负"),
                 (entry.cell > self.points, f"错误:超出上限{plain(self.points)}")]
        if self.step:
            steps.append((asking.fractional(clean(entry.cell / self.step)), f"错误:须为{plain(self.step)}的倍数"))
        return choose(*steps, otherwise=entry.cell)


@dataclass(frozen=True)
class JudgeDeduct(GivesPoints):
    """Points taken off by judgement. `what` names the value where an item has another number besides."""

    input: str
    points: Decimal
    what: str = ""

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input(self.input, "扣分", Decimal(0), self.points),)

    @property
    def expr(self) -> Expr:
        steps = asking.judged_steps(self.inputs[0], self.points, UNJUDGED, (self.what, self.what or "扣分"))
        return choose(*steps, otherwise=expr(self.points) - self.inputs[0].cell)


@dataclass(frozen=True)
class Ruling(GivesPoints):
    """Points the assessors settle where the text leaves a case open."""

    input: str
    points: Decimal

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input(self.input, "裁定", Decimal(0), self.points),)

    @property
    def expr(self) -> Expr:
        steps = asking.judged_steps(self.inputs[0], self.points, UNRULED, ("裁定分", "裁定分"))
        return choose(*steps, otherwise=self.inputs[0].cell)


@dataclass(frozen=True)
class EachYear(GivesPoints):
    """`minimum` in every year earns all points, nothing in any year none; what lies between is settled by the method `between`."""

    years: tuple[str, ...]
    points: Decimal
    minimum: Decimal
    between: Method

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (*map(asking.amount, self.years), *self.between.inputs)

    @property
    def expr(self) -> Expr:
        entry = self.inputs[:len(self.years)]
        cells = [one.cell for one in entry]
        return choose((any_of(*map(asking.blank, entry)), UNFILLED), (negated(all_of(*map(asking.is_number, entry))), "错误:非数字"),
                      (any_of(*(cell < 0 for cell in cells)), "错误:不得为负"),
                      (all_of(*(cell >= self.minimum for cell in cells)), self.points),
                      (call("equal", total(cells), 0), 0), otherwise=self.between.expr)
