"""Looking a Word file over: a template for tags that cannot be filled, a document for departures from GB/T 9704."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.documents import fonts
from toolkit.documents.declared import DocumentKind, FieldGroup, Rows
from toolkit.documents.docx_package import CORE, MAIN_PART, unpack
from toolkit.documents.kinds import KINDS
from toolkit.documents.lint_rules import ORDERED, departures
from toolkit.documents.package_parts import cleaned
from toolkit.documents.package_texts import parsed
from toolkit.documents.privacy import found_in
from toolkit.documents.render import template_problems
from toolkit.documents.resolved import ResolvedDocument
from toolkit.documents.template_check import PARTS, declared_paths, read_template
from toolkit.documents.template_tags import tidy
from toolkit.errors import UserError

ERROR, HINT = "错误", "提示"
_TAGGED = re.compile(r"[{｛]{2}|[{｛][%％]")


@dataclass(frozen=True)
class LintFinding:
    """One thing to look at. `level`: 错误 for a broken 规定 and for a template that cannot be filled; `paragraph` 0: the whole file."""

    rule: str
    level: str
    clause: str
    strength: str
    element: str
    value: str
    message: str
    paragraph: int = 0

    @property
    def place(self) -> str:
        """第3段, or nothing."""
        return f"第{self.paragraph}段" if self.paragraph else ""


def lint(docx: bytes, name: str) -> list[LintFinding]:
    """Everything found in a .docx called `name`. UserError where it is no Word document."""
    members = readable(docx, name)
    return [*(_template(members, name) if is_template(members) else _document(members)), *_fonts(members)]


def readable(docx: bytes, name: str) -> dict[str, bytes]:
    """The members of a .docx that can be looked over. UserError where it is no Word document."""
    from lxml.etree import XMLSyntaxError

    try:
        members = unpack(docx)
        for part in members:
            if part.endswith((".xml", ".rels")) and parsed(members[part]).getroottree().docinfo.internalDTD is not None:
                raise KeyError(part)
        ResolvedDocument(members)
    except (zipfile.BadZipFile, KeyError, XMLSyntaxError) as error:
        raise UserError(f"“{name}”不是能读的Word文档（.docx），可能已损坏或加了密码。"
                        "请在Word里另存为不加密的“Word 文档（*.docx）”后再检查。") from error
    return members


def is_template(members: Mapping[str, bytes]) -> bool:
    """Whether a document carries tags."""
    return any(_TAGGED.search("".join(map(str, parsed(members[part]).itertext()))) for part in members if PARTS.fullmatch(part))


def kind_of(members: Mapping[str, bytes], name: str) -> DocumentKind:
    """The kind a template is for: by its file name or title, else the one whose fields it uses most."""
    title = "".join(map(str, parsed(members[CORE]).itertext())) if CORE in members else ""
    for said in (name, title):
        for kind in sorted(KINDS.values(), key=lambda kind: -len(kind.name)):
            if kind.name in said:
                return kind
    return max(KINDS.values(), key=lambda kind: len(read_template(members, kind)[1]) - 2 * len(read_template(members, kind)[0]))


def _template(members: Mapping[str, bytes], name: str) -> Iterator[LintFinding]:
    kind = kind_of(members, name)
    for problem in template_problems(cleaned(members), kind.name):
        yield _finding("MB-标签", "标签", problem)
    for part in filter(PARTS.fullmatch, members):
        for tag in tidy(parsed(members[part])):
            yield _finding("MB-全角", "标签", f"“{tag}”用了全角括号，本工具照样填写，别的软件会原样印出来。请改成半角的 {{{{ }}}} 或 {{% %}}。", tag)
    used = read_template(members, kind)[1] | set(re.findall(r"{([^{}]+)}", kind.file_name))
    for path, field in declared_paths(kind).items():
        if not isinstance(field, FieldGroup) and field.required and path not in used and path.rpartition(".")[0] not in _unused(kind, used):
            yield _finding("MB-缺字段", "标签", f"“{kind.name}”必印的“{field.meaning}”（{path}）在模板里找不到。请照随工具安装的模板补上。", path)


def _unused(kind: DocumentKind, used: set[str]) -> set[str]:
    """Lists that are not used at all: their columns need no finding of their own."""
    return {path for path, field in declared_paths(kind).items() if isinstance(field, Rows) and path not in used}


def _finding(rule: str, element: str, message: str, value: str = "") -> LintFinding:
    return LintFinding(rule, ERROR, "", "", element, value, message)


def _document(members: Mapping[str, bytes]) -> Iterator[LintFinding]:
    for each in departures(ResolvedDocument(members)):
        level = ERROR if each.strength == ORDERED else HINT
        yield LintFinding(each.rule, level, f"GB/T 9704-2012 {each.clause}", each.strength, each.element, each.value,
                          f"{each.element}：{each.fact}。{each.remedy}。", each.paragraph)
    main = members[MAIN_PART]
    for mark, what in ((b"<w:ins ", "未接受的修订"), (b"<w:del ", "未接受的修订"), (b"<w:commentRangeStart", "批注")):
        if mark in main:
            yield LintFinding("WJ-痕迹", HINT, "", "实务", "文档", what, f"留有{what}。印发前请在Word里接受或删除。")
    if found := found_in(members):
        yield LintFinding("WJ-个人信息", HINT, "", "实务", "文档", "、".join(found), f"里面有个人信息：{'、'.join(found)}。公开前请删去。")


def _fonts(members: Mapping[str, bytes]) -> Iterator[LintFinding]:
    if lacking := fonts.missing(fonts.fonts_of(members)):
        yield LintFinding("ZT-缺字体", HINT, "GB/T 9704-2012 5.2.2", "一般", "字体", "、".join(font.name for font in lacking),
                          f"这台电脑没有文件用的字体：{fonts.sentence(lacking)}，印出来字形和分行会变。请安装这些字体，或换一台电脑打印。")


