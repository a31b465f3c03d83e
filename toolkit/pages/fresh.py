"""An empty standard workbook for a district and a year."""

from __future__ import annotations

from datetime import date

from toolkit import regulation
from toolkit.forms.model import Form
from toolkit.pages import templates
from toolkit.pages.layout import Edition
from toolkit.sheets.recalculate import refresh


def workbook(form: Form, district: str = "", year: int | None = None, deadline: date | None = None,
             has_macros: bool = False) -> bytes:
    """The form's template with district, year and deadline filled in wherever it says them.

    The law is the one in force on the deadline, else at the end of the year, else the newest.
    has_macros: an .xlsm with buttons, else an .xlsx.
    """
    on = deadline or (date(year, 12, 31) if year else None)
    law = regulation.in_force(on) if on else regulation.load(regulation.FILES[-1])
    return refresh(templates.draw(form, Edition(law, district, year, deadline), has_macros=has_macros), form.name).data
