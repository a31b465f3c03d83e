"""The style sheet: looks are added at the end, so that the ids of existing ones never move."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time

from lxml import etree

from toolkit.sheets import look
from toolkit.sheets.ooxml.xmltree import child, children, insert, make, number

# Order of the style sheet's children; a missing holder is put before those that follow it.
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
          "colors", "extLst")
# What no style sheet can do without: position 0 is what cells look like that say nothing of their look.
_MINIMAL = """<styleSheet xmlns="{namespace}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
_DATE_FORMATS: dict[type, str] = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm"}
_SPAN_FORMAT = "[h]:mm:ss"
_PLAIN_FORMATS = (0, 49)  # general and text, where a date would show as a bare number
_PLAIN_CODES = ("General", "@")
_FIRST_CUSTOM_FORMAT = 164  # lower number format ids are built in
_MOST_STYLES = 65_490  # with more of them Excel repairs the file

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a cell. Colours are #RRGGBB; no fill and no lines where they are empty."""

    font: str = look.FONT
    size: int = look.SIZE
    bold: bool = False
    underline: bool = False
    color: str = "#000000"
    fill: str = ""
    line: str = ""
    wrap: bool = False
    center: bool = False


def minimal(namespace: str) -> bytes:
    """The least there is to a style sheet."""
    return _MINIMAL.format(namespace=namespace).replace("\n", "").encode()


class _Holder:
    """The items of one list of the style sheet, each found by what it says. The list is walked once."""

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self.items = list(children(element))
        self._known: dict[_Key, int] | None = None

    def position(self, item: etree._Element, at_most: int | None = None) -> int:
        """Where the item stands; it is put at the end unless one like it is there. 0 where there is no more room."""
        if self._known is None:
            self._known = {}
            for position, known in enumerate(self.items):
                self._known.setdefault(_key(known), position)
        key = _key(item)
        if key not in self._known:
            if at_most is not None and len(self.items) >= at_most:
                return 0
            self._known[key] = len(self.items)
            self.items.append(item)
            self._element.append(item)
            self._element.set("count", str(len(self.items)))
        return self._known[key]


def _key(item: etree._Element) -> _Key:
    inside = [_key(element) for element in children(item)] if len(item) else ()
    return item.tag, frozenset(item.attrib.items()), *inside


class Styles:
    """The looks in the style sheet `root`. Ids are strings, as cells carry them; `` is the default style."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._holders: dict[str, _Holder] = {}
        self._dated: dict[tuple[str, type], str] = {}
        self._added: dict[Style, str] = {}
        formats = [(element.get("formatCode") or "", number(element, "numFmtId")) for element in self._listed("numFmts")]
        self._formats = dict(reversed(formats))  # of two with one code the first
        self._plain = {*_PLAIN_FORMATS, *(known for code, known in formats if code in _PLAIN_CODES)}
        self._next_format = max([_FIRST_CUSTOM_FORMAT - 1, *(known for _, known in formats)]) + 1

    def dated(self, style: str, kind: type) -> str:
        """The id of a style like this one that shows values of `kind` as dates or times.

        A style with another number format than general or text is left as it is: someone chose it.
        """
        key = style, kind
        if key not in self._dated:
            self._dated[key] = self._with_format(style, _DATE_FORMATS.get(kind, _SPAN_FORMAT))
        return self._dated[key]

    def add(self, style: Style) -> str:
        """The id of a cell style with this look."""
        if style not in self._added:
            self._added[style] = self._add(style)
        return self._added[style]

    def add_difference(self, fill: str, color: str) -> int:
        """The id of a differential style (for conditional formats) with this fill and text colour."""
        new = self._new
        return self._holder("dxfs").position(new(
            "dxf", {}, new("font", {}, new("color", {"rgb": _argb(color)})),
            new("fill", {}, new("patternFill", {}, new("bgColor", {"rgb": _argb(fill)})))))

    def _add(self, style: Style) -> str:
        new = self._new
        flags = [new(name) for name, wanted in (("b", style.bold), ("u", style.underline)) if wanted]
        font = self._holder("fonts").position(new("font", {}, *flags, new("sz", {"val": style.size}),
                                                  new("color", {"rgb": _argb(style.color)}), new("name", {"val": style.font}),
                                                  new("charset", {"val": 134})))
        fill = self._holder("fills").position(new("fill", {}, new(
            "patternFill", {"patternType": "solid"}, new("fgColor", {"rgb": _argb(style.fill)})))) if style.fill else 0
        border = self._holder("borders").position(new(
            "border", {}, *(new(side, {"style": "thin"}, new("color", {"rgb": _argb(style.line)}))
                            for side in ("left", "right", "top", "bottom")), new("diagonal"))) if style.line else 0
        self._holder("cellStyleXfs")
        horizontal = {"horizontal": "center"} if style.center else {}
        wrap = {"wrapText": 1} if style.wrap else {}
        return str(self._holder("cellXfs").position(new(
            "xf", {"numFmtId": 0, "fontId": font, "fillId": fill, "borderId": border, "xfId": 0, "applyFont": 1,
                   "applyFill": 1, "applyBorder": 1, "applyAlignment": 1},
            new("alignment", {"vertical": "center", **horizontal, **wrap})), _MOST_STYLES))

    def _with_format(self, style: str, code: str) -> str:
        existing = self._holder("cellXfs")
        index = int(style or 0)
        if index >= len(existing.items) or number(existing.items[index], "numFmtId") not in self._plain:
            return style
        new = deepcopy(existing.items[index])
        new.set("numFmtId", str(self._number_format(code)))
        new.set("applyNumberFormat", "1")
        position = existing.position(new, _MOST_STYLES)
        return str(position) if position else style

    def _number_format(self, code: str) -> int:
        if code not in self._formats:
            self._formats[code] = self._next_format
            self._next_format += 1
            self._holder("numFmts").position(self._new("numFmt", {"numFmtId": self._formats[code], "formatCode": code}))
        return self._formats[code]

    def _new(self, name: str, attributes: dict[str, object] | None = None, *inside: etree._Element) -> etree._Element:
        return make(self._root, name, attributes, *inside)

    def _listed(self, name: str) -> Collection[etree._Element]:
        element = child(self._root, name)
        return () if element is None else list(children(element))

    def _holder(self, name: str) -> _Holder:
        """The list of this name; with its first item where no style sheet can do without it."""
        if name not in self._holders:
            element = child(self._root, name)
            if element is None:
                element = insert(self._root, self._new(name), _ORDER[_ORDER.index(name) + 1:])
            self._holders[name] = holder = _Holder(element)
            needed = child(etree.fromstring(minimal(etree.QName(self._root).namespace or "")), name)
            for item in children(needed) if needed is not None and not holder.items else ():
                holder.position(item)
        return self._holders[name]


def _argb(color: str) -> str:
    return "FF" + color.removeprefix("#")
