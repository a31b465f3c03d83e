"""What scoring leaves for people: 区县考核汇总表 filled in from what counts, its consequences and confirmations, and marked copies."""

from datetime import date

import openpyxl
import pytest

from tests.jobs.assessments import changed, finished, spot, write
from toolkit.forms.summary import RESULTS
from toolkit.jobs.check import check
from toolkit.jobs.score import score
from toolkit.pages.layout import FIRST_ROW

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def clean():
    return finished()


def workbooks(report):
    """The Excel files written: the summary first, then the marked copies."""
    return [path for path in report.outputs if path.suffix == ".xlsx"]


def test_a_grade_that_hangs_on_the_bonus_is_told_and_waits_in_the_summary(tmp_path):
    lost = {f"in_research_{number}": 0 for number in (1, 2, 3, 4)} | {f"reason_3_{number}": "无" for number in (1, 2, 3, 4)}
    report = score([write(tmp_path / "报", finished(**lost))], TODAY, out=tmp_path / "结果")
    found, = (each for each in report.findings if each.code == "S-sensitive")
    assert "仅基础分为合格" in found.message and "书面确认" in found.message and report.as_json()["scores"][0]["sensitive"] is True
    checked = check(workbooks(report)[:1], TODAY)
    assert [each.code for each in checked.findings] == ["S-confirm"]


def test_the_summary_is_filled_in_from_what_counts(tmp_path, clean):
    failed = finished({"带徒花名册": [], "经费到位": [], "经费支出": []}, facts={"工作室名称": "钱二车工技能大师工作室", "领办人": "钱二", "工作室编号": "2024-02"},
                      over_trained_skilled=0, why_trained_skilled="无", over_matching_yuan=0, why_matching_yuan="无",
                      in_media="否", in_patent_award="否", in_publication="否")
    write(tmp_path / "报", clean)
    write(tmp_path / "报", changed(failed, score_2_1=20), "钱二.xlsx")
    report = score([tmp_path / "报"], TODAY, out=tmp_path / "结果")
    path, *copies = workbooks(report)
    assert path.name == "天山区_区县考核汇总表_2026.xlsx" and sorted(each.name for each in copies) == ["赵一_校验.xlsx", "钱二_校验.xlsx"]
    rows = openpyxl.load_workbook(path, data_only=True)[RESULTS.name].iter_rows(min_row=FIRST_ROW + 1, max_row=FIRST_ROW + 2, values_only=True)
    passed, other = (dict(zip(RESULTS.headers, row, strict=False)) for row in rows)
    assert (passed["工作室名称"], passed["职业(工种)"], passed["总分"], passed["等次"], passed["处理建议"]) == (
        "赵一焊工技能大师工作室", "焊工", 106, "优秀", None)
    assert (other["保障建设"], other["带徒传艺"], other["总分"], other["等次"]) == (15, 5, 55, "不合格")
    assert "收回牌匾" in other["处理建议"] and "第十九条（二）" in other["处理建议"]
    assert "第四条" in other["未达义务提示"] and "第十三条" in other["未达义务提示"]
    assert check([path], TODAY).findings == []


def test_marked_copies_show_the_findings_where_they_are(tmp_path, clean):
    source = write(tmp_path, changed(clean, score_2_1=25))
    before = source.read_bytes()
    report = score([source], TODAY, out=tmp_path / "结果")
    book = openpyxl.load_workbook(next(each for each in report.outputs if each.parent.name == "标记副本"))
    assert "公式被“25”取代" in book["评分表"][spot(clean, "score_2_1").address].comment.text and "问题清单" in book.sheetnames
    assert source.read_bytes() == before


def test_what_people_wrote_into_the_summary_stays_while_the_points_do(tmp_path):
    lost = {f"in_research_{number}": 0 for number in (1, 2, 3, 4)} | {f"reason_3_{number}": "无" for number in (1, 2, 3, 4)}
    source = write(tmp_path / "报", finished(**lost))
    path = workbooks(score([source], TODAY, out=tmp_path / "结果"))[0]
    book = openpyxl.load_workbook(path)
    sheet = book[RESULTS.name]
    for header, text in (("确认说明", "考核组认定计入加分。组长：钱二"), ("备注", "已复核")):
        sheet.cell(FIRST_ROW + 1, RESULTS.headers.index(header) + 1).value = text
    book.save(path)

    def said():
        row = openpyxl.load_workbook(path)[RESULTS.name][FIRST_ROW + 1]
        return [row[RESULTS.headers.index(header)].value for header in ("确认说明", "备注")]

    score([source], TODAY, out=tmp_path / "结果")
    assert said() == ["考核组认定计入加分。组长：钱二", "已复核"]
    score([write(tmp_path / "报", finished(**lost | {"in_research_4": 0.5}))], TODAY, out=tmp_path / "结果")
    assert said() == [None, "已复核"]
