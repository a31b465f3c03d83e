"""Who fills in what: 申办单位, 区（县）, 市局, 评委, and the toolkit itself.

Source: 乌人社规〔2023〕1号 第十五条. The names are those of the law's list `roles`.
"""

from __future__ import annotations

from toolkit.forms.model import Column, Form

UNIT, DISTRICT, CITY, EXPERT = "申办单位", "区（县）", "市局", "评委"
TOOL = "工具"
COMPUTED = "自动计算"


def owner(form: Form, column: Column) -> str:
    """R15: who fills in a column of a form. In a register the toolkit keeps what is not left to people."""
    if column.formula:
        return COMPUTED
    if column.preset:
        return TOOL
    if column.role:
        return column.role
    is_register = not any(sheet.rows or sheet.page for sheet in form.sheets)
    return TOOL if is_register and not column.people else form.role


def of_others(form: Form) -> dict[str, str]:
    """Header → who fills it in, of the columns that whoever returns the form leaves empty."""
    return {column.header: column.role for sheet in form.sheets for column in sheet.columns if column.role not in ("", TOOL, form.role)}
