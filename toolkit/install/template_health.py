"""Are the templates as they were shipped, and the fonts there that documents are printed in."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator

from toolkit import resources
from toolkit.errors import UserError
from toolkit.forms import FORMS
from toolkit.forms.model import PROPERTY_VERSION
from toolkit.install.health_lines import AGAIN, HealthLine


def templates() -> Iterator[HealthLine]:
    """The shipped workbooks with their versions and macros, and the Word templates."""
    from toolkit.sheets import read

    for form in FORMS:
        subject = f"模板 {form.name}"
        try:
            path = resources.workbook_template(form.name)
        except UserError as error:
            yield HealthLine(subject, False, str(error))
            continue
        version = read.workbook(path).properties.get(PROPERTY_VERSION, "")
        if version != form.version:
            yield HealthLine(subject, False, f"是第{version}版，应为第{form.version}版。{AGAIN}")
            continue
        yield macros(subject, f"第{version}版", path.read_bytes())
    try:
        words = len(list(resources.folder("docx_templates").glob("*.docx")))
    except UserError:
        words = 0
    yield HealthLine("Word 模板", bool(words), f"{words}个" if words else f"一个也没有。{AGAIN}")


def document_fonts() -> HealthLine:
    """Fonts of the official documents. Their absence is no fault of the toolkit, but the printed page differs."""
    from toolkit.documents import fonts
    from toolkit.documents.docx_parts import FONTS

    if lacking := fonts.missing(FONTS):
        return HealthLine("公文字体", True, f"没有{fonts.sentence(lacking)}，印出来字形和分行会变。请安装这些字体，或换一台电脑打印")
    return HealthLine("公文字体", True, "齐备" if fonts.installed_fonts() else "这台电脑不说装了哪些字体，打印前请看一眼")


def macros(subject: str, state: str, workbook: bytes) -> HealthLine:
    """A template of the right version, and whether its buttons speak to the xlwings that is installed."""
    from toolkit.sheets.vba.source import xlwings_version

    built, installed = xlwings_version(workbook), importlib.metadata.version("xlwings")
    if built == installed:
        return HealthLine(subject, True, f"{state}，按钮与 xlwings {built} 相配")
    return HealthLine(subject, False, f"{state}，按钮要 xlwings {built or '（没有按钮）'}，装的是 {installed}。{AGAIN}")
