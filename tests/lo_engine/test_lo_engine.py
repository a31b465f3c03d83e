"""Sheets, looks, protection, dialogs of the engine: as particular as Excel."""

import shutil

import openpyxl
import pytest
from openpyxl.comments import Comment
from PIL import Image

from tests.lo_engine.answers import Answers
from tests.lo_engine.bridge import ComError, settings, url
from tests.office import pictures
from toolkit import resources


@pytest.fixture
def sheet(excel):
    return excel.books.add().sheets[0]


def test_what_is_named_behind_a_gap_is_lost_as_it_is_with_pywin32(sheet):
    with pytest.raises(ComError):
        sheet["A1"].api.FormatConditions.Add(Type=2, Formula1="=A1>5")  # the formula does not arrive
    sheet.api.Protect(DrawingObjects=False, Contents=True)  # nothing arrives: everything is protected
    assert sheet.api.ProtectContents and sheet.api.ProtectDrawingObjects


def test_protection_refuses_as_excel_does(excel, tmp_path):
    book = excel.books.open(shutil.copy(resources.workbook_template("区县推荐汇总表"), tmp_path))
    sheet = next(sheet for sheet in book.sheets if sheet.api.ProtectContents and sheet.visible)
    locked = sheet["A5:B5"]
    assert locked.api.Locked and sheet.api.Protection.AllowFormattingCells and not sheet.api.Protection.AllowInsertingRows
    for change in (lambda: setattr(locked, "value", "x"), locked.clear, lambda: locked.api.AddComment("x"),
                   lambda: locked.merge()):
        with pytest.raises(ComError, match="受保护"):
            change()
    locked.color = (255, 0, 0)
    sheet.api.Unprotect("不是密码")
    assert not sheet.api.ProtectContents
    locked.value = "x"
    sheet.api.Protect("", True, True, True, False, False, False, True)
    assert sheet.api.ProtectContents and sheet.api.Protection.AllowFormattingRows
    with pytest.raises(ComError, match="受保护"):
        locked.color = (255, 0, 0)


def test_a_password_is_asked_for(sheet):
    sheet.api.Protect(Password="甲")
    with pytest.raises(ComError, match="密码"):
        sheet.api.Unprotect("乙")
    sheet.api.Unprotect("甲")
    assert not sheet.api.ProtectContents


def test_merged_cells(sheet):
    sheet["B2:C4"].merge()
    state = {area: sheet[area].api.MergeCells for area in ("A1", "B2", "C4", "B2:C4", "B3:C3", "A1:C4", "E5:F9")}
    assert state == {"A1": False, "B2": True, "C4": True, "B2:C4": True, "B3:C3": True, "A1:C4": None, "E5:F9": False}
    assert sheet["C3"].api.MergeArea.Address == "$B$2:$C$4"
    sheet.cells.api.UnMerge()
    assert sheet["B2:C4"].api.MergeCells is False


def test_hidden_rows_and_columns(sheet):
    sheet["A1:C9"].value = 1
    sheet["A1:A9"].row_height = 20
    sheet["A3:A4"].api.EntireRow.Hidden = True
    assert round(sheet["A1:A9"].height) == 7 * 20
    sheet["B1"].api.EntireColumn.Hidden = True
    hidden = [sheet[area].api.EntireRow.Hidden for area in ("A1:A2", "A3:A4", "A1:A9")]
    assert hidden == [False, True, None]
    assert [sheet[area].api.EntireColumn.Hidden for area in ("A1", "B1", "A1:C1")] == [False, True, None]
    shown = [area.Address for area in sheet["A1:C9"].api.SpecialCells(12).Areas]
    assert shown == ["$A$1:$A$2", "$A$5:$A$9", "$C$1:$C$2", "$C$5:$C$9"]


def test_looks_over_several_areas(sheet):
    several = sheet.range("A1:B2,D4")
    several.color, several.font.bold, several.font.color, several.row_height = (255, 199, 206), True, (156, 0, 6), 30
    several.api.Borders.LineStyle = 1
    several.api.HorizontalAlignment = -4108
    several.wrap_text = True
    assert sheet["D4"].color == (255, 199, 206) and sheet["D4"].font.color == (156, 0, 6) and sheet["D4"].wrap_text
    assert sheet["A1:B2"].font.bold is True and sheet["A1:C2"].font.bold is None and sheet["C1"].color is None
    assert sheet["D4"].api.Borders.LineStyle == 1 and sheet["C4"].api.Borders(7).LineStyle == -4142
    assert sheet["D4"].api.HorizontalAlignment == -4108 and abs(sheet["D4"].row_height - 30) < 0.1
    assert sheet["A1:A9"].row_height is None


