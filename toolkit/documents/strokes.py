"""姓氏笔画: the order public lists of names are printed in.

Names are compared character by character: strokes, then the kinds of stroke in writing order (横竖撇点折).
Source: GF 3003-1999 汉字字序（笔画序）, 《通用规范汉字表》; the table's provenance stands at its head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeVar

T = TypeVar("T")

# 姓名间隔号：U+00B7 为准，其余是常见的错录形式。
NAME_DOTS = "·•‧・．.∙⋅ 　"


@cache
def _ranks() -> dict[str, int]:
    lines = (files(__package__) / "stroke_order.txt").read_text("utf-8").splitlines()
    characters = "".join(line for line in lines if not line.startswith("#"))
    return {character: rank for rank, character in enumerate(characters)}


def _bare(name: str) -> str:
    return "".join(character for character in name if character not in NAME_DOTS)


def stroke_key(name: str) -> tuple[int, ...]:
    """Sort key of a name. The separator in 买买提·艾力 does not count; characters outside the table follow all
    others, by code point."""
    ranks = _ranks()
    return tuple(ranks.get(character, len(ranks) + ord(character)) for character in _bare(name))


def outside_table(name: str) -> str:
    """The characters of a name whose place is a guess: someone should look at the order."""
    return "".join(character for character in _bare(name) if character not in _ranks())


def by_strokes(items: Iterable[T], name: Callable[[T], str], first: Sequence[str] = ()) -> list[T]:
    """`items` by 姓氏笔画 of `name(item)`. Names in `first`, the bureau's own order, lead in that order.

    Equal names keep the order they came in.
    """
    leading = {_bare(listed): place for place, listed in enumerate(first)}
    return sorted(items, key=lambda item: (leading.get(_bare(name(item)), len(leading)), stroke_key(name(item))))
