"""Returned 评分表 recomputed: every way a point can be won or lost without the evidence is told, at its cell, with the difference."""

import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import python_calamine
from typer.testing import CliRunner

from tests import office
from tests.jobs.assessments import FACTS, ROWS, RUBRIC, answers, changed, finished, spot, stale, write
from tests.pages import evidence_sets as made
from toolkit.cli import app
from toolkit.errors import UserError
from toolkit.forms import SUMMARY
from toolkit.jobs.score import score, summary_row
from toolkit.pages import fresh
from toolkit.pages.layout import FIRST_ROW
from toolkit.returns.formula_spelling import same_as
from toolkit.sheets import edit
from toolkit.sheets.ooxml.workbook import Workbook
from toolkit.sheets.recalculate import refresh

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def clean():
    return finished()


def judged(tmp_path, data, name="赵一.xlsx"):
    return score([write(tmp_path, data, name)], TODAY)


def told(report, *but):
    """(code, cell's label) of everything found."""
    return sorted({(found.code, found.place.field) for found in report.findings if found.code not in but})


def one(report, code):
    found, = (each for each in report.findings if each.code == code)
    return found


def test_a_clean_assessment_has_nothing_to_tell(tmp_path, clean):
    report = judged(tmp_path, clean)
    assert report.findings == [] and report.exit_status == 0
    assert report.as_json()["scores"] == [{
        "file": "赵一.xlsx", "studio": "赵一焊工技能大师工作室",
        "items": {item.id: int(report.scores[0].score.items[item.id]) for item in RUBRIC.items},
        "base": 100, "bonus": 6, "total": 106, "grade": "优秀", "sensitive": False, "tampered": []}]
    assert report.as_json()["scores"][0]["items"]["2.1"] == 20


def test_the_same_file_opened_and_saved_elsewhere_is_as_clean(tmp_path, clean):
    source = write(tmp_path, clean)
    (tmp_path / "存过").mkdir()
    saved = office.convert(source, "xlsx", tmp_path / "存过")
    ours, theirs = (python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("评分表").to_python() for path in (source, saved))
    assert [row[:9] for row in ours] == [row[:9] for row in theirs]  # what was filled in is what LibreOffice computes
    report = score([saved], TODAY)
    assert told(report) == [] and report.scores[0].tampered == ()


# 改动、代码、格、得失分
OVERWRITTEN = [
    ({"score_2_1": 20}, "90000", "S-overwritten", "2.1 得分", "多得2分"),
    ({"score_2_1": 15}, "90000", "S-overwritten", "2.1 得分", "少得3分"),
    ({"score_2_1": 18}, "90000", "S-overwritten", "2.1 得分", "得分不变"),
    ({"score_2_1": "=IF(in_matching_yuan>0,25,0)"}, "90000", "S-formula", "2.1 得分", "多得7分"),
    ({"score_total": 110}, "90000", "S-overwritten", "总分", "多得6分"),
    ({"result": "优秀"}, "90000", "S-overwritten", "考核等次", "得分不变"),
    ({"auto_matching_yuan": 100000}, "90000", "S-overwritten", "配套资金_元 自动取数", "多得10000分"),
]


@pytest.mark.parametrize("cells, yuan, code, field, change", OVERWRITTEN)
def test_a_formula_replaced_or_changed_is_told_with_the_right_one_and_the_difference(tmp_path, cells, yuan, code, field, change):
    data = changed(finished({"经费到位": [made.received(**{"金额(元)": int(yuan)})], "经费支出": []}), **cells)
    report = judged(tmp_path, data)
    found = one(report, code)
    name, = cells
    assert (found.place.sheet, found.place.cell, found.place.field) == ("评分表", spot(data, name).address, field)
    assert change.removesuffix("10000分") in found.message and "请把公式恢复为“=" in found.message and report.exit_status == 1
    assert report.as_json()["scores"][0]["tampered"] == [f"评分表!{spot(data, name).address}"]
    assert (report.scores[0].score.items["2.1"], report.scores[0].score.total) == (18, 104)


