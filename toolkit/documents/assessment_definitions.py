"""What the templates of the assessment say. The words and points of 附件2, dates and consequences are tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.documents import gongwen
from toolkit.documents.gongwen import BASIS_NAMED, body, paragraph, paragraphs
from toolkit.documents.tables import TableCell, grid, imprint, looped, row

if TYPE_CHECKING:
    from docx.document import Document

_HEAD, _CENTRE, _LEFT, _MERGED = "密表头", "密表内居中", "密表内文字", "密表内并格"
_ITEMS = (18, 51, 11, 38, 12, 44)  # 考核项目、考核细则、分值、评分标准、得分、扣分理由，毫米
_FACTS = (22, 86, 20, 46)
_RESULT = (22, 21.5) * 4
_LISTED = (11, 51, 44, 22, 13, 15)  # 序号、工作室名称、申办单位、区（县）、总分、等次，毫米
_TO_SIGN = 28  # 签名盖章处的高度，毫米
_TO_WRITE = 8


def assessment_form(document: Document) -> None:
    """附件2 as a form for one studio: facts, the table as the regulation prints it, result, signatures."""
    gongwen.form_page(document)
    paragraphs(document, ("附件序号", "{{ 标准.出处 }}"), ("表单标题", "{{ 标准.名称 }}"))
    _facts(document)
    paragraph(document, "表后")
    items = row(_ITEMS, (
        TableCell("{{ 行.项目 }}", _MERGED), TableCell("{{ 行.细则 }}", _LEFT), TableCell("{{ 行.分值 }}"), TableCell("{{ 行.标准 }}", _LEFT),
        TableCell("{{ 行.得分 }}"), TableCell("{{ 行.理由 }}", "密表内小字")), _TO_WRITE)
    head = [TableCell(text, _HEAD) for text in ("考核项目", "考核细则及分值", "分值", "评分标准", "得分", "扣分理由")]
    base = (TableCell("基础分", _HEAD), TableCell("{{ 满分.基础分 }}分"), TableCell("{{ 满分.基础分 }}"), TableCell(""),
            TableCell("{{ 结果.基础分 }}"), TableCell(""))
    total = (TableCell("总分", _HEAD, 2), TableCell("{{ 满分.总分 }}"), TableCell(""), TableCell("{{ 结果.总分 }}"), TableCell(""))
    grid(document, _ITEMS, row(_ITEMS, head, head=True), looped("行 in 基础项", _ITEMS, items), row(_ITEMS, base, _TO_WRITE),
         looped("行 in 加分项", _ITEMS, items), row(_ITEMS, total, _TO_WRITE))
    paragraph(document, "表后")
    _result(document)
    paragraph(document, "表后")


def _facts(document: Document) -> None:
    pairs = (("工作室名称", "{{ 工作室.名称 }}", "区（县）", "{{ 工作室.区县 }}"),
             ("申办单位", "{{ 工作室.申办单位 }}", "领办人", "{{ 工作室.领办人 }}"),
             ("建设周期", "{{ 工作室.周期起 }}至{{ 工作室.周期止 }}", "考核日期", "{{ 考核日期 }}"))
    grid(document, _FACTS, *(row(_FACTS, [TableCell(text, _CENTRE if place % 2 else _HEAD) for place, text in enumerate(texts)], _TO_WRITE)
                             for texts in pairs))


def _result(document: Document) -> None:
    """基础分, 加分, 总分, 等次 in one row; where the assessors sign and the district bureau stamps."""
    cells = [cell for name in ("基础分", "加分", "总分", "等次") for cell in (TableCell(name, _HEAD), TableCell(f"{{{{ 结果.{name} }}}}"))]
    day = "\n\n\n　　　　　　　　　年　　月　　日"
    signed = (TableCell(f"考核组成员签名：{day}", _LEFT, 4),
              TableCell(f"{{{{ 发文.机关 }}}}（盖章）\n负责人签名：{day.removeprefix(chr(10))}", _LEFT, 4))
    made = TableCell("制表日期：{{ 发文.日期 }}", _LEFT, 8)
    grid(document, _RESULT, row(_RESULT, cells, _TO_WRITE), row(_RESULT, signed, _TO_SIGN), row(_RESULT, (made,)))


def results_notice(document: Document) -> None:
    """考核结果通报: basis, procedure, numbers by grade, what follows and what to mend, list, 版记."""
    gongwen.red_head(document, "{{ 发文.机关 }}", "{{ 发文.字号 }}")
    paragraphs(document, ("公文标题", "关于{{ 年度 }}年度市级技能大师工作室期满考核结果的通报"), ("主送机关", "{{ 发文.主送 }}："))
    body(document,
         f"{BASIS_NAMED}{{{{ 办法.考核条款 }}}}规定，各区（县）人力资源和社会保障局对"
         "{{ 考核.总数 }}个{{ 牌匾 }}进行了期满考核。现将考核结果通报如下：")
    paragraph(document, "一级标题", "一、考核程序")
    body(document,
         "考核于{{ 考核.时间 }}进行，由工作室所属区（县）人力资源和社会保障局对照《办法》{{ 考核.标准出处 }}"
         "《{{ 考核.标准 }}》逐项评分，基础分{{ 考核.基础分 }}分，加分最高{{ 考核.加分 }}分，按总分评定等次，结果报我局汇总。")
    paragraph(document, "一级标题", "二、考核结果")
    body(document, "应考核{{ 考核.应考 }}个，共考核{{ 考核.总数 }}个工作室，名单见附件。各等次的工作室数如下：", "{%p for 等 in 等次 %}",
         "{{ 等.名称 }}（总分{{ 等.界线 }}）：{{ 等.名单 | 计数 }}个。", "{%p endfor %}", "{%p if 未考 %}",
         "下列{{ 未考 | 计数 }}个工作室还没有考核结果，请有关区（县）抓紧办理：", "{%p for 项 in 未考 %}",
         "{{ 项.序号 }}.{{ 项.工作室名称 }}（{{ 项.区县 }}）",
         "{%p endfor %}", "{%p endif %}")
    _consequences(document)
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "特此通报。"),
               ("附件说明", "附件：{{ 年度 }}年度市级技能大师工作室期满考核结果"))
    gongwen.signature(document, "{{ 发文.机关 }}", "{{ 发文.日期 }}")
    gongwen.annex(document, "附件", "{{ 年度 }}年度市级技能大师工作室期满考核结果", "（{{ 排序 }}，共{{ 考核.总数 }}个）")
    _results(document)
    imprint(document, "抄送：{{ 发文.抄送 }}。", "{{ 发文.印发机关 }}", "{{ 发文.印发日期 }}印发")


def _consequences(document: Document) -> None:
    paragraph(document, "一级标题", "三、处理和整改")
    body(document, "{%p if 处理 %}",
         "下列{{ 处理 | 计数 }}个工作室考核认定为“{{ 后果.等次 }}”，按照《办法》{{ 后果.条款 }}规定，{{ 后果.内容 }}。"
         "具体处理由我局另行行文：", "{%p for 项 in 处理 %}",
         "{{ 项.序号 }}.{{ 项.工作室名称 }}（领办人：{{ 项.领办人 }}，申办单位：{{ 项.申办单位 }}）", "{%p endfor %}",
         "{%p else %}", "本次考核没有评为“{{ 后果.等次 }}”的工作室。", "{%p endif %}",
         "保留称号的工作室，其申办单位和领办人要对照扣分项目逐条整改，巩固带徒传艺、技术攻关和技术交流成果。所属区（县）人力资源和"
         "社会保障局要加强日常管理和监督检查，督促整改落实；对考核中好的做法，及时总结推广。")


def _results(document: Document) -> None:
    """One table for all grades, its rows those that the numbers in the text count."""
    head = [TableCell(text, _HEAD) for text in ("序号", "工作室名称", "申办单位", "区（县）", "总分", "等次")]
    cells = (TableCell("{{ 行.序号 }}"), TableCell("{{ 行.工作室名称 }}", _LEFT), TableCell("{{ 行.申办单位 }}", _LEFT), TableCell("{{ 行.区县 }}"),
             TableCell("{{ 行.总分 }}"), TableCell("{{ 行.等次 }}"))
    grid(document, _LISTED, row(_LISTED, head, head=True),
         looped("等 in 等次", _LISTED, looped("行 in 等.名单", _LISTED, row(_LISTED, cells))))
