"""评审表决: the year's review, made from the accepted applications. A row a studio with the four steps and the tally, a row an expert
with a ballot for each studio.

Source: 乌人社规〔2023〕1号 第十一条
"""

from toolkit.forms.actions import OF_RETURN
from toolkit.forms.model import Column, Fact, Form, Sheet, choice, count, date, person, tally, text, yes_no

STEPS = ("审阅材料日", "现场考察日", "集中评议日", "实名表决日")
"""In the order the regulation gives them."""
VOTING = {"出席比例": "attendance_shares", "通过比例": "passing_shares", "计票基数": "vote_bases", "回避计法": "recusal_counts"}
"""What the bureau sets each year in 年度安排 → the list it chooses from; above the table it is shown as it was set."""
_FACT_NAMES = ("fact_attendance", "fact_passing", "fact_base", "fact_recusal")
BALLOTS = "评委表决"
BLANK_PLACES = 24
"""Applications an empty template has room for; a copy made from the ledger has as many as there are."""


def _votes(ballot: str) -> str:
    """How many ballots on this row's studio are so."""
    return f'COUNTIF({{ballots}},"{ballot}")'


def _when_cast(formula: str) -> str:
    return f'IF({{工作室名称}}="","",{formula})'


REVIEWED = Sheet(
    "评审情况", key=("工作室名称", "申办单位"), frozen="工作室名称", rows=BLANK_PLACES,
    title="{city}技能大师工作室评审表决（{year}年度）",
    facts=(
        Fact("填报单位（盖章）", also=("填报单位(盖章)", "填报单位"), help="组织评审的市人力资源和社会保障局", name="fact_unit"),
        Fact("填报日期", date, also=("填表日期",), help="评审结束、填好本表的日期", name="fact_date"),
        *(Fact(label, choice, name, help="由台账“年度安排”带来，改动请在台账改", name=fact, given=True)
          for (label, name), fact in zip(VOTING.items(), _FACT_NAMES, strict=True)),
    ),
    guide="每件申报一行，由台账带来。填四个环节的日期；灰底按“评委表决”表自动计票。",
    printed=("序号", "区县", "工作室名称", "申办单位", *STEPS, "同意票", "不同意票", "弃权票", "表决结果"),
    columns=(
        Column("序号", count, group="申报", width=6, given=True),
        Column("区县", choice, True, ("推荐区县",), "districts", group="申报", width=12, given=True),
        Column("工作室名称", text, True, ("名称",), group="申报", width=38, given=True),
        Column("领办人", person, group="申报", width=14, given=True),
        Column("申办单位", text, True, ("单位名称",), group="申报", width=30, given=True),
        Column("职业(工种)", text, group="申报", width=16, given=True),
        Column("优先荣誉", text, group="申报", width=18, clause="第七条（一）", given=True, help="只供同等条件时参考，不加票、不免票"),
        *(Column(header, date, True, group="四个环节", width=13, clause="第十一条", help="按审阅材料、现场考察、集中评议、实名表决的次序，可以同日")
          for header in STEPS),
        Column("回避人数", tally, group="计票", width=9, clause="第十一条", formula=_when_cast(_votes("回避"))),
        Column("应到评委", tally, group="计票", width=9, clause="第十一条", formula=_when_cast("{experts}-{due_less}"),
               help="评委人数；回避的计不计，按年度安排"),
        Column("实到评委", tally, group="计票", width=9, clause="第十一条", formula=_when_cast("N({同意票})+N({不同意票})+N({弃权票})"),
               help="投了票的人数，回避的不算"),
        Column("同意票", tally, group="计票", width=9, clause="第十一条", formula=_when_cast(_votes("同意"))),
        Column("不同意票", tally, group="计票", width=9, clause="第十一条", formula=_when_cast(_votes("不同意"))),
        Column("弃权票", tally, group="计票", width=9, clause="第十一条", formula=_when_cast(_votes("弃权"))),
        Column("表决结果", text, group="计票", width=14, clause="第十一条", formula="{vote_result}", help="按年度安排定的比例自动得出"),
        Column("备注", text, group="计票", width=30, prose=True, help="对提示的说明写在这里"),
    ))

EXPERTS = Sheet(
    BALLOTS, key=("评委", "单位"), frozen="类别", also=("表决", "评委票决"), rows=30, title="{city}技能大师工作室评委实名表决（{year}年度）",
    guide="每位评委一行，每件申报一列；从下拉框选同意、不同意、弃权或回避。缺席的不填票。",
    spread="工作室名称", each=Column("", choice, choices="ballots", group="表决", width=17, clause="第十一条"),
    columns=(
        Column("序号", count, group="评委", width=6),
        Column("评委", person, True, ("姓名", "评委姓名", "专家姓名"), group="评委", width=12, clause="第十一条", help="实名"),
        Column("单位", text, True, ("工作单位",), group="评委", width=30, clause="第十一条", help="全称；与申办单位相同的应当回避"),
        Column("类别", choice, True, ("专家类别",), "expert_kinds", group="评委", width=8, clause="第十一条", help="院校、行业、企业专家都要有"),
        Column("所在区县", choice, False, ("区县",), "districts", group="评委", width=12, clause="第十一条",
               help="代表区（县）的评委填写，用来提示回避"),
        Column("利害关系", text, group="评委", width=28, prose=True, clause="第十一条", none_counts=True,
               help="本人申报的：写工作室、领办人或单位名称，几个用顿号隔开；没有的填“无”"),
        Column("出席", yes_no, True, ("是否出席",), "yes_no", group="评委", width=7, clause="第十一条"),
        Column("与多数不同(票)", tally, group="评委", width=15, formula="{minority}", help="只供参考，不影响计票，也不公布"),
    ))

REVIEW = Form(
    "review", "评审表决", "1", "{city}技能大师工作室评审表决（{year}年度）", (REVIEWED, EXPERTS),
    guide=(
        "本表由市人力资源和社会保障局在评审时使用（第十一条），按台账当年已受理的申报生成，每件申报一行、一列票。",
        "出席比例、通过比例、计票基数、回避计法由台账“年度安排”带来；条文没有规定，没有定的不计票。",
        "先在“评委表决”表填评委的姓名、单位、类别和利害关系，院校、行业、企业专家每件都要有人参加表决。",
        "四个环节按次序：审阅材料、现场考察、集中评议、实名表决，可以同日，不能颠倒，缺一不可。",
        "与申办单位同单位、同区（县）或本人申报有利害关系的，会提示回避；不回避的，在该件的“备注”写明理由。",
        "出席的评委对每件都要投票；缺席的在“出席”选“否”，不填票。",
        "票数和结果自动计算；入账时按每张票重新计，与表内不一致的指出来。“与多数不同”只供参考。",
    ), file_name="{name}_{year}.xlsx", buttons=OF_RETURN, rule="R11")
