"""Whole rubrics: other places' sheets as data, group caps, vetoes, section rates, bonus caps; and what is refused on loading."""

import copy
from decimal import Decimal
from pathlib import Path

import pytest

from tests.regulation import engines
from toolkit import regulation
from toolkit.errors import UserError
from toolkit.regulation.rubric import load, read

SHEETS = Path(regulation.__file__).parent / "rubrics"
FUJIAN, TEACHER, SUGGESTION, DONGGUAN, YIWU = (
    load(SHEETS / f"{name}.toml") for name in
    ("02_fujian_provincial", "08_teacher_studio_member", "12_rationalisation_suggestion", "15_dongguan", "15_yiwu"))


def test_every_sheet_shipped_loads():
    assert {load(path).id for path in SHEETS.glob("*.toml")} == {one.id for one in (FUJIAN, TEACHER, SUGGESTION, DONGGUAN, YIWU)}


@pytest.mark.parametrize("rubric, item, inputs, expected", [
    (FUJIAN, "1", {"工作场所_平方米": 20}, 10), (FUJIAN, "1", {"工作场所_平方米": 19.99}, 0), (FUJIAN, "2", {"设施设备_扣分": 3}, 7),
    (FUJIAN, "5", {"取得高级工以上证书_人": 5}, 20), (FUJIAN, "5", {"取得高级工以上证书_人": 4}, 0),
    (TEACHER, "1.2", {"缺席_次": 2, "迟到_次": 1}, 3), (TEACHER, "1.2", {"缺席_次": 4}, 0), (TEACHER, "1.2", {"缺席_次": 3, "迟到_次": 1}, 0),
    (TEACHER, "3.1", {"县级以上发表稿件_篇": 4}, 10), (TEACHER, "3.1", {"县级以上发表稿件_篇": 3}, 9), (TEACHER, "4.3", {"论文县级_篇": 2}, 6),
    (TEACHER, "4.3", {"论文省级以上_篇": 1, "论文县级_篇": 1}, 10), (TEACHER, "5.1", {"教科研成绩国家_项": 1, "教科研成绩省_项": 1, "教科研成绩县_项": 1}, 9),
    (SUGGESTION, "1", {"技术水平_档次": "一档", "技术水平_评分": 26}, 26), (SUGGESTION, "1", {"技术水平_档次": "一档", "技术水平_评分": 25}, "错误:评分超出26~30"),
    (SUGGESTION, "2", {"经济效益_万元每年": 50, "经济效益_评分": 26}, 26), (SUGGESTION, "2", {"经济效益_万元每年": 49.99, "经济效益_评分": 26}, "错误:评分超出15~25"),
    (SUGGESTION, "2", {"经济效益_万元每年": 10, "经济效益_评分": 15}, 15), (SUGGESTION, "2", {"经济效益_万元每年": 9.99, "经济效益_评分": 15}, "错误:评分超出10~14"),
    (SUGGESTION, "3", {"应用范围_档次": "二档", "应用范围_评分": 15}, 15), (SUGGESTION, "3", {"应用范围_档次": "一档", "应用范围_评分": 15}, 15),
    (DONGGUAN, "1", {"验收_评分": 100.5}, "错误:超出上限100"), (YIWU, "1", {"综合评价_等次": "良好"}, "错误:只填优秀/合格/不合格")])
def test_items_of_other_sheets(rubric, item, inputs, expected):
    assert rubric.score(inputs).items[item] == (Decimal(str(expected)) if not isinstance(expected, str) else expected)


@pytest.mark.parametrize("points, grade, consequence", [
    (85, "A", "奖励40万元"), (84.99, "B", "奖励30万元"), (75, "B", "奖励30万元"), (74.99, "C", "奖励20万元"), (60, "C", "奖励20万元"),
    (59.99, "不合格", "整改3个月后再验收；再不合格的取消并追回结余资金"), (0, "不合格", "整改3个月后再验收；再不合格的取消并追回结余资金")])
