"""What cells accept: data validation, which LibreOffice keeps as a look of cells."""

from __future__ import annotations

from typing import Any

from tests.lo_engine import formulas
from tests.lo_engine.bridge import ComError, uno
from tests.lo_engine.objects import ComObject

_KINDS = ("ANY", "WHOLE", "DECIMAL", "LIST", "DATE", "TIME", "TEXT_LEN", "CUSTOM")
_STYLES = {1: "STOP", 2: "WARNING", 3: "INFO"}
_OPERATORS = {1: "BETWEEN", 2: "NOT_BETWEEN", 3: "EQUAL", 4: "NOT_EQUAL", 5: "GREATER", 6: "LESS", 7: "GREATER_EQUAL", 8: "LESS_EQUAL"}
_LIST, _LONGEST = 3, 255
_NOTHING = uno.Enum("com.sun.star.beans.PropertyState", "DEFAULT_VALUE")


class Validation(ComObject):
    """The rule of the first area of a range."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells

    def Add(self, Type: int, AlertStyle: int = 1, Operator: int = 1, Formula1: Any = None, Formula2: Any = None) -> None:
        for cells in self._cells._changing("AllowFormattingCells"):
            if cells.getPropertyState("Validation") != _NOTHING or len(str(Formula1 or "")) > _LONGEST:
                raise ComError("应用程序定义或对象定义错误")
            rule = cells.Validation
            rule.Type = uno.Enum("com.sun.star.sheet.ValidationType", _KINDS[Type])
            rule.ErrorAlertStyle = uno.Enum("com.sun.star.sheet.ValidationAlertStyle", _STYLES[AlertStyle])
            rule.setOperator(uno.Enum("com.sun.star.sheet.ConditionOperator", _OPERATORS[Operator]))
            for index, formula in enumerate(str(given) for given in (Formula1, Formula2) if given is not None):
                if Type == _LIST and not formula.startswith("="):
                    rule.setFormula1(";".join(f'"{text}"' for text in formula.split(",")))
                else:
                    rule.setTokens(index, formulas.tokens(self._cells._sheet, self._cells._area, formula.removeprefix("=")))
            rule.ShowInputMessage = rule.ShowErrorMessage = True
            cells.Validation = rule

    def _set(self, name: str, value: Any) -> None:
        for cells in self._cells._changing("AllowFormattingCells"):
            rule = cells.Validation
            setattr(rule, name, value)
            cells.Validation = rule


for _member, _name in {"IgnoreBlank": "IgnoreBlankCells", "InputTitle": "InputTitle", "InputMessage": "InputMessage",
                       "ErrorTitle": "ErrorTitle", "ErrorMessage": "ErrorMessage"}.items():
    setattr(Validation, _member, property(lambda self, name=_name: getattr(self._cells._uno().Validation, name),
                                          lambda self, value, name=_name: self._set(name, value)))
