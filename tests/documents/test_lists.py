"""Lists on paper: words stay whole, long units take three lines at most, an empty column is left out, headers are repeated."""

import re

import pytest

from tests.documents.test_pages import open_pdf
from toolkit.documents.column_widths import widths_for
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.render import render

UNIT = "中国石油天然气股份有限公司乌鲁木齐石化分公司炼油化工设备检修维修技术服务中心（示例）"  # 四十字左右
ROWS = (("1", "阿卜杜热西提·买买提依明中式烹调师技能大师工作室", "阿卜杜热西提·买买提依明", UNIT, "中式烹调师", "沙依巴克区", "乌技师2026001"),
        ("2", "欧阳明珠宝玉石检验员技能大师工作室", "欧阳明珠", "新疆示例公司", "宝玉石检验员", "乌鲁木齐县", "乌技师2026002"),
        ("3", "马强焊工技能大师工作室", "马强", "乌鲁木齐A&B<示例>公司", "焊工", "达坂城区", "乌技师2026003"))
KEYS = ("序号", "工作室名称", "领办人", "申办单位", "职业", "区县", "牌匾编号")


def printed(kind: str, count: int, plaques: bool = True) -> list[list[list[str]]]:
    """Rows of the list's tables, page by page."""
    rows = [dict(zip(KEYS, ROWS[number % 3], strict=True), 序号=str(number + 1)) for number in range(count)]
    for row in rows:
        row["牌匾编号"] = row["牌匾编号"] if plaques else ""
        if kind == "公示":
            del row["牌匾编号"]
    tables = [page.extract_tables() for page in open_pdf(render(kind, sample(KINDS[kind]) | {"名单": rows})).pages]
    return [found for page in tables for found in page if found and found[0][0] == "序号"]


@pytest.mark.parametrize("kind", ["公示", "命名授牌通知", "授牌名单"])
@pytest.mark.parametrize("count", [1, 12, 200])
def test_words_stay_whole_on_the_printed_page(kind, count):
    pages = printed(kind, count)
    assert sum(len(rows) - 1 for rows in pages) == count and all(len(rows) > 1 for rows in pages)
    for header, *rows in pages:
        for row in rows:
            cells = dict(zip(KEYS, row, strict=False))
            assert "\n" not in cells["序号"] + cells["职业"] + cells["区县"] + cells.get("牌匾编号", "").replace("乌技师\n", ""), cells
            assert all(piece in "阿卜杜热西提·买买提依明 欧阳明珠 马强" for piece in cells["领办人"].split("\n"))
            assert re.fullmatch(r"[^\n]*(·\n)?[^\n]*", cells["领办人"]) and cells["申办单位"].count("\n") < 3
        assert len(header) == (6 if kind == "公示" else 7)


@pytest.mark.parametrize("kind", ["命名授牌通知", "授牌名单"])
def test_a_column_nobody_filled_is_left_out(kind):
    header, *rows = printed(kind, 3, plaques=False)[0]
    assert "牌匾编号" not in header and len(header) == 6 and rows[2][3].replace("\n", "") == "乌鲁木齐A&B<示例>公司"


TELEPHONED = [kind for kind in KINDS if "联系" in sample(KINDS[kind])["发文"]]


@pytest.mark.parametrize("kind", TELEPHONED)
@pytest.mark.parametrize("office", ["职业能力建设科", "职业能力建设科（技能人才评价科）", "办"])
def test_no_telephone_number_is_broken(kind, office):
    context = sample(KINDS[kind])
    context["发文"]["联系"] |= {"科室": office, "电话": "0991-1234567、0991-7654321"}
    text = "\n".join(page.extract_text() for page in open_pdf(render(kind, context)).pages)
    assert "0991-1234567" in text and "0991-7654321" in text


def test_an_amount_stays_on_one_line():
    """LibreOffice、WPS 在汉字与数字之间留空：列宽里已经算上。"""
    context = sample(KINDS["经费拨付通知"])
    context["名单"] = [row | {"金额": "10万元"} for row in context["名单"]]
    tables = [found for page in open_pdf(render("经费拨付通知", context)).pages for found in page.extract_tables() if found[0][0] == "序号"]
    assert tables and all(row[-1] == "10万元" for table in tables for row in table[1:])


@pytest.mark.parametrize("needs, total, widths, why", [
    ([(100, 100), (100, 700)], 500, [100, 400], "词都放得下，余下的给长的"),
    ([(100, 100), (100, 300)], 500, [150, 350], "一行就放得下，余下的平分"),
    ([(600, 600), (300, 900)], 300, [200, 100], "词也放不下，各让一些"),
    ([(100, 300), (100, 500)], 500, [200, 300], "按长出多少分")])
def test_sharing_the_width(needs, total, widths, why):
    found = widths_for(needs, total)
    assert sum(found) == total and found == pytest.approx(widths, abs=1), why
