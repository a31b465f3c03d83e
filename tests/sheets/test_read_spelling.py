"""The same sheet in every spelling the standard allows reads the same."""

import pytest
import xlsxwriter

from tests.sheets import files
from toolkit.sheets import read
from toolkit.sheets.grid import CellError

ROWS = (("题",), (), (2.0, CellError("#N/A"), None))
USUAL = ('<row r="1"><c r="A1" t="inlineStr"><is><t>题</t></is></c></row>'
         '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="e"><v>#N/A</v></c></row>')
SPELLINGS = {
    "通常": files.sheet(USUAL),
    "前缀": f'<x:worksheet xmlns:x="{files.MAIN}"><x:sheetData>'
            '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>题</x:t></x:is></x:c></x:row>'
            '<x:row r="3"><x:c r="A3"><x:v>2</x:v></x:c><x:c r="B3" t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData>'
            "</x:worksheet>",
    "没有地址": files.sheet('<row><c t="inlineStr"><is><t>题</t></is></c></row><row/>'
                       '<row><c><v>2</v></c><c t="e"><v>#N/A</v></c></row>'),
    "行号有地址单元格没有": files.sheet('<row r="1"><c t="inlineStr"><is><t>题</t></is></c></row>'
                            '<row r="3"><c><v>2</v></c><c t="e"><v>#N/A</v></c></row>'),
    "行序颠倒": files.sheet('<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="e"><v>#N/A</v></c></row>'
                       '<row r="1"><c r="A1" t="inlineStr"><is><t>题</t></is></c></row>'),
    "一行写成两截": files.sheet('<row r="3"><c r="B3" t="e"><v>#N/A</v></c></row><row r="1"><c r="A1" t="inlineStr"><is><t>题</t>'
                         '</is></c></row><row r="3"><c r="A3"><v>2</v></c></row>'),
    "单引号": files.sheet(USUAL.replace('"', "'")),
    "错误类型用单引号": files.sheet(USUAL.replace('t="e"', "t='e'")),
    "属性次序": files.sheet(USUAL.replace('r="B3" t="e"', 't="e" r="B3"')),
    "小写地址": files.sheet(USUAL.replace('"A3"', '"a3"')),
    "换行缩进": files.sheet(USUAL.replace("<row", "\n  <row").replace("<c ", "\n    <c\n ")),
    "注释": files.sheet("<!-- 由系统导出 -->" + USUAL),
    "CDATA": files.sheet(USUAL.replace("题", "<![CDATA[题]]>")),
    "UTF-16": files.sheet(USUAL).replace("?>", ' encoding="UTF-16"?>').encode("utf-16"),
    "UTF-8 带 BOM": files.sheet(USUAL).encode("utf-8-sig"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings(tmp_path, spelling):
    path = files.saved(tmp_path, files.zipped(files.xlsx_parts(SPELLINGS[spelling])))
    grid = read.workbook(path).grids[0]
    assert grid.rows == tuple(row[:2] for row in ROWS)


def test_marks_survive_the_rewriting(tmp_path):
    part = (f'<x:worksheet xmlns:x="{files.MAIN}"><x:cols><x:col min="2" max="16384" hidden="1"/></x:cols><x:sheetData>'
            '<x:row r="1" hidden="1"><x:c r="A1"><x:f>1+1</x:f></x:c><x:c r="B1"><x:v>1</x:v></x:c>'
            '<x:c r="C1"><x:f>1</x:f><x:v>3</x:v></x:c></x:row></x:sheetData>'
            '<x:mergeCells><x:mergeCell ref="A2:B2"/></x:mergeCells></x:worksheet>')
    grid = read.workbook(files.saved(tmp_path, files.zipped(files.xlsx_parts(part)))).grids[0]
    assert grid.rows == ((None, 1.0, 3.0),)
    assert (grid.hidden_rows, grid.hidden_columns, grid.uncached) == ({0}, {1, 2}, {(0, 0)})
    assert grid.merged == ((1, 0, 1, 1),)


@pytest.mark.parametrize("change", [
    {"xl/_rels/workbook.xml.rels": ("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml")},
    {"xl/_rels/workbook.xml.rels": ("worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml")},
    {"xl/_rels/workbook.xml.rels": (files.RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
     "xl/workbook.xml": (files.RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships")},
    {"xl/workbook.xml": (files.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")},
], ids=["绝对路径", "上级路径", "严格模式的关系", "严格模式的命名空间"])
def test_packages(tmp_path, change):
    parts = files.xlsx_parts(files.sheet(USUAL))
    for name, (old, new) in change.items():
        parts[name] = parts[name].replace(old, new)
    assert read.workbook(files.saved(tmp_path, files.zipped(parts))).grids[0].rows == tuple(row[:2] for row in ROWS)


@pytest.mark.parametrize("renamed", [str.upper, lambda name: name.replace("/", "\\")], ids=["大写", "反斜杠"])
def test_part_names(tmp_path, renamed):
    parts = {renamed(name): part for name, part in files.xlsx_parts(files.sheet(USUAL)).items()}
    assert read.workbook(files.saved(tmp_path, files.zipped(parts))).grids[0].rows == tuple(row[:2] for row in ROWS)


@pytest.mark.parametrize("cell, uncached, why", [
    ("<f>1+1</f>", True, "没有结果"),
    ("<f>1+1</f><v></v>", True, "结果留空"),
    ("<f>1+1</f><v/>", True, "结果留空"),
    ("<f/>", True, "公式也留空"),
    ('<f t="shared" si="0"/>', True, "共享公式"),
    ('<f t="array" ref="A1">SUM(B:B)</f><v>3</v>', False, "数组公式有结果"),
    ("<f>1+1</f><v>2</v>", False, "有结果"),
    ("<v>2</v><f>1+1</f>", False, "值写在公式前面"),
    ("<v>2</v>", False, "不是公式"),
])
def test_formulas_without_results(tmp_path, cell, uncached, why):
    path = files.saved(tmp_path, files.xlsx(f'<row r="1"><c r="A1">{cell}</c><c r="B1"><v>1</v></c></row>'))
    assert read.workbook(path).grids[0].uncached == ({(0, 0)} if uncached else set()), why


@pytest.mark.parametrize("row, column, hidden_row, hidden_column, why", [
    (' hidden="1"', ' hidden="1"', True, True, "隐藏"),
    (' hidden="true"', ' hidden="true"', True, True, "隐藏的另一种写法"),
    (' ht="0" customHeight="1"', ' width="0"', True, True, "高宽为零"),
    (' hidden="0"', ' hidden="0"', False, False, "写明不隐藏"),
    (' ht="20"', ' width="9"', False, False, "普通"),
])
def test_hidden_rows_and_columns(tmp_path, row, column, hidden_row, hidden_column, why):
    data = files.xlsx(f'<row r="1"{row}><c r="A1"><v>1</v></c></row>', before=f'<cols><col min="1" max="1"{column}/></cols>')
    grid = read.workbook(files.saved(tmp_path, data)).grids[0]
    assert (0 in grid.hidden_rows, 0 in grid.hidden_columns) == (hidden_row, hidden_column), why


def test_rows_hidden_by_a_filter(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        drawn = book.add_worksheet()
        for row, value in enumerate(("区县", "天山区", "沙依巴克区")):
            drawn.write(row, 0, value)
        drawn.autofilter(0, 0, 2, 0)
        drawn.filter_column(0, "x == 沙依巴克区")
        drawn.set_row(1, None, None, {"hidden": True})
    assert read.workbook(tmp_path / "a.xlsx").grids[0].hidden_rows == {1}


def test_chart_sheets_are_passed_over(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        drawn = book.add_worksheet("数据")
        drawn.write(0, 0, 1)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=数据!$A$1"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("后面").write(0, 0, 2)
    assert [(grid.name, grid.rows) for grid in read.workbook(tmp_path / "a.xlsx").grids] == [
        ("数据", ((1.0,),)), ("后面", ((2.0,),))]
