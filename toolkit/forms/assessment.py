"""期满考核评分表: one studio at the end of its construction period. A cover that is 附件2, and the evidence that feeds it.

Source: 乌人社规〔2023〕1号 第四条至第六条、第十三条、第十九条（二）、附件2.
A row of evidence says itself whether it counts, and if not, why; the sentences stand in `WHY_NOT` once for sheet and code.
"""

from toolkit.forms import roles
from toolkit.forms.actions import OF_ASSESSMENT
from toolkit.forms.model import (
    Column,
    Fact,
    Form,
    Sheet,
    ValueKind,
    choice,
    code,
    count,
    date,
    id_number,
    money,
    person,
    text,
    yes_no,
)
from toolkit.regulation.identity import BIRTH_YEARS, ID_CHECK, ID_WEIGHTS

COVER = "评分表"
VERDICT = ValueKind("verdict", "General", 11, "center", "自动判断")
RANK = ValueKind("rank", "0;;;", 9, "center", "自动计算")  # text in it says why there is no rank, and is not shown
TEN_THOUSANDS = ValueKind("ten_thousands", "#,##0.##", 11, "right", "万元，只填数字")
YES, NO, FITS = "是", "否", "符合"

WHY_NOT = {
    "id_number": "身份证号须按文本填写", "id_length": "身份证号须为18位", "id_wrong": "身份证号录入有误",
    "leader": "与领办人同名，本人不计", "entry": "没有选入门时等级", "not_yet": "尚未取证",
    "gained": "没有选取得等级", "below": "不到{skilled_name}", "held": "入门时已持有同等或更高等级", "certificate": "没有证书编号",
    "issued": "发证日期没有填成日期", "period": "评分表没有填建设周期起、考核日期", "issued_outside": "发证日期不在取数期间",
    "agreement": "没有协议编号", "agreed": "协议日期没有填成日期", "not_after": "发证日期不晚于协议日期",
    "twice": "同一徒弟已按最高等级计入", "day": "日期没有填成日期", "outside": "日期不在取数期间", "source": "没有选来源",
    "amount": "金额须大于0", "voucher": "没有凭证号", "fund": "没有选资金来源", "use": "没有选用途类别",
    "after_use": "属建设期满后的用途", "other_use": "不在列明的用途内", "account": "没有专账核算", "kind": "没有选类别",
    "finished": "完成日期没有填成日期", "finished_outside": "完成日期不在取数期间", "activity": "没有选类型", "scope": "没有选范围",
    "internal": "单位内活动，供内部培训评分参考", "not_exchange": "不是业内交流，供其他项评分参考",
}


def _chain(*steps: tuple[str, str], otherwise: str) -> str:
    """Nested IFs: the first condition that holds gives its sentence of `WHY_NOT`."""
    formula = otherwise
    for condition, reason in reversed(steps):
        formula = f'IF({condition},"{WHY_NOT[reason]}",{formula})'
    return formula


def _dated(header: str, missing: str, outside: str) -> tuple[tuple[str, str], ...]:
    """A date that must be one, and lie within the period the cover names."""
    day = f"INT({{{header}}})"
    return ((f"N({{{header}}})=0", missing), ('period_from=""', "period"),
            (f"OR({day}<period_from,{day}>period_to)", outside))


def _id_is_wrong(number: str) -> str:
    """GB 11643: the 18th character does not fit the others, or positions 7–14 are no day that a living person is born on."""
    weighed = "+".join(f"MID({number},{place},1)*{weight}" for place, weight in enumerate(ID_WEIGHTS, 1))
    year, month, day = (f"MID({number},{place},{length})" for place, length in ((7, 4), (11, 2), (13, 2)))
    born, (first, last) = f"DATE({year},{month},{day})", (BIRTH_YEARS[0], BIRTH_YEARS[-1])
    return (f'IFERROR(OR(MID("{ID_CHECK}",MOD({weighed},11)+1,1)<>RIGHT({number},1),{year}*1<{first},{year}*1>{last},'
            f"YEAR({born})*10000+MONTH({born})*100+DAY({born})<>MID({number},7,8)*1),TRUE)")


