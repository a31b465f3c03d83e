"""每个状态下的每一件事：能办的办成、走到办法写明的状态；不能办的说出条款。用例由办法数据生成。"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.ledger import moving
from tests.ledger.moving import (
    NAME,
    NEW_ID,
    ON,
    STATES,
    answers,
    change,
    of_studio,
    studio,
    subject,
    tables_for,
    withdrawal,
)
from tests.returns.make import LAW, application, credit_code, id_number
from toolkit.errors import UserError
from toolkit.forms.register_rows import row_field
from toolkit.ledger import change_rules, money, moves, preconditions, recording, simulation, subjects, withdrawal_rules
from toolkit.ledger.audit import audit
from toolkit.ledger.dues.watch import Watch
from toolkit.regulation.procedure import BY_TIME

PROCEDURE = LAW.procedure
CHECKS = {rule.__name__ for rule in (*change_rules.RULES, *withdrawal_rules.RULES, withdrawal_rules.subsidy_in_full)}


# ---- 数据 ----

def test_every_state_and_name_in_the_data_exists():
    for move in PROCEDURE.moves.values():
        assert {PROCEDURE.stages[name].of for name in (*move.origins, *move.to)} == {move.of}, move.name
        assert set(move.needs) <= set(preconditions.BY_NAME) and set(move.derives) <= set(recording.BY_NAME) and set(move.checks) <= CHECKS
        sheets = {row_field(path)[0].sheet.name for path in (*move.fills, *move.sets)}
        assert sheets or move.derives or not move.by_hand, f"{move.name} 什么也不登记"
        assert not move.adds or move.adds in sheets
        for path, value in move.sets.items():
            column = row_field(path)[1].column
            assert not column.choices or value in LAW.lists[column.choices].names, path
    used = {name for move in PROCEDURE.moves.values() for name in move.needs}
    assert used == set(preconditions.BY_NAME)


def test_every_state_can_be_reached_and_left_unless_it_ends():
    for stage in PROCEDURE.stages.values():
        assert stage.ends or any(stage.name in move.origins for move in PROCEDURE.moves.values()) or stage.name == "周期未登记", stage.name
        reached = any(stage.name in move.to for move in PROCEDURE.moves.values())
        assert reached or stage.name in ("待说明", "挂起", "待核准", "待核撤回", "已撤回", "周期未登记", "建设期"), stage.name  # 随报表、随命名


@pytest.mark.rule("R10", "R11", "R12-1", "R12-2", "R12-3", "R18-3", "R19-2", "R19-4", "R20-5")
@pytest.mark.parametrize("state", PROCEDURE.stages)
def test_the_state_follows_from_the_rows(state):
    tables, on = STATES[state]
    assert subject(tables, on).stage == state


@pytest.mark.parametrize("tables, day, before, then", [
    (moving.of_public(), date(2026, 11, 27), "公示中", "公示期满"), (of_studio(), date(2026, 12, 2), "建设期", "期满考核"),
    (of_studio("已届满"), date(2029, 3, 3), "已届满", "四年期满"), (moving.of_public(异议="是"), date(2026, 11, 27), "公示中", "异议待处理")])
def test_a_day_passes(tables, day, before, then):
    assert [subject(tables, on).stage for on in (day, day + timedelta(1))] == [before, then]
    assert any(move.by == BY_TIME and before in move.origins and then in move.to for move in PROCEDURE.moves.values())


# ---- 每件事 × 每个状态 ----

PAIRS = [(move, state) for move in PROCEDURE.moves.values() for state in PROCEDURE.stages if PROCEDURE.stages[state].of == move.of]
ALLOWED = [pair for pair in PAIRS if pair[1] in pair[0].origins and pair[0].by_hand]
REFUSED = [pair for pair in PAIRS if pair[1] not in pair[0].origins]


def ids(pair):
    return f"{pair[0].name}-{pair[1]}"


@pytest.mark.rule("R12-2", "R13-1", "R18-0", "R18-1", "R18-2", "R18-3", "R19-2", "R19-4", "R20-1a", "R20-4", "R20-5")
@pytest.mark.parametrize("pair", ALLOWED, ids=ids)
def test_what_is_allowed_is_done_and_leads_where_the_law_says(pair):
    move, state = pair
    of = subject(tables_for(state, move.name), STATES[state][1])
    assert of.stage == state
    done = moves.judge(move, of, answers(move))
    assert [found.message for found in done.against] == []
    assert done.stage in (move.to or (state,)) and not done.plan.empty


@pytest.mark.rule("R10", "R12-2", "R13-1", "R18-0", "R18-1", "R18-2", "R18-3", "R19-2", "R19-4", "R20-4", "R20-5")
@pytest.mark.parametrize("pair", REFUSED, ids=ids)
def test_what_is_refused_names_the_clause_and_changes_nothing(pair):
    move, state = pair
    of = subject(tables_for(state, move.name) if state not in ("待印发决定",) else STATES[state][0], STATES[state][1])
    done = moves.judge(move, of, answers(move))
    assert done.plan.empty and [found.code for found in done.against][:1] == ["D-move"]
    assert done.against[0].clause == move.clause and state in done.against[0].message and move.origins[0] in done.against[0].message


@pytest.mark.parametrize("move", [move for move in PROCEDURE.moves.values() if move.by_hand and move.required], ids=lambda move: move.name)
def test_a_cell_left_empty_is_named(move):
    state = move.origins[0]
    of = subject(tables_for(state, move.name), STATES[state][1])
    for path in move.required:
        done = moves.judge(move, of, answers(move) | {path: None})
        assert [(found.code, found.clause) for found in done.against] == [("D-fill", move.clause)], path
        assert f"“{path.partition('.')[2]}”" in done.against[0].message


# ---- 先决条件 ----

PAID = {"经费": [{"工作室编号": moving.NUMBER, "工作室名称": NAME, "日期": date(2025, 5, 1), "类别": "补助拨付", "资金来源": "市级补助", "金额(元)": 100000}]}
BACK = {"经费": [{"工作室编号": moving.NUMBER, "工作室名称": NAME, "日期": ON, "类别": "追回", "金额(元)": 100000}]}
STANDS = {  # code → move, tables, day
    "R12-2.unregistered": ("登记牌匾", {"工作室": [studio()]}, ON), "R12-2.filed": ("报命名备案", of_studio(公示命名=[moving.naming(备案日期=ON)]), ON),
    "R12-3.running": ("登记届满", STATES["考核合格"][0], date(2027, 3, 3)), "R13-1.paid": ("拨付补助", of_studio(**PAID), ON),
    "R18-0.open": ("受理变更领办人", of_studio(变更与重大事项=[change()]), ON), "R18-0.none": ("核实变更", of_studio(), ON),
    "R18-0.verify": ("批复变更", of_studio(变更与重大事项=[change()]), ON),
    "R19-2.noresult": ("登记考核结果", {"工作室": [studio(等次="合格")]}, ON),
    "R19-2.entered": ("登记考核结果", of_studio(工作室=[studio(等次="合格", 期满得分=60)], 期满考核=[moving.result("合格", 60)]), ON),
    "R19-4.other": ("印发取消决定", of_studio(撤销追缴禁申=[withdrawal()]), ON),
    "R19-4.returned": ("收回牌匾", of_studio(撤销追缴禁申=[withdrawal(牌匾收回日=ON, **moving.ISSUED)]), ON),
    "R19-4.settled": ("追回补助", of_studio(撤销追缴禁申=[withdrawal(**moving.ISSUED)], **BACK), ON),
    "R11.none": ("公示", moving.of_application(评审结论=None), ON)}


@pytest.mark.rule("R11", "R12-2", "R12-3", "R13-1", "R18-0", "R19-2", "R19-4")
@pytest.mark.parametrize("code", [code for code in STANDS if code != "R11.none"])
def test_a_condition_that_is_not_met_is_told_with_its_clause(code):
    name, tables, on = STANDS[code]
    found = moves.option(PROCEDURE.moves[name], subject(tables, on)).against
    assert [each.code for each in found] == [code] and found[0].clause and "请" in found[0].message


# ---- 变更领办人：新领办人按第七条、第三条核对 ----

def judged(name, tables, on=ON, **changes):
    move = PROCEDURE.moves[name]
    return moves.judge(move, subject(tables, on), answers(move, **changes))


OTHER = studio(工作室编号="2025-02", 工作室名称="孙三焊工技能大师工作室", 领办人="孙三", 身份证号=NEW_ID, 统一社会信用代码=credit_code(9))


@pytest.mark.rule("R18-1", "R03-2", "R07-1a", "R07-1b", "R07-1c", "R07-3")
@pytest.mark.parametrize("changes, extra, code, clause", [
    ({}, {}, None, ""), ({"技能等级": "高级工"}, {}, "R18-1.level", "第七条（一）"), ({"在职在聘": "否"}, {}, "R18-1.employed", "第七条（一）"),
    ({"职业道德核查": "否"}, {}, "R07-3", "第七条（三）"), ({"退休类别": "女50"}, {}, "A1-2.retirement-sex", "附件1"),
    ({"身份证号": id_number(date(1967, 12, 1), serial=7)}, {}, "R18-1.retires", "第七条（一）"),  # 2028-10-01 退休，不足2年
    ({"身份证号": id_number(date(1968, 1, 5), serial=7)}, {}, None, ""),  # 2028-11-05 退休，到申请日正好2年
    ({"新值": "赵一", "身份证号": id_number(moving.LEADER_BORN)}, {}, "R18-1.same", "第十八条（一）"),
    ({}, {"工作室": [studio(), OTHER]}, "R18-1.other", "第三条"), ({}, {"工作室": [studio(), OTHER | {"状态": "已届满"}]}, None, ""),
    ({}, {"申报批次": [application(年度=2026, 领办人="孙三", 身份证号=NEW_ID, 申报状态="已受理")]}, "R18-1.other", "第三条"),
    ({}, {"申报批次": [application(年度=2026, 领办人="孙三", 身份证号=NEW_ID, 申报状态="已受理", 评审结论="不通过")]}, None, "")])
def test_a_new_leader_goes_through_chapter_four(changes, extra, code, clause):
    done = judged("受理变更领办人", of_studio(**extra), **changes)
    assert [(found.code, found.clause) for found in done.against] == ([(code, clause)] if code else [])


NEW_LEADER = change(事项="领办人", 原值="赵一", 新值="孙三", 身份证号=NEW_ID, 退休类别="男60", 技能等级="技师", 在职在聘="是", 职业道德核查="是", 原因="退休",
                    核实意见="属实")


@pytest.mark.rule("R18-1", "R09-3", "R12-3")
def test_the_name_follows_the_leader_and_no_period_begins_anew():
    of = subject(of_studio(变更与重大事项=[NEW_LEADER], 经费=[{"工作室名称": NAME, "日期": ON, "类别": "补助拨付", "金额(元)": 100000}]), ON)
    move = PROCEDURE.moves["批复变更"]
    done = moves.judge(move, of, answers(move))
    assert done.against == () and done.stage == "建设期"
    row, = [each for each in done.plan.changed if each.sheet == "工作室"]
    new = {header: value for header, (_, value) in row.fields.items()}
    assert new == {"领办人": "孙三", "身份证号": NEW_ID, "工作室名称": "孙三焊工技能大师工作室", "曾用名": NAME, "领办人退休日": date(2048, 6, 1)}
    books = simulation.after(of.watch.books, done.plan)
    then = Watch(books, LAW, ON, of.watch.holidays)
    assert [each.name for each in then.studios] == ["孙三焊工技能大师工作室"], "公示命名里的旧名仍是它"
    same = then.called(NAME)
    assert same is then.studios[0] and len(same.money) == 1 and (same.begins, same.ends, same.liable_until) == (
        moving.NAMED, date(2027, 3, 3), date(2029, 3, 3))
    assert subjects.called(then, NAME)[0].number == moving.NUMBER
    assert [found.code for found in audit(books, LAW, ON, of.watch.holidays) if found.code.startswith("R18")] == []


@pytest.mark.rule("R18-2", "R03-3")
@pytest.mark.parametrize("name, changes, extra, code", [
    ("受理变更申办单位", {"新值": "乙公司"}, {}, None),
    ("受理变更申办单位", {"新值": "乙公司"}, {"工作室": [studio(), OTHER | {"身份证号": id_number(date(1982, 1, 1), serial=3)}]}, "R18-2.unit"),
    ("受理变更申办单位", {"新值": "乙公司"}, {"工作室": [studio(), OTHER | {"职业(工种)": "电工", "职业编码": "6-31-01-03"}]}, None),
    ("受理返聘", {"新离岗日": date(2043, 5, 20)}, {}, "R18-2.until"), ("受理返聘", {"新离岗日": date(2043, 5, 21)}, {}, None),
    ("受理返聘", {"新离岗日": date(2050, 1, 1)}, {}, None),
    ("受理延迟退休", {"新离岗日": date(2046, 5, 20)}, {}, None), ("受理延迟退休", {"新离岗日": date(2046, 5, 21)}, {}, "R18-2.limit"),
    ("受理退休保牌", {}, {}, None), ("受理退休保牌", {"荣誉": "中华技能大奖"}, {}, None), ("受理退休保牌", {"荣誉": "全国劳动模范"}, {}, "R18-3.honour"),
    ("受理退休保牌", {"在本单位退休": "否"}, {}, "R18-3.here")])
def test_other_changes_and_their_limits(name, changes, extra, code):
    assert [found.code for found in judged(name, of_studio(**extra), **changes).against] == ([code] if code else [])


@pytest.mark.rule("R18-2", "R18-3")
@pytest.mark.parametrize("matter, cells, header, value, stage", [
    ("申办单位", {"新值": "乙公司", "统一社会信用代码": credit_code(9)}, "申办单位", "乙公司", "建设期"),
    ("工作地址", {"新值": "示例路2号"}, "工作室地点", "示例路2号", "建设期"), ("返聘", {"新离岗日": date(2045, 1, 1)}, "离岗日", date(2045, 1, 1), "建设期"),
    ("退休保牌", {"荣誉": "全国技术能手", "在本单位退休": "是"}, "状态", "退休保牌", "退休保牌")])
def test_what_was_approved_stands_in_the_register(matter, cells, header, value, stage):
    row = change(事项=matter, 新值=None, 核实意见="属实") | cells
    done = judged("批复变更", of_studio(变更与重大事项=[row]))
    fields = next(each.fields for each in done.plan.changed if each.sheet == "工作室")
    assert fields[header][1] == value and done.stage == stage and done.against == ()


# ---- 撤销、取消、追回、禁申 ----

@pytest.mark.rule("R20-5", "R20-1a")
@pytest.mark.parametrize("happened, on, allowed", [
    (date(2025, 3, 3), ON, False), (date(2025, 3, 4), ON, True), (date(2029, 3, 3), date(2029, 3, 3), True),
    (date(2029, 3, 3), moving.AFTER_FOUR, True), (moving.AFTER_FOUR, moving.AFTER_FOUR, False)])
def test_the_twentieth_article_is_about_four_years(happened, on, allowed):
    done = judged("认定取消", of_studio("已届满"), on, 事由发生日=happened, 认定日=on)
    assert [found.code for found in done.against] == ([] if allowed else ["R20-5.outside"])


@pytest.mark.rule("R20-1a", "R20-1b", "R20-1c", "R20-2", "R20-3", "R20-4")
@pytest.mark.parametrize("reason", [item.name for item in LAW.lists["withdrawal_reasons"].items])
def test_each_reason_belongs_to_its_article(reason):
    ground = LAW.lists["withdrawal_reasons"].find(reason)["ground"]
    if ground.startswith("第二十条"):
        row, = judged("认定取消", of_studio(**PAID), 事由=reason).plan.added
        assert (row.values["依据条款"], row.values["应追回额(元)"], row.values["领办人"]) == (ground, 100000, "赵一")
        return
    with pytest.raises(UserError, match=f"依据{ground}，不是取消称号的情形"):
        judged("认定取消", of_studio(), 事由=reason)
    code = [] if ground == "第十八条（一）" else ["R19-4.reason"]
    assert [found.code for found in judged("认定领办人原因撤销", of_studio(), 事由=reason).against] == code


@pytest.mark.rule("R19-4")
@pytest.mark.parametrize("scope, spent, owed", [("全额", 0, 100000), ("全额", 30000, 100000), ("未用结余", 30000, 70000), ("未用结余", 100000, 0)])
def test_what_is_owed_is_all_or_what_was_not_spent(scope, spent, owed):
    entries = [*PAID["经费"], PAID["经费"][0] | {"类别": "支出", "用途类别": "设施设备", "金额(元)": spent or None, "日期": date(2026, 1, 5)}]
    tables = STATES["考核不合格"][0] | {"经费": entries}
    move = PROCEDURE.moves["认定考核不合格撤销"]
    done = moves.judge(move, subject(tables, moving.IN_WINDOW, LAW.overridden({"recovery_scope": scope})), answers(move))
    assert done.plan.added[0].values["应追回额(元)"] == owed


@pytest.mark.rule("R19-4")
@pytest.mark.parametrize("covers, whom", [("是", "领办人及申办单位同职业"), ("否", "领办人")])
def test_a_decision_bars_by_person_and_by_unit_and_occupation(covers, whom):
    move = PROCEDURE.moves["印发撤销决定"]
    of = subject(STATES["待印发决定"][0], ON, LAW.overridden({"bar_covers_unit_occupation": covers}))
    done = moves.judge(move, of, answers(move, 文件印发日=date(2026, 11, 25)))
    fields = {each.sheet: {header: new for header, (_, new) in each.fields.items()} for each in done.plan.changed}
    assert fields["撤销追缴禁申"] == {"文号": moving.DECISION, "文件印发日": date(2026, 11, 25), "禁申对象": whom, "禁申止日": date(2029, 11, 25)}
    assert fields["工作室"] == {"状态": "已撤销", "禁申至": date(2029, 11, 25)} and done.stage == "已撤销"


@pytest.mark.rule("R19-4")
def test_money_comes_back_in_instalments():
    tables = of_studio("已撤销", 撤销追缴禁申=[withdrawal(**moving.ISSUED, **{"已追回额(元)": 40000})], 经费=[BACK["经费"][0] | {"金额(元)": 40000}])
    done = judged("追回补助", tables, **{"金额(元)": Decimal(60000)})
    assert done.plan.added[0].values["类别"] == "追回" and done.plan.changed[0].fields["已追回额(元)"] == (40000, 100000) and done.against == ()
    assert [found.code for found in judged("追回补助", tables, **{"金额(元)": Decimal(60001)}).against] == ["R19-4.over"]


@pytest.mark.rule("R13-1", "R13-2", "R18-0", "R20-1b")
@pytest.mark.parametrize("name, changes, code", [
    ("登记活动", {"最近活动日": date(2026, 11, 26)}, "D-ahead"), ("登记活动", {"最近活动日": ON}, None),
    ("登记活动", {"最近活动日": date(2025, 3, 2)}, "D-early"), ("登记活动", {"最近活动日": moving.NAMED}, None),
    ("拨付补助", {"日期": date(2025, 3, 2)}, "D-early"), ("配套到位", {"日期": date(2025, 3, 2)}, "D-early"),
    ("配套到位", {"日期": date(2026, 11, 26)}, "D-ahead"), ("受理变更工作地址", {"申请日": date(2026, 11, 26)}, "D-ahead"),
    ("受理变更工作地址", {"发生日": date(2026, 12, 1)}, None)])
def test_what_is_registered_has_been_done_since_the_naming(name, changes, code):
    done = judged(name, of_studio(), **changes)
    assert [(found.code, found.clause) for found in done.against] == ([(code, PROCEDURE.moves[name].clause)] if code else [])
    assert done.plan.empty == bool(code)


@pytest.mark.rule("R19-2")
def test_who_registers_the_end_first_registers_the_result_with_it():
    done = judged("登记届满", STATES["考核合格"][0], moving.AFTER)
    assert done.against == () and [{header: new for header, (_, new) in change.fields.items()} for change in done.plan.changed] == [
        {"状态": "已届满", "期满得分": 60, "等次": "合格"}]


@pytest.mark.rule("R13-2")
def test_matching_money_after_the_period_is_not_part_of_it():
    came = {"工作室名称": NAME, "日期": date(2026, 1, 5), "类别": "配套到位", "资金来源": "单位配套", "金额(元)": 60000, "凭证号": "记1"}
    tables = of_studio(工作室=[studio(**{"配套额(元)": 60000})], 经费=[came], 期满考核=[moving.result("合格", 60)])
    within = judged("配套到位", tables, moving.IN_WINDOW, 日期=ON, **{"金额(元)": Decimal(50000)})
    late = judged("配套到位", tables, moving.AFTER, 日期=moving.AFTER, **{"金额(元)": Decimal(50000)})
    assert [change.fields["配套额(元)"] for change in within.plan.changed] == [(60000, 110000)]
    assert late.against == () and late.plan.changed == [] and len(late.plan.added) == 1


@pytest.mark.rule("R19-4")
def test_what_is_owed_on_a_day_leaves_out_what_came_later():
    tables = of_studio(撤销追缴禁申=[withdrawal(**moving.ISSUED)], 经费=[BACK["经费"][0] | {"金额(元)": 60000}])
    studio_ = subject(tables, ON).studio
    assert [money.outstanding(studio_, LAW, day) for day in (date(2026, 11, 24), ON, None)] == [100000, 40000, 40000]


# ---- 直接在表里填的，同样判断 ----

SPENT = PAID["经费"][0] | {"类别": "支出", "用途类别": "设施设备", "金额(元)": 500, "凭证号": "记-1"}


def typed(**tables):
    of = subject(of_studio(**tables), ON)
    return {found.code for found in audit(of.watch.books, LAW, ON, of.watch.holidays)}


@pytest.mark.rule("R13-1", "R18-0", "R18-1", "R18-2", "R18-3", "R19-4", "R20-5")
@pytest.mark.parametrize("code, tables", [
    ("R18-1.lacks", {"变更与重大事项": [change(事项="领办人", 新值="孙三")]}), ("R18-1.level", {"变更与重大事项": [NEW_LEADER | {"技能等级": "高级工"}]}),
    ("R18-1.employed", {"变更与重大事项": [NEW_LEADER | {"在职在聘": "否"}]}), ("R07-3", {"变更与重大事项": [NEW_LEADER | {"职业道德核查": "否"}]}),
    ("R18-1.other", {"变更与重大事项": [NEW_LEADER], "工作室": [studio(), OTHER]}),
    ("R18-0.order", {"变更与重大事项": [change(批复日=date(2026, 11, 4), **{"备案/批复文号": "乌人社函〔2026〕20号"})]}),
    ("R18-0.effect", {"变更与重大事项": [NEW_LEADER | {"备案/批复文号": "乌人社函〔2026〕20号"}]}), ("R18-2.day", {"变更与重大事项": [change(事项="返聘")]}),
    ("R18-2.until", {"变更与重大事项": [change(事项="返聘", 新离岗日=date(2043, 5, 20))]}),
    ("R18-2.limit", {"变更与重大事项": [change(事项="延迟退休", 新离岗日=date(2046, 5, 21))]}),
    ("R18-3.honour", {"变更与重大事项": [change(事项="退休保牌")]}), ("R18-3.here", {"变更与重大事项": [change(事项="退休保牌", 荣誉="全国技术能手")]}),
    ("R19-4.reason", {"撤销追缴禁申": [withdrawal(事由="领办人退休")]}), ("R19-4.document", {"撤销追缴禁申": [withdrawal(文件印发日=date(2026, 11, 9))]}),
    ("R19-4.order", {"撤销追缴禁申": [withdrawal(认定日=date(2026, 11, 8))], "期满考核": [moving.result("不合格", 59.5)]}),
    ("R19-4.order", {"撤销追缴禁申": [withdrawal(依据条款="第二十条（一）", 事由发生日=date(2026, 11, 11))]}),
    ("R19-4.early", {"撤销追缴禁申": [withdrawal(牌匾收回日=date(2026, 11, 19), **moving.ISSUED)]}),
    ("R19-4.early", {"撤销追缴禁申": [withdrawal(**moving.ISSUED)], "经费": [BACK["经费"][0] | {"日期": date(2026, 11, 19)}]}),
    ("D-nothing", {"经费": [SPENT | {"金额(元)": 0}]}),
    ("R19-4.sum", {"撤销追缴禁申": [withdrawal(**{"已追回额(元)": 1})], **BACK}), ("R19-4.over", {"撤销追缴禁申": [withdrawal(**{"应追回额(元)": 99999})], **BACK}),
    ("R20-5.outside", {"撤销追缴禁申": [withdrawal(依据条款="第二十条（一）", 事由发生日=date(2025, 3, 3))]}),
    ("R20-5.unknown", {"撤销追缴禁申": [withdrawal(依据条款="第二十条（一）", 认定日=date(2029, 3, 4))]}),
    ("D-same", {"经费": [SPENT, SPENT]}), ("R13-3.over", {"经费": [PAID["经费"][0], SPENT | {"金额(元)": 100001}]}),
    ("R12-2.plaque", {"公示命名": [moving.naming(牌匾编号="乌技师1"), moving.naming(工作室名称="孙三焊工技能大师工作室", 工作室编号=None, 牌匾编号="乌技师1")]}),
    ("R13-1.amount", {"经费": [PAID["经费"][0] | {"金额(元)": 90000}]})])
def test_typed_into_the_register_it_is_judged_the_same(code, tables):
    assert code in typed(**tables)
    assert code not in typed()


@pytest.mark.rule("R12-2", "R13-3")
@pytest.mark.parametrize("code, tables", [
    ("D-same", {"经费": [SPENT, SPENT | {"摘要": "另一台"}]}), ("D-same", {"经费": [SPENT | {"凭证号": None}] * 2}),
    ("R13-3.over", {"经费": [PAID["经费"][0], SPENT | {"金额(元)": 100000}]}), ("R13-3.over", {"经费": [SPENT]}),
    ("R19-4.order", {"撤销追缴禁申": [withdrawal(认定日=date(2026, 11, 9))], "期满考核": [moving.result("不合格", 59.5)]}),
    ("R19-4.early", {"撤销追缴禁申": [withdrawal(牌匾收回日=date(2026, 11, 20), **moving.ISSUED)]}),
    ("R12-2.plaque", {"公示命名": [moving.naming(牌匾编号="乌技师1"), moving.naming(公示轮次=2, 牌匾编号="乌技师1")]})])
def test_what_only_looks_like_it_is_left_alone(code, tables):
    assert code not in typed(**tables)
