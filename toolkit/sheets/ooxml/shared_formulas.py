"""Shared formulas: one cell holds the text, the others refer to it. Replacing that one must not empty the others."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.sheets.ooxml import xmltext
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


def unshare(body: str, cell: re.Pattern[str], prefix: str, masters: dict[str, Master]) -> str:
    """The rows with every reference to one of these shared formulas written out.

    `cell` matches one cell: group 1 its attributes, group 2 its content.
    """
    from openpyxl.formula.translate import Translator

    formula = re.compile(rf"<{prefix}f(?=\s)({ATTRIBUTES})\s*(?:/>|></{prefix}f>)")

    def written_out(found: re.Match[str]) -> str:
        content = found[2] or ""
        shared = formula.search(content)
        master = masters.get(attribute(shared[1], "si") or "") if shared and attribute(shared[1], "t") == "shared" else None
        if shared is None or master is None:
            return found[0]
        moved = Translator("=" + master.text, origin=master.origin).translate_formula(attribute(found[1], "r"))
        new = f"<{prefix}f>{xmltext.escape(moved.removeprefix('='))}</{prefix}f>"
        return found[0].replace(shared[0], new, 1)

    return cell.sub(written_out, body)
