"""GB/T 9704-2012 rule by rule: how each element is recognised and what is wrong with it.

Elements are known by our style names, and in documents made elsewhere by what they say and where they stand.
Source: GB/T 9704-2012; values and strengths in `measures.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.documents.measures import LINE, MEASURES, MM, number
from toolkit.documents.package_texts import local_name
from toolkit.documents.resolved import ResolvedDocument, ResolvedParagraph, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ORDERED, USUAL, ADVISED = "规定", "一般", "推荐"
_DAY = re.compile(r"(\d{2,4}|[〇零○一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日")
_NUMBER = re.compile(r"^(?=.{5,40}$).{2,16}?第?[〔\[（(【］]?\d{2,4}[〕\]）)】]?第?\d+号$")
_GOOD_NUMBER = re.compile(r"^[\u4e00-\u9fff]+〔20\d\d〕[1-9]\d*号$")
_LEVELS = ((re.compile(r"^[一二三四五六七八九十]+、"), "一级标题字体", "一级标题"), (re.compile(r"^（[一二三四五六七八九十]+）"), "二级标题字体", "二级标题"))
_BAD_LEVEL = re.compile(r"^(?:（[一二三四五六七八九十\d]+）[、.，]|[一二三四五六七八九十]+[.．,，]|\d+、|\(\d+\)|\([一二三四五六七八九十]+\))")
_SAME = {"仿宋": "仿宋_GB2312", "FANGSONG": "仿宋_GB2312", "FANGSONG_GB2312": "仿宋_GB2312", "方正仿宋_GBK": "仿宋_GB2312", "方正仿宋简体": "仿宋_GB2312",
         "楷体": "楷体_GB2312", "KAITI": "楷体_GB2312", "KAITI_GB2312": "楷体_GB2312", "方正楷体_GBK": "楷体_GB2312", "SIMHEI": "黑体", "方正黑体_GBK": "黑体",
         "SIMSUN": "宋体", "方正小标宋_GBK": "方正小标宋简体", "小标宋": "方正小标宋简体", "华文中宋": "方正小标宋简体"}
TOLERANCE = 0.5  # 行、字


@dataclass(frozen=True)
class Departure:
    """What departs from a rule. `paragraph`: its place, 0 where it is the whole document's."""

    rule: str
    clause: str
    strength: str
    element: str
    fact: str
    remedy: str
    paragraph: int = 0
    value: str = ""


def family(font: str) -> str:
    """A font by the name the standard's table uses."""
    return _SAME.get(font.upper(), _SAME.get(font, font))


class Elements:
    """The elements of a document, each the paragraphs that are it."""

    def __init__(self, document: ResolvedDocument):
        self.document = document
        texts = [each for each in document.paragraphs if not each.in_table]
        by_style = {name: [each for each in document.paragraphs if each.style == name] for name in {each.style for each in document.paragraphs}}
        self.marks = by_style.get("发文机关标志") or [each for each in texts[:4] if each.size >= 26 and re.search("文件$|[局府院委]$", each.text)]
        self.numbers = [each for name in ("发文字号", "上行文字号", "信函字号") for each in by_style.get(name, [])] or [each for each in document.paragraphs[:6] if _NUMBER.match(each.text)]
        self.signers = by_style.get("签发人", [])
        self.titles = [each for name in ("公文标题", "无红头标题") for each in by_style.get(name, [])] or [
            each for each in texts[:8] if each.align == "center" and each not in (*self.marks, *self.numbers)][:1]
        self.addressees = by_style.get("主送机关") or [each for each in texts[:10] if re.search("[局府院委位司校]：$|[局府院委位司校]:$", each.text)][:1]
        self.enclosures = by_style.get("附件说明") or [each for each in texts if re.match(r"附件[：:]", each.text)]
        self.days = by_style.get("成文日期") or [each for each in texts if _DAY.fullmatch(each.text.replace(" ", ""))][-1:]
        self.notes = by_style.get("附注", [])
        self.annexes = by_style.get("附件序号") or [each for each in texts if re.fullmatch(r"附件[ 　]?\d{0,2}[：:]?", each.text)]
        self.annex_titles = by_style.get("附件标题", [])
        self.copies = by_style.get("抄送") or [each for each in document.paragraphs if each.text.startswith(("抄送：", "抄送:", "抄报："))]
        self.printed = by_style.get("印发日期") or [each for each in document.paragraphs if re.search("日 ?印发$", each.text)]
        known = {id(each) for group in (self.marks, self.numbers, self.titles, self.addressees, self.enclosures, self.days, self.notes, self.annexes,
                                        self.annex_titles, self.copies, self.printed, self.signers) for each in group}
        first, last = next(iter(self.addressees or self.titles), None), next(iter(self.days), None)
        self.body = [each for each in texts if id(each) not in known and each.align in ("both", "left", "start", "distribute", "")
                     and (first is None or each.number > first.number) and (last is None or each.number < last.number)
                     and (each.style in ("公文正文", "结束语", "一级标题", "二级标题", "三级标题") or each.style not in _STYLED) and len(each.text) > 1]


