"""Invented returns for measuring: standard workbooks, each application with its team of three and its papers.

SMALL: 6 applications, 18 members, 6 lists of papers = 30 rows. LARGE: 30 applications, 90 members, 15 awards, 30 lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from toolkit.demo import demo_returns
from toolkit.demo.invention import Invented, applications, credit_code, id_number
from toolkit.regulation import Regulation, in_force

FOLDER = Path(__file__).resolve().parent.parent / ".cache" / "bench"
FILLED = date(2026, 11, 20)
SMALL, LARGE = 6, 30  # applications in a return
SYLLABLES = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕"


def returns(count: int, size: int) -> list[Path]:
    """`count` returns of `size` applications, made once and kept."""
    law = in_force(FILLED)
    FOLDER.mkdir(parents=True, exist_ok=True)
    paths = [FOLDER / f"报表{number:03d}_{size}.xlsx" for number in range(count)]
    districts = law.lists["districts"].names
    for number, path in enumerate(paths):
        if not path.exists():
            district = districts[number % len(districts)]
            path.write_bytes(demo_returns.filled_in(law, district, FILLED.year, FILLED, people(law, district, number, size)))
    return paths


def people(law: Regulation, district: str, number: int, size: int) -> Sequence[Invented]:
    """Applications nobody else in the corpus shares a person or a unit with; small returns carry no awards."""
    found = [_distinct(each, number, row) for row, each in enumerate(applications(law, district, size, FILLED, number))]
    return found if size >= LARGE else [replace(each, awards=()) for each in found]


def _distinct(each: Invented, number: int, row: int) -> Invented:
    row_of_application, area = each.application, f"65{number:04d}"
    name = row_of_application["领办人"][0] + "".join(SYLLABLES[part % 30] for part in (number, number // 30, row))
    born = row_of_application["出生日期"]
    changed = row_of_application | {
        "领办人": name, "身份证号": id_number(area, born, row_of_application["性别"], row),
        "统一社会信用代码": credit_code("650100", number * LARGE + row), "领办人手机": f"139{number * LARGE + row:08d}"}
    team = tuple(member | {"身份证号": id_number(area, date(1990, 1, 1) + timedelta(row * 3 + place), "男", place)}
                 for place, member in enumerate(each.team))
    return replace(each, application=changed, team=team)
