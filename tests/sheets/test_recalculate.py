"""Formulas computed without Excel: values as LibreOffice gives them, nothing else touched, what cannot be computed told."""

import io
import sys
import zipfile
from datetime import date
from time import perf_counter

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from tests import office
from toolkit.errors import UserError
from toolkit.resources import workbook_template
from toolkit.sheets.calculation import Gap
from toolkit.sheets.edit import SetCell, apply
from toolkit.sheets.engine import Engine, Uncomputable
from toolkit.sheets.grid import CellRef
from toolkit.sheets.recalculate import Filler, refresh

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
    ("总额+1", "总额"), ("TEXT(in_yuan,C1)", "TEXT(,)"), ('TEXT(in_yuan,"[DBNum2]")', 'TEXT(,"[DBNum2]")'), ("没有的函数(1)", "没有的函数"),
    ("SUMPRODUCT(1/COUNTIF('带 徒'!A1:A3,'带 徒'!A1:A3))", "COUNTIF(:)"), ('SUM(COUNTIF(A1:A3,{"甲","乙"}))', "COUNTIF({"),
    ('COUNTIF(A1:A9,"<>甲")', 'COUNTIF("<>甲")'), ('SUMIF(A1:A9,"甲",B1)', "SUMIF(,,)"), ('LOOKUP(1,0/(A1:A9="甲"),B1:B9)', "LOOKUP"),
    ("SUBTOTAL(109,A1:A9)", "SUBTOTAL"), ("INDIRECT(\"A1\")", "INDIRECT"), ("OFFSET(A1,0,0)", "OFFSET"), ("表1[金额]", "表"), ("[1]一!A1", "["),
    ("SUM(一月:三月!A1)", "一月"), ("A1:INDEX(A1:A9,3)", ":"), ("没有的表!A1", "没有的表"), ('SUM((A1:A9="甲")*A1:A9)', "area"), ("LENB(A1)", "LENB"),
    ("NOW()", "NOW"), ("SUMPRODUCT(ISNUMBER(A1:A9)*1)", "area"), ("SUMPRODUCT(SMALL(A1:A9*1,1))", "area"), ("B10+1", "#CIRC!"), ("A1 A2", "intersection"), ("TODAY()", "TODAY")])
def test_what_cannot_be_computed_is_told_and_keeps_its_value(formula, why):
    done = refresh(workbook({"B10": formula, "B11": "B10&A1", "B12": "IFERROR(B11,0)", "B13": "COUNTA(B12:B12)"}))
    told = {gap.spot.address: gap for gap in done.gaps}
    assert told["B10"] == Gap(CellRef("评分表", 9, 1), formula, why)
    assert set(told) == {"B10", "B11", "B12", "B13"} and told["B13"].why == "B12", "看它的公式，值也不作数"
    found = shown(done.data)
    assert {found[cell] for cell in told} == {"旧"} and found["B1"] == 180000
    assert 'fullCalcOnLoad="1"' in zipfile.ZipFile(io.BytesIO(done.data)).read("xl/workbook.xml").decode()


def test_an_array_formula_over_several_cells_keeps_what_it_shows():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_column("A1", [1, 2])
        sheet.write_array_formula("B1:B2", "{=A1:A2*2}", None, 7)
        sheet.write_formula("C1", "=B2+1", None, 8)
        sheet.write_array_formula("D1:D1", "{=SUM(A1:A2*2)}", None, 0)
    done = refresh(target.getvalue())
    found = shown(done.data, "Sheet1")
    assert (found["B1"], found["C1"], found["D1"]) == (7, 8, 6)
    assert [(gap.spot.address, gap.why) for gap in done.gaps] == [("B1", "array"), ("C1", "B2")]


def test_the_day_is_the_one_given():
    data = workbook({"B10": "TODAY()", "B11": 'TEXT(TODAY(),"yyyy年m月d日")'})
    done = refresh(data, on=date(2024, 2, 29))
    assert (shown(done.data)["B10"], shown(done.data)["B11"], done.gaps) == (45351, "2024年2月29日", ())


def test_a_workbook_that_counts_days_from_1904_is_not_believed_with_days():
    data = parts_with(workbook({"B10": "YEAR(45000)", "B11": "1+1"}), "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    done = refresh(data)
    assert {gap.spot.address: gap.why for gap in done.gaps} == {"B6": "EDATE", "B10": "YEAR"} and shown(done.data)["B11"] == 2


def parts_with(data: bytes, part: str, old: str, new: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            text = source.read(name)
            assert name != part or old.encode() in text
            out.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return target.getvalue()


def test_names_in_chinese_and_local_ones_are_understood():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        one, two = book.add_worksheet("一"), book.add_worksheet("二")
        one.write_column("A1", [1, 2, 3])
        for sheet in (one, two):
            sheet.write_formula("B1", "=SUM(合计)+基数", None, 0)
        book.define_name("合计", "=一!$A$1:$A$3")
        book.define_name("基数", "=10")
        book.define_name("二!基数", "=100")
    done = refresh(target.getvalue())
    assert (shown(done.data, "一")["B1"], shown(done.data, "二")["B1"], done.gaps) == (16, 106, ())


def test_cells_as_other_programs_write_them_are_found():
    """No addresses, prefixes, shared formulas, inline and rich texts, ISO dates."""
    x = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = (f'<worksheet {x}><sheetData><row><c><v>2</v></c><c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>'
             '<c t="str"><f>B1&amp;A1</f></c></row><row><c t="d"><v>2024-02-29</v></c><c s="0" r="B2"><f t="shared" si="0" ref="B2:B3">A2+1</f></c></row>'
             '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3"><f t="shared" si="0"/><v>9</v></c></row></sheetData></worksheet>')
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("一")
    data = target.getvalue()
    before = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    found = shown(refresh(parts_with(data, "xl/worksheets/sheet1.xml", before, sheet)).data, "一")
    assert (found["C1"], found["B2"], found["B3"]) == ("甲乙2", 45352, 2)


def test_whole_columns_take_no_longer_than_their_cells():
    """The engine walks over every empty cell: columns are cut where the sheets end."""
    formulas = {f"D{row}": f"VLOOKUP(A{row},'带 徒'!A:A,1,FALSE)" for row in range(20, 220)}
    began = perf_counter()
    done = refresh(workbook({**formulas, "D300": "COUNTA('带 徒'!A:A)", "D301": "COUNTBLANK('带 徒'!A:A)"}))
    assert perf_counter() - began < 10, "不截短要一分钟"
    assert shown(done.data)["D300"] == 3 and [gap.spot.address for gap in done.gaps] == ["D301"]


def test_a_missing_engine_is_told_apart_from_a_workbook_it_cannot_take(monkeypatch):
    monkeypatch.setitem(sys.modules, "ironcalc", None)
    with pytest.raises(UserError, match=r"ironcalc 没有装好.*请重新安装本工具"):
        refresh(workbook())


def test_a_workbook_on_which_the_engine_gives_up_keeps_its_values(monkeypatch):
    def panic(engine):
        raise Uncomputable("panic")

    monkeypatch.setattr(Engine, "evaluate", panic)
    done = refresh(workbook())
    assert {gap.why for gap in done.gaps} == {"ironcalc"} and len(done.gaps) == len(FORMULAS) and set(shown(done.data)) >= set(FORMULAS)


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
