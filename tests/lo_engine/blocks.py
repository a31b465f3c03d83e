"""Values of a whole area at once, in and out, as Excel's Range.Value gives and takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.lo_engine import areas, formats, formulas
from tests.lo_engine.areas import Area
from tests.lo_engine.typed import EPOCH, Typed, date_typed, fifteen_digits, typed

ERRORS = {502: -2146826273, 503: -2146826252, 504: -2146826265, 519: -2146826273, 521: -2146826288,
          524: -2146826265, 525: -2146826259, 532: -2146826281, 32767: -2146826246}
"""Excel's numbers for the error values, by LibreOffice's codes."""
_VALUE_ERROR = ERRORS[519]


def read(sheet: Any, area: Area) -> list[list[Any]]:
    """Numbers as float, texts, truths, datetimes in UTC, errors as Excel's numbers; None for what is empty."""
    cells = sheet._uno.getCellRangeByPosition(area.column, area.row, area.last_column, area.last_row)
    rows = [[None if value == "" else value for value in row] for row in cells.getDataArray()]
    found = formats.kinds(sheet, cells)
    for kind, change in ((formats.DATE, _moment), (formats.TIME, _moment), (formats.BOOLEAN, bool)):
        for part in found.get(kind, ()):
            for row, column in part.cells():
                value = rows[row - area.row][column - area.column]
                if isinstance(value, float):
                    rows[row - area.row][column - area.column] = change(value)
    for address in cells.queryFormulaCells(4).RangeAddresses:
        for row, column in areas.of_uno(address).cells():
            code = sheet._uno.getCellByPosition(column, row).getError()
            rows[row - area.row][column - area.column] = ERRORS.get(code, _VALUE_ERROR)
    return rows


def write(sheet: Any, area: Area, data: Sequence[Sequence[Any]]) -> None:
    """Put a block of values where it fits exactly. Texts are read as if typed; cells formatted "@" keep them.

    ComError where a formula is wrong.
    """
    cells = sheet._uno.getCellRangeByPosition(area.column, area.row, area.last_column, area.last_row)
    kind = _kind_map(formats.kinds(sheet, cells), area)
    today = date.today()
    block = [[_entry(value, kind.get((area.row + i, area.column + j)), today) for j, value in enumerate(row)]
             for i, row in enumerate(data)]
    if all(type(entry.value) is float for row in block for entry in row):
        cells.setDataArray(tuple(tuple(entry.value for entry in row) for row in block))
    else:
        cells.setFormulaArray(tuple(tuple(map(_spelled, row)) for row in block))
    flat = [(area.row + i, area.column + j, entry) for i, row in enumerate(block) for j, entry in enumerate(row)]
    hard = [(row, column, entry.value) for row, column, entry in flat if entry.formula and _spelled(entry) == ""]
    formulas.write(sheet, hard)
    if any(entry.formula for *_, entry in flat):
        formulas.refuse_wrong(sheet._uno, cells)
    _format(sheet, [(row, column, entry) for row, column, entry in flat
                         if kind.get((row, column)) == formats.GENERAL])


def _kind_map(found: dict[str, list[Area]], area: Area) -> dict[tuple[int, int], str]:
    return {cell: kind for kind, parts in found.items() for part in parts
            if (common := part.common(area)) for cell in common.cells()}


def _entry(value: Any, kind: str | None, today: date) -> Typed:
    if value is None:
        return Typed("")
    if kind == formats.TEXT:
        return Typed(_text(value))
    if isinstance(value, bool):
        return Typed(float(value), boolean=True)
    if isinstance(value, (int, float)):
        return Typed(fifteen_digits(float(value)))
    if isinstance(value, date):
        return date_typed(value)
    return typed(value, today)


def _text(value: Any) -> str:
    """What a cell formatted "@" keeps of a value."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    return str(value)


def _spelled(entry: Typed) -> str:
    if entry.formula:
        return formulas.to_office(entry.value) or ""
    if isinstance(entry.value, str):
        return entry.value and "'" + entry.value
    return repr(entry.value)


def _format(sheet: Any, entries: list[tuple[int, int, Typed]]) -> None:
    """Give General cells the format their content brings; texts that look like numbers must not make them "@"."""
    wanted: dict[str, list[tuple[int, int]]] = {}
    for row, column, entry in entries:
        spelled = "BOOLEAN" if entry.boolean else entry.number_format
        if spelled is None and isinstance(entry.value, str) and entry.value[:1] in "+-=.(0123456789":
            spelled = None if entry.formula or not entry.value else formats.GENERAL
        if spelled:
            wanted.setdefault(spelled, []).append((row, column))
    for spelled, cells in wanted.items():
        key = formats.key_of(sheet._doc, spelled)
        for run in areas.runs(cells):
            sheet._uno.getCellRangeByPosition(run.column, run.row, run.last_column, run.last_row).NumberFormat = key


def _moment(number: float) -> datetime:
    return (EPOCH + timedelta(seconds=round(number * 86400))).replace(tzinfo=UTC)
