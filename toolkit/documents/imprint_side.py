"""版记 on an even side, for papers printed on both sides of the sheet: behind the text where that ends on an odd one.

Source: GB/T 9704-2012 7.4 (版记 stands on the last side)
"""

from __future__ import annotations

from lxml import etree

from toolkit.documents.docx_package import MAIN_PART, W, pack, unpack
from toolkit.documents.settle import style_ids

_IMPRINT = "版记位置"
_BEFORE = ("pStyle", "keepNext", "keepLines")  # what the schema puts in front of a page break


def has_imprint(docx: bytes) -> bool:
    """Whether the document has a 版记."""
    return _place(unpack(docx))[1] is not None


def behind(docx: bytes) -> bytes:
    """The document with its 版记 on a side of its own behind the text; as it was where it has none."""
    members = unpack(docx)
    root, place = _place(members)
    if place is None:
        return docx
    breaking = etree.Element(_w("pageBreakBefore"))
    properties = place.find(_w("pPr"))
    assert properties is not None, "it has a style"
    at = sum(etree.QName(each).localname in _BEFORE for each in properties)
    properties.insert(at, breaking)
    return pack({**members, MAIN_PART: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)})


def _place(members: dict[str, bytes]) -> tuple[etree._Element, etree._Element | None]:
    """The main part, and the paragraph that the 版记 hangs on."""
    root = etree.fromstring(members[MAIN_PART])
    style = style_ids(members["word/styles.xml"]).get(_IMPRINT)
    named = (each for each in root.iter(_w("p")) if each.find(f"{_w('pPr')}/{_w('pStyle')}[@{_w('val')}='{style}']") is not None)
    return root, next(named, None) if style else None


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
