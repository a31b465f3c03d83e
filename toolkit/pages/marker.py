"""Which form, version, district and year a workbook is: a hidden sheet and the same as document properties."""

from __future__ import annotations

from datetime import datetime, time

from toolkit.forms.model import MARKER_SHEET, PROPERTY_DISTRICT, PROPERTY_FORM, PROPERTY_VERSION, PROPERTY_YEAR
from toolkit.pages.layout import Desk


def draw_marker(desk: Desk) -> None:
    """Write the hidden sheet (label, value) and the document properties.

    The creation date is the regulation's first day: a template built twice is the same file.
    """
    edition, form = desk.edition, desk.form
    facts = {PROPERTY_FORM: form.id, PROPERTY_VERSION: form.version, PROPERTY_DISTRICT: edition.district,
             PROPERTY_YEAR: str(edition.year or "")}
    drawn = desk.book.add_worksheet(MARKER_SHEET)
    drawn.hide()
    for row, (name, value) in enumerate(facts.items()):
        drawn.write_string(row, 0, name, desk.cell())
        drawn.write_string(row, 1, value, desk.cell())
        desk.book.set_custom_property(name, value, "text")
    desk.book.set_properties({
        "title": form.name, "author": str(edition.regulation.issuer), "comments": str(edition.regulation.number),
        "created": datetime.combine(edition.regulation.in_force_from, time())})