def test_grade_lines_of_dongguan(points, grade, consequence):
    assert DONGGUAN.score({"验收_评分": points}).grade == grade
    assert {band.name: band.consequence for band in DONGGUAN.bands}[grade] == consequence


def test_a_share_limits_a_grade_of_yiwu():
    grades = [YIWU.score({"综合评价_等次": chosen}).grade for chosen in ["优秀"] * 3 + ["合格"] * 7]
    assert YIWU.surplus(grades) == {"优秀": 1}
    assert YIWU.surplus(["优秀"] * 2 + grades[3:] + ["不合格"]) == {}


def test_a_rubric_without_grades_grades_nothing():
    assert TEACHER.score({}).grade == "未完成"
    full = {asked.label: asked.choices[0] if asked.choices else asked.high if asked.high is not None else 0 for asked in FUJIAN.inputs}
    assert FUJIAN.score(full).grade == "不评等次"


@pytest.mark.parametrize("rubric", [FUJIAN, TEACHER, SUGGESTION, DONGGUAN, YIWU], ids=lambda rubric: rubric.id)
def test_sheets_agree_with_a_spreadsheet_engine(rubric, tmp_path):
    sets = engines.random_sets(rubric, 60, seed=15)
    path = engines.workbook(rubric, sets, tmp_path / "sets.xlsx")
    assert engines.differences(engines.by_python(rubric, sets), engines.by_ironcalc(rubric, path, len(sets))) == []


# 一张小表：两部分、一个加分部分、一票否决、得分率要求。满分60，不是100。
SMALL = {
    "id": "small", "title": "小表", "clause": "附表", "base": 50, "bonus": 10, "total": 60,
    "inputs": {"a": "甲_评分", "b": "乙_评分", "c": "丙_评分", "d": "丁_件", "fraud": "弄虚作假"},
    "sections": [{"id": "1", "title": "一", "points": 20, "cap": 20}, {"id": "2", "title": "二", "points": 30},
                 {"id": "3", "title": "加", "points": 12, "kind": "加分"}],
    "items": [
        {"id": "1.1", "section": "1", "text": "甲", "points": 15, "criteria": "", "score": {"method": "judge", "input": "a"}},
        {"id": "1.2", "section": "1", "text": "乙", "points": 15, "criteria": "", "score": {"method": "judge", "input": "b"}},
        {"id": "2.1", "section": "2", "text": "丙", "points": 30, "criteria": "", "score": {"method": "judge", "input": "c"}},
        {"id": "3.1", "section": "3", "text": "丁", "points": 12, "criteria": "",
         "score": {"method": "per_unit", "parts": [{"input": "d", "points": 4}], "blank": 0}}],
    "grades": [{"name": "好", "range": "[50,60]"}, {"name": "中", "range": "(30,50)"}, {"name": "差", "range": "[0,30]"}],
    "vetoes": [{"input": "fraud", "text": "弄虚作假的一票否决", "zero": True}],
    "gates": [{"rate": Decimal("0.6"), "grade": "差", "sections": ["2"]}]}


@pytest.mark.parametrize("a, b, c, d, fraud, total, grade, why", [
    (15, 15, 30, 3, "否", 60, "好", "一部分超过20的不计，加分最多10"), (10, 10, 30, 0, "否", 50, "好", "恰到好的线"),
    (10, 9.99, 30, 0, "否", 49.99, "中", "差0.01"), (15, 5, 18, 0, "否", 38, "中", "二部分恰为60%"),
    (15, 5, 17.99, 3, "否", 47.99, "差", "二部分不到60%"), (6, 6, 18, 0, "否", 30, "差", "30不含在中内"), (6, 6, 18.01, 0, "否", 30.01, "中", "超过30"),
    (15, 15, 30, 3, "是", 0, "差", "一票否决计零分"), (15, 15, 30, 3, None, 60, "未完成", "否决项未填"), (15, 15, 30, 3, "无", 60, "未完成", "否决项填错"),
    (None, 15, 30, 3, "否", 55, "未完成", "甲待评")])
