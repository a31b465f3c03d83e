"""Comments (notes) on cells."""

from __future__ import annotations

from typing import Any

from openpyxl.comments import Comment as OpenpyxlComment

from tests.com.model.thing import Thing

_PIXELS = 96 / 72


class Comment(Thing):
    """The comment on one cell."""

    def __init__(self, sheet: Any, cell: Any) -> None:
        self._sheet = sheet
        self._cell = cell

    def Text(self, Text: str | None = None, Start: int | None = None, Overwrite: bool | None = None) -> str:
        """The text; given one without `Start` it takes the place of all, else it goes in at `Start` (from one), over
        everything from there on unless `Overwrite` is False."""
        old = self._cell.comment
        if Text is not None:
            self._sheet.refuse_protected(self.Parent, None)
            before = old.text[:Start - 1] if Start else ""
            after = old.text[Start - 1:] if Start and Overwrite is False else ""
            self._cell.comment = OpenpyxlComment(before + Text + after, old.author, old.height, old.width)
        return self._cell.comment.text

    Author = property(lambda self: self._cell.comment.author)
    Parent = property(lambda self: self._sheet.range_at(self._cell.row - 1, self._cell.column - 1))
    Shape = property(lambda self: CommentShape(self._cell.comment))

    def Delete(self) -> None:
        self._sheet.refuse_protected(self.Parent, None)
        self._cell.comment = None


class CommentShape(Thing):
    """The box of a comment, in points."""

    def __init__(self, comment: OpenpyxlComment) -> None:
        self._comment = comment

    Width = property(lambda self: self._comment.width / _PIXELS,
                     lambda self, points: setattr(self._comment, "width", round(points * _PIXELS)))
    Height = property(lambda self: self._comment.height / _PIXELS,
                      lambda self, points: setattr(self._comment, "height", round(points * _PIXELS)))
