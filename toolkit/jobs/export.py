"""What is sent in: a copy without macros, under the name the form prescribes."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit.forms.model import BUTTON_SHEETS, ISSUE_SHEET, Form
from toolkit.sheets import disk
from toolkit.sheets.recalculate import refresh

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')


def file_name(form: Form, district: str, year: int | None) -> str:
    """How a finished return is called."""
    return _NOT_IN_NAMES.sub("", form.file_name.format(district=district, year=year or "", name=form.name))


def studio_file(form: Form, studio: str, suffix: str = ".xlsx") -> str:
    """How a workbook about one studio is called."""
    return _NOT_IN_NAMES.sub("", f"{studio}_{form.name}") + suffix


def export(data: bytes, target: Path) -> Path:
    """Write the copy of the workbook `data` to `target`, its formulas computed, in place of an earlier one."""
    from toolkit.sheets import macro_free

    disk.sweep(target.parent)
    disk.put(target, refresh(macro_free.without_macros(data, (*BUTTON_SHEETS, ISSUE_SHEET)), target.name).data)
    return target
