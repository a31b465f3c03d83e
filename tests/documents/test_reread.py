"""公文复读：每种文书填好以后读得回来；改过措辞的照样认得；自相矛盾的指得出在哪一段。"""

import re
from datetime import date

import pytest

from toolkit.documents.consistency import Examined, inconsistencies, yuan
from toolkit.documents.context import lookup
from toolkit.documents.declared import Rows
from toolkit.documents.docx_package import MAIN_PART, unpack
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.marked_values import marked, pieces, squeezed
from toolkit.documents.render import render
from toolkit.documents.reread import reread, shape_of
from toolkit.regulation import in_force

LAW = in_force(date(2026, 11, 20))
EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def read(kind, *changes, context=None):
    """The sample of a kind, its texts changed, read again."""
    members = unpack(render(kind.name, context or sample(kind)))
    text = members[MAIN_PART].decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return reread(members | {MAIN_PART: text.encode()}, shape_of(kind))


def codes(found, kind):
    return [(each.code, each.place.cell) for each in inconsistencies(Examined("甲.docx", found, LAW, dict(found.shape.declared)))]


@EVERY_KIND
def test_what_was_filled_in_is_read_again(kind):
    found, context = read(kind), sample(kind)
    assert found.values and not found.lost
    for value in found.values:
        wanted = context
        for key in value.path.split("."):
            wanted = wanted[key]
        assert squeezed(value.text) == squeezed(str(len(wanted)) if isinstance(found.shape.declared[value.path], Rows) else wanted), value.path


@EVERY_KIND
def test_every_row_of_a_list_is_read_again(kind):
    context, found = sample(kind), read(kind)
    for path, field in found.shape.declared.items():
        if isinstance(field, Rows) and "." not in path and found.rows_of(path):
            said = {squeezed(text) for row in found.rows_of(path) for text in (each.text for each in row.values.values())}
            first = [squeezed(row[field.fields[1].key]) for row in context[path] if isinstance(row[field.fields[1].key], str)]
            assert set(filter(None, first)) <= said, path


@EVERY_KIND
def test_a_faultless_document_contradicts_itself_nowhere(kind):
    assert [code for code, _ in codes(read(kind), kind) if code != "P-sum"] == []


def test_reworded_sentences_are_still_read():
    found = read(KINDS["公示"], ("天（", "天整（"), ("现予公示，接受社会监督", "现将名单公示如下"), ("经单位申报、区（县）初审、专家评审", "经申报和评审"))
    assert (found.value("公示.起"), found.value("公示.止"), found.value("称号")) == ("2026年11月21日", "2026年11月27日", "乌鲁木齐市技能大师")
    assert not found.lost


def test_a_sentence_that_was_deleted_is_told():
    found = read(KINDS["公示"], ("公示期", "按规定"), ("天（", "，"), ("），自", "，"), ("起至", "，"), ("止。", "。"))
    assert [each.shown for each in found.lost] == ["公示期…天（…），自…起至…止。"]


@pytest.mark.parametrize("kind, change, code, place", [
    ("公示", (">3<", ">4<"), "P-count", "第2段"),
    ("公示", ("2026年11月27日", "2026年11月26日"), "P-day", "第3段"),
    ("公示", ("2026年11月27日", "2026年11月20日"), "P-day", "第3段"),
    ("公示", ("2026年11月27日", "2026年11月31日"), "P-day", "第3段"),
    ("公示", ("王建国汽车维修工技能大师工作室", "马强焊工技能大师工作室"), None, ""),
    ("命名授牌通知", ("30万元", "40万元"), "P-words", None), ("命名授牌通知", ("叁拾万元整", "叁拾壹万元整"), "P-words", None),
    ("命名授牌通知", ("2026年11月27日", "2026年12月1日"), "P-day", None),
    ("命名授牌通知", ("2026年12月1日印发", "2026年11月1日印发"), "P-day", None)])
def test_contradictions(kind, change, code, place):
    old, new = change
    members = unpack(render(kind, sample(KINDS[kind])))
    text = members[MAIN_PART].decode()
    if old.startswith(">"):
        text = re.sub("初审、专家评审，拟命名3个", "初审、专家评审，拟命名4个", text)
    elif old.endswith("印发"):
        text = text.replace(old, new)
    else:
        text = text.replace(old, new, 1)
    assert text != members[MAIN_PART].decode()
    found = codes(reread(members | {MAIN_PART: text.encode()}, shape_of(KINDS[kind])), KINDS[kind])
    if code is None:
        assert found == []
    else:
        assert code in [each for each, _ in found] and (place is None or (code, place) in found), found


def test_a_row_twice_and_wrong_numbers_are_told():
    context = sample(KINDS["公示"])
    context["名单"] += [context["名单"][0] | {"序号": "9"}]
    found = codes(read(KINDS["公示"], context=context), KINDS["公示"])
    assert [code for code, _ in found] == ["P-twice", "P-order"] and found[1][1] == "表1第5行第1格"


def test_the_same_day_said_differently_is_told():
    found = read(KINDS["公示"], ("2026年度", "2025年度"))
    assert {code for code, _ in codes(found, KINDS["公示"])} == {"P-differs"}


@pytest.mark.parametrize("text, value", [("10万元", 100000), ("105000元", 105000), ("1,200元", 1200), ("100500.50元", "100500.5"), ("壹拾万元整", 100000),
                                         ("十万", 100000), ("若干", None), ("", None), ("10万", None)])
def test_amounts(text, value):
    from decimal import Decimal
    assert yuan(text) == (None if value is None else Decimal(value))


def test_marks_carry_paths_and_leave_blanks_blank():
    context = sample(KINDS["授牌名单"])
    context["名单"][0]["牌匾编号"] = " "
    filled = marked(KINDS["授牌名单"].fields, context)
    assert filled["名单"][0]["牌匾编号"] == " " and [piece.path for piece in pieces(f"共{filled['名单'].said}个")] == ["", "名单", ""]
    assert pieces(filled["发文"]["日期"])[0] == pieces(f"{filled['发文']['日期']} ")[0]
    assert lookup(filled, "发文.日期") != context["发文"]["日期"]
