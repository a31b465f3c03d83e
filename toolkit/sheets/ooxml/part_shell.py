"""An XML part as a tree in which the longest elements are empty: what stands in them stays text.

A sheet has a hundred thousand cells and a style sheet may have sixty thousand looks; as nodes of a tree they cost ten times the time
in which they are read, and nobody asks for more than a few of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from lxml import etree

from toolkit.errors import UserError
from toolkit.sheets.ooxml import xmltree
from toolkit.sheets.ooxml.xmltext import ATTRIBUTES
from toolkit.sheets.ooxml.xmltree import child

_MARK = "\ue000toolkit:{}\ue000"  # where the text of an element goes
_MARKS = re.compile(_MARK.format("([A-Za-z]+)"))
_ROOT = re.compile(r"<((?:[\w.-]+:)?)[\w.-]+[\s/>]")


class PartShell:
    """`prefix`: how its names begin, `x:` or ``. `inside`: local name → the text in that element, for those of the long elements
    that are there. `inside` and `root` may be changed.
    """

    def __init__(self, xml: str, long: Sequence[str]) -> None:
        """`xml` as `xmltext.decode` gives it; `long`: names of children of the document element. UserError where it is damaged."""
        root = _ROOT.search(xml)
        if root is None:
            raise _damaged()
        self.prefix = p = root[1]
        self.inside: dict[str, str] = {}
        self._xml = xml
        self._around: list[str] = []  # what stands before, between and behind the texts
        opening, done = re.compile(rf"<{p}({'|'.join(long)})(?=[\s/>])({ATTRIBUTES})\s*(/?)>"), 0
        while found := opening.search(xml, done):
            end = f"</{p}{found[1]}>"
            if found[3]:
                xml = f"{xml[:found.end(2)]}>{end}{xml[found.end():]}"
            opened = found.end(2) + 1 if found[3] else found.end()
            close = xml.find(end, opened)
            if close < 0 or found[1] in self.inside:
                raise _damaged()
            self.inside[found[1]] = xml[opened:close]
            self._around.append(xml[done:opened])
            done = close
        self._around.append(xml[done:])
        self._unchanged = dict(self.inside)

    @cached_property
    def root(self) -> etree._Element:
        """The document element, its long elements empty. UserError where the part is damaged."""
        return self._parsed()

    def xml(self) -> str:
        """The whole part; the very text it was made from where nothing changed."""
        if "root" in self.__dict__ and self._written(self.root) != self._written(self._parsed()):
            return self._put_together()
        if self.inside == self._unchanged:
            return self._xml
        pieces = zip(self._around, self.inside.values(), strict=False)
        return "".join((*(piece for pair in pieces for piece in pair), self._around[-1]))

    def _parsed(self) -> etree._Element:
        try:
            return xmltree.parse("".join(self._around).encode())
        except ValueError as cause:
            raise _damaged() from cause

    def _put_together(self) -> str:
        holders = [element for name, text in self.inside.items() if text and (element := child(self.root, name)) is not None]
        for element in holders:
            element.text = _MARK.format(xmltree.local(element))
        text = self._written(self.root)
        for element in holders:
            element.text = None
        return _MARKS.sub(lambda found: self.inside[found[1]], text)

    def _written(self, root: etree._Element) -> str:
        return xmltree.written(root, self._xml[:200].encode()).decode()


def _damaged() -> UserError:
    return UserError("工作簿的内部写法已经损坏。请用 Excel 打开并修复后另存，再试一次。")
