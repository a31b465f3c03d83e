"""Formulas computed without Excel: values as LibreOffice gives them, nothing else touched, what cannot be computed told."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from tests import office
from toolkit.errors import UserError
from toolkit.resources import workbook_template
from toolkit.sheets.edit import SetCell, apply
from toolkit.sheets.grid import CellRef
from toolkit.sheets.recalculate import Filler, Gap, refresh

FORMULAS = {
    "B1": "in_yuan*2", "B2": "COUNTIFS('带 徒'!$A$1:$A$9,\"技师\")", "B3": 'IF(in_yuan>=100000,"足额","不足")', "B4": "LEN(TRIM(C4))",
    "B5": "ROUND(in_yuan/3,2)", "B6": "EDATE(C6,24)", "B7": "in_yuan>1", "B8": "1/C8", "B9": 'SUMIFS(C1:C3,C1:C3,">1")'}


def workbook(more=()):
    """A protected sheet with inputs and formulas (no saved values), a list to count in, a chart, a validation, a print set-up."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet, listed = book.add_worksheet("评分表"), book.add_worksheet("带 徒")
        open_cell = book.add_format({"locked": False, "num_format": "0.00"})
        sheet.write_number("A1", 90000, open_cell)
        for row in range(9):
            sheet.write_blank(row, 2, None, book.add_format({"num_format": "yyyy-mm-dd"}) if row == 5 else open_cell)
        for cell, formula in {**FORMULAS, **dict(more)}.items():
            sheet.write_formula(cell, formula, None, "旧")
        listed.write_column("A1", ["技师", "高级工", "技师"])
        listed.write_blank("A4", None, open_cell)
        sheet.data_validation("A1", {"validate": "decimal", "criteria": ">=", "value": 0})
        sheet.conditional_format("B1:B9", {"type": "cell", "criteria": "<", "value": 0, "format": book.add_format({"bold": True})})
        sheet.merge_range("E1:F2", "考核项目")
        sheet.protect("", {"sort": True})
        sheet.set_landscape()
        sheet.print_area("A1:F9")
        sheet.repeat_rows(0)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "='评分表'!$B$1:$B$2"})
        listed.insert_chart("D2", chart)
        book.define_name("in_yuan", "='评分表'!$A$1")
    return target.getvalue()


def shown(data, sheet="评分表"):
    """Cell → saved value, as a reader other than Excel sees it."""
    rows = openpyxl.load_workbook(io.BytesIO(data), data_only=True)[sheet].iter_rows()
    return {cell.coordinate: cell.value for row in rows for cell in row if cell.value is not None}


def parts(data):
    """Part name → its compressed bytes."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    raw = {}
    for info in archive.infolist():
        start = info.header_offset + 30 + int.from_bytes(data[info.header_offset + 26:info.header_offset + 28], "little") \
            + int.from_bytes(data[info.header_offset + 28:info.header_offset + 30], "little")
        raw[info.filename] = data[start:start + info.compress_size]
    return raw


def test_the_values_beside_the_formulas_are_fresh():
    found = shown(refresh(workbook()).data)
    assert {cell: found.get(cell) for cell in ("B1", "B2", "B3", "B4", "B5", "B7", "B8")} == {
        "B1": 180000, "B2": 2, "B3": "不足", "B4": 0, "B5": 30000, "B7": True, "B8": "#DIV/0!"}


def test_filling_computes_what_hangs_on_the_input_and_forgets_the_fill_before():
    filler = Filler(workbook())
    yuan = filler.spots["in_yuan"]
    filled = filler.fill({yuan: 100000, CellRef("带 徒", 3, 0): "技师", CellRef("评分表", 3, 2): " 事由 ", CellRef("评分表", 5, 2): date(2024, 2, 29)})
    found = shown(filled.data)
    assert (found["A1"], found["B1"], found["B2"], found["B3"], found["B4"]) == (100000, 200000, 3, "足额", 2)
    assert found["C6"].date() == date(2024, 2, 29) and found["B6"] == (date(2026, 2, 28) - date(1899, 12, 30)).days
    assert shown(filler.fill({}).data) == shown(refresh(workbook()).data)


def test_text_that_looks_like_a_formula_stays_text():
    filler = Filler(workbook())
    data = filler.fill({CellRef("评分表", 3, 2): "=1+1 <&>"}).data
    assert shown(data)["C4"] == "=1+1 <&>" and shown(data)["B4"] == len("=1+1 <&>")


def test_every_part_but_the_touched_sheets_is_copied_as_it_is():
    before = workbook()
    filler = Filler(before)
    after = filler.fill({filler.spots["in_yuan"]: 1}).data
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    assert [name for name in old if old[name] != new[name]] == ["xl/worksheets/sheet1.xml"]


def test_the_touched_sheet_keeps_validations_formats_merges_protection_and_print_set_up():
    def about(data):
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = book["评分表"]
        return (len(sheet.data_validations.dataValidation), len(sheet.conditional_formatting), [str(area) for area in sheet.merged_cells.ranges],
                sheet.protection.sheet, sheet.protection.sort, sheet.page_setup.orientation, sheet.print_title_rows, sheet.print_area,
                list(book.defined_names), [(cell.coordinate, cell.number_format, cell.protection.locked) for row in sheet for cell in row],
                {cell.coordinate: cell.value for row in sheet for cell in row if str(cell.value).startswith("=")})

    before = workbook()
    assert about(refresh(before).data) == about(before)
    assert about(before)[3] and about(before)[0] == 1


def test_computing_twice_changes_nothing():
    once = refresh(workbook()).data
    assert refresh(once).data == once


def test_libreoffice_shows_the_same(tmp_path):
    filler = Filler(workbook())
    data = filler.fill({filler.spots["in_yuan"]: 99999.99, CellRef("评分表", 0, 2): 2.5,
                        CellRef("评分表", 5, 2): date(2024, 2, 29)}).data
    source = tmp_path / "一.xlsx"
    source.write_bytes(data)
    (tmp_path / "二").mkdir()
    recalculated = office.convert(source, "xlsx", tmp_path / "二")
    rows = [python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python() for path in (source, recalculated)]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("formula, why", [
    ("总额+1", "#ERROR!"), ('TEXT(in_yuan,"0年")', "#VALUE!"), ("没有的函数(1)", "#NAME?")])
def test_what_cannot_be_computed_is_told_and_keeps_its_value(formula, why):
    done = refresh(workbook({"B10": formula, "B11": "B10&A1"}))
    told = {gap.spot.address: gap for gap in done.gaps}
    assert told["B10"] == Gap(CellRef("评分表", 9, 1), formula, why)
    assert shown(done.data)["B10"] == "旧" and shown(done.data)["B1"] == 180000
    assert 'fullCalcOnLoad="1"' in zipfile.ZipFile(io.BytesIO(done.data)).read("xl/workbook.xml").decode()


def test_only_the_sheets_asked_for_are_computed():
    assert refresh(workbook(), ["带 徒"]).data == workbook() and shown(refresh(workbook(), ["评分表"]).data)["B1"] == 180000


def test_a_cell_the_template_lacks_is_told():
    with pytest.raises(UserError, match="没有 Z99 这一格"):
        Filler(workbook()).fill({CellRef("评分表", 98, 25): 1})


def test_what_is_no_workbook_is_told():
    with pytest.raises(UserError, match="请"):
        refresh(b"PK")


def test_a_standard_workbook_survives_edits_and_computing():
    data = workbook_template("区县推荐汇总表").read_bytes()
    edited = apply(data, [SetCell("推荐汇总", 5, 3, "张三")])
    assert parts(refresh(edited).data).keys() == parts(data).keys()
