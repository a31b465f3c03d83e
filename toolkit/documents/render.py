"""Filling a template: strict, sandboxed, escaped, and the same bytes for the same context.

docxtpl makes Word's XML readable to Jinja (tags split over runs, rows and paragraphs that carry only a tag); the
compiled result is kept, so that only the first document of a template pays for it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.documents import privacy
from toolkit.documents.context import check_context
from toolkit.documents.declared import DocumentKind
from toolkit.documents.docx_package import APPLICATION, CORE, application_properties, core_properties, pack, unpack
from toolkit.documents.kinds import kind_named
from toolkit.documents.settle import settle, style_ids
from toolkit.documents.template_check import PARTS, read_template
from toolkit.documents.wording import date_in
from toolkit.errors import UserError
from toolkit.resources import template as shipped

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

MAIN_PART = "word/document.xml"
# XML 1.0 不收的控制字符：Excel 单元格里偶有。
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = {"\n": '</w:t><w:br/><w:t xml:space="preserve">', "\t": '</w:t><w:tab/><w:t xml:space="preserve">'}


@dataclass(frozen=True)
class _Compiled:
    parts: Mapping[str, Template]  # parts that carry tags
    members: Mapping[str, bytes]  # all the others
    styles: Mapping[str, str]


def render(kind: str, context: dict, template: Path | None = None) -> bytes:
    """The finished .docx of a kind.

    context: as `kinds.py` declares it; ValueError when its shape is another. template: the user's own, else the shipped
    one. Raises UserError where a required text is blank, where the template is broken, and where a public document
    would give away personal information.
    """
    declared = kind_named(kind)
    check_context(declared, context)
    path = template or shipped("docx_templates", declared.template)
    compiled = _compile(_read(path), declared.name, path.name)
    members, title = _fill(compiled, context)
    issuer = context["发文"]["机关"]
    members[CORE] = core_properties(title or declared.name, issuer, _dated(context).isoformat())
    if APPLICATION in members:
        members[APPLICATION] = application_properties()
    if declared.public:
        _refuse_personal(declared, members, context)
    return pack(members)


def check_template(path: Path, kind: str) -> list[str]:
    """What is wrong with a template, as Chinese sentences. UserError when the file is no Word document."""
    problems, _ = read_template(_unpack(_read(path), path.name), kind_named(kind))
    return problems


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"模板“{path}”打不开。请确认文件还在，并且没有在Word里独占打开。") from error


def _unpack(docx: bytes, name: str) -> dict[str, bytes]:
    try:
        members = unpack(docx)
        members[MAIN_PART], members["word/styles.xml"]
    except (zipfile.BadZipFile, KeyError) as error:
        raise UserError(f"模板“{name}”不是能用的Word文档（.docx），可能已损坏或加了密码。"
                        "请在Word里另存为不加密的 .docx。") from error
    return members


@lru_cache(maxsize=32)
def _compile(docx: bytes, kind: str, name: str) -> _Compiled:
    from docxtpl import DocxTemplate
    from lxml import etree

    members = _unpack(docx, name)
    problems, _ = read_template(members, kind_named(kind))
    if problems:
        raise UserError("\n".join(f"模板“{name}”：{problem}" for problem in problems))
    patch, parts = DocxTemplate(None).patch_xml, {}
    for part in [part for part in members if PARTS.fullmatch(part)]:
        source = etree.tostring(etree.fromstring(members[part]), encoding="unicode")
        if "{{" in source or "{%" in source or part == MAIN_PART:
            parts[part] = _environment().from_string(patch(source))
            del members[part]
    return _Compiled(parts, members, style_ids(members["word/styles.xml"]))


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printed)
    environment.globals.clear()
    environment.filters.clear()
    environment.filters["计数"] = lambda rows: str(len(rows))
    return environment


def _printed(value: object) -> object:
    """A value as it stands inside <w:t>: line breaks and tabs as Word writes them, control characters gone, the rest
    left to Jinja's escaping."""
    from markupsafe import Markup, escape

    text = str(value)
    if not _CONTROL.search(text):
        return text
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return Markup(_CONTROL.sub(lambda found: _BREAKS[found[0]], str(escape(text))))


def _fill(compiled: _Compiled, context: Mapping) -> tuple[dict[str, bytes], str]:
    """(all members, title)."""
    from jinja2 import TemplateError
    from lxml import etree

    members, title = dict(compiled.members), ""
    for name, part in compiled.parts.items():
        try:
            root = etree.fromstring(part.render(context).encode())
        except TemplateError as error:
            raise UserError(f"模板填写不下去：{error}。请换回随工具安装的模板，再把改动重做一遍。") from error
        if name == MAIN_PART:
            title = settle(root, compiled.styles)
        members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return members, title


def _dated(context: Mapping) -> date:
    return date_in(context["发文"]["日期"])


def _refuse_personal(kind: DocumentKind, members: Mapping[str, bytes], context: Mapping) -> None:
    found = privacy.found_in(members, _leaves(context["发文"].get("联系", {})))
    if found:
        raise UserError(f"“{kind.name}”要公开，但里面有个人信息：{'、'.join(found)}。"
                        "请从台账的相应栏目或模板里删去后重新生成。")


def _leaves(group: Mapping) -> Iterable[str]:
    return [value for value in group.values() if isinstance(value, str)]
