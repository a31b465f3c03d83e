"""Statutory retirement dates, before and after the gradual reform of 2025.

Source: 乌人社规〔2023〕1号 第七条（一）; 2024-09-13 全国人大常委会关于实施渐进式延迟法定退休年龄的决定.
"""

from __future__ import annotations

from datetime import date

from toolkit.regulation import ListItem, Regulation, in_force
from toolkit.regulation.calendar import add_months, add_years


def category_data(category: str, regulation: Regulation) -> ListItem:
    """The row of 男60 | 女55 | 女50. Raises ValueError on any other: it is never inferred."""
    for item in regulation.lists["retirement_categories"].items:
        if item.name == category:
            return item
    raise ValueError(category)


def delay_months(born: date, item: ListItem, reform_from: date) -> int:
    """Months the reform adds: one per started `step_months` from the reform on, at most `cap_months`."""
    months_after = (born.year + item["age"]) * 12 + born.month - (reform_from.year * 12 + reform_from.month)
    return 0 if months_after < 0 else min(item["cap_months"], months_after // item["step_months"] + 1)


def retirement_date(born: date, category: str, as_of: date) -> date:
    """The day `born` reaches statutory retirement age, by the law in force on `as_of`.

    category: "男60" | "女55" | "女50"; ValueError on any other. By day (birth date + age);
    before the reform's first day the old ages hold.
    """
    regulation = in_force(as_of)
    item = category_data(category, regulation)
    reform_from = regulation.lists["retirement_categories"].data["reform_from"]
    delay = delay_months(born, item, reform_from) if as_of >= reform_from else 0
    return add_months(born, item["age"] * 12 + delay)


def leaves_years(born: date, category: str, on: date, years: int) -> bool:
    """R07-1c: whether `on` is at least `years` before statutory retirement (the corresponding day counts)."""
    return add_years(on, years) <= retirement_date(born, category, on)
