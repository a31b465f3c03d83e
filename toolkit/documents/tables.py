"""Tables of official documents, and the 版记, which is one too.

Source: GB/T 9704-2012 7.4 (版记), 8 (表格)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from toolkit.documents.docx_styles import BY_NAME
from toolkit.documents.gongwen import MAIN, append, paragraph_xml
from toolkit.documents.measures import MM, PT, mm, number

if TYPE_CHECKING:
    from docx.document import Document

TYPE_AREA = mm(number("版心宽"))
EMU_PER_TWIP = 635
PRINTED_WIDTH = mm(56)  # “2026年12月28日印发”四号字一行
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


@dataclass(frozen=True)
class TableColumn:
    """One column of a table: header, the text or tag of its cells, width in mm, and whether text stands left."""

    header: str
    cell: str
    width: float
    left: bool = False


@dataclass(frozen=True)
class TableCell:
    """One cell of a form: text or tags, paragraph style, number of columns it spans."""

    text: str
    style: str = "密表内居中"
    span: int = 1


def _cell(text: str, style: str, width: int, span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}<w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph_xml(style, text)}</w:tc>")


def _grid(widths: Sequence[int]) -> str:
    return f'<w:tblGrid>{"".join(f"""<w:gridCol w:w="{width}"/>""" for width in widths)}</w:tblGrid>'


def row(widths: Sequence[float], cells: Sequence[TableCell], height: float = 0, head: bool = False) -> str:
    """A row as XML: at least `height` mm high, never broken over two pages; a `head` is repeated on each page."""
    edges = [0, *accumulate(cell.span for cell in cells)]
    body = "".join(_cell(cell.text, cell.style, sum(map(mm, widths[start:end])), cell.span)
                   for cell, (start, end) in zip(cells, pairwise(edges), strict=True))
    tall = f'<w:trHeight w:val="{mm(height)}" w:hRule="atLeast"/>' if height else ""
    return f'<w:tr><w:trPr><w:cantSplit/>{tall}{"<w:tblHeader/>" if head else ""}</w:trPr>{body}</w:tr>'


def looped(loop: str, widths: Sequence[float], *rows: str) -> str:
    """Rows repeated for each turn of `loop` (“行 in 名单”)."""
    start, end = (f"<w:tr>{_cell(tag, '表内居中', sum(map(mm, widths)), len(widths))}</w:tr>"
                  for tag in (f"{{%tr for {loop} %}}", "{%tr endfor %}"))
    return f"{start}{''.join(rows)}{end}"


def grid(document: Document, widths: Sequence[float], *rows: str) -> None:
    """A table of `rows`, its columns `widths` mm wide."""
    twips = [mm(width) for width in widths]
    append(document, (
        f'<w:tbl {MAIN}><w:tblPr><w:tblStyle w:val="gwTable"/><w:tblW w:w="{sum(twips)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>{_grid(twips)}{"".join(rows)}</w:tbl>'))


def table(document: Document, columns: Sequence[TableColumn], loop: str, dense: bool = False) -> None:
    """A table with one row per turn of `loop` (“行 in 名单”), in smaller type when `dense`.

    The header is repeated on each page and no row is broken over two pages.
    """
    kind = "密" if dense else ""
    widths = [column.width for column in columns]
    heads = [TableCell(column.header, f"{kind}表头") for column in columns]
    cells = [TableCell(column.cell, f"{kind}表内{'文字' if column.left else '居中'}") for column in columns]
    grid(document, widths, row(widths, heads, head=True), looped(loop, widths, row(widths, cells)))


def _imprint_table(copies: str, printer: str, printed: str) -> str:
    thick, thin = (round(number(name) * MM / PT * 8) for name in ("版记粗线", "版记细线"))
    line = 'w:val="single" w:space="0" w:color="000000"'
    widths = (TYPE_AREA - PRINTED_WIDTH, PRINTED_WIDTH)
    return (f'<w:tbl><w:tblPr><w:tblW w:w="{TYPE_AREA}" w:type="dxa"/><w:tblBorders><w:top {line} w:sz="{thick}"/>'
            f'<w:bottom {line} w:sz="{thick}"/><w:insideH {line} w:sz="{thin}"/></w:tblBorders>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
            f"</w:tblCellMar></w:tblPr>{_grid(widths)}<w:tr>{_cell(copies, '抄送', TYPE_AREA, 2)}</w:tr>"
            f"<w:tr>{_cell(printer, '印发机关', widths[0])}{_cell(printed, '印发日期', widths[1])}</w:tr></w:tbl>")


def imprint(document: Document, copies: str, printer: str, printed: str) -> None:
    """版记 at the foot of the page where the text ends: 抄送 line, then 印发机关 and 印发日期.

    A text box anchored to the type area's lower edge is the one construction that Word and LibreOffice both put there;
    the anchoring paragraph keeps the box's height free above itself.
    """
    height = (BY_NAME["抄送"].line + BY_NAME["印发机关"].line + mm(0.6)) * EMU_PER_TWIP
    width = TYPE_AREA * EMU_PER_TWIP
    tail = paragraph_xml("表后", "")
    append(document, (
        f'<w:p {MAIN} xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main" xmlns:wps="{SHAPE}">'
        f'<w:pPr><w:pStyle w:val="{BY_NAME["版记位置"].id}"/></w:pPr><w:r><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="版记"/><a:graphic><a:graphicData uri="{SHAPE}">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>"
        f"{_imprint_table(copies, printer, printed)}{tail}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
        "</w:drawing></w:r></w:p>"))
