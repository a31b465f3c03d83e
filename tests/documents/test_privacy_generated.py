"""把关的写法由程序生成：每一类号码、每一种分隔和数字写法、每一种上下文，放进每种文书、每个部件；一个不漏，一个不误。"""

import random
from functools import cache
from html import escape

import pytest

from tests.documents.spellings import CHINESE, CIRCLED, FORMAL, FULL, card, spaced, spelled, with_check
from toolkit.documents.docx_package import CORE, MAIN_PART, W, unpack
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.personal_numbers import numbers_in
from toolkit.documents.privacy import found_in, refuse_personal
from toolkit.documents.render import render
from toolkit.errors import UserError
from toolkit.regulation.identity import CREDIT_ALPHABET, credit_check_character

CHANCE = random.Random(20231)
REGIONS = ("650102", "650103", "652101", "110101", "310115", "810000", "830000")
SEPARATORS = ("", " ", "-", "—", "·", ".", "\u200b", "\u00a0", "\u2009", "\ufeff", "／", "_", "\n", " - ", "\u202f")
SCRIPTS = ("0123456789", FULL, CHINESE, FORMAL, CIRCLED)
BEFORE, AFTER = ("", "领办人", "联系：", "（", "号码", "持有"), ("", "。", "）", "，请核对", "本人")


def digits(count):
    return "".join(CHANCE.choice("0123456789") for _ in range(count))


def identity():
    day = f"{CHANCE.randint(1950, 2004)}{CHANCE.randint(1, 12):02d}{CHANCE.randint(1, 28):02d}"
    return with_check(CHANCE.choice(REGIONS) + day + digits(3)), (6, 8, 4)


def mobile():
    return f"1{CHANCE.choice('3456789')}{digits(9)}", (3, 4, 4)


def bank():
    number = card(CHANCE.choice(("622202", "621700", "622848", "621226")) + digits(6), 19)
    return number, (4, 4, 4, 4, 3)


def old_identity():
    return f"{CHANCE.choice(REGIONS[:5])}{CHANCE.randint(45, 88)}{CHANCE.randint(1, 12):02d}{CHANCE.randint(1, 28):02d}{digits(3)}", (6, 6, 3)


