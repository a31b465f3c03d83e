"""Buttons: from the click to the marks beside bare Python; a large table in blocks beside cell by cell.

LibreOffice stands for Excel. What the macro itself takes (about a tenth of a second) is not in it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus
from benchmarks.latency import seconds

RUNS = 7
ROWS, COLUMNS, SINGLE = 3_000, 30, 300  # SINGLE: cells written one by one, of which the rest is reckoned
_CLICK = """
import sys
from tests.lo_engine.xlwings_engine import install
app = install(int(sys.argv[1]))
app.books[sys.argv[2]].set_mock_caller()
import toolkit.buttons
toolkit.buttons.check()
"""


def main() -> None:
    """Interleaved runs of the click; then one large write."""
    from tests.lo_engine.soffice import Soffice
    from tests.lo_engine.xlwings_engine import install

    with tempfile.TemporaryDirectory() as folder, Soffice(Path(folder)) as office:
        app = install(office.port)
        path = Path(folder) / "报表.xlsx"
        path.write_bytes(corpus.returns(1, corpus.SMALL)[0].read_bytes())
        book = app.books.open(path)
        clicks = [(seconds("-c", "pass"), _clicked(office.port, book.name)) for _ in range(RUNS)]
        assert "问题清单" in [sheet.name for sheet in book.sheets], "校验没有写回打开的报表"
        bare, click = (statistics.median(column) for column in zip(*clicks, strict=True))
        print(f"按“校验”到标好一份30行的报表：{click * 1000:.0f} 毫秒；空跑 Python：{bare * 1000:.0f} 毫秒；比值 {click / bare:.1f}")
        blocks, one_by_one, calls = _large_write(app)
        print(f"写 {ROWS} 行 × {COLUMNS} 列：{blocks:.1f} 秒，调用 {calls} 次；逐格写约 {one_by_one:.0f} 秒；比值 {one_by_one / blocks:.0f}")


def _clicked(port: int, name: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", _CLICK, str(port), name], check=True, capture_output=True)
    return time.perf_counter() - began


def _large_write(app) -> tuple[float, float, int]:
    """Seconds in blocks, seconds cell by cell (reckoned), calls in blocks."""
    from tests.lo_engine.objects import calls
    from toolkit.sheets.edit import AppendRows
    from toolkit.sheets.live import OpenBook

    book = app.books.add()
    rows = [{column: [f"650102{row:012}", "乌鲁木齐市", 100.5][column % 3] for column in range(COLUMNS)} for row in range(ROWS)]
    calls.clear()
    began = time.perf_counter()
    OpenBook(book).apply([AppendRows(book.sheets[0].name, 0, rows)])
    blocks, asked = time.perf_counter() - began, calls.total()
    began = time.perf_counter()
    for row in range(SINGLE):
        book.sheets[0].range((ROWS + row + 1, 1)).value = "乌鲁木齐市"
    one = (time.perf_counter() - began) / SINGLE
    book.close()
    return blocks, one * ROWS * COLUMNS, asked


if __name__ == "__main__":
    main()
