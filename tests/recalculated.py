"""What LibreOffice shows in the formula cells of a workbook when it computes every one of them itself, beside what the file says."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl

from tests import office

_CACHED = re.compile(r"(</f>|<f(?=[\s/>])[^>]*/>)\s*<v>[^<]*</v>")


def differences(data: bytes, folder: Path) -> dict[tuple[str, str], tuple[object, object]]:
    """(sheet, cell) → (what the file says, what LibreOffice computes) of every formula where the two are not the same.

    `folder`: an empty one to work in. A file without a single formula fails: it would prove nothing.
    """
    source = folder / f"{'macros' if b'vbaProject' in data else 'plain'}.xlsx"
    source.write_bytes(without_values(data))
    (folder / "computed").mkdir()
    computed = openpyxl.load_workbook(office.convert(source, "xlsx", folder / "computed"), data_only=True)
    said = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    places = formulas(data)
    assert places, "没有公式"
    pairs = {(sheet, cell): (said[sheet][cell].value, computed[sheet][cell].value) for sheet, cell in places}
    return {place: pair for place, pair in pairs.items() if not _same(*pair)}


def formulas(data: bytes) -> list[tuple[str, str]]:
    """(sheet, cell) of every formula."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [(sheet.title, cell.coordinate) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def uncached(data: bytes) -> list[tuple[str, str]]:
    """(sheet, cell) of every formula that has no value beside it: an empty text is one."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                text = package.read(name).decode()
                found += [(name, cell) for cell, rest in re.findall(r'<c r="([A-Z]+\d+)"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)(.{0,3})', text)
                          if not rest.startswith("<v>") and not rest.startswith("<v/")]
    return found


def without_values(data: bytes) -> bytes:
    """The workbook with no value beside any formula: LibreOffice believes those that it finds."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in package.namelist():
            content = package.read(name)
            out.writestr(name, _CACHED.sub(r"\1", content.decode()).encode() if name.startswith("xl/worksheets/sheet") else content)
    return target.getvalue()


def _same(said: object, computed: object) -> bool:
    said, computed = _plain(said), _plain(computed)
    if isinstance(said, float) and isinstance(computed, float):
        return abs(said - computed) <= 1e-9 * max(1, abs(computed))
    return type(said) is type(computed) and said == computed


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value - datetime(1899, 12, 30)).total_seconds() / 86400
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days)
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    return value if isinstance(value, bool) or not isinstance(value, int) else float(value)
