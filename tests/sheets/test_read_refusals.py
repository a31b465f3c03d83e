"""Every reason why a file cannot be read, each with its sentence: the file's name, one fact, one thing to do."""

import os
import random
import re
import struct
import zipfile
from io import BytesIO

import msoffcrypto
import pytest

from tests.sheets import files
from toolkit.errors import UserError
from toolkit.sheets import read
from toolkit.sheets.grid import LAST_ROW
from toolkit.sheets.scans import archive, refusals
from toolkit.sheets.scans.ole import compound_file

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
GOOD = files.zipped(files.xlsx_parts(files.sheet(ROW)) | {"xl/media/image1.png": random.Random(1).randbytes(9000)})
PASSWORD = "技能大师2024"


def encrypted(data: bytes, password: str = PASSWORD) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def bomb() -> bytes:
    return files.xlsx(ROW + " " * (archive.RATIO_FROM_BYTES + 1))


def many_parts() -> bytes:
    return files.zipped({f"xl/{number}.xml": "" for number in range(archive.MAX_MEMBERS + 1)})


def doubled_name() -> bytes:
    out = BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as target, pytest.warns(UserWarning):
        target.writestr("xl/worksheets/sheet1.xml", files.sheet(ROW))
    return out.getvalue()


def without(part: str) -> bytes:
    parts = files.xlsx_parts(files.sheet(ROW))
    del parts[part]
    return files.zipped(parts)


def xls_book() -> bytes:
    book = files.xls_book()
    book.add_sheet("推荐汇总").write(0, 0, "题")
    return files.xls_bytes(book)


def xls_with_string_count(count: int) -> bytes:
    stream = bytearray(files.xls_stream(xls_book()))
    at = 0
    while struct.unpack_from("<H", stream, at)[0] != 0xFC:
        at += 4 + struct.unpack_from("<H", stream, at + 2)[0]
    struct.pack_into("<I", stream, at + 8, count)
    return compound_file(bytes(stream))


DECLARED = f'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet xmlns="{files.MAIN}"><sheetData/></worksheet>'
FILLED = ('<table:table table:name="表"><table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
          'table:number-columns-repeated="{columns}" office:value-type="float" office:value="1"/></table:table-row></table:table>')
