"""The workbook part: which sheets there are, named ranges, recalculation, and the custom document properties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from toolkit.errors import UserError
from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.package import Package
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.styles import Styles
from toolkit.sheets.ooxml.xmltext import XmlElement, attribute

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_AFTER_NAMES = ("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes",
                "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet of the workbook: its name, its part, its zero-based position, and whether it holds cells."""

    name: str
    part: str
    position: int
    holds_cells: bool


class Workbook:
    """One workbook being edited."""

    def __init__(self, data: bytes) -> None:
        """UserError where `data` is no OOXML workbook."""
        self.package = Package(data)
        main = self.package.related("", "officeDocument")
        if main is None or main.target not in self.package:
            raise UserError("这个文件不是 Excel 工作簿。请确认选对了文件，用 Excel 打开后另存为 .xlsx，再试一次。")
        self.part = main.target
        self._open: dict[str, SheetXml] = {}

    @property
    def _xml(self) -> str:
        return self.package.text(self.part)

    @property
    def date1904(self) -> bool:
        """Whether dates are counted from 1904."""
        properties = xmltext.child(self._xml, "workbookPr")
        return properties is not None and attribute(properties.tag(self._xml), "date1904") in ("1", "true")

    def sheets(self) -> list[SheetEntry]:
        """All sheets, in the order of their tabs."""
        targets = {rel.id: rel for rel in self.package.relationships(self.part)}
        entries: list[SheetEntry] = []
        for element in xmltext.children(self._xml, xmltext.needed(self._xml, "sheets")):
            tag = element.tag(self._xml)
            relation = next((targets[i] for i in xmltext.prefixed_values(tag, "id") if i in targets), None)
            if relation is not None:
                name = xmltext.unescape_cell(attribute(tag, "name") or "")
                entries.append(SheetEntry(name, relation.target, len(entries), relation.kind == "worksheet"))
        return entries

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
        """The style sheet, open for editing; `save` writes it back."""
        related = self.package.related(self.part, "styles")
        if related is None:
            raise UserError("工作簿里没有样式表，文件不完整。请用 Excel 打开后另存为 .xlsx，再试一次。")
        self._styles_part = related.target
        return Styles(self.package.text(related.target))

    def shared_texts(self) -> list[str]:
        """The shared strings, phonetic hints left out."""
        related = self.package.related(self.part, "sharedStrings")
        if related is None:
            return []
        xml = self.package.text(related.target)
        return [xmltext.rich_text(xml, item) for item in xmltext.children(xml)]

    def add_sheet(self, name: str, xml: str) -> None:
        """Add a worksheet behind the others."""
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.put(part, xml)
        self.package.declare(part, _SHEET_TYPE)
        relation = self.package.relate(self.part, "worksheet", part)
        text = self._xml
        sheets = xmltext.needed(text, "sheets")
        ids = [xmltext.number(element.tag(text), "sheetId") for element in xmltext.children(text, sheets)]
        new = (f'<{xmltext.prefix(text)}sheet name="{xmltext.escape_attribute(name)}" sheetId="{max(ids) + 1}" '
               f'{xmltext.relation(text, relation)}/>')
        self.package.put(self.part, xmltext.append_inside(text, sheets, new))

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
        text = self._xml
        element = xmltext.children(text, xmltext.child(text, "sheets"))[gone.position]
        self.package.put(self.part, xmltext.cut(text, element.start, element.end))
        self._forget_names(gone)
        self._renumber_views(gone.position)
        if chain := self.package.related(self.part, "calcChain"):
            self.package.unrelate(self.part, chain.id)
            self.package.drop(chain.target)

    def _forget_names(self, gone: SheetEntry) -> None:
        """Names local to the sheet or over its cells go; those local to a sheet behind it follow that sheet."""
        quoted = "'" + gone.name.replace("'", "''") + "'!"
        for _, position, content, element in reversed(self.names()):
            text = self._xml
            if position == gone.position or quoted in content or re.search(rf"(?<!\w){re.escape(gone.name)}!", content):
                text = xmltext.cut(text, element.start, element.end)
            elif position is not None and position > gone.position:
                tag = xmltext.with_attribute(element.tag(text), "localSheetId", str(position - 1))
                text = xmltext.cut(text, element.start, element.opened, tag)
            self.package.put(self.part, text)
        holder = xmltext.child(self._xml, "definedNames")
        if holder and not self.names():
            self.package.put(self.part, xmltext.cut(self._xml, holder.start, holder.end))

    def _renumber_views(self, gone: int) -> None:
        """The windows show the same sheets as before, the one that moved up where theirs is gone."""
        text = self._xml
        for view in reversed(xmltext.children(text, views) if (views := xmltext.child(text, "bookViews")) else ()):
            tag = view.tag(text)
            for name in ("activeTab", "firstSheet"):
                if (number := attribute(tag, name)) and int(number) > gone:
                    tag = xmltext.with_attribute(tag, name, str(int(number) - 1))
            text = xmltext.cut(text, view.start, view.opened, tag)
        self.package.put(self.part, text)

    def names(self) -> list[tuple[str, int | None, str, XmlElement]]:
        """Defined names as (name, position of the sheet they are local to, text, element)."""
        text = self._xml
        holder = xmltext.child(text, "definedNames")
        found = []
        for element in xmltext.children(text, holder) if holder else ():
            tag = element.tag(text)
            position = attribute(tag, "localSheetId")
            content = xmltext.unescape(text[element.opened:text.rindex("</", element.start, element.end)])
            found.append((attribute(tag, "name") or "", int(position) if position else None, content, element))
        return found

    def set_name(self, name: str, position: int | None, content: str, hidden: bool = False) -> None:
        """Define a name, or change what it stands for. `position`: the sheet it is local to."""
        text, p = self._xml, xmltext.prefix(self._xml)
        for other, place, _, element in self.names():
            if (other, place) == (name, position):
                end = text.rindex("</", element.start, element.end)
                self.package.put(self.part, xmltext.cut(text, element.opened, end, xmltext.escape(content)))
                return
        local = "" if position is None else f' localSheetId="{position}"'
        shown = ' hidden="1"' if hidden else ""
        new = f'<{p}definedName name="{name}"{local}{shown}>{xmltext.escape(content)}</{p}definedName>'
        if holder := xmltext.child(text, "definedNames"):
            text = xmltext.append_inside(text, holder, new)
        else:
            text = xmltext.insert_child(text, f"<{p}definedNames>{new}</{p}definedNames>", _AFTER_NAMES)
        self.package.put(self.part, text)

    def recalculate(self) -> None:
        """Have every formula computed when the workbook is opened next."""
        text = self._xml
        if element := xmltext.child(text, "calcPr"):
            tag = xmltext.with_attribute(element.tag(text), "fullCalcOnLoad", "1")
            text = xmltext.cut(text, element.start, element.opened, tag)
        else:
            text = xmltext.insert_child(text, f'<{xmltext.prefix(text)}calcPr fullCalcOnLoad="1"/>', _AFTER_NAMES[1:])
        self.package.put(self.part, text)

    def save(self) -> bytes:
        """The edited file."""
        for part, sheet in self._open.items():
            self.package.put(part, sheet.xml())
        if "styles" in self.__dict__:
            self.package.put(self._styles_part, self.styles.xml)
        chain = self.package.related(self.part, "calcChain")
        if chain and any(sheet.formulas_replaced for sheet in self._open.values()):
            self.package.unrelate(self.part, chain.id)
            self.package.drop(chain.target)
        return self.package.save()
