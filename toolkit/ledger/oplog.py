"""The lines of the 操作日志 sheet: each carries the hash of the line before, so that a changed line shows.

The last code is also kept outside the ledger (`witness_line`), so that a cut tail and a log chained anew show too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from toolkit.forms.register_rows import LogRow
from toolkit.sheets.grid import Value

HEADERS = LogRow.sheet.headers
_PREVIOUS, _OWN = 6, 7
_FIRST = "（首行）"  # what the witness has for the code before the first line
_WITNESS_FIELDS = 5


def line(previous: Sequence[Value] | None, at: datetime, *, operation: str, operator: str, target: str,
         summary: str) -> tuple[str | int, ...]:
    """The line that follows `previous` (None: the first), in the order of HEADERS."""
    number = int(float(_canonical(previous[0]))) + 1 if previous else 1
    before = _canonical(previous[_OWN]) if previous else ""
    fields = (number, f"{at:%Y-%m-%d %H:%M:%S}", operation, operator, target, summary)
    return (*fields, before, chain(before, fields))


def chain(previous_hash: str, fields: Sequence[Value]) -> str:
    """SHA-256 over the previous line's hash and this line's fields, however Excel typed them in between."""
    canonical = json.dumps([previous_hash, *map(_canonical, fields)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class WitnessLine:
    """What is kept of one operation outside the ledger: whose it was, when, which, and its two check codes."""

    ledger: str
    time: str
    operation: str
    previous: str
    own: str


def witness_line(ledger: str, entry: Sequence[object]) -> str:
    """The line of the witness file for a line of the log, by the ledger's file name."""
    fields = _fields(entry)
    return "\t".join((*fields[1:3], fields[_PREVIOUS] or _FIRST, fields[_OWN], ledger))


def witness_of(text: str) -> list[WitnessLine]:
    """The lines of a witness file, oldest first; a line that a power cut left short is passed over."""
    split = [line.split("\t") for line in text.splitlines()]
    return [WitnessLine(parts[4], parts[0], parts[1], parts[2].removeprefix(_FIRST), parts[3])
            for parts in split if len(parts) == _WITNESS_FIELDS]


def verify(rows: Sequence[Sequence[Value]], witness: Sequence[WitnessLine] = ()) -> list[int]:
    """Zero-based positions of lines that do not fit: changed, out of order, or with a line missing before them.

    With the witness of this ledger also those that were chained anew. Lines cut off at the end: see `missing`.
    """
    broken, before = [], ""
    known, witnessed = {line.own for line in witness}, False
    for position, row in enumerate(rows):
        fields = _fields(row)
        own = chain(fields[_PREVIOUS], fields[:_PREVIOUS])
        witnessed |= fields[_OWN] in known
        strange = witnessed and fields[_OWN] not in known  # lines older than the witness are not in it
        if (fields[0], fields[_PREVIOUS], fields[_OWN]) != (str(position + 1), before, own) or strange:
            broken.append(position)
        before = fields[_OWN]
    if rows and known and not witnessed:
        broken = list(range(len(rows)))
    return broken


def missing(rows: Sequence[Sequence[Value]], witness: Sequence[WitnessLine]) -> list[WitnessLine]:
    """Operations of this ledger that followed the last line of its log and are not in it: a tail that was cut off.

    An operation that was undone is none of them: the line of the undoing stands in its place.
    """
    last = _fields(rows[-1])[_OWN] if rows else ""
    lost: list[WitnessLine] = []
    for line in witness:
        if line.previous == last or any(line.previous == each.own for each in lost):
            lost.append(line)
    return lost


def of_ledger(name: str, rows: Sequence[Sequence[Value]], witness: Sequence[WitnessLine]) -> list[WitnessLine]:
    """The lines of a witness file that are about this ledger: by its name, or by a code that its log has.

    Several ledgers may share a folder, and a ledger may have been renamed.
    """
    codes = {_fields(row)[_OWN] for row in rows} - {""}
    names = {name} | {line.ledger for line in witness if line.own in codes}
    return [line for line in witness if line.ledger in names]


def _fields(row: Sequence[object]) -> list[str]:
    """A line as canonical texts, one that was cut short filled up."""
    return [_canonical(value) for value in (*row, *[None] * (len(HEADERS) - len(row)))]


def _canonical(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return "" if value is None else str(value).replace("\r\n", "\n")
