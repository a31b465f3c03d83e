"""Files for the reading tests, made byte by byte: what Excel, WPS and web systems write, and what nobody should."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import xlwt

from toolkit.sheets.scans import ole

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return out.getvalue()


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx_parts(worksheet: str | bytes, **more: str | bytes) -> dict[str, str | bytes]:
    """The parts of a one-sheet .xlsx. more: shared, styles, custom (whole parts), book (elements before <sheets>)."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
                               'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                               'spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{more.get("book", "")}<sheets>'
                           '<sheet name="推荐汇总" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
                                      f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": worksheet}
    for key, path in (("shared", "xl/sharedStrings.xml"), ("styles", "xl/styles.xml"), ("custom", "docProps/custom.xml")):
        if key in more:
            parts[path] = more[key]
    return parts


def xlsx(rows: str, before: str = "", after: str = "", **more: str | bytes) -> bytes:
    return zipped(xlsx_parts(sheet(rows, before, after), **more))


def saved(folder: Path, data: bytes, name: str = "天山区.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of an .xlsb part."""
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    length, size = b"", len(body)
    while size > 0x7F:
        length, size = length + bytes((size & 0x7F | 0x80,)), size >> 7
    return head + length + bytes((size,)) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_row(number: int, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if hidden else 0) + b"\0" + struct.pack("<I", 0))


def xlsb_cell(kind: int, column: int, body: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, 0) + body)


def double(number: float) -> bytes:
    return struct.pack("<d", number)


def xlsb(cells: bytes, hidden_column: int | None = None, merged: Sequence[int] = (), dimension: Sequence[int] = (0,) * 4) -> bytes:
    """A one-sheet .xlsb. cells: the records of its data; merged: first row, last row, first column, last column."""
    book = (record(0x83) + record(0x99, bytes(12)) + record(0x8F)
            + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("推荐汇总"))
            + record(0x90) + record(0x9D, bytes(26)) + record(0x84))
    columns = b"" if hidden_column is None else record(0x186) + record(
        60, struct.pack("<4IH", hidden_column, hidden_column, 2000, 0, 1)) + record(0x187)
    after = record(0xB1, struct.pack("<I", 1)) + record(0xB0, struct.pack("<4I", *merged)) + record(0xB2) if merged else b""
    part = (record(0x81) + record(0x94, struct.pack("<4I", *dimension)) + columns + record(0x91) + cells + record(0x92)
            + after + record(0x82))
    return zipped({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATIONS}/officeDocument" '
                       'Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
                                      f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/workbook.bin": book, "xl/worksheets/sheet1.bin": part})


def ods(content: str, manifest: str = "") -> bytes:
    """An .ods whose spreadsheet element holds `content`."""
    names = "".join(f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
                    for prefix in ("office", "table", "text", "style"))
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": f"<m>{manifest}</m>",
                   "content.xml": f"<office:document-content{names}><office:body><office:spreadsheet>{content}"
                                  "</office:spreadsheet></office:body></office:document-content>"})


def xls_book() -> xlwt.Workbook:
    return xlwt.Workbook(encoding="utf-8")


def xls_bytes(book: xlwt.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xls_stream(data: bytes) -> bytes:
    return ole.streams(data)["Workbook"]()


def xls_with_password(data: bytes, password: str) -> bytes:
    """The .xls encrypted as Excel 97 does it: RC4, 40 bits. Source: [MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.6."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    digest = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    base = hashlib.md5((digest + salt) * 16).digest()[:5]
    key = _rc4(base, 0)
    sealed = _crypt(key, verifier + hashlib.md5(verifier).digest())
    filepass = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + salt + sealed
    stream, first = xls_stream(data), True
    out, plain = bytearray(), bytearray()  # `plain` marks the bytes that stay readable
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = bytearray(stream[at + 4:at + 4 + length])
        if kind == 0x85:
            struct.pack_into("<I", body, 0, struct.unpack_from("<I", body)[0] + len(filepass))
        readable = length if kind == 0x809 else 4 if kind == 0x85 else 0
        out += struct.pack("<HH", kind, length) + body
        plain += b"\1" * (4 + readable) + b"\0" * (length - readable)
        if first:
            out += filepass
            plain += b"\1" * len(filepass)
            first = False
        at += 4 + length
    for block in range(0, len(out), 1024):
        coded = _crypt(_rc4(base, block // 1024), bytes(out[block:block + 1024]))
        for offset, byte in enumerate(coded):
            if not plain[block + offset]:
                out[block + offset] = byte
    return ole.compound_file(bytes(out))


def _rc4(base: bytes, block: int) -> bytes:
    return hashlib.md5(base + struct.pack("<I", block)).digest()


def _crypt(key: bytes, data: bytes) -> bytes:
    box, swap = list(range(256)), 0
    for i in range(256):
        swap = (swap + box[i] + key[i % len(key)]) & 255
        box[i], box[swap] = box[swap], box[i]
    out, i, swap = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        swap = (swap + box[i]) & 255
        box[i], box[swap] = box[swap], box[i]
        out.append(byte ^ box[(box[i] + box[swap]) & 255])
    return bytes(out)
