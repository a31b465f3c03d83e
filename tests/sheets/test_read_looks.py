"""看到的与存的不同：删除线、数字格式、近于零的行高列宽、1904；xlsx、xls、ods、xlsb 和打开着的 Excel 说的一样。"""

import shutil
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.office import convert
from tests.sheets import files
from tests.sheets.test_live_reading import assert_reads_as_file
from toolkit.sheets import read
from toolkit.sheets.grid import a1


def original(path):
    """划掉的格、部分划掉的格、说别的话的数字格式、看不见的行列。"""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("推荐汇总")
        crossed, plain = book.add_format({"font_strikeout": True}), book.add_format()
        sheet.write_row(0, 0, ["天山区", "好", 1, 2])
        sheet.write_row(1, 0, ["作废", 5], crossed)
        sheet.write_blank(1, 3, None, crossed)
        sheet.write_rich_string(2, 0, crossed, "10万", plain, "14万")
        sheet.write_rich_string(2, 1, crossed, "全", crossed, "划掉")
        sheet.write_rich_string(2, 2, book.add_format({"bold": True}), "加粗", plain, "不划")
        for row, (value, code) in enumerate(((12345, "0000000000"), (14, '0"万元"'), (59.6, "0"), (5, ";;;"), (1, '[=1]"是";"否"'),
                                             (100000, '#,##0.00"元"'), (0.25, "0%"), (7, "0")), 3):
            sheet.write(row, 1, value, book.add_format({"num_format": code}))
        sheet.set_row(12, 0.75)
        sheet.set_row(13, 0)
        sheet.set_row(14, 30)
        sheet.set_row(15, None, None, {"hidden": True})
        for row in range(12, 17):
            sheet.write(row, 0, f"第{row}行")
        sheet.write_row(17, 0, range(8))
        sheet.set_column("F:F", 0.08)
        sheet.set_column("G:G", None, None, {"hidden": True})
    return path


