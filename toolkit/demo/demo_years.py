"""The demonstration's years after the naming, on a copy of the ledger: money, goals, evaluations, a change of leader, a plaque kept, a
cancelled title, an assessment that is passed and one that is not, with revocation, recovery in instalments and the bar.

Nothing is done that a clerk could not do: documents, moves, forms that are made, filled in and merged. A move that is refused is shown too.
Source: 乌人社规〔2023〕1号 第十二条至第二十条
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from toolkit.demo.demo_assessment import InventedStudio, filled_assessment, lowest
from toolkit.demo.invention import id_number
from toolkit.forms import ASSESSMENT, EVALUATION, SUMMARY
from toolkit.forms.evaluation import EVALUATED
from toolkit.forms.model import Form
from toolkit.forms.papers import paper
from toolkit.forms.register_rows import StudioRow, WithdrawalRow
from toolkit.forms.typed_rows import RowField
from toolkit.jobs import case_file
from toolkit.jobs import merge as merging
from toolkit.jobs.act import act, standing
from toolkit.jobs.documents import documents
from toolkit.jobs.due import due
from toolkit.jobs.from_ledger import from_ledger
from toolkit.jobs.keeping import ARCHIVE
from toolkit.jobs.score import score
from toolkit.jobs.statistics import statistics
from toolkit.ledger import dues
from toolkit.ledger.books import Books
from toolkit.pages import register
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import Regulation, in_force
from toolkit.regulation.calendar import add_months
from toolkit.returns.findings import ERROR
from toolkit.sheets import edit
from toolkit.sheets.grid import CellRef
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.read import from_bytes
from toolkit.sheets.recalculate import Filler

FOLDER = "以后三年"
REMINDED = "催报"  # where the letters of the year of the applications lie
NEW_LEADER, DEPUTY = "接任虚构", "经办人（虚构）"


def years(place: Path, book: Path, now: datetime) -> Iterator[str]:
    """Walk through the years in `place`; says step by step what was done. What was walked already stays as it is."""
    yield f"八、命名以后的三年，用台账的副本走一遍，在 {place}"
    if place.exists():
        yield "　　已经走过，没有再走；要重走，请移走这个文件夹"
        return
    place.mkdir(parents=True)
    city = _City(Path(shutil.copy(book, place / book.name)), place, now)
    for beside in (ARCHIVE, "公文", REMINDED):
        shutil.copytree(book.parent / beside, place / beside)
    yield from _begun(city)
    yield from _money(city)
    yield from _changes(city)
    yield from _year(city)
    yield from _cancelled(city)
    yield from _assessed(city)
    yield from _end(city)


@dataclass
class _City:
    """The bureau's desk: its ledger, where papers go, the time of writing; `serial` counts its numbers."""

    ledger: Path
    place: Path
    now: datetime
    serial: int = 10

    @property
    def books(self) -> Books:
        return Books(register.load(self.ledger, in_force(self.now.date())).standing)

    @property
    def law(self) -> Regulation:
        return in_force(self.now.date())

    def studios(self) -> Sequence[StudioRow]:
        return self.books.studios

    def paper(self, kind: str, on: date, **more: object) -> str:
        """One kind of document; a line on what was written."""
        self.now += timedelta(minutes=1)
        series, number = paper(kind).series, ""
        if series:
            self.serial += 1
            number = f"{self.law[series]}〔{on.year}〕{self.serial}号"
        report = documents(kind, self.ledger, self.place / "公文", on, self.now, number=number, **more)  # type: ignore[arg-type]
        made = [path for path in report.outputs if path != self.ledger]
        self.serial += max(0, len(made) - 1) if series else 0
        return f"　　{on}　{kind}：{made[0].name}{f'等{len(made)}份' if len(made) > 1 else ''}"

    def move(self, name: str, studio: str, on: date, **given: object) -> str:
        """One move; a line on what was done, or why not."""
        self.now += timedelta(minutes=1)
        report = act(self.ledger, studio, name, {header: str(value) for header, value in given.items()}, on, self.now)
        refused = [found for found in report.findings if found.level == ERROR]
        if refused:
            return f"　　{on}　{name}（{studio}）办不了：{refused[0].message}（{refused[0].clause}）"
        return f"　　{on}　{name}（{studio}），现在是“{standing(self.ledger, studio, on).stage}”"

    def typed(self, field: RowField, studio: str, value: str) -> None:
        """A cell of 撤销追缴禁申 that a clerk fills in by hand."""
        opened = register.load(self.ledger, self.law)
        row = next(row for row in Books(opened.standing).withdrawals if row.number == studio)
        column = opened.standing.tables[row.sheet.name].layout.columns[field.header]
        self.ledger.write_bytes(edit.apply(opened.data, [edit.SetCell(row.sheet.name, row.record.row, column, value)]))

    def returned(self, form: Form, year: int, folder: Path) -> str:
        """The returns of a form merged; a line on what came of it."""
        self.now += timedelta(minutes=1)
        out = self.place / f"{form.name}_合并结果"
        report = merging.merge(merging.order_for(folder, year, form=form.name, ledger=self.ledger, out=out), self.now)
        assert report.plan is not None, "a merge plans"
        return f"　　合并{form.name}：新增{len(report.plan.added)}行，错误{report.errors}条"


