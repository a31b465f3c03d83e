"""办理 and 个案办理, the ledger's first pages: each task of the city's clerk with what it has to be told. Buttons and Python read it here."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.forms import model
from toolkit.forms.actions import CHECK_LEDGER, COMMIT, DOCS, DUE, MAKE, MERGE, NEXT_PROBLEM, OF_CASE, UNDO, Action
from toolkit.forms.model import ValueKind
from toolkit.forms.papers import OFFERED

RETURNS = ("区县推荐汇总表", "评审表决", "目标任务书", "年度绩效评估表", "期满考核评分表", "区县考核汇总表")
MADE = ("评审表决", "目标任务书", "年度绩效评估表", "期满考核评分表")
STATE = "task_state"
"""The defined name of the cell in which Python says how the last task went."""


@dataclass(frozen=True, eq=False)
class TaskInput:
    """One cell to fill in. `name`: its defined name. `choices`: of a dropdown, the first of which is filled in. `source`: the defined
    name of cells that a dropdown offers, which takes other entries too."""

    name: str
    label: str
    kind: ValueKind
    help: str
    choices: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, eq=False)
class Task:
    """A block of the page: its title, its buttons in the order they are pressed, what it does (`how`), and its inputs or,
    where it has none, a `note`."""

    title: str
    actions: tuple[Action, ...]
    how: str
    inputs: tuple[TaskInput, ...] = ()
    note: str = ""


TASKS = (
    Task("合并区县报表", (MERGE, COMMIT), "先合并，看“合并预览”表；核对无误，再确认入账。", (
        TaskInput("task_folder", "报表文件夹", model.exact, "放区（县）报表的文件夹；不填，点按钮时选"),
        TaskInput("task_year", "年度", model.year, "四位年份；不填按今年"),
        TaskInput("task_form", "报表", model.choice, "从下拉框选", RETURNS))),
    Task("生成报表", (MAKE,), "按台账生成要填的表；年度用上面的“年度”，日期用下面的“日期”。", (
        TaskInput("task_make", "表", model.choice, "从下拉框选", MADE),
        TaskInput("task_made", "存放的文件夹", model.exact, "不填，存到台账旁边的“待填报表”文件夹"))),
    Task("生成公文", (DOCS,), "按台账现在的内容生成。", (
        TaskInput("task_kind", "文书", model.choice, "从下拉框选", OFFERED),
        TaskInput("task_date", "日期", model.date, "成文或发布的日期；不填按今天"),
        TaskInput("task_subject", "工作室或区县", model.exact, "工作室编号、名称，或区（县）；不填为全部"),
        TaskInput("task_number", "文号", model.exact, "要文号的文书填，如 乌人社发〔2026〕1号；几份的从这个号顺排"),
        TaskInput("task_trial", "只看预演", model.choice, "选“是”只看会写什么，不写文件和台账", ("否", "是")),
        TaskInput("task_out", "公文文件夹", model.exact, "不填，存到台账旁边的“公文”文件夹"))),
    Task("到期提醒", (DUE,), "列出逾期、将到期和可以办理的事，写明依据的条款。",
         note="以上面的“日期”为准，不填按今天；结果在“到期提醒”表。"),
    Task("校验台账", (CHECK_LEDGER, NEXT_PROBLEM), "查读不懂的格、重复的行、与条文或别处相矛盾的登记，和操作日志。",
         note="只标出问题，不改登记；结果在“问题清单”表。"),
    Task("撤销上一步", (UNDO,), "把台账恢复到上一次写入之前；撤销本身也记入操作日志。",
         note="点了先问一次；撤销前的一份留在“备份”文件夹。"),
)

CASE_SUBJECT, CASE_MOVE, CASE_DAY, CASE_STATE, CASE_LINES = "case_subject", "case_move", "case_day", "case_state", "case_lines"
"""The defined names of 个案办理: its three inputs, how the last press went, and the first cell of the lines that Python writes."""
CASE_SUBJECTS, CASE_MOVES = "case_subjects", "case_moves"
"""The defined names of what its dropdowns offer."""
CASE_ROWS = 80
"""Lines that it has room for."""
CASE_MOVE_LABEL = "事项"
CASE_TASK = Task("选一件来办", OF_CASE, "先看能办什么，选好事项、填好白底格，再预览；核对无误，再确认。", (
    TaskInput(CASE_SUBJECT, "工作室或申报", model.exact, "从下拉框选，或写编号、名称、领办人身份证号", source=CASE_SUBJECTS),
    TaskInput(CASE_MOVE, CASE_MOVE_LABEL, model.exact, "从下拉框选；不填，只看状态和能办什么", source=CASE_MOVES),
    TaskInput(CASE_DAY, "办理日期", model.date, "按这一天的状态和期限核对；不填按今天")))
