"""一个坏格子只是那一格的错误：认不得的错误值、出界的编号、不成数的数；缩进、注释、CDATA 不改变读出来的东西。"""

import struct
from datetime import date, datetime, time, timedelta

import pytest
import xlwt

from tests.sheets import files
from toolkit.sheets import read
from toolkit.sheets.grid import CellError
from toolkit.sheets.scans import ole
from toolkit.sheets.scans.extents import SPOILT, TOO_NARROW

STYLES = (f'<styleSheet xmlns="{files.MAIN}"><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
          '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs></styleSheet>')
STRINGS = f'<sst xmlns="{files.MAIN}"><si><t>甲</t></si><si><t>乙</t></si></sst>'
NEW_ERRORS = ("#SPILL!", "#CALC!", "#FIELD!", "#BUSY!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#PYTHON!", "#ERROR!", "Err:508", "#EXTERNAL!")


def sheet(rows: str, **more: str | bytes):
    data = files.xlsx(rows, styles=STYLES, shared=STRINGS, **more)
    return read.from_bytes(data, "天山区.xlsx").grids[0]


def cell(xml: str):
    """那一格读出什么；旁边的好格子照读。"""
    rows = sheet(f'<row r="1">{xml}<c r="B1" t="s"><v>1</v></c><c r="C1" s="1"><v>45000</v></c></row>').rows
    assert rows[0][1:] == ("乙", date(2023, 3, 15))
    return rows[0][0]


@pytest.mark.parametrize("xml, expected, why", [
    *((f'<c r="A1" t="e"><f>1/0</f><v>{text}</v></c>', CellError(text), "新的错误值") for text in NEW_ERRORS),
    ('<c r="A1" t="e" cm="1" vm="2"><v>#VALUE!</v></c>', CellError("#VALUE!"), "带富值"),
    ('<c r="A1" t="e"><v></v></c>', SPOILT, "没写是什么错误"),
    ('<c r="A1" t="s"><v>2</v></c>', SPOILT, "字符串编号出界"),
    ('<c r="A1" t="b"><v>2</v></c>', SPOILT, "逻辑值不是0也不是1"),
    ('<c r="A1" t="b"><v>true</v></c>', True, "逻辑值写成英文"),
    ('<c r="A1" t="zz"><v>5</v></c>', SPOILT, "没有这种类型"),
    ('<c r="A1"><v>1e99999</v></c>', CellError("#NUM!"), "算不出的数"),
    ('<c r="A1"><v>nan</v></c>', CellError("#NUM!"), "不是数"),
    ('<c r="A1" s="2"><v>1e99999</v></c>', CellError("#NUM!"), "算不出的时长"),
    ('<c r="A1" s="2"><v>1e200</v></c>', 1e200, "长得没有日历能装的时长是一个数"),
    ('<c r="A1" s="1"><v>2958466</v></c>', 2958466.0, "万年以后不是日期"),
    ('<c r="A1" s="1"><v>-5</v></c>', TOO_NARROW, "负的日期"),
    ('<c r="A1" s="3"><v>-0.25</v></c>', TOO_NARROW, "负的时刻"),
    ('<c r="A1" s="4"><f>B1-C1</f><v>-40000</v></c>', TOO_NARROW, "公式算出负的日期"),
    ('<c r="A1" s="2"><v>-1.5</v></c>', TOO_NARROW, "负的时长"),
    ('<c r="A1" s="0"><v>-5</v></c>', -5.0, "负数不是日期"),
    ('<c r="A1" s="2"><v>1.5</v></c>', timedelta(hours=36), "一天多的时长"),
    ('<c r="A1" s="3"><v>0.25</v></c>', time(6), "时刻"),
    ('<c r="A1" t="d"><v>2023-03-15T08:30:00</v></c>', datetime(2023, 3, 15, 8, 30), "ISO 时刻"),
    ('<c r="A1" t="d"><v>13月45日</v></c>', "13月45日", "不成日期的留给校验"),
    ('<c r="A1"><v>一百</v></c>', "一百", "不成数的留给校验"),
])
def test_one_odd_cell_is_that_cell_alone(xml, expected, why):
    assert cell(xml) == expected, why


