"""Zip containers within bounds: limited before they are unpacked, rebuilt from what was looked at.

The reader behind this one opens a zip on its own terms (doubled names, false sizes). It therefore never gets the
original container, only a plain one made of the parts that have been looked at.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

from toolkit.sheets import zip_file
from toolkit.sheets.scans.refusals import Unreadable

MAX_MEMBERS = 5_000
MAX_BYTES = 300 << 20  # unpacked, all parts read from one file together
# Deflate reaches 1:1030. A sheet of a million pre-formatted rows reaches 1:250; small parts do no harm.
MAX_RATIO = 400
RATIO_FROM_BYTES = 16 << 20

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
           IndexError, struct.error, OverflowError)

_END, _END_LENGTH, _SEARCHED = b"PK\x05\x06", 22, 1 << 16
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_BEGINNINGS = {b"<\0?\0": "utf-16-le", b"\0<\0?": "utf-16-be"}
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_SAID = re.compile(r"""(?<=<\?xml )[^>]*?(?=\?>)""")
_CHINESE = dict.fromkeys((b"gbk", b"gb2312", b"gb18030", b"cp936", b"x-gbk"), "gb18030")


class Archive:
    """A zip file's parts by name (any case, either slash). Raises Unreadable: damaged, bomb."""

    def __init__(self, data: bytes):
        try:
            self._zip = zipfile.ZipFile(BytesIO(_to_its_end(data)))
        except _BROKEN as error:
            raise Unreadable("damaged") from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise Unreadable("bomb")
        self._members = {_key(member.filename): member for member in members}
        if len(self._members) != len(members):
            raise Unreadable("damaged")
        self._left = MAX_BYTES

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._members

    def read(self, name: str) -> bytes:
        """The part's bytes, b"" where there is no such part."""
        member = self._members.get(_key(name))
        if member is None:
            return b""
        size = member.file_size
        self._left -= size
        if self._left < 0 or (size > RATIO_FROM_BYTES and size > MAX_RATIO * max(member.compress_size, 1)):
            raise Unreadable("bomb")
        if member.flag_bits & 1:
            raise Unreadable("encrypted")
        try:
            return self._zip.read(member)
        except _BROKEN as error:
            raise Unreadable("damaged") from error

    def read_xml(self, name: str) -> bytes:
        """The part as UTF-8 without any entity declaration (Unreadable: declared)."""
        part = _as_utf8(self.read(name))
        if b"!" in part and b"<!" in part and (b"<!DOCTYPE" in part or b"<!ENTITY" in part):
            raise Unreadable("declared")
        return part


def _as_utf8(part: bytes) -> bytes:
    """An XML part in whichever encoding it says → the same in UTF-8, no byte order mark."""
    head = part[:200]
    if head.startswith(_UTF8_MARK):
        part, head = part[3:], head[3:]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else _UTF16_BEGINNINGS.get(head[:4], "")
    if not encoding:
        said = _ENCODING.match(head)
        if said is None or said[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
            return part
        encoding = _CHINESE.get(said[1].lower(), said[1].decode())
    try:
        return _SAID.sub('version="1.0"', part.decode(encoding), count=1).encode()
    except (UnicodeError, LookupError) as error:
        raise Unreadable("damaged") from error


def _to_its_end(data: bytes) -> bytes:
    """The bytes without what stands far behind the zip's end: the library looks for that near the end only."""
    end = data.rfind(_END)
    return data if end < 0 or len(data) - end <= _SEARCHED else data[:end + _END_LENGTH + data[end + 20] + 256 * data[end + 21]]


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts, uncompressed."""
    return zip_file.zip_file(zip_file.stored(name, part) for name, part in parts.items())
