"""Every rule with the value that just passes and the one that just fails."""

from datetime import date

import pytest

from tests.returns.make import (
    LAW,
    TODAY,
    application,
    book,
    check,
    codes,
    credit_code,
    id_number,
    ledger,
    material,
    member,
    one,
)
from toolkit.ledger.ledger_rows import rows
from toolkit.returns.messages import MESSAGES
from toolkit.sheets.grid import CellError


def test_a_clean_return_has_no_findings():
    assert codes(check(book([application()]))) == []


# 字段、通过值、不通过值、代码、为什么
PAIRS = [
    ("产业集群", "粮油产业集群", "其他/不属于", "R02-1", "第二条：主要围绕八大产业集群"),
    ("载体类型", "技工院校", "其他", "R02-2", "第二条：等载体，其他转人工"),
    ("曾获上级命名", "否", "是", "R03-4", "第三条：命名过的不再参加"),
    ("技能等级", "技师", "高级工", "R07-1a", "第七条（一）：技师及以上"),
    ("在职在聘", "是", "否", "R07-1b", "第七条（一）：在职在聘"),
    ("优先荣誉", "全国技术能手", "其他相当荣誉", "R07-1d", "第七条（一）：等称号由市局认定"),
    ("优先荣誉", "自治区三八红旗手", "三八红旗手", "R07-1d.level", "第七条（一）：自治区及以上"),
    ("职业道德核查", "是", "否", "R07-3", "第七条（三）：只登记结论"),
    ("管理制度", "是", "否", "R07-4", "第七条（四）：缺项清单"),
    ("固定场所", "是", "否", "R07-5", "第七条（五）：固定场所"),
    ("面积(㎡)", 30, 29.9, "R07-5.area", "附件2：30平方米，申办仅提示"),
    ("承诺配套资金(元)", 100000, 99999.99, "R07-6", "第十三条：不低于市级补助"),
    ("配套承诺盖章", "是", "否", "R07-6.seal", "附件1：承诺盖章"),
    ("推荐区县", "天山区", "米东区", "R09-1", "第九条：属地推荐"),
    ("初审意见", "同意推荐", "不同意推荐", "R10", "第十条：初审"),
    ("初审日期", date(2026, 11, 20), date(2026, 11, 21), "R10.date", "初审不晚于填报"),
    ("参加工作时间", date(1996, 5, 20), date(1996, 5, 19), "A1-2.work", "满16周岁当日起"),
    ("出生日期", date(1980, 5, 20), date(1980, 5, 21), "A1-2.birth", "与身份证一致"),
    ("工作室名称", "赵一焊工技能大师工作室", "赵一电焊技能大师工作室", "R09-3", "第九条（二）：姓名＋职业（工种）"),
    ("团队人数(不含领办人)", 2, 3, "R07-2.count", "与团队成员表一致"),
]


@pytest.mark.parametrize("header, good, bad, code, why", PAIRS, ids=[pair[3] for pair in PAIRS])
def test_boundary(header, good, bad, code, why):
    studio = application()["工作室名称"]
    team, papers = [member(studio, 1), member(studio, 2)], [material(studio)]
    if header == "工作室名称":
        team, papers = ([row | {"工作室名称": bad} for row in rows] for rows in (team, papers))
    assert code not in codes(check(book([application(**{header: good})], None if header == "工作室名称" else team,
                                        None if header == "工作室名称" else papers))), why
    found = one(check(book([application(工作室名称=studio) | {header: bad}], team, papers)), code)
    assert found.place.field and found.place.cell and found.clause, why


@pytest.mark.parametrize("sex, category, code", [("男", "男60", None), ("男", "女55", "A1-2.retirement-sex")])
def test_retirement_category_fits_the_sex(sex, category, code):
    found = codes(check(book([application(性别=sex, 退休类别=category)])))
    assert (code in found) if code else found == []


def test_sex_against_the_id_number():
    assert "A1-2.sex" in codes(check(book([application(性别="女", 退休类别="女55")])))


# 男60，1965年5月20日生：法定退休日 2025-07-20…取满2年的前后两日
@pytest.mark.parametrize("born, code, why", [
    (date(1967, 2, 20), "R07-1c", "2027年退休，不足2年"), (date(1970, 5, 20), None, "2031年退休，超过2年")])
def test_two_years_to_retirement(born, code, why):
    row = application(出生日期=born, 身份证号=id_number(born), 参加工作时间=date(1990, 7, 1))
    assert [each for each in codes(check(book([row]))) if each == "R07-1c"] == ([code] if code else []), why