_STYLED = frozenset(("署名", "名单说明", "表后", "版记位置", "成文日期", "联系方式"))


def _twips(element: Element | None, name: str, key: str) -> float:
    node = None if element is None else element.find(w(name))
    try:
        return float("nan") if node is None else float(node.get(w(key), "nan"))
    except ValueError:
        return float("nan")


def page(found: Elements) -> Iterator[Departure]:
    """5.1, 5.2.1: paper, margins, type area."""
    section = found.document.section
    width, height = (_twips(section, "pgSz", key) / MM for key in ("w", "h"))
    top, left, right, bottom = (_twips(section, "pgMar", key) / MM for key in ("top", "left", "right", "bottom"))
    measured = (("纸宽", width), ("纸高", height), ("天头", abs(top)), ("订口", left), ("版心宽", width - left - right),
                ("版心高", height - abs(top) - abs(bottom)))
    for name, value in measured:
        measure = MEASURES[name]
        if not abs(value - float(measure.value)) <= max(measure.tolerance, 1) + 0.05:
            said = "没有写明" if value != value else f"是{value:.1f}毫米"
            yield Departure(f"GW{measure.clause}-{name}", measure.clause, measure.strength, "页面", f"{name}{said}，应为{measure.value:g}毫米",
                            "请在“布局—页边距”里改正", value="" if value != value else f"{value:.1f}")


def body_text(found: Elements) -> Iterator[Departure]:
    """5.2.2, 5.2.3, 7.3.3: font, size, pitch, indents and levels of running text."""
    for each in found.body:
        level = next(((font, name) for pattern, font, name in _LEVELS if pattern.match(each.text) and len(each.text) < 40), None)
        wanted = MEASURES[level[0]] if level else MEASURES["正文字体"]
        if family(each.font) != wanted.value:
            yield _at(each, f"GW{wanted.clause}-字体", wanted.clause, USUAL, level[1] if level else "正文", f"用的是“{each.font or '默认字体'}”，一般用{wanted.value}",
                      "请套用相应的样式或改字体")
        if abs(each.size - number("正文字号")) > 0.4:
            yield _at(each, "GW5.2.2-字号", "5.2.2", USUAL, "正文", f"是{each.size:g}磅，一般用3号（16磅）", "请改成3号")
        if each.exact and abs(each.line - LINE) > 10:
            yield _at(each, "GW5.2.3-行距", "5.2.3", USUAL, "正文", f"行距{each.line / 20:g}磅，排不满每面22行", f"请改成固定值{LINE / 20:g}磅")
        if each.align != "center" and abs(each.left + each.first - 2 * (each.size * 20 + each.spacing)) > 0.6 * each.size * 20 \
                and not each.text.startswith("　　"):
            yield _at(each, "GW7.3.3-段首", "7.3.3", ORDERED, "正文", "段首没有空二字", "请把首行缩进设为2字符")
        if _BAD_LEVEL.match(each.text):
            yield _at(each, "GW7.3.3-层次", "7.3.3", ADVISED, "正文", f"层次序数写成“{each.text[:4]}”", "请依次用“一、”“（一）”“1.”“（1）”")


