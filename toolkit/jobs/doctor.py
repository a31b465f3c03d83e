"""Is this computer ready: Python, packages, templates, write access. Says in Chinese what to do."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import UserError
from toolkit.forms import FORMS
from toolkit.forms.model import PROPERTY_VERSION
from toolkit.resources import folder

OLDEST_PYTHON = (3, 11)
PACKAGES = {"openpyxl": "openpyxl", "xlwings": "xlwings", "pandas": "pandas", "docxtpl": "docxtpl", "xlsxwriter": "XlsxWriter",
            "python_calamine": "python-calamine", "lxml": "lxml", "filelock": "filelock", "msoffcrypto": "msoffcrypto-tool",
            "cn2an": "cn2an"}


@dataclass(frozen=True)
class Line:
    """One thing looked at: `sound`, or `state` says what to do."""

    subject: str
    sound: bool
    state: str


def doctor(where: Path) -> Iterator[Line]:
    """Look at everything the toolkit needs; `where` is the folder to try writing in."""
    version = ".".join(map(str, sys.version_info[:3]))
    fit = sys.version_info >= OLDEST_PYTHON
    yield Line("Python", fit, version if fit else f"{version}，请安装 3.11 或更新的版本")
    for module, package in PACKAGES.items():
        found = importlib.util.find_spec(module) is not None
        yield Line(f"程序包 {package}", found, importlib.metadata.version(package) if found else
                   f"没有安装，请运行 pip install {package} 或重新安装本工具")
    yield from _templates()
    office = shutil.which("excel") or shutil.which("soffice")
    yield Line("Excel 或 LibreOffice", True, office or "没有在命令路径里找到；打开表格请用本机的 Excel 或 WPS")
    yield _writable(where)


def _templates() -> Iterator[Line]:
    from toolkit.workbooks import read

    try:
        places = {name: folder(name) for name in ("workbook_templates", "docx_templates")}
    except UserError as error:
        yield Line("模板文件夹", False, str(error))
        return
    for form in FORMS:
        path = places["workbook_templates"] / f"{form.name}.xlsx"
        if not path.is_file():
            yield Line(f"模板 {form.name}", False, "文件不见了，请运行 python -m toolkit build 或重新安装")
            continue
        version = read.workbook(path).properties.get(PROPERTY_VERSION, "")
        yield Line(f"模板 {form.name}", version == form.version, f"第{version}版" if version == form.version else
                   f"是第{version}版，应为第{form.version}版，请运行 python -m toolkit build 或重新安装")
    words = sorted(places["docx_templates"].glob("*.docx"))
    yield Line("Word 模板", bool(words), f"{len(words)}个" if words else "一个也没有，请重新安装本工具")


def _writable(where: Path) -> Line:
    try:
        with tempfile.NamedTemporaryFile(dir=where):
            return Line("写入权限", True, str(where))
    except OSError:
        return Line("写入权限", False, f"不能在“{where}”里写文件，请换一个文件夹或取消只读")
