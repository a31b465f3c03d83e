"""`lint`: what departs from GB/T 9704, with clause and strength, and what cannot be filled in a template."""

import json
import re
from io import BytesIO

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from tests.documents.edited import MAIN, edited
from tests.documents.spellings import PHONE
from toolkit.cli import app
from toolkit.documents import fonts
from toolkit.documents.docx_package import pack, unpack
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.lint import lint
from toolkit.documents.lint_comments import commented
from toolkit.documents.measures import MEASURES
from toolkit.documents.render import render
from toolkit.errors import UserError
from toolkit.jobs.lint_documents import lint_documents
from toolkit.resources import template

STYLES, FOOTER, SETTINGS = "word/styles.xml", "word/footer1.xml", "word/settings.xml"


def found(docx: bytes, name: str = "文书.docx") -> dict[str, str]:
    """Rule → level, without what this computer's fonts are."""
    return {each.rule: each.level for each in lint(docx, name) if not each.rule.startswith("ZT")}


def changed(kind: str, *replacements: tuple[str, str], part: str = MAIN) -> bytes:
    members = unpack(render(kind, sample(KINDS[kind])))
    text = members[part].decode()
    for old, new in replacements:
        assert re.search(old, text), old
        text = re.sub(old, new, text, count=1)
    return pack(members | {part: text.encode()})


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_and_template_we_ship_has_nothing_against_it(kind):
    """申报表按附件1要填身份证号、手机，培训补贴按身份证号申请，公开前要删去：只作提示。"""
    assert found(render(kind, sample(KINDS[kind]))) == ({"WJ-个人信息": "提示"} if kind in ("申报表", "培训补贴名单") else {})
    assert found(template("docx_templates", KINDS[kind].template).read_bytes(), KINDS[kind].template) == {}


NOTICE = "命名授牌通知"
STYLE = r'(w:styleId="{}".*?<w:pPr>.*?)'


@pytest.mark.parametrize("part, old, new, rule, level", [
    (MAIN, 'w:top="2098"', 'w:top="1440"', "GW5.2.1-天头", "错误"), (MAIN, r'w:left="1587"', 'w:left="1800"', "GW5.2.1-订口", "错误"),
    (MAIN, 'w:h="16838"', 'w:h="15840"', "GW5.1-纸高", "错误"), (MAIN, r"<w:pgMar[^>]*/>", "", "GW5.2.1-天头", "错误"),
    (MAIN, "乌人社发〔2026〕1号", "乌人社发[2026]第01号", "GW7.2.5-写法", "错误"), (MAIN, "乌人社发〔2026〕1号", "乌人社发〔26〕1号", "GW7.2.5-写法", "错误"),
    (MAIN, "各有关单位：", "各有关单位:", "GW7.3.2-冒号", "错误"), (MAIN, r">2026年12月1日<", ">2026年12月01日<", "GW7.3.5.4-写法", "错误"),
    (MAIN, r">2026年12月1日<", ">二〇二六年十二月一日<", "GW7.3.5.4-写法", "错误"), (MAIN, "授牌名单<", "授牌名单。<", "GW7.3.4-标点", "错误"),
    (MAIN, ">附件<", ">附件：<", "GW7.3.7-冒号", "错误"), (MAIN, "（此件公开发布）", "(此件公开发布)", "GW7.3.6-括号", "错误"),
    (MAIN, "市财政局。<", "市财政局<", "GW7.4.2-句号", "错误"), (MAIN, "2026年12月1日印发", "2026.12.1印发", "GW7.4.3-写法", "错误"),
    (MAIN, ">一、经费<", ">一.经费<", "GW7.3.3-层次", "提示"), (MAIN, "的通知<", "的报告<", "GW7.2.6-签发人", "错误"),
    (STYLES, STYLE.format("gwTitle") + '<w:jc w:val="center"/>', r'\1<w:jc w:val="left"/>', "GW7.3.1-居中", "错误"),
    (STYLES, STYLE.format("gwMark") + '<w:jc w:val="center"/>', r'\1<w:jc w:val="left"/>', "GW7.2.4-居中", "错误"),
    (STYLES, r"<w:pBdr>.*?</w:pBdr>", "", "GW7.2.7-红线", "错误"), (STYLES, STYLE.format("gwBody") + "<w:ind [^>]*/>", r"\1", "GW7.3.3-段首", "错误"),
    (STYLES, STYLE.format("gwAnnex") + "<w:pageBreakBefore/>", r"\1", "GW7.3.7-另面", "错误"), (STYLES, 'w:color w:val="FF0000"', 'w:color w:val="000000"', "GW7.2.4-颜色", "提示"),
    (STYLES, STYLE.format("gwBody") + r'w:eastAsia="仿宋_GB2312"', r'\1w:eastAsia="宋体"', "GW5.2.2-字体", "提示"),
    (STYLES, STYLE.format("gwBody") + r'w:line="579"', r'\1w:line="560"', "GW5.2.3-行距", "提示"),
    (STYLES, STYLE.format("gwTo") + r"<w:jc", r'\1<w:ind w:firstLineChars="200"/><w:jc', "GW7.3.2-顶格", "错误"),
    (MAIN, r'<w:p><w:pPr><w:pStyle w:val="gwNumber"/>.*?</w:p>', "", "GW7.2.5-缺", "错误"),
    (SETTINGS, "<w:evenAndOddHeaders/>", "", "GW7.5-单双", "错误"),
    (MAIN, r'<w:r>(<w:rPr>)?(<w:rFonts w:hint="eastAsia"/></w:rPr>)(<w:t xml:space="preserve">根据)', r'<w:r><w:rPr><w:color w:val="0000FF"/></w:rPr>\3', "GW5.2.4-颜色", "错误")])