def generated(count):
    """Spelled numbers of every sort, in turn."""
    made = []
    for number in range(count):
        sort = (identity, mobile, bank, old_identity)[number % 4]
        own, lengths = sort()
        if number % 3 == 0 and own.isdigit():
            own = spelled(own, SCRIPTS[number // 3 % len(SCRIPTS)])
        text = spaced(own, SEPARATORS[number % len(SEPARATORS)], *lengths)
        made.append(f"{BEFORE[number % len(BEFORE)]}{text}{AFTER[number // 2 % len(AFTER)]}")
    return made


def credit():
    own = "91650100" + "".join(CHANCE.choice(CREDIT_ALPHABET) for _ in range(9))
    return own + credit_check_character(own)


def innocent(count):
    """Other numbers with as many digits."""
    made = []
    for number in range(count):
        serial = mobile()[0]
        made.append((f"统一社会信用代码{credit()}", f"0991-{CHANCE.randint(2, 8)}{digits(6)}", f"400-{digits(3)}-{digits(4)}", f"合同编号：{serial}", f"{serial}号工程",
                     f"¥{serial[:2]},{serial[2:5]},{serial[5:8]},{serial[8:]}.00元", f"{serial}元", f"乌人社发〔20{CHANCE.randint(20, 29)}〕{CHANCE.randint(1, 999)}号",
                     f"20{CHANCE.randint(20, 29)}-{CHANCE.randint(10, 12)}-{CHANCE.randint(10, 28)}", f"乌技师20{digits(2)}{digits(3)}", f"{serial}人次")[number % 11])
    return made


FORBIDDEN, ALLOWED = generated(120), innocent(66)


def test_there_are_enough_and_they_differ():
    assert len(set(FORBIDDEN)) == len(FORBIDDEN) >= 80 and len(set(ALLOWED)) >= 30


@pytest.mark.parametrize("text", FORBIDDEN)
def test_each_is_found(text):
    assert numbers_in(text), repr(text)


@pytest.mark.parametrize("text", ALLOWED)
def test_each_other_passes(text):
    assert numbers_in(text) == [], repr(text)


@cache
def members(kind):
    return unpack(render(kind, sample(KINDS[kind])))


def placed(kind, *texts):
    """The document with a paragraph more for each text, and words between them."""
    body = members(kind)[MAIN_PART].decode()
    before, end, after = body.rpartition("</w:body>")
    halves = [(text[:len(text) // 2], text[len(text) // 2:]) for text in texts]
    added = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r><w:r><w:t>{escape(two)}</w:t></w:r></w:p><w:p><w:r><w:t>另起一段</w:t></w:r></w:p>" for one, two in halves)
    return {MAIN_PART: f"{before}{added}{end}{after}".encode()}


@pytest.mark.parametrize("kind", KINDS)
def test_in_every_kind_of_document(kind):
    """每种文书都认得出；公开的出不了门，不公开的（回执、申报表等）本来就要印号码，只在检查时提示。"""
    own = set(found_in(placed(kind)))
    for first in range(0, len(FORBIDDEN), 10):
        batch = FORBIDDEN[first:first + 10]
        assert len(set(found_in(placed(kind, *batch))) - own) >= len(batch), batch
        if KINDS[kind].public:
            with pytest.raises(UserError, match="请从台账的相应栏目或模板里删去"):
                refuse_personal(kind, members(kind) | placed(kind, batch[0]))
    assert set(found_in(placed(kind, *ALLOWED))) == own


NAMESPACE = f'xmlns:w="{W}"'
PLACES = {
    "页眉": ("word/header1.xml", "<w:hdr {n}><w:p>{r}</w:p></w:hdr>"), "页脚": ("word/footer2.xml", "<w:ftr {n}><w:tbl><w:tr><w:tc><w:p>{r}</w:p></w:tc></w:tr></w:tbl></w:ftr>"),
    "批注": ("word/comments.xml", "<w:comments {n}><w:comment><w:p>{r}</w:p></w:comment></w:comments>"), "脚注": ("word/footnotes.xml", "<w:footnotes {n}><w:p>{r}</w:p></w:footnotes>"),
    "尾注": ("word/endnotes.xml", "<w:endnotes {n}><w:p>{r}</w:p></w:endnotes>"), "文本框": (MAIN_PART, "<w:document {n}><w:p><w:txbxContent><w:p>{r}</w:p></w:txbxContent></w:p></w:document>"),
    "隐藏": (MAIN_PART, "<w:document {n}><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{t}</w:t></w:r></w:p></w:document>"),
    "修订": (MAIN_PART, "<w:document {n}><w:p><w:del><w:r><w:delText>{t}</w:delText></w:r></w:del></w:p></w:document>"),
    "域": (MAIN_PART, "<w:document {n}><w:p><w:r><w:instrText>QUOTE {t}</w:instrText></w:r></w:p></w:document>"),
    "公式": (MAIN_PART, "<w:document {n}><w:p><m:oMath xmlns:m='m'><m:r><m:t>{t}</m:t></m:r></m:oMath></w:p></w:document>"),
    "替代文字": (MAIN_PART, "<w:document {n}><w:p><w:docPr descr=\"见图　{t}\"/></w:p></w:document>"),
    "图表": ("word/charts/chart1.xml", "<c:chart xmlns:c='c'><c:v>{t}</c:v></c:chart>"), "属性": (CORE, "<c><description>{t}</description></c>"),
    "自定义属性": ("docProps/custom.xml", "<c><p>{t}</p></c>"), "链接": ("word/_rels/document.xml.rels", "<R><Relationship Target=\"http://x/　{t}\"/></R>"),
    "设置": ("word/settings.xml", "<w:settings {n}><w:docVar w:val=\"变量　{t}\"/></w:settings>")}


@pytest.mark.parametrize("place", PLACES)
def test_in_every_part(place):
    name, xml = PLACES[place]
    for texts, wanted in ((FORBIDDEN, True), (ALLOWED, False)):
        for text in texts:
            shown = escape(text)
            runs = f"<w:r><w:t>{shown}</w:t></w:r>"
            content = xml.replace("{n}", NAMESPACE).replace("{r}", runs).replace("{t}", shown)
            assert bool(found_in({name: content.encode()})) is wanted, (place, text)