def test_caps_vetoes_and_section_rates(a, b, c, d, fraud, total, grade, why):
    score = read(SMALL).score({"甲_评分": a, "乙_评分": b, "丙_评分": c, "丁_件": d, "弄虚作假": fraud})
    assert (score.total, score.grade) == (Decimal(str(total)), grade), why


def test_a_rate_may_hold_the_grade_at_the_middle():
    middle = read(SMALL | {"gates": [{"rate": Decimal("0.9"), "grade": "中"}]})
    rows = [({"甲_评分": 15, "乙_评分": 5, "丙_评分": 26, "丁_件": 3}, "中"), ({"甲_评分": 15, "乙_评分": 5, "丙_评分": 27, "丁_件": 3}, "好"),
            ({"甲_评分": 5, "乙_评分": 5, "丙_评分": 5, "丁_件": 0}, "差")]
    assert [middle.score(inputs | {"弄虚作假": "否"}).grade for inputs, _grade in rows] == [grade for _inputs, grade in rows]


def test_the_lowest_grade_may_be_open_below():
    """最低一档写成“30以下”，得分率要求又压到这一档：曾经算不出公式。"""
    table = copy.deepcopy(SMALL)
    table["grades"][2]["range"] = "(,30]"
    inputs = {"甲_评分": 15, "乙_评分": 5, "丙_评分": Decimal("17.99"), "丁_件": 3, "弄虚作假": "否"}
    assert read(table).score(inputs).grade == read(SMALL).score(inputs).grade == "差"
    assert read(table).total_formulas()["grade"] == \
        read(SMALL).total_formulas()["grade"].replace("AND(ROUND(section_2,9)<18,score_total>=0)", "ROUND(section_2,9)<18")


def test_the_small_sheet_agrees_with_libreoffice(tmp_path):
    rubric = read(SMALL)
    sets = engines.random_sets(rubric, 60, seed=5)
    path = engines.workbook(rubric, sets, tmp_path / "sets.xlsx")
    out = tmp_path / "out"
    out.mkdir()
    python = engines.by_python(rubric, sets)
    assert engines.differences(python, engines.by_ironcalc(rubric, path, len(sets))) == []
    assert engines.differences(python, engines.by_libreoffice(rubric, path, out, len(sets))) == []


def changed(*path_and_value: object) -> dict:
    """SMALL with one value changed: changed("items", 0, "points", 9)."""
    *path, last, value = path_and_value
    table = copy.deepcopy(SMALL)
    place = table
    for step in path:
        place = place[step]
    place[last] = value
    return table


def scored(score: dict) -> dict:
    return changed("items", 2, "score", score)


