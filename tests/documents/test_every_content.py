"""每一种文书：人名带间隔号、单位四十字还带 A&B<、0、1、12、200行、可不填的都不填，都排得出来；公文逐页量版心、页码，没有空白页。"""

import io
import re

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.documents.test_pages import BOTTOM, LEFT, MM, RIGHT, body_lines, lines, open_pdf, text
from toolkit.documents.declared import FieldGroup, Rows, Text
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.render import render
from toolkit.errors import UserError

LEADER, UNIT = "买买提·艾力", "新疆维吾尔自治区乌鲁木齐经济技术开发区A&B<示例>机械设备制造安装工程股份有限公司第一分公司"
HARD = {"领办人": LEADER, "姓名": LEADER, "申办单位": UNIT, "申报单位": UNIT, "工作单位": UNIT}
NUMBERED = [kind for kind in KINDS if "字号" in sample(KINDS[kind])["发文"]]
SIZES = (0, 1, 12, 200)


def changed(fields, context, rows, empty):
    """The sample with hard names, its lists `rows` long, and, where `empty`, nothing that may be left out."""
    return {field.key: _changed(field, context[field.key], rows, empty) for field in fields}


def _changed(field, value, rows, empty):
    if isinstance(field, FieldGroup):
        return changed(field.fields, value, rows, empty)
    if isinstance(field, Rows):
        count = 0 if empty and not field.required else rows
        return [changed(field.fields, value[number % len(value)], min(rows, 3), empty) for number in range(count)]
    assert isinstance(field, Text)
    return "" if empty and not field.required else HARD.get(field.key, value)


def said(docx):
    """All text of the main part, in order, line breaks left out."""
    return "".join(node.text or "" for node in Document(io.BytesIO(docx)).element.body.iter(qn("w:t")))


def leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from leaves(each)
    else:
        yield value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", SIZES)
@pytest.mark.parametrize("empty", [False, True], ids=["填全", "可不填的不填"])
def test_it_is_filled_whatever_is_in_it(kind, rows, empty):
    declared = KINDS[kind]
    context = changed(declared.fields, sample(declared), rows, empty)
    if rows == 0 and any(isinstance(field, Rows) and field.required for field in declared.fields):
        with pytest.raises(UserError, match="还缺"):
            render(kind, context)
        return
    printed = said(render(kind, context))
    assert not re.search(r"\{\{|\}\}|\{%|None|Undefined", printed)
    hard = {value for value in leaves(context) if value in HARD.values()}
    assert all(value in printed for value in hard), "一个字不少"
    if rows == 200 and not empty and "名单" in context:
        assert printed.count(LEADER) >= 200 or "领办人" not in context["名单"][0]


@pytest.mark.parametrize("kind", NUMBERED)
def test_every_page_of_a_numbered_paper_keeps_to_the_standard(kind):
    declared = KINDS[kind]
    found = open_pdf(render(kind, changed(declared.fields, sample(declared), 12, False))).pages
    letter = declared.paper.series == "letter_series"
    for number, page in enumerate(found, 1):
        assert (page.width * MM, page.height * MM) == pytest.approx((210, 297), abs=0.5)
        body = [line for line in body_lines(page) if text(line) != f"—{number}—"]
        assert len(body) > 1, f"第{number}页是空的"
        for line in body:
            hanging = text(line)[-1] in "，。、；：）"
            assert line[0]["x0"] * MM > LEFT - 0.5 and (line[-1]["x1"] * MM < RIGHT + 0.5 or hanging), text(line)
            assert line[0]["bottom"] * MM < BOTTOM + 0.5
        foot = lines(page)[-1]
        if letter and number == 1:
            assert text(foot) != "—1—", "信函首页不印页码"
            continue
        assert text(foot) == f"—{number}—"
        odd = number % 2
        assert (foot[-1]["x1"] if odd else foot[0]["x0"]) * MM == pytest.approx(RIGHT - 5 if odd else LEFT + 5, abs=0.6)
