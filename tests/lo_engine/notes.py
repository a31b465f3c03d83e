"""Comments on cells: UNO's annotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.lo_engine import stored
from tests.lo_engine.areas import Area
from tests.lo_engine.objects import ComObject

_POINT = 2540 / 72


def comments(sheet: Any) -> list[Comment]:
    """All comments of a worksheet, as they lie."""
    return [Comment(sheet, annotation.Position) for annotation in sheet._uno.Annotations]


@contextmanager
def kept(sheet: Any, parts: Sequence[Area]) -> Iterator[None]:
    """Put the comments of these areas back afterwards: LibreOffice, unlike Excel, drops them where it writes values."""
    annotations = sheet._uno.Annotations
    held = [(position, one.String, one.AnnotationShape.Size) for one in annotations for position in [one.Position]
            if any(part.row <= position.Row <= part.last_row and part.column <= position.Column <= part.last_column
                   for part in parts)] if annotations.Count else []
    yield
    for position, text, size in held:
        annotations.insertNew(position, text)
        Comment(sheet, position)._annotation.AnnotationShape.setSize(size)


class Comment(ComObject):
    """The comment on one cell."""

    def __init__(self, sheet: Any, position: Any) -> None:
        self._sheet = sheet
        self._area = Area(position.Row, position.Column, position.Row, position.Column)

    @property
    def _index(self) -> int:
        places = [(one.Position.Row, one.Position.Column) for one in self._sheet._uno.Annotations]
        return places.index((self._area.row, self._area.column))

    @property
    def _annotation(self) -> Any:
        return self._sheet._uno.Annotations.getByIndex(self._index)

    def Text(self, Text: str | None = None, Start: int = 1, Overwrite: bool = True) -> str:
        """The text; given one, it is put in at `Start` (from one), over what follows or before it."""
        annotation = self._annotation
        if Text is not None:
            old = annotation.String
            annotation.setString(old[:Start - 1] + Text + ("" if Overwrite else old[Start - 1:]))
        return annotation.String

    @property
    def Author(self) -> str:
        """From the file, as LibreOffice forgets it; nobody for comments that are not in it."""
        author, text = stored.comments(self._sheet._doc, self._sheet._uno.Name).get(
            self._area.address(False, False), ("", ""))
        return author if text == self._annotation.String else ""

    Parent = property(lambda self: self._sheet._cells(self._area))
    Shape = property(lambda self: CommentShape(self._annotation.AnnotationShape))
    Visible = property(lambda self: self._annotation.IsVisible,
                       lambda self, value: setattr(self._annotation, "IsVisible", bool(value)))

    def Delete(self) -> None:
        self._sheet._uno.Annotations.removeByIndex(self._index)


class CommentShape(ComObject):
    """The box of a comment, in points."""

    def __init__(self, shape: Any) -> None:
        self._shape = shape

    def _resize(self, **sides: float) -> None:
        size = self._shape.Size
        for side, points in sides.items():
            setattr(size, side, round(points * _POINT))
        self._shape.setSize(size)

    Width = property(lambda self: self._shape.Size.Width / _POINT, lambda self, points: self._resize(Width=points))
    Height = property(lambda self: self._shape.Size.Height / _POINT, lambda self, points: self._resize(Height=points))
