"""Where a document that was read again departs from what the ledger says it should be: values, and rows of its lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from toolkit.documents.consistency import Examined, head_of, lists_of, name_of
from toolkit.documents.declared import FieldGroup, Rows, Text
from toolkit.documents.marked_values import squeezed
from toolkit.documents.origins import TracedValue
from toolkit.documents.reread import FoundRow, FoundValue
from toolkit.returns.findings import Finding, Place
from toolkit.returns.messages import finding

_DIGIT = re.compile(r"[\d〇零一二三四五六七八九十百千万]")
_FIGURE = re.compile(r"[\d.]+|\d+年\d+月\d+日|[\d.]+万?元")
ExpectedRow = tuple[str, Mapping[str, str]]
"""The numbered path of a row (名单.2), and its values."""


def departures_from(document: Examined, expected: Mapping, traced: Sequence[TracedValue]) -> list[Finding]:
    """Every departure. expected: the context the ledger gives now; traced: where its values come from."""
    origins = {each.path: each for each in traced}
    return [*_values(document, expected, origins), *_lists(document, expected, origins)]


def _values(document: Examined, expected: Mapping, origins: Mapping[str, TracedValue]) -> Iterator[Finding]:
    for value in document.read.values:
        field, wanted = document.declared.get(value.path), _at(expected, value.path)
        if isinstance(field, Rows) and isinstance(wanted, list):
            wanted = str(len(wanted))
        if isinstance(wanted, str) and _differs(value, wanted, field):
            yield document.found("P-value", value, value.text, wanted=wanted, where=_where(origins.get(value.path)))


def _differs(found: FoundValue, wanted: str, field: object) -> bool:
    """What the ledger leaves blank may be filled in by hand; where the words around were changed, the value need only be there.

    A number, day or amount may have got words beside it: 间为7 says 7.
    """
    blank = not wanted.strip() and isinstance(field, Text) and not field.required
    said, right = squeezed(found.text), squeezed(wanted)
    among_words = right in said and not _DIGIT.search(said.replace(right, "", 1)) and (found.loose or _FIGURE.fullmatch(right))
    return not blank and said != right and not among_words


def _at(context: Mapping, path: str) -> object:
    value: object = context
    for key in path.split("."):
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return value


def _where(origin: TracedValue | None) -> str:
    if origin is None or origin.cell is None:
        return f"（{origin.how}）" if origin and origin.how else ""
    source = f"，来自{origin.source[0]}“{origin.source[1]}”表第{origin.source[2]}行" if origin.source else ""
    return f"（“{origin.cell.sheet}”表 {origin.cell.cell}“{origin.cell.field}”{source}）"


# ---- 名单 ----

def _lists(document: Examined, expected: Mapping, origins: Mapping[str, TracedValue]) -> Iterator[Finding]:
    found = lists_of(document.read.rows)
    for paths in document.read.shape.list_groups:
        wanted = [row for path in paths for row in _expected_rows(document, expected, path)]
        for rows in [own for own in found if set(own[0].lists) & set(paths)] or [[]]:
            yield from _list(document, paths, wanted, rows, origins)


def _expected_rows(document: Examined, context: Mapping, path: str) -> Iterator[ExpectedRow]:
    """The rows of a list as the ledger has them, those of a list within a list one after another."""
    def walk(value: object, keys: Sequence[str], numbered: str) -> Iterator[ExpectedRow]:
        if isinstance(value, list):
            for number, row in enumerate(value, 1):
                if keys:
                    yield from walk(row, keys, f"{numbered}{number}.")
                else:
                    yield f"{numbered}{number}", row
        elif isinstance(value, Mapping) and keys and keys[0] in value:
            yield from walk(value[keys[0]], keys[1:], f"{numbered}{keys[0]}.")
    yield from walk(context, path.split("."), "")


def _list(document: Examined, paths: Sequence[str], wanted: Sequence[ExpectedRow], rows: Sequence[FoundRow],
          origins: Mapping[str, TracedValue]) -> Iterator[Finding]:
    """Rows paired by their names; of one name in the order they stand."""
    left = [(name_of(_as_found(row)), path, row) for path, row in wanted if any(value.strip() for value in row.values() if isinstance(value, str))]
    for row in rows:
        name = name_of(row)
        pair = next((each for each in left if each[0] == name), None)
        where = head_of(row)
        if pair is not None:
            left.remove(pair)
            yield from _row(document, row, pair[1], pair[2], origins)
        elif where is not None and any(squeezed(each.text) for each in row.values.values()):
            yield document.found("P-extra", where, name or where.text)
    for name, path, _ in left:
        place = Place(document.file, "", "", document.meaning(paths[0]))
        origin = next((origins[each] for each in origins if each.startswith(f"{path}.") and origins[each].cell is not None), None)
        yield finding("P-missing", place, name, origin.clause if origin else "", where=_where(origin))


def _as_found(row: Mapping[str, str]) -> FoundRow:
    from toolkit.documents.passages import Passage

    said = {key: value for key, value in row.items() if isinstance(value, str) and value.strip()}
    return FoundRow((), {key: FoundValue(key, value, Passage(value, "", 0)) for key, value in said.items()})


def _row(document: Examined, row: FoundRow, path: str, wanted: Mapping[str, object], origins: Mapping[str, TracedValue]) -> Iterator[Finding]:
    for key, value in row.values.items():
        field, right = document.declared.get(value.path), wanted.get(key)
        if isinstance(right, list):
            right = str(len(right))
        if isinstance(right, str) and not isinstance(field, FieldGroup) and _differs(value, right, field):
            origin = origins.get(f"{path}.{key}")
            yield document.found("P-value", value, value.text, wanted=right, where=_where(origin))
