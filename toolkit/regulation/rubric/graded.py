"""Scoring methods that read a table: levels, tiers, bands of points, the best of several, several under one cap."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toolkit.errors import UserError
from toolkit.regulation.rubric import inputs as asking
from toolkit.regulation.rubric import intervals
from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.expressions import Expr, any_of, call, choose, negated, reads, total
from toolkit.regulation.rubric.inputs import UNFILLED, UNJUDGED, Input, InputStep, Method


@dataclass(frozen=True)
class Lookup:
    """Each choice {name, points} earns its points."""

    input: str
    choices: tuple[dict, ...]
    blank: Decimal | str = UNFILLED

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input(self.input, "选项", choices=tuple(choice["name"] for choice in self.choices)),)

    @property
    def most(self) -> Decimal:
        return max(choice["points"] for choice in self.choices)

    @property
    def expr(self) -> Expr:
        entry = self.inputs[0]
        steps = ((reads(entry.cell, choice["name"]), choice["points"]) for choice in self.choices)
        return choose((asking.blank(entry), self.blank), *steps, otherwise=_only(entry))


@dataclass(frozen=True)
class Matrix:
    """Points by two choices, such as level and rank: `points` has one row for each of `rows`, one column for each of `columns`."""

    row: str
    column: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    points: tuple[tuple[Decimal, ...], ...]
    blank: Decimal | str = UNFILLED

    def __post_init__(self) -> None:
        if len(self.points) != len(self.rows) or any(len(line) != len(self.columns) for line in self.points):
            raise UserError("分值表的行数、列数与所列级别、等次不一致。请逐格核对。")

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input(self.row, "选项", choices=self.rows), Input(self.column, "选项", choices=self.columns))

    @property
    def most(self) -> Decimal:
        return max(max(line) for line in self.points)

    @property
    def expr(self) -> Expr:
        row, column = self.inputs
        lines = ((reads(row.cell, name), choose(*((reads(column.cell, label), points) for label, points in
                                                  zip(self.columns, line, strict=True)), otherwise=_only(column)))
                 for name, line in zip(self.rows, self.points, strict=True))
        blanks = (asking.blank(row), asking.blank(column))
        return choose((call("and", *blanks), self.blank), (any_of(*blanks), UNFILLED), *lines, otherwise=_only(row))


@dataclass(frozen=True)
class Tiers:
    """Points by the interval an amount falls in; `tiers` is a list of {range, points}."""

    input: str
    tiers: tuple[dict, ...]
    whole: bool = False

    def __post_init__(self) -> None:
        _once_only([tier["range"] for tier in self.tiers])

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (asking.amount(self.input, self.whole),)

    @property
    def most(self) -> Decimal:
        return max(tier["points"] for tier in self.tiers)

    @property
    def expr(self) -> Expr:
        entry = self.inputs[0]
        steps = ((intervals.parse(tier["range"]).holds(entry.cell), tier["points"]) for tier in self.tiers)
        return choose(*asking.amount_steps(entry), *steps, otherwise="错误:不在所列区间")


@dataclass(frozen=True)
class TierJudge:
    """An amount decides between which bounds the points are judged; `tiers` is a list of {range, low, high}."""

    input: str
    judged: str
    tiers: tuple[dict, ...]

    def __post_init__(self) -> None:
        _once_only([tier["range"] for tier in self.tiers])

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (asking.amount(self.input), _judged(self.judged, self.tiers))

    @property
    def most(self) -> Decimal:
        return max(tier["high"] for tier in self.tiers)

    @property
    def expr(self) -> Expr:
        entry, judged = self.inputs
        steps = [(intervals.parse(tier["range"]).holds(entry.cell), _within(judged, tier)) for tier in self.tiers]
        return choose(*asking.amount_steps(entry), *_number_steps(judged), *steps, otherwise="错误:不在所列区间")


@dataclass(frozen=True)
class BandJudge:
    """A chosen level decides between which bounds the points are judged; `bands` is a list of {name, low, high}. Without `level`
    the points alone must tell the band, so the bands may neither overlap nor leave whole points out."""

    judged: str
    bands: tuple[dict, ...]
    level: str = ""

    def __post_init__(self) -> None:
        ordered = sorted(self.bands, key=lambda band: band["low"])
        faults = [said for lower, upper in pairwise(ordered) if (said := _whole_point_seam(lower, upper))]
        if faults and not self.level:
            raise UserError(f"得分不能唯一确定档次：{'；'.join(faults)}。请改正各档分值，或者增加一栏由评委选定档次。")

    @property
    def inputs(self) -> tuple[Input, ...]:
        judged = _judged(self.judged, self.bands)
        names = tuple(band["name"] for band in self.bands)
        return (Input(self.level, "选项", choices=names), judged) if self.level else (judged,)

    @property
    def most(self) -> Decimal:
        return max(band["high"] for band in self.bands)

    @property
    def expr(self) -> Expr:
        judged = self.inputs[-1]
        if not self.level:
            return choose(*_number_steps(judged), otherwise=_within(judged, {"low": judged.low, "high": judged.high}))
        level = self.inputs[0]
        steps = [(reads(level.cell, band["name"]), _within(judged, band)) for band in self.bands]
        return choose((asking.blank(level), UNFILLED), *_number_steps(judged), *steps, otherwise=_only(level))


@dataclass(frozen=True)
class BestOf:
    """The best of several methods; the first that cannot be scored speaks for all."""

    parts: tuple[Method, ...]

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(entry for part in self.parts for entry in part.inputs)

    @property
    def most(self) -> Decimal | None:
        limits = asking.every([part.most for part in self.parts])
        return None if limits is None else max(limits)

    @property
    def expr(self) -> Expr:
        return _settled([part.expr for part in self.parts], call("max", *(part.expr for part in self.parts)))


@dataclass(frozen=True)
class SumOf:
    """Several methods together under one cap; the first that cannot be scored speaks for all."""

    parts: tuple[Method, ...]
    cap: Decimal

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(entry for part in self.parts for entry in part.inputs)

    @property
    def most(self) -> Decimal:
        limits = asking.every([part.most for part in self.parts])
        return self.cap if limits is None else min(self.cap, sum(limits, Decimal(0)))

    @property
    def expr(self) -> Expr:
        return _settled([part.expr for part in self.parts], call("min", self.cap, total([part.expr for part in self.parts])))


def _only(entry: Input) -> str:
    return f"错误:只填{'/'.join(entry.choices)}"


def _whole_point_seam(lower: dict, upper: dict) -> str:
    """What is wrong between two neighbouring bands of whole points, or nothing."""
    between = "与".join(f"{plain(band['low'])}~{plain(band['high'])}分" for band in (lower, upper))
    if lower["high"] >= upper["low"]:
        return f"{between}重叠"
    return f"{between}之间有空隙" if lower["high"] + 1 < upper["low"] else ""


def _settled(parts: list[Expr], result: Expr) -> Expr:
    return choose(*((negated(call("number", part)), part) for part in parts), otherwise=result)


def _judged(name: str, bands: tuple[dict, ...]) -> Input:
    return Input(name, "评分", min(band["low"] for band in bands), max(band["high"] for band in bands))


def _number_steps(judged: Input) -> tuple[InputStep, ...]:
    return ((asking.blank(judged), UNJUDGED), (negated(asking.is_number(judged)), "错误:评分非数字"))


def _within(judged: Input, bounds: dict) -> Expr:
    low, high = bounds["low"], bounds["high"]
    return choose((any_of(judged.cell < low, judged.cell > high), f"错误:评分超出{plain(low)}~{plain(high)}"), otherwise=judged.cell)


def _once_only(ranges: list[str]) -> None:
    faults = intervals.touching([intervals.parse(written) for written in ranges])
    if faults:
        raise UserError(f"各档区间{'；'.join(faults)}。请改正端点，使每个数恰好属于一档。")
