"""The acts, letters and forms on paper: heads, signers, lines, numbers, and what the regulation prints word for word."""

import re
from functools import cache
from io import BytesIO

import pytest
from docx import Document

from tests.documents.test_pages import BLACK, BOTTOM, LEFT, MM, RED, RIGHT, body_lines, lines, open_pdf, rules, text
from toolkit.documents.act_kinds import ACTS
from toolkit.documents.form_kinds import FORMS_ON_PAPER
from toolkit.documents.kinds import KINDS, sample
from toolkit.documents.render import render
from toolkit.errors import UserError
from toolkit.forms.papers import OFFERED, PAPERS
from toolkit.jobs.documents import BUILDERS

LETTERS = ("追回资金通知书", "变更复函", "催报函")
UPWARD = ("备案报告", "初审推荐报告")
RED_HEADED = (*UPWARD, "经费拨付通知", "年度评估通报", "撤销称号决定", "取消称号决定")
FORMS = tuple(kind.name for kind in FORMS_ON_PAPER)


@cache
def sides(kind: str) -> list:
    return open_pdf(render(kind, sample(KINDS[kind]))).pages


def said(kind: str) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(render(kind, sample(KINDS[kind])))).paragraphs)


@pytest.mark.parametrize("kind", [kind.name for kind in (*ACTS, *FORMS_ON_PAPER)])
def test_every_side_is_filled_within_the_margins(kind):
    edge = (RIGHT, LEFT) if kind not in (*FORMS, "证书与牌匾") else (192, 18)
    for page in sides(kind):
        assert len(body_lines(page)) >= 1 and not re.search(r"{{|}}|{%", page.extract_text())
        for line in body_lines(page):
            if tuple(line[0]["non_stroking_color"]) != RED:
                assert line[0]["x0"] * MM > edge[1] - 0.6 and (line[-1]["x1"] * MM < edge[0] + 0.6 or text(line)[-1] in "，。、；：）"), text(line)


@pytest.mark.parametrize("kind", RED_HEADED)
def test_a_red_head_and_a_last_side_with_its_imprint(kind):
    first, last = sides(kind)[0], sides(kind)[-1]
    assert text(lines(first)[0]).endswith("文件") and tuple(lines(first)[0][0]["non_stroking_color"]) == RED
    rule = rules(first, RED)[0]
    assert (rule["x0"] * MM, rule["x1"] * MM) == pytest.approx((LEFT, RIGHT), abs=0.6)
    foot = [text(line) for line in body_lines(last)]
    assert foot[-2].startswith("抄送：") and foot[-1].endswith("印发") and max(rule["top"] * MM for rule in rules(last, BLACK)) == pytest.approx(BOTTOM, abs=0.6)


@pytest.mark.parametrize("kind", UPWARD)
def test_what_goes_upwards_names_its_signer_on_the_line_of_the_number(kind):
    number = lines(sides(kind)[0])[1]
    printed = text(number)
    assert re.fullmatch(r".+〔2026〕\d+号签发人：（待填）", printed)
    assert number[0]["x0"] * MM == pytest.approx(LEFT + 5.6, abs=1) and RIGHT - number[-1]["x1"] * MM == pytest.approx(5.6, abs=1.2)
    assert "Kai" in number[-2]["fontname"] and "Fang" in number[0]["fontname"]
    assert "特此报告。" in said(kind) and "请批复" not in said(kind) and "请示" not in said(kind)


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_has_its_lines_on_the_first_side_only_and_no_number_there(kind):
    first, *others = sides(kind)
    mark = lines(first)[0]
    assert text(mark) == "乌鲁木齐市人力资源和社会保障局" and mark[0]["top"] * MM == pytest.approx(30, abs=2.5)
    red = [shape for shape in (*first.lines, *first.rects) if shape["width"] * MM > 160]
    assert red and all(shape["width"] * MM == pytest.approx(170, abs=1) for shape in red)
    assert max(shape["bottom"] for shape in red) * MM == pytest.approx(297 - 20, abs=1.5)
    assert not re.search("—1—", "".join(text(line) for line in lines(first)))
    for number, page in enumerate(others, 2):
        assert text(lines(page)[-1]) == f"—{number}—" and not [shape for shape in (*page.lines, *page.rects) if shape["width"] * MM > 160]
    assert re.fullmatch(r".+〔2026〕\d+号", text(lines(first)[1])) and lines(first)[1][-1]["x1"] * MM == pytest.approx(RIGHT, abs=1)


