"""Damaged files: whatever is cut off, flipped or inserted, reading returns a Book or raises UserError. Nothing aborts."""

import random
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheets import files
from tests.sheets.test_read_extents import STRAYS
from toolkit.errors import UserError
from toolkit.sheets import read

ROUNDS = 150


def original(kind: str) -> bytes:
    rows = "".join(f'<row r="{row}" ht="20"><c r="A{row}" s="1" t="s"><v>{row % 2}</v></c><c r="B{row}"><f>A{row}</f><v>3</v></c>'
                   f'<c r="C{row}" t="e"><v>#N/A</v></c></row>' for row in range(1, 9))
    if kind == "xlsx":
        return files.xlsx(rows, '<dimension ref="A1:C8"/><cols><col min="2" max="3" hidden="1"/></cols>',
                          '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
                          shared=f'<sst xmlns="{files.MAIN}"><si><t>甲</t></si><si><t>乙</t></si></sst>',
                          custom='<Properties><property name="form"><lpwstr>推荐汇总</lpwstr></property></Properties>')
    if kind == "xls":
        book = files.xls_book()
        drawn = book.add_sheet("推荐汇总")
        for row in range(40):
            drawn.write(row, 0, "字" * row)
            drawn.write(row, 1, row / 7)
        drawn.write_merge(50, 51, 0, 3, "合并")
        return files.xls_bytes(book)
    return STRAYS[kind][0]


def damaged(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    if dice.random() < 0.2:
        return bytes(changed[:dice.randrange(len(changed) + 1)])
    for _ in range(dice.choice((1, 1, 2, 8))):
        if not changed:
            break
        at = dice.randrange(len(changed))
        way = dice.randrange(4)
        if way == 0:
            changed[at] ^= 1 << dice.randrange(8)
        elif way == 1:
            changed[at] = dice.choice((0, 127, 128, 255))
        elif way == 2:
            del changed[at:at + dice.randrange(1, 9)]
        else:
            changed[at:at] = bytes(dice.choices(b'09<>/"=\xff\0', k=dice.randrange(1, 5)))
    return bytes(changed)


def damaged_part(data: bytes, dice: random.Random) -> bytes:
    """The package with one of its parts damaged: what lies behind the checksum."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = dice.choice(sorted(parts))
    return files.zipped(parts | {name: damaged(parts[name], dice)})


def attempt(path: Path, data: bytes) -> bool:
    path.write_bytes(data)
    try:
        read.workbook(path)
    except UserError as refused:
        assert "。请" in str(refused)
        return False
    return True


def campaign(kind: str, folder: Path) -> tuple[int, int]:
    """(read, refused) over ROUNDS damaged files."""
    dice, data, outcomes = random.Random(kind), original(kind), []
    for _ in range(ROUNDS):
        inside = kind != "xls" and dice.random() < 0.7
        outcomes.append(attempt(folder / "损坏.xls", (damaged_part if inside else damaged)(data, dice)))
    return outcomes.count(True), outcomes.count(False)


KINDS = ("xlsx", "xls", "xlsb", "ods")


@pytest.mark.parametrize("kind", KINDS)
def test_damage_never_aborts_the_process(tmp_path, kind):
    code = ("import resource, sys; from pathlib import Path; from tests.sheets.test_read_fuzz import campaign; "
            "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)); print(*campaign(sys.argv[1], Path(sys.argv[2])))")
    done = subprocess.run([sys.executable, "-c", code, kind, tmp_path], capture_output=True, text=True, timeout=300,
                          cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr
    good, refused = map(int, done.stdout.split())
    assert good + refused == ROUNDS
    assert good and refused  # 既有读得出的，也有拒收的：损坏得恰到好处


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00",
                                                 b"<?xml ", b"\xff\xfe", b"\xef\xbb\xbf")))
def test_any_bytes_are_refused_politely(tmp_path_factory, rest, beginning):
    attempt(tmp_path_factory.getbasetemp() / "任意.xlsx", beginning + rest)
