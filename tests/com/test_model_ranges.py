"""Ranges of the stand-in where its answers need more than a look."""

import pytest

from tests.com.model.application import Application
from tests.lo_engine.answers import Answers

_DOWN, _UP, _LEFT, _RIGHT = -4121, -4162, -4159, -4161


@pytest.fixture
def sheet():
    application = Application(Answers())
    book = application.Workbooks.Add()
    sheet = book.Worksheets(1)
    for address in ("B2", "B3", "B4", "B7", "C2", "D2", "F2"):
        sheet.Range(address).Value = 1
    yield sheet
    book.Close()


@pytest.mark.parametrize("start, direction, end", [
    ("B2", _DOWN, "B4"), ("B4", _DOWN, "B7"), ("B5", _DOWN, "B7"), ("B7", _DOWN, "B1048576"), ("B1", _DOWN, "B2"),
    ("B7", _UP, "B4"), ("B4", _UP, "B2"), ("B2", _UP, "B1"), ("B1", _UP, "B1"),
    ("B2", _RIGHT, "D2"), ("D2", _RIGHT, "F2"), ("F2", _RIGHT, "XFD2"), ("F2", _LEFT, "D2"), ("D2", _LEFT, "B2"), ("B2", _LEFT, "A2"),
    ("B2:C3", _DOWN, "B4"),
])
def test_the_end_of_a_range_is_where_ctrl_and_the_arrow_lead(sheet, start, direction, end):
    assert sheet.Range(start).End(direction).GetAddress(False, False) == end
