"""Documents of evaluation and assessment: 附件2 as a form per studio, the 通报 of a year's results, the 通报 of the yearly evaluation.

Source: 乌人社规〔2023〕1号 第十九条、附件2
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.errors import UserError
from toolkit.forms.register_rows import YearlyRow
from toolkit.jobs.drafts import Draft, nothing, numbered, stop
from toolkit.jobs.issuing import IssuingContext, deciding, heading, in_year, law_named, ordered, red_head, written
from toolkit.jobs.outputs import Outputs
from toolkit.jobs.studio_documents import asked
from toolkit.ledger.decisions import Decision
from toolkit.ledger.studios import Studio, studios
from toolkit.ledger.yearly_duties import is_evaluated_in
from toolkit.regulation import Regulation, rubric
from toolkit.regulation.consequences import grade_of
from toolkit.regulation.rubric import Rubric, Score
from toolkit.regulation.rubric.cell_values import cell, number, plain
from toolkit.regulation.rubric.grades import CONTRADICTORY, UNFINISHED
from toolkit.regulation.rubric.structure import BASE, Band, Item
from toolkit.returns.messages import finding
from toolkit.returns.values import shown

FORM, RESULTS, ANNUAL = "考核评估标准", "考核结果通报", "年度评估通报"
RESULT_SHEET, STUDIO_SHEET, NAMING_SHEET = "期满考核", "工作室", "公示命名"
FACTS = ("领办人", "申办单位", "区县")

# ---- 考核评估标准 ----


def forms(issuing: IssuingContext) -> Draft:
    """An empty form for every studio that is to be assessed on the day."""
    with deciding(issuing.law):
        known = studios(issuing.books, issuing.law)
        due = [_facts(studio) for studio in known if asked(issuing, studio) and studio.counts and studio.window
               and studio.window[0] <= issuing.on and studio.grade is None]
    if not due:
        who = f"，编号或名称是“{issuing.studio}”的" if issuing.studio else ""
        raise UserError(f"到{issuing.on}没有进入期满考核期、还没有考核的工作室{who}。"
                        f"请核对台账“{STUDIO_SHEET}”表的建设周期止、“{NAMING_SHEET}”表的命名日期，或换一个业务日期。")
    lacking = [f"“{studio['工作室名称']}”没有{'、'.join(blank)}" for studio in due
               if (blank := [header for header in FACTS if not studio[header]])]
    if lacking:
        raise UserError(f"{'；'.join(lacking)}。请在台账“{STUDIO_SHEET}”表补填后重新生成。")
    return Draft([form_context(issuing.law, studio, issuing.on) for studio in due])


def _facts(studio: Studio) -> dict[str, Any]:
    return {"工作室名称": studio.name, "领办人": studio.leader, "申办单位": studio.unit, "区县": studio.district,
            "建设周期起": studio.begins, "建设周期止": studio.ends}


def write_form(law: Regulation, facts: Mapping[str, Any], out: Outputs, on: date, score: Score | None = None,
               reasons: Mapping[str, str] | None = None, template: Path | None = None) -> Path:
    """One studio's form in `out`, filled in where there is a `score`. See `form_context`."""
    return written(FORM, form_context(law, facts, on, score, reasons), out, template)


def form_context(law: Regulation, facts: Mapping[str, Any], on: date, score: Score | None = None,
                 reasons: Mapping[str, str] | None = None) -> dict:
    """What the form says.

    facts: 工作室名称, 领办人, 申办单位, 区县, 建设周期起, 建设周期止 (dates), and 考核日期 (a date, may be absent).
    reasons: item id → why points were taken off. Without `score`, and for items not scored yet, the places stay blank.
    UserError where the score rests on contradictory inputs.
    """
    standard = rubric.of(law)
    if score and score.result == CONTRADICTORY:
        raise UserError(f"“{facts['工作室名称']}”的评分不能使用：{'；'.join(score.notes)}。请改正评分表后重新生成。")
    base = {section.id for section in standard.sections if section.kind == BASE}
    rows = [(item, _item(standard, item, score, (reasons or {}).get(item.id, ""))) for item in standard.items]
    return {
        "标准": {"出处": standard.clause, "名称": standard.title},
        "工作室": {"名称": shown(facts["工作室名称"]), **{header: shown(facts[header]) for header in FACTS},
                "周期起": _day(facts["建设周期起"]), "周期止": _day(facts["建设周期止"])},
        "考核日期": _day(facts.get("考核日期")),
        "基础项": [row for item, row in rows if item.section in base],
        "加分项": [row for item, row in rows if item.section not in base],
        "满分": {"基础分": plain(standard.base), "总分": plain(standard.total)},
        "结果": {"基础分": plain(score.base), "加分": plain(score.bonus), "总分": plain(score.total), "等次": score.grade}
        if score is not None and score.grade != UNFINISHED else dict.fromkeys(("基础分", "加分", "总分", "等次"), ""),
        "发文": {"机关": f"{shown(facts['区县'])}人力资源和社会保障局", "日期": _day(on)},
    }


