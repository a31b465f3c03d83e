"""Formulas as the engine can take them, or why its answer would not be Excel's.

The engine (ironcalc 0.9) was compared with LibreOffice on what clerks write (tests/sheets/test_engine_formulas.py). What it does
like Excel is named here; a formula with anything else in it keeps the value Excel saved beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import NamedTuple, TypeVar

from toolkit.sheets.formula_tokens import (
    BLANK,
    CALL,
    ERROR,
    NAME,
    NUMBER,
    OPERATOR,
    OTHER,
    REFERENCE,
    TEXT,
    FormulaArea,
    Token,
    area,
    tokens,
)
from toolkit.sheets.grid import CellRef, a1

Part = TypeVar("Part")
_words = re.compile(r"[A-Z]+").findall
TAKES_AREAS = frozenset(_words("""AND AVERAGE AVERAGEIF AVERAGEIFS COLUMN COLUMNS CONCAT COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS HLOOKUP INDEX LARGE
    MATCH MAX MAXIFS MEDIAN MIN MINIFS OR PRODUCT RANK ROW ROWS SMALL STDEV SUM SUMIF SUMIFS SUMPRODUCT SUMSQ TEXTJOIN VLOOKUP"""))
"""Functions that look at a whole area; in any other an area stands for one cell of it, which the engine sees differently."""
TRUSTED = TAKES_AREAS | frozenset(_words("""
    ABS ADDRESS CEILING CHAR CHOOSE CLEAN CODE CONCATENATE DATE DATEDIF DATEVALUE DAY EDATE EOMONTH EXACT FALSE FIND FLOOR HOUR HYPERLINK IF
    IFERROR IFNA IFS INT ISBLANK ISERR ISERROR ISEVEN ISNA ISNUMBER ISODD ISTEXT LEFT LEN LOWER MID MINUTE MOD MONTH N NA NETWORKDAYS NOT PI
    POWER REPLACE REPT RIGHT ROUND ROUNDDOWN ROUNDUP SEARCH SIGN SQRT SUBSTITUTE SWITCH T TEXT TIME TODAY TRIM TRUE TRUNC UPPER VALUE
    WEEKDAY WORKDAY YEAR"""))
"""Functions the engine computes as Excel does."""
COUNTS_DAYS = frozenset(_words("DATE DATEDIF DATEVALUE DAY EDATE EOMONTH MONTH NETWORKDAYS TEXT TODAY VALUE WEEKDAY WORKDAY YEAR"))
"""Functions that the engine computes from 1900 on, whatever the workbook says."""
_SPREADS = frozenset(("", "IF", "ROW", "SUM", "SUMPRODUCT"))  # reckon with every cell of an area in turn, as an array formula does
_AROUND_SPREAD = _SPREADS | {"IFERROR", "LARGE", "MAX", "MIN", "SMALL"}
_EVERY_OTHER = frozenset(range(1, 256, 2))
_CRITERIA = {"COUNTIF": frozenset((1,)), "SUMIF": frozenset((1,)), "AVERAGEIF": frozenset((1,)), "COUNTIFS": _EVERY_OTHER,
             **dict.fromkeys(("SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"), frozenset(range(2, 256, 2)))}
_SIZES = frozenset(("COUNTBLANK", "ROWS"))  # would notice that a column was cut short
_TALL = 2_000  # rows from which an area is cut where the sheets end: the engine walks over every empty cell
_BINARY = frozenset("+-*/^&=<>%") | {"<=", ">=", "<>"}
_PREFIXES = re.compile(r"^(?:_xlfn\.|_xlws\.)+", re.I)
_SHOWS = re.compile(r'(?:yy|yyyy)(?!y)|m{1,2}(?!m)|d{1,2}(?!d)|h{1,2}(?!h)|[0#?.,%;@/: ()+-]|"[^"]*"|\\.|(?P<plain>[^\x00-\x7f])', re.I)
_MOVING_ROW = re.compile(r"(?<=[A-Za-z])(\d+)")  # one without `$`
_NESTED = 8  # names that stand for names

TODAY = "TODAY"
"""What hinders a formula that says TODAY where the day is not to be said."""


class EngineFormula(NamedTuple):
    """What the engine is given, the areas it looks at, and why its answer is not to be believed (`` where it is)."""

    text: str
    areas: tuple[FormulaArea, ...]
    obstacle: str = ""


class _Look(NamedTuple):
    """A reference in an engine formula: the sheet's position, the area, whether it is written as one, which rows move along."""

    position: int
    area: FormulaArea
    is_area: bool
    top_moves: bool
    bottom_moves: bool

    def down(self, rows: int) -> _Look:
        sheet, top, left, bottom, right = self.area
        moved = FormulaArea(sheet, top + rows * self.top_moves, left, bottom + rows * self.bottom_moves, right)
        return _Look(self.position, moved, self.is_area, self.top_moves, self.bottom_moves)

    def __str__(self) -> str:
        seen = self.area
        first = f"{engine_sheet(self.position)}!{a1(seen.top, seen.left)}"
        return f"{first}:{a1(seen.bottom, seen.right)}" if self.is_area else first


