"""One paragraph style per element of an official document, as data.

Everything a paragraph looks like stands here, so that templates carry no direct formatting and Word users change
a style once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit.documents.docx_package import W
from toolkit.documents.measures import BODY_SIZE, LINE, PT, SPACING, characters, font, lines, mm, number

RED = "FF0000"
BODY = font("正文字体")
WESTERN = font("西文字体")


@dataclass(frozen=True)
class ParagraphStyle:
    """A paragraph style. Lengths in twips, sizes in pt; `line` is an exact pitch; `rule` is a red line below, in pt.

    rule_line: Word's name of the line; tab: a right tab stop."""

    id: str
    name: str
    font: str = BODY
    size: float = BODY_SIZE
    align: str = "both"
    spacing: int = SPACING
    line: int = LINE
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    hanging: int = 0
    colour: str = ""
    scale: int = 0
    keep_next: bool = False
    new_page: bool = False
    outline: int = -1
    rule: float = 0
    rule_line: str = "single"
    tab: int = 0
    western: str = WESTERN


def _table_styles(id_: str, name: str, size: float, pitch: int) -> tuple[ParagraphStyle, ...]:
    centred = ParagraphStyle(f"gw{id_}Cell", f"{name}表内居中", size=size, align="center", spacing=0, line=pitch)
    return (replace(centred, id=f"gw{id_}Head", name=f"{name}表头", font=font("一级标题字体")), centred,
            replace(centred, id=f"gw{id_}Text", name=f"{name}表内文字", align="left"))


def _heading(id_: str, name: str, family: str, level: int) -> ParagraphStyle:
    return ParagraphStyle(id_, name, family, first=characters(number("段首空")), keep_next=True, outline=level)


# 三组同样的长相，各样式从中取用，再写自己的不同之处。
_TITLE = ParagraphStyle("", "", font("标题字体"), number("标题字号"), "center", 0, western=font("标题字体"), keep_next=True, outline=0)
_FOUR = number("版记字号")
_SIDE = round(_FOUR * PT * number("版记左右空"))
_IMPRINT = ParagraphStyle("", "", size=_FOUR, spacing=0, line=480)
_PAGE_SIDE = round(number("页码字号") * PT * number("页码左右空"))
_PAGE_NUMBER = ParagraphStyle("", "", font("页码字体"), number("页码字号"), spacing=0, line=280, western=font("页码字体"))
# 信函的页脚为下面的红线放低了，页码抬回原处。
_LIFT = mm(number("页脚距纸边") - number("信函下线距纸边"))
_MARK_PITCH = 1040
# 红线到文字行框的距离，磅；使红线落在字面之下4毫米。
_RULE_SPACE = 8
# 字面上缘到行框上缘的距离，以小标宋42磅、行距52磅量得。
_MARK_INK = 106
_ONE = round(BODY_SIZE * PT)  # 一字
LETTER_SIDE = mm((number("信函红线宽") - number("版心宽")) / 2)  # 信函的红线两端伸出版心
_LABEL = characters(3)  # “附件：”三字
_COPIES = round(_FOUR * PT * 3)  # “抄送：”三字

