"""What an input cell accepts and what it says: dropdowns, limits, input and error messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from toolkit.forms import model
from toolkit.forms.model import LIST_SHEET, Column, Fact, Form, Sheet
from toolkit.forms.register_rows import StudioRow
from toolkit.pages.layout import LEDGER_LAST_ROW, Drawing
from toolkit.regulation import Regulation
from toolkit.regulation.identity import ID_LENGTH
from toolkit.sheets.edit import Validation
from toolkit.sheets.grid import column_letters
from toolkit.sheets.ooxml.cellxml import serial

TITLE_LIMIT, MESSAGE_LIMIT = 32, 255  # characters Excel shows
NUMBERS = "studio_numbers"  # the defined name of the numbers given to studios so far
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)

_NOT_NEGATIVE = {"criteria": ">=", "value": 0}
_LENGTH = {"validate": "length", "criteria": "==", "value": ID_LENGTH}
_BETWEEN_DATES = {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
_BETWEEN_YEARS = {"validate": "integer", "criteria": "between", "minimum": EARLIEST.year, "maximum": LATEST.year}

# 单元格类型 → 限制、“只收什么”、“请怎么做”
_LIMITS = {
    model.date: (_BETWEEN_DATES, "只收日期", "请按 2026-11-20 的样子填写"),
    model.year: (_BETWEEN_YEARS, "只收四位年份", "请按 2026 的样子填写"),
    model.count: ({"validate": "integer", **_NOT_NEGATIVE}, "只收0或正整数", "请只填数字"),
    model.points: ({"validate": "decimal", **_NOT_NEGATIVE}, "只收0或正数", "请只填数字，带小数的照写"),
    model.money: ({"validate": "decimal", **_NOT_NEGATIVE}, "只收0或正数", "请以元为单位，只填数字"),
    model.area: ({"validate": "decimal", **_NOT_NEGATIVE}, "只收0或正数", "请以平方米为单位，只填数字"),
    model.id_number: (_LENGTH, f"须为{ID_LENGTH}位", "请核对位数，按文本填写"),
    model.credit_code: (_LENGTH, f"须为{ID_LENGTH}位", "请核对位数，按文本填写"),
}

_STORED = {"any": "none", "integer": "whole", "length": "textLength", ">=": "greaterThanOrEqual", "==": "equal"}  # XlsxWriter's word → the file's


def validation(entry: Column | Fact) -> dict:
    """XlsxWriter's data validation of a column or a fact, with its input and error messages."""
    header = entry.header if isinstance(entry, Column) else entry.label
    options = {"validate": "any", "ignore_blank": True, **_message(entry, header)}
    if entry.choices:
        is_open = isinstance(entry, Column) and entry.open_choices
        options |= {"validate": "list", "source": f"={list_name(entry.choices)}", **_refusal(header, is_open)}
    elif entry.kind in _LIMITS:
        limits, fact, request = _LIMITS[entry.kind]
        options |= {**limits, "error_title": "请核对", "error_message": f"“{header}”{fact}。{request}。"}
    return options


def from_list(header: str, name: str) -> dict:
    """A dropdown of the cells that a defined name tells; another entry is asked about."""
    return {"validate": "list", "source": f"={name}", **_refusal(header, is_open=True)}


def in_ledger(sheet: Sheet, column: Column) -> dict:
    """As `validation`; the number of a studio is picked from 工作室, another one is asked about."""
    is_picked = column.header == StudioRow.number.header and sheet is not StudioRow.sheet
    return {**validation(column), **(from_list(column.header, NUMBERS) if is_picked else {})}


def numbers(sheet: str, row: int, column: int) -> str:
    """The cells with the numbers given so far, the first of them in this zero-based row and column, as a formula without `=`."""
    letter = column_letters(column)
    first = f"'{sheet}'!${letter}${row + 1}"
    whole = f"{first}:${letter}${LEDGER_LAST_ROW + 1}"
    return f"{first}:INDEX({whole},MAX(1,COUNTA({whole})))"


