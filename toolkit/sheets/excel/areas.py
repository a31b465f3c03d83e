"""Rectangles of cells, and how to ask Excel about many of them in few calls: every call leaves this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from toolkit.sheets.grid import a1, area_from_a1

LONGEST_ADDRESS = 255  # characters Excel takes in one Range call
_MOST_AREAS = 200
Answer = TypeVar("Answer")


class Area(NamedTuple):
    """First and last row and column, zero-based, both included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        first, last = a1(self.top, self.left), a1(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def cells(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def columns(self, first: int, last: int) -> Area:
        """The part between two columns."""
        return Area(self.top, first, self.bottom, last)


def parsed(address: str) -> Area:
    """`$A$1:$C$9`, `$A:$C` or `$1:$9`, with or without $ → Area. ValueError on anything else."""
    return Area(*area_from_a1(address))


def around(places: Iterable[tuple[int, int]]) -> Area:
    """The smallest area with all these cells (row, column) in it."""
    rows, columns = zip(*places, strict=True)
    return Area(min(rows), min(columns), max(rows), max(columns))


def blocks(places: Iterable[tuple[int, int]]) -> list[Area]:
    """Areas that hold exactly these cells (row, column): equal stretches of neighbouring rows are one."""
    done: list[Area] = []
    growing: dict[tuple[int, int], Area] = {}
    for row, stretches in _stretches(places):
        kept = {}
        for left, right in stretches:
            above = growing.get((left, right))
            joined = above and above.bottom == row - 1
            kept[left, right] = above._replace(bottom=row) if above and joined else Area(row, left, row, right)
        done += [area for key, area in growing.items() if key not in kept or kept[key].top != area.top]
        growing = kept
    return sorted([*done, *growing.values()])


def _stretches(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Row by row the stretches of neighbouring columns."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(set(places)):
        by_row.setdefault(row, []).append(column)
    for row, columns in by_row.items():
        yield row, runs(columns)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers → (first, last) of each run without a gap."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def columns_down(places: Iterable[tuple[int, int]]) -> list[Area]:
    """Areas that hold exactly these cells, each within one column where they are scattered."""
    whole = blocks(places)
    turned = blocks((column, row) for row, column in places)
    return whole if len(whole) <= len(turned) else sorted(Area(left, top, right, bottom) for top, left, bottom, right in turned)


def addresses(areas: Iterable[Area]) -> list[str]:
    """The areas as few addresses of several areas each, short enough for Excel."""
    pieces: list[list[str]] = []
    length = 0
    for area in areas:
        text = area.address
        length += len(text) + 1
        if not pieces or length > LONGEST_ADDRESS or len(pieces[-1]) == _MOST_AREAS:
            pieces.append([])
            length = len(text)
        pieces[-1].append(text)
    return [",".join(piece) for piece in pieces]


def alike(area: Area, ask: Callable[[Area], Answer | None], columns_first: bool = False) -> Iterator[tuple[Area, Answer | None]]:
    """Parts of the area with one answer each. Excel answers None where the cells of an area differ; such are halved.

    `columns_first`: try columns before rows, for what is the same all the way down a column.
    """
    answer = ask(area)
    if answer is not None or area.cells == 1:
        yield area, answer
        return
    rows, columns = area.bottom - area.top, area.right - area.left
    if columns and (columns_first or not rows):
        middle = (area.left + area.right) // 2
        halves = area._replace(right=middle), area._replace(left=middle + 1)
    else:
        middle = (area.top + area.bottom) // 2
        halves = area._replace(bottom=middle), area._replace(top=middle + 1)
    for half in halves:
        yield from alike(half, ask, columns_first)
