"""The pages as LibreOffice prints them: type area, lines and characters, where things stand, no orphan, no blank page.

LibreOffice 7.4 puts a gap between Chinese and Western characters and lets punctuation hang although the styles forbid
both (Word obeys), so the grid is measured on text without either.
"""

import io
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import pdfplumber
import pytest

from tests.office import convert
from toolkit.documents import gongwen
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.render import render

MM = 25.4 / 72
LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262  # 版心四边，mm
HAN = "为加强高技能人才队伍建设充分发挥示范引领作用规范技能大师工作室管理经研究决定命名一批市级工作室"


def open_pdf(docx: bytes):
    folder = Path(mkdtemp())
    (folder / "文书.docx").write_bytes(docx)
    return pdfplumber.open(convert(folder / "文书.docx", "pdf", folder))


@cache
def pages(kind: str, rows: int) -> list:
    """Pages of a kind with `rows` rows in its list (or problems); long and short names take turns."""
    context = sample(KINDS[kind])
    for key in {"名单", "问题"} & set(context):
        samples = context[key]
        context[key] = [samples[number % len(samples)] | {"序号": str(number + 1)} for number in range(rows)]
    return open_pdf(render(kind, context)).pages


def lines(page) -> list[list[dict]]:
    """Printed lines of a page, top to bottom, each as its characters from left to right."""
    found: dict[float, list[dict]] = {}
    for character in page.chars:
        if character["text"].strip():
            baseline = next((y for y in found if abs(y - character["matrix"][5]) < 2), character["matrix"][5])
            found.setdefault(baseline, []).append(character)
    return [sorted(found[y], key=lambda character: character["x0"]) for y in sorted(found, reverse=True)]


def text(line: list[dict]) -> str:
    return "".join(character["text"] for character in line)


def body_lines(page) -> list[list[dict]]:
    return [line for line in lines(page) if line[0]["top"] * MM < BOTTOM]


def rules(page, colour) -> list[dict]:
    return [line for line in page.lines if tuple(line["stroking_color"]) == colour and line["width"] * MM > 150]


RED, BLACK = (1.0, 0.0, 0.0), (0.0, 0.0, 0.0)


@cache
def plain() -> list:
    document, buffer = gongwen.new_document(), io.BytesIO()
    gongwen.body(document, (HAN * 40)[:28 * 22 * 2 + 26])
    document.save(buffer)
    return open_pdf(buffer.getvalue()).pages


def test_twenty_two_lines_of_twenty_eight_characters():
    for page in plain()[:2]:
        body = body_lines(page)
        assert len(body) == 22
        assert Counter(map(len, body)).most_common(1)[0][0] == 28
        assert all(abs(one[0]["top"] - two[0]["top"] + 579 / 20) < 0.1 for one, two in pairwise(body))


def test_type_area_within_half_a_millimetre():
    first, second = plain()[:2]
    assert (round(first.width * MM), round(first.height * MM)) == (210, 297)
    body = body_lines(second)
    assert min(line[0]["x0"] for line in body) * MM == pytest.approx(LEFT, abs=0.5)
    assert max(line[-1]["x1"] for line in body) * MM == pytest.approx(RIGHT, abs=0.5)
    pitch = 579 / 20
    baselines = [second.height - line[0]["matrix"][5] for line in body]
    assert (baselines[0] - pitch) * MM >= TOP - 3 and baselines[-1] * MM <= BOTTOM
    assert (baselines[-1] - baselines[0]) + pitch == pytest.approx(225 / MM, abs=2)
    assert body_lines(first)[0][0]["x0"] * MM == pytest.approx(LEFT + 2 * 156 / 28, abs=0.5)


@pytest.mark.parametrize("kind, rows", [("公示", 1), ("公示", 60), ("命名授牌通知", 3), ("命名授牌通知", 60), ("授牌名单", 60),
                                        ("回执", 0), ("回执", 60)])
def test_every_page_is_filled_numbered_and_within_the_margins(kind, rows):
    for number, page in enumerate(pages(kind, rows), 1):
        printed = "".join(map(text, lines(page)))
        assert not re.search(r"{{|}}|{%|%}", printed)
        assert len(body_lines(page)) > 1, f"第{number}页是空的"
        foot = lines(page)[-1]
        assert text(foot) == f"—{number}—"
        odd = number % 2
        assert (foot[-1]["x1"] if odd else foot[0]["x0"]) * MM == pytest.approx(RIGHT - 5 if odd else LEFT + 5, abs=0.6)
        for line in body_lines(page):
            hanging = text(line)[-1] in "，。、；：）"
            assert line[0]["x0"] * MM > LEFT - 0.5 and (line[-1]["x1"] * MM < RIGHT + 0.5 or hanging), text(line)


@pytest.mark.parametrize("kind, rows, count", [
    ("公示", 1, 3), ("公示", 60, 9), ("命名授牌通知", 3, 4), ("命名授牌通知", 60, 8), ("授牌名单", 60, 5), ("回执", 0, 2),
    ("回执", 60, 6)])
