"""Formulas computed by ironcalc: cells put in, formulas evaluated, values read. Nothing is saved by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from toolkit.errors import UserError
from toolkit.sheets.engine_formulas import engine_sheet
from toolkit.sheets.grid import CellError, CellRef
from toolkit.sheets.ooxml.cellxml import CellValue

NO_ENGINE = "计算公式用的程序包 ironcalc 没有装好（{why}）。请重新安装本工具，或运行 pip install ironcalc。"
Result = TypeVar("Result")
EnginePlace = tuple[int, int, int]  # sheet, row, column as the engine counts


class Uncomputable(Exception):
    """The engine gave up on the workbook."""


class Engine:
    """Sheets inside ironcalc; what stands in none of their cells is empty."""

    def __init__(self, sheets: Sequence[str]) -> None:
        """UserError where ironcalc is missing or broken on this computer."""
        try:
            import ironcalc
        except ImportError as error:
            raise UserError(NO_ENGINE.format(why=error)) from error
        self._refusal = ironcalc.WorkbookError
        self._error_value = ironcalc.CellType.ErrorValue
        self._model = ironcalc.create("book", "en", "UTC", "en")
        self._model.rename_sheet(0, engine_sheet(0))
        for number in range(1, len(sheets)):
            self._model.add_sheet(engine_sheet(number))
        self._index = {name: number for number, name in enumerate(sheets)}

    def put(self, spot: CellRef, value: CellValue) -> None:
        """A value into a cell, in place of whatever it holds; None or an empty text clears it."""
        place = self.place(spot)
        if value is None or value == "":
            self._model.clear_cell_contents(*place)
        elif isinstance(value, bool):
            self._model.update_cell_with_bool(*place, value)
        elif isinstance(value, CellError):
            self._model.update_cell_with_formula(*place, f"={value.text}")
        elif isinstance(value, str):
            self._model.update_cell_with_text(*place, value)
        else:
            self._model.update_cell_with_number(*place, float(value))  # type: ignore[arg-type]

    def put_formula(self, spot: CellRef, text: str, is_array: bool = False) -> None:
        """A formula of `engine_formulas` into a cell. Uncomputable where the engine cannot take it."""
        place = self.place(spot)
        if is_array:
            self._tried(lambda: self._model.set_user_array_formula(*place, 1, 1, f"={text}"))
        else:
            self._tried(lambda: self._model.update_cell_with_formula(*place, f"={text}"))

    def evaluate(self) -> None:
        """Compute everything. Uncomputable where the engine gives up."""
        self._tried(self._model.evaluate)

    def values(self, places: Iterable[EnginePlace]) -> list[CellValue]:
        """What the cells at these places show."""
        read = self._model.get_cell_value
        return [CellError(value) if isinstance(value, str) and value[:1] == "#" and self._is_error(place) else value
                for place in places for value in (read(*place),)]

    def place(self, spot: CellRef) -> EnginePlace:
        """Where the engine keeps a cell."""
        return self._index[spot.sheet], spot.row + 1, spot.column + 1

    def _is_error(self, place: EnginePlace) -> bool:
        return self._model.get_cell_type(*place) == self._error_value

    def _tried(self, run: Callable[[], Result]) -> Result:
        """ironcalc's panics arrive as an exception that cannot be imported and is no Exception."""
        try:
            return run()
        except BaseException as error:
            if not isinstance(error, self._refusal) and type(error).__name__ != "PanicException":
                raise
            raise Uncomputable(str(error)) from error
