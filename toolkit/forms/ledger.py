"""工作室管理台账: the city's record. Columns with `people=True` belong to people; the toolkit never overwrites them.

Source: 乌人社规〔2023〕1号 第十二条至第二十条. Rows grow downwards; people may add columns and sheets of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from toolkit.forms import roles
from toolkit.forms.actions import OF_LEDGER
from toolkit.forms.assessment import ACHIEVEMENTS, ACTIVITIES, ROSTER
from toolkit.forms.evaluation import EVALUATED
from toolkit.forms.goals import GOAL_TABLE
from toolkit.forms.model import (
    Column,
    Form,
    Sheet,
    choice,
    code,
    count,
    credit_code,
    date,
    exact,
    id_number,
    money,
    person,
    points,
    text,
    year,
    yes_no,
)
from toolkit.forms.recommendation import APPLICATIONS, AWARDS, MATERIALS, TEAM
from toolkit.forms.review import EXPERTS, STEPS, VOTING
from toolkit.forms.summary import RESULTS

YEAR = Column("年度", year, True, group="申报")
DISTRICT = Column("区县", choice, True, ("推荐区县",), "districts", group="申报", width=12)

# 每行从哪里来：报表文件、表、行号、原件校验码；行指纹是工具写入时各列内容的校验码，用来看出有没有人改过。
PROVENANCE = (
    Column("来源文件", text, group="来源", width=26), Column("来源表", text, group="来源", width=12),
    Column("来源行", count, group="来源"), Column("原件校验码", exact, group="来源", width=16),
    Column("行指纹", exact, group="来源", width=16), Column("入账时间", exact, group="来源", width=18),
    Column("填报日期", date, group="来源", since="2"),
)
# 新的一份报表里不再有的行：标明待核撤回，由市局选择；选了撤回的不再计入。
STANDING = Column("在册情况", choice, choices="row_states", group="入账", width=11, since="2")
ANSWER = replace(Column("撤回处理", choice, choices="withdrawal_answers", group="市局", width=10, since="2",
                        help="待核撤回的，选“撤回”或“保留”，下次合并时照办"), people=True)


def _people(*columns: Column) -> tuple[Column, ...]:
    return tuple(replace(column, people=True) for column in columns)


def _stored(columns: Iterable[Column], *without: str) -> tuple[Column, ...]:
    """Columns of a return as the ledger keeps them: values, nothing required, nothing computed."""
    return tuple(replace(column, formula="", required=False) for column in columns if column.header not in without)


def _table(name: str, title: str, *columns: Column, frozen: str = "", key: tuple[str, ...] = (), since: str = "1") -> Sheet:
    return Sheet(name, columns, "工作室管理台账 · " + title, key, frozen=frozen, rows=0, optional=True, since=since)


STUDIO = Column("工作室名称", text, width=40)
STUDIO_NUMBER = Column("工作室编号", code, also=("编号",), width=14)
UNIT = Column("申办单位", text, width=30)
UNIT_CODE = Column("统一社会信用代码", credit_code)
LEADER = Column("领办人", person, width=16)
LEADER_ID = Column("身份证号", id_number, also=("领办人身份证号",))
OCCUPATION = Column("职业(工种)", text, width=20)
OCCUPATION_CODE = Column("职业编码", code, width=13)

STUDIOS = _table(
    "工作室", "工作室", *_people(
        STUDIO_NUMBER, STUDIO, replace(DISTRICT, group=""), UNIT, UNIT_CODE, LEADER, LEADER_ID, OCCUPATION, OCCUPATION_CODE,
        Column("状态", choice, choices="studio_statuses"), Column("命名文号", exact, width=20), Column("命名日期", date),
        Column("建设周期起", date, clause="第十九条"), Column("建设周期止", date, clause="第十九条"),
        Column("四年期止", date, clause="第二十条"), Column("补助额(元)", money, clause="第十三条"),
        Column("配套额(元)", money, clause="第十三条"), Column("支出(元)", money, clause="第十三条")),
    Column("余额(元)", money, formula='IF({工作室名称}="","",N({补助额(元)})+N({配套额(元)})-N({支出(元)}))', clause="第十三条"),
    *_people(
        Column("带徒数", count), Column("取证数", count), Column("最近活动日", date, clause="第二十条（一）"),
        Column("期满得分", points, clause="第十九条（二）"), Column("等次", choice, choices="grades", clause="第十九条（二）"),
        Column("禁申至", date, clause="第十九条（二）"), Column("备注", text, width=30, prose=True),
        Column("工作室地点", text, width=30, since="2", clause="第十八条"),
        Column("领办人退休日", date, since="2", width=14, clause="第十八条", help="法定退休日期，命名时按申报登记"),
        Column("离岗日", date, since="2", clause="第十八条（二）", help="经备案返聘、延迟退休的，新的离岗日"),
        Column("曾用名", text, width=40, since="2", clause="第十八条（一）", help="变更领办人以前的工作室名称，几个用顿号隔开")),
    frozen="工作室名称", key=("工作室名称",))

APPLICATION_ROWS = _table(
    "申报批次", "申报批次", YEAR, *_stored(APPLICATIONS.columns, "序号"),
    Column("申报状态", choice, choices="application_statuses", group="入账"),
    Column("未了问题", text, group="入账", width=40, prose=True),
    Column("优先", text, group="入账", width=8, clause="第七条（一）", since="2",
           help="获列明荣誉且在技术技能一线的；同等条件下在先，不免条件、不加分"),
    *_people(Column("裁定", choice, choices="rulings", group="市局", clause="第三条", help="挂起的申报，由市局裁定保留哪一件"),
             Column("评审结论", choice, choices="review_results", group="市局", clause="第十一条"),
             Column("评审日期", date, group="市局", clause="第十一条"),
             Column("核准文号", exact, group="市局", width=20, decides=True, clause="第七条（一）", since="2",
                    help="例外经市局核准的，填批准文件的文号"),
             Column("核准人", person, group="市局", width=12, decides=True, clause="第七条（一）", since="2"),
             Column("核准日期", date, group="市局", clause="第七条（一）", since="2"),
             Column("核准理由", text, group="市局", width=30, prose=True, decides=True, clause="第七条（一）", since="2"),
             Column("荣誉认定", yes_no, choices="yes_no", group="市局", clause="第七条（一）", since="2",
                    help="“优先”是“待认定”的，由市局认定：相当于列明的荣誉选“是”"),
             Column("市局备注", text, group="市局", width=30, prose=True)),
    ANSWER, *PROVENANCE, frozen="领办人", key=("年度", "推荐区县", "身份证号", "职业(工种)"))

PEOPLE = _table("人员", "团队成员", YEAR, DISTRICT, *_stored(TEAM.columns), STANDING, ANSWER, *PROVENANCE, frozen="姓名",
                key=("年度", "区县", "工作室名称", "姓名", "身份证号"))
AWARD_ROWS = _table("获奖", "获奖情况", YEAR, DISTRICT, *_stored(replace(column, header="获奖年度", also=())
                    if column.header == "年度" else column for column in AWARDS.columns), STANDING, ANSWER, *PROVENANCE,
                    frozen="工作室名称", key=("年度", "区县", "工作室名称", "获奖项目", "奖励名称", "获奖年度"))
MATERIAL_ROWS = _table("材料", "申请材料", YEAR, DISTRICT, *_stored(MATERIALS.columns), STANDING, ANSWER, *PROVENANCE, frozen="工作室名称",
                       key=("年度", "区县", "工作室名称"))

STATUS = Column("入账状态", choice, choices="application_statuses", group="入账", since="3")
OPEN_ISSUES = Column("未了问题", text, group="入账", width=40, prose=True, since="3")


def _since(version: str, *columns: Column) -> tuple[Column, ...]:
    return tuple(replace(column, since=version) for column in columns)


REVIEWS = _table(
    "评审", "评审", YEAR, *_since("3", replace(DISTRICT, group="")), STUDIO, *_since("3", UNIT),
    *(Column(header, date, clause="第十一条") for header in STEPS),
    Column("应到评委", count, clause="第十一条"), Column("实到评委", count, clause="第十一条"), Column("同意票", count, clause="第十一条"),
    Column("不同意票", count, clause="第十一条"), Column("弃权票", count, clause="第十一条"),
    *_since("3", Column("回避人数", count, clause="第十一条"),
            *(Column(f"{kind}专家", count, clause="第十一条", help="参加表决的人数") for kind in ("院校", "行业", "企业")),
            *(Column(f"{ballot}评委", text, width=24, prose=True, clause="第十一条") for ballot in ("同意", "不同意", "弃权", "回避")),
            *(Column(label, choice, choices=name, width=15, clause="第十一条", help="表决时按年度安排用的口径")
              for label, name in VOTING.items()),
            Column("表决结果", text, width=13, clause="第十一条")),
    STATUS, OPEN_ISSUES, *_people(Column("备注", text, width=30, prose=True)), *_since("3", *PROVENANCE),
    key=("年度", "工作室名称"), frozen="工作室名称")
"""R11: the four steps, the ballots by name and the tally of every application that was reviewed."""

EXPERT_ROWS = _table(
    "评委", "评审委员会", YEAR, *_stored(EXPERTS.columns, "序号"), STANDING, *PROVENANCE, frozen="评委",
    key=("年度", "评委", "单位"), since="3")
"""R11: who sat on the year's committee."""

