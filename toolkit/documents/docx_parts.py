"""The parts every Word document has beside its text: which fonts it names and what stands in for them, and a plain theme."""

from __future__ import annotations

from toolkit.documents.docx_package import W

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
# 字体：没有时 Word 改用哪一种、字体类别、字距。
FONTS = {
    "仿宋_GB2312": ("仿宋", "modern", "fixed"), "楷体_GB2312": ("楷体", "modern", "fixed"), "黑体": ("SimHei", "modern", "fixed"),
    "宋体": ("SimSun", "auto", "variable"), "方正小标宋简体": ("宋体", "script", "fixed"),
    "Times New Roman": ("", "roman", "variable")}
_COLOURS = (("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "1F3864"), ("lt2", "EEECE1"), ("accent1", "4472C4"), ("accent2", "ED7D31"),
            ("accent3", "A5A5A5"), ("accent4", "FFC000"), ("accent5", "5B9BD5"), ("accent6", "70AD47"), ("hlink", "0563C1"), ("folHlink", "954F72"))


def font_table_xml() -> str:
    """word/fontTable.xml, with the substitute Word takes where a computer lacks a font."""
    return f'<w:fonts xmlns:w="{W}">{"".join(map(_font, FONTS))}</w:fonts>'


def _font(name: str) -> str:
    other, family, pitch = FONTS[name]
    return (f'<w:font w:name="{name}">{f"""<w:altName w:val="{other}"/>""" if other else ""}<w:charset w:val="{"00" if name.isascii() else "86"}"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>')


def theme_xml(western: str, chinese: str) -> str:
    """word/theme/theme1.xml: black on white, both fonts those of the body; no style refers to it."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS)
    fonts = "".join(f'<a:{kind}><a:latin typeface="{western}"/><a:ea typeface="{chinese}"/><a:cs typeface=""/></a:{kind}>'
                    for kind in ("majorFont", "minorFont"))
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    return (f'<a:theme xmlns:a="{DRAWING}" name="公文"><a:themeElements><a:clrScheme name="公文">{colours}</a:clrScheme>'
            f'<a:fontScheme name="公文">{fonts}</a:fontScheme><a:fmtScheme name="公文"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
            f'<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{"<a:effectStyle><a:effectLst/></a:effectStyle>" * 3}</a:effectStyleLst>'
            f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>")
