"""Whether a context is what its kind declares, and looking values up in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toolkit.documents.declared import DocumentKind, Field, FieldGroup, Rows, Text
from toolkit.documents.wording import safe_file_name
from toolkit.errors import UserError


def check_context(kind: DocumentKind, context: Mapping) -> None:
    """Whether `context` can be printed.

    Raises ValueError where the caller built another shape, UserError naming every blank that someone must fill.
    """
    blanks = list(_blanks(kind.fields, context, ""))
    if blanks:
        missing = "、".join(f"{field.meaning}（{path}）" for path, field in blanks)
        places = "、".join(dict.fromkeys(getattr(field, "where", "") or "台账" for _, field in blanks))
        raise UserError(f"“{kind.name}”还缺：{missing}。请在{places}填写后重新生成。")


def _blanks(fields: tuple[Field, ...], context: object, path: str) -> Iterator[tuple[str, Text | Rows]]:
    expected = {field.key for field in fields}
    if not isinstance(context, Mapping) or set(context) != expected:
        given = set(context) if isinstance(context, Mapping) else context
        raise ValueError(f"context at {path or 'top'}: expected {sorted(expected)}, got {given}")
    for field in fields:
        value, place = context[field.key], f"{path}{field.key}"
        if isinstance(field, FieldGroup):
            yield from _blanks(field.fields, value, f"{place}.")
        elif isinstance(field, Rows):
            if field.required and not value:
                yield place, field
            for number, row in enumerate(value, 1):
                yield from _blanks(field.fields, row, f"{place}第{number}行.")
        elif not isinstance(value, str):
            raise ValueError(f"context at {place}: finished text expected, got {value!r}")
        elif field.required and not value.strip():
            yield place, field


def lookup(context: Mapping, path: str) -> str:
    """The text at 发文.联系.电话."""
    value: object = context
    for key in path.split("."):
        value = value[key]  # type: ignore[index]
    return str(value)


def file_name(kind: DocumentKind, context: Mapping) -> str:
    """The file name of a document, safe on Windows."""
    return safe_file_name(re.sub(r"\{([^{}]+)\}", lambda mark: lookup(context, mark[1]), kind.file_name))
