"""What 目标任务书 and 师带徒协议 say.

Source: 乌人社规〔2023〕1号 第四条至第六条、第十七条
"""

from __future__ import annotations

from datetime import date

from toolkit.documents.context_parts import BLANK, issued, law_named
from toolkit.ledger.studios import Studio
from toolkit.regulation import Regulation
from toolkit.returns.values import shown

_SKILLS = 4  # 师带徒协议留几行


def targets_context(law: Regulation, year: int, on: date, studio: Studio) -> dict:
    """目标任务书: what the law measures is printed, the rest is for the two to agree on."""
    return {
        "年度": str(year), "牌匾": law.facts["studio_title"], "办法": law_named(law, 条款=law.clause("R17")),
        "工作室": {"名称": studio.name, "申办单位": shown(studio.unit), "领办人": shown(studio.leader)},
        "任务": [{"序号": str(number), "内容": f"{each['task']}（{each['clause']}）", "指标": _measure(each["measure"], law) or BLANK,
                "时限": f"{year}年12月"}
               for number, each in enumerate(law.facts["yearly_targets"], 1)],
        "经费": {"补助": BLANK, "配套": BLANK}, "发文": issued(law, on)}


def _measure(text: str, law: Regulation) -> str:
    """A measure with the numbers of the law in it."""
    return text.format_map({name: parameter.value for name, parameter in law.parameters.items()})


def apprenticeship_context(law: Regulation, on: date, studio: Studio) -> dict:
    """师带徒协议: the master's side filled in, the apprentice's to be written."""
    return {
        "办法": law_named(law, 条款=law.clause("R04")), "工作室": {"名称": studio.name, "申办单位": shown(studio.unit)},
        "师傅": {"姓名": shown(studio.leader), "等级": shown(studio.application.level) or BLANK if studio.application else BLANK},
        "徒弟": dict.fromkeys(("姓名", "岗位", "现等级", "目标等级"), BLANK), "期限": {"起": BLANK, "止": BLANK},
        "内容": [{"序号": str(number), "项目": "", "要求": ""} for number in range(1, _SKILLS + 1)], "发文": issued(law, on)}
