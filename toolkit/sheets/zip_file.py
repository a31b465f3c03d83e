"""Zip files put together from members that are packed already. Source: APPNOTE.TXT 4.3

Members nobody changed are carried over with their packed bytes; what is only handed to a reader is not packed at all. zipfile can
do neither, and takes longer to write a return than to read one.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

UTF8_NAME, ENCRYPTED, SIZES_BEHIND = 0x800, 0x1, 0x8  # general purpose flags, 4.4.4
_STORED, _DEFLATED = 0, 8  # 4.4.5
_MADE_BY_UNIX = 3  # 4.4.2
_VERSION = 20  # 4.4.3: folders and deflate
_EPOCH = 0, 0x21  # MS-DOS time and date of 1980-01-01
_LARGE = 1 << 20  # bytes; from here on packing tight costs more time than it saves room
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


class ZipMember(NamedTuple):
    """One file of a zip. `content`: its bytes as they lie there, unpacked `size` bytes with this `crc`. `moment`: MS-DOS time and date."""

    name: bytes
    content: bytes | memoryview
    size: int
    crc: int
    method: int = _STORED
    flags: int = UTF8_NAME
    moment: tuple[int, int] = _EPOCH
    system: int = 0
    internal: int = 0
    external: int = 0


def stored(name: str, content: bytes) -> ZipMember:
    """A member that is not packed."""
    return ZipMember(name.encode(), content, len(content), zlib.crc32(content))


def packed(name: str, content: bytes, level: int) -> ZipMember:
    """A member packed at this level of zlib."""
    packer = zlib.compressobj(1 if len(content) > _LARGE else level, zlib.DEFLATED, -15)
    flags = 0 if name.isascii() else UTF8_NAME
    return ZipMember(name.encode(), packer.compress(content) + packer.flush(), len(content), zlib.crc32(content),
                     _DEFLATED, flags, system=_MADE_BY_UNIX)


def zip_file(members: Iterable[ZipMember]) -> bytes:
    """The bytes of a zip file with these members, in this order."""
    pieces: list[bytes | memoryview] = []
    directory: list[bytes] = []
    offset = 0
    for name, content, size, crc, method, flags, moment, system, internal, external in members:
        flags &= ~SIZES_BEHIND
        length = len(content)
        head = _LOCAL.pack(b"PK\3\4", _VERSION, flags, method, *moment, crc, length, size, len(name), 0)
        pieces += (head, name, content)
        directory += (_CENTRAL.pack(b"PK\1\2", _VERSION | system << 8, _VERSION, flags, method, *moment, crc, length, size,
                                    len(name), 0, 0, 0, internal, external, offset), name)
        offset += _LOCAL.size + len(name) + length
    listing, count = b"".join(directory), len(directory) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*pieces, listing, end))
