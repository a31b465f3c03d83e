"""个案办理: the ledger's page for one application or studio, and the hidden sheet behind its dropdowns.

Python writes lines below the inputs: the cells a move asks for, what may be done, what would be written. How a line looks follows from its
kind, which stands beside it in a hidden column, so that the page has no empty boxes.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from toolkit.forms.model import CASE_LIST_SHEET, CASE_SHEET
from toolkit.forms.tasks import CASE_LINES, CASE_MOVES, CASE_ROWS, CASE_STATE, CASE_SUBJECTS, CASE_TASK
from toolkit.pages import desk_block
from toolkit.pages.desk_block import BUTTONS, EDGE, FIRST_ROW, HELP, INPUT, LABEL
from toolkit.pages.layout import LEDGER_LAST_ROW, Drawing
from toolkit.sheets import look
from toolkit.sheets.grid import column_letters

KIND, LIST = BUTTONS + 1, BUTTONS + 2  # hidden columns: what kind of line it is, the dropdown of its cell
BAND_LINE, FIELD_LINE, PLAIN_LINE, OPEN_LINE, BAD_LINE, QUERY_LINE = "band", "field", "plain", "open", "bad", "query"
SUBJECT_LIST, MOVE_LIST = 0, 1  # columns of the hidden sheet, each under its header
_WIDTHS = (2, 18, 42, 62, 26)
_STATE = 66  # points
_HOW = "选一个工作室或一件申报，看它的状态和能办的事；要填的内容列在下面的白底格。核对过的才写入台账，写错了可以撤销。"
_LINE_SIZE = 15  # points, of an empty cell beside each line: rows are as high as it asks, and higher where text wraps
_MOVES_LAST_ROW = 299


def draw_case_page(drawing: Drawing) -> None:
    """Draw 个案办理, its inputs open and everything else protected without a password."""
    drawn = drawing.page(CASE_SHEET, one=False)
    desk_block.draw_head(drawing, drawn, _WIDTHS, _HOW)
    row = desk_block.draw_task(drawing, drawn, FIRST_ROW, CASE_TASK)
    desk_block.draw_outcome(drawing, drawn, row, _STATE, CASE_STATE)
    _draw_lines(drawing, drawn, row + 3)
    drawn.set_selection(FIRST_ROW + 1, INPUT, FIRST_ROW + 1, INPUT)


def draw_case_lists(drawing: Drawing) -> None:
    """The hidden sheet: the studios and applications, written by Python, and the moves that people make."""
    drawn = drawing.book.add_worksheet(CASE_LIST_SHEET)
    drawn.hide()
    drawn.set_column(SUBJECT_LIST, MOVE_LIST, 40, drawing.cell(num_format="@"))
    moves = [move.name for move in drawing.edition.regulation.procedure.moves.values() if move.by_hand]
    drawn.write_row(0, SUBJECT_LIST, ("工作室或申报", "事项"), drawing.cell(bold=True))
    drawn.write_column(1, MOVE_LIST, moves, drawing.cell(num_format="@"))
    for name, column, last in ((CASE_SUBJECTS, SUBJECT_LIST, LEDGER_LAST_ROW), (CASE_MOVES, MOVE_LIST, _MOVES_LAST_ROW)):
        letter = column_letters(column)
        first = f"'{CASE_LIST_SHEET}'!${letter}$2"
        cells = f"{first}:${letter}${last + 1}"
        drawing.book.define_name(name, f"={first}:INDEX({cells},MAX(1,COUNTA({cells})))")


def _draw_lines(drawing: Drawing, drawn: Worksheet, first: int) -> None:
    last = first + CASE_ROWS - 1
    centred: dict[str, object] = {"align": "center", "text_wrap": True}
    sentences: dict[str, object] = {"align": "left", "indent": 1, "text_wrap": True}
    looks: dict[int, dict[str, object]] = {EDGE: {"font_size": _LINE_SIZE}, LABEL: centred,
             INPUT: {**sentences, "locked": False, "num_format": "@"}, HELP: sentences, BUTTONS: centred}
    for row in range(first, last + 1):
        for column, properties in looks.items():
            drawn.write_blank(row, column, None, drawing.cell(**properties))
    drawn.set_column(KIND, LIST, None, None, {"hidden": True})
    cell = f"${column_letters(LIST)}{first + 1}"
    drawn.data_validation(first, INPUT, last, INPUT, {"validate": "list", "source": f"=INDIRECT({cell})", "show_error": False})
    drawn.ignore_errors({"number_stored_as_text": f"{column_letters(INPUT)}{first + 1}:{column_letters(INPUT)}{last + 1}"})
    for kind, columns, properties in _rules():
        drawn.conditional_format(first, columns[0], last, columns[-1], {
            "type": "formula", "criteria": f'=${column_letters(KIND)}{first + 1}="{kind}"', "format": drawing.book.add_format(properties)})
    desk_block.name_cell(drawing, drawn, CASE_LINES, first, LABEL)


def _rules() -> list[tuple[str, tuple[int, ...], dict[str, object]]]:
    """Kind of a line, the columns (first, last), how they look in it."""
    box: dict[str, object] = {"border": 1, "border_color": look.LINE}
    own = {"bold": True, "font_color": look.INK, "bg_color": look.SUB}
    return [
        (BAND_LINE, (LABEL, BUTTONS), {"bold": True, "font_color": "white", "bg_color": look.BAND}),
        (FIELD_LINE, (LABEL,), box | own), (FIELD_LINE, (INPUT,), box), (FIELD_LINE, (HELP, BUTTONS), {"font_color": look.NOTE}),
        (OPEN_LINE, (LABEL,), box | own), (OPEN_LINE, (INPUT, BUTTONS), box),
        (PLAIN_LINE, (LABEL, BUTTONS), box | {"font_color": look.NOTE, "bg_color": look.LOCK}),
        (BAD_LINE, (LABEL,), box | {"bold": True, "font_color": look.ERROR_TEXT, "bg_color": look.ERROR_FILL}), (BAD_LINE, (INPUT, BUTTONS), box),
        (QUERY_LINE, (LABEL,), box | {"bold": True, "font_color": look.QUERY_TEXT, "bg_color": look.QUERY_FILL}),
        (QUERY_LINE, (INPUT, BUTTONS), box)]
