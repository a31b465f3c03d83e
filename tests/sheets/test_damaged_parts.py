"""Parts that lack what the format demands: edited all the same, no worse than they were, and never a crash."""

import re
import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from toolkit.errors import UserError
from toolkit.sheets.edit import AddSheet, Edit, Mark, SetCell, SetProperty, SetWidth, apply
from toolkit.sheets.ooxml.styles import Style
from toolkit.sheets.soundness import unsound


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["A1"] = "日期"
    sheet["A2"].number_format = "yyyy/m/d"
    sheet["B2"].comment = openpyxl.comments.Comment("看过", "张三")
    sheet.column_dimensions["A"].width = 20
    book.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="区县", value="天山区"))
    book.defined_names["in_x"] = openpyxl.workbook.defined_name.DefinedName("in_x", attr_text="表!$A$2")
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def without(part: str, pattern: str, count: int = 0) -> bytes:
    """The workbook with what `pattern` matches cut out of the parts whose names begin so."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook())) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith(part):
                content, found = re.subn(pattern.encode(), b"", content, count=count)
                assert found, (name, content)
            made.writestr(name, content)
    return target.getvalue()


WIDTH = SetWidth("表", 3, 12)
CELL = SetCell("表", 5, 3, "新")
DAY = SetCell("表", 5, 3, date(2026, 11, 26), like=Style(bold=True))
MARK = Mark("表", 4, 4, "错误", "请改")
LIST = AddSheet("清单", "清单", ("甲",), (10,), [("一",)])
PROPERTY = SetProperty("年度", "2026")


@pytest.mark.parametrize("part, pattern, edit, mended", [
    ("xl/worksheets/sheet1", r' min="1"', WIDTH, True), ("xl/worksheets/sheet1", r' max="1"', WIDTH, True),
    ("xl/worksheets/sheet1", r' max="1"', MARK, False), ("xl/styles", r' numFmtId="164"(?= f)', DAY, False),
    ("xl/workbook.xml", r' sheetId="1"', LIST, False), ("docProps/custom", r' pid="2"', PROPERTY, False),
    ("xl/comments", r"<commentList>.*</commentList>", MARK, True), ("xl/comments", r"<authors>.*</authors>", MARK, True)])
def test_what_is_missing_stops_no_edit(part, pattern, edit: Edit, mended):
    """曾经是 TypeError，命令行只说“程序出了问题”。"""
    before = without(part, pattern)
    after = apply(before, [edit])
    assert unsound(before, after) == []
    assert is_open(after) or not (mended or is_open(before))


def is_open(data: bytes) -> bool:
    try:
        return bool(openpyxl.load_workbook(BytesIO(data)))
    except (TypeError, KeyError):
        return False


def test_a_workbook_without_sheets_is_said():
    with pytest.raises(UserError, match=r"没有“表”工作表.*请恢复"):
        apply(without("xl/workbook.xml", r"<sheets>.*</sheets>"), [CELL])


def test_the_same_edits_pass_where_nothing_is_missing():
    made = openpyxl.load_workbook(BytesIO(apply(workbook(), [WIDTH, CELL, MARK, LIST, PROPERTY])))
    assert made["表"]["D6"].value == "新" and made["清单"] and made["表"]["E5"].comment