PUBLICITY = _table(
    "公示命名", "公示命名", YEAR, STUDIO, DISTRICT, LEADER, UNIT, OCCUPATION,
    Column("公示轮次", count, width=8, clause="第十二条", since="2", help="同一年度再次公示的记第几轮，首轮可空"),
    Column("公示发布日", date, clause="第十二条"), Column("公示止日", date, clause="第十二条"),
    *_people(Column("异议", yes_no, choices="yes_no", clause="第十二条", help="公示期内收到异议的选“是”"),
             Column("异议处理结果", choice, width=13, choices="objection_results", clause="第十二条", help="查清后从下拉框选择；成立的不予命名"),
             Column("处理理由", text, width=30, prose=True, decides=True, clause="第十二条", since="2", help="异议成立或不成立的理由、依据"),
             Column("命名文号", exact, width=20, decides=True, clause="第十二条"), Column("命名日期", date, clause="第十二条"),
             Column("牌匾编号", exact, width=14, clause="第十二条"), Column("备案日期", date, clause="第十二条")),
    Column("工作室编号", code, width=14, since="2"),
    Column("建设周期起", date, formula='IF({命名日期}="","",{命名日期})', clause="第十九条"),
    Column("建设周期止", date, formula='IF({命名日期}="","",EDATE({命名日期},{construction_months}))', clause="第十九条"),
    Column("考核窗口", date, formula='IF({命名日期}="","",EDATE({命名日期},{construction_months}-{window_months}))',
           clause="第十九条（二）"),
    Column("四年期止", date, formula='IF({命名日期}="","",EDATE({命名日期},{liability_months}))', clause="第二十条"),
    *_people(Column("备案文号", exact, width=20, decides=True, clause="第十二条", since="2")),
    key=("年度", "公示轮次", "工作室名称"), frozen="工作室名称")
