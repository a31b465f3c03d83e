"""The rows of the ledger with a name and a type for every column. The sheets themselves stand in `ledger`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from toolkit.forms import ledger
from toolkit.forms.typed_rows import Field, TypedRow

Amount = int | Decimal
"""Money (元) or points: whole ones are int."""


class StudioRow(TypedRow, sheet=ledger.STUDIOS):
    """A named studio."""

    number = Field[str]("工作室编号")
    name = Field[str]("工作室名称")
    district = Field[str]("区县")
    unit = Field[str]("申办单位")
    unit_code = Field[str]("统一社会信用代码")
    leader = Field[str]("领办人")
    leader_id = Field[str]("身份证号")
    occupation = Field[str]("职业(工种)")
    occupation_code = Field[str]("职业编码")
    status = Field[str]("状态")
    naming_number = Field[str]("命名文号")
    named_on = Field[date]("命名日期")
    begins = Field[date]("建设周期起")
    ends = Field[date]("建设周期止")
    liable_until = Field[date]("四年期止")
    subsidy = Field[Amount]("补助额(元)")
    matching = Field[Amount]("配套额(元)")
    spent = Field[Amount]("支出(元)")
    balance = Field[Amount]("余额(元)")
    trainees = Field[int]("带徒数")
    certified = Field[int]("取证数")
    last_activity = Field[date]("最近活动日")
    points = Field[Amount]("期满得分")
    grade = Field[str]("等次")
    barred_until = Field[date]("禁申至")
    remark = Field[str]("备注")


class ApplicationRow(TypedRow, sheet=ledger.APPLICATION_ROWS):
    """An application of one year, as the district returned it, with what the city decided on it."""

    year = Field[int]("年度")
    district = Field[str]("推荐区县")
    studio = Field[str]("工作室名称")
    leader = Field[str]("领办人")
    sex = Field[str]("性别")
    ethnic_group = Field[str]("民族")
    born = Field[date]("出生日期")
    politics = Field[str]("政治面貌")
    education = Field[str]("学历(学位)")
    leader_id = Field[str]("身份证号")
    working_since = Field[date]("参加工作时间")
    occupation = Field[str]("职业(工种)")
    occupation_code = Field[str]("职业编码")
    level = Field[str]("技能等级")
    certificate = Field[str]("证书编号")
    certified_on = Field[date]("发证日期")
    position = Field[str]("行政职务")
    employed = Field[str]("在职在聘")
    retirement_category = Field[str]("退休类别")
    retires_on = Field[date]("法定退休日期")
    leaves_two_years = Field[str]("距退休满2年")
    honours = Field[str]("优先荣誉")
    front_line = Field[str]("技术技能一线")
    named_above = Field[str]("曾获上级命名")
    mobile = Field[str]("领办人手机")
    conduct = Field[str]("职业道德核查")
    unit = Field[str]("申办单位")
    unit_code = Field[str]("统一社会信用代码")
    carrier = Field[str]("载体类型")
    cluster = Field[str]("产业集群")
    joint = Field[str]("校企联合")
    partner = Field[str]("合作单位")
    systems = Field[str]("管理制度")
    contact = Field[str]("单位联系人")
    phone = Field[str]("单位电话")
    address = Field[str]("工作室地点")
    fixed_venue = Field[str]("固定场所")
    area = Field[Amount]("面积(㎡)")
    team_size = Field[int]("团队人数(不含领办人)")
    pledged = Field[Amount]("承诺配套资金(元)")
    pledge_sealed = Field[str]("配套承诺盖章")
    papers_complete = Field[str]("材料齐全")
    opinion = Field[str]("初审意见")
    opinion_on = Field[date]("初审日期")
    remark = Field[str]("备注")
    status = Field[str]("申报状态")
    open_issues = Field[str]("未了问题")
    ruling = Field[str]("裁定")
    review = Field[str]("评审结论")
    reviewed_on = Field[date]("评审日期")
    approval_number = Field[str]("核准文号")
    approved_by = Field[str]("核准人")
    approved_on = Field[date]("核准日期")
    approval_reason = Field[str]("核准理由")
    city_remark = Field[str]("市局备注")
    withdrawal_answer = Field[str]("撤回处理")
    source_file = Field[str]("来源文件")
    source_sheet = Field[str]("来源表")
    source_row = Field[int]("来源行")
    source_hash = Field[str]("原件校验码")
    fingerprint = Field[str]("行指纹")
    entered_at = Field[str]("入账时间")
    filled_on = Field[date]("填报日期")


class TeamRow(TypedRow, sheet=ledger.PEOPLE):
    """A member of a studio's team besides the leader."""

    year = Field[int]("年度")
    district = Field[str]("区县")
    studio = Field[str]("工作室名称")
    name = Field[str]("姓名")
    member_id = Field[str]("身份证号")
    kind = Field[str]("人员类别")
    level = Field[str]("等级或职称")
    certificate = Field[str]("证书编号")
    official = Field[str]("是否正式员工")
    duty = Field[str]("岗位职责")
    achievements = Field[str]("突出业绩")
    standing = Field[str]("在册情况")
    withdrawal_answer = Field[str]("撤回处理")
    source_file = Field[str]("来源文件")
    source_sheet = Field[str]("来源表")
    source_row = Field[int]("来源行")
    source_hash = Field[str]("原件校验码")
    fingerprint = Field[str]("行指纹")
    entered_at = Field[str]("入账时间")
    filled_on = Field[date]("填报日期")


