"""No number of a person in a public document, however it is spelled and wherever it hides; other numbers pass."""

import io
from functools import cache
from html import escape

import pytest
import xlsxwriter

from tests.documents.edited import MAIN, edited
from tests.documents.spellings import ALLOWED, FORBIDDEN, ID, PHONE, with_check
from toolkit.documents.docx_package import CORE, W, pack, unpack
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.personal_numbers import numbers_across, numbers_in
from toolkit.documents.privacy import found_in, personal_information, refuse_personal
from toolkit.documents.render import render
from toolkit.errors import UserError

PUBLIC = [kind.name for kind in KINDS.values() if kind.public]
WORD = f'xmlns:w="{W}"'


def with_leader(name: str, kind: str = "公示") -> dict:
    """The sample with one text that people type replaced."""
    context = sample(KINDS[kind])
    return _replaced(context, name) or context


def _replaced(context: dict, text: str) -> dict | None:
    for value in context.values():
        rows = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        for row in rows:
            if key := next((key for key in ("领办人", "工作室名称") if key in row), None):
                row[key] = text
                return None
            _replaced(row, text)
    return None


@pytest.mark.parametrize("text", FORBIDDEN)
def test_a_number_of_a_person_is_found(text):
    assert numbers_in(text), text
    assert numbers_in(f"领办人{text}，申办单位新疆示例公司"), text


@pytest.mark.parametrize("text", ALLOWED)
def test_other_numbers_may_stand(text):
    assert numbers_in(text) == [] and numbers_in(f"见{text}。") == [], text


def test_there_are_enough_spellings_and_they_differ():
    assert len(set(FORBIDDEN)) == len(FORBIDDEN) >= 80 and len(set(ALLOWED)) == len(ALLOWED) >= 30


@pytest.mark.parametrize("kind", PUBLIC)
def test_no_public_kind_lets_one_out(kind):
    for text in FORBIDDEN:
        with pytest.raises(UserError) as caught:
            render(kind, with_leader(text, kind))
        said = str(caught.value)
        assert "请从台账的相应栏目或模板里删去" in said and ID not in said and PHONE not in said and "（正文）" in said


@pytest.mark.parametrize("kind", PUBLIC)
def test_every_public_kind_lets_the_others_pass(kind):
    for text in ALLOWED:
        assert render(kind, with_leader(text, kind)), text


def test_findings_are_masked_and_placed():
    for text, found in ((f"马强{ID}", f"身份证号 650102********{ID[-4:]}（正文）"), ("138 1234 1234", "手机号 138****1234（正文）"),
                        ("E12345678", "出入境证件号 E1*****78（正文）"), ("账号3002016009024512345", "账号 30***************45（正文）")):
        with pytest.raises(UserError) as caught:
            render("公示", with_leader(text))
        assert found in str(caught.value)


# ---- 在哪里都一样 ----

@cache
def notice() -> dict[str, bytes]:
    """The members of a sound 公示, nothing in it."""
    return unpack(render("公示", sample(KINDS["公示"])))


def in_part(name: str, xml: str) -> list[str]:
    """What the gate finds in one part; the others of a sound 公示 are clean."""
    return found_in({name: xml.encode()})


def runs(*pieces: str, tag: str = "w:t", before: str = "") -> str:
    return "".join(f"<w:r>{before}<{tag}>{escape(piece)}</{tag}></w:r>" for piece in pieces)


PARTS = {
    "批注": ("word/comments.xml", "<w:comments {w}><w:comment><w:p>{runs}</w:p></w:comment></w:comments>"),
    "页眉": ("word/header1.xml", "<w:hdr {w}><w:p>{runs}</w:p></w:hdr>"),
    "页脚": ("word/footer3.xml", "<w:ftr {w}><w:tbl><w:tr><w:tc><w:p>{runs}</w:p></w:tc></w:tr></w:tbl></w:ftr>"),
    "脚注": ("word/footnotes.xml", "<w:footnotes {w}><w:footnote><w:p>{runs}</w:p></w:footnote></w:footnotes>"),
    "尾注": ("word/endnotes.xml", "<w:endnotes {w}><w:endnote><w:p>{runs}</w:p></w:endnote></w:endnotes>")}


