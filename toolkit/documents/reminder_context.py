"""What 催报函 says.

Source: 乌人社规〔2023〕1号 第十条、第十九条
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from toolkit.documents.context_parts import law_named, letter_head
from toolkit.documents.wording import chinese_date
from toolkit.regulation import Regulation

Lacking = tuple[str, str]
"""Which one, what is lacking."""


@dataclass(frozen=True)
class Matter:
    """What a district owes of a year: the matter, its clause, the last day it had, what to add, the single things."""

    district: str
    year: int
    name: str
    clause: str
    term: date
    note: str
    lacking: list[Lacking]


def reminder_context(law: Regulation, on: date, matter: Matter, until: date, number: str) -> dict:
    """催报函. until: the last day to send what is lacking."""
    return {
        "年度": str(matter.year), "办法": law_named(law),
        "事项": {"名称": matter.name, "条款": matter.clause, "应报": chinese_date(matter.term), "说明": matter.note,
               "期限": chinese_date(until)},
        "未报": [{"序号": str(place), "内容": which, "说明": what} for place, (which, what) in enumerate(matter.lacking, 1)],
        "发文": letter_head(law, on, number, f"{matter.district}人力资源和社会保障局")}
