"""What the evidence sheets of 期满考核评分表 say about the inputs, as formulas; `returns.evidence` counts the same in Python.

Only functions that Excel 2016, WPS, LibreOffice and ironcalc share. Lists and ranks come from the regulation's data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.forms.assessment import ACHIEVEMENTS, ACTIVITIES, EXPENSES, FUNDS, NO, ROSTER, YES
from toolkit.forms.model import Sheet
from toolkit.regulation import Regulation

MONTHS = 12


@dataclass(frozen=True)
class Feed:
    """A formula over the columns of an evidence sheet: `{header:}` is a whole column of it."""

    sheet: Sheet
    formula: str


def names(law: Regulation) -> dict[str, str]:
    """Name → number or expression of the law, for the columns of the evidence sheets; `{header}` is still open."""
    skilled = min((item for item in law.lists["skill_levels"].items if item["skilled"]), key=lambda item: item["order"])
    return {
        "rank_before": _rank(law, "入门时等级"), "rank_gained": _rank(law, "取得等级"),
        "skilled_rank": str(skilled["order"]), "skilled_name": skilled.name,
        "fund_source": _among("来源", law.lists["fund_sources"].names), "fund": _among("资金来源", law.lists["fund_sources"].names),
        "any_use": _among("用途类别", law.lists["fund_uses"].names), "named_use": _flagged(law, "用途类别", "fund_uses", "named"),
        "after_use": _flagged(law, "用途类别", "fund_uses", "after"), "achievement": _among("类别", law.lists["achievement_kinds"].names),
        "activity": _among("类型", law.lists["activity_kinds"].names), "any_scope": _among("范围", law.lists["activity_scopes"].names),
        "exchange": _flagged(law, "类型", "activity_kinds", "exchange"), "beyond": _flagged(law, "范围", "activity_scopes", "beyond"),
        "construction_year": _construction_year(law),
    }


def feeds(law: Regulation) -> dict[str, Feed]:
    """Input name → the evidence that fills it in; empty text while its sheet holds nothing or the period is unknown."""
    found = {"matching_yuan": _when_known(FUNDS, "是否计入", (YES, NO), _received(law, "matching")),
             "trained_skilled": _when_known(ROSTER, "是否计入", (YES, NO), f'COUNTIF({{是否计入:}},"{YES}")')}
    for name in ("trained_technicians", "trained_senior_technicians"):
        counted = "+".join(f'COUNTIFS({{是否计入:}},"{YES}",{{核定等级序:}},{item["order"]})'
                           for item in law.lists["skill_levels"].items if item["bonus"] == name)
        found[name] = _when_known(ROSTER, "是否计入", (YES, NO), counted)
    years = [f"第{number}年" for number in range(1, law["construction_years"] + 1)]
    for number, year in enumerate(years, 1):
        counted = f'COUNTIF({{计入业内交流:}},"{year}")'
        found[f"exchange_year{number}"] = _when_known(ACTIVITIES, "计入业内交流", (*years, NO), counted)
    return found


def references(law: Regulation) -> dict[str, Feed]:
    """Input name → what the evidence holds on it, shown beside a judged or answered input without deciding it."""
    inputs = {row["id"]: row["score"].get("input") for row in law.rubric["items"]}
    found = {inputs[item["item"]]: Feed(ACHIEVEMENTS, f'COUNTIFS({{类别:}},"{item.name}",{{是否计入:}},"{YES}")&"项"')
             for item in law.lists["achievement_kinds"].items}
    training = "+".join(_in_period("类型", kind, "范围", scope) for kind in sorted(law.lists["activity_kinds"].where("training"))
                        for scope in sorted(law.lists["activity_scopes"].where("internal")))
    service = "+".join(_in_period("类型", kind) for kind in sorted(law.lists["activity_kinds"].where("service")))
    return found | {
        "roster": Feed(ROSTER, 'COUNTIF({身份证号:},"?*")&"人"'), "agreement": Feed(ROSTER, 'COUNTIF({协议编号:},"?*")&"份"'),
        "internal_training": Feed(ACTIVITIES, f'{training}&"次"'), "community_service": Feed(ACTIVITIES, f'{service}&"次"')}


def figures(law: Regulation) -> dict[str, tuple[str, str]]:
    """Cell name → (label, formula over `{sheet!header:}`) of the money and the last activity, beside the points."""
    found = {"fund_subsidy": ("市级补助到位（元）", _on(FUNDS, _received(law, "subsidy"))),
             "fund_matching": ("单位配套到位（元）", _on(FUNDS, _received(law, "matching")))}
    found["fund_spent"] = ("支出合计（元）", _on(EXPENSES, "ROUND(SUM({金额(元):}),2)"))
    for number, use in enumerate(law.lists["fund_uses"].names, 1):
        found[f"fund_use_{number}"] = (f"　其中：{use}", _on(EXPENSES, f'ROUND(SUMIFS({{金额(元):}},{{用途类别:}},"{use}"),2)'))
    found["fund_balance"] = ("结余（元）", "ROUND(fund_subsidy+fund_matching-fund_spent,2)")
    dates = ((ROSTER, "协议日期"), (ROSTER, "发证日期"), (EXPENSES, "日期"), (ACHIEVEMENTS, "完成日期"), (ACTIVITIES, "日期"))
    latest = f'MAX({",".join(_on(sheet, f"{{{header}:}}") for sheet, header in dates)})'
    return found | {"last_activity": ("最近活动日", f'IF({latest}=0,"",{latest})')}


def _on(sheet: Sheet, formula: str) -> str:
    """`{header:}` of one sheet as `{sheet!header:}`."""
    return formula.replace("{", f"{{{sheet.name}!")


def _received(law: Regulation, flag: str) -> str:
    sums = "+".join(f'SUMIFS({{金额(元):}},{{来源:}},"{name}",{{是否计入:}},"{YES}")'
                    for name in sorted(law.lists["fund_sources"].where(flag)))
    return f"ROUND({sums},2)"


def _when_known(sheet: Sheet, header: str, verdicts: Iterable[str], formula: str) -> Feed:
    filled = "+".join(f'COUNTIF({{{header}:}},"{verdict}")' for verdict in verdicts)
    return Feed(sheet, f'IF(OR(period_from="",{filled}=0),"",{formula})')


def _in_period(*pairs: str) -> str:
    conditions = ",".join(f'{{{header}:}},"{name}"' for header, name in zip(pairs[::2], pairs[1::2], strict=True))
    return f'COUNTIFS({conditions},{{日期:}},">="&N(period_from),{{日期:}},"<"&N(period_to)+1)'


def _among(header: str, choices: Iterable[str]) -> str:
    return "OR(" + ",".join(f'{{{header}}}="{name}"' for name in choices) + ")"


def _flagged(law: Regulation, header: str, choices: str, flag: str) -> str:
    return _among(header, (item.name for item in law.lists[choices].items if item[flag]))


def _rank(law: Regulation, header: str) -> str:
    """The rank of the level in a cell, 0 for anything that is no level."""
    expression = "0"
    for item in reversed(law.lists["skill_levels"].items):
        expression = f'IF({{{header}}}="{item.name}",{item["order"]},{expression})'
    return expression


def _construction_year(law: Regulation) -> str:
    """第1年, 第2年 … of the construction period; the corresponding day is the last of a year, the last year has no end."""
    *earlier, last = range(1, law["construction_years"] + 1)
    expression = f'"第{last}年"'
    for number in reversed(earlier):
        expression = f'IF(INT({{日期}})<=EDATE(period_from,{number * MONTHS}),"第{number}年",{expression})'
    return expression