class ReviewRow(TypedRow, sheet=ledger.REVIEWS):
    """The review of one application: the four steps and the tally. Source: 第十一条."""

    year = Field[int]("年度")
    studio = Field[str]("工作室名称")
    papers_read_on = Field[date]("审阅材料日")
    visited_on = Field[date]("现场考察日")
    discussed_on = Field[date]("集中评议日")
    voted_on = Field[date]("实名表决日")
    experts_due = Field[int]("应到评委")
    experts_present = Field[int]("实到评委")
    ayes = Field[int]("同意票")
    noes = Field[int]("不同意票")
    abstentions = Field[int]("弃权票")
    remark = Field[str]("备注")


class PublicityRow(TypedRow, sheet=ledger.PUBLICITY):
    """One studio made public, and named. Source: 第十二条."""

    year = Field[int]("年度")
    studio = Field[str]("工作室名称")
    district = Field[str]("区县")
    leader = Field[str]("领办人")
    unit = Field[str]("申办单位")
    occupation = Field[str]("职业(工种)")
    published_on = Field[date]("公示发布日")
    public_until = Field[date]("公示止日")
    objection = Field[str]("异议")
    objection_result = Field[str]("异议处理结果")
    objection_reason = Field[str]("处理理由")
    naming_number = Field[str]("命名文号")
    named_on = Field[date]("命名日期")
    plaque = Field[str]("牌匾编号")
    filed_on = Field[date]("备案日期")
    number = Field[str]("工作室编号")
    begins = Field[date]("建设周期起")
    ends = Field[date]("建设周期止")
    window_from = Field[date]("考核窗口")
    liable_until = Field[date]("四年期止")


class FundRow(TypedRow, sheet=ledger.FUNDS):
    """One entry of money received, spent or recovered. Source: 第十三条."""

    number = Field[str]("工作室编号")
    studio = Field[str]("工作室名称")
    day = Field[date]("日期")
    kind = Field[str]("类别")
    source = Field[str]("资金来源")
    use = Field[str]("用途类别")
    summary = Field[str]("摘要")
    amount = Field[Amount]("金额(元)")
    voucher = Field[str]("凭证号")
    separate_account = Field[str]("是否专账")


class YearlyRow(TypedRow, sheet=ledger.YEARLY):
    """A studio's yearly report and the district's evaluation. Source: 第十九条（一）."""

    number = Field[str]("工作室编号")
    studio = Field[str]("工作室名称")
    year = Field[int]("年度")
    summary_on = Field[date]("总结报送日")
    plan_on = Field[date]("计划报送日")
    systems = Field[str]("制度建设")
    funds = Field[str]("资金使用")
    trainees = Field[str]("带徒传艺")
    skills = Field[str]("技艺传承")
    promotion = Field[str]("技能推广")
    reference_points = Field[Amount]("参考分")
    comment = Field[str]("评语")
    evaluator = Field[str]("评估人")
    reported_on = Field[date]("报市日期")


