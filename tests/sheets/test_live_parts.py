"""What an open workbook is read and written by, without one: blocks, values as Excel takes them, its refusals in Chinese."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets import ledgers
from toolkit.errors import UserError
from toolkit.returns.findings import ERROR
from toolkit.sheets import edit
from toolkit.sheets.excel import areas, conversion, faults
from toolkit.sheets.excel.areas import Area
from toolkit.sheets.grid import CellError
from toolkit.sheets.ooxml.cellxml import Formula

PLACES = st.sets(st.tuples(st.integers(0, 12), st.integers(0, 9)), min_size=1)


@pytest.mark.parametrize("drawn, wanted, why", [
    (("xxx", "xxx"), ["A1:C2"], "整块"), (("x.x", "x.x"), ["A1:A2", "C1:C2"], "空格不写"),
    (("xx.", "xxx", "xxx"), ["A1:B1", "A2:C3"], "宽度不同"), (("x", ".", "x"), ["A1", "A3"], "中间隔行"),
    ((".x", "x."), ["B1", "A2"], "斜着不相连")])
def test_cells_are_grouped_into_blocks(drawn, wanted, why):
    places = [(row, column) for row, line in enumerate(drawn) for column, mark in enumerate(line) if mark == "x"]
    assert [area.address for area in areas.blocks(places)] == wanted, why


@given(PLACES)
def test_blocks_hold_every_cell_once_and_no_other(places):
    for grouped in (areas.blocks(places), areas.columns_down(places)):
        held = [(row, column) for area in grouped for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)]
        assert sorted(held) == sorted(places)


def test_a_full_table_is_one_block():
    assert areas.blocks((row, column) for row in range(3000) for column in range(30)) == [Area(0, 0, 2999, 29)]


@given(st.sets(st.tuples(st.integers(0, 1_048_575), st.integers(0, 16_383)), min_size=1, max_size=400))
def test_addresses_are_short_enough_for_excel_and_lose_nothing(places):
    scattered = areas.blocks(places)
    pieces = areas.addresses(scattered)
    assert all(len(piece) <= 255 for piece in pieces)
    assert [areas.parsed(part) for piece in pieces for part in piece.split(",")] == scattered


@given(PLACES)
def test_halving_finds_what_differs(places):
    asked = []

    def ask(part: Area):
        asked.append(part)
        inside = [(row, column) in places for row in range(part.top, part.bottom + 1)
                  for column in range(part.left, part.right + 1)]
        return inside[0] if len(set(inside)) == 1 else None

    for columns_first in (False, True):
        parts = list(areas.alike(Area(0, 0, 12, 9), ask, columns_first))
        assert sum(part.cells for part, _ in parts) == 130
        assert {place for part, answer in parts if answer for place in
                [(row, column) for row in range(part.top, part.bottom + 1)
                 for column in range(part.left, part.right + 1)]} == places


@pytest.mark.parametrize("value, raw, wanted, why", [
    (None, None, None, "清空"), ("", None, None, "空文本就是没有内容"), (True, True, "General", "是否"),
    (20, 20.0, "General", "整数"), (Decimal("20.50"), 20.5, "General", "金额"),
    (650102197001011234, "650102197001011234", "@", "18 位数会丢末三位"),
    ("650102197001011234", "650102197001011234", "@", "身份证号"), ("0123", "0123", "@", "前导零"),
    ("2018-10", "2018-10", "@", "会变日期"), ("3月5日", "3月5日", "@", "会变日期"), ("１２３", "１２３", "@", "全角数字会变数"),
    ("TRUE", "TRUE", "@", "会变是否"), ("=1+1", "=1+1", "@", "会变公式"), ("-正文", "-正文", "@", "会被当公式"),
    ("@某人", "@某人", "@", "会被当公式"), ("＝合计", "＝合计", "@", "全角等号也起公式"), ("50%", "50%", "@", "会变 0.5"),
    ("上午9:00", "上午9:00", "@", "会变时间"), ("5元", "5元", "@", "也许会变金额"),
    ("'引号开头", "''引号开头", "General", "第一个引号是标记，不是内容"), ("古丽娜尔·买买提", "古丽娜尔·买买提", None, "姓名"),
    ("2023年入选", "2023年入选", None, "有别的字，不会变日期"), (Formula("SUM(A1:A2)"), "=SUM(A1:A2)", "General", "公式"),
    (Formula("=A1"), "=A1", "General", "等号只写一个"), (CellError("#N/A"), "#N/A", "General", "错误值"),
    (date(2026, 11, 20), 46346.0, "yyyy-mm-dd", "日期"), (datetime(2026, 11, 20, 12), 46346.5, "yyyy-mm-dd hh:mm:ss", "时刻"),
    (time(6), 0.25, "hh:mm", "时间"), (timedelta(hours=36), 1.5, "[h]:mm:ss", "时长"),
    (date(1850, 1, 1), "1850-01-01", "@", "Excel 没有这一天")])
def test_a_value_is_given_so_that_excel_keeps_it(value, raw, wanted, why):
    assert conversion.content(value, date1904=False) == (raw, wanted), why


def test_a_date_in_a_workbook_that_counts_from_1904():
    assert conversion.content(date(2026, 11, 20), date1904=True).raw == 46346 - 1462


def test_a_text_that_no_cell_can_hold():
    with pytest.raises(UserError, match=r"32767.*请分成几格"):
        conversion.content("字" * 32768, date1904=False)


def test_values_as_excel_gives_them():
    raw = [None, "张三", "", 5.0, True, datetime(2026, 11, 20), datetime(2026, 11, 20, 8, 30), datetime(1899, 12, 30, 9, 15),
           "#DIV/0!", -2146826243, -2146826200, Decimal("1.5"), datetime(2026, 11, 20, 8, 29, 59, 999997), None, ""]
    assert conversion.row(raw) == (
        None, "张三", None, 5.0, True, date(2026, 11, 20), datetime(2026, 11, 20, 8, 30), time(9, 15), CellError("#DIV/0!"),
        CellError("#SPILL!"), CellError("#UNKNOWN!"), 1.5, datetime(2026, 11, 20, 8, 30))


def test_a_link_survives_quotes_in_names():
    assert conversion.link("J8", "王 姐's 表", "J8") == '=HYPERLINK("#\'王 姐\'\'s 表\'!J8","J8")'


class Refusal(Exception):
    """Shaped like pywin32's com_error."""

    def __init__(self, hresult: int, words: str = "", code: int = 0) -> None:
        super().__init__(hresult, words)
        self.hresult = hresult
        self.excepinfo = (0, "Microsoft Excel", words, "", 0, code) if code else None


