"""What the fields of documents rest on where no cell of the ledger says it: the regulation, a parameter, a sum, the clerk.

A field is looked up by the longest beginning of its path that stands here: 经费.单项.大写 → 经费.单项.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.regulation import Regulation


@dataclass(frozen=True)
class Basis:
    """Why a field says what it says: the rule of the regulation ("" for none), in words, and the parameter it is ("" for none)."""

    rule: str
    how: str
    parameter: str = ""


_LAW, _FACT, _PARAMETER, _COUNT = "办法原文", "办法数据", "参数", "按台账计数"
_LISTED = "按台账列出"  # 名单里的一栏
_CLERK, _DAY, _ORDER, _STANDARD = "由承办人填写", "业务日期", "顺序号", "附件2评分标准"
BASES: Mapping[str, Basis] = {
    "年度": Basis("", "评选或考核年度"),
    "城市": Basis("", _FACT),
    "牌匾": Basis("R12-2", _FACT),
    "称号": Basis("R12-2", _FACT),
    "排序": Basis("", _PARAMETER, "list_order"),
    "办法": Basis("", _LAW),
    "表": Basis("R09-1", _LAW),
    "表名": Basis("R10", "报表名称"),
    "条款": Basis("", _LAW),
    "公示.天数": Basis("R12-1", _PARAMETER, "publicity_days"),
    "公示": Basis("R12-1", "按公示发布日和公示天数算出"),
    "经费.合计": Basis("R13-1", "每个工作室的补助×名单个数"),
    "经费.单项": Basis("R13-1", _PARAMETER, "subsidy_yuan"),
    "经费.配套": Basis("R07-6", _PARAMETER, "matching_minimum_yuan"),
    "经费.来源": Basis("R13-1", _LAW),
    "经费": Basis("R13-1", "台账“经费”表"),
    "周期.年数": Basis("R19-2", _PARAMETER, "construction_years"),
    "周期": Basis("R19-2", "按命名日期和建设周期算出"),
    "要求.禁申年数": Basis("R19-4", _PARAMETER, "bar_years"),
    "要求.考核提前": Basis("R19-2", _PARAMETER, "assessment_window_months"),
    "要求.培养年数": Basis("R04", _PARAMETER, "construction_years"),
    "要求.培养人数": Basis("R04", _PARAMETER, "trainees_per_cycle"),
    "发文.字号": Basis("", "发文字号，随命令给出或填在台账"),
    "发文.签发人": Basis("", _CLERK),
    "发文.日期": Basis("", _DAY),
    "发文.印发日期": Basis("", _DAY),
    "发文": Basis("", _FACT),
    "命名": Basis("R12-2", "台账“公示命名”表"),
    "名单": Basis("R12-2", _COUNT),
    "考核": Basis("R19-2", _COUNT),
    "考核.标准": Basis("A1-1", _STANDARD),
    "考核.标准出处": Basis("A1-1", _STANDARD),
    "考核.基础分": Basis("A1-1", _STANDARD),
    "考核.加分": Basis("A1-1", _STANDARD),
    "等次": Basis("R19-2", _STANDARD),
    "处理": Basis("R19-4", _COUNT),
    "后果": Basis("R19-4", _LAW),
    "标准": Basis("A1-1", _STANDARD),
    "满分": Basis("A1-1", _STANDARD),
    "基础项": Basis("A1-1", _STANDARD),
    "加分项": Basis("A1-1", _STANDARD),
    "结果": Basis("R19-2", "按附件2算出"),
    "评估": Basis("R19-1", _COUNT),
    "未评": Basis("R19-1", _COUNT),
    "初审": Basis("R10", _COUNT),
    "事实": Basis("", f"{_CLERK}，须经法规科审定"),
    "救济": Basis("", f"{_CLERK}，须经法规科审定"),
    "追回.账户": Basis("R13-5", _CLERK),
    "追回": Basis("R13-5", "台账“撤销追缴禁申”表"),
    "禁申": Basis("R19-4", "按认定日和禁申年限算出"),
    "决定": Basis("R19-4", "台账“撤销追缴禁申”表"),
    "变更": Basis("R18-0", "台账“变更与重大事项”表"),
    "事项": Basis("R10", "按办法和年度安排算出"),
    "未报": Basis("R10", _COUNT),
    "评审": Basis("R11", "台账“评审”表"),
    "程序": Basis("R11", _LAW),
    "表决": Basis("R11", "台账“评审”表"),
    "评委": Basis("R11", _CLERK),
    "任务": Basis("R17", _CLERK),
    "内容": Basis("R04", _CLERK),
    "期限": Basis("R04", _CLERK),
    "师傅": Basis("R04", _CLERK),
    "徒弟": Basis("R04", _CLERK),
    "成员": Basis("R07-2", "台账“人员”表"),
    "附表": Basis("R07-2", "台账“人员”表"),
    "获奖": Basis("R09-1", "台账“获奖”表"),
}
ORDINAL = "序号"


def basis_of(path: str, in_list: bool = False) -> Basis | None:
    """What a field rests on, `in_list`: one of a row of a list; None where nothing is known of it."""
    keys = path.split(".")
    if keys[-1] == ORDINAL:
        return Basis("", _ORDER)
    beginnings = (".".join(keys[:length]) for length in range(len(keys), 0, -1))
    found = next((BASES[each] for each in beginnings if each in BASES), None)
    return Basis(found.rule, _LISTED) if found and in_list and found.how == _COUNT else found


def clause_of(path: str, law: Regulation) -> str:
    """The clause a field rests on, "" for none."""
    basis = basis_of(path)
    return law.clause(basis.rule) if basis and basis.rule else ""
