"""The demonstration's .xls is one: our own reader and LibreOffice read the same values out of it."""

from datetime import date

import pytest
import python_calamine

from tests import office
from toolkit.demo.old_excel import as_xls
from toolkit.sheets import read
from toolkit.sheets.grid import Grid

GRIDS = (Grid("推荐汇总", (("标题", None, "甲𠮷"), (), (1, 2.5, True, date(2026, 11, 20)), ("650102199001011234", "换\n行", "x" * 4_000))),
         Grid("空表", ()), Grid("第三张", ((None,) * 200 + ("远",),)))


def test_it_is_read_back_as_it_was():
    book = read.from_bytes(as_xls(GRIDS), "旧.xls")
    assert [grid.name for grid in book.grids] == [grid.name for grid in GRIDS]
    assert book.grids[0].rows[2][:4] == (1, 2.5, True, date(2026, 11, 20)) and book.grids[0].rows[0] == ("标题", None, "甲𠮷")
    assert book.grids[0].rows[3][:3] == GRIDS[0].rows[3] and book.grids[2].rows[0][200] == "远"


def test_libreoffice_reads_it(tmp_path):
    (tmp_path / "旧.xls").write_bytes(as_xls(GRIDS))
    out = tmp_path / "out"
    out.mkdir()
    book = python_calamine.CalamineWorkbook.from_path(str(office.convert(tmp_path / "旧.xls", "xlsx", out)))
    rows = book.get_sheet_by_name("推荐汇总").to_python()
    assert rows[2][:4] == [1, 2.5, True, date(2026, 11, 20)] and rows[3][:2] == ["650102199001011234", "换\n行"]


def test_a_text_that_one_record_cannot_hold_is_no_cell():
    with pytest.raises(ValueError, match="x"):
        as_xls((Grid("一", (("x" * 5_000,),)),))
