"""From scores and ledger rows to 附件2 forms and the 通报 of results."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from docx import Document

from tests.documents.test_pages import MM, body_lines, lines, open_pdf, text
from toolkit.documents.assessment_contexts import AssessedStudio, band_line, form_context, results_context
from toolkit.documents.gongwen import FORM_EDGE as EDGE
from toolkit.documents.render import render
from toolkit.errors import UserError
from toolkit.forms.ledger import LEDGER
from toolkit.forms.register_rows import AssessmentRow, StudioRow
from toolkit.jobs.assessment_documents import FORM
from toolkit.jobs.documents import documents
from toolkit.pages import fresh, register
from toolkit.regulation import in_force, rubric
from toolkit.sheets import edit

ON, NOW = date(2028, 10, 9), datetime(2028, 10, 9, 9, 30)
LAW = in_force(ON)
RUBRIC = rubric.of(LAW)
FACTS = AssessedStudio("马强焊工技能大师工作室", "马强", "新疆示例钢铁有限公司", "头屯河区", date(2026, 12, 1), date(2028, 12, 1))
OFFICE = {"results_document_number": "乌人社发〔2028〕9号", "contact_office": "职业能力建设科", "contact_phone": "0991-7000000"}


def inputs(**changes: object) -> dict[str, object]:
    """Answers that earn everything, with changes by label."""
    best = {"是否": "是", "口径": None, "评分": 99, "扣分": 0, "裁定": None}
    answers = {asked.label: best.get(asked.kind, 99) for asked in RUBRIC.inputs}
    for one in RUBRIC.items:
        answers |= {asked.label: one.points for asked in one.inputs if asked.kind == "评分"}
    return answers | {"配套资金_元": 100000, "培养技师_人": 2, "培养高级技师_人": 2} | changes


# ---- 附件2 ----

def test_the_words_are_those_of_the_regulation():
    context = form_context(LAW, FACTS, ON)
    printed = (Path(__file__).parents[1] / "regulation" / "annex2.txt").read_text("utf-8")
    law = "".join(printed.split())
    for row in context["基础项"] + context["加分项"]:
        assert f"{row['细则']}{row['分值']}{row['标准']}" in law
        assert row["项目"].replace("\n", "") in law
    assert len(context["基础项"]) + len(context["加分项"]) == len(RUBRIC.items)
    assert context["标准"] == {"出处": "附件2", "名称": "乌鲁木齐市技能大师工作室考核评估标准"}
    assert context["满分"] == {"基础分": "100", "总分": "110"}


def test_without_a_score_every_place_to_fill_in_is_blank():
    context = form_context(LAW, FACTS, ON)
    assert {row[key] for row in context["基础项"] + context["加分项"] for key in ("得分", "理由")} == {""}
    assert set(context["结果"].values()) == {""} and context["考核日期"] == ""
    assert context["发文"] == {"机关": "头屯河区人力资源和社会保障局", "日期": "2028年10月9日"}


def test_a_score_fills_points_reasons_and_result():
    score = RUBRIC.score(inputs(年度计划_有="否", 配套资金_元=90000, 媒体报道_有="否"))
    context = form_context(LAW, FACTS._replace(assessed_on=ON), ON, score, {"1.2": "第二年没有计划"})
    by_words = {row["细则"]: (row["得分"], row["理由"]) for row in context["基础项"] + context["加分项"]}
    assert by_words["制定完善的年度计划"] == ("0", "扣2分：第二年没有计划")
    assert by_words["申办单位在建设周期内对工作室配套相应的资金不少于10万元"] == ("18", "扣2分")
    assert by_words["市级及以上媒体报道过工作室建设情况"] == ("0", ""), "加分项没有扣分"
    assert by_words["签订师带徒协议"] == ("1", "")
    assert context["结果"] == {"基础分": "96", "加分": "7", "总分": "103", "等次": "优秀"}
    assert context["考核日期"] == "2028年10月9日"


def test_an_unfinished_score_gives_no_result():
    context = form_context(LAW, FACTS, ON, RUBRIC.score(inputs(年度计划_有=None)))
    assert [row["得分"] for row in context["基础项"]].count("") == 1
    assert set(context["结果"].values()) == {""}


def test_a_contradictory_score_is_not_printed():
    score = RUBRIC.score(inputs(培养高技能人才_人=5, 培养技师_人=4, 培养高级技师_人=2))
    with pytest.raises(UserError, match=r"“马强焊工技能大师工作室”的评分不能使用：数据矛盾：.*请改正评分表后重新生成"):
        form_context(LAW, FACTS, ON, score)


WORST = {asked.label: "否" if asked.kind == "是否" else None if asked.kind == "口径" else 0 for asked in RUBRIC.inputs}


@pytest.mark.parametrize("score, reason", [
    (None, ""), (RUBRIC.score(WORST), ""), (RUBRIC.score(WORST), "现场查看未见相应记录，单位未提供佐证材料")],
    ids=["空表", "每项扣分", "每项扣分并写理由"])
def test_two_pages_with_no_section_broken(score, reason):
    context = form_context(LAW, FACTS, ON, score, {one.id: reason for one in RUBRIC.items})
    printed = open_pdf(render(FORM, context)).pages
    assert len(printed) == 2
    for page in printed:
        rows = [row for table in page.extract_tables() for row in table]
        head = next(number for number, row in enumerate(rows) if row[0] == "考核项目")
        assert rows[head + 1][0], "这一页从一个项目的中间开始"
    assert [text(line) for line in lines(printed[1])][-1] == "—2—"
    assert "考核组成员签名" in printed[1].extract_text() and "考核组成员签名" not in printed[0].extract_text()
    for page in printed:
        for line in body_lines(page):
            assert line[0]["x0"] * MM > EDGE and line[-1]["x1"] * MM < 210 - EDGE, text(line)


# ---- 通报 ----

def result(name: str, points: object, grade: str, leader: str = "马强", **changes: object) -> dict[str, object]:
    return {"年度": 2028, "区县": "天山区", "工作室名称": name, "领办人": leader, "申办单位": "某公司", "考核日期": date(2028, 9, 20),
            "总分": points, "等次": grade} | changes


def rows(*results: dict[str, object]) -> list[AssessmentRow]:
    """The same as rows of the register."""
    return [AssessmentRow(SimpleNamespace(values=values, problems={})) for values in results]


def test_grades_first_then_strokes_of_the_leader():
    context = results_context(LAW, 2028, ON, rows(
        result("甲工作室", 59.5, "不合格", 考核日期=date(2028, 11, 2)), result("乙工作室", 88, "合格", "马强"), result("丙工作室", 70, "合格", "丁一"),
        result("丁工作室", 90, "优秀", "魏征")))
    listed = [row for band in context["等次"] for row in band["名单"]]
    assert [(row["序号"], row["工作室名称"], row["总分"]) for row in listed] == [
        ("1", "丁工作室", "90"), ("2", "丙工作室", "70"), ("3", "乙工作室", "88"), ("4", "甲工作室", "59.5")]
    assert context["考核"] == {"应考": "4", "总数": "4", "时间": "2028年9月20日至2028年11月2日", "标准": RUBRIC.title, "标准出处": "附件2",
                             "基础分": "100", "加分": "10"}
    assert [row["工作室名称"] for row in context["处理"]] == ["甲工作室"] and context["后果"]["条款"] == "第十九条（二）"
    assert context["排序"] == "按等次、领办人姓氏笔画为序"


def test_assessments_of_one_day_name_it_once():
    assert results_context(LAW, 2028, ON, rows(result("甲工作室", 70, "合格")))["考核"]["时间"] == "2028年9月20日"


def test_the_bureau_may_order_by_district():
    law = LAW.overridden({"list_order": "区县"})
    context = results_context(law, 2028, ON, rows(result("甲工作室", 70, "合格", "丁一", 区县="米东区"), result("乙工作室", 70, "合格", "魏征")))
    assert [row["工作室名称"] for row in context["等次"][1]["名单"]] == ["乙工作室", "甲工作室"]
    assert context["排序"] == "按等次、区（县）为序"


def test_how_the_lines_are_written():
    assert [band_line(band, RUBRIC) for band in RUBRIC.bands] == ["90分及以上", "60分及以上、不满90分", "不满60分"]


# ---- 从台账生成 ----

def book(folder: Path, rows: dict[str, list[dict[str, object]]], settings: dict[str, str] = OFFICE) -> Path:
    """A ledger with rows by sheet and settings in 参数."""
    data = fresh.workbook(LEDGER, year=2028)
    tables = register.open_ledger(data, "台账.xlsx", LAW).standing.tables
    edits = [edit.SetCell(sheet, tables[sheet].layout.row + number, tables[sheet].layout.columns[header], value)
             for sheet, records in rows.items() for number, record in enumerate(records, 1) for header, value in record.items()]
    chosen = tables["参数"]
    edits += [edit.SetCell("参数", row.row, chosen.layout.columns["取值"], settings[row["参数"]])
              for row in chosen.records if row["参数"] in settings]
    path = folder / "台账.xlsx"
    path.write_bytes(edit.apply(data, edits))
    return path


def words(path: Path) -> str:
    document = Document(path)
    return "\n".join([one.text for one in document.paragraphs] + [cell.text for table in document.tables for row in table.rows for cell in row.cells])


STUDIO = StudioRow.by_header(name=FACTS.studio, leader=FACTS.leader, unit=FACTS.unit, district=FACTS.district, begins=FACTS.begins,
                             ends=FACTS.ends) | {"状态": "有效"}


@pytest.mark.rule("R19-2")
@pytest.mark.parametrize("on, due, why", [
    (date(2028, 8, 31), False, "窗口前一日"), (date(2028, 9, 1), True, "期满前三个月的第一日"), (date(2028, 12, 1), True, "期满日"),
    (date(2029, 1, 5), True, "逾期未考核")])
def test_forms_for_the_studios_that_are_due(tmp_path, on, due, why):
    path = book(tmp_path, {"工作室": [STUDIO]})
    if due:
        (form,) = documents("考核评估标准", path, tmp_path / "表", on, NOW).outputs
        assert form.name == "头屯河区_马强焊工技能大师工作室_考核评估标准.docx", why
        assert "2026年12月1日至2028年12月1日" in words(form)
    else:
        with pytest.raises(UserError, match="没有进入期满考核期、还没有考核的工作室。请核对台账"):
            documents("考核评估标准", path, tmp_path / "表", on, NOW)


def test_named_studios_count_and_assessed_or_revoked_ones_do_not(tmp_path):
    named = {"年度": 2026, "命名日期": date(2026, 12, 1), "领办人": "马强", "申办单位": "某公司", "区县": "米东区"}
    path = book(tmp_path, {
        "公示命名": [named | {"工作室名称": "甲工作室"}, named | {"工作室名称": "乙工作室"}, named | {"工作室名称": "丙工作室"}],
        "工作室": [STUDIO | {"工作室名称": "乙工作室", "状态": "已撤销"}, {"工作室名称": "甲工作室", "领办人": "王建国"}],
        "期满考核": [result("丙工作室", 70, "合格")]})
    (form,) = documents("考核评估标准", path, tmp_path / "表", ON, NOW).outputs
    assert form.name.startswith("米东区_甲工作室") and "王建国" in words(form), "“工作室”表的变更优先"


def test_a_studio_without_its_facts_is_named(tmp_path):
    path = book(tmp_path, {"工作室": [STUDIO | {"领办人": None, "申办单位": None}]})
    with pytest.raises(UserError, match=r"“马强焊工技能大师工作室”没有领办人、申办单位。请在台账“工作室”表补填后重新生成。"):
        documents("考核评估标准", path, tmp_path / "表", ON, NOW)


@pytest.mark.rule("R19-2")
def test_the_notice_says_what_the_ledger_says(tmp_path):
    path = book(tmp_path, {"期满考核": [
        result("甲工作室", 59.5, "不合格", "马强"), result("乙工作室", 90, "优秀", "丁一"), result("旧工作室", 95, "优秀", 年度=2026)]})
    notice, *_ = documents("考核结果通报", path, tmp_path / "文", ON, NOW).outputs
    said = words(notice)
    assert notice.name == "乌人社发〔2028〕9号 关于2028年度市级技能大师工作室期满考核结果的通报.docx"
    assert "共考核2个工作室" in said and "优秀（总分90分及以上）：1个。" in said and "59.5" in said and "旧工作室" not in said
    assert "1.甲工作室（领办人：马强，申办单位：某公司）" in said
    earlier, *_ = documents("考核结果通报", path, tmp_path / "文", ON, NOW, year=2026, number="乌人社发〔2028〕10号").outputs
    assert "旧工作室" in words(earlier)


@pytest.mark.parametrize("row, said", [
    (result("甲工作室", 59.5, "合格"), "“甲工作室”总分59.5，等次是“不合格”，台账写的是“合格”。请核对后改正，再生成通报。"),
    (result("甲工作室", 89.995, "优秀"), "“甲工作室”总分89.995，等次是“合格”，台账写的是“优秀”。请核对后改正，再生成通报。"),
    (result("甲工作室", None, None), "“甲工作室”没有总分、等次。请在台账“期满考核”表补填后再生成通报。"),
    (result("甲工作室", 70, "合格", 未了问题="等次因是否计入加分而不同，没有确认说明。"),
     "“甲工作室”还有未了问题：等次因是否计入加分而不同，没有确认说明。请先处理，再生成通报。"),
    (result("甲工作室", 70, "合格", 入账状态="挂起"), "“甲工作室”是“挂起”（“期满考核”表W7）。请先处理，再生成通报。"),
    (result("甲工作室", 70, "合格", 入账状态="待核撤回"), "“甲工作室”是“待核撤回”（“期满考核”表W7）。请先处理，再生成通报。"),
    (result("乙工作室", 70, "合格"), "“乙工作室”在“期满考核”表有两行。请只保留一行，再生成通报。")])
def test_results_that_are_not_ready_stop_the_notice(tmp_path, row, said):
    path = book(tmp_path, {"期满考核": [result("乙工作室", 70, "合格"), row]})
    with pytest.raises(UserError) as caught:
        documents("考核结果通报", path, tmp_path / "文", ON, NOW)
    assert str(caught.value) == said and not (tmp_path / "文").exists()


def test_a_result_that_was_withdrawn_is_not_announced(tmp_path):
    path = book(tmp_path, {"期满考核": [result("乙工作室", 70, "合格"), result("甲工作室", 50, "不合格", 入账状态="已撤回")]})
    notice, *_ = documents("考核结果通报", path, tmp_path / "文", ON, NOW).outputs
    assert "共考核1个工作室" in words(notice) and "甲工作室" not in words(notice)


def test_a_notice_without_its_number_or_results_says_where_to_fill_in(tmp_path):
    path = book(tmp_path, {"期满考核": [result("甲工作室", 70, "合格")]}, {})
    with pytest.raises(UserError, match=r"要有文号.*下一个是“乌人社发〔2028〕1号”"):
        documents("考核结果通报", path, tmp_path / "文", ON, NOW)
    with pytest.raises(UserError, match="没有2030年度的考核结果。请核对年度"):
        documents("考核结果通报", path, tmp_path / "文", ON, NOW, year=2030)
    with pytest.raises(UserError, match="“期满考核”表没有考核结果。请先合并区县考核汇总表"):
        documents("考核结果通报", book(tmp_path, {}), tmp_path / "文", ON, NOW)


def test_decimals_are_compared_exactly():
    assert results_context(LAW, 2028, ON, rows(result("甲工作室", Decimal("59.50"), "不合格")))["等次"][2]["名单"][0]["总分"] == "59.5"
