"""区县推荐汇总表: what a district returns each year, one row an application.

Source: 乌人社规〔2023〕1号 第七条至第十条、附件1. Headers marked ★ in the regulation keep its words.
"""

from toolkit.forms import roles
from toolkit.forms.actions import OF_RECOMMENDATION
from toolkit.forms.model import (
    Column,
    Fact,
    Form,
    Sheet,
    area,
    choice,
    code,
    count,
    credit_code,
    date,
    id_number,
    money,
    person,
    phone,
    text,
    year,
    yes_no,
)
from toolkit.forms.of_district import date_fact, none_fact, unit_fact

APPLICATIONS = Sheet(
    "推荐汇总", key=("身份证号", "职业(工种)"), frozen="领办人", also=("推荐汇总表", "区县推荐汇总表", "汇总表", "推荐名单"),
    title="{city}技能大师工作室区县推荐汇总表（{year}年度）", rows=60,
    facts=(
        unit_fact(),
        date_fact(),
        Fact("申报截止日", date, also=("申报截止日期",), help="市局当年申报通知的截止日，由市局预填", name="fact_deadline"),
        none_fact("推荐", ("无推荐", "本区（县）无推荐"), "没有推荐对象时"),
    ),
    guide="每件申报一行。红字带“*”为必填；灰底自动计算，不用填。",
    printed=("序号", "推荐区县", "工作室名称", "领办人", "职业(工种)", "技能等级", "申办单位", "团队人数(不含领办人)", "面积(㎡)",
             "承诺配套资金(元)", "初审意见", "备注"),
    columns=(
        Column("序号", count, group="申报", width=6, help="从1开始的顺序号"),
        Column("推荐区县", choice, True, ("区县", "所属区县", "区（县）"), "districts", group="申报", width=12, clause="第九条",
               help="申办单位经营地所在区（县）；高新区选新市区，经开区选头屯河区"),
        Column("工作室名称", text, group="申报", width=40, clause="第九条（二）", also=("技能大师工作室名称", "名称"),
               formula='IF(OR({领办人}="",{职业(工种)}=""),"",TRIM({领办人})&IFERROR(LEFT(TRIM({职业(工种)}),'
                       'FIND("(",SUBSTITUTE(TRIM({职业(工种)}),"（","("))-1),TRIM({职业(工种)}))&"{suffix}")',
               help="自动生成：领办人姓名＋职业（工种）＋技能大师工作室"),
        Column("领办人", person, True, ("领办人姓名", "姓名", "负责人", "项目负责人"), group="领办人", width=16, clause="附件1",
               help="与身份证一致"),
        Column("性别", choice, True, choices="sexes", group="领办人", width=6, clause="附件1"),
        Column("民族", choice, True, choices="ethnic_groups", group="领办人", width=10, clause="附件1"),
        Column("出生日期", date, True, ("出生年月", "出生年月日"), group="领办人", clause="第七条（一）",
               help="与身份证第7至14位一致"),
        Column("政治面貌", choice, True, choices="politics", group="领办人", width=12, clause="附件1"),
        Column("学历(学位)", choice, True, ("学历", "文化程度", "学历学位"), "educations", True, "领办人", 12, "附件1",
               help="最高学历；有学位的可写在括号内"),
        Column("身份证号", id_number, True, ("身份证号码", "公民身份号码", "身份证"), group="领办人", clause="附件1"),
        Column("参加工作时间", date, True, ("工作时间", "参加工作日期"), group="领办人", width=13, clause="附件1"),
        Column("职业(工种)", text, True, ("职业", "工种", "从事职业(工种)", "职业工种"), group="领办人", width=20,
               clause="第九条（二）", help="按国家职业分类大典名称；工种写在括号内"),
        Column("职业编码", code, also=("职业代码",), group="领办人", width=13, clause="第三条", help="如 6-18-02-04"),
        Column("技能等级", choice, True, ("职业技能等级", "职业资格等级", "职业资格或职业技能等级", "等级"), "skill_levels",
               group="领办人", width=11, clause="第七条（一）", help="技师及以上；职称不能替代"),
        Column("证书编号", code, True, ("证书号", "职业资格证书编号"), group="领办人", width=26, clause="第七条（一）"),
        Column("发证日期", date, True, ("取证日期", "证书日期"), group="领办人", clause="第七条（一）"),
        Column("行政职务", text, True, ("职务",), group="领办人", width=12, clause="附件1", none_counts=True, help="没有的填“无”"),
        Column("在职在聘", yes_no, True, ("是否在职在聘", "在职"), "yes_no", group="领办人", clause="第七条（一）"),
        Column("退休类别", choice, True, ("原法定退休年龄类别", "退休年龄类别"), "retirement_categories", group="领办人",
               clause="第七条（一）", help="男60、女55、女50；女职工按岗位选择，不得推断"),
        Column("法定退休日期", date, group="领办人", width=13, clause="第七条（一）",
               formula='IF(OR(N({出生日期})=0,{退休类别}=""),"",{retirement})', help="自动计算（2025年起按渐进式延迟退休办法）"),
        Column("距退休满2年", yes_no, group="领办人", width=12, clause="第七条（一）",
               formula='IF(OR({法定退休日期}="",{basis}=0),"",IF(EDATE({basis},{months})<={法定退休日期},"是","否"))',
               help="自动计算：申报截止日（无则填报日期）至法定退休日期"),
        Column("优先荣誉", choice, True, ("荣誉", "获得荣誉", "荣誉称号"), "honours", True, "领办人", 20, "第七条（一）",
               help="没有的选“无”；多项用顿号隔开"),
        Column("技术技能一线", yes_no, True, ("是否一线", "一线岗位"), "yes_no", group="领办人", width=13, clause="第七条（一）"),
        Column("曾获上级命名", yes_no, True, ("是否被国家自治区命名", "上级命名"), "yes_no", group="领办人", width=13, clause="第三条",
               help="领办人或本工作室曾被国家、自治区评选命名过的选“是”"),
        Column("领办人手机", phone, True, ("手机", "手机号码", "手机号", "领办人手机号"), group="领办人", clause="附件1"),
        Column("职业道德核查", yes_no, True, ("职业道德核查结论",), "yes_no", group="领办人", width=13, clause="第七条（三）",
               help="有权单位核查合格的选“是”，只登记结论"),
        Column("申办单位", text, True, ("单位名称", "工作单位", "依托单位", "所在单位"), group="申办单位", width=30, clause="第九条",
               help="营业执照或批准文件上的全称"),
        Column("统一社会信用代码", credit_code, True, ("信用代码", "社会信用代码", "组织机构代码"), group="申办单位",
               clause="第九条（四）"),
        Column("载体类型", choice, True, ("单位类型", "载体"), "carriers", group="申办单位", width=25, clause="第二条"),
        Column("产业集群", choice, True, ("所属产业集群", "产业"), "clusters", group="申办单位", width=32, clause="第二条"),
        Column("校企联合", yes_no, True, ("是否校企联合",), "yes_no", group="申办单位", clause="第八条"),
        Column("合作单位", text, group="申办单位", width=30, clause="第八条", help="校企联合申办的填合作单位全称"),
        Column("管理制度", yes_no, True, ("管理制度健全", "制度齐全"), "yes_no", group="申办单位", clause="第七条（四）",
               help="培养、评价、选拔、使用、激励及工作室管理制度、人员职责齐全的选“是”"),
        Column("单位联系人", person, also=("联系人",), group="申办单位", width=16),
        Column("单位电话", phone, True, ("联系电话", "电话", "单位联系电话"), group="申办单位", width=15, clause="附件1"),
        Column("工作室地点", text, True, ("地点", "工作地址", "工作室地址", "地址"), group="工作室", width=34, clause="附件1"),
        Column("固定场所", yes_no, True, ("有无固定场所", "固定场所设施"), "yes_no", group="工作室", clause="第七条（五）"),
        Column("面积(㎡)", area, True, ("面积", "工作室面积", "面积(平方米)", "场所面积"), group="工作室", clause="附件1"),
        Column("团队人数(不含领办人)", count, True, ("团队人数", "成员人数", "团队成员数"), group="工作室", width=13,
               clause="第七条（二）", help="与“团队成员”表人数一致"),
        Column("承诺配套资金(元)", money, True, ("配套资金", "承诺配套资金", "配套资金(元)", "承诺配套"), group="工作室", width=18,
               clause="第七条（六）、第十三条", help="不低于市级补助额"),
        Column("配套承诺盖章", yes_no, True, ("承诺书盖章",), "yes_no", group="工作室", width=13, clause="附件1"),
        Column("材料齐全", yes_no, True, ("材料是否齐全",), "yes_no", group="工作室", clause="第九条",
               help="与“材料清单”表一致"),
        Column("初审意见", choice, True, ("区县初审意见", "推荐意见", "审核意见"), "opinions", group="初审", clause="第十条"),
        Column("初审日期", date, True, ("审核日期",), group="初审", clause="第十条"),
        Column("备注", text, also=("说明", "情况说明"), group="初审", width=60, prose=True,
               help="对黄色提示的说明写在这里；数值不变，说明一直有效"),
    ))
