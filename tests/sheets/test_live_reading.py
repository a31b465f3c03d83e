"""An open workbook gives what the saved file gives, in a few calls, however far its formats reach."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from tests.lo_engine.objects import calls
from tests.sheets import files, ledgers
from toolkit.errors import UserError
from toolkit.sheets import read
from toolkit.sheets.grid import CellError, CellRef


def every_kind(path: Path) -> Path:
    """Values of every kind, merged cells, hidden rows and columns, an empty and a hidden sheet, a date before the leap bug."""
    with xlsxwriter.Workbook(str(path)) as book:
        day, moment, clock, money = (book.add_format({"num_format": code}) for code in (
            "yyyy-mm-dd", "yyyy/m/d h:mm", "hh:mm", "#,##0.00"))
        text, plain = book.add_format({"num_format": "@"}), book.add_format()
        sheet = book.add_worksheet("王 姐's 表")
        sheet.merge_range("A1:F1", "标题", plain)
        sheet.merge_range("A2:B3", "两行两列", plain)
        sheet.merge_range("C2:D2", "相邻", plain)
        sheet.write_row("A5", ["650102197001011234", 12.5, True, "", None, 0])
        sheet.write_string("E5", "=不是公式")
        sheet.write("A6", "0123", text)
        sheet.write("B6", datetime(2026, 11, 20), day)
        sheet.write("C6", datetime(2026, 11, 20, 8, 30), moment)
        sheet.write("D6", 0.5, clock)
        sheet.write("E6", 1234.5, money)
        sheet.write_formula("A8", "=B5*2", plain, 25)
        sheet.write_formula("B8", "=1/0", plain, "#DIV/0!")
        sheet.write_formula("C8", '=IF(B5>1,"","x")', plain, "")
        sheet.write_formula("D8", "=NA()", plain, "#N/A")
        sheet.write("H9", "最右")
        sheet.write_blank("A12", None, money)
        for row in (3, 6, 8):
            sheet.set_row(row, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})
        sheet.set_column("F:G", None, None, {"hidden": True})
        book.add_worksheet("空")
        hidden = book.add_worksheet("藏")
        hidden.write("C3", 7)
        hidden.hide()
        book.define_name("task_folder", "='王 姐''s 表'!$H$9")
        book.define_name("area", "=空!$A$1:$B$2")
        book.define_name("空!own", "=空!$A$1")
        book.set_custom_property("form", "推荐汇总")
    return path


@pytest.fixture
def kinds(tmp_path):
    return every_kind(tmp_path / "各种值.xlsx")


def assert_reads_as_file(live, path: Path) -> None:
    opened = live.open(path)
    shown = opened.read()
    opened.save()  # a file fresh from a template has no computed values
    saved = read.workbook(path)
    assert [grid.name for grid in shown.grids] == [grid.name for grid in saved.grids]
    for ours, theirs in zip(shown.grids, saved.grids, strict=True):
        assert ours.rows == theirs.rows, ours.name
        assert sorted(ours.merged) == sorted(theirs.merged), ours.name
        assert (ours.hidden_rows, ours.hidden_columns, ours.visible) == (
            theirs.hidden_rows, theirs.hidden_columns, theirs.visible), ours.name
    assert (shown.file, shown.notes) == (saved.file, saved.notes)
    assert saved.properties.items() <= shown.properties.items()


def test_every_kind_of_value_reads_as_from_the_file(live, kinds):
    assert_reads_as_file(live, kinds)
    rows = live.open(kinds).read().grids[0].rows
    assert rows[4] == ("650102197001011234", 12.5, True, None, "=不是公式", 0.0)
    assert rows[5] == ("0123", date(2026, 11, 20), datetime(2026, 11, 20, 8, 30), time(12), 1234.5)
    assert rows[7] == (25.0, CellError("#DIV/0!"), None, CellError("#N/A"))


def test_a_filled_return_and_a_ledger_read_as_from_their_files(live, copy):
    returns = sorted(path for path in copy.returns.iterdir() if path.suffix in (".xlsx", ".xlsm"))
    for path in (*returns[:2], copy.ledger):
        assert_reads_as_file(live, path)


def test_skipped_sheets_come_back_empty(live, kinds):
    grids = live.open(kinds).read(skip=frozenset(("王 姐's 表", "藏"))).grids
    assert [(grid.rows, grid.visible) for grid in grids] == [((), True), ((), True), ((), False)]


def test_formulas_with_their_places(live, kinds):
    found = list(live.open(kinds).formulas())
    assert found == [("王 姐's 表", 7, column, text) for column, text in enumerate(
        ("B5*2", "1/0", 'IF(B5>1,"","x")', "NA()"))]


def test_names_that_stand_for_one_cell(live, kinds):
    assert live.open(kinds).spots() == {"task_folder": CellRef("王 姐's 表", 8, 7)}


def test_a_sheet_whose_formats_reach_to_the_end_is_read_to_its_last_value(live, tmp_path):
    path = tmp_path / "格式到底.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, grey = book.add_worksheet("表"), book.add_format({"bg_color": "#EEEEEE"})
        for row in range(30):
            sheet.write_row(row, 0, [f"第{row}行", row])
        sheet.write_blank(1_048_575, 9, None, grey)
    opened = live.open(path)
    calls.clear()
    shown = opened.read()
    assert shown.grids[0].rows == read.workbook(path).grids[0].rows and len(shown.grids[0].rows) == 30
    assert calls.total() < 400 and not shown.notes


def test_a_stray_cell_is_left_out_and_said(live, tmp_path):
    path = files.saved(tmp_path, files.xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'))
    shown = live.open(path).read()
    assert shown.grids[0].rows == ((1.0,),)
    assert shown.notes == ("“推荐汇总”表中远离表格的 1 个单元格没有读入。请核对，无用的删除，有用的移到表格内。",)


def test_reading_a_large_table_takes_few_calls(live, tmp_path):
    path = tmp_path / "大表.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for row in range(3000):
            sheet.write_row(row, 0, [f"650102{row:012}", *range(29)])
    opened = live.open(path)
    calls.clear()
    assert len(opened.read().grids[0].rows) == 3000
    assert calls["Range.Value"] == 1 and calls.total() < 60


def test_what_is_on_screen_counts_not_what_was_saved(live, tmp_path):
    opened = live.open(files.saved(tmp_path, ledgers.rich()))
    live.book.sheets["工作室"].range("H2").value = "刚改的"
    assert opened.read().grids[0].rows[1][7] == "刚改的"
    assert read.workbook(tmp_path / "天山区.xlsx").grids[0].rows[1][7] == "老主任来电"
    assert read.from_bytes(opened.copy(), "x").grids[0].rows[1][7] == "刚改的"


def test_more_cells_than_can_be_read_are_refused(live, tmp_path, monkeypatch):
    from toolkit.sheets.excel import reading

    path = tmp_path / "满.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("表")
        for row in range(0, 20_000, 500):
            sheet.write_row(row, 0, range(12))
    monkeypatch.setattr(reading, "DENSE_CELLS", 1000)
    monkeypatch.setattr(reading, "MOST_CELLS", 1000)
    with pytest.raises(UserError, match="“满"):
        live.open(path).read()
