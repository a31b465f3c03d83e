"""办理: the ledger's first page, a block for each task with its inputs and its buttons."""

from __future__ import annotations

from toolkit.forms.model import DESK_SHEET
from toolkit.forms.tasks import STATE, TASKS
from toolkit.pages import desk_block
from toolkit.pages.desk_block import FIRST_ROW, INPUT
from toolkit.pages.layout import Drawing

_WIDTHS = (2, 16, 44, 46, 20)
_STATE = 66  # points
_HOW = "在白底格填好要用的内容，再点右边的按钮；灰字说明不填时怎么办。每次写入台账前自动备份，写错了可以撤销。"


def draw_desk_page(drawing: Drawing) -> None:
    """Draw 办理, its inputs open and everything else protected without a password. Prints on one page."""
    drawn = drawing.page(DESK_SHEET)
    desk_block.draw_head(drawing, drawn, _WIDTHS, _HOW)
    row = FIRST_ROW
    for task in TASKS:
        row = desk_block.draw_task(drawing, drawn, row, task)
    desk_block.draw_outcome(drawing, drawn, row, _STATE, STATE)
    drawn.set_selection(FIRST_ROW + 1, INPUT, FIRST_ROW + 1, INPUT)