def test_two_years_to_the_day():
    """1967-08-20 生（男60延8个月）：2028-04-20 退休；恰满2年的截止日是 2026-04-20。"""
    born = date(1967, 8, 20)
    row = application(出生日期=born, 身份证号=id_number(born), 参加工作时间=date(1990, 7, 1), 初审日期=date(2026, 4, 1))
    assert "R07-1c" not in codes(check(book([row], filled=date(2026, 4, 20))))
    assert "R07-1c" in codes(check(book([row], filled=date(2026, 4, 21))))


def test_the_bureaus_deadline_replaces_the_filling_date():
    born = date(1967, 8, 20)
    row = application(出生日期=born, 身份证号=id_number(born), 参加工作时间=date(1990, 7, 1), 初审日期=date(2026, 4, 1))
    law = LAW.overridden({"application_deadline": date(2026, 4, 20)})
    assert "R07-1c" not in codes(check(book([row], filled=date(2026, 4, 30)), law=law))


def test_only_the_city_s_own_approval_admits_a_lower_level():
    row = application(技能等级="高级工", 备注="市局2026年11月1日核准，张某批准")
    checked = check(book([row]))
    found = one(checked, "R07-1a")
    assert found.open and checked.outcome(checked.cases[0]) == "待核准"
    registered = {"年度": 2026, "推荐区县": "天山区", **{header: row[header] for header in ("领办人", "身份证号", "职业(工种)")},
                  "核准文号": "乌人社函〔2026〕3号", "核准人": "张三", "核准日期": date(2026, 11, 2), "核准理由": "绝技绝活"}
    approved = check(book([row]), against=ledger(申报批次=[registered]))
    assert not one(approved, "R07-1a").open and approved.outcome(approved.cases[0]) == "已受理"
    partly = check(book([row]), against=ledger(申报批次=[registered | {"核准理由": None}]))
    assert partly.outcome(partly.cases[0]) == "待核准", "四项写全才算核准"


@pytest.mark.parametrize("remark, explains", [("无", False), ("/", False), ("——", False), ("见附件", False), (None, False), ("扩建中，明年交付", True)])
def test_a_remark_that_says_nothing_explains_nothing(remark, explains):
    assert one(check(book([application(备注=remark, **{"面积(㎡)": 20})])), "R07-5.area").open is not explains


@pytest.mark.parametrize("changes, code", [({"载体类型": "其他"}, "R02-2"), ({"优先荣誉": "其他相当荣誉"}, "R07-1d")])
def test_what_the_city_approves_no_remark_settles(changes, code):
    checked = check(book([application(备注="载体是行业协会，荣誉见证书", **changes)]))
    assert one(checked, code).open and checked.outcome(checked.cases[0]) == "待核准"


@pytest.mark.rule("R07-1d")
@pytest.mark.parametrize("found, mark", [("是", "优先"), ("否", None), (None, "待认定")])
def test_an_honour_is_found_equivalent_in_the_ledger_and_marked_so(found, mark):
    row = application(优先荣誉="其他相当荣誉", 技术技能一线="是")
    known = {"年度": 2026, "推荐区县": "天山区", **{header: row[header] for header in ("领办人", "身份证号", "职业(工种)")}, "荣誉认定": found}
    checked = check(book([row]), against=ledger(申报批次=[known]))
    assert one(checked, "R07-1d").open is (found is None)
    (entered,) = (each for each in rows(checked.cases[0], checked) if each.sheet == "申报批次")
    assert entered.values["优先"] == mark


@pytest.mark.parametrize("change, code, why", [
    ({"是否正式员工": "否"}, "R07-2", "非正式员工不计"), ({"身份证号": id_number(date(1990, 1, 2), "男", 1)}, "R07-2", "身份证号重复只计一人"),
    ({}, None, "恰好2人")])
def test_team_minimum(change, code, why):
    studio = application()["工作室名称"]
    team = [member(studio, 1), member(studio, 2, **change)]
    found = codes(check(book([application()], team)))
    assert ("R07-2" in found) == (code == "R07-2"), why


def test_the_leader_is_not_a_member():
    studio = application()["工作室名称"]
    team = [member(studio, 1), member(studio, 2), member(studio, 3, 姓名="赵一", 身份证号=application()["身份证号"])]
    assert codes(check(book([application()], team))) == ["R07-2.leader"]