def test_page_counts(kind, rows, count):
    assert len(pages(kind, rows)) == count


def test_red_head_stands_where_the_standard_puts_it():
    first = pages("命名授牌通知", 3)[0]
    mark, document_number, *_ = lines(first)
    assert text(mark) == "乌鲁木齐市人力资源和社会保障局文件" and tuple(mark[0]["non_stroking_color"]) == RED
    assert mark[0]["x0"] * MM > LEFT - 0.5 and mark[-1]["x1"] * MM < RIGHT + 0.5
    assert (mark[0]["x0"] + mark[-1]["x1"]) / 2 * MM == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)
    rule = rules(first, RED)[0]
    assert (rule["x0"] * MM, rule["x1"] * MM) == pytest.approx((LEFT, RIGHT), abs=0.5)
    # 字面比文字框低约1毫米
    assert (rule["top"] - document_number[0]["bottom"]) * MM == pytest.approx(4 + 1, abs=0.5)
    assert text(document_number) == "乌人社发〔2026〕1号"
    assert any(text(line).startswith("根据《") for line in body_lines(first)), "首页必须显示正文"


@pytest.mark.parametrize("rows", [3, 10, 11, 12, 13, 60])  # 10至13个：表尾正好伸到版记处
def test_imprint_stands_at_the_foot_of_the_last_page_and_covers_nothing(rows):
    *others, last = pages("命名授牌通知", rows)
    top, middle, bottom = sorted(rule["top"] * MM for rule in rules(last, BLACK) if rule["top"] * MM > 235)
    assert bottom == pytest.approx(BOTTOM, abs=0.5) and top < middle < bottom
    inside = [text(line) for line in body_lines(last) if line[0]["top"] * MM > top]
    assert inside == ["抄送：市委人才工作领导小组办公室，市财政局。", "乌鲁木齐市人力资源和社会保障局办公室2026年12月1日印发"]
    for page in others:
        assert "抄送：" not in "".join(map(text, lines(page)))


@pytest.mark.parametrize("kind, rows", [("公示", 1), ("命名授牌通知", 3), ("回执", 0), ("回执", 3), ("回执", 60)])
def test_no_signature_stands_alone(kind, rows):
    for page in pages(kind, rows):
        body = [text(line) for line in body_lines(page)]
        if "乌鲁木齐市人力资源和社会保障局" in body:
            place = body.index("乌鲁木齐市人力资源和社会保障局")
            assert place > 0 and body[place + 1].startswith("2026年") and not body[0].startswith("附件：")
            return
    raise AssertionError("没有署名")


def test_signature_and_date_are_centred_on_one_axis():
    for page in pages("命名授牌通知", 3):
        body = body_lines(page)
        for signer, day in pairwise(body):
            if text(signer) == "乌鲁木齐市人力资源和社会保障局":
                axes = [(line[0]["x0"] + line[-1]["x1"]) / 2 * MM for line in (signer, day)]
                assert axes[0] == pytest.approx(axes[1], abs=0.7)
                assert (RIGHT - day[-1]["x1"] * MM) / (156 / 28) == pytest.approx(4, abs=0.6)
                return
    raise AssertionError("没有署名")


@pytest.mark.parametrize("kind, rows", [("公示", 60), ("命名授牌通知", 60), ("授牌名单", 60)])
def test_the_header_is_repeated_and_no_row_is_broken(kind, rows):
    with_table = [page for page in pages(kind, rows) if any(text(line).startswith("序号") for line in lines(page))]
    assert len(with_table) > 3
    numbers = [line[0] for page in with_table for line in body_lines(page) if line[0]["x0"] * MM < 40]
    assert sum(1 for page in with_table for _ in page.extract_tables()[0][1:]) == rows
    assert numbers and all(row[1] for page in with_table for row in page.extract_tables()[0])


def test_the_annex_is_on_its_own_page_with_its_title_on_the_third_line():
    page = next(page for page in pages("公示", 1) if text(lines(page)[0]) == "附件")
    label, title = lines(page)[:2]
    assert label[0]["fontname"].endswith("FandolHei-Regular")
    assert (title[0]["matrix"][5] - label[0]["matrix"][5]) == pytest.approx(-2 * 579 / 20, abs=4)


def test_fonts_are_those_of_the_standard():
    fonts = {character["fontname"].partition("+")[2]: set() for page in pages("命名授牌通知", 3) for character in page.chars}
    for page in pages("命名授牌通知", 3):
        for line in lines(page):
            fonts[line[0]["fontname"].partition("+")[2]].add(text(line))
    by_text = {line: font for font, found in fonts.items() for line in found}
    assert by_text["一、经费"] == "FandolHei-Regular"
    assert by_text["各区（县）人力资源和社会保障局，各有关单位："] == "FandolFang-Regular"
    assert "Black" in by_text["市级技能大师工作室的通知"]
    assert not {font for font in fonts if "Gothic" in font or "DejaVu" in font or "Carlito" in font}
