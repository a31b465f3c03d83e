"""The list of content types in a package: one for a part, or one for all parts with an extension. Source: ECMA-376 Part 2, 10.1.2"""

from __future__ import annotations

from lxml import etree

from toolkit.sheets.ooxml.xmltree import children, insert, make, remove


def part_key(part: str) -> str:
    """A part name as names are compared: whatever their case, their slashes and whether they begin with one."""
    return part.replace("\\", "/").lstrip("/").lower()


def type_of(types: etree._Element, part: str) -> str:
    """The declared type of a part, `` where there is none."""
    extension = part.rpartition(".")[2].lower()
    defaults = [element for element in children(types, "Default") if (element.get("Extension") or "").lower() == extension]
    return next((element.get("ContentType") or "" for element in (*_overrides(types, part), *defaults)), "")


def declare(types: etree._Element, part: str, content_type: str) -> None:
    """Give a part its content type."""
    forget(types, part)
    types.append(make(types, "Override", {"PartName": f"/{part}", "ContentType": content_type}))


def declare_extension(types: etree._Element, extension: str, content_type: str) -> None:
    """Give all parts with this extension a content type, unless they have one."""
    if extension not in {(element.get("Extension") or "").lower() for element in children(types, "Default")}:
        insert(types, make(types, "Default", {"Extension": extension, "ContentType": content_type}), ("Default", "Override"))


def forget(types: etree._Element, part: str) -> None:
    """Remove what is declared for this part alone."""
    for element in _overrides(types, part):
        remove(element)


def _overrides(types: etree._Element, part: str) -> list[etree._Element]:
    return [element for element in children(types, "Override") if part_key(element.get("PartName") or "") == part_key(part)]
