"""The demonstration's district that types nothing again: its units send 申报工作簿, it gathers them into 推荐汇总表, adds what is its own
to fill in, and sends the table in. Every person and unit is made up.

Source: 乌人社规〔2023〕1号 第九条、第十条
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from toolkit.demo.invention import Invented
from toolkit.forms import APPLICATION_BOOK, RECOMMENDATION
from toolkit.forms.application_book import HONOURS, MEMBERS, OF_DISTRICT, PAGE, PAPERS, REPORT, SYSTEMS, TRAINING_FUNDS
from toolkit.forms.model import Sheet
from toolkit.forms.recommendation import APPLICATIONS
from toolkit.jobs import export
from toolkit.jobs.gather import gather
from toolkit.pages import fresh
from toolkit.pages.layout import FIRST_ROW
from toolkit.sheets.grid import CellRef
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.recalculate import Filler

Row = Mapping[str, CellValue]
_PASSAGES = {
    "主要工作业绩": "从事本职业二十余年，解决生产难题多项，带出一批技术骨干（虚构）。",
    "申办单位简介": "本单位主营机械加工，建有培养、评价、选拔、使用、激励各项制度（虚构）。",
    "主要工作方向": "围绕生产难题开展技术攻关和技能革新，开展带徒传艺（虚构）。",
    "建设预期目标": "建设周期内完成攻关项目两项，开展技术交流四次（虚构）。"}
_REPORT = {
    "工作室基本条件": "有固定场所和设备，有两名以上正式员工作为团队成员（虚构）。",
    "成立的必要性和可行性": "本单位技能人才断层，领办人技艺需要传承，条件具备（虚构）。",
    "支持措施": "提供场所、设备和不低于市级补助的配套资金（虚构）。",
    "成立后的工作计划": "第一年建章立制、带徒签约，第二年攻关、交流、总结（虚构）。"}


def gathered_return(place: Path, target: Path, people: Sequence[Invented], year: int, now: datetime) -> Iterator[str]:
    """The units' workbooks and the district's table in `place`, filled in on the day of `now`, and what the district sends in at `target`;
    says what came of it."""
    district, filled = str(people[0].application["推荐区县"]), now.date()
    sent = place / APPLICATION_BOOK.name
    sent.mkdir(parents=True)
    filler = Filler(fresh.workbook(APPLICATION_BOOK, district, year, has_macros=True), APPLICATION_BOOK.name, filled)
    for each in people:
        name = export.studio_file(APPLICATION_BOOK, str(each.materials["工作室名称"]))
        export.export(filler.fill(dict(_answers(filler, each, year, filled))).data, sent / name)
    table = place / RECOMMENDATION.working_name.format(district=district, year=year, name=RECOMMENDATION.name)
    table.write_bytes(fresh.workbook(RECOMMENDATION, district, year, has_macros=True))
    report = gather([sent], table, now)
    export.export(_by_district(table, people, filled), target)
    yield f"　　{district}：单位报来的申报工作簿汇入推荐汇总表，{report.summary}，没有再录入，在 {place}"


def _answers(filler: Filler, each: Invented, year: int, filled: date) -> Iterator[tuple[CellRef, CellValue]]:
    """Every white cell of the application."""
    page = {"申报年度": year, "填报时间": filled, "通讯地址": each.application["工作室地点"], "承诺日期": filled,
            "申办单位意见": "情况属实，同意申报（虚构）", "申办单位意见日期": filled, **_PASSAGES, **each.application}
    for sheet, values in ((PAGE, page), (REPORT, _REPORT)):
        names = {entry.header: entry.name for entry in sheet.entries}
        for header in sheet.headers:
            if header in values and header in names and not sheet.by_header[header].formula and header not in OF_DISTRICT:
                yield filler.spots[names[header]], values[header]
    papers: list[Row] = [{"是否提交": each.materials[name], "份数": 1, "页码": f"{number * 2 - 1}-{number * 2}"}
              for number, name in enumerate((header for header in each.materials if header != "工作室名称"), 1)]
    funds: list[Row] = [{"职工教育经费总额(元)": 500000 + 20000 * number, "用于高技能人才(元)": 180000 + 10000 * number, "证明材料": "账页（虚构）"}
             for number in range(TRAINING_FUNDS.rows)]
    systems: list[Row] = [{"是否建立": "是", "文件名称": f"虚构制度汇编第{number}章"} for number in range(1, SYSTEMS.rows + 1)]
    for sheet, rows in ((MEMBERS, each.team), (HONOURS, each.awards), (PAPERS, papers), (TRAINING_FUNDS, funds), (SYSTEMS, systems)):
        yield from _table(sheet, rows)


def _table(sheet: Sheet, rows: Sequence[Row]) -> Iterator[tuple[CellRef, CellValue]]:
    for number, row in enumerate(rows, FIRST_ROW):
        for header, value in row.items():
            if header in sheet.by_header:
                yield CellRef(sheet.name, number, sheet.headers.index(header)), value


def _by_district(table: Path, people: Sequence[Invented], filled: date) -> bytes:
    """The table with what only the district fills in: 职业道德核查, 初审意见, 初审日期, and the day it reports."""
    filler = Filler(table.read_bytes(), table.name, filled)
    values: dict[CellRef, CellValue] = {filler.spots["fact_date"]: filled, filler.spots["fact_none"]: "否"}
    own: Row = {"职业道德核查": "是", "初审意见": "同意推荐", "初审日期": filled}
    for number, _ in enumerate(people, FIRST_ROW):
        values |= {CellRef(APPLICATIONS.name, number, APPLICATIONS.headers.index(header)): value for header, value in own.items()}
    return filler.fill(values).data
