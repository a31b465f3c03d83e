"""Who must act and by what: declared beside each obligation, and every document, workbook, button and move that is named exists."""

import ast
from datetime import date
from pathlib import Path

import pytest

from tests.ledger.test_dues import GOALS, KINDS, NAME, REPORTS, WITHOUT_TERM, find, studio
from tests.returns.make import LAW
from toolkit.forms.actions import OF_LEDGER
from toolkit.forms.papers import OFFERED
from toolkit.forms.tasks import MADE
from toolkit.ledger.dues import charges, watch
from toolkit.ledger.dues.charges import BUTTON, MOVE, PAPER, PARTIES, WORKBOOK, Charge

PLACES = sorted(Path(watch.__file__).parent.glob("*.py"))
DECLARED = {name: value for name, value in vars(charges).items() if isinstance(value, Charge)}
CALLED = {PAPER: OFFERED, WORKBOOK: MADE, MOVE: tuple(LAW.procedure.moves), BUTTON: tuple(action.caption for action in OF_LEDGER)}


@pytest.mark.rule("R15")
def test_each_obligation_declares_who_acts():
    calls = [(path.name, node) for path in PLACES for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.Call) and ast.unparse(node.func) == "Obligation"]
    assert len(calls) > 30
    silent = [f"{name}:{node.lineno}" for name, node in calls if not any(keyword.arg == "charge" for keyword in node.keywords)]
    assert silent == [], "没有写由谁办、用什么办"


@pytest.mark.rule("R15")
@pytest.mark.parametrize("name", DECLARED)
def test_what_is_named_is_called_so(name):
    charge = DECLARED[name]
    assert charge.who in PARTIES
    for means in charge.means:
        assert means.name in CALLED[means.kind], str(means)


def test_every_charge_is_of_an_obligation():
    used = {node.attr for path in PLACES for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "charges"}
    assert set(DECLARED) <= used


@pytest.mark.rule("R15")
def test_a_move_that_is_named_is_of_whoever_acts_or_enters_it_for_the_unit():
    """What a unit owes is entered by the unit, or by those to whom it applies."""
    for charge in DECLARED.values():
        if charge.who != charges.UNIT:
            assert {LAW.procedure.moves[name].who for name in charge.moves} <= {charge.who}


EXPECTED = {"公示期满": "市局", "补正": "区县", "考核补正": "区县", "期满考核": "区县", "补助未拨付": "市局", "配套未足额": "单位", "还有余额": "单位", "年度总结": "单位",
            "目标任务书": "单位", "目标任务书只有一方签字": "单位", "没有活动": "区县", "四年期": "市局", "禁申期": "市局", "变更未申请": "单位"}


@pytest.mark.rule("R15")
@pytest.mark.parametrize("kind", EXPECTED)
def test_who_acts(kind):
    tables, header, term, _, _ = KINDS[kind]
    due, = (due for due in find(term, **tables) if due.place.field == header)
    assert due.who == EXPECTED[kind]


WAITING = {"可以命名": ("市局", "生成公文“命名授牌通知”"), "异议未处理": ("市局", "办理“异议成立”；办理“异议不成立”"), "命名未备案": ("市局", "生成公文“备案报告”；办理“报命名备案”"),
           "申报挂起": ("市局", "办理“裁定保留”；办理“裁定不保留”"), "考核挂起": ("市局", "点“合并区县报表”"), "没有状态": ("市局", "在“出处”一格填写"),
           "不合格": ("市局", "办理“认定考核不合格撤销”"), "评估有空项": ("区县", "生成报表“年度绩效评估表”；点“合并区县报表”"),
           "变更待核实": ("区县", "办理“核实变更”"), "变更待批复": ("市局", "生成公文“变更复函”；办理“批复变更”"),
           "撤销未发文": ("市局", "生成公文“撤销称号决定”；办理“印发撤销决定”"), "资金未追回": ("市局", "生成公文“追回资金通知书”"), "取消未备案": ("市局", "办理“报取消备案”")}


@pytest.mark.rule("R15")
@pytest.mark.parametrize("kind", WAITING)
def test_by_what_it_is_done(kind):
    tables, header, _ = WITHOUT_TERM[kind]
    due, = (due for due in find(date(2026, 12, 28), **tables) if due.place.field == header)
    assert (due.who, str(due.charge)) == WAITING[kind]


def test_a_studio_that_owes_nothing_gives_nobody_anything_to_do():
    assert find(date(2026, 4, 1), 工作室=[studio(最近活动日=date(2026, 3, 1))], 年度评估=REPORTS, 目标任务=GOALS) == [], NAME
