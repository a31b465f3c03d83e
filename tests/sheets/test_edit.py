"""Edits change what they name and nothing else, in workbooks of every origin."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.office import convert
from tests.sheets import ledgers
from toolkit.errors import UserError
from toolkit.sheets.edit import AppendRows, Formula, SetCell, apply
from toolkit.sheets.grid import from_a1
from toolkit.sheets.ooxml import styles

NEW = [{0: "G-003", 1: "赵敏焊接工作室", 2: "天山区", 3: "赵敏", 4: "650102197003030033", 5: Decimal("100000.00"),
        6: date(2023, 9, 1)},
       {0: "G-004", 1: "x<&>\"y", 2: "米东区", 4: "007", 5: 1.5, 6: datetime(2023, 9, 2, 12, 30)}]


def sheet_of(data: bytes, name: str = "工作室"):
    return openpyxl.load_workbook(io.BytesIO(data))[name]


def values(data: bytes, name: str = "工作室") -> list[list]:
    """Rows as calamine reads them, from A1 on."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python(skip_empty_area=False)


def changed_members(before: bytes, after: bytes) -> set[str]:
    old, new = ledgers.raw_members(before), ledgers.raw_members(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def put(data: bytes, address: str, value, sheet: str = "工作室") -> bytes:
    return apply(data, [SetCell(sheet, *from_a1(address), value)])


@pytest.mark.parametrize("table", [False, True], ids=["filter", "table"])
def test_only_the_parts_concerned_change(table):
    before = ledgers.rich(table)
    after = apply(before, [SetCell("工作室", 1, 3, "李大工"), AppendRows("工作室", 3, NEW, pattern=2)])
    concerned = {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml" if table else "xl/workbook.xml"}
    assert changed_members(before, after) == concerned
    assert [i.filename for i in zipfile.ZipFile(io.BytesIO(after)).infolist()] == list(ledgers.raw_members(before))


def test_nothing_to_do_gives_the_same_file():
    before = ledgers.rich()
    assert apply(before, []) == before


def test_appended_rows_look_like_the_pattern_row_and_read_back():
    after = apply(ledgers.rich(), [AppendRows("工作室", 3, NEW, pattern=2)])
    sheet = sheet_of(after)
    assert [cell.value for cell in sheet[4]][:7] == [
        "G-003", "赵敏焊接工作室", "天山区", "赵敏", "650102197003030033", 100000, datetime(2023, 9, 1)]
    assert sheet["E5"].value == "007" and sheet["B5"].value == 'x<&>"y'
    for column in "ABCDEFGH":
        assert sheet[f"{column}4"]._style == sheet[f"{column}3"]._style
    assert sheet.dimensions == "A1:H5" and sheet.auto_filter.ref == "A1:H5"
    assert values(after)[4][6] == datetime(2023, 9, 2, 12, 30)


def test_table_grows_with_its_rows_unless_there_is_a_gap_or_a_totals_row():
    ref = lambda data: sheet_of(data).tables["Studios"].ref  # noqa: E731
    before = ledgers.rich(table=True)
    assert ref(apply(before, [AppendRows("工作室", 3, NEW)])) == "A1:H5"
    assert ref(apply(before, [AppendRows("工作室", 4, NEW)])) == "A1:H3"
    part = zipfile.ZipFile(io.BytesIO(before)).read("xl/tables/table1.xml")
    part = part.replace(b'ref="A1:H3"', b'ref="A1:H3" totalsRowCount="1"', 1)
    totals = ledgers.replaced(before, {"xl/tables/table1.xml": part})
    assert ref(apply(totals, [AppendRows("工作室", 3, NEW)])) == "A1:H3"


def test_rows_without_a_pattern_take_the_column_style():
    sheet = sheet_of(apply(ledgers.rich(), [AppendRows("工作室", 9, [{3: "甲", 4: "01"}])]))
    assert sheet["E10"].number_format == "@" and sheet["D10"].number_format == "General"


@pytest.mark.parametrize("source", ["rich", "openpyxl", "libreoffice"])
def test_every_producer_is_understood(source, tmp_path):
    before = {"rich": ledgers.rich, "openpyxl": ledgers.by_openpyxl,
              "libreoffice": lambda: ledgers.by_libreoffice(tmp_path)}[source]()
    after = apply(before, [SetCell("工作室", 1, 4, "650102196501010012"), AppendRows("工作室", 3, NEW, pattern=2),
                           SetCell("工作室", 1, 9, "新格"), SetCell("工作室", 40, 0, "远行")])
    expected = {(1, 4): "650102196501010012", (1, 9): "新格", (3, 1): "赵敏焊接工作室", (4, 4): "007", (40, 0): "远行",
                (0, 0): "编号", (2, 3): "王芳"}
    read = values(after)
    assert {place: read[place[0]][place[1]] for place in expected} == expected
    assert changed_members(before, after) <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"}


def test_prefixed_sheet_without_addresses():
    written = {(0, 1): "名称2", (1, 3): 4, (3, 0): True, (4, 2): 8, (4, 1): "前", (6, 0): None}
    after = apply(ledgers.prefixed(), [SetCell("工作室", *place, value) for place, value in written.items()])
    sheet = sheet_of(after)
    assert {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None} == {
        "A1": "编号", "B1": "名称2", "D2": 4, "A4": True, "B5": "前", "C5": 8}


@pytest.mark.parametrize("value, shown", [
    ("", ""), ("0012", "0012"), (12, 12), (Decimal("0.10"), 0.1), (True, True), (False, False), (1.0, 1),
    (650102196501010011, "650102196501010011"), (10**15 - 1, 10**15 - 1),
    ("  两边空格 ", "  两边空格 "), ("两行\n字", "两行\n字"), ("=1+1", "=1+1"),
    (date(2024, 2, 29), datetime(2024, 2, 29))])
def test_values(value, shown):
    sheet = sheet_of(put(ledgers.rich(), "D2", value))
    assert (sheet["D2"].value or "") == shown or sheet["D2"].value == shown


@pytest.mark.parametrize("value, number", [
    (date(1900, 1, 1), 1), (date(1900, 2, 28), 59), (date(1900, 3, 1), 61), (date(2023, 9, 1), 45170)])
def test_date_serials_follow_excels_calendar(value, number):
    assert f"<v>{number}</v>" in sheet_xml(put(ledgers.rich(), "D2", value))


def test_date_serials_from_1904():
    after = put(ledgers.rich(date1904=True), "D2", date(2023, 9, 1))
    assert "<v>43708</v>" in sheet_xml(after) and sheet_of(after)["D2"].value == datetime(2023, 9, 1)


def test_a_date_before_excels_calendar_is_written_as_text():
    assert sheet_of(put(ledgers.rich(), "D2", date(1899, 12, 31)))["D2"].value == "1899-12-31"


def sheet_xml(data: bytes, part: str = "xl/worksheets/sheet1.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(part).decode()


def test_a_date_in_a_plain_or_text_cell_shows_as_a_date_and_a_chosen_format_stays():
    before = ledgers.rich()
    day, cells = date(2023, 9, 1), ("D2", "E2", "F2", "Z9")
    shown = {cell: sheet_of(put(before, cell, day))[cell].number_format for cell in cells}
    assert shown == {"D2": "yyyy-mm-dd", "E2": "yyyy-mm-dd", "F2": "#,##0.00", "Z9": "yyyy-mm-dd"}


@pytest.mark.parametrize("value, shown", [
    (date(2023, 9, 1), "yyyy-mm-dd"), (datetime(2023, 9, 1, 8, 30), "yyyy-mm-dd hh:mm:ss"), (time(8, 30), "hh:mm"),
    (timedelta(hours=30), "[h]:mm:ss")])
@pytest.mark.parametrize("number_format", ["General", "@"])
def test_a_centred_plain_or_text_cell_takes_a_date_and_stays_centred(value, shown, number_format):
    """单元格样式里有子元素（对齐），写日期又要先添数字格式：样式表不得写坏。"""
    before = ledgers.with_look("D2", alignment=openpyxl.styles.Alignment(horizontal="center"), number_format=number_format)
    cell = sheet_of(put(before, "D2", value))["D2"]
    assert (cell.number_format, cell.alignment.horizontal) == (shown, "center")


def test_a_long_style_table_is_walked_once(monkeypatch):
    """六万种样式的工作簿里写三百个样式各异的日期：样式表只走一遍。"""
    walks = []
    walked = styles.StyleList._starts.func
    counting = cached_property(lambda items: walks.append(items) or walked(items))
    counting.__set_name__(styles.StyleList, "_starts")
    monkeypatch.setattr(styles.StyleList, "_starts", counting)
    looks = "".join(f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"><alignment indent="{n}"/></xf>' for n in range(400))
    part = f'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="400">{looks}</cellXfs></styleSheet>'
    sheet = styles.Styles(part)
    shown = [sheet.dated(str(n), kind) for n in range(100) for kind in (date, datetime, time)]
    assert len(walks) == 1 and shown == [str(400 + n) for n in range(300)]
    assert [sheet.dated(str(n), date) for n in (0, 399)] == ["400", "700"] and len(walks) == 1
    again = styles.Styles(sheet.xml())
    assert [again.dated(str(n), date) for n in (0, 99, 399)] == ["400", "697", "700"]
    assert 'indent="399"/></xf></cellXfs>' in again.xml() and 'count="701"' in again.xml()


def test_an_item_with_alternatives_counts_once():
    """有的软件给每种样式写两份（AlternateContent），读者只取其一。"""
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    either = '<mc:AlternateContent><mc:Choice Requires="hs"><x:xf numFmtId="0" hs:a="1"/></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
    looks = '<x:xf numFmtId="14"/>' + either.format('<x:xf numFmtId="0" fontId="3"/>') + '<x:xf numFmtId="0"><x:alignment/></x:xf>'
    part = (f'<x:styleSheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:mc="{compatibility}" xmlns:hs="urn:hs">'
            f'<x:cellXfs count="3">{looks}</x:cellXfs></x:styleSheet>')
    sheet = styles.Styles(part)
    assert [sheet.dated(style, date) for style in ("0", "1", "2", "1")] == ["0", "3", "4", "3"]
    assert sheet.xml().count('count="5"') == 1
    assert sheet.xml().endswith('<x:xf applyNumberFormat="1" numFmtId="164" fontId="3"/>'
                                '<x:xf applyNumberFormat="1" numFmtId="164"><x:alignment/></x:xf></x:cellXfs></x:styleSheet>')


def test_none_empties_the_cell_and_keeps_its_style():
    sheet = sheet_of(put(ledgers.rich(), "F2", None))
    assert sheet["F2"].value is None and sheet["F2"].number_format == "#,##0.00"


def test_formula_and_its_cached_value():
    after = put(ledgers.rich(), "F4", Formula('=IF(F2>1,"多<&>",F3)', "多"))
    assert sheet_of(after)["F4"].value == '=IF(F2>1,"多<&>",F3)' and values(after)[3][5] == "多"


def test_formulas_elsewhere_are_computed_anew(tmp_path):
    """LibreOffice shows 100001 though the file still carries the old sum."""
    path = tmp_path / "账.xlsx"
    path.write_bytes(put(put(ledgers.rich(), "F2", 1), "F4", Formula("=F2+F3")))
    out = tmp_path / "出"
    out.mkdir()
    read = values(convert(path, "xlsx", out).read_bytes())
    assert (read[1][5], read[3][5]) == (1, 100001)
    assert openpyxl.load_workbook(path).calculation.fullCalcOnLoad


def test_replacing_a_formula_drops_the_calculation_chain():
    chained = ledgers.with_calculation_chain()
    kept, dropped = put(chained, "F2", 5), put(chained, "B1", 5, "王 姐's 表")
    assert "xl/calcChain.xml" in ledgers.raw_members(kept)
    members = zipfile.ZipFile(io.BytesIO(dropped))
    assert not any("calcChain" in name or b"calcChain" in members.read(name) for name in members.namelist())


def test_the_other_cells_of_a_shared_formula_keep_theirs():
    shared = (b'<row r="2"><c r="A2"><f t="shared" ref="A2:A4" si="0">$B$1+B2&amp;"x"</f><v>1</v></c></row>'
              b'<row r="3"><c r="A3"><f t="shared" si="0"/><v>1</v></c></row>'
              b'<row r="4"><c r="A4"><f t="shared" si="0"></f></c></row>')
    part = sheet_xml(ledgers.rich(), "xl/worksheets/sheet2.xml").encode()
    before = ledgers.replaced(ledgers.rich(), {
        "xl/worksheets/sheet2.xml": part.replace(b"</sheetData>", shared + b"</sheetData>")})
    sheet = sheet_of(put(before, "A2", 1, "王 姐's 表"), "王 姐's 表")
    assert [sheet[f"A{n}"].value for n in (2, 3, 4)] == [1, '=$B$1+B3&"x"', '=$B$1+B4&"x"']


def test_shared_formulas_of_cells_without_addresses_are_written_out_too():
    shared = (b'<row><c><f t="shared" ref="A2:A3" si="0">B2*2</f><v>1</v></c></row><row><c><f t="shared" si="0"/><v>1</v></c></row>')
    part = sheet_xml(ledgers.rich(), "xl/worksheets/sheet2.xml").encode()
    before = ledgers.replaced(ledgers.rich(), {
        "xl/worksheets/sheet2.xml": part.replace(b"</sheetData>", shared + b"</sheetData>")})
    sheet = sheet_of(put(before, "A2", 1, "王 姐's 表"), "王 姐's 表")
    assert [sheet[f"A{n}"].value for n in (2, 3)] == [1, "=B3*2"]


@pytest.mark.parametrize("edits, words", [
    ([SetCell("没有", 0, 0, 1)], "没有“没有”工作表（现有：工作室、王 姐's 表、图）"),
    ([SetCell("图", 0, 0, 1)], "“图”是图表页"),
    ([SetCell("工作室", 1_048_576, 0, 1)], "第 1048577 行、A 列超出"),
    ([SetCell("工作室", 0, 16_384, 1)], "XFE 列超出"),
    ([SetCell("工作室", 0, 0, "字" * 32_768)], "共 32768 字")])
def test_what_cannot_be_done_is_said(edits, words):
    with pytest.raises(UserError, match="请") as raised:
        apply(ledgers.rich(), edits)
    assert words in str(raised.value)


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"<html/>", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_workbook_is_said(data):
    with pytest.raises(UserError, match="请用 Excel 打开后另存为"):
        apply(data, [SetCell("工作室", 0, 0, 1)])


def test_edits_reach_the_furthest_cell_and_later_ones_win():
    after = apply(ledgers.rich(), [SetCell("工作室", 1, 3, "甲"), SetCell("工作室", 1, 3, "乙"),
                                   SetCell("工作室", 1_048_575, 16_383, 1)])
    assert 'r="XFD1048576"' in sheet_xml(after) and sheet_of(put(after, "XFD1048576", None))["D2"].value == "乙"


def test_sheet_names_with_blanks_and_quotes():
    assert sheet_of(put(ledgers.rich(), "B2", "在", "王 姐's 表"), "王 姐's 表")["B2"].value == "在"


def test_libreoffice_opens_the_edited_ledger_with_its_chart(tmp_path):
    path = tmp_path / "账.xlsx"
    path.write_bytes(apply(ledgers.rich(table=True), [AppendRows("工作室", 3, NEW, pattern=2)]))
    saved = convert(path, "ods", tmp_path)
    content = zipfile.ZipFile(saved).read("content.xml").decode()
    assert all(kept in content for kept in ("赵敏焊接工作室", "去年换过地址", "draw:image", "draw:object"))