def test_conditional_formats(sheet):
    added = sheet.range("A1:B2,D5").api.FormatConditions.Add(2, 1, '="校验标记"<>""')
    added.SetFirstPriority()
    added.Interior.Color, added.Font.Color = 0xCEC7FF, 0x06009C
    everywhere = sheet.cells.api.FormatConditions
    found = everywhere.Item(1)
    assert everywhere.Count == 1 and found.Type == 2 and found.Formula1 == '="校验标记"<>""'
    assert found.AppliesTo.Address == "$A$1:$B$2,$D$5"
    assert (found.Interior.Color, found.Font.Color) == (0xCEC7FF, 0x06009C)
    assert sheet["D5"].api.FormatConditions.Count == 1 and sheet["D4"].api.FormatConditions.Count == 0
    found.Delete()
    assert everywhere.Count == 0


def test_conditions_are_drawn_and_leave_the_others(sheet, tmp_path):
    sheet["A1:C3"].value = 1
    theirs = sheet["A1:C3"].api.FormatConditions.Add(2, 1, "=A1>5")
    theirs.Interior.Color = 0x00FFFF
    ours = sheet.range("A1,B2").api.FormatConditions.Add(2, 1, '="甲"<>""')
    ours.Interior.Color = 0xCEC7FF
    assert {each.Formula1: each.AppliesTo.Address for each in sheet.cells.api.FormatConditions} == {
        "=A1>5": "$A$1:$C$3", '="甲"<>""': "$A$1,$B$2"}
    pdf = tmp_path / "图.pdf"
    sheet.book.api._doc.storeToURL(url(pdf), settings(FilterName="calc_pdf_Export"))
    with Image.open(pictures(pdf, tmp_path)[0]) as drawn:
        assert (255, 199, 206) in {colour for _, colour in drawn.convert("RGB").getcolors(100_000)}


def test_comments(sheet):
    comment = sheet["B2"].api.AddComment("第一行\n第二行")
    comment.Shape.Width = 200
    with pytest.raises(ComError):
        sheet["B2"].api.AddComment("再来")
    sheet["A1"].api.AddComment("甲").Text("乙", 2, False)
    texts = {found.Parent.Address: found.Text() for found in sheet.api.Comments}
    assert texts == {"$B$2": "第一行\n第二行", "$A$1": "甲乙"} and abs(comment.Shape.Width - 200) < 0.1
    sheet["A1:B2"].value = [[1, "x"], [None, None]]
    sheet["B2"].clear_contents()
    assert {found.Parent.Address: found.Text() for found in sheet.api.Comments} == texts
    comment.Delete()
    assert sheet.api.Comments.Count == 1 and sheet["B2"].api.Comment is None


def test_authors_of_comments_come_from_the_file(excel, tmp_path):
    made = openpyxl.Workbook()
    made.active["B2"].comment = Comment("看这里", "校验")
    made.save(tmp_path / "批注.xlsx")
    sheet = excel.books.open(tmp_path / "批注.xlsx").sheets[0]
    sheet["A1"].api.AddComment("新的")
    assert {found.Parent.Address: found.Author for found in sheet.api.Comments} == {"$A$1": "", "$B$2": "校验"}


def test_copying_cells(sheet):
    sheet["A1:B1"].value = ["甲", "=A1&1"]
    sheet["A1"].color = (1, 2, 3)
    sheet["A1:B1"].api.Copy(sheet["C4"].api)
    assert sheet["C4:D4"].value == ["甲", "甲1"] and sheet["C4"].color == (1, 2, 3)


def test_names(excel, sheet):
    other = sheet.book.sheets.add("问题 清单")
    sheet.book.names.add("task_year", "='问题 清单'!$B$3")
    other.names.add("_toolkit_list", "='问题 清单'!$A$1")
    assert {name.name: name.refers_to for name in sheet.book.names} == {
        "task_year": "='问题 清单'!$B$3", "'问题 清单'!_toolkit_list": "='问题 清单'!$A$1"}
    assert sheet.book.names["task_year"].refers_to_range.address == "$B$3"
    assert sheet.range("task_year").address == "$B$3"


