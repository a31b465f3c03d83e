"""The modules of the shipped workbooks read back as they were written, also from behind Excel's own bytes."""

import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from toolkit import resources
from toolkit.forms import FORMS
from toolkit.sheets.vba import source
from toolkit.sheets.vba.compression import compress


@pytest.mark.parametrize("data", [b"", b"a", b"abc" * 3000, bytes(range(256)) * 40, "按钮".encode("gbk") * 5000], ids=len)
def test_what_was_compressed_comes_back(data):
    assert source.decompressed(compress(data)) == data


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_shipped_workbooks_carry_xlwings_module(form):
    module = Path(find_spec("xlwings").origin).with_name("xlwings.bas").read_text("utf-8")
    path = resources.workbook_template(form.name)
    with zipfile.ZipFile(path) as archive:
        text = source.module_source(archive.read("xl/vbaProject.bin"), "xlwings")
    assert [line.rstrip() for line in text.rstrip().splitlines()] == [line.rstrip() for line in module.rstrip().splitlines()]
    assert f'"{source.xlwings_version(path.read_bytes())}"' in module


def test_a_module_that_is_not_there_is_empty():
    with zipfile.ZipFile(resources.workbook_template("工作室管理台账")) as archive:
        assert source.module_source(archive.read("xl/vbaProject.bin"), "nothing") == ""


def test_offsets_are_read_behind_the_long_record():
    records = b"\x09\x00\x04\x00\x00\x00" + b"\x00" * 6 + b"\x19\x00\x01\x00\x00\x00m" + b"\x31\x00\x04\x00\x00\x00\x05\x00\x00\x00"
    assert source._offsets(records) == {"m": 5}
