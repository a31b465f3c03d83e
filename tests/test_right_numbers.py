"""Every workbook that is written shows what its formulas give: LibreOffice recalculates and finds none different."""

from datetime import datetime

import pytest

from tests.recalculated import differences, formulas, uncached
from toolkit.demo.demo import demo
from toolkit.demo.demo_years import FOLDER
from toolkit.forms import FORMS
from toolkit.jobs import export, merge, new
from toolkit.jobs.keeping import FileKeeper
from toolkit.pages import register
from toolkit.pages.layout import FIRST_ROW
from toolkit.regulation import in_force
from toolkit.resources import workbook_template
from toolkit.sheets.edit import Formula, SetCell, apply
from toolkit.sheets.grid import CellRef
from toolkit.sheets.recalculate import refresh

STALE = {("看板", "B3")}
"""Shipped and new ledgers say no day: whoever opens them has another one. Written ledgers say it."""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The folder of a demonstration of today: the formulas with TODAY() are LibreOffice's too."""
    folder = tmp_path_factory.mktemp("演示")
    list(demo(folder, datetime.now()))
    return folder


KINDS = {"台账": "工作室管理台账.xlsm", "改过的台账": "期满考核/工作室管理台账.xlsm", "报表": "区县报表_*/天山区*.xlsx", "标记副本": "合并结果/标记副本/新市区*.xlsx",
         "补报的标记副本": "合并结果/标记副本/达坂城区*补报*.xlsx", "评分表": "期满考核/评分表/赵*.xlsm", "改动过的评分表": "期满考核/评分表/孙*.xlsm",
         "评分表的标记副本": "期满考核/考核结果/标记副本/孙*.xlsm", "考核汇总表": "期满考核/考核结果/天山区*.xlsx",
         "申报工作簿": "天山区申报_*/申报工作簿/钱*.xlsx", "汇入的推荐汇总表": "天山区申报_*/天山区*.xlsm",
         "新建的评审表决": "评审/评审表决_*.xlsm", "评审表决": "评审/评审报表/评审表决_*.xlsx", "评审表决的标记副本": "评审/评审结果/标记副本/评审表决_*_校验.xlsx"}


@pytest.mark.parametrize("kind", KINDS)
def test_written_workbooks_show_right_numbers(written, tmp_path, kind):
    path, = written.glob(KINDS[kind])
    data = path.read_bytes()
    assert uncached(data) == []
    assert differences(data, tmp_path) == {}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_shipped_and_new_workbooks_show_right_numbers(tmp_path, form):
    shipped = workbook_template(form.name).read_bytes()
    made = new.new(form.name, "天山区" if "{district}" in form.file_name else None, 2026, tmp_path)[0].read_bytes()
    for data in (shipped, made):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        assert uncached(data) == []
        assert differences(data, folder).keys() <= STALE
    assert {(gap.spot.sheet, gap.spot.address) for gap in refresh(shipped).gaps if gap.spot.address == "B3"} <= STALE


def test_the_overview_is_filled_in_after_a_merge(written):
    book = register.load(written / "工作室管理台账.xlsm", in_force(datetime.now().date())).book
    overview = next(grid for grid in book.grids if grid.name == "看板")
    assert not overview.uncached and str(datetime.now().year) in str(overview.rows[1][3])
    assert overview.rows[4][4] > 10, "本年申报"


def test_undoing_leaves_right_numbers(written, tmp_path):
    place = tmp_path / "台账.xlsm"
    place.write_bytes((written / "工作室管理台账.xlsm").read_bytes())
    for name in ("备份", "归档"):
        (tmp_path / name).mkdir()
    ledger = register.load(place, in_force(datetime.now().date()))
    FileKeeper(place).write(ledger, [SetCell("工作室", FIRST_ROW, 0, "2026-99")], datetime.now())
    merge.undo(place, datetime.now())
    assert uncached(place.read_bytes()) == [] and differences(place.read_bytes(), tmp_path / "备份") == {}


def test_what_is_sent_in_shows_right_numbers(written, tmp_path):
    path, = written.glob(KINDS["评分表"])
    stale = apply(path.read_bytes(), [SetCell("经费到位", FIRST_ROW, 2, 1)])
    sent = export.export(stale, tmp_path / "报送.xlsx").read_bytes()
    (tmp_path / "算").mkdir()
    assert differences(sent, tmp_path / "算") == {} and formulas(sent)


def test_formulas_that_people_added_stay_and_keep_what_cannot_be_computed(written, tmp_path):
    place = tmp_path / "台账.xlsm"
    added = {(30, "IFERROR(VLOOKUP(A6,工作室!A:B,2,FALSE),\"无\")", "无"), (31, "SUMPRODUCT(1/COUNTIF(B6:B9,B6:B9))", 4), (32, "AE7*2", 8)}
    cells = [SetCell("申报批次", 5 + number, 30 + 8, Formula(text, cached)) for number, (_, text, cached) in enumerate(sorted(added))]
    place.write_bytes(apply((written / "工作室管理台账.xlsm").read_bytes(), cells))
    ledger = register.load(place, in_force(datetime.now().date()))
    FileKeeper(place).write(ledger, [SetCell("工作室", FIRST_ROW, 0, "2026-99")], datetime.now())
    done = refresh(place.read_bytes(), on=datetime.now().date())
    assert {gap.why for gap in done.gaps} == {"COUNTIF(:)"} and done.gaps[0].spot == CellRef("申报批次", 6, 38)
    grid = next(grid for grid in register.load(place, in_force(datetime.now().date())).book.grids if grid.name == "申报批次")
    assert [grid.rows[row][38] for row in (5, 6)] == ["无", 4]


def test_every_workbook_with_formulas_is_looked_at(written):
    """A kind of workbook that nobody looked at would be a hole in this test."""
    folders = {path.parent for pattern in KINDS.values() for path in written.glob(pattern)}
    others = {path for path in written.rglob("*.xls[xm]") if path.parent not in folders and path.parent.name not in ("备份", "写入后", "归档")
              and FOLDER not in path.parts}  # 以后三年：同样的几种表，台账由 test_demo_years 重算
    assert others and [path.name for path in others if formulas(path.read_bytes())] == []
