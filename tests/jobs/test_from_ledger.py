"""按台账生成的表：评审表决、目标任务书、年度绩效评估表。票数公式与程序、与 LibreOffice 算的一样；填好、校验、入账走得通。"""

import random
from datetime import date, timedelta

import openpyxl
import pytest

from tests.conftest import NOW, SINCE_FIRST_MERGE
from tests.jobs.test_road import LATER, change, rows
from tests.recalculated import differences
from tests.returns.make import ARRANGED, LAW
from toolkit.errors import UserError
from toolkit.forms import EVALUATION, GOALS, REVIEW
from toolkit.forms.evaluation import EVALUATED
from toolkit.forms.review import VOTING
from toolkit.forms.spread import fitted_form
from toolkit.jobs import merge as merging
from toolkit.jobs.check import check
from toolkit.jobs.export import export, file_name
from toolkit.jobs.from_ledger import from_ledger, workbook
from toolkit.pages.layout import FIRST_ROW, GROUP_ROW, HEADER_ROW, Edition
from toolkit.regulation.voting import CHOICES, result, tally, voting_rules
from toolkit.sheets.grid import CellRef
from toolkit.sheets.read import from_bytes
from toolkit.sheets.recalculate import Filler

STUDIOS = ("赵一焊工技能大师工作室", "阿依古丽·样本车工技能大师工作室", "钱二电工技能大师工作室")
EXPERTS = 7
BALLOTS = ("同意", "不同意", "弃权", "回避", None)


def made(shares):
    """The workbook of three applications with these shares set."""
    given = [{"序号": number, "区县": "天山区", "工作室名称": name, "申办单位": f"虚构{number}公司"} for number, name in enumerate(STUDIOS, 1)]
    names = dict(zip(VOTING, [fact.name for fact in REVIEW.sheets[0].facts[2:]], strict=True))
    return workbook(REVIEW, Edition(LAW, "", 2026, from_ledger=True), given, {names[label]: value for label, value in shares.items()}, NOW.date())


def voted(data, ballots):
    """With a committee and its ballots, an expert a row, a studio a column."""
    sheets = fitted_form(REVIEW, STUDIOS).sheets
    columns = [sheets[1].headers.index(name) for name in STUDIOS]
    values = {CellRef(sheets[1].name, FIRST_ROW + number, sheets[1].headers.index("评委")): f"评委{number}" for number in range(EXPERTS)}
    values |= {CellRef(sheets[1].name, FIRST_ROW + number, column): ballot for number, own in enumerate(ballots)
               for column, ballot in zip(columns, own, strict=True) if ballot}
    return Filler(data, "评审表决.xlsm", NOW.date()).fill(values)


def shown(data, header):
    grid = from_bytes(data, "评审表决.xlsm").grids[0]
    column = REVIEW.sheets[0].headers.index(header)
    return [row[column] if column < len(row) else None for row in grid.rows[FIRST_ROW:FIRST_ROW + len(STUDIOS)]]


def drawn_shares(chance):
    return {label: chance.choice(LAW.lists[name].names) for label, name in VOTING.items()}


@pytest.mark.rule("R11")
@pytest.mark.parametrize("seed", range(12))
def test_the_live_tally_is_what_python_counts(seed):
    chance = random.Random(seed)
    shares = drawn_shares(chance)
    ballots = [[chance.choice(BALLOTS) for _ in STUDIOS] for _ in range(EXPERTS)]
    data, gaps = voted(made(shares), ballots)
    by = voting_rules(LAW, [shares[LAW.lists[name].label] for name in CHOICES])
    assert not gaps
    for place in range(len(STUDIOS)):
        counted = tally([own[place] for own in ballots], LAW)
        wanted = {"回避人数": counted.recused, "应到评委": counted.due(by), "实到评委": counted.present, "同意票": counted.ayes,
                  "不同意票": counted.noes, "弃权票": counted.abstentions}
        assert {header: shown(data, header)[place] for header in wanted} == wanted
        outcome = result(counted.due(by), counted.present, counted.ayes, by, LAW)
        assert (shown(data, "表决结果")[place] or None) == (outcome if counted.present else None), (shares, counted)


