"""What cells accept: data validation, a dropdown among it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.sheets.grid import a1, from_a1
from toolkit.sheets.ooxml.sheetxml import MAX_COLUMNS, MAX_ROWS, SheetXml
from toolkit.sheets.ooxml.xmltree import child, children

ANY, LIST = "none", "list"


@dataclass(frozen=True, slots=True)
class Validation:
    """What a cell accepts, and what it says. `kind` and `operator` as files write them (`list`, `date`, `greaterThanOrEqual` …).

    `first`, `second`: what is compared with, as formulas without `=`; of a list its texts, `"是,否"`, or the formula of their cells.
    `asks`: something else is asked about, not refused.
    """

    kind: str = ANY
    operator: str = "between"
    first: str = ""
    second: str = ""
    asks: bool = False
    input_title: str = ""
    input_message: str = ""
    error_title: str = ""
    error_message: str = ""


def add(sheet: SheetXml, column: int, rows: tuple[int, int], rule: Validation) -> None:
    """Let the cells of a zero-based column, from the first to the last row, accept what the rule says; where a rule holds for any of
    them already, it stays and nothing is added."""
    if any(left <= column <= right and top <= rows[1] and bottom >= rows[0] for top, left, bottom, right in _covered(sheet)):
        return
    holder = child(sheet.root, "dataValidations")
    if holder is None:
        holder = sheet.insert(sheet.new("dataValidations"))
    holder.append(_element(sheet, f"{a1(rows[0], column)}:{a1(rows[1], column)}", rule))
    holder.set("count", str(len(list(children(holder)))))


def _element(sheet: SheetXml, area: str, rule: Validation) -> etree._Element:
    said = {"type": rule.kind, "errorStyle": "warning" if rule.asks else "stop", "operator": rule.operator, "errorTitle": rule.error_title,
            "error": rule.error_message, "promptTitle": rule.input_title, "prompt": rule.input_message}
    usual = {"errorStyle": "stop", "type": ANY, "operator": "between"}
    written = {name: value for name, value in said.items() if value not in ("", usual.get(name))}
    formulas = [sheet.new(name, text=text) for name, text in (("formula1", rule.first), ("formula2", rule.second)) if text]
    return sheet.new("dataValidation", {**written, "allowBlank": 1, "showInputMessage": 1, "showErrorMessage": 1, "sqref": area}, *formulas)


def _covered(sheet: SheetXml) -> Iterator[tuple[int, int, int, int]]:
    """Top, left, bottom and right of every area with a rule; rules that name other sheets stand in an extension."""
    for element in sheet.root.iter("{*}dataValidation"):
        inside = child(element, "sqref")
        for area in (element.get("sqref") or (inside.text if inside is not None else "") or "").replace("$", "").split():
            yield _corners(area)


def _corners(area: str) -> tuple[int, int, int, int]:
    """The corners of `B2`, `B2:C9`, `B:C` or `2:9`; of anything else the whole sheet, so that nothing is added to what is not understood."""
    first, _, last = area.partition(":")
    last = last or first
    try:
        if first.isalpha():
            return 0, from_a1(f"{first}1")[1], MAX_ROWS - 1, from_a1(f"{last}1")[1]
        if first.isdecimal():
            return int(first) - 1, 0, int(last) - 1, MAX_COLUMNS - 1
        return (*from_a1(first), *from_a1(last))
    except ValueError:
        return 0, 0, MAX_ROWS - 1, MAX_COLUMNS - 1
