"""The rows of the ledger with a name and a type for every column. The sheets themselves stand in `ledger`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from toolkit.forms import ledger
from toolkit.forms.typed_rows import RowField, TypedRow

Amount = int | Decimal
"""Money (元) or points: whole ones are int."""


class ReturnedRow(TypedRow):
    """A row that a return brought, with where it came from. `fingerprint`: of its content as the toolkit wrote it."""

    source_file = RowField[str]("来源文件")
    source_sheet = RowField[str]("来源表")
    source_row = RowField[int]("来源行")
    source_hash = RowField[str]("原件校验码")
    fingerprint = RowField[str]("行指纹")
    entered_at = RowField[str]("入账时间")
    filled_on = RowField[date]("填报日期")


class WithdrawableRow(ReturnedRow):
    """A row that a later return may no longer have; the city answers what becomes of it."""

    withdrawal_answer = RowField[str]("撤回处理")


class StudioRow(TypedRow, sheet=ledger.STUDIOS):
    """A named studio."""

    number = RowField[str]("工作室编号")
    name = RowField[str]("工作室名称")
    district = RowField[str]("区县")
    unit = RowField[str]("申办单位")
    unit_code = RowField[str]("统一社会信用代码")
    leader = RowField[str]("领办人")
    leader_id = RowField[str]("身份证号")
    occupation = RowField[str]("职业(工种)")
    occupation_code = RowField[str]("职业编码")
    status = RowField[str]("状态")
    naming_number = RowField[str]("命名文号")
    named_on = RowField[date]("命名日期")
    begins = RowField[date]("建设周期起")
    ends = RowField[date]("建设周期止")
    liable_until = RowField[date]("四年期止")
    subsidy = RowField[Amount]("补助额(元)")
    matching = RowField[Amount]("配套额(元)")
    spent = RowField[Amount]("支出(元)")
    balance = RowField[Amount]("余额(元)")
    trainees = RowField[int]("带徒数")
    certified = RowField[int]("取证数")
    last_activity = RowField[date]("最近活动日")
    points = RowField[Amount]("期满得分")
    grade = RowField[str]("等次")
    barred_until = RowField[date]("禁申至")
    remark = RowField[str]("备注")
    address = RowField[str]("工作室地点")
    retires_on = RowField[date]("领办人退休日")
    leaves_on = RowField[date]("离岗日")
    former_names = RowField[str]("曾用名")


class ApplicationRow(WithdrawableRow, sheet=ledger.APPLICATION_ROWS):
    """An application of one year, as the district returned it, with what the city decided on it."""

    year = RowField[int]("年度")
    district = RowField[str]("推荐区县")
    studio = RowField[str]("工作室名称")
    leader = RowField[str]("领办人")
    sex = RowField[str]("性别")
    ethnic_group = RowField[str]("民族")
    born = RowField[date]("出生日期")
    politics = RowField[str]("政治面貌")
    education = RowField[str]("学历(学位)")
    leader_id = RowField[str]("身份证号")
    working_since = RowField[date]("参加工作时间")
    occupation = RowField[str]("职业(工种)")
    occupation_code = RowField[str]("职业编码")
    level = RowField[str]("技能等级")
    certificate = RowField[str]("证书编号")
    certified_on = RowField[date]("发证日期")
    position = RowField[str]("行政职务")
    employed = RowField[str]("在职在聘")
    retirement_category = RowField[str]("退休类别")
    retires_on = RowField[date]("法定退休日期")
    leaves_two_years = RowField[str]("距退休满2年")
    honours = RowField[str]("优先荣誉")
    front_line = RowField[str]("技术技能一线")
    named_above = RowField[str]("曾获上级命名")
    mobile = RowField[str]("领办人手机")
    conduct = RowField[str]("职业道德核查")
    unit = RowField[str]("申办单位")
    unit_code = RowField[str]("统一社会信用代码")
    carrier = RowField[str]("载体类型")
    cluster = RowField[str]("产业集群")
    joint = RowField[str]("校企联合")
    partner = RowField[str]("合作单位")
    systems = RowField[str]("管理制度")
    contact = RowField[str]("单位联系人")
    phone = RowField[str]("单位电话")
    address = RowField[str]("工作室地点")
    fixed_venue = RowField[str]("固定场所")
    area = RowField[Amount]("面积(㎡)")
    team_size = RowField[int]("团队人数(不含领办人)")
    pledged = RowField[Amount]("承诺配套资金(元)")
    pledge_sealed = RowField[str]("配套承诺盖章")
    papers_complete = RowField[str]("材料齐全")
    opinion = RowField[str]("初审意见")
    opinion_on = RowField[date]("初审日期")
    remark = RowField[str]("备注")
    status = RowField[str]("申报状态")
    open_issues = RowField[str]("未了问题")
    priority = RowField[str]("优先")
    ruling = RowField[str]("裁定")
    review = RowField[str]("评审结论")
    reviewed_on = RowField[date]("评审日期")
    approval_number = RowField[str]("核准文号")
    approved_by = RowField[str]("核准人")
    approved_on = RowField[date]("核准日期")
    approval_reason = RowField[str]("核准理由")
    recognised = RowField[str]("荣誉认定")
    city_remark = RowField[str]("市局备注")


class TeamRow(WithdrawableRow, sheet=ledger.PEOPLE):
    """A member of a studio's team besides the leader."""

    year = RowField[int]("年度")
    district = RowField[str]("区县")
    studio = RowField[str]("工作室名称")
    name = RowField[str]("姓名")
    member_id = RowField[str]("身份证号")
    kind = RowField[str]("人员类别")
    level = RowField[str]("等级或职称")
    certificate = RowField[str]("证书编号")
    official = RowField[str]("是否正式员工")
    duty = RowField[str]("岗位职责")
    achievements = RowField[str]("突出业绩")
    standing = RowField[str]("在册情况")


