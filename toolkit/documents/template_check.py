"""Reading a template's tags before it is filled: what people break when they edit one in Word.

The little language allowed here is `{{ 中文.字段 }}`, `{{ 名单 | 计数 }}` and, alone in a paragraph or a table row,
`{%p …%}` or `{%tr …%}` with for, if, elif, else and their ends. Most of what is refused docxtpl would drop or misprint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from toolkit.documents.declared import DocumentKind, Field, FieldGroup, Rows, Text
from toolkit.documents.docx_package import MAIN_PART, W
from toolkit.documents.package_parts import place_of
from toolkit.documents.package_texts import parsed
from toolkit.documents.template_tags import FILTERS, full_path, outside_texts, own_texts, paragraphs, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}")
_BROKEN = re.compile(r"[{｛][{｛%％#＃]|[}｝%％#＃][}｝]")
_PATH = r"[^\W\d_]\w*(?:\.[^\W\d_]\w*)*"
_VALUE = re.compile(rf"\{{\{{\s*(?P<path>{_PATH})\s*(?:\|\s*(?P<filter>{'|'.join(FILTERS)})\s*)?\}}\}}")
_BLOCK = re.compile(
    rf"\{{%(?P<unit>p|tr) +(?:(?P<word>for) +(?P<name>[^\W\d_]\w*) +in +(?P<rows>{_PATH})"
    rf"|(?P<test>if|elif) +(?:not +)?(?P<path>{_PATH})|(?P<mark>else|endif|endfor)) *%\}}")
_RICH = re.compile(r"\{\{(r|p|tr|tc)\s")
_LEFTOVERS = {"comments": "批注", "vanish": "隐藏文字", **dict.fromkeys(("ins", "del", "moveFrom", "moveTo"), "未接受的修订")}
_REMEDY = "请在Word里改正后保存，再重新生成"


@dataclass
class _Reader:
    """Walks one template's paragraphs in order."""

    kind: DocumentKind
    declared: Mapping[str, Field]
    problems: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    open: list[tuple[str, str, str]] = field(default_factory=list)  # (unit, word, tag)
    loops: dict[str, str] = field(default_factory=dict)  # loop variable → path of its list
    place: str = ""  # “页眉：”；正文不说

    def refuse(self, text: str, fact: str, remedy: str = _REMEDY) -> None:
        self.problems.append(f"{self.place}“{_short(text)}”{fact}。{remedy}。")

    def paragraph(self, element: Element) -> None:
        text = _own_text(element)
        rest = _TAG.sub("", text)
        if _BROKEN.search(rest):
            return self.refuse(text, "标签没有写完整", "请补全标签两端的括号，一个标签只占一段")
        for tag in _TAG.findall(text):
            if tag.startswith("{{"):
                self.value(tag)
            else:
                self.block(tag, text, element)
        return None

    def value(self, tag: str) -> None:
        if _RICH.match(tag):
            return self.refuse(tag, "多写了字母，内容会变成空白", "请去掉 {{ 后面紧跟的字母")
        found = _VALUE.fullmatch(tag)
        if not found:
            return self.refuse(tag, "不是模板能填的内容", "请改成“{{ 字段 }}”的样子，字段名照原模板抄写")
        return self.known(found["path"], tag, Rows if found["filter"] else Text)

    def block(self, tag: str, text: str, element: Element) -> None:
        found = _BLOCK.fullmatch(tag)
        if not found:
            return self.refuse(tag, "不是模板能用的条件或循环",
                               "请照原模板写成 {%p if 字段 %} 或 {%tr for 行 in 名单 %}，前后不要加字母或空格")
        where, unit = (_row(element), "一行") if found["unit"] == "tr" else (element, "一段")
        whole = "" if where is None else "".join(map(_own_text, paragraphs(where)))
        if whole.strip() != tag:
            return self.refuse(whole or text, f"标签旁边还有别的文字，填写时会丢失，或标签不在表格的{unit}里",
                               f"请让“{tag}”单独占{unit}")
        return self.follow(tag, found)

    def follow(self, tag: str, found: re.Match) -> None:
        unit, word = found["unit"], found["word"] or found["test"] or found["mark"]
        if word in ("for", "if"):
            self.open.append((unit, word, tag))
            self.known(found["rows"] or found["path"], tag, *((Rows,) if word == "for" else (Text, Rows)))
            if word == "for":
                rows = self.expand(found["rows"])
                self.loops[found["name"]] = rows if rows in self.declared else ""
            return
        opener = "for" if word == "endfor" else "if"
        if not self.open or self.open[-1][:2] != (unit, opener):
            self.refuse(tag, "前面没有与它成对的标签", f"请补上 {{%{unit} {opener} … %}}，或删去这个标签")
        elif word.startswith("end"):
            self.open.pop()
        elif word == "elif":
            self.known(found["path"], tag, Text, Rows)

    def expand(self, path: str) -> str:
        """A path from the top: 行.领办人 → 名单.领办人. A loop's variable alone is a row, no field: 名单."""
        return full_path(path.split("."), self.loops)

    def nearest(self, path: str, wanted: tuple[type[Field], ...]) -> str:
        """The field that was probably meant, written as the template would."""
        candidates = [key for key, declared in self.declared.items() if isinstance(declared, wanted)]
        near = get_close_matches(path, candidates, 1, 0.5)
        for name, rows in self.loops.items():
            if near and rows and near[0].startswith(f"{rows}."):
                return f"{name}{near[0].removeprefix(rows)}"
        return near[0] if near else ""

    def known(self, path: str, tag: str, *wanted: type[Field]) -> None:
        """Note a path as used; refuse one the kind does not declare, or declares as something else than `wanted`."""
        full = self.expand(path)
        if full.startswith("."):
            return  # 循环的列表已经报过
        if full not in self.declared:
            near = self.nearest(full, wanted)
            hint = f"请改成“{near}”" if near else f"请用“{self.kind.name}”提供的字段"
            return self.refuse(tag, f"里的“{path}”不是“{self.kind.name}”的字段", hint)
        self.used.add(full)
        if not isinstance(self.declared[full], wanted):
            self.refuse(tag, f"里的“{path}”不能这样用",
                        "请照原模板的写法：列表用 {%tr for … %} 或“| 计数”，其余写到最后一级字段")


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:39]}…"


