"""The edits of a file made in an open workbook: the same cells, the same marks, in a few calls; protection as before."""

import io
import re
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.lo_engine.objects import calls
from tests.sheets import files, ledgers
from toolkit.errors import UserError
from toolkit.returns.findings import ERROR, QUERY
from toolkit.sheets import edit, look, read
from toolkit.sheets.edit import (
    AddSheet,
    AppendRows,
    ClearMarks,
    Formula,
    Link,
    Mark,
    RaiseRow,
    SetCell,
    SetProperty,
    SetWidth,
    Style,
)
from toolkit.sheets.grid import Grid
from toolkit.sheets.ooxml.highlights import SIGN

SHEET, OTHER, CHART = "工作室", "王 姐's 表", "图"
ISSUE = Style(wrap=True, line=look.LINE)
LISTING = AddSheet(
    "问题清单", "天山区.xlsx 问题清单", ("序号", "级别", "单元格", "值", "问题"), (6, 7, 9, 22, 40),
    [(1, ERROR, Link("C2", SHEET, "C2"), "天山", "“天山”不在区县名单。请从下拉框选择。" * 3),
     (2, QUERY, Link("F2", SHEET, "F2"), "0123", "金额偏大。请核对。"), (3, ERROR, Link("A1", OTHER, "A1"), "=1+1", "x")],
    ("错误 2 条。", "请修改。"), {ERROR: Style(fill=look.ERROR_FILL, color=look.ERROR_TEXT, line=look.LINE, center=True)})
MARKS = [Mark(SHEET, 1, 2, ERROR, "“天山”不在区县名单。请从下拉框选择。"), Mark(SHEET, 2, 2, ERROR, "同上 <&>\n请改。"),
         Mark(SHEET, 1, 5, QUERY, "金额偏大。请核对。"), Mark(SHEET, 1, 1, QUERY, "与上年不同。请在备注说明。"), Mark(SHEET, 30, 9, ERROR)]
EDITS = [
    SetCell(SHEET, 1, 2, "米东区"), SetCell(SHEET, 1, 4, "650102197001011234"), SetCell(SHEET, 2, 7, None),
    SetCell(SHEET, 0, 8, "问题", Style(bold=True, wrap=True, line=look.LINE)),
    SetCell(SHEET, 1, 8, "【错误】请改。\n【提示】请核对。", ISSUE), SetCell(SHEET, 2, 8, "=不是公式", ISSUE),
    SetCell(OTHER, 0, 2, Formula("B1*2")), SetCell(OTHER, 1, 0, "2018-10"),
    AppendRows(SHEET, 3, [
        {0: "G-003", 1: "新工作室", 2: "沙依巴克区", 4: "65010219700101123X", 5: Decimal("100000.50"), 6: date(2026, 11, 20), 7: "0123"},
        {0: "G-004", 1: "'引号", 3: "TRUE", 4: "650102197001011250", 5: 7, 6: datetime(2026, 11, 20), 8: Formula("F5*2")}]),
    SetCell(OTHER, 3, 1, datetime(2026, 11, 20, 8, 30, 15)), SetCell(OTHER, 3, 2, time(9, 15)),
    SetCell(OTHER, 3, 3, True), SetCell(OTHER, 3, 4, 10**17 + 1), SetWidth(SHEET, 8, 40), RaiseRow(SHEET, 1, 60),
    *MARKS, LISTING, SetProperty("form", "ledger2"), SetProperty("批次", "2026")]


pytestmark = pytest.mark.usefixtures("either")