class ReviewRow(ReturnedRow, sheet=ledger.REVIEWS):
    """The review of one application: the four steps, who voted how, the tally and by which rules. Source: 第十一条."""

    year = RowField[int]("年度")
    district = RowField[str]("区县")
    studio = RowField[str]("工作室名称")
    unit = RowField[str]("申办单位")
    papers_read_on = RowField[date]("审阅材料日")
    visited_on = RowField[date]("现场考察日")
    discussed_on = RowField[date]("集中评议日")
    voted_on = RowField[date]("实名表决日")
    experts_due = RowField[int]("应到评委")
    experts_present = RowField[int]("实到评委")
    ayes = RowField[int]("同意票")
    noes = RowField[int]("不同意票")
    abstentions = RowField[int]("弃权票")
    recused = RowField[int]("回避人数")
    of_schools = RowField[int]("院校专家")
    of_trades = RowField[int]("行业专家")
    of_firms = RowField[int]("企业专家")
    said_aye = RowField[str]("同意评委")
    said_no = RowField[str]("不同意评委")
    abstained = RowField[str]("弃权评委")
    stood_aside = RowField[str]("回避评委")
    attendance = RowField[str]("出席比例")
    passing = RowField[str]("通过比例")
    base = RowField[str]("计票基数")
    recusal = RowField[str]("回避计法")
    outcome = RowField[str]("表决结果")
    status = RowField[str]("入账状态")
    open_issues = RowField[str]("未了问题")
    remark = RowField[str]("备注")


class ExpertRow(ReturnedRow, sheet=ledger.EXPERT_ROWS):
    """A member of a year's committee. Source: 第十一条."""

    year = RowField[int]("年度")
    name = RowField[str]("评委")
    unit = RowField[str]("单位")
    kind = RowField[str]("类别")
    district = RowField[str]("所在区县")
    tie = RowField[str]("利害关系")
    attended = RowField[str]("出席")
    in_minority = RowField[int]("与多数不同(票)")
    standing = RowField[str]("在册情况")


