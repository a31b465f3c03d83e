"""现场的写法，一格一格：看不见的字符、间隔点、日期、电话、金额、占位的文字、不像姓名的姓名。写得出的都读得出或说得清，从不出错。"""

import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.returns.make import LAW
from toolkit.forms import FORMS
from toolkit.regulation import fold
from toolkit.returns import characters, numerals, rows, unfilled, values
from toolkit.returns.names import doubtful_name
from toolkit.sheets.grid import CellError

DAY = date(2023, 8, 5)

# ---- 字符 ----


@pytest.mark.parametrize("typed, meant", [
    ("赵\u200b虚构", "赵虚构"), ("\ufeff赵虚构", "赵虚构"), ("赵虚\u00ad构", "赵虚构"), ("\u202a赵虚构\u202c", "赵虚构"), ("赵\u2060虚\u2064构", "赵虚构"),
    ("赵虚构\ufe0f", "赵虚构"), ("赵虚\U000e0101构", "赵虚构"), ("赵虚\U000e0041构", "赵虚构"), ("赵\u0007虚构", "赵虚构"), ("赵\u3164虚构", "赵虚构"),
    ("出⽣⽇期", "出生日期"), ("⻋⼯", "车工"), ("⻢虚构", "马虚构"), ("\uf9e9虚构", "里虚构"), ("\U0002f81a", "冬"), ("Ａ１栋", "A1栋"),
    ("艾力･示例", "艾力·示例"), ("艾力•示例钳工", "艾力·示例钳工"), ("艾力 ‧ 示例", "艾力·示例"), ("甲\xa0乙", "甲 乙"), ("甲\u2003乙", "甲 乙"),
    ("面积60㎡", "面积60㎡"), ("①②", "①②"), ("½", "½"), ("（有限公司）", "（有限公司）"), ("10℃", "10℃"), ("𠮷野", "𠮷野"), ("\ud83d", "\ufffd")])
def test_only_what_cannot_change_the_meaning_is_replaced(typed, meant):
    assert characters.clean(typed) == meant


@given(st.text())
def test_cleaning_is_done_once_and_leaves_nothing_invisible(text):
    once = characters.clean(text)
    assert characters.clean(once) == once
    assert not any(unicodedata.category(each) in ("Cf", "Cs") and ord(each) not in characters._SEEN for each in once)


@pytest.mark.parametrize("reader, raw, value", [
    (values.text, "示例\u200b路１号", "示例路1号"), (values.person, "赵\u200d虚构", "赵虚构"), (values.studio, "艾力･示例 钳工技能大师工作室", "艾力·示例钳工技能大师工作室"),
    (values.studio, "艾力．示例钳工技能大师工作室", "艾力·示例钳工技能大师工作室"), (values.code, "6\u201318\u201002\u221204", "6-18-02-04"),
    (values.id_number, "65010219800520\u200b0112", "650102198005200112"), (values.credit_code, "91440300\u200b71526726XG", "9144030071526726XG"),
    (values.mobile, "\u202a13800000001\u202c", "13800000001"), (values.day, "2023\u200b-08-05", DAY), (values.money, "10\u200b万元", 100000),
    (values.year, "\u200b2026", 2026), (values.area, "60\ufeff㎡", 60)])
def test_every_kind_of_cell_is_cleaned_and_the_change_is_noted(reader, raw, value):
    read = reader(raw)
    assert (read.value, read.problem) == (value, "") and "读作" in read.note
    assert not any(unicodedata.category(each) == "Cf" for each in read.note)


def test_choices_are_cleaned_and_the_change_is_noted():
    column = next(column for form in FORMS for sheet in form.sheets for column in sheet.columns if column.header == "在职在聘")
    for origin in rows.Origin:
        assert rows.reader_for(column, LAW, origin)("是\u200b") == ("是", "", "“是（含看不见的字符）”读作“是”")


@pytest.mark.parametrize("dot", list("·•‧・･．.∙⋅●｡。˙᛫\u0387﹒"))
def test_every_spelling_of_the_dot_in_a_name(dot):
    assert values.person(f"艾力{dot}示例").value == "艾力·示例" and not values.person(f"艾力{dot}示例").problem
    assert values.person(f"艾力 {dot} 示例").value == "艾力·示例"


