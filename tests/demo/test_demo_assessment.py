"""The demonstration's assessment: what it shows is what people will meet, and a second run leaves the returns as they are."""

import openpyxl
import pytest

from tests.conftest import NOW
from toolkit.demo.demo_assessment import assessment
from toolkit.forms.summary import RESULTS
from toolkit.jobs.check import check
from toolkit.jobs.score import score
from toolkit.pages.layout import FIRST_ROW


@pytest.fixture(scope="module")
def place(finished_demo):
    return finished_demo.folder / "期满考核"


def test_one_is_excellent_one_hangs_on_the_bonus_one_was_typed_over(place):
    report = score([place / "评分表"], NOW.date())
    shown = {(own.score.result, bool(own.score.sensitive), len(own.tampered)) for own in report.scores}
    assert shown == {("优秀", False, 0), ("合格", True, 0), ("优秀", False, 1)}
    assert sorted(found.code for found in report.findings) == ["S-overwritten", "S-sensitive", "X02", "X02"]
    assert [found.place.field for found in report.findings if found.code == "S-overwritten"] == ["4.4 得分"]


def test_the_lines_name_each_studio_with_its_grade(finished_demo):
    lines = "\n".join(finished_demo.lines)
    assert "等次因是否计入加分而不同" in lines and "公式被改动1处" in lines and lines.count("技能大师工作室：总分") == 3


def test_the_summary_has_the_three_and_waits_for_one(place):
    path, = (place / "考核结果").glob("天山区_区县考核汇总表_*.xlsx")
    rows = openpyxl.load_workbook(path, data_only=True)[RESULTS.name].iter_rows(
        min_row=FIRST_ROW + 1, max_row=FIRST_ROW + 3, max_col=len(RESULTS.headers), values_only=True)
    filed = [dict(zip(RESULTS.headers, row, strict=True)) for row in rows]
    assert sorted(row["等次"] for row in filed) == ["优秀", "优秀", "合格"] and all(row["基础分"] for row in filed)
    assert {found.code for found in check([path], NOW.date()).findings} == {"S-confirm"}
    assert len(list((place / "考核结果" / "标记副本").iterdir())) == 3


def test_a_second_run_leaves_what_was_filled_in(copy):
    place = copy.folder / "期满考核"
    kept = [*(place / "评分表").iterdir(), place / copy.ledger.name, copy.ledger]
    before = [path.read_bytes() for path in kept]
    assert list(assessment(place, copy.ledger, NOW.date()))
    assert [path.read_bytes() for path in kept] == before
