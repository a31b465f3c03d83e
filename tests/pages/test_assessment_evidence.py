"""The evidence counts the same in Python, ironcalc and LibreOffice: each row's verdict and reason, each input, each sum."""

from datetime import date, datetime
from decimal import Decimal

import ironcalc
import pytest

from tests.office import convert
from tests.pages import evidence_sets as sets
from tests.pages.evidence_sets import LAW, LAYOUT
from tests.recalculated import without_values
from toolkit.forms import ASSESSMENT
from toolkit.forms.assessment import COVER, EXPENSES, WHY_NOT
from toolkit.pages import evidence_formulas
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation.rubric.cell_values import cell
from toolkit.returns import evidence
from toolkit.sheets import read

SHEETS = (COVER, *(sheet.name for sheet in ASSESSMENT.sheets))
SHOWN = {sheet.name: [column.header for column in sheet.columns if column.formula and column.header != "核定等级序"]
         for sheet in ASSESSMENT.sheets}
LABELS = LAW.rubric["inputs"]


def plain(value):
    """A cell as compared between engines: numbers to the fen, days as numbers, empty text as nothing."""
    if isinstance(value, (date, datetime)):
        value = cell(value)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return round(float(value), 6)
    return value or None


def by_python(data: bytes, path) -> dict:
    path.write_bytes(data)
    book = read.workbook(path)
    cover = next(grid for grid in book.grids if grid.name == COVER)
    facts = {fact.label: at(cover, *LAYOUT.cells[fact.name]) for fact in ASSESSMENT.facts}
    counted = evidence.count(sets.tables(book), facts, LAW, path.name)
    found = {f"auto_{name}": plain(counted.inputs[LABELS[name]]) for name in evidence_formulas.feeds(LAW)}
    found |= {name: plain(value) for name, value in counted.figures.items()}
    for sheet in ASSESSMENT.sheets:
        rows = {one.record.row: [one.shown, one.reason(LAW)][:len(SHOWN[sheet.name])] for one in counted.verdicts[sheet.name]}
        for step in range(sheet.rows):
            found[sheet.name, step] = [plain(value) for value in rows.get(FIRST_ROW + step, [""] * len(SHOWN[sheet.name]))]
    return found


def computed(value_at) -> dict:
    """The same out of a computed workbook; `value_at(sheet, row, column)` zero-based."""
    names = [*(f"auto_{name}" for name in evidence_formulas.feeds(LAW)), *evidence_formulas.figures(LAW)]
    found = {name: plain(value_at(COVER, *LAYOUT.cells[name])) for name in names}
    for sheet in ASSESSMENT.sheets:
        columns = [sheet.headers.index(header) for header in SHOWN[sheet.name]]
        for step in range(sheet.rows):
            found[sheet.name, step] = [plain(value_at(sheet.name, FIRST_ROW + step, column)) for column in columns]
    return found


def at(grid, row, column):
    return grid.rows[row][column] if row < len(grid.rows) and column < len(grid.rows[row]) else None


def by_ironcalc(data: bytes, path) -> dict:
    path.write_bytes(data)
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    return computed(lambda sheet, row, column: model.get_cell_value(SHEETS.index(sheet), row + 1, column + 1))


def by_libreoffice(data: bytes, path) -> dict:
    path.write_bytes(without_values(data))
    (path.parent / "算后").mkdir(exist_ok=True)
    grids = {grid.name: grid for grid in read.workbook(convert(path, "xlsx", path.parent / "算后")).grids}
    return computed(lambda sheet, row, column: at(grids[sheet], row, column))


def filled(seed: int) -> bytes:
    return sets.workbook(sets.random_rows(seed), sets.random_facts(seed) if seed % 2 else sets.PERIOD)


@pytest.mark.rule("R04", "R05", "R06", "R13-2")
@pytest.mark.parametrize("seed", range(24))
def test_ironcalc_counts_as_python_does(tmp_path, seed):
    data = filled(seed)
    assert by_ironcalc(data, tmp_path / "算.xlsx") == by_python(data, tmp_path / "读.xlsx")


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_libreoffice_counts_as_python_does(tmp_path, seed):
    data = filled(seed)
    assert by_libreoffice(data, tmp_path / "算.xlsx") == by_python(data, tmp_path / "读.xlsx")


def test_the_random_sets_reach_every_reason_and_count(tmp_path):
    found = [by_python(filled(seed), tmp_path / "读.xlsx") for seed in range(12)]
    reasons = {one for each in found for value in each.values() if isinstance(value, list) for one in value}
    assert reasons >= {text.format(skilled_name="高级工") for text in WHY_NOT.values()} | {"是", "否", "符合", "第1年", "第2年"}
    for name in evidence_formulas.feeds(LAW):
        assert len({each[f"auto_{name}"] for each in found}) > 2, name


@pytest.mark.parametrize("name", ["auto_trained_skilled", "auto_matching_yuan", "auto_exchange_year1"])
def test_empty_evidence_gives_no_number(tmp_path, name):
    data = sets.workbook({})
    for engine in (by_python, by_ironcalc):
        assert engine(data, tmp_path / "空.xlsx")[name] is None


def test_spending_by_use_adds_up(tmp_path):
    rows = [sets.expense(用途类别=use, **{"金额(元)": 100.25}) for use in LAW.lists["fund_uses"].names]
    found = by_ironcalc(sets.workbook({EXPENSES.name: rows}), tmp_path / "支出.xlsx")
    uses = [found[name] for name in found if str(name).startswith("fund_use_")]
    assert uses == [100.25] * len(rows) and found["fund_spent"] == 100.25 * len(rows) == -found["fund_balance"]
