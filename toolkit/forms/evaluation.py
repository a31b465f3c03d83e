"""年度绩效评估表: the district's yearly evaluation of its studios, a row a studio.

Source: 乌人社规〔2023〕1号 第十九条（一）; the points are those of 附件2's sections and for reference alone (R19-1).
"""

from toolkit.forms import roles
from toolkit.forms.actions import OF_RETURN
from toolkit.forms.model import Column, Form, Sheet, choice, date, person, points, text
from toolkit.forms.of_district import date_fact, none_fact, studio_columns, unit_fact
from toolkit.forms.summary import NOISE_PLACES, SECTIONS

EVALUATED = ("制度建设", "资金使用", "带徒传艺", "技艺传承", "技能推广")
"""The items the regulation names, in its order."""
REFERENCE = tuple(f"{section}参考分" for section in SECTIONS)
"""Points of the sections of 附件2."""
_POINTS = ",".join(f"{{{header}}}" for header in REFERENCE)

EVALUATIONS = Sheet(
    "年度绩效评估", key=("工作室名称",), frozen="工作室名称", also=("年度绩效评估表", "年度评估"), rows=30,
    title="{city}技能大师工作室年度绩效评估表（{year}年度）",
    facts=(
        unit_fact(),
        date_fact("区（县）报市局的日期，登记为报市日期"),
        none_fact("评估对象", ("无评估对象",), "没有要评估的工作室时"),
    ),
    guide="每个工作室一行，由台账带来。五项都要有结论和评语；参考分只供参考，不产生撤销的后果。",
    printed=("序号", "工作室名称", "领办人", "申办单位", "总结报送日", "计划报送日", *EVALUATED, "参考分"),
    columns=(
        *studio_columns(36, 12, 28),
        Column("总结报送日", date, True, ("年度总结报送日",), group="报送", width=13, clause="第十九条（一）", help="申办单位报送全年工作总结的日期"),
        Column("计划报送日", date, True, ("下年计划报送日",), group="报送", width=13, clause="第十九条（一）", help="报送下一年度工作计划的日期"),
        *(column for header in EVALUATED for column in (
            Column(header, choice, True, (f"{header}结论",), "evaluation_results", group=f"评估：{header}", width=12, clause="第十九条（一）"),
            Column(f"{header}评语", text, True, group=f"评估：{header}", width=40, clause="第十九条（一）", prose=True, help="写明依据的事实"))),
        *(Column(header, points, group="参考分（附件2）", width=10, clause="附件2", help="按附件2这一部分的细则打分，只供参考")
          for header in REFERENCE),
        Column("参考分", points, group="参考分（附件2）", width=9, clause="附件2", help="自动计算：各部分参考分之和",
               formula=f'IF(COUNT({_POINTS})=0,"",ROUND(SUM({_POINTS}),{NOISE_PLACES}))'),
        Column("评语", text, group="结论", width=30, prose=True, help="总的评价和改进要求"),
        Column("评估人", person, True, group="结论", width=12, clause="第十九条（一）"),
        Column("备注", text, group="结论", width=18, prose=True, help="对提示的说明写在这里"),
    ))

EVALUATION = Form(
    "evaluation", "年度绩效评估表", "1", "{city}技能大师工作室年度绩效评估表（{year}年度）", (EVALUATIONS,),
    guide=(
        "区（县）人力资源和社会保障局每年年底对工作室进行年度绩效评估，结果报市局（第十九条（一））。",
        "本表按台账生成，要评估的工作室每个一行，灰底由台账带来。",
        "申办单位报送全年工作总结和下一年度工作计划以后，五项逐项选结论、写评语；有一项空着的，不算评估完成。",
        "参考分按附件2各部分的细则打，只供参考和提醒进度，不产生撤销的后果。",
    ), buttons=OF_RETURN, rule="R19-1", role=roles.DISTRICT)
