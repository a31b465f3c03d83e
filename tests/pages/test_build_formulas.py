"""The live formulas say what the law's own code says, on two engines: LibreOffice and ironcalc."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import ironcalc
import pytest
import xlsxwriter

from tests.office import convert
from tests.recalculated import without_values
from toolkit import regulation
from toolkit.forms import LEDGER, RECOMMENDATION
from toolkit.pages import fresh, row_formulas
from toolkit.pages.layout import FACT_ROW, FIRST_ROW
from toolkit.regulation.calendar import add_months
from toolkit.regulation.retirement import leaves_years, retirement_date
from toolkit.sheets import read
from toolkit.sheets.edit import AppendRows, Formula, SetCell, apply
from toolkit.sheets.grid import a1

LAW = regulation.load(regulation.FILES[-1])
CATEGORIES = LAW.lists["retirement_categories"].names
SHEET = RECOMMENDATION.sheets[0]
YEARS = LAW["leader_years_to_retirement"]

# 改革起点前后、步长与上限的边界、月末与闰日，各退休类别都算一遍；另每 61 天取一天，铺满四十年。
EDGES = [date(1960, 1, 31), date(1964, 12, 31), date(1965, 1, 1), date(1965, 4, 30), date(1965, 5, 1), date(1968, 2, 29),
         date(1969, 12, 31), date(1970, 1, 1), date(1971, 8, 31), date(1974, 12, 31), date(1975, 1, 1), date(1975, 2, 28),
         date(1976, 9, 30), date(1976, 10, 31), date(1979, 12, 31), date(1980, 2, 29), date(1984, 11, 30), date(1985, 1, 31)]
BORN = EDGES + [date(1955, 1, 1) + timedelta(days=61 * step) for step in range(230)]
BASES = [date(2024, 12, 31), date(2025, 1, 1), date(2026, 11, 30)]
CASES = list(product(BORN, CATEGORIES, BASES))


def serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def as_date(value) -> date:
    return value if type(value) is date else value.date() if hasattr(value, "date") else date(1899, 12, 30) + timedelta(value)


@pytest.fixture(scope="module")
def cases_file(tmp_path_factory) -> Path:
    """One row a case: 出生日期, 退休类别, 申报截止日 and the template's two formulas on them, no cached values."""
    path = tmp_path_factory.mktemp("公式") / "退休.xlsx"
    templates = row_formulas.row_formulas(SHEET, LAW)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("算")
        for row, (born, category, basis) in enumerate(CASES):
            places = {"出生日期": a1(row, 0), "退休类别": a1(row, 1), "@申报截止日": a1(row, 2), "@填报日期": a1(row, 3),
                      "法定退休日期": a1(row, 4)}
            sheet.write_row(row, 0, (serial(born), category, serial(basis)))
            for column, header in ((4, "法定退休日期"), (5, "距退休满2年")):
                sheet.write_formula(row, column, "=" + row_formulas.fill(templates[header], places.__getitem__), None, "")
    return path


def libreoffice(path: Path, out: Path) -> list[tuple]:
    rows = read.workbook(convert(path, "xlsx", out)).grids[0].rows
    return [(serial(as_date(row[4])), row[5]) for row in rows]


def iron(path: Path, _: Path) -> list[tuple]:
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    return [(model.get_cell_value(0, row, 5), model.get_cell_value(0, row, 6)) for row in range(1, len(CASES) + 1)]


@pytest.mark.rule("R07-1c")
@pytest.mark.parametrize("engine", [libreoffice, iron])
def test_retirement_formulas_equal_the_law(cases_file, tmp_path, engine):
    expected = [(serial(retirement_date(*case)), "是" if leaves_years(*case, YEARS) else "否") for case in CASES]
    found = engine(cases_file, tmp_path)
    assert len(found) == len(CASES) > 2000
    assert [(case, *pair) for case, pair in zip(CASES, found, strict=True)] == [
        (case, *pair) for case, pair in zip(CASES, expected, strict=True)]


