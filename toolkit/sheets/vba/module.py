"""A module of a VBA project: its name, and its text as Excel stores it.

Source: [MS-OVBA] 2.3.4.3 Module stream
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.errors import UserError

CODE_PAGE = 936  # 简体中文 Windows
_NAME = re.compile(r'^Attribute VB_Name = "(\w+)"$', re.M | re.A)
_WORKBOOK, _WORKSHEET = "0{00020819-0000-0000-C000-000000000046}", "0{00020820-0000-0000-C000-000000000046}"
_DOCUMENT = (
    'Attribute VB_Name = "{name}"\nAttribute VB_Base = "{base}"\nAttribute VB_GlobalNameSpace = False\n'
    "Attribute VB_Creatable = False\nAttribute VB_PredeclaredId = True\nAttribute VB_Exposed = True\n"
    "Attribute VB_TemplateDerived = False\nAttribute VB_Customizable = True\n")


@dataclass(frozen=True)
class Module:
    """`source` has line feeds and begins with its attributes. `document`: it belongs to the workbook or a sheet."""

    name: str
    source: str
    document: bool = False

    def stored(self) -> bytes:
        """The text in code page 936 with carriage returns. UserError names the first character that is not in it."""
        for number, line in enumerate(self.source.split("\n"), 1):
            try:
                encoded(line)
            except UnicodeEncodeError as cause:
                raise UserError(f"宏模块“{self.name}”第{number}行的“{line[cause.start]}”不在简体中文代码页（{CODE_PAGE}）里，"
                                "Excel 的宏编辑器显示不了。请换一个字。") from cause
        return encoded(self.source.replace("\n", "\r\n"))


def encoded(text: str) -> bytes:
    """Text in the project's code page; UnicodeEncodeError where it has a character that page lacks."""
    return text.encode(f"cp{CODE_PAGE}")


def from_text(text: str) -> Module:
    """A module exported as .bas. ValueError where it does not begin with its name."""
    source = text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n") + "\n"
    named = _NAME.match(source)
    if named is None:
        raise ValueError("a .bas file begins with Attribute VB_Name")
    return Module(named[1], source)


def workbook_module(name: str) -> Module:
    """The empty module of a workbook; `name` is its code name."""
    return Module(name, _DOCUMENT.format(name=name, base=_WORKBOOK), document=True)


def sheet_module(name: str) -> Module:
    """The empty module of a worksheet; `name` is its code name."""
    return Module(name, _DOCUMENT.format(name=name, base=_WORKSHEET), document=True)
