"""The zip around a workbook: parts by name, relationships, content types.

Parts that nobody changed are copied with their packed bytes as they are; only changed parts are packed anew.
"""

from __future__ import annotations

import copy
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from toolkit.errors import UserError
from toolkit.sheets import zip_file
from toolkit.sheets.ooxml import content_types, xmltext, xmltree
from toolkit.sheets.ooxml.content_types import part_key as _key
from toolkit.sheets.scans import xml_parts
from toolkit.sheets.scans.refusals import Unreadable
from toolkit.sheets.scans.xml_parts import Relationship
from toolkit.sheets.zip_file import ZipMember

__all__ = ["CONTENT_TYPES", "Package", "Relationship"]

CONTENT_TYPES = "[Content_Types].xml"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_NO_RELATIONSHIPS = (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                     b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, LookupError,
           struct.error)
_LOCAL_HEADER, _LENGTHS_AT = 30, 26  # bytes; APPNOTE.TXT 4.3.7
TIGHT = 6
QUICK = 3  # half the time for a tenth more room


class _OpenPart(NamedTuple):
    """A part taken apart: its document element, and the bytes it would be written as if nothing changed."""

    root: etree._Element
    unchanged: bytes


class Package:
    """One workbook file being edited. Part names carry no leading slash and are found whatever their case."""

    def __init__(self, data: bytes) -> None:
        """UserError where `data` is no zip file or is encrypted. A zip at the end of another file does not count."""
        self._data = data
        try:
            if not data.startswith(b"PK"):
                raise zipfile.BadZipFile
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as cause:
            raise UserError("文件不是 .xlsx 或 .xlsm 工作簿，或者已经损坏。请用 Excel 打开后另存为 .xlsx。") from cause
        if any(info.flag_bits & zip_file.ENCRYPTED for info in self._archive.infolist()):
            raise UserError("工作簿的压缩包带有密码。请用 Excel 打开后另存为不带密码的 .xlsx，再试一次。")
        self._infos = {_key(info.filename): info for info in self._archive.infolist()}
        self._trees: dict[str, _OpenPart] = {}
        self._texts: dict[str, str] = {}
        self._related: dict[str, list[Relationship]] = {}
        self._new: dict[str, bytes | None] = {}  # None: dropped
        self._names: dict[str, str] = {key: info.filename for key, info in self._infos.items()}

    def copy(self) -> Package:
        """The package as it stands, to be changed apart from this one."""
        self._settle()
        other = copy.copy(self)
        other._trees, other._texts, other._related = {}, {}, {}
        other._new, other._names = dict(self._new), dict(self._names)
        return other

    def __contains__(self, part: str) -> bool:
        key = _key(part)
        return self._new[key] is not None if key in self._new else key in self._infos

    def names(self) -> list[str]:
        """All part names there are now."""
        return [name for name in self._names.values() if name in self]

    def read(self, part: str) -> bytes:
        """The bytes of a part as it stands now. UserError where it is missing or damaged."""
        key = _key(part)
        self._settle(key)
        content = self._new.get(key)
        if content is not None:
            return content
        if part not in self:
            raise UserError(f"工作簿里缺少“{part}”，文件不完整。请用 Excel 打开后另存为 .xlsx，再试一次。")
        try:
            return self._archive.read(self._infos[key])
        except _BROKEN as cause:
            raise _damaged(part) from cause

    def text(self, part: str) -> str:
        """The text of an XML part, in the plain form of `xmltext.decode`."""
        key = _key(part)
        if key in self._trees or key not in self._texts:
            with _undamaged(part):
                self._texts[key] = xmltext.decode(self.read(part))
        return self._texts[key]

    def plain(self, part: str) -> bytes:
        """The bytes of an XML part, in the form of `xmltext.plain`."""
        with _undamaged(part):
            return xmltext.plain(self.read(part))

    def tree(self, part: str) -> etree._Element:
        """The document element of an XML part; what is changed in it is saved. UserError where it is missing or damaged."""
        key = _key(part)
        if key not in self._trees:
            content = self.read(part)
            try:
                root = xmltree.parse_vml(content) if key.endswith(".vml") else xmltree.parse(content)
            except ValueError as cause:
                raise _damaged(part) from cause
            self._trees[key] = _OpenPart(root, xmltree.written(root, content))
        return self._trees[key].root

    def put(self, part: str, content: bytes | str) -> None:
        """Change a part or add one. Putting back what is there already changes nothing."""
        key = _key(part)
        new = content.encode("utf-8") if isinstance(content, str) else content
        is_known = key in self._texts and key not in self._trees
        if content == self._texts[key] if is_known else part in self and self.read(part) == new:
            return
        for opened in (self._trees, self._texts, self._related):
            opened.pop(key, None)
        self._new[key] = new
        self._names.setdefault(key, part)

    def add(self, part: str, content: bytes | str, content_type: str) -> None:
        """Add a part of this content type."""
        self.put(part, content)
        content_types.declare(self.tree(CONTENT_TYPES), part, content_type)

    def drop(self, part: str) -> None:
        """Remove a part, its content type and its own relationships."""
        for gone in (part, _rels_of(part)):
            if gone in self:
                for opened in (self._trees, self._texts, self._related):
                    opened.pop(_key(gone), None)
                self._new[_key(gone)] = None
                content_types.forget(self.tree(CONTENT_TYPES), gone)

    def content_type(self, part: str) -> str:
        """The declared type of a part, `` where there is none."""
        return content_types.type_of(self.tree(CONTENT_TYPES), part)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Give all parts with this extension a content type, unless they have one."""
        content_types.declare_extension(self.tree(CONTENT_TYPES), extension, content_type)

    @cached_property
    def strict(self) -> bool:
        """Whether the workbook is written in the strict form of the standard."""
        return any(xmltree.is_strict(relation.type) for relation in self.relationships(""))

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of a part; of the whole package where `part` is ``."""
        name = _rels_of(part)
        key = _key(name)
        if name not in self:
            return []
        if key in self._related:
            return self._related[key]
        try:
            found = [self._found(relation) for relation in xml_parts.relationships(self.read(name), part)]
        except Unreadable as cause:
            raise _damaged(name) from cause
        if key not in self._trees:  # what is open may change
            self._related[key] = found
        return found

    def _found(self, relation: Relationship) -> Relationship:
        """Some programs write a target with escapes and the name of the part without."""
        if relation.external or relation.target in self or "%" not in relation.target:
            return relation
        return relation._replace(target=unquote(relation.target))

    def related(self, part: str, kind: str) -> Relationship | None:
        """The first relationship of this kind to a part that is there."""
        return next((rel for rel in self.relationships(part)
                     if rel.kind == kind and not rel.external and rel.target in self), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from `part` to the part `target`; returns its id."""
        name = _rels_of(part)
        if name not in self:
            self.put(name, _NO_RELATIONSHIPS)
        taken = {relation.id for relation in self.relationships(part)}
        new_id = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        root, kinds = self.tree(name), xmltree.relationships_namespace(self.strict)
        root.append(xmltree.make(root, "Relationship", {"Id": new_id, "Type": f"{kinds}/{kind}", "Target": f"/{target}"}))
        self._related.pop(_key(name), None)
        return new_id

    def unrelate(self, part: str, relationship_id: str) -> None:
        """Remove one relationship; the relationships part goes with the last of them."""
        name = _rels_of(part)
        root = self.tree(name)
        for element in list(xmltree.children(root)):
            if element.get("Id") == relationship_id:
                xmltree.remove(element)
        self._related.pop(_key(name), None)
        if not len(root):
            self.drop(name)

    def free_name(self, pattern: str) -> str:
        """The first part name of the pattern (`xl/comments{}.xml`) that nobody uses."""
        return next(name for n in range(1, len(self._names) + 2) if (name := pattern.format(n)) not in self)

    def with_contents(self, contents: Mapping[str, bytes], level: int) -> bytes:
        """The file with other bytes in these parts, packed at this level of zlib; the package stays as it is."""
        other = self.copy()
        other._new |= {_key(part): content for part, content in contents.items()}
        return other.save(level)

    def save(self, level: int = TIGHT) -> bytes:
        """The edited file; the very bytes it was read from where nothing changed."""
        self._settle()
        if not self._new:
            return self._data
        if any(name.lower().endswith(".rels") and not self.content_type(name) for name in self.names()):
            self.declare_extension("rels", _RELS_TYPE)
            self._settle()
        return zip_file.zip_file(self._members(level))

    def _settle(self, *keys: str) -> None:
        """Write down what changed in these parts that are open, or in all."""
        for key in keys or self._trees:
            if opened := self._trees.get(key):
                now = xmltree.written(opened.root, opened.unchanged)
                if now != opened.unchanged:
                    self._new[key] = now
                    self._trees[key] = _OpenPart(opened.root, now)

    def _members(self, level: int) -> list[ZipMember]:
        members = []
        for key, name in self._names.items():
            if key not in self._new:
                members.append(self._as_it_lies(self._infos[key]))
            elif (content := self._new[key]) is not None:
                members.append(zip_file.packed(name, content, level))
        return members

    def _as_it_lies(self, info: zipfile.ZipInfo) -> ZipMember:
        lengths = struct.unpack_from("<HH", self._data, info.header_offset + _LENGTHS_AT)
        start = info.header_offset + _LOCAL_HEADER + sum(lengths)
        name = info.orig_filename.encode("utf-8" if info.flag_bits & zip_file.UTF8_NAME else "cp437")
        return ZipMember(name, memoryview(self._data)[start:start + info.compress_size], info.file_size, info.CRC,
                         info.compress_type, info.flag_bits, _moment(info), info.create_system,
                         info.internal_attr, info.external_attr)


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@contextmanager
def _undamaged(part: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, LookupError) as cause:
        raise _damaged(part) from cause


def _damaged(part: str) -> UserError:
    return UserError(f"工作簿里的“{part}”已经损坏。请用 Excel 打开并修复后另存，再试一次。")


def _moment(info: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
