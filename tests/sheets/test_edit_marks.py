"""Marks lie over a sheet and come off without a trace; clerks' own comments and rules stay."""

import io
import zipfile

import openpyxl
import pytest

from tests.office import convert
from tests.sheets import ledgers
from toolkit.returns.findings import ERROR, QUERY
from toolkit.sheets.edit import AddSheet, ClearMarks, Link, Mark, SetCell, SetProperty, SetWidth, Style, apply

SHEET = "xl/worksheets/sheet1.xml"
MARKS = [Mark("工作室", 1, 2, ERROR, "“天山”不在区县名单。请从下拉框选择。"), Mark("工作室", 2, 2, ERROR, "同上 <&>\n请改。"),
         Mark("工作室", 1, 5, QUERY, "金额偏大。请核对。"), Mark("工作室", 1, 1, QUERY, "与上年不同。请在备注说明。"),
         Mark("工作室", 90, 60, ERROR)]
OTHER = "王 姐's 表"


def sheet_of(data: bytes, name: str = "工作室"):
    return openpyxl.load_workbook(io.BytesIO(data))[name]


def member(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def comments(data: bytes, name: str = "工作室") -> dict[str, tuple[str, str]]:
    return {cell.coordinate: (cell.comment.author, cell.comment.text)
            for row in sheet_of(data, name).iter_rows() for cell in row if cell.comment}


def test_marks_colour_by_rules_of_their_own_and_leave_styles_alone():
    before = ledgers.rich()
    after = sheet_of(apply(before, MARKS))
    rules = {rule.priority: (areas.sqref, rule) for areas in after.conditional_formatting for rule in areas.rules}
    assert {str(areas): (rule.dxf.fill.bgColor.rgb, rule.dxf.font.color.rgb)
            for areas, rule in (rules[1], rules[2])} == {
        "C2:C3 BI91": ("FFFFC7CE", "FF9C0006"), "B2 F2": ("FFFFEB9C", "FF7F6000")}
    assert sorted(rules)[2:] == [3, 4] and rules[3][1].type == "cellIs"
    unmarked = sheet_of(before)
    assert [cell._style for row in after.iter_rows(max_row=3) for cell in row][:24] == [
        cell._style for row in unmarked.iter_rows(max_row=3) for cell in row][:24]


def test_our_comments_stand_beside_those_of_the_clerk():
    before, after = comments(ledgers.rich()), comments(apply(ledgers.rich(), MARKS))
    assert after["C2"] == ("校验", "“天山”不在区县名单。请从下拉框选择。") and after["C3"] == ("校验", "同上 <&>\n请改。")
    assert after["H3"] == before["H3"]
    assert after["B2"] == ("王姐", before["B2"][1] + "\n〔校验〕与上年不同。请在备注说明。〔校验完〕")


@pytest.mark.parametrize("sheet, part", [("工作室", SHEET), (OTHER, "xl/worksheets/sheet2.xml")])
def test_clearing_gives_back_the_unmarked_sheet(sheet, part):
    before = ledgers.rich()
    marked = apply(before, [Mark(sheet, m.row, m.column, m.level, m.comment) for m in MARKS])
    assert member(marked, part) != member(before, part)
    cleared = apply(marked, [ClearMarks(sheet)])
    assert member(cleared, part) == member(before, part) and comments(cleared, sheet) == comments(before, sheet)
    assert set(ledgers.raw_members(cleared)) == set(ledgers.raw_members(before))
    if sheet == "工作室":
        assert member(cleared, "xl/comments1.xml") == member(before, "xl/comments1.xml")


def test_marking_again_in_one_go_is_like_marking_once():
    once = apply(ledgers.rich(), MARKS)
    again = apply(once, [ClearMarks("工作室"), *MARKS])
    assert member(again, SHEET) == member(once, SHEET) and comments(again) == comments(once)


def test_clearing_an_unmarked_workbook_changes_nothing():
    before = ledgers.rich()
    assert apply(before, [ClearMarks("工作室"), ClearMarks(OTHER)]) == before


def test_marks_survive_libreoffice_and_can_still_be_cleared(tmp_path):
    path = tmp_path / "标.xlsx"
    path.write_bytes(apply(ledgers.rich(), MARKS))
    out = tmp_path / "出"
    out.mkdir()
    saved = convert(path, "xlsx", out).read_bytes()
    kept = comments(saved)
    assert "校验" in member(saved, SHEET) and kept["C3"][1] == "同上 <&>\n请改。"
    cleared = apply(saved, [ClearMarks("工作室")])
    assert "校验" not in member(cleared, SHEET)
    assert comments(cleared)["B2"][1].strip() == "去年换过地址\n问过老主任 <&>"
    assert {place for place, (author, _) in kept.items() if author != "校验"} == set(comments(cleared))


def test_rules_a_clerk_added_in_between_keep_their_order():
    marked = apply(ledgers.rich(), MARKS)
    own = ('<conditionalFormatting sqref="A1"><cfRule type="expression" priority="2"><formula>1=1</formula></cfRule>'
           "</conditionalFormatting>")
    text = member(marked, SHEET).replace('priority="4"', 'priority="5"').replace('priority="3"', 'priority="4"').replace(
        'priority="2"', 'priority="3"').replace("<dataValidations", own + "<dataValidations")
    cleared = apply(ledgers.replaced(marked, {SHEET: text.encode()}), [ClearMarks("工作室")])
    assert member(cleared, SHEET) == member(ledgers.rich(), SHEET).replace('priority="2"', 'priority="3"').replace(
        'priority="1"', 'priority="2"').replace("<dataValidations", own.replace("2", "1", 1) + "<dataValidations")


def test_two_findings_in_one_cell_share_the_comment_and_the_graver_colour():
    marked = apply(ledgers.rich(), [Mark("工作室", 1, 3, QUERY, "甲。"), Mark("工作室", 1, 3, ERROR, "乙。")])
    assert comments(marked)["D2"][1] == "甲。\n乙。"
    assert member(marked, SHEET).count("校验标记") == 1 and "FF9C0006" in member(marked, "xl/styles.xml")


def test_many_marks_fit():
    marks = [Mark("工作室", row, 2 * column, ERROR, "x") for row in range(1, 301) for column in range(5)]
    marked = apply(ledgers.rich(), marks)
    assert len(comments(marked)) == len(marks) + len(comments(ledgers.rich()))
    assert 'data="1,2"' in member(marked, "xl/drawings/vmlDrawing1.vml")
    assert member(apply(marked, [ClearMarks("工作室")]), SHEET) == member(ledgers.rich(), SHEET)


LIST = AddSheet("问题清单", "问题清单", ("序号", "级别", "单元格", "问题"), (6, 8, 10, 50),
                ((1, ERROR, Link("C2", OTHER, "C2"), "<字>"), (2, QUERY, Link("B2", "工作室", "B2"), "两\n行")),
                notes=("错误 1 条",), accents={ERROR: Style(fill="#FFC7CE")})


def test_a_list_sheet_is_added_behind_the_others_with_links_and_filter():
    after = apply(ledgers.rich(), [LIST])
    book = openpyxl.load_workbook(io.BytesIO(after))
    sheet = book["问题清单"]
    assert book.sheetnames == ["工作室", OTHER, "图", "问题清单"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["问题清单", None, None, None], ["错误 1 条", None, None, None], ["序号", "级别", "单元格", "问题"],
        [1, "错误", "C2", "<字>"], [2, "提示", "B2", "两\n行"]]
    assert sheet["C4"].hyperlink.location == "'王 姐''s 表'!C2" and sheet["C5"].hyperlink.location == "'工作室'!B2"
    assert sheet.auto_filter.ref == "A3:D5" and sheet.print_title_rows == "$3:$3" and sheet.freeze_panes == "A4"
    assert sheet["B4"].fill.fgColor.rgb == "FFFFC7CE" and sheet["B5"].fill.fill_type is None


def test_the_list_of_an_earlier_run_is_replaced_and_one_by_a_clerk_stays():
    twice = apply(apply(ledgers.rich(), [LIST]), [LIST, SetCell(OTHER, 0, 0, 1)])
    assert openpyxl.load_workbook(io.BytesIO(twice)).sheetnames == ["工作室", OTHER, "图", "问题清单"]
    book = openpyxl.Workbook()
    book.active.title = "问题清单"
    target = io.BytesIO()
    book.save(target)
    assert openpyxl.load_workbook(io.BytesIO(apply(apply(target.getvalue(), [LIST]), [LIST]))).sheetnames == [
        "问题清单", "问题清单(2)"]


def test_width_of_one_column():
    sheet = sheet_of(apply(ledgers.rich(), [SetWidth("工作室", 4, 30), SetWidth("工作室", 9, 44.5), SetWidth(OTHER, 0, 12)]))
    assert sheet.column_dimensions["E"].width == 30 and sheet.column_dimensions["J"].width == 44.5
    texts = sheet_of(apply(ledgers.rich(), [SetWidth("工作室", 30, 21, "@")]))
    assert texts.column_dimensions["AE"].number_format == "@" and texts.column_dimensions["AE"].width == 21
    split = apply(ledgers.by_openpyxl(), [SetWidth("工作室", 2, 5)])
    wide = member(split, SHEET).replace('min="3" max="3"', 'min="1" max="9" style="0"')
    again = member(apply(ledgers.replaced(split, {SHEET: wide.encode()}), [SetWidth("工作室", 2, 7)]), SHEET)
    assert again.count("<col ") == 3 and 'min="1" max="2"' in again and 'min="4" max="9"' in again


def test_properties_are_set_changed_and_created():
    changed = apply(ledgers.rich(), [SetProperty("form", "总<&>账"), SetProperty("年度", "2024")])
    assert {p.name: p.value for p in openpyxl.load_workbook(io.BytesIO(changed)).custom_doc_props.props} == {
        "form": "总<&>账", "年度": "2024"}
    created = apply(ledgers.by_openpyxl(), [SetProperty("form", "x")])
    assert openpyxl.load_workbook(io.BytesIO(created)).custom_doc_props["form"].value == "x"


def test_a_new_look_is_given_to_new_cells():
    look = Style(fill="#123456", wrap=True)
    sheet = sheet_of(apply(ledgers.rich(), [SetCell("工作室", 1, 9, "新", like=look), SetCell("工作室", 1, 3, "旧", like=look),
                                            SetCell("工作室", 2, 9, "像", like=(1, 4))]))
    assert sheet["J2"].fill.fgColor.rgb == "FF123456" and sheet["J2"].alignment.wrap_text
    assert sheet["D2"].fill.fill_type is None and sheet["J3"].number_format == "@"
