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
from toolkit.documents.docx_package import (
    APPLICATION,
    CORE,
    MAIN_PART,
    W,
    application_properties,
    core_properties,
    pack,
    unpack,
)
from toolkit.documents.kinds import kind_named
from toolkit.documents.marked_values import counted
from toolkit.documents.package_parts import cleaned, place_of, refused_parts
from toolkit.documents.package_texts import parsed
from toolkit.documents.settle import settle, style_ids
from toolkit.documents.template_check import PARTS, declared_paths, read_template
from toolkit.documents.template_tags import tidy, unsafe
from toolkit.documents.wording import date_in
from toolkit.errors import UserError
from toolkit.resources import template as shipped

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment
    from lxml.etree import _Element as Element

LARGEST_PART = 32 * 1024 * 1024  # 填好的一个部件的字符数
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
        privacy.refuse_personal(declared.name, members, _leaves(context["发文"].get("联系", {})))
    return pack(members)


def filled_text(kind: str, context: dict, template: Path | None = None) -> tuple[Element, Mapping[str, str]]:
    """(the main part as the tags alone fill it, style name → id): nothing settled, nothing refused for what it says.

    UserError as `render`, but for personal information.
    """
    declared = kind_named(kind)
    check_context(declared, context)
    path = template or shipped("docx_templates", declared.template)
    compiled = _compile(_read(path), declared.name, path.name)
    return _rooted(compiled.parts[MAIN_PART], context, MAIN_PART), compiled.styles


def check_template(path: Path, kind: str) -> list[str]:
    """What is wrong with a template, as Chinese sentences. UserError when the file is no Word document."""
    return template_problems(_unpack(_read(path), path.name), kind)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"模板“{path}”打不开。请确认文件还在，并且没有在Word里独占打开。") from error


def _unpack(docx: bytes, name: str) -> dict[str, bytes]:
    """The template's members without what only office programs keep. UserError where it is no Word document that can be filled."""
    from lxml.etree import XMLSyntaxError

    try:
        members = cleaned(unpack(docx))
        if parsed(members[MAIN_PART]).tag != f"{{{W}}}document" or parsed(members["word/styles.xml"]).tag != f"{{{W}}}styles":
            raise KeyError(MAIN_PART)
        for part in members:
            if part.endswith((".xml", ".rels")) and parsed(members[part]).getroottree().docinfo.internalDTD is not None:
                raise KeyError(part)
    except (zipfile.BadZipFile, KeyError, XMLSyntaxError) as error:
        raise UserError(f"模板“{name}”不是能用的Word文档（.docx），可能已损坏、加了密码，或存成了“严格”格式。"
                        "请在Word里另存为不加密的“Word 文档（*.docx）”。") from error
    return members


@lru_cache(maxsize=32)
def _compile(docx: bytes, kind: str, name: str) -> _Compiled:
    members = _unpack(docx, name)
    problems = template_problems(members, kind)
    if problems:
        raise UserError("\n".join(f"模板“{name}”：{problem}" for problem in problems))
    parts = {}
    for part, source in _sources(members):
        parts[part] = _environment().from_string(source)
        del members[part]
    return _Compiled(parts, members, style_ids(members["word/styles.xml"]))


def template_problems(members: Mapping[str, bytes], kind: str) -> list[str]:
    """Why an unpacked template cannot be filled, each a Chinese sentence with its remedy. Nothing in it is evaluated."""
    problems, _ = read_template(members, kind_named(kind))
    problems += [f"里面有{what}。请在Word里删去后保存。" for what in refused_parts(members)]
    if not problems:
        declared = declared_paths(kind_named(kind))
        problems = [f"{place_of(part)}里{why}。请换回随工具安装的模板，再把改动重做一遍。"
                    for part, source in _sources(members) if (why := unsafe(source, _environment(), declared))]
    return problems


def _sources(members: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The parts that carry tags, as Jinja gets them; the main part always."""
    from docxtpl import DocxTemplate
    from lxml import etree

    sources = []
    for part in [part for part in members if PARTS.fullmatch(part)]:
        root = parsed(members[part])
        tidy(root)
        source = etree.tostring(root, encoding="unicode")
        if "{{" in source or "{%" in source or part == MAIN_PART:
            sources.append((part, DocxTemplate(None).patch_xml(source)))
    return sources


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_printed)
    environment.globals.clear()
    environment.filters.clear()
    environment.filters["计数"] = counted
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
    """(all members, title). UserError where the tags, filled, make no sound document."""
    from lxml import etree

    members, title = dict(compiled.members), ""
    for name, part in compiled.parts.items():
        root = _rooted(part, context, name)
        settled = settle(root, compiled.styles)
        title = settled if name == MAIN_PART else title
        members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return members, title


def _rooted(part: Template, context: Mapping, name: str) -> Element:
    """One filled part as XML. UserError where the tags, filled, tear it."""
    from jinja2 import TemplateError
    from lxml import etree

    try:
        return parsed(_bounded(part, context).encode())
    except (TemplateError, etree.XMLSyntaxError) as error:
        raise UserError(f"模板的{place_of(name)}填写不下去：标签拆散了表格或段落。请换回随工具安装的模板，再把改动重做一遍。") from error


def _bounded(part: Template, context: Mapping) -> str:
    """The filled part. UserError once it grows beyond `LARGEST_PART`."""
    pieces, size = [], 0
    for piece in part.generate(context):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_PART:
            raise UserError("填好的文件太大。请减少模板里循环的层数，或分几份生成。")
    return "".join(pieces)


def _dated(context: Mapping) -> date:
    return date_in(context["发文"]["日期"])


def _leaves(group: Mapping) -> Iterable[str]:
    return [value for value in group.values() if isinstance(value, str)]
