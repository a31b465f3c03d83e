"""Marked copies of what other programs wrote and clerks kept: the copy can always be opened, and an original under a password is not laid open."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import msoffcrypto
import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from tests.sheets import files, ledgers
from tests.sheets.soundness import assert_whole, by_openpyxl, complaints
from toolkit.errors import UserError
from toolkit.pages import marks
from toolkit.returns.findings import ERROR, Finding, Place
from toolkit.sheets import copies, read
from toolkit.sheets.grid import Book, CellError, Grid

SHEET = "推荐汇总"
ROWS = ('<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>日期</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>李工</t></is></c><c r="B2"><v>45170</v></c></row>')
XLS_TAIL = files.zipped({"drs/shapexml.xml": "<a/>"})  # what Office puts behind the shapes of an .xls


def found(sheet: str = SHEET, cell: str = "A2", message: str = "“李工”重复。请核对。") -> Finding:
    return Finding("C-x", ERROR, "第七条", Place("天山区.xlsx", sheet, cell, "姓名"), "李工", message)


def marked(folder: Path, data: bytes, name: str = "天山区.xlsx", book: Book | None = None, password: str | None = None,
           findings=None) -> bytes:
    source = folder / name
    source.write_bytes(data)
    book = book or read.workbook(source, password)
    findings = [found(book.grids[0].name)] if findings is None else findings
    return marks.write_marked(source, book, findings, {}, folder / "标记.xlsx", password).read_bytes()


def assert_marked(data: bytes, sheet: str = SHEET, cell: str = "A2") -> None:
    assert_whole(data)
    assert not complaints(data)
    book = by_openpyxl(data)
    assert book[sheet][cell].comment.text.startswith("【错误】") and book["问题清单"]["A1"].value.endswith("问题清单")


def xls(tail: bytes = b"") -> bytes:
    book = files.xls_book()
    sheet = book.add_sheet(SHEET)
    for row, values in enumerate((("姓名", "日期"), ("李工", 45170))):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    return files.xls_bytes(book) + tail


def package(change) -> bytes:
    """A plain workbook with `change(parts)` made to its parts."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_row("A1", ("姓名", "日期"))
        sheet.write_row("A2", ("李工", 45170))
        sheet.set_column(0, 1, 12)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return files.zipped(parts)


def swap(part: str, old: bytes, new: bytes, times: int = -1):
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[part], part
        parts[part] = parts[part].replace(old, new, times)
    return change


def rename(old: str, new: str):
    """Give a part another name, in its relationships and types too."""
    def change(parts: dict[str, bytes]) -> None:
        parts[new] = parts.pop(old)
        for name, part in parts.items():
            if name.endswith((".rels", "[Content_Types].xml")):
                parts[name] = part.replace(old.encode(), new.encode()).replace(
                    old.removeprefix("xl/").encode() + b'"', new.removeprefix("xl/").encode() + b'"')
    return change


def main_part_elsewhere(parts: dict[str, bytes]) -> None:
    rename("xl/workbook.xml", "xl/工作簿2.xml")(parts)
    parts["xl/_rels/工作簿2.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels")


def without(part: str):
    def change(parts: dict[str, bytes]) -> None:
        del parts[part]
        kind = part.rpartition("/")[2].removesuffix(".xml").encode()
        for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
            lines = parts[name].replace(b"/>", b"/>\n").split(b"\n")
            parts[name] = b"".join(line for line in lines if kind not in line)
    return change


WHOLE = {
    "没有样式部件": without("xl/styles.xml"),
    "列宽不自闭合": swap("xl/worksheets/sheet1.xml", b'customWidth="1"/>', b'customWidth="1"></col>'),
    "没有rels的默认类型": swap("[Content_Types].xml", b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-'
                                              b'package.relationships+xml"/>', b""),
    "主部件另名": main_part_elsewhere,
    "表部件在别处": rename("xl/worksheets/sheet1.xml", "xl/data/一月.xml"),
    "关系用绝对路径": swap("xl/_rels/workbook.xml.rels", b'Target="worksheets', b'Target="/xl/worksheets'),
    "关系大小写不同": swap("xl/_rels/workbook.xml.rels", b'Target="worksheets/sheet1.xml', b'Target="Worksheets/Sheet1.XML'),
    "关系用反斜杠": swap("xl/_rels/workbook.xml.rels", b'Target="worksheets/', b'Target="worksheets\\'),
    "根关系用绝对路径": swap("_rels/.rels", b'Target="xl/workbook.xml', b'Target="/xl/workbook.xml'),
    "列表是空的": lambda parts: parts.update({"xl/worksheets/sheet1.xml": re.sub(
        rb"<col [^>]*>", b"", parts["xl/worksheets/sheet1.xml"])}),
    "样式表没有单元格样式": lambda parts: parts.update({"xl/styles.xml": re.sub(
        rb"<(fonts|fills|borders|cellXfs|cellStyleXfs|cellStyles)\b.*</\1>", b"", parts["xl/styles.xml"])}),
}


