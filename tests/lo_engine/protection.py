"""What a protected sheet still allows. LibreOffice's interface has no word for it, so it is read from the file."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.lo_engine.objects import ComObject

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
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
    from tests.lo_engine.bridge import local_path
    if not doc.URL or not zipfile.is_zipfile(path := Path(local_path(doc.URL))):
        return dict.fromkeys(FLAGS, False)
    with zipfile.ZipFile(path) as package:
        found = re.search(rb"<sheetProtection\b[^>]*>", _sheet_part(package, sheet))
    given = dict(re.findall(r'(\w+)="([^"]*)"', found[0].decode())) if found else {}
    allowed = {flag: given.get(attribute) in ("0", "false") for flag, attribute in _ATTRIBUTES.items()}
    return allowed | {"DrawingObjects": given.get("objects") in ("1", "true"),
                      "Scenarios": given.get("scenarios") in ("1", "true")}


def _sheet_part(package: zipfile.ZipFile, sheet: str) -> bytes:
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    targets = {link.get("Id"): link.get("Target")
               for link in ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))}
    for entry in book.iter(f"{_MAIN}sheet"):
        if entry.get("name") == sheet:
            target = targets[entry.get(_ID)]
            return package.read(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return b""