def test_young_assistants_are_counted_by_the_parameter():
    studio = application()["工作室名称"]
    old = [member(studio, n, 身份证号=id_number(date(1980, 11, 20), "男", n)) for n in (1, 2)]
    assert codes(check(book([application()], old))) == ["R02-3"]
    assert codes(check(book([application()], old), law=LAW.overridden({"young_member_age": 46}))) == []


def test_a_member_of_two_studios_is_asked_about():
    two = [application(), application(领办人="孙三", 身份证号=id_number(date(1980, 5, 20), "男", 5), 申办单位="乙公司",
                                      统一社会信用代码=credit_code(2), 职业编码="6-31-01-03", **{"职业(工种)": "电工"})]
    shared = [member(row["工作室名称"], n) for row in two for n in (1, 2)]
    assert codes(check(book(two, shared))) == ["R07-2.shared"] * 4


def test_cooperation_names_the_partner():
    assert codes(check(book([application(校企联合="是")]))) == ["R08"]
    assert codes(check(book([application(校企联合="是", 合作单位="丙职业学院")]))) == []


def test_missing_papers_are_listed_in_one_go():
    studio = application()["工作室名称"]
    found = one(check(book([application(材料齐全="否")], None, [material(studio, 申报表="否", 单位情况="否")])), "R09-2")
    assert found.value == "申报表（第九条（一））、单位情况（第九条（三））"
    assert codes(check(book([application()], None, []))) == ["R09-2.none"]
    assert "R09-2.differs" in codes(check(book([application()], None, [material(studio, 申报表="否")])))


@pytest.mark.parametrize("name, typed, fine", [
    ("赵一焊工技能大师工作室", "焊工(电焊工)", True), ("赵一电焊工技能大师工作室", "焊工（电焊工）", True),
    ("赵一焊工(电焊工)技能大师工作室", "焊工（电焊工）", True), ("赵一钳工技能大师工作室", "焊工（电焊工）", False)])
def test_either_occupation_or_trade_may_stand_in_the_name(name, typed, fine):
    found = codes(check(book([application(工作室名称=name, **{"职业(工种)": typed})])))
    assert ("R09-3" not in found) is fine


def other_district(**changes):
    row = application(**({"推荐区县": "米东区", "领办人": "孙三", "身份证号": id_number(date(1980, 5, 20), "男", 5), "申办单位": "乙公司",
                          "统一社会信用代码": credit_code(2), "职业编码": "6-31-01-03", "职业(工种)": "电工"} | changes))
    team = [member(row["工作室名称"], n) for n in (71, 72)]
    return book([row], team, file="米东区.xlsx", unit="米东区人力资源和社会保障局")


def test_one_leader_in_two_districts_is_held_in_both():
    checked = check(book([application()]), other_district(领办人="赵一", 身份证号=application()["身份证号"]))
    assert codes(checked) == ["R03-2.batch"] * 2
    assert {checked.outcome(case) for case in checked.cases} == {"挂起"}
    assert "米东区.xlsx" in checked.findings[0].message


def test_same_unit_and_occupation_is_held_in_both():
    same = {"申办单位": "甲机械有限公司", "统一社会信用代码": credit_code(), "职业编码": "6-18-02-04", "职业(工种)": "焊工"}
    assert codes(check(book([application()]), other_district(**same))) == ["R03-3.batch"] * 2
    trade = same | {"职业(工种)": "焊工(气焊工)"}
    first = book([application(**{"职业(工种)": "焊工(电焊工)"})])
    assert codes(check(first, other_district(**trade))) == ["R03-3.trade"] * 2


def test_namesakes_of_one_occupation_are_asked_about():
    same = {"领办人": "赵一", "职业编码": "6-18-02-04", "职业(工种)": "焊工"}
    assert codes(check(book([application()]), other_district(**same))) == ["R03-2.name"] * 2


def test_branches_of_one_organisation_are_asked_about():
    main = credit_code()
    from toolkit.regulation.identity import credit_check_character
    branch = "92" + main[2:17]
    branch += credit_check_character(branch)
    same = {"统一社会信用代码": branch, "职业编码": "6-18-02-04", "职业(工种)": "焊工"}
    assert codes(check(book([application()]), other_district(**same))) == ["R03-3.branch"] * 2


STUDIO = {"工作室名称": "赵一焊工技能大师工作室", "领办人": "赵一", "身份证号": application()["身份证号"], "申办单位": "旧单位", "职业(工种)": "焊工",
          "职业编码": "6-18-02-04", "统一社会信用代码": credit_code(9)}