def test_an_input_the_evidence_does_not_bear_out_is_not_counted(tmp_path):
    data = changed(finished({"带徒花名册": [made.trainee(1), made.trainee(2), made.trainee(3)]}), in_trained_skilled=5)
    report = judged(tmp_path, data)
    found = one(report, "S-input")
    assert "“5”取代，佐证只支持“3”" in found.message and found.place.field == "培养高技能人才_人"
    assert report.scores[0].score.items["4.4"] == 15 and report.scores[0].tampered


def test_points_shown_for_an_unsupported_input_are_told_as_won(tmp_path):
    data = refresh(changed(finished({"带徒花名册": [made.trainee(1), made.trainee(2), made.trainee(3)]}), in_trained_skilled=5)).data
    report = judged(tmp_path, data)
    assert "4.4项多得10分" in one(report, "S-input").message
    assert [code for code, _ in told(report)] == ["S-input", "X02"]  # one cause, told once


@pytest.mark.parametrize("name, shown, wanted", [("score_2_1", "20", "18"), ("score_total", "120", "104"), ("in_matching_yuan", "100000", "90000")])
def test_a_saved_value_that_is_not_what_the_formula_gives(tmp_path, name, shown, wanted):
    data = stale(finished({"经费到位": [made.received(**{"金额(元)": 90000})], "经费支出": []}), name, shown)
    report = judged(tmp_path, data)
    stale_ones = [found for found in report.findings if found.code == "S-stale"]
    assert f"显示“{shown}”，重新计算是“{wanted}”" in next(found.message for found in stale_ones if found.place.cell == spot(data, name).address)
    assert report.scores[0].score.total == 104 and report.scores[0].tampered == ()


def test_a_file_that_was_never_computed_is_told(tmp_path):
    report = judged(tmp_path, made.workbook(ROWS, FACTS, answers()))
    assert {code for code, _ in told(report)} == {"S-stale"} and report.scores[0].score.total == 106


@pytest.mark.parametrize("over, why, counts, code", [
    (100000, "实物折价，市局已核准", 20, "S-override"), (100000, None, 18, "S-override-reason"), (100000, "  ", 18, "S-override-reason"),
    (None, "只写了理由", 18, None)])
def test_an_override_counts_only_with_its_reason(tmp_path, over, why, counts, code):
    data = finished({"经费到位": [made.received(**{"金额(元)": 90000})], "经费支出": []}, over_matching_yuan=over, why_matching_yuan=why)
    report = judged(tmp_path, data)
    assert [each for each, _ in told(report, "X02")] == ([code] if code else [])
    assert report.scores[0].score.items["2.1"] == counts
    assert report.exit_status == (1 if code == "S-override-reason" else 0)


def test_a_row_of_evidence_whose_verdict_was_typed_over(tmp_path):
    rows = {"带徒花名册": [made.trainee(1), made.trainee(2, 发证日期=date(2023, 1, 1))]}
    data = finished(rows)
    column = made.ROSTER.headers.index("是否计入")
    report = judged(tmp_path, edit.apply(data, [edit.SetCell("带徒花名册", FIRST_ROW + 1, column, "是")]))
    found = one(report, "S-row")
    assert (found.place.sheet, found.place.field, found.value) == ("带徒花名册", "是否计入", "是")
    assert report.scores[0].counted.inputs["培养高技能人才_人"] == 1 and report.scores[0].tampered == (f"带徒花名册!{found.place.cell}",)


def test_a_name_that_points_elsewhere_is_told(tmp_path, clean):
    book = Workbook(clean)
    book.set_name("over_matching_yuan", None, "'评分表'!$Z$99")
    report = judged(tmp_path, book.save())
    assert "配套资金_元 改填" in one(report, "S-moved").message and report.scores[0].tampered == ("评分表!Z99",)


EVIDENCE = [
    ("发证在周期前", made.trainee(1, 发证日期=made.FROM - made.DAY, 协议日期=date(2024, 1, 1)), "E-outside"),
    ("入门时已持有", made.trainee(1, 入门时等级="高级工"), "E-held"),
    ("同一人两证", made.trainee(2, 取得等级="技师"), "E-twice"),
    ("没有协议", made.trainee(1, 协议编号=None), "E-agreement")]