"""R12-1, R12-2, R12-3: what was made public, named, and the periods that follow."""

FUNDS = _table(
    "经费", "经费", *_people(
        STUDIO_NUMBER, STUDIO, Column("日期", date), Column("类别", choice, choices="fund_kinds", clause="第十三条"),
        Column("资金来源", choice, choices="fund_sources", clause="第十三条"),
        Column("用途类别", choice, width=22, choices="fund_uses", clause="第十三条", help="支出必填"), Column("摘要", text, width=30, prose=True),
        Column("金额(元)", money), Column("凭证号", exact), Column("是否专账", yes_no, choices="yes_no", clause="第十三条"),
        Column("收款方", text, width=24, since="3")),
    *(replace(column, since="3") for column in (STANDING, ANSWER, *PROVENANCE)), frozen="工作室名称")
"""R13-1, R13-2, R13-3, R13-5: money in and out; typed by people, registered by moves, taken from 期满考核评分表."""

SHARED = {FUNDS.name: tuple(column.header for column in FUNDS.columns if column.people and column.header != ANSWER.header)}
"""Columns that people fill in and returns too: a row that came from a return follows it until people change it."""


def _evidence(sheet: Sheet, name: str, frozen: str, clause: str) -> Sheet:
    """The register of a sheet of evidence: what is filled in there, by studio; what is judged there is left out."""
    filled_in = _stored(column for column in sheet.columns if not column.formula)
    return _table(name, name, STUDIO_NUMBER, STUDIO, replace(DISTRICT, group="", required=False, clause=clause),
                  *(replace(column, group="") for column in filled_in), STANDING, ANSWER, *PROVENANCE, frozen=frozen, since="3")


