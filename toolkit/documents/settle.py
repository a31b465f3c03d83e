"""What depends on the texts themselves and is set when a document is filled: title lines, 标志 width, 署名 axis, merged cells.

Paragraphs are known by their style, so a template edited in Word settles as the shipped one does.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import TYPE_CHECKING

from toolkit.documents.column_widths import fit_lists
from toolkit.documents.docx_package import W
from toolkit.documents.measures import MM, PT, characters, number
from toolkit.documents.wording import title_lines, width

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TITLES = ("公文标题", "无红头标题", "附件标题", "表单标题")
MERGED = "密表内并格"
# 左右各留一字：排满一行的标题显得局促，换一台电脑的字体就会多出一行。
TITLE_LINE = floor(number("版心宽") * MM / PT / number("标题字号")) - 2
# 架构规定排在其后的属性。
_AFTER_SCALE = ("kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign",
                "lang")
_AFTER_INDENT = ("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
                 "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange")
_AFTER_KEEP = ("keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd", "tabs", "spacing", "ind", "jc",
               "rPr")
_AFTER_MERGE = ("hMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark")
LINE_CHARACTERS = number("每行字数")


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def style_ids(styles_xml: bytes) -> dict[str, str]:
    """Style name → id. Word keeps our ids, WPS renumbers them."""
    from lxml import etree

    styles = etree.fromstring(styles_xml).iter(_w("style"))
    return {name.get(_w("val"), ""): style.get(_w("styleId"), "") for style in styles if (name := style.find(_w("name"))) is not None}


def settle(root: Element, ids: Mapping[str, str]) -> str:
    """Set everything in a filled main part; returns the document's title ("" when no paragraph has a title style)."""
    titles = {ids[name] for name in TITLES if name in ids}
    title = ""
    for paragraph in list(root.iter(_w("p"))):
        id_ = _style_of(paragraph)
        if id_ is None:
            continue
        if id_ in titles:
            title = title or _text(paragraph)
            _break_title(paragraph)
        elif id_ in (ids.get("发文机关标志"), ids.get("信函标志")):
            _fit_mark(paragraph, number(f"{'信函' if id_ == ids.get('信函标志') else '发文机关'}标志字号"))
        elif id_ == ids.get("署名"):
            _set_axis(paragraph)
    if MERGED in ids:
        _merge_alike(root, ids[MERGED])
    fit_lists(root, {id_: name for name, id_ in ids.items()})
    return title


def _style_of(paragraph: Element) -> str | None:
    style = paragraph.find(f"{_w('pPr')}/{_w('pStyle')}")
    return None if style is None else style.get(_w("val"))


def _text(paragraph: Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(_w("t")))


def _break_title(paragraph: Element) -> None:
    """Lines of a title; one that someone already broke by hand stays as it is."""
    lines = title_lines(_text(paragraph), TITLE_LINE)
    if len(lines) == 1 or paragraph.find(f".//{_w('br')}") is not None:
        return
    first, *others = paragraph.iter(_w("t"))
    for other in others:
        other.text = ""
    first.text, last = lines[0], first
    for line in lines[1:]:
        broken, text = last.makeelement(_w("br")), last.makeelement(_w("t"))
        last.addnext(broken)
        broken.addnext(text)
        text.text, last = line, text


def _fit_mark(paragraph: Element, size: float) -> None:
    """A long 发文机关标志 is condensed to one line."""
    room = number("版心宽") * MM / PT / size
    scale = floor(100 * room / max(width(_text(paragraph)), 1))
    if scale < 100:
        for run in paragraph.iter(_w("r")):
            _put(_properties(run, "rPr"), "w", {"val": str(scale)}, before=_AFTER_SCALE)


def _set_axis(signer: Element) -> None:
    """署名 and 成文日期 centred on one axis: the date four characters from the right edge, unless the 署名 needs more.

    Source: GB/T 9704-2012 7.3.5.1
    """
    day = signer.getnext()
    if day is None or day.tag != _w("p"):
        return
    axis = max(number("成文日期右空") + width(_text(day)) / 2, width(_text(signer)) / 2)
    left = characters(max(LINE_CHARACTERS - 2 * axis, 0))
    for paragraph in (signer, day):
        _put(_properties(paragraph, "pPr"), "ind", {"left": str(left), "right": "0"}, before=_AFTER_INDENT)


def _merge_alike(root: Element, id_: str) -> None:
    """First cells of neighbouring rows that are in style `id_` and say the same become one cell, its rows kept on one page."""
    for table in root.iter(_w("tbl")):
        above, text_above = None, ""
        for row in table.findall(_w("tr")):
            cell = row.find(_w("tc"))
            text = "" if cell is None else _text_in(cell, id_)
            if cell is not None and text:
                _merge(cell, text == text_above)
                if above is not None and text == text_above:
                    _keep_with_next(above)
            above, text_above = row, text


def _text_in(cell: Element, id_: str) -> str:
    """The text of a cell whose first paragraph is in style `id_`, else ""."""
    paragraph = cell.find(_w("p"))
    return _text(cell) if paragraph is not None and _style_of(paragraph) == id_ else ""


def _merge(cell: Element, continues: bool) -> None:
    _put(_properties(cell, "tcPr"), "vMerge", {} if continues else {"val": "restart"}, before=_AFTER_MERGE)
    for run in list(cell.iter(_w("r"))) if continues else ():
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)


def _keep_with_next(row: Element) -> None:
    for properties in row.iter(_w("pPr")):
        _put(properties, "keepNext", {}, before=_AFTER_KEEP)


def _properties(element: Element, name: str) -> Element:
    """The properties of a paragraph, run or cell, which are its first child; made where Word left them out."""
    found = element.find(_w(name))
    if found is None:
        found = element.makeelement(_w(name))
        element.insert(0, found)
    return found


def _put(properties: Element, name: str, values: Mapping[str, str], before: tuple[str, ...]) -> None:
    """Set one property in its place: Word refuses properties out of the schema's order."""
    for old in properties.findall(_w(name)):
        properties.remove(old)
    followers = {_w(follower) for follower in before}
    place = next((index for index, child in enumerate(properties) if child.tag in followers), len(properties))
    properties.insert(place, properties.makeelement(_w(name), {_w(key): value for key, value in values.items()}))
