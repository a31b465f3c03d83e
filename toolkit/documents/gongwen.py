"""The building blocks of an official document, on python-docx.

Source: GB/T 9704-2012; measures and clauses in `measures.py`, looks in `styles.py`. Texts may hold template tags.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from toolkit.documents.docx_package import W
from toolkit.documents.docx_parts import font_table_xml, theme_xml
from toolkit.documents.docx_styles import BODY, BY_NAME, WESTERN, styles_xml
from toolkit.documents.measures import font, number

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

LETTER_INK = 2  # mm；信函标志的字面上缘到行框上缘
FORM_WIDTH, FORM_EDGE = 174, 18  # mm，表单的版心宽和天头、地脚
BASIS = "根据{{ 办法.上位依据 }}和《{{ 办法.名称 }}》（{{ 办法.文号 }}）"
BASIS_NAMED = BASIS.removesuffix("）") + "，以下简称《办法》）"  # 后文还要提到的
MAIN = f'xmlns:w="{W}"'
_SETTINGS = f"""<w:settings {MAIN}><w:zoom w:percent="100"/>
<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>
<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"""
# python-docx 自带模板里用不着的部件。
_UNUSED = ("webSettings", "stylesWithEffects", "numbering", "customXml", "thumbnail")


def new_document() -> Document:
    """An empty document with page set-up, styles and page numbers, and nothing else of python-docx's own template."""
    from docx import Document as new
    from docx.oxml import parse_xml

    document = new()
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.rpartition("/")[2] in _UNUSED]:
            del relations[key]
    for part, xml in ((document.part._styles_part, styles_xml()), (document.part._settings_part, _SETTINGS)):
        part._element = parse_xml("".join(xml.split("\n")))
    own = {"fontTable": font_table_xml(), "theme": theme_xml(WESTERN, BODY)}
    for relation in document.part.rels.values():
        if replacement := own.get(relation.reltype.rpartition("/")[2]):
            relation.target_part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{replacement}'.encode()
    _page_setup(document.sections[0])
    _page_numbers(document.sections[0])
    return document


def _page_setup(section: Section) -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(number("纸宽")), Mm(number("纸高"))
    section.left_margin, section.top_margin = Mm(number("订口")), Mm(number("天头"))
    section.right_margin = Mm(number("纸宽") - number("订口") - number("版心宽"))
    section.bottom_margin = Mm(number("纸高") - number("天头") - number("版心高"))
    section.footer_distance = Mm(number("页脚距纸边"))
    for grid in section._sectPr.findall(f"{{{W}}}docGrid"):
        section._sectPr.remove(grid)


def form_page(document: Document) -> None:
    """Narrower margins for a form, which is no 公文: `FORM_WIDTH` mm wide."""
    from docx.shared import Mm

    section = document.sections[0]
    section.left_margin = section.right_margin = Mm((number("纸宽") - FORM_WIDTH) / 2)
    section.top_margin = section.bottom_margin = Mm(FORM_EDGE)
    section.footer_distance = Mm(FORM_EDGE / 2)