TRAINEES = _evidence(ROSTER, "学员", "徒弟姓名", "第四条")
"""R04, R14: who was trained, agreed on when, certified to which level when."""

ACTIVITY_ROWS = _evidence(ACTIVITIES, "活动", "工作室名称", "第五条")
"""R05, R20-1b: what was held on which day."""

ACHIEVEMENT_ROWS = _evidence(ACHIEVEMENTS, "成果", "工作室名称", "第六条")
"""R06: what was achieved."""

GUIDANCE = _table(
    "指导记录", "指导记录", *_people(
        STUDIO_NUMBER, STUDIO, Column("指导日期", date, clause="第十六条"), Column("指导单位", text, width=28, clause="第十六条"),
        Column("指导人", person, width=16), Column("指导内容", text, width=50, prose=True, clause="第十六条"),
        Column("备注", text, width=30, prose=True)), frozen="工作室名称", since="3")
"""R16: who gave guidance, when, on what."""

GOAL_ROWS = _table(
    "目标任务", "年度目标任务书", YEAR, DISTRICT, *_stored(GOAL_TABLE.columns, "序号", "区县"), STATUS, OPEN_ISSUES,
    *_people(Column("市局备注", text, group="市局", width=30, prose=True)), ANSWER, *PROVENANCE, frozen="工作室名称",
    key=("年度", "工作室名称"), since="3")
"""R17: what unit and leader agreed on for a year, and when they signed."""

YEARLY = _table(
    "年度评估", "年度绩效评估", STUDIO_NUMBER, STUDIO, YEAR, *_since("3", DISTRICT, LEADER, UNIT),
    Column("总结报送日", date, clause="第十九条（一）"), Column("计划报送日", date, clause="第十九条（一）"),
    *(Column(header, choice, choices="evaluation_results", open_choices=True, width=12, clause="第十九条（一）") for header in EVALUATED),
    *_since("3", *(Column(f"{header}评语", text, width=26, prose=True, clause="第十九条（一）") for header in EVALUATED)),
    Column("参考分", points, clause="附件2", help="只供参考"), Column("评语", text, width=40, prose=True),
    Column("评估人", person), Column("报市日期", date, clause="第十九条（一）"), STATUS, OPEN_ISSUES,
    *_since("3", *_people(Column("市局备注", text, group="市局", width=30, prose=True)), replace(ANSWER, since="3"), *PROVENANCE),
    frozen="工作室名称", key=("年度", "工作室名称"))
"""R19-1: yearly reports and the district's evaluation."""

ASSESSMENTS = _table(
    "期满考核", "期满考核", YEAR, *(replace(column, choices="grades") if column.header == "等次" else column
                                    for column in _stored(RESULTS.columns, "序号")),
    Column("入账状态", choice, choices="application_statuses", group="入账"),
    Column("未了问题", text, group="入账", width=40, prose=True),
    *_people(Column("市局备注", text, group="市局", width=30, prose=True)),
    ANSWER, *PROVENANCE, frozen="工作室名称", key=("年度", "区县", "工作室名称"))

