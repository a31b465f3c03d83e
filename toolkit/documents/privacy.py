"""Whether a finished document gives away personal information: ID numbers and mobile phones, wherever they hide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from toolkit.documents.docx_package import W, unpack
from toolkit.documents.wording import mask_id, mask_phone

# 第7至14位像出生日期才是身份证号：十八位全是数字的统一社会信用代码不是。
_ID = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]"
                 r"(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d([ -]?)\d{4}\1\d{4}(?![0-9A-Za-z])")
_PARAGRAPH = f"{{{W}}}p"
_TEXT = tuple(f"{{{W}}}{name}" for name in ("t", "delText", "instrText"))
_NO_TEXT = re.compile(r"(styles|settings|fontTable|webSettings|numbering|theme\d*|_Types\])\.xml$")
_PLACES = {"document": "正文", "comments": "批注", "header": "页眉", "footer": "页脚", "footnotes": "脚注",
           "endnotes": "尾注", "core": "文件属性", "app": "文件属性", "custom": "文件属性"}


def personal_information(docx: bytes, allowed: Iterable[str] = ()) -> list[str]:
    """What is found, masked, with its place: “身份证号 650102********1234（正文）”.

    Looks at text, tables, text boxes, hidden and deleted text, comments, picture descriptions and properties.
    `allowed` are texts, such as the office's own contact line, whose phone numbers may stand.
    """
    return found_in(unpack(docx), allowed)


def found_in(members: Mapping[str, bytes], allowed: Iterable[str] = ()) -> list[str]:
    """`personal_information` of an unpacked document."""
    fine = {_digits(found[0]) for text in allowed for found in _PHONE.finditer(_plain(text))}
    findings = []
    for name in sorted(members):
        if name.endswith(".xml") and not _NO_TEXT.search(name):
            place = _PLACES.get(re.sub(r"\d*\.xml$", "", name.rpartition("/")[2]), name)
            for text in map(_plain, _texts(members[name])):
                findings += [f"身份证号 {mask_id(found[0])}（{place}）" for found in _ID.finditer(text)]
                findings += [f"手机号 {mask_phone(_digits(found[0]))}（{place}）" for found in _PHONE.finditer(text)
                             if _digits(found[0]) not in fine]
    return list(dict.fromkeys(findings))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _texts(xml: bytes) -> Iterator[str]:
    """Paragraph by paragraph, so that a number split over runs is whole; other parts text by text; descriptions too."""
    from lxml import etree

    root = etree.fromstring(xml)
    if root.tag.startswith(f"{{{W}}}"):
        pieces: list[str] = []
        for node in root.iter(_PARAGRAPH, *_TEXT):
            if node.tag == _PARAGRAPH:
                yield "".join(pieces)
                pieces = []
            else:
                pieces.append(node.text or "")
        yield "".join(pieces)
        for described in root.iter("{*}docPr"):
            yield from (str(described.get(name, "")) for name in ("descr", "title", "name"))
    else:
        yield from map(str, root.itertext())
