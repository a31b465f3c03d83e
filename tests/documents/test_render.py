"""Filling: strict, escaped, harmless, the same bytes each time, and settled to its texts."""

import subprocess
import sys
import zipfile
from io import BytesIO

import pytest
from docx import Document
from lxml import etree

from tests.documents.edited import edited
from toolkit.documents.docx_package import CORE, pack, unpack
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.measures import characters
from toolkit.documents.render import render
from toolkit.errors import UserError


def paragraphs(docx: bytes, style: str) -> list:
    return [paragraph for paragraph in Document(BytesIO(docx)).paragraphs if paragraph.style.name == style]


def cells(docx: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(docx)).tables[0].rows]


@pytest.mark.parametrize("value, printed", [
    ("甲&乙<丙>“丁”", "甲&乙<丙>“丁”"), ("<w:p/>", "<w:p/>"), ("{{ 年度 }}", "{{ 年度 }}"), ("{% if %}", "{% if %}"),
    ("{_{ 年度 }_}", "{_{ 年度 }_}"), ("{{ ''.__class__ }}", "{{ ''.__class__ }}"), ("一行\n二行", "一行\n二行"),
    ("一行\r\n二行", "一行\n二行"), ("左\t右", "左\t右"), ("含\x0b控\x00制\x07符", "含控制符"), ("&amp;", "&amp;")])
def test_values_are_printed_as_they_are(value, printed):
    context = sample(KINDS["公示"])
    context["名单"][0]["领办人"] = value
    assert cells(render("公示", context))[1][2] == printed


def test_rows_come_in_their_order_under_the_header():
    context = sample(KINDS["授牌名单"])
    assert cells(render("授牌名单", context)) == [
        ["序号", "工作室名称", "领办人", "申办单位", "职业\n（工种）", "区（县）", "牌匾编号"],
        *([*row.values()] for row in context["名单"])]


def test_the_counts_in_the_text_are_the_table_s():
    context = sample(KINDS["命名授牌通知"])
    context["名单"] = [dict(context["名单"][0], 序号=str(number)) for number in range(1, 8)]
    text = "\n".join(paragraph.text for paragraph in Document(BytesIO(render("命名授牌通知", context))).paragraphs)
    assert text.count("7个") == 3