def _item(standard: Rubric, item: Item, score: Score | None, reason: str) -> dict[str, str]:
    section = next(section for section in standard.sections if section.id == item.section)
    points = score.items[item.id] if score else None
    given = points if isinstance(points, Decimal) else None
    lost = item.points - given if given is not None and section.kind == BASE else None
    why = f"扣{plain(lost)}分" + (f"：{reason}" if reason else "") if lost else ""
    return {"项目": f"{section.title}\n（{plain(section.points)}分）" if section.kind == BASE else section.title, "细则": item.text,
            "分值": plain(item.points), "标准": item.criteria, "得分": "" if given is None else plain(given), "理由": why}


# ---- 考核结果通报 ----


def results_notice(issuing: IssuingContext) -> Draft:
    """R19-2: the 通报 of a year's results, naming the studios due in it that have none. UserError where a result is not ready to be announced."""
    issuing = in_year(issuing, RESULT_SHEET, "没有考核结果。请先合并区县考核汇总表。")
    rows = [row for row in issuing.ledger.standing.records(RESULT_SHEET) if row["年度"] == issuing.year]
    if not rows:
        raise UserError(f"台账“{RESULT_SHEET}”表没有{issuing.year}年度的考核结果。请核对年度，或先合并区县考核汇总表。")
    results = [row.values for row in rows]
    faults = list(_faults(results, rubric.of(issuing.law)))
    if faults:
        raise UserError("\n".join(faults))
    with deciding(issuing.law):
        lacking = _unassessed(issuing, results)
    (number,), lines, said = numbered(issuing, RESULTS, [f"{issuing.year}年度"], arranged=shown(issuing.law["results_document_number"]))
    said += [finding("R19-2.none", studio.row.record.place(), studio.name, issuing.law.clause("R19-2"), until=studio.ends) for studio in lacking]
    named = [{"工作室名称": studio.name, "区县": studio.district} for studio in lacking]
    return Draft([results_context(issuing.law, issuing.year, issuing.on, results, number, named)], lines, said, number,
                 f"{len(results)}个工作室的考核结果，{len(lacking)}个还没有结果")


def _unassessed(issuing: IssuingContext, results: Sequence[Mapping[str, Any]]) -> list[Studio]:
    """The studios whose construction period ends in the year and that have no result in any."""
    has = {shown(row.get("工作室名称")) for row in results}
    return [studio for studio in studios(issuing.books, issuing.law)
            if studio.counts and studio.ends and studio.ends.year == issuing.year and studio.name not in has and studio.grade is None]


def _faults(results: Sequence[Mapping[str, Any]], standard: Rubric) -> Iterator[str]:
    """Why results cannot be announced, each a sentence with its remedy."""
    seen = set()
    for row in results:
        name = f"“{shown(row.get('工作室名称'))}”"
        blank = [header for header in (*FACTS, "考核日期", "总分", "等次") if row.get(header) is None]
        if blank:
            yield f"{name}没有{'、'.join(blank)}。请在台账“{RESULT_SHEET}”表补填后再生成通报。"
        elif row["等次"] != (grade := grade_of(number(cell(row["总分"])), standard)):
            yield f"{name}总分{plain(number(cell(row['总分'])))}，等次是“{grade}”，台账写的是“{row['等次']}”。请核对后改正，再生成通报。"
        if row.get("未了问题"):
            yield f"{name}还有未了问题：{shown(row['未了问题'])}请先处理，再生成通报。"
        if name in seen:
            yield f"{name}在“{RESULT_SHEET}”表有两行。请只保留一行，再生成通报。"
        seen.add(name)