@pytest.mark.parametrize("table, message", [
    (changed("total", 100), "声明总分100分，基础分与加分合计60分"),
    (changed("base", 60) | {"total": 70}, "声明基础分60分，各部分合计50分"),
    (changed("sections", 1, "points", 25), "“二”声明25分，各项合计30分"),
    (changed("bonus", 20) | {"total": 70}, "声明加分上限20分，加分各项合计只有12分"),
    (changed("sections", 0, "kind", "附加"), "类别“附加”不是“基础”或“加分”"),
    (changed("items", 0, "section", "9"), "第1.1项所在的“9”部分没有列出"),
    (changed("items", 0, "id", "1.2"), "“1.2”项重复"),
    (changed("grades", 1, "range", "(30,50]"), r"\(30,50\]与\[50,60\]重叠"),
    (changed("grades", 1, "range", "(30,49]"), r"\(30,49\]与\[50,60\]之间有空隙"),
    (changed("grades", 2, "range", "[0,30)"), r"\[0,30\)与\(30,50\)之间有空隙"),
    (changed("grades", 2, "range", "[10,30]"), "没有从0分起"),
    (changed("grades", 0, "range", "[50,100]"), "没有到总分60分"),
    (changed("grades", 0, "range", "50以上"), "“50以上”不是区间"),
    (changed("grades", 0, "range", "(,60]"), r"\(,60\]与\[0,30\]重叠"),
    (changed("grades", 0, "range", "[60,50]"), "下端大于上端"),
    (changed("gates", 0, "grade", "良"), "“良”不是已列的等次"),
    (changed("gates", 0, "sections", ["7"]), "得分率要求所指的“7”部分没有列出"),
    (changed("inputs", "e", "没用"), "“没用”没有用到"),
    (changed("inputs", "b", "甲_评分"), "名称相同"),
    (changed("inputs", {"a": "甲"}), "没有中文名称"),
    (scored({"method": "guess", "input": "c"}), "第2.1项：“guess”不是已有的评分方法"),
    (scored({"method": "judge", "inptu": "c"}), "第2.1项：评分方法“judge”没有“inptu”这一项"),
    (scored({"method": "threshold", "input": "c"}), "第2.1项：评分方法“threshold”缺少“target”"),
    (scored({"method": "judge", "input": "C"}), "不能用作单元格名称"),
    (scored({"method": "yes_no", "input": "a"}), "在几处的填法不一样"),
    (scored({"method": "lookup", "input": "c", "choices": [{"name": "好", "points": 25}]}), "第2.1项分值30分，按评分方法最高却是25分"),
    (scored({"method": "shortfall", "input": "c", "target": 5, "per_unit": 1}), "不是不足一个单位的计法"),
    (scored({"method": "tiers", "input": "c", "tiers": [{"range": "[5,)", "points": 30}, {"range": "[0,5]", "points": 1}]}), "重叠.*恰好属于一档"),
    (scored({"method": "matrix", "row": "c", "column": "b", "rows": ["一"], "columns": ["一"], "points": [[1, 2]]}), "行数、列数"),
    (scored({"method": "per_unit", "parts": [{"input": "c"}]}), "缺少“points”"),
    (scored({"method": "best_of", "parts": [{"method": "lookup", "input": "c", "choices": [
        {"name": f"第{number}种", "points": 30} for number in range(100)]}] * 3}), "超过8192个字符"),
    (changed("items", 0, "points", "15"), "第1.1项：“points”的值“15”不是数"),
    (changed("sections", 0, "cap", "二十"), "“cap”的值“二十”不是数"),
    (changed("gates", 0, "rate", "六成"), "“rate”的值“六成”不是数"),
    (changed("total", True), "“total”的值“True”不是数"),
    (scored({"method": "threshold", "input": "c", "target": "三人"}), "第2.1项：“target”的值“三人”不是数"),
    (changed("duties", [{"input": "d", "minimum": "三名", "text": "不足{}名", "clause": "第四条"}]), "“minimum”的值“三名”不是数"),
    (changed("contradictions", [{"rule": "X", "parts": ["a"], "whole": "zz", "text": ""}]), "没有“zz”这一输入项"),
    ({key: value for key, value in SMALL.items() if key != "title"}, "缺少“title”")])
def test_a_sheet_that_contradicts_itself_is_refused(table, message):
    with pytest.raises(UserError, match=message) as refused:
        read(table)
    assert "请" in str(refused.value) and str(refused.value).startswith("评分标准“")


def test_overlapping_bands_need_a_chosen_level():
    """The bands of the suggestion sheet as printed: 11~20 and 5~15 overlap, so the points alone do not tell the band."""
    bands = [{"name": "一档", "low": 11, "high": 20}, {"name": "二档", "low": 5, "high": 15}]
    with pytest.raises(UserError, match=r"5~15分与11~20分重叠.*由评委选定档次"):
        read(scored({"method": "band_judge", "judged": "c", "bands": bands}))
    with pytest.raises(UserError, match="5~15分与17~30分之间有空隙"):
        read(scored({"method": "band_judge", "judged": "c", "bands": [{"name": "一档", "low": 17, "high": 30}, bands[1]]}))


@pytest.mark.parametrize("content, message", [
    (None, "读不到"), ("不是 toml", "写法不完整"), (b"\xff\xfe", "写法不完整"), ('id = "x"', "没有评分标准")])
def test_a_file_that_is_no_rubric_is_refused(tmp_path, content, message):
    path = tmp_path / "评分.toml"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError, match=message) as refused:
        load(path)
    assert "评分.toml" in str(refused.value) and "请" in str(refused.value)
