"""A ledger of twenty years with sixty studios each, beside an empty one: merging a year's returns, due, 看板. What is told is the difference.

The years are those of the demonstration, repeated with other people, units and numbers. Seconds are those of the processor.
"""

from __future__ import annotations

import gc
import io
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl

from benchmarks.corpus import FOLDER, SYLLABLES
from tests.returns.make import credit_code, id_number
from toolkit.demo.demo import demo
from toolkit.demo.demo_returns import invented_returns
from toolkit.demo.demo_years import FOLDER as WALKED
from toolkit.forms import LEDGER
from toolkit.forms.register_rows import ArrangementRow, FundRow, StudioRow, YearlyRow
from toolkit.jobs import merge as merging
from toolkit.jobs.due import due
from toolkit.jobs.keeping import finished
from toolkit.ledger import overview
from toolkit.ledger.arrangements import days_off
from toolkit.ledger.books import Books
from toolkit.ledger.ledger_rows import FINGERPRINT, LedgerRow, fingerprint
from toolkit.ledger.plan import Plan
from toolkit.pages import board_cells, register
from toolkit.regulation import in_force
from toolkit.resources import workbook_template

BEGAN, YEARS, STUDIOS = datetime(2026, 11, 20, 9), 20, 60
NOW = BEGAN.replace(year=BEGAN.year + YEARS)
LAW = in_force(NOW.date())
WANTED = 3  # seconds more than with an empty ledger, at most
BOOK = f"{LEDGER.name}.xlsm"
ROUNDS = 3
_LEFT = ("参数", "操作日志", "冲突", "提示说明")
_MANY = {FundRow: 5, YearlyRow: 3}  # rows a studio has at the end of its term
_NUMBER = re.compile(r"(\d{4})-(\d{2,})")
_ISSUED = re.compile(r"〔(\d{4})〕(\d+)号")


