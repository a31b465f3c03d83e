"""Sheets with a column for each row of another: 评委表决 has one for each studio of 评审情况."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.forms.model import Form, Sheet


def fitted(sheet: Sheet, names: Iterable[str]) -> Sheet:
    """The sheet with a column headed by each of the names; as it is where it spreads over nothing."""
    if not sheet.spread or sheet.each is None:
        return sheet
    taken = set(sheet.headers)
    fresh = [name for name in dict.fromkeys(names) if name and name not in taken]
    return replace(sheet, columns=(*sheet.columns, *(replace(sheet.each, header=name) for name in fresh)))


def fitted_form(form: Form, names: Sequence[str] | None = None) -> Form:
    """The form for rows that are known, the first sheet as long as there are names and the others fitted to them.

    names: None for the empty template, where the places of a sheet that spreads are numbered.
    """
    main, *others = form.sheets
    if names is None and not any(sheet.spread for sheet in others):
        return form
    given = [f"{number}号" for number in range(1, main.rows + 1)] if names is None else names
    return replace(form, sheets=(replace(main, rows=len(given)), *(fitted(sheet, given) for sheet in others)))


def spread_columns(sheet: Sheet) -> tuple[int, int]:
    """The first and the last of the columns a fitted sheet spreads over."""
    own = [number for number, column in enumerate(sheet.columns) if sheet.each and column.choices == sheet.each.choices
           and column.group == sheet.each.group]
    return own[0], own[-1]
