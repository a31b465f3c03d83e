"""Comments of our own beside those of the clerks: theirs stay as they are, ours can be removed without a trace.

A comment is kept twice: its text in the comments part, its box in a VML drawing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.sheets.grid import a1, from_a1
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.boxes import Boxes
from toolkit.sheets.ooxml.cellxml import text_element
from toolkit.sheets.ooxml.package import Package
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.xmltext import XmlElement, attribute

AUTHOR = "校验"
BEGIN, END = "〔校验〕", "〔校验完〕"  # around what we add to a comment of someone else, and around all that Excel writes for us
_OURS = re.compile(rf"(?:\n|&#10;|&#xA;)?{BEGIN}.*?{END}", re.S | re.I)
_TEXTS = re.compile(r"<(?:[\w.-]+:)?t(?:\s[^>]*)?>([^<]*)<")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY = f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'
_EMPTY_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    "</o:shapelayout></xml>")
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>')
_SHAPE = re.compile(r"<v:shape(?=[\s>]).*?</v:shape>", re.S)
_ROW, _COLUMN = re.compile(r"<x:Row>\s*(\d+)"), re.compile(r"<x:Column>\s*(\d+)")
_SHAPE_ID = re.compile(r'"_x0000_s(\d+)"')
_ID_BLOCKS = re.compile(r'(<o:idmap\b[^>]*\bdata=")([^"]*)')
_BLOCK = 1024  # shape ids come in blocks that the drawing must claim


def add(package: Package, part: str, sheet: SheetXml, notes: Mapping[tuple[int, int], str]) -> None:
    """Give cells (zero-based) of the sheet in `part` comments by 校验; a comment that is there gets ours at its end."""
    if not notes:
        return
    related = package.related(part, "comments")
    name = related.target if related else _new_comments(package, part)
    text, author = _with_author(package.text(name))
    there = {attribute(element.tag(text), "ref"): element for element in _comments(text)}
    joined = [(there[a1(*place)], note) for place, note in notes.items() if a1(*place) in there]
    for element, note in sorted(joined, reverse=True):
        text = _with_addition(text, element, note)
    new = {place: note for place, note in sorted(notes.items()) if a1(*place) not in there}
    p = xmltext.prefix(text)
    written = "".join(f'<{p}comment ref="{a1(*place)}" authorId="{author}"><{p}text><{p}r><{p}rPr><{p}sz val="9"/>'
                      f'<{p}rFont val="微软雅黑"/></{p}rPr>{text_element(p, note)}</{p}r></{p}text></{p}comment>'
                      for place, note in new.items())
    package.put(name, xmltext.append_inside(text, xmltext.needed(text, "commentList"), written))
    if new:
        _draw(package, part, sheet, new)


def clear(package: Package, part: str, sheet: SheetXml) -> None:
    """Remove what `add` put on the sheet in `part`."""
    related = package.related(part, "comments")
    if related is None:
        return
    text, gone = package.text(related.target), set()
    ours = _author_id(text)
    for element in reversed(_comments(text)):
        by_us = ours is not None and attribute(element.tag(text), "authorId") == str(ours)
        left = "" if by_us else _without_ours(element.text(text))
        if not left and (ref := attribute(element.tag(text), "ref")):
            gone.add(from_a1(ref))
        text = xmltext.cut(text, element.start, element.end, left)
    text = _without_author(text)
    if gone:
        _erase(package, part, sheet, gone)
    if _comments(text):
        package.put(related.target, text)
    elif gone:
        package.unrelate(part, related.id)
        package.drop(related.target)


def _new_comments(package: Package, part: str) -> str:
    name = package.free_name("xl/comments{}.xml")
    package.put(name, _EMPTY)
    package.declare(name, _TYPE)
    package.relate(part, "comments", name)
    return name


def _comments(text: str) -> list[XmlElement]:
    return xmltext.children(text, xmltext.child(text, "commentList"))


def _authors(text: str) -> list[XmlElement]:
    return xmltext.children(text, xmltext.child(text, "authors"))


def _author_id(text: str) -> int | None:
    names = [xmltext.unescape(text[author.opened:author.end].partition("<")[0]) for author in _authors(text)]
    return names.index(AUTHOR) if AUTHOR in names else None


def _with_author(text: str) -> tuple[str, int]:
    if (known := _author_id(text)) is not None:
        return text, known
    p, count = xmltext.prefix(text), len(_authors(text))
    return xmltext.append_inside(text, xmltext.needed(text, "authors"), f"<{p}author>{AUTHOR}</{p}author>"), count


def _without_author(text: str) -> str:
    """Our name leaves the list where it is the last: the other names keep their numbers."""
    authors = _authors(text)
    if authors and _author_id(text) == len(authors) - 1:
        return xmltext.cut(text, authors[-1].start, authors[-1].end)
    return text


def _without_ours(comment: str) -> str:
    """The comment's XML without our addition; "" where it was all there is. Excel cuts a text where the font changes."""
    places = [place for found in _TEXTS.finditer(comment) for place in range(*found.span(1))]
    text = "".join(comment[place] for place in places)
    ours = {places[at] for found in _OURS.finditer(text) for at in range(*found.span())}
    if ours and not _OURS.sub("", text).strip():
        return ""
    return "".join(character for place, character in enumerate(comment) if place not in ours)


