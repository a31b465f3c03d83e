"""What cells of an open workbook accept: the same data validation as in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.sheets.excel import faults
from toolkit.sheets.excel.areas import Area
from toolkit.sheets.ooxml.validations import LIST, Validation

if TYPE_CHECKING:
    import xlwings as xw

_KINDS = {"none": 0, "whole": 1, "decimal": 2, LIST: 3, "date": 4, "time": 5, "textLength": 6, "custom": 7}  # XlDVType
_OPERATORS = {"between": 1, "notBetween": 2, "equal": 3, "notEqual": 4, "greaterThan": 5, "lessThan": 6, "greaterThanOrEqual": 7,
              "lessThanOrEqual": 8}  # XlFormatConditionOperator
_STOP, _WARNING = 1, 2  # XlDVAlertStyle


def add(sheet: xw.Sheet, column: int, rows: tuple[int, int], rule: Validation) -> None:
    """Let the cells of a zero-based column, from the first to the last row, accept what the rule says; where a rule holds for any of
    them already, it stays and nothing is added."""
    validation = sheet.range(Area(rows[0], column, rows[1], column).address).api.Validation
    formulas = [_spelled(rule, text) for text in (rule.first, rule.second) if text]
    try:
        validation.Add(_KINDS[rule.kind], _WARNING if rule.asks else _STOP, _OPERATORS[rule.operator], *formulas)
    except Exception as error:
        # Excel refuses a second rule for a cell, and has no answer, but another refusal, to the question whether there is one.
        if not faults.is_refusal(error):
            raise
        return
    validation.IgnoreBlank = True
    for name, text in (("InputTitle", rule.input_title), ("InputMessage", rule.input_message), ("ErrorTitle", rule.error_title),
                       ("ErrorMessage", rule.error_message)):
        if text:
            setattr(validation, name, text)


def _spelled(rule: Validation, text: str) -> str:
    """Texts of a list without quotes, a number as it is, anything else with `=`."""
    if rule.kind == LIST and text.startswith('"'):
        return text[1:-1].replace('""', '"')
    return text if text.isdecimal() else f"={text}"
