"""Ledgers for tests of moves: one application or studio in each state, and how each move is filled in. All names invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.returns.make import LAW, application, credit_code, id_number, ledger
from toolkit.ledger import subjects
from toolkit.ledger.books import Books
from toolkit.ledger.dues.watch import Watch
from toolkit.regulation.calendar import holidays

ON = date(2026, 11, 25)
NAME = "赵一焊工技能大师工作室"
NUMBER = "2025-01"
LEADER, LEADER_BORN = "赵一", date(1980, 5, 20)
NAMED = date(2025, 3, 3)  # 建设周期至 2027-03-03，考核期间 2026-12-03 起，四年期至 2029-03-03
IN_WINDOW = date(2026, 12, 3)
AFTER = date(2027, 3, 4)
AFTER_FOUR = date(2029, 3, 4)
DECISION = "乌人社发〔2026〕8号"
NEW_ID = id_number(date(1985, 6, 1), serial=7)


def applied(**changes) -> dict:
    return application(**{"年度": 2026, "申报状态": "已受理"} | changes)


def public(**changes) -> dict:
    return {"年度": 2026, "工作室名称": NAME, "区县": "天山区", "领办人": LEADER, "申办单位": "甲机械有限公司", "职业(工种)": "焊工",
            "公示发布日": date(2026, 11, 20), "公示止日": date(2026, 11, 27)} | changes


OVER = {"公示发布日": date(2026, 11, 9), "公示止日": date(2026, 11, 16)}


def studio(**changes) -> dict:
    return {"工作室编号": NUMBER, "工作室名称": NAME, "区县": "天山区", "申办单位": "甲机械有限公司", "统一社会信用代码": credit_code(), "领办人": LEADER,
            "身份证号": id_number(LEADER_BORN), "职业(工种)": "焊工", "职业编码": "6-18-02-04", "状态": "有效", "命名文号": "乌人社发〔2025〕1号", "命名日期": NAMED,
            "建设周期起": NAMED, "建设周期止": date(2027, 3, 3), "四年期止": date(2029, 3, 3), "工作室地点": "示例路1号",
            "领办人退休日": date(2043, 5, 20)} | changes


def naming(**changes) -> dict:
    return public(年度=2025, 工作室编号=NUMBER, 公示发布日=date(2025, 2, 10), 公示止日=date(2025, 2, 17), 命名文号="乌人社发〔2025〕1号", 命名日期=NAMED) | changes


def result(grade: str, total: float) -> dict:
    return {"年度": 2026, "区县": "天山区", "工作室编号": NUMBER, "工作室名称": NAME, "考核日期": date(2026, 11, 9), "总分": total, "等次": grade}


def withdrawal(**changes) -> dict:
    return {"工作室编号": NUMBER, "工作室名称": NAME, "领办人": LEADER, "身份证号": id_number(LEADER_BORN), "申办单位": "甲机械有限公司",
            "统一社会信用代码": credit_code(), "职业(工种)": "焊工", "职业编码": "6-18-02-04", "依据条款": "第十九条（二）", "认定日": date(2026, 11, 10),
            "应追回额(元)": 100000} | changes


ISSUED = {"文号": DECISION, "文件印发日": date(2026, 11, 20)}


def change(**changes) -> dict:
    return {"工作室编号": NUMBER, "工作室名称": NAME, "事项": "工作地址", "发生日": date(2026, 11, 1), "申请日": date(2026, 11, 5), "原值": "示例路1号",
            "新值": "示例路2号", "原因": "搬迁"} | changes


def of_application(**changes) -> dict:
    return {"申报批次": [applied(**changes)]}


def of_public(**changes) -> dict:
    return {"申报批次": [applied(评审结论="通过")], "公示命名": [public(**changes)]}


def of_studio(status: str = "有效", **tables) -> dict:
    return {"工作室": [studio(状态=status)], "公示命名": [naming()]} | tables


STATES: dict[str, tuple[dict, date]] = {  # state → the ledger that is in it, the day
    "待说明": (of_application(申报状态="待说明"), ON), "挂起": (of_application(申报状态="挂起"), ON), "待核准": (of_application(申报状态="待核准"), ON),
    "待核撤回": (of_application(申报状态="待核撤回"), ON), "已撤回": (of_application(申报状态="已撤回"), ON),
    "裁定不保留": (of_application(申报状态="挂起", 裁定="不保留"), ON), "已受理": (of_application(), ON),
    "评审通过": (of_application(评审结论="通过"), ON), "评审未通过": (of_application(评审结论="不通过"), ON), "缓议": (of_application(评审结论="缓议"), ON),
    "公示中": (of_public(), ON), "异议待处理": (of_public(异议="是", **OVER), ON), "公示期满": (of_public(**OVER), ON),
    "不予命名": (of_public(异议="是", 异议处理结果="成立", 处理理由="查实", **OVER), ON),
    "已命名": (of_public(命名日期=date(2026, 11, 20), 命名文号="乌人社发〔2026〕7号", **OVER), ON),
    "周期未登记": ({"工作室": [studio(命名日期=None, 建设周期起=None, 建设周期止=None, 四年期止=None)]}, ON),
    "建设期": (of_studio(), ON), "期满考核": (of_studio(), IN_WINDOW),
    "考核不合格": (of_studio(期满考核=[result("不合格", 59.5)]), IN_WINDOW), "考核合格": (of_studio(期满考核=[result("合格", 60)]), AFTER),
    "已届满": (of_studio("已届满"), AFTER), "四年期满": (of_studio("已届满"), AFTER_FOUR), "退休保牌": (of_studio("退休保牌"), ON),
    "待印发决定": (of_studio(撤销追缴禁申=[withdrawal()]), ON), "已撤销": (of_studio("已撤销", 撤销追缴禁申=[withdrawal(**ISSUED)]), ON),
    "已取消": (of_studio("已取消", 撤销追缴禁申=[withdrawal(依据条款="第二十条（一）", 事由="超过一年以上不开展工作", **ISSUED)]), ON)}

NEEDED: dict[str, dict] = {  # move → what the ledger must also hold for it
    "核实变更": {"变更与重大事项": [change()]}, "批复变更": {"变更与重大事项": [change(核实意见="属实")]},
    "登记考核结果": {}, "印发取消决定": {"撤销追缴禁申": [withdrawal(依据条款="第二十条（一）")]}}

ANSWERS: dict[str, object] = {
    "核准文号": "乌人社函〔2026〕5号", "核准人": "钱二", "核准日期": ON, "核准理由": "有特殊贡献", "处理理由": "经核查", "备案日期": ON, "牌匾编号": "乌技师20250001",
    "日期": ON, "金额(元)": Decimal(100000), "凭证号": "记-12", "资金来源": "市级补助", "用途类别": "设施设备", "最近活动日": ON,
    "发生日": date(2026, 11, 1), "申请日": date(2026, 11, 5), "原因": "退休", "新值": "孙三", "身份证号": NEW_ID, "退休类别": "男60", "技能等级": "技师",
    "在职在聘": "是", "职业道德核查": "是", "统一社会信用代码": credit_code(9), "新离岗日": date(2044, 5, 20), "荣誉": "全国技术能手", "在本单位退休": "是",
    "核实意见": "属实", "备案/批复文号": "乌人社函〔2026〕20号", "批复日": ON, "事由发生日": date(2026, 10, 1), "认定日": ON, "认定依据": "局长办公会纪要〔2026〕3号",
    "文号": DECISION, "文件印发日": ON, "牌匾收回日": ON, "备案日": ON}
REASONS = {"认定领办人原因撤销": "领办人退休", "认定取消": "申办单位破产、倒闭"}


def tables_for(state: str, move: str) -> dict:
    """The ledger in a state, with what the move needs besides."""
    tables, _ = STATES[state]
    extra = NEEDED.get(move, {})
    return tables | {sheet: rows for sheet, rows in extra.items() if (sheet in tables) == (sheet == "撤销追缴禁申") and state not in ("已撤销", "已取消")}


def subject(tables: dict, on: date, law=LAW):
    """The first studio that a ledger tells of, its first application where it tells of none."""
    watch = Watch(Books(ledger(**{**{name: [] for name in REGISTERS}, **tables})), law, on, holidays())
    if "工作室" not in tables:
        return subjects.of_application(watch.books.applications[0], watch)
    return next(iter(subjects.everything(watch)))


REGISTERS = ("工作室", "申报批次", "公示命名", "经费", "期满考核", "变更与重大事项", "撤销追缴禁申")


def answers(move, **changes) -> dict[str, object]:
    """How a clerk fills in the cells of a move."""
    given = {path: ANSWERS.get(path.partition(".")[2], REASONS.get(move.name)) for path in move.fills if path in move.required}
    return given | {path: value for path in move.fills for header, value in changes.items() if path.endswith(f".{header}")}
