"""Conditional formats. LibreOffice keeps one format for each set of ranges, with its conditions in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.lo_engine import areas, formulas
from tests.lo_engine.areas import LAST_COLUMN, LAST_ROW, Area
from tests.lo_engine.bridge import ComError, settings, swapped, uno
from tests.lo_engine.objects import ComObject

_EXPRESSION = 2
_TYPES = {0: 1, 1: 3, 2: 4, 3: 6, 4: 11}
_CENTRE = 2  # a condition's style replaces the cell's own alignment, which is this in our workbooks
_OPERATOR = uno.getConstantByName("com.sun.star.sheet.ConditionFormatOperator.EXPRESSION")


class FormatConditions(ComObject):
    """The conditional formats that touch a range, as they are when they are counted: the office is slow to list them."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells
        self._listed: list[FormatCondition] | None = None

    def _all(self) -> list[FormatCondition]:
        if self._listed is None:
            self._listed = [FormatCondition(self._cells._sheet, found, number)
                            for found in self._cells._sheet._uno.ConditionalFormats.getConditionalFormats()
                            if _touches(found, self._cells._parts) for number in range(found.Count)]
        return self._listed

    @property
    def Count(self) -> int:
        self._listed = None
        return len(self._all())

    def Item(self, index: int) -> FormatCondition:
        found = self._all()
        if not 1 <= index <= len(found):
            raise ComError(f"下标越界：{index}")
        return found[index - 1]

    __call__ = Item

    def __iter__(self) -> Any:
        return iter(self._all())

    def Add(self, Type: int, Operator: int | None = None, Formula1: str = "", *_: Any) -> FormatCondition:
        if Type != _EXPRESSION:
            raise ComError("测试引擎只能新建公式条件")
        if not Formula1:
            raise ComError("公式条件没有公式")
        sheet = self._cells._sheet
        sheet._refuse_protected(self._cells._each(), "AllowFormattingCells")
        created = _drawn(sheet, self._cells, Formula1) or _listed(sheet, self._cells, Formula1)
        self._listed = None
        return FormatCondition(sheet, created, 0)

    def Delete(self) -> None:
        for condition in reversed(self._all()):
            condition.Delete()
        self._listed = None


class FormatCondition(ComObject):
    """One condition; once deleted it cannot be used."""

    def __init__(self, sheet: Any, found: Any, index: int) -> None:
        self._sheet = sheet
        self._format = found
        self._index = index

    @property
    def _entry(self) -> Any:
        return self._format.getByIndex(self._index)

    @property
    def Type(self) -> int:
        entry = self._entry
        return _EXPRESSION if entry.getType() == 0 and entry.Operator == _OPERATOR else _TYPES[entry.getType()]

    Formula1 = property(lambda self: "=" + self._entry.Formula1)
    AppliesTo = property(lambda self: self._sheet._cells(*map(areas.of_uno, self._format.Range.RangeAddresses)))
    Interior = property(lambda self: ConditionLook(self, "CellBackColor"))
    Font = property(lambda self: ConditionLook(self, "CharColor"))
    StopIfTrue = property(lambda self: True, lambda self, value: None,
                          doc="LibreOffice shows the first condition that holds, so it always stops.")

    def SetFirstPriority(self) -> None:
        """Nothing to do: where formats of different ranges overlap, LibreOffice keeps no order among them."""

    def Delete(self) -> None:
        self._sheet._refuse_protected([], "AllowFormattingCells")
        if self._format.Count > 1:
            self._format.removeByIndex(self._index)
        else:
            self._sheet._uno.ConditionalFormats.removeByID(self._format.ID)


class ConditionLook(ComObject):
    """The fill or the letters of cells for which a condition holds."""

    def __init__(self, condition: FormatCondition, name: str) -> None:
        self._condition = condition
        self._name = name

    @property
    def Color(self) -> int | None:
        style = self._condition._entry.StyleName
        if not style:
            return None
        colour = getattr(_styles(self._condition._sheet._doc).getByName(style), self._name)
        return None if colour == -1 else swapped(colour)

    @Color.setter
    def Color(self, colour: int) -> None:
        doc, entry = self._condition._sheet._doc, self._condition._entry
        styles = _styles(doc)
        looks = {name: getattr(styles.getByName(entry.StyleName), name) if entry.StyleName else -1
                 for name in ("CellBackColor", "CharColor")} | {self._name: swapped(int(colour))}
        style = "条件" + "_".join(f"{value & 0xFFFFFFFF:x}" for value in looks.values())
        if not styles.hasByName(style):
            styles.insertByName(style, doc.createInstance("com.sun.star.style.CellStyle"))
            with _open_for_styles(doc):
                for name, value in (*looks.items(), ("VertJustify", _CENTRE)):
                    setattr(styles.getByName(style), name, value)
        entry.StyleName = style


def _drawn(sheet: Any, cells: Any, formula: str) -> Any:
    """A new format, put into the cells so that it is drawn at once; None where another format would get lost by that.

    It drives the others out of its cells: their ranges are given back, though they are drawn only in a file opened anew.
    """
    formats = sheet._uno.ConditionalFormats
    before = formats.getConditionalFormats()
    others = [(found, found.Range.RangeAddresses) for found in before if _touches(found, cells._parts)]
    spelled = formulas.to_office(formula)
    if spelled is None or any(_covered(addresses, cells._parts) for _, addresses in others):
        return None
    ours = _ranges(sheet, [one.RangeAddress for one in cells._each()])
    held = ours.ConditionalFormat
    held.clear()
    held.addNew(settings(Operator=uno.Enum("com.sun.star.sheet.ConditionOperator", "FORMULA"),
                         Formula1=spelled.removeprefix("=")))
    ours.ConditionalFormat = held
    for found, addresses in others:
        found.Range = _ranges(sheet, addresses)
    known = {found.ID for found in before}
    return next((found for found in formats.getConditionalFormats() if found.ID not in known), None)


def _listed(sheet: Any, cells: Any, formula: str) -> Any:
    """A new format that is drawn when its file is opened anew."""
    formats = sheet._uno.ConditionalFormats
    number = formats.createByRange(_ranges(sheet, [one.RangeAddress for one in cells._each()]))
    created = next(found for found in formats.getConditionalFormats() if number == found.ID)
    created.createEntry(0, 0)
    created.getByIndex(0).Operator = _OPERATOR
    created.getByIndex(0).Formula1 = formula.removeprefix("=")
    return created


def _ranges(sheet: Any, addresses: Sequence[Any]) -> Any:
    ranges = sheet._doc.createInstance("com.sun.star.sheet.SheetCellRanges")
    ranges.addRangeAddresses(tuple(addresses), False)
    return ranges


def _covered(addresses: Sequence[Any], parts: tuple[Area, ...]) -> bool:
    return all(sum(common.size for part in parts if (common := whole.common(part))) == whole.size
               for whole in map(areas.of_uno, addresses))


@contextmanager
def _open_for_styles(doc: Any) -> Iterator[None]:
    """LibreOffice, unlike Excel, changes no style while any sheet is protected; here they are not for that moment."""
    closed = [sheet for sheet in doc.Sheets if sheet.isProtected()]
    for sheet in closed:
        sheet.unprotect("")
    try:
        yield
    finally:
        for sheet in closed:
            sheet.protect("")


def _styles(doc: Any) -> Any:
    return doc.StyleFamilies.getByName("CellStyles")


def _touches(found: Any, parts: tuple[Area, ...]) -> bool:
    return Area(0, 0, LAST_ROW, LAST_COLUMN) in parts or any(areas.of_uno(address).common(part) for address in found.Range.RangeAddresses for part in parts)
