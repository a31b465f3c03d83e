"""What a marked copy costs beside reading its original, by the number of looks in its style sheet."""

from __future__ import annotations

import io
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from toolkit.pages import marks
from toolkit.returns.findings import ERROR, Finding, Place
from toolkit.sheets import read

STYLES = (100, 10_000, 60_000)
ROUNDS = 5
ROWS, COLUMNS, ISSUES = 200, 20, 20
SHEET = "推荐汇总"
_LOOK = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment indent="{}"/></xf>'


def main() -> None:
    """Print milliseconds for reading a return and for reading and marking it, and the ratio."""
    print(f"标记副本（{ROWS} 行 × {COLUMNS} 列，{ISSUES} 条问题）")
    print(f"{'样式':>8}{'只读，毫秒':>10}{'读并标记':>8}{'倍数':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for count in STYLES:
            path = Path(folder) / f"{count}.xlsx"
            path.write_bytes(_return(count))
            reading, marking = _milliseconds(lambda path=path: read.workbook(path)), _milliseconds(lambda path=path: _marked(path))
            print(f"{count:8}{reading:14.1f}{marking:12.1f}{marking / reading:8.1f}")


def _milliseconds(task: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        task()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _marked(path: Path) -> None:
    findings = [Finding("C", ERROR, "第七条", Place(path.name, SHEET, f"B{row}", "单位"), "", "单位没有填。请补上。")
                for row in range(2, 2 + ISSUES)]
    marks.write_marked(path, read.workbook(path), findings, {SHEET: 0}, path.with_name("标记.xlsx"))


def _return(styles: int) -> bytes:
    """A return with this many cell styles, as a workbook has them that was copied from for years."""
    target, copied = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet(SHEET)
        for row in range(ROWS):
            sheet.write_row(row, 0, [f"第{row}行{column}" for column in range(COLUMNS)])
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(copied, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/styles.xml":
                part = part.replace(b"</cellXfs>", "".join(map(_LOOK.format, range(styles))).encode() + b"</cellXfs>")
            new.writestr(name, part)
    return copied.getvalue()


if __name__ == "__main__":
    main()
