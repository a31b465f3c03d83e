"""The demonstration's last part: three invented studios assessed at the end of their period — one excellent, one that hangs on
the bonus, one with a formula typed over. The studios stand in a copy of the ledger; the demonstration's own stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from toolkit.demo.invention import applications, id_number
from toolkit.forms import ASSESSMENT
from toolkit.forms.assessment import ACHIEVEMENTS, ACTIVITIES, EXPENSES, FUNDS, ROSTER
from toolkit.jobs.assess import assess
from toolkit.jobs.score import score
from toolkit.pages import evidence_formulas, register
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import Regulation, in_force, rubric
from toolkit.regulation.calendar import add_months, add_years
from toolkit.regulation.rubric.cell_values import plain
from toolkit.sheets import edit
from toolkit.sheets.grid import CellRef
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.recalculate import Filler, refresh

DISTRICT, SEED = "天山区", 9
SHEETS, RESULTS = "评分表", "考核结果"
_USUAL: dict[str, str | float] = {"是否": "是", "扣分": 0}


@dataclass(frozen=True)
class InventedStudio:
    """What an invented studio has to show. trainees: their serial numbers; answers: input → value where it is not full marks; typed: cell → value put over its formula."""

    trainees: range
    answers: Mapping[str, CellValue] = field(default_factory=dict)
    typed: Mapping[str, CellValue] = field(default_factory=dict)


CASES = (
    InventedStudio(range(1, 6)),
    InventedStudio(range(6, 7), {"in_plan": "否", "in_sign": "否", "in_display": "否", "in_rules_posted": "否", "in_internal_training": 2, "reason_5_1": "记录不全",
                       **{f"in_research_{number}": 0 for number in range(1, 5)}, **{f"reason_3_{number}": "没有材料" for number in range(1, 5)}}),
    InventedStudio(range(7, 10), {"in_patent_award": "否"}, {"score_4_4": 25}),
)


def assessment(place: Path, book: Path, on: date) -> Iterator[str]:
    """Fill in, score and sum up in `place`; says what lies where. What is filled in already is only scored again."""
    law, sheets = in_force(on), place / SHEETS
    if not sheets.is_dir():
        place.mkdir(parents=True)
        copied = place / book.name
        copied.write_bytes(_with_studios(book, law, on))
        for path, case in zip(assess(ASSESSMENT.name, copied, on, sheets), CASES, strict=True):
            path.write_bytes(filled_assessment(path, case, law, on))
    yield f"六、期满考核评分表按台账预填，填好虚构的佐证，在 {sheets}"
    report = score([sheets], on, out=place / RESULTS)
    yield f"七、复算评分表：错误{report.errors}条，提示{len(report.findings) - report.errors}条"
    for own in report.scores or ():
        hangs = f"，{'；'.join(own.score.sensitive)}" if own.score.sensitive else ""
        typed = f"，公式被改动{len(own.tampered)}处" if own.tampered else ""
        yield f"　　{own.studio}：总分{plain(own.score.total)}，{own.score.result}{hangs}{typed}"
    yield f"　　区县考核汇总表、标记副本在 {place / RESULTS}"


def _with_studios(book: Path, law: Regulation, on: date) -> bytes:
    """The ledger with the invented studios, a month before their period ends."""
    ends = add_months(on, 1)
    begins = add_years(ends, -law["construction_years"])
    opened = register.load(book, law)
    columns = opened.standing.tables["工作室"].layout.columns
    rows = []
    for number, each in enumerate(applications(law, DISTRICT, len(CASES), begins, SEED), 1):
        row = {header: each.application[header] for header in ("领办人", "身份证号", "申办单位", "统一社会信用代码", "职业(工种)", "职业编码")}
        row |= {"工作室编号": f"{begins.year}-{number:02d}", "工作室名称": each.materials["工作室名称"], "区县": DISTRICT,
                "状态": "有效", "命名日期": begins, "建设周期起": begins, "建设周期止": ends}
        rows.append({columns[header]: value for header, value in row.items()})
    return refresh(edit.apply(opened.data, [edit.AppendRows("工作室", FIRST_ROW, rows)]), book.name, on).data


def filled_assessment(path: Path, case: InventedStudio, law: Regulation, on: date) -> bytes:
    """The 评分表 as a district returns it: evidence, answers, and then what somebody typed over."""
    filler = Filler(path.read_bytes(), path.name)
    answers = {**_full_marks(law), "in_team": 3, "in_venue_sqm": law["venue_area_sqm"] + 20, "fact_date": on, **case.answers}
    values = {filler.spots[name]: value for name, value in answers.items()}
    for sheet, rows in _evidence(law, on, case.trainees).items():
        values |= {CellRef(sheet.name, FIRST_ROW + number, sheet.headers.index(header)): value
                   for number, row in enumerate(rows) for header, value in row.items()}
    spots = [(filler.spots[name], value) for name, value in case.typed.items()]
    filled = edit.apply(filler.fill(values).data, [edit.SetCell(spot.sheet, spot.row, spot.column, value) for spot, value in spots])
    return refresh(filled, path.name, on).data


def lowest(law: Regulation) -> InventedStudio:
    """A studio that has next to nothing to show, with a reason for every item."""
    answers: dict[str, CellValue] = {name: "否" if value == "是" else 0 for name, value in _full_marks(law).items()}
    reasons: dict[str, CellValue] = {item.reason_name: "没有材料" for item in rubric.of(law).items}
    return InventedStudio(range(6, 7), answers | reasons)


def _full_marks(law: Regulation) -> dict[str, CellValue]:
    """Every input that evidence does not feed and that has a best answer."""
    fed = evidence_formulas.feeds(law)
    best = {entry.name: float(entry.high) if entry.kind == "评分" and entry.high is not None else _USUAL.get(entry.kind)
            for entry in rubric.of(law).inputs}
    return {f"in_{name}": value for name, value in best.items() if value is not None and name not in fed}


def _evidence(law: Regulation, on: date, trainees: range) -> dict:
    """Sheet → rows within the period: trainees, money that adds up, an achievement, a meeting in each year."""
    begins = add_years(add_months(on, 1), -law["construction_years"])
    first, second = begins + timedelta(days=60), add_years(begins, 1) + timedelta(days=60)
    subsidy, matching = law["subsidy_yuan"], law["matching_minimum_yuan"]
    return {
        ROSTER: [_trainee(law, serial, first, second) for serial in trainees],
        FUNDS: [{"日期": first, "来源": "市级补助", "金额(元)": subsidy, "凭证号": "记001"},
                {"日期": first, "来源": "单位配套", "金额(元)": matching, "凭证号": "记002"}],
        EXPENSES: [{"日期": second, "凭证号": "记101", "资金来源": "市级补助", "用途类别": "设施设备", "摘要": "实训设备", "金额(元)": subsidy,
                    "收款方": "虚构设备公司", "是否专账": "是"},
                   {"日期": second, "凭证号": "记102", "资金来源": "单位配套", "用途类别": "设施设备", "摘要": "工装夹具", "金额(元)": matching,
                    "收款方": "虚构工具公司", "是否专账": "是"}],
        ACHIEVEMENTS: [{"类别": "解决技术难题", "项目名称": "虚构工艺改进", "完成日期": second}],
        ACTIVITIES: [{"日期": day, "类型": "交流", "主题": f"虚构技术交流会（{number}）", "范围": "行业", "人数": 30}
                     for number, day in enumerate((first, second), 1)]}


def _trainee(law: Regulation, serial: int, agreed: date, issued: date) -> dict:
    area = next(item["code"] for item in law.lists["districts"].items if item.name == DISTRICT)
    return {"师傅": "领办人", "徒弟姓名": f"徒弟{'甲乙丙丁戊己庚辛壬'[serial - 1]}", "性别": "男", "身份证号": id_number(area, date(1996, 3, serial), "男", serial),
            "工种": "焊工", "入门时等级": "中级工", "协议编号": f"XY-{serial:03d}", "协议日期": agreed, "取得等级": "高级工",
            "证书编号": f"S{serial:012d}", "发证日期": issued}
