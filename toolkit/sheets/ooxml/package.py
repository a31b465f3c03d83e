"""The zip around a workbook: parts by name, relationships, content types.

Parts that nobody changed are copied with their compressed bytes as they are; only changed parts are packed anew.
"""

from __future__ import annotations

import copy
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from toolkit.errors import UserError
from toolkit.sheets.ooxml import xmltext

CONTENT_TYPES = "[Content_Types].xml"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_UTF8 = 0x800
_ENCRYPTED = 0x1
_TIGHT = 6
_LARGE = 1 << 20  # from here on packing tight costs more time than it saves room
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Relationship(NamedTuple):
    """`kind` is the last step of the relationship's type URI; `target` a part name, or what stood there if external."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """One workbook file being edited. Part names carry no leading slash and are found whatever their case."""

    def __init__(self, data: bytes) -> None:
        """UserError where `data` is no zip file or is encrypted."""
        self._data = data
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as cause:
            raise UserError("文件不是 .xlsx 或 .xlsm 工作簿，或者已经损坏。请用 Excel 打开后另存为 .xlsx。") from cause
        if any(info.flag_bits & _ENCRYPTED for info in self._archive.infolist()):
            raise UserError("工作簿的压缩包带有密码。请用 Excel 打开后另存为不带密码的 .xlsx，再试一次。")
        self._infos = {_key(info.filename): info for info in self._archive.infolist()}
        self._texts: dict[str, str] = {}
        self._new: dict[str, bytes | None] = {}  # None: dropped
        self._names: dict[str, str] = {key: info.filename for key, info in self._infos.items()}

    def copy(self) -> Package:
        """The package as it stands, to be changed apart from this one."""
        other = copy.copy(self)
        other._texts, other._new, other._names = dict(self._texts), dict(self._new), dict(self._names)
        return other

    def __contains__(self, part: str) -> bool:
        key = _key(part)
        return self._new[key] is not None if key in self._new else key in self._infos

    def names(self) -> list[str]:
        """All part names there are now."""
        return [name for key, name in self._names.items() if name in self]

    def read(self, part: str) -> bytes:
        """The bytes of a part. UserError where it is missing or damaged."""
        key = _key(part)
        content = self._new.get(key)
        if content is not None:
            return content
        if part not in self:
            raise UserError(f"工作簿里缺少“{part}”，文件不完整。请用 Excel 打开后另存为 .xlsx，再试一次。")
        try:
            return self._archive.read(self._infos[key])
        except (zipfile.BadZipFile, zlib.error, NotImplementedError) as cause:
            raise UserError(f"工作簿里的“{part}”已经损坏。请用 Excel 打开并修复后另存，再试一次。") from cause

    def text(self, part: str) -> str:
        """The text of an XML part, in the plain form of `xmltext.decode`."""
        key = _key(part)
        if key not in self._texts:
            self._texts[key] = xmltext.decode(self.read(part))
        return self._texts[key]

    def put(self, part: str, text: str) -> None:
        """Change a part or add one. Putting back what is there already changes nothing."""
        key = _key(part)
        if part in self and self.text(part) == text:
            return
        self._texts[key] = text
        self._new[key] = text.encode("utf-8")
        self._names.setdefault(key, part)

    def drop(self, part: str) -> None:
        """Remove a part, its content type and its own relationships."""
        if part not in self:
            return
        for gone in (part, _rels_of(part)):
            self._texts.pop(_key(gone), None)
            self._new[_key(gone)] = None
        types = self.text(CONTENT_TYPES)
        for element in xmltext.children(types):
            if _key(xmltext.attribute(element.tag(types), "PartName") or "") == _key(part):
                self.put(CONTENT_TYPES, xmltext.cut(types, element.start, element.end))
                return

    def declare(self, part: str, content_type: str) -> None:
        """Give a part its content type."""
        types = self.text(CONTENT_TYPES)
        new = f'<{xmltext.prefix(types)}Override PartName="/{part}" ContentType="{content_type}"/>'
        self.put(CONTENT_TYPES, xmltext.append_child(types, new))

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Give all parts with this extension a content type, unless they have one."""
        types = self.text(CONTENT_TYPES)
        known = [xmltext.attribute(element.tag(types), "Extension") for element in xmltext.children(types)]
        if extension not in [name.lower() for name in known if name]:
            new = f'<{xmltext.prefix(types)}Default Extension="{extension}" ContentType="{content_type}"/>'
            self.put(CONTENT_TYPES, xmltext.insert_child(types, new, ("Default", "Override")))

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of a part; of the whole package where `part` is ``."""
        if _rels_of(part) not in self:
            return []
        text = self.text(_rels_of(part))
        return [_relationship(element.tag(text), part) for element in xmltext.children(text)]

    def related(self, part: str, kind: str) -> Relationship | None:
        """The first relationship of this kind."""
        return next((rel for rel in self.relationships(part) if rel.kind == kind), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from `part` to the part `target`; returns its id."""
        name = _rels_of(part)
        text = self.text(name) if name in self else f'<Relationships xmlns="{_RELS}"></Relationships>'
        taken = {rel.id for rel in self.relationships(part)}
        new_id = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        new = (f'<{xmltext.prefix(text)}Relationship Id="{new_id}" Type="{xmltext.RELATIONSHIPS}/{kind}" '
               f'Target="/{xmltext.escape_attribute(target)}"/>')
        self.put(name, xmltext.append_child(text, new))
        return new_id

    def unrelate(self, part: str, relationship_id: str) -> None:
        """Remove one relationship; the relationships part goes with the last of them."""
        name = _rels_of(part)
        text = self.text(name)
        elements = xmltext.children(text)
        if len(elements) == 1:
            self.drop(name)
            return
        for element in elements:
            if xmltext.attribute(element.tag(text), "Id") == relationship_id:
                self.put(name, xmltext.cut(text, element.start, element.end))

    def free_name(self, pattern: str) -> str:
        """The first part name of the pattern (`xl/comments{}.xml`) that nobody uses."""
        return next(name for n in range(1, len(self._names) + 2) if (name := pattern.format(n)) not in self)

    def with_contents(self, contents: Mapping[str, bytes], level: int) -> bytes:
        """The file with other bytes in these parts, packed at this level of zlib; the package stays as it is."""
        other = self.copy()
        other._new |= {_key(part): content for part, content in contents.items()}
        return other.save(level)

    def save(self, level: int = _TIGHT) -> bytes:
        """The edited file; the very bytes it was read from where nothing changed."""
        if not self._new:
            return self._data
        out: list[bytes | memoryview] = []
        directory: list[bytes] = []
        offset = 0
        for info, raw in self._members(level):
            head = _local_header(info)
            directory.append(_central_header(info, offset))
            out += (head, raw)
            offset += len(head) + len(raw)
        size = sum(map(len, directory))
        out += directory
        out.append(_END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), size, offset, 0))
        return b"".join(out)

    def _members(self, level: int) -> list[tuple[zipfile.ZipInfo, bytes | memoryview]]:
        members: list[tuple[zipfile.ZipInfo, bytes | memoryview]] = []
        for key, name in self._names.items():
            if key not in self._new:
                members.append((self._infos[key], self._raw(self._infos[key])))
            elif (content := self._new[key]) is not None:
                members.append(_pack(name, content, level))
        return members

    def _raw(self, info: zipfile.ZipInfo) -> memoryview:
        name, extra = struct.unpack_from("<HH", self._data, info.header_offset + 26)
        start = info.header_offset + _LOCAL.size + name + extra
        return memoryview(self._data)[start:start + info.compress_size]


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relationship(tag: str, source: str) -> Relationship:
    target = xmltext.attribute(tag, "Target") or ""
    external = xmltext.attribute(tag, "TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")
    kind = (xmltext.attribute(tag, "Type") or "").rpartition("/")[2]
    return Relationship(xmltext.attribute(tag, "Id") or "", kind, target, external)