@pytest.mark.rule("R11")
def test_the_live_tally_is_what_a_spreadsheet_program_computes(tmp_path):
    chance = random.Random(5)
    ballots = [[chance.choice(BALLOTS) for _ in STUDIOS] for _ in range(EXPERTS)]
    data, _ = voted(made({label: value for label, value in ARRANGED.items() if label in VOTING}), ballots)
    assert differences(data, tmp_path) == {}


@pytest.mark.rule("R11")
@pytest.mark.parametrize("label", list(VOTING))
def test_without_a_share_there_is_no_result(label):
    data, _ = voted(made({each: value for each, value in ARRANGED.items() if each in VOTING and each != label}), [["同意"] * 3] * EXPERTS)
    assert [value or None for value in shown(data, "表决结果")] == [None] * 3 and shown(data, "同意票") == [7, 7, 7]


def test_what_comes_from_the_ledger_is_locked_and_the_rest_is_open(tmp_path):
    path = tmp_path / "评审表决.xlsm"
    path.write_bytes(made({}))
    book = openpyxl.load_workbook(path)
    main, ballots = (book[sheet.name] for sheet in REVIEW.sheets)
    for sheet, declared in zip((main, ballots), fitted_form(REVIEW, STUDIOS).sheets, strict=True):
        assert sheet.protection.sheet and tuple(cell.value for cell in sheet[HEADER_ROW + 1]) == declared.headers
        for column, cell in zip(declared.columns, sheet[FIRST_ROW + 1], strict=True):
            assert cell.protection.locked is (bool(column.formula) or column.given), column.header
    assert ballots.cell(GROUP_ROW + 1, len(REVIEW.sheets[1].columns) + 1).value.startswith("=COUNTIF(")
    assert main.max_row < FIRST_ROW + len(STUDIOS) + 3, "没有多余的空行"


# ---- 从台账到台账 ----

@pytest.fixture
def before_review(copy):
    """The demonstration's ledger with nothing of the review in it: published and named nothing, arranged nothing."""
    for _ in range(SINCE_FIRST_MERGE):
        merging.undo(copy.ledger, LATER)
    assert not rows(copy.ledger, "评审") and rows(copy.ledger, "申报批次")
    return copy


@pytest.mark.rule("R11")
def test_no_ballots_before_the_bureau_has_set_how_they_count(before_review, tmp_path):
    with pytest.raises(UserError, match=r"没有填2026年的出席比例、通过比例、计票基数、回避计法.*建议：出席比例“不少于2/3”"):
        from_ledger(REVIEW.name, before_review.ledger, NOW.date(), tmp_path / "评审")
    with pytest.raises(UserError, match="全市只有一份"):
        from_ledger(REVIEW.name, before_review.ledger, NOW.date(), tmp_path / "评审", "天山区")
    assert not (tmp_path / "评审").exists()


@pytest.mark.rule("R11")
def test_all_that_was_taken_in_is_on_the_list_once_and_nothing_else(finished_demo):
    opened = from_bytes((finished_demo.folder / "评审" / "评审表决_2026.xlsm").read_bytes(), "评审表决.xlsm").grids[0]
    names = [row[2] for row in opened.rows[FIRST_ROW:] if len(row) > 4 and row[2]]
    accepted = [row["工作室名称"] for row in rows(finished_demo.ledger, "申报批次") if row["申报状态"] == "已受理"]
    assert sorted(names) == sorted(accepted) and len(set(names)) == len(names)
    assert [row["评审结论"] for row in rows(finished_demo.ledger, "申报批次") if row["申报状态"] != "已受理"].count("通过") == 0


@pytest.mark.rule("R11")
def test_the_review_is_clean_and_merging_it_again_writes_nothing(copy):
    folder, before = copy.folder / "评审" / "评审报表", copy.ledger.read_bytes()
    assert not check([folder], NOW.date(), ledger=copy.ledger).findings
    report = merging.merge(merging.order_for(folder, 2026, form=REVIEW.name, ledger=copy.ledger, out=copy.folder / "再评审"), LATER)
    assert report.plan.empty and copy.ledger.read_bytes() == before and not report.districts
    voted_for = rows(copy.ledger, "评审")[0]
    assert voted_for["回避评委"] == "蒋例举" and voted_for["同意票"] == len(voted_for["同意评委"].split("、"))
    assert {row["类别"] for row in rows(copy.ledger, "评委")} == {"院校", "行业", "企业"}