def results_context(law: Regulation, year: int, on: date, results: Sequence[Mapping[str, Any]], number: str = "",
                    lacking: Sequence[Mapping[str, Any]] = ()) -> dict:
    """What the 通报 says. results: 工作室名称, 领办人, 申办单位, 区县, 考核日期 (date), 总分, 等次 of every studio, none blank; lacking: 工作室名称
    and 区县 of those that have no result; number: its 文号.
    """
    standard = rubric.of(law)
    first = heading(law, year)
    graded = {band.name: [row for row in ordered(law, results) if row["等次"] == band.name] for band in standard.bands}
    failing = next(band for band in standard.bands if band.consequence)
    places = {id(row): str(number) for number, row in enumerate((row for rows in graded.values() for row in rows), 1)}
    days = [row["考核日期"] for row in results]
    return {
        "年度": first["年度"], "牌匾": first["牌匾"], "排序": first["排序"].replace("按", "按等次、", 1),
        "办法": law_named(law, 考核条款=law.clause("R19-2")),
        "考核": {"应考": str(len(places) + len(lacking)), "总数": str(len(places)), "时间": "至".join(map(_day, sorted({min(days), max(days)}))),
               "标准": standard.title, "标准出处": standard.clause, "基础分": plain(standard.base), "加分": plain(standard.bonus)},
        "等次": [{"名称": band.name, "界线": band_line(band, standard), "名单": [
            {"序号": places[id(row)], **_columns(row)} for row in graded[band.name]]} for band in standard.bands],
        "未考": [{"序号": str(place), "工作室名称": shown(row["工作室名称"]), "区县": shown(row["区县"])}
               for place, row in enumerate(lacking, 1)],
        "处理": [{"序号": str(number), **{header: shown(row[header]) for header in ("工作室名称", "领办人", "申办单位")}}
               for number, row in enumerate(graded[failing.name], 1)],
        "后果": {"等次": failing.name, "条款": failing.clause, "内容": failing.consequence},
        "发文": red_head(law, on, number),
    }


def _columns(row: Mapping[str, Any]) -> dict[str, str]:
    return {header: shown(row[header]) for header in ("工作室名称", "申办单位", "区县", "等次")} | {"总分": plain(number(cell(row["总分"])))}


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
    from toolkit.documents.wording import chinese_date

    return chinese_date(value) if isinstance(value, date) else ""


# ---- 年度评估通报 ----

_JUDGED = (YearlyRow.systems, YearlyRow.funds, YearlyRow.trainees, YearlyRow.skills, YearlyRow.promotion)


def annual_notice(issuing: IssuingContext) -> Draft:
    """R19-1: what the districts concluded on the studios that had to report on the year; those without are named."""
    issuing = in_year(issuing, YearlyRow.sheet.name, "没有年度评估。请先登记，或合并年度绩效评估表。")
    law, year = issuing.law, issuing.year
    with deciding(law):
        due = [(studio, next((row for row in studio.years if row.year == year), None)) for studio in studios(issuing.books, law)
               if is_evaluated_in(studio, year, issuing.law)]
        judged = [(studio, row) for studio, row in due if row is not None and row.reported_on is not None]
        lacking = [studio for studio, row in due if row is None or row.reported_on is None]
        clause = law.clause("R19-1")
        stop(Decision(stopping=tuple(finding("D-comment", row.record.place(YearlyRow.comment.header), shown(row.studio), clause)
                                     for _, row in judged if not _conclusion(row))))
        said = [finding("R19-1.none", studio.row.record.place(), studio.name, clause, year=year) for studio in lacking]
        if not judged:
            raise nothing(f"{year}年度没有应评估的工作室。请核对年度、台账“工作室”表的建设周期。", said)
        (number,), lines, more = numbered(issuing, ANNUAL, [f"{year}年度"])
        context = _annual_context(issuing, number, judged, lacking)
    return Draft([context], lines, [*said, *more], number, f"{len(judged)}个工作室的年度评估，{len(lacking)}个还没有结果")


def _conclusion(row: YearlyRow) -> str:
    """What the district concluded: its comment, else the five items."""
    items = ((field.header, field.__get__(row, YearlyRow)) for field in _JUDGED)
    return shown(row.comment) or "；".join(f"{header}：{said}" for header, said in items if said)


def _annual_context(issuing: IssuingContext, number: str, judged: Sequence[tuple[Studio, YearlyRow]], lacking: Sequence[Studio]) -> dict:
    law, head = issuing.law, heading(issuing.law, issuing.year)
    rows = [{"工作室名称": studio.name, "领办人": studio.leader, "申办单位": shown(studio.unit), "区县": studio.district, "结论": _conclusion(row)}
            for studio, row in judged]
    return {
        "年度": head["年度"], "牌匾": head["牌匾"], "排序": head["排序"], "办法": law_named(law, 评估条款=law.clause("R19-1")),
        "评估": {"应评": str(len(judged) + len(lacking)), "已评": str(len(judged)), "内容": "、".join(field.header for field in _JUDGED)},
        "发文": red_head(law, issuing.on, number),
        "名单": [{"序号": str(place), **{key: shown(row[key]) for key in ("工作室名称", "申办单位", "区县", "结论")}}
               for place, row in enumerate(ordered(law, rows), 1)],
        "未评": [{"序号": str(place), "工作室名称": studio.name, "区县": shown(studio.district)} for place, studio in enumerate(lacking, 1)]}
