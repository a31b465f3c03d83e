"""What the template of 个案档案 says: a cover with the facts, the timeline, the documents and originals that lie beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.documents import gongwen
from toolkit.documents.gongwen import paragraph, paragraphs
from toolkit.documents.tables import TableCell, TableColumn, grid, row, table

if TYPE_CHECKING:
    from docx.document import Document

_FACTS = (26, 68, 26, 54)  # 毫米，下同
_LINE = 9
_SENTENCES = ("事项", "条款", "出处", "文件")


def case_file(document: Document) -> None:
    """Internal: facts in pairs, then one table for each kind of thing in the folder."""
    gongwen.form_page(document)
    paragraphs(document, ("表单标题", "{{ 工作室.名称 }}\n个案档案"), ("名单说明", "（内部资料，截至{{ 发文.日期 }}）"))
    pairs = (("工作室编号", "编号", "状态", "状态"), ("申办单位", "申办单位", "区（县）", "区县"), ("领办人", "领办人", "身份证号", "身份证号"),
             ("职业（工种）", "职业", "曾用名", "曾用名"), ("建设周期", "建设周期", "取消称号\n适用至", "四年期止"))
    grid(document, _FACTS, *(row(_FACTS, [cell for label, key in ((left, one), (right, two)) for cell in (
        TableCell(label, "密表头"), TableCell(f"{{{{ 工作室.{key} }}}}", "密表内文字"))], _LINE) for left, one, right, two in pairs))
    paragraph(document, "名单说明", "经过（共{{ 经过 | 计数 }}项）")
    table(document, _columns("行", ("序号", "序号", 10), ("日期", "日期", 22), ("事项", "事项", 66), ("条款", "条款", 24), ("出处", "出处", 52)),
          "行 in 经过", dense=True)
    for title, name in (("公文", "公文"), ("报表原件", "原件")):
        paragraphs(document, ("公文正文", f"{{%p if {name} %}}"), ("名单说明", f"{title}（共{{{{ {name} | 计数 }}}}份）"))
        table(document, _columns("件", ("序号", "序号", 10), ("文件", "文件", 84), ("校验码", "校验码", 36), ("情况", "情况", 44)),
              f"件 in {name}", dense=True)
        paragraph(document, "公文正文", "{%p endif %}")
    paragraph(document, "名单说明", "{{ 发文.机关 }}　{{ 发文.日期 }}制")
    paragraph(document, "表后")


def _columns(turn: str, *columns: tuple[str, str, float]) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(head, f"{{{{ {turn}.{key} }}}}", width, left=key in _SENTENCES) for head, key, width in columns)
