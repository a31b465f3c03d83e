"""Workbooks of many shapes: what XlsxWriter, openpyxl, LibreOffice and xlwt write, and every spelling of it that the standard allows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from lxml import etree
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests.office import convert_all
from tests.sheets import files, ledgers

Parts = dict[str, bytes]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TABLE = (("编号", "姓名", "金额", "日期"), ("G-001", "李工", 100000, 45170), ("G-002", "王芳", 2.5, 45171))


def _by_xlsxwriter(draw: Callable, **options: object) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("工作室")
        for row, values in enumerate(TABLE):
            sheet.write_row(row, 0, values)
        draw(book, sheet)
    return target.getvalue()


def _chart(book, sheet) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=工作室!$C$2:$C$3"})
    sheet.insert_chart("F2", chart)


def _conditions(book, sheet) -> None:
    red = book.add_format({"bg_color": "#FF0000"})
    sheet.conditional_format("C2:C9", {"type": "cell", "criteria": ">", "value": 1, "format": red})
    sheet.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("D2:D9", {"type": "icon_set", "icon_style": "3_traffic_lights"})


def _page(book, sheet) -> None:
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.print_area("A1:D9")
    sheet.set_header("&L&G", {"image_left": "dot.png", "image_data_left": io.BytesIO(ledgers.picture())})
    sheet.set_h_pagebreaks([20])
    sheet.freeze_panes(1, 1)


def _hidden(book, sheet) -> None:
    book.add_worksheet("隐藏").hide()
    book.add_worksheet("深藏").very_hidden()
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_column("B:B", None, None, {"hidden": True})


def _formats(book, sheet) -> None:
    centred = book.add_format({"align": "center", "num_format": "@"})
    sheet.set_row(1, 30, centred)
    sheet.set_column("A:XFD", 12, book.add_format({"valign": "vcenter", "text_wrap": True}))
    sheet.write_blank("B2", None, book.add_format({"align": "center", "locked": False}))


XLSXWRITER: Mapping[str, tuple[Callable, Mapping[str, object]]] = {
    "图表": (_chart, {}),
    "图表页": (lambda book, sheet: book.add_chartsheet("图").set_chart(_series(book)), {}),
    "表格": (lambda book, sheet: sheet.add_table("A1:D3", {"columns": [{"header": h} for h in TABLE[0]]}), {}),
    "带汇总行的表格": (lambda book, sheet: sheet.add_table("A1:D4", {"total_row": True}), {}),
    "筛选": (lambda book, sheet: sheet.autofilter("A1:D3"), {}),
    "条件格式": (_conditions, {}),
    "数据有效性": (lambda book, sheet: sheet.data_validation("B2:B9", {"validate": "list", "source": ["甲", "<乙>"]}), {}),
    "批注": (lambda book, sheet: [sheet.write_comment(cell, "问过 <&>", {"author": "王姐"}) for cell in ("B2", "C9")], {}),
    "图片": (lambda book, sheet: sheet.insert_image("F2", "dot.png", {"image_data": io.BytesIO(ledgers.picture())}), {}),
    "背景图": (lambda book, sheet: sheet.set_background(io.BytesIO(ledgers.picture()), is_byte_stream=True), {}),
    "页面设置": (_page, {}),
    "隐藏": (_hidden, {}),
    "整行整列格式": (_formats, {}),
    "1904": (lambda book, sheet: sheet.write_datetime("D9", datetime(2024, 1, 1)), {"date_1904": True}),
    "保护": (lambda book, sheet: sheet.protect("x", {"objects": False}), {}),
    "合并": (lambda book, sheet: sheet.merge_range("F1:G2", "合", book.add_format({"align": "center"})), {}),
    "链接": (lambda book, sheet: [sheet.write_url("F1", "https://example.com/?a=1&b=2"), sheet.write_url("F2", "internal:'工作室'!A1")], {}),
    "迷你图": (lambda book, sheet: sheet.add_sparkline("F2", {"range": "工作室!C2:C3"}), {}),
    "数组公式": (lambda book, sheet: [sheet.write_array_formula("F1:F2", "{=C1:C2}"), sheet.write_dynamic_array_formula("G1", "=SORT(C2:C3)")], {}),
    "富文本": (lambda book, sheet: sheet.write_rich_string("F1", "一半", book.add_format({"bold": True}), "粗", " 完 "), {}),
    "内联文本": (lambda book, sheet: sheet.write("A9", "末"), {"constant_memory": True}),
    "文本框与按钮": (lambda book, sheet: [sheet.insert_textbox("F2", "说明"), sheet.insert_button("F9", {"macro": "宏", "caption": "校验"})], {}),
    "复选框": (lambda book, sheet: sheet.insert_checkbox("F2", True), {}),
    "分组": (lambda book, sheet: [sheet.set_row(row, None, None, {"level": 1}) for row in (1, 2)], {}),
    "名称": (lambda book, sheet: [book.define_name("合计", "=SUM(工作室!$C$2:$C$3)"), book.define_name("工作室!本表", "=工作室!$A$1")], {}),
    "属性": (lambda book, sheet: [book.set_custom_property("form", "ledger"), book.set_custom_property("年", 2024)], {}),
    "没有内容的表": (lambda book, sheet: book.add_worksheet("空"), {}),
    "怪表名": (lambda book, sheet: book.add_worksheet("王 姐's & <表>").write("A1", 1), {}),
    "远处的格": (lambda book, sheet: sheet.write("XFD1048576", 1), {}),
    "忽略错误": (lambda book, sheet: sheet.ignore_errors({"number_stored_as_text": "A1:A9"}), {}),
}


def _series(book):
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "=工作室!$C$2:$C$3"})
    return chart


def _by_openpyxl(draw: Callable) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "工作室"
    for values in TABLE:
        book.active.append(values)
    draw(book, book.active)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _openpyxl_chart(book, sheet) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_row=3))
    sheet.add_chart(chart, "F2")


def _openpyxl_looks(book, sheet) -> None:
    book.add_named_style(NamedStyle("重点", font=Font(bold=True), fill=PatternFill("solid", fgColor="FFFF00")))
    sheet["B2"].style = "重点"
    sheet["C2"].alignment = Alignment(horizontal="center", wrap_text=True)
    sheet["C2"].protection = Protection(locked=False)
    sheet["D2"].number_format = "@"


def _openpyxl_validation(book, sheet) -> None:
    validation = DataValidation(type="list", formula1='"甲,乙"')
    sheet.add_data_validation(validation)
    validation.add("B2:B99")


def _openpyxl_rules(book, sheet) -> None:
    sheet.conditional_formatting.add("C2:C9", ColorScaleRule("min", None, "FF0000", "max", None, "00FF00"))
    sheet.conditional_formatting.add("A2:A9", FormulaRule(["$C2>1"], fill=PatternFill(bgColor="FFFF00")))


def _openpyxl_values(book, sheet) -> None:
    for row, value in enumerate((date(2024, 2, 29), time(8, 30), True, "=SUM(C2:C3)", "  空格 ", "两\n行", "_x0041_"), 5):
        sheet.cell(row, 2, value)


def _openpyxl_comment(book, sheet) -> None:
    sheet["B2"].comment = Comment("旧批注", "王姐")


OPENPYXL: Mapping[str, Callable] = {
    "图表": _openpyxl_chart, "样式": _openpyxl_looks, "数据有效性": _openpyxl_validation, "条件格式": _openpyxl_rules,
    "各种值": _openpyxl_values, "批注": _openpyxl_comment,
    "表格": lambda book, sheet: sheet.add_table(Table(displayName="表1", ref="A1:D3")),
    "名称": lambda book, sheet: book.defined_names.add(DefinedName("合计", attr_text="工作室!$C$2")),
    "保护": lambda book, sheet: setattr(sheet.protection, "sheet", True),
    "多张表": lambda book, sheet: [book.create_sheet(f"第{number}张") for number in range(12)],
}


def plain() -> Parts:
    """The parts of a workbook with a little of everything."""
    with zipfile.ZipFile(io.BytesIO(ledgers.rich())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _sheet(change: Callable[[bytes], bytes]) -> Callable[[Parts], None]:
    def changed(parts: Parts) -> None:
        parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    return changed


def _each_xml(change: Callable[[bytes], bytes]) -> Callable[[Parts], None]:
    def changed(parts: Parts) -> None:
        for name in parts:
            if name.endswith((".xml", ".rels")):
                parts[name] = change(parts[name])
    return changed


def _indented(part: bytes) -> bytes:
    return etree.tostring(etree.fromstring(part, etree.XMLParser(remove_blank_text=True)), pretty_print=True,
                          xml_declaration=True, encoding="UTF-8", standalone=True)


def _prefixed(part: bytes) -> bytes:
    """Names of the main namespace with a prefix."""
    if MAIN.encode() not in part[:600]:
        return part
    head, _, body = part.partition(b'xmlns="' + MAIN.encode() + b'"')
    return re.sub(rb"<(/?)(?=[A-Za-z])(?![\w.-]+:)", rb"<\1x:", head + b'xmlns:x="' + MAIN.encode() + b'"' + body)


def _strict(part: bytes) -> bytes:
    for old, new in ((MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
                     ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
                      "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties"),
                     ("http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
                      "http://purl.oclc.org/ooxml/officeDocument/customProperties"),
                     ("http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
                      "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"),
                     (OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
                     ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/")):
        part = part.replace(old.encode(), new.encode())
    return part


def _strict_book(parts: Parts) -> None:
    _each_xml(_strict)(parts)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbook ", b'<workbook conformance="strict" ', 1)


def _shared_formulas(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="8"><c r="B8"><f t="shared" ref="B8:B9" si="0">C2*2</f><v>1</v></c></row>'
                                         b'<row r="9"><c r="B9"><f t="shared" si="0"/><v>1</v></c></row></sheetData>')


def _threaded(parts: Parts) -> None:
    """A conversation as Excel 365 keeps it: beside the comment that older programs show."""
    thread = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    person, note = "{11111111-1111-4111-8111-111111111111}", "{22222222-2222-4222-8222-222222222222}"
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{thread}"><threadedComment ref="B2" dT="2024-01-01T00:00:00.00" personId="{person}" '
        f'id="{note}"><text>已回复</text></threadedComment></ThreadedComments>').encode()
    parts["xl/persons/person.xml"] = (f'<personList xmlns="{thread}"><person displayName="王姐" id="{person}" userId="王" '
                                      'providerId="None"/></personList>').encode()
    kinds = "http://schemas.microsoft.com/office/2017/10/relationships"
    for rels, kind, target in (("xl/worksheets/_rels/sheet1.xml.rels", "threadedComment", "/xl/threadedComments/threadedComment1.xml"),
                               ("xl/_rels/workbook.xml.rels", "person", "/xl/persons/person.xml")):
        parts[rels] = parts[rels].replace(b"</Relationships>", f'<Relationship Id="rIdT" Type="{kinds}/{kind}" Target="{target}"/>'
                                                               "</Relationships>".encode())
    for name, kind in (("threadedComments/threadedComment1", "threadedcomments"), ("persons/person", "person")):
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>", f'<Override PartName="/xl/{name}.xml" ContentType="application/vnd.ms-excel.{kind}+xml"/></Types>'.encode())
    parts["xl/comments1.xml"] = parts["xl/comments1.xml"].replace("王姐".encode(), f"tc={note}".encode(), 1)


def _alternate(parts: Parts) -> None:
    """What newer Excel puts into the workbook part and leaves to programs that know it."""
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    extra = (f'<mc:AlternateContent xmlns:mc="{compatibility}"><mc:Choice Requires="x15"><x15ac:absPath url="D:\\区县\\" '
             'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>')
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<bookViews>", extra.encode() + b"<bookViews>").replace(
        b"<workbook ", b'<workbook xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" ', 1)


def _foreign_names(part: bytes) -> bytes:
    part = re.sub(rb' (?:xmlns:(?:mc|x14ac)|mc:Ignorable|x14ac:dyDescent)="[^"]*"', b"", part)
    return part.replace(b"<worksheet ", b'<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
                                        b'mc:Ignorable="x14ac" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/'
                                        b'2009/9/ac" ', 1).replace(b"<row r=", b'<row x14ac:dyDescent="0.25" r=')


def _extension(part: bytes) -> bytes:
    return part.replace(b"</worksheet>", b'<extLst><ext uri="{AAAAAAAA-1111-4111-8111-111111111111}" xmlns:own="urn:own">'
                                         b'<own:note a="1">&lt;&amp; \xe7\x95\x99</own:note></ext></extLst></worksheet>')


def _elsewhere(parts: Parts) -> None:
    parts["xl/tables/一月.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    parts["xl/tables/_rels/一月.xml.rels"] = parts.pop("xl/worksheets/_rels/sheet1.xml.rels").replace(b'"../', b'"/xl/')
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", "tables/一月.xml".encode())


def _without_texts(parts: Parts) -> None:
    """No shared strings: each text in its cell."""
    texts = [etree.tostring(item, method="text", encoding="unicode") for item in etree.fromstring(parts.pop("xl/sharedStrings.xml"))]

    def inline(found: re.Match[bytes]) -> bytes:
        said = texts[int(found[2])].replace("&", "&amp;").replace("<", "&lt;")
        return found[1] + f' t="inlineStr"><is><t>{said}</t></is></c>'.encode()

    for name in list(parts):
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(rb'(<c [^>]*?) t="s"><v>(\d+)</v></c>', inline, parts[name])
    _without("sharedStrings")(parts)


def _without(word: str) -> Callable[[Parts], None]:
    """Without the relationships and types that speak of `word`, and without the part."""
    def changed(parts: Parts) -> None:
        for name in [name for name in parts if word in name and not name.endswith(".rels")]:
            del parts[name]
        for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels"):
            parts[name] = re.sub(rb"<(?:Override|Relationship) [^>]*" + word.encode() + rb"[^>]*/>", b"", parts[name])
    return changed


def _no_styles(parts: Parts) -> None:
    _without("styles")(parts)
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(rb' (?:s|style|dxfId)="\d+"', b"", re.sub(
                rb"<conditionalFormatting.*</conditionalFormatting>", b"", parts[name]))


def _chained(parts: Parts) -> None:
    chained = ledgers.with_calculation_chain()
    with zipfile.ZipFile(io.BytesIO(chained)) as archive:
        parts.update({name: archive.read(name) for name in archive.namelist()})


SPELLINGS: Mapping[str, Callable[[Parts], None]] = {
    "原样": lambda parts: None,
    "缩进": _each_xml(_indented),
    "前缀": _each_xml(_prefixed),
    "严格": _strict_book,
    "没有共享文本": _without_texts,
    "没有样式": _no_styles,
    "没有主题": _without("theme"),
    "没有文档属性": _without("docProps"),
    "没有calcPr": lambda parts: parts.update({"xl/workbook.xml": re.sub(rb"<calcPr[^>]*/>", b"", parts["xl/workbook.xml"])}),
    "没有dimension": _sheet(lambda part: re.sub(rb"<dimension[^>]*/>", b"", part)),
    "整列的dimension": _sheet(lambda part: re.sub(rb'(<dimension ref=)"[^"]*"', rb'\1"A:XFD"', part)),
    "没有行号格址": _sheet(lambda part: re.sub(rb'(<(?:row|c)) r="[A-Z]*\d+"', rb"\1", part)),
    "单引号": _each_xml(lambda part: re.sub(rb"""(?<==)"([^"'<]*)\"""", rb"'\1'", part)),
    "没有声明": _each_xml(lambda part: re.sub(rb"^<\?xml[^>]*>\s*", b"", part)),
    "带BOM": _each_xml(lambda part: b"\xef\xbb\xbf" + part),
    "UTF-16": _sheet(lambda part: re.sub(rb"UTF-8", b"UTF-16", part, count=1).decode().encode("utf-16")),
    "注释与CDATA": _sheet(lambda part: part.replace(b"<sheetData>", b"<!-- <sheetData> --><sheetData>").replace(
        b"</sheetData>", b'<row r="7"><c r="B7" t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c></row></sheetData>')),
    "共享公式": _sheet(_shared_formulas),
    "计算链": _chained,
    "会话批注": _threaded,
    "替代内容": _alternate,
    "可忽略的名字": _sheet(_foreign_names),
    "未知扩展": _sheet(_extension),
    "部件在别处": _elsewhere,
    "绝对目标": lambda parts: parts.update({"xl/_rels/workbook.xml.rels": parts["xl/_rels/workbook.xml.rels"].replace(
        b'Target="', b'Target="/xl/')}),
    "空的sheetData": lambda parts: parts.update({"xl/worksheets/sheet2.xml": re.sub(
        rb"<sheetData>.*</sheetData>", b"<sheetData/>", parts["xl/worksheets/sheet2.xml"])}),
    "没有rels类型": lambda parts: parts.update({"[Content_Types].xml": re.sub(
        rb'<Default Extension="rels"[^>]*/>', b"", parts["[Content_Types].xml"])}),
}