def test_each_rule_is_found_with_its_strength(part, old, new, rule, level):
    docx = changed(NOTICE, (f"(?s){old}", new), part=part)
    each = next((each for each in lint(docx, "文书.docx") if each.rule == rule), None)
    assert each and each.level == level, found(docx)
    assert re.fullmatch(r"GB/T 9704-2012 \d+(\.\d+)+", each.clause) and (each.strength == "规定") is (level == "错误") and "。请" in each.message


def test_no_page_number_is_found():
    members = unpack(render(NOTICE, sample(KINDS[NOTICE])))
    without = {name: content.replace(b"PAGE", b"DATE") for name, content in members.items()}
    assert found(pack(without)) == {"GW7.5-缺": "错误"}


def test_a_document_made_elsewhere_is_judged_by_what_it_says():
    document, out = Document(), BytesIO()
    for text in ("关于测试的通知", "各区（县）人社局:", "根据文件要求，现通知如下，请认真贯彻执行", "附件：名单。", "2026年08月08日"):
        document.add_paragraph(text)
    document.paragraphs[0].alignment = 1
    document.save(out)
    assert {"GW5.1-纸宽", "GW5.2.1-天头", "GW7.3.2-冒号", "GW7.3.3-段首", "GW7.3.4-标点", "GW7.3.5.4-写法", "GW7.5-缺"} <= set(found(out.getvalue()))


def test_looks_are_resolved_through_styles_and_by_hand():
    """直接格式盖过样式，样式盖过默认。"""
    by_hand = changed(NOTICE, (r'(<w:pStyle w:val="gwBody"/>)', r'\1<w:ind w:firstLine="0"/>'))
    assert found(by_hand) == {"GW7.3.3-段首": "错误"}
    based = changed(NOTICE, (r'(w:styleId="gwBody"><w:name [^>]*/><w:basedOn w:val=)"Normal"', r'\1"gwBody"'), part=STYLES)
    assert found(based) == {}


def test_a_form_is_no_official_document():
    assert found(changed("考核评估标准", ("w:top=\"\\d+\"", 'w:top="9"'))) == {}


# ---- 模板 ----

@pytest.mark.parametrize("old, new, told", [
    ("{{ 行.领办人 }}", "{{ 行.领班人 }}", "请改成“行.领办人”"), ("{{ 年度 }}", "｛｛ 年度 ｝｝", "用了全角括号"), ("特此公示。", "{{ 9**9 }}", "不是模板能填的内容"),
    ("特此公示。", "</w:t></w:r><w:ins w:id=\"1\" w:author=\"a\"><w:r><w:t>甲</w:t></w:r></w:ins><w:r><w:t>", "未接受的修订"),
    ("{{ 发文.联系.监督电话 }}", "", "“监督电话”（发文.联系.监督电话）在模板里找不到")])
def test_what_is_wrong_with_a_template(tmp_path, old, new, told):
    path = edited(tmp_path, "公示", (old, new))
    report = lint_documents([path])
    assert report.exit_status == 1 and any(told in each.message and each.level == "错误" for each in report.findings[0][1]), list(report.lines())


