"""Conditional formats of a sheet, the first in priority first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font as OpenpyxlFont
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle

from tests.com.model.looks import blue_first, red_first
from tests.com.model.thing import Items, Thing
from tests.lo_engine.areas import Area
from tests.lo_engine.refused import ComError

_EXPRESSION = 2
_TYPES = {"cellIs": 1, "expression": 2, "colorScale": 3, "dataBar": 4, "top10": 5, "iconSet": 6, "uniqueValues": 8,
          "duplicateValues": 8, "containsText": 9, "notContainsText": 9, "beginsWith": 9, "endsWith": 9, "containsBlanks": 10,
          "timePeriod": 11, "aboveAverage": 12, "notContainsBlanks": 13, "containsErrors": 16, "notContainsErrors": 17}


class Condition:
    """One rule and the areas it holds for."""

    def __init__(self, parts: Sequence[Area], rule: Rule) -> None:
        self.parts = tuple(parts)
        self.rule = rule


class Conditions:
    """All rules of a sheet, taken out of what openpyxl read, and put back before it writes."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        found = [(rule.priority, Condition([Area(part.min_row - 1, part.min_col - 1, part.max_row - 1, part.max_col - 1)
                                            for part in held.cells.ranges], rule))
                 for held in sheet.conditional_formatting for rule in held.rules]
        self.all = [each for _, each in sorted(found, key=lambda pair: pair[0])]

    def put_back(self) -> None:
        self._sheet.conditional_formatting = ConditionalFormattingList()
        for number, each in enumerate(self.all, 1):
            self._sheet.conditional_formatting.add(" ".join(part.address(False, False) for part in each.parts), each.rule)
            each.rule.priority = number

    def cut(self, parts: Sequence[Area]) -> None:
        """Cleared cells lose their rules."""
        for each in self.all:
            each.parts = tuple(left for part in each.parts for left in _without(part, parts))
        self.all = [each for each in self.all if each.parts]

    def spread(self, source: Area, target: Area) -> None:
        """Rules that hold for all of the copied cells hold for their copies too."""
        for each in self.all:
            if any(part.common(source) == source for part in each.parts) and not any(part.common(target) == target for part in each.parts):
                each.parts = (*each.parts, target)


def _without(part: Area, gone: Sequence[Area]) -> list[Area]:
    left = [part]
    for area in gone:
        left = [piece for each in left for piece in _cut(each, area)]
    return left


def _cut(part: Area, gone: Area) -> list[Area]:
    common = part.common(gone)
    if common is None:
        return [part]
    pieces = (part._replace(last_row=common.row - 1), part._replace(row=common.last_row + 1),
              common._replace(column=part.column, last_column=common.column - 1),
              common._replace(column=common.last_column + 1, last_column=part.last_column))
    return [piece for piece in pieces if piece.row <= piece.last_row and piece.column <= piece.last_column]


class FormatConditions(Items):
    """The rules that touch a range."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells
        super().__init__(lambda: [FormatCondition(cells._sheet, each) for each in cells._sheet.conditions.all
                                  if any(part.common(mine) for part in each.parts for mine in cells._parts)])

    def Add(self, Type: int, Operator: Any = None, Formula1: Any = None, Formula2: Any = None, String: Any = None,
            TextOperator: Any = None, DateOperator: Any = None, ScopeType: Any = None) -> FormatCondition:
        if Type != _EXPRESSION or not isinstance(Formula1, str):
            raise ComError("参数无效：公式条件要有公式")
        self._cells._changing("AllowFormattingCells")
        added = Condition(self._cells._parts, Rule("expression", stopIfTrue=True, formula=[Formula1.removeprefix("=")],
                                                   dxf=DifferentialStyle()))
        self._cells._sheet.conditions.all.append(added)
        return FormatCondition(self._cells._sheet, added)


class FormatCondition(Thing):
    """One rule."""

    def __init__(self, sheet: Any, held: Condition) -> None:
        self._sheet = sheet
        self._held = held

    Type = property(lambda self: _TYPES.get(self._held.rule.type, 0))
    AppliesTo = property(lambda self: self._sheet.range_of(self._held.parts))
    Interior = property(lambda self: ConditionLook(self._held.rule, is_fill=True))
    Font = property(lambda self: ConditionLook(self._held.rule, is_fill=False))
    StopIfTrue = property(lambda self: bool(self._held.rule.stopIfTrue),
                          lambda self, value: setattr(self._held.rule, "stopIfTrue", bool(value) or None))
    Priority = property(lambda self: self._sheet.conditions.all.index(self._held) + 1)

    @property
    def Formula1(self) -> str:
        if not self._held.rule.formula:
            raise ComError("这一条没有公式")
        return "=" + self._held.rule.formula[0]

    def SetFirstPriority(self) -> None:
        self._sheet.conditions.all.remove(self._held)
        self._sheet.conditions.all.insert(0, self._held)

    def Delete(self) -> None:
        self._sheet.refuse_protected(self.AppliesTo, "AllowFormattingCells")
        self._sheet.conditions.all.remove(self._held)


class ConditionLook(Thing):
    """The fill, or the letters, of cells for which a rule holds."""

    def __init__(self, rule: Rule, is_fill: bool) -> None:
        self._rule = rule
        self._is_fill = is_fill

    @property
    def Color(self) -> int | None:
        dxf = self._rule.dxf
        part = dxf and (dxf.fill if self._is_fill else dxf.font)
        return blue_first(part.bgColor if self._is_fill else part.color) if part else None

    @Color.setter
    def Color(self, colour: int) -> None:
        if self._is_fill:
            self._rule.dxf.fill = PatternFill(bgColor=red_first(colour))
        else:
            self._rule.dxf.font = OpenpyxlFont(color=red_first(colour))
