"""A workbook without its macros: what is sent in, and what opens where macros may not run.

Takes out the VBA project, the ribbon, the buttons, and whichever sheets only serve the buttons. Everything else stays byte for byte.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from toolkit.sheets.ooxml import note_boxes
from toolkit.sheets.ooxml.package import CONTENT_TYPES, Package
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.workbook import SheetEntry, Workbook
from toolkit.sheets.ooxml.xmltree import child, children, local, relation_id, remove

_WITH, _WITHOUT = ("application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                   "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"


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
    for element in list(children(package.tree(CONTENT_TYPES))):
        if element.get("ContentType") == _WITH:
            element.set("ContentType", _WITHOUT)
        elif local(element) == "Default" and element.get("ContentType") == _PROJECT_TYPE:
            remove(element)
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


def _take_buttons(workbook: Workbook, entry: SheetEntry) -> None:
    """Remove what runs a macro from a sheet: as XlsxWriter draws it (VML), and as Excel saves it (control and shape as well)."""
    package, part = workbook.package, entry.part
    if not {relation.kind for relation in package.relationships(part)} & {"vmlDrawing", "ctrlProp", "drawing"}:
        return
    sheet = workbook.sheet(entry.name)
    controls = _take_controls(package, part, sheet)
    if name := note_boxes.drawing_of(package, part, sheet):
        shapes = [shape for shape in children(package.tree(name), "shape") if child(shape, "ClientData", "FmlaMacro") is not None]
        for shape in shapes:
            remove(shape)
        if shapes:
            note_boxes.drop_if_empty(package, part, sheet, name)
    _take_shapes(package, part, sheet, controls)


def _take_shapes(package: Package, part: str, sheet: SheetXml, controls: Collection[str]) -> None:
    """Remove the shapes that stand for these controls, and those that run a macro themselves; a drawing left empty goes too."""
    wanted = relation_id(child(sheet.root, "drawing"))
    for relation in package.relationships(part):
        if relation.id != wanted or relation.external or relation.target not in package:
            continue
        drawing = package.tree(relation.target)
        anchors = [anchor for anchor in children(drawing) if _runs_macro(anchor) or any(
            shape.get("id") in controls for shape in anchor.iter("{*}cNvPr"))]
        for anchor in anchors:
            remove(anchor)
        if anchors and next(children(drawing), None) is None:
            package.unrelate(part, relation.id)
            package.drop(relation.target)
            sheet.drop("drawing")


def _take_controls(package: Package, part: str, sheet: SheetXml) -> frozenset[str]:
    """Remove the form controls that run a macro, and the list of controls where none is left; returns the ids of their shapes."""
    taken: set[str] = set()
    for outer in list(children(sheet.root)):
        controls = outer if local(outer) == "controls" else child(outer, "Choice", "controls")
        if controls is None:
            continue
        items = list(children(controls))
        doomed = [item for item in items if _runs_macro(item)]
        for item in doomed:
            inner = list(item.iter("{*}control"))
            taken |= {shape for control in inner if (shape := control.get("shapeId"))}
            for wanted in {found for control in inner if (found := relation_id(control))}:
                _drop_related(package, part, wanted)
        for item in [outer] if len(doomed) == len(items) else doomed:
            remove(item)
    return frozenset(taken)


def _runs_macro(element: etree._Element) -> bool:
    return any(inner.get("macro") for inner in element.iter("{*}*"))


def _drop_related(package: Package, part: str, relationship_id: str) -> None:
    for relation in package.relationships(part):
        if relation.id == relationship_id and relation.kind == "ctrlProp":
            package.unrelate(part, relation.id)
            package.drop(relation.target)
