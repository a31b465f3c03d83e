"""Every text of a Word or Excel package: what is printed, hidden, deleted, commented, computed, described, or said of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from toolkit.documents.docx_package import W
from toolkit.documents.plain_digits import EDGE

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WHOLE = ("p", "si", "is", "comment", "text")  # 一段、一格：里面的片段连起来读
_BREAKS = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "-"}
_XML = re.compile(r"\.(xml|rels|vml)$")
_MACHINE = re.compile(r"(rsid\w*|paraId|textId|durableId)$")
_BARE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z+ -]{11,40}(?![0-9A-Za-z])")
_LOCAL = re.compile(r"^\{[^}]*\}")

TextRow = list[str]


def local_name(tag: object) -> str:
    """A tag or attribute without its namespace; "" for comments and instructions."""
    return _LOCAL.sub("", tag) if isinstance(tag, str) else ""


def texts_of(name: str, content: bytes, strings: list[str]) -> tuple[list[str], list[TextRow]]:
    """(texts that stand for themselves, rows of texts that follow each other) of one part.

    strings: the workbook's shared strings. A part that is no XML gives the readable numbers in its bytes.
    lxml.etree.XMLSyntaxError where an XML part is broken.
    """
    if not _XML.search(name) and name != "[Content_Types].xml":
        return list(_in_bytes(content)), []
    root = parsed(content)
    rows = [list(_blocks(root)), *_columns(root)]
    if root.tag == f"{{{SHEET}}}worksheet":
        rows = [*_cells(root, strings), list(_blocks(root))]
    return list(_attributes(root)), rows


def parsed(content: bytes) -> Element:
    """The root of an XML part; entities and outside files are never read."""
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def shared_strings(members: Mapping[str, bytes]) -> list[str]:
    """The texts that cells of a workbook point to."""
    for name, content in members.items():
        if name.lower().endswith("sharedstrings.xml"):
            return [_text(entry) for entry in parsed(content).iter(f"{{{SHEET}}}si")]
    return []


def _in_bytes(content: bytes) -> Iterator[str]:
    for text in (content.decode("latin-1"), content.decode("utf-16-le", "ignore"), content[1:].decode("utf-16-le", "ignore")):
        yield from (match[0] for match in _BARE.finditer(text) if sum(map(str.isdigit, match[0])) >= 11 and match[0].isascii())


def _attributes(root: Element) -> Iterator[str]:
    for node in root.iter():
        if isinstance(node.tag, str):
            yield from (str(value) for key, value in node.attrib.items() if len(value) > 8 and not _MACHINE.search(local_name(key)))
        elif node.text:
            yield node.text


def _text(block: Element) -> str:
    """A paragraph's or cell's own text, pieces parted by `EDGE`; text boxes within have paragraphs of their own."""
    pieces: list[str] = []

    def walk(node: Element) -> None:
        name = local_name(node.tag)
        if name == "sym":
            pieces.append(_symbol(node))
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name and node.text:
            pieces.append(node.text)
        for child in node:
            if not _is_block(child):
                walk(child)
            if child.tail and child.tail.strip():
                pieces.append(child.tail)
    walk(block)
    return EDGE.join(piece for piece in pieces if piece)


def _symbol(node: Element) -> str:
    code = next((str(value) for key, value in node.attrib.items() if local_name(key) == "char"), "")
    return chr(int(code, 16) & 0xFF) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""


def _is_block(node: Element) -> bool:
    return local_name(node.tag) in _WHOLE


def _blocks(root: Element) -> Iterator[str]:
    """Paragraphs (cells, strings, comments) in order; outside of them each element's text."""
    word = root.tag.startswith(f"{{{W}}}") if isinstance(root.tag, str) else False
    inside: set[Element] = set()
    for node in root.iter():
        if _is_block(node):
            inside |= {child for child in node.iter() if child is not node}
            yield _text(node)
        elif not word and isinstance(node.tag, str) and node not in inside and node.text and node.text.strip():
            yield node.text


def _columns(root: Element) -> Iterator[TextRow]:
    """Columns of Word's tables, cell by cell downwards."""
    for table in root.iter(f"{{{W}}}tbl"):
        columns: dict[int, TextRow] = {}
        for row in table.findall(f"{{{W}}}tr"):
            for place, cell in enumerate(row.findall(f"{{{W}}}tc")):
                columns.setdefault(place, []).append(EDGE.join(map(_text, cell.iter(f"{{{W}}}p"))))
        yield from columns.values()


def _cells(root: Element, strings: list[str]) -> Iterator[TextRow]:
    """Rows and columns of a worksheet. A cell that holds a number stands alone: neighbours are other figures."""
    columns: dict[str, TextRow] = {}
    for row in root.iter(f"{{{SHEET}}}row"):
        texts: TextRow = []
        for cell in row.findall(f"{{{SHEET}}}c"):
            said = _said(cell, strings)
            texts.append(said)
            columns.setdefault(re.sub(r"\d", "", cell.get("r", "")), []).append(said)
        yield texts
    yield from columns.values()


def _said(cell: Element, strings: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{{{SHEET}}}v") or ""
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    if kind == "inlineStr":
        return EDGE.join(_text(entry) for entry in cell.findall(f"{{{SHEET}}}is"))
    return f"\u00a7{value}\u00a7" if kind in ("n", "") else value