_NO_TRAINEE = 'AND({徒弟姓名}="",{身份证号}="")'
_RANK = f'IF({_NO_TRAINEE},"",' + _chain(
    ("ISNUMBER({身份证号})", "id_number"), ("LEN({身份证号})<>18", "id_length"), (_id_is_wrong("{身份证号}"), "id_wrong"),
    ('AND({徒弟姓名}<>"",{徒弟姓名}=fact_leader)', "leader"), ("{rank_before}=0", "entry"),
    ('AND({取得等级}="",{发证日期}="")', "not_yet"), ("{rank_gained}=0", "gained"), ("{rank_gained}<{skilled_rank}", "below"),
    ("{rank_gained}<={rank_before}", "held"), ('{证书编号}=""', "certificate"),
    *_dated("发证日期", "issued", "issued_outside"), ('{协议编号}=""', "agreement"), ("N({协议日期})=0", "agreed"),
    ("INT({发证日期})<=INT({协议日期})", "not_after"), otherwise="{rank_gained}") + ")"
# 18位数字直接作 COUNTIFS 的条件会按数值比前15位，后面接“*”才按文本比。
_HIGHER = 'COUNTIFS({身份证号:},{身份证号}&"*",{核定等级序:},">"&{核定等级序})'
_EARLIER = 'COUNTIFS({身份证号^},{身份证号}&"*",{核定等级序^},{核定等级序})'

ROSTER = Sheet(
    "带徒花名册", key=("徒弟姓名",), frozen="徒弟姓名", also=("花名册", "徒弟花名册", "培训花名册"), rows=40, optional=True,
    title="{city}技能大师工作室带徒花名册", guide="每人每证一行。同一徒弟取得几个等级的，只按最高等级计1人；灰底自动判断。",
    columns=(
        Column("师傅", person, True, ("师傅姓名", "带教师傅"), group="师徒", width=12, clause="第四条"),
        Column("徒弟姓名", person, True, ("徒弟", "姓名", "学员姓名"), group="师徒", width=16, clause="第四条"),
        Column("性别", choice, choices="sexes", group="师徒", width=6),
        Column("身份证号", id_number, True, ("徒弟身份证号", "身份证号码", "公民身份号码"), group="师徒", clause="第四条",
               help="同一徒弟按身份证号只计一次"),
        Column("工种", text, True, ("职业(工种)", "职业", "职业工种"), group="师徒", width=16, clause="第四条"),
        Column("入门时等级", choice, True, ("原等级", "入门等级", "原技能等级"), "skill_levels", group="师徒", width=11,
               clause="第四条", help="签订协议时已持有的等级，没有证书的选“学徒工”"),
        Column("协议编号", code, also=("师带徒协议编号", "协议号"), group="师带徒协议", width=18, clause="附件2（4.2）",
               help="没有协议的不计入"),
        Column("协议日期", date, also=("签订日期", "师带徒协议日期"), group="师带徒协议", clause="附件2（4.2）"),
        Column("取得等级", choice, also=("现等级", "取得证书等级"), choices="skill_levels", group="取证", width=11, clause="第四条",
               help="建设周期内取得的等级；尚未取证的不填"),
        Column("证书编号", code, also=("证书号",), group="取证", width=24, clause="第四条"),
        Column("发证日期", date, also=("取证日期", "证书日期"), group="取证", clause="第四条", help="须在建设周期内，并晚于协议日期"),
        Column("是否计入", VERDICT, group="自动判断", width=10, clause="第四条",
               formula=f'IF({{核定等级序}}="","",IF(NOT(ISNUMBER({{核定等级序}})),"{NO}",'
                       f'IF(OR({_HIGHER}>0,{_EARLIER}>1),"{NO}","{YES}")))'),
        Column("不计入原因", text, group="自动判断", width=30, clause="第四条",
               formula=f'IF({{是否计入}}="{NO}",IF(ISNUMBER({{核定等级序}}),"{WHY_NOT["twice"]}",{{核定等级序}}),"")'),
        Column("核定等级序", RANK, group="自动判断", width=9, clause="第四条", formula=_RANK,
               help="符合条件的等级序号（4 高级工、5 技师、6 高级技师……），供同一人取最高等级"),
    ))
"""R04: who was trained to which level; R14 will list the same people."""