def old_ledger() -> Path:
    """The ledger with everything in it, made once and kept."""
    kept = FOLDER / f"{YEARS}年.xlsm"
    if not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            list(demo(Path(folder), BEGAN))
            walked = register.load(Path(folder) / WALKED / BOOK, LAW)
        kept.parent.mkdir(parents=True, exist_ok=True)
        opened = register.load(workbook_template(LEDGER.name), LAW)
        copies = -(-YEARS * STUDIOS // len(walked.standing.records(StudioRow.sheet.name)))
        added = [row for copy in range(copies) for row in _Copy(walked, copy, copy * YEARS // copies).rows()]
        entry = register.Entry(NOW, "量速度", "测", "测", "测")
        kept.write_bytes(finished(opened.data, register.edits(opened, Plan(added=added), entry, LAW), kept.name, NOW.date()))
    return kept


class _Copy:
    """The rows of the demonstration's ledger once more: `later` years on, with people, units and numbers of their own."""

    def __init__(self, walked: register.Ledger, copy: int, later: int) -> None:
        self.walked, self.copy, self.later = walked, copy, later
        studios = walked.standing.records(StudioRow.sheet.name)
        mark = SYLLABLES[copy % 30] + SYLLABLES[copy // 30]
        self.words: dict[str, str] = {str(record.values[header]): str(record.values[header]) + mark
                                      for record in walked.standing.records("申报批次") for header in ("领办人", "申办单位")}
        self.numbered = {str(record.values[StudioRow.number.header]) for record in studios}
        self.found: dict[str, str] = {}

    def rows(self) -> Iterator[LedgerRow]:
        """Every row; money and evaluations for each studio, where the demonstration shows some."""
        for sheet, table in self.walked.standing.tables.items():
            if sheet in _LEFT or (sheet == ArrangementRow.sheet.name and self.copy * YEARS % STUDIOS >= YEARS):
                continue
            for record in table.records:
                yield self._row(sheet, record.values)
        for kind, count in _MANY.items():
            one = self.walked.standing.records(kind.sheet.name)[0].values
            for record in self.walked.standing.records(StudioRow.sheet.name):
                whose = {StudioRow.number.header: record.values[StudioRow.number.header], StudioRow.name.header: record.values[StudioRow.name.header]}
                for number in range(count):
                    more = {FundRow.voucher.header: f"{record.row}-{number}"} if kind is FundRow else {YearlyRow.year.header: BEGAN.year + number}
                    yield self._row(kind.sheet.name, {**one, **whose, **more})

    def _row(self, sheet: str, values: Mapping[str, object]) -> LedgerRow:
        made = {header: self._cell(header, value) for header, value in values.items() if value is not None}
        table = LEDGER.sheet(sheet)
        if FINGERPRINT in made:
            made[FINGERPRINT] = fingerprint(made, table)
        return LedgerRow(sheet, tuple(made.get(header) for header in table.key), made)

    def _cell(self, header: str, value: object) -> object:
        if isinstance(value, date):
            return value.replace(year=value.year + self.later, day=min(value.day, 28))
        if header == "年度" and isinstance(value, int | str):
            return type(value)(int(value) + self.later)
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        if re.fullmatch(r"\d{17}[\dX]", text):
            return self.found.setdefault(text, id_number(date(1960 + self.copy % 30, 1 + self.copy // 30, 1), "男", len(self.found)))
        if re.fullmatch(r"9165\w{14}", text):
            return self.found.setdefault(text, credit_code(self.copy * 100 + len(self.found)))
        if (number := _NUMBER.fullmatch(text)) and text in self.numbered:
            return f"{int(number[1]) + self.later}-{self.copy * 20 + int(number[2]):02d}"
        text = _ISSUED.sub(lambda found: f"〔{int(found[1]) + self.later}〕{int(found[2]) + self.copy * 40}号", text)
        for old, new in self.words.items():
            text = text.replace(old, new)
        return text


def _merged(ledger: Path, folder: Path) -> None:
    merging.merge(merging.order_for(folder / "报表", NOW.year, ledger=ledger, out=folder / "结果"), NOW)


def _due(ledger: Path, folder: Path) -> None:
    due(ledger, NOW.date())


def _board(ledger: Path, folder: Path) -> None:
    books = Books(register.load(ledger, LAW).standing)
    board_cells.edits(overview.of_books(books, LAW, NOW.date(), days_off(books, LAW)), LAW, NOW)


def _timed(task: Callable[[Path, Path], None], ledger: Path) -> float:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "报表").mkdir()
        for name, data in invented_returns(LAW, NOW.year, NOW.date()):
            (folder / "报表" / name).write_bytes(data)
        copied = Path(shutil.copy(ledger, folder / BOOK))
        gc.collect()
        began = time.process_time()
        task(copied, folder)
        return time.process_time() - began


def _opened(ledger: Path) -> float:
    """Seconds that openpyxl takes to open the ledger and save it as it is."""
    began = time.process_time()
    book = openpyxl.load_workbook(ledger)
    book.save(io.BytesIO())
    return time.process_time() - began


def main() -> None:
    """Print the seconds of each task on both ledgers, beside what openpyxl takes for no task at all."""
    old, empty = old_ledger(), workbook_template(LEDGER.name)
    held = register.load(old, LAW).standing.tables
    usual = _opened(old)
    print(f"{YEARS}年的台账：{len(held[StudioRow.sheet.name].records)}个工作室，共{sum(len(table.records) for table in held.values())}行；"
          f"openpyxl 打开再存 {usual:.1f} 秒")
    for name, task in (("合并一年的报表", _merged), ("到期提醒", _due), ("看板", _board)):
        seconds = [min(_timed(task, ledger) for _ in range(ROUNDS)) for ledger in (empty, old)]
        more = seconds[1] - seconds[0]
        print(f"{name}　空台账 {seconds[0]:.2f} 秒，{YEARS}年的 {seconds[1]:.2f} 秒，多 {more:.2f} 秒（要求不超过 {WANTED}），"
              f"是 openpyxl 打开再存的 {more / usual:.0%}", flush=True)


if __name__ == "__main__":
    main()