STYLES = (
    ParagraphStyle("gwMark", "发文机关标志", font("发文机关标志字体"), number("发文机关标志字号"), "center", 0, _MARK_PITCH,
          before=mm(number("发文机关标志上缘")) - _MARK_INK, colour=RED, western=font("发文机关标志字体")),
    ParagraphStyle("gwNumber", "发文字号", align="center", spacing=0, before=lines("发文字号上空"), rule=number("红线粗")),
    ParagraphStyle("gwUpNumber", "上行文字号", align="left", spacing=0, before=lines("发文字号上空"), rule=number("红线粗"),
          tab=mm(number("版心宽")) - _ONE),
    ParagraphStyle("gwLetterMark", "信函标志", font("发文机关标志字体"), number("信函标志字号"), "center", 0, 900,
          left=-LETTER_SIDE, right=-LETTER_SIDE, colour=RED, western=font("发文机关标志字体"), rule=number("信函红线粗"),
          rule_line="thickThinMediumGap"),
    ParagraphStyle("gwLetterFoot", "信函下线", left=-LETTER_SIDE, right=-LETTER_SIDE, line=20, rule=number("信函红线粗"),
          rule_line="thinThickMediumGap"),
    ParagraphStyle("gwLetterNumber", "信函字号", align="right"),
    replace(_TITLE, id="gwTitle", name="公文标题", before=lines("标题上空"), after=lines("主送上空")),
    replace(_TITLE, id="gwPlainTitle", name="无红头标题", before=LINE, after=lines("主送上空")),
    replace(_TITLE, id="gwFormTitle", name="表单标题", after=LINE // 3),
    ParagraphStyle("gwTo", "主送机关", align="left"),
    ParagraphStyle("gwBody", "公文正文", first=characters(number("段首空"))),
    ParagraphStyle("gwClose", "结束语", first=characters(number("段首空")), keep_next=True),
    _heading("gwLevel1", "一级标题", font("一级标题字体"), 0),
    _heading("gwLevel2", "二级标题", font("二级标题字体"), 1),
    _heading("gwLevel3", "三级标题", BODY, 2),
    ParagraphStyle("gwEnclosure", "附件说明", align="left", before=lines("附件说明上空"), keep_next=True,
          left=characters(number("附件说明左空")) + _LABEL, hanging=_LABEL),
    ParagraphStyle("gwSigner", "署名", align="center", keep_next=True, before=lines("署名上空")),
    ParagraphStyle("gwDate", "成文日期", align="center"),
    ParagraphStyle("gwNote", "附注", align="left", left=characters(number("附注左空"))),
    ParagraphStyle("gwAnnex", "附件序号", font("附件序号字体"), align="left", new_page=True, keep_next=True),
    replace(_TITLE, id="gwAnnexTitle", name="附件标题", before=LINE, after=LINE // 2),
    ParagraphStyle("gwListNote", "名单说明", font("二级标题字体"), 14, "center", 0, 480, after=LINE // 4, keep_next=True),
    *_table_styles("", "", number("表格字号"), 400),
    *_table_styles("Dense", "密", number("密表字号"), 340),
    *_table_styles("Fine", "细", number("密表小字"), 270),
    ParagraphStyle("gwDenseMerged", "密表内并格", align="center", size=number("密表字号"), spacing=0, line=340),
    ParagraphStyle("gwDenseSmall", "密表内小字", align="left", size=number("密表小字"), spacing=0, line=260),
    ParagraphStyle("gwNewPage", "换页", line=20, new_page=True),
    ParagraphStyle("gwAfterTable", "表后", line=20),
    ParagraphStyle("gwImprintPlace", "版记位置", line=20, before=mm(18)),
    replace(_IMPRINT, id="gwCopies", name="抄送", align="left", left=_SIDE + _COPIES, right=_SIDE, hanging=_COPIES),
    replace(_IMPRINT, id="gwPrinter", name="印发机关", align="left", left=_SIDE),
    replace(_IMPRINT, id="gwPrinted", name="印发日期", align="right", right=_SIDE),
    replace(_PAGE_NUMBER, id="gwOdd", name="单页码", align="right", right=_PAGE_SIDE),
    replace(_PAGE_NUMBER, id="gwEven", name="双页码", align="left", left=_PAGE_SIDE),
    replace(_PAGE_NUMBER, id="gwLetterOdd", name="信函单页码", align="right", right=_PAGE_SIDE, after=_LIFT),
    replace(_PAGE_NUMBER, id="gwLetterEven", name="信函双页码", align="left", left=_PAGE_SIDE, after=_LIFT),
)
BY_NAME = {style.name: style for style in STYLES}


def _fonts(east_asian: str, western: str) -> str:
    return (f'<w:rFonts w:ascii="{western}" w:hAnsi="{western}" w:eastAsia="{east_asian}" w:cs="{western}" '
            'w:hint="eastAsia"/>')


def _indent(style: ParagraphStyle) -> str:
    parts = (("left", style.left), ("right", style.right), ("firstLine", style.first), ("hanging", style.hanging))
    given = " ".join(f'w:{name}="{value}"' for name, value in parts if value)
    return f"<w:ind {given}/>" if given else ""


# 中西文之间不加空隙，标点不悬挂，不控制孤行：每行28字、每面22行才对得上。
_GRID = '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'


def _paragraph_properties(style: ParagraphStyle) -> str:
    """In schema order."""
    edge = (f'<w:bottom w:val="{style.rule_line}" w:sz="{round(style.rule * 8)}" w:space="{_RULE_SPACE}" w:color="{RED}"/>'
            if style.rule else "")
    rule = f"<w:pBdr>{edge}</w:pBdr>" if edge else ""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{style.tab}"/></w:tabs>' if style.tab else ""
    return "".join((
        "<w:keepNext/>" if style.keep_next else "", "<w:pageBreakBefore/>" if style.new_page else "",
        '<w:widowControl w:val="0"/>', rule, tab, _GRID,
        f'<w:spacing w:before="{style.before}" w:after="{style.after}" w:line="{style.line}" w:lineRule="exact"/>',
        _indent(style), f'<w:jc w:val="{style.align}"/>',
        f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else ""))


def _run_properties(style: ParagraphStyle) -> str:
    """In schema order."""
    half_points = round(style.size * 2)
    return "".join((
        _fonts(style.font, style.western), f'<w:color w:val="{style.colour}"/>' if style.colour else "",
        f'<w:spacing w:val="{style.spacing}"/>' if style.spacing else "",
        f'<w:w w:val="{style.scale}"/>' if style.scale else "",
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'))


def _style(style: ParagraphStyle) -> str:
    return (f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{_paragraph_properties(style)}</w:pPr>'
            f"<w:rPr>{_run_properties(style)}</w:rPr></w:style>")


_DEFAULTS = f"""<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY, WESTERN)}<w:kern w:val="0"/>
<w:sz w:val="{round(BODY_SIZE * 2)}"/><w:szCs w:val="{round(BODY_SIZE * 2)}"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>"""

_BUILT_IN = """<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>"""



def _table_style() -> str:
    """“公文表格”: outer lines 1 pt, inner ones half, a little air in every cell."""
    edges = "".join(f'<w:{edge} w:val="single" w:sz="{width}" w:space="0" w:color="000000"/>' for edge, width in (
        ("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4)))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>'
                      for side, width in (("top", 40), ("left", 57), ("bottom", 40), ("right", 57)))
    return ('<w:style w:type="table" w:customStyle="1" w:styleId="gwTable"><w:name w:val="公文表格"/>'
            f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{edges}</w:tblBorders>'
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>")



def styles_xml() -> str:
    """The whole styles part: no theme fonts, Chinese as the East Asian language, one style per element."""
    return f'<w:styles xmlns:w="{W}">{_DEFAULTS}{_BUILT_IN}{_table_style()}{"".join(map(_style, STYLES))}</w:styles>'
