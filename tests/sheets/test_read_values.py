"""Every format gives the same values at the same addresses, with their types."""

import shutil
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter

from tests.office import convert
from tests.sheets import files
from toolkit.sheets import read
from toolkit.sheets.grid import CellError, from_a1

DAY, NOON = date(2023, 3, 15), datetime(2023, 3, 15, 12)
CELLS = {  # address: (what is written, number format, what is read)
    "C5": (42, "", 42),
    "D5": (3.5, "", 3.5),
    "E5": ("00123", "@", "00123"),
    "F5": (654101198001011235, "0", 654101198001011235.0),  # 身份证号被存成数字：仍认得出是数字
    "C6": (DAY, "yyyy-mm-dd", DAY),
    "D6": (DAY, 'yyyy"年"m"月"d"日"', DAY),
    "E6": (DAY, "yyyy.mm", DAY),
    "F6": (NOON, "yyyy-mm-dd hh:mm", NOON),
    "C7": (time(12), "hh:mm", time(12)),
    "D7": (timedelta(hours=36), "[h]:mm", timedelta(hours=36)),
    "E7": (0.25, "0%", 0.25),
    "C8": ("#DIV/0!", "", "#DIV/0!"),  # 只是长得像错误值的文字
    "D8": ("甲\n乙", "", "甲\n乙"),
    "E8": ("１２３", "", "１２３"),
    "F8": (" 前后空格 ", "", " 前后空格 "),
    "C9": ("A&B<C>\"'", "", "A&B<C>\"'"),
}


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    path = tmp_path_factory.mktemp("values") / "天山区.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        drawn = book.add_worksheet("推荐汇总")
        for address, (value, number_format, _expected) in CELLS.items():
            drawn.write(address, value, book.add_format({"num_format": number_format}) if number_format else None)
        drawn.write_rich_string("F9", "普通", book.add_format({"bold": True}), "加粗")
        drawn.write_formula("C10", "=1/0", None, "#DIV/0!")
        drawn.write_formula("D10", "=1+1", None, 2)
        drawn.write_blank("E10", None, book.add_format({"border": 1}))
        drawn.merge_range("C12:D13", "合并")
        drawn.set_row(6, None, None, {"hidden": True})
        drawn.set_column("D:D", None, None, {"hidden": True})
        book.add_worksheet("隐藏").hide()
        book.add_worksheet("深藏").very_hidden()
        book.set_custom_property("form", "推荐汇总")
        book.set_custom_property("year", 2024)
    return path