@pytest.mark.parametrize("status, code", [("有效", "R03-2"), ("已撤销", None), ("已届满", None)])
def test_only_valid_studios_count(status, code):
    found = codes(check(book([application()]), against=ledger(工作室=[STUDIO | {"状态": status}])))
    assert found == ([code] if code else [])


def test_a_unit_with_a_valid_studio_of_the_occupation():
    unit = STUDIO | {"领办人": "李四", "身份证号": id_number(date(1975, 1, 1)), "统一社会信用代码": credit_code(), "状态": "有效"}
    assert codes(check(book([application()]), against=ledger(工作室=[unit]))) == ["R03-3"]
    trade = unit | {"职业(工种)": "焊工(气焊工)"}
    row = application(**{"职业(工种)": "焊工(电焊工)"})
    assert codes(check(book([row]), against=ledger(工作室=[trade]))) == ["R03-3.trade"]


@pytest.mark.parametrize("row, code", [
    ({"身份证号": application()["身份证号"]}, "R03-4.hit"), ({"统一社会信用代码": credit_code(), "职业(工种)": "焊工"}, "R03-4.hit"),
    ({"领办人": "赵一"}, "R03-4.name"), ({"统一社会信用代码": credit_code(), "职业(工种)": "电工"}, None)])
def test_named_by_state_or_region(row, code):
    found = codes(check(book([application()]), against=ledger(上级命名库=[{"工作室名称": "某工作室", "层级": "国家级"} | row])))
    assert found == ([code] if code else [])


@pytest.mark.parametrize("issued, code, why", [
    (date(2023, 11, 20), "R19-4.bar", "三年对应日当天仍在禁申期"), (date(2023, 11, 19), None, "对应日次日可申")])
def test_the_bar_lasts_three_years(issued, code, why):
    row = {"工作室名称": "某工作室", "身份证号": application()["身份证号"], "文件印发日": issued, "职业(工种)": "焊工",
           "依据条款": "第十九条（二）"}
    assert codes(check(book([application()]), against=ledger(撤销追缴禁申=[row]))) == ([code] if code else []), why


@pytest.mark.parametrize("occupation, code", [("焊工", "R19-4.bar"), ("电工", "R19-4.unit")])
def test_the_bar_on_a_unit(occupation, code):
    row = {"工作室名称": "某工作室", "统一社会信用代码": credit_code(), "禁申止日": date(2027, 1, 1), "职业(工种)": occupation,
           "依据条款": "第十九条（二）"}
    assert codes(check(book([application()]), against=ledger(撤销追缴禁申=[row]))) == [code]


@pytest.mark.parametrize("ground, code, why", [
    ("第十八条（一）", [], "第十八条（一）的撤销不禁申"), ("第二十条（三）", [], "第二十条的取消没有写禁申"),
    (None, ["D-unsure"], "没有依据条款，不能判断"), ("领导意见", ["D-unsure"], "读不懂，不能判断")])
def test_only_the_failed_assessment_bars(ground, code, why):
    row = {"身份证号": application()["身份证号"], "文件印发日": date(2026, 1, 5), "职业(工种)": "焊工", "依据条款": ground}
    assert codes(check(book([application()]), against=ledger(撤销追缴禁申=[row]))) == code, why


@pytest.mark.parametrize("subject, person, unit", [("领办人", True, False), ("申办单位同职业", False, True), (None, True, True)])
def test_the_bar_meets_whom_the_decision_names(subject, person, unit):
    common = {"文件印发日": date(2026, 1, 5), "职业(工种)": "焊工", "依据条款": "第十九条（二）", "禁申对象": subject}
    by_person = ledger(撤销追缴禁申=[common | {"身份证号": application()["身份证号"]}])
    by_unit = ledger(撤销追缴禁申=[common | {"统一社会信用代码": credit_code()}])
    assert ("R19-4.bar" in codes(check(book([application()]), against=by_person))) is person
    assert ("R19-4.bar" in codes(check(book([application()]), against=by_unit))) is unit


def test_a_studio_counts_before_anyone_copies_it_into_the_register():
    named = {"年度": 2025, "工作室名称": "赵一焊工技能大师工作室", "领办人": "赵一", "申办单位": "甲公司", "职业(工种)": "焊工", "命名日期": date(2025, 12, 1)}
    applied = {"年度": 2025, "推荐区县": "天山区", "工作室名称": "赵一焊工技能大师工作室", "领办人": "赵一", "身份证号": application()["身份证号"]}
    assert "R03-2" in codes(check(book([application()]), against=ledger(公示命名=[named], 申报批次=[applied])))


