"""How fast returns are read, beside other readers and the floor (unzip + expat without handlers)."""

from __future__ import annotations

import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

import xlsxwriter

from toolkit.sheets import read

FILES = 100
ROUNDS = 5
ROWS = 30
READY_ROWS = 200  # a standard return is formatted this far down, filled or not
SLOW = ("pandas + openpyxl", "openpyxl")


def main() -> None:
    """Print milliseconds a file and ratios for a plain return and for one built as the standard workbooks are."""
    with tempfile.TemporaryDirectory() as folder:
        for title, make in (("30 行 × 20 列，一张表", _plain), ("30 行，四张表，预置格式和公式到 200 行", _standard)):
            paths = [Path(folder) / f"{make.__name__}{number:03}.xlsx" for number in range(FILES)]
            for number, path in enumerate(paths):
                make(path, number)
            _print(title, _measured(paths))


def _print(title: str, milliseconds: dict[str, float]) -> None:
    floor, bare = milliseconds["解压 + expat"], milliseconds["python-calamine"]
    print(f"读取 {FILES} 个文件（{title}）")
    print(f"{'':24}{'毫秒/个':>8}{'÷ 底线':>8}{'÷ calamine':>11}")
    for name, value in milliseconds.items():
        print(f"{name:24}{value:10.2f}{value / floor:10.1f}{value / bare:12.2f}")


def _measured(paths: list[Path]) -> dict[str, float]:
    """Milliseconds a file by reader: medians of ROUNDS interleaved rounds (slow readers take every tenth file)."""
    readers: dict[str, Callable[[list[Path]], object]] = {
        "解压 + expat": _each(_floor), "python-calamine": _each(_calamine), "toolkit": _each(read.workbook),
        "toolkit，成批": lambda some: [book for _path, book in read.workbooks(some)],
        "pandas + openpyxl": _each(_pandas), "openpyxl": _each(_openpyxl)}
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for reader in readers.values():
        reader(paths[:2])
    for _ in range(ROUNDS):
        for name, reader in readers.items():
            some = paths[::10] if name in SLOW else paths
            began = time.perf_counter()
            reader(some)
            taken[name].append((time.perf_counter() - began) * 1000 / len(some))
    return {name: statistics.median(values) for name, values in taken.items()}


def _each(reader: Callable[[Path], object]) -> Callable[[list[Path]], object]:
    return lambda paths: [reader(path) for path in paths]


def _floor(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml":
                expat.ParserCreate().Parse(package.read(name), True)


def _calamine(path: Path) -> list:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    return [book.get_sheet_by_index(number).to_python(skip_empty_area=False) for number in range(len(book.sheet_names))]


def _pandas(path: Path) -> dict:
    import pandas

    return pandas.read_excel(path, sheet_name=None, header=None, engine="openpyxl")


def _openpyxl(path: Path) -> list:
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _plain(path: Path, seed: int) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("推荐汇总")
        for row in range(ROWS):
            for column in range(20):
                sheet.write(row, column, f"第{row}行{column}" if column % 3 else seed + row * column)


def _standard(path: Path, seed: int) -> None:
    with xlsxwriter.Workbook(path) as book:
        text = book.add_format({"border": 1, "num_format": "@"})
        for name, columns in (("推荐汇总", 37), ("团队成员", 9), ("获奖情况", 8), ("材料清单", 7)):
            sheet = book.add_worksheet(name)
            sheet.merge_range(0, 0, 0, columns - 1, name, text)
            for row in range(5, 5 + READY_ROWS):
                filled = row < 5 + ROWS
                sheet.write_formula(row, 1, f'=IF(A{row + 1}="","",A{row + 1})', text, str(seed) if filled else "")
                for column in (0, *range(2, columns)):
                    sheet.write(row, column, f"第{row}行{column}" if filled else None, text)
        sheet = book.add_worksheet("填报说明")
        for row in range(40):
            sheet.write_row(row, 0, (f"说明{row}", "第七条"))
        book.add_worksheet("标识").very_hidden()
        book.set_custom_property("form", "推荐汇总")


if __name__ == "__main__":
    main()
