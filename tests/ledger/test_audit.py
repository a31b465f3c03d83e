"""校验台账：读不懂的格、重复的行、与条文或别处相矛盾的登记；每一条有正好通过、正好不通过的一对。"""

from datetime import date

import pytest

from tests.returns.make import LAW, ledger
from toolkit.forms.ledger import LEDGER
from toolkit.ledger.audit import audit
from toolkit.ledger.books import Books
from toolkit.ledger.ledger_rows import fingerprint
from toolkit.regulation.calendar import holidays

NAME = "赵一焊工技能大师工作室"
ON = date(2026, 12, 28)


def publicity(**changes):
    return {"年度": 2026, "工作室名称": NAME, "区县": "天山区", "领办人": "赵一", "申办单位": "甲公司", "职业(工种)": "焊工",
            "公示发布日": date(2026, 11, 20), "公示止日": date(2026, 11, 27)} | changes


def named(**changes):
    return publicity(命名日期=date(2026, 11, 28), 命名文号="乌人社发〔2026〕9号") | changes


def withdrawn(**changes):
    return {"工作室名称": NAME, "身份证号": "650102198001010015", "统一社会信用代码": "91650100MA00000000", "职业(工种)": "焊工",
            "依据条款": "第十九条（二）", "文件印发日": date(2026, 12, 1)} | changes


def entry(**changes):
    return {"工作室名称": NAME, "日期": date(2026, 12, 5), "类别": "支出", "用途类别": "人才培训", "金额(元)": 100} | changes


def application(**changes):
    return {"年度": 2026, "推荐区县": "天山区", "工作室名称": NAME, "领办人": "赵一", "身份证号": "1", "职业(工种)": "焊工"} | changes


def codes(**tables):
    found = audit(Books(ledger(**tables)), LAW, ON, holidays())
    return [(each.code, each.place.sheet, each.place.field) for each in found if each.code not in ("D-sheet", "F-id-length", "F-credit-check",
                                                                                                     "F-id-check")]


def member(**changes):
    row = {"年度": 2026, "区县": "天山区", "工作室名称": NAME, "姓名": "钱二", "身份证号": "650102199001020119", "人员类别": "技能人才"}
    return row | {"行指纹": fingerprint(row, LEDGER.sheet("人员"))} | changes


def studio(**changes):
    return {"工作室编号": "2026-01", "工作室名称": NAME, "身份证号": "650102198001010015", "统一社会信用代码": "91650100MA00000000",
            "命名日期": date(2026, 11, 28)} | changes


