"""What Word and WPS leave out or add in a template that people edited, and filled documents settle all the same."""

from lxml import etree

from toolkit.documents.docx_package import W
from toolkit.documents.settle import MERGED, settle, style_ids

IDS = {"公文标题": "t", "发文机关标志": "m", "署名": "s", MERGED: "d"}


def body(xml: str) -> etree._Element:
    return etree.fromstring(f'<w:document xmlns:w="{W}"><w:body>{xml}</w:body></w:document>')


def paragraph(style: str, text: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def row(cell: str) -> str:
    return f"<w:tr>{cell}<w:tc><w:p/></w:tc></w:tr>"


def named(root: etree._Element, name: str) -> list[etree._Element]:
    return list(root.iter(f"{{{W}}}{name}"))


def test_cells_without_properties_are_merged_too():
    """WPS 存的单元格可以没有 tcPr，曾经在这里中断。"""
    cell = f"<w:tc>{paragraph('d', '张三')}</w:tc>"
    root = body(f"<w:tbl>{row(cell)}{row(cell)}{row(cell.replace('张三', '李四'))}</w:tbl>")
    settle(root, IDS)
    assert [merge.get(f"{{{W}}}val") for merge in named(root, "vMerge")] == ["restart", None, "restart"]
    assert [text.text for text in named(root, "t")] == ["张三", "李四"]
    assert all(cell[0].tag == f"{{{W}}}tcPr" for cell in (merge.getparent().getparent() for merge in named(root, "vMerge")))


def test_a_row_whose_cells_stand_in_a_content_control_is_left_alone():
    cell = f"<w:tc>{paragraph('d', '张三')}</w:tc>"
    wrapped = f"<w:tr><w:sdt><w:sdtContent>{cell}</w:sdtContent></w:sdt></w:tr>"
    root = body(f"<w:tbl>{row(cell)}{wrapped}{row(cell)}</w:tbl>")
    settle(root, IDS)
    assert [text.text for text in named(root, "t")] == ["张三", "张三", "张三"]


def test_an_old_style_kept_as_a_tracked_change_is_no_paragraph():
    """修订留下的旧样式在 pPrChange 里，不是段落的样式。"""
    old = '<w:pPrChange w:id="1" w:author="甲"><w:pPr><w:pStyle w:val="t"/></w:pPr></w:pPrChange>'
    root = body(paragraph("b", "正文" * 30, old))
    assert settle(root, IDS) == "" and not named(root, "br")


def test_a_date_without_properties_is_centred_under_its_signer():
    root = body(paragraph("s", "乌鲁木齐市人力资源和社会保障局") + "<w:p><w:r><w:t>2026年11月26日</w:t></w:r></w:p>")
    settle(root, IDS)
    left = [indent.get(f"{{{W}}}left") for indent in named(root, "ind")]
    assert len(left) == 2 and left[0] == left[1]


def test_a_style_without_a_name_is_passed_over():
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="x"/><w:style w:styleId="t"><w:name w:val="公文标题"/></w:style></w:styles>'
    assert style_ids(styles.encode())["公文标题"] == "t"
