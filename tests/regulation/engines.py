"""The same inputs through three engines: Python, ironcalc, LibreOffice. One worksheet, one column a set of inputs, no cached values."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import ironcalc
import openpyxl
import python_calamine
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from tests import office
from toolkit.regulation.rubric import Rubric
from toolkit.regulation.rubric.inputs import Input

Inputs = Mapping[str, object]
JUNK = (None, "", " ", "10万", "５", "5", " 3 ", "１２．５", "无", "\u3000", -1, -0.5, 1.5, 0, 1e6, 99999.995, "是", "否", " 是 ", "是\u3000", "有", "√")


def workbook(rubric: Rubric, sets: Sequence[Inputs], path: Path) -> Path:
    """A workbook with one column for each set of inputs: the inputs first, then every formula of the rubric."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("评分")
    rows = _rows(rubric)
    columns = [get_column_letter(number) for number in range(2, len(sets) + 2)]
    for asked in rubric.inputs:
        sheet.append([asked.name, *(_typed(sheet, inputs.get(asked.label)) for inputs in sets)])
    for name, one in rubric.cells.items():
        sheet.append([name, *("=" + one.formula(lambda cell, column=column: f"{column}${rows[cell]}") for column in columns)])
    book.save(path)
    return path


def by_python(rubric: Rubric, sets: Sequence[Inputs]) -> list[dict[str, object]]:
    """Cell name → value, for each set."""
    computed = [rubric.computed(inputs) for inputs in sets]
    return [{name: known[name] for name in rubric.cells} for known in computed]


def by_ironcalc(rubric: Rubric, path: Path, count: int) -> list[dict[str, object]]:
    """The same, as ironcalc computes the workbook."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    rows = _rows(rubric)
    return [{name: model.get_cell_value(0, rows[name], column) for name in rubric.cells} for column in range(2, count + 2)]


def by_libreoffice(rubric: Rubric, path: Path, out: Path, count: int) -> list[dict[str, object]]:
    """The same, as LibreOffice computes it while converting; the workbook holds no value it could merely pass on."""
    assert not any(any(row[1:]) for row in _read(path)[len(rubric.inputs):])
    rows, read = _rows(rubric), _read(office.convert(path, "xlsx", out))
    return [{name: read[rows[name] - 1][column] for name in rubric.cells} for column in range(1, count + 1)]


def differences(one: Sequence[Mapping], other: Sequence[Mapping]) -> list[tuple]:
    """(set, cell, value, other value) wherever two engines part; numbers are equal to a billionth."""
    return [(number, name, left[name], right[name]) for number, (left, right) in enumerate(zip(one, other, strict=True))
            for name in left if not same(left[name], right[name])]


def same(one: object, other: object) -> bool:
    """Whether two engines mean the same value."""
    if isinstance(one, (Decimal, float, int)) and isinstance(other, (Decimal, float, int)):
        return abs(float(one) - float(other)) < 1e-9
    return (one or "") == (other or "") and isinstance(one, str) == isinstance(other, str)


def calculated(formula: str, values: Mapping[str, object]) -> object:
    """One formula through ironcalc; `values` by the column letters used in it (row 1)."""
    model = ironcalc.create("一", "en", "UTC", "en")
    for number, value in enumerate(values.values(), 1):
        _put(model, number, value)
    model.update_cell_with_formula(0, 2, 1, formula)
    model.evaluate()
    return model.get_cell_value(0, 2, 1)


def references(rubric: Rubric) -> dict[str, str]:
    """`in_<name>` → A1, B1 … in the order of the inputs, as `calculated` lays them out."""
    return {f"in_{asked.name}": f"{get_column_letter(number)}1" for number, asked in enumerate(rubric.inputs, 1)}


def random_sets(rubric: Rubric, count: int, seed: int) -> list[dict[str, object]]:
    """Sets of inputs, half of them all in order, half with blanks, text, negatives, fractions and full-width digits among them."""
    luck = random.Random(seed)
    return [{asked.label: _random(asked, luck, junk=0.25 * (number % 2)) for asked in rubric.inputs} for number in range(count)]


def _random(asked: Input, luck: random.Random, junk: float) -> object:
    if luck.random() < junk:
        return luck.choice(JUNK)
    if asked.choices:
        return luck.choices(asked.choices, [4, *[1] * (len(asked.choices) - 1)])[0]
    if asked.high is not None:
        return luck.choice([float(asked.high), round(luck.uniform(float(asked.low), float(asked.high)), luck.choice([0, 1, 2]))])
    if asked.label.endswith("_元"):
        return round(luck.choice([luck.uniform(0, 120000), 100000 - 10000 * luck.randrange(11), 100000, 99999.99]), luck.randrange(4))
    whole = luck.choice([0, 1, 2, 3, 5, 8])
    return whole if asked.kind == "整数" or luck.random() < 0.7 else round(luck.uniform(0, 60), 2)


def _rows(rubric: Rubric) -> dict[str, int]:
    names = [f"in_{asked.name}" for asked in rubric.inputs] + list(rubric.cells)
    return {name: row for row, name in enumerate(names, 1)}


def _typed(sheet: object, value: object) -> object:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _put(model: ironcalc.Model, column: int, value: object) -> None:
    if isinstance(value, str):
        model.update_cell_with_text(0, 1, column, value)
    elif value is not None:
        model.update_cell_with_number(0, 1, column, float(value))


def _read(path: Path) -> list[list]:
    return python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