class PublicityRow(TypedRow, sheet=ledger.PUBLICITY):
    """One studio made public, and named. Source: 第十二条."""

    year = RowField[int]("年度")
    studio = RowField[str]("工作室名称")
    district = RowField[str]("区县")
    leader = RowField[str]("领办人")
    unit = RowField[str]("申办单位")
    occupation = RowField[str]("职业(工种)")
    round = RowField[int]("公示轮次")
    published_on = RowField[date]("公示发布日")
    public_until = RowField[date]("公示止日")
    objection = RowField[str]("异议")
    objection_result = RowField[str]("异议处理结果")
    objection_reason = RowField[str]("处理理由")
    naming_number = RowField[str]("命名文号")
    named_on = RowField[date]("命名日期")
    plaque = RowField[str]("牌匾编号")
    filed_on = RowField[date]("备案日期")
    number = RowField[str]("工作室编号")
    begins = RowField[date]("建设周期起")
    ends = RowField[date]("建设周期止")
    window_from = RowField[date]("考核窗口")
    liable_until = RowField[date]("四年期止")
    filing_number = RowField[str]("备案文号")


class FundRow(WithdrawableRow, sheet=ledger.FUNDS):
    """One entry of money received, spent or recovered. Source: 第十三条."""

    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    day = RowField[date]("日期")
    kind = RowField[str]("类别")
    source = RowField[str]("资金来源")
    use = RowField[str]("用途类别")
    summary = RowField[str]("摘要")
    amount = RowField[Amount]("金额(元)")
    voucher = RowField[str]("凭证号")
    separate_account = RowField[str]("是否专账")
    payee = RowField[str]("收款方")
    standing = RowField[str]("在册情况")


class TraineeRow(WithdrawableRow, sheet=ledger.TRAINEES):
    """A person a studio trained, with one certificate or none yet. Source: 第四条、第十四条."""

    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    district = RowField[str]("区县")
    teacher = RowField[str]("师傅")
    name = RowField[str]("徒弟姓名")
    sex = RowField[str]("性别")
    trainee_id = RowField[str]("身份证号")
    trade = RowField[str]("工种")
    level_before = RowField[str]("入门时等级")
    agreement = RowField[str]("协议编号")
    agreed_on = RowField[date]("协议日期")
    level = RowField[str]("取得等级")
    certificate = RowField[str]("证书编号")
    issued_on = RowField[date]("发证日期")
    standing = RowField[str]("在册情况")


class ActivityRow(WithdrawableRow, sheet=ledger.ACTIVITY_ROWS):
    """Something a studio held. Source: 第五条."""

    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    district = RowField[str]("区县")
    day = RowField[date]("日期")
    kind = RowField[str]("类型")
    topic = RowField[str]("主题")
    scope = RowField[str]("范围")
    people = RowField[int]("人数")
    proof = RowField[str]("佐证")
    standing = RowField[str]("在册情况")


class AchievementRow(WithdrawableRow, sheet=ledger.ACHIEVEMENT_ROWS):
    """Something a studio achieved. Source: 第六条."""

    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    district = RowField[str]("区县")
    kind = RowField[str]("类别")
    project = RowField[str]("项目名称")
    origin = RowField[str]("项目来源")
    begun_on = RowField[date]("起始日期")
    finished_on = RowField[date]("完成日期")
    outline = RowField[str]("成果简述")
    adopted_by = RowField[str]("推广采用单位")
    benefit = RowField[str]("效益(万元)")
    patent = RowField[str]("知识产权号")
    proof = RowField[str]("佐证")
    standing = RowField[str]("在册情况")


class GuidanceRow(TypedRow, sheet=ledger.GUIDANCE):
    """Guidance that a studio was given. Source: 第十六条."""

    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    day = RowField[date]("指导日期")
    guiding_unit = RowField[str]("指导单位")
    guide = RowField[str]("指导人")
    content = RowField[str]("指导内容")
    remark = RowField[str]("备注")