@pytest.mark.parametrize("lookalike", ["Ｘ", "х", "Х", "Χ", "×", "x"])
def test_lookalikes_of_the_last_character_of_an_id_number(lookalike):
    assert values.id_number("65010219890614412" + lookalike)[:2] == ("65010219890614412X", "")


def test_numbers_are_read_with_the_fifteen_digits_that_excel_shows():
    assert values.money(99999.99999999999).value == 100000 and values.area(30.000000000000004).value == 30
    assert values.count(2.9999999999999996).value == 3 and values.area(59.99).value == Decimal("59.99")
    assert values.shown(0.1 + 0.2) == "0.3" and values.text(1.1 + 2.2).value == "3.3" and values.code(0.1 + 0.2).value == "0.3"


# ---- 中文数字 ----

@pytest.mark.parametrize("words, number", [
    ("零", 0), ("十", 10), ("十二", 12), ("一十二", 12), ("二十八", 28), ("廿八", 28), ("卅一", 31), ("两", 2), ("两百", 200), ("两千两百", 2200),
    ("十五万", 150000), ("一百零五万", 1050000), ("壹拾伍万", 150000), ("五万三千", 53000), ("一万零五百", 10500), ("拾万零五千", 105000),
    ("一亿五千万", 150000000), ("一亿零五", 100000005), ("一千零五十", 1050)])
def test_numerals_that_are_right(words, number):
    assert numerals.whole(words) == number


@pytest.mark.parametrize("words", ["", "一二", "一〇", "二五", "一〇万", "一二万", "五万三", "一百五", "一千五", "一千零五百", "二百两", "零五", "二十零五", "万", "百万",
                                   "一万五", "十十", "百十", "一百万万", "二十两", "三四"])
def test_numerals_that_are_refused(words):
    with pytest.raises(ValueError):
        numerals.whole(words)


@pytest.mark.parametrize("words, sum_of_money", [
    ("壹拾万元整", "100000"), ("壹拾伍万圆整", "150000"), ("伍佰元零伍角", "500.5"), ("伍佰元伍角叁分", "500.53"), ("壹佰元零叁分", "100.03"), ("伍角", "0.5"),
    ("三分", "0.03"), ("零元", "0"), ("十万", "100000")])
def test_sums_in_words(words, sum_of_money):
    assert numerals.amount(words) == Decimal(sum_of_money)


@pytest.mark.parametrize("words", ["五分五角", "一〇万元", "伍佰元零", "元", "整", "壹元整五", "伍角伍角", "十元十角"])
def test_sums_that_are_refused(words):
    with pytest.raises(ValueError):
        numerals.amount(words)


@pytest.mark.parametrize("raw, value", [
    ("3.5万", 35000), ("１０万", 100000), ("10 万元", 100000), ("5千", 5000), ("1.2亿", 120000000), ("100，000", 100000), ("10,0000", 100000),
    ("人民币壹拾万元整", 100000), ("15万元整", 150000), ("￥100000.00", 100000), ("50百元", 5000), ("廿万元", 200000)])
def test_amounts(raw, value):
    assert values.money(raw)[:2] == (value, "")


@pytest.mark.parametrize("raw, problem", [
    ("一〇万元", "F-number"), ("一二万元", "F-number"), ("五万三", "F-number"), ("1e99999", "F-number"), ("1E5", "F-number"), ("10-15万", "F-number"),
    ("1,00", "F-number"), ("10万5", "F-number"), ("9" * 40, "F-number-large"), (1e300, "F-number-large"), (10**400, "F-number-large"),
    (float("inf"), "F-number"), (float("nan"), "F-number"), ("近10万", "F-number-vague"), ("不少于10万", "F-number-vague"), ("２.５.１", "F-number")])
def test_amounts_that_are_refused(raw, problem):
    assert values.money(raw)[:2] == (None, problem)


@pytest.mark.parametrize("raw, value", [("①", 1), ("⑿", 12), ("1.", None), (3.0, 3), ("三", 3), ("第一", None), ("一、", None)])
def test_the_row_number_is_never_a_problem(raw, value):
    assert values.serial(raw)[:2] == (value, "")


# ---- 日期 ----

