"""What is due: overdue, due today, coming, or ready to be done, told from the ledger; and the ledger's page 到期提醒."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms import model
from toolkit.jobs.keeping import Keeper, keeper
from toolkit.jobs.report import Report
from toolkit.ledger import dues
from toolkit.ledger.arrangements import days_off
from toolkit.ledger.books import Books
from toolkit.ledger.dues import OPEN, OVERDUE, SOON, TODAY, Due
from toolkit.pages.register import Ledger
from toolkit.regulation import Regulation, in_force
from toolkit.returns.findings import ERROR, Finding
from toolkit.sheets import look
from toolkit.sheets.edit import AddSheet, Edit, Link, Style

LIST = "到期提醒"
_COLUMNS = (("到期日", 12), ("天数", 7), ("状态", 9), ("工作室", 34), ("区县", 12), ("要办的事", 60), ("条款", 16), ("出处", 20))
_FILLS = {OVERDUE: (look.ERROR_FILL, look.ERROR_TEXT), TODAY: (look.ERROR_FILL, look.ERROR_TEXT),
          SOON: (look.QUERY_FILL, look.QUERY_TEXT), OPEN: (look.SUB, look.INK)}
_TOLD_BY = ("工作室", "公示命名", "经费", "年度评估", "变更与重大事项", "撤销追缴禁申")
_TELLING = frozenset((model.date, model.year, model.money, model.choice, model.yes_no))


def due(place: Path | Keeper, on: date) -> Report:
    """What the ledger gives to do on a day. UserError where there is no ledger, or it cannot be read.

    Findings are cells that should tell a term and cannot be read.
    """
    kept = keeper(place)
    if not kept.exists:
        raise UserError(f"找不到台账“{kept.path}”。请核对文件位置，或先合并区县报表。")
    law = in_force(on)
    ledger = kept.load(law)
    return Report(findings=list(unread(ledger)), dues=dues_of(ledger, law, on))


def dues_of(ledger: Ledger, law: Regulation, on: date) -> list[Due]:
    """Everything due, from a ledger that is a file or open in Excel; what the bureau set in its 参数 holds."""
    law = ledger.standing.parameters(law)
    books = Books(ledger.standing)
    return dues.find(books, law, on, days_off(books, law))


def unread(ledger: Ledger) -> Iterator[Finding]:
    """Dates, years, amounts and choices that people filled in and that say nothing: no due can be told from them."""
    for found in ledger.standing.findings:
        table = next(table for table in ledger.standing.tables.values() if table.name == found.place.sheet)
        column = table.sheet.by_header[found.place.field]
        is_telling = table.sheet.name in _TOLD_BY and column.people and column.kind in _TELLING
        if is_telling and found.level == ERROR and found.value:
            yield found


def due_edits(found: Sequence[Due], on: date) -> list[Edit]:
    """What puts the list 到期提醒 into the ledger, in the place of an earlier one."""
    headers, widths = zip(*_COLUMNS, strict=True)
    rows = [(each.date, each.days, each.state, each.studio, each.district, each.what, each.clause,
             Link(f"{each.place.sheet} {each.place.cell}", each.place.sheet, each.place.cell)) for each in found]
    accents = {state: Style(fill=fill, color=text, line=look.LINE, center=True) for state, (fill, text) in _FILLS.items()}
    notes = (f"截至{on}：{dues.summary(found)}", "天数为负的已经逾期；没有到期日的，办法没有规定期限。点“出处”一列可以跳到该处。")
    return [AddSheet(LIST, LIST, headers, widths, rows, notes, accents)]
