"""Reading, checking and merging many returns into a fresh ledger: ours beside openpyxl and pandas throughout.

The rules, the parsing and the plan are the same code in all three; what differs is how workbooks are read and written.
"""

from __future__ import annotations

import io
import sys
import time
import warnings
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from benchmarks import corpus
from toolkit.forms import LEDGER, RECOMMENDATION
from toolkit.jobs import workers
from toolkit.ledger import plan, versions
from toolkit.pages import register
from toolkit.regulation import in_force
from toolkit.resources import workbook_template
from toolkit.returns import checks, standing
from toolkit.returns.parse import Parser
from toolkit.returns.records import Return
from toolkit.sheets import edit
from toolkit.sheets.grid import Book, Grid
from toolkit.sheets.recalculate import refresh

NOW = datetime(2026, 11, 20, 9)
LAW = in_force(NOW.date())
SHEETS = [sheet.name for sheet in RECOMMENDATION.sheets]


def parsed(books: Iterable[Book]) -> Iterable[Return]:
    """Books as returns, judged one by one."""
    parser = Parser(LAW, (RECOMMENDATION,))
    for book in books:
        source = parser.read(book)
        checks.alone(source, LAW)
        yield source


def planned(returns: Iterable[Return], opened: standing.Standing) -> plan.Plan:
    """Everything between reading and writing."""
    # 虚构的报表多于八个区（县）：各算一份，不按补报处理。
    choices = [versions.Choice(source) for source in returns]
    checked = checks.run([choice.chosen for choice in choices], LAW, opened)
    return plan.build(choices, checked, opened, LAW)


def ours(paths: list[Path]) -> int:
    """calamine in, zip parts out, every formula computed; the others leave theirs to Excel."""
    opened = register.load(workbook_template(LEDGER.name), LAW)
    done = planned((source for _, source in workers.judged(paths, LAW)), opened.standing)
    entry = register.Entry(NOW, "合并区县报表", "测", "测", "测")
    refresh(edit.apply(opened.data, register.edits(opened, done, entry, LAW)), on=NOW.date())
    return len(done.added)


def with_openpyxl(paths: list[Path]) -> int:
    """openpyxl in, openpyxl out."""
    import openpyxl

    def books() -> Iterable[Book]:
        for path in paths:
            book = openpyxl.load_workbook(path, data_only=True)
            yield Book(path.name, tuple(Grid(name, tuple(book[name].iter_rows(values_only=True))) for name in SHEETS))

    done, table = planned(parsed(books()), standing.Standing()), workbook_template(LEDGER.name)
    book = openpyxl.load_workbook(table)
    for row in done.added:
        sheet = book[row.sheet]
        sheet.append([row.values.get(header) for header in LEDGER.sheet(row.sheet).headers])
    book.save(io.BytesIO())
    return len(done.added)


def with_pandas(paths: list[Path]) -> int:
    """pandas over openpyxl in, pandas out."""
    import pandas

    def books() -> Iterable[Book]:
        for path in paths:
            frames = pandas.read_excel(path, sheet_name=SHEETS, header=None, dtype=object)
            yield Book(path.name, tuple(
                Grid(name, tuple(tuple(None if pandas.isna(value) else value for value in row)
                                 for row in frame.itertuples(index=False))) for name, frame in frames.items()))

    done = planned(parsed(books()), standing.Standing())
    with pandas.ExcelWriter(io.BytesIO(), engine="openpyxl") as writer:
        for sheet in {row.sheet for row in done.added}:
            pandas.DataFrame([row.values for row in done.added if row.sheet == sheet]).to_excel(writer, sheet_name=sheet)
    return len(done.added)


def main(count: int = 500) -> None:
    """The standard measure (30 rows a return), and a smaller number of large returns."""
    warnings.simplefilter("ignore")
    _compare(corpus.returns(count, corpus.SMALL), f"每份30行，共{count * 30}行")
    _compare(corpus.returns(count // 5, corpus.LARGE), f"每份165行，共{count // 5 * 165}行")


def _compare(paths: list[Path], size: str) -> None:
    """Time the three on the same files in one run and print the ratios."""
    print(f"读取、校验、合并 {len(paths)} 份报表（{size}）")
    seconds, rows = {}, set()
    for name, run in (("本工具", ours), ("openpyxl 全程", with_openpyxl), ("pandas＋openpyxl", with_pandas)):
        began = time.perf_counter()
        rows.add(run(paths))
        seconds[name] = time.perf_counter() - began
        print(f"  {name:16s} {seconds[name]:8.2f} 秒　{seconds[name] / seconds['本工具']:.1f} 倍", flush=True)
    assert len(rows) == 1, f"三种读法入账行数不同：{rows}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
