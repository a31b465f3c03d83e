"""Whether a workbook that was written is one: every part parses, every part has a type, every reader and the standard take it."""

from __future__ import annotations

import io
import posixpath
import tempfile
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

_VALIDATOR = OpenXmlValidator(file_format=FileFormat.OFFICE_2016, max_errors=100_000)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def assert_whole(data: bytes) -> None:
    """Every XML part is well-formed, every part has one type, every inner relationship leads to a part."""
    found = parts(data)
    trees = {name: etree.fromstring(part) for name, part in found.items() if name.endswith((".xml", ".rels", ".vml"))}
    types = trees["[Content_Types].xml"]
    extensions = Counter(each.get("Extension").lower() for each in types if "Extension" in each.attrib)
    named = Counter(each.get("PartName").lower() for each in types if "PartName" in each.attrib)
    assert not [each for each, count in (extensions + named).items() if count > 1]
    there = {f"/{name}".lower() for name in found}
    assert named.keys() <= there
    assert not [name for name in there if name not in named and name.rpartition(".")[2] not in extensions
                and name != "/[content_types].xml" and not name.endswith("/")]
    for name, tree in trees.items():
        if name.endswith(".rels"):
            source = posixpath.dirname(posixpath.dirname(name))
            inner = [each.get("Target") for each in tree if each.get("TargetMode") != "External"]
            assert not [target for target in inner if target.partition("#")[0] and posixpath.normpath(
                posixpath.join("/", source, target.replace("\\", "/"))).lower() not in there], name


def complaints(data: bytes) -> Counter[str]:
    """What a validator of the standard (Office 2016, strict) has to say, without places and numbers."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        found = _VALIDATOR.validate(Path(file.name)).errors
    return Counter("".join(c for c in f"{each.part_uri} {each.description}" if not c.isdigit()) for each in found
                   if "inline-string cell" not in each.description)  # Excel moves these texts when it saves: no fault


def by_openpyxl(data: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data))