def test_a_form_that_is_not_made_from_a_ledger_says_so(copy, tmp_path):
    with pytest.raises(UserError, match="不按台账预填"):
        from_ledger("区县推荐汇总表", copy.ledger, NOW.date(), tmp_path)
    with pytest.raises(UserError, match=r"2030年没有要填“目标任务书”的工作室"):
        from_ledger(GOALS.name, copy.ledger, NOW.date(), tmp_path, year=2030)
    with pytest.raises(UserError, match="不在本市"):
        from_ledger(GOALS.name, copy.ledger, NOW.date(), tmp_path, "天池区", 2027)


ANSWERS = {
    GOALS.id: {"带徒人数": 3, "取证人数": 3, "攻关项目": "虚构工艺改进", "交流次数": 2, "经费(元)": 50000, "单位签字日期": date(2027, 2, 1),
               "领办人签字日期": date(2027, 2, 2)},
    EVALUATION.id: {"总结报送日": date(2027, 12, 10), "计划报送日": date(2027, 12, 10), "评估人": "周审核", "制度建设参考分": 9, "带徒传艺参考分": 21.5}
    | dict.fromkeys(EVALUATED, "达到要求") | {f"{header}评语": "台账和记录齐全" for header in EVALUATED}}


def returned(path, form, filled, rows_):
    """The district's workbook filled in and exported."""
    filler, sheet = Filler(path.read_bytes(), path.name, filled), form.sheets[0]
    values = {filler.spots["fact_date"]: filled, filler.spots["fact_none"]: "否"}
    values |= {CellRef(sheet.name, FIRST_ROW + number, sheet.headers.index(header)): value
               for number in range(rows_) for header, value in ANSWERS[form.id].items()}
    return filler.fill(values).data


@pytest.mark.rule("R17", "R19-1")
@pytest.mark.parametrize("form, filled, register, header", [
    (GOALS, date(2027, 3, 1), "目标任务", "领办人签字日期"), (EVALUATION, date(2027, 12, 20), "年度评估", "参考分")], ids=["目标任务书", "年度绩效评估表"])
def test_a_district_s_yearly_form_goes_out_comes_back_and_is_registered(copy, tmp_path, form, filled, register, header):
    named = [row for row in rows(copy.ledger, "工作室") if row["区县"] == "沙依巴克区"]
    (path,) = from_ledger(form.name, copy.ledger, filled - timedelta(20), tmp_path, "沙依巴克区", 2027)
    with pytest.raises(UserError, match="已经存在"):
        from_ledger(form.name, copy.ledger, filled, tmp_path, "沙依巴克区", 2027)
    folder = tmp_path / "报表"
    folder.mkdir()
    export(returned(path, form, filled, len(named)), folder / file_name(form, "沙依巴克区", 2027))
    assert not check([folder], filled, ledger=copy.ledger).findings
    now = LATER.replace(year=filled.year, month=filled.month, day=filled.day)
    report = merging.merge(merging.order_for(folder, 2027, form=form.name, ledger=copy.ledger, out=tmp_path / "结果"), now)
    kept = rows(copy.ledger, register)
    assert [(row["工作室名称"], row["年度"], row["区县"], row["入账状态"]) for row in kept] == [(row["工作室名称"], 2027, "沙依巴克区", "已受理") for row in named]
    assert {row[header] for row in kept} == {date(2027, 2, 2) if form is GOALS else 30.5}
    districts = {row["区县"] for row in rows(copy.ledger, "工作室")}
    assert set(report.districts) == districts and report.districts["沙依巴克区"] == "已报" and set(report.districts.values()) == {"已报", "未报"}
    assert merging.merge(merging.order_for(folder, 2027, form=form.name, ledger=copy.ledger, out=tmp_path / "结果"), now).plan.empty


@pytest.mark.rule("R11")
def test_a_conclusion_changed_by_hand_is_found_in_the_ledger(copy):
    number = next(number for number, row in enumerate(rows(copy.ledger, "申报批次")) if row["评审结论"] == "不通过")
    change(copy.ledger, "申报批次", number, 评审结论="通过")
    found = check([copy.ledger], NOW.date()).findings
    assert [each.code for each in found] == ["R11.contradicts"] and found[0].place.field == "评审结论"
