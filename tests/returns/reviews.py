"""评审表决 as it comes back, for tests: two applications, six experts of three kinds, all for. All names invented."""

from __future__ import annotations

from datetime import date

from tests.returns.make import ARRANGED, LAW
from toolkit.forms import REVIEW
from toolkit.forms.spread import fitted_form
from toolkit.ledger import admission
from toolkit.ledger.books import Books
from toolkit.returns import checks, standing
from toolkit.returns.parse import Parser
from toolkit.sheets.grid import Book, Grid

FIRST, SECOND = "赵一焊工技能大师工作室", "钱二车工技能大师工作室"
DAY = date(2026, 11, 19)
STEPS = {"审阅材料日": date(2026, 11, 2), "现场考察日": date(2026, 11, 3), "集中评议日": date(2026, 11, 4), "实名表决日": date(2026, 11, 4)}


def studio(name: str = FIRST, **changes) -> dict:
    """A row of 评审情况."""
    leader, unit = ("赵一", "甲公司") if name == FIRST else ("钱二", "乙公司")
    return {"序号": 1, "区县": "天山区", "工作室名称": name, "领办人": leader, "申办单位": unit, "职业(工种)": "焊工"} | STEPS | changes


def expert(number: int, ballots: dict | str = "同意", **changes) -> dict:
    """A row of 评委表决: the kinds take turns. ballots: one for all, or by studio."""
    votes = {FIRST: ballots, SECOND: ballots} if isinstance(ballots, str) or ballots is None else ballots
    return {"序号": number, "评委": f"评委{'甲乙丙丁戊己庚'[number - 1]}", "单位": f"虚构{number}单位", "类别": ("院校", "行业", "企业")[number % 3],
            "利害关系": "无", "出席": "是"} | votes | changes


def committee(**changes) -> list[dict]:
    """Six experts; a keyword `一`… changes one of them: `二={"出席": "否"}`."""
    return [expert(number) | changes.get("一二三四五六"[number - 1], {}) for number in range(1, 7)]


def book(studios: list[dict] | None = None, experts: list[dict] | None = None, *, file: str = "评审表决_2026.xlsx", filled: object = DAY,
         year: int = 2026, **shares: object) -> Book:
    """The workbook, the shares as suggested unless given."""
    studios = [studio(), studio(SECOND)] if studios is None else studios
    names = [str(row["工作室名称"]) for row in studios]
    main, ballots = fitted_form(REVIEW, names).sheets
    stated = {label: value for label, value in ARRANGED.items() if label != "年度"} | shares
    above = ((f"技能大师工作室评审表决（{year}年度）",),
             ("填报单位（盖章）", "乌鲁木齐市人力资源和社会保障局", "填报日期", filled, *(part for pair in stated.items() for part in pair)))
    tables = [(main, studios, above), (ballots, committee() if experts is None else experts, ())]
    grids = [Grid(sheet.name, (*top, tuple(sheet.headers), *(tuple(row.get(header) for header in sheet.headers) for row in rows)))
             for sheet, rows, top in tables]
    return Book(file, tuple(grids), {"表单编号": REVIEW.id, "表单版本": REVIEW.version, "年度": str(year)}, file.rjust(64, "0"))


def check(*books: Book, against: standing.Standing | None = None):
    """Everything checking finds."""
    parser = Parser(LAW, (REVIEW,))
    returns = [parser.read(each) for each in books]
    for source in returns:
        checks.alone(source, LAW)
    return checks.run(returns, LAW) if against is None else admission.run(returns, LAW, Books(against))
