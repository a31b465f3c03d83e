"""The VBA project as others read it: olevba the sources, olefile the compound file, the specification's own sums the rest."""

import io
import random
import re
import struct

import olefile
import pytest
from oletools.olevba import VBA_Parser, decompress_stream

from toolkit.errors import UserError
from toolkit.sheets import cfb
from toolkit.sheets.vba import module
from toolkit.sheets.vba.compression import CHUNK, compress
from toolkit.sheets.vba.project import PROJECT_ID, vba_project

TEXT = 'Attribute VB_Name = "Buttons"\n' + "' 注释：请先校验\nPublic Sub A()\n    MsgBox \"没有问题。\"\nEnd Sub\n"


def project(*modules):
    return vba_project((module.workbook_module("ThisWorkbook"), module.sheet_module("Sheet1"), *modules))


def opened(data):
    return olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE)


def stream(data, *path):
    return opened(data).openstream(list(path)).read()


# ---- 压缩 ----

def decompressed(data):
    return bytes(decompress_stream(bytearray(data)))


LETTERS = random.Random(1)
SOURCES = {
    "空": b"", "一个字节": b"a", "两个": b"ab", "不重复": bytes(range(256)), "全一样": b"a" * 5000, "自身重叠": b"abcabcabcabcabc",
    "恰好一块": LETTERS.randbytes(50) * 82 + b"x" * (CHUNK - 4100 % CHUNK), "一块多一字节": b"ab" * 2048 + b"c",
    "中文": ("' 请先校验，再导出上报。\r\n" * 900).encode("cp936"), "远处重复": LETTERS.randbytes(2000) + b"-" * 90 + LETTERS.randbytes(1500),
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_compressed_comes_back(name):
    assert decompressed(compress(SOURCES[name])) == SOURCES[name]


@pytest.mark.parametrize("seed", range(20))
def test_random_text_comes_back(seed):
    chance = random.Random(seed)
    words = [chance.randbytes(chance.randint(1, 12)) for _ in range(30)]
    text = b"".join(chance.choice(words) for _ in range(1500))
    assert decompressed(compress(text)) == text


def test_source_text_shrinks():
    assert len(compress(SOURCES["中文"])) < len(SOURCES["中文"]) / 10


def test_a_chunk_that_does_not_shrink_is_kept_raw():
    noise = random.Random(7).randbytes(CHUNK)
    packed = compress(noise)
    assert struct.unpack_from("<H", packed, 1)[0] == 0x3FFF and len(packed) == 1 + 2 + CHUNK
    assert decompressed(packed) == noise


# ---- 复合文件 ----

def entries(data):
    found = {entry.sid: entry for entry in opened(data).direntries if entry is not None}
    return found


def black_height(found, number, parent_red=False):
    """How many black entries there are on every way down. No red one hangs under a red one; names are in order."""
    if number == 0xFFFFFFFF:
        return 0
    entry = found[number]
    is_red = entry.color == 0
    assert not (is_red and parent_red)
    sides = {black_height(found, side, is_red) for side in (entry.sid_left, entry.sid_right)}
    assert len(sides) == 1
    return sides.pop() + (not is_red)


def in_order(found, number):
    if number == 0xFFFFFFFF:
        return []
    entry = found[number]
    return [*in_order(found, entry.sid_left), entry.name, *in_order(found, entry.sid_right)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 30])
def test_directory_is_a_red_black_tree_in_order(count):
    names = [f"Sheet{number}" for number in range(count)]
    found = entries(cfb.compound_file({"VBA": dict.fromkeys(names, b"x"), "PROJECT": b"p"}))
    (storage,) = (entry for entry in found.values() if entry.name == "VBA")
    assert found[0].color == 1
    for top in (found[0].sid_child, storage.sid_child):
        black_height(found, top)
        if top != 0xFFFFFFFF:
            assert found[top].color == 1
    assert in_order(found, storage.sid_child) == sorted(names, key=lambda name: (len(name), name.upper()))


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 70_000, 2_000_000, 8_000_000])
def test_streams_of_every_size_come_back(size):
    content = random.Random(size).randbytes(size)
    data = cfb.compound_file({"A": {"小": b"small", "内容": content}, "B": b"z" * 100})
    file = opened(data)
    assert not file.parsing_issues and len(data) % 512 == 0
    assert file.openstream(["A", "内容"]).read() == content
    assert file.openstream(["A", "小"]).read() == b"small" and file.openstream(["B"]).read() == b"z" * 100


