"""The compression VBA source is stored in.

Source: [MS-OVBA] 2.4.1 Compression and Decompression
"""

from __future__ import annotations

import struct
from functools import lru_cache

CHUNK = 4096  # bytes of source in a chunk
_SIGNATURE = b"\x01"
_SHORTEST = 3  # bytes a copy token stands for at least
_RAW_HEADER = 0x3FFF  # 2.4.1.1.5: size of a full chunk, signature 0b011, not compressed
_COMPRESSED = 0xB000
_HEADER_SIZE = 2


@lru_cache(maxsize=64)
def compress(data: bytes) -> bytes:
    """The compressed container (2.4.1.1.1) of `data`. The same source is asked for with every workbook, so answers are kept."""
    chunks = (data[start:start + CHUNK] for start in range(0, len(data), CHUNK))
    return _SIGNATURE + b"".join(map(_chunk, chunks))


def _chunk(data: bytes) -> bytes:
    """A compressed chunk (2.4.1.3.7), or a raw one (2.4.1.3.10) where compressing gains nothing."""
    packed = _token_sequences(data)
    if len(packed) > CHUNK:
        return struct.pack("<H", _RAW_HEADER) + data.ljust(CHUNK, b"\0")
    return struct.pack("<H", _COMPRESSED | len(packed) + _HEADER_SIZE - 3) + packed


def _token_sequences(data: bytes) -> bytes:
    """Literals and copy tokens, eight behind each flag byte (2.4.1.3.8)."""
    packed, at = bytearray(), 0
    while at < len(data):
        flag_at, flags = len(packed), 0
        packed.append(0)
        for bit in range(8):
            if at == len(data):
                break
            offset, length = _match(data, at)
            if length:
                flags |= 1 << bit
                packed += _copy_token(at, offset, length)
            else:
                packed.append(data[at])
            at += length or 1
        packed[flag_at] = flags
    return bytes(packed)


def _match(data: bytes, at: int) -> tuple[int, int]:
    """How far back the longest earlier stretch equal to what follows begins, and its length; 0, 0 where there is none (2.4.1.3.19.4).

    The stretch may run into what follows: it is copied byte by byte.
    """
    most = min(len(data) - at, (0xFFFF >> _offset_bits(at)) + _SHORTEST)
    length, found = _SHORTEST - 1, -1
    while length < most:
        start = data.find(data[at:at + length + 1], 0, at + length)
        if start < 0:
            break
        found, length = start, length + 1
        while length < most and data[found + length] == data[at + length]:
            length += 1
    return (at - found, length) if found >= 0 else (0, 0)


def _offset_bits(at: int) -> int:
    """Bits of a copy token that hold the offset, `at` bytes into the chunk (2.4.1.3.19.1)."""
    return max(4, (at - 1).bit_length()) if at else 4


def _copy_token(at: int, offset: int, length: int) -> bytes:
    """2.4.1.3.19.3."""
    return struct.pack("<H", (offset - 1) << (16 - _offset_bits(at)) | length - _SHORTEST)
