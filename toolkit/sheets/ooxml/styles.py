"""The style sheet: looks are added at the end, so that the ids of existing ones never move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from toolkit.sheets import look
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.xmltext import XmlElement, attribute

# Order of the style sheet's children; a missing holder is put before those that follow it.
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
          "colors", "extLst")
_DATE_FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss", time: "hh:mm"}
_SPAN_FORMAT = "[h]:mm:ss"
_PLAIN_FORMATS = (None, "0", "49")  # general and text, where a date would show as a bare number
_PLAIN_CODES = ("General", "@")
_FIRST_OWN_FORMAT = 164  # lower number format ids are built in


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


def _argb(color: str) -> str:
    return "FF" + color.removeprefix("#")


class Styles:
    """`xml` is the style sheet as it stands now. Ids are strings, as cells carry them; `` is the default style."""

    def __init__(self, xml: str) -> None:
        self.xml = xml
        self._p = xmltext.prefix(xml)
        self._dated: dict[tuple[str, type], str] = {}

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
        p = self._p
        font = self._append("fonts", "".join((
            f"<{p}font>", f"<{p}b/>" if style.bold else "", f"<{p}u/>" if style.underline else "",
            f'<{p}sz val="{style.size}"/><{p}color rgb="{_argb(style.color)}"/><{p}name val="{style.font}"/>',
            f'<{p}charset val="134"/></{p}font>')))
        fill = self._append("fills", (
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{_argb(style.fill)}"/></{p}patternFill>'
            f"</{p}fill>")) if style.fill else 0
        sides = "".join(f'<{p}{side} style="thin"><{p}color rgb="{_argb(style.line)}"/></{p}{side}>'
                        for side in ("left", "right", "top", "bottom"))
        border = self._append("borders", f"<{p}border>{sides}<{p}diagonal/></{p}border>") if style.line else 0
        horizontal = ' horizontal="center"' if style.center else ""
        wrap = ' wrapText="1"' if style.wrap else ""
        return str(self._append("cellXfs", (
            f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyFont="1" '
            f'applyFill="1" applyBorder="1" applyAlignment="1"><{p}alignment vertical="center"{horizontal}{wrap}/>'
            f"</{p}xf>")))

    def add_difference(self, fill: str, color: str) -> int:
        """The id of a differential style (for conditional formats) with this fill and text colour."""
        p = self._p
        return self._append("dxfs", (
            f'<{p}dxf><{p}font><{p}color rgb="{_argb(color)}"/></{p}font><{p}fill><{p}patternFill>'
            f'<{p}bgColor rgb="{_argb(fill)}"/></{p}patternFill></{p}fill></{p}dxf>'))

    def _with_format(self, style: str, code: str) -> str:
        existing = self._items("cellXfs")
        index = int(style or 0)
        if index >= len(existing):
            return style
        element = existing[index]
        tag, content = element.tag(self.xml), self.xml[element.opened:element.end]
        if attribute(tag, "numFmtId") not in (*_PLAIN_FORMATS, *self._formats_coded(*_PLAIN_CODES)):
            return style
        new = xmltext.with_attribute(tag, "numFmtId", self._number_format(code))
        new = xmltext.with_attribute(new, "applyNumberFormat", "1")
        return str(self._append("cellXfs", new + content))

    def _number_format(self, code: str) -> str:
        if existing := self._formats_coded(code):
            return existing[0]
        taken = [int(attribute(element.tag(self.xml), "numFmtId")) for element in self._items("numFmts")]
        new = str(max([_FIRST_OWN_FORMAT - 1, *taken]) + 1)
        self._append("numFmts", f'<{self._p}numFmt numFmtId="{new}" formatCode="{xmltext.escape_attribute(code)}"/>')
        return new

    def _formats_coded(self, *codes: str) -> list[str]:
        """The ids of the workbook's own number formats with one of these codes."""
        tags = [element.tag(self.xml) for element in self._items("numFmts")]
        return [attribute(tag, "numFmtId") for tag in tags if attribute(tag, "formatCode") in codes]

    def _items(self, holder: str) -> list[XmlElement]:
        element = xmltext.child(self.xml, holder)
        return xmltext.children(self.xml, element) if element else []

    def _append(self, holder: str, item: str) -> int:
        """The position of `item` in the holder, which gets it at its end unless it is there."""
        items = self._items(holder)
        for position, element in enumerate(items):
            if element.text(self.xml) == item:
                return position
        if xmltext.child(self.xml, holder) is None:
            followers = _ORDER[_ORDER.index(holder) + 1:]
            self.xml = xmltext.insert_child(self.xml, f"<{self._p}{holder}/>", followers)
        element = xmltext.child(self.xml, holder)
        counted = xmltext.with_attribute(element.tag(self.xml), "count", str(len(items) + 1))
        self.xml = xmltext.cut(self.xml, element.start, element.opened, counted)
        self.xml = xmltext.append_inside(self.xml, xmltext.child(self.xml, holder), item)
        return len(items)
