"""What each template says. Numbers, dates, amounts and clauses of the law never stand here: they are tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.documents import gongwen
from toolkit.documents.act_definitions import ACT_DEFINITIONS
from toolkit.documents.assessment_definitions import assessment_form, results_notice
from toolkit.documents.case_definition import case_file
from toolkit.documents.form_definitions import FORM_DEFINITIONS
from toolkit.documents.gongwen import BASIS, BASIS_NAMED, body, paragraph, paragraphs
from toolkit.documents.tables import TableColumn, imprint, table

if TYPE_CHECKING:
    from docx.document import Document

_SIGNER, _DAY = "{{ 发文.机关 }}", "{{ 发文.日期 }}"
_ORDER = "（{{ 排序 }}，共{{ 名单 | 计数 }}个）"


def _list_columns(*last: TableColumn, widths: tuple[float, ...]) -> tuple[TableColumn, ...]:
    number, studio, leader, unit, occupation, district = widths
    return (TableColumn("序号", "{{ 行.序号 }}", number), TableColumn("工作室名称", "{{ 行.工作室名称 }}", studio, left=True),
            TableColumn("领办人", "{{ 行.领办人 }}", leader), TableColumn("申办单位", "{{ 行.申办单位 }}", unit, left=True),
            TableColumn("职业\n（工种）", "{{ 行.职业 }}", occupation), TableColumn("区（县）", "{{ 行.区县 }}", district), *last)


_CANDIDATES = _list_columns(widths=(12, 42, 25, 35, 22, 20))
_NAMED = _list_columns(TableColumn("牌匾编号", "{{ 行.牌匾编号 }}", 18), widths=(11, 38, 23, 31, 18, 17))


def public_notice(document: Document) -> None:
    """公示: basis and procedure, period with both dates, how to object, list."""
    paragraph(document, "无红头标题", "关于{{ 年度 }}年度{{ 城市 }}技能大师工作室拟命名名单的公示")
    body(
        document,
        f"{BASIS}{{{{ 办法.命名条款 }}}}规定，经单位申报、区（县）初审、专家评审，拟命名"
        "{{ 名单 | 计数 }}个工作室为“{{ 牌匾 }}”，授予其领办人“{{ 称号 }}”称号。现予公示，接受社会监督。",
        "公示期{{ 公示.天数 }}天（{{ 公示.说明 }}），自{{ 公示.起 }}起至{{ 公示.止 }}止。",
        "公示期内，对公示对象有异议的单位和个人，可以书面形式向{{ 发文.机关 }}反映。反映情况应当实事求是，"
        "写明具体事实并提供有关依据：以单位名义反映的，加盖单位公章；以个人名义反映的，签署真实姓名并留下联系方式。"
        "我们对反映人的信息严格保密。",
        "受理科室：{{ 发文.联系.科室 }}", "联系电话：{{ 发文.联系.电话 }}", "通讯地址：{{ 发文.联系.地址 }}",
        "电子邮箱：{{ 发文.联系.邮箱 }}")
    paragraphs(document, ("结束语", "监督电话：{{ 发文.联系.监督电话 }}"), ("结束语", "特此公示。"),
               ("附件说明", "附件：{{ 年度 }}年度{{ 城市 }}技能大师工作室拟命名名单"))
    gongwen.signature(document, _SIGNER, _DAY)
    gongwen.annex(document, "附件", "{{ 年度 }}年度{{ 城市 }}技能大师工作室拟命名名单", _ORDER)
    table(document, _CANDIDATES, "行 in 名单")
    paragraph(document, "表后")


def naming_notice(document: Document) -> None:
    """命名授牌通知: decision, 一、经费 二、要求 三、管理, list, 版记."""
    gongwen.red_head(document, _SIGNER, "{{ 发文.字号 }}")
    paragraphs(document, ("公文标题", "关于命名{{ 年度 }}年度市级技能大师工作室的通知"),
               ("主送机关", "{{ 发文.主送 }}："))
    body(document,
         f"{BASIS_NAMED}{{{{ 办法.命名条款 }}}}规定，经单位申报、区（县）初审、专家评审，并于"
         "{{ 公示.起 }}至{{ 公示.止 }}公示无异议，决定命名{{ 名单 | 计数 }}个工作室为“{{ 牌匾 }}”并授牌，"
         "授予其领办人“{{ 称号 }}”称号。现将有关事项通知如下：")
    _funds(document)
    _duties(document)
    _supervision(document)
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "特此通知。"),
               ("附件说明", "附件：{{ 年度 }}年度{{ 城市 }}技能大师工作室授牌名单"))
    gongwen.signature(document, _SIGNER, _DAY, note="此件公开发布")
    gongwen.annex(document, "附件", "{{ 年度 }}年度{{ 城市 }}技能大师工作室授牌名单", _ORDER)
    table(document, _NAMED, "行 in 名单", dense=True)
    imprint(document, "抄送：{{ 发文.抄送 }}。", "{{ 发文.印发机关 }}", "{{ 发文.印发日期 }}印发")


def _funds(document: Document) -> None:
    paragraph(document, "一级标题", "一、经费")
    body(document,
         "按照《办法》{{ 办法.经费条款 }}，在建设周期内对命名的工作室给予一次性经费补助，每个{{ 经费.单项.数字 }}"
         "（大写：{{ 经费.单项.大写 }}），{{ 名单 | 计数 }}个共{{ 经费.合计.数字 }}（大写：{{ 经费.合计.大写 }}），"
         "从{{ 经费.来源 }}中列支。申办单位须提供不低于{{ 经费.配套.数字 }}（大写：{{ 经费.配套.大写 }}）的配套资金。",
         "两项资金专款专用，主要用于工作室设施设备、人才培训、技能交流推广、技术技能创新研发等，"
         "原则上在建设周期内使用完毕。补助资金按规定拨付至申办单位，申办单位应当单独核算，留存凭证备查。")


def _duties(document: Document) -> None:
    """R04, R12-3, R17: the period, the trainees, the yearly agreement."""
    paragraph(document, "一级标题", "二、要求")
    body(document,
         "建设周期为{{ 周期.年数 }}年，自{{ 周期.起 }}起至{{ 周期.止 }}止。",
         "工作室要发挥传、帮、带作用，按照《办法》{{ 办法.任务条款 }}，每{{ 要求.培养年数 }}年至少培养"
         "{{ 要求.培养人数 }}名高技能人才；承担技术攻关项目，参与技术交流和技能推广活动，及时总结创新成果和绝技绝活。",
         "申办单位要与领办人签订年度目标任务书，做好平时考核，落实场所、设备和配套资金。")


def _supervision(document: Document) -> None:
    paragraph(document, "一级标题", "三、管理")
    body(document,
         "各区（县）人力资源和社会保障局负责工作室的日常管理、监督检查、年度绩效评估和期满考核。期满考核于建设周期届满前"
         "{{ 要求.考核提前 }}个月内进行。按照《办法》{{ 办法.考核条款 }}，考核不合格的，撤销称号、收回牌匾、追回补助资金，"
         "{{ 要求.禁申年数 }}年内不得申办市级、自治区级和国家级技能大师工作室。",
         "按照《办法》{{ 办法.变更条款 }}，工作室不得随意变更领办人、申办单位和工作地址；"
         "确需变更的，应当事先书面申请，按程序办理。")


def named_list(document: Document) -> None:
    """授牌名单 on its own, as it is posted and filed; who and when stand above the table, so that no page carries
    a signature alone."""
    paragraphs(document, ("无红头标题", "{{ 年度 }}年度{{ 城市 }}技能大师工作室授牌名单"),
               ("名单说明", "{{ 发文.机关 }}　{{ 发文.日期 }}"),
               ("名单说明", "（{{ 牌匾 }}，{{ 排序 }}，共{{ 名单 | 计数 }}个）"))
    table(document, _NAMED, "行 in 名单", dense=True)
    paragraph(document, "表后")


def receipt(document: Document) -> None:
    """回执 to a district: what came, what was accepted, what to mend until when, what comes next."""
    paragraphs(document, ("无红头标题", "关于{{ 年度 }}年度市级技能大师工作室{{ 表名 }}的回执"),
               ("主送机关", "{{ 区县.全称 }}："))
    body(document, "你局报送的《{{ 表名 }}》已于{{ 接收.日期 }}收到，经校验，{{ 接收.结论 }}。现将情况回执如下：")
    paragraph(document, "一级标题", "一、接收情况")
    body(document, "共报送{{ 接收.行数 }}行，其中受理{{ 接收.受理 }}行，待说明{{ 接收.待说明 }}行，"
                   "退回补正{{ 接收.退回 }}行。收到的文件如下，校验码用于核对双方手中的文件是否相同：")
    table(document, (TableColumn("文件名", "{{ 件.文件名 }}", 72, left=True), TableColumn("校验码", "{{ 件.校验码 }}", 50),
                     TableColumn("处理", "{{ 件.处理 }}", 34)), "件 in 来件", dense=True)
    body(document, "{%p if 接收.台账校验码 %}", "接收情况已记入台账操作日志，日志校验码：{{ 接收.台账校验码 }}。请留存，供日后核对。", "{%p endif %}")
    paragraph(document, "一级标题", "二、需补正和说明的问题")
    paragraph(document, "公文正文", "{%p if 问题 %}")
    body(document, "共{{ 问题 | 计数 }}项，列于下表。“错误”须改正；“提示”须改正，或在“备注”栏说明。"
                   "请于{{ 补正.期限 }}前（{{ 补正.天数 }}内）补正并重新报送整表。")
    table(document, (
        TableColumn("序号", "{{ 项.序号 }}", 11), TableColumn("级别", "{{ 项.级别 }}", 12),
        TableColumn("单元格", "{{ 项.单元格 }}", 24), TableColumn("项目", "{{ 项.项目 }}", 22),
        TableColumn("问题", "{{ 项.问题 }}", 65, left=True), TableColumn("条款", "{{ 项.条款 }}", 22)), "项 in 问题", dense=True)
    paragraphs(document, ("公文正文", "{%p else %}"), ("公文正文", "校验未发现问题，不需补正。"),
               ("公文正文", "{%p endif %}"), ("一级标题", "三、下一步"), ("结束语", "{{ 下一步 }}"))
    gongwen.contact_lines(document)
    gongwen.signature(document, _SIGNER, _DAY)


DEFINITIONS = {"公示": public_notice, "命名授牌通知": naming_notice, "授牌名单": named_list, "回执": receipt,
               "考核评估标准": assessment_form, "考核结果通报": results_notice, **ACT_DEFINITIONS, **FORM_DEFINITIONS, "个案档案": case_file}
