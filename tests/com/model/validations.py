"""What cells accept: data validation of a sheet."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from tests.com.model.thing import Thing
from tests.lo_engine.areas import of_text
from tests.lo_engine.refused import ComError

_KINDS = (None, "whole", "decimal", "list", "date", "time", "textLength", "custom")
_STYLES = {1: "stop", 2: "warning", 3: "information"}
_OPERATORS = {1: "between", 2: "notBetween", 3: "equal", 4: "notEqual", 5: "greaterThan", 6: "lessThan", 7: "greaterThanOrEqual",
              8: "lessThanOrEqual"}
_INPUT_ONLY, _LIST, _LONGEST = 0, 3, 255


class Validation(Thing):
    """The rule of a range: the one that holds for all of its cells. Without it only `Add` answers."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells
        self._held = cells._sheet.cells.sheet.data_validations.dataValidation

    def _touching(self) -> list[DataValidation]:
        return [rule for rule in self._held for part in of_text(str(rule.sqref).replace(" ", ","))
                if any(part.common(mine) for mine in self._cells._parts)]

    @property
    def _rule(self) -> DataValidation:
        found = self._touching()
        if len(found) != 1:
            raise ComError("应用程序定义或对象定义错误")
        return found[0]

    def Add(self, Type: int, AlertStyle: int = 1, Operator: int = 1, Formula1: Any = None, Formula2: Any = None) -> None:
        self._cells._changing("AllowFormattingCells")
        if self._touching():
            raise ComError("应用程序定义或对象定义错误")
        if (Type == _INPUT_ONLY) != (Formula1 is None) or len(str(Formula1 or "")) > _LONGEST:
            raise ComError("参数无效")
        first = f'"{Formula1}"' if Type == _LIST and not Formula1.startswith("=") else Formula1 and str(Formula1).removeprefix("=")
        self._held.append(DataValidation(
            type=_KINDS[Type], errorStyle=_STYLES[AlertStyle], operator=_OPERATORS[Operator], formula1=first,
            formula2=Formula2 and str(Formula2).removeprefix("="), showErrorMessage=True, showInputMessage=True,
            sqref=self._cells.GetAddress(False, False).replace(",", " ")))

    Type = property(lambda self: _KINDS.index(self._rule.type))


for _name, _attribute in {"IgnoreBlank": "allowBlank", "InputTitle": "promptTitle", "InputMessage": "prompt", "ErrorTitle": "errorTitle",
                          "ErrorMessage": "error"}.items():
    setattr(Validation, _name, property(lambda self, attribute=_attribute: getattr(self._rule, attribute),
                                        lambda self, value, attribute=_attribute: setattr(self._rule, attribute, value)))
