"""Coloured cells by conditional formats of our own, so that the cells' styles stay and clearing is exact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from toolkit.sheets.grid import a1
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.sheetxml import SheetXml

SIGN = '"校验标记"'
RULE_FORMULA = SIGN + '<>""'  # always true; by it our rules are known
_AREAS_PER_RULE = 200
_PRIORITY = re.compile(rf"(<(?:[\w.-]+:)?cfRule(?=\s){xmltext.ATTRIBUTES}\spriority\s*=\s*[\"'])(-?\d+)")


def add(sheet: SheetXml, cells: Mapping[int, Iterable[tuple[int, int]]]) -> None:
    """Show cells (zero-based) in the differential style they are listed under, before all other rules."""
    p = sheet.prefix
    wanted = [(style, areas[start:start + _AREAS_PER_RULE])
              for style, places in cells.items() for areas in [_areas(places)]
              for start in range(0, len(areas), _AREAS_PER_RULE)]
    if not wanted:
        return
    sheet.shell = _renumbered(sheet.shell, lambda priority: priority + len(wanted))
    formula = xmltext.escape(RULE_FORMULA)
    sheet.insert("conditionalFormatting", "".join(
        f'<{p}conditionalFormatting sqref="{" ".join(areas)}"><{p}cfRule type="expression" dxfId="{style}" '
        f'priority="{priority}"><{p}formula>{formula}</{p}formula></{p}cfRule></{p}conditionalFormatting>'
        for priority, (style, areas) in enumerate(wanted, 1)))


def clear(sheet: SheetXml) -> None:
    """Remove our rules; the others get back the priorities they had."""
    text, gone = sheet.shell, []
    for element in reversed(xmltext.children(text)):
        if element.name != "conditionalFormatting" or "校验标记" not in element.text(text):
            continue
        rules = xmltext.children(text, element)
        ours = [rule for rule in rules if SIGN in xmltext.unescape(rule.text(text))]
        gone += [xmltext.number(rule.tag(text), "priority") for rule in ours]
        for rule in reversed(ours if len(ours) < len(rules) else [element]):
            text = xmltext.cut(text, rule.start, rule.end)
    if gone:
        sheet.shell = _renumbered(text, lambda priority: priority - sum(other < priority for other in gone))


def _renumbered(text: str, new: Callable[[int], int]) -> str:
    return _PRIORITY.sub(lambda found: f"{found[1]}{new(int(found[2]))}", text)


def _areas(places: Iterable[tuple[int, int]]) -> list[str]:
    """The places as A1 areas, neighbours below each other in one."""
    areas: list[list[int]] = []  # column, first row, last row
    for column, row in sorted({(column, row) for row, column in places}):
        if areas and areas[-1][0] == column and areas[-1][2] == row - 1:
            areas[-1][2] = row
        else:
            areas.append([column, row, row])
    return [a1(first, column) if first == last else f"{a1(first, column)}:{a1(last, column)}"
            for column, first, last in areas]
