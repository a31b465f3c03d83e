"""What people break when they edit a template in Word, and what they are told."""

import re

import pytest

from tests.documents.edited import MAIN, edited
from toolkit.documents.docx_package import unpack
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.render import check_template, render
from toolkit.errors import UserError

YEAR = "关于{{ 年度 }}年度"


@pytest.mark.parametrize("old, new, told", [
    (YEAR, "关于{％ 年度 ％}年度", "不是模板能用的条件或循环"),
    (YEAR, "关于｛｛ 年 ｝｝年度", "里的“年”不是“公示”的字段"),
    (YEAR, "关于｛｛ 年度 ｝年度", "标签没有写完整"),
    (YEAR, "关于{{ 年度 }年度", "标签没有写完整。请补全标签两端的括号"),
    (YEAR, "关于 年度 }}年度", "标签没有写完整"),
    (YEAR, "关于{{ 年 }}年度", "里的“年”不是“公示”的字段。请改成“年度”"),
    (YEAR, "关于{{ 发文.联系.联系电话 }}年度", "里的“发文.联系.联系电话”不是“公示”的字段。请改成“发文.联系.电话”"),
    (YEAR, "关于{{ 公示 }}年度", "里的“公示”不能这样用"),
    (YEAR, "关于{{ 名单 }}年度", "里的“名单”不能这样用"),
    (YEAR, "关于{{ 年度 | 计数 }}年度", "里的“年度”不能这样用"),
    (YEAR, "关于{{r 年度 }}年度", "多写了字母，内容会变成空白。请去掉 {{ 后面紧跟的字母"),
    (YEAR, "关于{{ 年度 | upper }}年度", "不是模板能填的内容"),
    (YEAR, "关于{{ ''.__class__ }}年度", "不是模板能填的内容"),
    (YEAR, "关于{{ 年度.__class__ }}年度", "不是模板能填的内容"),
    (YEAR, "关于{{ 名单.items }}年度", "里的“名单.items”不是“公示”的字段"),
    (YEAR, "关于{% if 年度 %}年度", "不是模板能用的条件或循环"),
    (YEAR, "关于{%p if 年度 %}年度", "标签旁边还有别的文字，填写时会丢失"),
    (YEAR, "关于{# 记一下 #}年度", "不是模板能用的条件或循环"),
    ("特此公示。", "{%p if 年度 %}", "没有结束。请在后面补上 {%p endif %}"),
    ("特此公示。", "{%p endif %}", "前面没有与它成对的标签"),
    ("特此公示。", "{%tr endfor %}", "标签旁边还有别的文字，填写时会丢失，或标签不在表格的一行里"),
    ("{%tr for 行 in 名单 %}", "{%tr for 行 in 名册 %}", "里的“名册”不是“公示”的字段。请改成“名单”"),
    ("{%tr for 行 in 名单 %}", "名单：{%tr for 行 in 名单 %}", "请让“{%tr for 行 in 名单 %}”单独占一行"),
    ("{{ 行.领办人 }}", "{{ 行.身份证号 }}", "里的“行.身份证号”不是“公示”的字段"),
    ("{{ 行.领办人 }}", "{{ 人.领办人 }}", "里的“人.领办人”不是“公示”的字段"),
    ("<w:t xml:space=\"preserve\">特此公示", "<w:rPr><w:vanish/></w:rPr><w:t xml:space=\"preserve\">特此公示",
     "“隐藏文字”留在模板里"),
])
def test_what_is_broken_is_named_with_what_to_do(tmp_path, old, new, told):
    path = edited(tmp_path, "公示", (old, new))
    assert any(told in problem for problem in check_template(path, "公示")), check_template(path, "公示")
    with pytest.raises(UserError, match=r"模板“公示.docx”：“.*”.*请"):
        render("公示", sample(KINDS["公示"]), path)


def test_every_problem_is_told_at_once(tmp_path):
    path = edited(tmp_path, "公示", (YEAR, "关于{{ 年号 }}年度"), ("{{ 行.领办人 }}", "{{ 行.姓名 }}"))
    assert len(check_template(path, "公示")) == 2


def test_a_footer_is_read_too(tmp_path):
    path = edited(tmp_path, "公示", ("<w:t xml:space=\"preserve\">— </w:t>", "<w:t>{{ 页 }}</w:t>"), part="word/footer1.xml")
    assert "里的“页”不是“公示”的字段" in check_template(path, "公示")[0]


@pytest.mark.parametrize("new", [
    "关于{{年度}}年度", "关于{{  年度  }}年度", "关于｛｛ 年度 ｝｝年度", "关于｛{　年度　}｝年度", "关于{{\u200b年度\xa0}}年度",
    '关于｛</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{ 年</w:t></w:r><w:bookmarkStart w:id="7" w:name="b"/><w:r><w:t>度 }｝年度', "关于{{ 名单|计数 }}年度",
    '关于{</w:t></w:r><w:r><w:t>{ 年</w:t></w:r><w:r><w:t>度 }</w:t></w:r><w:r><w:t>}年度'])
def test_what_word_does_to_a_good_tag_is_no_problem(tmp_path, new):
    path = edited(tmp_path, "公示", (YEAR, new))
    assert check_template(path, "公示") == []
    text = unpack(render("公示", sample(KINDS["公示"]), path))[MAIN].decode()
    assert "{" not in text and re.search(r"关于(2026|3)年度", re.sub(r"<[^>]*>", "", text))


def test_what_is_no_word_document_is_refused(tmp_path):
    path = tmp_path / "我的模板.docx"
    for content in (b"", b"\xd0\xcf\x11\xe0 encrypted", b"PK\x05\x06" + b"\0" * 18):
        path.write_bytes(content)
        with pytest.raises(UserError, match=r"模板“我的模板.docx”不是能用的Word文档.*请在Word里另存为"):
            render("公示", sample(KINDS["公示"]), path)
    with pytest.raises(UserError, match="打不开。请确认文件还在"):
        render("公示", sample(KINDS["公示"]), tmp_path / "没有.docx")
