"""Which parts of a Word or Excel package may leave the house: the rest is taken out where nothing printed needs it, or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from toolkit.documents.docx_package import CONTENT_TYPES, W
from toolkit.documents.package_texts import local_name, parsed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MAY_STAND = re.compile("|".join((
    r"\[Content_Types\]\.xml", r"_rels/\.rels", r"docProps/(core|app)\.xml",
    r"word/(document|styles|settings|webSettings|fontTable|numbering|footnotes|endnotes|comments|header\d*|footer\d*)\.xml",
    r"word/theme/theme\d*\.xml", r"word/media/[^/]+\.(png|jpe?g|gif|bmp|emf|wmf|tiff?|svg)", r"word/_rels/[^/]+\.xml\.rels",
    r"word/(charts|diagrams)/(_rels/)?[^/]+\.xml(\.rels)?",
    r"xl/(workbook|styles|sharedStrings|calcChain|metadata|comments\d*)\.xml", r"xl/theme/theme\d*\.xml",
    r"xl/(worksheets|charts|drawings|tables|comments)/(_rels/)?[^/]+\.(xml|vml)(\.rels)?", r"xl/media/[^/]+\.(png|jpe?g|gif|bmp|emf|wmf)",
    r"xl/_rels/[^/]+\.xml\.rels")), re.I)
# 办公软件自己记的：编写人、预览图、打印机、积木块、修订人。去掉不影响文字。
_REMOVED = re.compile(r"docProps/(custom\.xml|thumbnail\.\w+)|customXml/.*|(word|xl)/(people|persons/.*|commentsIds|commentsExtended|"
                      r"commentsExtensible|documenttasks/.*|stylesWithEffects|glossary/.*|printerSettings/.*|customizations|"
                      r"recipientData|keyMapCustomizations)(\.xml)?|userCustomization/.*|\[trash\]/.*", re.I)
_KEPT_LINKS = ("hyperlink",)
_FETCHING = re.compile(r"(?<![A-Z])(DDE|DDEAUTO|LINK|INCLUDETEXT|INCLUDEPICTURE|IMPORT|INCLUDE|EMBED|MACROBUTTON|DATABASE|RD|MERGEFIELD|ASK|FILLIN)"
                       r"(?![A-Z])", re.I)
_OBJECTS = {"altChunk": "插入的文件", "object": "嵌入的对象", "OLEObject": "嵌入的对象", "control": "控件", "externalReference": "链接的工作簿",
            "ddeLink": "动态数据交换", "oleLink": "链接的对象", "subDoc": "子文档"}
_NAMES = ((r"/embeddings/", "嵌入的文件"), (r"vba", "宏"), (r"activeX|ctrlProps", "控件"), (r"afchunk|\.(html?|mht|rtf|txt)$", "插入的文件"),
          (r"externalLinks|connections|queryTables", "外部数据"), (r"pivot", "数据透视表"), (r"threadedComments", "批注"))

_PLACES = {"document": "正文", "comments": "批注", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注",
           "core": "文件属性", "app": "文件属性", "custom": "文件属性", "sharedStrings": "单元格", "sheet": "单元格", "workbook": "工作簿",
           "chart": "图表", "styles": "样式", "settings": "文档设置", "numbering": "编号"}


def cleaned(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """The package without what only office programs keep: custom properties, editors, previews, the template it was made from.

    lxml.etree.XMLSyntaxError where a part is broken.
    """
    gone = {name for name in members if _REMOVED.fullmatch(name) or (_owner(name) != name and _REMOVED.fullmatch(_owner(name)))}
    kept = {name: content for name, content in members.items() if name not in gone}
    if gone and CONTENT_TYPES in kept:
        kept[CONTENT_TYPES] = _without(kept[CONTENT_TYPES], lambda node: node.get("PartName", "").lstrip("/") in gone)
    for name in [name for name in kept if name.endswith(".rels")]:
        kept[name] = _without(kept[name], partial(_leads_nowhere, name, gone))
    if "word/settings.xml" in kept:
        kept["word/settings.xml"] = _without(kept["word/settings.xml"], lambda node: local_name(node.tag) in (
            "attachedTemplate", "rsids", "mailMerge", "docVars"))
    return kept


def refused_parts(members: Mapping[str, bytes]) -> list[str]:
    """What may not leave, as people call it: “嵌入的文件（word/embeddings/1.xlsx）”."""
    found = [f"{_called(name)}（{name}）" for name in sorted(members) if not _MAY_STAND.fullmatch(name)]
    for name in sorted(members):
        if name.endswith(".rels"):
            found += [f"链接到别处的内容（{node.get('Target', '')[:60]}）" for node in parsed(members[name])
                      if node.get("TargetMode") == "External" and _kind(node) not in _KEPT_LINKS]
        elif name.endswith((".xml", ".vml")):
            found += _active(members[name])
    return list(dict.fromkeys(found))


def _active(content: bytes) -> list[str]:
    """Objects and fields that fetch something when the file is opened."""
    root, found = parsed(content), []
    for node in root.iter():
        name = local_name(node.tag)
        if name in _OBJECTS:
            found.append(_OBJECTS[name])
        elif name == "p":
            found += _fetching("".join(text.text or "" for text in node.iter(f"{{{W}}}instrText", f"{{{W}}}delInstrText")))
        elif name == "fldSimple":
            found += _fetching(node.get(f"{{{W}}}instr", ""))
    return found


def _fetching(instruction: str) -> list[str]:
    return [f"会取外部内容的域（{match[0].upper()}）" for match in _FETCHING.finditer(re.sub(r'"[^"]*"', "", instruction))]


def _called(name: str) -> str:
    return next((called for pattern, called in _NAMES if re.search(pattern, name, re.I)), "认不得的部件")


def _owner(rels: str) -> str:
    """The part that a .rels belongs to; any other name is its own."""
    return re.sub(r"_rels/([^/]+)\.rels$", r"\1", rels)


def _kind(node: Element) -> str:
    return node.get("Type", "").rpartition("/")[2]


def target(rels: str, node: Element) -> str:
    """The member a relationship in `rels` points to; "" where it lies outside."""
    from posixpath import join, normpath

    if node.get("TargetMode") == "External":
        return ""
    link = node.get("Target", "")
    return link.lstrip("/") if link.startswith("/") else normpath(join(rels.partition("_rels/")[0], link))


def _leads_nowhere(rels: str, gone: set[str], node: Element) -> bool:
    return target(rels, node) in gone or _kind(node) == "attachedTemplate"


def _without(content: bytes, unwanted: Callable[[Element], bool]) -> bytes:
    from lxml import etree

    root = parsed(content)
    gone = [node for node in root if isinstance(node.tag, str) and unwanted(node)]
    if not gone:
        return content
    for node in gone:
        root.remove(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def place_of(name: str) -> str:
    """What people call a part: 正文, 页眉, 批注 …; its own name where they have no word for it."""
    stem = re.sub(r"\d*\.(xml|vml)(\.rels)?$", "", name.rpartition("/")[2])
    return _PLACES.get(stem, name)
