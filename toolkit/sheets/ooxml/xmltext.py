"""XML as text, for the rows of a sheet: found and changed in place, every other character left alone.

Texts handled here come from `decode`, which guarantees that they hold no comment and no CDATA section;
a `<` therefore always starts a tag.
"""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.sheets.scans.xml_parts import unescape

ATTRIBUTES = r"""(?:[^>"']|"[^"]*"|'[^']*')*?"""
_TAG = re.compile(rf"<([A-Za-z_][^\s/>]*){ATTRIBUTES}\s*/?>")
_DECLARED = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def decode(data: bytes) -> str:
    """The text of an XML part. Odd parts (UTF-16, comments, CDATA) are rewritten in the plain form first.

    Raises ValueError where the part is no text, or no well-formed XML in so far as it had to be rewritten.
    """
    return plain(data).decode("utf-8")


def plain(data: bytes) -> bytes:
    """An XML part as UTF-8 without byte order mark, comments and CDATA; ValueError as `decode`, of which it is the first half."""
    unmarked = data.removeprefix(b"\xef\xbb\xbf")
    declared = _DECLARED.match(unmarked[:200])
    usual = declared is None or declared[1].lower() in (b"utf-8", b"utf8")
    if usual and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not (b"!" in data and b"<!" in data):
        return unmarked
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
    try:
        return etree.tostring(etree.fromstring(data, parser), encoding="unicode").encode()
    except etree.XMLSyntaxError as cause:
        raise ValueError(str(cause)) from cause


@lru_cache(maxsize=256)
def _attribute(name: str) -> re.Pattern[str]:
    return re.compile(rf"""\s{re.escape(name)}\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def attribute(tag: str, name: str) -> str | None:
    """The value of an attribute of a start tag, unescaped; None where it is not there."""
    found = _attribute(name).search(tag)
    return unescape(found[1] if found[1] is not None else found[2]) if found else None


def with_attribute(tag: str, name: str, value: str) -> str:
    """The start tag with the attribute set; the others keep their order."""
    written = f' {name}="{escape_attribute(value)}"'
    if found := _attribute(name).search(tag):
        return tag[:found.start()] + written + tag[found.end():]
    opened = _TAG.match(tag)
    if opened is None:
        raise ValueError(tag)
    return tag[:opened.end(1)] + written + tag[opened.end(1):]


def without_attributes(tag: str, *names: str) -> str:
    """The start tag with these attributes gone."""
    for name in names:
        tag = _attribute(name).sub("", tag, count=1)
    return tag


def storable(text: str) -> str:
    """Characters that XML forbids, and `_x…_` written by people, in Excel's form `_xHHHH_`."""
    return _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def escape(text: str) -> str:
    """Text content of a part."""
    return storable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape_cell(text: str) -> str:
    """The reverse of `escape`."""
    return without_escapes(unescape(text))


def without_escapes(text: str) -> str:
    """Excel's `_xHHHH_` as the characters they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def escape_attribute(text: str) -> str:
    """An attribute value for double quotes; line ends survive."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
