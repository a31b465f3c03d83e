"""申报工作簿: one unit, one application. 附件1 as a page, the report's six points, and the tables that go with them.

Source: 乌人社规〔2023〕1号 第九条（一）至（六）、附件1. What 推荐汇总 asks too stands under the same header, so that nothing is typed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from toolkit.forms import roles
from toolkit.forms.actions import OF_APPLICATION
from toolkit.forms.model import (
    Column,
    Form,
    PageBlock,
    PageEntry,
    Sheet,
    age,
    count,
    date,
    money,
    passage,
    text,
    year,
    yes_no,
)
from toolkit.forms.recommendation import APPLICATIONS, AWARDS, TEAM

PASSAGE_HEIGHT, OPINION_HEIGHT, PLEDGE_HEIGHT = 150, 54, 72  # points
OF_DISTRICT = ("序号", "职业道德核查", "材料齐全", "初审意见", "初审日期")
"""Columns of 推荐汇总 that the district fills in."""


def _passage(header: str, clause: str, *also: str, required: bool = True) -> Column:
    return Column(header, passage, required, also, clause=clause, prose=True)


def _opinion(header: str, role: str, *also: str) -> tuple[Column, Column]:
    """An opinion of 附件1 and the day it was signed on. Those of others stay empty in what the unit returns."""
    return (Column(header, passage, False, also, clause="附件1", prose=True, role=role, help=f"由{role}签署" if role else "盖章后填写"),
            Column(f"{header}日期", date, clause="附件1", role=role))


_TEAM_COUNT = "ROWS({团队成员!姓名})-COUNTBLANK({团队成员!姓名})"
_CHANGED: Mapping[str, dict[str, Any]] = {
    "申办单位": {"also": ("申报单位", "单位名称", "依托单位", "所在单位")},
    "职业(工种)": {"also": ("职业", "工种", "职业工种")},
    "面积(㎡)": {"also": ("工作室面积", "面积", "面积(平方米)", "场所面积")},
    "团队人数(不含领办人)": {"required": False, "formula": f'IF({{领办人}}="","",{_TEAM_COUNT})', "help": "自动计算：“团队成员”表的人数"},
    "推荐区县": {"help": "申办单位经营地所在区（县），由它初审推荐"},
    "备注": {"help": "对黄色提示的说明写在这里；汇入推荐汇总表时一并带去"},
}
_OWN = (
    Column("申报年度", year, True, ("年度",), clause="第三条", help="当年申报通知的年度"),
    Column("填报时间", date, True, ("填报日期", "填表日期"), clause="附件1", help="距退休年限、年龄没有申报截止日的，按这一天算"),
    Column("申报截止日", date, also=("申报截止日期",), clause="第七条（一）", help="照抄当年申报通知；下发时已填好的不改"),
    Column("工作单位", text, clause="附件1", formula='IF({申办单位}="","",{申办单位})', help="自动带出：申报单位"),
    Column("从事职业(工种)", text, clause="附件1", formula='IF({职业(工种)}="","",{职业(工种)})', help="自动带出：封面的职业（工种）"),
    Column("通讯地址", text, True, ("联系地址",), clause="附件1"),
    _passage("主要工作业绩", "附件1", "领办人主要工作业绩"),
    _passage("申办单位简介", "附件1", "单位简介"),
    Column("承诺文", passage, True, ("申办单位的支持措施", "承诺"), clause="附件1", prose=True, role=roles.TOOL, help="附件1的原文，不得改动"),
    Column("承诺日期", date, clause="附件1"),
    _passage("主要工作方向", "附件1", "技能大师工作室主要工作方向"),
    _passage("建设预期目标", "附件1", "技能大师工作室建设预期目标", "预期目标"),
    *_opinion("申办单位意见", ""), *_opinion("区县推荐意见", roles.DISTRICT, "区（县）人力资源和社会保障局推荐意见"),
    *_opinion("专家评估意见", roles.EXPERT), *_opinion("市局意见", roles.CITY, "市人力资源和社会保障局意见"),
)


def _columns() -> Iterable[Column]:
    shared = [header for header in APPLICATIONS.headers if header not in OF_DISTRICT]
    return (*(replace(APPLICATIONS.by_header[header], group="", width=0, **_CHANGED.get(header, {})) for header in shared), *_OWN)


def _line(*entries: tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, int]) -> tuple[PageEntry, ...]:
    """Entries (name, header, label, span); the label is the header and the span 1 unless given."""
    return tuple(PageEntry(f"app_{entry[0]}", entry[1], *(entry[2:] or (entry[1],))) for entry in entries)


def _whole(name: str, header: str, label: str = "") -> tuple[PageEntry, ...]:
    return _line((name, header, label or header, 4))


def _signed(name: str, header: str, label: str) -> tuple[PageEntry, ...]:
    return _line((name, header, label, 3), (f"{name}_date", f"{header}日期"))


PAGE = Sheet(
    "申报表", tuple(_columns()), "{city}技能大师工作室申报表（{year}年度）", also=("技能大师工作室申报表", "附件1"),
    guide="附件1。白底格填写，灰底格自动计算；内容较多的段落照写，打印用工具生成的 Word 申报表。",
    page=(
        PageBlock("封面", (
            _line(("unit", "申办单位", "申报单位", 3), ("year", "申报年度")),
            _line(("studio", "工作室名称", "工作室名称", 3), ("filled", "填报时间")),
            _line(("occupation", "职业(工种)", "职业（工种）", 2), ("occupation_code", "职业编码"), ("deadline", "申报截止日")),
            _line(("district", "推荐区县"), ("unit_code", "统一社会信用代码", "统一社会信用代码", 2), ("carrier", "载体类型")),
            _line(("cluster", "产业集群", "产业集群", 2), ("joint", "校企联合"), ("systems", "管理制度")),
            _line(("partner", "合作单位", "合作单位", 3), ("contact", "单位联系人")))),
        PageBlock("领办人基本情况", (
            _line(("leader", "领办人", "领办人姓名"), ("sex", "性别"), ("ethnic", "民族"), ("politics", "政治面貌")),
            _line(("workplace", "工作单位", "工作单位", 3), ("phone", "单位电话", "联系电话")),
            _line(("place", "工作室地点", "工作室地点", 3), ("area", "面积(㎡)", "工作室面积(㎡)")),
            _line(("education", "学历(学位)", "学历（学位）"), ("work_start", "参加工作时间"), ("trade", "从事职业(工种)", "从事职业（工种）", 2)),
            _line(("post", "行政职务"), ("level", "技能等级", "职业资格或职业技能等级"), ("id", "身份证号", "身份证号", 2)),
            _line(("address", "通讯地址", "通讯地址", 3), ("mobile", "领办人手机", "手机号码")),
            _line(("born", "出生日期"), ("category", "退休类别"), ("retires", "法定退休日期"), ("years_left", "距退休满2年")),
            _line(("certificate", "证书编号", "证书编号", 2), ("issued", "发证日期"), ("employed", "在职在聘")),
            _line(("honour", "优先荣誉", "优先荣誉", 2), ("front_line", "技术技能一线"), ("superior", "曾获上级命名")))),
        PageBlock("工作室条件", (
            _line(("team", "团队人数(不含领办人)"), ("venue", "固定场所"), ("pledged", "承诺配套资金(元)", "承诺配套资金(元)", 2)),)),
        PageBlock("业绩、简介、方向和目标（可另附页详细阐述）", (
            _whole("merits", "主要工作业绩", "领办人主要工作业绩"), _whole("profile", "申办单位简介"),
            _whole("directions", "主要工作方向", "技能大师工作室主要工作方向"),
            _whole("goals", "建设预期目标", "技能大师工作室建设预期目标")), PASSAGE_HEIGHT),
        PageBlock("支持措施（承诺文是附件1的原文，不得改动）", (_whole("pledge", "承诺文", "申办单位的支持措施"),), PLEDGE_HEIGHT),
        PageBlock("承诺盖章", (_line(("sealed", "配套承诺盖章", "配套承诺盖章", 2), ("pledge_date", "承诺日期", "承诺日期", 2)),)),
        PageBlock("意见（灰底的由所列一方签署，单位不填）", (
            _signed("opinion_unit", "申办单位意见", "申办单位意见"),
            _signed("opinion_district", "区县推荐意见", "区（县）人力资源和社会保障局推荐意见"),
            _signed("opinion_expert", "专家评估意见", "专家评估意见"),
            _signed("opinion_city", "市局意见", "市人力资源和社会保障局意见")), OPINION_HEIGHT),
        PageBlock("需要说明的情况", (_whole("remark", "备注"),), OPINION_HEIGHT),
    ))
"""A1-1, A1-2, A1-5: cover, leader, passages, the fixed pledge and the four opinions."""

REPORT = Sheet(
    "申报报告", (
        Column("报告工作室名称", text, clause="第九条（二）", formula='IF(app_studio="","",app_studio)', help="自动带出：申报表的工作室名称"),
        Column("项目负责人", text, clause="第九条（二）", formula='IF(app_leader="","",app_leader)', help="自动带出：领办人姓名"),
        *(_passage(header, "第九条（二）", required=False) for header in ("工作室基本条件", "成立的必要性和可行性", "支持措施", "成立后的工作计划"))),
    "{city}技能大师工作室申报报告（{year}年度）", guide="第九条（二）的六项内容，逐项写明；名称和负责人自动带出。",
    page=(
        PageBlock("名称和负责人", (_line(("report_studio", "报告工作室名称", "报告工作室名称", 3), ("report_leader", "项目负责人")),)),
        PageBlock("基本条件、必要性和可行性、支持措施、工作计划", (
            _whole("basis", "工作室基本条件"), _whole("reasons", "成立的必要性和可行性"), _whole("support", "支持措施"),
            _whole("plan", "成立后的工作计划")), PASSAGE_HEIGHT)))
"""R09-4: the six points of the report."""

_BIRTH = "VALUE(MID({身份证号},7,8))"
MEMBERS = Sheet(
    TEAM.name, (
        *(replace(column, width=38) if column.header == "突出业绩" else column for column in TEAM.columns[1:4]),
        Column("年龄", age, also=("周岁",), width=7, clause="附件1", help="自动计算：按填报时间的周岁",
               formula=f'IF(OR(N(app_filled)=0,LEN({{身份证号}})<>18),"",IFERROR(INT((YEAR(app_filled)*10000+MONTH(app_filled)*100+DAY(app_filled)-{_BIRTH})/10000),""))'),
        *TEAM.columns[4:]),
    "{city}技能大师工作室其他人员（{year}年度）", key=("姓名", "身份证号"), frozen="姓名", also=TEAM.also, rows=30,
    guide="每名成员一行，不含领办人；打印时超过申报表行数的自动另附表。")
"""A1-3, R07-2: as many rows as there are members."""

HONOURS = Sheet(
    AWARDS.name, AWARDS.columns[1:], "{city}技能大师工作室领办人主要获奖情况（{year}年度）", key=("获奖项目", "奖励名称", "年度"), frozen="获奖项目",
    also=AWARDS.also, rows=30, optional=True, guide="每个奖项一行；没有获奖的不填。")
"""A1-4: as many rows as there are awards."""

TRAINING_FUNDS = Sheet(
    "职工教育经费", (
        Column("年度", year, width=10, clause="第九条（三）", help="自动计算：申报年之前的年度",
               formula='IF(N(app_year)=0,"",app_year-{training_years}-1+ROWS({职工教育经费总额(元)^}))'),
        Column("职工教育经费总额(元)", money, True, ("职工教育经费总额", "总额"), width=24, clause="第九条（三）",
               help="这一年提取使用的职工教育经费"),
        Column("用于高技能人才(元)", money, True, ("其中用于高技能人才培养交流(元)", "用于高技能人才培养交流"), width=24, clause="第九条（三）",
               help="其中用于高技能人才培养、交流的，不多于总额"),
        Column("占比", text, width=12, clause="第九条（三）", help="自动计算",
               formula='IF(N({职工教育经费总额(元)})=0,"",TEXT({用于高技能人才(元)}/{职工教育经费总额(元)},"0.0%"))'),
        Column("证明材料", text, width=40, clause="第九条（三）", prose=True, help="账页、凭证等材料的名称和页码")),
    "近三年职工教育经费用于高技能人才情况（{year}年度申报）", key=("年度",), frozen="年度", also=("近三年职工教育经费", "教育经费"), rows=3,
    guide="一年一行，写全年的数；没有的填0。")
"""R09-5: three complete years before the year of the application."""

PAPERS = Sheet(
    "材料清单", (
        Column("材料", text, width=22, clause="第九条", preset="materials", help="第九条（一）至（六）"),
        Column("是否提交", yes_no, True, ("有无", "是否有"), "yes_no", width=12, clause="第九条"),
        Column("份数", count, width=10, clause="第九条", help="提交的份数"),
        Column("页码", text, also=("页数",), width=16, clause="第九条", help="在申报材料里的起止页码，如 1-6"),
        Column("说明", text, width=60, clause="第九条", prose=True)),
    "{city}技能大师工作室申请材料清单（{year}年度）", key=("材料",), frozen="材料", also=("申报材料清单", "材料"), rows=6,
    guide="六类材料逐项选“是”或“否”，提交的写明份数和页码。")
"""R09-2: the six kinds of papers with copies and pages."""

SYSTEMS = Sheet(
    "制度清单", (
        Column("制度", text, width=24, clause="第七条（四）", preset="systems", help="第七条（四）列的七项"),
        Column("是否建立", yes_no, True, ("有无", "是否有"), "yes_no", width=12, clause="第七条（四）"),
        Column("文件名称", text, also=("附件",), width=40, clause="第七条（四）", help="制度文件的名称，作为附件报送"),
        Column("说明", text, width=50, clause="第七条（四）", prose=True)),
    "{city}技能大师工作室管理制度清单（{year}年度）", key=("制度",), frozen="制度", also=("管理制度清单", "制度"), rows=7,
    guide="七项制度逐项选“是”或“否”，建立的写明文件名称；都有的，申报表的“管理制度”选“是”。")
"""R07-4: the seven systems, each with its document."""

APPLICATION_BOOK = Form(
    "application_book", "申报工作簿", "1", "{city}技能大师工作室申报工作簿（{year}年度）",
    (PAGE, MEMBERS, HONOURS, REPORT, TRAINING_FUNDS, SYSTEMS, PAPERS),
    guide=(
        "本工作簿由申办单位填写，一件申报一份，盖章后连同材料报所在区（县）人力资源和社会保障局（第九条）。",
        "先填“申报表”，再填“团队成员”“获奖情况”“申报报告”“职工教育经费”“制度清单”“材料清单”。",
        "红字带“*”的为必填；灰底格自动计算或者由别人填写，单位不填；带下拉框的请从下拉框选。",
        "承诺文是附件1的原文，不得改动；意见各栏由所列一方签署。",
        "校验后，红色为必须改正，黄色须改正或在“备注”写明情况。填好后点“导出上报”，报送导出的一份。",
        "区（县）收到后点“汇入推荐汇总表”，或者在推荐汇总表里点“汇入申报工作簿”整夹汇入，不用再录入。",
    ), buttons=OF_APPLICATION, subject="app_studio", role=roles.UNIT)
