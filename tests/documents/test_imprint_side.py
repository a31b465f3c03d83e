"""双面印的版记：正文结束在单数面，版记放到背面；结束在双数面，一个字节也不动；数不出面数就说明。"""

import shutil
from datetime import date

import pytest

from tests.documents.test_pages import BLACK, BOTTOM, MM, body_lines, lines, open_pdf, rules, text
from toolkit.documents import imprint_side
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.render import render
from toolkit.jobs import both_sides, pdf_copies
from toolkit.jobs.both_sides import EVEN, PARAMETER, BothSides
from toolkit.regulation import in_force

LAW = in_force(date(2026, 11, 28))
DUPLEX = LAW.overridden({PARAMETER: EVEN})


def rendered(kind, rows=None):
    context = sample(KINDS[kind])
    if rows is not None and "名单" in context:
        context["名单"] = [context["名单"][number % len(context["名单"])] | {"序号": str(number + 1)} for number in range(rows)]
    return render(kind, context)


WITH = [kind for kind in KINDS if imprint_side.has_imprint(rendered(kind))]


def test_every_paper_with_a_head_and_a_copy_line_has_one():
    assert {"命名授牌通知", "备案报告", "考核结果通报", "撤销称号决定", "取消称号决定"} <= set(WITH)
    assert not {"公示", "申报表", "考核评估标准", "回执", "变更复函", "追回资金通知书"} & set(WITH), "信函格式没有版记线"


@pytest.mark.parametrize("kind, rows", [*((kind, None) for kind in WITH), ("命名授牌通知", 12), ("命名授牌通知", 40), ("考核结果通报", 30)])
def test_the_imprint_is_on_an_even_side(kind, rows):
    before = rendered(kind, rows)
    sides, once = BothSides(DUPLEX, "台账.xlsm"), len(open_pdf(before).pages)
    after = sides.finish(before)
    pages = open_pdf(after).pages
    assert len(pages) == once + once % 2 and sides.findings == [] and (after == before) == (once % 2 == 0)
    bottom = max(rule["top"] * MM for rule in rules(pages[-1], BLACK) if rule["top"] * MM > 235)
    assert bottom == pytest.approx(BOTTOM, abs=0.5)
    printed = [number for number, page in enumerate(pages, 1) if any(text(line).endswith("日印发") for line in body_lines(page))]
    assert printed == [len(pages)]
    assert f"—{len(pages)}—" in [text(line) for line in lines(pages[-1])], "前面没有空白页，版记页编页码"


def test_the_usual_paper_is_not_touched():
    paper = rendered("命名授牌通知")
    assert BothSides(LAW, "台账.xlsm").finish(paper) is paper
    notice = rendered("公示")
    assert BothSides(DUPLEX, "台账.xlsm").finish(notice) is notice, "没有版记"


def test_where_nobody_counts_the_sides_the_clerk_is_told_once(monkeypatch):
    monkeypatch.setattr(pdf_copies, "_PLACES", ())
    monkeypatch.setattr(shutil, "which", lambda name: None)
    sides, paper = BothSides(DUPLEX, "台账.xlsm"), rendered("命名授牌通知")
    assert sides.finish(paper) is paper and sides.finish(paper) is paper
    assert [found.code for found in sides.findings] == ["P-sides"] and "插入分页符" in sides.findings[0].message
    assert both_sides.PARAMETER in LAW.parameters
