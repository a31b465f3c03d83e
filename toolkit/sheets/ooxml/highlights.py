"""Coloured cells by conditional formats of our own, so that the cells' styles stay and clearing is exact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from toolkit.sheets.grid import a1
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.xmltree import children, number, remove

SIGN = '"校验标记"'
RULE_FORMULA = SIGN + '<>""'  # always true; by it our rules are known
_AREAS_PER_RULE = 200


def add(sheet: SheetXml, cells: Mapping[int, Iterable[tuple[int, int]]]) -> None:
    """Show cells (zero-based) in the differential style they are listed under, before all other rules."""
    wanted = [(style, areas[start:start + _AREAS_PER_RULE])
              for style, places in cells.items() for areas in [_areas(places)]
              for start in range(0, len(areas), _AREAS_PER_RULE)]
    if not wanted:
        return
    _renumber(sheet, lambda priority: priority + len(wanted))
    for priority, (style, areas) in reversed([*enumerate(wanted, 1)]):
        rule = sheet.new("cfRule", {"type": "expression", "dxfId": style, "priority": priority},
                         sheet.new("formula", text=RULE_FORMULA))
        sheet.insert(sheet.new("conditionalFormatting", {"sqref": " ".join(areas)}, rule))


def clear(sheet: SheetXml) -> None:
    """Remove our rules; the others get back the priorities they had."""
    gone = []
    for holder in list(children(sheet.root, "conditionalFormatting")):
        rules = list(children(holder, "cfRule"))
        ours = [rule for rule in rules if _is_ours(rule)]
        gone += [number(rule, "priority") for rule in ours]
        for rule in ours if len(ours) < len(rules) else [holder] if ours else []:
            remove(rule)
    if gone:
        _renumber(sheet, lambda priority: priority - sum(other < priority for other in gone))


def positions(sheet: SheetXml) -> tuple[int, ...]:
    """Which rules are ours, counted from 0 in the order of priority."""
    rules = [rule for holder in children(sheet.root, "conditionalFormatting") for rule in children(holder, "cfRule")]
    rules.sort(key=lambda rule: number(rule, "priority"))
    return tuple(place for place, rule in enumerate(rules) if _is_ours(rule))


def _is_ours(rule: etree._Element) -> bool:
    return any(SIGN in (formula.text or "") for formula in children(rule, "formula"))


def _renumber(sheet: SheetXml, new: Callable[[int], int]) -> None:
    for rule in sheet.root.iter("{*}cfRule"):
        if "priority" in rule.attrib:
            rule.set("priority", str(new(number(rule, "priority"))))


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
