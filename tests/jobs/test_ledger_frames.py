"""笔记本用的表：与台账逐格相同，有类型，读不懂的格另列。"""

from datetime import date

import pandas
import pytest

import toolkit
from tests.jobs.test_due import book  # noqa: F401 - fixture
from tests.ledger.moving import studio
from toolkit.errors import UserError
from toolkit.forms.register_rows import ROWS
from toolkit.jobs.keeping import keeper
from toolkit.jobs.ledger_frames import UNREADABLE_CELLS
from toolkit.ledger.books import Books
from toolkit.regulation import in_force
from toolkit.returns.values import shown


def same(value, cell):
    if value is None:
        return pandas.isna(cell)
    if isinstance(value, date):
        return cell == pandas.Timestamp(value)
    return cell == shown(value) if isinstance(cell, str) else float(cell) == float(value)


def test_each_frame_equals_its_sheet(finished_demo):
    found = toolkit.frames(finished_demo.ledger)
    books = Books(keeper(finished_demo.ledger).load(in_force(date(2026, 11, 20))).standing)
    assert list(found) == [*(kind.sheet.name for kind in ROWS), UNREADABLE_CELLS]
    for kind in ROWS:
        frame, rows = found[kind.sheet.name], books.of(kind)
        assert list(frame.columns) == [field.header for field in kind.fields.values()]
        assert list(frame.index) == [row.record.row + 1 for row in rows]
        for row in rows:
            for header in frame.columns:
                assert same(row.record[header], frame.at[row.record.row + 1, header]), (kind.sheet.name, header)


def test_types_hold_in_an_empty_sheet_too(finished_demo):
    found = toolkit.frames(finished_demo.ledger)
    types = found["经费"].dtypes
    assert (str(types["日期"]), str(types["金额(元)"]), str(types["摘要"])) == ("datetime64[ns]", "Float64", "string")
    assert str(found["申报批次"].dtypes["年度"]) == "Int64"


def test_cells_that_cannot_be_read_are_na_and_listed(book):  # noqa: F811
    found = toolkit.frames(book(工作室=[studio(命名日期="前年春天", **{"补助额(元)": "十万上下", "备注": None})]))
    frame, unread = found["工作室"], found[UNREADABLE_CELLS]
    assert pandas.isna(frame["命名日期"].iloc[0]) and pandas.isna(frame["补助额(元)"].iloc[0]) and pandas.isna(frame["备注"].iloc[0])
    assert list(unread["栏目"]) == ["命名日期", "补助额(元)"] and list(unread["内容"]) == ["前年春天", "十万上下"]
    assert set(unread["表"]) == {"工作室"} and unread["单元格"].str.fullmatch(r"[A-Z]+\d+").all()


def test_no_ledger_is_said(tmp_path):
    with pytest.raises(UserError, match="找不到台账"):
        toolkit.frames(tmp_path / "没有.xlsm")