_NO_FUND = 'AND({日期}="",{金额(元)}="",{凭证号}="")'
FUNDS = Sheet(
    "经费到位", key=("凭证号",), frozen="日期", also=("到位明细", "经费到位明细"), rows=40, optional=True,
    title="{city}技能大师工作室经费到位明细", guide="每笔到账一行，实物不计。单位配套在建设周期内到位的，计入附件2第2.1项。",
    columns=(
        Column("日期", date, True, ("到账日期", "到位日期"), width=13, clause="第十三条", help="到账或专账列支的日期"),
        Column("来源", choice, True, ("来源(市级补助/单位配套)", "资金来源"), "fund_sources", width=16, clause="第十三条"),
        Column("金额(元)", money, True, ("金额", "到位金额"), width=18, clause="第十三条"),
        Column("凭证号", code, True, ("凭证编号", "记账凭证号"), width=22, clause="第十三条"),
        Column("备注", text, width=34),
        Column("是否计入", VERDICT, width=11, clause="附件2（2.1）",
               formula=f'IF({_NO_FUND},"",IF({{不计入原因}}="","{YES}","{NO}"))'),
        Column("不计入原因", text, width=34, clause="附件2（2.1）", formula=f'IF({_NO_FUND},"",' + _chain(
            *_dated("日期", "day", "outside"), ("NOT({fund_source})", "source"), ("N({金额(元)})<=0", "amount"),
            ('{凭证号}=""', "voucher"), otherwise='""') + ")"),
    ))
"""R13-1, R13-2: what came in."""

_NO_EXPENSE = 'AND({日期}="",{金额(元)}="",{摘要}="")'
EXPENSES = Sheet(
    "经费支出", key=("凭证号",), frozen="日期", also=("支出明细", "经费支出明细"), rows=40, optional=True,
    title="{city}技能大师工作室经费支出明细", guide="每笔支出一行；行数不够时，同一凭证的小额支出可以合并。补助与配套分开核算。",
    columns=(
        Column("日期", date, True, ("支出日期",), width=13, clause="第十三条"),
        Column("凭证号", code, True, ("凭证编号", "记账凭证号"), width=18, clause="第十三条"),
        Column("资金来源", choice, True, ("来源",), "fund_sources", width=12, clause="第十三条"),
        Column("用途类别", choice, True, ("用途",), "fund_uses", width=22, clause="第十三条",
               help="带徒津贴、项目补贴、日常费用列在建设期满后"),
        Column("摘要", text, True, ("支出摘要", "事由"), width=28, clause="第十三条"),
        Column("金额(元)", money, True, ("金额", "支出金额"), width=16, clause="第十三条"),
        Column("收款方", text, also=("收款单位",), width=24),
        Column("是否专账", yes_no, True, ("专账",), "yes_no", width=10, clause="第十三条", help="专款专用，补助与配套分账核算"),
        Column("核对", VERDICT, width=24, clause="第十三条", formula=f'IF({_NO_EXPENSE},"",' + _chain(
            *_dated("日期", "day", "outside"), ("NOT({fund})", "fund"), ("NOT({any_use})", "use"), ("N({金额(元)})<=0", "amount"),
            ('{凭证号}=""', "voucher"), ("{after_use}", "after_use"), ("NOT({named_use})", "other_use"),
            (f'{{是否专账}}<>"{YES}"', "account"), otherwise=f'"{FITS}"') + ")"),
    ))
"""R13-3; the uses of R13-5 are told apart."""

_NO_ACHIEVEMENT = 'AND({类别}="",{项目名称}="")'
ACHIEVEMENTS = Sheet(
    "攻关成果", key=("项目名称",), frozen="项目名称", also=("技术攻关", "攻关项目", "成果"), rows=40, optional=True,
    title="{city}技能大师工作室攻关成果", guide="每项成果一行，一项成果可用于几个类别的分行填写；件数供考核组评分参考。",
    columns=(
        Column("类别", choice, True, ("成果类别",), "achievement_kinds", group="成果", width=16, clause="附件2"),
        Column("项目名称", text, True, ("项目名", "成果名称", "名称"), group="成果", width=30, clause="第六条"),
        Column("项目来源", text, also=("来源",), group="成果", width=16, clause="第六条"),
        Column("起始日期", date, also=("开始日期",), group="成果", clause="第六条"),
        Column("完成日期", date, True, ("结题日期", "取得日期"), group="成果", clause="第六条", help="完成、取得或发表的日期"),
        Column("成果简述", text, also=("成果",), group="成果", width=30, clause="第六条"),
        Column("推广采用单位", text, also=("推广单位", "采用单位"), group="应用", width=18, clause="附件2（3.3）"),
        Column("效益(万元)", TEN_THOUSANDS, also=("效益",), group="应用", width=11),
        Column("知识产权号", code, also=("专利号",), group="应用", width=20, clause="附件2（3.4）"),
        Column("佐证", text, also=("佐证材料",), group="应用", width=16, clause="附件2"),
        Column("是否计入", VERDICT, group="自动判断", width=10, clause="附件2",
               formula=f'IF({_NO_ACHIEVEMENT},"",IF({{不计入原因}}="","{YES}","{NO}"))'),
        Column("不计入原因", text, group="自动判断", width=22, clause="附件2", formula=f'IF({_NO_ACHIEVEMENT},"",' + _chain(
            ("NOT({achievement})", "kind"), *_dated("完成日期", "finished", "finished_outside"), otherwise='""') + ")"),
    ))
