"""The workbook part: which sheets there are, named ranges, recalculation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from toolkit.errors import UserError
from toolkit.sheets.ooxml import styles, xmltext, xmltree
from toolkit.sheets.ooxml.package import TIGHT, Package
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.styles import Styles
from toolkit.sheets.ooxml.xmltree import child, children, insert, local, make, number

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_AFTER_SHEETS = ("functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews",
                 "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst")
_AFTER_NAMES = _AFTER_SHEETS[_AFTER_SHEETS.index("definedNames") + 1:]
_AFTER_CALCULATION = _AFTER_NAMES[1:]


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet of the workbook: its name, its part, its zero-based position, and whether it holds cells."""

    name: str
    part: str
    position: int
    holds_cells: bool


class DefinedName(NamedTuple):
    """A name, the position of the sheet it is local to, what it stands for, and its element."""

    name: str
    position: int | None
    content: str
    element: etree._Element


class Workbook:
    """One workbook being edited."""

    def __init__(self, data: bytes) -> None:
        """UserError where `data` is no OOXML workbook."""
        self.package = Package(data)
        main = self.package.related("", "officeDocument")
        if main is None:
            raise UserError("这个文件不是 Excel 工作簿。请确认选对了文件，用 Excel 打开后另存为 .xlsx，再试一次。")
        self.part = main.target
        if local(self._root) != "workbook":
            raise UserError("这个文件不是 Excel 工作簿。请确认选对了文件，用 Excel 打开后另存为 .xlsx，再试一次。")
        self._open: dict[str, SheetXml] = {}

    @property
    def _root(self) -> etree._Element:
        return self.package.tree(self.part)

    @property
    def namespace(self) -> str:
        """The namespace of the workbook's own parts: that of the strict form, or the usual one."""
        return xmltree.namespace(self._root)

    @property
    def date1904(self) -> bool:
        """Whether dates are counted from 1904."""
        return xmltree.is_set(child(self._root, "workbookPr"), "date1904")

    def sheets(self) -> list[SheetEntry]:
        """All sheets, in the order of their tabs."""
        targets = {rel.id: rel for rel in self.package.relationships(self.part)}
        entries = []
        for position, element in enumerate(self._listed("sheets")):
            if relation := targets.get(xmltree.relation_id(element) or ""):
                name = xmltext.without_escapes(element.get("name") or "")
                entries.append(SheetEntry(name, relation.target, position, relation.kind == "worksheet"))
        return entries

    def _listed(self, holder: str) -> list[etree._Element]:
        element = child(self._root, holder)
        return [] if element is None else list(children(element))

    def entry(self, name: str) -> SheetEntry:
        """The sheet of this name, whatever its case. UserError names it where it is missing or is a chart."""
        found = next((entry for entry in self.sheets() if entry.name.casefold() == name.casefold()), None)
        if found is None:
            there = "、".join(entry.name for entry in self.sheets())
            raise UserError(f"工作簿里没有“{name}”工作表（现有：{there}）。请恢复这张工作表，或改回原来的表名。")
        if not found.holds_cells:
            raise UserError(f"“{name}”是图表页，不能写入单元格。请改用普通工作表，再试一次。")
        return found

    def sheet(self, name: str) -> SheetXml:
        """The sheet of this name, open for editing; `save` writes it back."""
        part = self.entry(name).part
        if part not in self._open:
            self._open[part] = SheetXml(self.package.text(part))
        return self._open[part]

    @cached_property
    def styles(self) -> Styles:
        """The style sheet, open for editing; a new one where there is none. `save` writes it back."""
        return Styles(self.package.text(self._styles_part))

    @cached_property
    def _styles_part(self) -> str:
        if related := self.package.related(self.part, "styles"):
            return related.target
        part = self.package.free_name("xl/styles{}.xml") if "xl/styles.xml" in self.package else "xl/styles.xml"
        self.package.add(part, styles.minimal(self.namespace), _STYLES_TYPE)
        self.package.relate(self.part, "styles", part)
        return part

    def shared_texts(self) -> list[str]:
        """The shared strings, phonetic hints left out."""
        related = self.package.related(self.part, "sharedStrings")
        if related is None:
            return []
        return [xmltext.without_escapes("".join(_texts(item))) for item in children(self.package.tree(related.target), "si")]

    def add_sheet(self, name: str, xml: str) -> None:
        """Add a worksheet behind the others."""
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.add(part, xml, _SHEET_TYPE)
        relation = self.package.relate(self.part, "worksheet", part)
        holder = child(self._root, "sheets")
        if holder is None:
            holder = insert(self._root, make(self._root, "sheets"), _AFTER_SHEETS)
        taken = [number(element, "sheetId") for element in children(holder)]
        holder.append(xmltree.relate(make(holder, "sheet", {"name": name, "sheetId": max(taken, default=0) + 1}), relation))

    def replace_sheet(self, name: str, xml: str) -> None:
        """Put another sheet in the place of the one of this name; what hung on it goes."""
        part = self.entry(name).part
        for relation in self.package.relationships(part):
            self.package.unrelate(part, relation.id)
            if not relation.external:
                self.package.drop(relation.target)
        self._open.pop(part, None)
        self.package.put(part, xml)

    def drop_sheet(self, name: str) -> None:
        """Remove a sheet with what hung on it and the names that stand for its cells; another one comes to the front if it was there."""
        gone = self.entry(name)
        for relation in self.package.relationships(gone.part):
            if not relation.external:
                self.package.drop(relation.target)
        self._open.pop(gone.part, None)
        self.package.drop(gone.part)
        for relation in self.package.relationships(self.part):
            if relation.target == gone.part:
                self.package.unrelate(self.part, relation.id)
        xmltree.remove(self._listed("sheets")[gone.position])
        self._forget_names(gone)
        for view in self._listed("bookViews"):
            for attribute in ("activeTab", "firstSheet"):
                if number(view, attribute) > gone.position:
                    view.set(attribute, str(number(view, attribute) - 1))
        self._forget_chain()

    def _forget_names(self, gone: SheetEntry) -> None:
        """Names local to the sheet or over its cells go; those local to a sheet behind it follow that sheet."""
        quoted = "'" + gone.name.replace("'", "''") + "'!"
        for name in self.names():
            written = quoted in name.content or re.search(rf"(?<!\w){re.escape(gone.name)}!", name.content)
            if name.position == gone.position or written:
                xmltree.remove(name.element)
            elif name.position is not None and name.position > gone.position:
                name.element.set("localSheetId", str(name.position - 1))
        holder = child(self._root, "definedNames")
        if holder is not None and not self.names():
            xmltree.remove(holder)

    def names(self) -> list[DefinedName]:
        """The defined names."""
        return [DefinedName(element.get("name") or "", number(element, "localSheetId") if "localSheetId" in element.attrib else None,
                            element.text or "", element) for element in self._listed("definedNames")]

    def set_name(self, name: str, position: int | None, content: str, hidden: bool = False) -> None:
        """Define a name, or change what it stands for. `position`: the sheet it is local to."""
        for known in self.names():
            if (known.name, known.position) == (name, position):
                known.element.text = content
                return
        place: dict[str, object] = {} if position is None else {"localSheetId": position}
        shown: dict[str, object] = {"hidden": 1} if hidden else {}
        holder = child(self._root, "definedNames")
        if holder is None:
            holder = insert(self._root, make(self._root, "definedNames"), _AFTER_NAMES)
        holder.append(make(holder, "definedName", {"name": name, **place, **shown}, text=content))

    def recalculate(self) -> None:
        """Have every formula computed when the workbook is opened next."""
        element = child(self._root, "calcPr")
        if element is None:
            element = insert(self._root, make(self._root, "calcPr"), _AFTER_CALCULATION)
        element.set("fullCalcOnLoad", "1")

    def save(self, level: int = TIGHT) -> bytes:
        """The edited file, what changed packed at this level of zlib."""
        for part, sheet in self._open.items():
            self.package.put(part, sheet.xml())
        if "styles" in self.__dict__:
            self.package.put(self._styles_part, self.styles.xml())
        if any(sheet.formulas_replaced for sheet in self._open.values()):
            self._forget_chain()
        return self.package.save(level)

    def _forget_chain(self) -> None:
        """The order in which formulas were computed no longer holds; Excel makes it anew."""
        if chain := self.package.related(self.part, "calcChain"):
            self.package.unrelate(self.part, chain.id)
            self.package.drop(chain.target)


def _texts(item: etree._Element) -> Iterator[str]:
    """The text of a string item: its `t` and those of its runs, without phonetic hints."""
    for part in children(item):
        if local(part) == "t":
            yield part.text or ""
        elif local(part) == "r":
            yield from _texts(part)