@pytest.mark.parametrize("change", WHOLE.values(), ids=list(WHOLE))
def test_odd_packages_are_edited_part_by_part(change, tmp_path):
    book = Book("天山区.xlsx", (Grid(SHEET, (("姓名", "日期"), ("李工", 45170))),))
    data = package(change)
    made = marked(tmp_path, data, book=book)
    assert_whole(made)
    assert "【错误】" in zipfile.ZipFile(io.BytesIO(made)).read("xl/comments1.xml").decode()
    before, after = ledgers.raw_members(data), ledgers.raw_members(made)
    assert before.keys() <= after.keys()  # 逐部件改，不是另写一份


BROKEN = {
    "表的关系写坏": lambda parts: parts.update({"xl/worksheets/_rels/sheet1.xml.rels": b"<Relationships"}),
    "没有根关系": lambda parts: parts.pop("_rels/.rels"),
    "根关系写坏": lambda parts: parts.update({"_rels/.rels": b"<Relationships><"}),
    "没有内容类型": lambda parts: parts.pop("[Content_Types].xml"),
    "样式表写坏": swap("xl/styles.xml", b"</fonts>", b""),
    "主部件写坏": swap("xl/workbook.xml", b"</workbook>", b""),
    "表写坏": swap("xl/worksheets/sheet1.xml", b"</sheetData>", b""),
    "行号不是数": swap("xl/worksheets/sheet1.xml", b'<row r="1"', b'<row r="x"'),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=list(BROKEN))
def test_what_cannot_be_edited_part_by_part_is_shown_by_its_values(change, tmp_path):
    book = Book("天山区.xlsx", (Grid(SHEET, (("姓名", "日期"), ("李工", date(2023, 9, 1)))),))
    made = marked(tmp_path, package(change), book=book)
    assert_marked(made)
    assert by_openpyxl(made)[SHEET]["B2"].value == datetime(2023, 9, 1)


def test_a_compound_file_with_a_zip_at_its_end_is_no_zip(tmp_path):
    data = xls(XLS_TAIL)
    assert zipfile.is_zipfile(io.BytesIO(data)) and not copies.editable(data)
    assert_marked(marked(tmp_path, data, "天山区.xls"))


def test_a_workbook_without_sheets_still_gets_its_list(tmp_path):
    made = marked(tmp_path, b"x", book=Book("天山区.xlsx", ()), findings=[found("", "")])
    assert_whole(made)
    empty = package(lambda parts: swap("xl/workbook.xml", b'<sheets><sheet name="\xe6\x8e\xa8\xe8\x8d\x90\xe6\xb1\x87\xe6\x80\xbb" '
                                       b'sheetId="1" r:id="rId1"/></sheets>', b"<sheets/>")(parts))
    made = marked(tmp_path, empty, book=Book("天山区.xlsx", ()), findings=[found("", "")])
    assert_whole(made)
    assert by_openpyxl(made).sheetnames == ["问题清单"]


LONG = "二〇二六年度区县推荐技能大师工作室汇总表（天山区人力资源和社会保障局报送）"


@pytest.mark.parametrize("names, legal", [
    (["推荐/汇总", "推荐:汇总", "推荐_汇总"], ["推荐_汇总", "推荐_汇总(2)", "推荐_汇总(3)"]),
    ([LONG, LONG + "续"], [LONG[:31], LONG[:28] + "(2)"]),
    (["a[1]*?\\", "'引号'", "History", "", "A_1____"], ["a_1____", "引号", "History(2)", "Sheet", "A_1____(2)"]),
    (["𠮷" * 20], ["𠮷" * 15]), (["表\x01"], ["表_"])])
