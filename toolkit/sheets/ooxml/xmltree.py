"""XML parts as trees: everything in a workbook but the rows of its sheets. What a tree does not touch, it keeps.

Names are local names: a part may use any prefix, and the strict form of the standard has other namespaces. New elements take the
namespace of the one they are put into.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import cast

from lxml import etree

from toolkit.sheets.ooxml.xmltext import storable

_STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONSHIPS = f"{_STRICT}officeDocument/relationships"
_DECLARATION = re.compile(rb"<\?xml\s[^>]*\?>\s*")
_OTHER_ENCODING = re.compile(rb"""\sencoding\s*=\s*["'](?!utf-?8["'])""", re.I)
_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BOM = b"\xef\xbb\xbf"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, collect_ids=False)


def parse(part: bytes) -> etree._Element:
    """The document element. Raises ValueError where the part is no well-formed XML."""
    try:
        return etree.fromstring(part, _PARSER)
    except etree.XMLSyntaxError as cause:
        raise ValueError(str(cause)) from cause


def parse_vml(part: bytes) -> etree._Element:
    """The document element of a VML drawing. Excel itself writes line breaks in buttons as `<br>`, which is no XML."""
    try:
        return parse(part)
    except ValueError:
        return parse(part.replace(b"<br>", b"<br/>"))


def written(root: etree._Element, before: bytes) -> bytes:
    """The part as UTF-8, with the declaration it had `before`."""
    found = _DECLARATION.match(before.removeprefix(_BOM))
    declaration = found[0] if found else b""
    declaration = _DECLARED if _OTHER_ENCODING.search(declaration) else declaration
    return declaration + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


def namespace(element: etree._Element) -> str:
    """The namespace of an element, `` where it has none."""
    return etree.QName(element).namespace or ""


def relationships_namespace(strict: bool) -> str:
    """The namespace of relationship ids and of relationship types."""
    return _STRICT_RELATIONSHIPS if strict else _RELATIONSHIPS


def is_strict(name: str) -> bool:
    """Whether a namespace or a relationship type belongs to the strict form of the standard."""
    return name.startswith(_STRICT)


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def children(element: etree._Element, name: str = "*") -> Iterator[etree._Element]:
    """The child elements of this name; no comments, no processing instructions."""
    return element.iterchildren(f"{{*}}{name}")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of this name, or what the path of names leads to."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def make(like: etree._Element, name: str, attributes: Mapping[str, object] | None = None, *inside: etree._Element,
         text: str | None = None) -> etree._Element:
    """A new element in the namespace of `like`; characters that XML forbids take Excel's form `_xHHHH_`."""
    made = etree.Element(etree.QName(namespace(like) or None, name), nsmap=cast("dict[str, str]", like.nsmap))
    for key, value in (attributes or {}).items():
        made.set(key, storable(str(value)))
    made.extend(inside)
    if text is not None:
        made.text = storable(text)
        if text != text.strip() or "\n" in text:
            made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def insert(parent: etree._Element, new: etree._Element, followers: Collection[str]) -> etree._Element:
    """Put `new` before the first child named in `followers`, else at the end; returns it."""
    for element in children(parent):
        if local(element) in followers:
            element.addprevious(new)
            return new
    parent.append(new)
    return new


def remove(element: etree._Element) -> None:
    """Take an element out; where the part is indented, the space before it goes with it."""
    previous, parent = element.getprevious(), element.getparent()
    if parent is None:
        raise ValueError("the document element stays")
    if element.tail is not None:
        if previous is not None:
            previous.tail = element.tail
        else:
            parent.text = element.tail
    parent.remove(element)


def number(element: etree._Element | None, name: str, default: int = 0) -> int:
    """A whole number in an attribute; `default` where there is none."""
    written = "" if element is None else (element.get(name) or "").strip()
    return int(written) if re.fullmatch(r"-?[0-9]{1,18}", written) else default


def measure(element: etree._Element | None, name: str, default: float) -> float:
    """A measure in an attribute; `default` where there is none."""
    try:
        return float("" if element is None else element.get(name) or "")
    except ValueError:
        return default


def is_set(element: etree._Element | None, name: str) -> bool:
    """Whether an attribute says yes."""
    return element is not None and element.get(name) in ("1", "true", "on")


def relation_id(element: etree._Element | None) -> str | None:
    """The id of the relationship an element stands for (`r:id`, whatever its prefix)."""
    values = [] if element is None else [value for name, value in element.attrib.items() if str(name).endswith("}id")]
    return str(values[0]) if values else None


def relate(element: etree._Element, relationship_id: str) -> etree._Element:
    """Let an element stand for another relationship; returns it."""
    for name in [name for name in element.attrib if str(name).endswith("}id")]:
        del element.attrib[name]
    element.set(f"{{{relationships_namespace(is_strict(namespace(element)))}}}id", relationship_id)
    return element