@pytest.mark.parametrize("why, row, code", EVIDENCE, ids=lambda value: value if isinstance(value, str) and not value.startswith("E-") else "")
def test_evidence_that_does_not_count_is_told(tmp_path, why, row, code):
    rows = [row] if code != "E-twice" else [row, made.trainee(2)]
    report = judged(tmp_path, finished({"带徒花名册": [made.trainee(serial) for serial in (3, 4, 5, 6, 7)] + rows}))
    assert one(report, code).place.sheet == "带徒花名册"


def test_more_technicians_than_skilled_workers_is_a_contradiction_without_a_grade(tmp_path):
    data = finished(over_trained_technicians=4, why_trained_technicians="另有名单", over_trained_senior_technicians=2,
                    why_trained_senior_technicians="另有名单")
    report = judged(tmp_path, data)
    assert one(report, "X01").level == "错误" and report.as_json()["scores"][0]["grade"] == "数据矛盾"
    assert "总分" not in summary_row(1, report.scores[0]) and "制度建设" not in summary_row(1, report.scores[0])


def test_points_taken_off_by_judgement_need_their_reason(tmp_path):
    report = judged(tmp_path, finished(in_research_1=2.5, in_org_deduct=0.5))
    assert told(report) == [("S-reason", "1.1 扣分理由"), ("S-reason", "3.1 扣分理由")]
    assert told(judged(tmp_path, finished(in_research_1=2.5, reason_3_1="未见验收材料"))) == []


def test_what_is_not_filled_in_waits(tmp_path):
    report = judged(tmp_path, finished({"交流活动": []}, in_plan=None, facts={"工作室名称": None}))
    assert told(report) == [("F-required", "工作室名称"), ("S-unscored", "1.2 得分"), ("S-unscored", "5.2 得分")]
    assert report.as_json()["scores"][0] | {"items": None} == {
        "file": "赵一.xlsx", "studio": "", "items": None, "base": 95, "bonus": 6, "total": 101, "grade": "未完成", "sensitive": False,
        "tampered": []}
    assert report.as_json()["scores"][0]["items"]["1.2"] == "待填"


# 各项评分、总分、等次
ENDS = [
    ({"in_research_1": 2.5}, "59.5", "不合格"), ({"in_research_1": 3}, "60", "合格"),
    ({"in_research_1": 2.995}, "59.995", "不合格")]


@pytest.mark.rule("R19-3")
@pytest.mark.parametrize("cells, total, grade", ENDS)
def test_no_total_is_rounded_into_a_better_grade(tmp_path, cells, total, grade):
    lost = {"in_plan": "否", "in_rules_posted": "否", "in_sign": "否", "in_display": "否", "in_equipment": "否", "in_internal_training": 2,
            "in_media": "否", "in_patent_award": "否", "in_publication": "否"}
    data = finished({"带徒花名册": []}, over_trained_skilled=0, why_trained_skilled="无", reason_3_1="材料不全", reason_5_1="记录不全", **{**lost, **cells})
    report = judged(tmp_path, data)
    assert (report.scores[0].score.total, report.scores[0].score.grade) == (Decimal(total), grade)


@pytest.mark.rule("R19-3")
def test_89_995_is_not_excellent(tmp_path):
    lost = {"in_media": "否", "in_patent_award": "否", "in_publication": "否", "in_research_1": 0, "in_research_2": 0, "in_research_3": 0,
            "in_research_4": 1.995, "in_research_5": 3, "reason_3_1": "无", "reason_3_2": "无", "reason_3_3": "无", "reason_3_4": "无"}
    own, = judged(tmp_path, finished(**lost)).scores
    assert (own.score.total, own.score.grade, own.score.result) == (Decimal("89.995"), "合格", "合格")
    better, = judged(tmp_path, finished(**lost | {"in_research_4": 2})).scores
    assert (better.score.total, better.score.grade) == (Decimal(90), "优秀")


