"""The boxes of comments: shapes in the VML drawing that a sheet names in `legacyDrawing`, beside boxes and controls of others."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from lxml import etree

from toolkit.sheets.ooxml import xmltree
from toolkit.sheets.ooxml.boxes import Boxes
from toolkit.sheets.ooxml.package import Package
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.xmltree import child, children, remove

_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML, _OFFICE, _EXCEL = (f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel"))
_SPACES = f'xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}"'
_EMPTY = (f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>')
_BOX = "_x0000_t202"  # the built-in shape type of a text box
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="{_BOX}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>')
_SHAPE = (
    f'<v:shape {_SPACES} id="_x0000_s{{number}}" type="#{_BOX}" style="position:absolute;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
    'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
    "<x:Column>{column}</x:Column></x:ClientData></v:shape>")
_NUMBERED = re.compile(r"_x0000_s(\d{1,9})")
_BLOCK = 1024  # shape ids come in blocks that the drawing must claim


def draw(package: Package, part: str, sheet: SheetXml, notes: Mapping[tuple[int, int], str]) -> None:
    """Draw a box for each of these comments (zero-based place, text) on the sheet in `part`."""
    root = package.tree(drawing_of(package, part, sheet) or _new_drawing(package, part, sheet))
    taken = [int(found) for shape in children(root) for value in shape.attrib.values() for found in _NUMBERED.findall(str(value))]
    first, boxes = max([_BLOCK, *taken]) + 1, Boxes(sheet)
    if not any(shape.get("id") == _BOX for shape in children(root, "shapetype")):
        root.append(etree.fromstring(_SHAPE_TYPE))
    for number, ((row, column), note) in enumerate(notes.items(), first):
        anchor = boxes.anchor(row, column, note)
        root.append(etree.fromstring(_SHAPE.format(number=number, anchor=anchor, row=row, column=column)))
    if (claim := child(root, "shapelayout", "idmap")) is not None:
        claimed = [block for block in (claim.get("data") or "").split(",") if block]
        needed = [str(block) for block in range(first // _BLOCK, (first + len(notes) - 1) // _BLOCK + 1)]
        claim.set("data", ",".join(dict.fromkeys([*claimed, *needed])))


def erase(package: Package, part: str, sheet: SheetXml, gone: Collection[tuple[int, int]]) -> None:
    """Remove the boxes of the comments at these places; an empty drawing goes with them."""
    if name := drawing_of(package, part, sheet):
        for shape in list(children(package.tree(name), "shape")):
            if _place(shape) in gone:
                remove(shape)
        drop_if_empty(package, part, sheet, name)


def drop_if_empty(package: Package, part: str, sheet: SheetXml, name: str) -> None:
    """Let go of a VML drawing of the sheet that holds no shape any more."""
    if not any(xmltree.local(element) not in ("shapelayout", "shapetype") for element in children(package.tree(name))):
        sheet.drop("legacyDrawing")
        for relation in package.relationships(part):
            if relation.target == name:
                package.unrelate(part, relation.id)
        package.drop(name)


def drawing_of(package: Package, part: str, sheet: SheetXml) -> str | None:
    """The VML drawing that the sheet names, if it is there."""
    wanted = xmltree.relation_id(child(sheet.root, "legacyDrawing"))
    return next((relation.target for relation in package.relationships(part)
                 if relation.id == wanted and relation.target in package), None)


def _new_drawing(package: Package, part: str, sheet: SheetXml) -> str:
    name = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.declare_extension("vml", _TYPE)
    package.put(name, _EMPTY)
    sheet.drop("legacyDrawing")  # one whose drawing is missing
    sheet.insert(xmltree.relate(sheet.new("legacyDrawing"), package.relate(part, "vmlDrawing", name)))
    return name


def _place(shape: etree._Element) -> tuple[int, int] | None:
    """The cell whose comment a shape is the box of."""
    data = child(shape, "ClientData")
    if data is None or data.get("ObjectType") != "Note":
        return None
    row, column = ((found.text or "").strip() if (found := child(data, name)) is not None else "" for name in ("Row", "Column"))
    return (int(row), int(column)) if row.isdecimal() and column.isdecimal() else None