@pytest.mark.parametrize("refusal, wanted", [
    (Refusal(-2147418111), "请按 Esc"), (Refusal(-2147352567, "", -2146777998), "请按 Esc"),
    (Refusal(-2147417848), "请重新打开"), (Refusal(-2147023174), "请重新打开")])
def test_an_excel_that_waits_or_is_gone_is_told_in_chinese(refusal, wanted):
    with pytest.raises(UserError, match=f"“台账.xlsm”没有处理。{wanted}"), faults.explained("台账.xlsm"):
        raise refusal


def test_what_a_clerk_cannot_mend_passes_as_it_came():
    for error in (Refusal(-2147352567, "1004", -2146827284), KeyError("x")):
        with pytest.raises(type(error)), faults.explained("台账.xlsm"):
            raise error


def test_a_refused_step_says_excels_own_words():
    refusal = Refusal(-2147352567, "不能更改数组的某一部分。", -2146827284)
    with pytest.raises(UserError) as raised, faults.refusable("“工作室”表的 A1 没有写入", "请再试一次。"):
        raise refusal
    assert str(raised.value) == "“工作室”表的 A1 没有写入，Excel 的答复是“不能更改数组的某一部分”。请再试一次。"
    for error in (Refusal(-2147418111), ValueError("x")):
        with pytest.raises(type(error)), faults.refusable("", ""):
            raise error


def _excel_saved(comment: str) -> bytes:
    """A workbook with a comment of ours as Excel stores what it was given: its user's name, a run for each font."""
    data = edit.apply(ledgers.rich(), [edit.Mark("工作室", 1, 2, ERROR, "@@")])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/comments") and b"@@" in part:
                part = part.decode().replace("<author>校验</author>", "<author>clerk</author>")
                start = part.index("<r>", part.index('<comment ref="C2"'))
                part = (part[:start] + comment + part[part.index("</text>", start):]).encode()
            target.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("comment, left", [
    ("<r><t>〔校验〕【错误】“</t></r><r><t>N/A</t></r><r><t>”请改。〔校验完〕</t></r>", None),
    ("<r><t>王姐：核过</t></r><r><t>\n〔校验〕【错误】“</t></r><r><t>x</t></r><r><t>”〔校验完〕</t></r>", "王姐：核过")])
def test_comments_that_excel_stored_for_us_come_off_a_file(comment, left):
    import openpyxl

    cleared = edit.apply(_excel_saved(comment), [edit.ClearMarks("工作室")])
    found = openpyxl.load_workbook(io.BytesIO(cleared))["工作室"]["C2"].comment
    assert (found and found.text) == left
