"""A Word document as it looks: every paragraph with its styles resolved — defaults, the chain of styles, what was set by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.documents.docx_package import MAIN_PART, W
from toolkit.documents.docx_parts import DRAWING
from toolkit.documents.measures import PT
from toolkit.documents.package_texts import local_name, parsed
from toolkit.documents.template_tags import own_texts, paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEFAULT_SIZE = 10  # 磅；没有写字号时 Word 的默认



def w(name: str) -> str:
    """A name in Word's namespace."""
    return f"{{{W}}}{name}"


@dataclass(frozen=True)
class ResolvedParagraph:
    """A paragraph with text. Lengths in twips, size in pt; `font` and `size` are those of most of its Chinese text."""

    element: Element
    number: int
    text: str
    style: str
    font: str
    size: float
    colours: frozenset[str]
    align: str
    left: float
    right: float
    first: float
    before: float
    line: float
    exact: bool
    new_page: bool
    rule: bool
    spacing: int
    in_table: bool


@dataclass
class _Formatting:
    """Properties of one level laid over those below; keys are element and attribute names."""

    values: dict[str, str] = field(default_factory=dict)

    def over(self, properties: Element | None) -> _Formatting:
        values = dict(self.values)
        for node in properties if properties is not None else ():
            name = local_name(node.tag)
            values[name] = node.get(w("val"), "1")
            values |= {f"{name}.{local_name(key)}": str(value) for key, value in node.attrib.items()}
            if name == "rFonts" and node.get(w("eastAsia")):
                values.pop("rFonts.eastAsiaTheme", None)
            if name == "pBdr":
                values["pBdr"] = " ".join(local_name(edge.tag) for edge in node)
            if name == "ind" and node.get(w("firstLine")) and not node.get(w("firstLineChars")):
                values.pop("ind.firstLineChars", None)
        return _Formatting(values)

    def number(self, key: str) -> float:
        try:
            return float(self.values.get(key) or 0)
        except ValueError:
            return 0

    def on(self, key: str) -> bool:
        return self.values.get(key, "0") not in ("0", "false", "off", "none")


class ResolvedDocument:
    """The main part of an unpacked .docx. lxml.etree.XMLSyntaxError and KeyError where it is none."""

    def __init__(self, members: Mapping[str, bytes]):
        self.members = members
        self.root = parsed(members[MAIN_PART])
        styles = parsed(members["word/styles.xml"])
        self._styles = {style.get(w("styleId"), ""): style for style in styles.iter(w("style"))}
        defaults = styles.find(f"{w('docDefaults')}")
        self._run = _Formatting().over(None if defaults is None else defaults.find(f"{w('rPrDefault')}/{w('rPr')}"))
        self._paragraph = _Formatting().over(None if defaults is None else defaults.find(f"{w('pPrDefault')}/{w('pPr')}"))
        self._default = next((id_ for id_, style in self._styles.items()
                              if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true")), "")

    @cached_property
    def paragraphs(self) -> list[ResolvedParagraph]:
        """Those of the body that say something, tables and text boxes included."""
        return [self._resolved(element, number) for number, element in enumerate(paragraphs(self.root), 1)
                if "".join(text.text or "" for text in own_texts(element)).strip()]

    @cached_property
    def section(self) -> Element | None:
        """The properties of the last section, which are the document's."""
        body = self.root.find(w("body"))
        return None if body is None else body.find(w("sectPr"))

    def part(self, name: str) -> Element | None:
        """Another part's root, None where there is none."""
        return parsed(self.members[name]) if name in self.members else None

    def style_name(self, id_: str) -> str:
        """The name of a style; "" for an unknown one."""
        name = self._styles[id_].find(w("name")) if id_ in self._styles else None
        return "" if name is None else name.get(w("val"), "")

    def _chain(self, id_: str) -> list[Element]:
        """A style and those it is based on, the outermost first; a circle ends."""
        chain: list[Element] = []
        while id_ in self._styles and self._styles[id_] not in chain:
            chain.append(self._styles[id_])
            based = chain[-1].find(w("basedOn"))
            id_ = "" if based is None else based.get(w("val"), "")
        return chain[::-1]

    def _resolved(self, element: Element, number: int) -> ResolvedParagraph:
        direct = element.find(w("pPr"))
        named = None if direct is None else direct.find(w("pStyle"))
        id_ = self._default if named is None else named.get(w("val"), "")
        look, run = self._paragraph, self._run
        for style in self._chain(id_):
            look, run = look.over(style.find(w("pPr"))), run.over(style.find(w("rPr")))
        look = look.over(direct)
        texts = own_texts(element)
        faces = [(self._face(run, text), len(text.text or "")) for text in texts if (text.text or "").strip()]
        font, size = max(faces, key=lambda face: face[1])[0][:2]
        character = size * PT + run.number("spacing")
        return ResolvedParagraph(
            element=element, number=number, text="".join(text.text or "" for text in texts).strip(), style=self.style_name(id_), font=font, size=size,
            colours=frozenset(face[2] for face, _ in faces), align=look.values.get("jc", "both"), left=_length(look, "left", character),
            right=_length(look, "right", character), first=_length(look, "firstLine", character) - _length(look, "hanging", character),
            before=look.number("spacing.before"), line=look.number("spacing.line"), exact=look.values.get("spacing.lineRule") == "exact",
            new_page=look.on("pageBreakBefore"), rule="bottom" in look.values.get("pBdr", ""), spacing=int(run.number("spacing")),
            in_table=next(element.iterancestors(w("tc")), None) is not None)

    def _face(self, run: _Formatting, text: Element) -> tuple[str, float, str]:
        """(East Asian font, size in pt, colour) of one text."""
        direct = next(text.iterancestors(w("r")), None)
        properties = None if direct is None else direct.find(w("rPr"))
        named = None if properties is None else properties.find(w("rStyle"))
        for style in self._chain(named.get(w("val"), "")) if named is not None else ():
            run = run.over(style.find(w("rPr")))
        run = run.over(properties)
        font = self._theme.get(run.values.get("rFonts.eastAsiaTheme", ""), "") or run.values.get("rFonts.eastAsia", "")
        return font, run.number("sz") / 2 or DEFAULT_SIZE, run.values.get("color", "auto").upper()

    @cached_property
    def _theme(self) -> dict[str, str]:
        """Theme fonts by the names styles use."""
        found = {}
        for name in self.members:
            if name.startswith("word/theme/") and name.endswith(".xml"):
                for kind in ("major", "minor"):
                    for node in parsed(self.members[name]).iter(f"{{{DRAWING}}}{kind}Font"):
                        face, = [*(node.findall(f"{{{DRAWING}}}ea")), None][:1]
                        found[f"{kind}EastAsia"] = "" if face is None else face.get("typeface", "")
        return found


def _length(look: _Formatting, side: str, character: float) -> float:
    """An indent: in characters where it is given so, which outranks twips."""
    for name in (side, {"left": "start", "right": "end"}.get(side, side)):
        if characters := look.number(f"ind.{name}Chars"):
            return characters / 100 * character
        if value := look.number(f"ind.{name}"):
            return value
    return 0