class GoalRow(WithdrawableRow, sheet=ledger.GOAL_ROWS):
    """What unit and leader agreed on for a year. Source: 第十七条."""

    year = RowField[int]("年度")
    district = RowField[str]("区县")
    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    leader = RowField[str]("领办人")
    unit = RowField[str]("申办单位")
    trainees = RowField[int]("带徒人数")
    certified = RowField[int]("取证人数")
    projects = RowField[str]("攻关项目")
    exchanges = RowField[int]("交流次数")
    funds = RowField[Amount]("经费(元)")
    unit_signed_on = RowField[date]("单位签字日期")
    leader_signed_on = RowField[date]("领办人签字日期")
    usual_checks = RowField[str]("平时考核")
    remark = RowField[str]("备注")
    status = RowField[str]("入账状态")
    open_issues = RowField[str]("未了问题")
    city_remark = RowField[str]("市局备注")


class YearlyRow(WithdrawableRow, sheet=ledger.YEARLY):
    """A studio's yearly report and the district's evaluation. Source: 第十九条（一）."""

    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    year = RowField[int]("年度")
    district = RowField[str]("区县")
    leader = RowField[str]("领办人")
    unit = RowField[str]("申办单位")
    summary_on = RowField[date]("总结报送日")
    plan_on = RowField[date]("计划报送日")
    systems = RowField[str]("制度建设")
    funds = RowField[str]("资金使用")
    trainees = RowField[str]("带徒传艺")
    skills = RowField[str]("技艺传承")
    promotion = RowField[str]("技能推广")
    on_systems = RowField[str]("制度建设评语")
    on_funds = RowField[str]("资金使用评语")
    on_trainees = RowField[str]("带徒传艺评语")
    on_skills = RowField[str]("技艺传承评语")
    on_promotion = RowField[str]("技能推广评语")
    reference_points = RowField[Amount]("参考分")
    comment = RowField[str]("评语")
    evaluator = RowField[str]("评估人")
    reported_on = RowField[date]("报市日期")
    status = RowField[str]("入账状态")
    open_issues = RowField[str]("未了问题")
    city_remark = RowField[str]("市局备注")


class AssessmentRow(WithdrawableRow, sheet=ledger.ASSESSMENTS):
    """The result of a studio's end-of-term assessment. Source: 第十九条（二）、附件2."""

    year = RowField[int]("年度")
    district = RowField[str]("区县")
    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    leader = RowField[str]("领办人")
    unit = RowField[str]("申办单位")
    occupation = RowField[str]("职业(工种)")
    assessed_on = RowField[date]("考核日期")
    systems = RowField[Amount]("制度建设")
    support = RowField[Amount]("保障建设")
    research = RowField[Amount]("技术攻关研发")
    training = RowField[Amount]("带徒传艺")
    exchange = RowField[Amount]("技术交流")
    base = RowField[Amount]("基础分")
    bonus = RowField[Amount]("加分")
    total = RowField[Amount]("总分")
    grade = RowField[str]("等次")
    sensitivity = RowField[str]("等次敏感性")
    confirmation = RowField[str]("确认说明")
    unmet_duties = RowField[str]("未达义务提示")
    advice = RowField[str]("处理建议")
    remark = RowField[str]("备注")
    status = RowField[str]("入账状态")
    open_issues = RowField[str]("未了问题")
    city_remark = RowField[str]("市局备注")


class ChangeRow(TypedRow, sheet=ledger.CHANGES):
    """A change or serious matter reported. Source: 第十八条."""

    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    matter = RowField[str]("事项")
    happened_on = RowField[date]("发生日")
    applied_on = RowField[date]("申请日")
    before = RowField[str]("原值")
    after = RowField[str]("新值")
    reason = RowField[str]("原因")
    verified = RowField[str]("核实意见")
    approval_number = RowField[str]("备案/批复文号")
    answered_on = RowField[date]("批复日")
    leader_id = RowField[str]("身份证号")
    retirement_category = RowField[str]("退休类别")
    level = RowField[str]("技能等级")
    certificate = RowField[str]("证书编号")
    employed = RowField[str]("在职在聘")
    conduct = RowField[str]("职业道德核查")
    unit_code = RowField[str]("统一社会信用代码")
    leaves_on = RowField[date]("新离岗日")
    honour = RowField[str]("荣誉")
    retired_here = RowField[str]("在本单位退休")