NA = CellError("#N/A")
ELSEWHERE = {"统一社会信用代码": credit_code(9), "申办单位": "乙公司"}
OTHER_PERSON = {"领办人": "李四", "身份证号": id_number(date(1975, 1, 1)), "统一社会信用代码": credit_code(), "申办单位": "甲机械有限公司"}
BARRED = {"工作室名称": "某工作室", "领办人": "赵一", "身份证号": application()["身份证号"], "文件印发日": date(2026, 1, 5), "依据条款": "第十九条（二）"}


@pytest.mark.rule("R03-2", "R03-3", "R03-4", "R19-4")
@pytest.mark.parametrize("sheet, row, code", [
    ("工作室", ELSEWHERE, "R03-2"), ("工作室", ELSEWHERE | {"身份证号": None}, "R03-2.noid"), ("工作室", ELSEWHERE | {"身份证号": NA}, "D-unsure"),
    ("工作室", ELSEWHERE | {"身份证号": application()["身份证号"][:-1]}, "D-unsure"),
    ("工作室", ELSEWHERE | {"身份证号": id_number(date(1975, 1, 1))}, "R03-2.name"),
    ("工作室", ELSEWHERE | {"身份证号": id_number(date(1975, 1, 1)), "职业(工种)": "电工", "职业编码": "6-31-01-03"}, None),
    ("工作室", OTHER_PERSON | {"职业(工种)": None}, "R03-3"), ("工作室", OTHER_PERSON | {"职业(工种)": None, "职业编码": None}, "R03-3.blank"),
    ("工作室", OTHER_PERSON | {"职业(工种)": NA, "职业编码": None}, "D-unsure"), ("工作室", OTHER_PERSON | {"职业(工种)": "电工", "职业编码": NA}, None),
    ("撤销追缴禁申", BARRED | {"身份证号": None}, "R19-4.noid"), ("撤销追缴禁申", BARRED | {"身份证号": "6501021980"}, "D-unsure"),
    ("撤销追缴禁申", BARRED | {"身份证号": NA}, "D-unsure"), ("撤销追缴禁申", BARRED | {"身份证号": None, "文件印发日": date(2023, 11, 19)}, None),
    ("撤销追缴禁申", BARRED | {"身份证号": id_number(date(1975, 1, 1))}, None),
    ("上级命名库", {"层级": "国家级", "工作室名称": "某工作室", "统一社会信用代码": credit_code(), "职业(工种)": None}, "R03-4.blank"),
    ("上级命名库", {"层级": "国家级", "工作室名称": "某工作室", "统一社会信用代码": credit_code(), "职业(工种)": NA}, "D-unsure")])
def test_a_register_that_does_not_say_who_it_is_about_is_asked_about(sheet, row, code):
    known = STUDIO | {"状态": "有效"} if sheet == "工作室" else {}
    assert codes(check(book([application()]), against=ledger(**{sheet: [known | row]}))) == ([code] if code else [])


@pytest.mark.rule("R07-1a")
@pytest.mark.parametrize("changes, approved", [
    ({}, True), ({"核准文号": "/"}, False), ({"核准文号": "无"}, False), ({"核准文号": "未经核准"}, False), ({"核准人": "/"}, False), ({"核准理由": "无"}, False),
    ({"核准理由": NA}, False), ({"核准日期": "待定"}, False), ({"核准日期": None}, False)])
def test_an_exception_is_approved_by_a_document(changes, approved):
    row = application(技能等级="高级工")
    said = {"年度": 2026, "核准文号": "乌人社函〔2026〕5号", "核准人": "钱二", "核准日期": TODAY, "核准理由": "有特殊贡献"}
    assert (not one(check(book([row]), against=ledger(申报批次=[row | said | changes])), "R07-1a").open) is approved


@pytest.mark.rule("R19-4")
def test_a_bar_that_names_the_studio_alone_meets_its_leader():
    bar = {"工作室名称": STUDIO["工作室名称"], "文件印发日": date(2026, 1, 5), "依据条款": "第十九条（二）"}
    assert codes(check(book([application()]), against=ledger(工作室=[STUDIO | {"状态": "已撤销"}], 撤销追缴禁申=[bar]))) == ["R19-4.bar"]


