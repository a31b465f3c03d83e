"""The style sheet: looks are added at the end, so that the ids of existing ones never move."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from lxml import etree

from toolkit.sheets import look
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.part_shell import PartShell
from toolkit.sheets.ooxml.xmltext import attribute
from toolkit.sheets.ooxml.xmltree import child, children, insert, make, number

# Order of the style sheet's children; a missing holder is put before those that follow it.
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
          "colors", "extLst")
_ITEMS = {"fonts": "font", "fills": "fill", "borders": "border", "cellStyleXfs": "xf", "cellXfs": "xf", "dxfs": "dxf"}
# What no style sheet can do without: position 0 is what cells look like that say nothing of their look.
_NEEDED = {
    "fonts": ('<{p}font><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>',),
    "fills": ('<{p}fill><{p}patternFill patternType="none"/></{p}fill>', '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>'),
    "borders": ("<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/><{p}diagonal/></{p}border>",),
    "cellStyleXfs": ('<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    "cellXfs": ('<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',)}
_DATE_FORMATS: dict[type, str] = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm"}
_SPAN_FORMAT = "[h]:mm:ss"
_PLAIN_FORMATS = (0, 49)  # general and text, where a date would show as a bare number
GENERAL = "General"
_PLAIN_CODES = (GENERAL, "@")
_FIRST_CUSTOM_FORMAT = 164  # lower number format ids are built in
_MOST_STYLES = 65_490  # with more of them Excel repairs the file


_NAME_ENDS = " >/\n\r\t"  # what may stand behind the name in a tag
_ALTERNATIVES = r"<((?:[\w.-]+:)?)AlternateContent[\s>].*?</\1AlternateContent>"
_FALLBACK = re.compile(r"<(?:[\w.-]+:)?Fallback>(.*)</(?:[\w.-]+:)?Fallback>", re.DOTALL)


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


def minimal(namespace: str) -> str:
    """The least there is to a style sheet."""
    lists = "".join(f'<{name} count="{len(items)}">{"".join(items).format(p="")}</{name}>' for name, items in _NEEDED.items())
    normal = '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{namespace}">{lists}{normal}</styleSheet>'


class StyleList:
    """One list of the style sheet as text: an item is asked for by what it says, or by where it stands.

    Some programs wrap items in an `AlternateContent`, each with a fallback for programs that do not know theirs: that is one item.
    """

    def __init__(self, body: str, item: str, prefix: str) -> None:
        self._body = body
        self._opening = f"<{prefix}{item}"
        self._has_alternatives = "AlternateContent" in body
        self._read = len(self._starts) if self._has_alternatives else self._count(len(body))
        self._added: dict[str, int] = {}

    def __len__(self) -> int:
        return self._read + len(self._added)

    def __str__(self) -> str:
        return "".join((self._body, *self._added))

    def _count(self, end: int) -> int:
        """How many items begin before this place in the text: counted faster than any pattern finds them."""
        most, found = self._body.count(self._opening, 0, end), 0  # `<xf` may also begin `<xfpb:…`
        for ending in _NAME_ENDS:
            if found == most:
                break
            found += self._body.count(self._opening + ending, 0, end)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        """Where the items begin."""
        return [found.start() for found in re.finditer(rf"{_ALTERNATIVES}|{self._opening}(?=[{_NAME_ENDS}])", self._body, re.DOTALL)]

    def item(self, position: int) -> str:
        """The item as it is written, of alternatives the one for everybody."""
        if position >= self._read:
            return list(self._added)[position - self._read]
        end = self._starts[position + 1] if position + 1 < self._read else None
        text = self._body[self._starts[position]:end].rstrip()
        found = _FALLBACK.search(text) if self._has_alternatives else None
        return found[1].strip() if found else text

    def find(self, item: str) -> int | None:
        """Where this item stands; None where it does not."""
        if item in self._added:
            return self._added[item]
        at = self._body.find(item)
        if at < 0:
            return None
        return bisect_right(self._starts, at) - 1 if self._has_alternatives else self._count(at)

    def position(self, item: str) -> int:
        """Where this item stands; it is put at the end unless it is there."""
        found = self.find(item)
        return self._added.setdefault(item, len(self)) if found is None else found


class Styles:
    """The looks of a style sheet. Ids are strings, as cells carry them; `` is the default style."""

    def __init__(self, xml: str) -> None:
        """`xml` as `xmltext.decode` gives it. UserError where it is damaged."""
        self._shell = PartShell(xml, tuple(_ITEMS))
        self._p = self._shell.prefix
        self._lists: dict[str, StyleList] = {}
        self._dated: dict[tuple[str, type], str] = {}
        self._added: dict[Style, str] = {}
        holder = child(self._root, "numFmts")
        formats = [] if holder is None else [(element.get("formatCode") or "", number(element, "numFmtId"))
                                             for element in children(holder)]
        self._formats = dict(reversed(formats))  # of two with one code the first
        self._plain = {*_PLAIN_FORMATS, *(known for code, known in formats if code in _PLAIN_CODES)}
        self._next_format = max([_FIRST_CUSTOM_FORMAT - 1, *(known for _, known in formats)]) + 1

    @property
    def _root(self) -> etree._Element:
        return self._shell.root

    def xml(self) -> str:
        """The style sheet as it stands now."""
        for name, items in self._lists.items():
            if (now := str(items)) != self._shell.inside[name]:
                self._shell.inside[name] = now
                self._holder(name).set("count", str(len(items)))
        return self._shell.xml()

    def dated(self, style: str, kind: type) -> str:
        """The id of a style like this one that shows values of `kind` as dates or times.

        A style with another number format than general or text is left as it is: someone chose it.
        """
        key = style, kind
        if key not in self._dated:
            self._dated[key] = self.with_format(style, _DATE_FORMATS.get(kind, _SPAN_FORMAT))
        return self._dated[key]

    def add(self, style: Style) -> str:
        """The id of a cell style with this look."""
        if style not in self._added:
            self._added[style] = self._cell_style(self._font(style), self._fill(style), self._border(style), style)
        return self._added[style]

    def add_difference(self, fill: str, color: str) -> int:
        """The id of a differential style (for conditional formats) with this fill and text colour."""
        p = self._p
        return self._list("dxfs").position(
            f'<{p}dxf><{p}font><{p}color rgb="{_argb(color)}"/></{p}font><{p}fill><{p}patternFill>'
            f'<{p}bgColor rgb="{_argb(fill)}"/></{p}patternFill></{p}fill></{p}dxf>')

    def _font(self, style: Style) -> int:
        p = self._p
        return self._list("fonts").position("".join((
            f"<{p}font>", f"<{p}b/>" if style.bold else "", f"<{p}u/>" if style.underline else "",
            f'<{p}sz val="{style.size}"/><{p}color rgb="{_argb(style.color)}"/><{p}name val="{style.font}"/>',
            f'<{p}charset val="134"/></{p}font>')))

    def _fill(self, style: Style) -> int:
        p = self._p
        return self._list("fills").position(
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{_argb(style.fill)}"/></{p}patternFill>'
            f"</{p}fill>") if style.fill else 0

    def _border(self, style: Style) -> int:
        p = self._p
        sides = "".join(f'<{p}{side} style="thin"><{p}color rgb="{_argb(style.line)}"/></{p}{side}>'
                        for side in ("left", "right", "top", "bottom"))
        return self._list("borders").position(f"<{p}border>{sides}<{p}diagonal/></{p}border>") if style.line else 0

    def _cell_style(self, font: int, fill: int, border: int, style: Style) -> str:
        p = self._p
        self._list("cellStyleXfs")
        horizontal = ' horizontal="center"' if style.center else ""
        wrap = ' wrapText="1"' if style.wrap else ""
        return self._put(
            f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyFont="1" '
            f'applyFill="1" applyBorder="1" applyAlignment="1"><{p}alignment vertical="center"{horizontal}{wrap}/>'
            f"</{p}xf>", "")

    def with_format(self, style: str, code: str) -> str:
        """The id of a style like this one with this number format; the same id where it has another than general or text."""
        existing, index = self._list("cellXfs"), int(style or 0)
        if index >= len(existing):
            return style
        item = existing.item(index)
        opened = item.index(">") + 1
        tag = item[:opened]
        if int(attribute(tag, "numFmtId") or 0) not in self._plain:
            return style
        tag = xmltext.with_attribute(tag, "numFmtId", str(self._number_format(code)))
        return self._put(xmltext.with_attribute(tag, "applyNumberFormat", "1") + item[opened:], style)

    def _put(self, item: str, otherwise: str) -> str:
        """The id of this cell style; another where there is no more room."""
        items = self._list("cellXfs")
        return otherwise if len(items) >= _MOST_STYLES and items.find(item) is None else str(items.position(item))

    def _number_format(self, code: str) -> int:
        if code not in self._formats:
            self._formats[code] = self._next_format
            self._next_format += 1
            holder = self._holder("numFmts")
            holder.append(make(holder, "numFmt", {"numFmtId": self._formats[code], "formatCode": code}))
            holder.set("count", str(len(holder)))
        return self._formats[code]

    def _holder(self, name: str) -> etree._Element:
        found = child(self._root, name)
        return insert(self._root, make(self._root, name), _ORDER[_ORDER.index(name) + 1:]) if found is None else found

    def _list(self, name: str) -> StyleList:
        """The list of this name; with its first items where no style sheet can do without them."""
        if name not in self._lists:
            self._holder(name)
            items = StyleList(self._shell.inside.setdefault(name, ""), _ITEMS[name], self._p)
            for item in () if len(items) else _NEEDED.get(name, ()):
                items.position(item.format(p=self._p))
            self._lists[name] = items
        return self._lists[name]


def _argb(color: str) -> str:
    return "FF" + color.removeprefix("#")