PAIRS = {  # 说明 → (正好不通过的登记, 代码, 项目), 正好通过的登记
    "异议读不懂": ({"公示命名": [publicity(异议="有异议，待查")]}, "F-yes-no", "异议", {"公示命名": [publicity(异议="有")]}),
    "公示止日读不懂": ({"公示命名": [publicity(公示止日="待定")]}, "F-date", "公示止日", {"公示命名": [publicity(公示止日="2026.11.27")]}),
    "荣誉没有认定": ({"申报批次": [application(优先荣誉="其他相当荣誉", 技术技能一线="是")]}, "R07-1d.establish", "荣誉认定",
               {"申报批次": [application(优先荣誉="其他相当荣誉", 技术技能一线="是", 荣誉认定="否")]}),
    "同一工作室两行": ({"公示命名": [publicity(), publicity()]}, "D-twice", "工作室名称", {"公示命名": [publicity(), publicity(工作室名称="乙")]}),
    "年度录错": ({"公示命名": [publicity(年度=2062)]}, "D-year", "年度", {"公示命名": [publicity(年度=2027)]}),
    "别的表年度录错": ({"申报批次": [application()], "人员": [member(年度=2062)]}, "D-year", "年度", {"申报批次": [application()], "人员": [member()]}),
    "身份证号清空了": ({"申报批次": [application(身份证号=None)]}, "D-key", "身份证号", {"申报批次": [application()]}),
    "年度清空了": ({"公示命名": [publicity(年度=None)]}, "D-key", "年度", {"公示命名": [publicity()]}),
    "成员姓名清空了": ({"人员": [member(姓名=None)]}, "D-key", "姓名", {"人员": [member()]}),
    "成员姓名被改过": ({"人员": [member(姓名="钱三")]}, "D-touched", "身份证号", {"人员": [member()]}),
    "成员的类别被改过": ({"人员": [member(人员类别="专业技术人才")]}, "D-touched", "身份证号", {"人员": [member()]}),
    "没有异议却有结果": ({"公示命名": [publicity(异议="否", 异议处理结果="成立", 处理理由="查实")]}, "R12-2.contradicts", "异议",
                {"公示命名": [publicity(异议="是", 异议处理结果="成立", 处理理由="查实")]}),
    "没有写理由": ({"公示命名": [publicity(异议="是", 异议处理结果="不成立")]}, "R12-2.reason", "处理理由",
             {"公示命名": [publicity(异议="是", 异议处理结果="不成立", 处理理由="查无实据")]}),
    "公示期内命名": ({"公示命名": [named(命名日期=date(2026, 11, 27))]}, "R12-2.named", "命名日期", {"公示命名": [named()]}),
    "异议未处理就命名": ({"公示命名": [named(异议="是")]}, "R12-2.named", "命名日期",
                {"公示命名": [named(异议="是", 异议处理结果="不成立", 处理理由="查无实据")]}),
    "公示止日太早": ({"公示命名": [publicity(公示止日=date(2026, 11, 26))]}, "R12-1.short", "公示止日", {"公示命名": [publicity(公示止日=None)]}),
    "等次不是办法的": ({"工作室": [{"工作室名称": NAME, "等次": "不及格"}]}, "F-choice", "等次", {"工作室": [{"工作室名称": NAME, "等次": "不合格"}]}),
    "等次与得分不合": ({"工作室": [{"工作室名称": NAME, "期满得分": 59.99, "等次": "合格"}]}, "R19-3.grade", "等次",
                {"工作室": [{"工作室名称": NAME, "期满得分": 60, "等次": "合格"}]}),
    "周期止早于起": ({"工作室": [{"工作室名称": NAME, "建设周期起": date(2025, 3, 3), "建设周期止": date(2025, 3, 2)}]}, "R12-3.order", "建设周期止",
               {"工作室": [{"工作室名称": NAME, "建设周期起": date(2025, 3, 3), "建设周期止": date(2027, 3, 3)}]}),
    "四年期早于周期": ({"工作室": [{"工作室名称": NAME, "建设周期止": date(2027, 3, 3), "四年期止": date(2027, 3, 2)}]}, "R12-3.order", "四年期止",
                {"工作室": [{"工作室名称": NAME, "建设周期止": date(2027, 3, 3), "四年期止": date(2029, 3, 3)}]}),
    "禁申止日写早了": ({"工作室": [{"工作室名称": NAME}], "撤销追缴禁申": [withdrawn(禁申止日=date(2028, 12, 1))]}, "R19-4.until", "禁申止日",
                {"工作室": [{"工作室名称": NAME}], "撤销追缴禁申": [withdrawn(禁申止日=date(2029, 12, 1))]}),
    "施行期外公示": ({"公示命名": [publicity(年度=2026, 公示发布日=date(2023, 8, 27))]}, "R22.act", "公示发布日",
                {"公示命名": [publicity(公示发布日=date(2023, 8, 28))]}),
    "有文号没有日期": ({"公示命名": [named(命名日期=None)]}, "R12-2.day", "命名日期", {"公示命名": [named()]}),
    "有日期没有文号": ({"公示命名": [named(命名文号=None)]}, "R12-2.number", "命名文号", {"公示命名": [named()]}),
    "文号用了两次": ({"公示命名": [named(), named(工作室名称="乙", 命名日期=date(2026, 12, 8))]}, "R12-2.reused", "命名文号",
              {"公示命名": [named(), named(工作室名称="乙")]}),
    "没有依据条款": ({"撤销追缴禁申": [withdrawn(依据条款=None)]}, "R19-4.ground", "依据条款", {"撤销追缴禁申": [withdrawn()]}),
    "不禁申的填了禁申": ({"撤销追缴禁申": [withdrawn(依据条款="第十八条（一）", 禁申止日=date(2029, 12, 1))]}, "R19-4.nobar", "禁申止日",
                {"撤销追缴禁申": [withdrawn(依据条款="第十八条（一）")]}),
    "禁申没有身份证号": ({"撤销追缴禁申": [withdrawn(身份证号=None)]}, "R19-4.whom", "身份证号", {"撤销追缴禁申": [withdrawn()]}),
    "支出没有用途": ({"经费": [entry(用途类别=None)]}, "D-entry", "用途类别", {"经费": [entry(类别="配套到位", 用途类别=None)]}),
    "没有日期": ({"经费": [entry(日期=None)]}, "D-entry", "日期", {"经费": [entry()]}),
    "类别读不懂": ({"经费": [entry(类别="报销")]}, "F-choice", "类别", {"经费": [entry(类别="支付")]}),
    "补助两次": ({"工作室": [{"工作室名称": NAME}], "经费": [entry(类别="补助拨付"), entry(类别="补助拨付", 日期=date(2026, 12, 6))]}, "R13-1.twice", "金额(元)",
             {"工作室": [{"工作室名称": NAME}], "经费": [entry(类别="补助拨付"), entry(类别="配套到位")]}),
    "撤销了还写有效": ({"工作室": [{"工作室名称": NAME, "状态": "有效"}], "撤销追缴禁申": [withdrawn()]}, "D-state", "状态",
               {"工作室": [{"工作室名称": NAME, "状态": "已撤销"}], "撤销追缴禁申": [withdrawn()]}),
    "核准没有写全": ({"申报批次": [application(核准文号="乌人社函〔2026〕3号", 核准人="张三", 核准日期=date(2026, 10, 8))]}, "R07-1a.approval", "核准理由",
              {"申报批次": [application(核准文号="乌人社函〔2026〕3号", 核准人="张三", 核准日期=date(2026, 10, 8), 核准理由="绝技绝活")]})}

PAIRS |= {f"工作室的{header}清空了": ({"工作室": [studio(**{header: None})]}, "D-unnumbered", header, {"工作室": [studio()]})
          for header in ("工作室编号", "身份证号", "统一社会信用代码", "命名日期")}


@pytest.mark.parametrize("kind", PAIRS)
def test_each_rule_just_fails_and_just_holds(kind):
    wrong, code, field, right = PAIRS[kind]
    sheet = next(reversed(wrong))
    assert (code, field) in [(found, at) for found, place, at in codes(**wrong) if place in wrong], codes(**wrong)
    assert code not in [found for found, *_ in codes(**right)], sheet


def test_an_empty_ledger_has_nothing_but_missing_sheets():
    found = audit(Books(ledger()), LAW, ON, holidays())
    assert {each.code for each in found} == {"D-sheet"}