def _own_text(paragraph: Element) -> str:
    return "".join(text.text or "" for text in own_texts(paragraph))


def _row(element: Element) -> Element | None:
    return next(element.iterancestors(f"{{{W}}}tr"), None)


def declared_paths(kind: DocumentKind) -> dict[str, Field]:
    """Every path a template of `kind` may use; a list's columns stand under the list: 名单.领办人."""
    return dict(_declared(kind.fields, ""))


def _declared(fields: tuple[Field, ...], path: str) -> Iterator[tuple[str, Field]]:
    for entry in fields:
        yield f"{path}{entry.key}", entry
        if isinstance(entry, FieldGroup | Rows):
            yield from _declared(entry.fields, f"{path}{entry.key}.")


def read_template(members: Mapping[str, bytes], kind: DocumentKind) -> tuple[list[str], set[str]]:
    """(problems as Chinese sentences, declared paths the template uses). `members` as `docx_package.unpack` gives them.

    lxml.etree.XMLSyntaxError where a part is broken.
    """
    reader = _Reader(kind, declared_paths(kind))
    for name in sorted(name for name in members if name.endswith((".xml", ".rels"))):
        root = parsed(members[name])
        reader.place = "" if name == MAIN_PART else f"{place_of(name)}："
        if PARTS.fullmatch(name):
            _read_part(reader, root)
        for said in outside_texts(root):
            reader.refuse(said, "是写在域、公式或属性里的标签", "请把标签写成普通文字")
    if b"<w:comment " in members.get("word/comments.xml", b""):
        reader.place = ""
        reader.refuse(_LEFTOVERS["comments"], "留在模板里", "请在Word里删除后保存")
    return reader.problems, reader.used


def _read_part(reader: _Reader, root: Element) -> None:
    tidy(root)
    for element in paragraphs(root):
        reader.paragraph(element)
    for unit, word, tag in reader.open:
        reader.refuse(tag, "没有结束", f"请在后面补上 {{%{unit} end{word} %}}")
    reader.open.clear()
    for mark in ("ins", "del", "moveFrom", "moveTo", "vanish"):
        if root.find(f".//{{{W}}}{mark}") is not None:
            reader.refuse(_LEFTOVERS[mark], "留在模板里", "请在Word里接受或删除后保存")