def head(found: Elements) -> Iterator[Departure]:
    """7.2: 发文机关标志, 发文字号, 签发人, red line."""
    for each in found.marks:
        if each.align != "center":
            yield _at(each, "GW7.2.4-居中", "7.2.4", ORDERED, "发文机关标志", "没有居中", "请设为居中")
        if each.colours != {"FF0000"}:
            yield _at(each, "GW7.2.4-颜色", "7.2.4", ADVISED, "发文机关标志", "不是红色", "请把文字设为红色")
    for each in found.numbers:
        if "＿" in each.text:
            yield _at(each, "GW7.2.5-待填", "7.2.5", ADVISED, "发文字号", "还是空着的", "请在印发前填写")
        elif not _GOOD_NUMBER.match(each.text.partition("签发人")[0]) and "{{" not in each.text:
            yield _at(each, "GW7.2.5-写法", "7.2.5", ORDERED, "发文字号", f"写成“{each.text}”", "请写成“机关代字〔2026〕1号”：年份写全、用六角括号，不加“第”，序号不编虚位")
        if found.marks and each.style in ("发文字号", "上行文字号") and each.before < (2 - TOLERANCE) * LINE:
            yield _at(each, "GW7.2.5-位置", "7.2.5", ORDERED, "发文字号", "与发文机关标志之间不足二行", "请在发文字号上面空二行")
    if found.marks and not found.numbers:
        yield _at(found.marks[0], "GW7.2.5-缺", "7.2.5", ORDERED, "发文字号", "没有发文字号", "请在发文机关标志下空二行写发文字号")
    if found.marks and not any(each.rule for each in found.document.paragraphs) and not _has_line(found.document):
        yield _at(found.marks[0], "GW7.2.7-红线", "7.2.7", ORDERED, "版头", "没有红色分隔线", "请在发文字号之下4毫米处画一条与版心等宽的红线")
    upward = any(re.search("(报告|请示)$", each.text) for each in found.titles)
    if found.marks and upward and not found.signers and not any("签发人" in each.text for each in found.document.paragraphs):
        yield _at(found.marks[0], "GW7.2.6-签发人", "7.2.6", ORDERED, "签发人", "上行文没有签发人", "请在发文字号同一行右边写“签发人：×××”")


def _has_line(document: ResolvedDocument) -> bool:
    """A line drawn as a shape."""
    return any(local_name(node.tag) in ("line", "cxnSp") or node.get("prst") in ("line", "straightConnector1") for node in document.root.iter())


def title(found: Elements) -> Iterator[Departure]:
    """7.3.1, 7.3.2: title and addressees."""
    for each in found.titles:
        if each.align != "center":
            yield _at(each, "GW7.3.1-居中", "7.3.1", ORDERED, "标题", "没有居中", "请设为居中")
        if family(each.font) != MEASURES["标题字体"].value or abs(each.size - number("标题字号")) > 0.4:
            yield _at(each, "GW7.3.1-字体", "7.3.1", USUAL, "标题", f"是{each.size:g}磅“{each.font or '默认字体'}”，一般用2号小标宋体", "请套用标题样式")
        if re.search("[。；，]$", each.text):
            yield _at(each, "GW7.3.1-标点", "7.3.1", USUAL, "标题", "标题末尾有标点", "请删去")
    for each in found.addressees:
        if abs(each.left + each.first) > 60 or each.text.startswith(("　", " ")):
            yield _at(each, "GW7.3.2-顶格", "7.3.2", ORDERED, "主送机关", "没有顶格", "请去掉缩进和空格")
        if not each.text.endswith("："):
            yield _at(each, "GW7.3.2-冒号", "7.3.2", ORDERED, "主送机关", "末尾不是全角冒号", "请以全角冒号“：”结尾")


def close(found: Elements) -> Iterator[Departure]:
    """7.3.4 to 7.3.7: enclosures, date, note, annexes."""
    for each in found.enclosures:
        if re.search("[。；，、.;]$", each.text):
            yield _at(each, "GW7.3.4-标点", "7.3.4", ORDERED, "附件说明", "附件名称后有标点", "请删去附件名称后面的标点")
        if each.left + each.first < 2 * 310 - 200 and not each.text.startswith("　　"):
            yield _at(each, "GW7.3.4-位置", "7.3.4", ORDERED, "附件说明", "没有左空二字", "请设左缩进2字符")
    for each in found.days:
        match = _DAY.fullmatch(each.text.replace(" ", ""))
        if "{{" not in each.text and (match is None or len(match[1]) != 4 or not match[0].replace("年", "").replace("月", "").replace("日", "").isdigit()
                                      or match[2].startswith("0") or match[3].startswith("0")):
            yield _at(each, "GW7.3.5.4-写法", "7.3.5.4", ORDERED, "成文日期", f"写成“{each.text}”", "请用阿拉伯数字写全年、月、日，月、日不编虚位，如2026年8月8日")
    for each in found.notes:
        if not re.fullmatch("（.*）", each.text):
            yield _at(each, "GW7.3.6-括号", "7.3.6", ORDERED, "附注", "没有加圆括号", "请加全角圆括号")
    for each in found.annexes:
        if not each.new_page and not _breaks_before(each):
            yield _at(each, "GW7.3.7-另面", "7.3.7", ORDERED, "附件", "没有另面编排", "请勾选“段前分页”")
        if family(each.font) != "黑体":
            yield _at(each, "GW7.3.7-字体", "7.3.7", ORDERED, "附件", f"“附件”二字用的是“{each.font or '默认字体'}”，应为3号黑体", "请改成3号黑体")
        if each.text.endswith(("：", ":")):
            yield _at(each, "GW7.3.7-冒号", "7.3.7", ORDERED, "附件", "“附件”后面有冒号", "请删去冒号")