@pytest.mark.parametrize("place", PARTS)
def test_every_part_with_paragraphs_is_read_run_by_run(place):
    name, xml = PARTS[place]
    for text in FORBIDDEN:
        for pieces in ((text,), (text[:len(text) // 2], text[len(text) // 2:]), ("马强", text, "电话")):
            assert any(f"（{place}）" in found for found in in_part(name, xml.replace("{w}", WORD).replace("{runs}", runs(*pieces)))), pieces
    for text in ALLOWED:
        assert in_part(name, xml.replace("{w}", WORD).replace("{runs}", runs(text))) == [], text


@pytest.mark.parametrize("inner", [
    runs(ID[:9], ID[9:]), runs(PHONE, before="<w:rPr><w:vanish/></w:rPr>"), f"<w:del>{runs(PHONE, tag='w:delText')}</w:del>",
    runs(f"HYPERLINK tel:{PHONE}", tag="w:instrText"), runs(' QUOTE "138', '12341234" ', tag="w:instrText"), f'<w:fldSimple w:instr=" QUOTE {ID} "/>',
    f'<w:r><w:docPr descr="{ID}"/></w:r>', f'<w:r><w:docPr title="电话{PHONE}"/></w:r>', f'<w:sdt><w:sdtPr><w:alias w:val="{PHONE}"/></w:sdtPr></w:sdt>',
    f'<w:bookmarkStart w:id="1" w:name="t{PHONE}_"/>'.replace("t1", "电话1"), f"<m:oMath xmlns:m='m'><m:r><m:t>{PHONE}</m:t></m:r></m:oMath>",
    f"<w:r><w:txbxContent><w:p>{runs('138')}</w:p></w:txbxContent></w:r>{runs('马强', '13812341', '234')}",
    "".join(f'<w:r><w:sym w:font="Symbol" w:char="F0{ord(digit):02X}"/></w:r>' for digit in PHONE), f"<!-- {PHONE} -->", f"<?x {ID}?>",
    "<w:r><w:t>138</w:t><w:tab/><w:t>1234</w:t><w:br/><w:t>1234</w:t></w:r>", f"<w:ruby><w:rt>{runs(PHONE)}</w:rt></w:ruby>",
    "<w:r><w:t>138</w:t><w:noBreakHyphen/><w:t>1234</w:t><w:softHyphen/><w:t>1234</w:t></w:r>"])
def test_every_way_of_hiding_it_in_the_body(inner):
    members = notice()
    body = members[MAIN].decode().replace("</w:body>", f"<w:p>{inner}</w:p></w:body>")
    assert personal_information(pack(members | {MAIN: body.encode()})), inner


@pytest.mark.parametrize("name, xml", [
    (CORE, f"<c><description>{PHONE}</description></c>"), ("docProps/custom.xml", f"<c><p>{ID}</p></c>"),
    ("word/_rels/document.xml.rels", f'<R><Relationship Target="tel:+86{PHONE}"/></R>'), ("word/charts/chart1.xml", f"<c xmlns='c'><v>{ID}</v></c>"),
    ("word/numbering.xml", f'<w:numbering {WORD}><w:lvlText w:val="{PHONE}"/></w:numbering>'),
    ("word/media/image1.png", f"\x89PNG tEXt 电话 {PHONE} ")])
def test_parts_without_paragraphs(name, xml):
    assert in_part(name, xml), name


@pytest.mark.parametrize("pieces", [("138123", "41234"), ("1381234", "1234"), ("138", "1234", "1234"), tuple(PHONE), tuple(ID), (ID[:6], ID[6:14], ID[14:]),
                                    ("马强138123", "41234（微信）"), (ID[:9], "", ID[9:])])
def test_pieces_in_adjacent_cells_and_paragraphs_are_joined(pieces):
    members = notice()
    paragraphs = [f"<w:p>{runs(piece)}</w:p>" for piece in ("电话", *pieces, "备注")]
    cells = "".join(f"<w:tc>{paragraph}</w:tc>" for paragraph in paragraphs)
    rows = "".join(f"<w:tr><w:tc><w:p>{runs('甲')}</w:p></w:tc><w:tc>{paragraph}</w:tc></w:tr>" for paragraph in paragraphs)
    for inner in ("".join(paragraphs), f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", f"<w:tbl>{rows}</w:tbl>"):
        body = members[MAIN].decode().replace("</w:body>", f"{inner}</w:body>")
        assert personal_information(pack(members | {MAIN: body.encode()})), inner


@pytest.mark.parametrize("row", [
    ("1", "2", "2", "2", "2", "2", "5", "5", "20", "3", "3"), ("13", "2026", "11", "20", "1"), ("150000", "80000"), ("13", "100000", "120000"),
    ("92.5", "88", "59.5", "60"), ("2024", "2025", "2026"), ("乌技师2026013", "14", "马强"), ("1", "0991-2345678", "2", "0991-2345679"),
    ("2026-11-17", "2026-11-24"), ("一三五七",) * 4, ("18", "3", "1234.5", "60")])
def test_figures_of_a_table_are_not_joined(row):
    assert numbers_across(row) == []


def test_a_label_in_one_cell_makes_the_next_an_account():
    members = notice()
    cells = "".join(f"<w:tc><w:p>{runs(text)}</w:p></w:tc>" for text in ("开户行账号", "3002016009024512345"))
    body = members[MAIN].decode().replace("</w:body>", f"<w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body>")
    assert personal_information(pack(members | {MAIN: body.encode()})) == ["账号 30***************45（正文）"]


# ---- 工作簿 ----

def workbook(*rows: tuple, **extra: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
        if "comment" in extra:
            sheet.write_comment("A1", extra["comment"])
        if "header" in extra:
            sheet.set_header(f"&C{extra['header']}")
        if "hidden" in extra:
            book.add_worksheet("旧").write("A1", extra["hidden"])
            book.worksheets()[1].hide()
        if "name" in extra:
            book.define_name("电话", f'="{extra["name"]}"')
        if "property" in extra:
            book.set_properties({"comments": extra["property"]})
    return out.getvalue()


def test_a_workbook_is_read_as_well():
    for text in FORBIDDEN:
        assert personal_information(workbook(("马强", text))), text
        for place in ("comment", "hidden"):
            assert personal_information(workbook(("马强",), **{place: text})), (place, text)
    for text in ALLOWED:
        assert personal_information(workbook(("马强", text))) == [], text


@pytest.mark.parametrize("place", ["comment", "header", "hidden", "name", "property"])
def test_a_number_beside_the_cells_of_a_workbook(place):
    assert personal_information(workbook(("马强",), **{place: f"电话 {PHONE}"}))


@pytest.mark.parametrize("rows, found", [
    ([("马强", int(PHONE))], True), ([("马强", "138123", "41234")], True), ([("电话", "138123"), ("", "41234")], True), ([tuple(ID)], True),
    ([(150000, 80000), (13, 100000)], False), ([(1, 100000.5), (0.13812341234, 2)], False), ([(45981, 45988)], False)])
def test_cells_and_numbers_of_a_workbook(rows, found):
    assert bool(personal_information(workbook(*rows))) is found


# ---- 看不透的部件 ----

@pytest.mark.parametrize("name, told", [
    ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", "嵌入的文件"), ("word/embeddings/oleObject1.bin", "嵌入的文件"), ("word/vbaProject.bin", "宏"),
    ("word/afchunk1.docx", "插入的文件"), ("word/afchunk.mht", "插入的文件"), ("word/activeX/activeX1.xml", "控件"), ("word/unknown.dat", "认不得的部件"),
    ("xl/externalLinks/externalLink1.xml", "外部数据"), ("xl/pivotCache/pivotCacheDefinition1.xml", "数据透视表"), ("xl/connections.xml", "外部数据")])
def test_a_part_nobody_can_look_through_is_refused(name, told):
    members = notice()
    with pytest.raises(UserError, match=rf"“公示”要公开，但里面有看不透的内容：{told}.*。请换回随工具安装的模板"):
        refuse_personal("公示", members | {name: b"<x/>"})


@pytest.mark.parametrize("inner, told", [
    ('<w:altChunk w:id="1"/>', "插入的文件"), ("<w:object/>", "嵌入的对象"), (runs("DDEAUTO excel book r1c1", tag="w:instrText"), "DDEAUTO"),
    (runs("DD", "E excel", tag="w:instrText"), "DDE"), ('<w:fldSimple w:instr=" INCLUDETEXT a.docx"/>', "INCLUDETEXT"),
    ('<w:subDoc w:id="1"/>', "子文档"), (runs('INCLUDEPICTURE "http://x"', tag="w:instrText"), "INCLUDEPICTURE")])
def test_what_fetches_something_when_opened_is_refused_in_every_template(tmp_path, inner, told):
    path = edited(tmp_path, "回执", ("</w:body>", f"<w:p>{inner}</w:p></w:body>"))
    with pytest.raises(UserError, match=rf"模板“回执.docx”：里面有.*{told}"):
        render("回执", sample(KINDS["回执"]), path)


def test_what_only_office_programs_keep_is_taken_out(tmp_path):
    path = edited(tmp_path, "公示", ("特此公示", "特此公示"))
    members = unpack(path.read_bytes())
    relations = members["_rels/.rels"].decode()
    custom = '<Relationship Id="c9" Type="http://x/custom-properties" Target="docProps/custom.xml"/>'
    attached = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" TargetMode="External" '
                'Type="http://x/attachedTemplate" Target="file:///C:/Users/ma/Normal.dotm"/></Relationships>')
    settings = members["word/settings.xml"].decode().replace("</w:settings>", '<w:attachedTemplate w:id="r1"/><w:rsids/></w:settings>')
    types = members["[Content_Types].xml"].decode().replace("</Types>", '<Override PartName="/word/people.xml" ContentType="x/x"/></Types>')
    path.write_bytes(pack(members | {
        "docProps/custom.xml": f"<p>{PHONE}</p>".encode(), "word/people.xml": f"<p>{PHONE}</p>".encode(), "customXml/item1.xml": b"<p/>",
        "docProps/thumbnail.jpeg": b"\xff\xd8", "_rels/.rels": relations.replace("</Relationships>", f"{custom}</Relationships>").encode(),
        "word/_rels/settings.xml.rels": attached.encode(), "word/settings.xml": settings.encode(), "[Content_Types].xml": types.encode()}))
    made = unpack(render("公示", sample(KINDS["公示"]), path))
    assert not {name for name in made if "custom" in name or "people" in name or "thumbnail" in name}
    assert b"Normal.dotm" not in b"".join(made.values()) and b"attachedTemplate" not in b"".join(made.values())
    assert b"custom.xml" not in made["_rels/.rels"] and b"people.xml" not in made["[Content_Types].xml"]


# ---- 谁可以 ----

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
    assert personal_information(render("回执", context)) == [f"身份证号 650102********{ID[-4:]}（正文）"]


def test_a_template_that_carries_a_phone_is_caught(tmp_path):
    path = edited(tmp_path, "公示", ("特此公示。", f"特此公示。联系{PHONE}。"))
    with pytest.raises(UserError, match=r"138\*{4}1234（正文）"):
        render("公示", sample(KINDS["公示"]), path)


def test_a_slip_of_the_pen_in_an_id_is_still_an_id_but_a_dated_serial_is_none():
    wrong = ID[:17] + ("1" if ID[17] != "1" else "2")
    assert numbers_in(wrong) and not numbers_in("650102202611201" + "234"[:3]) and numbers_in(with_check("65010220061120123"))
