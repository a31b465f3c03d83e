"""What Word itself would complain of: schema, relationships, ill-formed parts, in every template and finished document."""

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from toolkit.documents.docx_package import unpack
from toolkit.documents.docx_parts import FONTS
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.measures import MEASURES
from toolkit.documents.render import render
from toolkit.resources import template


def complaints(path) -> list[str]:
    for name, content in unpack(path.read_bytes()).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
    return [str(error) for error in OpenXmlValidator(max_errors=0).validate(str(path)).errors]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_template_is_clean(kind):
    assert complaints(template("docx_templates", kind.template)) == []


@pytest.mark.parametrize("rows", [1, 12])
@pytest.mark.parametrize("kind", KINDS)
def test_every_document_is_clean(kind, rows, tmp_path):
    context = sample(KINDS[kind])
    for key, value in context.items():
        if isinstance(value, list) and value:
            context[key] = [dict(value[number % len(value)]) for number in range(rows)]
    path = tmp_path / "文书.docx"
    path.write_bytes(render(kind, context))
    assert complaints(path) == []


def test_every_font_of_the_styles_is_in_the_font_table():
    assert {measure.value for measure in MEASURES.values() if measure.unit == "字体"} <= set(FONTS)
