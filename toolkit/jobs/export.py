"""What is sent in: a copy without macros, under the name the form prescribes."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit.forms.application_rows import ApplicationPageRow
from toolkit.forms.model import BUTTON_SHEETS, ISSUE_SHEET, Form
from toolkit.returns.checks import is_submission
from toolkit.returns.records import Return
from toolkit.sheets import disk
from toolkit.sheets.recalculate import refresh

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')


def file_name(form: Form, district: str, year: int | None) -> str:
    """How a finished return is called."""
    return _NOT_IN_NAMES.sub("", form.file_name.format(district=district, year=year or "", name=form.name))


def name_of(source: Return) -> str:
    """How the return is called when it is sent in; "" where its form is not known."""
    if source.form is None:
        return ""
    if is_submission(source):
        record = next(iter(source.records(source.sheets[0].name)), None)
        return studio_file(source.form, (record[ApplicationPageRow.studio.header] if record else None) or Path(source.file).stem)
    return file_name(source.form, source.district, source.year)


def studio_file(form: Form, studio: str, suffix: str = ".xlsx") -> str:
    """How a workbook about one studio is called."""
    return _NOT_IN_NAMES.sub("", f"{studio}_{form.name}") + suffix


def export(data: bytes, target: Path) -> Path:
    """Write the copy of the workbook `data` to `target`, its formulas computed, in place of an earlier one."""
    from toolkit.sheets import macro_free

    disk.sweep(target.parent)
    disk.put(target, refresh(macro_free.without_macros(data, (*BUTTON_SHEETS, ISSUE_SHEET)), target.name).data)
    return target
