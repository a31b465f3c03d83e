"""The lines of the 操作日志 sheet: each carries the hash of the line before, so that a changed line shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from toolkit.sheets.grid import Value

HEADERS = ("序号", "时间", "操作", "操作人", "对象", "摘要", "上一行校验码", "本行校验码")
_PREVIOUS, _OWN = 6, 7


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


def verify(rows: Sequence[Sequence[Value]]) -> list[int]:
    """Zero-based positions of lines that do not fit: changed, out of order, or with a line missing before them.

    Lines cut off at the end cannot be seen from what is left.
    """
    broken, before = [], ""
    for position, row in enumerate(rows):
        fields = [_canonical(value) for value in (*row, *[None] * (len(HEADERS) - len(row)))]
        own = chain(fields[_PREVIOUS], fields[:_PREVIOUS])
        if (fields[0], fields[_PREVIOUS], fields[_OWN]) != (str(position + 1), before, own):
            broken.append(position)
        before = fields[_OWN]
    return broken


def _canonical(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return "" if value is None else str(value).replace("\r\n", "\n")
