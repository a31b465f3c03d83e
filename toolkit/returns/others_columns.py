"""R15: columns in a return that belong to the city: a review's conclusion, an approval, a naming. They are not read, and it is said."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.forms import roles
from toolkit.forms.model import Form
from toolkit.regulation import Regulation
from toolkit.returns.characters import blank
from toolkit.returns.findings import Finding, Place
from toolkit.returns.headers import header_key
from toolkit.returns.messages import finding
from toolkit.returns.records import Table
from toolkit.sheets.grid import Grid, a1


def of_the_city(grid: Grid, table: Table, form: Form, law: Regulation) -> Iterator[Finding]:
    """A finding for each column that is headed like one the city fills in for its decisions and that holds something."""
    if not table.layout.unknown or form.role == roles.CITY:
        return
    from toolkit.forms.ledger import APPLICATION_ROWS, ASSESSMENTS, LEDGER, PUBLICITY

    owners = {header_key(column.header): owner for sheet in (APPLICATION_ROWS, PUBLICITY, ASSESSMENTS) for column in sheet.columns
              if column.people and (owner := roles.owner(LEDGER, column)) != form.role}
    for column, header in enumerate(grid.rows[table.layout.row]):
        if isinstance(header, str) and header.strip() in table.layout.unknown and (whose := owners.get(header_key(header))):
            filled = [record for record in table.records if not blank(grid.at(record.row, column))]
            if filled:
                place = Place(table.file, table.name, a1(filled[0].row, column), header.strip())
                yield finding("R15.column", place, header.strip(), law.clause("R15"), other=whose, count=len(filled))