class WithdrawalRow(TypedRow, sheet=ledger.REVOCATIONS):
    """A title revoked or cancelled, the money to recover, the bar. Source: 第十八条至第二十条."""

    number = RowField[str]("工作室编号")
    studio = RowField[str]("工作室名称")
    leader = RowField[str]("领办人")
    leader_id = RowField[str]("身份证号")
    unit = RowField[str]("申办单位")
    unit_code = RowField[str]("统一社会信用代码")
    occupation = RowField[str]("职业(工种)")
    occupation_code = RowField[str]("职业编码")
    ground = RowField[str]("依据条款")
    found_on = RowField[date]("认定日")
    decision_number = RowField[str]("文号")
    decided_on = RowField[date]("文件印发日")
    plaque_returned_on = RowField[date]("牌匾收回日")
    owed = RowField[Amount]("应追回额(元)")
    recovered = RowField[Amount]("已追回额(元)")
    voucher = RowField[str]("凭证")
    bar_subject = RowField[str]("禁申对象")
    barred_until = RowField[date]("禁申止日")
    filed_on = RowField[date]("备案日")
    reason = RowField[str]("事由")
    happened_on = RowField[date]("事由发生日")
    basis = RowField[str]("认定依据")
    facts = RowField[str]("查明的事实")
    repay_until = RowField[date]("追回期限")
    recovery_number = RowField[str]("追回通知文号")
    recovery_on = RowField[date]("追回通知日")


class SuperiorRow(TypedRow, sheet=ledger.SUPERIOR):
    """A studio named by the state or the region. Source: 第三条."""

    level = RowField[str]("层级")
    studio = RowField[str]("工作室名称")
    leader = RowField[str]("领办人")
    leader_id = RowField[str]("身份证号")
    unit = RowField[str]("申办单位")
    unit_code = RowField[str]("统一社会信用代码")
    occupation = RowField[str]("职业(工种)")
    naming_number = RowField[str]("文号")
    named_on = RowField[date]("命名日期")
    remark = RowField[str]("备注")


class ReturnRow(TypedRow, sheet=ledger.RETURNS):
    """A return that came in."""

    year = RowField[int]("年度")
    district = RowField[str]("区县")
    form = RowField[str]("报表")
    filled_on = RowField[date]("填报日期")
    nil = RowField[str]("无推荐")
    source_file = RowField[str]("来源文件")
    source_hash = RowField[str]("原件校验码")
    entered_at = RowField[str]("登记时间")
    subject = RowField[str]("工作室")


class ConflictRow(TypedRow, sheet=ledger.CONFLICTS):
    """Two values that stand side by side until people choose."""

    year = RowField[int]("年度")
    district = RowField[str]("区县")
    register = RowField[str]("所在表")
    label = RowField[str]("对象")
    key = RowField[str]("键")
    item = RowField[str]("项目")
    in_ledger = RowField[str]("台账值")
    in_return = RowField[str]("来件值")
    source_file = RowField[str]("来件")
    entered_at = RowField[str]("登记时间")
    chosen = RowField[str]("采用")
    note = RowField[str]("处理说明")
    state = RowField[str]("状态")


class ExplanationRow(TypedRow, sheet=ledger.EXPLANATIONS):
    """A query that was explained, with the value it explained."""

    year = RowField[int]("年度")
    district = RowField[str]("区县")
    key = RowField[str]("键")
    code = RowField[str]("代码")
    item = RowField[str]("项目")
    value = RowField[str]("值")
    explanation = RowField[str]("说明")
    source_file = RowField[str]("来源文件")
    entered_at = RowField[str]("登记时间")