def _named(city: _City) -> tuple[date, list[str]]:
    """The day of the naming, and the studios' numbers."""
    rows = city.studios()
    named = max(row.named_on for row in rows if row.named_on)
    return named, sorted(row.number for row in rows if row.number and row.named_on == named)


# ---- 备案、拨付、任务书、年度评估 ----

def _begun(city: _City) -> Iterator[str]:
    named, _ = _named(city)
    yield "　建设周期开始：备案、拨付、签任务书"
    for kind in ("初审推荐报告", "申报表", "评审表决记录"):
        yield city.paper(kind, named)
    for days, kind in enumerate(("备案报告", "经费拨付通知", "证书与牌匾", "目标任务书", "师带徒协议"), 3):
        yield city.paper(kind, named + timedelta(days=days))


def _money(city: _City) -> Iterator[str]:
    """Some studios' own entries; the others' money comes with the evidence of their assessment."""
    named, numbers = _named(city)
    yield "　经费和活动：两个工作室登记配套到位、支出和活动"
    half = city.law["subsidy_yuan"] // 2
    for studio, use in ((numbers[5], "人才培训"), (numbers[6], "技能交流推广")):
        on = add_months(named, 4)
        yield city.move("配套到位", studio, on, 日期=on, 凭证号="配001", 摘要="单位配套（虚构）", **{"金额(元)": city.law["matching_minimum_yuan"]})
        for source, spent_on, voucher in (("市级补助", "设施设备", "支001"), ("单位配套", use, "支002")):
            yield city.move("登记支出", studio, on, 日期=on, 资金来源=source, 用途类别=spent_on, 凭证号=voucher, 是否专账="是", **{"金额(元)": half})
        yield city.move("登记活动", studio, on, 最近活动日=on)


def _year(city: _City) -> Iterator[str]:
    year = _named(city)[0].year + 1
    yield "　年底：一个区（县）报来评估，其余的催报"
    ends, folder = date(year, 12, 20), city.place / EVALUATION.name
    made = from_ledger(EVALUATION.name, city.ledger, ends, folder, year=year)
    for late in made[1:]:
        late.unlink()  # 两个以上的区（县）没有按时报
    made[0].write_bytes(_evaluated(made[0], ends))
    yield city.returned(EVALUATION, year, folder)
    yield city.paper("催报函", date(year + 1, 1, 10))
    yield city.paper("年度评估通报", date(year + 1, 1, 20), year=year)


def _evaluated(path: Path, on: date) -> bytes:
    """The workbook as a district returns it: everything reached."""
    filler, sheet = Filler(path.read_bytes(), path.name, on), EVALUATION.sheets[0]
    answers: Mapping[str, CellValue] = {"总结报送日": on, "计划报送日": on, "评语": "制度健全，按计划开展（虚构）", "评估人": DEPUTY, **{
        header: said for item in EVALUATED for header, said in ((item, "达到要求"), (f"{item}评语", "有台账、有记录（虚构）"))}}
    rows = next(grid for grid in from_bytes(path.read_bytes(), path.name).grids if grid.name == sheet.name).rows[FIRST_ROW:]
    values: dict[CellRef, CellValue] = {filler.spots["fact_date"]: on}
    for number, row in enumerate(rows):
        if len(row) > 1 and row[sheet.headers.index("工作室名称")]:
            values |= {CellRef(sheet.name, FIRST_ROW + number, sheet.headers.index(header)): value for header, value in answers.items()}
    return filler.fill(values).data


# ---- 变更、保牌 ----

