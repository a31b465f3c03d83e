"""What the clerk chose on the page 办理, read from its named cells; and cells going back to what they held."""

from datetime import date, datetime
from pathlib import Path

import pytest

from toolkit.errors import UserError
from toolkit.jobs.keeping import back
from toolkit.jobs.task_answers import DeskPage
from toolkit.sheets.edit import Formula, SetCell
from toolkit.sheets.grid import Book, Grid

BESIDE = Path("/台账")


def page(**cells):
    return DeskPage(BESIDE, {f"task_{name}": (("办理", number, 2), value) for number, (name, value) in enumerate(cells.items(), 4)})


def test_what_is_blank_is_the_customary_choice():
    blank = page(folder=None, year=None, form=None, kind="", date=None, out=" ")
    assert (blank.folder, blank.year, blank.form, blank.kind, blank.on, blank.out) == (None, None, "区县推荐汇总表", "公示", None, None)
    assert DeskPage(None, {}).noted("好了") == []  # 没有“办理”页的台账


def test_what_is_chosen_counts():
    own = page(folder="区县报表_2026", year=2026.0, form="区县考核汇总表", kind="授牌名单", date=datetime(2026, 12, 1), out="/公文", state=None)
    assert (own.folder, own.out) == (BESIDE / "区县报表_2026", Path("/公文"))
    assert (own.year, own.form, own.kind, own.on) == (2026, "区县考核汇总表", "授牌名单", date(2026, 12, 1))
    assert own.noted("好了", Path("/新")) == [SetCell("办理", 10, 2, "好了"), SetCell("办理", 4, 2, "/新")]


@pytest.mark.parametrize("name, typed, message", [
    ("year", "明年", "“办理”表 C5 的“明年”不能用。请填四位年份，如 2026，或者清空。"),
    ("date", "下周一", "“办理”表 C5 的“下周一”不能用。请填如 2026-11-20 的日期，或者清空。")])
def test_what_cannot_be_read_is_told_with_its_cell(name, typed, message):
    with pytest.raises(UserError) as caught:
        getattr(page(**{name: typed}), "year" if name == "year" else "on")
    assert str(caught.value) == message


def test_cells_go_back_to_what_they_held_and_formulas_to_formulas():
    before = Book("台账", (Grid("工作室", (("名称", "余额"), ("甲", 5.0))), Grid("_清单", (("旧",),))))
    now = Book("台账", (Grid("工作室", (("名称", "余额"), ("乙", 7.0), ("丙", 9.0))), Grid("_清单", (("新",),)), Grid("自己加的", (("x",),))))
    edits = list(back(now, {("工作室", 2, 1): "C3-D3"}, before, {("工作室", 1, 1): "C2-D2"}))
    assert edits == [SetCell("工作室", 1, 0, "甲"), SetCell("工作室", 1, 1, Formula("C2-D2")),
                     SetCell("工作室", 2, 0, None), SetCell("工作室", 2, 1, None)]


def test_a_formula_spelled_differently_is_the_same_formula():
    book = Book("台账", (Grid("工作室", ((5.0,),)),))
    assert not list(back(book, {("工作室", 0, 0): "SUM( B1 , 'C'!A1)"}, book, {("工作室", 0, 0): "sum(B1,C!A1)"}))