def _pack(name: str, content: bytes, level: int) -> tuple[zipfile.ZipInfo, bytes]:
    packer = zlib.compressobj(1 if len(content) > _LARGE else level, zlib.DEFLATED, -15)
    raw = packer.compress(content) + packer.flush()
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type, info.CRC = zipfile.ZIP_DEFLATED, zlib.crc32(content)
    info.compress_size, info.file_size = len(raw), len(content)
    info.flag_bits = 0 if name.isascii() else _UTF8
    return info, raw


def _moment(info: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _name_bytes(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")


def _local_header(info: zipfile.ZipInfo) -> bytes:
    name = _name_bytes(info)
    return _LOCAL.pack(b"PK\3\4", 20, info.flag_bits & ~0x8, info.compress_type, *_moment(info), info.CRC,
                       info.compress_size, info.file_size, len(name), 0) + name


def _central_header(info: zipfile.ZipInfo, offset: int) -> bytes:
    name = _name_bytes(info)
    return _CENTRAL.pack(b"PK\1\2", 20 | info.create_system << 8, 20, info.flag_bits & ~0x8, info.compress_type,
                         *_moment(info), info.CRC, info.compress_size, info.file_size, len(name), 0, 0, 0,
                         info.internal_attr, info.external_attr, offset) + name
