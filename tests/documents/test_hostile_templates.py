"""Templates that are broken or mean harm: refused with the place before anything in them runs, and never a crash."""

import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.documents.edited import MAIN, edited
from toolkit.documents import render as rendering
from toolkit.documents.docx_package import pack, unpack
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.render import render
from toolkit.errors import UserError
from toolkit.resources import template

END = "</w:body>"
LONGEST = 20  # 秒；别的进程正忙时也够


def paragraph(*texts: str) -> str:
    return "".join(f"<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>" for text in texts)


def refused(path) -> str:
    started = time.monotonic()
    with pytest.raises(UserError) as caught:
        render("公示", sample(KINDS["公示"]), path)
    assert time.monotonic() - started < LONGEST and "请" in str(caught.value)
    return str(caught.value)


ATTACKS = ["{{ 年度 * 300000000 }}", "{{ 'a' * 300000000 }}", "{{ 9 ** 9 ** 9 }}", "{% for 甲 in range(10**9) %}", "{%p for 甲 in range(10**9) %}",
           "{{ 年度.__class__.__mro__ }}", "{{ 年度['__class__'] }}", "{{ self }}", "{{ lipsum(9999) }}", "{{ 年度|center(900000000) }}",
           "{% set 甲 = 1 %}", "{% include 'a' %}", "{% import 'a' as 甲 %}", "{% macro 甲() %}{% endmacro %}", "{% raw %}", "{%- if 年度 -%}", "{% vm %}", "{% hm %}",
           "{% colspan 年度 %}", "{% cellbg 年度 %}", "{{ 年度 if 年度 else 年度 }}", "{{ [年度, 年度] }}", "{{ 名单.0.领办人 }}", "{{ 名单.append(1) }}", "{{ (年度) }}",
           "{{ 年度 ~ 年度 }}", "{{ cycler }}", "{{ 年度 }" + "}" * 3, "{{" * 50, "{%p if 年度 %}" * 2, "{{ " + "(" * 5000 + "年度" + ")" * 5000 + " }}"]


@pytest.mark.parametrize("text", ATTACKS)
def test_an_expression_beyond_the_language_is_refused(tmp_path, text):
    assert "模板“公示.docx”" in refused(edited(tmp_path, "公示", ("特此公示。", text)))


@pytest.mark.parametrize("inner", [
    '<w:p><w:r><w:instrText>{{ 年度 * 300000000 }}</w:instrText></w:r></w:p>', '<w:p><w:r><w:docPr descr="{{ 年度.__class__ }}"/></w:r></w:p>',
    '<w:p><m:oMath xmlns:m="m"><m:r><m:t>{{ 9**9 }}</m:t></m:r></m:oMath></w:p>', '<w:p><w:bookmarkStart w:name="{{ 年度 }}"/></w:p>',
    '<w:p w:rsidR="{% for a in range(9) %}"/>', "{{ 年度 }}", "<w:p>{{ 年度 }}</w:p>", "<!-- {{ 9**9 }} --><w:p/>", "<?x {{ 年度 }}?><w:p/>",
    paragraph("{", "{ 9**9**9 }}"), paragraph("甲{", "% for a in range(10**9) %", "}乙"), paragraph("{", "{ 年度", "}}"),
    '<w:p><w:r><w:t>{</w:t></w:r><w:r><w:instrText>{ 9**9 }}</w:instrText></w:r></w:p>',
    paragraph("{%p for 甲 in 名单 %}", "{%p for 乙 in 名单 %}", "{{ 乙.领办人 }}", "{%p endfor %}", "{%p endfor %}"),
    paragraph("{%p for 甲 in 名单 %}", "{%p for 乙 in 甲 %}", "{%p endfor %}", "{%p endfor %}"),
    paragraph(*["{%p for 甲 in 名单 %}", "{%p endfor %}"] * 20), paragraph("{%p for 年度 in 年度 %}", "{%p endfor %}")],
    ids=range(17))
def test_a_tag_hidden_anywhere_in_the_body_is_refused(tmp_path, inner):
    assert "模板“公示.docx”" in refused(edited(tmp_path, "公示", (END, f"{inner}{END}")))


@pytest.mark.parametrize("name, place", [("word/header9.xml", "页眉"), ("word/footer9.xml", "页脚"), ("word/footnotes.xml", "脚注"),
                                         ("word/comments.xml", "批注"), ("word/settings.xml", "文档设置"), ("word/_rels/document.xml.rels", "正文")])
def test_a_tag_in_another_part_is_refused_with_its_place(tmp_path, name, place):
    path = edited(tmp_path, "公示", ("特此公示。", "特此公示。"))
    members = unpack(path.read_bytes())
    xml = members.get(name, b'<w:x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"></w:x>').decode()
    head, _, tail = xml.rpartition("</")
    path.write_bytes(pack(members | {name: f'{head}<y z="{{{{ 9**9 }}}}"/></{tail}'.encode()}))
    assert f"{place}：“{{{{ 9**9 }}}}”是写在域、公式或属性里的标签" in refused(path)