"""A1-2: the leader's particulars; of A1-1 and A1-5 what the district vouches for."""

STUDIO_NAME = Column("工作室名称", text, True, ("技能大师工作室名称", "名称"), width=40, help="与“推荐汇总”表一致")

TEAM = Sheet(
    "团队成员", key=("工作室名称", "姓名", "身份证号"), frozen="姓名", also=("成员", "团队成员表", "工作室成员"), rows=120,
    title="{city}技能大师工作室团队成员表（{year}年度）", guide="每名成员一行，不含领办人。",
    columns=(
        STUDIO_NAME,
        Column("姓名", person, True, ("成员姓名",), width=16, clause="附件1"),
        Column("身份证号", id_number, True, ("身份证号码", "公民身份号码"), clause="第七条（二）", help="用于核对重复和正式员工"),
        Column("人员类别", choice, True, ("类别",), "member_kinds", clause="第七条（二）"),
        Column("等级或职称", text, True, ("技能等级", "职称", "等级"), width=14, clause="附件1", none_counts=True),
        Column("证书编号", code, also=("证书号",), width=22),
        Column("是否正式员工", yes_no, True, ("正式员工",), "yes_no", width=14, clause="第七条（二）"),
        Column("岗位职责", text, True, ("职责",), width=26, clause="第七条（四）", prose=True),
        Column("突出业绩", text, True, ("业绩", "工作业绩"), width=54, clause="附件1", prose=True, none_counts=True),
    ))
