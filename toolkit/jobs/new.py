"""`new`: empty standard workbooks with buttons, filled in with whom and which year they are for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from toolkit import forms, regulation
from toolkit.errors import UserError, likely
from toolkit.forms.model import Form
from toolkit.jobs.outputs import Outputs
from toolkit.regulation import Choices


def new(form_name: str, district: str | None = None, year: int | None = None, out: Path = Path("."),
        deadline: date | None = None) -> list[Path]:
    """Write one workbook for `district`, or one for each district when it is None and the form is a district's.

    year: this year when None. UserError for an unknown form or district, and when a file of that name is there already.
    """
    from toolkit.pages import fresh

    form = forms.find(form_name)
    year = year or (deadline or date.today()).year
    names = _districts(form, district, regulation.in_force(deadline or date(year, 12, 31)).lists["districts"])
    paths = [out / form.working_name.format(district=name, name=form.name, year=year) for name in names]
    for path in paths:
        if path.exists():
            raise UserError(f"“{path}”已经存在，没有覆盖。请先移走或改名，或者换一个文件夹。")
    with Outputs(out) as outputs:
        for name, path in zip(names, paths, strict=True):
            made = fresh.workbook(form, name, year if "{year}" in form.file_name else None, deadline, has_macros=True)
            outputs.add(path.name, made, keep=True)
        return outputs.release()


def _districts(form: Form, asked: str | None, districts: Choices) -> tuple[str, ...]:
    """Whom to write a copy for; "" stands for the city."""
    if "{district}" not in form.file_name:
        if asked:
            raise UserError(f"“{form.name}”全市只有一份，不分区（县）。请去掉“{asked}”再试。")
        return ("",)
    if asked is None:
        return districts.names
    found = districts.find(asked)
    if found is None:
        known = "、".join(districts.names)
        raise UserError(f"“{asked}”不在本市的{len(districts.names)}个区（县）内。{likely(asked, districts.names)}请从下列区（县）中选择：{known}。")
    return (found.name,)
