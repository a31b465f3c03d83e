"""A context whose values carry the name of their field, so that a filled template still tells which of its words are values.

Each value stands between marks that no font shows: `OPEN field SPLIT value CLOSE`. An empty value stays empty, so that
conditions decide as they do without marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.documents.declared import Field, FieldGroup, Rows

OPEN, SPLIT, CLOSE = "\ue010", "\ue011", "\ue012"
_MARKED = re.compile(f"{OPEN}([^{OPEN}{SPLIT}{CLOSE}]*){SPLIT}([^{OPEN}{SPLIT}{CLOSE}]*){CLOSE}")
_MARKS = re.compile(f"[{OPEN}{SPLIT}{CLOSE}]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class TextPiece:
    """A part of a text. `path`: the field whose value it is (a list's for how many it has), "" for the template's own words."""

    text: str
    path: str = ""


class _CountedRows(list):
    """The rows of a list of the context, which says itself how many they are."""

    def __init__(self, rows: Iterable[dict], said: str) -> None:
        super().__init__(rows)
        self.said = said


def counted(rows: Sequence) -> str:
    """How many rows a list has, as templates print it."""
    return rows.said if isinstance(rows, _CountedRows) else str(len(rows))


def marked(fields: Iterable[Field], context: Mapping, path: str = "") -> dict:
    """The context of a kind with every value marked: its path from the top, rows not numbered."""
    values: dict = {}
    for field in fields:
        value, place = context[field.key], f"{path}{field.key}"
        if isinstance(field, FieldGroup):
            values[field.key] = marked(field.fields, value, f"{place}.")
        elif isinstance(field, Rows):
            rows = [marked(field.fields, row, f"{place}.") for row in value]
            values[field.key] = _CountedRows(rows, _mark(place, str(len(rows))))
        else:
            values[field.key] = _mark(place, value) if value.strip() else value
    return values


def _mark(path: str, value: str) -> str:
    return f"{OPEN}{path}{SPLIT}{_MARKS.sub('', value)}{CLOSE}"


def pieces(text: str) -> tuple[TextPiece, ...]:
    """A marked text taken apart, without white space."""
    text, found, place = squeezed(text), [], 0
    for match in _MARKED.finditer(text):
        found += [TextPiece(_MARKS.sub("", text[place:match.start()])), TextPiece(match[2], match[1])]
        place = match.end()
    found.append(TextPiece(_MARKS.sub("", text[place:])))
    return tuple(piece for piece in found if piece.text or piece.path)


def squeezed(text: str) -> str:
    """A text without white space: where lines break and words are spaced is no difference."""
    return _SPACE.sub("", text)
