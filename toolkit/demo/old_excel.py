"""The values of a workbook as an .xls that Excel 97–2003 would have saved: for the demonstration, which must not need a library for it.

Source: [MS-XLS] (BIFF8). No formulas, no looks but the format of days.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.sheets.cfb import compound_file
from toolkit.sheets.grid import Grid, Value
from toolkit.sheets.ooxml.cellxml import serial

_BOF, _EOF, _CODEPAGE, _FONT, _FORMAT, _XF, _BOUNDSHEET = 0x0809, 0x000A, 0x0042, 0x0031, 0x041E, 0x00E0, 0x0085
_DIMENSIONS, _WINDOW2, _NUMBER, _LABEL, _BOOLEAN = 0x0200, 0x023E, 0x0203, 0x0204, 0x0205
_GLOBALS, _WORKSHEET = 0x0005, 0x0010
_STYLES, _PLAIN, _DAY = 15, 15, 16  # how many formats of styles come first; the two formats of cells
_DAY_FORMAT = 164  # the first number of an own format
_LONGEST = 4_000  # characters: one record holds 8,224 bytes, longer texts would need a second


def as_xls(grids: Sequence[Grid]) -> bytes:
    """An .xls with these sheets. ValueError where a text is longer than one record."""
    sheets = [b"".join(_sheet(grid)) for grid in grids]
    front, bounds = b"".join(_globals()), [_bound(0, grid.name) for grid in grids]
    position = len(front) + sum(map(len, bounds)) + len(_record(_EOF))
    placed = []
    for grid, sheet in zip(grids, sheets, strict=True):
        placed.append(_bound(position, grid.name))
        position += len(sheet)
    return compound_file({"Workbook": b"".join((front, *placed, _record(_EOF), *sheets))})


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _beginning(kind: int) -> bytes:
    return _record(_BOF, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0x41, 0x06))


def _globals() -> Iterator[bytes]:
    """What the sheets share: UTF-16, one font, the formats."""
    yield _beginning(_GLOBALS)
    yield _record(_CODEPAGE, struct.pack("<H", 1200))
    font = struct.pack("<HHHHHBBBB", 220, 0, 0x7FFF, 400, 0, 0, 0, 134, 0) + _short_text("宋体")
    yield _record(_FONT, font) * 4  # the four that every workbook has
    yield _record(_FORMAT, struct.pack("<H", _DAY_FORMAT) + _text("yyyy-mm-dd"))
    for number in range(_STYLES + 2):
        shows, kind = (_DAY_FORMAT if number == _DAY else 0), (0xFFF5 if number < _STYLES else 0x0001)
        yield _record(_XF, struct.pack("<HHHBBBBIIH", 0, shows, kind, 0x20, 0, 0, 0, 0, 0, 0x20C0))


def _bound(position: int, name: str) -> bytes:
    return _record(_BOUNDSHEET, struct.pack("<IH", position, 0) + _short_text(name))


def _short_text(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")


def _sheet(grid: Grid) -> Iterator[bytes]:
    yield _beginning(_WORKSHEET)
    yield _record(_DIMENSIONS, struct.pack("<IIHHH", 0, len(grid.rows), 0, max(map(len, grid.rows), default=0), 0))
    for row, cells in enumerate(grid.rows):
        for column, value in enumerate(cells):
            if value is not None:
                yield _cell(struct.pack("<HH", row, column), value)
    yield _record(_WINDOW2, struct.pack("<HHHIHHI", 0x06B6, 0, 0, 64, 0, 0, 0))
    yield _record(_EOF)


def _cell(place: bytes, value: Value) -> bytes:
    if isinstance(value, bool):
        return _record(_BOOLEAN, place + struct.pack("<HBB", _PLAIN, value, 0))
    if isinstance(value, date):
        return _record(_NUMBER, place + struct.pack("<Hd", _DAY, serial(value)))
    if isinstance(value, int | float):
        return _record(_NUMBER, place + struct.pack("<Hd", _PLAIN, value))
    text = str(value)
    if len(text) > _LONGEST:
        raise ValueError(text[:20])
    return _record(_LABEL, place + struct.pack("<H", _PLAIN) + _text(text))