STRUCK = {"A2", "B2", "B3"}
SEEN = {"B4": "0000012345", "B5": "14万元", "B6": "60", "B7": "", "B8": "是"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return original(tmp_path_factory.mktemp("looks") / "天山区.xlsx")


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_format_tells_the_same(made, kind, tmp_path):
    grid = read.workbook(made if kind == "xlsx" else convert(made, kind, tmp_path)).grids[0]
    assert {a1(*place) for place in grid.struck} == STRUCK
    assert {a1(*place) for place in grid.partly_struck} == {"A3"}
    assert {a1(*place): shown for place, shown in grid.seen.items()} == SEEN
    assert grid.rows[2][0] == "10万14万" and grid.rows[3][1] == 12345
    assert grid.hidden_rows >= {12, 13, 15} and not grid.hidden_rows & {0, 1, 2, 14, 16}
    assert grid.hidden_columns >= {5, 6} and not grid.hidden_columns & {0, 1, 2, 3, 4}
    assert not grid.date1904


def test_an_open_workbook_tells_the_same(live, made, tmp_path):
    path = Path(shutil.copy(made, tmp_path))
    assert_reads_as_file(live, path)
    shown, saved = live.open(path).read().grids[0], read.workbook(made).grids[0]
    assert (shown.struck, shown.partly_struck, shown.seen) == (saved.struck, saved.partly_struck, saved.seen)


def test_openpyxl_spells_crossing_out_in_its_own_way(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙", "丙"])
    book.active["A1"].font = openpyxl.styles.Font(strike=True)
    book.active["B1"].font = openpyxl.styles.Font(strike=False, bold=True)
    book.save(tmp_path / "a.xlsx")
    assert read.workbook(tmp_path / "a.xlsx").grids[0].struck == {(0, 0)}


# ---- 逐字节的写法 ----

def rich(*runs: tuple[str, str]) -> str:
    return "".join(f"<r>{f'<rPr>{marks}</rPr>' if marks else ''}<t>{text}</t></r>" for marks, text in runs)


STRIKE = "<strike/>"


@pytest.mark.parametrize("runs, whole, part, why", [
    ([(STRIKE, "100000"), ("", "140000")], False, True, "前半划掉"), ([("<b/>", "赵"), (STRIKE, "一"), ("", "二")], False, True, "中间划掉"),
    ([(STRIKE, "全部"), (STRIKE, "划掉")], True, False, "全划掉"), ([(STRIKE, "全部"), ("", "  ")], True, False, "没划的是空白"),
    ([(STRIKE, "  "), ("", "技师")], False, False, "划的是空白"), ([('<strike val="0"/>', "技师"), ("", "一")], False, False, "写明不划"),
    ([('<strike val="false"/>', "技师")], False, False, "写明不划"), ([('<strike val="1"/>', "技师"), ("<b/>", "一")], False, True, "写明划"),
    ([('<rFont val="strike"/>', "技师"), ("", "一")], False, False, "字体名里有这个词")])
@pytest.mark.parametrize("way", ["内联", "共享", "有前缀", "缩进"])
def test_runs_of_text(runs, whole, part, why, way):
    text = rich(*runs)
    if way == "缩进":
        text = text.replace("<r>", "\n <r>\n  ").replace("</r>", "\n </r>\n ")
    shared = f'<sst xmlns="{files.MAIN}"><si><t>别的</t></si><si>{text}</si></sst>'
    value = '<c r="A1" t="s"><v>1</v></c>' if way == "共享" else f'<c r="A1" t="inlineStr"><is>{text}</is></c>'
    rows = f'<row r="1">{value}<c r="B1" t="s"><v>0</v></c></row>'
    worksheet = files.sheet(rows)
    if way == "有前缀":
        worksheet = worksheet.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    grid = read.from_bytes(files.zipped(files.xlsx_parts(worksheet, shared=shared)), "天山区.xlsx").grids[0]
    assert "".join(grid.rows[0][0].split()) == "".join("".join(text for _, text in runs).split())
    assert ((0, 0) in grid.struck, (0, 0) in grid.partly_struck) == (whole, part), why
    assert not {(0, 1)} & (grid.struck | grid.partly_struck)


def styled(fonts: str, formats: str, xfs: str, rows: str, before: str = ""):
    styles = (f'<styleSheet xmlns="{files.MAIN}"><numFmts>{formats}</numFmts><fonts>{fonts}</fonts><cellXfs>{xfs}</cellXfs></styleSheet>')
    return read.from_bytes(files.xlsx(rows, before=before, styles=styles), "天山区.xlsx").grids[0]


@pytest.mark.parametrize("font, expected", [
    ("<font><strike/></font>", True), ('<font><b/><strike val="1"/><sz val="11"/></font>', True), ('<font><strike val="0"/></font>', False),
    ("<font/>", False), ('<font><name val="strike"/></font>', False), ("<font><!-- <strike/> --><b/></font>", False)])
def test_fonts_that_cross_out(font, expected):
    grid = styled(f"<font/>{font}", "", '<xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/>',
                  '<row r="1" s="1" customFormat="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>2</v></c><c r="C1" s="1"/></row>')
    assert grid.struck == ({(0, 1)} if expected else set())


@pytest.mark.parametrize("runs, struck, partly, why", [
    (rich(("", "旧"), (STRIKE, "的")), True, False, "没有自己样子的字随单元格"), (rich(("<b/>", "新"), (STRIKE, "旧")), False, True, "有自己样子的字不随")])
def test_runs_in_a_cell_that_is_crossed_out(runs, struck, partly, why):
    grid = styled("<font/><font><strike/></font>", "", '<xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/>',
                  f'<row r="1"><c r="A1" s="1" t="inlineStr"><is>{runs}</is></c></row>')
    assert ((0, 0) in grid.struck, (0, 0) in grid.partly_struck) == (struck, partly), why


def test_thousands_of_styles_are_looked_up_once():
    xfs = "".join(f'<xf numFmtId="{200 + number}" fontId="0"/>' for number in range(5000))
    formats = "".join(f'<numFmt numFmtId="{200 + number}" formatCode="&quot;第{number}类&quot;0"/>' for number in range(5000))
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="{row}"><v>{row}</v></c></row>' for row in range(1, 3000))
    grid = styled("<font/>", formats, xfs, rows)
    assert len(grid.seen) == 2999 and grid.seen[7, 0] == "第8类8"


@pytest.mark.parametrize("before, row, hidden, why", [
    ('<sheetFormatPr defaultRowHeight="0" zeroHeight="1"/>', "", True, "默认行高是零"),
    ('<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>', "", False, "没写出来的行才隐藏"),
    ('<sheetFormatPr defaultRowHeight="0"/>', ' ht="20" customHeight="1"', False, "自己有行高"),
    ("", ' ht="1.5" customHeight="1"', True, "不到两磅"), ("", ' ht="2"', False, "两磅"), ("", ' ht="15"', False, "一开头的字"),
    ("", ' ht="0"', True, "零"), ("", ' hidden="true"', True, "隐藏"), ("", ' hidden="0"', False, "没有隐藏"), ("", ' ht="高"', False, "不成数")])
def test_row_heights(before, row, hidden, why):
    grid = read.from_bytes(files.xlsx(f'<row r="1"{row}><c r="A1"><v>1</v></c></row>', before=before), "天山区.xlsx").grids[0]
    assert grid.hidden_rows == ({0} if hidden else set()), why


@pytest.mark.parametrize("before, hidden", [
    ('<cols><col min="2" max="2" width="0.1" customWidth="1"/></cols>', {1}), ('<cols><col min="1" max="2" width="0"/></cols>', {0, 1}),
    ('<cols><col min="1" max="1" width="0.5"/></cols>', set()), ('<cols><col min="2" max="16384" hidden="1"/></cols>', {1}),
    ('<sheetFormatPr defaultColWidth="0" defaultRowHeight="15"/><cols><col min="1" max="1" width="10"/></cols>', {1})])
def test_column_widths(before, hidden):
    grid = read.from_bytes(files.xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>', before=before), "天山区.xlsx").grids[0]
    assert grid.hidden_columns == hidden


def test_xlsb_tells_what_is_crossed_out_and_low():
    struck, plain = struct.pack("<HH", 220, 8) + bytes(20), struct.pack("<HH", 220, 0) + bytes(20)
    code = '0"万元"'
    styles = (files.record(43, plain) + files.record(43, struck) + files.record(615, struct.pack("<I", 1))
              + files.record(44, struct.pack("<H", 164) + files.wide(code)) + files.record(616) + files.record(617, struct.pack("<I", 3)) + b"".join(files.record(47, struct.pack("<HHH", 0, number, font) + bytes(10))
                                             for number, font in ((0, 0), (0, 1), (164, 0))) + files.record(618))
    def cell(kind: int, column: int, style: int, body: bytes) -> bytes:
        return files.record(kind, struct.pack("<II", column, style) + body)
    runs = struct.pack("<I", 2) + struct.pack("<4H", 0, 1, 2, 0)
    cells = (files.xlsb_row(0) + cell(5, 0, 1, files.double(5)) + cell(5, 1, 2, files.double(14)) + cell(62, 2, 0, b"\1" + files.wide("旧的新的") + runs)
             + files.record(0, struct.pack("<IIHBB", 1, 0, 10, 0, 0) + bytes(5)) + cell(5, 0, 0, files.double(1)))
    with zipfile.ZipFile(BytesIO(files.xlsb(cells))) as package:
        data = files.zipped({name: package.read(name) for name in package.namelist()} | {"xl/styles.bin": styles})
    grid = read.from_bytes(data, "天山区.xlsb").grids[0]
    assert grid.rows == ((5.0, 14.0, "旧的新的"), (1.0,))
    assert (grid.struck, grid.partly_struck, grid.seen, grid.hidden_rows) == ({(0, 0)}, {(0, 2)}, {(0, 1): "14万元"}, {1})


# ---- 1904 ----

def test_the_date_system_is_known_in_every_format(tmp_path):
    path = tmp_path / "天山区.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        book.add_worksheet("表").write(0, 0, 43000)
    for kind in ("xlsx", "xls", "ods"):
        grid = read.workbook(path if kind == "xlsx" else convert(path, kind, tmp_path)).grids[0]
        assert grid.date1904 and grid.rows == ((43000.0,),), kind


@pytest.mark.parametrize("said, date1904", [('date1904="1"', True), ("date1904='true'", True), ('date1904="0"', False), ("", False)])
def test_excel_2013_says_more_of_the_workbook_further_down(said, date1904):
    parts = files.xlsx_parts(files.sheet('<row r="1"><c r="A1"><v>43000</v></c></row>'), book=f"<workbookPr {said}/>")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("</workbook>", (
        '<extLst><ext><x15:workbookPr xmlns:x15="urn:x15" chartTrackingRefBase="1"/></ext></extLst></workbook>'))
    assert read.from_bytes(files.zipped(parts), "天山区.xlsx").grids[0].date1904 is date1904


def test_an_open_workbook_knows_its_date_system(live, tmp_path):
    path = tmp_path / "天山区.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as book:
        book.add_worksheet("表").write(0, 0, 43000)
    assert live.open(path).read().grids[0].date1904
