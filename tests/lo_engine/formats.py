"""Number formats in Excel's spelling, and which cells of an area hold dates, texts and truths."""

from __future__ import annotations

import re
from typing import Any

from tests.lo_engine import areas
from tests.lo_engine.areas import Area
from tests.lo_engine.bridge import uno

GENERAL, TEXT, DATE, TIME, BOOLEAN, NUMBER = "General", "@", "date", "time", "boolean", "number"
_BITS = ((2, DATE), (4, TIME), (256, TEXT), (1024, BOOLEAN))
_QUOTED = re.compile(r'("[^"]*"|\[[^\]]*\]|\\.)')


def spelling(doc: Any, key: int) -> str:
    """The format `key` of a document as Excel spells it."""
    found = doc.NumberFormats.getByKey(key)
    if found.StandardFormat and not found.Type & (2 | 4 | 1024):
        return GENERAL
    parts = _QUOTED.split(found.FormatString)
    if found.Type & (2 | 4):
        parts[::2] = [part.lower() for part in parts[::2]]
    return "".join(parts)


def key_of(doc: Any, spelled: str) -> int:
    """The key of a format in a document, added where it is new."""
    formats, english = doc.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale", Language="en", Country="US")
    if spelled == GENERAL:
        return formats.getStandardIndex(english)
    known = formats.queryKey(spelled, english, False)
    return formats.addNew(spelled, english) if known == -1 else known


def kinds(sheet: Any, cells: Any) -> dict[str, list[Area]]:
    """The parts of a UNO range of a worksheet by the kind of their number format; plain numbers are left out."""
    found: dict[str, list[Area]] = {}
    for group in cells.getUniqueCellFormatRanges():
        if (kind := _kind(sheet, group.NumberFormat)) != NUMBER:
            found.setdefault(kind, []).extend(map(areas.of_uno, group.getRangeAddresses()))
    return found


def _kind(sheet: Any, key: int) -> str:
    known = sheet._memory.kinds
    if key not in known:
        found = sheet._doc.NumberFormats.getByKey(key)
        named = [kind for bit, kind in _BITS if found.Type & bit]
        known[key] = named[0] if named else GENERAL if found.StandardFormat else NUMBER
    return known[key]
