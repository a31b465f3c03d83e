"""Custom document properties."""

from __future__ import annotations

from lxml import etree

from toolkit.sheets.ooxml import xmltext, xmltree
from toolkit.sheets.ooxml.package import Package
from toolkit.sheets.ooxml.xmltree import children, make, number

_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the id of user-defined properties
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_ID = 2  # 0 and 1 are reserved
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_STRICT_PROPERTIES = "http://purl.oclc.org/ooxml/officeDocument/customProperties"
_KIND, _STRICT_KIND = "custom-properties", "customProperties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_STRICT_TYPES = "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"


def set_text(package: Package, name: str, value: str) -> None:
    """Set one property to a text, whatever it was."""
    related = package.related("", _KIND) or package.related("", _STRICT_KIND)
    root = package.tree(related.target if related else _new(package))
    types = _STRICT_TYPES if xmltree.is_strict(xmltree.namespace(root)) else _TYPES
    content = etree.Element(f"{{{types}}}lpwstr", nsmap={"vt": types})
    content.text = xmltext.storable(value)
    known = {element.get("name"): element for element in children(root, "property")}
    if name in known:
        known[name][:] = [content]
        return
    free = max([_FIRST_ID - 1, *(number(element, "pid") for element in known.values())]) + 1
    root.append(make(root, "property", {"fmtid": _FORMAT_ID, "pid": free, "name": name}, content))


def _new(package: Package) -> str:
    part = package.free_name("docProps/custom{}.xml") if "docProps/custom.xml" in package else "docProps/custom.xml"
    strict = package.strict
    namespace, types = (_STRICT_PROPERTIES, _STRICT_TYPES) if strict else (_PROPERTIES, _TYPES)
    package.add(part, f'{_DECLARATION}<Properties xmlns="{namespace}" xmlns:vt="{types}"/>', _TYPE)
    package.relate("", _STRICT_KIND if strict else _KIND, part)
    return part
