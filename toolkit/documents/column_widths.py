"""Columns of a filled list: as wide as their words, the long texts sharing what is left; a column nobody filled is left out.

Where a text would take more than three lines the whole list is set in smaller type.

A list is a table with a repeated header row whose rows all have the same cells. Forms, whose cells are joined, stay as drawn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil
from typing import TYPE_CHECKING

from toolkit.documents.docx_package import W
from toolkit.documents.docx_styles import BY_NAME
from toolkit.documents.measures import PT
from toolkit.documents.wording import width
from toolkit.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LEFT_OUT_WHEN_EMPTY = ("牌匾编号",)
MARGINS = {"": 134, "密": 134, "细": 60}  # twips；格内左右空（细：20），加20的余地给不同电脑的字体
_NARROW = 20
_WIDEST_WORD = 0.3  # 一个词至多占表宽的几成，再长就断开
_FLOWING = "表内文字"  # 这种样式的格子里是句子，可以断行
_LETTERS = re.compile(r"[\x21-\x7e]+|[^\x00-\x7f]")
_PIECES = re.compile(r"[\x21-\x7e]+[^\x00-\x7f·、，；]*|[^\x00-\x7f·、，；]+[·、，；]?")  # 10万元 不断开，乌技师|2026001 可以
_BORDER = re.compile(r"(?<=[\x21-\x7e])(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])(?=[\x21-\x7e])")
DENSITIES = ("", "密", "细")  # 表内文字的三种大小
MOST_LINES = 3


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def fit_lists(root: Element, names: Mapping[str, str]) -> None:
    """Set the columns of every list of a main part. names: style id → name."""
    for table in root.iter(_w("tbl")):
        rows = table.findall(_w("tr"))
        if len(rows) > 1 and _is_list(rows):
            _leave_out(table, rows)
            _fit(table, rows, names)


def _is_list(rows: Sequence[Element]) -> bool:
    cells = {len(row.findall(_w("tc"))) for row in rows}
    joined = any(row.find(f".//{_w(mark)}") is not None for row in rows for mark in ("gridSpan", "vMerge"))
    return len(cells) == 1 and not joined and rows[0].find(f"{_w('trPr')}/{_w('tblHeader')}") is not None


def _the(parent: Element, *path: str) -> Element:
    """The one descendant at `path`, which a list table of the templates always has."""
    node = parent.find("/".join(map(_w, path)))
    if node is None:
        raise UserError(f"模板的表格缺少“{path[-1]}”，不能排列宽。请在Word里重新插入表格，或改用自带模板。")
    return node


def _leave_out(table: Element, rows: Sequence[Element]) -> None:
    grid = _the(table, "tblGrid")
    for place in range(len(rows[0].findall(_w("tc"))) - 1, -1, -1):
        cells = [row.findall(_w("tc"))[place] for row in rows]
        if _text(cells[0]) in LEFT_OUT_WHEN_EMPTY and not any(map(_text, cells[1:])):
            for row, cell in zip(rows, cells, strict=True):
                row.remove(cell)
            grid.remove(grid[place])


def _text(cell: Element) -> str:
    return "\n".join("".join("\n" if node.tag == _w("br") else node.text or "" for node in paragraph.iter(_w("t"), _w("br")))
                     for paragraph in cell.iter(_w("p"))).strip()


def _fit(table: Element, rows: Sequence[Element], names: Mapping[str, str]) -> None:
    """Widths, in the largest of the three sizes of type that keeps every cell within `MOST_LINES`."""
    grid = _the(table, "tblGrid")
    total = int(_the(table, "tblPr", "tblW").get(_w("w"), "0"))
    columns = list(zip(*(row.findall(_w("tc")) for row in rows), strict=True))
    said = [_column(column, names) for column in columns]
    ids = {name: id_ for id_, name in names.items()}
    sizes = [size for size in DENSITIES[DENSITIES.index(said[-1].density):] if all(f"{size}{each.style}" in ids for each in said)]
    if not sizes:
        return  # 自备模板的表格用了别的样式
    for density, whole in product(sizes, (True, False)):
        widths = widths_for([_needs(each, density, whole, total) for each in said], total)
        if max(_lines(each, density, twips) for each, twips in zip(said, widths, strict=True)) <= MOST_LINES:
            break
    if density == DENSITIES[-1]:
        _narrow_cells(_the(table, "tblPr"))
    for node, column, twips in zip(grid, columns, widths, strict=True):
        node.set(_w("w"), str(twips))
        for cell in column:
            _the(cell, "tcPr", "tcW").set(_w("w"), str(twips))
            for style in cell.iter(_w("pStyle")):
                plain = _plain(names.get(style.get(_w("val"), ""), ""))
                style.set(_w("val"), ids.get(f"{density}{plain}", style.get(_w("val"))))


def _narrow_cells(properties: Element) -> None:
    """Less air left and right of the text; the mark stands after tblLayout, as the schema wants."""
    for old in properties.findall(_w("tblCellMar")):
        properties.remove(old)
    margins = properties.makeelement(_w("tblCellMar"))
    for side in ("left", "right"):
        margins.append(margins.makeelement(_w(side), {_w("w"): str(_NARROW), _w("type"): "dxa"}))
    _the(properties, "tblLayout").addnext(margins)


@dataclass(frozen=True)
class _Said:
    """What a column says: texts of its cells, the style of its cells without the size of type, that size."""

    texts: tuple[str, ...]
    style: str
    density: str


def _plain(style: str) -> str:
    """A table style's name without its size of type."""
    return style[1:] if style[:1] in DENSITIES[1:] else style


