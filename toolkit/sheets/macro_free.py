"""A workbook without its macros: what is sent in, and what opens where macros may not run.

Takes out the VBA project, the ribbon, the buttons, and whichever sheets only serve the buttons. Everything else stays byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial

from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.package import CONTENT_TYPES, Package, Relationship
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.workbook import SheetEntry, Workbook
from toolkit.sheets.ooxml.xmltext import XmlElement, attribute

_WITH, _WITHOUT = ("application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                   "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
_SHAPE = re.compile(r"<v:shape(?=[\s>]).*?</v:shape>", re.S)
_SHAPE_ID = re.compile(r"""<xdr:cNvPr\s[^>]*?\bid\s*=\s*["'](\d+)""")
_CONTROL_SHAPE = re.compile(r"""\bshapeId\s*=\s*["'](\d+)""")
_RUNS_MACRO = re.compile(r"""\smacro\s*=\s*["'][^"']""")
Strip = Callable[[str], tuple[str, bool]]
"""A drawing's text without what has to go, and whether nothing is left in it."""


def without_macros(data: bytes, without_sheets: Collection[str]) -> bytes:
    """The workbook as .xlsx, also without the sheets named; the very bytes where there is nothing to take out.

    UserError where `data` is no OOXML workbook.
    """
    workbook = Workbook(data)
    package = workbook.package
    for entry in workbook.sheets():
        if entry.name in without_sheets:
            workbook.drop_sheet(entry.name)
    for entry in workbook.sheets():
        if entry.holds_cells:
            _take_buttons(workbook, entry)
    _take(package, workbook.part, "vbaProject")
    _take(package, "", "extensibility")
    package.put(CONTENT_TYPES, _plain_types(package.text(CONTENT_TYPES)))
    return workbook.save()


def _take(package: Package, part: str, kind: str) -> None:
    """Remove the parts that `part` is related to in this way, and what hangs on them alone."""
    for relation in package.relationships(part):
        if relation.kind == kind and not relation.external:
            for below in package.relationships(relation.target):
                if not below.external:
                    package.drop(below.target)
            package.unrelate(part, relation.id)
            package.drop(relation.target)


def _plain_types(types: str) -> str:
    """The content types of an .xlsx."""
    for element in reversed(xmltext.children(types)):
        if element.name == "Default" and attribute(element.tag(types), "ContentType") == _PROJECT_TYPE:
            types = xmltext.cut(types, element.start, element.end)
    return types.replace(_WITH, _WITHOUT)


def _take_buttons(workbook: Workbook, entry: SheetEntry) -> None:
    """Remove what runs a macro from a sheet: as XlsxWriter draws it (VML), and as Excel saves it (control and shape as well)."""
    package, related = workbook.package, {rel.id: rel for rel in workbook.package.relationships(entry.part)}
    if not {rel.kind for rel in related.values()} & {"vmlDrawing", "ctrlProp", "drawing"}:
        return
    sheet = workbook.sheet(entry.name)
    controls = _take_controls(package, entry.part, sheet)
    for name, strip in (("legacyDrawing", _without_button_shapes), ("drawing", partial(_without_shapes, controls))):
        element = xmltext.child(sheet.shell, name)
        if element is None:
            continue
        ids = xmltext.prefixed_values(element.tag(sheet.shell), "id")
        for relation in (related[i] for i in ids if i in related):
            _strip_drawing(package, entry.part, sheet, element, relation, strip)


def _strip_drawing(package: Package, part: str, sheet: SheetXml, element: XmlElement, relation: Relationship, strip: Strip) -> None:
    """Have `strip` take the buttons out of a drawing; a drawing left empty goes with the element that names it."""
    before = package.text(relation.target)
    after, is_empty = strip(before)
    if after == before:
        return
    if not is_empty:
        package.put(relation.target, after)
        return
    package.unrelate(part, relation.id)
    package.drop(relation.target)
    sheet.shell = xmltext.cut(sheet.shell, element.start, element.end)


def _without_button_shapes(drawing: str) -> tuple[str, bool]:
    drawing = _SHAPE.sub(lambda shape: "" if "<x:FmlaMacro>" in shape[0] else shape[0], drawing)
    return drawing, _SHAPE.search(drawing) is None


def _without_shapes(controls: frozenset[str], drawing: str) -> tuple[str, bool]:
    """Without the shapes that stand for these controls, and without those that run a macro themselves."""
    for anchor in reversed(xmltext.children(drawing)):
        text = anchor.text(drawing)
        if _RUNS_MACRO.search(text) or controls & set(_SHAPE_ID.findall(text)):
            drawing = xmltext.cut(drawing, anchor.start, anchor.end)
    return drawing, not xmltext.children(drawing)


def _take_controls(package: Package, part: str, sheet: SheetXml) -> frozenset[str]:
    """Remove the form controls that run a macro, and the list of controls where none is left; returns the ids of their shapes."""
    taken = set()
    for outer in reversed(xmltext.children(sheet.shell)):
        controls = _controls(sheet.shell, outer)
        if controls is None:
            continue
        text, items = sheet.shell, xmltext.children(sheet.shell, controls)
        doomed = [item for item in items if _RUNS_MACRO.search(item.text(text))]
        for item in doomed:
            taken |= set(_CONTROL_SHAPE.findall(item.text(text)))
            for relation_id in xmltext.prefixed_values(item.text(text), "id"):
                _drop_related(package, part, relation_id)
        for item in [outer] if len(doomed) == len(items) else reversed(doomed):
            sheet.shell = xmltext.cut(sheet.shell, item.start, item.end)
    return frozenset(taken)


def _controls(text: str, outer: XmlElement) -> XmlElement | None:
    """The `controls` element that a child of the sheet is, or wraps for programs that know it."""
    if outer.name == "controls":
        return outer
    choice = xmltext.child(text, "Choice", outer) if outer.name == "AlternateContent" else None
    return xmltext.child(text, "controls", choice) if choice else None


def _drop_related(package: Package, part: str, relation_id: str) -> None:
    for relation in package.relationships(part):
        if relation.id == relation_id and relation.kind == "ctrlProp":
            package.unrelate(part, relation.id)
            package.drop(relation.target)
