"""Which form, version, district and year a workbook is: a hidden sheet and the same as document properties."""

from __future__ import annotations

from datetime import datetime, time

from toolkit.forms.model import MARKER_SHEET, PROPERTY_DISTRICT, PROPERTY_FORM, PROPERTY_VERSION, PROPERTY_YEAR
from toolkit.pages.layout import Drawing


def draw_marker(drawing: Drawing) -> None:
    """Write the hidden sheet (label, value) and the document properties.

    The creation date is the regulation's first day: a template built twice is the same file.
    """
    edition, form = drawing.edition, drawing.form
    facts = {PROPERTY_FORM: form.id, PROPERTY_VERSION: form.version, PROPERTY_DISTRICT: edition.district,
             PROPERTY_YEAR: str(edition.year or "")}
    drawn = drawing.book.add_worksheet(MARKER_SHEET)
    drawn.hide()
    for row, (name, value) in enumerate(facts.items()):
        drawn.write_string(row, 0, name, drawing.cell())
        drawn.write_string(row, 1, value, drawing.cell())
        drawing.book.set_custom_property(name, value, "text")
    drawing.book.set_properties({
        "title": form.name, "author": str(edition.regulation.issuer), "comments": str(edition.regulation.number),
        "created": datetime.combine(edition.regulation.in_force_from, time())})