def _column(cells: Sequence[Element], names: Mapping[str, str]) -> _Said:
    style = cells[-1].find(f"{_w('p')}/{_w('pPr')}/{_w('pStyle')}")
    name = names.get("" if style is None else style.get(_w("val"), ""), "")
    return _Said(tuple(map(_text, cells)), _plain(name), name[:1] if name[:1] in DENSITIES else "")


def _character(density: str) -> float:
    return BY_NAME[f"{density}表内居中"].size * PT


def _needs(said: _Said, density: str, unbroken: bool, total: int) -> tuple[int, int]:
    """(twips of the longest word, twips of the longest text on one line) of a column; only sentences count as longer than a word.

    unbroken: names stay on one line, else they may break after “·”.
    """
    flowing = said.style == _FLOWING
    words = [word for text in said.texts for word in (_LETTERS.findall(text) if flowing else text.split("\n") if unbroken else _PIECES.findall(text))]
    word = min(max(map(_with_gaps, words), default=0) * _character(density), total * _WIDEST_WORD)
    whole = max(width(line) for text in said.texts for line in text.split("\n")) * _character(density) if flowing else word
    return ceil(word) + MARGINS[density], ceil(whole) + MARGINS[density]


def _with_gaps(word: str) -> float:
    """Characters of a word; some programs put a quarter between Chinese and Western ones, whatever the style says."""
    return width(word) + len(_BORDER.findall(word)) / 4


def _lines(said: _Said, density: str, twips: int) -> int:
    """Lines of the longest cell of a column."""
    room = max((twips - MARGINS[density]) // _character(density), 1)
    return max(sum(ceil(width(line) / room) or 1 for line in text.split("\n")) for text in said.texts)


def widths_for(needs: Sequence[tuple[int, int]], total: int) -> list[int]:
    """Twips of each column, `total` together: every column its longest word, the rest to those whose texts are longer, in proportion.

    Where even the words do not fit, all give way alike. needs: (longest word, longest text) of each column.
    """
    words, room = [word for word, _ in needs], total - sum(word for word, _ in needs)
    if room <= 0:
        shares = [word * total / sum(words) for word in words]
    else:
        longer = [max(whole - word, 0) for word, whole in needs]
        used = min(room, sum(longer))
        shares = [word + (used * each / sum(longer) if used else 0) + (room - used) / len(words)  # 一行就放得下：余下的平分
                  for word, each in zip(words, longer, strict=True)]
    found = [int(share) for share in shares]
    found[found.index(max(found))] += total - sum(found)
    return found