def _with_addition(text: str, comment: XmlElement, note: str) -> str:
    """The comment's last piece of text with ours behind it."""
    p, whole = xmltext.prefix(text), comment.text(text)
    addition = f"\n{BEGIN}{xmltext.escape(note)}{END}"
    at = whole.rfind(f"</{p}t>")
    if at >= 0:
        return xmltext.cut(text, comment.start, comment.end, xmltext.cut(whole, at, at, addition))
    holder = xmltext.needed(text, "text", comment)
    return xmltext.append_inside(text, holder, f"<{p}r><{p}t>{addition[1:]}</{p}t></{p}r>")


def _drawing_of(package: Package, part: str, sheet: SheetXml) -> tuple[XmlElement, str] | None:
    """The sheet's `legacyDrawing` element and the name of the part it points to."""
    element = xmltext.child(sheet.shell, "legacyDrawing")
    if element is None:
        return None
    ids = xmltext.prefixed_values(element.tag(sheet.shell), "id")
    return next((element, rel.target) for rel in package.relationships(part) if rel.id in ids)


def _draw(package: Package, part: str, sheet: SheetXml, notes: Mapping[tuple[int, int], str]) -> None:
    if found := _drawing_of(package, part, sheet):
        name = found[1]
        drawing = package.text(name)
    else:
        name, drawing = package.free_name("xl/drawings/vmlDrawing{}.vml"), _EMPTY_DRAWING
        package.declare_extension("vml", _VML_TYPE)
        relation = package.relate(part, "vmlDrawing", name)
        sheet.insert("legacyDrawing", f"<{sheet.prefix}legacyDrawing {xmltext.relation(sheet.shell, relation)}/>")
    boxes = Boxes(sheet)
    first = max([_BLOCK, *map(int, _SHAPE_ID.findall(drawing))]) + 1
    shapes = "" if 'id="_x0000_t202"' in drawing else _SHAPE_TYPE
    shapes += "".join(_shape(number, *place, boxes.anchor(*place, note))
                      for number, (place, note) in enumerate(notes.items(), first))
    drawing = _ID_BLOCKS.sub(lambda found: found[1] + _blocks(found[2], first + len(notes)), drawing, count=1)
    end = drawing.rindex("</")
    package.put(name, xmltext.cut(drawing, end, end, shapes))


def _blocks(claimed: str, last: int) -> str:
    needed = [str(block) for block in range(1, last // _BLOCK + 1)]
    return ",".join(dict.fromkeys([*claimed.split(","), *needed]))


def _shape(number: int, row: int, column: int, anchor: str) -> str:
    return (f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
            'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
            'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
            '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
            f"<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>"
            f"<x:Column>{column}</x:Column></x:ClientData></v:shape>")


def _erase(package: Package, part: str, sheet: SheetXml, gone: set[tuple[int, int]]) -> None:
    found = _drawing_of(package, part, sheet)
    if found is None:
        return
    element, name = found
    drawing = _SHAPE.sub(lambda shape: "" if _place(shape[0]) in gone else shape[0], package.text(name))
    if _SHAPE.search(drawing):
        package.put(name, drawing)
        return
    relation = next(rel for rel in package.relationships(part) if rel.target == name)
    package.unrelate(part, relation.id)
    package.drop(name)
    sheet.shell = xmltext.cut(sheet.shell, element.start, element.end)


def _place(shape: str) -> tuple[int, int] | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]), int(column[1])) if row and column and 'ObjectType="Note"' in shape else None
