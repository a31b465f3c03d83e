"""区县考核汇总表: what a district returns after the end-of-term assessment, one row a studio.

Source: 乌人社规〔2023〕1号 第十九条（二）、附件2. `score` fills it in; a district may also write it by hand.
"""

from toolkit.forms import roles
from toolkit.forms.actions import OF_RETURN
from toolkit.forms.model import Column, Form, Sheet, choice, code, count, date, person, points, text
from toolkit.forms.of_district import date_fact, none_fact, unit_fact

SECTIONS = ("制度建设", "保障建设", "技术攻关研发", "带徒传艺", "技术交流")
"""The sections of 附件2 that make the base, in its order, as headers write them."""
_CELLS = ",".join(f"{{{header}}}" for header in SECTIONS)
NOISE_PLACES = 9  # worksheets add in binary

RESULTS = Sheet(
    "考核汇总", key=("工作室名称",), frozen="工作室名称", also=("考核汇总表", "区县考核汇总表", "期满考核汇总表"), rows=30,
    title="{city}技能大师工作室期满考核汇总表（{year}年度）",
    facts=(
        unit_fact(),
        date_fact(),
        none_fact("期满考核", ("无期满考核",), "本年度没有期满工作室时"),
    ),
    guide="每个工作室一行，分数照抄评分表，不四舍五入。",
    printed=("序号", "区县", "工作室名称", "领办人", *SECTIONS, "加分", "总分", "等次"),
    columns=(
        Column("序号", count, group="工作室", width=6, help="从1开始的顺序号"),
        Column("区县", choice, True, ("推荐区县", "所属区县", "区（县）"), "districts", group="工作室", width=12, clause="第十九条（二）"),
        Column("工作室编号", code, also=("编号",), group="工作室", width=12),
        Column("工作室名称", text, True, ("名称", "技能大师工作室名称"), group="工作室", width=36, help="与台账一致"),
        Column("领办人", person, True, ("领办人姓名",), group="工作室", width=12),
        Column("申办单位", text, True, ("单位名称", "依托单位"), group="工作室", width=28),
        Column("职业(工种)", text, True, ("职业", "工种"), group="工作室", width=16),
        Column("考核日期", date, True, ("期满考核日期",), group="工作室", clause="第十九条（二）", help="考核组考核的日期"),
        *(Column(header, points, True, (also,) if also != header else (), group="得分", width=9, clause="附件2", help="这一部分各项得分之和")
          for header, also in zip(SECTIONS, ("制度建设", "保障建设", "技术攻关、研发", "带徒传艺", "技术交流"), strict=True)),
        Column("基础分", points, group="得分", clause="附件2", help="自动计算：各部分之和",
               formula=f'IF(COUNT({_CELLS})<{len(SECTIONS)},"",ROUND(SUM({_CELLS}),{NOISE_PLACES}))'),
        Column("加分", points, True, ("加分项目",), group="得分", clause="附件2"),
        Column("总分", points, group="得分", clause="附件2", help="自动计算：基础分与加分之和，加分有上限",
               formula=f'IF({{基础分}}="","",ROUND({{基础分}}+MIN({{bonus_cap}},N({{加分}})),{NOISE_PLACES}))'),
        Column("等次", choice, group="得分", width=9, clause="第十九条（二）", help="自动计算：按总分评定，不四舍五入",
               formula='IF({总分}="","",{grade})'),
        Column("等次敏感性", text, True, group="等次", width=20, clause="第十九条（二）", prose=True,
               help="照抄评分表；等次不因口径而不同的填“一致”"),
        Column("确认说明", text, group="等次", width=24, clause="第十九条（二）", prose=True,
               help="等次因口径而不同时，写明考核组认定的口径、理由和确认人"),
        Column("未达义务提示", text, group="等次", width=24, clause="第四条、第十三条", prose=True, help="照抄评分表；没有的不填"),
        Column("处理建议", text, group="等次", width=74, clause="第十九条（二）", prose=True, formula='IF({等次}="","",{advice})',
               help="自动列出办法规定的后果，由市局认定后办理"),
        Column("备注", text, group="等次", width=16, prose=True, help="对提示的说明写在这里"),
    ))

SUMMARY = Form(
    "summary", "区县考核汇总表", "1", "{city}技能大师工作室期满考核汇总表（{year}年度）", (RESULTS,),
    guide=(
        "区（县）完成期满考核后填报，随各工作室的评分表一并报市局。用工具“复算”生成的汇总表已经填好，核对后盖章即可。",
        "分数照抄评分表，带小数的照写，不四舍五入：59.5分是不合格，89.995分不是优秀。",
        "等次因口径（是否计入加分、配套资金怎样计扣）而不同的，请在“确认说明”写明考核组认定的口径、理由和确认人，没有写明的不入账。",
        "“处理建议”只列办法规定的后果，由市局认定后办理。",
        "灰底列自动计算，不用填。",
    ), buttons=OF_RETURN, rule="R19-2", role=roles.DISTRICT)