def _changes(city: _City) -> Iterator[str]:
    named, numbers = _named(city)
    yield "　变更：一位领办人离职，换人重走审核；一位退休，牌匾保留"
    changed, kept = numbers[0], numbers[1]
    on = add_months(named, 7)
    area = next(item["code"] for item in city.law.lists["districts"].items)
    wanted = {"发生日": on, "申请日": on, "原因": "领办人离职", "新值": NEW_LEADER, "身份证号": id_number(area, date(1988, 5, 6), "男", 7),
              "退休类别": "男60", "证书编号": "S000000000777", "在职在聘": "是", "职业道德核查": "是"}
    yield city.move("受理变更领办人", changed, on, **wanted, 技能等级="高级工")
    yield city.move("受理变更领办人", changed, on, **wanted, 技能等级="技师")
    yield city.move("核实变更", changed, on + timedelta(days=5), 核实意见="属实，同意变更")
    yield city.paper("变更复函", on + timedelta(days=10))
    again = add_months(named, 8)
    yield city.move("受理退休保牌", kept, again, 发生日=again, 申请日=again, 荣誉="全国技术能手", 在本单位退休="是")
    yield city.move("核实变更", kept, again + timedelta(days=5), 核实意见="在本单位退休，属实")
    yield city.paper("变更复函", again + timedelta(days=10))


# ---- 取消 ----

def _cancelled(city: _City) -> Iterator[str]:
    named, numbers = _named(city)
    yield "　取消称号：申办单位破产，收回牌匾、追回补助，报备案"
    gone, on = numbers[2], add_months(named, 15)
    yield city.move("认定取消", gone, on, 事由="申办单位破产、倒闭", 事由发生日=on - timedelta(days=20), 认定日=on, 认定依据="人民法院裁定（虚构）")
    city.typed(WithdrawalRow.facts, gone, "经查，申办单位已由人民法院裁定宣告破产（虚构）")
    yield city.paper("取消称号决定", on + timedelta(days=5))
    yield city.paper("追回资金通知书", on + timedelta(days=6))
    yield city.move("收回牌匾", gone, on + timedelta(days=20), 牌匾收回日=on + timedelta(days=20))
    yield city.move("报取消备案", gone, on + timedelta(days=25), 备案日=on + timedelta(days=25))


# ---- 期满考核、撤销、追回 ----

def _assessed(city: _City) -> Iterator[str]:
    named, numbers = _named(city)
    yield "　期满考核：一个优秀，一个不合格，其余没有报；不合格的撤销、分期追回、三年禁申"
    good, failing = numbers[3], numbers[4]
    names = {row.number: row.name for row in city.studios()}
    on = add_months(named, 23)
    blank, filled = city.place / f"{ASSESSMENT.name}_空表", city.place / ASSESSMENT.name
    made = from_ledger(ASSESSMENT.name, city.ledger, on, blank)
    filled.mkdir()
    for number, case in ((good, InventedStudio(range(1, 6))), (failing, lowest(city.law))):
        path = next(path for path in made if path.name.startswith(str(names[number])))
        (filled / path.name).write_bytes(filled_assessment(path, case, city.law, on))
    report = score([filled], on, out=city.place / "考核结果")
    for own in report.scores or ():
        yield f"　　{on}　{own.summary}"
    summaries = city.place / SUMMARY.name
    summaries.mkdir()
    for path in (city.place / "考核结果").glob(f"*{SUMMARY.name}*"):
        shutil.copy(path, summaries)
    yield city.returned(SUMMARY, on.year, summaries)
    yield city.returned(ASSESSMENT, on.year, filled)
    yield city.paper("培训补贴名单", on, year=on.year)
    yield city.paper("考核评估标准", on)
    ends = add_months(named, 24) + timedelta(days=10)
    yield city.paper("考核结果通报", ends, year=on.year)
    yield city.move("登记考核结果", good, ends)
    yield city.move("登记届满", good, ends)
    yield city.move("收回牌匾", failing, ends, 牌匾收回日=ends)
    yield city.move("认定考核不合格撤销", failing, ends, 认定日=ends, 认定依据="局长办公会纪要（虚构）")
    yield city.paper("撤销称号决定", ends + timedelta(days=5))
    yield city.paper("追回资金通知书", ends + timedelta(days=6))
    yield city.move("收回牌匾", failing, ends + timedelta(days=15), 牌匾收回日=ends + timedelta(days=15))
    half = city.law["subsidy_yuan"] // 2
    for days, voucher in ((20, "收001"), (80, "收002")):
        day = ends + timedelta(days=days)
        yield city.move("追回补助", failing, day, 日期=day, 凭证号=voucher, **{"金额(元)": half})


def _end(city: _City) -> Iterator[str]:
    named, numbers = _named(city)
    on = add_months(named, 27)
    case_file.case(city.ledger, numbers[4], on)
    statistics(city.ledger, on, city.place)
    yield f"　　{on}　到期提醒：{dues.summary(due(city.ledger, on).dues or [])}"