class RowFormula(NamedTuple):
    """A formula as it was translated in one row, good for the rows below that say the same of themselves."""

    row: int
    source: tuple[str | int, ...]  # its text, with the numbers of the rows that move along
    parts: tuple[str | _Look, ...]
    obstacle: str

    def says(self, text: str, row: int) -> bool:
        """Whether this is what the formula `text` in `row` says."""
        rows = row - self.row
        return "".join([part if isinstance(part, str) else str(part + rows) for part in self.source]) == text

    def at(self, row: int) -> EngineFormula:
        """The formula in `row`."""
        rows = row - self.row
        parts = [part if isinstance(part, str) else part.down(rows) for part in self.parts] if rows else self.parts
        areas = tuple(part.area for part in parts if isinstance(part, _Look))
        return EngineFormula("".join(map(str, parts)), areas, self.obstacle)


@dataclass(frozen=True)
class Surroundings:
    """What formulas of one workbook can mean. `sheets`: names in the order of their tabs. `end`: the last row of any of them.
    `names`: (position of the sheet it is local to or None, folded name) → what it stands for. `today`: as Excel counts days.
    """

    sheets: Sequence[str]
    end: int
    names: Mapping[tuple[int | None, str], str]
    today: int | None = None
    date1904: bool = False

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {name.casefold(): number for number, name in enumerate(self.sheets)}

    def found(self, sheet: str) -> int | None:
        """The position of a sheet."""
        return self._positions.get(sheet.casefold())

    def stands_for(self, position: int | None, name: str) -> str | None:
        """What a defined name means on the sheet at `position`."""
        folded = name.casefold()
        return self.names.get((position, folded), self.names.get((None, folded)))


def engine_sheet(position: int) -> str:
    """How the engine calls a sheet; people's own names hold signs it stumbles over."""
    return f"S{position + 1}"


@dataclass
class _Call:
    """A function whose brackets are open: its name, which argument is being read, where in the output that began."""

    name: str
    began: int
    argument: int = 0
    areas: dict[int, FormulaArea] = field(default_factory=dict)
    shows: str = ""  # the format that TEXT is given


def row_formula(text: str, spot: CellRef, around: Surroundings, is_array: bool = False) -> RowFormula:
    """The formula (without `=`) of a cell."""
    pieces = tokens(text)
    parts, obstacle = _Translation(around, spot.sheet, is_array).of(pieces)
    return RowFormula(spot.row, tuple(_joined(_source(pieces))), tuple(_joined(parts)), obstacle)


def _joined(parts: Iterable[str | Part]) -> Iterator[str | Part]:
    """The parts, texts that stand side by side as one."""
    for is_text, some in groupby(parts, lambda part: isinstance(part, str)):
        if is_text:
            yield "".join(map(str, some))
        else:
            yield from some


def _source(pieces: Sequence[Token]) -> Iterator[str | int]:
    for piece in pieces:
        if piece.kind != REFERENCE:
            yield piece.text
            continue
        sheet, mark, cells = piece.text.rpartition("!")
        yield sheet + mark
        for number, text in enumerate(_MOVING_ROW.split(cells)):
            yield int(text) if number % 2 else text