def test_files_that_are_no_assessment_and_files_of_one_studio(tmp_path, clean):
    write(tmp_path, clean)
    write(tmp_path, clean, "赵一（补报）.xlsx")
    write(tmp_path, b"PK\3\4broken", "坏.xlsx")
    write(tmp_path, fresh.workbook(SUMMARY, "天山区", 2026), "区县.xlsx")
    report = score([tmp_path], TODAY)
    assert {found.code for found in report.findings} == {"S-twice", "F-unreadable", "S-form"}
    assert [line.status for line in report.files] == ["拒收", "拒收", "已读", "已读"]


@pytest.mark.parametrize("version, codes", [("2", {"S-formula"}), ("1", {"F-version", "S-differs"})])
def test_the_formulas_of_another_version_are_no_tampering(tmp_path, clean, version, codes):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(changed(clean, score_2_1="=20"))) as packed, zipfile.ZipFile(made, "w") as archive:
        for name in packed.namelist():
            archive.writestr(name, packed.read(name).replace(b"<vt:lpwstr>2</vt:lpwstr>", f"<vt:lpwstr>{version}</vt:lpwstr>".encode()))
    assert {each.code for each in judged(tmp_path, made.getvalue()).findings} == codes


@pytest.mark.rule("R04")
def test_a_trainee_counts_in_one_studio(tmp_path, clean):
    write(tmp_path, clean)
    shared, own = [[made.trainee(serial, 徒弟姓名=f"徒{serial}") for serial in serials] for serials in ((5, 6), (6, 7))]
    write(tmp_path, finished({"带徒花名册": shared}, {"工作室名称": "钱二车工技能大师工作室", "领办人": "钱二"}), "钱二.xlsx")
    found = [each for each in score([tmp_path], TODAY).findings if each.code == "E-elsewhere"]
    assert sorted((each.value, each.place.cell, each.place.file) for each in found) == [
        ("徒5", "D6", "钱二.xlsx"), ("徒弟5", "D10", next(path.name for path in tmp_path.iterdir() if path.name != "钱二.xlsx"))]
    write(tmp_path, finished({"带徒花名册": own}, {"工作室名称": "钱二车工技能大师工作室", "领办人": "钱二"}), "钱二.xlsx")
    assert "E-elsewhere" not in {each.code for each in score([tmp_path], TODAY).findings}


def test_an_empty_folder_and_a_broken_file_stop_the_command(tmp_path):
    with pytest.raises(UserError, match="没有找到评分表"):
        score([tmp_path], TODAY)
    with pytest.raises(UserError, match="请"):
        score([write(tmp_path, b"PK\3\4broken")], TODAY)


def test_a_format_without_formulas_is_judged_by_its_values(tmp_path, clean):
    source = write(tmp_path, changed(clean, score_2_1=25))
    (tmp_path / "存过").mkdir()
    report = score([office.convert(source, "ods", tmp_path / "存过")], TODAY)
    assert ("S-differs", "2.1 得分") in told(report) and report.scores[0].score.total == 106


def test_equal_formulas_are_equal_however_they_are_spelled():
    assert same_as("COUNTIFS($D$6:$D$45,D6&\"*\")", 5) == same_as("COUNTIFS($D$6:$D$52,D19&\"*\")", 18)
    assert same_as("IF('带徒花名册'!A1 = \"a b\",TRUE(),1)", 3) == same_as("=if(带徒花名册!A1=\"a b\",TRUE,1)", 9)
    assert same_as("A1*2", 3) != same_as("A1*3", 3) and same_as('"a b"', 0) != same_as('"ab"', 0)


def test_the_command_prints_the_contract(tmp_path, clean):
    path = write(tmp_path, changed(clean, score_2_1=25))
    done = CliRunner().invoke(app, ["score", str(path), "--json"])
    printed = json.loads(done.stdout)
    assert done.exit_code == 1 and set(printed) == {"files", "findings", "scores", "outputs"}
    assert set(printed["scores"][0]) == {"file", "studio", "items", "base", "bonus", "total", "grade", "sensitive", "tampered"}
    shown = CliRunner().invoke(app, ["score", str(path)])
    assert "赵一焊工技能大师工作室：基础分100，加分6，总分106，优秀，公式被改动1处" in shown.stdout