TABLE = "姓名,单位\r\n张三,天山区\r\n"
CASES = [
    ("空文件", b"", "空文件"),
    ("网页", "<html><head><meta charset=gb2312></head><table><tr><td>甲".encode("gb18030"), "实际是网页"),
    ("带 BOM 的网页", "\ufeff\n<!DOCTYPE HTML><table>".encode(), "实际是网页"),
    ("另存的单个网页", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "实际是网页"),
    ("XML 声明开头的网页", b'<?xml version="1.0"?>\n<html xmlns:x="urn:schemas-microsoft-com:office:excel">', "实际是网页"),
    ("逗号分隔", TABLE.encode("utf-8"), "实际是文本"),
    ("逗号分隔 GBK", TABLE.encode("gb18030"), "实际是文本"),
    ("制表符 UTF-16", TABLE.replace(",", "\t").encode("utf-16"), "实际是文本"),
    ("XML 表格", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML 电子表格 2003"),
    ("Word 文档", files.zipped({"[Content_Types].xml": "", "word/document.xml": "<a/>"}), "是Word 文档"),
    ("压缩包", files.zipped({"天山区.xlsx": GOOD}), "是压缩包"),
    ("文字处理的 ODF", files.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "别的办公文档"),
    ("PDF", b"%PDF-1.7", "是PDF 文件"),
    ("图片", b"\x89PNG\r\n", "是图片"),
    ("一段话", "今天天气很好".encode(), "不是 Excel 或 WPS 的工作簿"),
    ("随机字节", bytes(range(128, 256)) * 3, "不是 Excel 或 WPS 的工作簿"),
    ("Excel 4", b"\x09\x04\x06\x00\x00\x00\x10\x00", "Excel 95 以前"),
    ("截断的 xlsx", GOOD[:len(GOOD) // 2], "损坏"),
    ("截断的 xls", xls_book()[:1500], "损坏"),
    ("缺工作表", without("xl/worksheets/sheet1.xml"), "损坏"),
    ("缺关系", without("xl/_rels/workbook.xml.rels"), "损坏"),
    ("缺工作簿", without("xl/workbook.xml"), "损坏"),
    ("同名部件", doubled_name(), "损坏"),
    ("行号为零", files.xlsx('<row r="0"><c r="A0"><v>1</v></c></row>'), "损坏"),
    ("列出界", files.xlsx('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "损坏"),
    ("行出界", files.xlsx('<row r="1"><c r="A1048577"><v>1</v></c></row>'), "损坏"),
    ("标签没有闭合", files.xlsx("<row><c><v>1</v>"), "损坏"),
    ("xls 谎报字符串个数", xls_with_string_count(0x7FFFFFFF), "损坏"),
    ("压缩炸弹", bomb(), "大得不合常理"),
    ("部件太多", many_parts(), "大得不合常理"),
    ("实体声明", files.zipped(files.xlsx_parts(DECLARED)), "实体声明"),
    ("UTF-16 里的实体声明", files.zipped(files.xlsx_parts(DECLARED.encode("utf-16"))), "实体声明"),
    ("共享字符串里的实体声明", files.xlsx(ROW, shared='<!DOCTYPE sst><sst/>'), "实体声明"),
    ("ods 填满的百万行", files.ods(FILLED.format(rows=LAST_ROW + 1, columns=100)), "超出可以处理的范围"),
    ("ods 行出界", files.ods(FILLED.format(rows=LAST_ROW + 2, columns=1)), "损坏"),
    ("加密的 ods", files.ods("", manifest="<encryption-data/>"), "不能在这里解密"),
    ("加密的 xlsx", encrypted(GOOD), "请用 --password"),
    ("加密的 xls", files.xls_with_password(xls_book(), PASSWORD), "请用 --password"),
]


@pytest.mark.parametrize("data, fact", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_refused_with_a_sentence(tmp_path, data, fact):
    with pytest.raises(UserError) as refused:
        read.workbook(files.saved(tmp_path, data, "天山区.xls"))
    assert fact in str(refused.value)
    assert str(refused.value).startswith("“天山区.xls”")


@pytest.mark.parametrize("reason", refusals.SENTENCES)
def test_sentences_name_the_file_and_say_what_to_do(reason):
    sentence = refusals.SENTENCES[reason]
    assert sentence.startswith("“{file}”") or sentence.startswith("找不到“{file}”")
    fact, _, advice = sentence.partition("。")
    assert advice.startswith("请") and advice.endswith("。")
    assert fact
    assert not re.search("非法|异常|错误", sentence)


@pytest.mark.parametrize("make", [encrypted, lambda data: files.xls_with_password(xls_book(), PASSWORD)], ids=["xlsx", "xls"])
def test_passwords(tmp_path, make):
    path = files.saved(tmp_path, make(GOOD))
    assert read.workbook(path, PASSWORD).grids[0].rows[0][0] in (1.0, "题")
    for wrong, fact in (("技能大师2023", "密码不对"), ("x" * 300, "密码不对"), ("", "设有打开密码")):
        with pytest.raises(UserError, match=fact):
            read.workbook(path, wrong)


def test_a_password_that_excel_itself_supplies_is_not_asked_for(tmp_path):
    assert read.workbook(files.saved(tmp_path, encrypted(GOOD, "VelvetSweatshop"))).grids[0].rows == ((1.0,),)


def test_a_password_does_no_harm_to_an_open_file(tmp_path):
    assert read.workbook(files.saved(tmp_path, GOOD), PASSWORD).grids[0].rows == ((1.0,),)


def test_an_unknown_encryption_says_so(tmp_path, monkeypatch):
    def unknown(_file):
        raise msoffcrypto.exceptions.FileFormatError("x")

    monkeypatch.setattr(msoffcrypto, "OfficeFile", unknown)
    with pytest.raises(UserError, match="加密方式在这里解不开"):
        read.workbook(files.saved(tmp_path, encrypted(GOOD)), PASSWORD)


def test_paths(tmp_path, monkeypatch):
    with pytest.raises(UserError, match=r"找不到“没有\.xlsx”"):
        read.workbook(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="是文件夹"):
        read.workbook(tmp_path)
    os.mkfifo(tmp_path / "管道.xlsx")
    with pytest.raises(UserError, match="不是普通文件"):
        read.workbook(tmp_path / "管道.xlsx")
    path = files.saved(tmp_path, GOOD)
    monkeypatch.setattr(read, "MAX_FILE_BYTES", len(GOOD) - 1)
    with pytest.raises(UserError, match="超过 0 MB 的上限"):
        read.workbook(path)


@pytest.mark.parametrize("error, fact", [(PermissionError(13, ""), "正被别的程序使用"), (OSError(5, ""), "读取中断")])
def test_a_file_that_the_system_withholds(tmp_path, monkeypatch, error, fact):
    path = files.saved(tmp_path, GOOD)

    def withheld(_path):
        raise error

    monkeypatch.setattr(type(path), "read_bytes", withheld)
    with pytest.raises(UserError, match=fact):
        read.workbook(path)


@pytest.mark.parametrize("size, read_in_full", [(archive.RATIO_FROM_BYTES - 2000, True), (archive.RATIO_FROM_BYTES + 1, False)])
def test_ratio_is_bounded_only_for_large_parts(tmp_path, size, read_in_full):
    path = files.saved(tmp_path, files.xlsx(ROW + " " * size))
    if read_in_full:
        assert read.workbook(path).grids[0].rows == ((1.0,),)
    else:
        with pytest.raises(UserError, match="大得不合常理"):
            read.workbook(path)


def test_total_size_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 500)
    with pytest.raises(UserError, match="大得不合常理"):
        read.workbook(files.saved(tmp_path, GOOD))


def test_a_panic_of_the_value_reader_means_damaged(tmp_path, monkeypatch):
    import python_calamine

    panic = type("PanicException", (BaseException,), {})

    class Panicking:
        @staticmethod
        def from_filelike(_file):
            raise panic

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Panicking)
    with pytest.raises(UserError, match="损坏"):
        read.workbook(files.saved(tmp_path, GOOD))
