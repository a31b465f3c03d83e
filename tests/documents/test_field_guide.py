"""字段说明：每种文书的每个字段都在，样例、来源都有；Word 版和网页版说的一样，都是按声明生成的。"""

import pytest

from docs.field_page import field_page
from toolkit.documents.declared import FieldGroup, Rows, Text
from toolkit.documents.docx_package import MAIN_PART, unpack
from toolkit.documents.field_guide import guide_lines
from toolkit.documents.kinds import KINDS
from toolkit.documents.lint import lint
from toolkit.documents.package_texts import parsed
from toolkit.documents.template_check import declared_paths
from toolkit.documents.template_files import GUIDE, build_guide
from toolkit.resources import template


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_field_is_explained(kind):
    lines = guide_lines(kind)
    leaves = [path for path, field in declared_paths(kind).items() if not isinstance(field, FieldGroup)]
    assert len(lines) == len(leaves)
    for line, path in zip(lines, leaves, strict=True):
        field = declared_paths(kind)[path]
        assert line.meaning == field.meaning and line.required == field.required and path.endswith(line.field.removeprefix("行.").removesuffix("（名单）"))
        assert isinstance(field, Rows) or line.origin, path
        if isinstance(field, Text) and field.required and "." not in path:
            assert line.sample


def test_the_word_guide_is_as_built_and_says_the_same(tmp_path):
    shipped = template("docx_templates", GUIDE).read_bytes()
    assert unpack(build_guide(tmp_path).read_bytes()) == unpack(shipped), "请运行 make build"
    text = "".join(map(str, parsed(unpack(shipped)[MAIN_PART]).itertext()))
    page = field_page()
    for kind in KINDS.values():
        for line in guide_lines(kind):
            assert line.field in text and line.field in page
    assert [found for found in lint(shipped, GUIDE) if found.level == "错误"] == []
