"""Ranges with stated ends: “[75,85)” holds 75 and not 85; “[50,)” has no upper end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toolkit.errors import UserError
from toolkit.regulation.rubric.cell_values import plain
from toolkit.regulation.rubric.expressions import Expr, all_of

_WRITTEN = re.compile(r"([\[(])\s*(-?[\d.]+)?\s*,\s*(-?[\d.]+)?\s*([\])])")


@dataclass(frozen=True)
class Interval:
    """low to high (None: no end on that side), and whether each end belongs to it."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool
    high_in: bool

    def __str__(self) -> str:
        ends = ("" if end is None else plain(end) for end in (self.low, self.high))
        return f"{'[' if self.low_in else '('}{','.join(ends)}{']' if self.high_in else ')'}"

    def holds(self, value: Expr) -> Expr:
        """Whether `value` lies in it."""
        tests = self.reached(value)
        if self.high is not None:
            tests.append(value <= self.high if self.high_in else value < self.high)
        return all_of(*tests)

    def reached(self, value: Expr) -> list[Expr]:
        """The test whether `value` is not below it; none where it has no lower end."""
        if self.low is None:
            return []
        return [value >= self.low if self.low_in else value > self.low]


def parse(text: str) -> Interval:
    """Read “[60,90)”; UserError on anything else, and where the ends are the wrong way round."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found or not (found[2] or found[3]):
        raise UserError(f"“{text}”不是区间。请写成“[60,90)”，方括号表示含端点，圆括号表示不含。")
    low, high = (Decimal(end) if end else None for end in (found[2], found[3]))
    if low is not None and high is not None and low > high:
        raise UserError(f"区间“{text}”的下端大于上端。请把小的数写在前面。")
    return Interval(low, high, found[1] == "[", found[4] == "]")


def touching(intervals: Sequence[Interval]) -> list[str]:
    """What keeps `intervals` from covering their stretch once and only once: one Chinese phrase a gap or an overlap."""
    ordered = sorted(intervals, key=lambda one: (one.low is not None, one.low or 0, not one.low_in))
    return [said for lower, upper in pairwise(ordered) if (said := _seam(lower, upper))]


def _seam(lower: Interval, upper: Interval) -> str:
    between = f"{lower}与{upper}"
    if lower.high is None or upper.low is None or lower.high > upper.low or \
            (lower.high == upper.low and lower.high_in and upper.low_in):
        return f"{between}重叠"
    if lower.high < upper.low or not (lower.high_in or upper.low_in):
        return f"{between}之间有空隙"
    return ""