@pytest.mark.parametrize("raw", [
    "2023-8-5 12:00", "2023-08-05T15:20:33", "2023-08-05T15:20:33.123Z", "2023年8月5号", "2023年8月5日 15时20分", "2023年8月5日星期六", "2023/8/5 0:00",
    "2023–8–5", "2023—08—05", "2023−8−5", "2023、8、5", "2023．8．5", "2023。8。5", "2023·8·5", "2023,8,5", "2023.8.5.", "2023.08.05日", "2023 - 8 - 5",
    "2023年8月5", "2023\\8\\5", "二〇二三年八月五日", "二〇二三年八月五号", "2023-8-5 下午3:05", "2023/8/5 3:05 PM", datetime(2023, 8, 5, 15, 20), 45143.64])
def test_days_in_every_spelling(raw):
    assert values.day(raw)[:2] == (DAY, "")


@pytest.mark.parametrize("raw, value", [
    ("2023年8月份", date(2023, 8, 1)), ("2023、8", date(2023, 8, 1)), ("二〇二三年十二月廿八日", date(2023, 12, 28)), ("二〇二三年十月卅一日", date(2023, 10, 31)),
    (20240901, date(2024, 9, 1)), ("20240901", date(2024, 9, 1))])
def test_other_days(raw, value):
    assert values.day(raw)[:2] == (value, "")
    assert values.day(raw).note


@pytest.mark.parametrize("raw, problem", [
    ("二〇二三年八月二五日", "F-date"), ("二〇二三年一二月", "F-date"), ("二〇二三年一〇月五日", "F-date"), ("23.8.5", "F-date-short-year"),
    ("23年8月5日", "F-date-short-year"), ("'98-10-1", "F-date-short-year"), ("农历八月十五", "F-date-lunar"), ("2023年正月初五", "F-date-lunar"),
    ("2023年闰二月5日", "F-date-lunar"), ("甲辰年八月", "F-date-lunar"), ("8/5/2023", "F-date"), ("2023.8.5-2023.9.1", "F-date"), ("2023-8-5 25时左右", "F-date"),
    ("1e99999", "F-date"), (1e300, "F-date"), (float("inf"), "F-date"), (10**400, "F-date"), (20241301, "F-date"), (time(8, 30), "F-date"),
    (timedelta(days=3), "F-date"), (date(9999, 12, 31), "F-date-late"), ("9999-12-31", "F-date-late"), ("1023-08-05", "F-date-early")])
def test_days_that_are_refused(raw, problem):
    assert values.day(raw)[:2] == (None, problem)


def test_serial_numbers_count_from_the_day_the_workbook_says():
    assert values.day(45143).value == DAY and values.day(45143 - 1462, epoch=values.LATER_EPOCH).value == DAY
    assert values.day(20230805, epoch=values.LATER_EPOCH).value == DAY


@pytest.mark.parametrize("raw, value", [("二〇二六年", 2026), ("2026年度", 2026), ("二○二六", 2026), (2026.0, 2026)])
def test_years(raw, value):
    assert values.year(raw)[:2] == (value, "")


# ---- 电话、编号 ----

@pytest.mark.parametrize("raw, value", [
    ("199-0000-0040", "19900000040"), ("199 0000 0040", "19900000040"), ("+86 199 0000 0040", "19900000040"), ("+86-19900000040", "19900000040"),
    ("8619900000040", "19900000040"), ("0086 19900000040", "19900000040"), ("199.0000.0040", "19900000040"), ("0991–7000040", "0991-7000040"),
    ("0991－7000040", "0991-7000040"), ("0991~7000040", "0991-7000040"), ("0991-700-0040", "0991-7000040"), ("0991-7000040转801", "0991-7000040-801"),
    ("7000040分机801", "7000040-801"), ("+86 991 7000040", "09917000040"), ("(0991) 7000040", "09917000040"), ("400-800-1234", "400-800-1234"),
    (19900000040.0, "19900000040")])
def test_telephone_numbers(raw, value):
    assert values.phone(raw)[:2] == (value, "")


@pytest.mark.parametrize("raw, problem", [
    ("19900000040/19900000041", "F-phone-several"), ("19900000040、0991-7000040", "F-phone-several"), ("19900000040 19900000041", "F-phone-several"),
    ("0991-7000040或19900000040", "F-phone-several"), ("1990000004", "F-phone"), ("199000000400", "F-phone"), ("无", "F-phone"),
    (date(1991, 7, 1), "F-code-date")])
