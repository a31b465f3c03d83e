"""What a protected sheet still allows. LibreOffice's interface has no word for it, so it is read from the file."""

from __future__ import annotations

import re
from typing import Any

from tests.lo_engine import stored
from tests.lo_engine.objects import ComObject

_ATTRIBUTES = {
    "AllowFormattingCells": "formatCells", "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows", "AllowInsertingColumns": "insertColumns", "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks", "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows", "AllowSorting": "sort", "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables"}
FLAGS = ("DrawingObjects", "Scenarios", *_ATTRIBUTES)
Flags = dict[str, bool]
_said: dict[tuple[str, str], Flags] = {}


def remember(doc: Any, sheet: str, flags: Flags) -> None:
    """Keep what a sheet was protected with."""
    _said[doc.RuntimeUID, sheet] = flags


def flags(doc: Any, sheet: str) -> Flags:
    """What a sheet was protected with here, or else in the file it came from."""
    place = doc.RuntimeUID, sheet
    if place not in _said:
        _said[place] = _in_file(doc, sheet)
    return _said[place]


class Protection(ComObject):
    """The permissions of a protected sheet, each True or False."""

    def __init__(self, allowed: Flags) -> None:
        self._allowed = allowed


for _flag in _ATTRIBUTES:
    setattr(Protection, _flag, property(lambda self, flag=_flag: self._allowed[flag]))


def _in_file(doc: Any, sheet: str) -> Flags:
    with stored.package(doc) as package:
        found = re.search(rb"<sheetProtection\b[^>]*>", package.read(part)) if (
            package and (part := stored.sheet_part(package, sheet))) else None
    given = dict(re.findall(r'(\w+)="([^"]*)"', found[0].decode())) if found else {}
    allowed = {flag: given.get(attribute) in ("0", "false") for flag, attribute in _ATTRIBUTES.items()}
    return allowed | {"DrawingObjects": given.get("objects") in ("1", "true"),
                      "Scenarios": given.get("scenarios") in ("1", "true")}
