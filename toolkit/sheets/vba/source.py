"""What a module of a workbook's VBA project says: the writer's work read back.

Source: MS-OVBA 2.3.4.2 (dir stream), 2.4.1.3 (decompression).
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_VERSION = re.compile(r'XLWINGS_VERSION As String = "([^"]*)"')
_PROJECT_VERSION, _MODULE_NAME, _MODULE_OFFSET = 0x0009, 0x0019, 0x0031
_PROJECT_PART = "xl/vbaProject.bin"


def xlwings_version(workbook: bytes) -> str:
    """The version of xlwings whose module a workbook carries; "" where it carries none."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        if _PROJECT_PART not in archive.namelist():
            return ""
        found = _VERSION.search(module_source(archive.read(_PROJECT_PART), "xlwings"))
    return found[1] if found else ""


def module_source(project: bytes, name: str) -> str:
    """The source text of one module; "" where there is no such module. project: a vbaProject.bin."""
    import olefile

    with olefile.OleFileIO(BytesIO(project)) as file:
        offset = _offsets(decompressed(file.openstream(["VBA", "dir"]).read())).get(name)
        if offset is None:
            return ""
        return decompressed(file.openstream(["VBA", name]).read()[offset:]).decode("gbk", "replace")


def _offsets(records: bytes) -> dict[str, int]:
    """Module name → where its source begins in its stream, behind what Excel keeps there of its own."""
    found, name, at = {}, "", 0
    while at + 6 <= len(records):
        kind, size = int.from_bytes(records[at:at + 2], "little"), int.from_bytes(records[at + 2:at + 6], "little")
        size = 6 if kind == _PROJECT_VERSION else size  # the one record that is longer than it says
        content = records[at + 6:at + 6 + size]
        if kind == _MODULE_NAME:
            name = content.decode("gbk", "replace")
        elif kind == _MODULE_OFFSET:
            found[name] = int.from_bytes(content, "little")
        at += 6 + size
    return found


def decompressed(container: bytes) -> bytes:
    """The bytes of a compressed container: a signature byte, then chunks of at most 4096 bytes."""
    out, at = bytearray(), 1
    while at < len(container):
        header = int.from_bytes(container[at:at + 2], "little")
        end = at + (header & 0x0FFF) + 3
        out += _chunk(container[at + 2:end]) if header & 0x8000 else container[at + 2:end]
        at = end
    return bytes(out)


def _chunk(tokens: bytes) -> bytes:
    """Eight tokens behind each flag byte: a byte as it is, or a copy of what came before."""
    out, at = bytearray(), 0
    while at < len(tokens):
        flags, at = tokens[at], at + 1
        for bit in range(8):
            if at >= len(tokens):
                break
            if flags >> bit & 1:
                token, at = int.from_bytes(tokens[at:at + 2], "little"), at + 2
                bits = max(4, (len(out) - 1).bit_length())
                for _ in range((token & 0xFFFF >> bits) + 3):
                    out.append(out[-1 - (token >> 16 - bits)])
            else:
                out.append(tokens[at])
                at += 1
    return bytes(out)
