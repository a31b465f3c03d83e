"""`new 期满考核评分表 --ledger`: one workbook for each studio whose assessment window has begun, filled in with what the ledger knows.

Source: 乌人社规〔2023〕1号 第十九条（二）
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from toolkit import forms
from toolkit.errors import UserError
from toolkit.forms.assessment import EXPENSES
from toolkit.forms.assessment_rows import ReceiptRow
from toolkit.forms.model import Sheet
from toolkit.forms.register_rows import FundRow, TeamRow
from toolkit.jobs import issuing
from toolkit.jobs.bureau import asked_district, of_ledger
from toolkit.jobs.export import studio_file
from toolkit.jobs.keeping import Keeper
from toolkit.jobs.outputs import Outputs
from toolkit.ledger import money
from toolkit.ledger.books import Books
from toolkit.ledger.studios import Studio, studios
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import Regulation
from toolkit.resources import workbook_template
from toolkit.sheets.grid import CellRef
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.recalculate import Filler


def assess(form_name: str, path: Path | Keeper, on: date, out: Path, district: str | None = None) -> list[Path]:
    """Write a filled 期满考核评分表 for every studio whose window has begun by `on`, overdue ones too (of one district where it is given).

    UserError where there is none, and when a file of that name is there already.
    """
    form = forms.find(form_name)
    if form is not forms.ASSESSMENT:
        raise UserError(f"“{form.name}”不按台账预填。请去掉台账，或改为“{forms.ASSESSMENT.name}”。")
    law, books = of_ledger(path, on)
    asked = asked_district(district, law)
    with issuing.deciding(law):
        known = [studio for studio in studios(books, law) if not asked or _is_of(studio, asked, law)]
        chosen = [studio for studio in known if studio.is_due(on)]
        if not chosen:
            raise UserError(asked + _nobody(known, on))
    shipped = workbook_template(form.name)
    targets = [out / studio_file(form, studio.name, shipped.suffix) for studio in chosen]
    for target in targets:
        if target.exists():
            raise UserError(f"“{target}”已经存在，没有覆盖。请先移走或改名，或者换一个文件夹。")
    filler = Filler(shipped.read_bytes(), form.name, on)
    with Outputs(out) as outputs:
        for studio, target in zip(chosen, targets, strict=True):
            with issuing.deciding(law):
                given = values(studio, books, filler, law)
            outputs.add(target.name, filler.fill(given).data, keep=True)
        return outputs.release()


def _is_of(studio: Studio, district: str, law: Regulation) -> bool:
    item = law.lists["districts"].find(studio.district or "")
    return item is not None and item.name == district


def _nobody(known: Sequence[Studio], on: date) -> str:
    """Nobody is due: say who is next."""
    coming = sorted((studio.window[0], studio.name) for studio in known
                    if studio.counts and studio.window and studio.window[1] > on and studio.grade is None)
    following = f"最近的是“{coming[0][1]}”，{coming[0][0]}起可以考核。" if coming else "“工作室”表里没有登记建设周期尚未届满的有效工作室。"
    return f"{on}没有在期满考核期间的工作室。{following}请核对日期，或补填台账“工作室”表的状态和建设周期。"


def values(studio: Studio, books: Books, filler: Filler, law: Regulation) -> dict[CellRef, CellValue]:
    """Cell → value: facts, money received and spent, the team as the application named it."""
    spots = filler.spots
    facts = {"fact_studio_no": studio.number or None, "fact_studio": studio.name, "fact_leader": studio.leader, "fact_unit": studio.unit,
             "fact_district": studio.district, "fact_from": studio.begins, "fact_to": studio.ends}
    found: dict[CellRef, CellValue] = {spots[name]: value for name, value in facts.items()}
    received = [entry for entry in studio.money if money.is_received(entry, law)]
    spent = [entry for entry in studio.money if money.is_spent(entry, law)]
    found |= _table(ReceiptRow.sheet, [ReceiptRow.by_header(
        day=entry.day, source=money.source(entry, law), amount=entry.amount, voucher=entry.voucher, remark=entry.summary) for entry in received])
    found |= _table(EXPENSES, [FundRow.by_header(
        day=entry.day, voucher=entry.voucher, source=entry.source, use=entry.use, summary=entry.summary, amount=entry.amount,
        separate_account=entry.separate_account) for entry in spent])
    if team := _team(studio, books):
        found[spots["in_team"]] = team
    return found


def _team(studio: Studio, books: Books) -> int:
    """Official employees of the team besides the leader, each once (R07-2), as the newest application has them."""
    members = [row for row in books.of(TeamRow) if row.studio == studio.name and row.standing is None]
    newest = max((row.year or 0 for row in members), default=0)
    return len({row.member_id for row in members if (row.year or 0) == newest and row.official == "是"} - {studio.leader_id, None})


def _table(sheet: Sheet, rows: Sequence[Mapping[str, CellValue]]) -> dict[CellRef, CellValue]:
    """Rows of evidence at their cells; UserError where there are more than the sheet has."""
    if len(rows) > sheet.rows:
        raise UserError(f"台账里这个工作室有{len(rows)}笔“{sheet.name}”，评分表只有{sheet.rows}行。请先在台账里合并小额记录。")
    return {CellRef(sheet.name, FIRST_ROW + number, sheet.headers.index(header)): value
            for number, row in enumerate(rows) for header, value in row.items() if value is not None}