class AssessmentRow(TypedRow, sheet=ledger.ASSESSMENTS):
    """The result of a studio's end-of-term assessment. Source: 第十九条（二）、附件2."""

    year = Field[int]("年度")
    district = Field[str]("区县")
    number = Field[str]("工作室编号")
    studio = Field[str]("工作室名称")
    leader = Field[str]("领办人")
    unit = Field[str]("申办单位")
    occupation = Field[str]("职业(工种)")
    assessed_on = Field[date]("考核日期")
    systems = Field[Amount]("制度建设")
    support = Field[Amount]("保障建设")
    research = Field[Amount]("技术攻关研发")
    training = Field[Amount]("带徒传艺")
    exchange = Field[Amount]("技术交流")
    base = Field[Amount]("基础分")
    bonus = Field[Amount]("加分")
    total = Field[Amount]("总分")
    grade = Field[str]("等次")
    sensitivity = Field[str]("等次敏感性")
    confirmation = Field[str]("确认说明")
    unmet_duties = Field[str]("未达义务提示")
    advice = Field[str]("处理建议")
    remark = Field[str]("备注")
    status = Field[str]("入账状态")
    open_issues = Field[str]("未了问题")
    city_remark = Field[str]("市局备注")
    withdrawal_answer = Field[str]("撤回处理")
    source_file = Field[str]("来源文件")
    source_sheet = Field[str]("来源表")
    source_row = Field[int]("来源行")
    source_hash = Field[str]("原件校验码")
    fingerprint = Field[str]("行指纹")
    entered_at = Field[str]("入账时间")
    filled_on = Field[date]("填报日期")


class ChangeRow(TypedRow, sheet=ledger.CHANGES):
    """A change or serious matter reported. Source: 第十八条."""

    number = Field[str]("工作室编号")
    studio = Field[str]("工作室名称")
    matter = Field[str]("事项")
    happened_on = Field[date]("发生日")
    applied_on = Field[date]("申请日")
    before = Field[str]("原值")
    after = Field[str]("新值")
    reason = Field[str]("原因")
    verified = Field[str]("核实意见")
    approval_number = Field[str]("备案/批复文号")


class WithdrawalRow(TypedRow, sheet=ledger.REVOCATIONS):
    """A title revoked or cancelled, the money to recover, the bar. Source: 第十八条至第二十条."""

    number = Field[str]("工作室编号")
    studio = Field[str]("工作室名称")
    leader = Field[str]("领办人")
    leader_id = Field[str]("身份证号")
    unit = Field[str]("申办单位")
    unit_code = Field[str]("统一社会信用代码")
    occupation = Field[str]("职业(工种)")
    occupation_code = Field[str]("职业编码")
    ground = Field[str]("依据条款")
    found_on = Field[date]("认定日")
    decision_number = Field[str]("文号")
    decided_on = Field[date]("文件印发日")
    plaque_returned_on = Field[date]("牌匾收回日")
    owed = Field[Amount]("应追回额(元)")
    recovered = Field[Amount]("已追回额(元)")
    voucher = Field[str]("凭证")
    bar_subject = Field[str]("禁申对象")
    barred_until = Field[date]("禁申止日")
    filed_on = Field[date]("备案日")


class SuperiorRow(TypedRow, sheet=ledger.SUPERIOR):
    """A studio named by the state or the region. Source: 第三条."""

    level = Field[str]("层级")
    studio = Field[str]("工作室名称")
    leader = Field[str]("领办人")
    leader_id = Field[str]("身份证号")
    unit = Field[str]("申办单位")
    unit_code = Field[str]("统一社会信用代码")
    occupation = Field[str]("职业(工种)")
    naming_number = Field[str]("文号")
    named_on = Field[date]("命名日期")
    remark = Field[str]("备注")


class ReturnRow(TypedRow, sheet=ledger.RETURNS):
    """A return that came in."""

    year = Field[int]("年度")
    district = Field[str]("区县")
    form = Field[str]("报表")
    filled_on = Field[date]("填报日期")
    nil = Field[str]("无推荐")
    source_file = Field[str]("来源文件")
    source_hash = Field[str]("原件校验码")
    entered_at = Field[str]("登记时间")