CHANGES = _table(
    "变更与重大事项", "变更与重大事项", *_people(
        STUDIO_NUMBER, STUDIO, Column("事项", choice, width=16, choices="change_matters", open_choices=True, clause="第十八条"),
        Column("发生日", date), Column("申请日", date),
        Column("原值", text, width=24), Column("新值", text, width=24, help="新的领办人、单位名称或地址"),
        Column("原因", choice, width=24, choices="change_reasons", open_choices=True),
        Column("核实意见", text, width=24, prose=True, decides=True), Column("备案/批复文号", exact, width=20, decides=True),
        Column("批复日", date, since="2", help="备案或批复的日期，自这一天起算变更"),
        Column("身份证号", id_number, since="2", clause="第十八条（一）", help="变更领办人的，填新领办人的"),
        Column("退休类别", choice, choices="retirement_categories", since="2", clause="第七条（一）"),
        Column("技能等级", choice, choices="skill_levels", since="2", clause="第七条（一）"),
        Column("证书编号", exact, since="2", clause="第七条（一）"),
        Column("在职在聘", yes_no, choices="yes_no", since="2", clause="第七条（一）"),
        Column("职业道德核查", yes_no, choices="yes_no", since="2", width=13, clause="第七条（三）", help="有权单位的核查结论"),
        Column("统一社会信用代码", credit_code, since="2", clause="第十八条（二）", help="变更申办单位的，填新单位的"),
        Column("新离岗日", date, since="2", clause="第十八条（二）", help="返聘、延迟退休的，填到哪一天"),
        Column("荣誉", choice, choices="honours", since="2", width=16, clause="第十八条", help="退休保牌的，填领办人获得的荣誉"),
        Column("在本单位退休", yes_no, choices="yes_no", since="2", width=13, clause="第十八条")), frozen="工作室名称")
"""R18-0, R18-1, R18-2: what changed, who verified it, what was answered."""

REVOCATIONS = _table(
    "撤销追缴禁申", "撤销追缴禁申", *_people(
        STUDIO_NUMBER, STUDIO, LEADER, LEADER_ID, UNIT, UNIT_CODE, OCCUPATION, OCCUPATION_CODE,
        Column("依据条款", choice, width=18, choices="withdrawal_grounds", clause="第十八条至第二十条"), Column("认定日", date),
        Column("文号", exact, width=20, decides=True),
        Column("文件印发日", date, clause="第十九条（二）"), Column("牌匾收回日", date), Column("应追回额(元)", money),
        Column("已追回额(元)", money), Column("凭证", exact),
        Column("禁申对象", choice, width=24, choices="bar_subjects", clause="第十九条（二）", help="只有第十九条（二）的撤销才禁申"),
        Column("禁申止日", date),
        Column("备案日", date),
        Column("事由", choice, width=22, choices="withdrawal_reasons", since="2", clause="第十八条至第二十条"),
        Column("事由发生日", date, since="2", clause="第二十条", help="第二十条只管命名之日起四年内出现的情形"),
        Column("认定依据", text, width=30, prose=True, decides=True, since="2", help="有权单位认定文书的名称、文号；工具只登记，不推断"),
        Column("查明的事实", text, width=40, prose=True, decides=True, since="2", help="印在决定里；期满考核不合格的可以不填，按台账的考核结果写"),
        Column("追回期限", date, clause="第十九条（二）、第二十条", since="2", help="缴款的最后一日；不填的，印发决定时按参数推算"),
        Column("追回通知文号", exact, width=20, decides=True, since="2"), Column("追回通知日", date, since="2")), frozen="工作室名称")
"""R18-1, R19-4, R20-1a, R20-1c, R20-2, R20-3, R20-4: what an authority has decided, entered by people, never inferred."""

SUPERIOR = _table(
    "上级命名库", "上级命名库", *_people(
        Column("层级", choice, choices="superior_levels", clause="第三条"), STUDIO, LEADER, LEADER_ID, UNIT, UNIT_CODE,
        OCCUPATION, Column("文号", exact, width=22), Column("命名日期", date), Column("备注", text, width=30, prose=True)), frozen="工作室名称")
"""R03-4: what the state and the region have named."""

RETURNS = _table(
    "报表登记", "收到的报表", YEAR, DISTRICT, Column("报表", text, width=20), Column("填报日期", date), Column("无推荐", yes_no, choices="yes_no"),
    Column("来源文件", text, width=30), Column("原件校验码", exact, width=16), Column("登记时间", exact, width=18),
    Column("工作室", text, width=20, since="3", help="一个工作室一份的报表，写工作室编号；没有编号的写名称"),
    key=("年度", "区县", "报表", "填报日期", "原件校验码"), frozen="报表", since="2")