def test_the_day_that_never_was_is_no_day_to_reckon_with():
    assert cell('<c r="A1" s="1"><v>60</v></c>').year == 1900


def test_1904_has_days_before_its_first():
    found = sheet('<row r="1"><c r="A1" s="1"><v>-5</v></c></row>', book='<workbookPr date1904="1"/>')
    assert found.rows[0][0] != TOO_NARROW and found.date1904


# ---- 空白、注释 ----

TIGHT = ('<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c><c r="B1" t="e"><v>#DIV/0!</v></c>'
         '<c r="C1" t="e"><f>1/0</f><v>#CALC!</v></c><c r="D1"><v>5</v></c><c r="E1"><f>D1*2</f></c><c r="F1" t="str"><f>G1</f><v></v></c>'
         '<c r="G1"><f>D1*3</f><v/></c><c r="H1" t="s"><v>1</v></c><c r="I1" t="str"><f>A1</f><v> 甲 </v></c></row>')
ROWS = ((" 甲 ", CellError("#DIV/0!"), CellError("#CALC!"), 5.0, None, None, None, "乙", " 甲 "),)
UNCACHED = {(0, 4), (0, 6)}


def loose(space: str) -> str:
    """标签之间都插进空白，字里的不动。"""
    spaced = TIGHT.replace("><", f">{space}<")
    for name in ("v", "t", "f"):
        spaced = spaced.replace(f"<{name}>{space}</{name}>", f"<{name}></{name}>")
    return spaced


@pytest.mark.parametrize("rows, why", [
    (TIGHT, "紧排"), (loose("\n"), "换行"), (loose("\n   "), "缩进"), (loose("\r\n\t"), "回车和制表符"), (loose(" "), "空格"), (loose("   "), "三个空格"),
    (TIGHT.replace("<v>5</v>", "<v>\n 5 \n</v>"), "数的前后"), (TIGHT.replace("<v>1</v>", "<v> 1 </v>"), "编号的前后"),
    (TIGHT.replace('<c r="E1">', '<c r="E1"> '), "只有一格"), (TIGHT.replace("</f></c>", "</f>\t</c>"), "公式后面"),
    (TIGHT.replace("<v>#DIV", "<!-- 注 --><v>#DIV"), "注释"), (TIGHT.replace("#CALC!", "<![CDATA[#CALC!]]>"), "CDATA"),
    (TIGHT.replace("<f>D1*2</f>", "<f>D1*2</f><?x y?>"), "处理指令"), (TIGHT.replace("<f>D1*2</f>", "<f><![CDATA[D1*2]]></f>"), "公式在 CDATA 里"),
    (TIGHT.replace("<v>5</v>", "<v><?x y?>5</v>"), "数里的处理指令"), (TIGHT.replace("<v/>", "<v />"), "空值的写法"),
    (TIGHT.replace("<v/>", ""), "没有值"), (TIGHT.replace('t="e"', "t='e'"), "单引号"),
])
def test_white_space_and_comments_change_nothing(rows, why):
    found = sheet(rows)
    assert found.rows == ROWS and found.uncached == UNCACHED, why


# ---- 合并到底 ----

@pytest.mark.parametrize("ref, area", [
    ("A:A", (0, 0, 1048575, 0)), ("1:2", (0, 0, 1, 16383)), ("A1:A1048576", (0, 0, 1048575, 0)), ("A1:XFD1", (0, 0, 0, 16383)),
    ("$B$2:$C$3", (1, 1, 2, 2)), ("C3:B2", (1, 1, 2, 2))])
def test_merged_to_the_end_of_the_sheet(ref, area):
    found = sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=f'<mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>')
    assert found.merged == (area,)