def test_a_template_is_known_by_its_fields_when_it_was_renamed(tmp_path):
    path = edited(tmp_path, "公示", ("{{ 行.领办人 }}", "{{ 行.领班人 }}"))
    members = unpack(path.read_bytes()) | {"docProps/core.xml": b"<a/>"}
    assert any("“公示”的字段" in each.message for each in lint(pack(members), "我局用的.docx"))


def test_comments_left_in_a_template_are_told(tmp_path):
    path = edited(tmp_path, "公示", ("特此公示。", "特此公示。"))
    marked = commented(unpack(path.read_bytes()), lint(edited(tmp_path, "公示", ("{{ 行.领办人 }}", "{{ 行.领班人 }}")).read_bytes(), "公示.docx"))
    assert any("“批注”留在模板里" in each.message for each in lint(marked, "公示.docx"))


# ---- 清单、批注、字体、退出状态 ----

def bad(tmp_path, name="通知.docx"):
    path = tmp_path / name
    path.write_bytes(changed(NOTICE, ("各有关单位：", "各有关单位:"), (">一、经费<", ">一.经费<")))
    return path


def test_findings_become_comments_in_a_copy(tmp_path):
    path = bad(tmp_path)
    before = path.read_bytes()
    first, second = lint_documents([path], tmp_path / "检查"), lint_documents([path], tmp_path / "检查")
    assert path.read_bytes() == before and first.outputs[0].name == "通知_检查.docx" and second.outputs[0].name == "通知_检查1.docx"
    copy = first.outputs[0]
    assert not OpenXmlValidator(max_errors=0).validate(str(copy)).errors
    said = [comment.text for comment in Document(str(copy)).comments]
    assert len(said) == len(first.findings[0][1]) and any("【错误】主送机关：末尾不是全角冒号" in text and "GB/T 9704-2012 7.3.2，规定" in text for text in said)


def test_what_cannot_be_read_does_not_stop_the_others(tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"PK")
    bad(tmp_path)
    report = lint_documents([tmp_path])
    assert [path.name for path, _ in report.findings] == ["通知.docx"] and "“坏.docx”不是能读的Word文档" in report.refused[0][1] and report.exit_status == 1
    with pytest.raises(UserError, match="没有可检查的"):
        lint_documents([tmp_path / "没有这个文件夹的文件"][:0])


def test_the_command(tmp_path, capsys):
    good = tmp_path / "好.docx"
    good.write_bytes(render(NOTICE, sample(KINDS[NOTICE])))
    for path, status in ((good, 0), (bad(tmp_path), 1)):
        assert app(["lint", str(path), "--json"], standalone_mode=False) == status
        printed = json.loads(capsys.readouterr().out)
        assert printed["files"][0]["status"] == "已读" and bool([each for each in printed["findings"] if each["level"] == "错误"]) is bool(status)
        assert all(set(each) >= {"code", "level", "clause", "file", "sheet", "cell", "field", "value", "message"} for each in printed["findings"])
    app(["lint", str(good)], standalone_mode=False)
    assert "好.docx：" in capsys.readouterr().out


def test_personal_information_is_only_a_hint(tmp_path):
    docx = changed(NOTICE, ("（此件公开发布）", f"（联系{PHONE}）"))
    assert found(docx) == {"WJ-个人信息": "提示"}


def test_missing_fonts_are_told_with_what_they_turn_into(monkeypatch):
    monkeypatch.setattr(fonts, "installed_fonts", lambda: frozenset(("fangsong", "simhei", "times new roman")))
    monkeypatch.setattr(fonts, "_matched", lambda name: "某体")
    lacking = fonts.missing(fonts.fonts_of(unpack(template("docx_templates", "公示.docx").read_bytes())))
    assert dict(lacking) == {"仿宋_GB2312": "仿宋", "楷体_GB2312": "某体", "方正小标宋简体": "某体", "宋体": "某体"}
    assert fonts.sentence(lacking[:1]) == "“仿宋_GB2312”会换成“仿宋”"
    told = lint(template("docx_templates", "公示.docx").read_bytes(), "公示.docx")
    assert [(each.rule, each.level) for each in told] == [("ZT-缺字体", "提示")] and "请安装这些字体" in told[0].message


def test_strengths_are_those_of_the_table():
    assert {measure.strength for measure in MEASURES.values()} == {"规定", "一般", "推荐", "实务"}
