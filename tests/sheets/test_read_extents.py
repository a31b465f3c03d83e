"""How far a sheet reaches: stray cells, empty tails, false dimensions. Nothing far away costs memory or goes unsaid."""

import subprocess
import sys

import pytest

from tests.sheets import files
from toolkit.errors import UserError
from toolkit.sheets import read
from toolkit.sheets.grid import CellError
from toolkit.sheets.scans import extents
from toolkit.sheets.scans.extents import COLUMN_GAP, DENSE_CELLS, ROW_GAP, reach
from toolkit.sheets.scans.ole import compound_file

A1 = '<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576" t="s"><v>1</v></c></row>'
SHARED = (f'<sst xmlns="{files.MAIN}"><si><t>甲</t></si><si><r><t>乙</t></r><rPh><t>yi</t></rPh><r><t>丙</t></r></si></sst>')
EMPTY_ROW = '<row r="{0}" ht="20" hidden="1"><c r="A{0}" s="1"/><c r="B{0}" s="1"/></row>'


def grid(tmp_path, data, name="天山区.xlsx"):
    book = read.workbook(files.saved(tmp_path, data, name))
    return book.grids[0], book.notes


def prefixed(rows: str) -> bytes:
    rows = rows.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    return files.zipped(files.xlsx_parts(
        f'<x:worksheet xmlns:x="{files.MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>', shared=SHARED))


XLS = files.xls_book()
XLS_SHEET = XLS.add_sheet("推荐汇总")
XLS_SHEET.write(0, 0, 1)
XLS_SHEET.write(65535, 255, "乙丙")
STRAYS = {
    "xlsx": (files.xlsx(A1 + FAR, shared=SHARED), "XFD1048576（“乙丙”）"),
    "带前缀的 xlsx": (prefixed(A1 + FAR), "XFD1048576（“乙丙”）"),
    "行内文字": (files.xlsx(A1 + '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>a&lt;b</t></is></c>'
                        '<c r="XFD1048576"><v>2</v></c></row>'), "A1048576（“a<b”）、XFD1048576（“2”）"),
    "xlsb": (files.xlsb(files.xlsb_row(0) + files.xlsb_cell(5, 0, files.double(1)) + files.xlsb_row(1048575)
                        + files.xlsb_cell(3, 16383, b"\x07")), "XFD1048576"),
    "xls": (files.xls_bytes(XLS), "IV65536"),
    "ods": (files.ods(
        '<table:table table:name="推荐汇总"><table:table-row><table:table-cell office:value-type="float" office:value="1"/>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell '
        'office:value-type="string"><text:p>乙丙</text:p></table:table-cell></table:table-row></table:table>'),
        "XFD1048576（“乙丙”）"),
}


@pytest.mark.parametrize("kind", STRAYS)
def test_a_stray_cell_is_left_out_and_said(tmp_path, kind):
    data, said = STRAYS[kind]
    found, notes = grid(tmp_path, data)
    assert found.rows == ((1,),)
    assert len(notes) == 1
    assert said in notes[0] and notes[0].startswith("“推荐汇总”表") and "请" in notes[0]


BOUNDED = """
import resource, sys
from pathlib import Path
from toolkit.sheets import read
resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
print(read.workbook(Path(sys.argv[1])).grids[0].rows)
"""


