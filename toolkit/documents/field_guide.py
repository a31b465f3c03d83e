"""字段说明: every field that a template may print, with an invented value and where it comes from, made from the declarations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.documents import gongwen
from toolkit.documents.bases import basis_of
from toolkit.documents.declared import DocumentKind, Field, FieldGroup, Rows, Text
from toolkit.documents.gongwen import body, paragraph
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.tables import TableCell, grid, row

if TYPE_CHECKING:
    from docx.document import Document

TITLE = "公文模板字段说明"
HEADERS = ("字段", "意思", "样例", "必填", "从哪里来")
_WIDTHS = (46, 44, 42, 12, 30)  # 毫米
_LEDGER, _IN_LIST = "台账", "行."
HOW = (
    "公文模板里，两对花括号中间的是字段，生成时换成台账的内容。字段可以移动、删去、重复使用，旁边的话可以改；字段的名称要照下表抄写，一个字段写在一段以内。",
    "名单在表格里逐行印：名单上面一行写循环的开头，下面一行写循环的结尾，中间一行写“行.”和栏名。名单有几个，用“名单 | 计数”。",
    "改好的模板照原名放进台账旁边的“公文模板”文件夹，先用 lint 检查；写错的名称会指出来，并给出最接近的字段。",
    "标“必填”的空着就不生成，并指出在哪里填；其余的可以空着。样例都是虚构的。")


@dataclass(frozen=True)
class GuideLine:
    """A field for people: as templates write it, what it says, an invented value, whether it is required, where it comes from."""

    field: str
    meaning: str
    sample: str
    required: bool
    origin: str


def guide_lines(kind: DocumentKind) -> list[GuideLine]:
    """Every field of a kind, in order; those of a list as `行.字段`, after the list itself."""
    return list(_lines(kind.fields, sample(kind), "", ""))


def _lines(fields: tuple[Field, ...], values: dict, path: str, shown: str) -> Iterator[GuideLine]:
    for field in fields:
        value = values.get(field.key, {})
        if isinstance(field, FieldGroup):
            yield from _lines(field.fields, value, f"{path}{field.key}.", f"{shown}{field.key}.")
        elif isinstance(field, Rows):
            yield GuideLine(f"{shown}{field.key}（名单）", field.meaning, f"{len(value)}行" if value else "", field.required, "")
            yield from _lines(field.fields, value[0] if value else {}, f"{path}{field.key}.", _IN_LIST)
        else:
            origin = _origin(field, f"{path}{field.key}", shown == _IN_LIST)
            yield GuideLine(f"{shown}{field.key}", field.meaning, value or field.sample, field.required, origin)


def _origin(field: Text, path: str, in_list: bool) -> str:
    basis = basis_of(path, in_list)
    return field.where or (basis.how if basis else _LEDGER)


def about(kind: DocumentKind) -> str:
    """One line on a kind: what it is called on disk, whether it is public, what it decides."""
    said = [f"模板“{kind.template}”", "公开：印出前查个人信息" if kind.public else "不公开"]
    return "；".join((*said, f"办理：{kind.move}" if kind.move else "只印，不登记")) + "。"


def guide_document(document: Document) -> None:
    """The guide as a Word document, a table for each kind."""
    gongwen.form_page(document)
    paragraph(document, "表单标题", TITLE)
    body(document, *HOW)
    for kind in KINDS.values():
        paragraph(document, "一级标题", kind.name)
        paragraph(document, "公文正文", about(kind))
        head = row(_WIDTHS, [TableCell(header, "密表头") for header in HEADERS], head=True)
        lines = [row(_WIDTHS, [TableCell(text, "密表内文字") for text in cells(line)]) for line in guide_lines(kind)]
        grid(document, _WIDTHS, head, *lines)
        paragraph(document, "表后")


def cells(line: GuideLine) -> tuple[str, ...]:
    """A line as a row of `HEADERS`."""
    return line.field, line.meaning, line.sample.replace("\n", ""), "必填" if line.required else "", line.origin
