"""Ledgers as a bureau has them after a year: with all that clerks add in Excel, from every program they use."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

import openpyxl
import xlsxwriter

from tests.office import convert

HEADERS = ("编号", "名称", "区县", "领办人", "身份证号", "补助额", "命名日期", "自留备注")
ROWS = (("G-001", "李工钳工工作室", "天山区", "李工", "650102196501010011", 100000, 45170, "老主任来电"),
        ("G-002", "王芳刺绣工作室", "米东区", "王芳", "650109198202020022", 100000, 45171, ""))


def picture() -> bytes:
    """A PNG of one red dot."""
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b""))


def rich(table: bool = False, date1904: bool = False) -> bytes:
    """Sheet 工作室 with everything on it, a clerk's sheet `王 姐's 表`, a chart sheet and formulas."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"date_1904": date1904})
    sheet, own = book.add_worksheet("工作室"), book.add_worksheet("王 姐's 表")
    _fill(book, sheet, table)
    _adorn(book, sheet)
    own.write("A1", "自己的算式")
    own.write_formula("B1", "=SUM(工作室!F2:F500)", None, 200000)
    book.add_chartsheet("图").set_chart(_chart(book))
    book.define_name("补助合计", "=工作室!$F$2:$F$3")
    book.set_custom_property("form", "ledger")
    book.set_properties({"created": datetime(2024, 1, 1)})
    book.close()
    return target.getvalue()


def with_look(address: str, **look) -> bytes:
    """The ledger as openpyxl saves it, one cell of 工作室 with this look and with no value."""
    book = openpyxl.load_workbook(io.BytesIO(by_openpyxl()))
    cell = book["工作室"][address]
    cell.value = None
    for name, value in look.items():
        setattr(cell, name, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(book, sheet, table: bool) -> None:
    text = book.add_format({"num_format": "@", "border": 1})
    money = book.add_format({"num_format": "#,##0.00", "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
    for row, values in enumerate((HEADERS, *ROWS)):
        for column, value in enumerate(values):
            shown = {4: text, 5: money, 6: day}.get(column) if row else book.add_format({"bold": True})
            sheet.write(row, column, value, shown)
    sheet.set_column(4, 4, 20, text)
    if table:
        sheet.add_table("A1:H3", {"name": "Studios", "columns": [{"header": h} for h in HEADERS]})
    else:
        sheet.autofilter("A1:H3")


def _adorn(book, sheet) -> None:
    sheet.insert_image("J2", "dot.png", {"image_data": io.BytesIO(picture())})
    sheet.insert_chart("J8", _chart(book))
    sheet.write_comment("B2", "去年换过地址\n问过老主任 <&>", {"author": "王姐"})
    sheet.write_comment("H3", "待办", {"author": "王姐"})
    sheet.data_validation("C2:C500", {"validate": "list", "source": ["天山区", "米东区"],
                                      "input_title": "区县", "input_message": "a > b 时选\"天山区\""})
    sheet.conditional_format("F2:F500", {"type": "cell", "criteria": "<", "value": 1,
                                         "format": book.add_format({"bg_color": "#00FF00"})})
    sheet.conditional_format("F2:F500", {"type": "data_bar", "data_bar_2010": True})
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.print_area("A1:H500")
    sheet.set_footer("&C第 &P 页")


def _chart(book):
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=工作室!$F$2:$F$3"})
    return chart


def by_openpyxl() -> bytes:
    """The plain ledger as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.active.title = "工作室"
    for values in (HEADERS, *ROWS):
        book.active.append(values)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def by_libreoffice(folder: Path) -> bytes:
    """The rich ledger after LibreOffice opened and saved it."""
    source = folder / "源.xlsx"
    source.write_bytes(rich())
    out = folder / "存"
    out.mkdir()
    return convert(source, "xlsx", out).read_bytes()


def prefixed() -> bytes:
    """A workbook whose XML uses a prefix, single quotes, rows and cells without addresses, a wrong dimension."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f"""<?xml version='1.0' encoding='UTF-8'?>
<x:worksheet xmlns:x='{main}'><x:dimension ref='A:XFD'/><x:sheetData>
<x:row><x:c t='inlineStr'><x:is><x:t>编号</x:t></x:is></x:c>
<x:c t='inlineStr'><x:is><x:t>名称 <![CDATA[<b>]]></x:t></x:is></x:c></x:row>
<x:row spans='1:2'/><x:row r='5'><x:c r='C5'><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"""
    return replaced(by_openpyxl(), {"xl/worksheets/sheet1.xml": sheet.encode()})


def with_calculation_chain() -> bytes:
    """The rich ledger with the part in which Excel keeps the order of computing."""
    before = rich()
    members = zipfile.ZipFile(io.BytesIO(before))
    main = "http://schemas.openxmlformats.org/"
    override = ('<Override PartName="/xl/calcChain.xml" ContentType="application/'
                'vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>')
    relation = (f'<Relationship Id="rId99" Type="{main}officeDocument/2006/relationships/calcChain" '
                'Target="calcChain.xml"/></Relationships>')
    types, rels = (members.read(name).decode() for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"))
    return replaced(before, {
        "xl/calcChain.xml": f'<calcChain xmlns="{main}spreadsheetml/2006/main"><c r="B1" i="2"/></calcChain>'.encode(),
        "[Content_Types].xml": types.replace("</Types>", override).encode(),
        "xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", relation).encode()})


def replaced(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The zip with some members exchanged or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name) or old.read(name))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return target.getvalue()


def raw_members(data: bytes) -> dict[str, bytes]:
    """Every member's compressed bytes as they lie in the file."""
    members = {}
    for info in zipfile.ZipFile(io.BytesIO(data)).infolist():
        name, extra = struct.unpack_from("<HH", data, info.header_offset + 26)
        start = info.header_offset + 30 + name + extra
        members[info.filename] = data[start:start + info.compress_size]
    return members