def in_older_ledger(sheet: Sheet, column: Column, law: Regulation, given: str) -> Validation:
    """The same rule for a ledger that has none of the names behind the dropdowns: the texts stand in the rule itself.

    `given`: where the numbers of studios are, see `numbers`.
    """
    options = in_ledger(sheet, column)
    offered = given if options.get("source") == f"={NUMBERS}" else '"' + ",".join(law.lists[column.choices].names) + '"' if column.choices else ""
    return as_stored(options, offered)


def as_stored(options: Mapping[str, Any], offered: str = "") -> Validation:
    """XlsxWriter's data validation as files keep it. `offered`: what a dropdown offers."""
    first, last = options.get("minimum", options.get("value", offered)), options.get("maximum", "")
    return Validation(
        _STORED.get(options["validate"], options["validate"]), _STORED.get(options.get("criteria", ""), "between"), _stored(first), _stored(last),
        options.get("error_type") == "warning", options.get("input_title", ""), options.get("input_message", ""),
        options.get("error_title", ""), options.get("error_message", ""))


def _stored(bound: date | int | str) -> str:
    return str(serial(bound) if isinstance(bound, date) else bound)


def limits_of(parameter_value: object, unit: str) -> dict:
    """Data validation of a parameter of the law by its value's type and its unit (`是/否` names the choices)."""
    if "/" in unit:
        return {"validate": "list", "source": unit.split("/"), **_refusal("取值", False)}
    kind = model.date if unit == "日期" else model.count if isinstance(parameter_value, int) else None
    if kind is None:
        return {"validate": "any"}
    limits, fact, request = _LIMITS[kind]
    return {**limits, "error_title": "请核对", "error_message": f"这一项{fact}。{request}。"}


def how_to_fill(entry: Column | Fact) -> str:
    """One or two sentences: what to write."""
    how = entry.kind.how
    if isinstance(entry, Column) and entry.open_choices:
        how = "从下拉框选择；没有的可以另写"
    elif entry.kind is model.choice and not entry.choices:
        how = model.text.how
    if entry.help and (how == model.text.how or (isinstance(entry, Column) and entry.formula)):
        return f"{entry.help}。"
    return "。".join(part for part in (how, entry.help) if part) + "。"


def list_name(choices: str) -> str:
    """The defined name of a list of the law."""
    return f"list_{choices}"


def draw_lists(drawing: Drawing) -> None:
    """The hidden sheet behind the dropdowns, one list a column."""
    drawn = drawing.book.add_worksheet(LIST_SHEET)
    drawn.hide()
    for column, name in enumerate(_lists_of(drawing.form)):
        choices = drawing.edition.regulation.lists[name]
        drawn.set_column(column, column, 22)
        drawn.write_string(0, column, choices.label, drawing.cell(bold=True))
        drawn.write_column(1, column, choices.names, drawing.cell())
        letter = column_letters(column)
        drawing.book.define_name(list_name(name), f"='{LIST_SHEET}'!${letter}$2:${letter}${len(choices.names) + 1}")


def _lists_of(form: Form) -> list[str]:
    entries: list[Column | Fact] = [*form.facts]
    for sheet in form.sheets:
        entries += [*sheet.facts, *sheet.columns]
    return list(dict.fromkeys(entry.choices for entry in entries if entry.choices))


def _message(entry: Column | Fact, header: str) -> dict:
    required = isinstance(entry, Column) and entry.required
    clause = entry.clause if isinstance(entry, Column) else ""
    message = how_to_fill(entry) + (f"\n依据：{clause}" if clause else "")
    return {"input_title": (header + "（必填）" if required else header)[:TITLE_LIMIT],
            "input_message": message[:MESSAGE_LIMIT]}


def _refusal(header: str, is_open: bool) -> dict:
    if is_open:
        return {"error_type": "warning", "error_title": "下拉框里没有",
                "error_message": f"“{header}”的下拉框里没有这一项。请核对；确需另写的选“是”。"}
    return {"error_title": "请从下拉框选", "error_message": f"“{header}”只收下拉框里的内容。请从下拉框选择。"}