@pytest.mark.parametrize("ref", ["#REF!", "", "A0:B1", "B2", "甲1:乙2"])
def test_a_merge_of_nothing_is_none(ref):
    found = sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>')
    assert (found.merged, found.rows) == ((), ((1.0,),))


# ---- 别的格式 ----

def test_xlsb_errors_and_odd_cells_are_those_cells_alone():
    cells = files.xlsb_row(0) + b"".join(files.xlsb_cell(kind, column, body) for column, (kind, body) in enumerate((
        (3, b"\x2d"), (11, b"\x32" + bytes(12)), (3, b"\x77"), (4, b"\x07"), (7, struct.pack("<I", 9)), (5, files.double(3.5)))))
    grid = read.from_bytes(files.xlsb(cells), "天山区.xlsb").grids[0]
    assert grid.rows == ((CellError("#SPILL!"), CellError("#CALC!"), CellError("#UNKNOWN!"), SPOILT, SPOILT, 3.5),)


def xls_with(change) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    made = book.add_sheet("推荐汇总")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for column, value in enumerate((True, "甲", 5.5)):
        made.write(0, column, value)
    made.write(1, 0, -3.5, day)
    made.write(1, 1, 1e300, xlwt.easyxf(num_format_str="[h]:mm"))
    made.write(1, 2, "乙")
    stream = bytearray(files.xls_stream(files.xls_bytes(book)))
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        change(kind, stream, at + 4)
        at += 4 + length
    return ole.compound_file(bytes(stream))


def _truth(kind, stream, at):
    if kind == 0x205:
        stream[at + 6] = 7


def _new_error(kind, stream, at):
    if kind == 0x205:
        stream[at + 6:at + 8] = b"\x2d\x01"


def _string(kind, stream, at):
    if kind == 0xFD and struct.unpack_from("<H", stream, at)[0] == 0:
        struct.pack_into("<I", stream, at + 6, 77)


@pytest.mark.parametrize("change, column, expected", [
    (_truth, 0, SPOILT), (_new_error, 0, CellError("#SPILL!")), (_string, 1, SPOILT)])
def test_xls_odd_cells_are_those_cells_alone(change, column, expected):
    rows = read.from_bytes(xls_with(change), "天山区.xls").grids[0].rows
    good = [True, "甲", 5.5]
    good[column] = expected
    assert rows == (tuple(good), (TOO_NARROW, 1e300, "乙"))


@pytest.mark.parametrize("text", ["#DIV/0!", "#SPILL!", "#N/A", "#NAME?", "Err:508", "Err:522", "#GETTING_DATA"])
def test_ods_errors(text):
    cells = (f'<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>{text}</text:p>'
             f'</table:table-cell><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>')
    data = files.ods(f'<table:table table:name="表"><table:table-row>{cells}</table:table-row></table:table>'.replace("calcext:", "table:"))
    assert read.from_bytes(data, "天山区.ods").grids[0].rows == ((CellError(text), text),)


@pytest.mark.parametrize("marks, expected", [
    ('value-type="float" office:value="甲"', SPOILT), ('value-type="float" office:value="1e99999"', CellError("#NUM!")),
    ('value-type="boolean" office:boolean-value="2"', SPOILT), ('value-type="date" office:date-value="2026"', SPOILT),
    ('value-type="time" office:time-value="一小时"', SPOILT), ('value-type="time" office:time-value="-PT00H30M00S"', timedelta(minutes=-30)),
    ('value-type="time" office:time-value="PT99999999999H00M00S"', SPOILT), ('value-type="date" office:date-value="2026-11-20"', date(2026, 11, 20)),
])
def test_ods_odd_cells_are_those_cells_alone(marks, expected):
    data = files.ods('<table:table table:name="表"><table:table-row>'
                     f'<table:table-cell office:{marks}/><table:table-cell office:value-type="float" office:value="5"/>'
                     "</table:table-row></table:table>")
    assert read.from_bytes(data, "天山区.ods").grids[0].rows == ((expected, 5.0),)
