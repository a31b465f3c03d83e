"""到期提醒: the ledger's page that lists what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from toolkit.forms.model import DUE_SHEET
from toolkit.ledger import dues
from toolkit.ledger.dues import OPEN, OVERDUE, SOON, TODAY, Due
from toolkit.sheets import look
from toolkit.sheets.edit import AddSheet, Edit, Link, Style

_COLUMNS = (("由谁办", 8), ("状态", 8), ("到期日", 12), ("天数", 7), ("区县", 11), ("工作室", 30), ("要办的事", 54), ("怎么办", 38), ("条款", 15),
            ("出处", 18))


_FILLS = {OVERDUE: (look.ERROR_FILL, look.ERROR_TEXT), TODAY: (look.ERROR_FILL, look.ERROR_TEXT),
          SOON: (look.QUERY_FILL, look.QUERY_TEXT), OPEN: (look.SUB, look.INK)}



def due_edits(found: Sequence[Due], on: date) -> list[Edit]:
    """What puts the list 到期提醒 into the ledger, in the place of an earlier one."""
    headers, widths = zip(*_COLUMNS, strict=True)
    rows = [(each.who, each.state, each.date, each.days, each.district, each.studio, each.what, str(each.charge), each.clause,
             Link(f"{each.place.sheet} {each.place.cell}", each.place.sheet, each.place.cell)) for each in found]
    accents = {state: Style(fill=fill, color=text, line=look.LINE, center=True) for state, (fill, text) in _FILLS.items()}
    notes = (f"截至{on}：{dues.summary(found)}{dues.summary_by_who(found)}",
             "天数为负的已经逾期；没有到期日的，办法没有规定期限。点“出处”跳到该处。按“由谁办”“区县”筛选，就是要催一个区（县）的事。")
    return [AddSheet(DUE_SHEET, DUE_SHEET, headers, widths, rows, notes, accents)]