def test_nothing_is_evaluated_before_the_check(tmp_path, monkeypatch):
    path = edited(tmp_path, "公示", ("特此公示。", "{{ 'a' * 300000000 }}"))
    monkeypatch.setattr(rendering._environment().__class__, "from_string", lambda *_: pytest.fail("编译了"))
    refused(path)


def test_a_document_that_grows_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(rendering, "LARGEST_PART", 100_000)
    context = sample(KINDS["公示"])
    context["名单"] = context["名单"] * 400
    with pytest.raises(UserError, match="填好的文件太大"):
        render("公示", context)


def test_tags_that_tear_the_document_are_told(tmp_path):
    """每个标签都对，合起来把表格拆散：循环的开头在表里，结尾在另一张表里。"""
    row = "<w:tr><w:tc>{}</w:tc></w:tr>"
    torn = f"<w:tbl>{row.format(paragraph('{%tr for 甲 in 名单 %}'))}</w:tbl><w:tbl>{row.format(paragraph('{%tr endfor %}'))}</w:tbl>"
    path = edited(tmp_path, "公示", (END, f"{torn}{END}"))
    try:
        etree.fromstring(unpack(render("公示", sample(KINDS["公示"]), path))[MAIN])
    except UserError as error:
        assert "请换回随工具安装的模板" in str(error)


# ---- 不是好文件 ----

def broken(change) -> bytes:
    return pack(change(unpack(template("docx_templates", "公示.docx").read_bytes())))


@pytest.mark.parametrize("docx", [
    broken(lambda members: members | {MAIN: members[MAIN][:-40]}), broken(lambda members: members | {MAIN: b""}), broken(lambda members: members | {MAIN: b"\xff\xfe\x00"}),
    broken(lambda members: members | {"word/styles.xml": b"<a/>"}), broken(lambda members: members | {"word/footer1.xml": b"<w:ftr"}),
    broken(lambda members: members | {MAIN: members[MAIN].replace(b"schemas.openxmlformats.org/wordprocessingml/2006/main", b"purl.oclc.org/ooxml/wordprocessingml/main")}),
    broken(lambda members: members | {"word/settings.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}),
    broken(lambda members: {name: content for name, content in members.items() if name != "word/styles.xml"}),
    template("docx_templates", "公示.docx").read_bytes()[:3000]], ids=range(9))
def test_a_broken_file_is_refused(tmp_path, docx):
    path = tmp_path / "我的.docx"
    path.write_bytes(docx)
    assert "模板“我的.docx”不是能用的Word文档" in refused(path)


def test_a_bomb_is_refused_unread(tmp_path):
    path, out = tmp_path / "大.docx", BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("word/document.xml", "word/styles.xml"):
            archive.writestr(name, b" " * 80_000_000)
    path.write_bytes(out.getvalue())
    assert "不是能用的Word文档" in refused(path)


def test_entities_are_never_expanded(tmp_path):
    path = tmp_path / "实体.docx"
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n + 1} "{f"&a{n or str()};" * 10}">' for n in range(9)) + "]>"
    path.write_bytes(broken(lambda members: members | {MAIN: members[MAIN].replace(b"<w:document", bomb.encode() + b"<w:document", 1)}))
    refused(path)


# ---- 乱改 ----

SNIPPETS = st.sampled_from([*ATTACKS, "{", "}", "{{", "}}", "{%", "%}", "｛｛", "｝｝", "{#", "#}", "<w:p>", "</w:p>", "<w:tr>", "</w:tc>", "</w:t>", "<w:t>", "&", "&#0;",
                            "{{ 年度 }}", "{%p if 年度 %}", "{%p endif %}", "{%tr endfor %}", "\x00", "]]>", "<w:tbl/>", "<w:style/>", " w:val=\"\"", "特"])


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from([MAIN, MAIN, "word/styles.xml", "word/footer1.xml", "word/settings.xml", "[Content_Types].xml", "_rels/.rels"]),
                          st.floats(0, 1), SNIPPETS, st.integers(0, 30)), min_size=1, max_size=4))
def test_whatever_is_done_to_a_template_it_renders_or_is_refused(tmp_path_factory, edits):
    members = unpack(template("docx_templates", "公示.docx").read_bytes())
    for name, where, snippet, cut in edits:
        text = members[name].decode()
        place = int(where * len(text))
        members[name] = (text[:place] + snippet + text[place + cut:]).encode()
    path = tmp_path_factory.mktemp("乱") / "乱.docx"
    path.write_bytes(pack(members))
    try:
        made = render("公示", sample(KINDS["公示"]), path)
    except UserError as error:
        assert "请" in str(error)
    else:
        for name, content in unpack(made).items():
            etree.fromstring(content), name


@settings(max_examples=100)
@given(st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), min_size=1, max_size=5))
def test_torn_bytes_never_crash(tmp_path_factory, edits):
    docx = bytearray(template("docx_templates", "授牌名单.docx").read_bytes())
    for where, piece in edits:
        place = int(where * len(docx))
        docx[place:place + len(piece)] = piece
    path = tmp_path_factory.mktemp("碎") / "碎.docx"
    path.write_bytes(bytes(docx))
    try:
        render("授牌名单", sample(KINDS["授牌名单"]), path)
    except UserError as error:
        assert "请" in str(error)