@pytest.mark.rule("R01")
@pytest.mark.parametrize("kind", [kind.name for kind in ACTS if kind.name != "证书与牌匾"])
def test_both_superior_bases_and_the_short_name_are_given(kind):
    printed = said(kind)
    assert "人社厅发〔2013〕51号" in printed and "乌党发〔2017〕1号" in printed and "以下简称《办法》" in printed


def test_amounts_stand_in_figures_and_words_and_legal_text_is_marked():
    for kind in ("撤销称号决定", "取消称号决定", "追回资金通知书"):
        printed = said(kind)
        assert "10万元（大写：壹拾万元整）" in printed and "待法规科确认" in printed
    assert "20万元（大写：贰拾万元整）" in said("经费拨付通知")


def test_what_is_sent_to_one_unit_or_carries_an_id_is_not_public():
    assert {kind.name for kind in (*ACTS, *FORMS_ON_PAPER) if not kind.public} == {*LETTERS, *FORMS}


def test_a_decision_that_names_an_account_is_stopped():
    context = sample(KINDS["撤销称号决定"])
    context["事实"] = "已退至账号6222021234567890128"
    with pytest.raises(UserError, match=r"银行卡号|账号"):
        render("撤销称号决定", context)


def test_the_application_form_is_the_regulation_s():
    tables = Document(BytesIO(render("申报表", sample(KINDS["申报表"])))).tables
    words = re.sub(r"\s", "", "".join(cell.text for table in tables for row in table.rows for cell in dict.fromkeys(row.cells)))
    for printed in ("申报单位", "工作室名称", "填报时间", "领办人姓名", "政治面貌", "工作室地点", "工作室面积", "学历（学位）", "参加工作时间", "从事职业（工种）", "行政职务",
                    "职业资格或职业技能等级", "通讯地址", "手机号码", "技能大师工作室其他人员（若人员较多可另附表）", "职业资格或职业技能等级/专业技术等级", "突出业绩", "领办人主要获奖情况",
                    "获奖项目", "授予单位", "领办人主要工作业绩（可另附页详细阐述）", "（包括生产、科研以及高技能人才队伍情况）",
                    "本单位郑重承诺：自被纳入市级技能大师工作室建设项目后，我单位将提供不低于市级补助资金的配套资金；配套资金和市级补助资金实行专款专用，主要用于技能大师工作室设施设备、"
                    "人才培训、技能交流推广、技术技能创新研发等工作，并在建设周期内使用完毕，确保经费使用效益。建设期满后，还将提供相应的配套资金，主要用于领办人带徒津贴、"
                    "研究（攻关）项目补贴以及日常工作费用等。", "技能大师工作室主要工作方向", "技能大师工作室建设预期目标", "专家评估意见", "市人力资源和社会保障局意见"):
        assert printed in words, printed


@pytest.mark.parametrize("count", [0, 1, 12, 200])
def test_lists_of_any_length_and_awkward_names(count):
    """空名单、长名单，带间隔号、&、< 的姓名。"""
    for kind in (*ACTS, *FORMS_ON_PAPER):
        context = sample(kind)
        lists = [field.key for field in kind.fields if isinstance(context[field.key], list)]
        for key in lists:
            rows = context[key]
            context[key] = [dict.fromkeys(rows[0], "买买提·艾力A&B<") | {"序号": str(n + 1)} if "序号" in rows[0] else dict.fromkeys(rows[0], "A&B<") for n in range(count)]
        required = [field.key for field in kind.fields if field.key in lists and field.required]
        if count == 0 and required:
            with pytest.raises(UserError, match="还缺"):
                render(kind.name, context)
        elif lists:
            assert "A&B<" in "".join(Document(BytesIO(render(kind.name, context))).element.itertext()) or count == 0


def test_docs_offers_only_what_something_fills():
    assert set(OFFERED) == set(BUILDERS) and {paper.name for paper in PAPERS} == set(KINDS)
