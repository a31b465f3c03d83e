"""Whatever shape a workbook has: every edit leaves it whole, and leaves alone what it does not concern."""

import re
import zipfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from lxml import etree

from tests.office import convert_all
from tests.sheets import ledgers, shapes
from tests.sheets.soundness import assert_whole, by_openpyxl, complaints, parts
from toolkit.returns.findings import ERROR, QUERY
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
    SetValidation,
    SetWidth,
    Style,
    Validation,
    apply,
)
from toolkit.sheets.ooxml.workbook import Workbook

MADE = shapes.all_but_office()
TEXT = "写入的字 <&>"
LOOK = Style(fill="#FFC7CE", wrap=True, center=True, line="#999999")
CONCERNED = re.compile(r"\[Content_Types\].xml|_rels/.*\.rels|xl/_rels/.*|xl/workbook.*|xl/styles.*|docProps/custom.*|xl/calcChain.xml"
                       r"|xl/(?:worksheets|tables|comments|drawings/\w*Drawing\d*\.vml).*", re.I)


def edits(sheet: str, last: int) -> dict[str, list]:
    """Every kind of edit, on one sheet whose last row is `last`."""
    return {
        "日期": [SetCell(sheet, 1, 1, date(2026, 11, 26)), SetCell(sheet, 40, 7, date(2026, 11, 26))],
        "时刻": [SetCell(sheet, 1, 2, datetime(2026, 11, 26, 8, 30)), SetCell(sheet, 2, 2, time(8, 30)), SetCell(sheet, 2, 3, timedelta(hours=30))],
        "数": [SetCell(sheet, 1, 2, Decimal("100000.00")), SetCell(sheet, 2, 2, -1.5e-7), SetCell(sheet, 0, 9, True)],
        "字": [SetCell(sheet, 1, 1, TEXT), SetCell(sheet, 5, 1, "\x01 两\n行 _x0041_")],
        "公式": [SetCell(sheet, 1, 2, Formula("=SUM(C3:C9)", 1)), SetCell(sheet, 7, 1, None)],
        "外观": [SetCell(sheet, 1, 12, TEXT, like=LOOK), SetWidth(sheet, 12, 30), RaiseRow(sheet, 1, 60)],
        "下拉": [SetValidation(sheet, 14, (1, 30), Validation("list", first='"是,<否>"', input_title="选", error_message="请从下拉框选择。"))],
        "标记": [Mark(sheet, 1, 1, ERROR, "“李工”重复。请核对。"), Mark(sheet, 8, 2, QUERY, "金额 <偏大>。\n请核对。")],
        "追加": [AppendRows(sheet, last + 1, [{0: "G-003", 1: TEXT, 3: date(2026, 1, 2)}, {0: "G-004", 2: 5}], pattern=2)],
        "清单": [AddSheet("问题清单", "标题", ("序号", "级别", "单元格"), (6, 8, 10), ((1, ERROR, Link("B2", sheet, "B2")),), ("说明",))],
        "属性": [SetProperty("form", "总<&>账"), SetProperty("新", TEXT)]}


def target(data: bytes) -> tuple[str, int]:
    book = Workbook(data)
    name = next(entry.name for entry in book.sheets() if entry.holds_cells)
    return name, min(book.sheet(name).last_row(), 1000)


def tags(part: bytes) -> Counter:
    """How often each element stands in a part, the rows' own aside."""
    return Counter(element.tag for element in etree.fromstring(part).iter("{*}*")
                   if etree.QName(element).localname not in ("c", "v", "f", "is", "t", "r", "rPr", "dimension"))


def assert_kept(before: bytes, after: bytes) -> None:
    """Nothing is gone: parts that no edit concerns are the same bytes, the others hold what they held."""
    old, new = ledgers.raw_members(before), ledgers.raw_members(after)
    gone = {name for name in old.keys() - new.keys() if "calcChain" not in name}
    assert not gone
    changed = {name for name in old.keys() & new.keys() if old[name] != new[name]}
    assert not {name for name in changed if not CONCERNED.fullmatch(name)}
    was, now = parts(before), parts(after)
    for name in changed:
        if now.keys() >= was.keys():  # with the calculation chain go the words about it
            assert not tags(was[name]) - tags(now[name]), name


def check(before: bytes) -> bytes:
    """Make every edit by itself, then all together; the workbook with all of them."""
    kinds = edits(*target(before))
    opens = _opens(before)
    for changes in kinds.values():
        after = apply(before, changes)
        assert_whole(after)
        assert_kept(before, after)
        if opens:
            by_openpyxl(after)
    together = apply(before, [change for changes in kinds.values() for change in changes])
    assert_whole(together)
    assert not complaints(together) - complaints(before)
    marked = apply(before, kinds["标记"])
    cleared = apply(marked, [ClearMarks(target(before)[0])])
    assert_whole(cleared)
    assert parts(cleared).keys() == parts(before).keys() | {"xl/styles.xml"}
    return together


def _opens(data: bytes) -> bool:
    try:
        by_openpyxl(data)
    except Exception:  # openpyxl gives up in many ways
        return False
    return True


@pytest.mark.parametrize("name", MADE)
def test_every_edit_leaves_every_shape_whole(name):
    check(MADE[name]())


def test_there_are_many_shapes():
    assert len(MADE) >= 60


def test_what_libreoffice_writes_can_be_edited_and_libreoffice_opens_every_shape(tmp_path):
    folder, out = tmp_path / "改", tmp_path / "开"
    folder.mkdir()
    for number, (name, data) in enumerate({**{name: make() for name, make in MADE.items()}, **shapes.by_office(tmp_path)}.items()):
        made = check(data) if name.startswith("LibreOffice") else _all_edits(data)
        (folder / f"{number:03}.xlsx").write_bytes(made)
    opened = convert_all(sorted(folder.iterdir()), "ods", out)
    lost = [path.name for path in opened if "写入的字" not in zipfile.ZipFile(path).read("content.xml").decode()]
    assert not lost


def _all_edits(data: bytes) -> bytes:
    return apply(data, [change for changes in edits(*target(data)).values() for change in changes])
