"""How dates, amounts, numbers of persons, file names and titles are written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.documents.wording import (
    amount,
    amount_in_figures,
    amount_in_words,
    chinese_date,
    date_in,
    mask_id,
    mask_phone,
    safe_file_name,
    title_lines,
    width,
)
from toolkit.returns import numerals


@pytest.mark.parametrize("day, text", [(date(2023, 8, 28), "2023年8月28日"), (date(2026, 1, 1), "2026年1月1日")])
def test_dates_have_no_leading_zero(day, text):
    assert chinese_date(day) == text and date_in(f"自{text}起") == day


def test_a_text_without_a_date_is_told():
    with pytest.raises(ValueError):
        date_in("二〇二三年八月")


@pytest.mark.parametrize("value, figures, words", [
    ("100000", "10万元", "壹拾万元整"), ("300000", "30万元", "叁拾万元整"), ("1200000", "120万元", "壹佰贰拾万元整"),
    ("100500", "100500元", "壹拾万零伍佰元整"), ("10000", "1万元", "壹万元整"), ("9999", "9999元", "玖仟玖佰玖拾玖元整"),
    ("100000.50", "100000.50元", "壹拾万元伍角"), ("1000.05", "1000.05元", "壹仟元零伍分"), ("0", "0元", "零元整"),
    ("100000000", "10000万元", "壹亿元整")])
def test_both_forms_of_an_amount(value, figures, words):
    assert amount(Decimal(value)) == {"数字": figures, "大写": words}


@given(st.decimals(min_value=0, max_value=Decimal("99999999999.99"), places=2))
def test_words_read_back_to_the_same_amount(value):
    assert numerals.amount(amount_in_words(value)) == value


@pytest.mark.parametrize("value", ["-1", "0.001"])
def test_no_words_for_what_is_no_amount(value):
    with pytest.raises(ValueError):
        amount_in_words(Decimal(value))


def test_figures_keep_every_fen():
    assert amount_in_figures(Decimal("99999.99")) == "99999.99元"


@pytest.mark.parametrize("mask, number, masked", [
    (mask_id, "650102198803011234", "650102********1234"), (mask_id, "65010219880301123X", "650102********123X"),
    (mask_id, "650102880301123", "***************"), (mask_phone, "13812341234", "138****1234"),
    (mask_phone, "09911234567", "099****4567"), (mask_phone, "1381234", "*******")])
def test_masks(mask, number, masked):
    assert mask(number) == masked


@pytest.mark.parametrize("text, name", [
    ("乌人社发〔2026〕1号 关于命名的通知", "乌人社发〔2026〕1号 关于命名的通知.docx"),
    ('天山区/新市区:"A*B?C<D>|\\', "天山区新市区ABCD.docx"), ("..", "文件.docx"), ("con", "文件con.docx"),
    ("  多  个\n空格 ", "多 个空格.docx"), ("长" * 300, "长" * 120 + ".docx"), ("已有.docx", "已有.docx")])
def test_file_names_are_safe_on_windows(text, name):
    assert safe_file_name(text) == name


@pytest.mark.parametrize("title, lines", [
    ("需补正和说明的问题", ["需补正和说明的问题"]),
    ("关于命名2026年度市级技能大师工作室的通知", ["关于命名2026年度", "市级技能大师工作室的通知"]),
    ("关于2026年度乌鲁木齐市技能大师工作室拟命名名单的公示", ["关于2026年度乌鲁木齐市", "技能大师工作室拟命名名单的公示"]),
    ("2026年度乌鲁木齐市技能大师工作室授牌名单", ["2026年度乌鲁木齐市", "技能大师工作室授牌名单"])])
def test_titles_break_between_words_into_a_trapezium(title, lines):
    assert title_lines(title, 18) == lines


@given(st.text("关于命名年度技能大师工作室的通知，（）《》2026乌鲁木齐市人社局", max_size=60))
def test_breaking_a_title_loses_nothing(title):
    lines = title_lines(title, 18)
    assert "".join(lines) == title
    assert len(lines) == 1 or all(width(line) <= 18 for line in lines)
