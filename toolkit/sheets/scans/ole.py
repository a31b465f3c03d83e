"""Compound files, the container of .xls, .et and of encrypted workbooks. Source: [MS-CFB] 2."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from toolkit.sheets.scans.refusals import Unreadable

if TYPE_CHECKING:
    from olefile import OleFileIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def streams(data: bytes) -> dict[str, Callable[[], bytes]]:
    """The top-level streams of a compound file by name, each read when called. Raises Unreadable."""
    import olefile

    try:
        container = olefile.OleFileIO(BytesIO(data))
        names = [path[0] for path in container.listdir() if len(path) == 1]
    except Exception as error:  # olefile lets a damaged file raise nearly anything
        raise Unreadable("damaged") from error
    return {name: partial(_stream, container, name) for name in names}


def _stream(container: OleFileIO[str], name: str) -> bytes:
    try:
        return container.openstream(name).read()
    except Exception as error:  # as above
        raise Unreadable("damaged") from error


def compound_file(stream: bytes) -> bytes:
    """A compound file holding `stream` as "Workbook" and nothing else (version 4, sectors of 4096 bytes)."""
    sector, last, free = 4096, 0xFFFFFFFE, 0xFFFFFFFF
    stream = stream.ljust(sector, b"\0")
    sectors = -(-len(stream) // sector)
    tables = 1
    while tables * (sector // 4) < tables + 2 + sectors:
        tables += 1
    # Behind the tables: the directory, one sector for small streams (readers ask for it, none is used), the stream.
    mini, first = tables + 1, tables + 2
    table = [0xFFFFFFFD] * tables + [last, last] + [*range(first + 1, first + sectors), last]
    table += [free] * (tables * (sector // 4) - len(table))
    header = struct.pack("<8s16x5H6x9I109I", MAGIC, 0x3E, 4, 0xFFFE, 12, 6, 1, tables, tables, 0,
                         sector, last, 0, last, 0, *range(tables), *[free] * (109 - tables))
    directory = _entry("Root Entry", 5, 1, mini, 64) + _entry("Workbook", 2, free, first, len(stream))
    return b"".join([header.ljust(sector, b"\0"), struct.pack(f"<{len(table)}I", *table),
                     directory.ljust(2 * sector, b"\0"), stream.ljust(sectors * sector, b"\0")])


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16xI16xIQ", raw, len(raw) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, 0, start, size)
