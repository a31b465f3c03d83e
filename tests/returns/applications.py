"""申报工作簿 for tests: one clean application as a unit fills it in, and what a case changes in it. All names invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from tests.returns.make import LAW, TODAY, application, id_number
from toolkit.forms import APPLICATION_BOOK
from toolkit.forms.application_book import HONOURS, MEMBERS, OF_DISTRICT, PAGE, PAPERS, REPORT, SYSTEMS, TRAINING_FUNDS
from toolkit.pages import fresh
from toolkit.pages.layout import FIRST_ROW
from toolkit.sheets.grid import CellRef
from toolkit.sheets.recalculate import Filler

YEAR = 2026
PASSAGE = "带领团队解决生产难题。\n示例第二段。"


def page(**changes) -> dict:
    """The page of a clean application; what the sheet computes is left out."""
    row = application() | {
        "申报年度": YEAR, "填报时间": TODAY, "通讯地址": "示例路1号3号楼", "承诺日期": TODAY, "申办单位意见": "同意申报", "申办单位意见日期": TODAY,
        **dict.fromkeys(("主要工作业绩", "申办单位简介", "主要工作方向", "建设预期目标"), PASSAGE)} | changes
    computed = {column.header for column in PAGE.columns if column.formula} | {*OF_DISTRICT, "承诺文"}
    return {header: value for header, value in row.items() if header not in computed or header in changes}


def member(serial: int, **changes) -> dict:
    """An official employee of the team, aged 36 on TODAY."""
    name = "成员" + str(serial).translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    return {"姓名": name, "身份证号": id_number(date(1990, 1, 2), "男", serial), "人员类别": "技能人才", "等级或职称": "高级工",
            "是否正式员工": "是", "岗位职责": "操作", "突出业绩": "无"} | changes


def award(serial: int, **changes) -> dict:
    return {"获奖项目": f"焊接工艺{serial}", "奖励名称": "技术能手", "授予单位": "示例局", "等级": "一等奖", "排名": "1", "年度": 2020 + serial % 5,
            "级别": "市级"} | changes


def report(**changes) -> dict:
    return dict.fromkeys(REPORT.headers[2:], PASSAGE) | changes


def funds(*changes: Mapping) -> list[dict]:
    """Three years, the last one first changed."""
    rows = [{"职工教育经费总额(元)": 500000, "用于高技能人才(元)": 200000, "证明材料": "账页"} for _ in range(LAW["training_fund_years"])]
    return [row | dict(change) for row, change in zip(rows, (*changes, {}, {}, {})[:len(rows)], strict=True)]


def papers(*changes: Mapping) -> list[dict]:
    """All six handed in; `changes` by position."""
    rows = [{"是否提交": "是", "份数": 1, "页码": f"{number}-{number + 1}"} for number in range(1, 12, 2)]
    return [row | dict(change) for row, change in zip(rows, (*changes, *([{}] * 6))[:6], strict=True)]


def systems(*changes: Mapping) -> list[dict]:
    """All seven there are; `changes` by position."""
    rows = [{"是否建立": "是", "文件名称": f"制度{number}.docx"} for number in range(1, 8)]
    return [row | dict(change) for row, change in zip(rows, (*changes, *([{}] * 7))[:7], strict=True)]


@cache
def _filler(district: str, year: int) -> Filler:
    return Filler(fresh.workbook(APPLICATION_BOOK, district, year, has_macros=True), APPLICATION_BOOK.name, TODAY)


def workbook(page_values: Mapping | None = None, team: list[dict] | None = None, awards: list[dict] | None = None,
             report_values: Mapping | None = None, fund_rows: list[dict] | None = None, paper_rows: list[dict] | None = None,
             system_rows: list[dict] | None = None, district: str = "天山区", year: int = YEAR) -> bytes:
    """The shipped workbook filled in and computed."""
    filler = _filler(district, year)
    values: dict[CellRef, object] = {}
    for sheet, given in ((PAGE, page() if page_values is None else page_values), (REPORT, report() if report_values is None else report_values)):
        names = {entry.header: entry.name for entry in sheet.entries}
        values |= {filler.spots[names[header]]: value for header, value in given.items()}
    tables = ((MEMBERS, [member(1), member(2)] if team is None else team), (HONOURS, [award(1)] if awards is None else awards),
              (TRAINING_FUNDS, funds() if fund_rows is None else fund_rows), (PAPERS, papers() if paper_rows is None else paper_rows),
              (SYSTEMS, systems() if system_rows is None else system_rows))
    for sheet, rows in tables:
        for number, row in enumerate(rows, FIRST_ROW):
            values |= {CellRef(sheet.name, number, sheet.headers.index(header)): value for header, value in row.items()}
    return filler.fill(values).data