def test_telephone_numbers_that_are_refused(raw, problem):
    assert values.phone(raw).problem == problem


@pytest.mark.parametrize("reader, raw, problem", [
    (values.code, "6.50104E+17", "F-scientific"), (values.id_number, "6.50102198005E+17", "F-scientific"), (values.credit_code, "9.1E+17", "F-scientific"),
    (values.code, "1E+05", "F-scientific"), (values.code, float("nan"), "F-digits-lost"), (values.code, date(2002, 6, 18), "F-code-date"),
    (values.id_number, datetime(2002, 6, 18), "F-code-date"), (values.id_number, "650102999905200116", "F-id-birth")])
def test_codes_that_are_refused(reader, raw, problem):
    assert reader(raw).problem == problem


# ---- 占位的文字 ----

NOTHING = ["=A1", "=DISPIMG(\"ID_0A1B\",1)", "＝A1", "=VLOOKUP(D6,Sheet9!A:B,2,0)", "_xlfn.DISPIMG(\"x\",1)", "#N/A", "#REF!", "#SPILL!", "Err:508", "null", "NULL", "None", "nan",
           "N/A", "-", "—", "——", "/", "\\", "|", ".", "…", "……", "？", "???", "***", "****", "xxx", "XX", "×××", "□□", "〓", "无", "没有", "同上", "〃", "″同上″", "见附件",
           "详见附件", "详见附件1", "见附表", "另附", "见备注", "待补", "待补充", "待定", "待核实", "待提供证书", "暂无", "暂缺", "暂未取得", "尚未办理", "空", "略", "不详", "未填",
           "请填写", "（待补）", "【待定】", "某某", "请选择", "不适用"]


@pytest.mark.parametrize("text", NOTHING)
def test_words_that_only_say_nothing_yet(text):
    assert unfilled.kind(characters.clean(text))


@pytest.mark.parametrize("text", [
    "示例路1号", "焊工", "待遇科", "无锡虚构机械有限公司", "同方股份有限公司", "见山装备有限公司", "S000065010001", "6-18-02-04", "O'Neil", "A", "1", "待业人员服务中心", "空调维修工",
    "略阳路3号", "吴某", "暂住地示例路", "如意路", "None Ltd", "Test 公司", "1-1", "+861380000", "2026-11-20", "见习", "无人机驾驶员", "无损检测员", "没有更多说明的长句子也是内容"])
def test_words_that_say_something(text):
    assert not unfilled.kind(text)


@pytest.mark.parametrize("header, raw, value, problem", [
    ("申办单位", "=A1", None, "F-formula-text"), ("申办单位", "同上", None, "F-placeholder"), ("领办人", "****", None, "F-placeholder"),
    ("工作室地点", "无", None, "F-placeholder"), ("职业(工种)", "见附件", None, "F-placeholder"), ("证书编号", "待补", None, "F-placeholder"),
    ("行政职务", "无", "无", ""), ("行政职务", "/", None, "F-placeholder"), ("优先荣誉", "无", "无", ""), ("优先荣誉", "同上", None, "F-placeholder"),
    ("曾获上级命名", "无", "否", ""), ("校企联合", "×", "否", ""), ("性别", "待定", None, "F-choice"), ("民族", "/", None, "F-choice"), ("合作单位", "无", None, ""),
    ("职业编码", "—", None, ""), ("备注", "无", "无", ""), ("备注", "见附件", "见附件", ""), ("序号", "同上", None, ""), ("面积(㎡)", "待定", None, "F-placeholder")])
def test_words_for_nothing_by_column(header, raw, value, problem):
    sheet = next(form for form in FORMS if form.id == "recommendation").sheets[0]
    read = rows.reader_for(sheet.by_header[header], LAW, rows.Origin.RETURN)(raw)
    assert (read.value, read.problem) == (value, problem)
    if value is None and not problem:
        assert raw in read.note


def test_in_an_assessment_what_stands_in_a_cell_counts_so_it_must_go():
    roster = next(form for form in FORMS if form.id == "assessment").sheets[0]
    assert rows.reader_for(roster.by_header["协议编号"], LAW, rows.Origin.ASSESSMENT)("待补").problem == "F-placeholder"


