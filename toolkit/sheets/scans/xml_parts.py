"""The small XML parts of an OOXML workbook: sheet list, relations, shared strings, custom properties."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple
from xml.parsers import expat

from toolkit.sheets.grid import from_a1
from toolkit.sheets.scans.archive import stored
from toolkit.sheets.scans.refusals import Unreadable

_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|amp|lt|gt|quot|apos);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_QUOTED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HIDDEN_STATES = ("hidden", "veryHidden")
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@cache
def column(letters: bytes) -> int:
    """The zero-based place of a column; sheets name the same few over and over."""
    return from_a1(letters.decode() + "1")[1]


def walk(part: bytes, start: Callable[[str, dict[str, str]], None],
         end: Callable[[str], None] | None = None, text: Callable[[str], None] | None = None) -> None:
    """Parse `part`, calling back with local names. Raises Unreadable: damaged, declared."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, marks: start(_local(name), marks)
    if end:
        parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable("damaged") from error


def _refuse(*_declaration: object) -> None:
    raise Unreadable("declared")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class SheetReference(NamedTuple):
    """A sheet in the workbook's list; `relation` is "" for a module, which has no part."""

    name: str
    relation: str
    state: str  # "visible" | "hidden" | "veryHidden"


class BookPart(NamedTuple):
    """What the main part says."""

    sheets: Sequence[SheetReference]
    date1904: bool


def book(part: bytes) -> BookPart:
    """workbook.xml → its sheets in order, and whether serial numbers count from 1904."""
    found: list[SheetReference] = []
    date1904 = False

    def start(name: str, marks: dict[str, str]) -> None:
        nonlocal date1904
        if name == "sheet":
            relation = next((value for key, value in marks.items() if _local(key) == "id"), "")
            state = marks.get("state", "")
            found.append(SheetReference(marks.get("name", ""), relation, state if state in _HIDDEN_STATES else "visible"))
        elif name == "workbookPr" and "date1904" in marks:  # Excel 2013 adds another one further down
            date1904 = marks.get("date1904") in ("1", "true", "on")

    walk(part, start)
    return BookPart(found, date1904)


def plain_book(sheets: Sequence[SheetReference], date1904: bool) -> bytes:
    """A workbook.xml with these sheets alone, their relations numbered rId1, rId2 …"""
    lines = "".join(f'<sheet name="{escape(sheet.name)}" sheetId="{number}" state="{sheet.state}" r:id="rId{number}"/>'
                    for number, sheet in enumerate(sheets, 1))
    return (f'<workbook xmlns="{_MAIN}" xmlns:r="{_KIND}"><workbookPr date1904="{date1904:d}"/>'
            f"<sheets>{lines}</sheets></workbook>").encode()


class Relationship(NamedTuple):
    """What a part is related to: the relationship's type URI; `target` a part name, or what stood there if external."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last step of the type."""
        return self.type.rpartition("/")[2]


def relationships(part: bytes, source: str) -> list[Relationship]:
    """A .rels part → the relationships of the part `source`, `` for the whole package. Raises Unreadable."""
    def target(marks: dict[str, str]) -> str:
        written = marks.get("Target", "")
        if marks.get("TargetMode") == "External":
            return written
        path = posixpath.join("/", posixpath.dirname(source), written.replace("\\", "/"))
        return posixpath.normpath(path).lstrip("/")

    return [Relationship(marks.get("Id", ""), marks.get("Type", ""), target(marks), marks.get("TargetMode") == "External")
            for marks in _relationship_marks(part)]


def relations(part: bytes) -> dict[str, tuple[str, str]]:
    """A .rels part → id: (last word of the type, target)."""
    return {marks.get("Id", ""): (marks.get("Type", "").rpartition("/")[2], marks.get("Target", ""))
            for marks in _relationship_marks(part)}


def _relationship_marks(part: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    walk(part, lambda name, marks: found.append(marks) if name == "Relationship" else None)
    return found


def located(target: str, folder: str) -> str:
    """A relation's target, seen from a part in `folder` → the part's path."""
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def only(relations: dict[str, tuple[str, str]], kind: str, folder: str, suffix: str) -> str:
    """The path of the one part of a kind, seen from a part in `folder`; where it usually stands if no relation names it."""
    targets = [target for found, target in relations.values() if found == kind]
    return located(targets[0] if targets else f"{kind}.{suffix}", folder)


def escape(text: str) -> str:
    """Text for an attribute in double quotes, or for an element."""
    return text.translate(_QUOTED)


def relations_part(targets: Iterable[tuple[str, str, str]]) -> bytes:
    """(id, kind, target) … → a .rels part."""
    lines = "".join(f'<Relationship Id="{escape(key)}" Type="{_KIND}/{escape(kind)}" Target="{escape(target)}"/>'
                    for key, kind, target in targets)
    return f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'.encode()


def plain_package(parts: dict[str, bytes], sheets: list[tuple[str, str, str]], suffix: str) -> bytes:
    """A package of those `parts` (by path under xl/) that are not empty, with relations made anew.

    sheets: (relation id, kind, path under xl/) of every sheet. suffix: "xml" | "bin".
    """
    package = {f"xl/{name}": part for name, part in parts.items() if part}
    package["_rels/.rels"] = relations_part([("book", "officeDocument", f"xl/workbook.{suffix}")])
    shared = [(f"toolkit_{name}", name, f"{name}.{suffix}") for name in ("styles", "sharedStrings")]
    package[f"xl/_rels/workbook.{suffix}.rels"] = relations_part([*sheets, *shared])
    return stored(package)


def shared_strings(part: bytes, index: int) -> str:
    """The shared string `index`, runs joined, phonetic guides skipped; "" where there is none."""
    count, phonetic, pieces, inside = -1, 0, [], False

    def start(name: str, _marks: dict[str, str]) -> None:
        nonlocal count, phonetic, inside
        count += name == "si"
        phonetic += name == "rPh"
        inside = name == "t" and not phonetic and count == index

    def end(name: str) -> None:
        nonlocal phonetic, inside
        phonetic -= name == "rPh"
        inside = False

    walk(part, start, end, lambda text: pieces.append(text) if inside else None)
    return "".join(pieces)


def custom_properties(part: bytes) -> dict[str, str]:
    """docProps/custom.xml → name: value as text."""
    found: dict[str, str] = {}
    current = ""

    def start(name: str, marks: dict[str, str]) -> None:
        nonlocal current
        if name == "property":
            current = marks.get("name", "")
            found[current] = ""

    def text(value: str) -> None:
        if current:
            found[current] += value

    if part:
        walk(part, start, text=text)
    return {name: value.strip() for name, value in found.items() if name}


def attributes(tag: bytes) -> dict[str, str]:
    """One tag's attributes."""
    return {name.decode(): (double or single).decode() for name, double, single in _ATTRIBUTE.findall(tag)}


def text(raw: bytes) -> str:
    """Character data as it stands in the bytes → text."""
    return unescape(raw.decode("utf-8", "replace"))


def unescape(written: str) -> str:
    """Character and predefined entity references resolved; others, which XML does not know, stay."""
    return _ENTITY.sub(_resolved, written) if "&" in written else written


def _resolved(found: re.Match[str]) -> str:
    name = found[1]
    if name[0] != "#":
        return _NAMED[name]
    code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    return chr(code) if code <= sys.maxunicode else ""