def _xls(path: Path, **options: bool) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("工作室")
    for row, values in enumerate(TABLE):
        for column, value in enumerate(values):
            sheet.write(row, column, value, xlwt.easyxf("align: horiz center" if column else "font: bold on"))
    sheet.write(5, 0, xlwt.Formula("SUM(C2:C3)"))
    book.dates_1904 = options.get("dates_1904", False)
    book.save(str(path))


def by_office(folder: Path) -> dict[str, bytes]:
    """Workbooks that LibreOffice wrote: of its own format, of old ones, and of such as it was given."""
    given, made = folder / "给", folder / "得"
    given.mkdir()
    (given / "丰富.xlsx").write_bytes(ledgers.rich())
    (given / "带表格.xlsx").write_bytes(ledgers.rich(table=True))
    (given / "条件.xlsx").write_bytes(_by_xlsxwriter(_conditions))
    (given / "页面.xlsx").write_bytes(_by_xlsxwriter(_page))
    _xls(given / "旧式.xls")
    _xls(given / "旧式1904.xls", dates_1904=True)
    convert_all([given / "丰富.xlsx"], "ods", given)[0].rename(given / "开放.ods")
    return {f"LibreOffice_{path.stem}": path.read_bytes() for path in convert_all(sorted(given.iterdir()), "xlsx", made)}


def all_but_office() -> dict[str, Callable[[], bytes]]:
    """The shapes by name, each made when it is called."""
    made: dict[str, Callable[[], bytes]] = {}
    for name, (draw, options) in XLSXWRITER.items():
        made[f"XlsxWriter_{name}"] = lambda draw=draw, options=options: _by_xlsxwriter(draw, **options)
    for name, draw in OPENPYXL.items():
        made[f"openpyxl_{name}"] = lambda draw=draw: _by_openpyxl(draw)
    for name, change in SPELLINGS.items():
        def spelled(change=change) -> bytes:
            parts = plain()
            change(parts)
            return files.zipped(parts)
        made[f"写法_{name}"] = spelled
    return made