def _breaks_before(each: ResolvedParagraph) -> bool:
    before = each.element.getprevious()
    nodes = [each.element, *([before] if before is not None else [])]
    return any(node.find(f".//{w('sectPr')}") is not None or any(b.get(w("type")) == "page" for b in node.iter(w("br"))) for node in nodes)


def imprint(found: Elements) -> Iterator[Departure]:
    """7.4, 7.5: 版记 and page numbers."""
    for each in found.copies:
        if not each.text.endswith("。") and "{{" not in each.text:
            yield _at(each, "GW7.4.2-句号", "7.4.2", ORDERED, "抄送机关", "末尾没有句号", "请在最后一个抄送机关后加句号")
        if abs(each.size - number("版记字号")) > 0.4:
            yield _at(each, "GW7.4.2-字号", "7.4.2", USUAL, "抄送机关", f"是{each.size:g}磅，一般用4号（14磅）", "请改成4号")
    for each in found.printed:
        if not re.search(r"\d{4}年[1-9]\d?月[1-9]\d?日印发$", each.text.replace(" ", "")) and "{{" not in each.text:
            yield _at(each, "GW7.4.3-写法", "7.4.3", ORDERED, "印发日期", f"写成“{each.text[-16:]}”", "请写成“2026年8月8日印发”")
    if found.marks and not (found.copies or found.printed):
        yield Departure("GW7.4-缺", "7.4", USUAL, "版记", "没有版记", "请在最后一面底部加印发机关和印发日期")
    feet = [content for name, content in found.document.members.items() if re.fullmatch(r"word/footer\d*\.xml", name)]
    if not any(b"PAGE" in content for content in feet):
        yield Departure("GW7.5-缺", "7.5", ORDERED, "页码", "没有页码", "请在页脚插入“— 1 —”式的页码")
    elif not any("—" in content.decode("utf-8", "ignore") for content in feet):
        yield Departure("GW7.5-线", "7.5", ORDERED, "页码", "页码左右没有一字线", "请写成“— 1 —”")
    settings = found.document.part("word/settings.xml")
    if feet and (settings is None or settings.find(w("evenAndOddHeaders")) is None):
        yield Departure("GW7.5-单双", "7.5", ORDERED, "页码", "单页码没有居右、双页码没有居左", "请勾选“奇偶页不同”，单页居右空一字，双页居左空一字")


def colour(found: Elements) -> Iterator[Departure]:
    """5.2.4: text is black, the mark apart."""
    marks = {id(each) for each in found.marks}
    for each in found.document.paragraphs:
        if id(each) not in marks and each.colours - {"AUTO", "000000", ""}:
            yield _at(each, "GW5.2.4-颜色", "5.2.4", ORDERED, "文字", "不是黑色", "请把文字改成黑色")


def _at(each: ResolvedParagraph, rule: str, clause: str, strength: str, element: str, fact: str, remedy: str) -> Departure:
    return Departure(rule, clause, strength, element, fact, remedy, each.number, each.text[:30])


RULES: tuple[Callable[[Elements], Iterator[Departure]], ...] = (page, colour, head, title, body_text, close, imprint)
FORM_TITLE = "表单标题"  # 表格、协议不是公文


def departures(document: ResolvedDocument) -> list[Departure]:
    """Every departure of a document from the standard, in the order of the rules; a form is no 公文 and has none."""
    if any(each.style == FORM_TITLE for each in document.paragraphs):
        return []
    found = Elements(document)
    return [departure for rule in RULES for departure in rule(found)]