@pytest.mark.parametrize("kind", STRAYS)
def test_a_stray_cell_fits_into_bounded_memory(tmp_path, kind):
    path = files.saved(tmp_path, STRAYS[kind][0])
    done = subprocess.run([sys.executable, "-c", BOUNDED, path], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout in ("((1.0,),)\n", "((1,),)\n")


def test_false_extents_of_binary_files_fit_into_bounded_memory(tmp_path):
    cells = files.xlsb_row(0) + files.xlsb_cell(5, 0, files.double(1))
    stream = bytearray(files.xls_stream(XLS_ONE))
    at = stream.index(b"\x00\x02\x0e\x00")
    stream[at + 4:at + 18] = b"\0\0\0\0\xff\xff\xff\xff\0\0\xff\xff\0\0"
    for data in (files.xlsb(cells, dimension=(0, 0xFFFFFFFF, 0, 0xFFFFFFFF)), compound_file(bytes(stream))):
        path = files.saved(tmp_path, data)
        done = subprocess.run([sys.executable, "-c", BOUNDED, path], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout in ("((1.0,),)\n", "((1,),)\n")


ONE = files.xls_book()
ONE.add_sheet("推荐汇总").write(0, 0, 1)
XLS_ONE = files.xls_bytes(ONE)


def test_a_million_empty_rows_behind_the_table_cost_nothing(tmp_path):
    tail = "".join(map(EMPTY_ROW.format, range(2, 1048577)))
    found, notes = grid(tmp_path, files.xlsx(A1 + tail))
    assert (found.rows, found.hidden_rows, notes) == (((1.0,),), frozenset(), ())


def test_a_million_empty_rows_before_a_stray_cell(tmp_path):
    gap = "".join(map(EMPTY_ROW.format, range(2, 1048576)))
    found, notes = grid(tmp_path, files.xlsx(A1 + gap + FAR, shared=SHARED))
    assert found.rows == ((1.0,),)
    assert "1 个单元格没有读入：XFD1048576（“乙丙”）" in notes[0]


@pytest.mark.parametrize("dimension", ['<dimension ref="A1"/>', '<dimension ref="A1:XFD1048576"/>', '<dimension ref="乱"/>',
                                       "<dimension/>", '<dimension ref="A1"></dimension>'])
def test_a_declared_dimension_does_not_matter(tmp_path, dimension):
    rows = A1 + '<row r="3"><c r="C3"><v>3</v></c></row>'
    found, notes = grid(tmp_path, files.xlsx(rows, before=dimension))
    assert (found.rows, notes) == (((1.0,), (), (None, None, 3.0)), ())


def test_styled_empty_cells_are_not_content(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"/><c r="XFD1" s="1"></c></row>' + EMPTY_ROW.format(2)
    found, notes = grid(tmp_path, files.xlsx(rows))
    assert (found.rows, notes) == (((1.0,),), ())


def test_a_far_column_does_not_take_its_row_along(tmp_path):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="e"><v>#N/A</v></c></row>'
                   for row in range(1, 200))
    stray = '<row r="200"><c r="A200"><v>200</v></c><c r="XFD200" t="e"><v>#N/A</v></c></row>'
    found, notes = grid(tmp_path, files.xlsx(rows + stray))
    assert len(found.rows) == 200
    assert found.rows[198:] == ((199.0, CellError("#N/A")), (200.0,))
    assert "XFD200（“#N/A”）" in notes[0]


def test_a_large_table_is_read_whole(tmp_path):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="AN{row}" t="b"><v>1</v></c></row>'
                   for row in range(1, 60001))
    found, notes = grid(tmp_path, files.xlsx(rows))
    assert (len(found.rows), notes) == (60000, ())
    assert found.rows[59999][0] == 60000.0 and found.rows[59999][39] is True


@pytest.mark.parametrize("column, read_whole", [("Z", True), ("XZ", True), ("YA", True), ("ZZ", False), ("AAA", False)])
def test_a_register_with_a_cell_far_to_the_right(tmp_path, column, read_whole):
    """3,000 rows: the rectangle is of ordinary size up to column 666, XZ is the last column that the quick look can tell that of."""
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 3000))
    found, notes = grid(tmp_path, files.xlsx(f'{rows}<row r="3000"><c r="A3000"><v>1</v></c><c r="{column}3000"><v>2</v></c></row>'))
    assert (len(found.rows), found.rows[-1][-1], bool(notes)) == (3000, 2.0 if read_whole else 1.0, not read_whole)
    assert read_whole or f"{column}3000（“2”）" in notes[0]


def test_few_and_many_empty_cells_are_left_out_alike(tmp_path):
    full = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>1</v></c></row>' for row in range(2, 200))
    few = '<row r="1"><c r="A1" s="1"/><c r="B1"><v>1</v></c><c r="C1" s="1"/></row>'
    many = few.replace('<c r="C1" s="1"/>', "".join(f'<c r="{letter}1" s="1"/>' for letter in "CDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert grid(tmp_path, files.xlsx(few + full)) == grid(tmp_path, files.xlsx(many + full))
    assert grid(tmp_path, files.xlsx(few + full))[0].rows[0] == (None, 1.0)


def test_only_the_first_left_out_cells_are_listed(tmp_path):
    far = "".join(f'<row r="{row}"><c r="XFD{row}"><v>{row}</v></c></row>' for row in range(1048001, 1048021))
    _found, notes = grid(tmp_path, files.xlsx(A1 + far))
    assert "20 个单元格没有读入：XFD1048001（“1048001”）、" in notes[0]
    assert notes[0].count("XFD") == extents.SHOWN and "等。" in notes[0]


def test_too_many_cells_are_refused(tmp_path):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>1</v></c></row>' for row in range(1, 60000, 900))
    wide = "".join(f'<c r="{letters}1"><v>1</v></c>' for letters in ("CA", "FA", "IA", "LA"))
    with pytest.raises(UserError, match="“推荐汇总”表有 59401 行、313 列"):
        grid(tmp_path, files.xlsx(rows.replace("</row>", wide + "</row>", 1)))


@pytest.mark.parametrize("rows, columns, expected, why", [
    ([], [], (0, 0), "空表"),
    ([0, 40], [0, 36], (40, 36), "普通的表"),
    ([0, 1048575], [0], (1048575, 0), "一列百万行也不算大"),
    ([0, ROW_GAP], [0, DENSE_CELLS // ROW_GAP - 2], (ROW_GAP, 0), "行距恰在界内，列距在界外"),
    ([0, 1048575], [0, COLUMN_GAP], (0, COLUMN_GAP), "列距恰在界内"),
    ([0, 1048575], [0, COLUMN_GAP + 1], (0, 0), "列距超出一列"),
    ([1048575], [16383], (0, 0), "只有一个远处的单元格"),
])
def test_reach(rows, columns, expected, why):
    assert reach(rows, columns, "表") == expected, why