@pytest.fixture(scope="module", params=["xlsx", "xls", "ods", "et", "xls 起名 xlsx", "xlsx 起名 et"])
def book(request, original, tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    kind, _, named = request.param.partition(" 起名 ")
    made = original if kind == "xlsx" else convert(original, "xls" if kind == "et" else kind, folder)
    path = folder / f"天山区报表.{named or kind}"
    shutil.copy(made, path)
    return read.workbook(path)


@pytest.mark.parametrize("address", CELLS)
def test_values_keep_type_and_address(book, address):
    row, column = from_a1(address)
    value = book.grids[0].rows[row][column]
    expected = CELLS[address][2]
    # LibreOffice 存数字只留 15 位有效数字
    assert value == (pytest.approx(expected, rel=1e-14) if isinstance(expected, float) else expected)
    assert isinstance(value, (int, float) if isinstance(expected, (int, float)) else type(expected))


def test_sheet_marks_are_the_same_in_every_format(book):
    grid = book.grids[0]
    assert [grid.name for grid in book.grids] == ["推荐汇总", "隐藏", "深藏"]
    assert [grid.visible for grid in book.grids] == [True, False, False]
    assert grid.rows[:4] == ((), (), (), ())
    assert grid.rows[9][2:] == (CellError("#DIV/0!"), 2)
    assert grid.rows[8][5] == "普通加粗"
    assert grid.merged == ((11, 2, 12, 3),)
    assert grid.hidden_rows == {6}
    assert grid.hidden_columns == {3}
    assert len(grid.rows) == 12
    assert all(grid.rows[row][column] is None for row in range(4, 9) for column in (0, 1))


def test_document_properties_and_hash(original):
    book = read.workbook(original)
    assert book.properties == {"form": "推荐汇总", "year": "2024"}
    assert book.file == "天山区.xlsx"
    assert len(book.sha256) == 64


def test_openpyxl_files_read_alike(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["区县", DAY, True, None, 1.5])
    book.active["B3"] = "=A1"
    book.active.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    grid = read.workbook(tmp_path / "a.xlsx").grids[0]
    assert grid.rows == (("区县", DAY, True, None, 1.5),)
    assert grid.uncached == {(2, 1)}
    assert grid.hidden_rows == {1}


STYLES = (f'<styleSheet xmlns="{files.MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>')


@pytest.mark.parametrize("book, expected", [("", date(2019, 3, 14)), ('<workbookPr date1904="1"/>', date(2023, 3, 15))])
def test_both_date_systems(tmp_path, book, expected):
    path = files.saved(tmp_path, files.xlsx('<row r="1"><c r="A1" s="1"><v>43538</v></c></row>', styles=STYLES, book=book))
    assert read.workbook(path).grids[0].rows == ((expected,),)


@pytest.mark.parametrize("cell, expected, why", [
    ('<c r="A1" t="inlineStr"><is><t>_x0041__x005F_x0042_</t></is></c>', "A_x0042_", "转义的字符"),
    ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><rPh><t>注音</t></rPh><r><t>乙</t></r></is></c>', "甲乙", "注音不算内容"),
    ('<c r="A1" t="d"><v>2023-03-15</v></c>', DAY, "ISO 日期"),
    ('<c r="A1" t="b"><v>0</v></c>', False, "逻辑值"),
    ('<c r="A1"><v>0</v></c>', 0.0, "零不是空"),
    ('<c r="A1"><v>1e999</v></c>', CellError("#NUM!"), "算不出的数"),
    ('<c r="A1" t="str"><f>B1</f><v></v></c>', None, "公式算出空串"),
])
def test_cell_kinds(tmp_path, cell, expected, why):
    rows = read.workbook(files.saved(tmp_path, files.xlsx(f'<row r="1">{cell}<c r="B1"><v>9</v></c></row>'))).grids[0].rows
    assert rows == ((expected, 9.0),), why


def test_xlsb(tmp_path):
    cells = (files.xlsb_row(0) + files.xlsb_cell(6, 0, files.wide("甲")) + files.xlsb_cell(5, 1, files.double(3.5))
             + files.xlsb_cell(62, 2, b"\1" + files.wide("富文本") + bytes(8))
             + files.xlsb_row(2, hidden=True) + files.xlsb_cell(3, 0, b"\x07") + files.xlsb_cell(4, 1, b"\1")
             + files.xlsb_cell(11, 3, b"\x2a" + bytes(12)))
    data = files.xlsb(cells, hidden_column=1, merged=(0, 1, 0, 0))
    book = read.workbook(files.saved(tmp_path, data, "天山区.xlsb"))
    grid = book.grids[0]
    assert grid.rows == (("甲", 3.5, "富文本"), (), (CellError("#DIV/0!"), True, None, CellError("#N/A")))
    assert (grid.hidden_rows, grid.hidden_columns, grid.merged) == ({2}, {1}, ((0, 0, 1, 0),))


def test_ods_comments_and_spacing(tmp_path):
    content = ('<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string">'
               "<office:annotation><text:p>批注</text:p></office:annotation>"
               '<text:p>甲<text:s text:c="2"/>乙</text:p><text:p>丙</text:p></table:table-cell>'
               '<table:table-cell table:formula="of:=[.A1]"/></table:table-row></table:table>')
    grid = read.workbook(files.saved(tmp_path, files.ods(content), "天山区.ods")).grids[0]
    assert grid.rows == (("甲  乙\n丙",),)
    assert grid.uncached == {(0, 1)}
