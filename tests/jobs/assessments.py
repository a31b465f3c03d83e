"""A finished 期满考核评分表 for tests, as a district returns it: full marks and 6 bonus points, and what a case changes in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.pages import evidence_sets as made
from toolkit.pages import evidence_formulas
from toolkit.regulation import rubric
from toolkit.sheets.edit import Formula, SetCell, apply
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.recalculate import named_cells, refresh

LAW = made.LAW
RUBRIC = rubric.of(LAW)
FACTS = made.PERIOD | {"工作室编号": "2024-01", "工作室名称": "赵一焊工技能大师工作室", "领办人": "赵一", "申办单位": "甲机械有限公司", "区（县）": "天山区"}
ROWS = {
    "带徒花名册": [made.trainee(serial) for serial in range(1, 6)], "经费到位": [made.received()], "经费支出": [made.expense()],
    "攻关成果": [made.achievement()],
    "交流活动": [made.activity(), made.activity(日期=date(2026, 3, 1), 主题="第二年交流会")]}
_USUAL = {"是否": "是", "扣分": 0}


def answers() -> dict[str, object]:
    """Every input that evidence does not feed, answered for full marks."""
    fed = set(evidence_formulas.feeds(LAW))
    given = {asked.name: float(asked.high) if asked.kind == "评分" else _USUAL.get(asked.kind) for asked in RUBRIC.inputs}
    given |= {"venue_sqm": 50, "team": 3}
    return {f"in_{name}": value for name, value in given.items() if value is not None and name not in fed}


def finished(rows: Mapping[str, list] = {}, facts: Mapping[str, object] = {}, **cover: object) -> bytes:
    """The workbook with fresh values. `rows`: evidence sheets that differ; `facts` by label; `cover`: cells by defined name."""
    return refresh(made.workbook({**ROWS, **rows}, {**FACTS, **facts}, {**answers(), **cover})).data


def spot(data: bytes, name: str):
    return dict(named_cells(Workbook(data)))[name]


def changed(data: bytes, **cells: object) -> bytes:
    """Named cells written over without computing anything: a value replaces a formula, text with “=” is a formula."""
    edits = []
    for name, value in cells.items():
        place = spot(data, name)
        if isinstance(value, str) and value.startswith("="):
            value = Formula(value, 25)
        edits.append(SetCell(place.sheet, place.row, place.column, value))
    return apply(data, edits)


def stale(data: bytes, name: str, shown: str) -> bytes:
    """The value saved beside a formula replaced in the file, the formula untouched."""
    book, place = Workbook(data), spot(data, name)
    part = book.entry(place.sheet).part
    text = book.package.text(part)
    cell = re.search(rf'<c r="{place.address}"[^>]*>.*?</c>', text)[0]
    book.package.put(part, text.replace(cell, re.sub(r"<v>[^<]*</v>", f"<v>{shown}</v>", cell), 1))
    return book.package.save()


def write(folder: Path, data: bytes, name: str = "赵一.xlsx") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path