ROWS = (  # 领办人, 出生日期, 职业(工种), 退休类别 → 工作室名称, 法定退休日期, 距退休满2年（截止日 2026-11-30）
    ("张三", date(1968, 1, 30), "焊工", "男60", "张三焊工技能大师工作室", date(2028, 11, 30), "是"),
    ("李四", date(1968, 1, 29), "电工（外线）", "男60", "李四电工技能大师工作室", date(2028, 11, 29), "否"),
    ("买买提江·阿不都热依木", date(1980, 1, 5), "地毯编织工(手工)", "女50", "买买提江·阿不都热依木地毯编织工技能大师工作室",
     date(2032, 8, 5), "是"),
    ("王五", None, "钳工", "女55", "王五钳工技能大师工作室", None, None),
    ("赵六", date(1980, 1, 5), "", "", None, None, None))


def filled_template() -> bytes:
    edits = [SetCell(SHEET.name, FACT_ROW, 6, date(2026, 11, 20))]
    for row, values in enumerate(ROWS, FIRST_ROW):
        named = zip(("领办人", "出生日期", "职业(工种)", "退休类别"), values, strict=False)
        edits += [SetCell(SHEET.name, row, SHEET.headers.index(header), value) for header, value in named if value]
    return apply(fresh.workbook(RECOMMENDATION, "天山区", 2026, date(2026, 11, 30)), edits)


@pytest.mark.rule("R07-1c")
def test_the_template_itself_computes(tmp_path):
    (tmp_path / "报表.xlsx").write_bytes(without_values(filled_template()))
    (tmp_path / "算后").mkdir()
    book = read.workbook(convert(tmp_path / "报表.xlsx", "xlsx", tmp_path / "算后"))
    grid = next(grid for grid in book.grids if grid.name == SHEET.name)
    columns = [SHEET.headers.index(header) for header in ("工作室名称", "法定退休日期", "距退休满2年")]
    for row, (*_, studio, retires, leaves) in enumerate(ROWS, FIRST_ROW):
        cells = dict(enumerate(grid.rows[row]))
        found = [cells.get(column) or None for column in columns]
        assert [found[0], found[1] and as_date(found[1]), found[2]] == [studio, retires, leaves]
    printed = next(grid for grid in book.grids if grid.name == "打印页")
    assert [row[3] for row in printed.rows[3:3 + len(ROWS)]] == [row[0] for row in ROWS]
    assert printed.rows[3 + len(ROWS)][0] == "合计" and printed.rows[3 + len(ROWS)][2] == "共 5 行"


def test_basis_is_the_deadline_else_the_day_of_filling_in():
    basis = row_formulas.row_formulas(SHEET, LAW)["距退休满2年"]
    assert "IF(N({@申报截止日})>0,N({@申报截止日}),N({@填报日期}))" in basis


@pytest.mark.rule("R12-3", "R19-2", "R20-5")
@pytest.mark.parametrize("named", [date(2026, 2, 28), date(2024, 2, 29), date(2026, 8, 31)])
def test_periods_of_the_ledger(tmp_path, named):
    sheet = LEDGER.sheet("公示命名")
    columns = {header: index for index, header in enumerate(sheet.headers)}
    row = {columns["命名日期"]: named}
    row |= {columns[header]: Formula(text) for header, text in
            row_formulas.for_row(sheet, LAW, FIRST_ROW, columns).items()}
    path = tmp_path / "台账.xlsx"
    path.write_bytes(apply(fresh.workbook(LEDGER), [AppendRows(sheet.name, FIRST_ROW, [row])]))
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    at = next(i for i, item in enumerate(model.get_worksheets_properties()) if item["name"] == sheet.name)
    found = {header: model.get_cell_value(at, FIRST_ROW + 1, columns[header] + 1)
             for header in ("建设周期起", "建设周期止", "考核窗口", "四年期止")}
    construction = LAW["construction_years"] * 12
    assert found == {header: serial(add_months(named, months)) for header, months in (
        ("建设周期起", 0), ("建设周期止", construction), ("考核窗口", construction - LAW["assessment_window_months"]),
        ("四年期止", LAW["liability_years"] * 12))}


def test_formulas_follow_moved_columns_and_leave_out_missing_ones():
    sheet = LEDGER.sheet("公示命名")
    found = row_formulas.for_row(sheet, LAW, 9, {"建设周期起": 30, "命名日期": 4, "四年期止": 2})
    assert found == {"建设周期起": 'IF(E10="","",E10)', "四年期止": 'IF(E10="","",EDATE(E10,48))'}
    assert row_formulas.for_row(sheet, LAW, 9, {"建设周期起": 30}) == {}
