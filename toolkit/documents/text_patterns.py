"""What a template's passage looks like once filled: words that stand fast, and values between them.

Values are found between the words beside them, each where they first occur, so that reading takes time in proportion to the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.documents.marked_values import TextPiece, pieces, squeezed
from toolkit.documents.passages import Passage

ALIKE = 0.5  # 改过措辞的段落，至少有一半的字与模板相同
_SURE = 4  # 固定文字不到四个字、又不在值的两边的，还要样式只此一处，或左边的栏名相同
_WORDY = 8  # 固定文字有这么多，改过措辞才认得出来
_ANCHORS = (10, 8, 6, 4, 3, 2)
_PLAIN_STYLES = ("表", "密", "细")


@dataclass(frozen=True)
class TextPattern:
    """A passage of a filled template. `label`: the words of the cell left of it, "" for none."""

    pieces: tuple[TextPiece, ...]
    style: str
    label: str
    in_table: bool

    @property
    def words(self) -> str:
        """The template's own words."""
        return "".join(piece.text for piece in self.pieces if not piece.path)

    @property
    def shown(self) -> str:
        """The template's words with an ellipsis for each value, as people may be told."""
        return "".join("…" if piece.path else piece.text for piece in self.pieces)

    @property
    def wordy(self) -> bool:
        """Whether it has words enough to be known again when they are changed."""
        return len(self.words) >= _WORDY

    @property
    def _sure(self) -> bool:
        return len(self.words) >= _SURE or sum(not piece.path for piece in self.pieces) > 1

    def telling(self, only_one: bool) -> bool:
        """Whether its values can be read: they stand apart, and what is around them is known. only_one: no other paragraph has its style."""
        apart = not any(first.path and second.path for first, second in pairwise(self.pieces))
        return apart and bool(self._sure or self.label or (only_one and not self.in_table)
                              or (self.in_table and not self.style.startswith(_PLAIN_STYLES)))

    def fits(self, passage: Passage) -> list[str] | None:
        """The values of a passage that has these words and no others; None for any other passage."""
        if bool(passage.table) != self.in_table or (self.label and squeezed(passage.label) != self.label):
            return None
        same_style = passage.style == self.style and not (self.in_table and self.style.startswith(_PLAIN_STYLES))
        if not same_style and not self.label and len(self.words) < _SURE:
            return None
        return _between(self.pieces, squeezed(passage.text))

    def likeness(self, passage: Passage) -> float:
        """How many of this pattern's pairs of characters a passage has, 0 to 1."""
        if not self.wordy or bool(passage.table) != self.in_table:
            return 0
        own, theirs = _pairs(self.words), _pairs(squeezed(passage.text))
        return len(own & theirs) / len(own)

    def found_in(self, passage: Passage) -> list[str | None]:
        """The values in a passage whose words people changed; None for one that cannot be told apart any more."""
        text, place, values = squeezed(passage.text), 0, []
        for number, piece in enumerate(self.pieces):
            if piece.path:
                value, place = _anchored(self.pieces, number, text, place)
                values.append(value)
        return values


def pattern_of(passage: Passage) -> TextPattern:
    """The pattern of a passage of a marked text."""
    label = "" if any(piece.path for piece in pieces(passage.label)) else squeezed(passage.label)
    return TextPattern(pieces(passage.text), passage.style, label, bool(passage.table))


def cell_values(parts: Sequence[TextPiece], text: str) -> list[str] | None:
    """The values of one cell of a list, [] where it is empty; None where its words are others."""
    text = squeezed(text)
    return _between(parts, text) if text else []


def _between(parts: Sequence[TextPiece], text: str) -> list[str] | None:
    values: list[str] = []
    place = 0
    for number, piece in enumerate(parts):
        if not piece.path:
            if not text.startswith(piece.text, place):
                return None
            place += len(piece.text)
            continue
        after = parts[number + 1] if number + 1 < len(parts) else None
        if after is None:
            end = len(text)
        elif after.path:
            return None  # 两个值之间没有字，分不开
        elif number + 2 == len(parts):
            end = len(text) - len(after.text) if text.endswith(after.text) else -1
        else:
            end = text.find(after.text, place + 1)
        if end <= place:
            return None
        values.append(text[place:end])
        place = end
    return values if place == len(text) else None


def _pairs(text: str) -> set[str]:
    return {text[place:place + 2] for place in range(len(text) - 1)}


def _anchored(parts: Sequence[TextPiece], number: int, text: str, place: int) -> tuple[str | None, int]:
    """(the value, where it ends) by the words just before and behind it."""
    before = parts[number - 1].text if number and not parts[number - 1].path else ""
    after = parts[number + 1].text if number + 1 < len(parts) and not parts[number + 1].path else ""
    start = _behind(before, text, place) if before else place
    if start < 0:
        return None, place
    ends = [found for length in _ANCHORS if len(after) >= length and (found := text.find(after[:length], start + 1)) > 0]
    end = (ends[0] if ends else -1) if after else len(text)
    return (None, place) if end <= start else (text[start:end], end)


def _behind(words: str, text: str, place: int) -> int:
    """Where the end of `words` stands in `text` from `place` on; -1 where it does not."""
    for length in _ANCHORS:
        if len(words) >= min(length, len(words)) and (found := text.find(words[-length:], place)) >= 0:
            return found + len(words[-length:])
    return -1
