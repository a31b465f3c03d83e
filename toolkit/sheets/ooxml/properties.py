"""Custom document properties."""

from __future__ import annotations

from toolkit.sheets.ooxml import xmltext
from toolkit.sheets.ooxml.package import Package
from toolkit.sheets.ooxml.xmltext import attribute

_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the id of user-defined properties
_FIRST_ID = 2  # 0 and 1 are reserved
_EMPTY = ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
          'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"></Properties>')
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


def set_text(package: Package, name: str, value: str) -> None:
    """Set one property to a text, whatever it was."""
    related = package.related("", "custom-properties")
    part = related.target if related else _new(package)
    text = package.text(part)
    content = f'<vt:lpwstr xmlns:vt="{_TYPES}">{xmltext.escape(value)}</vt:lpwstr>'
    ids = [_FIRST_ID - 1]
    for element in xmltext.children(text):
        tag = element.tag(text)
        if attribute(tag, "name") == name:
            end = text.rindex("</", element.start, element.end)
            package.put(part, xmltext.cut(text, element.opened, end, content))
            return
        ids.append(xmltext.number(tag, "pid"))
    p = xmltext.prefix(text)
    new = (f'<{p}property fmtid="{_FORMAT_ID}" pid="{max(ids) + 1}" name="{xmltext.escape_attribute(name)}">'
           f"{content}</{p}property>")
    package.put(part, xmltext.append_child(text, new))


def _new(package: Package) -> str:
    part = package.free_name("docProps/custom{}.xml") if "docProps/custom.xml" in package else "docProps/custom.xml"
    package.put(part, _EMPTY)
    package.declare(part, _TYPE)
    package.relate("", "custom-properties", part)
    return part
