"""Tags as Jinja will see them: written the standard way whatever Word or WPS made of them, and nothing in them but fields, lists and conditions.

What is allowed is proved on Jinja's own syntax tree of the text that will be compiled, so no way of hiding a tag (over
paragraphs, in attributes, fields or formulas) leads past it, and nothing is evaluated before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from toolkit.documents.declared import Field, Rows, Text
from toolkit.documents.docx_package import W

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Expr, For, Node
    from lxml.etree import _Element as Element

FILTERS = ("计数",)
MOST_LOOPS = 12  # 一份模板里循环的个数；再多就不是排版了
_TAG = re.compile(r"[{｛]{2}[^{}｛｝]*[}｝]{2}|[{｛][%％][^{}｛｝]*[%％][}｝]|[{｛][#＃][^{}｛｝]*[#＃][}｝]")
_HALF = str.maketrans({"｛": "{", "｝": "}", "％": "%", "＃": "#", "｜": "|", "．": ".", "。": ".", "\u3000": " ", "\xa0": " ", "“": '"', "”": '"',
                       "‘": "'", "’": "'", "\u200b": "", "\ufeff": "", "\u2060": "", "\xad": ""})
_WIDE = re.compile("[｛｝％＃]")


def paragraphs(root: Element) -> Iterator[Element]:
    """Every paragraph, those in text boxes too."""
    return root.iter(f"{{{W}}}p")


def own_texts(paragraph: Element) -> list[Element]:
    """The text nodes of a paragraph without those of text boxes anchored in it."""
    return [text for text in paragraph.iter(f"{{{W}}}t") if next(text.iterancestors(f"{{{W}}}p")) is paragraph]


def tidy(root: Element) -> list[str]:
    """Write each tag of a part in one run and half-width characters; returns those that had full-width brackets.

    Word cuts a tag into several runs at every edit, and input methods and autocorrection widen its signs.
    """
    wide = []
    for paragraph in paragraphs(root):
        nodes = own_texts(paragraph)
        whole = "".join(node.text or "" for node in nodes)
        if "{" not in whole and "｛" not in whole:
            continue
        for match in reversed(list(_TAG.finditer(whole))):
            if _WIDE.search(match[0]):
                wide.append(match[0])
            _write(nodes, match.start(), match.end(), match[0].translate(_HALF))
    return wide


def _write(nodes: list[Element], start: int, end: int, text: str) -> None:
    """Put `text` in place of the characters from `start` to `end` of the nodes' texts joined."""
    place = 0
    for node in nodes:
        said = node.text or ""
        low, high = max(start - place, 0), min(end - place, len(said))
        if low < high:
            node.text = said[:low] + (text if place + low == start else "") + said[high:]
        place += len(said)


def outside_texts(root: Element) -> Iterator[str]:
    """Tags where none may stand: in attributes, field codes, formulas, between elements."""
    for node in root.iter():
        strings = [node.text, node.tail] if node.tag != f"{{{W}}}t" else [node.tail]
        strings += map(str, node.attrib.values()) if isinstance(node.tag, str) else []
        yield from (said for said in strings if said and re.search(r"\{[{%#]|[}%#]\}", said))


def unsafe(source: str, environment: Environment, declared: Mapping[str, Field]) -> str:
    """Why the text of a part may not be compiled, as a fact; "" when it holds nothing but what templates may say."""
    from jinja2 import TemplateSyntaxError
    from jinja2.nodes import For

    try:
        tree = environment.parse(source)
        if len(list(tree.find_all(For))) > MOST_LOOPS:
            return f"循环超过{MOST_LOOPS}个"
        return next((why for node in tree.body for why in _faults(node, {}, declared)), "")
    except TemplateSyntaxError as error:
        return f"标签的写法不通，在“{_around(source, error.lineno)}”附近"
    except RecursionError:
        return "标签套得太深"


def _around(source: str, line: int) -> str:
    lines = re.sub(r"<[^>]*>", "", (source.splitlines() or [""])[min(line, len(source.splitlines()) or 1) - 1])
    place = max(lines.find("{%"), lines.find("{{"), 0)
    return lines[place:place + 24]


def _faults(node: Node, loops: Mapping[str, str], declared: Mapping[str, Field]) -> Iterator[str]:
    """What a node says beyond the little language. loops: loop variable → path of its list, innermost last."""
    from jinja2 import nodes

    if isinstance(node, nodes.Output):
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                yield from _value(part, loops, declared)
    elif isinstance(node, nodes.If):
        test = node.test.node if isinstance(node.test, nodes.Not) else node.test
        yield from _path_fault(test, loops, declared, Text, Rows)
        for inner in (*node.body, *node.elif_, *node.else_):
            yield from _faults(inner, loops, declared)
    elif isinstance(node, nodes.For) and isinstance(node.target, nodes.Name) and not (node.else_ or node.test or node.recursive):
        yield from _loop(node, loops, declared)
    else:
        yield "不是模板能用的条件或循环"


def _value(node: Node, loops: Mapping[str, str], declared: Mapping[str, Field]) -> Iterator[str]:
    from jinja2 import nodes

    if isinstance(node, nodes.Filter) and node.name in FILTERS and not (node.args or node.kwargs):
        yield from _path_fault(node.node, loops, declared, Rows)
    else:
        yield from _path_fault(node, loops, declared, Text)


def _loop(node: For, loops: Mapping[str, str], declared: Mapping[str, Field]) -> Iterator[str]:
    """A loop in a loop may only go through a list of the outer one's row: rows times rows is how a template runs for ever."""
    path = _path(node.iter)
    if loops and (not path or path[0] != list(loops)[-1]):
        yield "循环里又循环另一份名单"
    yield from _path_fault(node.iter, loops, declared, Rows)
    name = getattr(node.target, "name", "")
    inner = {**loops, name: full_path(path, loops)} if path else loops
    for child in node.body:
        yield from _faults(child, inner, declared)


def _path(node: Node | Expr | None) -> list[str]:
    """发文.联系 as ["发文", "联系"]; empty for anything else."""
    from jinja2 import nodes

    keys: list[str] = []
    while isinstance(node, nodes.Getattr):
        keys.append(node.attr)
        node = node.node
    return [node.name, *reversed(keys)] if isinstance(node, nodes.Name) else []


def full_path(path: list[str], loops: Mapping[str, str]) -> str:
    """A path from the top: 行.领办人 → 名单.领办人. A loop's variable alone is a row and no field: “名单.”."""
    first, *rest = path
    return ".".join([loops[first], *(rest or [""])]) if first in loops else ".".join(path)


def _path_fault(node: Node | Expr | None, loops: Mapping[str, str], declared: Mapping[str, Field], *wanted: type) -> Iterator[str]:
    path = _path(node)
    if not path:
        yield "不是模板能填的内容"
    elif not isinstance(declared.get(full_path(path, loops)), wanted):
        yield f"“{'.'.join(path)}”不是这里能用的字段"