def book_of(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def grids_of(data: bytes) -> dict[str, Grid]:
    return {grid.name: grid for grid in read.from_bytes(data, "x.xlsx").grids}


def rules_of(sheet) -> list[tuple]:
    """Our rules: the level's fill, and every cell it covers."""
    return sorted((rule.dxf.fill.bgColor.rgb[-6:], sorted(cell for part in areas.sqref.ranges for row in part.rows for cell in row))
                  for areas in sheet.conditional_formatting for rule in areas.rules if SIGN in (rule.formula or [""])[0])


def merged_rules(sheet) -> dict[str, set]:
    found: dict[str, set] = {}
    for fill, cells in rules_of(sheet):
        found.setdefault(fill, set()).update(cells)
    return found


def notes_of(sheet) -> dict[str, str]:
    """Comments as people read them, without our brackets."""
    return {cell.coordinate: re.sub("〔校验〕|〔校验完〕", "", cell.comment.text)
            for row in sheet.iter_rows() for cell in row if cell.comment}


def look_of(cell) -> tuple:
    return (cell.font.color.rgb, cell.fill.fgColor.rgb, cell.font.bold, bool(cell.alignment.wrap_text), cell.alignment.horizontal == "center",
            bool(cell.border.left.style))


@pytest.fixture
def both(live, tmp_path):
    """The edits made on the open workbook and on the file: two workbooks' bytes."""
    path = files.saved(tmp_path, ledgers.rich(), "台账.xlsx")
    opened = live.open(path)
    opened.apply(EDITS)
    opened.save()
    return path.read_bytes(), edit.apply(ledgers.rich(), EDITS)


def test_cells_are_those_of_the_edited_file(both):
    live, filed = map(grids_of, both)
    assert set(live) - {CHART} == set(filed)  # LibreOffice makes a worksheet of a chart sheet
    recomputed = {(SHEET, 4, 8): 14.0, (OTHER, 0, 1): 300007.5, (OTHER, 0, 2): 600015.0}  # the file waits for Excel to compute
    for name, grid in filed.items():
        width = max(map(len, grid.rows))
        for row, (ours, theirs) in enumerate(zip(live[name].rows, grid.rows, strict=True)):
            for column in range(width):
                place = (name, row, column)
                shown, wanted = ([*line, *[None] * width][column] for line in (ours, theirs))
                assert shown == recomputed.get(place, wanted), place


def test_formulas_are_those_of_the_edited_file(both):
    live, filed = map(book_of, both)
    for name, place in ((SHEET, "I5"), (OTHER, "C1"), (OTHER, "B1")):
        assert live[name][place].value.replace("$", "") == filed[name][place].value.replace("$", ""), place


def test_texts_stay_texts_and_dates_dates(both):
    live = book_of(both[0])
    assert [live[SHEET][place].data_type for place in ("E2", "I3", "E4", "H4", "D5", "F4", "G4")] == ["s"] * 5 + ["n", "d"]
    assert live[OTHER]["A2"].value == "2018-10" and live[OTHER]["E4"].value == "100000000000000001"


def test_marks_are_those_of_the_edited_file(both):
    live, filed = (book_of(data)[SHEET] for data in both)
    assert merged_rules(live) == merged_rules(filed) and merged_rules(live)
    assert notes_of(live) == notes_of(filed)


def test_marks_go_before_other_rules_and_stop_none(live, tmp_path):
    opened = live.open(files.saved(tmp_path, ledgers.rich()))
    calls.clear()
    opened.apply(MARKS)
    assert calls["FormatConditions.Add"] == calls["FormatCondition.SetFirstPriority"] == calls["FormatCondition.StopIfTrue"] == 2


def test_the_list_sheet_is_that_of_the_edited_file(both):
    live, filed = (book_of(data)["问题清单"] for data in both)
    assert live.freeze_panes == filed.freeze_panes == "A5" and live.auto_filter.ref == filed.auto_filter.ref == "A4:E7"
    assert live.page_setup.orientation == "landscape" and live.print_title_rows == filed.print_title_rows
    for place in ("A4", "B5", "B6", "C5", "E5"):
        ours, theirs = live[place], filed[place]
        assert look_of(ours) == look_of(theirs), place
    assert "#'工作室'!C2" in live["C5"].value and "王 姐''s 表" in live["C7"].value
    for row in range(1, 8):
        assert live.row_dimensions[row].height == pytest.approx(filed.row_dimensions[row].height, abs=1)
    widths = [sheet.column_dimensions[letter].width for sheet in (live, filed) for letter in "ABCDE"]
    assert [width / widths[4] for width in widths[:4]] == pytest.approx([width / widths[9] for width in widths[5:9]], abs=0.05)


def test_width_height_property_and_filter_follow(both):
    live = book_of(both[0])
    assert live[SHEET].column_dimensions["I"].width > 2.5 * live[SHEET].column_dimensions["B"].width
    assert live[SHEET].row_dimensions[2].height == pytest.approx(60, abs=1)
    assert live[SHEET].auto_filter.ref == "A1:H5"
    assert {item.name: item.value for item in live.custom_doc_props.props} == {"form": "ledger2", "批次": "2026"}
    assert live[SHEET]["I2"].alignment.wrap_text and live[SHEET]["I2"].border.left.style


@pytest.fixture
def marked_live(live, tmp_path):
    path = files.saved(tmp_path, ledgers.rich(), "台账.xlsx")
    opened = live.open(path)
    opened.save()
    before = path.read_bytes()
    opened.apply(MARKS)
    opened.save()
    return opened, path, before


def traces(data: bytes) -> tuple:
    sheet = book_of(data)[SHEET]
    return merged_rules(sheet), {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}, sum(
        len(areas.rules) for areas in sheet.conditional_formatting)


def test_marks_come_off_the_open_workbook_without_a_trace(marked_live):
    opened, path, before = marked_live
    assert traces(path.read_bytes()) != traces(before)
    opened.apply([ClearMarks(SHEET)])
    opened.save()
    assert traces(path.read_bytes()) == traces(before)


def test_marks_of_the_open_workbook_come_off_the_file(marked_live):
    _, path, before = marked_live
    assert traces(edit.apply(path.read_bytes(), [ClearMarks(SHEET)])) == traces(before)


def test_marks_of_the_file_come_off_the_open_workbook(live, tmp_path):
    path = files.saved(tmp_path, edit.apply(ledgers.rich(), MARKS))
    opened = live.open(path)
    opened.apply([ClearMarks(SHEET)])
    opened.save()
    rules, comments, _ = traces(path.read_bytes())
    assert not rules and set(comments) == {"B2", "H3"} and "校验" not in comments["B2"]


def test_a_comment_is_as_high_as_its_text(live, tmp_path):
    opened = live.open(files.saved(tmp_path, ledgers.rich()))
    opened.apply([Mark(SHEET, 1, 0, ERROR, "短。"), Mark(SHEET, 2, 0, ERROR, "很长的一句话，" * 20)])
    comments = live.book.sheets[SHEET].api.Comments
    heights = {comments.Item(number).Parent.Address: comments.Item(number).Shape.Height for number in range(1, comments.Count + 1)}
    assert heights["$A$3"] > 2 * heights["$A$2"] > 0


def test_a_second_list_takes_the_place_of_the_first_and_spares_what_people_made(live, tmp_path):
    path = files.saved(tmp_path, ledgers.rich())
    opened = live.open(path)
    opened.apply([LISTING])
    opened.apply([AddSheet("问题清单", "空", ("序号",), (6,), [], ("没有发现问题。",))])
    opened.apply([AddSheet(OTHER, "撞名", ("序号",), (6,), [(1,)])])
    opened.apply([AddSheet(OTHER, "又一次", ("序号",), (6,), [(2,)])])
    opened.save()
    grids = grids_of(path.read_bytes())
    assert [name for name in grids if name not in (SHEET, CHART)] == [OTHER, "问题清单", "王 姐's 表(2)"]
    assert grids["问题清单"].rows == (("空",), ("没有发现问题。",), ("序号",))
    assert grids[OTHER].rows[0][0] == "自己的算式" and grids["王 姐's 表(2)"].rows[2] == (2.0,)
    assert live.book.sheets.active.name == SHEET


def test_3000_rows_of_30_cells_take_a_few_calls(live, tmp_path):
    opened = live.open(files.saved(tmp_path, ledgers.by_openpyxl()))
    rows = [{column: [f"650102{row:012}", "姓名", 100.5, date(2026, 11, 20), "乌鲁木齐市"][column % 5] for column in range(30)}
            for row in range(3000)]
    calls.clear()
    opened.apply([AppendRows(SHEET, 3, rows)])
    assert calls["Range.Value"] <= 2, calls
    assert calls.total() < 200, calls.most_common(10)
    shown = opened.read().grids[0].rows
    assert len(shown) == 3003 and shown[3002][:4] == ("650102000000002999", "姓名", 100.5, date(2026, 11, 20))


def test_cells_that_no_edit_names_are_not_touched(live, tmp_path):
    opened = live.open(files.saved(tmp_path, ledgers.rich()))
    opened.apply([AppendRows(SHEET, 1, [{0: "G-1", 7: "改"}, {0: "G-2", 7: "改"}]), SetCell(SHEET, 2, 2, "x")])
    rows = opened.read().grids[0].rows
    assert [rows[1][0], rows[1][1], rows[1][7], rows[2][0], rows[2][2], rows[2][3]] == ["G-1", "李工钳工工作室", "改", "G-2", "x", "王芳"]


def test_a_new_row_looks_like_its_pattern(live, tmp_path):
    path = files.saved(tmp_path, ledgers.rich())
    opened = live.open(path)
    opened.apply([AppendRows(SHEET, 3, [{0: "G-003", 5: 5}], pattern=1), SetCell(SHEET, 9, 1, "像表头", (0, 1))])
    opened.save()
    sheet = book_of(path.read_bytes())[SHEET]
    assert sheet["F4"].number_format == sheet["F2"].number_format and sheet["F4"].border.left.style == "thin"
    assert sheet["B4"].value is None and sheet["B10"].font.bold and sheet["B10"].value == "像表头"


def protected(path: Path, password: str = "") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("推荐汇总")
        sheet.write("A1", "姓名")
        sheet.protect(password, {"sort": True, "autofilter": True, "format_columns": True, "objects": True})
        book.add_worksheet("备注")
    return path


def flags(live) -> dict[str, bool]:
    api = live.book.sheets["推荐汇总"].api
    return {"contents": api.ProtectContents, **{name: getattr(api.Protection, name) for name in (
        "AllowSorting", "AllowFiltering", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingRows")}}


def test_a_protected_sheet_is_written_and_protected_as_before(live, tmp_path):
    opened = live.open(protected(tmp_path / "天山区.xlsx"))
    before = flags(live)
    opened.apply([SetCell("推荐汇总", 1, 0, "张三"), Mark("推荐汇总", 1, 0, ERROR, "x"), ClearMarks("推荐汇总")])
    assert flags(live) == before and before["contents"] and before["AllowSorting"] and not before["AllowInsertingRows"]
    assert opened.read().grids[0].rows == (("姓名",), ("张三",))


def test_protection_and_screen_come_back_when_an_edit_fails(live, tmp_path):
    opened = live.open(protected(tmp_path / "天山区.xlsx"))
    before = flags(live)
    with pytest.raises(UserError, match="没有“没有的表”工作表（现有：推荐汇总、备注）。请"):
        opened.apply([SetCell("推荐汇总", 1, 0, "张三"), SetCell("没有的表", 0, 0, 1)])
    app = live.book.app
    assert flags(live) == before and (app.screen_updating, app.enable_events, app.display_alerts) == (True, True, True)


def test_a_password_is_told_and_only_where_something_must_be_written(live, tmp_path):
    opened = live.open(protected(tmp_path / "天山区.xlsx", "secret"))
    opened.apply([ClearMarks("推荐汇总"), SetCell("备注", 0, 0, "可以")])
    with pytest.raises(UserError, match=r"“推荐汇总”表设有密码保护.*请点“审阅—撤销工作表保护”"):
        opened.apply([SetCell("推荐汇总", 1, 0, "张三")])
    assert live.book.sheets["推荐汇总"].api.ProtectContents
    assert opened.read().grids[0].rows == (("姓名",),)
