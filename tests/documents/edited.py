"""Templates as clerks edit them in Word: the shipped one with some of its XML replaced."""

from pathlib import Path

from toolkit.documents.docx_package import pack, unpack
from toolkit.documents.kinds import KINDS
from toolkit.resources import template

MAIN = "word/document.xml"


def edited(folder: Path, kind: str, *replacements: tuple[str, str], part: str = MAIN) -> Path:
    """The template of `kind` in `folder` with each (old, new) replaced in one part; an `old` that is not there fails."""
    members = unpack(template("docx_templates", KINDS[kind].template).read_bytes())
    text = members[part].decode()
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / KINDS[kind].template
    path.write_bytes(pack(members | {part: text.encode()}))
    return path
