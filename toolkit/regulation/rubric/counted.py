"""Scoring methods that count: so much for each, so much off for each, more for the first than for the rest, so much for each missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from toolkit.errors import UserError
from toolkit.regulation.rubric import inputs as asking
from toolkit.regulation.rubric.expressions import Expr, Operand, call, choose, clean, expr, reads, total
from toolkit.regulation.rubric.inputs import UNFILLED, GivesCap, GivesPoints, Input

ROUNDINGS = ("舍去", "进一", "线性")


@dataclass(frozen=True)
class PerUnit:
    """Each part {input, points, most?} earns its points per unit, up to its own `most`; the whole up to `cap` unless `uncapped`."""

    parts: tuple[dict, ...]
    cap: Decimal
    uncapped: bool = False
    whole: bool = True
    blank: Decimal | str = UNFILLED

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(asking.amount(part["input"], self.whole) for part in self.parts)

    @property
    def most(self) -> Decimal | None:
        limits = asking.every([part.get("most") for part in self.parts])
        reach = None if limits is None else sum(limits, Decimal(0))
        if self.uncapped:
            return reach
        return self.cap if reach is None else min(reach, self.cap)

    @property
    def expr(self) -> Expr:
        earned = total([_limited(expr(part["points"]) * asking.counted(one), part.get("most"))
                        for one, part in zip(self.inputs, self.parts, strict=True)])
        return choose(*asking.counts_steps(self.inputs, self.blank), otherwise=_limited(earned, None if self.uncapped else self.cap))


@dataclass(frozen=True)
class Deductions(GivesPoints):
    """Each part {input, points} takes off its points per unit; together they may exceed all points, the score never falls below 0."""

    points: Decimal
    parts: tuple[dict, ...]
    whole: bool = True
    blank: Decimal | str = UNFILLED

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(asking.amount(part["input"], self.whole) for part in self.parts)

    @property
    def expr(self) -> Expr:
        left = expr(self.points)
        for one, part in zip(self.inputs, self.parts, strict=True):
            left = left - expr(part["points"]) * asking.counted(one)
        return choose(*asking.counts_steps(self.inputs, self.blank), otherwise=call("max", 0, left))


@dataclass(frozen=True)
class BasePlus(GivesCap):
    """The first earns `first`, each further one `extra`, up to `cap`."""

    input: str
    first: Decimal
    extra: Decimal
    cap: Decimal

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (asking.amount(self.input, whole=True),)

    @property
    def expr(self) -> Expr:
        entry = self.inputs[0]
        earned = expr(self.first) + expr(self.extra) * (entry.cell - 1)
        return choose(*asking.amount_steps(entry), (call("equal", entry.cell, 0), 0), otherwise=_limited(earned, self.cap))


@dataclass(frozen=True)
class TopThenFlat(GivesCap):
    """The first `top` earn `each`, the rest `flat`, up to `cap`."""

    input: str
    top: Decimal
    each: Decimal
    flat: Decimal
    cap: Decimal

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (asking.amount(self.input, whole=True),)

    @property
    def expr(self) -> Expr:
        cell = self.inputs[0].cell
        earned = expr(self.each) * call("min", cell, self.top) + expr(self.flat) * call("max", 0, cell - self.top)
        return choose(*asking.amount_steps(self.inputs[0]), otherwise=_limited(earned, self.cap))


@dataclass(frozen=True)
class TargetBothWays(GivesCap):
    """`base` at the target, `plus` for each above it up to `cap`, `minus` for each below it down to nothing."""

    input: str
    base: Decimal
    target: Decimal
    plus: Decimal
    minus: Decimal
    cap: Decimal
    whole: bool = True

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (asking.amount(self.input, self.whole),)

    @property
    def expr(self) -> Expr:
        cell, base = self.inputs[0].cell, expr(self.base)
        above = call("min", self.cap, base + expr(self.plus) * (cell - self.target))
        below = call("max", 0, base - expr(self.minus) * (expr(self.target) - cell))
        return choose(*asking.amount_steps(self.inputs[0]), (cell >= self.target, above), otherwise=below)


@dataclass(frozen=True)
class Shortfall(GivesPoints):
    """Every `unit` short of `target` costs `per_unit`; never below nothing. `rounding` says how a broken unit counts: 舍去, 进一 or
    线性; the cell `rounding_input` may say otherwise. `places` is where the number of units is cleaned before that.
    `none_gives_none`: without anything there are no points, however small the loss."""

    input: str
    points: Decimal
    target: Decimal
    per_unit: Decimal
    unit: Decimal = Decimal(1)
    whole: bool = False
    rounding: str = ""
    rounding_input: str = ""
    places: Decimal = Decimal(6)
    none_gives_none: bool = False

    def __post_init__(self) -> None:
        if self.rounding not in (*ROUNDINGS, "") or not (self.rounding or (self.whole and self.unit == 1)):
            raise UserError(f"“{self.rounding}”不是不足一个单位的计法。请在 rounding 写明“舍去”“进一”或“线性”。")

    @property
    def inputs(self) -> tuple[Input, ...]:
        entry = asking.amount(self.input, self.whole)
        return (entry, Input(self.rounding_input, "口径", choices=ROUNDINGS)) if self.rounding_input else (entry,)

    @property
    def expr(self) -> Expr:
        entry = self.inputs[0]
        nothing = ((call("equal", entry.cell, 0), 0),) if self.none_gives_none else ()
        left = call("max", 0, expr(self.points) - expr(self.per_unit) * self._units())
        return choose(*asking.amount_steps(entry), *nothing, (entry.cell >= self.target, self.points), otherwise=left)

    def _units(self) -> Expr:
        missing = expr(self.target) - self.inputs[0].cell
        if not self.rounding:
            return missing
        exact = call("四舍五入", clean(missing) / self.unit, self.places)
        ways = {mode: exact if mode == "线性" else call(mode, exact, 0) for mode in ROUNDINGS}
        if not self.rounding_input:
            return ways[self.rounding]
        mode = self.inputs[1].cell
        return choose(*((reads(mode, name), ways[name]) for name in reversed(ROUNDINGS) if name != self.rounding),
                      otherwise=ways[self.rounding])


def _limited(value: Operand, limit: Decimal | None) -> Expr:
    return expr(value) if limit is None else call("min", limit, value)