def test_filter_and_panes_and_page(excel, sheet):
    sheet["A1:C5"].value = 1
    sheet["A1:C5"].api.AutoFilter()
    assert sheet.api.AutoFilterMode and sheet.api.AutoFilter.Range.Address == "$A$1:$C$5"
    sheet.api.AutoFilterMode = False
    assert not sheet.api.AutoFilterMode
    window = excel.api.ActiveWindow
    window.SplitRow, window.SplitColumn, window.FreezePanes = 3, 1, True
    assert (window.FreezePanes, window.SplitRow, window.SplitColumn) == (True, 3, 1)
    page = sheet.api.PageSetup
    page.Orientation, page.PaperSize, page.FitToPagesWide, page.FitToPagesTall = 2, 9, 1, False
    page.PrintTitleRows, page.CenterFooter = "$1:$2", "第 &P 页，共 &N 页"
    assert (page.Orientation, page.PaperSize, page.FitToPagesWide, page.FitToPagesTall) == (2, 9, 1, False)
    assert page.PrintTitleRows == "$1:$2" and page.CenterFooter.startswith("第 ")


def test_copies_keep_the_format_of_the_workbook(excel, tmp_path):
    book = excel.books.open(shutil.copy(resources.workbook_template("区县推荐汇总表"), tmp_path))
    suffix = book.name[-5:]
    book.api.SaveCopyAs(str(tmp_path / f"副本{suffix}"))
    assert (tmp_path / f"副本{suffix}").stat().st_size > 10_000
    with pytest.raises(ComError, match="格式"):
        book.api.SaveCopyAs(str(tmp_path / f"副本{'.xlsm' if suffix == '.xlsx' else '.xlsx'}"))


def test_document_properties(sheet):
    properties = sheet.book.api.CustomDocumentProperties
    properties.Add("区县", False, 4, "天山区")
    found = sheet.book.api.CustomDocumentProperties
    assert [(found.Item(index).Name, found.Item(index).Value) for index in range(1, found.Count + 1)] == [
        ("区县", "天山区")]
    found.Item("区县").Value = "沙依巴克区"
    assert properties.Item("区县").Value == "沙依巴克区"


def test_lines_are_thin_in_the_file(sheet, tmp_path):
    sheet["B2"].api.Borders.LineStyle = 1
    sheet.book.save(tmp_path / "线.xlsx")
    assert openpyxl.load_workbook(tmp_path / "线.xlsx").active["B2"].border.top.style == "thin"


def test_marks_can_be_made_while_sheets_are_protected(sheet):
    other = sheet.book.sheets.add()
    other.api.Protect()
    added = sheet["A1"].api.FormatConditions.Add(2, 1, '="甲"<>""')
    added.Interior.Color = 0xCEC7FF
    assert added.Interior.Color == 0xCEC7FF and other.api.ProtectContents


def test_selecting(excel, sheet):
    other = sheet.book.sheets.add("另一张", after=sheet)
    sheet.activate()
    sheet["B3"].select()
    assert (excel.selection.sheet.name, excel.selection.address) == (sheet.name, "$B$3")
    with pytest.raises(ComError):
        other["A1"].select()


def test_dialogs_are_answered_and_recorded(excel, tmp_path):
    excel.impl.answers = Answers(alerts=("no",), folders=(None, str(tmp_path)))
    assert excel.alert("继续？", "工具箱", "yes_no") == "no" and excel.alert("好了") == "ok"
    dialog = excel.api.FileDialog(4)
    dialog.Title = "选择文件夹"
    assert dialog.Show() == 0 and dialog.Show() == -1 and dialog.SelectedItems(1) == str(tmp_path)
    assert [entry["answer"] for entry in excel.impl.answers.record] == ["no", "ok", None, str(tmp_path)]
    with pytest.raises(AssertionError):
        excel.alert("没有准备？", buttons="yes_no")


def test_unknown_members_are_refused(excel, sheet):
    for thing, name in ((sheet.api, "Nonsense"), (sheet["A1"].api, "Colour")):
        with pytest.raises(AttributeError):
            setattr(thing, name, 1)
        with pytest.raises(AttributeError):
            getattr(thing, name)
