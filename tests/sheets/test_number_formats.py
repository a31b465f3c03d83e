"""数字格式让人看到的与存的不同：前导零、带字、缩成千分之一、取整、藏起来；只是千分位、货币、百分号的不算。"""

import pytest

from toolkit.sheets import number_formats
from toolkit.sheets.number_formats import seen, unusual

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize("code, value, shown, why", [
    ("0000000000", 12345, "0000012345", "前导零"),
    ('"新A"0000', 12, "新A0012", "字母加前导零"),
    ("00-0000", 123456, "12-3456", "数字中间加短横"),
    ('0"万元"', 14, "14万元", "带万元的字"),
    ("0\\万", 14, "14万", "转义的字"),
    ("0!万", 14, "14万", "WPS 的转义"),
    ('G/通用格式"万"', 14, "14万", "中文的常规格式带字"),
    ("General\\万", 2.5, "2.5万", "常规格式带字"),
    ("0!.0,", 123456, "12.3", "以万为单位的老写法"),
    ("#,##0,", 140000, "140", "以千为单位"),
    ('[>=10000]0!.0,"万";0', 140000, "14.0万", "带条件"),
    ('[=1]"是";"否"', 1, "是", "条件换成字"),
    ('[=1]"是";"否"', 0, "否", "条件换成字"),
    ('"是";"否";"无"', -1, "否", "负数换成字"),
    (";;;", 5, "", "藏起来"),
    (";;;", "甲", "", "文本也藏起来"),
    ('"保密"', 5, "保密", "换成别的字"),
    ('"S"@', "0001", "S0001", "文本前加字母"),
    ("0", 59.6, "60", "取整跨过线"),
    ("0.0", 59.96, "60.0", "取整跨过线"),
    ("(0)", 5, "(5)", "看着像负数"),
])
def test_what_is_seen_is_something_else(code, value, shown, why):
    assert unusual(code) or isinstance(value, str), why
    assert seen(code, value) == shown, why


@pytest.mark.parametrize("code, value, why", [
    ("General", 59.6, "常规"), ("@", 5, "文本格式的数"), ("@", "5", "文本"), ("#,##0.00", 1234.5, "千分位"),
    ('#,##0.00"元"', 1234.5, "元不改变大小"), ("[$¥-804]#,##0.00", 5.5, "货币符号"), (ACCOUNTING, 5.25, "会计格式"),
    (ACCOUNTING, 0, "零显示成短横"), ("0;;;", 0, "不显示零"), ("0;;;", 3, "正数照样显示"), ("0%", 0.256, "百分比"), ("0.0%", 0.25, "百分比"),
    ("0.00", 59.666, "分以下的取整"), ("0_);[Red](0)", -5, "负数加括号"), ("0.00E+00", 12345, "科学计数法"), ("# ?/?", 0.5, "分数"),
    ("yyyy-mm-dd", 45000, "日期"), ('yyyy"年"m"月"', 45000, "带字的日期"), ("[h]:mm", 1.5, "时长"), ('@"*"', "序号", "标记不算字"),
    ("[DBNum2]G/通用格式", 14, "中文大写"), ("0", True, "逻辑值"), ("0000", 1234, "没有前导零"), ("", 5, "空的格式"),
])
def test_what_is_seen_is_the_value(code, value, why):
    assert seen(code, value) is None, why


@pytest.mark.parametrize("code, is_date", [
    ("yyyy-mm-dd", True), ("[h]:mm", True), ('m"月"d"日"', True), ("0", False), ('"日期"0', False), ("General", False), ("[Red]0", False)])
def test_dates_are_known_by_their_letters(code, is_date):
    assert number_formats.is_date(code) is is_date


@pytest.mark.parametrize("code", ['"', "[", "\\", ";;;;;;", '0"', "[=]0", "0.0.0", "?", "_", "*", ",", ".", "[>=x]0"])
def test_a_broken_format_is_no_matter(code):
    for value in (5, -5, 0, 1.5, "甲", 1e300, 1e-300):
        seen(code, value)

@pytest.mark.parametrize("code", ["0", "#,##0", "#", "0.0", "#,##0.0", "0_ ", "??0", "00", "0%", "0,", '0"个"', "0;-0", "General", "[>5]0;0.0", "yyyy", "@", ";;;", "0E+00"])
def test_whole_numbers_that_look_like_themselves_need_no_look(code):
    """读台账时，只有小数才逐格看的格式，整数看到的都是它自己。"""
    if number_formats.rounds_only(code):
        assert [seen(code, number) for number in (0, 1, -1, 12, 2026, -2026, 1234567, 10 ** 15)] == [None] * 8
    assert number_formats.rounds_only(code) or code not in ("0", "#,##0", "#")