CONFLICTS = _table(
    "冲突", "待选择的冲突", YEAR, DISTRICT, Column("所在表", text, width=12), Column("对象", text, width=34),
    Column("键", exact, width=30), Column("项目", text, width=16), Column("台账值", text, width=26),
    Column("来件值", text, width=26), Column("来件", text, width=30), Column("登记时间", exact, width=18),
    *_people(Column("采用", choice, choices="conflict_answers", help="选“台账”或“来件”，下次合并时照办"),
             Column("处理说明", text, width=30, prose=True)),
    Column("状态", choice, width=10), key=("键", "项目", "来件值"), frozen="对象")

EXPLANATIONS = _table(
    "提示说明", "已说明的提示", YEAR, DISTRICT, Column("键", exact, width=30), Column("代码", exact, width=12),
    Column("项目", text, width=16), Column("值", text, width=20), Column("说明", text, width=50, prose=True), Column("来源文件", text, width=26),
    Column("登记时间", exact, width=18), key=("键", "代码"), frozen="键")

ARRANGEMENTS = _table(
    "年度安排", "年度安排", *_people(
        YEAR, Column("申报截止日", date, clause="第七条（一）", help="当年申报通知的截止日；距退休年限按它测算"),
        Column("命名通知文号", exact, width=22, clause="第十二条"), Column("考核结果通报文号", exact, width=22, clause="第十九条（二）"),
        *(Column(label, choice, choices=name, width=15, clause="第十一条", since="3", help="条文没有规定；市局定了才能计票")
          for label, name in VOTING.items()),
        Column("放假安排已核对", yes_no, choices="yes_no", width=15, clause="第十二条", help="当年的放假、调休都已写入参数的，选“是”"),
        Column("备注", text, width=30, prose=True)),
    key=("年度",), frozen="年度", since="2")

ISSUED = _table(
    "发文登记", "发文登记", *_people(
        Column("文号", exact, width=22), Column("文书", text, width=16), YEAR, Column("成文日期", date),
        Column("对象", text, width=34, help="工作室编号、区（县），或名单里有几个"), Column("备注", text, width=30, prose=True)),
    Column("登记时间", exact, width=20), key=("文号",), frozen="文号", since="3")
"""A number is given once: what issued documents took, and what people took for others."""

PARAMETERS = _table(
    "参数", "参数与口径", Column("参数", exact, width=28), Column("名称", text, width=30),
    *_people(Column("取值", text, width=24, help="改这一列即可；清空恢复默认")),
    Column("默认值", text, width=18), Column("单位", text, width=12), Column("条款", text, width=16),
    Column("口径", text, width=8), Column("说明", text, width=60, prose=True), key=("参数",), frozen="名称")

LOG = _table(
    "操作日志", "操作日志", Column("序号", count), Column("时间", exact, width=20), Column("操作", text, width=12),
    Column("操作人", text, width=12), Column("对象", text, width=30), Column("摘要", text, width=60, prose=True),
    Column("上一行校验码", exact, width=20), Column("本行校验码", exact, width=20), key=("序号",))

LEDGER = Form(
    "ledger", "工作室管理台账", "2", "{city}技能大师工作室管理台账",
    (STUDIOS, APPLICATION_ROWS, PEOPLE, AWARD_ROWS, MATERIAL_ROWS, REVIEWS, EXPERT_ROWS, PUBLICITY, FUNDS, TRAINEES, ACTIVITY_ROWS,
     ACHIEVEMENT_ROWS, GUIDANCE, GOAL_ROWS, YEARLY, ASSESSMENTS, CHANGES, REVOCATIONS, SUPERIOR, RETURNS, CONFLICTS, EXPLANATIONS,
     ARRANGEMENTS, ISSUED, PARAMETERS, LOG),
    guide=(
        "本台账由市人力资源和社会保障局保管，是工作室管理的正本。",
        "灰底列由工具登记，请不要手改；改过的行下次合并时会列入“冲突”，由您选择采用哪一个。",
        "白底列由您填写，工具从不改动。可以自行增加列、表、图、批注和格式，工具原样保留。",
        "每次写入前先在“备份”文件夹存一份；写错了，用“撤销上一步”恢复。",
        "“操作日志”每行带有上一行的校验码，改动或删去任何一行都能看出来。",
    ),
    file_name="{name}.xlsx", buttons=OF_LEDGER, role=roles.CITY)