def test_a_file_beyond_the_header_is_refused(monkeypatch):
    monkeypatch.setattr(cfb, "_HEADER_FAT_ENTRIES", 3)
    with pytest.raises(ValueError, match="too large"):
        cfb.compound_file({"A": bytes(4 * 128 * 512)})


# ---- 工程 ----

def test_olevba_reads_the_sources_back():
    found = {name: code for _, _, name, code in VBA_Parser("vbaProject.bin", data=project(module.from_text(TEXT))).extract_macros()}
    assert found["Buttons.bas"].replace("\r\n", "\n") == TEXT
    assert set(found) == {"Buttons.bas", "ThisWorkbook.cls", "Sheet1.cls"}


def test_the_same_modules_give_the_same_bytes():
    assert project(module.from_text(TEXT)) == project(module.from_text(TEXT.replace("\n", "\r\n")))


def decrypted(digits):
    """[MS-OVBA] 2.4.3.3: version, key and content."""
    data = bytes.fromhex(digits)
    seed, version, key = data[0], data[1] ^ data[0], data[2] ^ data[0]
    plain_before, before, before_that, plain = key, data[2], data[1], bytearray()
    for byte in data[3:]:
        plain_before = byte ^ (before_that + plain_before & 0xFF)
        before_that, before = before, byte
        plain.append(plain_before)
    skipped = (seed & 6) // 2
    length = struct.unpack_from("<I", plain, skipped)[0]
    assert len(plain) == skipped + 4 + length
    return version, key, bytes(plain[skipped + 4:])


@pytest.mark.parametrize("name, content", [("CMG", bytes(4)), ("DPB", b"\0"), ("GC", b"\xff")])
def test_nothing_is_protected(name, content):
    text = stream(project(), "PROJECT").decode("cp936")
    assert f'ID="{PROJECT_ID}"' in text
    digits = re.search(rf'{name}="(\w+)"', text)[1]
    assert decrypted(digits) == (2, sum(PROJECT_ID.encode()) & 0xFF, content)


def test_the_dir_stream_is_in_order():
    data, position, found = decompressed(stream(project(module.from_text(TEXT)), "VBA", "dir")), 0, []
    while position < len(data):
        number, size = struct.unpack_from("<HI", data, position)
        size = 6 if number == 9 else size
        found.append((number, data[position + 6:position + 6 + size]))
        position += 6 + size
    numbers = [number for number, _ in found]
    assert numbers[:14] == [0x01, 0x02, 0x14, 0x03, 0x04, 0x05, 0x40, 0x06, 0x3D, 0x07, 0x08, 0x09, 0x0C, 0x3C]
    assert dict(found)[3] == struct.pack("<H", 936) and dict(found)[0x0F] == struct.pack("<H", 3)
    assert [content.decode() for number, content in found if number == 0x19] == ["ThisWorkbook", "Sheet1", "Buttons"]
    assert [number for number in numbers if number in (0x21, 0x22)] == [0x22, 0x22, 0x21] and numbers[-1] == 0x10


def test_every_module_is_named_in_both_encodings():
    names = stream(project(module.from_text(TEXT)), "PROJECTwm")
    assert names.startswith(b"ThisWorkbook\0" + "ThisWorkbook".encode("utf-16-le") + b"\0\0") and names.endswith(b"\0\0\0\0")


@pytest.mark.parametrize("line, character", [("    ' 完成✅", "✅"), ("    ' Gülğ", "ğ"), ("    ' 维吾尔文 ئ", "ئ")])
def test_a_character_the_code_page_lacks_is_named(line, character):
    source = TEXT.replace("Public Sub A()", f"Public Sub A()\n{line}")
    with pytest.raises(UserError, match=f"“Buttons”第4行的“{character}”.*936.*请"):
        project(module.from_text(source))


def test_a_file_without_its_name_is_refused():
    with pytest.raises(ValueError, match="VB_Name"):
        module.from_text("Option Explicit\n")
