"""Filling one 期满考核评分表 with 60 cells and computing it, beside openpyxl loading, filling in and saving the same template."""

from __future__ import annotations

import gc
import io
import statistics
import time
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

from toolkit.forms import ASSESSMENT
from toolkit.forms.assessment import ACTIVITIES, FUNDS, ROSTER
from toolkit.pages.layout import FIRST_ROW
from toolkit.resources import workbook_template
from toolkit.sheets.ooxml.cellxml import CellValue
from toolkit.sheets.recalculate import CellRef, Filler, refresh

ROUNDS, FILLS = 7, 10
WANTED = 20
BEGINS = date(2024, 12, 1)


def main() -> None:
    """Print milliseconds a workbook and the ratio, and how many parts of the template stay as they are."""
    shipped = workbook_template(ASSESSMENT.name).read_bytes()
    fresh = refresh(shipped).data
    filler = Filler(fresh, ASSESSMENT.name)
    formulas = sum(len(sheet.formulas) for sheet in filler.sheets.values())
    print(f"期满考核评分表：填 {len(cells(filler, 0))} 格，重算 {formulas} 个公式，每份")
    ours, theirs = interleaved(lambda number: filler.fill(cells(filler, number)).data, lambda number: by_openpyxl(shipped, cells(filler, number)))
    print(f"{'改单元格并重算（模板拆开一次）':24}{ours:8.2f} 毫秒")
    print(f"{'openpyxl 读、填、存（不重算）':24}{theirs:8.2f} 毫秒")
    print(f"快 {theirs / ours:.1f} 倍（要求 {WANTED}）；原样保留的部件 {_kept(fresh, filler.fill(cells(filler, 1)).data)}")


def cells(filler: Filler, number: int) -> dict[CellRef, CellValue]:
    """What the ledger and a district fill in: facts, trainees, money, meetings."""
    found: dict[CellRef, CellValue] = {
        filler.spots[name]: value for name, value in {
            "fact_studio_no": f"2024-{number:02d}", "fact_studio": f"示例{number}焊工技能大师工作室", "fact_leader": f"示例{number}",
            "fact_unit": "示例机械有限公司", "fact_district": "天山区", "fact_from": BEGINS, "fact_date": date(2026, 10, 20),
            "in_team": 3, "in_venue_sqm": 50 + number, "in_research_1": 2.5}.items()}
    for row in range(4):
        day = BEGINS + timedelta(days=60 * row + number)
        found |= _row(ROSTER, row, {
            "师傅": "示例", "徒弟姓名": f"徒弟{row}", "身份证号": f"6501021995030400{row}X", "工种": "焊工", "入门时等级": "中级工",
            "协议编号": "XY-1", "协议日期": BEGINS, "取得等级": "高级工", "证书编号": "S1", "发证日期": day})
        if row < 2:
            found |= _row(FUNDS, row, {"日期": day, "来源": "单位配套", "金额(元)": 40000 + number, "凭证号": f"记{row}"})
            found |= _row(ACTIVITIES, row, {"日期": day, "类型": "交流", "主题": f"交流会{row}", "范围": "行业"})
    return found


def _row(sheet, row: int, values: dict[str, CellValue]) -> dict[CellRef, CellValue]:
    return {CellRef(sheet.name, FIRST_ROW + row, sheet.headers.index(header)): value for header, value in values.items()}


def by_openpyxl(shipped: bytes, values: dict[CellRef, CellValue]) -> bytes:
    """Load, fill in, save; nothing is computed."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(shipped))
    for spot, value in values.items():
        book[spot.sheet].cell(spot.row + 1, spot.column + 1).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def interleaved(*ways: Callable[[int], bytes]) -> list[float]:
    """Median milliseconds of each way, taken in turn so that a busy machine slows all alike."""
    taken: list[list[float]] = [[] for _ in ways]
    for way in ways:
        way(0)
    for turn in range(ROUNDS):
        for times, way, count in zip(taken, ways, (FILLS, 1), strict=True):
            gc.collect()
            began = time.perf_counter()
            for number in range(count):
                way(turn * FILLS + number)
            times.append((time.perf_counter() - began) * 1000 / count)
    return [statistics.median(times) for times in taken]


def _kept(before: bytes, after: bytes) -> str:
    """How many parts are the same bytes; ends where one is gone."""
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    if old.namelist() != new.namelist():
        raise SystemExit("部件不全")
    same = sum(old.read(name) == new.read(name) for name in old.namelist())
    return f"{same}/{len(old.namelist())}"


if __name__ == "__main__":
    main()
