"""Whose each due is and by what it is done: declared beside the obligation, never read out of its words.

Kinds of documents, workbooks, buttons and moves are named as they are called where they are chosen; a test holds the names to those there are.
Source: 乌人社规〔2023〕1号 第十五条 (R15), and the articles of the single obligations
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CITY, DISTRICT, UNIT = "市局", "区县", "单位"
PARTIES = (CITY, DISTRICT, UNIT)
"""Who may have to act, as the moves of the law's file name them, in the order in which they are listed."""
PAPER, WORKBOOK, MOVE, BUTTON = "公文", "报表", "事项", "按钮"
_SAID = {PAPER: "生成公文“{}”", WORKBOOK: "生成报表“{}”", MOVE: "办理“{}”", BUTTON: "点“{}”"}


@dataclass(frozen=True, slots=True)
class Means:
    """One way to do what is due. kind: 公文 | 报表 | 事项 (a move: the page or `act`) | 按钮; name: as it is called there."""

    kind: str
    name: str

    def __str__(self) -> str:
        return _SAID[self.kind].format(self.name)


@dataclass(frozen=True, slots=True)
class Charge:
    """Who must act, and the means. Without any the cell that is named is filled in by hand."""

    who: str
    papers: tuple[str, ...] = ()
    workbooks: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()

    @property
    def means(self) -> tuple[Means, ...]:
        return tuple(self._means())

    def _means(self) -> Iterator[Means]:
        for kind, names in ((PAPER, self.papers), (WORKBOOK, self.workbooks), (MOVE, self.moves), (BUTTON, self.buttons)):
            yield from (Means(kind, name) for name in names)

    def __str__(self) -> str:
        """How a list says it."""
        return "；".join(map(str, self.means)) or "在“出处”一格填写"


_MERGE = "合并区县报表"

# ---- 申报、公示、命名 ----
BY_CITY_IN_CELL = Charge(CITY)
CONFLICT = Charge(CITY, buttons=(_MERGE,))
RULING = Charge(CITY, moves=("裁定保留", "裁定不保留"))
APPROVAL = Charge(CITY, moves=("登记市局核准",))
RETURN = Charge(DISTRICT, papers=("催报函",), buttons=(_MERGE,))
REVIEW = Charge(CITY, workbooks=("评审表决",), buttons=(_MERGE,))
VOTE_HELD = Charge(CITY, buttons=(_MERGE,))
PUBLICITY = Charge(CITY, papers=("公示",))
APPLICATION_GONE = Charge(CITY, moves=("同意撤回", "保留申报"))
RESULT_HELD = Charge(CITY, buttons=(_MERGE,))
MENDING = Charge(DISTRICT, buttons=(_MERGE,))
PUBLICITY_RUNS = Charge(CITY, moves=("登记异议",))
OBJECTION = Charge(CITY, moves=("异议成立", "异议不成立"))
NAMING = Charge(CITY, papers=("命名授牌通知",))
NAMING_FILED = Charge(CITY, papers=("备案报告",), moves=("报命名备案",))

# ---- 工作室 ----
ASSESSMENT = Charge(DISTRICT, workbooks=("期满考核评分表",), buttons=(_MERGE,))
FAILED = Charge(CITY, moves=("认定考核不合格撤销",))
RESULT_IN = Charge(CITY, moves=("登记考核结果",))
PERIOD_OVER = Charge(CITY, moves=("登记届满",))
SUBSIDY = Charge(CITY, papers=("经费拨付通知",), moves=("拨付补助",))
MATCHING = Charge(UNIT, moves=("配套到位",))
SPENDING = Charge(UNIT, moves=("登记支出",))
AFTER_PERIOD = Charge(UNIT)
GOALS_AGREED = Charge(UNIT, papers=("目标任务书",), workbooks=("目标任务书",))
YEARLY_REPORT = Charge(UNIT, workbooks=("年度绩效评估表",))
EVALUATING = Charge(DISTRICT, workbooks=("年度绩效评估表",), buttons=(_MERGE,))
ACTIVITY = Charge(DISTRICT, moves=("登记活动",))
LIABILITY = Charge(CITY, moves=("认定取消",))
LEADER_LEAVES = Charge(UNIT, moves=("受理变更领办人", "受理返聘", "受理延迟退休", "受理退休保牌", "认定领办人原因撤销"))

# ---- 变更、撤销 ----
CHANGE_APPLIED = Charge(UNIT)
CHANGE_VERIFIED = Charge(DISTRICT, moves=("核实变更",))
CHANGE_ANSWERED = Charge(CITY, papers=("变更复函",), moves=("批复变更",))
REVOKING = Charge(CITY, papers=("撤销称号决定",), moves=("印发撤销决定",))
CANCELLING = Charge(CITY, papers=("取消称号决定",), moves=("印发取消决定",))
PLAQUE_BACK = Charge(CITY, moves=("收回牌匾",))
RECOVERY_TOLD = Charge(CITY, papers=("追回资金通知书",))
RECOVERY = Charge(CITY, moves=("追回补助",))
CANCELLING_FILED = Charge(CITY, moves=("报取消备案",))