@pytest.mark.parametrize("status, counts", [("有效", True), (None, True), ("已届满", False), ("已撤销", False)])
def test_a_blank_state_counts_as_valid(status, counts):
    row = {"工作室名称": "某工作室", "身份证号": application()["身份证号"], "状态": status}
    assert ("R03-2" in codes(check(book([application()]), against=ledger(工作室=[row])))) is counts


@pytest.mark.parametrize("changes, code", [
    ({"职业编码": "6-18-02-05"}, "R03-3.code"), ({"统一社会信用代码": credit_code(7)}, "R03-3.unit"), ({}, "R03-3")])
def test_one_digit_does_not_hide_the_same_unit_and_occupation(changes, code):
    own = application()
    row = {"工作室名称": "某工作室", "身份证号": id_number(date(1980, 5, 20), "男", 9), "状态": "有效",
           **{header: own[header] for header in ("申办单位", "统一社会信用代码", "职业(工种)", "职业编码")}} | changes
    assert code in codes(check(book([own]), against=ledger(工作室=[row])))


def test_pending_in_another_district_counts_unless_that_district_returned_too():
    pending = {"年度": 2026, "推荐区县": "米东区", "工作室名称": "赵一焊工技能大师工作室", "领办人": "赵一",
               "身份证号": application()["身份证号"], "职业(工种)": "焊工"}
    assert codes(check(book([application()]), against=ledger(申报批次=[pending]))) == ["R03-2.batch"]
    assert codes(check(book([application()]), other_district(), against=ledger(申报批次=[pending]))) == []
    assert codes(check(book([application()]), against=ledger(申报批次=[pending | {"年度": 2025}]))) == []


def test_one_batch_a_year():
    done = ledger(公示命名=[{"年度": 2026, "工作室名称": "某工作室", "命名日期": date(2026, 5, 1)}])
    assert codes(check(book([application()]), against=done)) == ["R03-1"]


@pytest.mark.parametrize("other", [{}, {"职业(工种)": "焊工", "职业编码": "6-18-02-04"}], ids=["另一职业", "同一职业"])
def test_a_ruling_releases_the_held_application_it_was_given_to(other):
    row = {"年度": 2026, "推荐区县": "天山区", "身份证号": application()["身份证号"], "职业(工种)": "焊工"}
    both = [book([application()]), other_district(领办人="赵一", 身份证号=application()["身份证号"], **other)]
    checked = check(*both, against=ledger(申报批次=[row | {"裁定": "保留"}]))
    assert [checked.outcome(case) for case in checked.cases] == ["已受理", "挂起"]


def test_outside_the_regulations_term_is_asked_about():
    found = one(check(book([application(初审日期=date(2028, 8, 1))], filled=date(2028, 8, 28))), "R22")
    assert found.level == "提示" and found.clause == "第二十二条"


def test_an_explanation_settles_a_query_and_is_remembered_while_the_value_stands():
    query = {"面积(㎡)": 25}
    assert one(check(book([application(**query)])), "R07-5.area").open
    explained = check(book([application(备注="场所正在扩建", **query)]))
    assert not one(explained, "R07-5.area").open
    known = {"键": explained.cases[0].key, "代码": "R07-5.area", "值": "25", "说明": "场所正在扩建"}
    assert not one(check(book([application(**query)]), against=ledger(提示说明=[known])), "R07-5.area").open
    changed = check(book([application(备注="场所正在扩建", **{"面积(㎡)": 20})]), against=ledger(提示说明=[known]))
    assert one(changed, "R07-5.area").open and "25" in one(changed, "R07-5.area").message


def test_computed_cells_are_compared():
    row = application(法定退休日期=date(2041, 5, 20), 距退休满2年="否")
    assert codes(check(book([row]))) == ["F-computed"] * 2
    assert codes(check(book([application(法定退休日期=date(2043, 5, 20), 距退休满2年="是")]))) == []


def test_every_message_code_has_level_and_two_sentences():
    for code, (level, wording) in MESSAGES.items():
        if wording == "{value}":
            continue  # the sentence of a UserError, tested where it is raised
        assert level in ("错误", "提示"), code
        assert "请" in wording and wording.endswith("。"), code
        assert not any(word in wording for word in ("非法", "异常", "invalid", "error")), code
    assert TODAY.year == 2026


def test_the_number_of_young_assistants_is_a_parameter():
    assert codes(check(book([application()]), law=LAW.overridden({"assistants_minimum": 2}))) == []
    assert codes(check(book([application()]), law=LAW.overridden({"assistants_minimum": 3}))) == ["R02-3"]