"""R06: what was achieved, by the items of 附件2 it bears on."""

_NO_ACTIVITY = 'AND({日期}="",{主题}="")'
ACTIVITIES = Sheet(
    "交流活动", key=("主题",), frozen="日期", also=("活动台账", "技术交流", "活动"), rows=40, optional=True,
    title="{city}技能大师工作室交流活动", guide="每次活动一行。面向行业、区域的交流、协作、推广，按建设周期的年次计入附件2第5.2项。",
    columns=(
        Column("日期", date, True, ("活动日期",), width=13, clause="第五条"),
        Column("类型", choice, True, ("活动类型",), "activity_kinds", width=15, clause="第五条"),
        Column("主题", text, True, ("活动主题", "内容"), width=36, clause="第五条"),
        Column("范围", choice, True, ("活动范围",), "activity_scopes", width=10, clause="第五条"),
        Column("人数", count, also=("参加人数",), width=8, clause="第五条"),
        Column("佐证", text, also=("佐证材料",), width=26, clause="附件2（5.2）"),
        Column("计入业内交流", choice, width=14, clause="附件2（5.2）",
               formula=f'IF({_NO_ACTIVITY},"",IF({{不计入原因}}="",{{construction_year}},"{NO}"))'),
        Column("不计入原因", text, width=34, clause="附件2（5.2）", formula=f'IF({_NO_ACTIVITY},"",' + _chain(
            *_dated("日期", "day", "outside"), ("NOT({activity})", "activity"), ("NOT({any_scope})", "scope"),
            ("NOT({exchange})", "not_exchange"), ("NOT({beyond})", "internal"), otherwise='""') + ")"),
    ))
"""R05: what was held, by kind and scope."""

FACTS = (
    Fact("工作室编号", code, also=("编号",), help="台账上的编号", name="fact_studio_no"),
    Fact("工作室名称", text, also=("名称",), name="fact_studio"),
    Fact("领办人", person, also=("领办人姓名",), name="fact_leader"),
    Fact("申办单位", text, also=("单位名称", "单位"), name="fact_unit"),
    Fact("区（县）", choice, "districts", also=("区县", "所属区县"), name="fact_district"),
    Fact("考核日期", date, also=("考核基准日",), help="实际考核的日期；佐证算到这一天", name="fact_date"),
    Fact("建设周期起", date, also=("建设周期起日",), help="命名文件印发日", name="fact_from"),
    Fact("建设周期止", date, also=("建设周期止日",), help="按建设周期自动推算；有出入的直接改写", name="fact_to"),
)

ASSESSMENT = Form(
    "assessment", "期满考核评分表", "2", "{city}技能大师工作室期满考核评分表",
    (ROSTER, FUNDS, EXPENSES, ACHIEVEMENTS, ACTIVITIES), cover=COVER, facts=FACTS,
    guide=(
        "本表由区（县）人力资源和社会保障局在期满考核期间填写，一个工作室一份（第十九条）。",
        "先填“评分表”上方各项，再填五张佐证表，最后在“评分表”的白底格逐项填写；左边的附件2部分打印、签字、盖章。",
        "灰底格自动计算，不用填。佐证够用的输入自动取数；确需改动的，在“改填”处填写并写明“改填理由”，不写理由仍按自动取数计。",
        "某张佐证表确实没有内容的，在对应输入的“改填”处填0，并写明理由。",
        "凭判断扣分的项目，须在“扣分理由”写明；“待填”“待评”“待裁定”表示还差内容，“错误”后面写着要改什么。",
        "佐证表的行数不够时，可撤销工作表保护（没有密码），在表内插入行，再把上一行的灰底格向下复制。",
        "可以从其他表粘贴，请用“选择性粘贴—数值”，以免盖掉下拉框和格式；日期、金额须是数值，身份证号按文本填写。",
    ), buttons=OF_ASSESSMENT, subject="fact_studio", role=roles.DISTRICT)
