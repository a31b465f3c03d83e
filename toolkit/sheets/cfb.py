"""Compound files, the small file system in which a VBA project, or the stream of an .xls, lies.

Source: [MS-CFB] 2.2 Header, 2.3 to 2.6 FAT, mini FAT, DIFAT, directory
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
Tree = Mapping[str, "bytes | Tree"]
"""Name → stream, or a storage with further names."""

MINI_SECTOR, CUTOFF = 64, 4096  # bytes; smaller streams lie in the mini stream
_SMALL, _LARGE = 512, 4096  # bytes of a sector in version 3 and in version 4
_MOST_SMALL = 6 << 20  # bytes; the header of a version 3 file can tell where 7 MB lie
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NOBODY = 0xFFFFFFFF  # NOSTREAM
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_ENTRY_SIZE, _HEADER_FAT_ENTRIES = 128, 109


@dataclass
class _Entry:
    """A directory entry (2.6.1) while the file is laid out. `left`, `right`, `child`: numbers of other entries."""

    name: str
    kind: int
    data: bytes = b""
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    colour: int = _BLACK
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, self.kind, self.colour)
        return head + struct.pack("<3I36xIQ", self.left, self.right, self.child, self.start, self.size)


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file with these storages and streams, without times and class ids: version 3, or 4 where it is large.

    ValueError where it would be larger than a header without DIFAT sectors can tell (450 MB).
    """
    entries = _directory(tree)
    size = _SMALL if sum(len(entry.data) for entry in entries) < _MOST_SMALL else _LARGE
    sectors, mini = _Sectors(size), _Mini()
    for entry in entries[1:]:
        if entry.kind == _STREAM:
            entry.size = len(entry.data)
            entry.start = (mini if entry.size < CUTOFF else sectors).add(entry.data)
    root = entries[0]
    root.start, root.size = sectors.add(bytes(mini.stream)), len(mini.stream)
    mini_table = _table(mini.chain, size)
    mini_start = sectors.add(mini_table)
    listed = b"".join(entry.packed() for entry in entries)
    unused = struct.pack("<68x3I48x", _NOBODY, _NOBODY, _NOBODY)
    directory = listed + unused * (-len(entries) % (size // _ENTRY_SIZE))
    return sectors.file(sectors.add(directory), len(directory) // size, mini_start, len(mini_table) // size)


class _Sectors:
    """The sectors of `size` bytes behind the header and the chain through them (2.3)."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._bytes = bytearray()
        self._chain: list[int] = []

    def add(self, data: bytes) -> int:
        """Put a stream into sectors of its own; returns the first."""
        return _append(data, self._size, self._bytes, self._chain)

    def file(self, directory_start: int, directory_sectors: int, mini_start: int, mini_sectors: int) -> bytes:
        used, tables, size = len(self._chain), 1, self._size
        while used + tables > tables * (size // 4):
            tables += 1
        if tables > _HEADER_FAT_ENTRIES:
            raise ValueError("too large for a compound file without DIFAT sectors")
        version, shift, counted = (3, 9, 0) if size == _SMALL else (4, 12, directory_sectors)
        header = struct.pack("<8s16x5H6x9I", MAGIC, 0x3E, version, 0xFFFE, shift, 6,
                             counted, tables, directory_start, 0, CUTOFF, mini_start, mini_sectors, _END, 0)
        where = [*range(used, used + tables), *[_FREE] * (_HEADER_FAT_ENTRIES - tables)]
        header += struct.pack(f"<{_HEADER_FAT_ENTRIES}I", *where)
        return header.ljust(size, b"\0") + bytes(self._bytes) + _table([*self._chain, *[_FAT] * tables], size)


class _Mini:
    """The mini stream, cut into mini sectors (2.4)."""

    def __init__(self) -> None:
        self.stream = bytearray()
        self.chain: list[int] = []

    def add(self, data: bytes) -> int:
        return _append(data, MINI_SECTOR, self.stream, self.chain)


def _append(data: bytes, size: int, out: bytearray, chain: list[int]) -> int:
    """Append data filled up to whole sectors of `size`, linked in `chain`; returns the first sector, ENDOFCHAIN for no data."""
    if not data:
        return _END
    first, count = len(chain), -(-len(data) // size)
    out += data.ljust(count * size, b"\0")
    chain += [*range(first + 1, first + count), _END]
    return first


def _table(chain: list[int], size: int) -> bytes:
    """Sector numbers filled up to whole sectors of `size` bytes."""
    free = [_FREE] * (-len(chain) % (size // 4))
    return struct.pack(f"<{len(chain) + len(free)}I", *chain, *free)


def _directory(tree: Tree) -> list[_Entry]:
    """The entries, the root first."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add_children(entries, entries[0], tree)
    return entries


def _add_children(entries: list[_Entry], parent: _Entry, tree: Tree) -> None:
    """Append a storage's entries and hang them under it as a red-black tree (2.6.4)."""
    ordered = []
    for name, content in sorted(tree.items(), key=lambda item: _order(item[0])):
        ordered.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content))
        else:
            entries.append(_Entry(name, _STORAGE))
            _add_children(entries, entries[-1], content)
    parent.child = _balanced(entries, ordered, (len(ordered) + 1).bit_length() - 1)


def _order(name: str) -> tuple[int, bytes]:
    """Shorter names first, then by code units in upper case (2.6.4)."""
    upper = name.upper().encode("utf-16-be")
    return len(upper), upper


def _balanced(entries: list[_Entry], ordered: list[int], full: int) -> int:
    """Link entries into a search tree; `full` levels have every node there can be and are black, what hangs below is red."""
    if not ordered:
        return _NOBODY
    middle = len(ordered) // 2
    top = entries[ordered[middle]]
    top.colour = _BLACK if full > 0 else _RED
    top.left = _balanced(entries, ordered[:middle], full - 1)
    top.right = _balanced(entries, ordered[middle + 1:], full - 1)
    return ordered[middle]