def test_a_receipt_without_problems_has_no_table_of_them():
    context = sample(KINDS["回执"]) | {"问题": [], "补正": {"期限": "", "天数": ""}}
    document = Document(BytesIO(render("回执", context)))
    assert len(document.tables) == 1
    assert "校验未发现问题，不需补正。" in [paragraph.text for paragraph in document.paragraphs]
    assert len(Document(BytesIO(render("回执", sample(KINDS["回执"])))).tables) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_context_gives_the_same_bytes(kind):
    first = render(kind, sample(KINDS[kind]))
    code = ("import sys; from toolkit.documents.kinds import KINDS, sample; from toolkit.documents.render import render; "
            f"sys.stdout.buffer.write(render({kind!r}, sample(KINDS[{kind!r}])))")
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert render(kind, sample(KINDS[kind])) == first == again
    assert {info.date_time for info in zipfile.ZipFile(BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_one_render_leaves_nothing_behind_for_the_next():
    plain = render("公示", sample(KINDS["公示"]))
    other = sample(KINDS["公示"])
    other["名单"] = other["名单"][:1]
    assert render("公示", other) != plain == render("公示", sample(KINDS["公示"]))


def test_properties_say_what_it_is_and_when_it_is_dated_and_nothing_else():
    members = unpack(render("公示", sample(KINDS["公示"])))
    properties = {etree.QName(node).localname: node.text for node in etree.fromstring(members[CORE])}
    assert properties == {
        "title": "关于2026年度乌鲁木齐市技能大师工作室拟命名名单的公示", "creator": "乌鲁木齐市人力资源和社会保障局",
        "created": "2026-11-20T00:00:00Z", "modified": "2026-11-20T00:00:00Z"}
    assert len(etree.fromstring(members["docProps/app.xml"])) == 0


def test_one_paragraph_style_per_element_and_no_direct_formatting():
    for kind in KINDS:
        for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
            root = etree.fromstring(unpack(render(kind, sample(KINDS[kind])))[name])
            for properties in root.iter("{*}rPr"):
                assert {etree.QName(node).localname for node in properties} <= {"rFonts", "w"}
            for paragraph in root.iter("{*}p"):
                kept = {etree.QName(node).localname for node in paragraph.find("{*}pPr")}
                # 缩进随署名长短、同页随合并格的行数，填写时才知道。
                assert kept <= {"pStyle", "ind", "keepNext"} and "pStyle" in kept


@pytest.mark.parametrize("issuer, day, axis, why", [
    ("乌鲁木齐市人力资源和社会保障局", "2026年8月8日", 7.5, "署名十五字，轴在署名一半处"),
    ("某市人力资源和社会保障局", "2026年12月28日", 7.5, "日期右空四字，轴在日期一半处"),
    ("某局", "2026年8月8日", 7, "短署名以日期为准"), ("某" * 30, "2026年8月8日", 15, "署名比一行还长")])
def test_signature_and_date_share_an_axis(issuer, day, axis, why):
    context = sample(KINDS["公示"])
    context["发文"] |= {"机关": issuer, "日期": day}
    docx = render("公示", context)
    for style in ("署名", "成文日期"):
        (paragraph,) = paragraphs(docx, style)
        left = paragraph._p.pPr.ind.left
        assert (left.twips if left else 0) == characters(max(28 - 2 * axis, 0)), why


@pytest.mark.parametrize("issuer, scale", [("乌鲁木齐市人力资源和社会保障局", 61), ("某局", None)])
def test_a_long_issuer_is_condensed_to_one_line(issuer, scale):
    context = sample(KINDS["命名授牌通知"])
    context["发文"]["机关"] = issuer
    (paragraph,) = paragraphs(render("命名授牌通知", context), "发文机关标志")
    found = paragraph._p.find(".//{*}rPr/{*}w")
    assert (None if found is None else int(found.values()[0])) == scale


def test_a_title_broken_by_hand_stays_as_it_is(tmp_path):
    path = edited(tmp_path, "公示", ("技能大师工作室拟命名名单的公示", "技能大师工作室</w:t><w:br/><w:t>拟命名名单的公示"))
    (title,) = paragraphs(render("公示", sample(KINDS["公示"]), path), "无红头标题")
    assert title.text.split("\n") == ["关于2026年度乌鲁木齐市技能大师工作室", "拟命名名单的公示"]


def test_styles_are_found_by_name_when_an_office_suite_renumbers_them(tmp_path):
    members = unpack(edited(tmp_path, "公示", ('"gwSigner"', '"23"')).read_bytes())
    members["word/styles.xml"] = members["word/styles.xml"].replace(b'"gwSigner"', b'"23"')
    path = tmp_path / "WPS.docx"
    path.write_bytes(pack(members))
    (paragraph,) = paragraphs(render("公示", sample(KINDS["公示"]), path), "署名")
    assert paragraph._p.pPr.ind is not None


def test_an_attack_in_a_template_is_refused(tmp_path):
    path = edited(tmp_path, "公示", ("特此公示。", "{{ ''.__class__.__mro__ }}"))
    with pytest.raises(UserError, match=r"不是模板能填的内容"):
        render("公示", sample(KINDS["公示"]), path)


def test_rendering_imports_neither_pandas_nor_xlwings():
    code = ("import sys; from toolkit.documents.kinds import KINDS, sample; from toolkit.documents.render import render; "
            "heavy = {'docx', 'lxml', 'jinja2', 'cn2an'} & set(sys.modules); assert not heavy, heavy; "
            "render('公示', sample(KINDS['公示'])); assert not {'pandas', 'xlwings', 'openpyxl', 'cn2an'} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", code], check=True)