def _page_numbers(section: Section) -> None:
    """“— 1 —”: right on odd pages, left on even ones."""
    from docx.oxml import parse_xml

    field = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{between}' for kind, between in (
        ("begin", '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'),
        ("separate", "<w:r><w:t>1</w:t></w:r>"), ("end", "")))
    for footer, style in ((section.footer, "单页码"), (section.even_page_footer, "双页码")):
        footer.is_linked_to_previous = False
        old = footer.paragraphs[0]._p
        old.addprevious(parse_xml(
            f'<w:p {MAIN}><w:pPr><w:pStyle w:val="{BY_NAME[style].id}"/></w:pPr>'
            f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{field}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'))
        old.getparent().remove(old)


def paragraph_xml(style: str, text: str, namespace: str = "") -> str:
    """A paragraph as XML; a line break in `text` becomes one in Word.

    The hint sends quotation marks and dashes, which Chinese and Western fonts share, to the Chinese one.
    """
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in text.split("\n"))
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{parts}</w:r>' if text else ""
    return f'<w:p {namespace}><w:pPr><w:pStyle w:val="{BY_NAME[style].id}"/></w:pPr>{run}</w:p>'


def paragraph(document: Document, style: str, text: str = "") -> None:
    """One paragraph in the style called `style`."""
    append(document, paragraph_xml(style, text, MAIN))


def paragraphs(document: Document, *styled: tuple[str, str]) -> None:
    """(style, text) pairs, in order."""
    for style, text in styled:
        paragraph(document, style, text)


def red_head(document: Document, issuer: str, document_number: str) -> None:
    """发文机关标志, 发文字号 and the red line below it."""
    paragraphs(document, ("发文机关标志", f"{issuer}文件"), ("发文字号", document_number))


def upward_head(document: Document, issuer: str, document_number: str, signer: str) -> None:
    """版头 of a 上行文: 发文字号 left and 签发人 right on one line, the name in 楷体. Source: GB/T 9704-2012 7.2.5, 7.2.6"""
    paragraph(document, "发文机关标志", f"{issuer}文件")
    kai = font("签发人字体")
    append(document, (
        f'<w:p {MAIN}><w:pPr><w:pStyle w:val="{BY_NAME["上行文字号"].id}"/></w:pPr><w:r><w:t>　{document_number}</w:t></w:r><w:r><w:tab/></w:r>'
        f'<w:r><w:t>签发人：</w:t></w:r><w:r><w:rPr><w:rFonts w:eastAsia="{kai}" w:hint="eastAsia"/></w:rPr><w:t>{signer}</w:t></w:r></w:p>'))


def letter_head(document: Document, issuer: str, document_number: str) -> None:
    """信函格式: 标志 and red double line above, one below, both on the first page only, which has no page number; 发文字号 right.

    Source: GB/T 9704-2012 10.1
    """
    from docx.oxml import parse_xml
    from docx.shared import Mm

    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Mm(number("信函标志上缘") - LETTER_INK)
    section.footer_distance = Mm(number("信函下线距纸边"))
    for footer, style in ((section.footer, "信函单页码"), (section.even_page_footer, "信函双页码")):
        footer.paragraphs[0]._p.pPr.pStyle.val = BY_NAME[style].id
    for place, style, text in ((section.first_page_header, "信函标志", issuer), (section.first_page_footer, "信函下线", "")):
        place.is_linked_to_previous = False
        old = place.paragraphs[0]._p
        old.addprevious(parse_xml(paragraph_xml(style, text, MAIN)))
        old.getparent().remove(old)
    paragraph(document, "信函字号", document_number)


def contact_lines(document: Document) -> None:
    """Whom to ask, the number on a line of its own: it is not broken at its hyphen."""
    paragraphs(document, ("结束语", "联系科室：{{ 发文.联系.科室 }}"), ("结束语", "联系电话：{{ 发文.联系.电话 }}"))


def body(document: Document, *texts: str) -> None:
    """Paragraphs of running text."""
    paragraphs(document, *(("公文正文", text) for text in texts))


def signature(document: Document, issuer: str, day: str, note: str = "") -> None:
    """署名, 成文日期 and 附注. The axis of the first two depends on the texts: `settle.py` sets it."""
    paragraphs(document, ("署名", issuer), ("成文日期", day), *([("附注", f"（{note}）")] if note else []))


def annex(document: Document, label: str, title: str, note: str = "") -> None:
    """附件 on a page of its own: label on the first line, title on the third."""
    paragraphs(document, ("附件序号", label), ("附件标题", title), *([("名单说明", note)] if note else []))


def append(document: Document, xml: str) -> None:
    """One block of WordprocessingML at the end of the body."""
    from docx.oxml import parse_xml

    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))
