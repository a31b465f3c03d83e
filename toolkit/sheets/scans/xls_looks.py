"""How the cells of an .xls look, as far as it changes what they say: crossed-out text, telling number formats, dates.

Source: [MS-XLS] 2.4.122 (Font), 2.4.126 (Format), 2.4.353 (XF), 2.4.265 (SST), 2.5.293 (XLUnicodeRichExtendedString).
"""

from __future__ import annotations

import struct
from functools import cached_property

from toolkit.sheets.scans.cell_formats import CellAddress, CellFormats, Crossing, Run, crossed, note_crossed
from toolkit.sheets.scans.extents import SheetFacts

_FONT, _FORMAT, _CELL_FORMAT = 0x0031, 0x041E, 0x00E0
_STRUCK = 0x0008
_NO_FONT = 4  # this number is given to no font


class RecordedFormats(CellFormats):
    """The fonts, formats and shared strings of a workbook, noted record by record."""

    def __init__(self) -> None:
        self.fonts: list[bool] = []
        self.codes: dict[int, str] = {}
        self.formats: list[tuple[int, int]] = []
        self._pieces: list[bytes] = []  # of the shared strings

    def note_record(self, kind: int, body: bytes, in_strings: bool) -> None:
        """Note one record of the workbook's part."""
        if in_strings:
            self._pieces.append(body)
        elif kind == _FONT and len(body) >= 4:
            if len(self.fonts) == _NO_FONT:
                self.fonts.append(False)
            self.fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _STRUCK))
        elif kind == _CELL_FORMAT:
            font, code = struct.unpack_from("<HH", body)
            self.formats.append((font, code))
        elif kind == _FORMAT:
            self.codes[struct.unpack_from("<H", body)[0]] = _format_code(body[2:])

    @cached_property
    def _crossed_strings(self) -> dict[int, Crossing]:
        if not any(self.fonts) or not self._pieces:
            return {}
        return {number: crossed(text, runs, self.is_struck) for number, (text, runs) in enumerate(_strings(self._pieces)) if runs}

    def note_string(self, number: int, place: CellAddress, facts: SheetFacts) -> None:
        """Note how a cell with that shared string looks."""
        note_crossed(self._crossed_strings.get(number, ()), place, facts)

    def note_rich_label(self, body: bytes, place: CellAddress, facts: SheetFacts) -> None:
        """Note how a cell with Excel 95's formatted text looks."""
        length = struct.unpack_from("<H", body, 6)[0] if len(body) >= 8 else 0
        text, rest = body[8:8 + length].decode("latin-1"), body[8 + length:]
        runs = [(rest[at], rest[at + 1]) for at in range(1, len(rest) - 1, 2)] if any(self.fonts) else []
        note_crossed(crossed(text, runs, self.is_struck), place, facts)


def _format_code(body: bytes) -> str:
    """BIFF8's spelling (two bytes of length, one of kind) or BIFF5's (one byte of length)."""
    if len(body) >= 3:
        count, wide = struct.unpack_from("<H", body)[0], body[2]
        if wide in (0, 1) and len(body) == 3 + count * (2 if wide else 1):
            return body[3:].decode("utf-16-le" if wide else "latin-1", "replace")
    return body[1:].decode("gb18030", "replace")


class _Pieces:
    """The shared strings' bytes: a string may be cut anywhere between two characters and go on in the next record."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._number, self._at = pieces, 0, 8

    def take(self, count: int) -> bytes:
        """The next bytes, across records. IndexError behind the last one."""
        taken = b""
        while count > len(taken):
            piece = self._pieces[self._number]
            part = piece[self._at:self._at + count - len(taken)]
            self._at += len(part)
            taken += part
            if len(taken) < count:
                self._number, self._at = self._number + 1, 0
        return taken

    def characters(self, count: int, wide: bool) -> str:
        """The next characters; where they go on in another record, that begins with its own kind."""
        text = ""
        while count > len(text):
            piece = self._pieces[self._number]
            if self._at >= len(piece):
                self._number, self._at = self._number + 1, 1
                wide = bool(self._pieces[self._number][0] & 1)
                continue
            size = min((count - len(text)) * (2 if wide else 1), len(piece) - self._at)
            raw = piece[self._at:self._at + size]
            self._at += size
            # Two halves of a rare character count as two, as they do in the runs.
            text += "".join(map(chr, struct.unpack(f"<{size // 2}H", raw[:size // 2 * 2]))) if wide else raw.decode("latin-1")
        return text


def _strings(pieces: list[bytes]) -> list[tuple[str, list[Run]]]:
    """Text and runs of every shared string, as far as they can be read."""
    source, found = _Pieces(pieces), []
    try:
        for _ in range(struct.unpack_from("<I", pieces[0], 4)[0]):
            count, marks = struct.unpack("<HB", source.take(3))
            runs = struct.unpack("<H", source.take(2))[0] if marks & 8 else 0
            extra = struct.unpack("<I", source.take(4))[0] if marks & 4 else 0
            text = source.characters(count, bool(marks & 1))
            found.append((text, [struct.unpack("<HH", source.take(4)) for _ in range(runs)]))
            source.take(extra)
    except (IndexError, struct.error):
        pass  # the value reader judges whether the strings are whole
    return found
