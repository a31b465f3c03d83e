"""The demonstration's review: the year's shares set, an invented committee votes on every application, the result merged. One expert is
absent, one stands aside where his own unit applies.

Source: 乌人社规〔2023〕1号 第十一条
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from toolkit.forms import REVIEW
from toolkit.forms.register_rows import ArrangementRow, ParameterRow
from toolkit.forms.review import STEPS
from toolkit.jobs import export
from toolkit.jobs import merge as merging
from toolkit.jobs.from_ledger import from_ledger
from toolkit.jobs.keeping import FileKeeper
from toolkit.ledger.books import Books
from toolkit.pages import register
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import Regulation
from toolkit.regulation.calendar import DAY, holidays, publicity
from toolkit.regulation.voting import suggested
from toolkit.sheets import edit
from toolkit.sheets.grid import Book, CellRef, Grid
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.read import from_bytes
from toolkit.sheets.recalculate import Filler

PASSES = 14  # applications the invented committee lets through
COMMITTEE = (("吴示例", "乌鲁木齐虚构职业大学", "院校"), ("郑样本", "乌鲁木齐虚构技师学院", "院校"), ("王虚构", "虚构工程学院", "院校"),
             ("冯演示", "虚构机械行业协会", "行业"), ("陈试样", "虚构餐饮行业协会", "行业"), ("褚设例", "虚构电力行业协会", "行业"),
             ("卫假定", "乌鲁木齐虚构重型机器有限公司", "企业"), ("蒋例举", "", "企业"), ("沈示例", "乌鲁木齐虚构能源有限公司", "企业"))
"""Name, unit ("": that of the first applicant), kind; the last one is absent."""


@dataclass(frozen=True)
class YearArranged:
    """What the bureau sets for a year besides the shares: parameters (`{year}` stands for that of the naming), the last day for applications,
    and the day of the notice where the days off that it meets are to be confirmed."""

    year: int
    settings: Mapping[str, str]
    deadline: date | None = None
    published: date | None = None


def arrange(book: Path, law: Regulation, arranged: YearArranged, now: datetime) -> bool:
    """Write it into the ledger, with the shares as suggested. False where that was done before."""
    year, settings = arranged.year, arranged.settings
    opened = register.load(book, law)
    if any(row.year == year for row in Books(opened.standing).of(ArrangementRow)):
        return False
    columns = opened.standing.tables[ArrangementRow.sheet.name].layout.columns
    rows: dict[int, dict[str, CellValue]] = {year: {ArrangementRow.deadline.header: arranged.deadline, **suggested(law)}}
    public = publicity(arranged.published, law, holidays()) if arranged.published else None
    for unknown in public.unknown_years if public else ():
        rows.setdefault(unknown, {})[ArrangementRow.holidays_complete.header] = "是"
    edits: list[edit.Edit] = [edit.AppendRows(ArrangementRow.sheet.name, FIRST_ROW, [
        {columns[header]: value for header, value in {ArrangementRow.year.header: own, **row}.items()} for own, row in rows.items()])]
    name, column = ParameterRow.sheet.name, opened.standing.tables[ParameterRow.sheet.name].layout.columns[ParameterRow.value.header]
    edits += [edit.SetCell(name, record.row, column, settings[record["参数"]].format(year=(public.last + DAY).year if public else year))
              for record in opened.standing.records(name) if record["参数"] in settings]
    FileKeeper(book).write(opened, edits, now)
    return True


def review(place: Path, book: Path, law: Regulation, year: int, now: datetime) -> Iterator[str]:
    """Make the workbook in `place`, fill it in, merge it. What is merged already is merged again and changes nothing."""
    returned = place / "评审报表" / export.file_name(REVIEW, "", year)
    if not returned.exists():
        returned.parent.mkdir(parents=True)
        (empty,) = from_ledger(REVIEW.name, book, now.date(), place, year=year)
        export.export(voted(empty, law, now.date()), returned)
    yield f"三、年度安排已定比例，评审表决按台账生成并填好虚构的票，在 {returned}"
    merging.merge(merging.order_for(returned.parent, year, form=REVIEW.name, ledger=book, out=place / "评审结果"), now)
    rows = [row for row in Books(register.load(book, law).standing).reviews if row.year == year]
    passed = sum(row.outcome == "通过" for row in rows)
    recused = sum(row.recused or 0 for row in rows)
    yield f"　　入账{len(rows)}件：通过{passed}件，不通过{len(rows) - passed}件；评委{len(COMMITTEE)}人，缺席1人，回避{recused}人次"


def voted(path: Path, law: Regulation, on: date) -> bytes:
    """The workbook as the committee leaves it."""
    filler = Filler(path.read_bytes(), path.name, on)
    main, ballots = (_rows(from_bytes(path.read_bytes(), path.name), sheet.name) for sheet in REVIEW.sheets)
    heads = list(ballots[FIRST_ROW - 1])
    studios = [row for row in main[FIRST_ROW:] if len(row) > 1 and row[2]]
    values: dict[CellRef, CellValue] = {filler.spots["fact_date"]: on}
    for number, _ in enumerate(studios):
        for step, header in enumerate(STEPS):
            day = on - timedelta(days=len(STEPS) - 1 - step)
            values[CellRef(REVIEW.sheets[0].name, FIRST_ROW + number, REVIEW.sheets[0].headers.index(header))] = day
    for number, expert in enumerate(COMMITTEE):
        own = _expert(number, expert, [row[2] for row in studios], str(studios[0][4]), law)
        for header, value in own.items():
            values[CellRef(REVIEW.sheets[1].name, FIRST_ROW + number, heads.index(header))] = value
    return filler.fill(values).data


def _expert(number: int, expert: tuple[str, str, str], studios: list, unit: str, law: Regulation) -> dict[str, CellValue]:
    name, own, kind = expert
    attends = number < len(COMMITTEE) - 1
    found: dict[str, CellValue] = {"序号": number + 1, "评委": name, "单位": own or unit, "类别": kind, "利害关系": "无",
                                   "出席": "是" if attends else "否"}
    if attends:
        found |= {studio: "同意" if place < PASSES and (number + place) % 7 else "不同意" if number % 2 else "弃权"
                  for place, studio in enumerate(studios)}
        if not own:
            found[studios[0]] = "回避"
    return found


def _rows(book: Book, name: str) -> tuple:
    grid: Grid = next(grid for grid in book.grids if grid.name == name)
    return grid.rows

