"""What stands in the file of an open workbook and LibreOffice's interface has no word for."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from xml.etree import ElementTree

from tests.lo_engine.bridge import local_path

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK = "xl/workbook.xml"


@contextmanager
def package(doc: Any) -> Iterator[zipfile.ZipFile | None]:
    """The file a document came from; None where there is none."""
    if not doc.URL or not zipfile.is_zipfile(path := Path(local_path(doc.URL))):
        yield None
        return
    with zipfile.ZipFile(path) as opened:
        yield opened


def sheet_part(opened: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds a sheet, None where the file has no such sheet."""
    targets = {link: target for link, _, target in _links(opened, _BOOK)}
    found = (entry for entry in ElementTree.fromstring(opened.read(_BOOK)).iter(f"{_MAIN}sheet"))
    return next((targets[entry.get(_ID)] for entry in found if entry.get("name") == sheet), None)


def comments(doc: Any, sheet: str) -> dict[str, tuple[str, str]]:
    """Author and text of the comments on a sheet as its file has them, by cell."""
    with package(doc) as opened:
        part = opened and sheet_part(opened, sheet)
        found = [target for _, kind, target in _links(opened, part) if kind.endswith("/comments")] if part else []
        roots = [ElementTree.fromstring(opened.read(target)) for target in found]
    return {entry.get("ref"): (authors[int(entry.get("authorId"))], "".join(entry.itertext()))
            for root in roots for authors in [[author.text or "" for author in root.iter(f"{_MAIN}author")]]
            for entry in root.iter(f"{_MAIN}comment")}


def _links(opened: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """Id, type and full target of the relationships of a part."""
    folder, name = part.rsplit("/", 1)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in opened.namelist():
        return []
    return [(link.get("Id"), link.get("Type"), normpath(join("/", dirname(part), link.get("Target"))).lstrip("/"))
            for link in ElementTree.fromstring(opened.read(rels))]