class ArrangementRow(TypedRow, sheet=ledger.ARRANGEMENTS):
    """What holds for one year."""

    year = RowField[int]("年度")
    deadline = RowField[date]("申报截止日")
    naming_number = RowField[str]("命名通知文号")
    results_number = RowField[str]("考核结果通报文号")
    attendance = RowField[str]("出席比例")
    passing = RowField[str]("通过比例")
    base = RowField[str]("计票基数")
    recusal = RowField[str]("回避计法")
    holidays_complete = RowField[str]("放假安排已核对")
    remark = RowField[str]("备注")


class IssuedRow(TypedRow, sheet=ledger.ISSUED):
    """A document that got a number."""

    number = RowField[str]("文号")
    paper = RowField[str]("文书")
    year = RowField[int]("年度")
    issued_on = RowField[date]("成文日期")
    subject = RowField[str]("对象")
    remark = RowField[str]("备注")
    entered_at = RowField[str]("登记时间")


class ParameterRow(TypedRow, sheet=ledger.PARAMETERS):
    """A parameter of the regulation with what the bureau set."""

    name = RowField[str]("参数")
    label = RowField[str]("名称")
    value = RowField[str]("取值")
    default = RowField[str]("默认值")
    unit = RowField[str]("单位")
    clause = RowField[str]("条款")
    origin = RowField[str]("口径")
    why = RowField[str]("说明")


class LogRow(TypedRow, sheet=ledger.LOG):
    """One operation."""

    number = RowField[int]("序号")
    time = RowField[str]("时间")
    operation = RowField[str]("操作")
    operator = RowField[str]("操作人")
    subject = RowField[str]("对象")
    summary = RowField[str]("摘要")
    previous_code = RowField[str]("上一行校验码")
    code = RowField[str]("本行校验码")


class AwardRow(WithdrawableRow, sheet=ledger.AWARD_ROWS):
    """An award of a leader."""

    year = RowField[int]("年度")
    district = RowField[str]("区县")
    studio = RowField[str]("工作室名称")
    item = RowField[str]("获奖项目")
    award = RowField[str]("奖励名称")
    given_by = RowField[str]("授予单位")
    grade = RowField[str]("等级")
    place = RowField[str]("排名")
    won_in = RowField[int]("获奖年度")
    level = RowField[str]("级别")
    standing = RowField[str]("在册情况")


class PapersRow(WithdrawableRow, sheet=ledger.MATERIAL_ROWS):
    """Which of the six kinds of papers came with an application. Source: 第九条."""

    year = RowField[int]("年度")
    district = RowField[str]("区县")
    studio = RowField[str]("工作室名称")
    form = RowField[str]("申报表")
    report = RowField[str]("申报报告")
    unit = RowField[str]("单位情况")
    licence = RowField[str]("执照或批准文件")
    certificates = RowField[str]("身份证和证书")
    awards = RowField[str]("获奖和成果证明")
    standing = RowField[str]("在册情况")


ROWS: tuple[type[TypedRow], ...] = (
    StudioRow, ApplicationRow, TeamRow, AwardRow, PapersRow, ReviewRow, ExpertRow, PublicityRow, FundRow, TraineeRow, ActivityRow,
    AchievementRow, GuidanceRow, GoalRow, YearlyRow, AssessmentRow, ChangeRow, WithdrawalRow, SuperiorRow, ReturnRow, ConflictRow,
    ExplanationRow, ArrangementRow, IssuedRow, ParameterRow, LogRow)


def row_field(path: str) -> tuple[type[TypedRow], RowField]:
    """The register and the column that a cell of the procedure names, as 工作室.状态. KeyError where there is none."""
    sheet, _, header = path.partition(".")
    kind = _BY_SHEET[sheet]
    return kind, {field.header: field for field in kind.fields.values()}[header]


_BY_SHEET = {kind.sheet.name: kind for kind in ROWS}
