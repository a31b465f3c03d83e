"""What the templates of `act_kinds.py` say: right 文种, head, bases, 版记. Numbers, dates and clauses are tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.documents import gongwen
from toolkit.documents.gongwen import BASIS, BASIS_NAMED, body, paragraph, paragraphs
from toolkit.documents.tables import TableColumn, imprint, table

if TYPE_CHECKING:
    from docx.document import Document

_SIGNER, _DAY = "{{ 发文.机关 }}", "{{ 发文.日期 }}"
_ORDER = "（{{ 排序 }}，共{{ 名单 | 计数 }}个）"


def _columns(*wanted: str) -> tuple[TableColumn, ...]:
    heads = {"职业": "职业\n（工种）", "区县": "区（县）"}
    return tuple(TableColumn(heads.get(name, name), f"{{{{ 行.{name} }}}}", 156 / len(wanted), left=name in ("工作室名称", "申办单位", "内容", "说明", "结论"))
                 for name in wanted)


def _red(document: Document, title: str, upward: bool = False) -> None:
    if upward:
        gongwen.upward_head(document, _SIGNER, "{{ 发文.字号 }}", "{{ 发文.签发人 }}")
    else:
        gongwen.red_head(document, _SIGNER, "{{ 发文.字号 }}")
    paragraphs(document, ("公文标题", title), ("主送机关", "{{ 发文.主送 }}："))


def _letter(document: Document, title: str) -> None:
    gongwen.letter_head(document, _SIGNER, "{{ 发文.字号 }}")
    paragraphs(document, ("公文标题", title), ("主送机关", "{{ 发文.主送 }}："))


def _annexed(document: Document, title: str, columns: Sequence[TableColumn]) -> None:
    gongwen.annex(document, "附件", title, _ORDER)
    table(document, columns, "行 in 名单", dense=True)


def _imprint(document: Document) -> None:
    imprint(document, "抄送：{{ 发文.抄送 }}。", "{{ 发文.印发机关 }}", "{{ 发文.印发日期 }}印发")


def filing_report(document: Document) -> None:
    """备案报告, upwards: no request in it."""
    _red(document, "关于报送{{ 年度 }}年度市级技能大师工作室名单备案的报告", upward=True)
    body(document, f"{BASIS_NAMED}{{{{ 办法.命名条款 }}}}规定，经单位申报、区（县）初审、专家评审，并于{{{{ 公示.起 }}}}至{{{{ 公示.止 }}}}公示无异议，我局于"
                   "{{ 命名.日期 }}以{{ 命名.文号 }}文件命名{{ 名单 | 计数 }}个工作室为“{{ 牌匾 }}”，授予其领办人“{{ 称号 }}”称号。现将名单报送备案。")
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "特此报告。"), ("附件说明", "附件：{{ 年度 }}年度市级技能大师工作室名单"))
    gongwen.signature(document, _SIGNER, _DAY)
    _annexed(document, "{{ 年度 }}年度市级技能大师工作室名单", _columns("序号", "工作室名称", "领办人", "申办单位", "职业", "区县"))
    _imprint(document)


def recommendation_report(document: Document) -> None:
    """初审推荐报告 of a district, upwards."""
    _red(document, "关于推荐{{ 年度 }}年度市级技能大师工作室的报告", upward=True)
    body(document, f"{BASIS_NAMED}{{{{ 办法.初审条款 }}}}规定，我局对{{{{ 区县 }}}}范围内单位报送的{{{{ 初审.收到 }}}}个申报对照《办法》{{{{ 办法.条件条款 }}}}逐项审核，"
                   "于{{ 初审.日期 }}完成初审，推荐{{ 名单 | 计数 }}个工作室参加“{{ 牌匾 }}”评选。申报材料和区县推荐汇总表随文报送。")
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "特此报告。"), ("附件说明", "附件：{{ 年度 }}年度市级技能大师工作室推荐名单"))
    gongwen.signature(document, _SIGNER, _DAY)
    _annexed(document, "{{ 年度 }}年度市级技能大师工作室推荐名单", _columns("序号", "工作室名称", "领办人", "申办单位", "职业", "区县"))
    _imprint(document)


def funding_notice(document: Document) -> None:
    """经费拨付通知: amounts in figures and words."""
    _red(document, "关于拨付{{ 年度 }}年度市级技能大师工作室补助经费的通知")
    body(document, f"{BASIS_NAMED}{{{{ 办法.经费条款 }}}}规定，对{{{{ 命名.文号 }}}}文件命名的{{{{ 名单 | 计数 }}}}个{{{{ 牌匾 }}}}拨付一次性经费补助，每个"
                   "{{ 经费.单项.数字 }}（大写：{{ 经费.单项.大写 }}），共{{ 经费.合计.数字 }}（大写：{{ 经费.合计.大写 }}），从{{ 经费.来源 }}中列支。现将有关事项通知如下：")
    paragraph(document, "一级标题", "一、专款专用")
    body(document, "补助资金和申办单位提供的不低于{{ 经费.配套.数字 }}（大写：{{ 经费.配套.大写 }}）的配套资金实行专款专用，主要用于设施设备、人才培训、"
                   "技能交流推广、技术技能创新研发等，原则上在建设周期内使用完毕。")
    paragraph(document, "一级标题", "二、管理监督")
    body(document, "申办单位收到补助资金后单独核算，留存凭证备查。各区（县）人力资源和社会保障局要加强日常管理和监督检查。")
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "特此通知。"), ("附件说明", "附件：{{ 年度 }}年度市级技能大师工作室补助经费拨付名单"))
    gongwen.signature(document, _SIGNER, _DAY)
    _annexed(document, "{{ 年度 }}年度市级技能大师工作室补助经费拨付名单", _columns("序号", "工作室名称", "领办人", "申办单位", "金额"))
    _imprint(document)


def annual_notice(document: Document) -> None:
    """年度评估通报."""
    _red(document, "关于{{ 年度 }}年度市级技能大师工作室年度绩效评估情况的通报")
    body(document, f"{BASIS_NAMED}{{{{ 办法.评估条款 }}}}规定，各区（县）人力资源和社会保障局对{{{{ 牌匾 }}}}进行了年度绩效评估。现将有关情况通报如下：")
    paragraph(document, "一级标题", "一、评估情况")
    body(document, "评估内容为{{ 评估.内容 }}。应评估{{ 评估.应评 }}个，已评估{{ 评估.已评 }}个，结论见附件。", "{%p if 未评 %}",
         "下列{{ 未评 | 计数 }}个工作室的评估结果还没有报送，请有关区（县）抓紧办理：", "{%p for 项 in 未评 %}", "{{ 项.序号 }}.{{ 项.工作室名称 }}（{{ 项.区县 }}）",
         "{%p endfor %}", "{%p endif %}")
    paragraph(document, "一级标题", "二、工作要求")
    body(document, "申办单位和领办人要对照评估结论查找差距，落实下年度工作计划；各区（县）要加强业务指导和日常管理，督促完成建设周期内的任务。")
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "特此通报。"), ("附件说明", "附件：{{ 年度 }}年度市级技能大师工作室年度绩效评估结论"))
    gongwen.signature(document, _SIGNER, _DAY)
    _annexed(document, "{{ 年度 }}年度市级技能大师工作室年度绩效评估结论", _columns("序号", "工作室名称", "申办单位", "区县", "结论"))
    _imprint(document)


_NAMED = "{{ 工作室.名称 }}（编号{{ 工作室.编号 }}，领办人{{ 工作室.领办人 }}，申办单位{{ 工作室.申办单位 }}）于{{ 工作室.命名日期 }}经{{ 工作室.命名文号 }}文件命名为“{{ 牌匾 }}”。"
_RECOVER = "{{ 追回.金额.数字 }}（大写：{{ 追回.金额.大写 }}），由申办单位于{{ 追回.期限 }}前缴回"
_RECOVERED = ("{%p if 追回.期限 %}", f"追回补助资金{_RECOVER}，缴款事项另行通知。", "{%p endif %}")


def revoking_decision(document: Document) -> None:
    """撤销称号决定: facts, basis, what is decided, remedies."""
    _red(document, "关于撤销{{ 工作室.名称 }}称号的决定")
    body(document, _NAMED, "{{ 事实 }}。", f"{BASIS_NAMED}{{{{ 条款 }}}}规定，决定如下：")
    body(document, "撤销{{ 工作室.名称 }}“{{ 牌匾 }}”称号及其领办人“{{ 称号 }}”称号，收回牌匾。", *_RECOVERED, "{%p if 禁申.起 %}",
         "自{{ 禁申.起 }}起至{{ 禁申.止 }}止，{{ 禁申.对象 }}不得申办{{ 禁申.内容 }}。", "{%p endif %}")
    body(document, "{{ 救济 }}")
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "本决定自印发之日起生效。"))
    gongwen.signature(document, _SIGNER, _DAY)
    _imprint(document)


def cancelling_decision(document: Document) -> None:
    """取消称号决定, reported for filing as well."""
    _red(document, "关于取消{{ 工作室.名称 }}称号的决定")
    body(document, _NAMED, "{{ 事实 }}。", f"{BASIS_NAMED}{{{{ 条款 }}}}规定，决定如下：")
    body(document, "取消{{ 工作室.名称 }}“{{ 牌匾 }}”称号及其领办人“{{ 称号 }}”称号。", *_RECOVERED, "本决定报市委人才工作领导小组办公室备案。")
    body(document, "{{ 救济 }}")
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "本决定自印发之日起生效。"))
    gongwen.signature(document, _SIGNER, _DAY)
    _imprint(document)


def recovery_notice(document: Document) -> None:
    """追回资金通知书 to one unit, as a letter."""
    _letter(document, "追回{{ 工作室.名称 }}补助资金通知书")
    body(document, "你单位申办的{{ 工作室.名称 }}（编号{{ 工作室.编号 }}，领办人{{ 工作室.领办人 }}）于{{ 工作室.命名日期 }}经{{ 工作室.命名文号 }}文件命名，"
                   "已由{{ 决定.文号 }}文件{{ 决定.名称 }}称号。", f"{BASIS_NAMED}{{{{ 条款 }}}}规定，现通知你单位缴回补助资金{_RECOVER.removesuffix('，由申办单位于{{ 追回.期限 }}前缴回')}。",
         "请于{{ 追回.期限 }}前缴至下列账户，并将缴款凭证送我局。", "缴款账户：{{ 追回.账户 }}。", "{{ 救济 }}")
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "送达单位：{{ 工作室.申办单位 }}"), ("结束语", "特此通知。"))
    gongwen.signature(document, _SIGNER, _DAY)


def change_reply(document: Document) -> None:
    """变更复函 to a unit."""
    _letter(document, "关于同意{{ 工作室.名称 }}{{ 变更.事项 }}的复函")
    body(document, "你单位{{ 变更.来文日期 }}报送的《{{ 变更.来文 }}》收悉。", f"{BASIS_NAMED}{{{{ 办法.变更条款 }}}}规定，经研究，现函复如下：",
         "同意{{ 工作室.名称 }}（编号{{ 工作室.编号 }}，领办人{{ 工作室.领办人 }}，{{ 工作室.命名日期 }}经{{ 工作室.命名文号 }}文件命名）的{{ 变更.事项 }}，自{{ 变更.起 }}起办理，建设周期不变。",
         "{%p if 变更.现 %}", "{{ 变更.事项 }}：由“{{ 变更.原 }}”变更为“{{ 变更.现 }}”。", "{%p endif %}", "请{{ 工作室.申办单位 }}做好衔接，工作室的日常管理和考核照《办法》执行。")
    gongwen.contact_lines(document)
    paragraphs(document, ("结束语", "特此函复。"),)
    gongwen.signature(document, _SIGNER, _DAY)


def reminder_letter(document: Document) -> None:
    """催报函 to a district."""
    _letter(document, "关于抓紧报送{{ 年度 }}年度{{ 事项.名称 }}的函")
    body(document, f"{BASIS_NAMED}{{{{ 事项.条款 }}}}规定，{{{{ 年度 }}}}年度{{{{ 事项.名称 }}}}应于{{{{ 事项.应报 }}}}前报送。截至发函之日，下列{{{{ 未报 | 计数 }}}}项尚未报送：")
    table(document, tuple(TableColumn(name, f"{{{{ 项.{name} }}}}", 52, left=name != "序号") for name in ("序号", "内容", "说明")), "项 in 未报", dense=True)
    body(document, "请于{{ 事项.期限 }}前补报。{{ 事项.说明 }}已报送的，请与我局联系核对。")
    gongwen.contact_lines(document)
    paragraph(document, "结束语", "特此函达。")
    gongwen.signature(document, _SIGNER, _DAY)


def certificates(document: Document) -> None:
    """证书与牌匾 proofs: one page each, then the list for the workshop."""
    gongwen.form_page(document)
    paragraphs(document, ("表单标题", "{{ 年度 }}年度证书与牌匾制作清样"), ("名单说明", "{{ 发文.机关 }}　{{ 发文.日期 }}"))
    body(document, "{%p for 行 in 名单 %}", "{{ 行.序号 }}.证书：", "授予{{ 行.领办人 }}“{{ 称号 }}”称号。", "牌匾：{{ 牌匾 }}　{{ 行.工作室名称 }}（{{ 行.申办单位 }}）", "{%p endfor %}",
         f"依据：{BASIS.removeprefix('根据')}{{{{ 办法.命名条款 }}}}，" "{{ 命名.文号 }}，{{ 命名.日期 }}。")
    table(document, _columns("序号", "工作室名称", "领办人", "申办单位", "牌匾编号"), "行 in 名单", dense=True)
    paragraph(document, "表后")


ACT_DEFINITIONS = {"备案报告": filing_report, "初审推荐报告": recommendation_report, "经费拨付通知": funding_notice, "年度评估通报": annual_notice,
                   "撤销称号决定": revoking_decision, "取消称号决定": cancelling_decision, "追回资金通知书": recovery_notice, "变更复函": change_reply,
                   "催报函": reminder_letter, "证书与牌匾": certificates}