class _Translation:
    """One formula on its way."""

    def __init__(self, around: Surroundings, sheet: str, is_array: bool) -> None:
        self._around, self._sheet, self._is_array = around, sheet, is_array
        self._out: list[str | _Look] = []
        self._calls: list[_Call] = []
        self._obstacle = ""
        self._in_braces = False
        self._steps: Mapping[str, Callable[[Sequence[Token], int], None]] = {
            CALL: self._call, OPERATOR: self._operator, REFERENCE: self._reference, NAME: self._name, TEXT: self._text,
            NUMBER: self._as_it_is, ERROR: self._as_it_is, BLANK: self._blank, OTHER: self._unknown}
        self._depth = 0

    def of(self, pieces: Sequence[Token]) -> tuple[tuple[str | _Look, ...], str]:
        """The parts, and what is in the way."""
        for at, token in enumerate(pieces):
            self._steps[token.kind](pieces, at)
        return tuple(self._out), self._obstacle

    def _hinder(self, why: str) -> None:
        self._obstacle = self._obstacle or why

    def _as_it_is(self, pieces: Sequence[Token], at: int) -> None:
        self._out.append(pieces[at].text)

    def _unknown(self, pieces: Sequence[Token], at: int) -> None:
        self._hinder(pieces[at].text)

    def _blank(self, pieces: Sequence[Token], at: int) -> None:
        sides = (_neighbour(pieces, at, -1), _neighbour(pieces, at, 1))
        if sides[0].kind in (REFERENCE, NAME) and sides[1].kind in (REFERENCE, NAME, CALL):
            self._hinder("intersection")
        self._out.append(" ")

    def _call(self, pieces: Sequence[Token], at: int) -> None:
        name = _PREFIXES.sub("", pieces[at].text[:-1]).upper()
        if name not in TRUSTED or (self._around.date1904 and name in COUNTS_DAYS):
            self._hinder(name)
        if name == TODAY and self._around.today is None:
            self._hinder(TODAY)
        self._out.append(f"{name}(")
        self._calls.append(_Call(name, len(self._out)))

    def _operator(self, pieces: Sequence[Token], at: int) -> None:
        sign, call = pieces[at].text, self._calls[-1] if self._calls else None
        if sign == "(":
            self._out.append(sign)
            self._calls.append(_Call("", len(self._out)))
            return
        if sign == "{" and call and call.argument in _CRITERIA.get(call.name, ()):
            self._hinder(f"{call.name}({{")
        if sign == ")" and call:
            self._close(self._calls.pop())
            return
        if sign == "," and call and not self._in_braces:
            self._end_argument(call)
            self._out.append(sign)
            call.argument, call.began = call.argument + 1, len(self._out)
            return
        if sign in "{}":
            self._in_braces = sign == "{"
        self._out.append(sign)

    def _end_argument(self, call: _Call) -> None:
        """TEXT shows a text of digits as the number it is; the engine would leave it as it is."""
        if call.name == "TEXT" and call.argument == 0:
            value = self._out[call.began:]
            self._out[call.began:] = ["IFERROR(VALUE(", *value, "),", *value, ")"]

    def _close(self, call: _Call) -> None:
        if call.name in ("SUMIF", "AVERAGEIF") and call.argument >= 2:
            tested, added = call.areas.get(0), call.areas.get(2)
            if tested is None or added is None or tested.shape != added.shape:
                self._hinder(f"{call.name}(,,)")
        if call.name == "TEXT" and not call.shows:
            self._hinder("TEXT(,)")
        if call.name == TODAY and self._around.today is not None:
            self._out[call.began - 1:] = [str(self._around.today)]
            return
        self._out.append(")")

    def _reference(self, pieces: Sequence[Token], at: int) -> None:
        try:
            seen = area(pieces[at].text)
        except ValueError:
            return self._hinder(pieces[at].text)
        position = self._around.found(seen.sheet or self._sheet)
        if position is None:
            return self._hinder(seen.sheet)
        sheet = self._around.sheets[position]
        call = self._calls[-1] if self._calls else _Call("", 0)
        if seen.shape != (1, 1):
            self._check_area(pieces, at, call)
        call.areas.setdefault(call.argument, seen)
        moves = [bool(_MOVING_ROW.search(corner)) for corner in pieces[at].text.rpartition("!")[2].split(":")]
        if seen.shape[0] > _TALL and seen.bottom > self._around.end:
            if call.name in _SIZES:
                self._hinder(f"{call.name}(:)")
            seen, moves = seen._replace(bottom=max(self._around.end, seen.top)), [moves[0], False]
        is_area = ":" in pieces[at].text or (call.name in _CRITERIA and call.argument not in _CRITERIA[call.name])
        self._out.append(_Look(position, seen._replace(sheet=sheet), is_area, moves[0], moves[-1]))
        return None

    def _check_area(self, pieces: Sequence[Token], at: int, call: _Call) -> None:
        """An area where Excel looks at one cell of it, or where the engine cannot take one."""
        if call.argument in _CRITERIA.get(call.name, ()):
            self._hinder(f"{call.name}(:)")
        among = {each.name for each in self._calls}
        is_reckoned = bool({_neighbour(pieces, at, step).text for step in (-1, 1)} & _BINARY)
        if call.name in TAKES_AREAS and not is_reckoned:
            return
        spreads = self._is_array or ("SUMPRODUCT" in among and "IF" not in among)
        if not spreads or call.name not in _SPREADS or not among <= _AROUND_SPREAD:
            self._hinder("area")

    def _name(self, pieces: Sequence[Token], at: int) -> None:
        name = pieces[at].text
        if name.upper() in ("TRUE", "FALSE"):
            self._out.append(name.upper())
            return
        meaning = self._around.stands_for(self._around.found(self._sheet), name)
        if meaning is None or self._depth >= _NESTED:
            return self._hinder(name)
        meant = tokens(meaning.removeprefix("="))
        if any(token.kind == REFERENCE and ("!" not in token.text or token.text.count("$") < 2) for token in meant):
            return self._hinder(name)  # it means another cell in every cell
        if len(meant) == 1:
            self._put_in(pieces, at, meant[0])
            return None
        self._depth += 1
        self._out.append("(")
        for number, token in enumerate(meant):
            self._steps[token.kind](meant, number)
        self._out.append(")")
        self._depth -= 1
        return None

    def _put_in(self, pieces: Sequence[Token], at: int, meant: Token) -> None:
        """A name that is one thing, in the place of that thing."""
        there = [*pieces[:at], meant, *pieces[at + 1:]]
        self._depth += 1
        self._steps[meant.kind](there, at)
        self._depth -= 1

    def _text(self, pieces: Sequence[Token], at: int) -> None:
        text, call = pieces[at].text, self._calls[-1] if self._calls else _Call("", 0)
        before, behind = _neighbour(pieces, at, -1).text, _neighbour(pieces, at, 1).text
        if call.name == "TEXT" and call.argument == 1:
            shown = engine_format(text[1:-1].replace('""', '"')) if (before, behind) == (",", ")") else None
            if shown is None:
                self._hinder(f"TEXT(,{text})")
            call.shows = text
            text = '"' + (shown or "").replace('"', '""') + '"'
        elif call.argument in _CRITERIA.get(call.name, ()) and text.startswith('"<>') and (text != '"<>"' or behind == "&"):
            self._hinder(f"{call.name}({text})")
        self._out.append(text)


def _neighbour(pieces: Sequence[Token], at: int, step: int) -> Token:
    """The next token before or behind, blanks passed over."""
    at += step
    while 0 <= at < len(pieces) and pieces[at].kind == BLANK:
        at += step
    return pieces[at] if 0 <= at < len(pieces) else Token(BLANK, "")


def engine_format(shows: str) -> str | None:
    """A number format in the engine's spelling: signs that stand for themselves are told so. None where it has no such format."""
    written, position = [], 0
    while position < len(shows):
        found = _SHOWS.match(shows, position)
        if found is None:
            return None
        written.append(f"\\{found['plain']}" if found["plain"] else found[0])
        position = found.end()
    return "".join(written)
