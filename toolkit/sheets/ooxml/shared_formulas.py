"""Shared formulas: one cell holds the text, the others refer to it. Replacing that one must not empty the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from toolkit.sheets.grid import a1
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.xmltext import ATTRIBUTES, attribute


class Master(NamedTuple):
    """The cell that holds a shared formula: its group, its A1 address, its text."""

    group: str
    origin: str
    text: str


def shared_master(content: str, prefix: str, reference: str) -> Master | None:
    """The shared formula that this cell content holds the text of; None where it holds none."""
    found = re.search(rf"<{prefix}f(?=\s)({ATTRIBUTES})>([^<]+)</{prefix}f>", content)
    if found is None or attribute(found[1], "t") != "shared":
        return None
    return Master(attribute(found[1], "si") or "", reference, xmltext.unescape(found[2]))


def unshare(sheet: SheetXml, masters: Mapping[str, Master]) -> None:
    """Write out every reference to one of these shared formulas."""
    from openpyxl.formula.translate import Translator

    p = sheet.prefix
    formula = re.compile(rf"<{p}f(?=\s)({ATTRIBUTES})\s*(?:/>|></{p}f>)")
    pieces: list[str] = []
    position = 0
    for row in sheet.rows():
        for cell in sheet.cells(sheet.body[row.opened:row.closed]):
            found = formula.search(cell.content)
            if found is None or attribute(found[1], "t") != "shared":
                continue
            if master := masters.get(attribute(found[1], "si") or ""):
                moved = Translator("=" + master.text, origin=master.origin).translate_formula(a1(row.number, cell.column))
                inside = row.opened + cell.end - len(f"</{p}c>") - len(cell.content)
                pieces += (sheet.body[position:inside + found.start()],
                           f"<{p}f>{xmltext.escape(moved.removeprefix('='))}</{p}f>")
                position = inside + found.end()
    sheet.body = "".join((*pieces, sheet.body[position:]))
