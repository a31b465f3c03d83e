"""What 公示, 命名授牌通知, 授牌名单, 证书与牌匾, 备案报告 and 经费拨付通知 say.

Source: 乌人社规〔2023〕1号 第十二条、第十三条
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from toolkit.documents.context_parts import contact, heading, issued, law_named, ordered, red_head, upward_head
from toolkit.documents.wording import amount, chinese_date
from toolkit.forms.register_rows import ApplicationRow, PublicityRow
from toolkit.ledger import act_decisions, decisions
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import Holidays, Publicity, add_years, publicity
from toolkit.returns.values import shown


def public_context(law: Regulation, year: int, on: date, passed: Sequence[ApplicationRow], period: Publicity) -> dict:
    """公示: what passed the review, public in the period."""
    return {
        **heading(law, year), "称号": law.facts["honour_title"],
        "办法": law_named(law, 命名条款=law.clause("R12-2")),
        "公示": {"起": chinese_date(period.first), "止": chinese_date(period.last), "天数": str(law["publicity_days"]),
               "说明": _how_counted(law, period)},
        "发文": {**issued(law, on), "联系": contact(law, "科室", "电话", "地址", "邮箱", "监督电话")},
        "名单": studio_list(law, passed),
    }


def _how_counted(law: Regulation, period: Publicity) -> str:
    text = "自发布当日起算" if law.yes("publicity_counts_first_day") else "自发布次日起算"
    if law["publicity_day_kind"] == "工作日":
        text += "，按工作日计"
    if period.postponed_from:
        text += f"，末日{chinese_date(period.postponed_from)}为休息日，顺延至{chinese_date(period.last)}"
    return text


def naming_context(law: Regulation, year: int, on: date, named: Sequence[PublicityRow], number: str, holidays: Holidays) -> dict:
    """命名授牌通知: the studios named on the day, with what the naming brings."""
    subsidy = Decimal(law["subsidy_yuan"])
    return {
        **heading(law, year), "称号": law.facts["honour_title"],
        "办法": law_named(
            law, 命名条款=law.clause("R12-2"), 经费条款=law.clause("R13-1"), 任务条款=law.parameters["trainees_per_cycle"].clause,
            变更条款=law.clause("R18-0"), 考核条款=law.parameters["construction_years"].clause),
        "公示": public_period(law, named, holidays),
        "经费": {"单项": amount(subsidy), "合计": amount(subsidy * len(named)),
               "配套": amount(Decimal(law["matching_minimum_yuan"])), "来源": law.facts["subsidy_source"]},
        "周期": {"年数": str(law["construction_years"]), "起": chinese_date(on),
               "止": chinese_date(add_years(on, law["construction_years"]))},
        "要求": {"培养年数": str(law["construction_years"]), "培养人数": str(law["trainees_per_cycle"]),
               "考核提前": str(law["assessment_window_months"]), "禁申年数": str(law["bar_years"])},
        "发文": red_head(law, on, number),
        "名单": studio_list(law, named, with_plaque=True),
    }


def public_period(law: Regulation, named: Sequence[PublicityRow], holidays: Holidays) -> dict[str, str]:
    """R12-1: the first and the last day of publicity, as the 公示 printed them."""
    first = min(publicity(row.published_on, law, holidays).first for row in named if row.published_on)
    last = max(filter(None, (decisions.public_until(row, law, holidays) for row in named)))
    return {"起": chinese_date(first), "止": chinese_date(last)}


def studio_list(law: Regulation, rows: Sequence[ApplicationRow | PublicityRow], with_plaque: bool = False) -> list[dict[str, str]]:
    """The list as printed: ordered by the bureau's choice, numbered, no ID or phone columns."""
    return [{"序号": str(number), "工作室名称": shown(row.studio), "领办人": shown(row.leader), "申办单位": shown(row.unit),
             "职业": shown(row.occupation), "区县": shown(row.district),
             **({"牌匾编号": shown(row.plaque)} if with_plaque and isinstance(row, PublicityRow) else {})}
            for number, row in enumerate(ordered(law, rows), 1)]


def filing_context(law: Regulation, year: int, on: date, rows: Sequence[PublicityRow], number: str, holidays: Holidays) -> dict:
    """备案报告: the studios that one document named, reported to the office that keeps the files."""
    first = rows[0]
    assert first.named_on is not None, "decided on"
    head = heading(law, year)
    listed = studio_list(law, rows)
    return {
        "年度": head["年度"], "牌匾": head["牌匾"], "排序": head["排序"], "称号": law.facts["honour_title"],
        "办法": law_named(law, 命名条款=law.clause("R12-2")), "公示": public_period(law, rows, holidays),
        "命名": {"文号": shown(first.naming_number), "日期": chinese_date(first.named_on)},
        "发文": upward_head(law, on, number), "名单": listed}


def funding_context(law: Regulation, year: int, on: date, found: Sequence[Studio], number: str) -> dict:
    """经费拨付通知: the subsidy of the studios that one document named."""
    subsidy, head = Decimal(law["subsidy_yuan"]), heading(law, year)
    return {
        "年度": head["年度"], "牌匾": head["牌匾"], "排序": head["排序"], "办法": law_named(law, 经费条款=law.clause("R13-1")),
        "经费": {"单项": amount(subsidy), "合计": amount(subsidy * len(found)), "配套": amount(Decimal(law["matching_minimum_yuan"])),
               "来源": law.facts["subsidy_source"]},
        "命名": {"文号": shown(act_decisions.naming_number(found[0]))}, "发文": red_head(law, on, number),
        "名单": [{"序号": str(place), "金额": amount(subsidy)["数字"], "工作室名称": each.name, "领办人": shown(each.leader),
                "申办单位": shown(each.unit)} for place, each in enumerate(ordered(law, found), 1)]}


def listing_context(law: Regulation, year: int, on: date, listed: Sequence[Mapping[str, str]]) -> dict:
    """授牌名单 of a list of plaques."""
    return {**heading(law, year), "发文": issued(law, on), "名单": listed}


def certificate_context(law: Regulation, year: int, on: date, rows: Sequence[PublicityRow]) -> dict:
    """证书与牌匾: proofs for the workshop."""
    first = rows[0]
    assert first.named_on is not None, "decided on"
    keys = ("序号", "工作室名称", "领办人", "申办单位", "牌匾编号")
    listed = studio_list(law, rows, with_plaque=True)
    return {
        "年度": str(year), "牌匾": law.facts["studio_title"], "称号": law.facts["honour_title"],
        "办法": law_named(law, 命名条款=law.clause("R12-2")), "命名": {"文号": shown(first.naming_number), "日期": chinese_date(first.named_on)},
        "名单": [{key: row[key] for key in keys} for row in listed], "发文": issued(law, on)}