def test_names_that_excel_cannot_have_are_replaced(names, legal, tmp_path):
    assert copies.legal_names(names) == legal
    book = Book("天山区.ods", tuple(Grid(name, (("姓名",), ("李工",))) for name in names))
    made = marked(tmp_path, b"x", "天山区.ods", book, findings=[found(names[-1])])
    assert_marked(made, legal[-1])
    sheets = by_openpyxl(made)
    assert sheets.sheetnames == [*legal, "问题清单"]
    assert sheets["问题清单"]["D5"].hyperlink.location == f"'{legal[-1].replace(chr(39), chr(39) * 2)}'!A2"


def test_values_that_excel_has_no_cell_for_are_shown_as_text(tmp_path):
    strange = ("<r>甲</r>", "\x01\ufffe", "字" * 40_000, date(1899, 12, 31), CellError("#SPILL!"), CellError("Err:508"),
               CellError("#N/A"), timedelta(hours=-3), timedelta(hours=30), time(8, 30), 1e300, True, "")
    book = Book("天山区.ods", (Grid(SHEET, (("姓名",), ("李工",), strange)),))
    made = marked(tmp_path, b"x", "天山区.ods", book)
    assert_marked(made)
    shown = [cell.value for cell in by_openpyxl(made)[SHEET][3]][:len(strange)]
    assert shown[0] == "<r>甲</r> " and len(shown[2]) == 32_767 and shown[3:7] == ["1899-12-31", "#SPILL!", "Err:508", "=#N/A"]


def test_merged_areas_may_overlap_reach_to_the_edge_or_be_one_cell(tmp_path):
    merged = ((0, 0, 0, 1), (0, 1, 1, 1), (0, 0, 1_048_575, 0), (1, 1, 1, 1), (1, 0, 1, 1))
    book = Book("天山区.ods", (Grid(SHEET, (("姓名", "日期"), ("李工", 1)), merged),))
    made = marked(tmp_path, b"x", "天山区.ods", book)
    assert_marked(made)
    assert {str(area) for area in by_openpyxl(made)[SHEET].merged_cells.ranges} == {"A1:B1", "A2:B2"}


def test_very_many_findings_fit_into_a_cell(tmp_path):
    made = marked(tmp_path, files.xlsx(ROWS), findings=[found(message=f"第{n}条：{'字' * 2_000}。请改。") for n in range(40)])
    assert by_openpyxl(made)[SHEET]["A2"].comment.text.startswith("【错误】第0条")


def test_the_front_sheet_of_a_copy_is_one_that_shows(tmp_path):
    hidden = Grid("标识", (("表", "推荐"),), visible=False)
    made = marked(tmp_path, b"x", "天山区.ods", Book("天山区.ods", (hidden, Grid(SHEET, (("姓名",), ("李工",))))), findings=[found()])
    book = by_openpyxl(made)
    assert book["标识"].sheet_state == "hidden" and book.active.title == SHEET


def encrypted(data: bytes, password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def decrypted(data: bytes, password: str) -> bytes:
    file = msoffcrypto.OfficeFile(io.BytesIO(data))
    file.load_key(password=password, verify_password=True)
    out = io.BytesIO()
    file.decrypt(out)
    return out.getvalue()


@pytest.mark.parametrize("password, given", [("天山2026", "天山2026"), ("VelvetSweatshop", None)])
def test_the_copy_of_a_workbook_under_a_password_is_under_the_same_one(password, given, tmp_path):
    made = marked(tmp_path, encrypted(package(lambda parts: None), password), password=given)
    assert not zipfile.is_zipfile(io.BytesIO(made)) and "李工".encode() not in made
    with pytest.raises(UserError, match=r"密码不对|设有打开密码"):
        read.from_bytes(made, "标记.xlsx", "别的")
    assert_marked(decrypted(made, password))


def test_the_copy_of_an_old_workbook_under_a_password_is_under_the_same_one(tmp_path):
    made = marked(tmp_path, files.xls_with_password(xls(), "乌鲁木齐"), "天山区.xls", password="乌鲁木齐")
    assert_marked(decrypted(made, "乌鲁木齐"))


def test_a_password_on_the_command_line_does_not_lock_what_was_open(tmp_path):
    for name, data in (("天山区.xlsx", package(lambda parts: None)), ("天山区.xls", xls())):
        assert_marked(marked(tmp_path, data, name, password="别的文件的"))
