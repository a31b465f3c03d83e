"""Which districts have sent neither applications nor that they have none, of a year whose last day for them is known.

Source: 乌人社规〔2023〕1号 第十条; the last day is the bureau's (年度安排)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from toolkit.forms.recommendation import RECOMMENDATION
from toolkit.forms.register_rows import ReturnRow
from toolkit.ledger.arrangements import DEADLINE, of_year
from toolkit.ledger.books import Books
from toolkit.regulation import Regulation


class Unreported(NamedTuple):
    """The last day there was, or is, and the districts in the order of the law's list."""

    deadline: date
    districts: Sequence[str]


def unreported(books: Books, law: Regulation, year: int, on: date) -> Unreported | None:
    """None where no last day is set for the year. Raises UnreadableCell where it, or whose a return is, cannot be read."""
    deadline = of_year(books, law, year, on)[DEADLINE]
    if not isinstance(deadline, date):
        return None
    came = {row.district for row in books.of(ReturnRow) if row.year == year and row.form == RECOMMENDATION.name}
    came |= {row.district for row in books.applications if row.year == year}
    return Unreported(deadline, [name for name in law.lists["districts"].names if name not in came])