"""R07-2, A1-3: as many rows as there are members."""

AWARDS = Sheet(
    "获奖情况", key=("工作室名称", "获奖项目", "奖励名称", "年度"), frozen="工作室名称", also=("获奖", "领办人获奖情况", "主要获奖情况"),
    title="{city}技能大师工作室领办人获奖情况表（{year}年度）", rows=60, optional=True, guide="每个奖项一行；没有获奖的不填。",
    columns=(
        STUDIO_NAME,
        Column("获奖项目", text, True, ("项目",), width=28, clause="附件1"),
        Column("奖励名称", text, True, ("奖项名称",), width=24, clause="附件1"),
        Column("授予单位", text, True, ("颁奖单位",), width=26, clause="附件1"),
        Column("等级", text, True, ("奖励等级",), width=10, clause="附件1", none_counts=True, help="如一等奖"),
        Column("排名", text, True, ("名次",), width=8, clause="附件1", none_counts=True, help="本人排名；个人奖填1"),
        Column("年度", year, True, ("获奖年度", "年份"), clause="附件1"),
        Column("级别", choice, choices="award_levels", open_choices=True, width=14),
    ))
"""A1-4: as many rows as there are awards."""


def _material(header: str, clause: str, *also: str) -> Column:
    return Column(header, yes_no, True, also, "yes_no", width=15, clause=clause)


MATERIALS = Sheet(
    "材料清单", key=("工作室名称",), frozen="工作室名称", also=("材料", "申报材料清单"),
    title="{city}技能大师工作室申请材料清单（{year}年度）", rows=60, guide="每件申报一行，六类材料逐项选“是”或“否”。",
    columns=(
        STUDIO_NAME,
        _material("申报表", "第九条（一）"),
        _material("申报报告", "第九条（二）"),
        _material("单位情况", "第九条（三）", "申办单位情况"),
        _material("执照或批准文件", "第九条（四）", "营业执照", "营业执照或批准文件"),
        _material("身份证和证书", "第九条（五）", "身份证及证书"),
        _material("获奖和成果证明", "第九条（六）", "获奖证明", "成果证明"),
    ))
"""R09-2: the six kinds of papers; of R09-4 and R09-5 whether the paper is there."""

RECOMMENDATION = Form(
    "recommendation", "区县推荐汇总表", "1", "{city}技能大师工作室区县推荐汇总表（{year}年度）",
    (APPLICATIONS, TEAM, AWARDS, MATERIALS),
    guide=(
        "本表由区（县）人力资源和社会保障局填写，经初审后报市人力资源和社会保障局（第九条、第十条）。",
        "先填“推荐汇总”，再填“团队成员”“获奖情况”“材料清单”；各表的工作室名称要一致。",
        "红字带“*”的列为必填；灰底单元格自动计算，不用填；带下拉框的列请从下拉框选。",
        "单位报来的申报工作簿，点“汇入申报工作簿”整夹汇入，不用再录入；初审各列由区（县）填写。",
        "没有推荐对象的，在“推荐汇总”表上方“本区县无推荐”处选“是”，盖章后照常报送。",
        "可以从其他表粘贴，请用“选择性粘贴—数值”，以免盖掉下拉框和格式；身份证号、代码、电话按文本填写。",
        "校验后，红色为必须改正，黄色须改正或在“备注”写明情况。",
    ), buttons=OF_RECOMMENDATION, rule="R10", role=roles.DISTRICT)