class ConflictRow(TypedRow, sheet=ledger.CONFLICTS):
    """Two values that stand side by side until people choose."""

    year = Field[int]("年度")
    district = Field[str]("区县")
    register = Field[str]("所在表")
    label = Field[str]("对象")
    key = Field[str]("键")
    item = Field[str]("项目")
    in_ledger = Field[str]("台账值")
    in_return = Field[str]("来件值")
    source_file = Field[str]("来件")
    entered_at = Field[str]("登记时间")
    chosen = Field[str]("采用")
    note = Field[str]("处理说明")
    state = Field[str]("状态")


class ExplanationRow(TypedRow, sheet=ledger.EXPLANATIONS):
    """A query that was explained, with the value it explained."""

    year = Field[int]("年度")
    district = Field[str]("区县")
    key = Field[str]("键")
    code = Field[str]("代码")
    item = Field[str]("项目")
    value = Field[str]("值")
    explanation = Field[str]("说明")
    source_file = Field[str]("来源文件")
    entered_at = Field[str]("登记时间")


class ArrangementRow(TypedRow, sheet=ledger.ARRANGEMENTS):
    """What holds for one year."""

    year = Field[int]("年度")
    deadline = Field[date]("申报截止日")
    naming_number = Field[str]("命名通知文号")
    results_number = Field[str]("考核结果通报文号")
    holidays_complete = Field[str]("放假安排已核对")
    remark = Field[str]("备注")


class ParameterRow(TypedRow, sheet=ledger.PARAMETERS):
    """A parameter of the regulation with what the bureau set."""

    name = Field[str]("参数")
    label = Field[str]("名称")
    value = Field[str]("取值")
    default = Field[str]("默认值")
    unit = Field[str]("单位")
    clause = Field[str]("条款")
    origin = Field[str]("口径")
    why = Field[str]("说明")


class LogRow(TypedRow, sheet=ledger.LOG):
    """One operation."""

    number = Field[int]("序号")
    time = Field[str]("时间")
    operation = Field[str]("操作")
    operator = Field[str]("操作人")
    subject = Field[str]("对象")
    summary = Field[str]("摘要")
    previous_code = Field[str]("上一行校验码")
    code = Field[str]("本行校验码")


class AwardRow(TypedRow, sheet=ledger.AWARD_ROWS):
    """An award of a leader."""

    year = Field[int]("年度")
    district = Field[str]("区县")
    studio = Field[str]("工作室名称")
    item = Field[str]("获奖项目")
    award = Field[str]("奖励名称")
    given_by = Field[str]("授予单位")
    grade = Field[str]("等级")
    place = Field[str]("排名")
    won_in = Field[int]("获奖年度")
    level = Field[str]("级别")
    standing = Field[str]("在册情况")
    withdrawal_answer = Field[str]("撤回处理")
    source_file = Field[str]("来源文件")
    source_sheet = Field[str]("来源表")
    source_row = Field[int]("来源行")
    source_hash = Field[str]("原件校验码")
    fingerprint = Field[str]("行指纹")
    entered_at = Field[str]("入账时间")
    filled_on = Field[date]("填报日期")


class PapersRow(TypedRow, sheet=ledger.MATERIAL_ROWS):
    """Which of the six kinds of papers came with an application. Source: 第九条."""

    year = Field[int]("年度")
    district = Field[str]("区县")
    studio = Field[str]("工作室名称")
    form = Field[str]("申报表")
    report = Field[str]("申报报告")
    unit = Field[str]("单位情况")
    licence = Field[str]("执照或批准文件")
    certificates = Field[str]("身份证和证书")
    awards = Field[str]("获奖和成果证明")
    standing = Field[str]("在册情况")
    withdrawal_answer = Field[str]("撤回处理")
    source_file = Field[str]("来源文件")
    source_sheet = Field[str]("来源表")
    source_row = Field[int]("来源行")
    source_hash = Field[str]("原件校验码")
    fingerprint = Field[str]("行指纹")
    entered_at = Field[str]("入账时间")
    filled_on = Field[date]("填报日期")


ROWS: tuple[type[TypedRow], ...] = (
    StudioRow, ApplicationRow, TeamRow, AwardRow, PapersRow, ReviewRow, PublicityRow, FundRow, YearlyRow, AssessmentRow,
    ChangeRow, WithdrawalRow, SuperiorRow, ReturnRow, ConflictRow, ExplanationRow, ArrangementRow, ParameterRow, LogRow)
