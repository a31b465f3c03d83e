"""Rows of the later registers that belong to no studio, or to another than they say: the number decides, the name is a label.

Source: 乌人社规〔2023〕1号 第十三条、第十八条至第二十条
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from toolkit.forms.register_rows import ROWS, ChangeRow, PublicityRow, StudioRow
from toolkit.forms.typed_rows import TypedRow, UnreadableCell
from toolkit.ledger.books import Books
from toolkit.returns.findings import Finding
from toolkit.returns.messages import finding

_NUMBER, _NAME = StudioRow.number.header, StudioRow.name.header
_LATER = tuple(kind for kind in ROWS if kind not in (StudioRow, PublicityRow)
               and {_NUMBER, _NAME} <= {field.header for field in kind.fields.values()})


def dangling(books: Books) -> Iterator[Finding]:
    """Every row whose studio cannot be told for certain."""
    names = _names(books)
    numbers: dict[str, set[str]] = {}
    for number, known in names.items():
        for name in known:
            numbers.setdefault(name, set()).add(number)
    unnumbered = {name for row in books.studios for name in row.known(StudioRow.name)}
    unnumbered |= {name for row in books.publicity if row.known(PublicityRow.named_on) for name in row.known(PublicityRow.studio)}
    for kind in _LATER:
        for row in books.of(kind):
            yield from _judged(row, names, numbers, unnumbered)


def owners_known(books: Books, *kinds: type[TypedRow]) -> None:
    """Raises UnreadableCell where a row of these registers may be any studio's, because what would tell cannot be read."""
    number, name = StudioRow.number.header, StudioRow.name.header
    for kind in kinds:
        for row in books.of(kind):
            unread = [header for header in (number, name) if header in row.record.problems]
            if unread and row.record.values.get(number) is None and row.record.values.get(name) is None:
                raise UnreadableCell(row, kind.sheet.by_header[unread[0]])


def _names(books: Books) -> dict[str, set[str]]:
    """Number → the names that its studio bears or bore."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in books.studios:
        for number in row.known(StudioRow.number):
            found[number].update(row.known(StudioRow.name))
    for named in books.publicity:
        for number in named.known(PublicityRow.number):
            found[number].update(named.known(PublicityRow.studio))
    for change in books.of(ChangeRow):
        for number in change.known(ChangeRow.number):
            if number in found:
                found[number].update((*change.known(ChangeRow.before), *change.known(ChangeRow.after)))
    return found


def _judged(row: TypedRow, names: dict[str, set[str]], numbers: dict[str, set[str]], unnumbered: set[str]) -> Iterator[Finding]:
    values, problems = row.record.values, row.record.problems
    number, name = (None if header in problems else values.get(header) for header in (_NUMBER, _NAME))
    if number is not None and number not in names:
        yield finding("D-number", row.record.place(_NUMBER), number)
    elif number is not None and name is not None and name not in names[number]:
        yield finding("D-name", row.record.place(_NAME), name, number=number, wanted="”或“".join(sorted(names[number])))
    elif number is None and name is not None:
        bearing = numbers.get(name, set())
        if len(bearing) > 1:
            yield finding("D-which", row.record.place(_NUMBER), name, count=len(bearing))
        elif not bearing and name not in unnumbered:
            yield finding("D-studio", row.record.place(_NAME), name)
