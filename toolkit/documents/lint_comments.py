"""Findings as Word comments in a copy of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from toolkit.documents.docx_package import CONTENT_TYPES, MAIN_PART, W, pack
from toolkit.documents.lint import LintFinding
from toolkit.documents.package_texts import parsed
from toolkit.documents.resolved import w
from toolkit.documents.template_tags import paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

COMMENTS, RELATIONS = "word/comments.xml", "word/_rels/document.xml.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_AUTHOR = "公文检查"


def commented(members: Mapping[str, bytes], findings: Sequence[LintFinding]) -> bytes:
    """A copy of an unpacked .docx with a comment for each finding; those on the whole file stand at its first paragraph.

    Comments that are there stay; the new ones are numbered after them.
    """
    from lxml import etree

    members = dict(members)
    root = parsed(members[MAIN_PART])
    comments = parsed(members.get(COMMENTS, f'<w:comments xmlns:w="{W}"/>'.encode()))
    places = list(paragraphs(root))
    first = 1 + max((int(node.get(w("id"), "0")) for node in comments.iter(w("comment"))), default=-1)
    for number, finding in enumerate(findings, first):
        comments.append(parsed(_comment(number, finding).encode()))
        _anchor(places[max(finding.paragraph, 1) - 1], number)
    members[MAIN_PART] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    members[COMMENTS] = etree.tostring(comments, xml_declaration=True, encoding="UTF-8", standalone=True)
    return pack(_declared(members))


def _comment(number: int, finding: LintFinding) -> str:
    said = f"【{finding.level}】{finding.message}" + (f"（{finding.clause}，{finding.strength}）" if finding.clause else "")
    return (f'<w:comment xmlns:w="{W}" w:id="{number}" w:author="{_AUTHOR}" w:initials="查"><w:p><w:r><w:t xml:space="preserve">'
            f"{escape(said, quote=False)}</w:t></w:r></w:p></w:comment>")


def _anchor(paragraph: Element, number: int) -> None:
    """The comment's range is the paragraph; its mark stands at the end."""
    id_ = {w("id"): str(number)}
    start = paragraph.makeelement(w("commentRangeStart"), id_)
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    paragraph.append(paragraph.makeelement(w("commentRangeEnd"), id_))
    run = paragraph.makeelement(w("r"))
    run.append(run.makeelement(w("commentReference"), id_))
    paragraph.append(run)


def _declared(members: dict[str, bytes]) -> dict[str, bytes]:
    """With the comments named in content types and relationships."""
    types = members[CONTENT_TYPES].decode()
    if "/word/comments.xml" not in types:
        members[CONTENT_TYPES] = types.replace("</Types>", f'<Override PartName="/word/comments.xml" ContentType="{_TYPE}"/></Types>').encode()
    relations = members[RELATIONS].decode() if RELATIONS in members else (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>')
    if _RELATION not in relations:
        relations = relations.replace("</Relationships>", f'<Relationship Id="rIdLint" Type="{_RELATION}" Target="comments.xml"/></Relationships>')
    members[RELATIONS] = relations.encode()
    return members
