"""个案办理 without Excel: what is read from its cells, the lines that are written, whom its dropdown offers."""

from datetime import date

import pytest

from tests.ledger import moving
from toolkit.errors import UserError
from toolkit.forms.tasks import CASE_DAY, CASE_LINES, CASE_MOVE, CASE_ROWS, CASE_STATE, CASE_SUBJECT
from toolkit.jobs.case_answers import AskedFor, CaseLine, CasePage, band
from toolkit.jobs.handle import confirmed, previewed
from toolkit.ledger import subjects
from toolkit.pages.case_page import FIELD_LINE
from toolkit.sheets.edit import SetCell
from toolkit.sheets.grid import CellRef, Grid

SHEET, TOP = "个案办理", 12


def page(subject=None, move=None, day=None, state=None, lines=()):
    values = {CASE_SUBJECT: subject, CASE_MOVE: move, CASE_DAY: day, CASE_STATE: state, CASE_LINES: None}
    rows = tuple(() for _ in range(TOP)) + tuple((None, *line) for line in lines)
    cells = {name: (CellRef(SHEET, row, 2), value) for row, (name, value) in enumerate(values.items(), 4)}
    cells[CASE_LINES] = CellRef(SHEET, TOP, 1), None
    return CasePage(cells, Grid(SHEET, rows), Grid("_个案", (("工作室或申报", "事项"), ("旧", "甲"), ("旧二", "乙"))))


FILLED = (band("要填的内容", "报命名备案", "2025-01 甲"), CaseLine("备案日期", "2026-11-24", "日期", "必填", FIELD_LINE),
          CaseLine("备案文号", " ", "", "可不填", FIELD_LINE))


def test_what_is_filled_in_is_read_by_its_label():
    own = page(" 2025-01 ", "报命名备案", "2026-11-25", "预览码 ABC　还没有写", FILLED)
    assert (own.subject, own.move, own.on, own.code) == ("2025-01", "报命名备案", date(2026, 11, 25), "ABC")
    assert own.asked == AskedFor("2025-01 甲", "报命名备案") and own.given == {"备案日期": "2026-11-24"}
    assert own.place("备案日期") == "本页 C14" and page().on is None and page().asked == AskedFor("", "")


def test_what_cannot_be_read_or_agreed_to_is_told():
    with pytest.raises(UserError, match=r"“个案办理”表 C7 的“下周一”不能用。请填如 2026-11-20 的日期"):
        _ = page(day="下周一").on
    with pytest.raises(UserError, match="还没有可以确认的预览。请先点“预览办理”"):
        confirmed(page("2025-01", "报命名备案", state="已办“甲”"), None, None)
    for own, said in ((page(move="甲"), "请在“工作室或申报”"), (page("2025-01"), "请在“事项”选")):
        with pytest.raises(UserError, match=said):
            previewed(own, None)


def test_lines_replace_what_stood_there_and_bands_stand_apart():
    edits = {(each.row, each.column): each.value for each in page(lines=FILLED).shows("好了", [CaseLine("甲"), band("乙")])}
    assert edits[7, 2] == "好了" and edits[TOP, 1] == "甲" and edits[TOP + 2, 1] == "乙"
    assert edits[TOP + 1, 1] is None and edits[TOP + 1, 2] is None and edits[TOP, 2] is None  # 以前填的没有了
    assert (TOP + 3, 1) not in edits


@pytest.mark.parametrize("count, last", [(CASE_ROWS, f"第{CASE_ROWS - 1}行"), (CASE_ROWS + 1, "……")])
def test_more_lines_than_there_is_room_for_are_counted(count, last):
    edits = {(each.row, each.column): each.value for each in page().shows("", [CaseLine(f"第{number}行") for number in range(count)])}
    assert edits[TOP + CASE_ROWS - 1, 1] == last and (TOP + CASE_ROWS, 1) not in edits
    assert last != "……" or "还有2行" in edits[TOP + CASE_ROWS - 1, 3]


def test_dropdowns_change_where_they_differ():
    assert list(page().offers(["旧", "新"], ["甲"])) == [SetCell("_个案", 2, 0, "新"), SetCell("_个案", 2, 1, None)]


def test_applications_under_way_and_every_studio_are_offered_and_known_by_their_label():
    tables = moving.of_studio(申报批次=[moving.applied(工作室名称="钱二车工技能大师工作室"), moving.applied(工作室名称="孙三", 申报状态="已撤回"),
                                    moving.applied(工作室名称="李四", 申报状态="说不清")])
    watch = moving.subject(tables, moving.ON).watch
    offered = list(subjects.under_way(watch))
    assert [each.kind for each in offered][-1] == "工作室" and "孙三" not in [each.name for each in offered]
    assert {"钱二车工技能大师工作室", "李四"} <= {each.name for each in offered}
    for each in offered:
        assert [found.label for found in subjects.called(watch, each.label)] == [each.label]