def test_the_ledger_keeps_what_was_written_into_it():
    form = next(form for form in FORMS if form.id == "ledger")
    sheet = form.sheet("公示命名")
    assert rows.reader_for(form.sheet("申报批次").by_header["市局备注"], LAW)("待定") == ("待定", "", "")
    assert rows.reader_for(sheet.by_header["处理理由"], LAW)("待定") == (None, "F-placeholder", "")
    assert rows.reader_for(sheet.by_header["公示止日"], LAW)("待定") == (None, "F-date", "")
    assert rows.reader_for(sheet.by_header["公示止日"], LAW)(date(9999, 12, 31)).value == date(9999, 12, 31)


# ---- 姓名 ----

@pytest.mark.parametrize("name", ["赵虚构", "欧阳示例", "艾力·示例", "买买提·艾力·示例", "示例古丽", "John Smith", "O'Neil", "㐂示例", "𠮷示例", "等示例", "ئەلى"])
def test_names(name):
    assert doubtful_name(name) == ""


@pytest.mark.parametrize("name", [
    "赵?构", "赵？构", "赵□构", "赵〓构", "赵○构", "赵〇构", "赵1构", "赵一2", "赵虚构😀", "赵(虚)构", "赵虚构（已调离）", "\ue863虚构", "赵\ufffd构", "赵虚构等", "赵虚构等3人",
    "赵虚构等三人", "赵先生", "赵虚构同志", "赵师傅", "赵yi构", "赵某", "赵某某", "赵*构", "赵虚构、钱虚构", "赵虚构/钱虚构", "赵", "·赵虚构", "赵虚构·", "赵⿰构", "虚" * 40])
def test_what_is_hardly_a_name(name):
    assert doubtful_name(name)


def test_a_doubtful_name_is_kept_and_asked_about():
    assert values.asked_person("赵?构") == ("赵?构", "F-name", "") and values.person("赵?构") == ("赵?构", "", "")


# ---- 下拉项 ----

@pytest.mark.parametrize("name, raw, value", [
    ("ethnic_groups", "汉", "汉族"), ("ethnic_groups", "维族", "维吾尔族"), ("ethnic_groups", "维", "维吾尔族"), ("ethnic_groups", "回", "回族"),
    ("ethnic_groups", "哈族", "哈萨克族"), ("yes_no", "☑", "是"), ("yes_no", "✔️", "是"), ("yes_no", "√", "是"), ("yes_no", "×", "否"), ("yes_no", "✖", "否"),
    ("yes_no", "☑是 □否", "是"), ("yes_no", "□是☑否", "否"), ("yes_no", "Ｙ", "是"), ("sexes", "□男 ☑女", "女")])
def test_choices(name, raw, value):
    from toolkit.returns.choosing import choice_reader
    assert choice_reader(LAW.lists[name])(raw)[:2] == (value, "")


@pytest.mark.parametrize("raw", ["☑是☑否", "□是□否", "☒", "是否"])
def test_boxes_that_do_not_tell(raw):
    from toolkit.returns.choosing import choice_reader
    assert choice_reader(LAW.lists["yes_no"])(raw)[:2] == (None, "F-yes-no")


def test_every_ethnic_group_is_known_without_its_last_character():
    names = LAW.lists["ethnic_groups"].names
    assert all(LAW.lists["ethnic_groups"].by_spelling[fold(name.removesuffix("族"))].name == name for name in names)


# ---- 从不出错 ----

ANYTHING = st.one_of(
    st.none(), st.text(), st.integers(), st.integers(-10**400, 10**400), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.timedeltas(),
    st.text("0123456789年月日号.-/一二三四五六七八九十百千万亿零元角分廿卅两T: eE+()", max_size=20), st.builds(CellError, st.sampled_from(["#N/A", "#SPILL!"])))


def _kind(column, origin):
    return (column.kind, column.choices, column.header in ("序号", "领办人手机", "工作室名称"), column.required, column.prose, column.none_counts, origin)


READERS = tuple({_kind(column, origin): rows.reader_for(column, LAW, origin)
                 for origin in rows.Origin for form in FORMS for sheet in form.sheets for column in sheet.columns}.values())


@given(ANYTHING)
def test_no_reader_of_any_column_ever_raises(raw):
    for reader in READERS:
        read = reader(raw)
        assert isinstance(read, values.Read) and (read.value is None or not read.problem or read.problem.startswith("F-"))
        values.shown(read.value)
