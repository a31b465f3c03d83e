"""No personal information in a public document, wherever it hides."""

import pytest

from tests.documents.edited import edited
from toolkit.documents.docx_package import CORE, pack, unpack
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.privacy import personal_information
from toolkit.documents.render import render
from toolkit.errors import UserError

ID, PHONE = "650102198803011234", "13812341234"


def with_leader(name: str, kind: str = "公示") -> dict:
    context = sample(KINDS[kind])
    context["名单"][0]["领办人"] = name
    return context


@pytest.mark.parametrize("text, found", [
    (f"马强{ID}", "身份证号 650102********1234（正文）"), (f"马强（{ID[:17]}X）", "身份证号 650102********123X（正文）"),
    ("马强６５０１０２１９８８０３０１１２３４", "身份证号 650102********1234（正文）"),
    (f"马强 {PHONE}", "手机号 138****1234（正文）"), ("马强138-1234-1234", "手机号 138****1234（正文）"),
    ("马强138 1234 1234", "手机号 138****1234（正文）")])
def test_a_public_document_with_personal_information_is_refused(text, found):
    for kind in ("公示", "命名授牌通知", "授牌名单"):
        with pytest.raises(UserError) as caught:
            render(kind, with_leader(text, kind))
        assert found in str(caught.value) and "请从台账的相应栏目或模板里删去" in str(caught.value)
        assert ID not in str(caught.value) and PHONE not in str(caught.value)


@pytest.mark.parametrize("text, why", [
    ("911101051234567890", "统一社会信用代码，第7至14位不是日期"), ("0991-1234567", "固定电话"), ("乌技师2026001", "牌匾编号"),
    (f"{ID}9", "十九位"), ("12345678901", "不是手机号段"), ("650102********1234", "已掩码")])
def test_other_numbers_may_stand(text, why):
    assert personal_information(render("公示", with_leader(text))) == [], why


def test_the_contact_line_may_give_a_mobile_phone_but_no_one_else():
    context = sample(KINDS["公示"])
    context["发文"]["联系"]["电话"] = PHONE
    assert render("公示", context)
    context["名单"][0]["领办人"] = "马强13912341234"
    with pytest.raises(UserError, match=r"手机号 139"):
        render("公示", context)


def test_a_receipt_is_not_public():
    context = sample(KINDS["回执"])
    context["问题"][0]["问题"] = f"“{ID}”校验位不对。"
    assert personal_information(render("回执", context)) == ["身份证号 650102********1234（正文）"]


@pytest.mark.parametrize("part, xml, found", [
    ("word/comments.xml", f"<w:comments {{w}}><w:comment><w:p><w:r><w:t>{ID[:9]}</w:t></w:r><w:r><w:t>{ID[9:]}</w:t></w:r>"
     "</w:p></w:comment></w:comments>", "身份证号 650102********1234（批注）"),
    ("word/header1.xml", f"<w:hdr {{w}}><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{PHONE}</w:t></w:r></w:p></w:hdr>",
     "手机号 138****1234（页眉）"),
    ("word/footnotes.xml", f"<w:footnotes {{w}}><w:p><w:del><w:r><w:delText>{PHONE}</w:delText></w:r></w:del></w:p>"
     "</w:footnotes>", "手机号 138****1234（脚注）"),
    ("word/header2.xml", '<w:hdr {w}><w:p><w:r><x:docPr xmlns:x="x" descr="' + ID + '"/></w:r></w:p></w:hdr>',
     "身份证号 650102********1234（页眉）"),
    (CORE, f"<c><description>{PHONE}</description></c>", "手机号 138****1234（文件属性）"),
    ("docProps/custom.xml", f"<c><p>{ID}</p></c>", "身份证号 650102********1234（文件属性）")])
def test_places_where_it_hides(part, xml, found):
    members = unpack(render("公示", sample(KINDS["公示"])))
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    docx = pack(members | {part: xml.replace("{w}", namespace).encode()})
    assert personal_information(docx) == [found]


def test_a_template_that_carries_a_phone_is_caught(tmp_path):
    path = edited(tmp_path, "公示", ("特此公示。", f"特此公示。联系{PHONE}。"))
    with pytest.raises(UserError, match=r"138\*{4}1234（正文）"):
        render("公示", sample(KINDS["公示"]), path)
