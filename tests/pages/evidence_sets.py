"""Evidence for tests: rows of the five sheets, clean ones to start from and seeded random ones with every kind of edge and dirt."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache

from tests.returns.make import id_number
from toolkit import regulation
from toolkit.forms import ASSESSMENT
from toolkit.forms import score_sheet as places
from toolkit.forms.assessment import ACHIEVEMENTS, ACTIVITIES, COVER, EXPENSES, FACTS, FUNDS, ROSTER
from toolkit.pages import evidence_formulas, fresh
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import rubric
from toolkit.regulation.identity import id_check_character
from toolkit.returns import recognise
from toolkit.returns.rows import RowReader
from toolkit.sheets.edit import SetCell, apply
from toolkit.sheets.grid import Book

LAW = regulation.load(regulation.FILES[-1])
LAYOUT = places.ScoreSheet(rubric.of(LAW), tuple(evidence_formulas.feeds(LAW)), tuple(evidence_formulas.figures(LAW)))
FROM, TO, HELD = date(2024, 8, 28), date(2026, 8, 28), date(2026, 7, 15)
PERIOD = {"建设周期起": FROM, "建设周期止": TO, "考核日期": HELD}
DAY = timedelta(days=1)
_CHECKED = "6501021995022900{}", "6501021895030400{}", "6501022100030400{}", "6501021995130400{}"  # 没有这一天，或不会是在世的人
WRONG_IDS = (*(first + serial + id_check_character(first + serial) for serial in ("1",) for first in (each.format("") for each in _CHECKED)),
             "6501O219950304001X", "650102199503040010", "65010219950304 01X", "-50102199503040018", "................18")
Rows = Mapping[str, Sequence[Mapping[str, object]]]


def trainee(serial: int = 1, **changes) -> dict:
    """A trainee who counts: 中级工 before, 高级工 in the period, after the agreement."""
    return {"师傅": "赵一", "徒弟姓名": f"徒弟{serial}", "性别": "男", "身份证号": id_number(date(1995, 3, 4), "男", serial),
            "工种": "焊工", "入门时等级": "中级工", "协议编号": f"XY-{serial}", "协议日期": date(2024, 9, 1), "取得等级": "高级工",
            "证书编号": f"S{serial:06}", "发证日期": date(2025, 6, 1)} | changes


def received(**changes) -> dict:
    """A matching payment that counts."""
    return {"日期": date(2025, 1, 10), "来源": "单位配套", "金额(元)": 100000, "凭证号": "记1"} | changes


def expense(**changes) -> dict:
    """An expense in order."""
    return {"日期": date(2025, 2, 1), "凭证号": "记9", "资金来源": "单位配套", "用途类别": "设施设备", "摘要": "焊机", "金额(元)": 100000,
            "收款方": "甲公司", "是否专账": "是"} | changes


def activity(**changes) -> dict:
    """A meeting of the trade."""
    return {"日期": date(2025, 3, 1), "类型": "交流", "主题": "焊接技术交流会", "范围": "行业", "人数": 30} | changes


def achievement(**changes) -> dict:
    return {"类别": "解决技术难题", "项目名称": "裂纹修复", "完成日期": date(2025, 5, 1)} | changes


def workbook(rows: Rows, facts: Mapping[str, object] = PERIOD, cover: Mapping[str, object] | None = None) -> bytes:
    """The template with evidence, facts (by label) and cells of the cover (by defined name) filled in."""
    edits = []
    for name, entries in rows.items():
        sheet = ASSESSMENT.sheet(name)
        assert len(entries) <= sheet.rows
        edits += [SetCell(name, FIRST_ROW + step, sheet.headers.index(header), value) for step, entry in enumerate(entries)
                  for header, value in entry.items() if value is not None]
    by_label = {fact.label: fact.name for fact in FACTS}
    cells = {by_label[label]: value for label, value in facts.items()} | dict(cover or {})
    edits += [SetCell(COVER, *LAYOUT.cells[name], value) for name, value in cells.items() if value is not None]
    return apply(_template(), edits)


@cache
def _template() -> bytes:
    return fresh.workbook(ASSESSMENT)


def tables(book: Book) -> dict:
    """The evidence tables of a workbook as records."""
    reader, located = RowReader(LAW), recognise.locate(book, ASSESSMENT)
    return {name: reader.read(book.file, found.grid, ASSESSMENT.sheet(name), found.layout).table for name, found in located.items()}


def random_rows(seed: int) -> Rows:
    """Every sheet full of rows, each cell now and then an edge, a blank or something a clerk pasted."""
    luck = random.Random(seed)
    return {ROSTER.name: [_trainee(luck) for _ in range(ROSTER.rows)], FUNDS.name: [_received(luck) for _ in range(FUNDS.rows)],
            EXPENSES.name: [_expense(luck) for _ in range(EXPENSES.rows)],
            ACHIEVEMENTS.name: [_achievement(luck) for _ in range(ACHIEVEMENTS.rows)],
            ACTIVITIES.name: [_activity(luck) for _ in range(ACTIVITIES.rows)]}


def random_facts(seed: int) -> dict[str, object]:
    """The period, sometimes held late, without an end, or not filled in."""
    luck = random.Random(seed)
    return {"建设周期起": luck.choice([FROM] * 5 + [None]), "建设周期止": luck.choice([TO, TO, TO, None]),
            "考核日期": luck.choice([HELD, HELD, TO, TO + DAY, date(2026, 12, 1), None]), "领办人": luck.choice([None, "徒弟3", "别人"])}


def _mostly(luck: random.Random, usual: object, *others: object, often: float = 0.85) -> object:
    return usual if luck.random() < often else luck.choice(others)


def _day(luck: random.Random) -> object:
    within = FROM + DAY * luck.randrange((HELD - FROM).days)
    year = date(FROM.year + 1, FROM.month, FROM.day)
    return _mostly(luck, within, FROM, FROM - DAY, HELD, HELD + DAY, TO, TO + DAY, year, year + DAY, None, "2025.3.1", "待定",
                   datetime(HELD.year, HELD.month, HELD.day, 15, 30), often=0.55)


def _trainee(luck: random.Random) -> dict:
    levels = LAW.lists["skill_levels"].names
    serial = luck.randrange(1, 13)
    person = _mostly(luck, trainee(serial)["身份证号"], None, "65010219950304", 6501021995, "65010219950304001x", "65010219950304001X",
                     *WRONG_IDS, often=0.8)
    gained = _mostly(luck, luck.choice(levels[3:6]), *levels, None, "三级", "高级工 ")
    changes = {"身份证号": person, "入门时等级": _mostly(luck, luck.choice(levels[:4]), *levels, None, "四级"), "取得等级": gained,
               "发证日期": _day(luck), "协议日期": _mostly(luck, date(2024, 9, 1), FROM, HELD, None, "2024-9-1"),
               "协议编号": _mostly(luck, "XY", None), "证书编号": _mostly(luck, "S1", None)}
    if luck.random() < 0.1:
        changes |= {"取得等级": None, "发证日期": None}
    return {} if luck.random() < 0.05 else trainee(serial, **changes)


def _money(luck: random.Random) -> object:
    return _mostly(luck, luck.choice([33333.33, 100000, 0.01, 25000.5, 1234.56]), 0, -500, None, "5万", often=0.8)


def _received(luck: random.Random) -> dict:
    return {} if luck.random() < 0.1 else received(**{
        "日期": _day(luck), "来源": _mostly(luck, "单位配套", "市级补助", "市级补助", None, "自筹", often=0.6), "金额(元)": _money(luck),
        "凭证号": _mostly(luck, "记1", None)})


def _expense(luck: random.Random) -> dict:
    return {} if luck.random() < 0.1 else expense(**{
        "日期": _day(luck), "资金来源": _mostly(luck, "市级补助", None, "配套"), "金额(元)": _money(luck), "凭证号": _mostly(luck, "记2", None),
        "用途类别": luck.choice([*LAW.lists["fund_uses"].names, None, "招待"]), "是否专账": _mostly(luck, "是", "否", None, "√")})


def _achievement(luck: random.Random) -> dict:
    return {} if luck.random() < 0.1 else achievement(**{
        "类别": luck.choice([*LAW.lists["achievement_kinds"].names, None, "论文"]), "完成日期": _day(luck)})


def _activity(luck: random.Random) -> dict:
    return {} if luck.random() < 0.1 else activity(**{
        "日期": _day(luck), "类型": luck.choice([*LAW.lists["activity_kinds"].names, None, "会议"]),
        "范围": luck.choice([*LAW.lists["activity_scopes"].names, None, "全国"])})
