"""The kinds' declarations, their templates and their samples agree; the templates are what the build gives."""

import re

import pytest

from toolkit.documents.context import check_context, file_name
from toolkit.documents.definitions import DEFINITIONS
from toolkit.documents.docx_package import unpack
from toolkit.documents.kinds import KINDS, FieldGroup, kind_named, sample
from toolkit.documents.render import render
from toolkit.documents.template_check import declared_paths, read_template
from toolkit.documents.template_files import build_templates
from toolkit.errors import UserError
from toolkit.resources import template

EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def shipped(kind) -> bytes:
    return template("docx_templates", kind.template).read_bytes()


@EVERY_KIND
def test_the_template_uses_every_declared_field_and_no_other(kind):
    problems, used = read_template(unpack(shipped(kind)), kind)
    named_by_file = set(re.findall(r"{([^{}]+)}", kind.file_name))
    leaves = {path for path, field in declared_paths(kind).items() if not isinstance(field, FieldGroup)}
    assert problems == [] and used | named_by_file == leaves


@EVERY_KIND
def test_the_sample_renders_completely(kind):
    members = unpack(render(kind.name, sample(kind)))
    text = members["word/document.xml"].decode()
    assert "{{" not in text and "{%" not in text
    for value in ("2026", *(row.get("领办人", "") for row in sample(kind).get("名单", []))):
        assert value in text


def test_every_kind_has_a_definition():
    assert set(KINDS) == set(DEFINITIONS)
    with pytest.raises(UserError, match="请从这些里选：公示、"):
        kind_named("公告")


def test_what_is_checked_in_is_what_the_build_gives(tmp_path):
    first, second = build_templates(tmp_path / "一"), build_templates(tmp_path / "二")
    assert [path.name for path in first] == [kind.template for kind in KINDS.values()]
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes()
        # 逐个部件比：别的机器上的 zlib 压出来的字节可能不同。
        assert unpack(one.read_bytes()) == unpack(template("docx_templates", one.name).read_bytes()), "请运行 make build"


@EVERY_KIND
def test_no_number_of_the_law_stands_in_a_template(kind):
    text = unpack(shipped(kind))["word/document.xml"].decode()
    plain = re.sub(r"<[^>]*>", "", re.sub(r"{[{%].*?[%}]}", "", text))
    assert not re.findall(r"\d|[一二三四五六七八九十]+(?:天|年|个月|日内|万元|名|条)", plain)


@EVERY_KIND
def test_a_context_of_another_shape_is_a_bug_of_the_caller(kind):
    for change in ({"多余": "1"}, {"年度": 2026}, {"发文": {"机关": "某局"}}):
        with pytest.raises(ValueError, match="context at"):
            check_context(kind, sample(kind) | change)


def test_blanks_are_named_with_the_place_to_fill_them():
    context = sample(KINDS["公示"])
    context["发文"]["联系"] |= {"电话": " ", "监督电话": ""}
    with pytest.raises(UserError) as caught:
        render("公示", context)
    assert str(caught.value) == (
        "“公示”还缺：联系电话（发文.联系.电话）、监督电话（发文.联系.监督电话）。请在台账“参数”表填写后重新生成。")
    with pytest.raises(UserError, match=r"还缺：拟命名工作室（名单）。请在台账填写"):
        render("公示", sample(KINDS["公示"]) | {"名单": []})


@pytest.mark.parametrize("kind, name", [
    ("公示", "2026年度技能大师工作室拟命名名单公示.docx"),
    ("命名授牌通知", "乌人社发〔2026〕1号 关于命名2026年度市级技能大师工作室的通知.docx"),
    ("考核评估标准", "头屯河区_马强焊工技能大师工作室_考核评估标准.docx"),
    ("考核结果通报", "乌人社发〔2026〕2号 关于2026年度市级技能大师工作室期满考核结果的通报.docx"),
    ("授牌名单", "2026年度技能大师工作室授牌名单.docx"), ("回执", "天山区2026年度区县推荐汇总表回执.docx")])
def test_file_names(kind, name):
    assert file_name(KINDS[kind], sample(KINDS[kind])) == name
