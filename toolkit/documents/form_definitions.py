"""What the templates of `form_kinds.py` say; 附件1 word for word as the regulation prints it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.documents import gongwen
from toolkit.documents.gongwen import BASIS, body, paragraph, paragraphs
from toolkit.documents.tables import TableCell, TableColumn, grid, looped, row, table

if TYPE_CHECKING:
    from docx.document import Document

_HEAD, _LEFT, _MERGED = "密表头", "密表内文字", "密表内并格"
_COLUMNS = (24, 30, 14, 14, 22, 22, 22, 26)  # 附件1的八列，毫米
_LINE, _TEXT, _SIGN = 9, 40, 34  # 一行、一段文字、签字盖章处的高度，毫米
_DAY = "　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　年　　月　　日"
_PLEDGE = ("　　本单位郑重承诺：自被纳入市级技能大师工作室建设项目后，我单位将提供不低于市级补助资金的配套资金；配套资金和市级补助资金实行专款专用，主要用于技能大师工作室设施设备、"
           "人才培训、技能交流推广、技术技能创新研发等工作，并在建设周期内使用完毕，确保经费使用效益。建设期满后，还将提供相应的配套资金，主要用于领办人带徒津贴、"
           "研究（攻关）项目补贴以及日常工作费用等。")


def application_form(document: Document) -> None:
    """附件1: cover and table."""
    gongwen.form_page(document)
    paragraphs(document, ("附件序号", "{{ 表.出处 }}"), ("表单标题", "{{ 表.城市 }}技能大师工作室\n申　报　表"))
    cover = (60, 114)
    grid(document, cover, *(row(cover, (TableCell(label, _HEAD), TableCell(said)), 14) for label, said in (
        ("申　报　单　位", "{{ 工作室.申报单位 }}（公章）"), ("工 作 室 名 称", "{{ 工作室.名称 }}"), ("职　业 （工种）", "{{ 工作室.职业 }}"),
        ("填　报　时　间", "{{ 发文.日期 }}"))))
    paragraphs(document, ("名单说明", "{{ 发文.机关 }}　制"), ("换页", ""))
    grid(document, _COLUMNS, *_facts(), *_people(), *_awards(), *_texts())
    paragraph(document, "公文正文", "{%p if 附表 %}")
    paragraph(document, "名单说明", "附表　技能大师工作室其他人员（续）")
    table(document, tuple(TableColumn(head, f"{{{{ 行.{key} }}}}", width, left=key == "业绩") for head, key, width in (
        ("姓名", "姓名", 30), ("职业资格或职业技能等级/专业技术等级", "等级", 50), ("年龄", "年龄", 14), ("突出业绩", "业绩", 80))), "行 in 附表", dense=True)
    paragraphs(document, ("公文正文", "{%p endif %}"), ("公文正文", "{%p if 获奖附表 %}"), ("名单说明", "附表　领办人主要获奖情况（续）"))
    table(document, tuple(TableColumn(head, f"{{{{ 行.{key} }}}}", width, left=key in ("项目", "名称", "单位")) for head, key, width in (
        ("获奖项目", "项目", 46), ("奖励名称", "名称", 40), ("授予单位", "单位", 40), ("等级", "等级", 18), ("排名", "排名", 14), ("年度", "年度", 16))),
          "行 in 获奖附表", dense=True)
    paragraph(document, "公文正文", "{%p endif %}")
    paragraph(document, "表后")


def _pairs(spans: Sequence[int], *texts: str) -> str:
    """A row of labels and values taking turns."""
    return row(_COLUMNS, [TableCell(text, "密表内居中" if place % 2 else _HEAD, span) for place, (text, span) in enumerate(zip(texts, spans, strict=True))], _LINE)


def _facts() -> list[str]:
    said = {key: f"{{{{ 领办人.{key} }}}}" for key in ("姓名", "性别", "民族", "政治面貌", "工作单位", "联系电话", "学历", "参加工作时间", "职业", "职务", "等级", "身份证号",
                                                  "通讯地址", "手机")}
    return [
        _pairs((1,) * 8, "领办人\n姓名", said["姓名"], "性别", said["性别"], "民族", said["民族"], "政治面貌", said["政治面貌"]),
        _pairs((1, 5, 1, 1), "工作单位", said["工作单位"], "联系电话", said["联系电话"]),
        _pairs((1, 5, 1, 1), "工作室地点", "{{ 工作室.地点 }}", "工作室\n面积", "{{ 工作室.面积 }}"),
        _pairs((1, 1, 2, 1, 1, 2), "学历（学位）", said["学历"], "参加工作时间", said["参加工作时间"], "从事职业（工种）", said["职业"]),
        _pairs((1, 1, 2, 1, 1, 2), "行政\n职务", said["职务"], "职业资格或职业技能等级", said["等级"], "身份证号", said["身份证号"]),
        _pairs((1, 4, 1, 2), "通讯\n地址", said["通讯地址"], "手机号码", said["手机"])]


def _listed(label: str, loop: str, columns: Sequence[tuple[str, str, int]]) -> list[str]:
    """Rows under one label that stands left of them all: head, then the loop."""
    head = row(_COLUMNS, [TableCell(label, _MERGED), *(TableCell(head, _HEAD, span) for head, _, span in columns)], _LINE)
    cells = [TableCell(label, _MERGED), *(TableCell(f"{{{{ 行.{key} }}}}", "密表内居中", span) for _, key, span in columns)]
    return [head, looped(loop, _COLUMNS, row(_COLUMNS, cells, _LINE))]


def _people() -> list[str]:
    return _listed("技能大师工作室其他人员\n（若人员较多可另附表）", "行 in 成员", (
        ("姓　　名", "姓名", 1), ("职业资格或职业技能等级/专业技术等级", "等级", 3), ("年龄", "年龄", 1), ("突出业绩", "业绩", 2)))


def _awards() -> list[str]:
    return _listed("领办人\n主要获奖情况", "行 in 获奖", (
        ("获奖项目", "项目", 1), ("奖励名称", "名称", 2), ("授予单位", "单位", 1), ("等级", "等级", 1), ("排名", "排名", 1), ("年度", "年度", 1)))


def _texts() -> list[str]:
    stamped, signed = f"\n\n签字盖章：\n{_DAY}", f"\n\n签字：\n{_DAY}"
    said = (
        ("领办人主要工作业绩（可另附页详细阐述）", "{{ 领办人.业绩 }}", _TEXT), ("申办单位\n简介", "（包括生产、科研以及高技能人才队伍情况）\n{{ 工作室.简介 }}", _TEXT),
        ("申办单位\n的支持措施", f"{_PLEDGE}\n\n申办单位（盖章）：\n{_DAY}", _TEXT),
        ("技能大师工作室主要工作方向", "（可另附页详细阐述）\n{{ 工作室.方向 }}", _TEXT), ("技能大师工作室建设\n预期目标", "（可另附页详细阐述）\n{{ 工作室.目标 }}", _TEXT),
        ("申办单位意见", stamped, _SIGN), ("区（县）\n人力资源和\n社会保障局\n推荐意见", stamped, _SIGN), ("专家\n评估\n意见", signed, _SIGN),
        ("市人力资源\n和社会保障局\n意见", stamped, _SIGN))
    return [row(_COLUMNS, (TableCell(label, _HEAD), TableCell(text, _LEFT, 7)), height) for label, text, height in said]


_SIGNATURES = "年　　月　　日"


def _signed(document: Document, *parties: str) -> None:
    widths = (174 / len(parties),) * len(parties)
    grid(document, widths, row(widths, [TableCell(f"{party}\n\n\n{_SIGNATURES}", _LEFT) for party in parties], _SIGN))
    paragraph(document, "表后")


def _columns(loop: str, *columns: tuple[str, str, float]) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(head, f"{{{{ {loop}.{key} }}}}", width, left=width > 50) for head, key, width in columns)


def targets(document: Document) -> None:
    """年度目标任务书 between unit and 领办人."""
    gongwen.form_page(document)
    paragraphs(document, ("表单标题", "{{ 工作室.名称 }}\n{{ 年度 }}年度目标任务书"))
    body(document, "甲方（申办单位）：{{ 工作室.申办单位 }}", "乙方（领办人）：{{ 工作室.领办人 }}",
         f"{BASIS}{{{{ 办法.条款 }}}}规定，" "双方就“{{ 牌匾 }}”{{ 年度 }}年度任务约定如下：")
    table(document, _columns("项", ("序号", "序号", 14), ("任务", "内容", 80), ("数量或标准", "指标", 45), ("完成时限", "时限", 35)), "项 in 任务", dense=True)
    body(document, "年度经费：专款专用，单独核算，使用市级补助{{ 经费.补助 }}，使用配套资金{{ 经费.配套 }}。", "甲方提供场所、设备和配套资金，做好平时考核；乙方带领团队完成上列任务，"
                   "年底报送全年工作总结及下年度工作计划。", "制表：{{ 发文.机关 }}，{{ 发文.日期 }}。")
    _signed(document, "甲方（盖章）：", "乙方（签名）：")


def apprenticeship(document: Document) -> None:
    """师带徒协议."""
    gongwen.form_page(document)
    paragraphs(document, ("表单标题", "师带徒协议"))
    body(document, f"{BASIS}{{{{ 办法.条款 }}}}规定，" "{{ 工作室.名称 }}（申办单位：{{ 工作室.申办单位 }}）师徒双方约定如下：",
         "师傅：{{ 师傅.姓名 }}（{{ 师傅.等级 }}）", "徒弟：{{ 徒弟.姓名 }}（岗位：{{ 徒弟.岗位 }}，现为{{ 徒弟.现等级 }}，目标：{{ 徒弟.目标等级 }}）", "期限：自{{ 期限.起 }}起至{{ 期限.止 }}止。")
    table(document, _columns("项", ("序号", "序号", 14), ("传授的技艺", "项目", 70), ("达到的要求", "要求", 90)), "项 in 内容", dense=True)
    body(document, "师傅传授技艺、定期指导并做好记录；徒弟遵守安全规程，勤学苦练；单位提供时间、场所和设备，按期检查。", "制表：{{ 发文.机关 }}，{{ 发文.日期 }}。")
    _signed(document, "师傅（签名）：", "徒弟（签名）：", "单位（盖章）：")


def voting_record(document: Document) -> None:
    """评审表决记录: the four steps, who judged, votes, signatures."""
    gongwen.form_page(document)
    paragraphs(document, ("表单标题", "{{ 年度 }}年度技能大师工作室评审表决记录"))
    body(document, f"{BASIS}{{{{ 办法.条款 }}}}规定，" "评审委员会于{{ 评审.日期 }}在{{ 评审.地点 }}评审。应到评委：{{ 评审.应到 }}；实到评委：{{ 评审.实到 }}；"
                   "年度方案规定的通过比例：{{ 评审.比例 }}。")
    paragraph(document, "名单说明", "评审环节")
    table(document, _columns("步", ("环节", "环节", 40), ("完成日期", "日期", 45)), "步 in 程序", dense=True)
    paragraph(document, "名单说明", "评审委员会")
    table(document, _columns("人", ("评委", "姓名", 26), ("单位", "单位", 60), ("类别", "类别", 20), ("回避的工作室", "回避", 68)), "人 in 评委", dense=True)
    paragraph(document, "名单说明", "表决结果")
    table(document, _columns("票", ("序号", "序号", 14), ("工作室名称", "工作室名称", 80), ("同意", "同意", 18), ("不同意", "不同意", 18), ("弃权", "弃权", 18), ("结论", "结论", 26)),
          "票 in 表决", dense=True)
    body(document, "制表：{{ 发文.机关 }}，{{ 发文.日期 }}。")
    _signed(document, "计票人（签名）：", "监票人（签名）：", "评审委员会主任（签名）：")


def subsidy_list(document: Document) -> None:
    """培训补贴名单: who was certified, for the application for 职业技能培训补贴."""
    gongwen.form_page(document)
    paragraphs(document, ("表单标题", "{{ 年度 }}年度技能大师工作室培训补贴名单"))
    body(document, f"{BASIS}{{{{ 办法.条款 }}}}规定，" "下列徒弟在“{{ 牌匾 }}”培养期间取得高级工以上证书，可以申请职业技能培训补贴，共{{ 名单 | 计数 }}人次。",
         "{%p if 补贴.标准 %}", "补贴标准：{{ 补贴.标准 }}；合计{{ 补贴.合计 }}。", "{%p endif %}")
    table(document, (*_columns("人", ("序号", "序号", 10), ("姓名", "姓名", 22), ("身份证号", "身份证号", 39)),
                     TableColumn("工作室", "{{ 人.工作室名称 }}", 32, left=True), TableColumn("等级、证书编号", "{{ 人.等级 }}\n{{ 人.证书编号 }}", 34),
                     *_columns("人", ("发证日期", "发证日期", 23), ("补贴\n（元）", "金额", 14))), "人 in 名单", dense=True)
    body(document, "制表：{{ 发文.机关 }}，{{ 发文.日期 }}。")


FORM_DEFINITIONS = {"申报表": application_form, "目标任务书": targets, "师带徒协议": apprenticeship, "评审表决记录": voting_record,
                    "培训补贴名单": subsidy_list}
