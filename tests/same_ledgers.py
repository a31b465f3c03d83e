"""Whether two ledgers say the same, whoever wrote them."""

from datetime import date

from toolkit.pages import register
from toolkit.regulation import in_force

GIVEN = {"登记时间", "入账时间", "时间", "上一行校验码", "本行校验码", "操作人"}  # differ from run to run


def tables(path):
    """Sheet → rows of a ledger, without what differs from run to run."""
    standing = register.load(path, in_force(date.today())).standing
    return {sheet: [{header: value for header, value in record.values.items() if header not in GIVEN}
                    for record in standing.records(sheet)] for sheet in standing.tables}


def same_ledger(one, other, *without):
    """AssertionError names what differs; the sheets in `without` are not compared."""
    first, second = ({sheet: rows for sheet, rows in tables(path).items() if sheet not in without} for path in (one, other))
    assert first == second and len(first) > 10
