"""What 考核评估标准, 考核结果通报 and 年度评估通报 say.

Source: 乌人社规〔2023〕1号 第十九条、附件2
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit.documents.context_parts import heading, law_named, ordered, red_head
from toolkit.documents.wording import chinese_date
from toolkit.errors import UserError
from toolkit.forms.register_rows import AssessmentRow, YearlyRow
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation, rubric
from toolkit.regulation.rubric import Rubric, Score
from toolkit.regulation.rubric.cell_values import cell, number, plain
from toolkit.regulation.rubric.grades import CONTRADICTORY, UNFINISHED
from toolkit.regulation.rubric.structure import BASE, Band, Item
from toolkit.returns.values import shown


class AssessedStudio(NamedTuple):
    """What the form says of the studio."""

    studio: str
    leader: str | None
    unit: str | None
    district: str | None
    begins: date | None
    ends: date | None
    assessed_on: date | None = None


def form_context(law: Regulation, facts: AssessedStudio, on: date, score: Score | None = None,
                 reasons: Mapping[str, str] | None = None) -> dict:
    """What the form says.

    reasons: item id → why points were taken off. Without `score`, and for items not scored yet, the places stay blank.
    UserError where the score rests on contradictory inputs.
    """
    standard = rubric.of(law)
    if score and score.result == CONTRADICTORY:
        raise UserError(f"“{facts.studio}”的评分不能使用：{'；'.join(score.notes)}。请改正评分表后重新生成。")
    base = {section.id for section in standard.sections if section.kind == BASE}
    rows = [(item, _item(standard, item, score, (reasons or {}).get(item.id, ""))) for item in standard.items]
    return {
        "标准": {"出处": standard.clause, "名称": standard.title},
        "工作室": {"名称": facts.studio, "领办人": shown(facts.leader), "申办单位": shown(facts.unit), "区县": shown(facts.district),
                "周期起": _day(facts.begins), "周期止": _day(facts.ends)},
        "考核日期": _day(facts.assessed_on),
        "基础项": [row for item, row in rows if item.section in base],
        "加分项": [row for item, row in rows if item.section not in base],
        "满分": {"基础分": plain(standard.base), "总分": plain(standard.total)},
        "结果": {"基础分": plain(score.base), "加分": plain(score.bonus), "总分": plain(score.total), "等次": score.grade}
        if score is not None and score.grade != UNFINISHED else dict.fromkeys(("基础分", "加分", "总分", "等次"), ""),
        "发文": {"机关": f"{shown(facts.district)}人力资源和社会保障局", "日期": _day(on)},
    }


def _item(standard: Rubric, item: Item, score: Score | None, reason: str) -> dict[str, str]:
    section = next(section for section in standard.sections if section.id == item.section)
    points = score.items[item.id] if score else None
    given = points if isinstance(points, Decimal) else None
    lost = item.points - given if given is not None and section.kind == BASE else None
    why = f"扣{plain(lost)}分" + (f"：{reason}" if reason else "") if lost else ""
    return {"项目": f"{section.title}\n（{plain(section.points)}分）" if section.kind == BASE else section.title, "细则": item.text,
            "分值": plain(item.points), "标准": item.criteria, "得分": "" if given is None else plain(given), "理由": why}


def results_context(law: Regulation, year: int, on: date, results: Sequence[AssessmentRow], number: str = "",
                    lacking: Sequence[Studio] = ()) -> dict:
    """What the 通报 says. results: of every studio, none blank; lacking: those that have no result; number: its 文号."""
    standard = rubric.of(law)
    first = heading(law, year)
    graded = {band.name: [row for row in ordered(law, results) if row.grade == band.name] for band in standard.bands}
    failing = next(band for band in standard.bands if band.consequence)
    places = {id(row): str(number) for number, row in enumerate((row for rows in graded.values() for row in rows), 1)}
    days = [row.assessed_on for row in results if row.assessed_on]
    return {
        "年度": first["年度"], "牌匾": first["牌匾"], "排序": first["排序"].replace("按", "按等次、", 1),
        "办法": law_named(law, 考核条款=law.clause("R19-2")),
        "考核": {"应考": str(len(places) + len(lacking)), "总数": str(len(places)), "时间": "至".join(map(_day, sorted({min(days), max(days)}))),
               "标准": standard.title, "标准出处": standard.clause, "基础分": plain(standard.base), "加分": plain(standard.bonus)},
        "等次": [{"名称": band.name, "界线": band_line(band, standard), "名单": [
            {"序号": places[id(row)], **_columns(row)} for row in graded[band.name]]} for band in standard.bands],
        "未考": [{"序号": str(place), "工作室名称": studio.name, "区县": shown(studio.district)}
               for place, studio in enumerate(lacking, 1)],
        "处理": [{"序号": str(number), "工作室名称": shown(row.studio), "领办人": shown(row.leader), "申办单位": shown(row.unit)}
               for number, row in enumerate(graded[failing.name], 1)],
        "后果": {"等次": failing.name, "条款": failing.clause, "内容": failing.consequence},
        "发文": red_head(law, on, number),
    }


def _columns(row: AssessmentRow) -> dict[str, str]:
    return {"工作室名称": shown(row.studio), "申办单位": shown(row.unit), "区县": shown(row.district), "等次": shown(row.grade),
            "总分": plain(number(cell(row.total)))}


def band_line(band: Band, standard: Rubric) -> str:
    """90分及以上; 60分及以上、不满90分; 不满60分."""
    best, *_, lowest = standard.bands
    low, high, ends = band.start, band.range.high, []
    if band is not lowest:
        ends.append(f"{plain(low)}分及以上" if band.range.low_in else f"超过{plain(low)}分")
    if band is not best and high is not None:
        ends.append(f"{plain(high)}分及以下" if band.range.high_in else f"不满{plain(high)}分")
    return "、".join(ends)


def _day(value: object) -> str:
    return chinese_date(value) if isinstance(value, date) else ""


_JUDGED = (YearlyRow.systems, YearlyRow.funds, YearlyRow.trainees, YearlyRow.skills, YearlyRow.promotion)


def conclusion(row: YearlyRow) -> str:
    """What the district concluded: its comment, else the five items."""
    items = ((field.header, field.__get__(row, YearlyRow)) for field in _JUDGED)
    return shown(row.comment) or "；".join(f"{header}：{said}" for header, said in items if said)


def annual_context(law: Regulation, year: int, head: dict, judged: Sequence[tuple[Studio, YearlyRow]], lacking: Sequence[Studio]) -> dict:
    """年度评估通报. head: its 发文."""
    first = heading(law, year)
    concluded = {studio.name: conclusion(row) for studio, row in judged}
    return {
        "年度": first["年度"], "牌匾": first["牌匾"], "排序": first["排序"], "办法": law_named(law, 评估条款=law.clause("R19-1")),
        "评估": {"应评": str(len(judged) + len(lacking)), "已评": str(len(judged)), "内容": "、".join(field.header for field in _JUDGED)},
        "发文": head,
        "名单": [{"序号": str(place), "工作室名称": studio.name, "申办单位": shown(studio.unit), "区县": shown(studio.district),
                "结论": concluded[studio.name]} for place, studio in enumerate(ordered(law, [studio for studio, _ in judged]), 1)],
        "未评": [{"序号": str(place), "工作室名称": studio.name, "区县": shown(studio.district)} for place, studio in enumerate(lacking, 1)]}
