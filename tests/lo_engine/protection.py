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
ALLOWED = tuple(_ATTRIBUTES)
"""The permissions in the order in which Worksheet.Protect takes them, behind UserInterfaceOnly."""
FLAGS = ("DrawingObjects", "Scenarios", *ALLOWED)
Flags = dict[str, bool]


def remember(sheet: Any, flags: Flags) -> None:
    """Keep what a worksheet was protected with."""
    sheet._memory.protection[sheet._uno.Name] = flags


def flags(sheet: Any) -> Flags:
    """What a worksheet was protected with here, or else in the file it came from."""
    known, name = sheet._memory.protection, sheet._uno.Name
    if name not in known:
        known[name] = _in_file(sheet._doc, name)
    return known[name]


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
