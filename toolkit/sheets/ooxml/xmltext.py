"""XML as text: find elements and change them in place, leaving every other character alone.

Texts handled here come from `decode`, which guarantees that they hold no comment and no CDATA section;
a `<` therefore always starts a tag.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from toolkit.errors import UserError

INCOMPLETE = "工作簿里缺少“{what}”，文件不完整。请用 Excel 打开后另存为 .xlsx，再试一次。"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ATTRIBUTES = r"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
TAG = re.compile(rf"<(/?)([A-Za-z_][^\s/>]*)({ATTRIBUTES})\s*(/?)>")
_RELATION_PREFIX = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["'][^"']*/officeDocument/(?:2006/)?relationships["']""")
_DECLARED = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|amp|lt|gt|quot|apos);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class XmlElement(NamedTuple):
    """One element of a text: local name, where it starts, where its start tag ends, where it ends."""

    name: str
    start: int
    opened: int
    end: int

    def tag(self, xml: str) -> str:
        """The start tag."""
        return xml[self.start:self.opened]

    def text(self, xml: str) -> str:
        """The whole element."""
        return xml[self.start:self.end]


def decode(data: bytes) -> str:
    """The text of an XML part. Odd parts (UTF-16, comments, CDATA) are rewritten in the plain form first."""
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    plain = declared is None or declared[1].lower() in (b"utf-8", b"utf8")
    if plain and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"<!" not in data:
        return data.decode("utf-8-sig")
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
    return etree.tostring(etree.fromstring(data, parser), encoding="unicode")


def local(name: str) -> str:
    """`x:row` → `row`."""
    return name.rpartition(":")[2]


def root(xml: str) -> re.Match[str]:
    """The start tag of the document element, as a match of TAG."""
    found = TAG.search(xml)
    if found is None:
        raise UserError(INCOMPLETE.format(what="内容"))
    return found


def prefix(xml: str) -> str:
    """The prefix of the document element with its colon: `x:`, or `` where the namespace is the default one."""
    head, colon, _ = root(xml)[2].rpartition(":")
    return head + colon


def children(xml: str, inside: XmlElement | None = None) -> list[XmlElement]:
    """The direct children of the document element, or of the element `inside`."""
    position, stop = (inside.opened, inside.end) if inside else (root(xml).end(), len(xml))
    found: list[XmlElement] = []
    depth, first = 0, None
    for tag in TAG.finditer(xml, position, stop):
        if tag[1]:
            depth -= 1
            if depth == 0 and first:
                found.append(XmlElement(local(first[2]), first.start(), first.end(), tag.end()))
            elif depth < 0:
                break
        elif tag[4]:
            if depth == 0:
                found.append(XmlElement(local(tag[2]), tag.start(), tag.end(), tag.end()))
        else:
            first = first if depth else tag
            depth += 1
    return found


def child(xml: str, name: str, inside: XmlElement | None = None) -> XmlElement | None:
    """The first direct child with this local name."""
    return next((element for element in children(xml, inside) if element.name == name), None)


def needed(xml: str, name: str, inside: XmlElement | None = None) -> XmlElement:
    """The first direct child with this local name. UserError where there is none: the file is not complete."""
    element = child(xml, name, inside)
    if element is None:
        raise UserError(INCOMPLETE.format(what=name))
    return element


def cut(xml: str, start: int, end: int, new: str = "") -> str:
    """`xml` with xml[start:end] replaced."""
    return xml[:start] + new + xml[end:]


def append_inside(xml: str, element: XmlElement, new: str) -> str:
    """`xml` with `new` as the last child of `element`."""
    tag = element.tag(xml)
    if element.opened < element.end:
        at = xml.rindex("</", element.start, element.end)
        return cut(xml, at, at, new)
    opened = tag[:tag.rindex("/")].rstrip() + ">"
    return cut(xml, element.start, element.end, f"{opened}{new}</{root(tag)[2]}>")


def append_child(xml: str, new: str) -> str:
    """`xml` with `new` as the last child of the document element."""
    top = root(xml)
    return append_inside(xml, XmlElement(local(top[2]), top.start(), top.end(), top.end() if top[4] else len(xml)), new)


def insert_child(xml: str, new: str, followers: tuple[str, ...]) -> str:
    """`xml` with `new` before the first child named in `followers`, else as the last child."""
    for element in children(xml):
        if element.name in followers:
            return cut(xml, element.start, element.start, new)
    return append_child(xml, new)


@lru_cache(maxsize=256)
def _attribute(name: str) -> re.Pattern[str]:
    return re.compile(rf"""\s{re.escape(name)}\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def attribute(tag: str, name: str) -> str | None:
    """The value of an attribute of a start tag, unescaped; None where it is not there."""
    found = _attribute(name).search(tag)
    return unescape(found[1] if found[1] is not None else found[2]) if found else None


def number(tag: str, name: str) -> int:
    """The whole number in an attribute of a start tag. UserError where there is none: the file is not complete."""
    try:
        return int(attribute(tag, name) or "")
    except ValueError:
        raise UserError(INCOMPLETE.format(what=name)) from None


def prefixed_values(tag: str, name: str) -> list[str]:
    """The values of all attributes with this local name and some prefix (`r:id`, `d3p1:id`)."""
    return [unescape(found[1]) for found in re.finditer(rf"""\s[\w.-]+:{name}\s*=\s*["']([^"']*)["']""", tag)]


def relation(xml: str, relationship_id: str) -> str:
    """The attribute that names a relationship, in the prefix of this text or one declared on the spot."""
    declared = _RELATION_PREFIX.search(root(xml)[3])
    if declared:
        return f'{declared[1]}:id="{relationship_id}"'
    return f'xmlns:r="{RELATIONSHIPS}" r:id="{relationship_id}"'


def rich_text(xml: str, item: XmlElement) -> str:
    """The text of a string item: its `t` and those of its runs, without phonetic hints."""
    texts = []
    for part in children(xml, item):
        if part.name == "t" and part.opened < part.end:
            texts.append(unescape_cell(xml[part.opened:xml.rindex("</", part.start, part.end)]))
        elif part.name == "r":
            texts.append(rich_text(xml, part))
    return "".join(texts)


def with_attribute(tag: str, name: str, value: str) -> str:
    """The start tag with the attribute set; the others keep their order."""
    written = f' {name}="{escape_attribute(value)}"'
    if found := _attribute(name).search(tag):
        return cut(tag, found.start(), found.end(), written)
    end = len(root(tag)[2]) + 1
    return cut(tag, end, end, written)


def without_attributes(tag: str, *names: str) -> str:
    """The start tag with these attributes gone."""
    for name in names:
        tag = _attribute(name).sub("", tag, count=1)
    return tag


def unescape(text: str) -> str:
    """Character and predefined entity references resolved."""
    return _ENTITY.sub(_resolve, text) if "&" in text else text


def _resolve(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    return chr(int(name[1:])) if name.startswith("#") else _NAMED[name]


def escape(text: str) -> str:
    """Text content. Characters XML forbids, and `_x…_` written by people, take Excel's form `_xHHHH_`."""
    text = _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape_cell(text: str) -> str:
    """The reverse of `escape`."""
    return without_escapes(unescape(text))


def without_escapes(text: str) -> str:
    """Excel's `_xHHHH_` as the characters they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def escape_attribute(text: str) -> str:
    """An attribute value for double quotes; line ends survive."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
