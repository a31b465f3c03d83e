"""The shipped macros made into a workbook: its VBA project, and its tab on the ribbon."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms.model import Form
from toolkit.resources import folder
from toolkit.sheets import look
from toolkit.sheets.ooxml.package import Package
from toolkit.sheets.ooxml.xmltree import make
from toolkit.sheets.vba import module
from toolkit.sheets.vba.module import Module
from toolkit.sheets.vba.project import vba_project

WORKBOOK = "ThisWorkbook"  # code name
_RIBBON = "customUI14.xml"
_PART = f"customUI/{_RIBBON}"
_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"  # [MS-CUSTOMUI] 2.1
_RELATIONS = "_rels/.rels"
_GROUP = re.compile(r'\n *<group id="(\w+)".*?</group>', re.DOTALL)
_DRAWN_FONT = 'face="Calibri" size="220"'  # XlsxWriter has no other for buttons


def project(sheets: Sequence[str]) -> bytes:
    """`vbaProject.bin` of a workbook with sheets of these code names.

    xlwings' own module is put in as it is installed, so that no add-in is needed.
    """
    documents = (module.workbook_module(WORKBOOK), *map(module.sheet_module, sheets))
    return vba_project((*documents, *modules()))


@cache
def modules() -> tuple[Module, ...]:
    """The toolkit's modules by name, then xlwings'. UserError where one cannot be read."""
    sources = [*sorted(folder("macros").glob("*.bas")), _of_xlwings()]
    return tuple(module.from_text(path.read_text("utf-8")) for path in sources)


def _of_xlwings() -> Path:
    found = importlib.util.find_spec("xlwings")
    path = Path(found.origin).with_name("xlwings.bas") if found and found.origin else None
    if path is None or not path.is_file():
        raise UserError("找不到 xlwings 的宏文件“xlwings.bas”，按钮做不出来。请重新安装本工具。")
    return path


def ribbon(form: Form) -> str:
    """The tab with the one group of the form, so that no button on it is dead."""
    text = (folder("macros") / _RIBBON).read_text("utf-8")
    return _GROUP.sub(lambda group: group[0] if group[1] == form.id else "", text)


def finished(data: bytes, form: Form) -> bytes:
    """The workbook as XlsxWriter wrote it with its tab on the ribbon, and its buttons lettered like its cells."""
    package = Package(data)
    for name in package.names():
        if name.endswith(".vml"):
            package.put(name, package.text(name).replace(_DRAWN_FONT, f'face="{look.FONT}" size="{look.SIZE * 20}"'))
    package.put(_PART, ribbon(form))
    relations = package.tree(_RELATIONS)
    relations.append(make(relations, "Relationship", {"Id": "ribbon", "Type": _RELATION, "Target": _PART}))
    return package.save()
