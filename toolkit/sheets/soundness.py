"""Whether a workbook that was edited is still one: checked before it replaces another."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

_XML = (".xml", ".rels", ".vml")


def unsound(before: bytes, after: bytes) -> list[str]:
    """Names of the parts that were changed or added and that are no well-formed XML; the whole file where it is no zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(after)) as new:
            return [name for name in changed(before, after) if name.endswith(_XML) and not _well_formed(new.read(name))]
    except zipfile.BadZipFile:
        return ["整个文件"]


def changed(before: bytes, after: bytes) -> list[str]:
    """Names of the parts that were changed or added. BadZipFile where one of the two is no zip."""
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        kept = {info.filename: (info.CRC, info.file_size) for info in old.infolist()}
        return [info.filename for info in new.infolist() if kept.get(info.filename) != (info.CRC, info.file_size)]


def _well_formed(part: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(part, True)
    except expat.ExpatError:
        return False
    return True
