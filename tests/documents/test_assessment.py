"""附件2 as a form, and the 通报: what is printed, which cells are one, what follows for whom."""

import re
from io import BytesIO

import pytest
from docx import Document

from tests.documents.edited import edited
from tests.documents.test_pages import body_lines, open_pdf, pages, rules, text
from toolkit.documents.docx_package import W
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.render import render
from toolkit.errors import UserError

FORM, NOTICE = "考核评估标准", "考核结果通报"


def item(section: str, reason: str = "") -> dict[str, str]:
    return {"项目": section, "细则": "有明显的工作室标识牌", "分值": "2", "标准": "未张贴标识牌不得分", "得分": "0" if reason else "2", "理由": reason}


def form(*sections: str, **changes: object) -> bytes:
    return render(FORM, sample(KINDS[FORM]) | {"基础项": [item(section) for section in sections]} | changes)


def merges(docx: bytes) -> list[tuple[str, str]]:
    """(text, vMerge) of the first cell of each row of the scoring table; vMerge "" where there is none."""
    found = []
    for row in Document(BytesIO(docx)).tables[1]._tbl.tr_lst:
        cell = row.tc_lst[0]
        merge = cell.tcPr.find(f"{{{W}}}vMerge")
        said = "".join(node.text for node in cell.iter(f"{{{W}}}t"))
        found.append((said, "" if merge is None else merge.get(f"{{{W}}}val", "continue")))
    return found


def test_rows_of_one_section_share_one_cell_and_no_other():
    assert merges(form("甲\n（10分）", "甲\n（10分）", "甲\n（10分）", "乙", "丙", "丙", 加分项=[item("丙")])) == [
        ("考核项目", ""), ("甲（10分）", "restart"), ("", "continue"), ("", "continue"), ("乙", "restart"), ("丙", "restart"), ("", "continue"),
        ("基础分", ""), ("丙", "restart"), ("总分", "")]


def test_a_label_typed_in_another_style_is_not_merged(tmp_path):
    path = edited(tmp_path, FORM, ('"gwDenseMerged"', '"gwDenseCell"'))
    assert {merge for _, merge in merges(render(FORM, sample(KINDS[FORM]), path))} == {""}


def test_the_merge_mark_stands_where_word_wants_it():
    for cell in Document(BytesIO(form("甲", "甲"))).tables[1]._tbl.iter(f"{{{W}}}tcPr"):
        order = [node.tag.rpartition("}")[2] for node in cell]
        assert order == [name for name in ("tcW", "gridSpan", "vMerge", "vAlign") if name in order]


def test_a_form_to_be_filled_by_hand_has_empty_places():
    blank = dict.fromkeys(("基础分", "加分", "总分", "等次"), "")
    tables = Document(BytesIO(form("甲", 考核日期="", 结果=blank))).tables
    assert [cell.text for cell in tables[2].rows[0].cells] == ["基础分", "", "加分", "", "总分", "", "等次", ""]
    assert tables[0].rows[2].cells[3].text == ""


# ---- 通报 ----

def notice(*grades: str) -> dict:
    """The sample with one studio per entry of `grades`, best first."""
    context = sample(KINDS[NOTICE])
    for band in context["等次"]:
        band["名单"] = [{"序号": str(number), "工作室名称": f"第{number}工作室", "申办单位": "某公司", "区县": "天山区", "总分": "60", "等次": grade}
                      for number, grade in enumerate(grades, 1) if grade == band["名称"]]
    context["考核"]["总数"] = str(len(grades))
    failing = context["等次"][-1]["名单"]
    context["处理"] = [{"序号": str(place), "工作室名称": row["工作室名称"], "领办人": "马强", "申办单位": "某公司"} for place, row in enumerate(failing, 1)]
    return context


def paragraphs(context: dict) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(render(NOTICE, context))).paragraphs)


@pytest.mark.parametrize("grades", [("优秀",), ("合格", "合格", "不合格"), ("优秀",) * 9 + ("合格",) * 30 + ("不合格",)])
def test_the_numbers_in_the_text_are_the_table_s(grades):
    context = notice(*grades)
    said = paragraphs(context)
    table = [row.cells[-1].text for row in Document(BytesIO(render(NOTICE, context))).tables[0].rows][1:]
    assert table == list(grades)
    for grade in ("优秀", "合格", "不合格"):
        assert re.search(rf"(?m)^{grade}（总分.*）：{table.count(grade)}个。$", said)
    assert said.count(f"{len(table)}个") >= 3


def test_consequences_stand_only_where_someone_failed():
    with_one, without = paragraphs(notice("合格", "不合格")), paragraphs(notice("优秀", "合格"))
    assert "第十九条（二）规定，撤销技能大师工作室称号，收回牌匾、追回资助资金，三年内不得申办" in with_one
    assert "1.第2工作室（领办人：马强，申办单位：某公司）" in with_one and "没有评为" not in with_one
    assert "撤销" not in without and "本次考核没有评为“不合格”的工作室。" in without


@pytest.mark.parametrize("count, sides", [(1, 4), (40, 5)])
def test_the_notice_on_paper(count, sides):
    context = notice(*("合格",) * (count - count // 10), *("不合格",) * (count // 10))
    printed = open_pdf(render(NOTICE, context)).pages
    assert len(printed) == sides
    assert text(body_lines(printed[0])[0]) == "乌鲁木齐市人力资源和社会保障局文件"
    assert any(text(line).startswith("根据《") for line in body_lines(printed[0])), "首页必须显示正文"
    last = [text(line) for line in body_lines(printed[-1])]
    assert last[-1] == "乌鲁木齐市人力资源和社会保障局办公室2026年12月10日印发" and last[-2].startswith("抄送：")
    assert sum(len(page.extract_tables()[0]) - 1 for page in printed if "序号" in page.extract_text()) == count
    assert all(len(body_lines(page)) > 1 for page in printed) and rules(printed[0], (1.0, 0.0, 0.0))


def test_the_signature_does_not_stand_alone():
    for page in pages(NOTICE, 0):
        lines = [text(line) for line in body_lines(page)]
        if "乌鲁木齐市人力资源和社会保障局" in lines:
            assert lines.index("乌鲁木齐市人力资源和社会保障局") > 1
            return
    raise AssertionError("没有署名")


@pytest.mark.parametrize("kind", [FORM, NOTICE])
def test_personal_information_is_refused(kind):
    context = sample(KINDS[kind])
    (context["工作室"] if kind == FORM else context["处理"][0])["领办人"] = "马强650102198803011234"
    with pytest.raises(UserError, match=r"身份证号 650102\*{8}1234（正文）.*请从台账的相应栏目或模板里删去"):
        render(kind, context)
