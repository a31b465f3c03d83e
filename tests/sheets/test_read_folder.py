"""Folders of returns: what is read, in which order, and what is passed over with a reason."""

import os
import subprocess
import sys

import pytest
import xlsxwriter

from tests.sheets import files
from toolkit.errors import UserError
from toolkit.sheets import read
from toolkit.sheets.grid import Book

GOOD = files.xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')
PASSED_OVER = {  # name: a piece of the reason
    "~$天山区.xlsx": "锁文件", "~WRL0001.tmp": "临时文件", ".隐藏.xlsx": "隐藏文件", "说明.docx": "不是工作簿", "扫描件.pdf": "不是工作簿",
    "全部.zip": "压缩包", "全部.rar": "压缩包", "导出.csv": "另存为 .xlsx", "记录.txt": "不是工作簿", "没有扩展名": "不是工作簿",
    "下载.tmp": "临时文件", "天山区.xlsx.lnk": "快捷方式", "Thumbs.db": "不是工作簿"}
READ = ("1 天山区.xlsx", "2 沙区.XLS", "3 高新区.et", "4 米东区.ods", "5 水磨沟区.xlsm", "6 头屯河区.xlsb")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "报送"
    (folder / "上年").mkdir(parents=True)
    for name in (*reversed(READ), *PASSED_OVER, "上年/旧.xlsx"):
        files.saved(folder, GOOD, name)
    os.symlink(folder / READ[0], folder / "链接.xlsx")
    return folder


def test_a_folder_stands_for_its_workbooks(folder):
    found, ignored = read.candidates([folder])
    assert [path.name for path in found] == list(READ)
    reasons = {path.name: reason for path, reason in ignored}
    expected = PASSED_OVER | {"上年": "子文件夹", "链接.xlsx": "是链接"}
    assert reasons.keys() == expected.keys()
    for name, piece in expected.items():
        assert piece in reasons[name]
        assert "。请" in reasons[name] or "。如" in reasons[name]
    assert [path.name for path, _reason in ignored] == sorted(expected)


def test_order_does_not_depend_on_how_paths_are_given(folder):
    paths = [folder / name for name in READ]
    assert read.candidates(paths)[0] == read.candidates(paths[::-1])[0] == paths


def test_a_named_file_is_read_whatever_its_extension(folder):
    assert read.candidates([folder / "记录.txt"]) == ([folder / "记录.txt"], [])
    found, ignored = read.candidates([folder / "~$天山区.xlsx", folder / "链接.xlsx"])
    assert (found, len(ignored)) == ([], 2)


def test_a_file_given_twice_is_read_once(folder):
    found, ignored = read.candidates([folder, folder / READ[0]])
    assert found == [folder / name for name in READ]
    assert [reason for path, reason in ignored if path.name == READ[0]] == ["前面已经给出同一个文件，只读一次。请不必重复给出"]


def test_a_missing_path_stops(folder):
    with pytest.raises(UserError, match=r"找不到“.*没有\.xlsx”。请"):
        read.candidates([folder, folder / "没有.xlsx"])


def test_many_files_come_back_in_order(folder):
    files.saved(folder, b"", "0 空.xlsx")
    paths = [folder / "0 空.xlsx", *(folder / name for name in READ * 5)]
    read_back = list(read.workbooks(paths))
    assert [path for path, _book in read_back] == paths
    assert isinstance(read_back[0][1], UserError) and "空文件" in str(read_back[0][1])
    assert all(isinstance(book, Book) and book.file == path.name for path, book in read_back[1:])


def test_a_single_file_needs_no_pool(folder):
    [(path, book)] = read.workbooks([folder / READ[0]])
    assert book.file == path.name


def test_nothing_heavy_is_imported(folder):
    heavy = ("pandas", "openpyxl", "xlwings", "msoffcrypto", "lxml", "numpy", "olefile", "xlsxwriter", "docxtpl", "concurrent")
    code = (f"import sys; from pathlib import Path; from toolkit.sheets import read; "
            f"read.workbook(Path({str(folder / READ[0])!r})); print([name for name in {heavy!r} if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_skipped_sheets_come_back_empty_and_the_others_as_they_are(tmp_path):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("要读", "不读"):
            book.add_worksheet(name).write("B2", name)
    skipped = read.workbook(path, skip=frozenset({"不读"}))
    assert [(grid.name, grid.rows) for grid in skipped.grids] == [("要读", ((), (None, "要读"))), ("不读", ())]
