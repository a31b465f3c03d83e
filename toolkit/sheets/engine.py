"""A workbook computed by ironcalc: cells put in, formulas evaluated, values read. Nothing is saved by it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from toolkit.errors import UserError
from toolkit.sheets.grid import CellError, CellRef
from toolkit.sheets.ooxml.cellxml import CellValue, Formula

NO_ENGINE = "“{name}”里的公式没能重新计算。请用 Excel 打开，保存一次，再试。"
Result = TypeVar("Result")
EnginePlace = tuple[int, int, int]  # sheet, row, column as the engine counts


class Engine:
    """The workbook inside ironcalc. Its panics arrive as an exception that cannot be imported."""

    def __init__(self, data: bytes, name: str) -> None:
        """UserError where the engine cannot take the workbook; `name` is how the message calls it."""
        self._name = name
        self._model = self._tried(lambda: _loaded(data))
        self._index = {sheet["name"]: number for number, sheet in enumerate(self._model.get_worksheets_properties())}
        self._original: dict[CellRef, CellValue] = {}

    def put(self, spot: CellRef, value: CellValue) -> None:
        """A value into a cell, for the next evaluation."""
        place = self.place(spot)
        if spot not in self._original:
            self._original[spot] = self._content(place)
        self._write(place, value)

    def restore(self, spot: CellRef) -> None:
        """Back to what the template has there."""
        self._write(self.place(spot), self._original[spot])

    def evaluate(self) -> None:
        """Compute everything."""
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
        from ironcalc import CellType

        return self._model.get_cell_type(*place) == CellType.ErrorValue

    def _content(self, place: EnginePlace) -> CellValue:
        formula = self._model.get_cell_formula(*place)
        return Formula(formula) if formula else self._model.get_cell_value(*place)

    def _write(self, place: EnginePlace, value: CellValue) -> None:
        if value is None or value == "":
            self._model.clear_cell_contents(*place)
        elif isinstance(value, bool):
            self._model.update_cell_with_bool(*place, value)
        elif isinstance(value, str):
            self._model.update_cell_with_text(*place, value)
        elif isinstance(value, Formula):
            self._model.update_cell_with_formula(*place, value.text)
        elif isinstance(value, int | float | Decimal):
            self._model.update_cell_with_number(*place, float(value))
        else:
            raise ValueError(f"the engine takes no such value: {value!r}")

    def _tried(self, run: Callable[[], Result]) -> Result:
        try:
            return run()
        except BaseException as error:
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise
            raise UserError(NO_ENGINE.format(name=self._name)) from error


def _loaded(data: bytes) -> Any:
    """ironcalc reads files only."""
    import ironcalc

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(data)
        return ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
