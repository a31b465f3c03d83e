"""目标任务书: what unit and leader agree on each year of the construction period, a row a studio, returned by the district.

Source: 乌人社规〔2023〕1号 第十七条
"""

from toolkit.forms import roles
from toolkit.forms.actions import OF_RETURN
from toolkit.forms.model import Column, Form, Sheet, count, date, money, text
from toolkit.forms.of_district import date_fact, none_fact, studio_columns, unit_fact

GOAL_TABLE = Sheet(
    "目标任务", key=("工作室名称",), frozen="工作室名称", also=("目标任务书", "年度目标任务书"), rows=30,
    title="{city}技能大师工作室年度目标任务书（{year}年度）",
    facts=(
        unit_fact(),
        date_fact(),
        none_fact("建设期工作室", ("无建设期工作室",), "没有在建设周期内的工作室时"),
    ),
    guide="建设周期内的工作室每个一行，由台账带来；双方签字日期须在当年。",
    printed=("序号", "工作室名称", "领办人", "申办单位", "带徒人数", "取证人数", "攻关项目", "交流次数", "经费(元)", "单位签字日期",
             "领办人签字日期"),
    columns=(
        *studio_columns(38, 14, 30),
        Column("带徒人数", count, True, ("带徒任务",), group="目标任务", width=9, clause="第四条", help="当年带徒人数；每两年至少培养5名高技能人才"),
        Column("取证人数", count, True, ("培养高技能人才数",), group="目标任务", width=9, clause="第四条", help="当年取得高级工及以上证书的人数"),
        Column("攻关项目", text, True, ("技术攻关项目",), group="目标任务", width=36, clause="第六条", prose=True, help="项目名称，几项用顿号隔开"),
        Column("交流次数", count, True, ("技术交流次数",), group="目标任务", width=9, clause="第五条", help="每年至少一次业内技术交流"),
        Column("经费(元)", money, True, ("经费", "经费预算(元)"), group="目标任务", clause="第十三条", help="当年计划使用的经费"),
        Column("单位签字日期", date, True, ("申办单位签字日期",), group="双方签字", width=13, clause="第十七条", help="申办单位签字盖章的日期"),
        Column("领办人签字日期", date, True, group="双方签字", width=14, clause="第十七条"),
        Column("平时考核", text, group="双方签字", width=26, clause="第十七条", prose=True, help="平时考核的安排或情况"),
        Column("备注", text, group="双方签字", width=24, prose=True, help="对提示的说明写在这里"),
    ))

GOALS = Form(
    "goals", "目标任务书", "1", "{city}技能大师工作室年度目标任务书（{year}年度）", (GOAL_TABLE,),
    guide=(
        "申办单位与领办人每年签订目标任务书（第十七条），由区（县）人力资源和社会保障局汇总，每年3月31日前报市局。",
        "本表按台账生成，本区（县）在建设周期内的工作室每个一行，灰底由台账带来。",
        "带徒、取证、攻关、交流、经费是当年的任务；双方签字日期都须在当年。",
        "没有在建设周期内的工作室的，在表上方选“是”。",
    ), buttons=OF_RETURN, rule="R17", role=roles.DISTRICT)
