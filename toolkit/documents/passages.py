"""A Word text as the passages people see: each paragraph, and each cell of a table with what stands left of it and in its row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.documents.docx_package import W
from toolkit.documents.package_texts import local_name
from toolkit.documents.template_tags import own_texts, paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST = 20_000  # 一段里看多少字
MOST = 60_000  # 一份里看多少段、多少格


@dataclass(frozen=True)
class Passage:
    """A paragraph, or a cell. `number`: which paragraph it is (begins with), from 1; `table`, `row`, `column`: which cell, from 1,
    0 outside tables. `label`: the text of the cell left of it."""

    text: str
    style: str
    number: int
    table: int = 0
    row: int = 0
    column: int = 0
    label: str = ""

    @property
    def place(self) -> str:
        """第12段, or 表1第3行第2格."""
        return f"表{self.table}第{self.row}行第{self.column}格" if self.table else f"第{self.number}段"


def passages(root: Element, styles: Mapping[str, str]) -> list[Passage]:
    """Every cell, and every paragraph that says something, in order. styles: style name → id."""
    names = {id_: name for name, id_ in styles.items()}
    numbers = {element: number for number, element in enumerate(paragraphs(root), 1)}
    found: list[Passage] = []
    for element, number in numbers.items():
        around = [local_name(node.tag) for node in element.iterancestors()]
        if "Fallback" not in around and "tc" not in around:
            found.append(Passage(_text(element), _style(element, names), number))
    for count, table in enumerate((each for each in root.iter(_w("tbl")) if next(each.iterancestors(_w("tbl")), None) is None), 1):
        found += _cells(table, count, numbers, names)
    return [each for each in found if each.table or each.text.strip()][:MOST]


def _cells(table: Element, count: int, numbers: Mapping[Element, int], names: Mapping[str, str]) -> Iterator[Passage]:
    """The cells of a table; those that a cell above reaches into are none."""
    for row_number, row in enumerate(table.iter(_w("tr")), 1):
        label = ""
        for column, cell in enumerate(row.findall(_w("tc")), 1):
            own = list(cell.iter(_w("p")))
            text = "\n".join(map(_text, own))
            if own and not _continues(cell):
                yield Passage(text, _style(own[0], names), numbers[own[0]], count, row_number, column, label.strip())
            label = text


def _continues(cell: Element) -> bool:
    merged = cell.find(f"{_w('tcPr')}/{_w('vMerge')}")
    return merged is not None and merged.get(_w("val"), "continue") == "continue"


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in own_texts(element))[:LONGEST]


def _style(element: Element, names: Mapping[str, str]) -> str:
    named = element.find(f"{_w('pPr')}/{_w('pStyle')}")
    return "" if named is None else names.get(named.get(_w("val"), ""), "")


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
