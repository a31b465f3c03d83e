"""`new 期满考核评分表 --ledger`: one workbook for each studio in its assessment window, filled in with what the ledger knows.

Source: 乌人社规〔2023〕1号 第十九条（二）
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toolkit import forms
from toolkit.errors import UserError
from toolkit.forms.assessment import EXPENSES, FUNDS
from toolkit.forms.model import Sheet
from toolkit.jobs.export import studio_file
from toolkit.pages import register
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import Regulation, in_force
from toolkit.regulation.calendar import add_years
from toolkit.resources import workbook_template
from toolkit.returns.checks.assessed import window
from toolkit.returns.funds import SPENT, listed, source
from toolkit.returns.records import Record
from toolkit.returns.standing import Standing
from toolkit.sheets.grid import CellRef
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.recalculate import Filler

_FACTS = {"fact_studio_no": "工作室编号", "fact_studio": "工作室名称", "fact_leader": "领办人", "fact_unit": "申办单位", "fact_district": "区县"}


@dataclass(frozen=True)
class AssessedStudio:
    """A studio due for assessment: its row of 工作室, and its construction period."""

    row: Record
    begins: date | None
    ends: date

    @property
    def name(self) -> str:
        return self.row["工作室名称"]


def assess(form_name: str, path: Path, on: date, out: Path, district: str | None = None) -> list[Path]:
    """Write a filled 期满考核评分表 for every studio in its window on `on` (of one district where it is given).

    UserError where there is none, and when a file of that name is there already.
    """
    form = forms.find(form_name)
    if form is not forms.ASSESSMENT:
        raise UserError(f"“{form.name}”不按台账预填。请去掉台账，或改为“{forms.ASSESSMENT.name}”。")
    if not path.is_file():
        raise UserError(f"找不到台账“{path}”。请核对文件位置。")
    law = in_force(on)
    standing = register.load(path, law).standing
    law = standing.parameters(law)
    chosen = [studio for studio in studios(standing, law) if _due(studio, on, law)
              and (district is None or law.lists["districts"].find(district) == law.lists["districts"].find(studio.row["区县"] or ""))]
    if not chosen:
        raise UserError(_nobody(standing, on, law))
    shipped = workbook_template(form.name)
    targets = [out / studio_file(form, studio.name, shipped.suffix) for studio in chosen]
    for target in targets:
        if target.exists():
            raise UserError(f"“{target}”已经存在，没有覆盖。请先移走或改名，或者换一个文件夹。")
    out.mkdir(parents=True, exist_ok=True)
    filler = Filler(shipped.read_bytes(), form.name, on)
    for studio, target in zip(chosen, targets, strict=True):
        target.write_bytes(filler.fill(values(studio, standing, filler, law)).data)
    return targets


def studios(standing: Standing, law: Regulation) -> Iterator[AssessedStudio]:
    """Studios that count and whose construction period is known: as 工作室 says, else from the day of naming (R12-3)."""
    counting = law.lists["studio_statuses"].where("counts")
    for row in standing.records("工作室"):
        begins = row["建设周期起"] or row["命名日期"]
        ends = row["建设周期止"] or (begins and add_years(begins, law["construction_years"]))
        if ends and row["工作室名称"] and row["状态"] in counting:
            yield AssessedStudio(row, begins, ends)


def _due(studio: AssessedStudio, on: date, law: Regulation) -> bool:
    first, last = window(studio.ends, law)
    return first <= on <= last


def _nobody(standing: Standing, on: date, law: Regulation) -> str:
    """Nobody is due: say who is next."""
    coming = sorted((window(studio.ends, law)[0], studio.name) for studio in studios(standing, law) if studio.ends > on)
    following = f"最近的是“{coming[0][1]}”，{coming[0][0]}起可以考核。" if coming else "“工作室”表里没有登记建设周期尚未届满的有效工作室。"
    return f"{on}没有在期满考核期间的工作室。{following}请核对日期，或补填台账“工作室”表的状态和建设周期。"


def values(studio: AssessedStudio, standing: Standing, filler: Filler, law: Regulation) -> dict[CellRef, CellValue]:
    """Cell → value: facts, money received and spent, the team as the application named it."""
    spots = filler.spots
    found: dict[CellRef, CellValue] = {spots[name]: studio.row[header] for name, header in _FACTS.items()}
    found |= {spots["fact_from"]: studio.begins, spots["fact_to"]: studio.ends}
    money = [row for row in standing.records("经费") if row["工作室名称"] == studio.name]
    sources, uses = law.lists["fund_sources"], law.lists["fund_uses"]
    received = [row for row in money if row["类别"] != SPENT]
    found |= _table(FUNDS, [{"日期": row["日期"], "来源": source(row, law), "金额(元)": row["金额(元)"], "凭证号": row["凭证号"],
                             "备注": row["摘要"]} for row in received])
    found |= _table(EXPENSES, [{"日期": row["日期"], "凭证号": row["凭证号"], "资金来源": listed(row["资金来源"], sources),
                                "用途类别": listed(row["用途类别"], uses), "摘要": row["摘要"], "金额(元)": row["金额(元)"],
                                "是否专账": row["是否专账"]} for row in money if row["类别"] == SPENT])
    if team := _team(studio, standing):
        found[spots["in_team"]] = team
    return found


def _team(studio: AssessedStudio, standing: Standing) -> int:
    """Official employees of the team besides the leader, each once (R07-2), as the newest application has them."""
    own = [row for row in standing.records("人员") if row["工作室名称"] == studio.name]
    newest = max((row["年度"] or 0 for row in own), default=0)
    return len({row["身份证号"] for row in own if (row["年度"] or 0) == newest and row["是否正式员工"] == "是"}
               - {studio.row["身份证号"], None})


def _table(sheet: Sheet, rows: Sequence[Mapping[str, CellValue]]) -> dict[CellRef, CellValue]:
    """Rows of evidence at their cells; UserError where there are more than the sheet has."""
    if len(rows) > sheet.rows:
        raise UserError(f"台账里这个工作室有{len(rows)}笔“{sheet.name}”，评分表只有{sheet.rows}行。请先在台账里合并小额记录。")
    return {CellRef(sheet.name, FIRST_ROW + number, sheet.headers.index(header)): value
            for number, row in enumerate(rows) for header, value in row.items() if value is not None}
