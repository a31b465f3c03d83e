"""Comments of our own beside those of the clerks: theirs stay as they are, ours can be removed without a trace.

A comment is kept twice: its text in the comments part, its box in a VML drawing (see `note_boxes`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from toolkit.sheets.grid import a1, from_a1
from toolkit.sheets.ooxml import note_boxes, xmltree
from toolkit.sheets.ooxml.package import Package
from toolkit.sheets.ooxml.sheetxml import SheetXml
from toolkit.sheets.ooxml.xmltext import storable
from toolkit.sheets.ooxml.xmltree import child, children, insert, make, number

CommentedCell = tuple[int, int]
AUTHOR = "校验"
BEGIN, END = "〔校验〕", "〔校验完〕"  # around what we add to a comment of someone else, and around all that Excel writes for us
_OURS = re.compile(rf"\n?{BEGIN}.*?{END}", re.S)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_EMPTY = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
          '<comments xmlns="{}"><authors></authors><commentList></commentList></comments>')
_ORDER = ("authors", "commentList", "extLst")


class StandingComments(NamedTuple):
    """Cells (zero-based) with a comment. ours: nothing else is in it; mixed: ours stands in one of someone else; others: none of ours."""

    ours: tuple[CommentedCell, ...] = ()
    mixed: tuple[CommentedCell, ...] = ()
    others: tuple[CommentedCell, ...] = ()


def standing(package: Package, part: str) -> StandingComments:
    """The comments on the sheet in `part`, by whose they are."""
    found: dict[str, list[CommentedCell]] = {kind: [] for kind in StandingComments._fields}
    related = package.related(part, "comments")
    if related is not None:
        root = package.tree(related.target)
        names = _authors(root)
        for comment in children(_holder(root, "commentList")):
            if place := _place(comment):
                found[_whose(comment, names)].append(place)
    return StandingComments(**{kind: tuple(places) for kind, places in found.items()})


def _whose(comment: etree._Element, names: list[str]) -> str:
    text = "".join(piece.text or "" for piece in _pieces(comment))
    if _is_by_us(comment, names) or (_OURS.search(text) and not _OURS.sub("", text).strip()):
        return "ours"
    return "mixed" if _OURS.search(text) else "others"


def _is_by_us(comment: etree._Element, names: list[str]) -> bool:
    return names[number(comment, "authorId", len(names)):][:1] == [AUTHOR]


def add(package: Package, part: str, sheet: SheetXml, notes: Mapping[tuple[int, int], str]) -> None:
    """Give cells (zero-based) of the sheet in `part` comments by 校验; a comment that is there gets ours at its end."""
    if not notes:
        return
    related = package.related(part, "comments")
    root = package.tree(related.target if related else _new_comments(package, part, sheet))
    author, listed = _our_number(root), _holder(root, "commentList")
    there = {comment.get("ref"): comment for comment in children(listed)}
    new = {}
    for place, note in sorted(notes.items()):
        if (known := there.get(a1(*place))) is not None:
            _add_to(known, note)
        else:
            new[place] = note
            listed.append(_comment(root, place, author, note))
    if new:
        note_boxes.draw(package, part, sheet, new)


def clear(package: Package, part: str, sheet: SheetXml) -> None:
    """Remove what `add` put on the sheet in `part`."""
    related = package.related(part, "comments")
    if related is None:
        return
    root = package.tree(related.target)
    names, listed = _authors(root), _holder(root, "commentList")
    gone = [comment for comment in children(listed)
            if _is_by_us(comment, names) or not _take_ours(comment)]
    for comment in gone:
        xmltree.remove(comment)
    if names and names[-1] == AUTHOR:  # in the middle it stays: the other names keep their numbers
        xmltree.remove(list(children(_holder(root, "authors")))[-1])
    if gone:
        note_boxes.erase(package, part, sheet, {place for comment in gone if (place := _place(comment))})
    if gone and not len(listed):
        package.unrelate(part, related.id)
        package.drop(related.target)


def _new_comments(package: Package, part: str, sheet: SheetXml) -> str:
    name = package.free_name("xl/comments{}.xml")
    package.add(name, _EMPTY.format(xmltree.namespace(sheet.root)), _TYPE)
    package.relate(part, "comments", name)
    return name


def _holder(root: etree._Element, name: str) -> etree._Element:
    found = child(root, name)
    return insert(root, make(root, name), _ORDER[_ORDER.index(name) + 1:]) if found is None else found


def _authors(root: etree._Element) -> list[str]:
    return [author.text or "" for author in children(_holder(root, "authors"))]


def _our_number(root: etree._Element) -> int:
    names = _authors(root)
    if AUTHOR not in names:
        _holder(root, "authors").append(make(root, "author", text=AUTHOR))
        return len(names)
    return names.index(AUTHOR)


def _place(comment: etree._Element) -> CommentedCell | None:
    try:
        return from_a1(comment.get("ref") or "")
    except ValueError:
        return None


def _comment(root: etree._Element, place: tuple[int, int], author: int, note: str) -> etree._Element:
    look = make(root, "rPr", {}, make(root, "sz", {"val": 9}), make(root, "rFont", {"val": "微软雅黑"}))
    run = make(root, "r", {}, look, make(root, "t", text=note))
    return make(root, "comment", {"ref": a1(*place), "authorId": author}, make(root, "text", {}, run))


def _pieces(comment: etree._Element) -> list[etree._Element]:
    """The elements that hold the comment's text. Excel cuts a text where the font changes."""
    return list(comment.iter("{*}t"))


def _take_ours(comment: etree._Element) -> bool:
    """Take our addition out of a comment of someone else; whether anything is left of it."""
    pieces = _pieces(comment)
    text = "".join(piece.text or "" for piece in pieces)
    ours = {place for found in _OURS.finditer(text) for place in range(*found.span())}
    if not ours:
        return True
    at = 0
    for piece in pieces:
        said = piece.text or ""
        piece.text = "".join(character for place, character in enumerate(said, at) if place not in ours)
        at += len(said)
    return bool(_OURS.sub("", text).strip())


def _add_to(comment: etree._Element, note: str) -> None:
    """Put ours behind the comment's last piece of text."""
    addition, pieces = storable(f"\n{BEGIN}{note}{END}"), _pieces(comment)
    if pieces:
        pieces[-1].text = (pieces[-1].text or "") + addition
        return
    holder = child(comment, "text")
    if holder is None:
        holder = insert(comment, make(comment, "text"), ("commentPr",))
    holder.append(make(comment, "r", {}, make(comment, "t", text=addition[1:])))
