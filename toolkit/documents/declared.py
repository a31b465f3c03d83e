"""The shapes a kind of document is declared in.

The context of a kind is a nested dict with the keys declared; every leaf is finished text (dates, amounts and numbers as
they are printed).
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.forms.papers import Paper


@dataclass(frozen=True)
class Text:
    """A leaf: key, what it says, an invented value. `required` ones may not be blank; `where` tells who fills it in."""

    key: str
    meaning: str
    sample: str
    required: bool = True
    where: str = ""


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together: {key: {field: text}}."""

    key: str
    meaning: str
    fields: tuple[Text | FieldGroup, ...]


@dataclass(frozen=True)
class Rows:
    """A list: {key: [{field: text}, …]}, printed as table rows or paragraphs; a `required` one may not be empty.

    A field may be a list again. `samples` holds invented rows, values in the order of `fields` (those of a list within: its rows).
    """

    key: str
    meaning: str
    fields: tuple[Text | Rows, ...]
    samples: tuple[tuple, ...]
    required: bool = True


Field = Text | FieldGroup | Rows


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document as its template sees it. `file_name` holds {字段} marks."""

    paper: Paper
    file_name: str
    fields: tuple[Field, ...]

    @property
    def name(self) -> str:
        return self.paper.name

    @property
    def template(self) -> str:
        """The file in `docx_templates`."""
        return f"{self.name}.docx"

    @property
    def public(self) -> bool:
        """Whether it may carry no personal information."""
        return self.paper.public

    @property
    def move(self) -> str:
        """What it decides, as the register calls it; "" where it decides nothing."""
        return self.paper.act
